"""How far the same offices moved between two periods, in figures.

A frame of pairs has a row per unit and item, with unit, group, group_name, earlier, later and
change (later less earlier), NaN where there is no pair: every mean is over the same units in both.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.methods import paired
from analysis.stages.evidence import aggregate, estimates
from analysis.text import _

Scale = tuple[float, float]
YEARS = 5
"""In how many years the target of the questionnaire should be reached."""
ALL = "all"  # stands for an item where all are taken together
PUBLISHED, ITEMS, UNITS, SAME = "published", "items", "units", "same"


def width(scale: Scale) -> Scale:
    """Between what values a difference of two answers on a scale lies."""
    return scale[0] - scale[1], scale[1] - scale[0]


def pairs(before: pd.DataFrame, after: pd.DataFrame, value: str) -> pd.DataFrame:
    """A frame of pairs from two frames whose rows are alike."""
    first, second = (frame[value].astype(float) for frame in (before, after))
    whole = first.notna() & second.notna()
    first, second = first.where(whole), second.where(whole)
    return after.assign(earlier=first, later=second, change=second - first)


def moved(
    made: pd.DataFrame, item: str, keep: Sequence[str], scale: Scale, confidence: float = 0.95
) -> pd.DataFrame:
    """A row per item of a frame of pairs.

    Columns: `item`, `keep`; earlier and later (means over the same units), change with low and
    high, n; rose, stayed and fell (units); persistence (see `paired.correlation`). `scale`: its
    ends. Interval: `estimates.estimate` of the differences.
    """
    columns = [item, *keep, "earlier", "later", "change", "low", "high", "n"]
    table = aggregate.over_units(made, item, "change", keep, confidence, scale=width(scale))
    table = table.rename(columns={"mean": "change"})
    if made.empty:
        counted = ["earlier", "later", "rose", "stayed", "fell", "persistence"]
        return table.reindex(columns=[*columns, *counted[2:]])
    wide = {name: aggregate.wide(made, item, name) for name in ("earlier", "later", "change")}
    more = pd.DataFrame({name: wide[name].mean() for name in ("earlier", "later")})
    more = more.join(paired.directions(wide["change"]))
    more["persistence"] = paired.correlation(wide["earlier"], wide["later"])
    found = table[[c for c in columns if c in table]].join(more, on=item)
    return found[[*columns, "rose", "stayed", "fell", "persistence"]]


def bridge(means: dict[str, tuple[float, float]]) -> pd.DataFrame:
    """What of the difference of two published figures is due to what.

    `means`: earlier and later, as PUBLISHED, on common ITEMS (all units), and on common items and
    units (SAME). Returns a row each for the published one, the same items and units, the items,
    and the units and cells: item, name, earlier, later (NaN for the last two) and change, the last
    three of which sum to the first. Items are taken away first, then units; another order would
    share out differently what belongs to both.
    """
    apart = {name: later - earlier for name, (earlier, later) in means.items()}
    none = (np.nan, np.nan)
    rows = [
        (PUBLISHED, _("seperti terbit"), *means[PUBLISHED], apart[PUBLISHED]),
        (SAME, _("pertanyaan dan perangkat daerah yang sama"), *means[SAME], apart[SAME]),
        (ITEMS, _("karena pertanyaan berbeda"), *none, apart[PUBLISHED] - apart[ITEMS]),
        (UNITS, _("karena perangkat daerah atau isian berbeda"), *none,
         apart[ITEMS] - apart[SAME]),
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["item", "name", "earlier", "later", "change"])


def journey(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """From the condition and the target of the earlier period to the condition of the later.

    `before` and `after`: the gap table, rows alike. Returns `after` with start, target (both of
    the earlier period) and now, NaN unless all three are given, moved (now - start) and way
    (target - start).
    """
    columns = {"start": before["current"], "target": before["target"], "now": after["current"]}
    given = pd.DataFrame(columns).astype(float)
    given = given.where(given.notna().all(axis="columns"))
    moved, way = given["now"] - given["start"], given["target"] - given["start"]
    return after.assign(**given, moved=moved, way=way)


def together(made: pd.DataFrame) -> pd.DataFrame:
    """A `journey` of one item for all of them, each unit the mean of what it rated."""
    if made.empty:
        return made
    columns = ["start", "target", "now", "moved", "way"]
    table = made.groupby(["unit", "group", "group_name"], sort=False)[columns].mean()
    return table.reset_index().assign(item=ALL, name=_("semua subdimensi"), dimension_name="")


def covered(made: pd.DataFrame, confidence: float = 0.95) -> pd.DataFrame:
    """Which part of the way to its target each item has gone.

    `made`: a `journey`. Columns: item, name, dimension_name; start, target, now (means over the
    same units), covered with covered_low and covered_high (per cent: mean of moved over mean of
    way; below 0 where it went back, above 100 beyond the target) and n. The part is NaN where the
    target does not lie surely above the start: by the interval of the way, at `confidence`. Source
    of the interval: `estimates.estimate`, of the ratio over joint resamples.
    """
    names = ["name", "dimension_name"]
    table = aggregate.over_units(made, "item", "way", names, confidence)
    if made.empty:
        ends = ["start", "target", "now", "covered", "covered_low", "covered_high", "n"]
        return table[["item", *names]].reindex(columns=["item", *names, *ends])
    moved, way = (aggregate.wide(made, "item", name) for name in ("moved", "way"))

    def part(drawn: np.ndarray) -> pd.DataFrame:
        gone, whole = estimates.means(drawn, moved), estimates.means(drawn, way)
        known = np.abs(whole) > estimates.ROUNDING
        shares = np.divide(gone, whole, out=np.full_like(gone, np.nan), where=known)
        return pd.DataFrame(100 * shares, columns=moved.columns)

    figures = estimates.estimate(aggregate.strata(made), part, way.count(), confidence)
    figures = figures[["value", "low", "high"]].set_axis(
        ["covered", "covered_low", "covered_high"], axis="columns"
    )
    surely = (table.set_index("item")["low"] > 0).reindex(figures.index)
    means = made.groupby("item")[["start", "target", "now"]].mean()
    table = table[["item", *names, "n"]].join(means, on="item")
    table = table.join(figures.where(surely), on="item")
    ends = ["start", "target", "now", "covered", "covered_low", "covered_high", "n"]
    table = table[["item", *names, *ends]]
    return table.sort_values("covered", ascending=False, kind="stable", ignore_index=True)


def years(earlier: str, later: str) -> int | None:
    """How many years lie between two periods; None where their names do not begin with years."""
    found = [period[:4] for period in (earlier, later)]
    if not all(year.isascii() and year.isdigit() for year in found):
        return None
    return int(found[1]) - int(found[0])
