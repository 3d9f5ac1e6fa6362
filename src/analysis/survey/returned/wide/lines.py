"""What a row of a table says and where, worked out where it is asked for: cells are many."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from analysis.survey.returned.response import Answer, Key, Line
from analysis.survey.returned.workbook import Value


class Plan(NamedTuple):
    """What a unit is asked of a table.

    `lines`: by item the column where it begins, and those of its fields; `places`: the column of
    each cell. For each of `columns`: the cell, and what was understood there. `others`: columns
    that the unit is not asked.
    """

    lines: Mapping[str, tuple]
    places: Mapping[Key, int]
    columns: tuple[int, ...]
    keys: tuple[Key, ...]
    clear: tuple[dict[Value, int | float | str], ...]
    others: frozenset[int]


class Lines(Mapping[str, Line]):
    """Where each item of a row stands; `columns`: the first of an item, those of its fields."""

    def __init__(self, sheet: str, row: int, columns: Mapping[str, tuple]):
        self.sheet, self.row, self.columns = sheet, row, columns

    def __getitem__(self, code: str) -> Line:
        return Line(self.sheet, self.row, *self.columns[code])

    def __iter__(self) -> Iterator[str]:
        return iter(self.columns)

    def __len__(self) -> int:
        return len(self.columns)


class Answers(Mapping[Key, Answer]):
    """What a row answers: `values`, or answers that are put together already; `columns`: where."""

    def __init__(
        self,
        sheet: str,
        row: int,
        columns: Mapping[Key, int],
        values: Mapping[Key, int | float | str | Answer],
    ):
        self.sheet, self.row, self.columns, self.values_of = sheet, row, columns, values

    def __getitem__(self, key: Key) -> Answer:
        said = self.values_of[key]
        if isinstance(said, Answer):
            return said
        return Answer(said, (self.sheet, self.row, self.columns[key]))

    def __iter__(self) -> Iterator[Key]:
        return iter(self.values_of)

    def __len__(self) -> int:
        return len(self.values_of)
