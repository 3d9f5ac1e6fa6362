"""Wide tables among the files that came back: recognised, and read a response a row."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import takewhile

from analysis.survey.asked.labels import simplify
from analysis.survey.returned.expected import Expected
from analysis.survey.returned.response import (
    ASIDE,
    FORM,
    HIDDEN,
    PROBLEM,
    UNEXPECTED,
    Remark,
    Response,
    in_row,
    remark,
    within_bounds,
)
from analysis.survey.returned.undisturbed import undisturbed
from analysis.survey.returned.wide.belonging import Belonging
from analysis.survey.returned.wide.columns import Columns, lines, missing, problems, tables
from analysis.survey.returned.wide.records import Records
from analysis.survey.returned.wide.repeats import repeats
from analysis.survey.returned.workbook import Cell, Workbook
from analysis.survey.told.problems import Code
from analysis.text import _

OURS = 40  # rows of a sheet among which our form's own headings stand


def responses(workbook: Workbook, file: str, expected: Expected) -> list[Response] | None:
    """What a workbook of wide tables says: a response for its headings, then one for each row.

    None for a workbook that is none. The first, which is nobody's, holds all that is no row of
    answers, and what is wrong with the table as a whole.
    """
    if ours(workbook, expected):
        return None
    found = list(tables(workbook, expected.vocabulary, expected.mapped))
    known = [columns for columns in found if columns.recognised]
    if not known:
        return [_strange(workbook, file, found)] if found else None
    with undisturbed():
        return _read(workbook, file, known, expected)


def _read(
    workbook: Workbook, file: str, known: Sequence[Columns], expected: Expected
) -> list[Response]:
    rows: list[Response] = []
    tally, remarks = Counter[str](), list[Remark]()
    repeated = list(repeats(workbook, expected))
    parts = Belonging.of(workbook, known, repeated, expected)
    for columns in known:
        name = f"{file}/{columns.sheet}" if len(known) > 1 else file
        records = Records(columns, workbook.decimal, expected, expected.vocabulary)
        for row, values in lines(workbook, columns):
            own = (columns.sheet, row) in parts.own
            said = records.read(row, values, in_row(name, row), workbook.sha256, own)
            rows.append(parts.joined(said, (columns.sheet, row)))
    read = [*known, *(repeat.columns for repeat in repeated)]
    for columns in read:
        tally += _above(workbook, columns)
        remarks += problems(columns, workbook, expected)
        remarks += missing(columns, expected) if columns in known else ()
    tally[PROBLEM] += sum(len(piece.values) for piece in parts.lost)
    size = tally.total()
    remarks += [*parts.astray(), *_left_out(known, expected)]
    sheets = {columns.sheet for columns in read}
    rest = {s: len(c) for s, c in workbook.sheets.items() if s not in sheets}
    over = _over(workbook)
    tally[ASIDE] += sum(rest.values())
    tally[UNEXPECTED] += len(over)
    remarks += [
        remark(Code.SHEET_NOT_READ, Cell(s, 0, 0, ""), count=n) for s, n in rest.items() if n
    ]
    kept, more = within_bounds([*remarks, *over])
    size += sum(rest.values()) + len(over)
    whole = Response(file, workbook.sha256, remarks=kept, more=more, size=size, tally=+tally)
    return [whole, *rows]


def _above(workbook: Workbook, columns: Columns) -> Counter[str]:
    """What becomes of the headings, and of what stands above them."""
    cells = takewhile(lambda cell: cell[0] <= columns.row, workbook.sheets[columns.sheet])
    return Counter(
        PROBLEM if column in columns.open or column in columns.doubled else FORM
        for _row, column, _value in cells
    )


def ours(workbook: Workbook, expected: Expected) -> bool:
    """Whether a workbook is one of our forms, by what stands above the rows of its sheets."""
    for cells in workbook.sheets.values():
        first = [(row, v) for row, _c, v in cells[: OURS * 20] if row < OURS and isinstance(v, str)]
        coded = {row for row, text in first if len(text) < 20 and _plain(text) == expected.code}
        if any(row in coded and _plain(text) in expected.headings for row, text in first):
            return True
    return False


_plain = lru_cache(4096)(simplify)


def _strange(workbook: Workbook, file: str, found: Sequence[Columns]) -> Response:
    """A table of another questionnaire: why nothing is taken of it."""
    most = max(found, key=lambda columns: columns.known)
    at = Cell(most.sheet, most.row, min(most.headings), "")
    count = len(most.headings)
    remarks = (remark(Code.STRANGE_TABLE, at, matched=most.known, count=count),)
    tally = Counter({ASIDE: workbook.size})
    return Response(file, workbook.sha256, remarks=remarks, size=workbook.size, tally=tally)


def _left_out(known: Sequence[Columns], expected: Expected) -> Iterator[Remark]:
    """The tables of the questionnaire of which nothing is asked: one problem for all units."""
    keys = (key for columns in known for key in (*columns.keys.values(), *columns.doubled.values()))
    asked = {expected.instrument.rows[code].name for code, _name in keys}
    titles = [_(t.title) for t in expected.instrument.tables if t.name not in asked and t.required]
    if titles:
        at = Cell(known[0].sheet, known[0].row, min(known[0].headings), "")
        yield remark(Code.TABLES_LEFT_OUT, at, titles=titles)


def _over(workbook: Workbook) -> list[Remark]:
    """What lies over the cells of a table: it is no answer, and may be anybody's."""
    kinds: Sequence[tuple[Mapping, Code]] = (
        (workbook.comments, Code.COMMENT),
        (workbook.drawn, Code.TEXT_BOX),
    )
    return [
        remark(code if text else Code.PICTURE, Cell(sheet, row, column, HIDDEN))
        for found, code in kinds
        for sheet, texts in found.items()
        for row, column, text in texts
    ]
