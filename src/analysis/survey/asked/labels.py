"""The words on the form by which ingest finds its way: forms write them, ingest reads them."""

import re
from collections.abc import Iterable, Iterator
from typing import TypeVar

from analysis.text import N_, _

P = TypeVar("P")

CODE = N_("Kode")
READ_BACK = N_("Terbaca sebagai")
STRETCH = "–"  # between the first and the last code of rows on a scale of their own
ANCHORS = N_("Arti setiap tingkat")
COUNT = N_("{filled} dari {asked} terisi")
WHO = N_("{unit} · {city} · periode {period}")

# What a workbook of corrections says beside the cells that are to be mended, and on its cover.
TO_MEND = N_("Yang perlu diperbaiki")
LIST = (TO_MEND, N_("Tempat"), N_("Pertanyaan"), N_("Kolom"), N_("Keadaan"))
BLANK_STILL, SAME_STILL, MENDED = N_("belum diisi"), N_("belum diubah"), N_("sudah")
TO_MEND_COUNT = N_("Perbaikan kuesioner: {count} isian")
MENDING = (
    N_("1. Hanya sel kuning yang dapat diubah; isian lain sudah kami terima dan terkunci."),
    N_(
        "2. Klik tempat pada daftar di bawah, perbaiki sel kuning itu, lalu kembali ke daftar ini. "
        "Jawaban yang ditanyakan dan memang benar boleh dibiarkan; beri tahu kami."
    ),
    N_(
        "3. Simpan tanpa mengganti nama lembar, kode, dan judul kolom; kirim kepada {coordinator}. "
        "Nomor revisi sudah dinaikkan menjadi {revision}."
    ),
    N_("4. Mohon dikirim paling lambat {day}."),
)
EMPTY = N_("Belum diisi.")
EMPTY_OR_TB = N_("Belum diisi; pilih TR bila baris ini tidak berlaku.")
UNREAD = N_("Isian ini belum dapat dihitung.")
MORE_CELLS = N_("{place} dan {count} sel lain")

COVER, IDENTITY_SHEET, LISTS = N_("Petunjuk"), N_("Identitas"), N_("Daftar")

# Headings that stand beside those of fields on a form.
BESIDE = (CODE, N_("Pernyataan"), READ_BACK, ANCHORS)

FIRST = "1"  # the respondent of a workbook that names none

# Labels of the identity sheet.
IDENTITY = {
    "unit": N_("ID unit"),
    "unit_name": N_("Nama unit"),
    "city_name": N_("Kota"),
    "city": N_("Kode kota"),
    "period": N_("Periode"),
    "revision": N_("Revisi"),
    "day": N_("Tanggal pengisian"),
    "position": N_("Jabatan pengisi"),
    "respondent": N_("Nomor pengisi"),
    "sample": N_("Data contoh"),
    "version": N_("Versi formulir"),
    "approved": N_("Disetujui oleh (jabatan)"),
    "approved_on": N_("Tanggal persetujuan"),
}

# What the first sheet says of the survey: label and text.
ABOUT = {
    "purpose": (
        N_("Untuk apa"),
        N_("Jawaban dipakai untuk menyusun rencana induk (masterplan) Smart City {city}."),
    ),
    "time": (
        N_("Lama mengisi"),
        N_("{asked} isian wajib, sekitar {minutes} menit. Boleh diisi bertahap: simpan dahulu."),
    ),
    "untimed": (
        N_("Lama mengisi"),
        N_("{asked} isian wajib. Boleh diisi bertahap: simpan dahulu."),
    ),
    "deadline": (N_("Batas waktu"), N_("Mohon dikirim paling lambat {day}.")),
    "readers": (
        N_("Siapa yang membaca"),
        N_(
            "Tim penyusun di {coordinator}. Laporan umum menampilkan hasil gabungan dan halaman "
            "profil setiap perangkat daerah; tulisan Anda {quotes}."
        ),
    ),
    "contact": (N_("Pertanyaan"), N_("Tanyakan kepada {contact}.")),
    "approval": (
        N_("Persetujuan"),
        N_("Sebelum dikirim, pimpinan perangkat daerah membaca dan menyetujui jawaban ini."),
    ),
}
QUOTED = {
    "grouped": N_("dikutip tanpa nama unit"),
    "named": N_("dikutip dengan nama unit"),
    "withheld": N_("tidak dikutip, kecuali atas izin"),
}

# What the light beside the pairs says.
CONSISTENT = N_("● Perbandingan konsisten.")
INCONSISTENT = N_("● Ada perbandingan yang saling bertentangan; mohon periksa kembali.")


def simplify(text: object) -> str:
    """Text as it is compared: without case, spaces around, and remarks in parentheses at its end.

    All of them: below a title that ends in parentheses the form writes its own.
    """
    bare = str(text).rstrip()
    while bare.endswith(")") and (start := bare.rfind("(")) >= 0 and ")" not in bare[start:-1]:
        bare = bare[:start].rstrip()
    return plain(bare)


def alike(names: Iterable[tuple[P, str, str]]) -> Iterator[tuple[P, str]]:
    """Names by which what is typed would not be known: where they stand, and why.

    `names`: where each stands, whose it is, and the name. One thing may have a name twice.
    """
    owners: dict[str, tuple[str, str]] = {}
    for place, owner, name in names:
        key = simplify(name)
        first, other = owners.setdefault(key, (owner, name))
        if not any(c.isalpha() for c in key):
            yield place, _("“{name}” harus memuat huruf di luar kurung").format(name=name)
        elif first != owner:
            told = _("“{name}” tidak dapat dibedakan dari “{other}” milik {owner}")
            yield place, told.format(name=name, other=other, owner=first)


def parts(template: str) -> list[str]:
    """What stands between the blanks of a template, `plain`."""
    return [plain(part) for part in re.split(r"\{\w+\}", template)]


def fits(text: str, fixed: list[str]) -> bool:
    """Whether a plain text is a template of these `parts` filled in, whatever stands in it."""
    at = len(fixed[0])
    if not (text.startswith(fixed[0]) and text.endswith(fixed[-1])):
        return False
    for part in fixed[1:-1]:
        at = text.find(part, at)
        if at < 0:
            return False
        at += len(part)
    return len(fixed) > 1 and at <= len(text) - len(fixed[-1]) or text == fixed[0]


def plain(text: object) -> str:
    """Text without case and with single spaces."""
    return " ".join(str(text).split()).casefold()


def pattern(template: str) -> re.Pattern[str]:
    """What a template such as `WHO` looks like once it is filled in, `plain` or not."""
    parts = re.split(r"\{(\w+)\}", template)
    found = "".join(
        f"(?P<{part}>.+?)" if odd else re.escape(part)
        for odd, part in ((n % 2, part) for n, part in enumerate(parts))
    )
    return re.compile(found, re.IGNORECASE)


def corrections_of(period: str, unit: str, respondent: str, revision: int) -> str:
    """The file name of the workbook of corrections of one of a unit's respondents."""
    whose = "" if respondent == FIRST else f"-pengisi-{respondent}"
    return f"{period}-{unit}{whose}-revisi-{revision}.xlsx"
