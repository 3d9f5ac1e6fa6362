"""What came back for a period, from wherever it was put; or the sample, where nothing did."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from analysis.project import Project
from analysis.survey.asked import decisions
from analysis.survey.returned import folder, reading
from analysis.survey.returned.expected import Expected
from analysis.survey.returned.readings import Readings
from analysis.survey.returned.response import RESPONSES, SAMPLE, Response, is_sample, refused
from analysis.survey.told.problems import Code, Problem
from analysis.text import _


@dataclass(frozen=True)
class Delivery:
    """What the files in play say, and what is to be told of where they lie.

    One returned workbook puts the sample out of play, even if it cannot be read.
    """

    responses: list[Response]
    problems: list[Problem]

    @classmethod
    def read(
        cls, project: Project, expected: Expected, progress: Callable[[int, int], None]
    ) -> "Delivery":
        readings = Readings(project, expected.period)
        period = project.responses(expected.period)
        paths = [path for path in folder.files(period) if path != period / decisions.NAME]
        beside = [p for p in folder.files(period.parent) if not p.is_relative_to(period)]

        def said(paths: list[Path]) -> list[Response]:
            return reading.responses(project, paths, readings, expected, progress)

        returned = said(paths)
        direct = [p for p in beside if p.parent == period.parent]
        misplaced = said(direct)
        others = said([p for p in beside if p.parent != period.parent])
        misplaced += [r for r in others if r.unit]  # of this period, in another's folder
        workbooks = any(path.suffix.lower() in folder.SUFFIXES for path in (*paths, *direct))
        sample = []
        if not workbooks and not any(r.unit for r in (*returned, *misplaced)):
            sample = said(folder.files(project.sample(expected.period)))
        readings.forget()
        here = f"{RESPONSES}{expected.period}"
        problems = [r.problem(Code.MISPLACED, folder=here) for r in misplaced if not r.sample]
        problems += [p for r in misplaced if not r.unit for p in r.problems()]
        kept = [_aside(r) for r in misplaced]
        for response in (*returned, *misplaced):
            if response.sample and response.unit:
                problems.append(response.problem(Code.SAMPLE_AMONG_RESPONSES))
        kept += [_aside(r) if r.sample and r.unit else r for r in returned]
        return cls(kept + sample, problems)


def _aside(response: Response) -> Response:
    """A response of which all that is to be told is told already."""
    return replace(refused(response), remarks=(), more={})


def of_sample(sources: pd.DataFrame) -> bool:
    """Whether what was read is the sample; `sources`: the table of that name."""
    return bool(sources["file"].map(is_sample).any())


def read(sources: pd.DataFrame, period: str) -> str:
    """What was read, in one sentence; `sources`: the table of that name."""
    used = int(sources["used"].sum())
    sample = of_sample(sources)
    folder = f"{SAMPLE if sample else RESPONSES}{period}"
    if sources.empty:
        return _("Dibaca: belum ada berkas di {folder}, dan tidak ada contoh.").format(
            folder=folder
        )
    if sample:
        return _("Dibaca: {count} buku kerja CONTOH dari {folder}; belum ada jawaban.").format(
            count=used, folder=folder
        )
    said = _("Dibaca: {count} jawaban dari {folder}.").format(count=used, folder=folder)
    if others := len(sources) - used:
        said += " " + _("{count} berkas lain tidak dipakai.").format(count=others)
    return said
