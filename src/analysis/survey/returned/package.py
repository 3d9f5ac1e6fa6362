"""The bytes of a stranger's file: what kind of file it is, and whether it is safe to open."""

import io
import re
import zipfile
from collections.abc import Iterator

from analysis.survey.returned.workbook import Unreadable
from analysis.survey.told.problems import Code

LARGEST = 50_000_000  # bytes; a filled questionnaire has about 60,000
UNPACKED = 250_000_000  # bytes of everything in a zip; a filled questionnaire has about 250,000
MOST_ENTRIES = 2_000  # files in a zip; a filled questionnaire has about 20
CHUNK, OVERLAP = 1 << 20, 1 << 14
CONTENTS = "[content_types].xml"

OLE, ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"
STRANGERS = {
    b"%PDF": "PDF",
    b"\xff\xd8\xff": "JPEG",
    b"\x89PNG": "PNG",
    b"GIF8": "GIF",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7-Zip",
    b"\x1f\x8b": "gzip",
    b"{\\rtf": "RTF",
}
_PAGE = re.compile(rb"\s*(<!doctype html|<html|<table|<\?xml)", re.IGNORECASE)
# A declaration of document type, and with it entities; in the encodings that XML may have.
_SIGNS = (b"<!", b"<\0!\0", b"\0<\0!")
_DECLARED = re.compile(
    b"|".join(
        re.escape(text.encode(encoding))
        for text in ("<!DOCTYPE", "<!ENTITY")
        for encoding in ("ascii", "utf-16-le", "utf-16-be")
    )
)
_SHEETS = re.compile(rb"(spreadsheetml|ms-excel)[\w.]*\.main", re.IGNORECASE)


def _stream(*names: str) -> bytes:
    return b"|".join(name.encode("utf-16-le") for name in names)


_BOOK = re.compile(_stream("Workbook", "Book"), re.IGNORECASE)
_NAMED = re.compile(_stream("Workbook") + rb"\0{48}", re.IGNORECASE)  # as in the directory
# The stream of an encrypted package; or the record FILEPASS, at the beginning of an old workbook.
_LOCKED = re.compile(
    b"(?i:" + _stream("EncryptedPackage") + rb")"
    rb"|\x09\x08(?:\x10\0\0\x06\x05\0.{12}|\x08\0\0\x05\x05\0.{4})(?:\x86\0\0\0)?\x2f\0",
    re.DOTALL,
)


def kind(content: bytes) -> str:
    """``xlsx`` (or .xlsm), ``xlsb``, ``ods``, ``xls``, ``csv``, or ``zip`` for several files.

    Raises Unreadable for anything else, and for what is encrypted, damaged or a trap.
    """
    if not content.strip(b"\0\r\n\t "):
        raise Unreadable(Code.EMPTY_FILE)
    if content.startswith(OLE):
        return _compound(content)
    if content.startswith(ZIP):
        with archive(content) as packed:
            return _packed(packed)
    for magic, name in STRANGERS.items():
        if content.startswith(magic):
            raise Unreadable(Code.NOT_A_WORKBOOK, kind=name)
    if _PAGE.match(content.removeprefix(b"\xef\xbb\xbf")):
        raise Unreadable(Code.NOT_A_WORKBOOK, kind="HTML/XML")
    if any(mark in content[:4096] for mark in (b";", b",", b"\t")) and not _binary(content):
        return "csv"
    raise Unreadable(Code.NOT_A_WORKBOOK, kind="?")


def archive(content: bytes) -> zipfile.ZipFile:
    """A zip within the caps, judged by its directory before anything is unpacked.

    Raises Unreadable.
    """
    try:
        packed = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise Unreadable(Code.DAMAGED) from error
    entries = packed.infolist()
    if len(entries) > MOST_ENTRIES:
        raise Unreadable(Code.TOO_LARGE, what=f"{len(entries)} > {MOST_ENTRIES}")
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > UNPACKED:
        shown = f"{unpacked // 1_000_000} MB > {UNPACKED // 1_000_000} MB"
        raise Unreadable(Code.TOO_LARGE, what=shown)
    if any(entry.flag_bits & 1 for entry in entries):
        raise Unreadable(Code.ENCRYPTED)
    return packed


def several(content: bytes) -> bool:
    """Whether a zip is a parcel of files rather than one document. Raises Unreadable."""
    with archive(content) as packed:
        return not {CONTENTS, "mimetype"} & set(map(canonical, packed.namelist()))


def canonical(name: str) -> str:
    """The name of a part as it is compared: some programs pack backslashes, or capitals."""
    return name.replace("\\", "/").lower()


def parts(packed: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """Every XML part of a document piece by piece, with its name.

    No part of a workbook needs a document type; Unreadable where one declares it.
    """
    for name in packed.namelist():
        if name.lower().endswith((".xml", ".rels")):
            for piece in chunks(packed, name):
                if any(sign in piece for sign in _SIGNS) and _DECLARED.search(piece):
                    raise Unreadable(Code.XML_ENTITIES, part=name)
                yield name, piece


def chunks(packed: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """A part of a zip piece by piece, each piece beginning with the end of the one before.

    Raises Unreadable where the part is damaged.
    """
    try:
        with packed.open(name) as part:
            kept = b""
            while new := part.read(CHUNK):
                yield kept + new
                kept = (kept + new)[-OVERLAP:]
    except Exception as error:  # of zipfile, zlib, lzma: each has its own
        raise Unreadable(Code.DAMAGED) from error


def with_known_stream(content: bytes) -> bytes:
    """An old workbook whose stream is called as the reader looks for it."""
    return _NAMED.sub(_stream("Workbook") + bytes(48), content)


def _compound(content: bytes) -> str:
    """What an OLE file holds, by the names of its streams."""
    if _LOCKED.search(content):
        raise Unreadable(Code.ENCRYPTED)
    if _BOOK.search(content):
        return "xls"
    raise Unreadable(Code.NOT_A_WORKBOOK, kind="Microsoft Office 97")


def _packed(packed: zipfile.ZipFile) -> str:
    names = {canonical(name): name for name in packed.namelist()}
    if CONTENTS in names:
        contents = b"".join(chunks(packed, names[CONTENTS])).replace(b"\0", b"")
        if any(name.startswith("xl/") for name in names) or _SHEETS.search(contents):
            return "xlsb" if any(name.endswith("workbook.bin") for name in names) else "xlsx"
        raise Unreadable(Code.NOT_A_WORKBOOK, kind="Word/PowerPoint")
    if {"mimetype", "content.xml"} <= names.keys():
        mimetype = b"".join(chunks(packed, names["mimetype"]))
        if b"spreadsheet" not in mimetype:
            raise Unreadable(Code.NOT_A_WORKBOOK, kind=mimetype[:80].decode("ascii", "replace"))
        manifest = names.get("meta-inf/manifest.xml")
        if manifest and any(b"encryption-data" in part for part in chunks(packed, manifest)):
            raise Unreadable(Code.ENCRYPTED)
        return "ods"
    return "zip"


def _binary(content: bytes) -> bool:
    return b"\0" in content and not content.startswith((b"\xff\xfe", b"\xfe\xff"))
