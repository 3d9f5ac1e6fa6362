"""Which answers of a unit's workbooks count."""

from collections.abc import Iterable
from dataclasses import dataclass

from analysis.survey.asked.fields import TB
from analysis.survey.returned.response import (
    ASIDE,
    BLANK,
    FORM,
    PROBLEM,
    UNEXPECTED,
    Answer,
    Key,
    Response,
)
from analysis.survey.returned.workbook import Cell
from analysis.survey.told.problems import Code, Problem, problem

NOWHERE = Answer(None, None)
KINDS = [FORM, "answered", "tb", BLANK, PROBLEM, UNEXPECTED, ASIDE]


@dataclass(frozen=True, eq=False)
class Choice:
    """What counts of one unit's workbooks.

    `answers` and `invalid` as in a response, `rows` the codes found. `response` is the workbook
    that counts, of which so many cells are `held` back; `lent` are the answers that count of each
    other (by file); `problems` say what was held back and passed over.
    """

    unit: str
    response: Response
    answers: dict[Key, Answer]
    invalid: dict[Key, str]
    rows: frozenset[str]
    held: int
    lent: dict[str, set[Key]]
    problems: list[Problem]


def choose(responses: Iterable[Response]) -> Choice:
    """What counts for a unit: the workbook of the highest revision, less what is in conflict.

    Rows that it has not, such as those of another sheet sent by itself, are taken from the others
    of its revision.
    """
    first, *others = sorted(responses, key=lambda r: -r.revision)
    said = _said(first)
    answers, invalid, rows = dict(first.answers), dict(first.invalid), first.rows
    held, lent, problems = 0, {}, []
    for other in others:
        if other.revision < first.revision:
            details = {"revision": first.revision, "other": first.file}
            problems.append(problem(Code.OLDER_REVISION, other.file, other.unit, **details))
            continue
        theirs = _said(other)
        differing = [
            key
            for key in dict.fromkeys([*said, *theirs])
            if key[0] in first.rows and key[0] in other.rows and said.get(key) != theirs.get(key)
        ]
        lent[other.file] = {key for key in other.answers if key[0] not in rows}
        answers |= {key: other.answers[key] for key in other.answers if key[0] not in rows}
        invalid |= {key: text for key, text in other.invalid.items() if key[0] not in rows}
        rows |= other.rows
        if not differing and not lent[other.file]:
            problems.append(problem(Code.SAME_TWICE, other.file, other.unit, other=first.file))
        for key in differing:
            here, there = (str(found.get(key) or "–") for found in (said, theirs))
            mine = answers.pop(key, None)
            held += bool(mine and mine.place)
            place = mine and mine.place or other.answers.get(key, NOWHERE).place
            where = {}
            if place:
                at = Cell(*place, here)
                where = {"sheet": at.sheet, "cell": at.address}
            details = {"value": here, "second": there, "other": other.file}
            problems.append(problem(Code.CONFLICT, first.file, first.unit, **where, **details))
            invalid[key] = here
    return Choice(first.unit, first, answers, invalid, rows, held, lent, problems)


def accounted(response: Response, choice: Choice | None) -> tuple:
    """How every cell that holds something ended: a row of ``reconciliation``."""
    typed = {key: a.value for key, a in response.answers.items() if a.place}
    used = choice is not None and choice.response is response
    if used:
        counted = [typed[key] for key in typed if choice.answers.get(key) is response.answers[key]]
    else:
        lent = choice.lent.get(response.file, ()) if choice else ()
        counted = [typed[key] for key in lent if key in typed]
    tb, tally = counted.count(TB), response.tally
    aside = tally[ASIDE] + (0 if used else len(typed) - len(counted))
    held = choice.held if used else 0
    kinds = {FORM: tally[FORM], "answered": len(counted) - tb, "tb": tb, BLANK: tally[BLANK]}
    kinds |= {PROBLEM: tally[PROBLEM] + held, UNEXPECTED: tally[UNEXPECTED], ASIDE: aside}
    return (response.file, response.unit, response.size, *kinds.values())


def _said(response: Response) -> dict:
    """What stands in each cell that holds something: its value, or what could not be read."""
    return {key: answer.value for key, answer in response.answers.items()} | response.invalid
