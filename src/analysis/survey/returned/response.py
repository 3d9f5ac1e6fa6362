"""What one returned workbook says, before it is compared with others of its unit."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from analysis.survey.asked.labels import FIRST
from analysis.survey.returned.workbook import Cell, Unreadable
from analysis.survey.told.problems import Code, Details, Problem, problem

Key = tuple[str, str]  # row code, field name
Place = tuple[str, int, int]  # sheet, row, column

# Where files of answers and of the sample lie in a project.
RAW, SAMPLE = "data/raw/", re.compile(r"data/raw/(?!responses/)[^/]+/sample/")
ROW = "baris"  # beside the file's name: in which row of its table a response stands
MOST = 1_000  # problems of one kind in one workbook that are told one by one
HIDDEN = "•••"
# What a cell of the workbook, or what lies over it, turned out to be, other than an answer or a TR.
FORM, BLANK, PROBLEM, UNEXPECTED, ASIDE = "form", "blank", "problem", "unexpected", "aside"


class Answer(NamedTuple):
    """What was answered, and where it was typed: nowhere for the rest of a row that is TR."""

    value: object
    place: Place | None


class Line(NamedTuple):
    """Where a coded row stands: sheet, row, column of the code, and (field, column) of others."""

    sheet: str
    row: int
    code: int
    columns: tuple[tuple[str, int], ...]

    def place(self, name: str) -> Place | None:
        """Where a field's cell is, if its column was found."""
        column = dict(self.columns).get(name)
        return None if column is None else (self.sheet, self.row, column)


class Remark(NamedTuple):
    """A problem before it is known in whose file it is; `about`: the cell that is judged.

    A field without a name stands for the row. What is about no cell of the questionnaire is about
    its sheet or the file.
    """

    problem: Problem
    about: Key | None


@dataclass(frozen=True, eq=False)
class Response:
    """What one workbook says, before it is compared with other workbooks of its unit.

    `unit` is whose it is, `claimed` whose it seems to be (by its id or its name) where it cannot be
    used, or another unit that it names beside its own. `respondent`: which of a unit's officers it
    is from. `day` is when it was filled in as it says itself, as ISO writes it, or empty. `answers`
    holds what could be read, and `TR` in every required field of a row that does not apply;
    `invalid` what was typed where it could not be read. `rows` says where each code was found.
    `size` is how many cells hold something and how much lies over cells, `tally` what became of all
    that is no answer. `remarks` are its problems, of which `more` counts those left out.
    """

    file: str
    sha256: str = ""
    unit: str | None = None
    claimed: str | None = None
    revision: int = 1
    sample: bool = False
    day: str = ""
    respondent: str = FIRST
    answers: Mapping[Key, Answer] = field(default_factory=dict)
    invalid: Mapping[Key, Answer] = field(default_factory=dict)
    rows: Mapping[str, Line] = field(default_factory=dict)
    remarks: tuple[Remark, ...] = ()
    more: Mapping[Code, int] = field(default_factory=dict)
    size: int = 0
    tally: Counter[str] = field(default_factory=Counter)

    @property
    def filled(self) -> bool:
        """Whether anything was typed that is meant as an answer."""
        return bool(self.answers or self.invalid)

    def problem(self, code: Code, **details: Any) -> Problem:
        """A problem of this file as a whole."""
        return problem(code, self.file, self.unit or self.claimed, **details)

    def problems(self, told: Callable[[Remark], bool] = lambda found: True) -> list[Problem]:
        """The remarks that are to be told as problems of this file, and how many there are more."""
        more = [remark(Code.MORE, count=n, kind=code.name) for code, n in self.more.items()]
        unit = self.unit or self.claimed
        return [
            replace(found.problem, file=self.file, unit=unit)
            for found in (*self.remarks, *more)
            if told(found)
        ]


def brief(file: str) -> str:
    """A file's path below the folder of answers of its period, as people know it."""
    return file.split("/", 4)[-1] if file.startswith(RAW) else file


def in_row(file: str, row: int) -> str:
    """What the response in a row of a file's table is called; rows count from 0."""
    return f"{file}/{ROW} {row + 1}"


def of_table(file: str) -> bool:
    """Whether a response is a row of a table, whose questions its unit did not choose."""
    return re.fullmatch(rf"{ROW} \d+", file.rpartition("/")[2]) is not None


def is_sample(file: str) -> bool:
    """Whether a file is one of the sample's."""
    return bool(SAMPLE.match(file))


def remark(code: Code, at: Cell | None = None, about: Key | None = None, **details: Any) -> Remark:
    """A remark on a cell, if there is one; see `Remark`."""
    where: Details = {"sheet": at.sheet, "cell": at.address, "value": at.shown} if at else {}
    return Remark(problem(code, **(where | details)), about)


def within_bounds(remarks: Iterable[Remark]) -> tuple[tuple[Remark, ...], dict[Code, int]]:
    """The first remarks of each kind, and how many more there are of which kind."""
    counts: Counter[str] = Counter()
    kept: list[Remark] = []
    for found in remarks:
        code = found.problem.code
        counts[code] += 1
        if counts[code] <= MOST:
            kept.append(found)
    more = {Code[code]: count - MOST for code, count in counts.items() if count > MOST}
    return tuple(kept), more


def unreadable(file: str, error: Unreadable, claimed: str | None = None) -> Response:
    """The response of a file that cannot be read: the problem alone."""
    remarks = (remark(error.code, **error.details),)
    return Response(file, error.sha256, claimed=claimed, remarks=remarks)


def refused(response: Response) -> Response:
    """The response of a workbook from which nothing is taken: all of its cells are set aside."""
    return replace(
        response,
        unit=None,
        claimed=response.unit or response.claimed,
        answers={},
        invalid={},
        tally=Counter({ASIDE: response.size}),
    )
