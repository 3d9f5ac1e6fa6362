"""The rows of repeat groups, each with the row of answers that it says it is part of."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from analysis.survey.returned.expected import Expected
from analysis.survey.returned.matching import Understood, understood
from analysis.survey.returned.response import (
    ASIDE,
    PROBLEM,
    Line,
    Remark,
    Response,
    remark,
    within_bounds,
)
from analysis.survey.returned.wide.beside import bare
from analysis.survey.returned.wide.columns import PARENT, Columns, lines
from analysis.survey.returned.wide.records import Records, Values
from analysis.survey.returned.wide.repeats import Repeat, marks
from analysis.survey.returned.workbook import Cell, Workbook
from analysis.survey.told.problems import Code
from analysis.text import _

ABOVE, SUBMISSION = "_parent_table_name", "_submission__id"
# By what a row of answers calls itself: by what a row of a repeat says that it is part of it.
LINKS = {"_id": SUBMISSION, "_uuid": "_submission__uuid", "_index": PARENT}

Place = tuple[str, int]  # sheet, row


class Piece(NamedTuple):
    """A row of a repeat."""

    repeat: Repeat
    row: int
    values: Values

    def at(self, column: int) -> Cell:
        return Cell(self.repeat.columns.sheet, self.row, column, self.values.get(column, ""))

    def says(self, mark: str) -> str:
        """What the tool has added here."""
        column = self.repeat.marks.get(mark)
        return "" if column is None else self.at(column).text

    @property
    def answers(self) -> list[Cell]:
        columns = self.repeat.columns
        return [self.at(c) for c in sorted({*columns.keys, *columns.doubled}) if c in self.values]


@dataclass
class Belonging:
    """The rows of repeats: `own` by the row of answers that they are part of, or `lost` where they
    are part of none, or not of one alone. `records`: how those of each sheet are read."""

    expected: Expected
    records: Mapping[str, Records]
    own: dict[Place, list[Piece]] = field(default_factory=lambda: defaultdict(list))
    lost: list[Piece] = field(default_factory=list)

    @classmethod
    def of(
        cls,
        workbook: Workbook,
        known: Sequence[Columns],
        found: Sequence[Repeat],
        expected: Expected,
    ) -> "Belonging":
        """Those of the repeats `found` in a workbook whose tables of answers are `known`."""
        belonging = cls(
            expected,
            {
                repeat.columns.sheet: Records(
                    repeat.columns, workbook.decimal, expected, expected.vocabulary
                )
                for repeat in found
            },
        )
        called = _called(workbook, known) if found else {}
        for repeat in found:
            for row, values in lines(workbook, repeat.columns):
                piece = Piece(repeat, row, values)
                # Within another repeat the number of the parent is that of a row there.
                inner = piece.says(ABOVE) in belonging.records
                led = {
                    called[own].get(said)
                    for own, mark in LINKS.items()
                    if own in called
                    and (said := piece.says(mark))
                    and not (inner and mark == PARENT)
                }
                place = led.pop() if len(led) == 1 else None
                if place:
                    belonging.own[place].append(piece)
                else:
                    belonging.lost.append(piece)
        return belonging

    def astray(self) -> Iterator[Remark]:
        """What is told of rows that are lost."""
        for piece in self.lost:
            at = piece.at(piece.repeat.marks.get(SUBMISSION, piece.repeat.marks[PARENT]))
            yield remark(Code.REPEAT_ASTRAY, at, row=piece.row + 1, count=len(piece.answers))

    def joined(self, response: Response, place: Place) -> Response:
        """What a row of answers says, with the rows that are part of it."""
        if not (pieces := self.own.get(place)):
            return response
        size = response.size + sum(len(piece.values) for piece in pieces)
        if not response.unit:
            return replace(response, size=size, tally=Counter({ASIDE: size}))
        answers, invalid = dict(response.answers), dict(response.invalid)
        rows, tally, remarks = dict(response.rows), response.tally.copy(), [*response.remarks]
        taken = {code for code, _name in (*answers, *invalid)}
        for piece in pieces:
            if not piece.answers:
                tally[ASIDE] += len(piece.values)
                continue
            code = self._free(piece, taken)
            if isinstance(code, Remark):
                tally[PROBLEM] += len(piece.values)
                remarks.append(code)
                continue
            taken.add(code)
            said = self._understood(piece, code)
            answers |= said.answers
            invalid |= said.invalid
            tally += said.tally
            remarks += said.remarks
            rows[code] = _line(piece)
        kept, more = within_bounds(remarks)
        return replace(
            response,
            answers={key: answers[key] for key in self.expected.keys if key in answers},
            invalid=invalid,
            rows=rows,
            remarks=kept,
            more={**response.more, **more},
            size=size,
            tally=tally,
        )

    def _free(self, piece: Piece, taken: set[str]) -> str | Remark:
        """The first row of the questionnaire that a piece may be, or why there is none."""
        table, instrument = piece.repeat.table, self.expected.instrument
        codes, category = table.codes, piece.repeat.category
        if table.scheme:
            if piece.repeat.kind is not None:
                at = piece.at(piece.repeat.kind)
                known = self.expected.vocabulary.categories(table.scheme)
                category = known.get(bare(at.text), "")
            if not category:
                title = _(instrument.schemes[table.scheme].title)
                names = "; ".join(instrument.scheme(table.scheme)["name"])
                return remark(Code.UNKNOWN_CHOICE, at, title=title, allowed=names)
            codes = [code for code in codes if table.slots[code] == category]
        if free := [code for code in codes if code not in taken]:
            return free[0]
        said = " | ".join(cell.text for cell in piece.answers)
        at, title = piece.answers[0], _(table.title)
        return remark(
            Code.REPEAT_BEYOND, at, row=piece.row + 1, title=title, most=len(codes), said=said
        )

    def _understood(self, piece: Piece, code: str) -> Understood:
        """What a row of a repeat says, as a row of the questionnaire."""
        columns, first = piece.repeat.columns, piece.repeat.table.codes[0]
        records = self.records[columns.sheet]
        tally, remarks = Counter[str](), list[Remark]()
        rest = records.rest(piece.row, piece.values, tally, remarks)
        held = {self.expected.keys[code, name]: answer for (_c, name), answer in rest.items()}
        line = replace(records.line(piece.row, first, piece.values), code=code)
        said = understood(line, held, self.expected, records.decimal)
        return Understood(
            said.answers, held | said.invalid, tally + said.tally, remarks + said.remarks
        )


def _line(piece: Piece) -> Line:
    columns = piece.repeat.columns
    fields = tuple((name, column) for column, (_code, name) in sorted(columns.keys.items()))
    return Line(columns.sheet, piece.row, fields[0][1], fields)


def _called(workbook: Workbook, known: Sequence[Columns]) -> dict[str, dict[str, Place | None]]:
    """By what rows of answers call themselves, and how: which row it is, None where several are."""
    found: dict[str, dict[str, Place | None]] = defaultdict(dict)
    for columns in known:
        own = {mark: c for mark, c in marks(columns.headings).items() if mark in LINKS}
        for row, values in lines(workbook, columns):
            for mark, column in own.items():
                if said := Cell("", row, column, values.get(column, "")).text:
                    named = found[mark]
                    named[said] = None if said in named else (columns.sheet, row)
    return found
