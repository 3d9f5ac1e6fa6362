"""What of an exhibit a page shows alone, or in another order, where a reader asks for it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from analysis.levels import CLEAR
from analysis.text import _

LONG = 15
"""Of a table with more rows than these a page shows the first ones, and offers the others."""


@dataclass(frozen=True)
class Parts:
    """The parts of an exhibit.

    `choices`: number, name and how many rows each; `count`: how many rows there are; `rows`: the
    number of each row's part, 0 for one that is of none.
    """

    choices: list[tuple[int, str, int]]
    count: int
    rows: list[int]


def parts(content: Mapping[str, Any]) -> Parts | None:
    """The clear ones of many comparisons, or the groups of units that many rows are of.

    A row of a chart is all that stands under one name. None where there is nothing to choose.
    """
    shown = content.get("rows", ())
    names = [str(row[0]) if content["kind"] == "chart" else at for at, row in enumerate(shown)]
    if len(set(names)) <= LONG:
        return None
    levels = {claim["id"]: claim["level"] for claim in content.get("ledger", ())}
    keys = content.get("keys") or {}
    if levels:
        known = [_("Jelas saja")]
        rows = [int(levels.get(id) == CLEAR) for id in content["claims"]]
        least = 1
    else:
        places = {scope: at for at, (scope, _name) in enumerate(keys.get("groups", ()), 1)}
        known = [name for _scope, name in keys.get("groups", ())]
        rows = [places.get(scope, 0) for _item, scope in keys.get("rows", ())]
        least = 2
    counts = Counter(part for _name, part in dict.fromkeys(zip(names, rows, strict=False)))
    choices = [(part, name, counts[part]) for part, name in enumerate(known, 1) if counts[part]]
    worth = len(choices) >= least and len(counts) > 1
    return Parts(choices, counts.total(), rows) if worth else None


def orders(content: Mapping[str, Any]) -> dict[str, list[int]]:
    """The orders of a long table by the heading of what they go by: the places of its rows.

    The first is its own. What is equal stays in that order, and what is missing comes last.
    """
    shown, columns = content.get("rows", ()), content.get("columns", ())
    heads = {column["key"]: (at, column["label"]) for at, column in enumerate(columns)}
    made: dict[str, list[int]] = {}
    if len(shown) <= LONG:
        return made
    for at, label in (heads[key] for key in content.get("sorts", ()) if key in heads):
        by = [(row[at] is None, row[at]) for row in shown]
        places = range(len(shown))
        made[label] = sorted(places, key=by.__getitem__) if made else list(places)
    return made
