"""What the dimensions weigh (stage vision): the units' judgements made into weights.

Analytic Hierarchy Process: Saaty (1980), Harker (1987) where pairs are blank; see
`analysis.methods.ahp` and `judgements`.
"""

from dataclasses import replace

import numpy as np
import pandas as pd
from scipy import stats
from scipy.special import expit, logit

from analysis.methods import intervals
from analysis.stages.evidence import claims, estimates, lead
from analysis.stages.vision.judgements import UNIT, Judgements
from analysis.text import _, interval

STRONGEST = 9  # the end of Saaty's scale


def of_units(judged: Judgements) -> pd.DataFrame:
    """The weights of each unit that judged enough pairs: a row per unit and dimension.

    Columns: unit, unit_name, group, group_name, ratio, dimension, dimension_name,
    dimension_short, weight (a unit's weights sum to 1).
    """
    units = judged.units[judged.units["used"]]
    weights = judged.weigh(judged.logs.loc[units["unit"]].to_numpy())
    table = pd.DataFrame(weights, pd.Index(units["unit"], name="unit"), judged.names.index)
    long = table.rename_axis("dimension", axis="columns").stack().rename("weight").reset_index()
    long = long.assign(
        dimension_name=long["dimension"].map(judged.names),
        dimension_short=long["dimension"].map(judged.short),
    )
    return long.merge(units[[*UNIT, "ratio"]], on="unit")


def city(judged: Judgements, confidence: float = 0.95, consistent: bool = False) -> pd.DataFrame:
    """The group's weight of each dimension, highest first (aggregation of judgements, AIJ).

    The group's judgement of a pair is the geometric mean of the units that judged it, of the
    consistent ones only if asked. Columns: dimension, dimension_name, dimension_short, weight, low,
    high, n, missing (share of units left out), method, rank, rank_low, rank_high, ranks, first
    (share of resamples in which the dimension comes first). Bounds: joint stratified bootstrap over
    units; with fewer than ten, Student's t on the jackknife's pseudo-values of the weight's logit
    (Tukey 1958, for a mean the ordinary t interval); a single unit has none. Ranks: none below ten.
    """
    return _weigh(judged, judged.chosen(consistent), confidence)


def by_group(judged: Judgements, confidence: float = 0.95) -> pd.DataFrame:
    """`city` of each group of units that count, and of the city as the last group.

    Dimensions in the questionnaire's order; missing is the share of the group's units left out.
    Further columns: group, group_name and `label`: the group with its number of units.
    """
    used = judged.chosen()
    groups = judged.units[["group", "group_name"]].drop_duplicates().itertuples(index=False)
    parts = [(*g, (judged.units["group"] == g.group).to_numpy()) for g in groups]
    tables = []
    for group, name, members in [*parts, ("city", _("Kota"), np.ones_like(used))]:
        chosen = used & members
        table = _weigh(judged, chosen, confidence).set_index("dimension")
        table = table.loc[judged.names.index].reset_index()
        table["missing"] = 1 - chosen.sum() / members.sum()
        label = f"{name} ({chosen.sum()})"
        tables.append(table.assign(group=group, group_name=name, label=label))
    return pd.concat(tables, ignore_index=True)


def with_and_without(judged: Judgements, confidence: float = 0.95) -> pd.DataFrame:
    """The group's weights with and without the inconsistent units, and how far they differ.

    Columns: dimension, dimension_name, weight (all units that count), weight_consistent,
    weight_change (without less with), low, high (of the change, from joint resamples; NaN where
    fewer than ten units are consistent), weight_change_interval (in words), n, n_consistent,
    missing.
    """
    everyone, some = city(judged, confidence), city(judged, confidence, consistent=True)
    table = everyone.merge(
        some[["dimension", "weight", "n"]], on="dimension", suffixes=("", "_consistent")
    )
    table["weight_change"] = table["weight_consistent"] - table["weight"]
    table[["low", "high"]] = np.nan
    if judged.chosen(True).sum() >= intervals.FEW:
        apart = _resampled(judged, judged.chosen(True)) - _resampled(judged, judged.chosen())
        low, high = intervals.percentile(apart, confidence)
        table["low"], table["high"] = table["dimension"].map(low), table["dimension"].map(high)
    table["weight_change_interval"] = [
        interval(row.low, row.high, 3) for row in table.itertuples(index=False)
    ]
    keep = ["dimension", "dimension_name", "weight", "weight_consistent", "weight_change", "low"]
    return table[[*keep, "high", "weight_change_interval", "n", "n_consistent", "missing"]]


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


def leading(
    kind: str, judged: Judgements, expected: int, confidence: float = 0.95
) -> list[claims.Comparisons]:
    """Whether the weightiest dimension is above every other (`lead.leader`).

    Its worst case: every unit that does not count, and every other one in the pairs it left blank,
    holds each rival in turn extremely more important than all others, and the first extremely less.
    """
    chosen = judged.chosen()
    if not chosen.any():
        return []
    n = pd.Series(int(chosen.sum()), judged.names.index)
    statistic, units = weighing(judged, chosen), strata(judged)
    found = lead.leader(
        kind, units, statistic, n, judged.names, _("bobot AHP"), confidence=confidence
    )
    return [
        replace(
            leader,
            bounds=pd.DataFrame(
                {"worst": _worst(judged, leader.figures.index[0], expected), "best": np.nan},
                index=leader.figures.index,
            ),
        )
        for leader in found
    ]


def _worst(judged: Judgements, first: str, expected: int) -> float:
    logs = judged.logs[judged.chosen()]
    absent = expected - logs.count().to_numpy()
    place = judged.names.index.get_loc(first)
    left, right = judged.sides.T
    least = np.inf
    for rival in range(len(judged.names)):
        if rival == place:
            continue
        # 1 where the left dimension wins, -1 where the right one does, 0 where neither matters.
        side = np.sign(
            (left == rival).astype(int)
            - (right == rival)
            + 2 * ((right == place).astype(int) - (left == place))
        )
        total = logs.sum().to_numpy() + absent * side * np.log(STRONGEST)
        weights = judged.weigh(total[None, :] / expected)[0]
        least = min(least, weights[place] - weights[rival])
    return float(least)


def effect(kind: str, judged: Judgements, confidence: float = 0.95) -> list[claims.Comparisons]:
    """Whether leaving out the inconsistent units moves any weight; none where it cannot."""
    everyone, some = judged.chosen(), judged.chosen(True)
    if not some.any() or some.sum() == everyone.sum():
        return []
    units = strata(judged)
    with_all, without = weighing(judged, everyone), weighing(judged, some)

    def moved(drawn: np.ndarray) -> pd.DataFrame:
        return without(drawn) - with_all(drawn)

    n = pd.Series(int(some.sum()), judged.names.index)
    said = claims.words(
        judged.names,
        _("bobot {name} naik tanpa unit yang tidak konsisten"),
        _("bobot {name} turun tanpa unit yang tidak konsisten"),
    )
    figures = estimates.against_zero(units, moved, n, confidence)
    return [claims.Comparisons(kind, said, units, moved, figures)]


def _weigh(judged: Judgements, chosen: np.ndarray, confidence: float) -> pd.DataFrame:
    n = int(chosen.sum())
    table = pd.DataFrame({"dimension_name": judged.names, "dimension_short": judged.short})
    empty = ["weight", "low", "high", "rank", "rank_low", "rank_high", "first"]
    table[empty] = np.nan
    table["n"], table["missing"], table["method"] = n, 1 - n / len(chosen), "none"
    if n:
        logs = judged.logs[chosen]
        table["weight"] = judged.weigh(estimates.means(np.ones((1, n)), logs))[0]
        table["rank"] = _ranks(table["weight"])
    end = (1 - confidence) / 2
    if n >= intervals.FEW:
        drawn = _resampled(judged, chosen)
        table["low"], table["high"] = intervals.percentile(drawn, confidence)
        ranks = _ranks(drawn.T).T
        table["rank_low"] = ranks.quantile(end, interpolation="lower")
        table["rank_high"] = ranks.quantile(1 - end, interpolation="higher")
        table["first"] = (ranks == 1).mean()
        table["method"] = "bootstrap"
    elif n > 1:
        table["low"], table["high"] = _jackknife(judged, logs, end)
        table["method"] = "t"
    table["ranks"] = [
        interval(row.rank_low, row.rank_high, 0) for row in table.itertuples(index=False)
    ]
    table = table.rename_axis("dimension").reset_index()
    return table.sort_values("weight", ascending=False, kind="stable", ignore_index=True)


def _resampled(judged: Judgements, chosen: np.ndarray) -> pd.DataFrame:
    """The group's weights in each joint resample of all units, of which only the chosen count."""
    return estimates.resampled(strata(judged), weighing(judged, chosen)).dropna()


def _ranks(weights):
    """Ranks down each column, 1 the heaviest; weights equal but for rounding share one."""
    return weights.round(9).rank(ascending=False, method="min")


def _jackknife(judged: Judgements, logs: pd.DataFrame, end: float) -> tuple[np.ndarray, np.ndarray]:
    """Bounds of the group's weights from leaving out one unit at a time, within 0 and 1."""
    n = len(logs)
    whole = logit(judged.weigh(estimates.means(np.ones((1, n)), logs)))
    without = logit(judged.weigh(estimates.means(1 - np.eye(n), logs)))
    pseudo = n * whole - (n - 1) * without
    reach = stats.t.ppf(1 - end, n - 1) * pseudo.std(axis=0, ddof=1) / np.sqrt(n)
    return expit(whole[0] - reach), expit(whole[0] + reach)
