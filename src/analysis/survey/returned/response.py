"""What one returned workbook says, before it is compared with others of its unit."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from analysis.survey.returned.workbook import Cell, Unreadable
from analysis.survey.told.problems import Code, Problem, problem

Key = tuple[str, str]  # row code, field name
Place = tuple[str, int, int]  # sheet, row, column

MOST = 1_000  # problems of one kind in one workbook that are told one by one
HIDDEN = "•••"
# What a cell of the workbook turned out to be, other than an answer or a TB.
FORM, BLANK, PROBLEM, UNEXPECTED, ASIDE = "form", "blank", "problem", "unexpected", "aside"


class Answer(NamedTuple):
    """What was answered, and where it was typed: nowhere for the rest of a row that is TB."""

    value: object
    place: Place | None


@dataclass(frozen=True, eq=False)
class Response:
    """What one workbook says, before it is compared with other workbooks of its unit.

    `answers` holds what could be read, and `TB` in every required field of a row that does not
    apply; `invalid` what was typed where it could not be read. `rows` are the codes found. `size`
    is how many cells hold something, `tally` what became of those that are no answer. `remarks`
    are its problems, of which `more` counts those left out.
    """

    file: str
    sha256: str = ""
    unit: str | None = None
    revision: int = 1
    sample: bool = False
    answers: Mapping[Key, Answer] = field(default_factory=dict)
    invalid: Mapping[Key, str] = field(default_factory=dict)
    rows: frozenset[str] = frozenset()
    remarks: tuple[Problem, ...] = ()
    more: Mapping[Code, int] = field(default_factory=dict)
    size: int = 0
    tally: Counter = field(default_factory=Counter)

    @property
    def filled(self) -> bool:
        """Whether anything was typed that is meant as an answer."""
        return bool(self.answers or self.invalid)

    @property
    def problems(self) -> list[Problem]:
        """The remarks as problems of this file, and how many of each kind are left out."""
        more = [remark(Code.MORE, count=n, kind=code.name) for code, n in self.more.items()]
        return [replace(p, file=self.file, unit=self.unit) for p in (*self.remarks, *more)]


def remark(code: Code, at: Cell | None = None, **details: object) -> Problem:
    """A problem, at a cell if there is one, before it is known whose file it is in."""
    where = {"sheet": at.sheet, "cell": at.address, "value": at.text} if at else {}
    return problem(code, **(where | details))


def within_bounds(remarks: Iterable[Problem]) -> tuple[tuple[Problem, ...], dict[Code, int]]:
    """The first remarks of each kind, and how many more there are of which kind."""
    counts, kept = Counter(), []
    for found in remarks:
        counts[found.code] += 1
        if counts[found.code] <= MOST:
            kept.append(found)
    more = {Code[code]: count - MOST for code, count in counts.items() if count > MOST}
    return tuple(kept), more


def unreadable(file: str, error: Unreadable) -> Response:
    """The response of a file that cannot be read: the problem alone."""
    return Response(file, error.sha256, remarks=(remark(error.code, **error.details),))


def refused(response: Response) -> Response:
    """The response of a workbook from which nothing is taken: all of its cells are set aside."""
    tally = Counter({ASIDE: response.size})
    return replace(response, unit=None, answers={}, invalid={}, tally=tally)
