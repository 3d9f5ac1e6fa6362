"""The workbooks of one unit laid over each other: what counts in each cell, and whose word it is.

A later revision is laid over the earlier ones cell by cell: its answers win, and its blanks erase
nothing. What files of one revision say is put together; where they contradict, nothing counts.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import NamedTuple

from analysis.survey.asked.fields import TB, Choice, Text
from analysis.survey.kept.strangers import SOMEONE, apart, differences, overlap
from analysis.survey.returned.expected import Expected
from analysis.survey.returned.response import Answer, Key, Line, Place, Response, brief
from analysis.survey.returned.workbook import Cell
from analysis.survey.told.problems import Code, Problem, problem


class Counted(NamedTuple):
    """What counts in a cell, or was typed there and cannot count; its place, in which file."""

    value: object
    place: Place | None
    file: str


@dataclass(frozen=True, eq=False)
class Kept:
    """What counts of a unit's workbooks.

    `answers` and `invalid` as in a response; `lines` says by code where a row stands, and in which
    file: the latest that has it. `latest`: the files of the highest revision. `clashes`: by cell
    what files of one revision contradict each other in; `problems`: what else is to be told of
    workbooks beside each other.
    """

    unit: str
    answers: Mapping[Key, Counted]
    invalid: Mapping[Key, Counted]
    lines: Mapping[str, tuple[Line, str]]
    latest: frozenset[str]
    clashes: Mapping[Key, Problem]
    problems: list[Problem]

    def counts(self, key: Key, file: str) -> bool:
        """Whether what stands in a cell of this file is what counts, or keeps it from counting."""
        found = self.answers.get(key) or self.invalid.get(key)
        return found is not None and found.file == file

    def uses(self, response: Response) -> bool:
        """Whether anything that was typed in a workbook counts."""
        return any(
            self.counts(key, response.file) for key in (*response.answers, *response.invalid)
        )

    def sheets(self, file: str) -> set[str]:
        """The sheets of a file from which any answer counts."""
        return {a.place[0] for a in self.answers.values() if a.file == file and a.place}

    def value(self, key: Key) -> object:
        """The answer that counts in a cell; None where there is none."""
        return self.answers[key].value if key in self.answers else None


def lay(unit: str, responses: Iterable[Response], expected: Expected) -> Kept:
    """What counts for a unit, of one workbook or more that are its own."""
    ordered = sorted(responses, key=lambda r: r.revision)
    revisions = [list(files) for _n, files in groupby(ordered, key=lambda r: r.revision)]
    kept = Kept(unit, {}, {}, {}, frozenset(), {}, [])
    for files in revisions:
        kept = _over(kept, _together(unit, files, expected), files, expected)
    replaced = []
    for response in ordered:
        if response.file not in kept.latest and not kept.uses(response):
            details = {"revision": ordered[-1].revision, "other": brief(ordered[-1].file)}
            replaced.append(response.problem(Code.OLDER_REVISION, **details))
    return replace(
        kept, problems=[*dict.fromkeys(kept.clashes.values()), *kept.problems, *replaced]
    )


def _over(below: Kept, layer: Kept, files: list[Response], expected: Expected) -> Kept:
    """A later revision laid over what counted before it."""
    touched = layer.answers.keys() | layer.invalid.keys()
    rows = {key[0] for key in touched if _rated(key, expected)}
    # A row that was TB and is answered now is answered anew as a whole.
    no_longer = {k for k, a in below.answers.items() if a.value == TB and k[0] in rows}
    erased = [
        layer.lines[key[0]][0].place(key[1])
        for key, answer in below.answers.items()
        if key[0] in layer.lines and answer.place and key not in touched and key not in no_longer
    ]
    problems = below.problems + layer.problems
    if erased:
        cells = [f"{p[0]}!{Cell(*p, '').address}" for p in sorted(filter(None, erased))]
        details = {"revision": files[0].revision, "count": len(erased), "cells": cells}
        problems.append(files[0].problem(Code.REVISION_BLANKS, **details))
    answers = {k: a for k, a in below.answers.items() if k not in no_longer | layer.invalid.keys()}
    invalid = {k: a for k, a in below.invalid.items() if k not in layer.answers}
    clashes = {k: p for k, p in below.clashes.items() if k not in touched}
    return Kept(
        below.unit,
        answers | layer.answers,
        invalid | layer.invalid,
        {**below.lines, **layer.lines},
        layer.latest,
        clashes | layer.clashes,
        problems,
    )


def _together(unit: str, files: list[Response], expected: Expected) -> Kept:
    """The files of one revision as one: a blank and an answer make an answer."""
    kept = _alone(unit, files[0])
    for number, other in enumerate(files[1:], start=1):
        kept = _joined(kept, files[:number], other, expected)
    return kept


def _alone(unit: str, response: Response) -> Kept:
    def counted(found: Mapping[Key, Answer]) -> dict[Key, Counted]:
        return {key: Counted(*answer, response.file) for key, answer in found.items()}

    lines = {code: (line, response.file) for code, line in response.rows.items()}
    files = frozenset({response.file})
    return Kept(unit, counted(response.answers), counted(response.invalid), lines, files, {}, [])


def _joined(mine: Kept, before: Sequence[Response], other: Response, expected: Expected) -> Kept:
    """What some files of a revision say, and one more."""
    theirs = _alone(mine.unit, other)
    said, heard = mine.answers | mine.invalid, theirs.answers | theirs.invalid
    new = [key for key in differences(said, heard) if key not in mine.clashes]
    if apart(said, heard):
        details = overlap(said, heard)
        details |= {"other": brief(before[0].file), "named": {"text": SOMEONE}}
        clashes = dict.fromkeys(new, other.problem(Code.OTHER_UNIT, **details))
    else:
        clashes = _clashes(mine.unit, said, heard, new, expected)
    unread = theirs.invalid | mine.invalid | {key: said.get(key) or heard[key] for key in clashes}
    answers = {k: a for k, a in (theirs.answers | mine.answers).items() if k not in unread}
    problems = list(mine.problems)
    if any(a.file == other.file and a.place for a in answers.values()):
        files = [brief(response.file) for response in (*before, other)]
        problems.append(before[0].problem(Code.JOINED, files=files))
    elif not clashes:
        same = (r for r in before if not differences(r.answers, other.answers))
        problems.append(other.problem(Code.SAME_TWICE, other=brief(next(same, before[0]).file)))
    return Kept(
        mine.unit,
        answers,
        unread,
        {**theirs.lines, **mine.lines},
        mine.latest | theirs.latest,
        mine.clashes | clashes,
        problems,
    )


def _rated(key: Key, expected: Expected) -> bool:
    """Whether a cell is one of those that a TB answers with its row."""
    table = expected.instrument.rows[key[0]]
    return any(q.name == key[1] for q in table.required)


def _clashes(
    unit: str,
    said: Mapping[Key, Counted],
    heard: Mapping[Key, Counted],
    differing: Sequence[Key],
    expected: Expected,
) -> dict[Key, Problem]:
    """Each cell in which two files of a revision differ; a row that is TB in one is held whole."""
    found: dict[Key, Problem] = {}
    for key in differing:
        if key in found:
            continue
        here, there = said[key], heard[key]
        at = here if here.place else there
        where = {"sheet": at.place[0], "cell": Cell(*at.place, "").address} if at.place else {}
        details = {"value": _shown(here, key, expected), "second": _shown(there, key, expected)}
        files = {"first": brief(here.file), "other": brief(there.file)}
        told = problem(Code.CONFLICT, at.file, unit, **where, **details, **files)
        found[key] = told
        if TB in (here.value, there.value):
            row = [k for k in (*said, *heard) if k[0] == key[0] and _rated(k, expected)]
            found |= dict.fromkeys(row, told)
    return found


def _shown(found: Counted, key: Key, expected: Expected) -> str:
    """What stands in a cell, as the form has it."""
    table = expected.instrument.rows[key[0]]
    kind = next(q.kind for q in table.fields if q.name == key[1])
    if isinstance(kind, Choice) and kind.scheme:
        names = expected.instrument.scheme(kind.scheme)["name"]
        return str(names.get(found.value, found.value))
    if isinstance(kind, Text):
        return str(found.value)
    return f"{found.value:g}" if isinstance(found.value, float) else str(found.value)
