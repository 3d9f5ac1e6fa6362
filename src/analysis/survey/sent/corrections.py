"""Workbooks of corrections: a unit's own answers, of which only what is to be mended is open."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pandas as pd

from analysis.ledger import Ledger
from analysis.project import Project
from analysis.survey.asked.fields import TR, Amount, Scale
from analysis.survey.asked.instrument import Instrument
from analysis.survey.asked.labels import corrections_of
from analysis.survey.asked.register import units as register
from analysis.survey.sent import forms
from analysis.text import SOURCE, using


@using(SOURCE)
def write(
    project: Project,
    out: Path,
    cells: pd.DataFrame,
    revisions: Mapping[tuple[str, str], int],
    sample: bool,
    units: set[str],
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> tuple[list[Path], list[str]]:
    """Write the corrections of each respondent in `cells`; returns their paths, and what went away.

    `cells`: unit, respondent, item, field, value (as it is typed), state (“answered” where it could
    be read) and reason, missing where a cell is locked.
    `revisions`: by unit and respondent the number that its corrections carry. What was written
    before for one of `units` is removed where it is still as it was written. Raises ProjectError
    rather than write over anything else.
    """
    period = project.period
    instrument, known = Instrument.load(project), {u.id: u for u in register(project)}
    found = dict(list(cells.groupby(["unit", "respondent"], sort=False)))
    ledger = Ledger(project, out, "corrections")
    names = {(u, who): corrections_of(period, u, who, revisions[u, who]) for u, who in found}
    ledger.check({})
    files = {}
    for done, (who, own) in enumerate(found.items()):
        unit, person = who
        progress(done, len(found))
        files[names[who]] = forms.workbook(
            known[unit],
            instrument,
            project.settings,
            units=list(known.values()),
            period=period,
            answers=_answers(own, instrument),
            reasons=own.dropna(subset="reason").set_index(["item", "field"])["reason"].to_dict(),
            revision=revisions[who],
            number=person,
            sample=sample,
        )
    progress(len(found), len(found))
    before = [
        corrections_of(period, unit, person, number)
        for (unit, person), last in revisions.items()
        if unit in units
        for number in range(2, last + 1)
    ]
    gone = [n for n in before if n not in files and ledger.vouches(n)]
    return ledger.write(files, gone), gone


def _answers(cells: pd.DataFrame, instrument: Instrument) -> dict[tuple[str, str], object]:
    """What stands in cells as it is typed: numbers where a number is asked and was read."""
    found: dict[tuple[str, str], object] = {}
    for cell in cells.dropna(subset="value").itertuples():
        kind = next(f.kind for f in instrument.rows[cell.item].fields if f.name == cell.field)
        found[cell.item, cell.field] = value = cell.value
        if isinstance(kind, Scale | Amount) and value != TR:
            if value.isascii() and value.isdecimal() and len(value) < 15:
                found[cell.item, cell.field] = int(value)
            elif cell.state == "answered":
                found[cell.item, cell.field] = float(value)
    return found
