"""What the dimensions weigh (stage vision): the units' judgements made into weights.

Analytic Hierarchy Process: Saaty (1980), Harker (1987) where pairs are blank; see
`analysis.methods.ahp` and `judgements`.
"""

import numpy as np
import pandas as pd

from analysis.methods.ranks import differences
from analysis.stages.evidence import claims, estimates, ranks
from analysis.stages.vision.judgements import UNIT, Judgements
from analysis.text import _

EFFECT = "consistency"
"""The kind of comparisons of each weight with and without the inconsistent units."""


def of_units(judged: Judgements) -> pd.DataFrame:
    """The weights of each unit that judged enough pairs: a row per unit and dimension.

    Columns: unit, unit_name, group, group_name, ratio, dimension, dimension_name,
    dimension_short, dimension_weight (a unit's sum to 1).
    """
    units = judged.units[judged.units["used"]]
    weights = judged.weigh(judged.logs.loc[units["unit"]].to_numpy())
    table = pd.DataFrame(weights, pd.Index(units["unit"], name="unit"), judged.names.index)
    long = table.rename_axis("dimension", axis="columns").stack()
    long = long.rename("dimension_weight").reset_index()
    long = long.assign(
        dimension_name=long["dimension"].map(judged.names),
        dimension_short=long["dimension"].map(judged.short),
    )
    return long.merge(units[[*UNIT, "ratio"]], on="unit")


def city(judged: Judgements, confidence: float = 0.95) -> pd.DataFrame:
    """The group's weight of each dimension, highest first (aggregation of judgements, AIJ).

    The group's judgement of a pair is the geometric mean of the units that judged it. Columns:
    those of `_weigh`, rank, rank_low and rank_high (see `ranks.placed`), first (share of resamples
    in which the dimension comes first, NaN below ten units). The index is the place in the
    questionnaire.
    """
    chosen = judged.chosen()
    table = _weigh(judged, np.ones_like(chosen), confidence)
    weigh = weighing(judged, chosen)
    drawn = estimates.resampled(strata(judged), weigh).dropna()
    n = pd.Series(int(chosen.sum()), differences(drawn).columns)
    apart = estimates.jackknife(strata(judged), lambda counts: differences(weigh(counts)), n)
    placed = ranks.placed(table["dimension_weight"], apart, differences(drawn), confidence)
    placed["first"] = ranks.among_first(drawn, table["n"])
    table = table.join(placed).reset_index()
    return table.sort_values("dimension_weight", ascending=False, kind="stable")


def by_group(judged: Judgements, confidence: float = 0.95, whole: bool = True) -> pd.DataFrame:
    """The weights of each group of units that count, and of all of them as the last group (`city`).

    Dimensions in the questionnaire's order, columns those of `_weigh`, group, group_name and
    `label`: the group with its number of units. `whole`: whether the units are all of the city;
    otherwise there is no last group.
    """
    groups = judged.units[["group", "group_name"]].drop_duplicates().itertuples(index=False)
    parts = [(*g, (judged.units["group"] == g.group).to_numpy()) for g in groups]
    if whole:
        parts.append(("city", _("Kota"), np.ones(len(judged.units), dtype=bool)))
    tables = [
        _weigh(judged, members, confidence)
        .reset_index()
        .assign(group=group, group_name=name)
        .assign(label=lambda t: t["group_name"] + " (" + t["n"].astype(str) + ")")
        for group, name, members in parts
    ]
    return pd.concat(tables, ignore_index=True)


def with_and_without(judged: Judgements, found: pd.DataFrame) -> pd.DataFrame:
    """The group's weights with and without the inconsistent units, and how far they differ.

    `found`: the table of claims. Columns: dimension, dimension_name, weight (all units that count),
    weight_consistent, weight_change (without less with), weight_change_low, weight_change_high and
    weight_change_level (as the claim's, of kind `EFFECT`), n, n_consistent.
    """
    everyone, some = (
        estimates.observed(strata(judged), weighing(judged, judged.chosen(only)))
        for only in (False, True)
    )
    table = pd.DataFrame({"dimension_name": judged.names, "weight": everyone}).assign(
        weight_consistent=some,
        weight_change=some - everyone,
        n=judged.chosen().sum(),
        n_consistent=judged.chosen(True).sum(),
    )
    moved = claims.of_kind(found, EFFECT)[["low", "high", "level"]]
    table = table.join(moved.add_prefix("weight_change_")).rename_axis("dimension").reset_index()
    return table.sort_values("weight", ascending=False, kind="stable", ignore_index=True)


def _weigh(judged: Judgements, members: np.ndarray, confidence: float) -> pd.DataFrame:
    """What some units (`members`) weigh, by dimension, over those of them that count.

    Columns: dimension_name, dimension_short, dimension_weight, low, high, n, missing (share
    of the members that do not count), method. Bounds: `estimates.estimate`.
    """
    chosen = judged.chosen() & members
    n = pd.Series(int(chosen.sum()), judged.names.index)
    table = estimates.estimate(strata(judged), weighing(judged, chosen), n, confidence, (0.0, 1.0))
    table = table[["value", "low", "high", "n", "method"]]
    table = table.rename(columns={"value": "dimension_weight"})
    named = pd.DataFrame({"dimension_name": judged.names, "dimension_short": judged.short})
    missing = 1 - table["n"] / members.sum()
    return named.join(table.assign(missing=missing)).rename_axis("dimension")


def strata(judged: Judgements) -> pd.Series:
    """The group of each unit, indexed by unit."""
    return judged.units.set_index("unit")["group"]


def weighing(judged: Judgements, chosen: np.ndarray) -> estimates.Statistic:
    """The group's weights as a statistic (see `estimates`) over the `chosen` units.

    Draws are over all units, of which only the chosen count; NaN where none of them is drawn.
    """
    logs = judged.logs[chosen]

    def weights(drawn: np.ndarray) -> pd.DataFrame:
        found = judged.weigh(estimates.means(drawn[:, chosen], logs))
        return pd.DataFrame(found, columns=judged.names.index)

    return weights


def heaviest(judged: Judgements) -> str:
    """The dimension that the group weighs most, the first of several; any where none counts."""
    chosen = judged.chosen()
    if not chosen.any():
        return judged.names.index[0]
    return estimates.observed(strata(judged), weighing(judged, chosen)).idxmax()
