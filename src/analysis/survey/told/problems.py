"""The catalogue of problems: what may be wrong with a returned workbook, and how to mend it."""

import json
from dataclasses import dataclass
from enum import Enum
from typing import Any

from analysis.privacy import mask
from analysis.text import N_, Spoken

ERROR, WARNING, INFO = "error", "warning", "info"

Details = dict[str, Any]  # what is told of a problem, by name: see `problem`


class Code(Enum):
    """Every problem: severity, message and hint; `wording` fills in the braces and says them."""

    # The file.
    EMPTY_FILE = (
        ERROR,
        N_("Berkas ini kosong: tidak ada isinya sama sekali."),
        N_("Silakan kirim ulang buku kerjanya."),
    )
    NOT_A_WORKBOOK = (
        ERROR,
        N_("Berkas ini bukan buku kerja (isinya: {kind})."),
        N_("Silakan kirim buku kerja .xlsx yang telah diisi, bukan berkas lain."),
    )
    DAMAGED = (
        ERROR,
        N_("Berkas rusak atau tidak utuh sehingga tidak dapat dibaca."),
        N_("Silakan buka, simpan, dan kirim ulang buku kerjanya."),
    )
    DAMAGED_SHEET = (
        ERROR,
        N_("Lembar ini rusak dan tidak dapat dibaca; lembar lainnya dibaca."),
        N_("Silakan buka dan simpan kembali buku kerja, periksa lembar ini, lalu kirim ulang."),
    )
    ENCRYPTED = (
        ERROR,
        N_("Berkas terkunci dengan kata sandi."),
        N_("Silakan hapus kata sandinya, simpan, lalu kirim ulang."),
    )
    TOO_LARGE = (
        ERROR,
        N_("Berkas terlalu besar untuk sebuah kuesioner ({what}) dan tidak dibaca."),
        N_("Silakan salin jawabannya ke formulir asli, tanpa gambar dan lampiran."),
    )
    NESTED_ZIP = (
        ERROR,
        N_("Arsip di dalam arsip tidak dibuka."),
        N_("Silakan keluarkan buku kerja dari arsip ini lalu simpan di folder jawaban."),
    )
    XML_ENTITIES = (
        ERROR,
        N_("Berkas memuat deklarasi XML yang berbahaya ({part}) dan tidak dibaca."),
        N_("Silakan isi ulang formulir asli; berkas ini sebaiknya jangan dibuka."),
    )
    LINK = (
        ERROR,
        N_("Ini tautan ke tempat lain, bukan berkas; tidak diikuti."),
        N_("Silakan salin berkas aslinya ke folder jawaban."),
    )
    NO_FILE = (
        ERROR,
        N_("Ini bukan berkas biasa, atau tidak dapat dibaca dari penyimpanannya."),
        N_("Silakan keluarkan dari folder jawaban, atau salin ulang berkasnya."),
    )
    NO_PERMISSION = (
        ERROR,
        N_("Berkas tidak boleh dibaca oleh pengguna komputer ini."),
        N_("Silakan perbaiki izin berkas ini lalu ulangi pemeriksaan."),
    )
    VANISHED = (
        ERROR,
        N_("Berkas hilang ketika akan dibaca."),
        N_("Silakan pastikan berkas tersimpan lalu ulangi pemeriksaan."),
    )
    CHANGING = (
        ERROR,
        N_("Berkas berubah ketika sedang dibaca."),
        N_("Silakan tutup berkas di program lain lalu ulangi pemeriksaan."),
    )
    TOO_SLOW = (
        ERROR,
        N_("Berkas tidak selesai dibaca dalam {seconds} detik dan ditinggalkan."),
        N_("Silakan salin jawabannya ke formulir asli lalu kirim ulang."),
    )
    READER_DIED = (
        ERROR,
        N_("Pembaca berkas terhenti: berkas ini rusak atau memerlukan terlalu banyak memori."),
        N_("Silakan salin jawabannya ke formulir asli lalu kirim ulang."),
    )
    OLD_FORMAT = (
        INFO,
        N_(
            "Berkas .xls ini dari program yang sangat lama: komentar, kotak teks, gambar, dan "
            "kesalahan rumus di dalamnya tidak terlihat oleh pembaca."
        ),
        N_("Silakan simpan sebagai .xlsx pada pengiriman berikutnya."),
    )
    MACROS = (
        INFO,
        N_("Berkas memuat makro; makro tidak pernah dijalankan."),
        N_("Tidak perlu tindakan. Bukalah berkas ini tanpa mengaktifkan makro."),
    )
    EXTERNAL_LINKS = (
        INFO,
        N_("Berkas memuat tautan ke berkas lain; tautan tidak diikuti."),
        N_("Tidak perlu tindakan."),
    )
    # Whose it is.
    NO_IDENTITY = (
        ERROR,
        N_("Lembar Identitas tidak memuat ID unit, sehingga pengisi tidak dikenali."),
        N_("Silakan salin ID unit dari formulir asli ke lembar Identitas."),
    )
    UNKNOWN_UNIT = (
        ERROR,
        N_("Unit “{value}” tidak ada dalam daftar unit."),
        N_(
            "Silakan periksa ID unit pada lembar Identitas; nama baru ditambahkan oleh koordinator."
        ),
    )
    RESOLVED_UNIT = (
        WARNING,
        N_("ID unit “{value}” bukan ID asli; dibaca sebagai {unit_name}."),
        N_("Silakan kembalikan ID unit pada lembar Identitas seperti pada formulir asli."),
    )
    UNIT_FROM_TITLE = (
        WARNING,
        N_("Lembar Identitas tidak ada; unit dikenali dari judul lembar: {unit_name}."),
        N_("Silakan kirim buku kerja yang utuh, dengan semua lembarnya."),
    )
    WRONG_FILE_NAME = (
        WARNING,
        N_("Nama berkas menyebut {named}, tetapi isinya milik {unit_name}; isinya yang dipakai."),
        N_("Silakan pastikan siapa yang mengisi, lalu perbaiki nama berkas atau ID unit."),
    )
    OTHER_NAME = (
        WARNING,
        N_("Nama unit di dalam berkas adalah {named}, tetapi ID unitnya milik {unit_name}."),
        N_("Silakan pastikan siapa yang mengisi, lalu perbaiki ID atau nama unit."),
    )
    OLD_VERSION = (
        WARNING,
        N_(
            "Formulir ini memuat kuesioner lain ({value}), bukan yang berlaku ({version}). Jawaban "
            "yang kodenya sama tetap dibaca."
        ),
        N_("Silakan gunakan formulir terbaru bila mengirim ulang."),
    )
    WRONG_CITY = (
        ERROR,
        N_("Formulir ini milik kota lain ({value})."),
        N_("Silakan isi formulir yang dikirim oleh koordinator kota Anda."),
    )
    WRONG_PERIOD = (
        ERROR,
        N_("Formulir ini untuk periode {value}, bukan {period}."),
        N_("Silakan isi formulir periode {period}."),
    )
    SAMPLE_AMONG_RESPONSES = (
        ERROR,
        N_("Buku kerja ini berisi data contoh dan tidak ikut dianalisis."),
        N_("Silakan keluarkan berkas ini dari folder jawaban."),
    )
    BAD_REVISION = (
        WARNING,
        N_("Nomor revisi “{value}” bukan bilangan bulat; dianggap 1."),
        N_("Silakan isi nomor revisi dengan 1, 2, 3, dan seterusnya."),
    )
    BAD_RESPONDENT = (
        WARNING,
        N_("Nomor pengisi “{value}” bukan bilangan bulat; dihitung sebagai pengisi tersendiri."),
        N_("Silakan isi nomor pengisi dengan 1, 2, 3, dan seterusnya, berbeda bagi setiap orang."),
    )
    MISPLACED = (
        ERROR,
        N_("Berkas ini tidak berada di {folder}, sehingga belum dihitung."),
        N_("Silakan pindahkan berkas ini ke folder itu."),
    )
    OTHER_UNIT = (
        ERROR,
        N_(
            "{differing} dari {common} jawaban di berkas ini berbeda dari {other}; berkas ini "
            "kemungkinan milik {named}, dan yang berbeda tidak dihitung."
        ),
        N_("Silakan pastikan siapa yang mengisi, lalu isi formulir milik unit sendiri."),
    )
    OTHERS_FORM = (
        ERROR,
        N_("Berkas ini memakai formulir milik {unit_name}, bukan formulir unit Anda."),
        N_("Silakan isi formulir yang dikirim untuk unit Anda."),
    )
    SET_ASIDE = (
        WARNING,
        N_("Berkas ini tidak dipakai ({why}) Jawaban {unit_name} diambil dari {other}."),
        N_("Silakan minta berkas yang terbaca bila isinya lebih baru."),
    )
    EMPTY_FORM = (
        WARNING,
        N_("Formulir kembali tanpa satu jawaban yang terbaca; unit ini dihitung belum menjawab."),
        N_("Silakan isi sel kuning pada setiap lembar lalu kirim ulang."),
    )
    MISSING_UNIT = (
        WARNING,
        N_("{unit_name} belum mengirim buku kerja."),
        N_("Silakan hubungi unit ini."),
    )
    # What the form has.
    MISSING_TABLE = (
        ERROR,
        N_("Tabel “{title}” tidak ditemukan."),
        N_("Silakan gunakan formulir asli dan isi lembar ini."),
    )
    MISSING_COLUMN = (
        ERROR,
        N_("Kolom “{title}” tidak ditemukan."),
        N_("Silakan kembalikan judul kolom seperti pada formulir asli."),
    )
    NO_HEADINGS = (
        ERROR,
        N_("Baris {value} tidak dapat dibaca: baris judul kolom di atasnya tidak ada."),
        N_("Silakan kembalikan baris judul kolom seperti pada formulir asli."),
    )
    DUPLICATE_COLUMN = (
        ERROR,
        N_("Kolom “{title}” ada lebih dari satu dengan isi berbeda (“{value}” dan “{other}”)."),
        N_("Silakan hapus kolom salinan dan sisakan satu jawaban."),
    )
    MISSING_ROW = (
        WARNING,
        N_("Baris dengan kode {value} tidak ditemukan; dianggap kosong."),
        N_("Silakan isi baris ini pada formulir terbaru, atau kembalikan dari formulir asli."),
    )
    DUPLICATE_ROW = (
        ERROR,
        N_("Kode {value} muncul lebih dari sekali dengan jawaban berbeda (juga di {other})."),
        N_("Silakan hapus baris atau lembar salinan dan sisakan satu jawaban."),
    )
    UNKNOWN_ROW = (
        WARNING,
        N_("Kode {value} tidak ada dalam kuesioner; baris ini tidak dibaca (isinya: {said})."),
        N_(
            "Silakan tulis faktor tambahan pada baris yang disediakan; pertanyaan dari formulir "
            "lain boleh dibiarkan."
        ),
    )
    NOT_ASKED = (
        WARNING,
        N_("Baris {value} dijawab oleh {unit_name}; isian di sini ({said}) tidak dipakai."),
        N_("Silakan beri tahu koordinator bila seharusnya unit Anda yang menjawab baris ini."),
    )
    MERGED_CELLS = (
        WARNING,
        N_("Sel {range} digabung; hanya sel pertama yang terbaca sebagai jawaban."),
        N_("Silakan pisahkan sel gabungan itu lalu isi setiap barisnya."),
    )
    UNEXPECTED_CELL = (
        WARNING,
        N_("Tulisan di luar sel jawaban tidak dibaca: “{value}”."),
        N_("Silakan pindahkan ke sel jawaban bila dimaksudkan sebagai jawaban."),
    )
    CHANGED_TEXT = (
        INFO,
        N_("Teks formulir pada baris ini berbeda dari aslinya: “{value}”."),
        N_("Tidak perlu tindakan bila kalimat itu memang diubah sesudah kuesioner dikirim."),
    )
    TEXT_BOX = (
        WARNING,
        N_("Tulisan dalam kotak teks atau gambar di atas sel tidak dibaca: “{value}”."),
        N_("Silakan tulis isinya di dalam sel jawaban bila dimaksudkan sebagai jawaban."),
    )
    PICTURE = (
        WARNING,
        N_("Gambar di atas sel tidak dibaca."),
        N_("Silakan tulis isinya di dalam sel jawaban bila dimaksudkan sebagai jawaban."),
    )
    COMMENT = (
        WARNING,
        N_("Komentar pada sel tidak dibaca sebagai jawaban: “{value}”."),
        N_("Silakan tulis isi komentar itu di dalam selnya bila dimaksudkan sebagai jawaban."),
    )
    # What is left open.
    BLANK_CELLS = (
        WARNING,
        N_("{count} sel wajib kosong: {cells}."),
        N_("Silakan isi {allowed}."),
    )
    BLANK_SHEET = (
        ERROR,
        N_("Seluruh sel wajib ({count}) kosong."),
        N_("Silakan isi {allowed}."),
    )
    ALL_TB = (
        WARNING,
        N_(
            "Semua baris lembar ini dijawab TR (tidak relevan). Maksud Anda, seluruh lembar ini di "
            "luar tugas perangkat daerah Anda?"
        ),
        N_("Silakan isi baris yang berlaku; bila memang semuanya tidak berlaku, beri tahu kami."),
    )
    # The answers.
    NOT_A_NUMBER = (
        ERROR,
        N_("“{value}” bukan angka untuk kolom “{title}”."),
        N_("Silakan isi dengan {allowed}."),
    )
    AMBIGUOUS_NUMBER = (
        ERROR,
        N_("“{value}” pada kolom “{title}” dapat berarti {thousands} atau {fraction}."),
        N_("Silakan tulis angkanya tanpa pemisah ribuan: {allowed}."),
    )
    ABOUT_A_NUMBER = (
        ERROR,
        N_(
            "“{value}” pada kolom “{title}” bukan satu angka dalam satuan yang diminta. Maksud "
            "Anda {meant} {measure}?"
        ),
        N_("Silakan tulis angkanya saja: {allowed}."),
    )
    READ_AS = (
        INFO,
        N_("“{value}” pada kolom “{title}” dibaca sebagai {meant} {measure}."),
        N_("Tidak perlu tindakan bila memang demikian."),
    )
    STORED_AS_DATE = (
        ERROR,
        N_("Kolom “{title}” berisi tanggal atau jam ({value}), bukan angka."),
        N_("Silakan ubah format sel menjadi angka, lalu isi dengan {allowed}."),
    )
    FORMULA_ERROR = (
        ERROR,
        N_("Rumus pada kolom “{title}” gagal dihitung ({value})."),
        N_("Silakan ganti rumus itu dengan angkanya: {allowed}."),
    )
    FORMULA_WITHOUT_VALUE = (
        ERROR,
        N_("Rumus pada kolom “{title}” tidak menyimpan hasilnya ({value})."),
        N_("Silakan ganti rumus itu dengan angkanya: {allowed}."),
    )
    TWO_ANSWERS = (
        ERROR,
        N_("“{value}” pada kolom “{title}” memuat lebih dari satu jawaban."),
        N_("Silakan pilih satu saja: {allowed}."),
    )
    TICK = (
        ERROR,
        N_("Tanda “{value}” pada kolom “{title}” tidak menyebut tingkatnya."),
        N_("Silakan ganti tanda itu dengan {allowed}."),
    )
    NO_ANSWER = (
        WARNING,
        N_("“{value}” pada kolom “{title}” dihitung kosong."),
        N_("Silakan isi dengan {allowed}, atau TR bila tidak berlaku."),
    )
    NUMBER_AS_TEXT = (
        WARNING,
        N_(
            "Angka “{value}” berada di kolom “{title}”, sedangkan kolom “{empty}” kosong. Maksud "
            "Anda, angka itu untuk kolom “{empty}”?"
        ),
        N_("Silakan pindahkan angka itu bila dimaksudkan untuk kolom “{empty}”."),
    )
    TEXT_TOO_LONG = (
        WARNING,
        N_("Teks pada kolom “{title}” lebih panjang daripada {length} huruf."),
        N_("Silakan ringkas teks ini; sementara ini dipakai seluruhnya."),
    )
    PERSONAL_DATA = (
        WARNING,
        N_(
            "Kolom “{title}” memuat nomor telepon, alamat surel, nomor rekening, atau nomor induk; "
            "disamarkan."
        ),
        N_("Silakan hapus data pribadi dari jawaban."),
    )
    NOT_WHOLE = (
        ERROR,
        N_("“{value}” bukan bilangan bulat untuk kolom “{title}”; nilai tidak dibulatkan."),
        N_("Silakan isi dengan {allowed}."),
    )
    OUT_OF_RANGE = (
        ERROR,
        N_("“{value}” di luar batas kolom “{title}”."),
        N_("Silakan isi dengan {allowed}."),
    )
    UNKNOWN_CHOICE = (
        ERROR,
        N_("“{value}” bukan pilihan untuk kolom “{title}”."),
        N_("Silakan pilih salah satu: {allowed}."),
    )
    TB_NOT_ALLOWED = (
        ERROR,
        N_("TR (tidak relevan) tidak tersedia untuk kolom “{title}”."),
        N_("Silakan isi dengan {allowed}."),
    )
    TB_BESIDE_ANSWERS = (
        ERROR,
        N_("Baris {value} memuat TR dan jawaban sekaligus; baris ini tidak dihitung."),
        N_("Silakan pilih: TR saja, atau jawaban saja."),
    )
    TARGET_BELOW_CURRENT = (
        WARNING,
        N_(
            "Sasaran ({target}) lebih rendah daripada kondisi sekarang ({current}). Maksud Anda "
            "memang menurun, atau kedua angka tertukar?"
        ),
        N_("Silakan perbaiki bila tertukar; bila memang demikian, beri tahu kami."),
    )
    OTHER_PARENT = (
        WARNING,
        N_(
            "“{value}” pada kolom “{title}” adalah bagian dari {own}, bukan {given}. Maksud Anda "
            "{own}, atau bagian lain dari {given}?"
        ),
        N_("Silakan periksa baris ini: salah satu dari kedua pilihan keliru."),
    )
    IN_RUPIAH = (
        WARNING,
        N_("Benarkah {value} {measure} pada kolom “{title}”, atau maksud Anda {meant} {measure}?"),
        N_("Silakan tulis nilainya dalam satuan yang diminta; sementara ini dipakai apa adanya."),
    )
    IN_DAYS = (
        WARNING,
        N_(
            "Benarkah {value} {measure} pada kolom “{title}”, lebih dari sepuluh tahun? Atau "
            "maksud Anda {value} hari, sekitar {meant} {measure}?"
        ),
        N_("Silakan tulis nilainya dalam satuan yang diminta; sementara ini dipakai apa adanya."),
    )
    BEYOND_POPULATION = (
        WARNING,
        N_(
            "{value} {measure} pada kolom “{title}” melebihi penduduk kota ({population} orang "
            "pada {year}). Maksud Anda memang sebanyak itu?"
        ),
        N_("Silakan periksa angkanya; bila memang demikian, beri tahu kami."),
    )
    STRAIGHT_LINE = (
        WARNING,
        N_(
            "Mulai sel ini, tabel “{title}” dijawab hampir seragam: {same} dari {count} jawaban "
            "sama dengan jawaban terbanyak di kolomnya. Maksud Anda memang demikian?"
        ),
        N_("Silakan periksa apakah setiap baris dinilai sendiri-sendiri."),
    )
    TARGETS_AS_NOW = (
        WARNING,
        N_(
            "Mulai sel ini, seluruh {count} sasaran sama dengan kondisi sekarang. Maksud Anda, "
            "tidak ada yang akan berubah dalam lima tahun?"
        ),
        N_("Silakan isi sasaran yang hendak dicapai; bila memang demikian, beri tahu kami."),
    )
    SAME_AS_OTHERS = (
        WARNING,
        N_(
            "Mulai sel ini, {same} dari {count} jawaban pada skala sama dengan jawaban {twin}. "
            "Maksud Anda memang demikian, atau ada berkas yang tersalin?"
        ),
        N_("Silakan pastikan bahwa kuesioner ini diisi oleh perangkat daerah Anda sendiri."),
    )
    SCALE_TURNED = (
        WARNING,
        N_(
            "Mulai sel ini, {count} jawaban pada kolom {titles} berlawanan arah dengan jawaban "
            "perangkat daerah lain. Apakah skala terbalik, atau maksud Anda memang {ends}?"
        ),
        N_("Silakan perbaiki kolom ini bila skalanya terbalik; bila tidak, beri tahu kami."),
    )
    INCOMPLETE_ROW = (
        WARNING,
        N_("Baris {value} belum lengkap: {titles} kosong."),
        N_("Silakan lengkapi baris ini atau kosongkan seluruhnya."),
    )
    # Tables with a row a respondent.
    STRANGE_TABLE = (
        ERROR,
        N_(
            "Ini tabel jawaban, tetapi hanya {matched} dari {count} judul kolomnya dikenal sebagai "
            "pertanyaan kuesioner ini; tidak satu pun jawabannya diambil."
        ),
        N_(
            "Silakan keluarkan berkas kuesioner lain; bila memang kuesioner ini, tentukan arti "
            "kolomnya dengan `masterplan map`."
        ),
    )
    HEADING_UNKNOWN = (
        WARNING,
        N_("Judul kolom “{value}” tidak dikenal; {count} isian di bawahnya tidak dibaca."),
        N_("Silakan tentukan artinya dengan `masterplan map`, lalu dalam mapping.csv."),
    )
    HEADING_UNCLEAR = (
        ERROR,
        N_(
            "Judul kolom “{value}” dapat berarti lebih dari satu hal ({named}); {count} isian di "
            "bawahnya tidak dibaca."
        ),
        N_("Silakan tentukan artinya dengan `masterplan map`, lalu dalam mapping.csv."),
    )
    HEADING_TWICE = (
        ERROR,
        N_(
            "Judul kolom “{value}” menanyakan hal yang sama ({title}) dengan kolom {cells}; isian "
            "kolom-kolom itu tidak dihitung."
        ),
        N_("Silakan tentukan arti masing-masing dengan `masterplan map`, lalu dalam mapping.csv."),
    )
    TABLES_LEFT_OUT = (
        WARNING,
        N_("Tabel ini tidak menanyakan: {titles}. Bagian itu belum dijawab oleh pengisinya."),
        N_("Silakan tanyakan bagian itu dengan formulir atau buku kerja lain bila diperlukan."),
    )
    NO_UNIT_COLUMN = (
        ERROR,
        N_("Tabel ini tidak mempunyai kolom perangkat daerah; tidak satu pun jawabannya dihitung."),
        N_("Silakan beri judul “Nama unit” pada kolom yang menyebut perangkat daerah."),
    )
    NO_UNIT_IN_ROW = (
        ERROR,
        N_("Baris {row} tidak menyebut perangkat daerah; {count} isiannya tidak dihitung."),
        N_("Silakan tanyakan siapa yang mengisinya, lalu isi sel itu."),
    )
    UNKNOWN_UNIT_IN_ROW = (
        ERROR,
        N_("Unit “{value}” tidak ada dalam daftar unit; {count} isian baris ini tidak dihitung."),
        N_(
            "Silakan perbaiki sel itu, atau tambahkan sebutan itu ke kolom aliases dalam units.csv."
        ),
    )
    EMPTY_RECORD = (
        WARNING,
        N_("Baris {row} ({unit_name}) tidak memuat satu jawaban pun; tidak dihitung."),
        N_("Silakan tanyakan kepada pengisinya, atau abaikan bila memang batal mengisi."),
    )
    RESPONDENT_TWICE = (
        WARNING,
        N_("Pengisi “{value}” dari perangkat daerah ini sudah ada pada baris {row}."),
        N_(
            "Silakan beri nomor lain bila pengisinya lain; bila sama, sisakan baris yang benar. "
            "Jawaban yang berbeda tidak dihitung."
        ),
    )
    REPEAT_ASTRAY = (
        ERROR,
        N_(
            "Baris {row} lembar ini bagian dari pengisian yang tidak ada, atau tidak jelas yang "
            "mana, dalam tabel jawaban; {count} isiannya tidak dihitung."
        ),
        N_(
            "Silakan ekspor ulang semua lembar sekaligus; yang menghubungkannya ialah _id, _uuid, "
            "dan _index pada tabel jawaban."
        ),
    )
    REPEAT_BEYOND = (
        ERROR,
        N_(
            "Kuesioner menyediakan {most} baris bagi “{title}” untuk setiap pengisi; baris {row} "
            "ini selebihnya dan tidak dihitung (isinya: {said})."
        ),
        N_("Silakan tanyakan baris mana yang dipakai, lalu hapus baris yang lain."),
    )
    SHEET_NOT_READ = (
        WARNING,
        N_("Lembar ini bukan tabel jawaban; {count} selnya tidak dibaca."),
        N_("Silakan periksa apakah lembar ini memuat jawaban; bila tidak, biarkan saja."),
    )
    MAPPING_INVALID = (
        ERROR,
        N_("Baris {row}, kolom {column}: {reason}."),
        N_("Silakan perbaiki baris ini; judul kolom itu belum diartikan."),
    )
    # Several workbooks, or many problems.
    OLDER_REVISION = (
        INFO,
        N_("Digantikan oleh revisi {revision} ({other})."),
        N_("Tidak perlu tindakan."),
    )
    REVISION_BLANKS = (
        WARNING,
        N_(
            "Revisi {revision} mengosongkan {count} sel yang terisi pada revisi sebelumnya; "
            "jawaban lama tetap dipakai."
        ),
        N_("Silakan tanyakan kepada unit bila sel itu memang hendak dikosongkan."),
    )
    REVISION_DIFFERS = (
        WARNING,
        N_(
            "Revisi {revision} berbeda pada {differing} dari {common} jawaban revisi sebelumnya, "
            "dan dipakai."
        ),
        N_("Silakan pastikan bahwa revisi ini dari unit yang sama."),
    )
    JOINED = (
        INFO,
        N_("Digabung dari beberapa berkas dengan revisi yang sama: {files}."),
        N_("Tidak perlu tindakan."),
    )
    SAME_TWICE = (
        WARNING,
        N_("Tidak ada jawaban baru dibandingkan {other}; satu berkas yang dipakai."),
        N_("Silakan simpan satu berkas saja."),
    )
    CONFLICT = (
        ERROR,
        N_(
            "Dua berkas dengan revisi yang sama berbeda: “{value}” di {first}, “{second}” di "
            "{other}."
        ),
        N_("Silakan tegaskan jawaban yang benar; untuk sementara sel ini tidak dihitung."),
    )
    # Files of evidence.
    EVIDENCE_MISSING = (
        WARNING,
        N_("Berkas bukti yang disebut di sel ini belum kami terima: {files}."),
        N_("Silakan kirim berkas itu, atau perbaiki namanya di sel ini."),
    )
    EVIDENCE_EMPTY = (
        WARNING,
        N_("Berkas bukti “{value}” kosong: tidak ada isinya sama sekali."),
        N_("Silakan kirim ulang berkas bukti itu."),
    )
    EVIDENCE_OTHER_KIND = (
        WARNING,
        N_("Isi berkas bukti “{value}” lain daripada akhiran namanya (isinya: {kind})."),
        N_("Silakan kirim ulang berkas bukti itu dalam bentuk yang sesuai dengan namanya."),
    )
    EVIDENCE_UNREADABLE = (
        WARNING,
        N_("Berkas bukti “{value}” tidak dapat dibaca: {reason}."),
        N_("Silakan salin berkas aslinya ke folder bukti unit ini."),
    )
    EVIDENCE_NOT_NAMED = (
        WARNING,
        N_("{count} berkas bukti tidak disebut di sel mana pun: {files}."),
        N_("Silakan tulis nama berkas, beserta akhirannya, di kolom bukti pada barisnya."),
    )
    EVIDENCE_TOO_LARGE = (
        INFO,
        N_("Berkas bukti “{value}” terlalu besar untuk kode verifikasi ({what})."),
        N_("Tidak perlu tindakan; perubahan di dalam berkas ini tidak akan diketahui."),
    )
    EVIDENCE_NO_UNIT = (
        WARNING,
        N_("Berkas bukti ini tidak berada di folder sebuah unit, sehingga tidak dihitung."),
        N_("Silakan pindahkan ke folder bukti yang bernama ID unit pemiliknya."),
    )
    # What the coordinator decided.
    DECISIONS_UNREAD = (
        ERROR,
        N_("Keputusan koordinator tidak terbaca, dan tidak satu pun diterapkan: {reason}."),
        N_("Silakan perbaiki berkas ini."),
    )
    DECISION_INVALID = (
        ERROR,
        N_("Baris {row}, kolom {column}: {reason}."),
        N_("Silakan perbaiki baris ini; hanya keputusan itu yang tidak diterapkan."),
    )
    DECISION_REFUSED = (
        ERROR,
        N_("Baris {row}: {reason} Keputusan ini tidak diterapkan."),
        N_("Silakan perbaiki atau hapus baris ini."),
    )
    FILE_DECIDED = (
        INFO,
        N_("Koordinator memutuskan bahwa {other} yang dipakai, bukan berkas ini: {reason}."),
        N_("Tidak perlu tindakan."),
    )
    VALUE_DECIDED = (
        INFO,
        N_(
            "Koordinator memutuskan “{value}” untuk kolom “{title}”, sebagai ganti “{old}”: "
            "{reason}."
        ),
        N_("Tidak perlu tindakan, kecuali bila menurut Anda keputusan itu keliru."),
    )
    SILENCE_ACCEPTED = (
        INFO,
        N_("{unit_name} tidak mengirim kuesioner; diterima: {reason}."),
        N_("Tidak perlu tindakan."),
    )
    MORE = (
        WARNING,
        N_("Masih ada {count} masalah sejenis ({kind}) yang tidak disebut satu per satu."),
        N_("Silakan perbaiki seperti masalah sejenis yang sudah disebutkan."),
    )

    @property
    def severity(self) -> str:
        return self.value[0]


# What only the coordinator can mend or judge: no letter and no profile asks it of a unit.
FOR_COORDINATOR = {
    Code.LINK.name,
    Code.NO_FILE.name,
    Code.NO_PERMISSION.name,
    Code.VANISHED.name,
    Code.CHANGING.name,
    Code.NESTED_ZIP.name,
    Code.RESOLVED_UNIT.name,
    Code.OTHER_NAME.name,
    Code.REVISION_DIFFERS.name,
    Code.NO_ANSWER.name,  # the cell stands among the blank ones, too
    Code.MORE.name,
    Code.SAME_TWICE.name,
    Code.SAMPLE_AMONG_RESPONSES.name,
    Code.WRONG_FILE_NAME.name,
    Code.REVISION_BLANKS.name,
    Code.SET_ASIDE.name,
    Code.EVIDENCE_UNREADABLE.name,
    Code.EVIDENCE_NO_UNIT.name,
    Code.DECISIONS_UNREAD.name,
    Code.DECISION_INVALID.name,
    Code.DECISION_REFUSED.name,
    Code.STRANGE_TABLE.name,
    Code.HEADING_UNKNOWN.name,
    Code.HEADING_UNCLEAR.name,
    Code.HEADING_TWICE.name,
    Code.TABLES_LEFT_OUT.name,
    Code.NO_UNIT_COLUMN.name,
    Code.NO_UNIT_IN_ROW.name,
    Code.UNKNOWN_UNIT_IN_ROW.name,
    Code.EMPTY_RECORD.name,
    Code.RESPONDENT_TWICE.name,
    Code.REPEAT_ASTRAY.name,
    Code.REPEAT_BEYOND.name,
    Code.SHEET_NOT_READ.name,
    Code.MAPPING_INVALID.name,
}

# What can be read but is hardly meant: a warning that asks “maksud Anda …?”, and changes nothing.
QUESTIONS = frozenset(
    {
        Code.ALL_TB.name,
        Code.NUMBER_AS_TEXT.name,
        Code.TARGET_BELOW_CURRENT.name,
        Code.OTHER_PARENT.name,
        Code.IN_RUPIAH.name,
        Code.IN_DAYS.name,
        Code.BEYOND_POPULATION.name,
        Code.STRAIGHT_LINE.name,
        Code.TARGETS_AS_NOW.name,
        Code.SAME_AS_OTHERS.name,
        Code.SCALE_TURNED.name,
    }
)

# What a unit has still to fill: each blank cell is in the details.
BLANK = {Code.BLANK_CELLS.name, Code.BLANK_SHEET.name}


@dataclass(frozen=True)
class Problem:
    """One thing to mend: where it is, and what was found there.

    `details` is JSON: what fills the braces of the code's message and hint, beside `value`.
    """

    file: str
    sheet: str | None
    cell: str | None
    unit: str | None
    severity: str
    code: str
    value: str | None
    details: str


def problem(
    code: Code,
    file: str = "",
    unit: str | None = None,
    sheet: str | None = None,
    cell: str | None = None,
    value: object = None,
    **details: Any,
) -> Problem:
    """A problem at its address; `value` is what was found, `details` fill its message.

    A detail is a value as it was found or stands on the form, a list of such, or a phrase of ours
    that is said in the reader's language: a dict of its ``text`` and what fills that.
    """
    shown = None if value is None else shorten(value)
    told = json.dumps(_kept(details), ensure_ascii=False)
    return Problem(file, sheet, cell, unit, code.severity, code.name, shown, told)


def _kept(detail: object) -> object:
    if isinstance(detail, dict):
        said = detail.get("text")
        others = {"others": dict(said.others)} if isinstance(said, Spoken) else {}
        return others | {name: _kept(part) for name, part in detail.items()}
    return [_kept(part) for part in detail] if isinstance(detail, list) else shorten(detail, 400)


def shorten(value: object, most: int = 80) -> str:
    """A found value on one line, without personal data, cut where it is long."""
    text = " ".join((mask(value) if isinstance(value, str) else str(value)).split())
    return text if len(text) <= most else text[: most - 1] + "…"
