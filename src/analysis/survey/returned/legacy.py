"""What an .xls of Excel 97 and later says that the reader passes over, in its records."""

import re
import struct
from collections.abc import Iterator
from contextlib import suppress

from analysis.survey.returned import drawings, notes, styles
from analysis.survey.returned.binary import ERRORS
from analysis.survey.returned.compound import stream
from analysis.survey.returned.marks import Found, Marks
from analysis.survey.returned.workbook import Fault

_BEGIN, _END, _CONTINUED = 0x809, 0x0A, 0x3C
_SHEET, _FORMAT, _STYLE = 0x85, 0x41E, 0xE0
_FORMULA, _NUMBER, _SHORT, _SHORTS, _ERROR = 0x06, 0x203, 0x27E, 0xBD, 0x205
_DRAWING, _OBJECT, _WORDS, _NOTE = 0xEC, 0x5D, 0x1B6, 0x1C
_PICTURE, _OF_NOTE = 0x08, 0x19  # kinds of objects
_ANCHOR = re.compile(rb"\0\0\x10\xf0\x12\0\0\0..(..)..(..)", re.DOTALL)
_VERSION = struct.pack("<HHH", _BEGIN, 16, 0x600)
_SINCE_1904 = b"\x22\0\x02\0\x01\0"


def marks(content: bytes) -> Found:
    """Where nothing can be looked for, as in a workbook of Excel 95, it is `unseen`."""
    found = Found(since_1904=_SINCE_1904 in content, unseen=True)
    with suppress(struct.error, IndexError, ValueError):
        book = stream(content, "workbook")
        if book.startswith(_VERSION):
            known = _styles(book)
            found.sheets = {name: _marks(book, at, known) for name, at in _sheets(book).items()}
            found.unseen = False
    return found


def _sheets(book: bytes) -> dict[str, int]:
    return {
        _text([data[7:]], data[6]): int.from_bytes(data[:4], "little")
        for kind, (data, *_) in _records(book, 0)
        if kind == _SHEET
    }


def _styles(book: bytes) -> dict[int, str]:
    """See `styles.telling`."""
    codes, ids = {}, []
    for kind, (data, *_) in _records(book, 0):
        if kind == _FORMAT:
            id, length = struct.unpack_from("<HH", data)
            codes[str(id)] = _text([data[4:]], length)
        elif kind == _STYLE:
            ids.append(str(int.from_bytes(data[2:4], "little")))
    return styles.telling(ids, codes)


def _marks(book: bytes, at: int, known: dict[int, str]) -> Marks:
    found, said, noted = Marks(), {}, []
    row = column = object = id = 0
    for kind, (data, *more) in _records(book, at):
        if kind in (_FORMULA, _NUMBER, _SHORT, _SHORTS, _ERROR):
            _cell(kind, data, known, found)
        elif kind == _DRAWING:
            for anchor in _ANCHOR.findall(data):
                column, row = (int.from_bytes(number, "little") for number in anchor)
        elif kind == _OBJECT:
            object, id = struct.unpack_from("<HH", data, 4)
            if object == _PICTURE:
                found.drawn.append((row, column, ""))
        elif kind == _WORDS:
            text = _text(more, int.from_bytes(data[10:12], "little"))
            if object == _OF_NOTE:
                said[id] = text
            elif text.strip():
                found.drawn.append((row, column, text))
        elif kind == _NOTE:
            row_of, column_of, _shown, whose, length = struct.unpack_from("<HHHHH", data)
            noted.append(((row_of, column_of), whose, _text([data[10:]], length)))
    del found.drawn[drawings.MOST :]
    for place, whose, author in noted[: notes.MOST]:
        if text := notes.said(said.get(whose, ""), [author]):
            found.notes[place] = text
    return found


def _cell(kind: int, data: bytes, known: dict[int, str], found: Marks) -> None:
    """Note what is wrong with a cell, and how it shows a number."""
    row, column, style = struct.unpack_from("<HHH", data)
    worked_out = kind == _FORMULA and data[12:14] == b"\xff\xff"  # to something else than a number
    if kind == _ERROR and data[7] or worked_out and data[6] == 2:
        error = data[6] if kind == _ERROR else data[8]
        found.values[row, column] = Fault(ERRORS.get(error, "#UNKNOWN!"))
    elif kind == _SHORTS:
        for at in range(4, len(data) - 2, 6):
            if code := known.get(int.from_bytes(data[at : at + 2], "little")):
                found.formats[row, column + (at - 4) // 6] = code
    elif kind != _ERROR and not worked_out and style in known:
        found.formats[row, column] = known[style]


def _records(book: bytes, at: int) -> Iterator[tuple[int, list[bytes]]]:
    """Each record from one beginning to its end, without charts inside: its kind and its pieces."""
    depth = 0
    held: list[tuple[int, list[bytes]]] = []
    while at + 4 <= len(book):
        kind, size = struct.unpack_from("<HH", book, at)
        data = book[at + 4 : at + 4 + size]
        at += 4 + size
        if kind == _CONTINUED and held:
            held[-1][1].append(data)
            continue
        if held:
            yield held.pop()
        depth += (kind == _BEGIN) - (kind == _END)
        if depth == 0:
            return
        if depth == 1 and kind != _END:
            held.append((kind, [data]))


def _text(pieces: list[bytes], length: int) -> str:
    """A text in pieces, each after a byte that says whether its signs are wide."""
    text = ""
    for piece in pieces:
        if piece and len(text) < length:
            text += piece[1:].decode("utf-16-le" if piece[0] & 1 else "latin-1", "replace")
    return text[:length]
