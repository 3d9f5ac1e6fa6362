"""Workbooks in play -> tidy tables, problems and sources."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.project import Project
from analysis.survey.asked.decisions import FILE, RELEASE, VALUE, WITHHOLD, Decision
from analysis.survey.asked.questionnaire import Table
from analysis.survey.asked.register import Unit, inhabitants
from analysis.survey.kept import (
    decided,
    evidence,
    patterns,
    plausible,
    quotes,
    respondents,
    strangers,
)
from analysis.survey.kept import tables as tidy
from analysis.survey.kept.accounts import ENDS, accounted, standing
from analysis.survey.kept.blanks import open_cells
from analysis.survey.kept.cells import cells
from analysis.survey.kept.changes import COLUMNS, changes
from analysis.survey.kept.decided import Decided, Ruling
from analysis.survey.kept.delivery import Delivery
from analysis.survey.kept.doubts import doubts
from analysis.survey.kept.layers import Kept, lay
from analysis.survey.kept.settled import quoted, settle, shared_out
from analysis.survey.returned.expected import Expected
from analysis.survey.returned.response import Response, brief, is_sample
from analysis.survey.told.problems import Code, Problem, problem
from analysis.text import SOURCE, using


@using(SOURCE)
def ingest(
    project: Project, progress: Callable[[int, int], None] = lambda done, of: None
) -> dict[str, pd.DataFrame]:
    """Read every workbook in play into tidy tables, in the language of the forms.

    Returns one frame per table of the questionnaire (unit, item, ``tb`` where a row may not
    apply, a column per field; a row per unit and item, or per filled slot), and

    - ``completeness``: unit, table, expected, answered, tb, blank, invalid (required cells; the
      last four sum to the first);
    - ``problems``: the columns of `problems.Problem`;
    - ``sources``: file (in a zip: zip/member), sha256 (empty where no byte could be read), unit,
      revision, used (whether any answer of it counts), sample, day (typed in it, as ISO writes
      it), respondent;
    - ``cells``: what stands in every cell that is asked: see `kept.cells`;
    - ``changes``: what later revisions changed: see `changes.changes`;
    - ``decisions``: what the coordinator decided, whether it was applied: see `decided.table`;
    - ``quotes``: what people wrote in their own words, and where: see `quotes.table`;
    - ``respondents``: what each says where a unit has several: see `respondents.table`;
    - ``evidence``: the files that prove levels, named or handed in: see `evidence.table`;
    - ``reconciliation``: file, unit, cells (that hold something, or lie over cells: comments, text
      boxes, pictures), and how each of them ended: form (its own text), answered, tb, blank (a dash
      or the like), problem (listed), unexpected (listed), aside (repeated, superseded, or in a
      workbook that does not count); these seven sum to it.

    Personal numbers are covered everywhere: in answers, and in the names of files and sheets.
    Raises ProjectError when the settings, the register, the instrument or the published figures
    are wrong.
    """
    expected = Expected.of(project)
    delivery = Delivery.read(project, expected, progress)
    sample = any(is_sample(r.file) for r in delivery.responses)
    said = Decided.read(project, expected, sample)
    texts = quotes.texts(expected.instrument)
    taken = _taken(delivery, said, expected)
    taken.found += _questions(taken, expected, inhabitants(project))
    _tell_of_others(taken, delivery.responses, said, expected)
    kept, each = taken.kept, taken.each
    persons = [one for people in each.values() for one in people]
    whose: dict[tuple[str | None, str], Kept] = {(k.unit, k.respondent): k for k in persons}
    proofs, told = evidence.proofs(project, sample, each, expected)
    taken.found += told
    asked = expected.instrument.tables
    tables = {t.name: tidy.answers(t, _of(t, kept, expected), each) for t in asked}
    tables["completeness"] = pd.DataFrame(
        [
            tidy.completeness(own, one)
            for table in asked
            if table.required
            for one, own in _of(table, kept, expected)
        ],
        columns=["unit", "table", "expected", "answered", "tb", "blank", "invalid"],
    )
    tables["decisions"] = decided.table(taken.rulings, texts)
    slots = {code for table in asked for code in table.slots}
    ruled = decided.by_cell(taken.rulings)
    tables["quotes"] = quotes.table(each.values(), texts, ruled, slots)
    tables["respondents"] = respondents.table(each, expected)
    tables["evidence"] = evidence.table(proofs)
    tables["problems"] = tidy.in_order(taken.found, expected.units)
    tables["sources"] = tidy.sources(delivery.responses, whose)
    tables["cells"] = cells(persons, expected)
    types = dict.fromkeys(COLUMNS, "string") | {"revision": int}
    tables["changes"] = pd.DataFrame(taken.changed, columns=COLUMNS).astype(types)
    tables["reconciliation"] = pd.DataFrame(
        [accounted(r, whose.get((r.unit, r.respondent))) for r in delivery.responses if r.size],
        columns=["file", "unit", "cells", *ENDS],
    )
    return tables | tidy.covered(tables)


@dataclass
class _Taken:
    """What counts of all that came, by unit, and what is to be told of it.

    `each`: what each of its respondents says; `aside`: problems of each workbook that counts for
    nobody; `changed`: rows of `changes`.
    """

    kept: dict[str, Kept]
    each: dict[str, list[Kept]]
    found: list[Problem]
    aside: list[list[Problem]]
    rulings: list[Ruling]
    changed: list[tuple]


def _taken(delivery: Delivery, said: Decided, expected: Expected) -> _Taken:
    """Each unit's workbooks laid over each other, with what was decided on them."""
    taken = _Taken({}, {}, list(delivery.problems), [], list(said.refused), [])
    written = quotes.quotes(expected.instrument)
    for unit in expected.units:
        own = [r for r in delivery.responses if r.unit == unit.id]
        if not any(r.filled for r in own):
            taken.rulings += said.nothing(unit.id)
            taken.found += [p for r in own for p in (r.problem(Code.EMPTY_FORM), *r.problems())]
            continue
        own, chosen, others, ruled = decided.choose(unit.id, own, said.on(unit.id, FILE))
        own, strange = strangers.own(own, expected, chosen)
        people = respondents.apart(own)
        laid = [lay(unit.id, theirs, expected) for theirs in people]
        settled, rulings = _decided(laid, said.on(unit.id, VALUE), said.file, expected)
        one = respondents.together(settled, expected)
        taken.kept[unit.id], taken.each[unit.id] = one, settled
        taken.found += [*others, *_of_workbooks(people, settled, one, expected)]
        taken.aside += [[p] for p in strange]
        taken.rulings += [*ruled, *rulings]
        shares, rulings = shared_out(settled, said.on(unit.id, WITHHOLD, RELEASE))
        taken.rulings += rulings
        for theirs, person, before, share in zip(people, settled, laid, shares, strict=True):
            taken.rulings += quoted(person, share, written)
            taken.changed += changes(before, theirs, expected)
    return taken


def _decided(
    laid: Sequence[Kept], said: Sequence[Decision], file: str, expected: Expected
) -> tuple[list[Kept], list[Ruling]]:
    """What counts of each of a unit's respondents after the decisions on their values."""
    shares, rulings = shared_out(laid, said)
    settled = []
    for one, share in zip(laid, shares, strict=True):
        after, ruled = settle(one, share, file, expected)
        settled.append(after)
        rulings += ruled
    return settled, rulings


def _questions(
    taken: _Taken, expected: Expected, population: pd.Series | None
) -> Iterator[Problem]:
    """What is asked of units beside each other, where nobody has decided it."""
    persons = [one for each in taken.each.values() for one in each]
    amounts = plausible.amounts(persons, expected, population)
    for question in (*amounts, *patterns.patterns(persons, expected)):
        if taken.kept[question.unit or ""].asks(question):
            yield question


def _tell_of_others(
    taken: _Taken, responses: Sequence[Response], said: Decided, expected: Expected
) -> None:
    """Add what is to be told of workbooks that count for nobody, of units without any, and of what
    was decided and does not hold."""
    for told in [*taken.aside, *(r.problems() for r in responses if not r.unit)]:
        taken.found += _set_aside(told, taken.kept, expected)
    absent = _absent(expected.units, responses, taken.found, expected)
    absent, accepted = decided.silent(absent, said, expected.known)
    taken.rulings += accepted
    taken.found += [*absent, *said.told(taken.rulings, expected.known)]


def _of_workbooks(
    people: Sequence[Sequence[Response]], each: Sequence[Kept], whole: Kept, expected: Expected
) -> list[Problem]:
    """What is to be told of a unit's own workbooks; what two files of a respondent share, once."""
    found: list[Problem] = []
    for responses, kept in zip(people, each, strict=True):
        seen = set()
        for response in responses:
            for told in response.problems(standing(response, kept)):
                same = (told.code, told.sheet, told.cell, told.value, told.details)
                if same not in seen:
                    found.append(told)
                seen.add(same)
        found += kept.problems
    doubted = [q for kept in each for q in doubts(kept, expected) if kept.asks(q)]
    return [*found, *open_cells(whole, expected), *doubted]


def _set_aside(told: list[Problem], kept: dict[str, Kept], expected: Expected) -> list[Problem]:
    """What is to be told of a file that counts for nobody: only why, where it is no loss.

    Its unit need do nothing if other files of it count, and these are no sample.
    """
    if not told or told[0].unit not in kept or is_sample(min(kept[told[0].unit].latest)):
        return told
    reason, unit = told[0], expected.known[told[0].unit]
    _severity, message, _hint = Code[reason.code].value
    why = {"text": message, "value": reason.value} | json.loads(reason.details)
    details = {"why": why, "unit_name": unit.name, "other": brief(min(kept[unit.id].latest))}
    return [problem(Code.SET_ASIDE, reason.file, unit.id, **details)]


def _absent(
    register: Sequence[Unit],
    responses: Sequence[Response],
    found: Sequence[Problem],
    expected: Expected,
) -> list[Problem]:
    """The units from which nothing came, or only a workbook on another's form."""
    told = {p.unit for p in found if p.code != Code.SAMPLE_AMONG_RESPONSES.name}
    absent = []
    for unit in register:
        if unit.id not in told | {r.unit for r in responses}:
            borrowed = strangers.borrowed(unit.id, responses, expected)
            nothing = problem(Code.MISSING_UNIT, "", unit.id, unit_name=unit.name)
            absent += list(borrowed) or [nothing]
    return absent


def _of(table: Table, kept: dict[str, Kept], expected: Expected) -> list[tuple[Kept, Table]]:
    """Those who were asked a table, each with what it was asked of it."""
    return [
        (one, own)
        for one in kept.values()
        for own in expected.asked(one.unit)
        if own.name == table.name
    ]
