"""What an edition rests on: the answers of each unit, and all else that moves its numbers."""

from collections import defaultdict
from dataclasses import dataclass

import pandas as pd

from analysis import fingerprint
from analysis.project import ProjectError
from analysis.runs.plan import Plan
from analysis.survey.kept import periods, tables
from analysis.survey.kept.survey import Survey
from analysis.text import N_

REASONS = {
    "parameters": N_("parameternya"),
    "settings": N_(
        "pengaturan kota, daftar perangkat daerah, pertanyaannya, atau penilaian dari luar"
    ),
    "earlier": N_("jawaban atau pengaturan periode sebelumnya"),
    "notebooks": N_("notebook-nya"),
    "program": N_("programnya"),
}
"""What moves numbers beside answers, as people call it."""


@dataclass(frozen=True)
class Said:
    """What one unit has said, as fingerprints.

    `answers`: by table of the questionnaire; `files`: of each workbook that counts its sha256 and
    its revision; `decisions`: of all that the coordinator decided about the unit.
    """

    name: str
    answers: dict[str, str]
    files: dict[str, tuple[str, int]]
    decisions: str


@dataclass(frozen=True)
class Basis:
    """What each unit has said, and the fingerprints of the other `REASONS`."""

    units: dict[str, Said]
    reasons: dict[str, str]


def basis(plan: Plan, survey: Survey) -> Basis:
    """What the reports of a plan on this survey rest on."""
    project, folder = plan.project, plan.project.notebooks
    reasons = {
        "parameters": fingerprint.of(plan.values),
        "settings": project.questions(),
        "earlier": _earlier(survey, str(plan.values.get("earlier") or "")),
        "notebooks": fingerprint.files(folder, project.programs()),
        "program": fingerprint.source(),
    }
    return Basis(_units(survey), reasons)


def _earlier(survey: Survey, named: str) -> str:
    """The earlier period that reports compare with, though this run may not; empty without one."""
    try:
        return periods.made_of(periods.before(survey, named))
    except ProjectError:
        return ""


def _units(survey: Survey) -> dict[str, Said]:
    answers: dict[str, dict[str, str]] = defaultdict(dict)
    ends = dict(list(survey.completeness.groupby(["unit", "table"])))
    for table in survey.instrument.tables:
        frame = survey.answers(table.name, even_none=True)[list(tables.columns(table))]
        for unit, part in frame.groupby("unit"):
            given = [_plain(part), _plain(ends.get((unit, table.name), pd.DataFrame()))]
            answers[str(unit)][table.name] = fingerprint.of(given)
    files: dict[str, dict[str, tuple[str, int]]] = defaultdict(dict)
    for source in survey.sources[survey.sources["used"]].itertuples():
        files[source.unit][source.file] = (source.sha256, int(source.revision))
    decisions = {unit: fingerprint.of(_plain(p)) for unit, p in survey.decisions.groupby("unit")}
    return {
        unit: Said(name, answers[unit], files[unit], decisions.get(unit, ""))
        for unit, name in survey.units[["unit", "unit_name"]].itertuples(index=False)
    }


def _plain(frame: pd.DataFrame) -> list[list[object]]:
    return frame.astype(object).where(frame.notna(), None).to_numpy().tolist()
