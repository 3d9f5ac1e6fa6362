"""Workbooks in play -> tidy tables, problems and sources."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pandas as pd

from analysis.project import Project
from analysis.survey.asked.questionnaire import Table
from analysis.survey.kept import tables as tidy
from analysis.survey.kept.choice import KINDS, Choice, accounted, choose
from analysis.survey.returned import folder, reading
from analysis.survey.returned.expected import Expected
from analysis.survey.returned.response import Response, refused
from analysis.survey.told.problems import Code, Problem, problem
from analysis.text import SOURCE, _, using


@using(SOURCE)
def ingest(
    project: Project, period: str, progress: Callable[[int, int], None] = lambda done, of: None
) -> dict[str, pd.DataFrame]:
    """Read every workbook in play into tidy tables, in the language of the forms.

    Returns one frame per table of the questionnaire (unit, item, ``tb`` where a row may not
    apply, a column per field; a row per unit and item, or per filled slot), and

    - ``completeness``: unit, table, expected, answered, tb, blank, invalid (required cells; the
      last four sum to the first);
    - ``problems``: the columns of `problems.Problem`;
    - ``sources``: file (in a zip: zip/member), sha256 (empty where no byte could be read), unit,
      revision, used, sample;
    - ``reconciliation``: file, unit, cells (that hold something), and how each of them ended: form
      (its own text), answered, tb, blank (a dash or the like), problem (listed), unexpected
      (listed), aside (repeated, or in a workbook that does not count); these seven sum to it.

    Raises ProjectError when the settings, the register or the instrument are wrong.
    """
    paths, sample = in_play(project, period)
    expected = Expected.of(project, period)
    found, responses = [], []
    for response in reading.responses(project, paths, expected, progress):
        found += response.problems
        if response.sample and not sample and response.unit:
            found.append(problem(Code.SAMPLE_AMONG_RESPONSES, response.file, response.unit))
            response = refused(response)
        elif response.unit and not response.filled:
            found.append(problem(Code.EMPTY_FORM, response.file, response.unit))
        responses.append(response)
    instrument, register = expected.instrument, expected.units
    choices = {}
    for unit in register:
        own = [r for r in responses if r.unit == unit.id and r.filled]
        if own:
            choices[unit.id] = choose(own)
            found += choices[unit.id].problems + list(_missing(choices[unit.id], expected))
    found += [
        problem(Code.MISSING_UNIT, "", u.id, unit_name=u.name)
        for u in register
        if u.id not in {r.unit for r in responses}
    ]
    tables = {t.name: tidy.answers(t, _of(t, choices, expected)) for t in instrument.tables}
    tables["completeness"] = pd.DataFrame(
        [
            tidy.completeness(table, choice)
            for table in instrument.tables
            if table.required
            for choice in _of(table, choices, expected)
        ],
        columns=["unit", "table", "expected", "answered", "tb", "blank", "invalid"],
    )
    tables["problems"] = tidy.in_order(found, register)
    tables["sources"] = pd.DataFrame(
        [
            (r.file, r.sha256, r.unit, r.revision, _used(r, choices.get(r.unit)), r.sample)
            for r in responses
        ],
        columns=["file", "sha256", "unit", "revision", "used", "sample"],
    )
    tables["reconciliation"] = pd.DataFrame(
        [accounted(r, choices.get(r.unit)) for r in responses if r.size],
        columns=["file", "unit", "cells", *KINDS],
    )
    return tables


def in_play(project: Project, period: str) -> tuple[list[Path], bool]:
    """The files to read, and whether they are the sample: one workbook puts it out of play."""
    answers = folder.files(project.responses(period))
    if any(path.suffix.lower() in folder.SUFFIXES for path in answers):
        return answers, False
    return folder.files(project.sample(period)), True


def _missing(choice: Choice, expected: Expected) -> Iterator[Problem]:
    """What the form has and the workbook that counts has not."""

    def missing(code: Code, **details: object) -> Problem:
        return problem(code, choice.response.file, choice.unit, **details)

    for table in expected.instrument.tables:
        if table.coordinator and choice.unit != expected.coordinator.id:
            continue
        absent = [code for code in table.codes if code not in choice.rows]
        if len(absent) == len(table.codes):
            yield missing(Code.MISSING_TABLE, sheet=_(table.sheet), title=_(table.title))
        elif not table.slots:
            for code in absent:
                yield missing(Code.MISSING_ROW, sheet=_(table.sheet), value=code)


def _of(table: Table, choices: Mapping[str, Choice], expected: Expected) -> list[Choice]:
    """Those who were asked a table."""
    coordinator = expected.coordinator.id
    return [c for c in choices.values() if not table.coordinator or c.unit == coordinator]


def _used(response: Response, choice: Choice | None) -> bool:
    """Whether any answer of a workbook counts."""
    return choice is not None and (
        choice.response is response or bool(choice.lent.get(response.file))
    )
