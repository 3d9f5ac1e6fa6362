"""An index of weighted levels: what it comes to, what its parts are, what is published of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.methods import weighted
from analysis.text import _, number

CITY = "kota"


@dataclass(frozen=True, eq=False)
class Value:
    """What an index comes to, its parts (by tier of the tree a Series), and its predicate."""

    total: float
    tiers: Mapping[str, pd.Series]
    predicate: str


def tree(index: Any) -> pd.DataFrame:
    """The indicators of an index by their code: its tiers, the outermost first, and weight."""
    return index.items.set_index("code")[[*index.tiers, "weight"]]


def value(
    levels: pd.Series,
    indicators: pd.DataFrame,
    scale: tuple[float, float],
    predicates: Mapping[str, float],
) -> Value:
    """The index: sum(weight x level) / sum(weight).

    `levels`: by indicator; `indicators`: from `tree`; `scale`: its ends. Raises ValueError that
    names a missing indicator or a level outside the scale.
    Source: Permen PANRB 59/2020 for the index of SPBE; one respondent, so it has no interval.
    """
    index = weighted.tree_index(levels, indicators, bounds=scale)
    return Value(index.total, index.tiers, predicate(index.total, predicates))


def predicate(index: float, predicates: Mapping[str, float]) -> str:
    """The name of the predicate with the highest lower bound that the index reaches.

    `predicates`: the lower bound of each by its name, customary, so each city gives its own.
    """
    reached = {name: bound for name, bound in predicates.items() if index >= bound}
    if not reached:
        raise ValueError(f"no predicate reaches down to {index:g}")
    return max(reached, key=lambda name: reached[name])


def assessed(
    answers: pd.DataFrame,
    indicators: pd.DataFrame,
    scale: tuple[float, float],
    predicates: Mapping[str, float],
) -> Value | None:
    """The city's own assessment; None unless every indicator has a level.

    `answers`: item and level, once for each indicator; all else as in `value`.
    """
    levels = answers.dropna(subset="level").set_index("item")["level"]
    if len(levels) < len(indicators):
        return None
    return value(levels, indicators, scale, predicates)


def parts(items: pd.DataFrame, tiers: Sequence[str], found: Value | None) -> pd.DataFrame:
    """The innermost parts of a self-assessed index: above_name, part_name, level.

    `items`: those of the index; `above_name`: the part above, if there is one. Without a value
    there are no rows.
    """
    inner, above = tiers[-1], tiers[-2] if len(tiers) > 1 else ""
    names = items.drop_duplicates(inner).set_index(inner)
    named = {"above_name": names[f"{above}_name"]} if above else {}
    table = pd.DataFrame({**named, "part_name": names[f"{inner}_name"]})
    if found is None:
        return table.iloc[:0].assign(level=float("nan"))
    return table.assign(level=found.tiers[inner]).reset_index(drop=True)


def by_indicator(index: Any, answers: pd.DataFrame, asked: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Every indicator of an index in its order, and who answers for it.

    `answers`: as in `assessed`, with evidence; `asked`: from `Table.asks` of each of its tables.
    Columns: item, name (with a star where that is not verified), part_name, unit, unit_name, level,
    said (the level and what it means on the indicator's own scale), evidence; the unit is missing
    where it is not among those selected.
    """
    items = index.items
    stars = {code for table in index.tables for code in table.unverified}
    owners = pd.concat(asked).set_index("code")
    given = answers.drop_duplicates("item").set_index("item")
    table = pd.DataFrame({"item": items["code"], "part_name": items[f"{index.tiers[-1]}_name"]})
    table["name"] = [
        n + "*" * (c in stars) for c, n in zip(items["code"], items["name"], strict=True)
    ]
    for column in ("unit", "unit_name"):
        table[column] = table["item"].map(owners[column])
    table["evidence"] = table["item"].map(given["evidence"])
    table["level"] = table["item"].map(given["level"]).astype(float)
    pairs = zip(table["item"], table["level"], strict=True)
    return table.assign(said=[_said(index, item, level) for item, level in pairs])


def _said(index: Any, item: str, level: float) -> str:
    """A level with its word on the scale of its item."""
    if pd.isna(level):
        return ""
    if level % 1:
        return number(level, 1)  # of several respondents: no word stands for it
    own = next((t.own[item] for t in index.tables if item in t.own), index.scale)
    return f"{level:.0f} {own.words[int(level) - own.low]}"


def coverage(found: pd.DataFrame) -> pd.DataFrame:
    """By unit that answers for any: unit_name, items_asked, items_answered; `found`: from
    `by_indicator`."""
    table = found.groupby("unit_name", sort=False)["level"].agg(
        items_asked="size", items_answered="count"
    )
    return table.sort_values("items_asked", ascending=False, kind="stable").reset_index()


def official(
    statistics: pd.DataFrame, indicator: str, predicates: Mapping[str, float]
) -> pd.DataFrame:
    """The published values of an `indicator` by year.

    Columns: year, area, area_name, value, predicate, used, used_name, source, note.
    """
    points = statistics[statistics["indicator"] == indicator].sort_values(["area", "year"])
    areas = {CITY: _("Kota"), "nasional": _("Nasional")}
    return points.assign(
        area_name=points["area"].map(areas).fillna(points["area"]),
        used_name=points["used"].map({True: _("ya"), False: _("tidak")}),
        predicate=[predicate(value, predicates) for value in points["value"]],
    ).reset_index(drop=True)


def used(published: pd.DataFrame) -> pd.DataFrame:
    """Those of the city that are used; `published`: from `official`."""
    return published[(published["area"] == CITY) & published["used"]]
