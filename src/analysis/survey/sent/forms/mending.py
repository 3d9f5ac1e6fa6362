"""What a workbook of corrections has more than a form: the reasons, and a list with links."""

from itertools import groupby
from typing import NamedTuple

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from analysis.survey.asked.fields import Field
from analysis.survey.asked.labels import (
    BLANK_STILL,
    LIST,
    MENDED,
    MENDING,
    MORE_CELLS,
    SAME_STILL,
    TO_MEND_COUNT,
)
from analysis.survey.sent.forms.layout import Block
from analysis.survey.sent.forms.page import Form, dress
from analysis.survey.sent.forms.style import INK, height, lines
from analysis.text import _, day

WIDTHS = [3, 42, 40, 20, 60, 15]  # of the list: margin, place, item, column, reason, state
REASON = 46  # width of the column of reasons beside the answers
MOST = 10  # cells of a sheet with the same reason that are listed one by one
LONG = 60  # letters from which a reason is not said again in the next row
COMPARED = 80  # letters of a typed text by which it is known to be the same


class Marked(NamedTuple):
    """An open cell: its place in the workbook, what it asks, and why it is open."""

    sheet: str
    cell: str
    item: str
    field: Field
    reason: str
    typed: object


def marked(form: Form, sheets: dict[str, list[Block]]) -> list[Marked]:
    """Every open cell, in the order of the workbook."""
    found = []
    for name, blocks in sheets.items():
        for block in blocks:
            for row, code in enumerate(block.table.codes, start=block.first):
                for field in block.fields:
                    if reason := form.reasons.get((code, field.name)):
                        cell = xl_rowcol_to_cell(row, block.columns[field.name])
                        typed = form.answers.get((code, field.name))
                        table = block.table
                        item = _(table.title) if table.slots else table.names[code]
                        found.append(Marked(_(name), cell, item, field, reason, typed))
    return found


def reasons(form: Form, block: Block, code: str) -> str:
    """Why cells of a row are open, each reason once."""
    found = (form.reasons.get((code, f.name)) for f in block.fields)
    return "\n".join(dict.fromkeys(reason for reason in found if reason))


def cover(sheet: Worksheet, form: Form, sheets: dict[str, list[Block]]) -> None:
    """What to do in a few steps, then every open cell with a link to it and the reason."""
    style, room = form.style, sum(WIDTHS[1:])
    found = marked(form, sheets)
    dress(sheet, form, _(TO_MEND_COUNT).format(count=len(found)), WIDTHS, INK, 0)
    coordinator = next(u for u in form.units if u.coordinator == "yes").name
    deadline = form.settings.campaign.deadline
    row = 4
    for step in MENDING if deadline else MENDING[:-1]:
        text = _(step).format(
            coordinator=coordinator, revision=form.revision, day=day(deadline) if deadline else ""
        )
        sheet.merge_range(row, 1, row, 5, text, style("guide"))
        sheet.set_row(row, height(lines(text, room)))
        row += 1
    row += 1
    titles = (LIST[1], LIST[2], LIST[3], LIST[0], LIST[4])
    for column, title in enumerate(titles, start=1):
        sheet.write_string(row, column, _(title), style("heading"))
    sheet.set_row(row, 24)
    sheet.freeze_panes(row + 1, 0)
    sheet.repeat_rows(row)
    first = row + 1
    for row, same in enumerate(_lines(found), start=first):
        _line(sheet, form, row, same)
    state = {"type": "cell", "criteria": "==", "value": f'"{_(MENDED)}"'}
    sheet.conditional_format(first, 5, row, 5, state | {"format": style("filled")})


def _lines(found: list[Marked]) -> list[list[Marked]]:
    """The lines of the list: a cell each, or many of a sheet of which the same is to be said."""
    alike = [list(same) for _k, same in groupby(found, key=lambda m: (m.sheet, m.reason))]
    return [
        line for same in alike for line in ([same] if len(same) > MOST else [[m] for m in same])
    ]


def _line(sheet: Worksheet, form: Form, row: int, same: list[Marked]) -> None:
    style, first = form.style, same[0]
    place = f"{first.sheet} · {first.cell}"
    if others := len(same) - 1:
        place = _(MORE_CELLS).format(place=place, count=others)
    sheet.write_url(row, 1, f"internal:'{first.sheet}'!{first.cell}", style("go"), string=place)
    item, title = ("", "") if others else (first.item, _(first.field.title))
    sheet.write_string(row, 2, item, style("statement"))
    sheet.write_string(row, 3, title, style("label"))
    sheet.write_string(row, 4, first.reason, style("statement"))
    same_still = "+".join(f"({unchanged(m.typed, _at(m))})" for m in same)
    words = _(BLANK_STILL) if first.typed is None else _(SAME_STILL)
    formula = f'=IF(0+{same_still}>0,"{words}","{_(MENDED)}")'
    if len(formula) < 8_000:  # what a formula may hold
        sheet.write_formula(row, 5, formula, style("scale", "fixed"), words)
    tallest = max(lines(first.reason, WIDTHS[4]), lines(item, WIDTHS[2]), lines(place, WIDTHS[1]))
    sheet.set_row(row, height(tallest, 24))


def _at(m: Marked) -> str:
    return f"'{m.sheet}'!{m.cell}"


def unchanged(typed: object, cell: str) -> str:
    """The condition that a cell holds what it held when it was sent."""
    if typed is None:
        return f"LEN({cell})=0"
    if isinstance(typed, int | float):
        return f"{cell}={typed}"
    begun = str(typed).splitlines()[0][:COMPARED]
    quoted = begun.replace('"', '""')
    return f'LEFT({cell},{len(begun)})="{quoted}"'


def colour(sheet: Worksheet, form: Form, block: Block, field: Field) -> None:
    """Each open cell of a field turns from yellow to filled once it has been changed."""
    column = block.columns[field.name]
    for row, code in enumerate(block.table.codes, start=block.first):
        if (code, field.name) in form.reasons:
            same = unchanged(form.answers.get((code, field.name)), xl_rowcol_to_cell(row, column))
            look = {"type": "formula", "criteria": f"=NOT({same})", "format": form.style("filled")}
            sheet.conditional_format(row, column, row, column, look)
