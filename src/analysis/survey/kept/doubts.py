"""Answers that can be read but hardly meant, judged by what counts in their row."""

from collections.abc import Iterator

from analysis.survey.asked.fields import Choice, Scale, Text
from analysis.survey.asked.questionnaire import Table
from analysis.survey.kept.layers import Kept
from analysis.survey.returned.expected import Expected
from analysis.survey.returned.workbook import Cell
from analysis.survey.told.problems import Code, Problem, problem
from analysis.text import _


def doubts(kept: Kept, expected: Expected) -> Iterator[Problem]:
    """Targets below the condition, numbers in columns of texts, rows begun and not finished,
    choices that contradict each other."""
    for table in expected.asked(kept.unit):
        for code in table.codes:
            if code in kept.lines:
                yield from _row(table, code, kept)
                yield from _parents(table, code, kept, expected)


def _row(table: Table, code: str, kept: Kept) -> Iterator[Problem]:
    current, target = kept.value((code, "current")), kept.value((code, "target"))
    if isinstance(current, int) and isinstance(target, int) and target < current:
        found = kept.answers[code, "target"]
        told = {"target": target, "current": current}
        yield found.problem(Code.TARGET_BELOW_CURRENT, kept.unit, **told)
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
            yield found.problem(Code.NUMBER_AS_TEXT, kept.unit, **titles)


def _parents(table: Table, code: str, kept: Kept, expected: Expected) -> Iterator[Problem]:
    """A category beside one that it is no part of, as a subdimension and its dimension."""
    schemes = {q.kind.scheme: q for q in table.fields if isinstance(q.kind, Choice)}
    for scheme in schemes:
        parent = expected.instrument.schemes[scheme].parent if scheme else ""
        if not parent or parent not in schemes:
            continue
        chosen, given = (kept.value((code, schemes[s].name)) for s in (scheme, parent))
        if chosen is None or given is None:
            continue
        category = expected.instrument.scheme(scheme).loc[chosen]
        if category["parent"] != given:
            names = expected.instrument.scheme(parent)["name"]
            yield kept.answers[code, schemes[scheme].name].problem(
                Code.OTHER_PARENT,
                kept.unit,
                value=category["name"],
                title=_(schemes[scheme].title),
                own=names[category["parent"]],
                given=names[given],
            )


def _level(text: object) -> bool:
    """Whether a text is a bare level of a scale."""
    return len(str(text)) == 1 and str(text) in "123456789"
