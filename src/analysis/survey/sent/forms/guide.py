"""What the forms say to officers: how to fill in the workbook and each of its tables."""

from analysis.text import N_

TITLE = N_("Kuesioner Analisis Smart City")
MARK = N_("CONTOH – data sintetis, bukan hasil survei")
NOT_APPLICABLE = N_("tidak berlaku bagi unit Anda")

# Above every table; {vision} is the city's vision.
GUIDES = {
    "future": N_(
        "Nilai setiap perubahan untuk sekitar sepuluh tahun ke depan: seberapa besar dampaknya "
        "bagi kota, dan seberapa tidak pasti arahnya."
    ),
    "future_own": N_(
        "Tulis paling banyak tiga faktor penting yang belum ada di atas. Boleh dikosongkan."
    ),
    "external": N_(
        "Nilai seberapa penting setiap faktor di luar pemerintah kota, lalu apakah faktor itu "
        "menjadi ancaman atau peluang bagi kota."
    ),
    "external_own": N_(
        "Tulis paling banyak tiga faktor penting yang belum ada di atas. Boleh dikosongkan."
    ),
    "readiness": N_(
        "Nilai kematangan unit Anda sendiri menurut keadaan sekarang, bukan rencana. Sebutkan "
        "buktinya bila ada, misalnya nama dokumen atau sistem."
    ),
    "spbe": N_(
        "Nilai tingkat kematangan SPBE pemerintah kota. Lembar ini hanya diisi oleh unit "
        "koordinator."
    ),
    "gap": N_(
        "Nilai keadaan kota sekarang, sasaran yang wajar dalam lima tahun, seberapa penting "
        "bidang itu, dan hambatan utamanya."
    ),
    "swot": N_(
        "Nilai seberapa penting setiap faktor di dalam pemerintah kota, lalu apakah faktor itu "
        "menjadi kelemahan atau kekuatan."
    ),
    "swot_lines": N_("Tulis singkat, satu hal pada setiap baris. Boleh dikosongkan."),
    "pairs": N_(
        "Pada setiap baris, pilih dimensi yang lebih penting bagi kota (A atau B), lalu seberapa "
        "lebih penting. Bila sama penting, pilih A dan isi 1."
    ),
    "contribution": N_(
        "Nilai seberapa besar sumbangan setiap dimensi bagi setiap unsur visi “{vision}”."
    ),
    "sentence": N_("Tulis satu kalimat visi Smart City menurut unit Anda. Boleh dikosongkan."),
    "quickwin": N_(
        "Usulkan paling banyak lima program. Isi baris yang dipakai dengan lengkap; baris yang "
        "tidak dipakai dibiarkan kosong."
    ),
}

# The heading above the category column of a table's items.
CATEGORIES = {
    "steep": N_("Kategori"),
    "pestel": N_("Kategori"),
    "subelement": N_("Subelemen"),
    "aspect": N_("Aspek"),
    "subdimension": N_("Dimensi"),
    "element": N_("Elemen"),
    "dimension": N_("Dimensi"),
}

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
        "Pilih TB (tidak berlaku) satu kali pada baris yang tidak menyangkut tugas unit Anda. "
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
