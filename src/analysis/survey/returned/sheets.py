"""The sheets of a returned workbook, row by row: every cell is told what it is."""

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from analysis.survey.asked.labels import simplify
from analysis.survey.asked.questionnaire import Table
from analysis.survey.returned.expected import Expected
from analysis.survey.returned.response import (
    ASIDE,
    FORM,
    HIDDEN,
    PROBLEM,
    UNEXPECTED,
    Answer,
    Key,
    Remark,
    remark,
)
from analysis.survey.returned.workbook import Cell
from analysis.survey.told.problems import Code, Details
from analysis.text import _


@dataclass(frozen=True)
class Row:
    """A row of the questionnaire as found: its code, its table, the cells of its fields.

    `columns`: the field in each column of answers.
    """

    code: str
    at: Cell
    table: Table
    columns: dict[int, str]
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


@dataclass(frozen=True)
class Content:
    """What stands on the sheets of one workbook.

    `rows`: each coded row once; `held`: by key what stood in cells that contradict each other;
    `tally`: what became of all other cells.
    """

    rows: list[Row]
    held: dict[Key, Answer]
    tally: Counter[str]
    remarks: list[Remark]


def read(
    lines: list[list[Cell]], unit: str, private: frozenset[str], expected: Expected
) -> Content:
    """Each coded row once, read by the headings that stand above it on its sheet.

    `unit` is whose workbook it is; `private` the sheets of which no text may be shown.
    """
    reading = _Reading(unit, private, expected)
    sheet, headings = "", None
    for cells in lines:
        if cells[0].sheet != sheet:
            sheet, headings = cells[0].sheet, None
        if found := reading.headings(cells):
            headings = found
        else:
            reading.line(cells, headings)
    rows = list(reading.found.values())
    return Content(rows, reading.held, reading.tally, reading.remarks)


@dataclass
class _Reading:
    """The sheets of one workbook while they are read."""

    unit: str
    private: frozenset[str]
    expected: Expected
    found: dict[str, Row] = field(default_factory=dict)
    held: dict[Key, Answer] = field(default_factory=dict)
    tally: Counter[str] = field(default_factory=Counter)
    remarks: list[Remark] = field(default_factory=list)
    unheaded: set[Key] = field(default_factory=set)

    def report(self, code: Code, at: Cell, about: Key | None = None, **details: Any) -> None:
        self.remarks.append(remark(code, at, about, **details))

    def headings(self, cells: list[Cell]) -> Headings | None:
        codes = [c.column for c in cells if _brief(c) and short(c) == self.expected.code]
        if not codes:
            return None
        titles = {c.column: short(c) for c in cells}
        if not self.expected.headings & set(titles.values()):
            return None
        for cell in cells:
            known = titles[cell.column] in self.expected.headings or cell.column in codes
            self._own(cell, cells, known)
        return Headings(codes[0], titles)

    def line(self, cells: list[Cell], headings: Headings | None) -> None:
        """A row that is not one of headings."""
        if short(cells[0]) in self.expected.identity:
            for number, cell in enumerate(cells):
                self._own(cell, cells, known=number < 3)  # label, value, remark
            return
        at = next((c for c in cells if headings and c.column == headings.code), None)
        table = self.expected.instrument.rows.get(_code(at)) if at else None
        if not (headings and at and table):
            self._uncoded(cells, at, headings)
            return
        first = table.name not in headings.known
        columns = headings.fields(table.name, self.expected.titles[table.name])
        if _code(at) not in self.expected.codes(self.unit):
            self._not_asked(_code(at), at, columns, cells)
            return
        if first:
            self._missing(table, columns, at)
        self._coded(Row(_code(at), at, table, columns, {}), cells, headings)

    def _missing(self, table: Table, columns: dict[int, str], at: Cell) -> None:
        """Report the fields that have no column, once for each table."""
        for question in table.fields:
            key = (table.name, question.name)
            if question.name not in columns.values() and key not in self.unheaded:
                self.unheaded.add(key)
                about = (_code(at), question.name)
                self.report(Code.MISSING_COLUMN, at, about, title=_(question.title))

    def _coded(self, row: Row, cells: list[Cell], headings: Headings) -> None:
        doubled = {}
        for cell in cells:
            name = row.columns.get(cell.column)
            if cell is row.at:
                self.tally[FORM] += 1
            elif name is None:
                read_back = headings.titles.get(cell.column) == self.expected.read_back
                self._own(cell, cells, read_back, labelled=cell.column in headings.titles)
            elif name not in row.cells:
                row.cells[name] = cell
            elif row.cells[name].text == cell.text:
                self.tally[ASIDE] += 1
            else:
                doubled[name] = cell
        for name, cell in doubled.items():
            first = row.cells.pop(name)
            title = next(f.title for f in row.table.fields if f.name == name)
            self.report(
                Code.DUPLICATE_COLUMN,
                cell,
                (row.code, name),
                title=_(title),
                value=first.text,
                other=cell.text,
            )
            self._hold_back(row.code, name, [first, cell])
        if row.code in self.found:
            self._repeat(self.found[row.code], row)
        else:
            self.found[row.code] = row

    def _not_asked(self, code: str, at: Cell, columns: dict[int, str], cells: list[Cell]) -> None:
        """A row that another unit answers for: nothing of it counts, and it is told."""
        answers = [cell for cell in cells if cell.column in columns]
        for cell in cells:
            if cell not in answers:
                self._own(cell, cells, known=True)
        if answers:
            said = " | ".join(cell.text for cell in answers)
            owner = self.expected.owner(code).name
            self.report(Code.NOT_ASKED, at, said=said, unit_name=owner)
            self.tally[PROBLEM] += len(answers)

    def _repeat(self, first: Row, second: Row) -> None:
        """A code that stands twice: what both rows agree on is kept, what differs is held back."""
        self.tally[FORM] -= 1
        self.tally[ASIDE] += 1
        differing = False
        for question in first.table.fields:
            name = question.name
            here, there = first.cells.get(name), second.cells.get(name)
            if here and there and here.text == there.text:
                self.tally[ASIDE] += 1
            elif here and there:
                differing = True
                first.cells.pop(name)
                self._hold_back(first.code, name, [here, there])
            elif there:
                first.cells[name] = there
        if differing:
            other = f"{first.at.sheet}!{first.at.address}"
            self.report(Code.DUPLICATE_ROW, second.at, (second.code, ""), other=other)

    def _hold_back(self, code: str, name: str, cells: list[Cell]) -> None:
        self.tally[PROBLEM] += len(cells)
        place = (cells[0].sheet, cells[0].row, cells[0].column)
        self.held[self.expected.keys[code, name]] = Answer(cells[0].text, place)

    def _uncoded(self, cells: list[Cell], code: Cell | None, headings: Headings | None) -> None:
        known = self.expected.instrument.rows
        stray = code or next((c for c in cells if _brief(c) and _code(c) in known), None)
        if stray and re.fullmatch(r"[A-Z]{2,4}(\d{1,3}|-[A-Z]?\d{1,2})", _code(stray)):
            missing = headings is None
            said = " | ".join(c.text for c in cells if c is not stray) or "–"
            details: Details = {} if missing else {"said": said}
            kind = Code.NO_HEADINGS if missing else Code.UNKNOWN_ROW
            self.report(kind, stray, **details)
            self.tally[PROBLEM] += len(cells)
            return
        for cell in cells:
            self._own(cell, cells, False)

    def _own(self, cell: Cell, row: list[Cell], known: bool, labelled: bool = False) -> None:
        """A cell that is no answer: the form's own text, or something else, which is listed."""
        if known or self.expected.own(cell, row, self.unit):
            self.tally[FORM] += 1
            return
        self.tally[UNEXPECTED] += 1
        shown = HIDDEN if cell.sheet in self.private else cell.shown
        reworded = labelled and len(cell.text) > 9 and not cell.text.startswith("=")
        code = Code.CHANGED_TEXT if reworded else Code.UNEXPECTED_CELL
        self.report(code, cell, value=shown)


def short(cell: Cell) -> str:
    """A cell's text as labels are compared; of what is too long to be one, the whole."""
    text = cell.value
    if not isinstance(text, str) or len(text) > 99:
        return cell.text
    return _simplified(text)


_simplified = lru_cache(4096)(simplify)


def _brief(cell: Cell) -> bool:
    """Whether a cell may hold a code or the word for it: most texts need no closer look."""
    return isinstance(cell.value, str) and len(cell.value) < 20


def _code(cell: Cell) -> str:
    """A row's code as the form writes it."""
    return "".join(cell.text[:20].split()).upper()
