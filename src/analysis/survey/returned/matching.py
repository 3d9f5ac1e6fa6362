"""A returned workbook matched to its unit, its rows by code and its columns by heading."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from analysis.survey.asked.fields import TB, Field, Scale, Text
from analysis.survey.returned import sheets
from analysis.survey.returned.answers import Misread, a_number, allowed, understand
from analysis.survey.returned.expected import Expected
from analysis.survey.returned.identity import identify
from analysis.survey.returned.response import (
    BLANK,
    PROBLEM,
    Answer,
    Key,
    Response,
    refused,
    remark,
    within_bounds,
)
from analysis.survey.returned.sheets import Row
from analysis.survey.returned.workbook import Cell, Workbook
from analysis.survey.told.problems import Code, Problem, mask
from analysis.text import _


class Understood(NamedTuple):
    """What the cells of a row say: answers, what could not be read, and what became of the rest."""

    answers: dict[Key, Answer]
    invalid: dict[Key, str]
    tally: Counter
    remarks: list[Problem]


def read(workbook: Workbook, file: str, expected: Expected) -> Response:
    """Match a workbook to its unit by the id inside, rows by code and columns by heading."""
    lines = list(workbook.rows())
    who = identify(lines, file, expected)
    response = Response(
        file,
        workbook.sha256,
        who.unit,
        who.revision,
        who.sample,
        remarks=tuple(who.remarks),
        size=workbook.size,
    )
    if who.unit is None:
        return refused(response)
    content = sheets.read(lines, who.unit, who.private, expected)
    answers, invalid, tally = {}, dict(content.held), content.tally.copy()
    remarks = who.remarks + [remark(code, **details) for code, details in workbook.remarks]
    remarks += content.remarks
    for row in content.rows:
        said = _understand(row, content.held, expected)
        answers |= said.answers
        invalid |= said.invalid
        tally += said.tally
        remarks += said.remarks
    remarks += sheets.comments(workbook, who.private) + sheets.merged(workbook, content)
    codes = frozenset(row.code for row in content.rows)
    kept, more = within_bounds(remarks)
    return replace(
        response,
        answers=answers,
        invalid=invalid,
        rows=expected.rows.setdefault(codes, codes),
        remarks=kept,
        more=more,
        tally=tally,
    )


def _understand(row: Row, held: dict[Key, str], expected: Expected) -> Understood:
    """The answers of a row; what is no answer becomes a problem at its cell."""
    questions = {question.name: question for question in row.table.fields}
    values: dict[str, object] = {}
    unread = {name for name in questions if (row.code, name) in held}
    tally, remarks = Counter(), []
    for name, cell in row.cells.items():
        question = questions[name]
        try:
            value = understand(cell, question, expected.instrument)
            said_tb = value == TB and not isinstance(question.kind, Text)
            if said_tb and not (row.table.tb and question.required):
                raise Misread(Code.TB_NOT_ALLOWED)
            values[name] = value
        except Misread as misread:
            blank = misread.code == Code.NO_ANSWER
            if not blank or (question.required and not row.table.slots):
                accepted = allowed(question, expected.instrument)
                found = remark(misread.code, cell, title=_(question.title), allowed=accepted)
                remarks.append(found)
            if blank:
                tally[BLANK] += 1
            else:
                unread.add(name)
    required = {question.name for question in row.table.required}
    if row.table.tb and TB in (values.get(name) for name in required):
        answered = {values[name] for name in required & set(values)}
        if answered == {TB} and not unread & required:
            values |= dict.fromkeys(required, TB)
        else:
            remarks.append(remark(Code.TB_BESIDE_ANSWERS, row.at))
            unread |= required
    invalid = {}
    for name in unread:
        key = expected.keys[row.code, name]
        if name in row.cells:
            tally[PROBLEM] += 1
            invalid[key] = row.cells[name].text
        elif key not in held:
            invalid[key] = ""
    remarks += _doubts(row, values, unread)
    answers = {}
    for name in values:
        if name not in unread:
            key, cell = expected.keys[row.code, name], row.cells.get(name)
            answers[key] = _answer(cell, questions[name], values[name], expected)
    return Understood(answers, invalid, tally, remarks)


def _answer(cell: Cell | None, question: Field, value: object, expected: Expected) -> Answer:
    """A value with its place; numbers are shared between workbooks, texts are masked."""
    place = (cell.sheet, cell.row, cell.column) if cell else None
    if isinstance(question.kind, Text):
        return Answer(mask(value), place)
    answer = Answer(value, place)
    return expected.answers.setdefault(answer, answer)


def _doubts(row: Row, values: dict[str, object], unread: set[str]) -> Iterator[Problem]:
    """Answers that can be read but hardly meant."""
    current, target = values.get("current"), values.get("target")
    if isinstance(current, int) and isinstance(target, int) and target < current:
        cell = row.cells["target"]
        yield remark(Code.TARGET_BELOW_CURRENT, cell, target=target, current=current)
    empty = [q for q in row.table.fields if q.required and q.name not in {*values, *unread}]
    if row.table.slots and (values or unread) and empty:
        yield remark(Code.INCOMPLETE_ROW, row.at, titles=[_(q.title) for q in empty])
    for question in row.table.fields:
        value = values.get(question.name)
        if isinstance(question.kind, Text) and isinstance(value, str):
            cell, title = row.cells[question.name], _(question.title)
            if mask(value) != value:
                yield remark(Code.PERSONAL_DATA, cell, title=title)
            if len(value) > question.kind.length:
                length = question.kind.length
                yield remark(Code.TEXT_TOO_LONG, cell, title=title, length=length)
            scales = [q for q in empty if isinstance(q.kind, Scale)]
            if scales and a_number(value):
                yield remark(Code.NUMBER_AS_TEXT, cell, title=title, empty=_(scales[0].title))
