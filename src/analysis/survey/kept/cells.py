"""Every cell that a unit is asked: what stands there as it was typed, and where."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

import pandas as pd

from analysis.privacy import mask
from analysis.survey.asked.fields import Choice
from analysis.survey.kept.layers import Counted, Kept
from analysis.survey.kept.rows import frame
from analysis.survey.returned.expected import Expected
from analysis.survey.returned.response import Key, Place
from analysis.survey.returned.workbook import Cell

ANSWERED, INVALID, HELD, BLANK = "answered", "invalid", "held", "blank"
COLUMNS = ["unit", "item", "field", "value", "state", "file", "sheet", "cell", "respondent"]


def cells(kept: Iterable[Kept], expected: Expected) -> pd.DataFrame:
    """A row for each cell that units are asked, in the order of the form, and for each row's code.

    `kept`: each respondent's, whose number is in `respondent`.

    `value` is typed text, personal numbers covered: of a choice its name, of a row that does not
    apply TR where that was typed. `state`: answered, invalid (it cannot be read), held (files
    contradict each other, or themselves) or blank; missing for a code, of which `field` is empty.
    `file`, `sheet` and `cell` are missing where no workbook has such a cell.
    """
    names = {
        scheme: dict(expected.instrument.scheme(scheme)["name"])
        for table in expected.instrument.tables
        for q in table.fields
        if isinstance(q.kind, Choice) and (scheme := q.kind.scheme)
    }
    rows = (row for one in kept for row in _rows(one, expected, names))
    return frame(rows, dict.fromkeys(COLUMNS, "string"))


def of_units(every: pd.DataFrame) -> pd.DataFrame:
    """Of the cells of several respondents of a unit that which is most of an answer."""
    keys = ["unit", "item", "field"]
    if not every.duplicated(keys).any():
        return every
    rank = every["state"].map({ANSWERED: 0, HELD: 1, INVALID: 1, BLANK: 2}).fillna(0)
    best = rank.sort_values(kind="stable").index
    kept = every.loc[best].drop_duplicates(keys).index
    return every.loc[kept.sort_values()].reset_index(drop=True)


def _rows(kept: Kept, expected: Expected, names: Mapping[str, Mapping]) -> Iterator[tuple]:
    """`names`: by scheme the names of its categories."""
    for table in expected.asked(kept.unit):
        for code in table.codes:
            line, file = kept.lines.get(code, (None, None))
            columns = dict(line.columns) if line else {}
            if line:
                at = _stands((line.sheet, line.row, line.code))
                yield (kept.unit, code, "", None, None, file, *at, kept.respondent)
            for question in table.fields:
                found, state = _found(kept, (code, question.name))
                typed, where, place = None, file, None
                if found and found.place:
                    offered = names.get(getattr(question.kind, "scheme", ""), {})
                    typed = _typed(found.value, state, offered)
                    where, place = found.file, found.place
                elif line and question.name in columns:
                    place = line.sheet, line.row, columns[question.name]
                at = _stands(place)
                yield (kept.unit, code, question.name, typed, state, where, *at, kept.respondent)


def _found(kept: Kept, key: Key) -> tuple[Counted | None, str]:
    if key in kept.invalid:
        return kept.invalid[key], HELD if key in kept.clashes else INVALID
    return kept.answers.get(key), ANSWERED if key in kept.answers else BLANK


def _typed(value: object, state: str, offered: Mapping[str, str]) -> str:
    """What was typed, of a choice its name; answers are covered since they were read."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, str):
        value = offered.get(value, value)
        return value if state == ANSWERED else str(mask(value))
    return str(value)


@lru_cache(4096)
def _stands(place: Place | None) -> tuple[str | None, str | None]:
    """The sheet and the address of a place."""
    return (place[0], Cell(*place, "").address) if place else (None, None)
