"""A returned workbook matched to its unit, its rows by code and its columns by heading."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from analysis.privacy import mask
from analysis.survey.asked.fields import TR, Amount, Field, Text
from analysis.survey.returned import overlays, sheets
from analysis.survey.returned.amounts import converted, written
from analysis.survey.returned.answers import allowed, understand
from analysis.survey.returned.expected import Expected
from analysis.survey.returned.identity import identify
from analysis.survey.returned.response import (
    BLANK,
    PROBLEM,
    UNEXPECTED,
    Answer,
    Key,
    Line,
    Place,
    Remark,
    Response,
    refused,
    remark,
    within_bounds,
)
from analysis.survey.returned.sheets import Row
from analysis.survey.returned.workbook import Cell, Misread, Workbook
from analysis.survey.told.problems import Code
from analysis.text import _


class Understood(NamedTuple):
    """What the cells of a row say: answers, what could not be read, and what became of the rest."""

    answers: dict[Key, Answer]
    invalid: dict[Key, Answer]
    tally: Counter[str]
    remarks: list[Remark]


def read(workbook: Workbook, file: str, expected: Expected) -> Response:
    """Match a workbook to its unit by the id inside, rows by code and columns by heading."""
    lines = list(workbook.rows())
    who = identify(lines, file, expected)
    response = Response(
        file,
        workbook.sha256,
        who.unit,
        who.claimed,
        who.revision,
        who.sample,
        who.day,
        who.respondent,
        remarks=tuple(who.remarks),
        size=workbook.size,
    )
    if who.unit is None:
        return refused(response)
    content = sheets.read(lines, who.unit, who.private, expected)
    answers: dict[Key, Answer] = {}
    invalid, tally = dict(content.held), content.tally.copy()
    remarks = who.remarks + [remark(code, **details) for code, details in workbook.remarks]
    remarks += content.remarks
    for row in content.rows:
        said = understood(row, content.held, expected, workbook.decimal)
        answers |= said.answers
        invalid |= said.invalid
        tally += said.tally
        remarks += said.remarks
    over = list(overlays.lying(workbook, who.private, content))
    tally[UNEXPECTED] += len(over)
    remarks += over + overlays.merged(workbook, content)
    rows = {row.code: _line(row) for row in content.rows}
    kept, more = within_bounds(remarks)
    return replace(
        response,
        answers=answers,
        invalid=invalid,
        rows=expected.rows.setdefault(tuple(rows.items()), rows),
        remarks=kept,
        more=more,
        tally=tally,
    )


def _line(row: Row) -> Line:
    columns = tuple((name, column) for column, name in row.columns.items())
    return Line(row.at.sheet, row.at.row, row.at.column, columns)


def understood(
    row: Row, held: Mapping[Key, Answer], expected: Expected, decimal: str | None
) -> Understood:
    """The answers of a row; what is no answer becomes a problem at its cell."""
    questions = {question.name: question for question in row.table.asked(row.code)}
    values: dict[str, int | float | str] = {}
    unread = {name for name in questions if (row.code, name) in held}
    tally: Counter[str] = Counter()
    remarks: list[Remark] = []
    for name, cell in row.cells.items():
        question, key = questions[name], expected.keys[row.code, name]
        title = _(question.title)
        try:
            value = understand(cell, question, expected.instrument, decimal)
            said_tb = value == TR and not isinstance(question.kind, Text)
            if said_tb and not (row.table.tb and question.required):
                raise Misread(Code.TB_NOT_ALLOWED)
            values[name] = value
        except Misread as misread:
            blank = misread.code == Code.NO_ANSWER
            if not blank or (question.required and not row.table.slots):
                accepted = allowed(question, expected.instrument)
                details = {"title": title, "allowed": accepted, **misread.details}
                found = remark(misread.code, cell, key, **details)
                remarks.append(found)
            if blank:
                tally[BLANK] += 1
            else:
                unread.add(name)
        else:
            if isinstance(question.kind, Text) and isinstance(value, str):
                remarks += _doubts(value, cell, key, title, question.kind.length)
            elif isinstance(question.kind, Amount) and isinstance(value, int | float):
                remarks += _told(value, cell, key, title, question.kind)
    required = {question.name for question in row.table.required}
    if row.table.tb and TR in (values.get(name) for name in required):
        answered = {values[name] for name in required & set(values)}
        if answered == {TR} and not unread & required:
            values |= dict.fromkeys(required, TR)
        else:
            remarks.append(remark(Code.TB_BESIDE_ANSWERS, row.at, (row.code, "")))
            unread |= required
    invalid = {}
    for name in unread:
        key = expected.keys[row.code, name]
        if name in row.cells:
            tally[PROBLEM] += 1
            invalid[key] = Answer(row.cells[name].text, _place(row.cells[name]))
        elif key not in held:
            invalid[key] = Answer("", None)
    answers = {}
    for name in values:
        if name not in unread:
            key, typed = expected.keys[row.code, name], row.cells.get(name)
            answers[key] = _answer(typed, questions[name], values[name], expected)
    return Understood(answers, invalid, tally, remarks)


def _answer(
    cell: Cell | None, question: Field, value: int | float | str, expected: Expected
) -> Answer:
    """A value with its place; numbers are shared between workbooks, typed texts masked."""
    place = _place(cell) if cell else None
    if isinstance(question.kind, Text) and isinstance(value, str):
        return Answer(str(mask(value)), place)
    answer = Answer(value, place)
    return expected.answers.setdefault(answer, answer)


def _place(cell: Cell) -> Place:
    return cell.sheet, cell.row, cell.column


def _told(value: float, cell: Cell, key: Key, title: str, kind: Amount) -> Iterator[Remark]:
    """An amount that was written otherwise than as a number in the column's unit."""
    if isinstance(cell.value, str) and converted(cell.text, kind):
        told = {"meant": written(value), "measure": {"text": kind.unit}}
        yield remark(Code.READ_AS, cell, key, title=title, **told)


def _doubts(text: str, cell: Cell, key: Key, title: str, length: int) -> Iterator[Remark]:
    """Texts that can be read but should not be as they are."""
    if mask(text) != text:
        yield remark(Code.PERSONAL_DATA, cell, key, title=title)
    if len(text) > length:
        yield remark(Code.TEXT_TOO_LONG, cell, key, title=title, length=length)
