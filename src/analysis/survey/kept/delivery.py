"""What came back for a period, from wherever it was put; or the sample, where nothing did."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from analysis.project import Project
from analysis.survey.returned import folder, reading
from analysis.survey.returned.expected import Expected
from analysis.survey.returned.readings import Readings
from analysis.survey.returned.response import Response, is_sample, refused
from analysis.survey.returned.wide import mapping
from analysis.survey.told.problems import Code, Problem, problem
from analysis.text import _

SET = (".csv", ".toml")  # what is set in a period, not answered


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
        readings = Readings(project)
        paths, beside = folder.answers(project.responses), _beside(project, expected)

        def said(paths: list[Path]) -> list[Response]:
            return reading.responses(project, paths, readings, expected, progress)

        returned = said(paths)
        misplaced = said(beside)
        misplaced += [r for r in said(_elsewhere(project)) if r.unit]
        workbooks = any(path.suffix.lower() in folder.SUFFIXES for path in (*paths, *beside))
        sample = []
        if not workbooks and not any(r.unit for r in (*returned, *misplaced)):
            sample = said(folder.answers(project.sample))
        readings.forget()
        here = project.responses.relative_to(project.root).as_posix()
        problems = list(_of_mapping(project, expected))
        problems += [r.problem(Code.MISPLACED, folder=here) for r in misplaced if not r.sample]
        problems += [p for r in misplaced if not r.unit for p in r.problems()]
        kept = [_aside(r) for r in misplaced]
        for response in (*returned, *misplaced):
            if response.sample and response.unit:
                problems.append(response.problem(Code.SAMPLE_AMONG_RESPONSES))
        kept += [_aside(r) if r.sample and r.unit else r for r in returned]
        return cls(kept + sample, problems)


def _of_mapping(project: Project, expected: Expected) -> Iterator[Problem]:
    """What is wrong with what a person said that headings mean."""
    file = project.mapping.relative_to(project.root).as_posix()
    for row, column, told in mapping.read(project.mapping, expected.instrument)[1]:
        yield problem(Code.MAPPING_INVALID, file, row=row, column=column, reason=told.rstrip("."))


def _aside(response: Response) -> Response:
    """A response of which all that is to be told is told already."""
    return replace(refused(response), remarks=(), more={})


def _elsewhere(project: Project) -> list[Path]:
    """What lies in the folders of other periods' answers, or in one that is of no period."""
    places = [project.raw, *sorted(path.parent for path in project.raw.glob("*/responses"))]
    others = [place / "responses" for place in places if place != project.folder]
    return [path for other in others for path in folder.answers(other)]


def _beside(project: Project, expected: Expected) -> list[Path]:
    """What lies beside the folder of answers and is meant for it: workbooks, or named as a unit."""
    known = {project.folder / name for name in ("responses", "sample", "instrument")}
    found = [path for path in folder.files(project.folder) if not known & {*path.parents}]
    return [
        path
        for path in found
        if path.suffix.lower() not in SET
        if path.suffix.lower() in folder.SUFFIXES or expected.named(path.name)
    ]


def of_sample(sources: pd.DataFrame) -> bool:
    """Whether what was read is the sample; `sources`: the table of that name."""
    return bool(sources["file"].map(is_sample).any())


def read(sources: pd.DataFrame, project: Project) -> str:
    """What was read, in one sentence; `sources`: the table of that name."""
    used = int(sources["used"].sum())
    sample = of_sample(sources)
    place = project.sample if sample else project.responses
    folder = place.relative_to(project.root).as_posix()
    if sources.empty:
        return _("Dibaca: belum ada berkas di {folder}, dan tidak ada contoh.").format(
            folder=folder
        )
    if sample:
        return _("Dibaca: {count} buku kerja CONTOH dari {folder}; belum ada jawaban.").format(
            count=used, folder=folder
        )
    said = _("Dibaca: {count} jawaban dari {folder}.").format(count=used, folder=folder)
    within = {
        path for file in sources["file"] if "/" in file for path in (file.rpartition("/")[0],)
    }
    rest = sources[~sources["used"]]
    if others := int((~rest["file"].isin(within)).sum()):
        said += " " + _("{count} berkas lain tidak dipakai.").format(count=others)
    return said
