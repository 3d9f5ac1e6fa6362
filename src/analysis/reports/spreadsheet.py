"""The numbers of a report as Excel workbooks: one of all tables and charts, and one of each."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from analysis import sheets
from analysis.reports.document import Document
from analysis.runs.manifest import Edition
from analysis.text import N_, _

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
    book, styles = sheets.opened(stream, title=title, subject=edition.city)
    several = len(named) > 1
    if several:
        _cover(book, named, edition, title, styles)
    for name, content in named:
        sheet = book.add_worksheet(name)
        _top(sheet, f"{name}. {content['title']}", edition, styles)
        if several:
            sheet.write_url(2, 0, f"internal:'{_(COVER)}'!A1", styles["link"], _(COVER))
        sheets.grid(book, sheet, content, styles)
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
    for row, (name, content) in enumerate(named, sheets.FIRST_ROW):
        sheet.write_url(row, 0, f"internal:'{name}'!A1", styles["link"], name)
        sheet.write_string(row, 1, sheets.short(content["title"]), styles["text"])


def _top(sheet: Worksheet, title: str, edition: Edition, styles: Mapping[str, Format]) -> None:
    told = ("Masterplan Smart City", edition.city, edition.period, edition.band)
    place = " · ".join(filter(None, told))
    if edition.sample:
        mark = _("DATA CONTOH: jawaban sintetis, bukan hasil survei.")
        sheets.head(sheet, title, f"{mark} {place}", styles["sample"], styles)
    else:
        sheets.head(sheet, title, place, styles["muted"], styles)
