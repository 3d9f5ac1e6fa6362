"""The preface and the introduction: what is known is said, the rest is asked for.

A city that writes its own leaves these aside: see `outline`.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from analysis import tables
from analysis.levels import MEANINGS
from analysis.reports.book import prose, style
from analysis.reports.book.grid import grid
from analysis.reports.book.manuscript import Manuscript
from analysis.reports.document import Document
from analysis.runs.manifest import Edition
from analysis.runs.markdown import parse
from analysis.text import _, listing
from analysis.works import WORKS

LAWS = ("perpres2018", "panrb2020")  # of `WORKS`: electronic government, and its index
# By its columns, the table of groups, of those that have not answered, and of those with gaps.
GROUPS = {"group_name", "registered", "returned", "share"}
MISSING = {"unit_name", "group_name"}
LACKING = {"unit_name", "group_name", "expected", "blank", "invalid", "filled"}


def quoted(words: str) -> str:
    """Words in which Markdown finds no marks, in one line."""
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", " ".join(words.split()))


def preface(book: Manuscript, edition: Edition, titles: Iterable[str], file: str) -> None:
    """A preface that the city's head fills in and signs; `titles`: of the numbered chapters."""
    note = _(
        "> Rangka kata pengantar: lengkapi yang di dalam kurung siku, ubah seperlunya, lalu hapus "
        "paragraf ini. Naskah sendiri dapat disimpan sebagai {file}."
    )
    thanks = _(
        "Puji syukur kami panjatkan ke hadirat Tuhan Yang Maha Esa atas tersusunnya Buku 1 "
        "Masterplan Smart City {city}, periode {period}."
    )
    told = [note.format(file=quoted(file)), thanks.format(**_place(edition))]
    if names := [quoted(title) for title in titles]:
        told.append(_("Buku ini memuat {titles}.").format(titles=listing(names)))
    _write(book, *told)
    answered = _(
        "Dasarnya adalah jawaban {sent} dari {expected} perangkat daerah. Setiap kesimpulan "
        "menyebut seberapa yakin jawaban itu mendukungnya; yang belum dapat disimpulkan dikatakan "
        "apa adanya."
    )
    counts = {"sent": edition.sent, "expected": edition.expected}
    book.enclose("answered", book.paragraph(answered.format(**counts)))
    hope = _(
        "Kami berharap buku ini menjadi pijakan bersama untuk menyusun program dan menetapkan "
        "langkah pertama. Terima kasih kami sampaikan kepada seluruh perangkat daerah yang telah "
        "menjawab, serta kepada [tim penyusun, pendamping, dan pihak lain]."
    )
    signed = _head(edition.city), _("[Nama lengkap dan tanda tangan]")
    _write(book, hope, _("[Tempat, tanggal]"), *signed)


def introduction(
    book: Manuscript,
    edition: Edition,
    documents: Sequence[Document],
    titles: Sequence[str],
    file: str,
) -> None:
    """Why the book was made, on what legal basis, by what method, and who took part.

    `titles`: of the chapters on methods and on sources, where the book has them.
    """
    note = _(
        "> Rangka pendahuluan: lengkapi yang di dalam kurung siku, ubah seperlunya, lalu hapus "
        "paragraf ini. Naskah sendiri dapat disimpan sebagai {file}."
    )
    why = _(
        "Gerakan Menuju Smart City membimbing kabupaten dan kota menyusun masterplan Smart City "
        "dan memilih program quick win. Buku 1 memuat analisis yang mendasarinya; program dan "
        "langkah pelaksanaannya disusun sesudahnya. {city} menyusun analisis ini dari jawaban "
        "perangkat daerahnya sendiri."
    )
    more = _("[Keadaan kota, visi dan misinya, serta dokumen perencanaan yang menjadi acuan.]")
    law = _(
        "Sistem pemerintahan berbasis elektronik (SPBE), yang indeksnya ikut dianalisis dalam buku "
        "ini, diatur dalam:"
    )
    local = _("[Peraturan daerah tentang RPJMD, serta peraturan dan keputusan tentang Smart City.]")
    laws = [*(quoted(WORKS[key].title) + "." for key in LAWS), local]
    listed = "\n".join(f"{number}. {title}" for number, title in enumerate(laws, 1))
    _write(book, note.format(file=quoted(file)), "## " + _("Latar belakang"))
    _write(book, why.format(**_place(edition)), more)
    _write(book, "## " + _("Dasar hukum"), law, listed)
    _write(book, "## " + _("Cara survei"), *_survey(titles))
    _write(book, "## " + _("Seberapa yakin"), *_levels())
    _write(book, "## " + _("Peserta"))
    _participants(book, edition, documents)


def _write(book: Manuscript, *told: str) -> None:
    prose.write(book, parse("\n\n".join(told)))


def _place(edition: Edition) -> dict[str, str]:
    return {"city": quoted(edition.city), "period": quoted(edition.period)}


def _head(city: str) -> str:
    """Who heads a city, or a regency."""
    kind, _space, name = city.partition(" ")
    if kind == "Kabupaten":
        return _("Bupati {name}").format(name=quoted(name))
    return _("Wali Kota {name}").format(name=quoted(name if kind == "Kota" else city))


def _survey(titles: Sequence[str]) -> list[str]:
    asked = _(
        "Setiap perangkat daerah menerima satu buku kerja kuesioner, dengan satu lembar untuk "
        "setiap tahap analisis. Semua menjawab pertanyaan yang sama; indikator SPBE dijawab hanya "
        "oleh perangkat daerah koordinator. Jawabannya adalah penilaian perangkat daerah sendiri, "
        "bukan hasil pemeriksaan pihak luar."
    )
    counted = _(
        "Sel yang kosong atau tidak terbaca tidak diisi dengan perkiraan, dan jawaban tidak "
        "relevan (TR) tidak dihitung sebagai nol. Nama metode disebut pada akhir setiap bab."
    )
    where = _("Uraian metode dan rujukannya: {titles}.")
    named = listing(f"“{quoted(title)}”" for title in titles)
    return [asked, counted + (" " + where.format(titles=named) if titles else "")]


def _levels() -> list[str]:
    head = _("Setiap temuan diberi tanda; angka yang mendasarinya ada di catatan kaki.")
    said = (f"- **{tables.chip(level)}** {_(told)}" for level, told in MEANINGS.items())
    return [head, "\n".join(said)]


def _participants(book: Manuscript, edition: Edition, documents: Sequence[Document]) -> None:
    said = _(
        "Dari {expected} perangkat daerah, {sent} mengirim jawaban, dan {answered} di antaranya "
        "cukup lengkap untuk ikut dihitung."
    )
    counts = {name: getattr(edition, name) for name in ("expected", "sent", "answered")}
    book.enclose("participants", book.paragraph(said.format(**counts)))
    if rows := participants(documents):
        title = _("Peserta menurut kelompok")
        head = [_("Kelompok"), _("Terdaftar"), _("Mengirim"), _("Terisi penuh")]
        whole = (sum(numbers) for numbers in zip(*(row[1:] for row in rows), strict=True))
        shown = [[str(part) for part in row] for row in (head, *rows, (_("Semua"), *whole))]
        book.enclose("groups", *grid(book, shown, [False, True, True, True], title))
        book.paragraph(_("Terisi penuh: semua pertanyaan wajib dijawab."), style.NOTE)


def participants(documents: Sequence[Document]) -> list[tuple[str, int, int, int]]:
    """By group: how many are registered, have sent, and have filled in all that is required.

    Read off the tables that reports show; empty where none of them does.
    """
    exhibits = [exhibit for document in documents for exhibit in document.exhibits]
    groups, missing, lacking = (_rows(exhibits, keys) for keys in (GROUPS, MISSING, LACKING))
    if groups is None or missing is None or lacking is None:
        return []
    if len(groups) > 1 and groups[-1]["registered"] == sum(g["registered"] for g in groups[:-1]):
        groups = groups[:-1]  # of all together
    open = {row["unit_name"]: row["group_name"] for row in lacking}
    begun = Counter(row["group_name"] for row in missing if row["unit_name"] in open)
    unfilled = Counter(open.values())
    told = []
    for group in groups:
        name = group["group_name"]
        sent = group["returned"] + begun[name]
        told.append((name, group["registered"], sent, sent - unfilled[name]))
    return told


def _rows(exhibits: Iterable[Mapping[str, Any]], keys: set[str]) -> list[dict[str, Any]] | None:
    """The rows of the first table with just these columns."""
    for exhibit in exhibits:
        names = [column["key"] for column in exhibit.get("columns", ())]
        if exhibit["kind"] == "table" and keys == set(names):
            return [dict(zip(names, row, strict=True)) for row in exhibit["rows"]]
    return None
