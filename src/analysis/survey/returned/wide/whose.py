"""Whose the rows of a wide table are: the unit, and which of its respondents."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from analysis.privacy import mask
from analysis.survey.asked.labels import simplify
from analysis.survey.asked.register import Unit
from analysis.survey.returned.expected import Expected
from analysis.survey.returned.response import Remark, Response, remark
from analysis.survey.returned.wide.columns import Columns
from analysis.survey.returned.workbook import Cell, Value
from analysis.survey.told.problems import Code

LONGEST = 60  # letters of what names a respondent

Values = Mapping[int, Value]


@dataclass
class Whose:
    """Who filled in the rows of a table, those that were met so far among them."""

    columns: Columns
    expected: Expected
    seen: dict[tuple[str, str], int] = field(default_factory=dict)

    def unit(self, row: int, values: Values) -> tuple[Unit | None, list[Remark]]:
        """Whose a row is: the first of its columns that names a unit says so."""
        cells = [
            Cell(self.columns.sheet, row, c, values[c]) for c in self.columns.unit if c in values
        ]
        found: dict[str, tuple[Unit, Cell]] = {}
        for cell in cells:
            said = cell.text
            if unit := self.expected.known.get(said) or self.expected.names.get(simplify(said)):
                found.setdefault(unit.id, (unit, cell))
        if found:
            (unit, _cell), *others = found.values()
            own = unit.name
            return unit, [
                remark(Code.OTHER_NAME, c, named=u.name, unit_name=own) for u, c in others
            ]
        count = sum(c in self.columns.keys for c in values)
        if cells:
            return None, [remark(Code.UNKNOWN_UNIT_IN_ROW, cells[0], count=count)]
        if self.columns.unit:
            at = Cell(self.columns.sheet, row, self.columns.unit[0], "")
            return None, [remark(Code.NO_UNIT_IN_ROW, at, row=row + 1, count=count)]
        return None, []

    def respondent(self, row: int, values: Values) -> str:
        """Who of the unit filled in a row: as the row says, or else by its number."""
        at = self.columns.respondent
        if at is None:
            return str(row + 1)
        if at not in values:
            return f"#{row + 1}"  # no number that anybody else typed
        return str(mask(Cell(self.columns.sheet, row, at, values[at]).text))[:LONGEST]

    def twice(self, row: int, response: Response) -> Iterator[Remark]:
        """A respondent who stands in an earlier row, too: both are read."""
        who = (response.unit or "", response.respondent)
        if (first := self.seen.setdefault(who, row)) != row:
            at = self.columns.respondent
            assert at is not None  # the numbers of rows are never alike
            cell = Cell(self.columns.sheet, row, at, response.respondent)
            yield remark(Code.RESPONDENT_TWICE, cell, row=first + 1)
