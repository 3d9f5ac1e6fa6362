"""What one returned workbook says, before it is compared with others of its unit."""

from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from analysis.survey.problems import Code, Problem, problem
from analysis.survey.workbook import Cell, Unreadable

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


def refuse(response: Response) -> None:
    """Take nothing from a workbook: all of its cells are set aside."""
    response.unit = None
    response.answers, response.invalid = {}, {}
    response.tally = Counter({ASIDE: response.size})
