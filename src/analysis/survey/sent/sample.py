"""Synthetic answers, always labelled as such: a whole survey before the first workbook returns."""

from datetime import date
from pathlib import Path
from typing import Any

from analysis.ledger import Ledger
from analysis.project import Project, files
from analysis.project.entries import parsed
from analysis.survey.asked import register
from analysis.survey.asked.instrument import Instrument
from analysis.survey.asked.register import Unit
from analysis.survey.asked.rows import called
from analysis.survey.sent import forms
from analysis.survey.sent.officer import Officer
from analysis.text import SOURCE, using

KIND = "sample"
NAME = "sample.toml"
ANYBODY = ("Sekretaris",)  # who fills in a workbook where nothing is assumed


def write(project: Project, seed: int, out: Path | None = None) -> list[Path]:
    """Write every unit's sample workbook as ``<period>-<unit>.xlsx``; returns their paths.

    Raises ProjectError rather than write over anything but such a workbook.
    """
    files = workbooks(project, seed)
    return Ledger(project, out or project.sample, KIND).write(files)


@using(SOURCE)
def workbooks(project: Project, seed: int) -> dict[str, bytes]:
    """Every unit's sample workbook, by file name.

    A unit's answers to an item depend on the seed, its id and the item alone.
    """
    instrument, units, settings = (
        Instrument.load(project),
        register.units(project),
        project.settings,
    )
    period, made = project.period, {}
    year = period[:4]
    for unit in units:
        officer = of(project, instrument, unit, seed)
        rng = officer.now("identity")
        positions = officer.assumed.get("positions", {}).get(unit.group, ANYBODY)
        made[forms.name(period, unit)] = forms.workbook(
            unit,
            instrument,
            settings,
            units=units,
            period=period,
            answers=officer.fill_in(units),
            respondent=positions[rng.integers(len(positions))],
            filled_on=date(int(year) if year.isdigit() else 2023, 8, int(rng.integers(11, 32))),
            sample=True,
        )
    return made


def of(project: Project, instrument: Instrument, unit: Unit, seed: int) -> Officer:
    """The officer who fills in a unit's workbook."""
    return Officer(unit, instrument, project.settings, assumed(project), seed, project.period)


def assumed(project: Project) -> dict[str, Any]:
    """What ``sample.toml`` in the questionnaire's folders assumes of its answers, or nothing.

    Raises ProjectError that says where one is no TOML.
    """
    whole: dict[str, Any] = {}
    for folder in project.questionnaires:
        if (path := folder / NAME).is_file():
            for part, content in parsed(files.read(path, called(path)), called(path)).items():
                known = whole.setdefault(part, content)
                if known is not content and isinstance(known, dict) and isinstance(content, dict):
                    known.update(content)
    return whole
