"""Workbooks in play -> tidy tables, problems and sources."""

from collections import Counter
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import pandas as pd

from analysis.project import Project
from analysis.survey import folder, problems
from analysis.survey.answers import TB
from analysis.survey.expected import Expected
from analysis.survey.fields import Amount, Scale
from analysis.survey.folder import Source
from analysis.survey.matching import miss, read
from analysis.survey.problems import Code, Problem, problem
from analysis.survey.questionnaire import Table
from analysis.survey.reader import Reader
from analysis.survey.readings import Readings
from analysis.survey.register import Unit
from analysis.survey.response import (
    ASIDE,
    BLANK,
    FORM,
    PROBLEM,
    UNEXPECTED,
    Answer,
    Response,
    refuse,
    unreadable,
)
from analysis.survey.workbook import Cell, Unreadable, clean
from analysis.text import SOURCE, using

NOWHERE = Answer(None, None)
KINDS = [FORM, "answered", "tb", BLANK, PROBLEM, UNEXPECTED, ASIDE]


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
    readings = Readings(project, period)
    known = {path: readings.of(path, _named(project, path)) for path in paths}
    unread = [path for path in paths if known[path] is None]
    with Reader() as reader:
        expected = Expected.of(project, period)
        before = len(paths) - len(unread)
        if unread:
            progress(before, len(paths))
            expected.prepare()  # while the reader starts
        for count, (path, found) in enumerate(reader.each(unread), start=before + 1):
            known[path] = examine(found, _named(project, path), expected)
            readings.keep(path, found, known[path])
            progress(count, len(paths))
    readings.forget()
    responses = [response for path in paths for response in known[path]]
    for response in responses:
        if response.sample and not sample and response.unit:
            response.report(Code.SAMPLE_AMONG_RESPONSES)
            refuse(response)
        elif response.unit and not response.filled:
            response.report(Code.EMPTY_FORM)
    instrument, register = expected.instrument, expected.units
    chosen = {
        u.id: _choose([r for r in responses if r.unit == u.id and r.filled]) for u in register
    }
    used = [r for r in chosen.values() if r]
    for response in used:
        miss(response, expected)
    found = [p for r in responses for p in r.told()]
    found += [
        problem(Code.MISSING_UNIT, "", u.id, unit_name=u.name)
        for u in register
        if u.id not in {r.unit for r in responses}
    ]
    coordinators = {expected.coordinator.id}
    tables = {t.name: _table(t, _asked(t, used, coordinators)) for t in instrument.tables}
    tables["completeness"] = pd.DataFrame(
        [
            _completeness(table, response)
            for table in instrument.tables
            if table.required
            for response in _asked(table, used, coordinators)
        ],
        columns=["unit", "table", "expected", "answered", "tb", "blank", "invalid"],
    )
    tables["problems"] = _frame(_in_order(found, register))
    tables["sources"] = pd.DataFrame(
        [
            (r.file, r.sha256, r.unit, r.revision, r in used or bool(r.lent), r.sample)
            for r in responses
        ],
        columns=["file", "sha256", "unit", "revision", "used", "sample"],
    )
    tables["reconciliation"] = pd.DataFrame(
        [_accounted(r, r in used) for r in responses if r.size],
        columns=["file", "unit", "cells", *KINDS],
    )
    return tables


def examine(sources: list[Source], file: str, expected: Expected) -> list[Response]:
    """What one file says: a response, or one for each workbook in a zip. Raises nothing."""
    responses = []
    for source in sources:
        named = f"{file}/{source.member}" if source.member else file
        if isinstance(source.content, Unreadable):
            responses.append(unreadable(named, source.content))
        else:
            responses.append(read(source.content, named, expected))
    return responses


def in_play(project: Project, period: str) -> tuple[list[Path], bool]:
    """The files to read, and whether they are the sample: one workbook puts it out of play."""
    answers = folder.files(project.responses(period))
    if any(path.suffix.lower() in folder.SUFFIXES for path in answers):
        return answers, False
    return folder.files(project.sample(period)), True


def _named(project: Project, path: Path) -> str:
    """A file's path in the project, as it may be shown."""
    return clean(path.relative_to(project.root).as_posix())


def _choose(responses: list[Response]) -> Response | None:
    """The response that counts for a unit: the highest revision, less what is in conflict.

    Rows that it has not, such as those of another sheet sent by itself, are taken from the others
    of its revision.
    """
    if not responses:
        return None
    chosen, *others = sorted(responses, key=lambda r: -r.revision)
    said, rows = _said(chosen), chosen.rows
    for other in others:
        if other.revision < chosen.revision:
            other.report(Code.OLDER_REVISION, revision=chosen.revision, other=chosen.file)
        else:
            _compare(chosen, said, rows, other)
    return chosen


def _said(response: Response) -> dict:
    """What stands in each cell that holds something: its value, or what could not be read."""
    return {key: answer.value for key, answer in response.answers.items()} | response.invalid


def _compare(chosen: Response, said: dict, rows: set[str], other: Response) -> None:
    """Two workbooks of one revision: hold back the cells in which they differ.

    `said` and `rows`: what `chosen` held before any answer was held back or borrowed.
    """
    theirs = _said(other)
    differing = [
        key
        for key in dict.fromkeys([*said, *theirs])
        if key[0] in rows and key[0] in other.rows and said.get(key) != theirs.get(key)
    ]
    for key in other.answers:
        if key[0] not in chosen.rows:
            chosen.answers[key] = other.answers[key]
            chosen.borrowed.add(key)
            other.lent.add(key)
    chosen.invalid |= {
        key: text for key, text in other.invalid.items() if key[0] not in chosen.rows
    }
    chosen.rows |= other.rows
    if not differing and not other.lent:
        other.report(Code.SAME_TWICE, other=chosen.file)
    for key in differing:
        here, there = (str(answers.get(key) or "–") for answers in (said, theirs))
        held = chosen.answers.pop(key, None)
        if held and held.place:
            chosen.tally[PROBLEM] += 1
        place = held and held.place or other.answers.get(key, NOWHERE).place
        at = Cell(*place, here) if place else None
        chosen.report(Code.CONFLICT, at, value=here, second=there, other=other.file)
        chosen.invalid[key] = here


def _accounted(response: Response, used: bool) -> tuple:
    """How every cell that holds something ended: a row of ``reconciliation``."""
    typed = {key: a.value for key, a in response.answers.items() if a.place}
    if used:
        counted = [value for key, value in typed.items() if key not in response.borrowed]
    else:
        counted = [typed[key] for key in response.lent if key in typed]
    tb, tally = counted.count(TB), response.tally
    aside = tally[ASIDE] + (0 if used else len(typed) - len(counted))
    kinds = {FORM: tally[FORM], "answered": len(counted) - tb, "tb": tb, BLANK: tally[BLANK]}
    kinds |= {PROBLEM: tally[PROBLEM], UNEXPECTED: tally[UNEXPECTED], ASIDE: aside}
    return (response.file, response.unit, response.size, *kinds.values())


def _asked(table: Table, responses: list[Response], coordinators: set[str]) -> list[Response]:
    return [r for r in responses if not table.coordinator or r.unit in coordinators]


def _table(table: Table, responses: list[Response]) -> pd.DataFrame:
    records = []
    for response in responses:
        for code in table.codes:
            answers = {
                f.name: response.answers.get((code, f.name), NOWHERE).value for f in table.fields
            }
            if table.slots and all(value is None for value in answers.values()):
                continue
            record = {"unit": response.unit, "item": code}
            if table.tb:
                record["tb"] = TB in answers.values()
            records.append(record | {k: None if v == TB else v for k, v in answers.items()})
    types = columns(table)
    return pd.DataFrame(records, columns=list(types)).astype(types)


def columns(table: Table) -> dict[str, str]:
    """The columns of a processed table and how they are stored; all have room for no answer."""
    types = {"unit": "string", "item": "string"} | ({"tb": "bool"} if table.tb else {})
    for question in table.fields:
        if isinstance(question.kind, Scale):
            types[question.name] = "Int8"
        else:
            types[question.name] = "Float64" if isinstance(question.kind, Amount) else "string"
    return types


def _completeness(table: Table, response: Response) -> tuple:
    required = [(code, question.name) for code in table.codes for question in table.required]
    counts = Counter(
        "invalid"
        if key in response.invalid
        else "blank"
        if key not in response.answers
        else "tb"
        if response.answers[key].value == TB
        else "answered"
        for key in required
    )
    kinds = [counts[kind] for kind in ("answered", "tb", "blank", "invalid")]
    return (response.unit, table.name, len(required), *kinds)


def _in_order(found: list[Problem], register: list[Unit]) -> list[Problem]:
    """By unit as registered, then by file and severity."""
    order = {u.id: position for position, u in enumerate(register)}
    severity = [problems.ERROR, problems.WARNING, problems.INFO]
    return sorted(
        found,
        key=lambda p: (order.get(p.unit, -1), p.file, severity.index(p.severity)),
    )


def _frame(found: list[Problem]) -> pd.DataFrame:
    """Problems as a table: the columns of `Problem`."""
    columns = list(Problem.__dataclass_fields__)
    return pd.DataFrame([asdict(p) for p in found], columns=columns).astype("string")
