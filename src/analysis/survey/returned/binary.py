"""What an .xlsb says in its records that the reader passes over: its sheets, and errors."""

import struct
import zipfile
from collections.abc import Iterator

from analysis.survey.returned import package
from analysis.survey.returned.marks import Found, Marks
from analysis.survey.returned.parts import Parts
from analysis.survey.returned.workbook import Fault

_ROW, _CELL_ERROR, _FORMULA_ERROR, _PROPERTIES, _SHEET = 0, 3, 11, 153, 156
_ERRORS = {
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
    sheets = {name: Marks(_faults(parts.whole(part))) for name, part in _sheets(parts).items()}
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


def _faults(content: bytes) -> dict[tuple[int, int], Fault]:
    found, row = {}, 0
    for kind, data in _records(content):
        if kind == _ROW and len(data) >= 4:
            row = int.from_bytes(data[:4], "little")
        elif kind in (_CELL_ERROR, _FORMULA_ERROR) and len(data) >= 9:
            column = int.from_bytes(data[:4], "little")
            found[row, column] = Fault(_ERRORS.get(data[8], "#UNKNOWN!"))
    return found


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
