"""Where the items of a row stand."""

from collections.abc import Iterator, Mapping

from analysis.survey.returned.response import Line


class Lines(Mapping[str, Line]):
    """Where each item of a row stands, worked out where it is asked for: rows are many."""

    def __init__(self, sheet: str, row: int, columns: Mapping[str, tuple]):
        self.sheet, self.row, self.columns = sheet, row, columns

    def __getitem__(self, code: str) -> Line:
        return Line(self.sheet, self.row, *self.columns[code])

    def __iter__(self) -> Iterator[str]:
        return iter(self.columns)

    def __len__(self) -> int:
        return len(self.columns)
