"""A chart as rows of large letters: what a card of a messenger can show and a telephone can read.

Drawn from the numbers that the chart itself shows, as its small picture on the index is: no form of
it has letters large enough.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analysis.reports.share.measure import one_line
from analysis.tables import MARKS, cell

ENDS = {"ranked": 3, "dumbbell": 2, "bars": 1, "cloud": 1}
"""The kinds of charts that can be, and how many of a row's numbers each draws."""
BARS = ("bars", "cloud")


@dataclass(frozen=True)
class Row:
    """A name, its number as text, how sure it is as a mark, and places from 0 to 100: of a dot or
    the end of a bar (`at`), and of the line or the bar itself (`start`, `end`).
    """

    name: str
    shown: str
    mark: str
    clear: bool
    at: float | None
    start: float
    end: float


def rows(content: Mapping[str, Any]) -> list[Row]:
    """The rows of a chart of intervals, of ways from one number to another, of bars or shares.

    None where it is of another kind, or lacks a number.
    """
    kind = content["chart"]
    if kind not in ENDS:
        return []
    columns = content["columns"]
    numeric = [i for i, column in enumerate(columns) if column["format"] != "text"]
    level = next((i for i, column in enumerate(columns) if column["key"] == "level_name"), None)
    table = [[row[i] for i in numeric[: ENDS[kind]]] for row in content["rows"]]
    if any(not values or values[0] is None for values in table):
        return []
    filled = [[values[0] if v is None else v for v in values] for values in table]
    scaled = _scaled(filled, from_nought=kind in BARS)
    marks = [str(row[level]).split(" ")[0] if level is not None else "" for row in content["rows"]]
    found = []
    for row, values, places, mark in zip(content["rows"], table, scaled, marks, strict=True):
        form = columns[numeric[0]]["format"]
        said = [cell(v, form) for v in (values if kind == "dumbbell" else values[:1])]
        start, end = (0.0, places[0]) if kind in BARS else (min(places), max(places))
        at = None if kind in BARS else places[-1 if kind == "dumbbell" else 0]
        sure = level is None or mark == MARKS["clear"]
        found.append(Row(one_line(str(row[0])), " → ".join(said), mark, sure, at, start, end))
    return found


def _scaled(table: Sequence[Sequence[float]], from_nought: bool) -> list[list[float]]:
    values = [v for row in table for v in row]
    low, high = min(values), max(values)
    low = min(low, 0.0) if from_nought else low
    return [[(v - low) / ((high - low) or 1) * 100 for v in row] for row in table]
