"""The bytes of one workbook as cells; whatever is wrong with them becomes Unreadable."""

import csv
import hashlib
import io
import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from python_calamine import CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum

from analysis.survey.returned.marks import marks
from analysis.survey.returned.package import archive, kind, parts
from analysis.survey.returned.workbook import (
    ERRORS,
    LONGEST,
    Fault,
    Unreadable,
    Value,
    Workbook,
    clean,
)
from analysis.survey.told.problems import Code

MOST_CELLS = 200_000  # that hold something; a filled questionnaire has about 1,500
MOST_LETTERS = 20_000_000
FORMATS = {"xls": "Excel 97 (.xls)", "ods": "OpenDocument (.ods)"}
# Day 0 of a sheet's dates. Excel counts a 29 February 1900 that never was.
EPOCHS = {"ods": date(1899, 12, 30), "xls": date(1899, 12, 31), "xlsx": date(1899, 12, 31)}
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")

Cells = list[tuple[int, int, Value]]


def read(content: bytes) -> Workbook:
    """All sheets of a workbook.

    Raises Unreadable whatever is wrong; a panic of the reader is no Exception.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    try:
        found = kind(content)
        if found == "zip":
            raise Unreadable(Code.NESTED_ZIP)
        if found == "csv":
            return Workbook(sha256, {"CSV": _within_caps(_csv(content))})
        return _workbook(content, found, sha256)
    except Unreadable as error:
        raise Unreadable(error.code, sha256, **error.details) from error
    except PasswordError as error:
        raise Unreadable(Code.ENCRYPTED, sha256) from error
    except MemoryError as error:
        raise Unreadable(Code.TOO_LARGE, sha256, what=f"> {MOST_CELLS}") from error
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:
        raise Unreadable(Code.DAMAGED, sha256) from error


def _workbook(content: bytes, found: str, sha256: str) -> Workbook:
    faults, remarks = {}, []
    if found == "xlsx":
        with archive(content) as packed:
            faults = marks(packed)
            names = {name.lower() for name in packed.namelist()}
        if any(name.endswith("vbaproject.bin") for name in names):
            remarks.append((Code.MACROS, {}))
        if any(name.startswith("xl/externallinks/") for name in names):
            remarks.append((Code.EXTERNAL_LINKS, {}))
    else:
        remarks.append((Code.OLD_FORMAT, {"format": FORMATS[found]}))
        if found == "ods" and (count := _errors_in_ods(content)):
            remarks.append((Code.HIDDEN_ERRORS, {"count": count}))
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    sheets, merged, comments = {}, {}, {}
    for index, about in enumerate(book.sheets_metadata):
        if about.typ is not None and about.typ != SheetTypeEnum.WorkSheet:
            continue
        at_fault, noted = faults.get(about.name, ({}, []))
        name = clean(about.name)
        while name in sheets:
            name += " (2)"
        try:
            sheet = book.get_sheet_by_index(index)
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException:  # a panic is no Exception; the other sheets may be whole
            remarks.append((Code.DAMAGED_SHEET, {"sheet": name}))
            continue
        cells = _values(sheet, found)
        sheets[name] = _within_caps(_with_faults(cells, at_fault) if at_fault else cells)
        ranges = sheet.merged_cell_ranges or []
        merged[name] = [(*first, *last) for first, last in ranges[:MOST_CELLS]]
        comments[name] = [(row, column, clean(text)) for row, column, text in noted]
    if not sheets:
        raise Unreadable(Code.DAMAGED)
    return Workbook(sha256, sheets, merged, comments, remarks)


def _values(sheet: CalamineSheet, found: str) -> Iterator[tuple[int, int, Value]]:
    if sheet.start is None:
        return
    # Rows come from the top of the sheet, columns from the first that holds anything.
    for row, line in enumerate(sheet.iter_rows()):
        for column, value in enumerate(line, start=sheet.start[1]):
            if value != "":
                yield row, column, _plain(value, found)


def _with_faults(cells: Iterable[tuple[int, int, Value]], faults: dict) -> Cells:
    """The cells and those at fault, in reading order."""
    held = faults | {(row, column): value for row, column, value in cells}
    return [(*at, held[at]) for at in sorted(held)]


def _plain(value: Value, found: str) -> Value:
    """A number that only looks like a date as the number it is; escapes as what they stand for."""
    if isinstance(value, str):
        if found == "xlsx" and "_x" in value:
            return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), value)
        return value
    epoch = EPOCHS[found]
    if isinstance(value, datetime):
        days = value - datetime.combine(epoch, time())
        return days / timedelta(days=1) if days.days < 59 else value
    if isinstance(value, date):
        days = (value - epoch).days
        return float(days) if days < 59 else value
    return 0.0 if value == time() else value


def _within_caps(cells: Iterable[tuple[int, int, Value]]) -> Cells:
    """Cells that hold something, texts made harmless. Raises Unreadable for too many."""
    kept: Cells = []
    letters = 0
    for row, column, value in cells:
        if isinstance(value, str):
            value = (_harmless if len(value) < 200 else _harmless.__wrapped__)(value)
            if not value:
                continue
            letters += len(value)
        kept.append((row, column, value))
        if len(kept) > MOST_CELLS or letters > MOST_LETTERS:
            raise Unreadable(Code.TOO_LARGE, what=f"> {MOST_CELLS}")
    return kept


@lru_cache(4096, typed=True)  # most texts of a form stand in every workbook
def _harmless(text: str) -> str:
    """A text without what steers, as long as a cell can be; empty where it holds only spaces."""
    return type(text)(clean(text[:LONGEST])) if text.strip() else ""


def _csv(content: bytes) -> Iterator[tuple[int, int, Value]]:
    """The one sheet of a CSV file, as the office programs of this country write it."""
    for encoding in (
        "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig",
        "cp1252",
    ):
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise Unreadable(Code.DAMAGED)
    delimiter = max(";,\t", key=text[:20_000].count)
    lines = csv.reader(io.StringIO(text.replace("\0", "\ufffd"), newline=""), delimiter=delimiter)
    for row, line in enumerate(lines):
        for column, value in enumerate(line):
            yield row, column, Fault(value) if ERRORS.fullmatch(value) else value


def _errors_in_ods(content: bytes) -> int:
    """How many formulas of an .ods failed; Unreadable where a part of it is a trap."""
    mark = b'calcext:value-type="error"'
    with archive(content) as packed:
        return sum(piece.count(mark) for name, piece in parts(packed) if name == "content.xml")
