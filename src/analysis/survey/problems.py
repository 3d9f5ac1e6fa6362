"""The catalogue of problems: what may be wrong with a returned workbook, and how to mend it."""

from dataclasses import asdict, dataclass
from enum import Enum

import pandas as pd

from analysis.text import N_, _

ERROR, WARNING, INFO = "error", "warning", "info"


class Code(Enum):
    """Every problem: severity, message and hint; braces are filled in when it is reported."""

    UNREADABLE = (
        ERROR,
        N_("Berkas tidak dapat dibaca: {reason}."),
        N_("Silakan minta unit mengirim ulang buku kerja dalam format .xlsx."),
    )
    NO_IDENTITY = (
        ERROR,
        N_("Lembar Identitas tidak memuat ID unit, sehingga pengisi tidak dikenali."),
        N_("Silakan salin ID unit dari formulir asli ke lembar Identitas."),
    )
    UNKNOWN_UNIT = (
        ERROR,
        N_("Unit “{value}” tidak ada dalam daftar unit."),
        N_("Silakan periksa ID unit pada lembar Identitas; daftar unit ada di units.csv."),
    )
    RESOLVED_UNIT = (
        WARNING,
        N_("ID unit “{value}” bukan ID asli; dibaca sebagai {unit_name}."),
        N_("Silakan kembalikan ID unit pada lembar Identitas seperti pada formulir asli."),
    )
    WRONG_CITY = (
        ERROR,
        N_("Formulir ini milik kota lain (kode {value})."),
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
    EMPTY_FORM = (
        WARNING,
        N_("Formulir kembali tanpa satu jawaban pun; unit ini dihitung belum menjawab."),
        N_("Silakan minta unit mengisi sel kuning pada setiap lembar lalu mengirim ulang."),
    )
    MISSING_UNIT = (
        WARNING,
        N_("{unit_name} belum mengirim buku kerja."),
        N_("Silakan hubungi unit ini."),
    )
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
    MISSING_ROW = (
        WARNING,
        N_("Baris dengan kode {value} tidak ditemukan; dianggap kosong."),
        N_("Silakan kembalikan baris ini dari formulir asli lalu isi."),
    )
    DUPLICATE_ROW = (
        ERROR,
        N_("Kode {value} muncul lebih dari sekali dengan jawaban berbeda (juga di {other})."),
        N_("Silakan hapus baris atau lembar salinan dan sisakan satu jawaban."),
    )
    UNKNOWN_ROW = (
        WARNING,
        N_("Kode {value} tidak ada dalam kuesioner; baris ini tidak dibaca."),
        N_("Silakan tulis faktor tambahan pada baris yang disediakan."),
    )
    NOT_A_NUMBER = (
        ERROR,
        N_("“{value}” bukan angka untuk kolom “{title}”."),
        N_("Silakan isi dengan {allowed}."),
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
        N_("TB (tidak berlaku) tidak tersedia untuk kolom “{title}”."),
        N_("Silakan isi dengan {allowed}."),
    )
    TB_BESIDE_ANSWERS = (
        ERROR,
        N_("Baris {value} memuat TB dan jawaban sekaligus; baris ini tidak dihitung."),
        N_("Silakan pilih: TB saja, atau jawaban saja."),
    )
    TARGET_BELOW_CURRENT = (
        WARNING,
        N_("Sasaran ({target}) lebih rendah daripada kondisi sekarang ({current})."),
        N_("Silakan periksa apakah kedua angka tertukar."),
    )
    INCOMPLETE_ROW = (
        WARNING,
        N_("Baris {value} belum lengkap: {titles} kosong."),
        N_("Silakan lengkapi baris ini atau kosongkan seluruhnya."),
    )
    OLDER_REVISION = (
        INFO,
        N_("Digantikan oleh revisi {revision} ({other})."),
        N_("Tidak perlu tindakan."),
    )
    SAME_TWICE = (
        WARNING,
        N_("Isinya sama dengan {other}; satu berkas yang dipakai."),
        N_("Silakan simpan satu berkas saja."),
    )
    CONFLICT = (
        ERROR,
        N_("Dua berkas dengan revisi yang sama berbeda: “{value}” di sini, “{second}” di {other}."),
        N_("Silakan tanyakan jawaban yang benar; untuk sementara sel ini tidak dihitung."),
    )

    @property
    def severity(self) -> str:
        return self.value[0]


@dataclass(frozen=True)
class Problem:
    """One thing to mend: where it is, what was found there, what to do."""

    file: str
    sheet: str | None
    cell: str | None
    unit: str | None
    severity: str
    code: str
    value: str | None
    message: str
    hint: str


def problem(
    code: Code,
    file: str,
    unit: str | None = None,
    sheet: str | None = None,
    cell: str | None = None,
    value: object = None,
    **details: object,
) -> Problem:
    """A problem at its address; `value` is what was found, `details` fill its message."""
    shown = None if value is None else str(value)
    _severity, message, hint = code.value
    filled = {"value": shown, **details}
    return Problem(
        file,
        sheet,
        cell,
        unit,
        code.severity,
        code.name,
        shown,
        _(message).format(**filled),
        _(hint).format(**filled),
    )


def frame(problems: list[Problem]) -> pd.DataFrame:
    """Problems as a table: the columns of `Problem`."""
    columns = list(Problem.__dataclass_fields__)
    return pd.DataFrame([asdict(p) for p in problems], columns=columns).astype("string")
