"""Workbooks in play -> tidy tables, problems and sources."""

from collections import Counter
from collections.abc import Callable

import pandas as pd

from analysis.project import Project
from analysis.survey import problems, workbook
from analysis.survey.answers import TB
from analysis.survey.fields import Amount, Scale
from analysis.survey.instrument import Instrument
from analysis.survey.problems import Code, Problem, problem
from analysis.survey.questionnaire import Table
from analysis.survey.register import Unit, units
from analysis.survey.response import Response, read


def ingest(
    project: Project, period: str, progress: Callable[[int, int], None] = lambda done, of: None
) -> dict[str, pd.DataFrame]:
    """Read every workbook in play into tidy tables.

    Returns one frame per table of the questionnaire (unit, item, ``tb`` where a row may not
    apply, a column per field; a row per unit and item, or per filled slot), and

    - ``completeness``: unit, table, expected, answered, tb, blank, invalid (required cells; the
      last four sum to the first);
    - ``problems``: the columns of `problems.Problem`;
    - ``sources``: file, sha256 (empty where it cannot be read), unit, revision, used, sample.

    Raises ProjectError when the settings, the register or the instrument are wrong.
    """
    instrument, register = Instrument.load(project), units(project)
    responses, found = [], []
    paths, sample = in_play(project, period)
    for count, path in enumerate(paths, start=1):
        file = path.relative_to(project.root).as_posix()
        try:
            response = read(
                workbook.read(path), file, instrument, register, project.settings, period
            )
        except workbook.Unreadable as error:
            found.append(problem(Code.UNREADABLE, file, reason=error))
            responses.append(Response(file, sha256=""))
        else:
            if response.sample and not sample:
                response.report(Code.SAMPLE_AMONG_RESPONSES)
                response.unit = None
            elif response.unit and not response.filled:
                response.report(Code.EMPTY_FORM)
            responses.append(response)
        progress(count, len(paths))
    chosen = {
        u.id: _choose([r for r in responses if r.unit == u.id and r.filled]) for u in register
    }
    used = [r for r in chosen.values() if r]
    found += [p for r in responses for p in r.problems]
    found += [
        problem(Code.MISSING_UNIT, "", u.id, unit_name=u.name)
        for u in register
        if u.id not in {r.unit for r in responses}
    ]
    coordinators = {u.id for u in register if u.coordinator == "yes"}
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
    tables["problems"] = problems.frame(_in_order(found, register))
    tables["sources"] = pd.DataFrame(
        [(r.file, r.sha256, r.unit, r.revision, r in used, r.sample) for r in responses],
        columns=["file", "sha256", "unit", "revision", "used", "sample"],
    )
    return tables


def in_play(project: Project, period: str) -> tuple[list, bool]:
    """The workbooks to read, and whether they are the sample: answers put it out of play."""
    answers = workbook.files(project.responses(period))
    return (answers, False) if answers else (workbook.files(project.sample(period)), True)


def _choose(responses: list[Response]) -> Response | None:
    """The response that counts for a unit: the highest revision, less what is in conflict."""
    if not responses:
        return None
    chosen, *others = sorted(responses, key=lambda r: -r.revision)
    said = dict(chosen.answers)
    for other in others:
        if other.revision < chosen.revision:
            other.report(Code.OLDER_REVISION, revision=chosen.revision, other=chosen.file)
        else:
            _compare(chosen, said, other)
    return chosen


def _compare(chosen: Response, said: dict, other: Response) -> None:
    """Two workbooks of one revision: hold back the cells in which they differ.

    `said`: the answers of `chosen` before any was held back.
    """
    keys = dict.fromkeys([*said, *other.answers])
    differing = [key for key in keys if said.get(key) != other.answers.get(key)]
    if not differing:
        other.report(Code.SAME_TWICE, other=chosen.file)
    for key in differing:
        here, there = (r.cells[key].text if key in r.cells else "–" for r in (chosen, other))
        at = chosen.cells.get(key) or other.cells[key]
        chosen.report(Code.CONFLICT, at, value=here, second=there, other=other.file)
        chosen.answers.pop(key, None)
        chosen.invalid.add(key)


def _asked(table: Table, responses: list[Response], coordinators: set[str]) -> list[Response]:
    return [r for r in responses if not table.coordinator or r.unit in coordinators]


def _table(table: Table, responses: list[Response]) -> pd.DataFrame:
    records = []
    for response in responses:
        for code in table.codes:
            answers = {f.name: response.answers.get((code, f.name)) for f in table.fields}
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
        if response.answers[key] == TB
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
