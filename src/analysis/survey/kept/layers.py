"""A respondent's workbooks laid over each other: what counts in each cell, and whose word it is.

A later revision is laid over the earlier ones cell by cell: its answers win, and its blanks erase
nothing. What files of one revision say is put together; where they contradict, nothing counts.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, NamedTuple

from analysis.survey.asked.fields import TR, Choice, Text
from analysis.survey.asked.labels import FIRST
from analysis.survey.kept.strangers import SOMEONE, apart, differences, overlap, typed
from analysis.survey.returned.expected import Expected
from analysis.survey.returned.response import Answer, Key, Line, Place, Response, brief
from analysis.survey.returned.workbook import Cell
from analysis.survey.told.problems import Code, Details, Problem, problem


class Counted(NamedTuple):
    """What counts in a cell, or was typed there and cannot count; its place, in which file."""

    value: object
    place: Place | None
    file: str

    def problem(self, code: Code, unit: str, **details: Any) -> Problem:
        """A problem at this cell, about its value unless `details` say otherwise."""
        where: Details = {}
        if self.place:
            where = {"sheet": self.place[0], "cell": Cell(*self.place, "").address}
        return problem(code, self.file, unit, **(where | {"value": self.value} | details))


@dataclass(frozen=True, eq=False)
class Kept:
    """What counts of a unit's workbooks: of one `respondent`, or of all (see `respondents`).

    `answers` and `invalid` as in a response; `lines` says by code where a row stands, and in which
    file: the latest that has it. `latest`: the files of the highest revision. `clashes`: by cell
    what files of one revision contradict each other in; `problems`: what else is to be told of
    workbooks beside each other. `settled`: the cells, by file and place, on which the coordinator
    decided: nothing is asked about them.
    """

    unit: str
    answers: Mapping[Key, Counted]
    invalid: Mapping[Key, Counted]
    lines: Mapping[str, tuple[Line, str]]
    latest: frozenset[str]
    clashes: Mapping[Key, Problem]
    problems: list[Problem]
    settled: frozenset[tuple[str, str | None, str | None]] = frozenset()
    respondent: str = FIRST

    def asks(self, question: Problem) -> bool:
        """Whether a question about a cell is still open."""
        return (question.file, question.sheet, question.cell) not in self.settled

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
    """What counts for a unit, of one workbook or more of one of its respondents."""
    ordered = sorted(responses, key=lambda r: (r.revision, unit not in _named(r, expected)))
    revisions = [list(files) for _n, files in groupby(ordered, key=lambda r: r.revision)]
    kept, blanked = Kept(unit, {}, {}, {}, frozenset(), {}, []), []
    for files in revisions:
        layer = _together(unit, files, expected)
        blanked += [(files[0], key, answer) for key, answer in _blanked(kept, layer).items()]
        kept = _over(kept, layer, files[0], expected)
    problems = [*dict.fromkeys(kept.clashes.values()), *kept.problems]
    for files in revisions[1:]:
        erased = [k for f, k, old in blanked if f is files[0] and kept.answers.get(k) is old]
        problems += _revision_blanks(files[0], erased)
    for response in ordered:
        if response.file not in kept.latest and not kept.uses(response):
            details = {"revision": ordered[-1].revision, "other": brief(ordered[-1].file)}
            problems.append(response.problem(Code.OLDER_REVISION, **details))
    return replace(kept, problems=problems, respondent=ordered[0].respondent)


def _named(response: Response, expected: Expected) -> set[str]:
    return {unit.id for unit in expected.named(response.file)}


def _blanked(below: Kept, layer: Kept) -> dict[Key, Counted]:
    """What counted before a revision, and stands blank in it."""
    touched = layer.answers.keys() | layer.invalid.keys()
    return {
        key: answer
        for key, answer in below.answers.items()
        if key[0] in layer.lines and answer.place and key not in touched
    }


def _revision_blanks(response: Response, erased: list[Key]) -> list[Problem]:
    """How many answers a revision left blank that count all the same, and where."""
    if not erased:
        return []
    places = [response.rows[code].place(name) for code, name in erased if code in response.rows]
    cells = [f"{p[0]}!{Cell(*p, '').address}" for p in sorted(filter(None, places))]
    details = {"revision": response.revision, "count": len(erased), "cells": cells}
    return [response.problem(Code.REVISION_BLANKS, **details)]


def _over(below: Kept, layer: Kept, first: Response, expected: Expected) -> Kept:
    """A later revision laid over what counted before it."""
    touched = layer.answers.keys() | layer.invalid.keys()
    rows = {key[0] for key in touched if _rated(key, expected)}
    # A row that was TR, or TR in one file of two, and is answered now is answered anew as a whole.
    rows_held = {p for p, n in Counter(below.clashes.values()).items() if n > 1}
    no_longer = {k for k, a in below.answers.items() if a.value == TR and k[0] in rows}
    no_longer |= {k for k, p in below.clashes.items() if k[0] in rows and p in rows_held and p.cell}
    problems = below.problems + layer.problems
    if apart(below.answers, layer.answers):
        details = overlap(below.answers, layer.answers) | {"revision": first.revision}
        problems.append(first.problem(Code.REVISION_DIFFERS, **details))
    gone = no_longer | touched
    return Kept(
        below.unit,
        {k: a for k, a in below.answers.items() if k not in gone} | dict(layer.answers),
        {k: a for k, a in below.invalid.items() if k not in gone} | dict(layer.invalid),
        {**below.lines, **layer.lines},
        layer.latest,
        {k: p for k, p in below.clashes.items() if k not in gone} | dict(layer.clashes),
        problems,
    )


def _together(unit: str, files: list[Response], expected: Expected) -> Kept:
    """The files of one revision as one: a blank and an answer make an answer."""
    kept = _alone(unit, files[0])
    for number, other in enumerate(files[1:], start=1):
        kept = _joined(kept, files[:number], other, expected)
    used = [r for r in files if any(a.file == r.file and a.place for a in kept.answers.values())]
    if len(used) > 1:
        joined = used[0].problem(Code.JOINED, files=[brief(r.file) for r in used])
        kept = replace(kept, problems=[*kept.problems, joined])
    return kept


def _alone(unit: str, response: Response) -> Kept:
    def counted(found: Mapping[Key, Answer]) -> dict[Key, Counted]:
        return {key: Counted(*answer, response.file) for key, answer in found.items()}

    lines = {code: (line, response.file) for code, line in response.rows.items()}
    files = frozenset({response.file})
    return Kept(unit, counted(response.answers), counted(response.invalid), lines, files, {}, [])


def _joined(mine: Kept, before: Sequence[Response], other: Response, expected: Expected) -> Kept:
    """What some files of a revision say, and one more.

    Of one that is far apart nothing is taken, and what it contradicts is held back: nobody can tell
    whose answers these are.
    """
    theirs = _alone(mine.unit, other)
    said, heard = {**mine.answers, **mine.invalid}, {**theirs.answers, **theirs.invalid}
    new = [key for key in differences(said, heard) if key not in mine.clashes]
    if strange := apart(said, heard):
        details = overlap(said, heard)
        details |= {"other": brief(before[0].file), "named": {"text": SOMEONE}}
        clashes = dict.fromkeys(new, other.problem(Code.OTHER_UNIT, **details))
        theirs = replace(theirs, answers={}, invalid={}, lines={})
    else:
        clashes = _clashes(mine.unit, said, heard, new, expected)
    unread = {**theirs.invalid, **mine.invalid}
    unread |= {key: said.get(key) or heard[key] for key in clashes}
    answers = {k: a for k, a in {**theirs.answers, **mine.answers}.items() if k not in unread}
    problems = list(mine.problems)
    if not (strange or clashes or any(a.file == other.file for a in answers.values() if a.place)):
        same = (r for r in before if not differences(r.answers, other.answers))
        problems.append(other.problem(Code.SAME_TWICE, other=brief(next(same, before[0]).file)))
    return Kept(
        mine.unit,
        answers,
        unread,
        {**theirs.lines, **mine.lines},
        mine.latest | theirs.latest,
        {**mine.clashes, **clashes},
        problems,
    )


def _rated(key: Key, expected: Expected) -> bool:
    """Whether a cell is one of those that a TR answers with its row."""
    table = expected.instrument.rows[key[0]]
    return any(q.name == key[1] for q in table.required)


def _clashes(
    unit: str,
    said: Mapping[Key, Counted],
    heard: Mapping[Key, Counted],
    differing: Sequence[Key],
    expected: Expected,
) -> dict[Key, Problem]:
    """Each cell in which two files of a revision differ; a row that is TR in one is held whole."""
    found: dict[Key, Problem] = {}
    for key in differing:
        if key in found:
            continue
        here, there = said[key], heard[key]
        at = here if here.place else there
        details = {"value": shown(here, key, expected), "second": shown(there, key, expected)}
        files = {"first": brief(here.file), "other": brief(there.file)}
        told = at.problem(Code.CONFLICT, unit, **details, **files)
        found[key] = told
        if TR in (here.value, there.value):
            row = [k for k in (*said, *heard) if k[0] == key[0] and _rated(k, expected)]
            found |= dict.fromkeys(row, told)
    return found


def shown(found: Counted, key: Key, expected: Expected) -> str:
    """What stands in a cell, as the form has it."""
    table = expected.instrument.rows[key[0]]
    kind = next(q.kind for q in table.fields if q.name == key[1])
    if isinstance(kind, Choice) and kind.scheme:
        names = expected.instrument.scheme(kind.scheme)["name"]
        return str(names.get(found.value, found.value))
    if isinstance(kind, Text):
        return str(found.value)
    return typed(found.value)
