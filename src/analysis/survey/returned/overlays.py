"""What lies over the cells of a sheet and is no answer: comments, drawings, merged cells."""

from collections.abc import Iterator

from analysis.survey.returned.response import HIDDEN, Remark, remark
from analysis.survey.returned.sheets import Content
from analysis.survey.returned.workbook import Cell, Workbook
from analysis.survey.told.problems import Code


def lying(workbook: Workbook, private: frozenset[str], content: Content) -> Iterator[Remark]:
    """Comments, text boxes and pictures: they are no answers."""
    if not any((*workbook.comments.values(), *workbook.drawn.values())):
        return
    keys = {
        (row.at.sheet, row.at.row, column): (row.code, name)
        for row in content.rows
        for column, name in row.columns.items()
    }
    for found, code in ((workbook.comments, Code.COMMENT), (workbook.drawn, Code.TEXT_BOX)):
        for sheet, texts in found.items():
            for row, column, text in texts:
                at = Cell(sheet, row, column, HIDDEN if sheet in private else text)
                kind = code if text else Code.PICTURE
                yield remark(kind, at, keys.get((sheet, row, column)))


def merged(workbook: Workbook, content: Content) -> list[Remark]:
    """Merged cells that hide answer cells behind an answer."""
    typed = {
        (cell.sheet, cell.row, cell.column): (cell, (row.code, name))
        for row in content.rows
        for name, cell in row.cells.items()
    }
    columns = {(row.at.sheet, row.at.row): row.columns for row in content.rows}
    by_sheet: dict[str, list[int]] = {}
    for sheet, row in columns:
        by_sheet.setdefault(sheet, []).append(row)
    remarks = []
    for sheet, ranges in workbook.merged.items():
        for top, left, bottom, right in ranges[:2_000]:
            cell, key = typed.get((sheet, top, left), (None, None))
            covered = sum(
                left <= column <= right
                for row in by_sheet.get(sheet, ())
                if top <= row <= bottom
                for column in columns[sheet, row]
            )
            if cell and covered > 1:
                last = Cell(sheet, bottom, right, "").address
                where = f"{cell.address}:{last}"
                remarks.append(remark(Code.MERGED_CELLS, cell, key, range=where))
    return remarks
