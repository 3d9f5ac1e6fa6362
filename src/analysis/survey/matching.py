"""A returned workbook matched to its unit, its rows by code and its columns by heading."""

from analysis.survey.answers import TB, Misread, a_number, allowed, understand
from analysis.survey.expected import Expected
from analysis.survey.fields import Scale, Text
from analysis.survey.identity import identify
from analysis.survey.problems import Code, mask
from analysis.survey.questionnaire import Table
from analysis.survey.response import BLANK, PROBLEM, Answer, Response, refuse
from analysis.survey.sheets import Row, Sheets
from analysis.survey.workbook import Workbook
from analysis.text import _


def read(workbook: Workbook, file: str, expected: Expected) -> Response:
    """Match a workbook to its unit by the id inside, rows by code and columns by heading."""
    response = Response(file, workbook.sha256, size=workbook.size)
    lines = list(workbook.rows())
    private = identify(response, lines, expected)
    if response.unit is None:
        refuse(response)
        return response
    for code, details in workbook.remarks:
        response.report(code, **details)
    sheets = Sheets(response, expected, private)
    rows = sheets.read(lines)
    for row in rows:
        _understand(response, row, expected)
    codes = frozenset(row.code for row in rows)
    response.rows = expected.rows.setdefault(codes, codes)
    sheets.comments(workbook)
    sheets.merged(workbook, rows)
    return response


def miss(response: Response, expected: Expected) -> None:
    """Report what the form has and the workbook has not."""
    for table in asked(expected, response.unit):
        missing = [code for code in table.codes if code not in response.rows]
        if len(missing) == len(table.codes):
            response.report(Code.MISSING_TABLE, sheet=_(table.sheet), title=_(table.title))
        elif not table.slots:
            for code in missing:
                response.report(Code.MISSING_ROW, sheet=_(table.sheet), value=code)


def asked(expected: Expected, unit: str | None) -> list[Table]:
    """The tables that a unit is asked to fill in."""
    tables = expected.instrument.tables
    return [t for t in tables if not t.coordinator or unit == expected.coordinator.id]


def _understand(response: Response, row: Row, expected: Expected) -> None:
    """Keep the answers of a row; what is no answer becomes a problem at its cell."""
    questions = {question.name: question for question in row.table.fields}
    values: dict[str, object] = {}
    unread = {name for name in questions if (row.code, name) in response.invalid}
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
                response.report(misread.code, cell, title=_(question.title), allowed=accepted)
            if blank:
                response.tally[BLANK] += 1
            else:
                unread.add(name)
    required = {question.name for question in row.table.required}
    if row.table.tb and TB in (values.get(name) for name in required):
        answered = {values[name] for name in required & set(values)}
        if answered == {TB} and not unread & required:
            values |= dict.fromkeys(required, TB)
        else:
            response.report(Code.TB_BESIDE_ANSWERS, row.at)
            unread |= required
    for name in unread:
        key = expected.keys[row.code, name]
        if name in row.cells:
            response.tally[PROBLEM] += 1
            response.invalid[key] = row.cells[name].text
        else:
            response.invalid.setdefault(key, "")
    _doubt(response, row, values, unread)
    for name, value in values.items():
        if name not in unread:
            key = expected.keys[row.code, name]
            cell = row.cells.get(name)
            place = (cell.sheet, cell.row, cell.column) if cell else None
            if isinstance(questions[name].kind, Text):
                response.answers[key] = Answer(mask(value), place)
            else:
                answer = Answer(value, place)
                response.answers[key] = expected.answers.setdefault(answer, answer)


def _doubt(response: Response, row: Row, values: dict[str, object], unread: set[str]) -> None:
    """Answers that can be read but hardly meant."""
    current, target = values.get("current"), values.get("target")
    if isinstance(current, int) and isinstance(target, int) and target < current:
        cell = row.cells["target"]
        response.report(Code.TARGET_BELOW_CURRENT, cell, target=target, current=current)
    empty = [q for q in row.table.fields if q.required and q.name not in {*values, *unread}]
    if row.table.slots and (values or unread) and empty:
        response.report(Code.INCOMPLETE_ROW, row.at, titles=[_(q.title) for q in empty])
    for question in row.table.fields:
        value = values.get(question.name)
        if isinstance(question.kind, Text) and isinstance(value, str):
            cell, title = row.cells[question.name], _(question.title)
            if mask(value) != value:
                response.report(Code.PERSONAL_DATA, cell, title=title)
            if len(value) > question.kind.length:
                length = question.kind.length
                response.report(Code.TEXT_TOO_LONG, cell, title=title, length=length)
            scales = [q for q in empty if isinstance(q.kind, Scale)]
            if scales and a_number(value):
                response.report(Code.NUMBER_AS_TEXT, cell, title=title, empty=_(scales[0].title))
