"""One returned workbook against the questionnaire: who answered, and what."""

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import PurePosixPath
from typing import NamedTuple

from analysis.survey.answers import TB, Misread, a_number, allowed, understand
from analysis.survey.expected import Expected
from analysis.survey.fields import Scale, Text
from analysis.survey.labels import VERSION, plain, simplify
from analysis.survey.problems import Code, Problem, mask, problem
from analysis.survey.questionnaire import Table
from analysis.survey.workbook import Cell, Unreadable, Workbook
from analysis.text import _, listing

Key = tuple[str, str]  # row code, field name
Place = tuple[str, int, int]  # sheet, row, column

MOST = 1_000  # problems of one kind in one workbook that are told one by one
HIDDEN = "•••"
NO_LETTERS = re.compile(r"[\W\d_]+")
# What a cell of the workbook turned out to be, other than an answer or a TB.
FORM, BLANK, PROBLEM, UNEXPECTED, ASIDE = "form", "blank", "problem", "unexpected", "aside"


class Answer(NamedTuple):
    """What was answered, and where it was typed: nowhere for the rest of a row that is TB."""

    value: object
    place: Place | None


@dataclass(eq=False)
class Response:
    """What one workbook says, before it is compared with other workbooks of its unit.

    `answers` holds what could be read, and `TB` in every required field of a row that does not
    apply; `invalid` what was typed where it could not be read. `rows` are
    the codes found. `size` is how many cells hold something, `tally` what became of those that are
    no answer. `lent` are answers that count beside another workbook's, `borrowed` those of others.
    """

    file: str
    sha256: str = ""
    unit: str | None = None
    revision: int = 1
    sample: bool = False
    answers: dict[Key, Answer] = field(default_factory=dict)
    invalid: dict[Key, str] = field(default_factory=dict)
    rows: frozenset[str] = frozenset()
    problems: list[Problem] = field(default_factory=list)
    counts: Counter = field(default_factory=Counter)
    size: int = 0
    tally: Counter = field(default_factory=Counter)
    lent: set[Key] = field(default_factory=set)
    borrowed: set[Key] = field(default_factory=set)

    @property
    def filled(self) -> bool:
        """Whether anything was typed that is meant as an answer."""
        return bool(self.answers or self.invalid)

    def report(self, code: Code, at: Cell | None = None, **details: object) -> None:
        """Note a problem of this workbook, at a cell if there is one."""
        self.counts[code] += 1
        if self.counts[code] <= MOST:
            where = {"sheet": at.sheet, "cell": at.address, "value": at.text} if at else {}
            self.problems.append(problem(code, self.file, self.unit, **(where | details)))

    def told(self) -> list[Problem]:
        """The problems, and how many of each kind are left out where there are too many."""
        more = {code: count - MOST for code, count in self.counts.items() if count > MOST}
        return self.problems + [
            problem(Code.MORE, self.file, self.unit, count=count, kind=code.name)
            for code, count in more.items()
        ]


def unreadable(file: str, error: Unreadable) -> Response:
    """The response of a file that cannot be read: the problem alone."""
    response = Response(file, error.sha256)
    response.report(error.code, **error.details)
    return response


def read(workbook: Workbook, file: str, expected: Expected) -> Response:
    """Match a workbook to its unit by the id inside, rows by code and columns by heading."""
    response = Response(file, workbook.sha256, size=workbook.size)
    lines = list(workbook.rows())
    private = _identify(response, lines, expected)
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


def refuse(response: Response) -> None:
    """Take nothing from a workbook: all of its cells are set aside."""
    response.unit = None
    response.answers, response.invalid = {}, {}
    response.tally = Counter({ASIDE: response.size})


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


def _identify(response: Response, lines: list[list[Cell]], expected: Expected) -> set[str]:
    """Find unit, period, revision; returns the sheets that hold the respondent's identity."""
    found: dict[str, Cell] = {}
    title: Cell | None = None
    private = set()
    for cells in lines:
        key = expected.identity.get(_short(cells[0]))
        if key:
            private.add(cells[0].sheet)
            if len(cells) > 1:
                found.setdefault(key, cells[1])
        elif title is None and expected.who.fullmatch(cells[0].text):
            title = cells[0]
    city, at = found.get("city"), found.get("period")
    if city and city.text != expected.settings.bps_code:
        response.report(Code.WRONG_CITY, city)
    elif at and at.text != expected.period:
        response.report(Code.WRONG_PERIOD, at, period=expected.period)
    elif "unit" in found or "unit_name" in found:
        response.unit = _unit(response, found, expected)
    elif title:
        _by_title(response, title, expected)
    else:
        response.report(Code.NO_IDENTITY)
    response.sample = "sample" in found and simplify(found["sample"].text) in ("ya", "yes")
    if revision := found.get("revision"):
        if re.fullmatch("[1-9][0-9]{0,3}", revision.text):
            response.revision = int(revision.text)
        else:
            response.report(Code.BAD_REVISION, revision)
    version = found.get("version")
    if response.unit and version and version.text != VERSION:
        response.report(Code.OLD_VERSION, version, version=VERSION)
    _compare_with_name(response, expected)
    return private


def _unit(response: Response, found: dict[str, Cell], expected: Expected) -> str | None:
    typed = [found[key] for key in ("unit", "unit_name") if key in found]
    if typed[0].text in expected.known:
        return typed[0].text
    for cell in typed:
        if unit := expected.names.get(simplify(cell.text)):
            response.report(Code.RESOLVED_UNIT, typed[0], unit_name=unit.name)
            return unit.id
    response.report(Code.UNKNOWN_UNIT, typed[0])
    return None


def _by_title(response: Response, title: Cell, expected: Expected) -> None:
    """A single sheet knows whose it is by the line below its title."""
    said = expected.who.fullmatch(title.text)
    unit = expected.names.get(simplify(said["unit"]))
    if plain(said["city"]) != plain(expected.settings.name):
        response.report(Code.WRONG_CITY, title, value=said["city"])
    elif said["period"] != expected.period:
        response.report(Code.WRONG_PERIOD, title, value=said["period"], period=expected.period)
    elif unit is None:
        response.report(Code.UNKNOWN_UNIT, title, value=said["unit"])
    else:
        response.unit = unit.id
        response.report(Code.UNIT_FROM_TITLE, title, unit_name=unit.name)


def _compare_with_name(response: Response, expected: Expected) -> None:
    """A file's name may name no unit, but no other one than the unit inside."""
    if response.unit is None:
        return
    stem = _words(PurePosixPath(response.file).stem)
    named = [u for u in expected.units for n in (u.id, u.short, u.name) if _words(n) in stem]
    if named and response.unit not in {u.id for u in named}:
        unit = expected.known[response.unit]
        response.report(Code.WRONG_FILE_NAME, named=named[0].name, unit_name=unit.name)


def _words(name: str) -> str:
    """A name's words between spaces, without digits and signs."""
    return f" {' '.join(re.split(NO_LETTERS, name.casefold())).strip()} "


def _short(cell: Cell) -> str:
    """A cell's text as labels are compared; of what is too long to be one, the whole."""
    text = cell.value
    if not isinstance(text, str) or len(text) > 99:
        return cell.text
    return _simplified(text)


_simplified = lru_cache(4096)(simplify)


@dataclass(frozen=True)
class Row:
    """A row of the questionnaire as found: its code, its table, the cells of its fields."""

    code: str
    at: Cell
    table: Table
    cells: dict[str, Cell]


@dataclass(frozen=True)
class Headings:
    """A row of headings: the column of the codes, and the title above each column."""

    code: int
    titles: dict[int, str]

    known: dict[str, dict[int, str]] = field(default_factory=dict)

    def fields(self, table: str, titles: dict[str, str]) -> dict[int, str]:
        """The field in each column, for a table whose fields have these titles."""
        if table not in self.known:
            found = {c: titles[title] for c, title in self.titles.items() if title in titles}
            self.known[table] = found
        return self.known[table]


@dataclass
class Sheets:
    """The sheets of one workbook, read row by row: every cell is told what it is."""

    response: Response
    expected: Expected
    private: set[str]
    found: dict[str, Row] = field(default_factory=dict)
    answer_columns: dict[tuple[str, int], set[int]] = field(default_factory=dict)
    unheaded: set[Key] = field(default_factory=set)

    def read(self, lines: list[list[Cell]]) -> list[Row]:
        """Each coded row once, read by the headings that stand above it on its sheet."""
        sheet, headings = "", None
        for cells in lines:
            if cells[0].sheet != sheet:
                sheet, headings = cells[0].sheet, None
            if found := self._headings(cells):
                headings = found
            else:
                self._line(cells, headings)
        return list(self.found.values())

    def comments(self, workbook: Workbook) -> None:
        """Report comments: they are no answers."""
        for sheet, comments in workbook.comments.items():
            for row, column, text in comments:
                shown = HIDDEN if sheet in self.private else text
                self.response.report(Code.COMMENT, Cell(sheet, row, column, shown))

    def merged(self, workbook: Workbook, rows: list[Row]) -> None:
        """Report merged cells that hide answer cells behind an answer."""
        typed = {(c.sheet, c.row, c.column): c for row in rows for c in row.cells.values()}
        by_sheet: dict[str, list[int]] = {}
        for sheet, row in self.answer_columns:
            by_sheet.setdefault(sheet, []).append(row)
        for sheet, ranges in workbook.merged.items():
            for top, left, bottom, right in ranges[:2_000]:
                cell = typed.get((sheet, top, left))
                covered = sum(
                    left <= column <= right
                    for row in by_sheet.get(sheet, ())
                    if top <= row <= bottom
                    for column in self.answer_columns[sheet, row]
                )
                if cell and covered > 1:
                    last = Cell(sheet, bottom, right, "").address
                    self.response.report(Code.MERGED_CELLS, cell, range=f"{cell.address}:{last}")

    def _headings(self, cells: list[Cell]) -> Headings | None:
        codes = [c.column for c in cells if _brief(c) and _short(c) == self.expected.code]
        if not codes:
            return None
        titles = {c.column: _short(c) for c in cells}
        if not self.expected.headings & set(titles.values()):
            return None
        for cell in cells:
            known = titles[cell.column] in self.expected.headings or cell.column in codes
            self._own(cell, cells, known)
        return Headings(codes[0], titles)

    def _line(self, cells: list[Cell], headings: Headings | None) -> None:
        """A row that is not one of headings."""
        if _short(cells[0]) in self.expected.identity:
            for number, cell in enumerate(cells):
                self._own(cell, cells, known=number < 3)  # label, value, remark
            return
        code = next((c for c in cells if headings and c.column == headings.code), None)
        known = self.expected.instrument.rows
        if code is None or _code(code) not in known:
            self._uncoded(cells, code, headings)
            return
        table = known[_code(code)]
        columns = headings.fields(table.name, self.expected.titles[table.name])
        for question in table.fields:
            key = (table.name, question.name)
            if question.name not in columns.values() and key not in self.unheaded:
                self.unheaded.add(key)
                self.response.report(Code.MISSING_COLUMN, code, title=_(question.title))
        self._coded(Row(_code(code), code, table, {}), cells, columns, headings)

    def _coded(self, row: Row, cells: list[Cell], columns: dict[int, str], headings) -> None:
        doubled = {}
        for cell in cells:
            name = columns.get(cell.column)
            if cell is row.at:
                self.response.tally[FORM] += 1
            elif name is None:
                read_back = headings.titles.get(cell.column) == self.expected.read_back
                self._own(cell, cells, read_back, labelled=cell.column in headings.titles)
            elif name not in row.cells:
                row.cells[name] = cell
            elif row.cells[name].text == cell.text:
                self.response.tally[ASIDE] += 1
            else:
                doubled[name] = cell
        for name, cell in doubled.items():
            first = row.cells.pop(name)
            title = next(f.title for f in row.table.fields if f.name == name)
            self.response.report(
                Code.DUPLICATE_COLUMN,
                cell,
                title=_(title),
                value=first.text,
                other=cell.text,
            )
            self._hold_back(row.code, name, [first, cell])
        if row.code in self.found:
            self._repeat(self.found[row.code], row)
        else:
            self.found[row.code] = row
            self.answer_columns[row.at.sheet, row.at.row] = set(columns)

    def _repeat(self, first: Row, second: Row) -> None:
        """A code that stands twice: what both rows agree on is kept, what differs is held back."""
        self.response.tally[FORM] -= 1
        self.response.tally[ASIDE] += 1
        differing = False
        for question in first.table.fields:
            name = question.name
            cells = [row.cells.get(name) for row in (first, second)]
            if all(cells) and cells[0].text == cells[1].text:
                self.response.tally[ASIDE] += 1
            elif any(cells):
                differing = True
                first.cells.pop(name, None)
                self._hold_back(first.code, name, [c for c in cells if c])
        if differing:
            other = f"{first.at.sheet}!{first.at.address}"
            self.response.report(Code.DUPLICATE_ROW, second.at, other=other)

    def _hold_back(self, code: str, name: str, cells: list[Cell]) -> None:
        self.response.tally[PROBLEM] += len(cells)
        self.response.invalid[self.expected.keys[code, name]] = cells[0].text

    def _uncoded(self, cells: list[Cell], code: Cell | None, headings: Headings | None) -> None:
        known = self.expected.instrument.rows
        stray = code or next((c for c in cells if _brief(c) and _code(c) in known), None)
        if stray and re.fullmatch(r"[A-Z]{2,4}(\d{1,3}|-[A-Z]?\d{1,2})", _code(stray)):
            missing = headings is None
            said = " | ".join(c.text for c in cells if c is not stray) or "–"
            details = {} if missing else {"said": said}
            kind = Code.NO_HEADINGS if missing else Code.UNKNOWN_ROW
            self.response.report(kind, stray, **details)
            self.response.tally[PROBLEM] += len(cells)
            return
        for cell in cells:
            self._own(cell, cells, False)

    def _own(self, cell: Cell, row: list[Cell], known: bool, labelled: bool = False) -> None:
        """A cell that is no answer: the form's own text, or something else, which is listed."""
        if known or self.expected.own(cell, row, self.response.unit):
            self.response.tally[FORM] += 1
            return
        self.response.tally[UNEXPECTED] += 1
        shown = HIDDEN if cell.sheet in self.private else cell.text
        reworded = labelled and len(cell.text) > 9 and not cell.text.startswith("=")
        code = Code.CHANGED_TEXT if reworded else Code.UNEXPECTED_CELL
        self.response.report(code, cell, value=shown)


def _brief(cell: Cell) -> bool:
    """Whether a cell may hold a code or the word for it: most texts need no closer look."""
    return isinstance(cell.value, str) and len(cell.value) < 20


def _code(cell: Cell) -> str:
    """A row's code as the form writes it."""
    return "".join(cell.text[:20].split()).upper()


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
        response.report(Code.INCOMPLETE_ROW, row.at, titles=listing(_(q.title) for q in empty))
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
