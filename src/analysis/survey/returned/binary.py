"""What an .xlsb says that the reader passes over: errors, notes, drawings, formats."""

import struct
import zipfile
from collections.abc import Iterator

from analysis.survey.returned import drawings, notes, package, styles
from analysis.survey.returned.marks import Found, Marks
from analysis.survey.returned.parts import Parts
from analysis.survey.returned.workbook import Fault

_ROW, _PROPERTIES, _SHEET = 0, 153, 156
_CELL_ERROR, _FORMULA_ERROR = 3, 11
_NUMBERS = {2, 5, 9}  # shortened, whole, of a formula
_FORMAT, _STYLE, _STYLES, _STYLES_END = 44, 47, 617, 618
_AUTHOR, _NOTE, _NOTE_TEXT = 632, 635, 637
ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}


def marks(packed: zipfile.ZipFile) -> Found:
    """Every part in XML is read once, as in `marks.marks`."""
    for _part in package.parts(packed):
        pass
    parts = Parts(packed)
    known = _styles(parts)
    sheets = {name: _marks(parts, part, known) for name, part in _sheets(parts).items()}
    flags = (data[:1] for kind, data in _book(parts) if kind == _PROPERTIES)
    return Found(sheets, any(flag and flag[0] & 1 for flag in flags))


def _book(parts: Parts) -> Iterator[tuple[int, bytes]]:
    return _records(parts.whole(parts.book))


def _sheets(parts: Parts) -> dict[str, str]:
    targets = parts.targets(parts.book)
    found = {}
    for kind, data in _book(parts):
        if kind == _SHEET:
            id, end = _text(data, 8)
            name, _end = _text(data, end)
            if id in targets:
                found[name] = targets[id]
    return found


def _styles(parts: Parts) -> dict[int, str]:
    """See `styles.telling`."""
    codes, ids, within = {}, [], False
    for related in parts.related(parts.book, "/styles"):
        for kind, data in _records(parts.whole(related)):
            if kind in (_STYLES, _STYLES_END):
                within = kind == _STYLES
            elif kind == _FORMAT:
                codes[str(int.from_bytes(data[:2], "little"))], _end = _text(data, 2)
            elif kind == _STYLE and within:
                ids.append(str(int.from_bytes(data[2:4], "little")))
    return styles.telling(ids, codes)


def _marks(parts: Parts, part: str, known: dict[int, str]) -> Marks:
    found, row = Marks(), 0
    for kind, data in _records(parts.whole(part)):
        if kind == _ROW and len(data) >= 4:
            row = int.from_bytes(data[:4], "little")
        elif kind in (_CELL_ERROR, _FORMULA_ERROR) and len(data) >= 9:
            at = row, int.from_bytes(data[:4], "little")
            found.values[at] = Fault(ERRORS.get(data[8], "#UNKNOWN!"))
        elif kind in _NUMBERS and (code := known.get(int.from_bytes(data[4:7], "little"))):
            found.formats[row, int.from_bytes(data[:4], "little")] = code
    found.notes = _notes(parts, part) | notes.notes(parts, part)
    found.drawn = drawings.drawn(parts, part)
    return found


def _notes(parts: Parts, part: str) -> notes.Notes:
    found: notes.Notes = {}
    authors: list[str] = []
    at = 0, 0
    for related in parts.related(part, "/comments"):
        for kind, data in _records(parts.whole(related)):
            if kind == _AUTHOR:
                authors.append(_text(data, 0)[0])
            elif kind == _NOTE and len(data) >= 20:
                row, _last, column = struct.unpack_from("<III", data, 4)
                at = row, column
            elif kind == _NOTE_TEXT and len(found) < notes.MOST:
                found[at] = notes.said(_text(data, 1)[0], authors)
    return {at: text for at, text in found.items() if text}


def _records(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Each record of a part: its kind and its bytes."""
    at, end = 0, len(content)
    while at < end:
        kind, at = _number(content, at, 2)
        size, at = _number(content, at, 4)
        yield kind, content[at : at + size]
        at += size


def _number(content: bytes, at: int, most: int) -> tuple[int, int]:
    """A number of seven bits a byte, and where it ends."""
    found = 0
    for shift, byte in enumerate(content[at : at + most]):
        found |= (byte & 0x7F) << 7 * shift
        at += 1
        if byte < 0x80:
            break
    return found, at


def _text(data: bytes, at: int) -> tuple[str, int]:
    (length,) = struct.unpack_from("<I", data, at)
    end = at + 4 + 2 * length
    return data[at + 4 : end].decode("utf-16-le", "replace"), end
