"""Several respondents of one unit: what of all their answers is the unit's, and each one's own."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from math import prod
from statistics import fmean, median
from typing import Any

import pandas as pd

from analysis.survey.asked.fields import TR, Choice, Field, Scale, Text
from analysis.survey.asked.instrument import Instrument
from analysis.survey.asked.questionnaire import Table
from analysis.survey.kept.layers import Counted, Kept
from analysis.survey.kept.rows import frame
from analysis.survey.kept.settled import address
from analysis.survey.returned.expected import Expected
from analysis.survey.returned.response import Key, Response

APART = " · "  # between what several wrote in one cell
COLUMNS = {
    **dict.fromkeys(("unit", "respondent", "item", "field"), "string"),
    "value": "Float64",
    **dict.fromkeys(("text", "file", "cell"), "string"),
}
Given = list[Counted]


def apart(responses: Sequence[Response]) -> list[list[Response]]:
    """A unit's workbooks by respondent, in the order of their numbers."""
    found: dict[str, list[Response]] = {}
    for response in responses:
        found.setdefault(response.respondent, []).append(response)
    return [found[name] for name in sorted(found, key=_order)]


def _order(respondent: str) -> tuple[bool, int, str]:
    number = int(respondent) if respondent.isdecimal() else 0
    return not number, number, respondent


def called(item: str, each: Sequence[Kept], one: Kept) -> str:
    """What a row of a unit's own is called in the tables: by its code, of the others with theirs.

    Of the first respondent “QW-1”, of another “QW-1/2”.
    """
    return item if one is each[0] else f"{item}/{one.respondent}"


def item_of(name: str) -> str:
    """The code of a row of a unit's own, whoever wrote it."""
    return name.partition("/")[0]


def together(each: Sequence[Kept], expected: Expected) -> Kept:
    """What counts of a unit: in each cell what all its respondents say together.

    A cell is answered where any of them answered it; a row does not apply where all who answered it
    say so. Of scales the mean, of judgements in pairs the geometric mean (strength as a ratio: 3
    times A and 3 times B make 1), of choices the most frequent (of equally frequent ones that which
    the form offers first), of amounts the median, of texts all. Of rows of a unit's own only what
    one wrote: they are kept row by row (see `tables.answers`). Of one respondent what he says.
    """
    first, *others = each
    if not others:
        return first
    answers: dict[Key, Counted] = {}
    for table in expected.asked(first.unit):
        for item in table.codes:
            answers |= _row(table, item, each, expected.instrument)
    invalid = _first([one.invalid for one in each])
    invalid = {key: found for key, found in invalid.items() if key not in answers}
    clashes = _first([one.clashes for one in each])
    return Kept(
        first.unit,
        answers,
        invalid,
        _first([one.lines for one in each]),
        frozenset().union(*(one.latest for one in each)),
        {key: told for key, told in clashes.items() if key in invalid},
        [],
        frozenset().union(*(one.settled for one in each)),
    )


def _first(parts: Sequence[Mapping]) -> dict:
    """What the first who has it says, key by key."""
    return {key: said for part in reversed(parts) for key, said in part.items()}


def _row(asked: Table, item: str, each: Sequence[Kept], known: Instrument) -> dict[Key, Counted]:
    fields = asked.asked(item)
    said = [{f.name: c for f in fields if (c := one.answers.get((item, f.name)))} for one in each]
    said = [row for row in said if row]
    if asked.slots:
        return {(item, name): found for name, found in (said[0] if said else {}).items()}
    required = {f.name for f in asked.required}
    if any(c.value != TR for row in said for name, c in row.items() if name in required):
        said = [{n: c for n, c in r.items() if not (n in required and c.value == TR)} for r in said]
    given = {f.name: [r[f.name] for r in said if f.name in r] for f in fields}
    values = {f.name: _value(f, found, known) for f in fields if (found := given[f.name])}
    if asked.pairs:
        values = _judged(said)
    return {(item, name): given[name][0]._replace(value=v) for name, v in values.items()}


def _value(field: Field, given: Given, known: Instrument) -> object:
    """What those who answered a cell say together."""
    values: list[Any] = [found.value for found in given]
    if all(value == values[0] for value in values):
        return values[0]
    if isinstance(field.kind, Text):
        return quoted(values)
    if isinstance(field.kind, Choice):
        offered = field.kind.options or list(known.scheme(field.kind.scheme).index)
        counts = Counter(values)
        return max(offered, key=lambda choice: counts[choice])
    return fmean(values) if isinstance(field.kind, Scale) else median(values)


def quoted(texts: Sequence[str]) -> str:
    """What several wrote in one cell, each in its own quotation marks; one text as it is."""
    different = list(dict.fromkeys(texts))
    return different[0] if len(different) == 1 else APART.join(f"“{text}”" for text in different)


def _judged(said: Sequence[Mapping[str, Counted]]) -> dict[str, object]:
    """A judgement of two: which side, and how many times more, of all who said both.

    1 says as much without a side. Where nobody judged, the half judgement of the first, so that no
    two halves are taken for a whole.
    """
    sides = [{name: found.value for name, found in row.items()} for row in said]
    both: list[tuple] = [(s.get("more"), s.get("strength")) for s in sides]
    both = [(side, times) for side, times in both if times and (side or times == 1)]
    if not both:
        return dict(sides[0]) if said else {}
    ratio = prod(t if side == "A" else 1 / t for side, t in both) ** (1 / len(both))
    side, times = (
        both[0] if len(set(both)) == 1 else ("A", ratio) if ratio >= 1 else ("B", 1 / ratio)
    )
    found = {"more": side, "strength": times}
    return {name: value for name, value in found.items() if any(name in s for s in sides)}


def table(kept: Mapping[str, Sequence[Kept]], expected: Expected) -> pd.DataFrame:
    """What each respondent of the units with several says: a row per cell that he answered.

    `kept`: by unit, each respondent's. Columns: unit, respondent, item, field, value (a number,
    missing where none is asked, or for a row that does not apply), text (what else is answered: a
    choice's id, a text), file and cell (``<sheet>!<A1>``), missing where nothing is typed.
    """
    rows = (row for each in kept.values() if len(each) > 1 for row in _rows(each, expected))
    return frame(rows, COLUMNS)


def _rows(each: Sequence[Kept], expected: Expected) -> Iterator[tuple]:
    for one in each:
        for asked in expected.asked(one.unit):
            for item in asked.codes:
                name = called(item, each, one) if asked.slots else item
                for field in asked.fields:
                    if found := one.answers.get((item, field.name)):
                        said, place = found.value, found.place and address(found.place)
                        number = isinstance(said, int | float)
                        value, text = (said, None) if number else (None, said)
                        key = (one.unit, one.respondent, name, field.name)
                        yield (*key, value, text, found.file, place)
