"""Answers that can be read but hardly meant, judged by what counts in their row."""

from collections.abc import Iterator
from typing import Any

from analysis.survey.asked.fields import Amount, Choice, Scale, Text
from analysis.survey.asked.instrument import PARENTS
from analysis.survey.asked.questionnaire import Table
from analysis.survey.kept.layers import Counted, Kept
from analysis.survey.returned.amounts import written
from analysis.survey.returned.expected import Expected
from analysis.survey.returned.workbook import Cell
from analysis.survey.told.problems import Code, Details, Problem, problem
from analysis.text import _


def doubts(kept: Kept, expected: Expected) -> Iterator[Problem]:
    """Targets below the condition, numbers in columns of texts, rows begun and not finished,
    choices that contradict each other, amounts in another unit than is asked."""
    for table in expected.asked(kept.unit):
        for code in table.codes:
            if code in kept.lines:
                yield from _row(table, code, kept)
                yield from _parents(table, code, kept, expected)
                yield from _units(table, code, kept)


def _row(table: Table, code: str, kept: Kept) -> Iterator[Problem]:
    current, target = kept.value((code, "current")), kept.value((code, "target"))
    if isinstance(current, int) and isinstance(target, int) and target < current:
        found = kept.answers[code, "target"]
        yield _at(Code.TARGET_BELOW_CURRENT, found, kept, target=target, current=current)
    given = [q for q in table.fields if (code, q.name) in kept.answers]
    typed = [q for q in table.fields if (code, q.name) in kept.invalid]
    empty = [q for q in table.fields if q.required and q not in (*given, *typed)]
    if table.slots and (given or typed) and empty:
        line, file = kept.lines[code]
        yield problem(
            Code.INCOMPLETE_ROW,
            file,
            kept.unit,
            sheet=line.sheet,
            cell=Cell(line.sheet, line.row, line.code, "").address,
            value=code,
            titles=[_(q.title) for q in empty],
        )
    scales = [q for q in empty if isinstance(q.kind, Scale)]
    for question in given if scales else ():
        found = kept.answers[code, question.name]
        if isinstance(question.kind, Text) and _level(found.value):
            titles = {"title": _(question.title), "empty": _(scales[0].title)}
            yield _at(Code.NUMBER_AS_TEXT, found, kept, **titles)


def _parents(table: Table, code: str, kept: Kept, expected: Expected) -> Iterator[Problem]:
    """A category beside one that it is no part of, as a subdimension and its dimension."""
    schemes = {q.kind.scheme: q for q in table.fields if isinstance(q.kind, Choice)}
    for scheme, parent in PARENTS.items():
        if not {scheme, parent} <= schemes.keys():
            continue
        chosen, given = (kept.value((code, schemes[s].name)) for s in (scheme, parent))
        if chosen is None or given is None:
            continue
        category = expected.instrument.scheme(scheme).loc[chosen]
        if category["parent"] != given:
            names = expected.instrument.scheme(parent)["name"]
            yield _at(
                Code.OTHER_PARENT,
                kept.answers[code, schemes[scheme].name],
                kept,
                value=category["name"],
                title=_(schemes[scheme].title),
                own=names[category["parent"]],
                given=names[given],
            )


def _units(table: Table, code: str, kept: Kept) -> Iterator[Problem]:
    """Amounts that can hardly be meant in the unit that is asked, as rupiah for millions."""
    for question in table.fields:
        value, kind = kept.value((code, question.name)), question.kind
        if isinstance(kind, Amount) and isinstance(value, int | float) and value >= kind.doubtful:
            meant = value / kind.doubtful
            yield _at(
                Code.IN_RUPIAH,
                kept.answers[code, question.name],
                kept,
                value=written(value),
                title=_(question.title),
                measure={"text": kind.unit},
                meant=written(meant),
            )


def _level(text: object) -> bool:
    """Whether a text is a bare level of a scale."""
    return len(str(text)) == 1 and str(text) in "123456789"


def _at(code: Code, found: Counted, kept: Kept, **details: Any) -> Problem:
    place = found.place
    where: Details = {"sheet": place[0], "cell": Cell(*place, "").address} if place else {}
    return problem(code, found.file, kept.unit, **(where | {"value": found.value} | details))
