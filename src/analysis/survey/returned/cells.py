"""The bytes of one workbook as cells; whatever is wrong with them becomes Unreadable."""

import hashlib
import io
from collections.abc import Iterable
from datetime import date

from python_calamine import CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum

from analysis.survey.returned import binary, delimited, legacy, opendocument
from analysis.survey.returned.marks import Marks, marks, with_known_errors
from analysis.survey.returned.package import archive, canonical, kind, with_known_stream
from analysis.survey.returned.undisturbed import undisturbed
from analysis.survey.returned.values import EPOCHS, SINCE_1904, harmless, plain
from analysis.survey.returned.workbook import (
    Unreadable,
    Value,
    Workbook,
    clean,
)
from analysis.survey.told.problems import Code, Details

MOST_CELLS = 2_000_000  # that hold something; 5,000 rows of a wide table have about 1,400,000
MOST_LETTERS = 20_000_000
MARKS = {"xlsx": marks, "xlsb": binary.marks, "ods": opendocument.marks}

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
            text = delimited.text(content)
            cells = _within_caps(delimited.cells(text))
            return Workbook(sha256, {"CSV": cells}, decimal=delimited.decimal(text))
        with undisturbed():
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
    remarks: list[tuple[Code, Details]] = []
    if found == "xls":
        content = with_known_stream(content)
        beside = legacy.marks(content)
        if beside.unseen:
            remarks.append((Code.OLD_FORMAT, {}))
    else:
        with archive(content) as packed:
            beside = MARKS[found](packed)
            if beside.unknown:
                content = with_known_errors(packed, beside.unknown)
            names = set(map(canonical, packed.namelist()))
        if any(name.endswith("vbaproject.bin") for name in names):
            remarks.append((Code.MACROS, {}))
        if any("externallinks/" in name for name in names):
            remarks.append((Code.EXTERNAL_LINKS, {}))
    epoch = SINCE_1904 if beside.since_1904 else EPOCHS[found]
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    workbook = Workbook(sha256, {}, remarks=remarks)
    for index, about in enumerate(book.sheets_metadata):
        if about.typ is not None and about.typ != SheetTypeEnum.WorkSheet:
            continue
        marked = beside.sheets.get(about.name, Marks())
        name = clean(about.name)
        while name in workbook.sheets:
            name += " (2)"
        try:
            sheet = book.get_sheet_by_index(index)
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException:  # a panic is no Exception; the other sheets may be whole
            remarks.append((Code.DAMAGED_SHEET, {"sheet": name}))
            continue
        cells = _values(sheet, epoch)
        if marked.values:
            cells = _within_caps(_with(marked.values, cells))
        workbook.sheets[name] = cells
        ranges = sheet.merged_cell_ranges or []
        workbook.merged[name] = [(*first, *last) for first, last in ranges[:MOST_CELLS]]
        workbook.comments[name] = [(*at, harmless(text)) for at, text in marked.notes.items()]
        workbook.formats[name] = marked.formats
        workbook.drawn[name] = [(row, column, harmless(text)) for row, column, text in marked.drawn]
    if not workbook.sheets:
        raise Unreadable(Code.DAMAGED)
    return workbook


def _values(sheet: CalamineSheet, epoch: date) -> Cells:
    """As `_within_caps`, in one loop: a table of answers has more than a million cells."""
    kept: Cells = []
    letters, first = 0, sheet.start[1] if sheet.start else 0
    # Rows come from the top of the sheet, columns from the first that holds anything.
    for row, line in enumerate(sheet.iter_rows() if sheet.start else ()):
        for column, value in enumerate(line, start=first):
            if value.__class__ is float:
                kept.append((row, column, value if value.is_integer() else plain(value, epoch)))
            elif value.__class__ is not str:
                kept.append((row, column, plain(value, epoch)))
            elif value and (text := _harmless(value)):
                letters += len(text)
                kept.append((row, column, text))
        _check(kept, letters)
    return kept


def _with(values: dict[tuple[int, int], Value], cells: Iterable[tuple[int, int, Value]]) -> Cells:
    """The cells, and in their places the values that the reader did not give, in reading order."""
    held = {(row, column): value for row, column, value in cells} | values
    return [(*at, held[at]) for at in sorted(held)]


def _within_caps(cells: Iterable[tuple[int, int, Value]]) -> Cells:
    """Cells that hold something, texts made harmless. Raises Unreadable for too many."""
    kept: Cells = []
    letters = 0
    for cell in cells:
        value = cell[2]
        if isinstance(value, str):
            if not (value := _harmless(value)):
                continue
            letters += len(value)
            cell = (cell[0], cell[1], value)
        kept.append(cell)
        _check(kept, letters)
    return kept


def _harmless(text: str) -> str:
    """Long texts are seldom alike, and not remembered."""
    return harmless(text) if len(text) < 200 else harmless.__wrapped__(text)


def _check(kept: Cells, letters: int) -> None:
    if len(kept) > MOST_CELLS or letters > MOST_LETTERS:
        raise Unreadable(Code.TOO_LARGE, what=f"> {MOST_CELLS}")
