"""What the forms say to officers of their own: how to fill in the workbook."""

from analysis.text import N_

TITLE = N_("Kuesioner Analisis Smart City")
MARK = N_("CONTOH – data sintetis, bukan hasil survei")
OWN_WORDS = N_("rumusan ringkas kami, belum dicocokkan dengan peraturannya")
NOT_APPLICABLE = N_("tidak relevan bagi unit Anda")

STEPS = (
    N_(
        "Lengkapi lembar Identitas, lalu isi setiap lembar secara berurutan. Klik nama lembar di "
        "atas untuk membukanya."
    ),
    N_(
        "Isi hanya sel jawaban: sel kuning wajib diisi, sel putih boleh dikosongkan. Sel yang "
        "sudah terisi berwarna hijau toska."
    ),
    N_(
        "Pilih jawaban dari daftar pada sel, atau ketik langsung. Arti setiap angka tertulis di "
        "atas tabel."
    ),
    N_(
        "Pilih TR (tidak relevan) satu kali pada baris yang tidak menyangkut tugas unit Anda. "
        "Sel lain pada baris itu dikosongkan. Kosong berarti belum dijawab."
    ),
    N_(
        "Jawablah sebagai unit, menurut keadaan yang sebenarnya. Tidak ada jawaban benar atau "
        "salah."
    ),
    N_("Jangan menulis nama orang atau nomor telepon di dalam jawaban."),
    N_(
        "Bila jawaban diperbaiki setelah dikirim, naikkan nomor revisi pada lembar Identitas, "
        "lalu kirim ulang."
    ),
    N_(
        "Simpan sebagai .xlsx tanpa mengganti nama lembar, kode, dan judul kolom; kirim kepada "
        "{coordinator}."
    ),
)
