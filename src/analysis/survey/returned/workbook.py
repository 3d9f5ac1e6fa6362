"""What was found in one returned file: its cells, as plain values; knows no questionnaire."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from analysis.privacy import Figures, mask
from analysis.survey.returned import formats
from analysis.survey.told.problems import Code, Details

LONGEST = 32_767  # characters that a cell of Excel can hold

# ANSI escapes whole, then what steers a terminal, a page or the direction of text, and what no
# XML can carry; tabs and line ends are text.
_STEERING = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]"
    r"|[\ud800-\udfff\ufffe\uffff]"
)
_LINE_END = re.compile(r"\r\n?|[\u2028\u2029\x85]")


class Fault(str):
    """What stands in a cell instead of a value: ``#REF!``, or a formula that was never computed."""


ERRORS = re.compile(
    r"#(?:(?:REF|DIV/0|VALUE|NULL|NUM|SPILL|CALC|FIELD|BLOCKED|CONNECT|UNKNOWN|BUSY|PYTHON"
    r"|EXTERNAL)!|N/A|NAME\?|GETTING_DATA)|Err:\d{3}"
)


Value = int | float | bool | str | Fault | date | datetime | time | timedelta


class Unreadable(Exception):
    """The file is no workbook that can be read: why, and the sha256 of what was read of it."""

    def __init__(self, code: Code, sha256: str = "", **details: Any):
        super().__init__(code, sha256, details)
        self.code, self.sha256, self.details = code, sha256, details


class Misread(Exception):
    """The cell does not hold what its field asks for; `code` says how, `details` what is meant."""

    def __init__(self, code: Code, **details: object):
        super().__init__(code.name)
        self.code, self.details = code, details


@lru_cache(4096)
def _letters(column: int) -> str:
    # Imported where it is needed: it would be a fifth of what a reader's start takes.
    from xlsxwriter.utility import xl_col_to_name

    return xl_col_to_name(column)


class Cell(NamedTuple):
    """A cell that holds something, with its address in Excel terms."""

    sheet: str
    row: int
    column: int
    value: Value
    format: str = ""

    @property
    def address(self) -> str:
        return f"{_letters(self.column)}{self.row + 1}"

    @property
    def text(self) -> str:
        """The value as a person would have typed it."""
        value = self.value
        if isinstance(value, str):
            return value.strip()
        if isinstance(value, bool):
            return str(value).upper()
        if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        return str(value)

    @property
    def shown(self) -> str:
        """What the person saw in the cell: of a number or a date, by its format."""
        value = self.value
        if isinstance(value, str):
            return value.strip()
        # What a format writes around the number is as typed as any text.
        form = self.format if formats.NUMBER_ALONE.fullmatch(self.format) else mask(self.format)
        told = None if isinstance(value, bool) else formats.shown(value, form)
        return Figures(self.text if told is None else told)


@dataclass(frozen=True)
class Workbook:
    """The cells of one file, and the sha256 of its bytes.

    `sheets` holds (row, column, value) of every non-empty cell, in reading order; `merged` the
    ranges (first row, first column, last row, last column); `comments` (row, column, text);
    `drawn` likewise what lies over cells, a picture without text;
    `formats` how numbers are shown that are not shown as they are.
    `remarks` are problems of the file as a whole that do not keep it from being read. `decimal`:
    the sign before decimals in numbers that are texts, empty where it may be either; None where
    people typed them.
    """

    sha256: str
    sheets: dict[str, list[tuple[int, int, Value]]]
    merged: dict[str, list[tuple[int, int, int, int]]] = field(default_factory=dict)
    comments: dict[str, list[tuple[int, int, str]]] = field(default_factory=dict)
    drawn: dict[str, list[tuple[int, int, str]]] = field(default_factory=dict)
    formats: dict[str, dict[tuple[int, int], str]] = field(default_factory=dict)
    remarks: list[tuple[Code, Details]] = field(default_factory=list)
    decimal: str | None = None

    @property
    def size(self) -> int:
        """How many cells hold something, and how much lies over cells."""
        return sum(len(f) for k in (self.sheets, self.comments, self.drawn) for f in k.values())

    def rows(self) -> Iterator[list[Cell]]:
        """Rows with their non-empty cells, sheet by sheet."""
        for sheet, cells in self.sheets.items():
            shown = self.formats.get(sheet, {})
            line: list[Cell] = []
            for row, column, value in cells:
                if line and line[0].row != row:
                    yield line
                    line = []
                line.append(Cell(sheet, row, column, value, shown.get((row, column), "")))
            if line:
                yield line


def clean(text: str) -> str:
    """Text that steers nothing: control characters and ANSI escapes become U+FFFD."""
    if text.isascii() and text.isprintable():
        return text
    return _STEERING.sub("\ufffd", _LINE_END.sub("\n", text))
