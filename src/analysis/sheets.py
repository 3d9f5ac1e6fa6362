"""A grid of numbers as a sheet of an Excel workbook."""

import math
from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from analysis import formats
from analysis.text import _

# The same answers give the same bytes: no workbook knows when it was written.
CREATED = datetime(2000, 1, 1)
SAFE = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
NUMBERS = {
    "percent": "0.0%",
    "signed": "+#,##0.00;-#,##0.00;0.00",
    "year": "0",
}
NARROWEST, WIDEST, LONGEST = 8, 60, 32_767
FIRST_ROW = 4


def opened(stream: BytesIO, **properties: Any) -> tuple[xlsxwriter.Workbook, dict[str, Format]]:
    """A new workbook with these properties, in which texts stay texts, and the styles of ours."""
    book = xlsxwriter.Workbook(stream, SAFE)
    book.set_properties({**properties, "created": CREATED})
    styles = {
        "title": book.add_format({"bold": True, "font_size": 16}),
        "sample": book.add_format({"bold": True, "font_color": "#9e1b1e"}),
        "muted": book.add_format({"font_color": "#5f5f66"}),
        "link": book.add_format({"font_color": "#1f5f6b", "underline": 1}),
        "head": book.add_format({"bold": True, "bottom": 2, "text_wrap": True}),
        "number head": book.add_format(
            {"bold": True, "bottom": 2, "text_wrap": True, "align": "right"}
        ),
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
    }
    return book, styles


def head(sheet: Worksheet, title: str, told: str, style: Format, styles: Mapping[str, Any]) -> None:
    """Write a sheet's title and, in a style, what is told of it below; it prints on A4 across."""
    sheet.write_string(0, 0, short(title), styles["title"])
    if told:
        sheet.write_string(1, 0, short(told), style)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def grid(
    book: xlsxwriter.Workbook,
    sheet: Worksheet,
    content: Mapping[str, Any],
    styles: Mapping[str, Format],
) -> None:
    """Write the columns of an exhibit with their headings, its note and its source."""
    columns = list(formats.flat(content))
    last = FIRST_ROW + len(content["rows"])
    for at, (_key, heading, kind, values) in enumerate(columns):
        above, style = styles["head"], styles["text"]
        if kind not in ("text", "figures"):
            above = styles["number head"]
            if isinstance(kind, str):
                pattern = NUMBERS[kind]
            else:
                pattern = "#,##0" + ("." + "0" * kind if kind else "")
            style = book.add_format({"num_format": pattern, "valign": "top"})
        sheet.write_string(FIRST_ROW, at, short(heading), above)
        for row, value in enumerate(values, FIRST_ROW + 1):
            _write(sheet, row, at, value, style)
        lengths = [len(str(v)) for v in values] if kind in ("text", "figures") else []
        # A heading may wrap, and leaves room for the button of its filter.
        width = max([NARROWEST, *lengths, min(len(heading), 22) + 3])
        sheet.set_column(at, at, min(width + 1, WIDEST))
    sheet.freeze_panes(FIRST_ROW + 1, 1)
    sheet.repeat_rows(FIRST_ROW)
    if content["rows"]:
        sheet.autofilter(FIRST_ROW, 0, last, len(columns) - 1)
    source = content.get("source") and _("Sumber: {source}").format(source=content["source"])
    for row, line in enumerate(filter(None, (content.get("note"), source)), last + 2):
        sheet.write_string(row, 0, short(line), styles["muted"])


def _write(sheet: Worksheet, row: int, column: int, value: Any, style: Format) -> None:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if value is None or (number and not math.isfinite(value)):
        sheet.write_blank(row, column, None, style)
    elif number:
        sheet.write_number(row, column, value, style)
    else:
        sheet.write_string(row, column, short(str(value)), style)


def short(words: str) -> str:
    """As much of a text as a cell holds."""
    return words[:LONGEST]
