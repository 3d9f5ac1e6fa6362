"""One untrusted workbook as plain cells; knows nothing of the questionnaire."""

import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from python_calamine import CalamineWorkbook
from xlsxwriter.utility import xl_rowcol_to_cell

SUFFIXES = (".xlsx", ".ods", ".xls", ".xlsm")
LARGEST = 20_000_000  # bytes; a filled questionnaire has about 60,000


class Unreadable(Exception):
    """The file is no workbook that can be read; the message says why."""


@dataclass(frozen=True)
class Cell:
    """A cell that holds something, with its address in Excel terms."""

    sheet: str
    row: int
    column: int
    value: object

    @property
    def address(self) -> str:
        return xl_rowcol_to_cell(self.row, self.column)

    @property
    def text(self) -> str:
        """The value as a person would have typed it."""
        if isinstance(self.value, float) and self.value.is_integer():
            return str(int(self.value))
        return str(self.value).strip()


@dataclass(frozen=True)
class Workbook:
    """The cells of one file, and the sha256 of its bytes."""

    sha256: str
    sheets: dict[str, list[list[object]]]

    def rows(self) -> Iterator[list[Cell]]:
        """Rows with their non-empty cells, sheet by sheet."""
        for sheet, values in self.sheets.items():
            for row, line in enumerate(values):
                cells = [
                    Cell(sheet, row, column, value)
                    for column, value in enumerate(line)
                    if value is not None and str(value).strip()
                ]
                if cells:
                    yield cells


def files(folder: Path) -> list[Path]:
    """The workbooks in a folder, by name; lock files of office programs are no workbooks."""
    if not folder.is_dir():
        return []
    return sorted(
        path
        for path in folder.iterdir()
        if path.suffix.lower() in SUFFIXES and not path.name.startswith(("~$", ".~lock", "."))
    )


def read(path: Path) -> Workbook:
    """All sheets of a workbook; the file is opened for reading only.

    Raises Unreadable whatever is wrong with the file.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise Unreadable(f"> {LARGEST // 1_000_000} MB")
        content = path.read_bytes()
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = {
            name: book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            for name in book.sheet_names
        }
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic of the reader is no Exception
        raise Unreadable(str(error) or type(error).__name__) from error
    return Workbook(hashlib.sha256(content).hexdigest(), sheets)
