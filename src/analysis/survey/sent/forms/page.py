"""What every sheet of a form has: band, title, protection, print set-up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from xlsxwriter.worksheet import Worksheet

from analysis.project import Settings
from analysis.survey.asked.instrument import Instrument
from analysis.survey.asked.labels import COVER, WHO
from analysis.survey.asked.register import Unit
from analysis.survey.sent.forms.guide import MARK, TITLE
from analysis.survey.sent.forms.layout import Answers
from analysis.survey.sent.forms.rules import Lists
from analysis.survey.sent.forms.style import RED, Styles
from analysis.text import _

# Without a password: officers may select, widen, and filter, but only answer cells change.
ALLOWED = {"format_columns": True, "format_rows": True, "autofilter": True}
A4 = 9


@dataclass(frozen=True)
class Form:
    """What one workbook is made of.

    `reasons`: of a workbook of corrections, why each of its open cells is open; all others are
    locked. A form has none, and all its answer cells are open.
    """

    unit: Unit
    units: list[Unit]
    instrument: Instrument
    settings: Settings
    period: str
    answers: Answers
    reasons: Mapping[tuple[str, str], str]
    revision: int
    number: str
    respondent: str
    filled_on: date | None
    sample: bool
    lists: Lists
    style: Styles


def dress(
    sheet: Worksheet, form: Form, title: str, widths: Sequence[float], tab: str, pages: int = 1
) -> None:
    """Set up a sheet whose columns are `widths` characters wide, and write its head.

    Row 0 is the band, or the mark of a sample; row 1 the title; row 2 the unit. It is printed one
    page wide, on `pages` pages, or with 0 on as many as it takes.
    """
    style, last = form.style, len(widths) - 1
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width, style("plain"))
    sheet.hide_gridlines(2)
    sheet.set_tab_color(tab)
    sheet.protect("", ALLOWED)
    for column in range(last + 1):
        sheet.write_blank(0, column, None, style("mark" if form.sample else "band"))
    if form.sample:
        sheet.write_string(0, 0, _(MARK), style("mark"))
    sheet.set_row(0, 20 if form.sample else 6)
    sheet.set_row(1, 28)
    sheet.write_string(1, 0, title, style("title"))
    sheet.set_row(2, 17)
    who = _(WHO).format(unit=form.unit.name, city=form.settings.name, period=form.period)
    sheet.write_string(2, 0, who, style("muted"))
    sheet.fit_to_pages(1, pages)
    _print(sheet, form)


def back(sheet: Worksheet, form: Form, column: int) -> None:
    """A link to the first sheet, at the right of the unit's name."""
    link, shown = f"internal:'{_(COVER)}'!A1", _("‹ Petunjuk")
    sheet.write_url(2, column, link, form.style("back"), string=shown)


def _print(sheet: Worksheet, form: Form) -> None:
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.6 if form.sample else 0.45, bottom=0.6)
    if form.sample:
        sheet.set_header(f'&C&"Calibri,Bold"&11&K{RED[1:]}{_(MARK)}', {"margin": 0.25})
    unit = form.unit.name.replace("&", "&&")
    page = _("Halaman {page} dari {pages}").format(page="&P", pages="&N")
    sheet.set_footer(f"&L&9{unit}&C&9{_(TITLE)} {form.period} · &A&R&9{page}", {"margin": 0.3})
