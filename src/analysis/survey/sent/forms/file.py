"""The questionnaire as workbooks: one per unit, blank to send out or with answers filled in.

What ingest relies on: a row's code stands in the column headed “Kode”, answers stand under
headings that begin with the field's title, and the sheet “Identitas” names unit, city and period.
"""

import io
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

import xlsxwriter

from analysis.ledger import Ledger
from analysis.project import Project, Settings
from analysis.survey.asked.instrument import Instrument
from analysis.survey.asked.labels import COVER, FIRST, IDENTITY_SHEET, LISTS
from analysis.survey.asked.register import Unit
from analysis.survey.asked.register import units as register
from analysis.survey.sent.forms import cover, mending, rules, sheet
from analysis.survey.sent.forms.guide import TITLE
from analysis.survey.sent.forms.layout import Block, blocks
from analysis.survey.sent.forms.page import Form
from analysis.survey.sent.forms.style import Styles
from analysis.text import SOURCE, _, using

CREATED = datetime(2023, 1, 1)  # fixed, so that the same answers make the same bytes
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


def write(project: Project, out: Path) -> list[Path]:
    """Write every unit's blank form, in Indonesian, into `out`.

    Raises ProjectError rather than write over anything but such a form.
    """
    return Ledger(project, out, "forms").write(_blank(project))


@using(SOURCE)
def _blank(project: Project) -> dict[str, bytes]:
    """Every unit's blank form, by file name."""
    instrument, units, period = Instrument.load(project), register(project), project.period
    return {
        name(period, unit): workbook(unit, instrument, project.settings, units=units, period=period)
        for unit in units
    }


def name(period: str, unit: Unit) -> str:
    """The file name of a unit's workbook."""
    return f"{period}-{unit.id}.xlsx"


def workbook(
    unit: Unit,
    instrument: Instrument,
    settings: Settings,
    *,
    units: list[Unit],
    period: str,
    answers: Mapping[tuple[str, str], object] | None = None,
    reasons: Mapping[tuple[str, str], str] | None = None,
    revision: int = 1,
    number: str = FIRST,
    respondent: str = "",
    filled_on: date | None = None,
    sample: bool = False,
) -> bytes:
    """The workbook of one unit; the same arguments make the same bytes.

    `answers` maps (row code, field name) to a value as it is typed: a number, a category's name,
    a text, or ``TR`` in the first scale of a row. With `reasons`, by the same, it is a workbook of
    corrections: see `Form`. `number`: which of the unit's respondents it is for; `respondent` is a
    position, never a name.
    """
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, OPTIONS) as book:
        book.set_properties({"title": f"{_(TITLE)} {period} – {unit.name}", "created": CREATED})
        book.set_size(2400, 1400)
        form = Form(
            unit=unit,
            units=units,
            instrument=instrument,
            settings=settings,
            period=period,
            answers=answers or {},
            reasons=reasons or {},
            revision=revision,
            number=number,
            respondent=respondent,
            filled_on=filled_on,
            sample=sample,
            lists=rules.lists(instrument, units),
            style=Styles(book),
        )
        sheets = _sheets(form)
        names = (COVER, IDENTITY_SHEET, *sheets, LISTS)
        made = {name: book.add_worksheet(_(name)) for name in names}
        first = mending.cover if reasons else cover.cover
        first(made[COVER], form, sheets)
        cover.identity(made[IDENTITY_SHEET], form)
        for name, tables in sheets.items():
            sheet.write(made[name], form, tables)
        cover.lists(made[LISTS], form)
    return content.getvalue()


def _sheets(form: Form) -> dict[str, list[Block]]:
    """The unit's sheets of questions, by name."""
    tables = form.instrument.asked_of(form.unit)
    return {
        name: blocks([t for t in tables if t.sheet == name], form.instrument)
        for name in dict.fromkeys(t.sheet for t in tables)
    }
