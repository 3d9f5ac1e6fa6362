"""What only a person can decide about what came back: ``decisions.csv`` of a period."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import field_validator

from analysis.project.words import words
from analysis.survey.asked.rows import Day, Row, Wrong, sifted
from analysis.text import _

FILE, VALUE, WITHHOLD, RELEASE, SILENCE = "file", "value", "withhold", "release", "silence"
FORMULA = tuple("=+-@")  # with which a cell begins that a spreadsheet takes for a formula
# What a decision needs beside who decided it, why and when.
NEEDED = {
    FILE: ("file",),
    VALUE: ("cell", "new"),
    WITHHOLD: ("cell", "old"),
    RELEASE: ("cell", "old"),
    SILENCE: (),
}


class Decision(Row):
    """One decision on a unit's answers, by whom, why and when.

    `file`: that one counts for the unit, and no other of its revision. `value`: in `cell`
    (``<sheet>!<A1>``) counts `new` instead of `old`, which is typed there. `withhold` and
    `release`: what is written in `cell`, which begins with `old`, is kept from public pages or
    shown there. `silence`: the unit need not answer.
    """

    decision: Literal["file", "value", "withhold", "release", "silence"]
    unit: Annotated[str, *words(120)]
    file: str = ""
    cell: str = ""
    old: str = ""
    new: str = ""
    who: Annotated[str, *words(120)]
    why: Annotated[str, *words(300)]
    when: Day

    @field_validator("*", mode="before")
    @classmethod
    def _no_formula(cls, value: object) -> object:
        if str(value).startswith(FORMULA):
            raise ValueError(_("diawali = + - atau @ seperti rumus; tulis tanpa tanda itu"))
        return value


def read(path: Path) -> tuple[list[Decision], list[Wrong]]:
    """The decisions in a file, none where it is not there; and what is wrong with its other rows.

    Raises ProjectError where the file as a whole cannot be read.
    """
    if not path.is_file():
        return [], []
    rows, wrong = sifted(path, Decision)
    for row in rows:
        told = _("wajib diisi untuk keputusan {kind}").format(kind=row.decision)
        wrong += [(row.line, c, told) for c in NEEDED[row.decision] if not getattr(row, c)]
    lines = {line for line, _column, _told in wrong}
    return [row for row in rows if row.line not in lines], wrong
