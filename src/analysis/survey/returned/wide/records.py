"""The rows of a wide table: each is what one respondent says, a response like a workbook's."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from analysis.privacy import mask
from analysis.survey.asked.fields import TR, Amount, Text
from analysis.survey.asked.questionnaire import Table
from analysis.survey.asked.register import Unit
from analysis.survey.returned.answers import understand
from analysis.survey.returned.expected import Expected
from analysis.survey.returned.matching import understood
from analysis.survey.returned.response import (
    ASIDE,
    FORM,
    HIDDEN,
    PROBLEM,
    UNEXPECTED,
    Answer,
    Key,
    Remark,
    Response,
    refused,
    remark,
    within_bounds,
)
from analysis.survey.returned.sheets import Row
from analysis.survey.returned.wide.beside import bare
from analysis.survey.returned.wide.columns import Columns, groups
from analysis.survey.returned.wide.headings import Vocabulary
from analysis.survey.returned.wide.lines import Answers, Lines, Plan
from analysis.survey.returned.wide.whose import Whose
from analysis.survey.returned.workbook import Cell, Misread, Value
from analysis.survey.told.problems import Code

TICKED = {"1", "1.0", "true", "y", "yes", "ya"}  # in the column of a choice

Values = Mapping[int, Value]

_GET: Any = dict.get


@dataclass
class Records:
    """The rows of one table, read one by one; `decimal`: see `Workbook`.

    A value that was understood in a column is not looked at again there (`clear`).
    """

    columns: Columns
    decimal: str | None
    expected: Expected
    vocabulary: Vocabulary
    clear: dict[int, dict[Value, int | float | str]] = field(default_factory=dict)
    plans: dict[str, Plan] = field(default_factory=dict)

    def __post_init__(self) -> None:
        table, rows = self.columns, self.expected.instrument.rows
        self.whose = Whose(table, self.expected)
        self.groups = groups(table.keys)
        self.first = {code: min(own) for code, own in self.groups.items()}
        for column, (code, _name) in table.doubled.items():
            self.groups.setdefault(code, {})
            self.first.setdefault(code, column)
        self.typed = {c: self.vocabulary.typed(key) for c, key in table.keys.items()}
        self.words = {c for c, (code, name) in table.keys.items() if _in_words(rows[code], name)}
        self.clear = {c: {} for c in table.keys}
        self.asking = {(code, f.name): f for code in self.groups for f in rows[code].asked(code)}
        self.answering = frozenset(table.keys.keys() | table.doubled.keys())

    def read(
        self, row: int, values: Values, file: str, sha256: str, more: bool = False
    ) -> Response:
        """What one row says; nothing of it counts where it is nobody's, or empty.

        `more`: it says more elsewhere.
        """
        size = len(values)
        if self.columns.options:
            values = self._chosen(values)
        unit, remarks = self.whose.unit(row, values)
        response = Response(
            file,
            sha256,
            unit.id if unit else None,
            respondent=self.whose.respondent(row, values),
            size=size,
        )
        if not self.columns.unit:
            return refused(response)  # the headings say so, once for all rows
        if self.answering.isdisjoint(values) and not more:
            at = Cell(self.columns.sheet, row, min(values, default=0), HIDDEN)
            name = unit.name if unit else "–"
            empty = remark(Code.EMPTY_RECORD, at, row=row + 1, unit_name=name)
            return _nothing(response, [empty])
        if not unit:
            return _nothing(response, remarks)
        remarks += self.whose.twice(row, response)
        return self._answered(row, values, unit, response, remarks)

    def _chosen(self, values: Values) -> Values:
        """The row with what was chosen in one cell, where each choice has a column of its own."""
        whole = dict(values)
        for first, own in self.columns.options.items():
            cells = {column: whole.pop(column, "") for column in own}
            names = [own[c] for c, v in cells.items() if str(v).strip().casefold() in TICKED]
            if names:
                whole[first] = "; ".join(names)
        return whole

    def _answered(
        self, row: int, values: Values, unit: Unit, response: Response, remarks: list[Remark]
    ) -> Response:
        tally = Counter({ASIDE: response.size - len(values)})
        plan, sheet = self._plan(unit), self.columns.sheet
        held = self.rest(row, values, tally, remarks)
        invalid = {key: answer for key, answer in held.items() if key[0] in plan.lines}
        if not plan.others.isdisjoint(values):
            self._not_asked(row, values, plan.lines, tally, remarks)
        typed = list(map(values.get, plan.columns))
        known: list[Any] = list(map(_GET, plan.clear, typed))  # a million cells are read here
        unclear: dict[str, None] = {}  # the items that are looked at as a whole
        if typed.count(None) != known.count(None) or bool in set(map(type, typed)):
            for at, value in enumerate(typed):
                if value is not None and (known[at] is None or isinstance(value, bool)):
                    known[at] = self._known(plan.columns[at], value, plan.clear[at])
                    if known[at] is None:
                        unclear[plan.keys[at][0]] = None
        answers = dict(zip(plan.keys, known, strict=True))
        if None in known or unclear:
            answers = {k: v for k, v in answers.items() if v is not None and k[0] not in unclear}
        for code in unclear:
            said = understood(self.line(row, code, values), invalid, self.expected, self.decimal)
            answers |= said.answers
            invalid |= said.invalid
            tally += said.tally
            remarks += said.remarks
        if unclear:
            answers = {key: answers[key] for key in (*plan.keys, *answers) if key in answers}
        kept, more = within_bounds(remarks)
        return replace(
            response,
            answers=Answers(sheet, row, plan.places, answers),
            invalid=invalid,
            rows=Lines(sheet, row, plan.lines),
            remarks=kept,
            more=more,
            tally=tally,
        )

    def _plan(self, unit: Unit) -> Plan:
        if unit.id not in self.plans:
            asked = self.expected.codes(unit.id)
            own = {code: columns for code, columns in self.groups.items() if code in asked}
            lines = {
                code: (self.first[code], tuple((n, c) for c, n in own[code].items()))
                for code in own
            }
            places = {
                self.expected.keys[code, name]: c for code in own for c, name in own[code].items()
            }
            self.plans[unit.id] = Plan(
                lines,
                places,
                tuple(places.values()),
                tuple(places),
                tuple(self.clear[c] for c in places.values()),
                self.answering - self.columns.doubled.keys() - set(places.values()),
            )
        return self.plans[unit.id]

    def rest(
        self, row: int, values: Values, tally: Counter[str], remarks: list[Remark]
    ) -> dict[Key, Answer]:
        """Count the cells that hold no answers; what is held back of columns that are doubled."""
        table = self.columns
        held: dict[Key, Answer] = {}
        for column in values.keys() - table.keys.keys():
            value = values[column]
            if column in table.doubled:
                cell = Cell(table.sheet, row, column, value)
                key = self.expected.keys[table.doubled[column]]
                held.setdefault(key, Answer(str(mask(cell.text)), (table.sheet, row, column)))
                tally[PROBLEM] += 1
            elif column in table.unit or column == table.respondent:
                tally[FORM] += 1
            elif column in table.side:
                tally[ASIDE] += 1
            elif column in table.open:
                tally[PROBLEM] += 1
            else:
                tally[UNEXPECTED] += 1
                at = Cell(table.sheet, row, column, value)
                remarks.append(remark(Code.UNEXPECTED_CELL, at))
        return held

    def _known(
        self, column: int, value: Value, clear: dict[Value, int | float | str]
    ) -> int | float | str | None:
        """What a value says that needs no second look: it is kept; None where it does."""
        question = self.asking[self.columns.keys[column]]
        written = isinstance(value, str) and isinstance(question.kind, Amount)
        if written or isinstance(question.kind, Text) or isinstance(value, bool):
            return None
        cell = Cell(self.columns.sheet, 0, column, self._meant(column, value))
        try:
            found = understand(cell, question, self.expected.instrument, self.decimal)
        except Misread:
            return None
        if found == TR:  # of the whole row
            return None
        clear[value] = found
        return found

    def _meant(self, column: int, value: Value) -> Value:
        """A value in the words of the form: a level's label in another language is the level."""
        if not isinstance(value, str) or column in self.words:
            return value
        said = bare(value)  # without the words behind TR, in whatever language
        return TR if said == "tr" else self.typed[column].get(said, value)

    def line(self, row: int, code: str, values: Values) -> Row:
        """A row's cells of an item, in the words of our form."""
        sheet, own = self.columns.sheet, self.groups[code]
        here = {c: values[c] for c in own if c in values}
        cells = {own[c]: Cell(sheet, row, c, self._meant(c, v)) for c, v in here.items()}
        at = Cell(sheet, row, self.first[code], code)
        return Row(code, at, self.expected.instrument.rows[code], own, cells)

    def _not_asked(
        self,
        row: int,
        values: Values,
        lines: Mapping[str, tuple],
        tally: Counter[str],
        remarks: list[Remark],
    ) -> None:
        """What stands in items that another unit answers for: nothing of it counts."""
        for code in self.groups.keys() - lines.keys():
            if here := {c: values[c] for c in self.groups[code] if c in values}:
                at = Cell(self.columns.sheet, row, min(here), code)
                said = " | ".join(Cell("", row, c, v).text for c, v in here.items())
                owner = self.expected.owner(code).name
                remarks.append(remark(Code.NOT_ASKED, at, said=said, unit_name=owner))
                tally[PROBLEM] += len(here)


def _in_words(table: Table, name: str) -> bool:
    return isinstance(table.field(name).kind, Text)


def _nothing(response: Response, remarks: Iterable[Remark]) -> Response:
    """A row of which nothing counts, and why."""
    return replace(refused(response), claimed=None, remarks=tuple(remarks))
