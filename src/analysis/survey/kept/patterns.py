"""Levels that can be read but hardly meant: by how they lie beside each other, and others'."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from analysis.survey.asked.fields import Scale
from analysis.survey.asked.questionnaire import Table
from analysis.survey.kept.layers import Kept
from analysis.survey.returned.expected import Expected
from analysis.survey.returned.response import Key
from analysis.survey.told.problems import Code, Problem
from analysis.text import N_, _

COLUMN, ENOUGH = 5, 20  # fewest answers of a column, of a table, for straight lines to be judged
NEARLY = 0.9  # from this share of like answers on, a table was answered in a straight line
TARGETS = 10  # fewest targets that may all be as things are now
AT_ONCE = 256  # respondents whose likeness to all others is counted at once
COMMON, ALIKE = 50, 0.95  # fewest answers of two offices, and the share of them that is a copy
ITEMS, OTHERS = 15, 5  # fewest items, and other offices at each, to see a scale turned round
OPPOSED, SURE = 0.5, 3.29  # falling correlation, and Fisher's z beyond which p < .001 (two-sided)
EXCEPTIONS = 0.2  # the share of offices up to which they are exceptions, and no second opinion
NONE = -1  # no level
ENDS = N_("{low} = {least} dan {high} = {most}")


class Scaled(NamedTuple):
    """The cells of one table that are answered on one scale, in the order of the form."""

    table: Table
    kind: Scale
    titles: list[str]
    keys: list[Key]


def patterns(kept: list[Kept], expected: Expected) -> Iterator[Problem]:
    """Straight lines, targets as things are now, answers as another office's, scales turned round.

    `kept`: of each respondent of each unit. Each is told once, at the first of the cells that it is
    about. Rows of an office's own are left out, and so is what fewer have answered than the bounds
    of this module say.
    """
    scales = list(_scales(expected))
    keys = [key for scaled in scales for key in scaled.keys]
    answers = np.array([[_level(one, key) for key in keys] for one in kept])
    for one in kept:
        yield from _straight(one, expected)
        yield from _unmoved(one, expected)
    if len(kept) > 1:
        yield from _copied(kept, answers, keys, expected)
        start = 0
        for scaled in scales:
            part = answers[:, start : start + len(scaled.keys)]
            yield from _turned(kept, part, scaled)
            start += len(scaled.keys)


def _scales(expected: Expected) -> Iterator[Scaled]:
    for table in expected.instrument.tables:
        kinds: dict[Scale, list[tuple[str, str]]] = {}
        for question in table.fields if not table.slots else ():
            if isinstance(question.kind, Scale):
                kinds.setdefault(question.kind, []).append((question.name, _(question.title)))
        for kind, fields in kinds.items():
            keys = [(code, name) for code in table.codes for name, _title in fields]
            yield Scaled(table, kind, [title for _name, title in fields], keys)


def _level(kept: Kept, key: Key) -> int:
    """The level that counts in a cell, or `NONE`."""
    value = kept.value(key)
    return value if isinstance(value, int) else NONE


def _straight(kept: Kept, expected: Expected) -> Iterator[Problem]:
    """Tables in whose columns nearly all answers are the same (straight-lining).

    As on the coordinator's page: see `analysis.stages.evidence.uniform`.
    """
    for table in expected.asked(kept.unit):
        fields = [q.name for q in table.fields if isinstance(q.kind, Scale) and not table.slots]
        keys = [(code, name) for code in table.codes for name in fields]
        keys = [key for key in keys if _level(kept, key) != NONE]
        columns = [Counter(_level(kept, key) for key in keys if key[1] == name) for name in fields]
        columns = [column for column in columns if column.total() >= COLUMN]
        count, same = sum(c.total() for c in columns), sum(max(c.values()) for c in columns)
        if count >= ENOUGH and same / count >= NEARLY:
            told = {"title": _(table.title), "same": same, "count": count}
            yield kept.answers[keys[0]].problem(Code.STRAIGHT_LINE, kept.unit, **told)


def _unmoved(kept: Kept, expected: Expected) -> Iterator[Problem]:
    """Targets that are all as things are now."""
    for table in expected.asked(kept.unit):
        pairs = [[_level(kept, (code, n)) for n in ("current", "target")] for code in table.codes]
        both = [(c, pair) for c, pair in zip(table.codes, pairs, strict=True) if NONE not in pair]
        if len(both) >= TARGETS and all(current == target for _code, (current, target) in both):
            first = kept.answers[both[0][0], "target"]
            yield first.problem(Code.TARGETS_AS_NOW, kept.unit, count=len(both))


def _copied(
    kept: list[Kept], answers: np.ndarray, keys: list[Key], expected: Expected
) -> Iterator[Problem]:
    """Offices of which another has nearly the same answers, unless these are a straight line."""
    # Who gave which level where: how often pairs say the same is a product, exact in so few digits.
    present = (answers != NONE).astype("float32")
    given = [(answers == level).astype("float32") for level in np.unique(answers) if level != NONE]
    for number, one in enumerate(kept):
        if (at := number % AT_ONCE) == 0:
            some = slice(number, number + AT_ONCE)
            common = present[some] @ present.T
            agreed = sum((level[some] @ level.T for level in given), np.zeros_like(common))
        counts, alike = common[at], agreed[at]
        near = np.flatnonzero((counts >= COMMON) & (alike >= ALIKE * counts))
        same = {
            n: (answers[n] == answers[number]) & (answers[n] != NONE)
            for n in near
            if kept[n].unit != one.unit
        }
        twins = [n for n in same if _varied(answers[n][same[n]])]
        if twins:
            closest = max(twins, key=lambda n: alike[n] / counts[n])
            told = {"same": int(alike[closest]), "count": int(counts[closest])}
            names = [expected.known[kept[n].unit].name for n in twins]
            first = one.answers[keys[int(np.argmax(same[closest]))]]
            yield first.problem(Code.SAME_AS_OTHERS, one.unit, **told, twin=names)


def _varied(levels: np.ndarray) -> bool:
    return bool(np.bincount(levels).max() < NEARLY * len(levels))


def _turned(kept: list[Kept], answers: np.ndarray, scaled: Scaled) -> Iterator[Problem]:
    """Few offices whose answers on a scale run against the median of the others'.

    Where many do, the offices are of two opinions. How much one side of a pair outweighs the other
    says nothing without that side.
    """
    if scaled.table.pairs:
        return
    medians, others = _medians_of_others(answers, scaled.kind)
    judged = (answers != NONE) & (others >= OTHERS)
    able = np.flatnonzero(judged.sum(axis=1) >= ITEMS)
    opposed = [n for n in able if _opposed(answers[n][judged[n]], medians[n][judged[n]])]
    if len(opposed) > EXCEPTIONS * len(able):
        return
    low, high = scaled.kind.low, scaled.kind.high
    least, most = ({"text": scaled.kind.labels[end]} for end in (low, high))
    ends = {"text": ENDS, "low": low, "least": least, "high": high, "most": most}
    for n in opposed:
        told = {"titles": scaled.titles, "count": int(judged[n].sum()), "ends": ends}
        first = kept[n].answers[scaled.keys[int(np.argmax(judged[n]))]]
        yield first.problem(Code.SCALE_TURNED, kept[n].unit, **told)


def _opposed(own: np.ndarray, usual: np.ndarray) -> bool:
    """Whether answers fall where others' rise: strongly, and not by chance."""
    if not (own.std() and usual.std()):
        return False
    against = min(-float(np.corrcoef(own, usual)[0, 1]), 0.999999)
    return against >= OPPOSED and bool(np.arctanh(against) * np.sqrt(len(own) - 3) > SURE)


def _medians_of_others(answers: np.ndarray, scale: Scale) -> tuple[np.ndarray, np.ndarray]:
    """For each office and cell the median level of all others, and how many these are."""
    own = answers[:, :, None] == np.array(scale.levels)
    below = (own.sum(axis=0) - own).cumsum(axis=2)
    count = below[:, :, -1]
    halves = [(below > (count[:, :, None] - odd) // 2).argmax(axis=2) for odd in (0, 1)]
    return scale.low + (halves[0] + halves[1]) / 2, count
