"""One returned workbook against the questionnaire: who answered, and what."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from analysis.project import Settings
from analysis.survey.answers import TB, Misread, allowed, simplify, understand
from analysis.survey.fields import Field
from analysis.survey.instrument import Instrument
from analysis.survey.problems import Code, Problem, problem
from analysis.survey.questionnaire import Table
from analysis.survey.register import Unit
from analysis.survey.workbook import Cell, Workbook
from analysis.text import N_, _, listing

# Labels of the identity sheet; the officer's position is read by nobody and stays in the file.
IDENTITY = {
    "unit": N_("ID unit"),
    "unit_name": N_("Nama unit"),
    "city": N_("Kode kota"),
    "period": N_("Periode"),
    "revision": N_("Revisi"),
    "sample": N_("Data contoh"),
}
CODE = N_("Kode")


@dataclass(eq=False)
class Response:
    """What one workbook says, before it is compared with other workbooks of its unit.

    All keys are (row code, field name). `answers` holds values, and `TB` in every required field
    of a row that does not apply; `cells` where each was read; `invalid` what could not be read.
    `rows` are the codes found.
    """

    file: str
    sha256: str
    unit: str | None = None
    revision: int = 1
    sample: bool = False
    answers: dict[tuple[str, str], object] = field(default_factory=dict)
    cells: dict[tuple[str, str], Cell] = field(default_factory=dict)
    invalid: set[tuple[str, str]] = field(default_factory=set)
    rows: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    @property
    def filled(self) -> bool:
        """Whether anything was typed that is meant as an answer."""
        return bool(self.answers or self.invalid)

    def report(self, code: Code, at: Cell | None = None, **details: object) -> None:
        """Note a problem of this workbook, at a cell if there is one."""
        where = {"sheet": at.sheet, "cell": at.address, "value": at.text} if at else {}
        self.problems.append(problem(code, self.file, self.unit, **(where | details)))


def read(
    workbook: Workbook,
    file: str,
    instrument: Instrument,
    units: list[Unit],
    settings: Settings,
    period: str,
) -> Response:
    """Match a workbook to its unit by the id inside, rows by code and columns by heading."""
    response = Response(file, workbook.sha256)
    _identify(response, workbook, units, settings, period)
    if response.unit is None:
        return response
    for row in _rows(response, workbook, instrument):
        _understand(response, row, instrument)
    coordinator = any(u.id == response.unit and u.coordinator == "yes" for u in units)
    for table in instrument.tables:
        if coordinator or not table.coordinator:
            _miss(response, table)
    return response


def _identify(response, workbook, units, settings, period) -> None:
    labels = {simplify(text): key for key, label in IDENTITY.items() for text in (label, _(label))}
    found: dict[str, Cell] = {}
    for cells in workbook.rows():
        if len(cells) > 1 and simplify(cells[0].text) in labels:
            found.setdefault(labels[simplify(cells[0].text)], cells[1])
    city, at = found.get("city"), found.get("period")
    if city and city.text != settings.bps_code:
        response.report(Code.WRONG_CITY, city)
    elif at and at.text != period:
        response.report(Code.WRONG_PERIOD, at, period=period)
    else:
        response.unit = _unit(response, found, units)
    response.sample = "sample" in found and simplify(found["sample"].text) in ("ya", "yes")
    if revision := found.get("revision"):
        if revision.text.isdigit() and int(revision.text) > 0:
            response.revision = int(revision.text)
        else:
            response.report(Code.BAD_REVISION, revision)


def _unit(response: Response, found: dict[str, Cell], units: list[Unit]) -> str | None:
    typed = [found[key] for key in ("unit", "unit_name") if key in found]
    if not typed:
        response.report(Code.NO_IDENTITY)
        return None
    known = {u.id: u for u in units}
    if typed[0].text in known:
        return typed[0].text
    names = {simplify(n): u for u in units for n in (u.id, *u.aliases, u.short, u.name)}
    for cell in typed:
        if unit := names.get(simplify(cell.text)):
            response.report(Code.RESOLVED_UNIT, typed[0], unit_name=unit.name)
            return unit.id
    response.report(Code.UNKNOWN_UNIT, typed[0])
    return None


@dataclass(frozen=True)
class Row:
    """A row of the questionnaire as found: its code, its table, the cells of its fields."""

    code: Cell
    table: Table
    cells: dict[Field, Cell]


def _rows(response: Response, workbook: Workbook, instrument: Instrument) -> Iterator[Row]:
    """Each coded row once, read by the headings that stand above it."""
    prefixes = {code[:2] for code in instrument.rows}
    headings: dict[str, int] = {}
    found: dict[str, Row] = {}
    unheaded: set[tuple[str, str]] = set()
    for cells in workbook.rows():
        at = {c.column: c for c in cells}
        titles = {simplify(c.text): c.column for c in cells}
        if simplify(_(CODE)) in titles:
            headings = titles
            continue
        code = at.get(headings.get(simplify(_(CODE))))
        if code is None:
            continue
        table = instrument.rows.get(code.text)
        if table is None:
            if code.text[:2] in prefixes and len(code.text) <= 8:
                response.report(Code.UNKNOWN_ROW, code)
            continue
        columns = {f: headings.get(simplify(_(f.title))) for f in table.fields}
        for question, column in columns.items():
            if column is None and (table.name, question.name) not in unheaded:
                unheaded.add((table.name, question.name))
                response.report(Code.MISSING_COLUMN, code, title=_(question.title))
        row = Row(code, table, {f: at[c] for f, c in columns.items() if c in at})
        if code.text in found:
            _repeat(response, found[code.text], row)
        else:
            found[code.text] = row
    yield from found.values()


def _repeat(response: Response, first: Row, second: Row) -> None:
    """A code that stands twice: what both rows agree on is kept, what differs is held back."""
    typed = [
        {question: cell.text for question, cell in row.cells.items()} for row in (first, second)
    ]
    differing = [q for q in first.table.fields if typed[0].get(q, "") != typed[1].get(q, "")]
    if differing:
        other = f"{first.code.sheet}!{first.code.address}"
        response.report(Code.DUPLICATE_ROW, second.code, other=other)
    for question in differing:
        first.cells.pop(question, None)
        response.invalid.add((first.code.text, question.name))


def _understand(response: Response, row: Row, instrument: Instrument) -> None:
    """Keep the answers of a row; what is no answer becomes a problem at its cell."""
    code = row.code.text
    response.rows.add(code)
    response.cells |= {(code, question.name): cell for question, cell in row.cells.items()}
    values: dict[str, object] = {}
    unread = {name for at, name in response.invalid if at == code}
    for question, cell in row.cells.items():
        try:
            value = understand(cell, question, instrument)
            if value == TB and not (row.table.tb and question.required):
                raise Misread(Code.TB_NOT_ALLOWED)
            values[question.name] = value
        except Misread as misread:
            accepted = allowed(question, instrument)
            response.report(misread.code, cell, title=_(question.title), allowed=accepted)
            unread.add(question.name)
    if TB in values.values():
        required = {question.name for question in row.table.required}
        answered = {values[name] for name in required & set(values)}
        if answered == {TB} and not unread & required:
            values |= dict.fromkeys(required, TB)
        else:
            response.report(Code.TB_BESIDE_ANSWERS, row.code)
            unread |= required
    response.invalid |= {(code, name) for name in unread}
    values = {name: value for name, value in values.items() if name not in unread}
    response.answers |= {(code, name): value for name, value in values.items()}
    _doubt(response, row, values)


def _doubt(response: Response, row: Row, values: dict[str, object]) -> None:
    """Answers that can be read but hardly meant."""
    current, target = values.get("current"), values.get("target")
    if isinstance(current, int) and isinstance(target, int) and target < current:
        cell = response.cells[row.code.text, "target"]
        response.report(Code.TARGET_BELOW_CURRENT, cell, target=target, current=current)
    if row.table.slots and row.cells:
        empty = [_(q.title) for q in row.table.fields if q.required and q not in row.cells]
        if empty:
            response.report(Code.INCOMPLETE_ROW, row.code, titles=listing(empty))


def _miss(response: Response, table: Table) -> None:
    """Report what the form has and the workbook has not."""
    missing = [code for code in table.codes if code not in response.rows]
    if len(missing) == len(table.codes):
        response.report(Code.MISSING_TABLE, sheet=_(table.sheet), title=_(table.title))
    elif not table.slots:
        for code in missing:
            response.report(Code.MISSING_ROW, sheet=_(table.sheet), value=code)
