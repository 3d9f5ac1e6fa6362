"""The numbers of a report as Excel workbooks: one of all tables and charts, and one of each."""

import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from analysis import tables
from analysis.reports.document import Document
from analysis.runs.manifest import Edition
from analysis.text import N_, _

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
COVER = N_("Daftar isi")


def workbook(document: Document, edition: Edition, title: str) -> bytes | None:
    """An .xlsx of all tables and charts' numbers; None when a report has neither.

    A sheet for each, named as on the page, ``Tabel 3.1``, after a list of contents where there are
    several.
    """
    shown = ((block.label, block.content) for block in document.numbered)
    named = [(name, content) for name, content in shown if content.get("columns")]
    if not named:
        return None
    title, stream = edition.titled(title), BytesIO()
    book = xlsxwriter.Workbook(stream, SAFE)
    book.set_properties({"title": title, "subject": edition.city, "created": CREATED})
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
    several = len(named) > 1
    if several:
        _cover(book, named, edition, title, styles)
    for name, content in named:
        sheet = book.add_worksheet(name)
        _top(sheet, f"{name}. {content['title']}", edition, styles)
        if several:
            sheet.write_url(2, 0, f"internal:'{_(COVER)}'!A1", styles["link"], _(COVER))
        _grid(book, sheet, content, styles)
    book.close()
    return stream.getvalue()


def _cover(
    book: xlsxwriter.Workbook,
    named: Sequence[tuple[str, Mapping[str, Any]]],
    edition: Edition,
    title: str,
    styles: Mapping[str, Format],
) -> None:
    sheet = book.add_worksheet(_(COVER))
    _top(sheet, title, edition, styles)
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, 1, 90)
    for row, (name, content) in enumerate(named, FIRST_ROW):
        sheet.write_url(row, 0, f"internal:'{name}'!A1", styles["link"], name)
        sheet.write_string(row, 1, _short(content["title"]), styles["text"])


def _top(sheet: Worksheet, title: str, edition: Edition, styles: Mapping[str, Format]) -> None:
    sheet.write_string(0, 0, _short(title), styles["title"])
    told = ("Masterplan Smart City", edition.city, edition.period, edition.band)
    place = " · ".join(filter(None, told))
    if edition.sample:
        mark = _("DATA CONTOH: jawaban sintetis, bukan hasil survei.")
        sheet.write_string(1, 0, f"{mark} {place}", styles["sample"])
    else:
        sheet.write_string(1, 0, place, styles["muted"])
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _grid(
    book: xlsxwriter.Workbook,
    sheet: Worksheet,
    content: Mapping[str, Any],
    styles: Mapping[str, Format],
) -> None:
    columns = list(_flat(content))
    last = FIRST_ROW + len(content["rows"])
    for at, (heading, kind, values) in enumerate(columns):
        head, style = styles["head"], styles["text"]
        if kind not in ("text", "figures"):
            head = styles["number head"]
            if isinstance(kind, str):
                pattern = NUMBERS[kind]
            else:
                pattern = "#,##0" + ("." + "0" * kind if kind else "")
            style = book.add_format({"num_format": pattern, "valign": "top"})
        sheet.write_string(FIRST_ROW, at, _short(heading), head)
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
        sheet.write_string(row, 0, _short(line), styles["muted"])


def _flat(content: Mapping[str, Any]) -> Iterator[tuple[str, str | int, list[Any]]]:
    """Heading, format and values of each column; an interval becomes its two ends."""
    for at, column in enumerate(content["columns"]):
        values = [row[at] for row in content["rows"]]
        if (ends := tables.interval_ends(column["format"])) is not None:
            for end, name in enumerate((_("bawah"), _("atas"))):
                yield f"{column['label']} {name}", ends, [v and v[end] for v in values]
        else:
            yield column["label"], column["format"], values


def _write(sheet: Worksheet, row: int, column: int, value: Any, style: Format) -> None:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if value is None or (number and not math.isfinite(value)):
        sheet.write_blank(row, column, None, style)
    elif number:
        sheet.write_number(row, column, value, style)
    else:
        sheet.write_string(row, column, _short(str(value)), style)


def _short(words: str) -> str:
    return words[:LONGEST]
