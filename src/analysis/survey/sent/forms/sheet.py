"""One sheet of questions, written: its tables one below the other, with legend and headings."""

from dataclasses import replace

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from analysis.survey.asked.fields import TB, TR, Amount, Choice, Field, Scale
from analysis.survey.asked.labels import ANCHORS, CODE, READ_BACK, TO_MEND
from analysis.survey.sent.forms import consistency, mending
from analysis.survey.sent.forms.layout import GUIDE, ROOM, Block, counted, heading, widths
from analysis.survey.sent.forms.page import Form, back, dress
from analysis.survey.sent.forms.rules import rule
from analysis.survey.sent.forms.style import MUTED, OPEN, TEAL, height, lines
from analysis.text import _

LONGEST_PAGE = 480  # points of rows that still fit a printed page with the head


def write(sheet: Worksheet, form: Form, blocks: list[Block]) -> None:
    """Write the tables of one sheet."""
    told = any(mending.reasons(form, b, code) for b in blocks for code in b.table.codes)
    columns, first = widths(blocks, ROOM - mending.REASON if told else ROOM), blocks[0]
    last, answers = len(columns) - 1, sorted(first.columns.values())
    beside = [float(mending.REASON)] if told else []
    tab = OPEN if told else MUTED if form.reasons else TEAL
    title = f"{_(first.table.sheet)} · {_(first.table.title)}"
    dress(sheet, form, title, columns + beside, tab, 0)
    back(sheet, form, last)
    asked = sum(b.asked for b in blocks)
    if asked:
        count = "+".join(b.count() for b in blocks if b.asked)
        formula, shown = counted(count, sum(b.filled(form.answers) for b in blocks), asked)
        sheet.write_formula(1, last, formula, form.style("count"), shown)
    across = last + len(beside)
    tall = [_table(sheet, form, block, columns, across) for block in blocks]
    sheet.freeze_panes(first.first, 0)
    sheet.set_selection(first.first, answers[0], first.first, answers[0])
    if first.table.scheme:
        sheet.autofilter(first.heading, 0, first.last, answers[-1])
    _pages(sheet, blocks, tall[0])


def _pages(sheet: Worksheet, blocks: list[Block], tall: float) -> None:
    """Where pages end in print, and which rows head the next ones.

    Other tables start a page of their own, where the first one's legend would mislead unless
    they have the same columns.
    """
    first, *others = blocks
    if others:
        sheet.set_h_pagebreaks([others[0].guide - 1])
    if all(not b.labels and not b.one_text for b in others):
        sheet.repeat_rows(0, first.heading)
    elif tall > LONGEST_PAGE:
        sheet.repeat_rows(first.heading)


def _table(sheet: Worksheet, form: Form, block: Block, columns: list[float], across: int) -> float:
    """Write one table, what stands above it as far as column `across`.

    Returns the height of its rows in points.
    """
    style = form.style
    if block.guide > GUIDE:
        sheet.write_string(block.guide - 1, 0, _(block.table.title), style("section"))
        sheet.set_row(block.guide - 1, 26)
    guide = _(block.table.guide).replace("{vision}", form.settings.vision.text)
    sheet.merge_range(block.guide, 0, block.guide, across, guide, style("guide"))
    sheet.set_row(block.guide, height(lines(guide, sum(columns)), 20))
    for row, (titles, meanings) in enumerate(block.legend, start=block.guide + 1):
        _legend(sheet, form, row, across, titles, meanings)
    _headings(sheet, form, block, columns)
    total, before = 0.0, ""
    for number, code in enumerate(block.table.codes):
        tall = _row(sheet, form, block, number, code, columns)
        reason = mending.reasons(form, block, code)
        if reason and (reason != before or len(reason) < mending.LONG):
            sheet.write_string(block.first + number, len(columns), reason, style("reason"))
            tall = max(tall, height(lines(reason, mending.REASON)))
        before = reason
        sheet.set_row(block.first + number, tall)
        total += tall
    if block.table.pairs:
        consistency.light(sheet, form, block, len(columns) - 1)
    if any(mending.reasons(form, block, code) for code in block.table.codes):
        sheet.write_string(block.heading, len(columns), _(TO_MEND), style("mend"))
    for field in block.fields:
        _rules(sheet, form, block, field)
    return total


def _legend(
    sheet: Worksheet, form: Form, row: int, last: int, titles: str, meanings: list[tuple[str, str]]
) -> None:
    """“Dampak   1 sangat kecil   2 kecil …” in one line."""
    strong, plain = form.style("strong"), form.style("plain")
    parts: list = [strong, f"{titles}:"]
    for value, meaning in meanings:
        parts += [form.style("digit"), f"     {value}", plain, f"  {_(meaning)}"]
    sheet.merge_range(row, 0, row, last, "", form.style("legend"))
    sheet.write_rich_string(row, 0, *parts, form.style("legend"))
    sheet.set_row(row, 18)


def _headings(sheet: Worksheet, form: Form, block: Block, columns: list[float]) -> None:
    row, last = block.heading, len(columns) - 1
    sheet.write_string(row, 0, _(CODE), form.style("heading"))
    for column, (title, _texts) in enumerate(block.labels, start=1):
        sheet.write_string(row, column, title, form.style("heading"))
    for field in block.fields:
        column = block.columns[field.name]
        if block.one_text:
            _merged(sheet, row, column, last, form.style("asking"))
        sheet.write_string(row, column, heading(field), form.style("asking"))
    if block.read_back:
        column = max(block.columns.values()) + 1
        _merged(sheet, row, column, last, form.style("heading"))
        sheet.write_string(row, column, _(READ_BACK), form.style("heading"))
    tallest = max(lines(heading(f), columns[block.columns[f.name]]) for f in block.fields)
    sheet.set_row(row, height(tallest, 34))


def _row(
    sheet: Worksheet, form: Form, block: Block, number: int, code: str, columns: list[float]
) -> float:
    """Write one row; returns its height in points."""
    row, last, style = block.first + number, len(columns) - 1, form.style
    tallest = 1
    sheet.write_string(row, 0, code, style("code"))
    for column, (title, texts) in enumerate(block.labels, start=1):
        text = texts[number]
        if isinstance(text, tuple):
            parts = style("strong"), text[0], style("plain"), text[1]
            sheet.write_rich_string(row, column, *parts, style("statement"))
            text = "".join(text)
        else:
            sorts = block.table.scheme and title != _(ANCHORS)
            look = "label" if sorts else "statement"
            sheet.write_string(row, column, text, style(look))
        tallest = max(tallest, lines(text, columns[column]))
    for field in block.fields:
        column = block.columns[field.name]
        look, width = _look(form, block, field, code), columns[column]
        if block.one_text:
            width = sum(columns[column:])
            _merged(sheet, row, column, last, look)
        value = form.answers.get((code, field.name))
        if isinstance(value, str):
            sheet.write_string(row, column, value, look)
            tallest = max(tallest, lines(value, width))
        elif value is not None:
            sheet.write_number(row, column, value, look)
        else:
            sheet.write_blank(row, column, None, look)
    if block.read_back:
        _read_back(sheet, form, block, row, code, last)
    return height(tallest, 24 if block.read_back else 28 if block.one_text else 36)


def _merged(sheet: Worksheet, row: int, first: int, last: int, look: Format) -> None:
    if last > first:
        sheet.merge_range(row, first, row, last, "", look)


def _look(form: Form, block: Block, field: Field, code: str) -> Format:
    kind = field.kind
    if isinstance(kind, Scale):
        name = "scale"
    elif isinstance(kind, Choice):
        name = "scale" if kind.options else "choice"
    elif isinstance(kind, Amount):
        name = "amount" if kind.whole else "money"
    else:
        name = "answer"
    if form.reasons:
        return form.style(name, "open" if (code, field.name) in form.reasons else "fixed")
    asked = field in block.table.required
    return form.style(name, "asked") if asked else form.style(name)


def _rules(sheet: Worksheet, form: Form, block: Block, field: Field) -> None:
    """What a field's cells accept, and how they show that they are filled."""
    column = block.columns[field.name]
    area = (block.first, column, block.last, column)
    above = _above(form, block, field)
    for first, last, scale in block.table.parts:
        asked = replace(field, kind=scale) if scale and field in block.table.scaled else field
        rows = (block.first + first, column, block.first + last, column)
        sheet.data_validation(*rows, rule(asked, block.table, form.lists, above))
    if form.reasons:
        mending.colour(sheet, form, block, field)
        return
    here = xl_rowcol_to_cell(block.first, column)
    required = [block.columns[f.name] for f in block.table.fields if f.required] or [column]
    row = f"${xl_col_to_name(min(required))}{block.first + 1}"
    row += f":${xl_col_to_name(max(required))}{block.first + 1}"
    if field.name == "target" and "current" in block.columns:
        current = "$" + xl_rowcol_to_cell(block.first, block.columns["current"])
        doubt = f"=AND(ISNUMBER({current}),ISNUMBER({here}),{here}<{current})"
        _colour(sheet, form, area, doubt, "doubt")
    if block.table.slots and field.required and len(required) > 1:
        missing = f"=AND(LEN({here})=0,COUNTA({row})>0)"
        _colour(sheet, form, area, missing, "missing")
    filled = f"LEN({here})>0"
    if block.table.tb and field.required:
        filled = f'OR({filled},COUNTIF({row},"{TR}")+COUNTIF({row},"{TB}")>0)'
    _colour(sheet, form, area, f"={filled}", "filled")


def _above(form: Form, block: Block, field: Field) -> str:
    """The first cell in which the parent of a field's choices is chosen; '' where none is asked."""
    asked = {f.kind.scheme: f.name for f in block.fields if isinstance(f.kind, Choice)}
    own = field.kind.scheme if isinstance(field.kind, Choice) else ""
    parent = form.instrument.schemes[own].parent if own else ""
    if not parent or parent not in asked:
        return ""
    return f"${xl_rowcol_to_cell(block.first, block.columns[asked[parent]])}"


def _colour(sheet: Worksheet, form: Form, area: tuple, criteria: str, name: str) -> None:
    look = {"type": "formula", "criteria": criteria, "format": form.style(name)}
    sheet.conditional_format(*area, look | {"stop_if_true": True})


def _read_back(sheet: Worksheet, form: Form, block: Block, row: int, code: str, last: int) -> None:
    """A pair's answer in words, so that the officer sees what was said."""
    more, strength = (block.columns[name] for name in ("more", "strength"))
    between = _("di antara {low} dan {high}")
    scale = block.table.scale("strength")
    said = [
        _(scale.labels[n])
        if n in scale.labels
        else between.format(low=_(scale.labels[n - 1]), high=_(scale.labels[n + 1]))
        for n in scale.levels
    ]
    said = [text.replace('"', '""') for text in said]
    a, b, side, value = (xl_rowcol_to_cell(row, c) for c in (1, 2, more, strength))
    words = ",".join(f'"{text}"' for text in said[1:])
    formula = (
        f'=IF(OR({side}="",{value}=""),"",IFERROR(IF({value}=1,"{said[0]}",'
        f'IF({side}="A",{a},{b})&" "&CHOOSE({value}-1,{words})),""))'
    )
    shown = ""
    letter, times = (form.answers.get((code, name)) for name in ("more", "strength"))
    if letter and times and isinstance(letter, str) and isinstance(times, int):
        winner = block.labels["AB".index(letter)][1][row - block.first]
        shown = said[0] if times == 1 else f"{winner} {said[times - 1]}"
    column = max(block.columns.values()) + 1
    _merged(sheet, row, column, last, form.style("read"))
    sheet.write_formula(row, column, formula, form.style("read"), shown)
