"""Which dimensions matter more to the units, by the Analytic Hierarchy Process (stage vision).

Each unit compares the dimensions in pairs. A unit that left a pair blank has an incomplete matrix:
it is left out of every weight, and said so. Source: Saaty (1980); see `analysis.methods.ahp`.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats
from scipy.special import expit, logit

from analysis.methods import ahp, intervals
from analysis.stages import aggregate
from analysis.text import _, interval

UNIT = ["unit", "unit_name", "group", "group_name"]


@dataclass(frozen=True, eq=False)
class Judgements:
    """What the units judged, ready to be weighed.

    `names`: name by dimension id, in the questionnaire's order, and `short` likewise; `sides`: by
    item, the positions of its left and right dimension; `logs`: units x items, the logarithm of
    how many times more the left dimension matters, NaN where blank; `units`: a row per unit (see
    `consistency`).
    """

    names: pd.Series
    short: pd.Series
    sides: np.ndarray
    logs: pd.DataFrame
    units: pd.DataFrame

    def chosen(self, consistent: bool = False) -> np.ndarray:
        """Which units count: those with a complete matrix, or only the consistent ones."""
        return self.units["consistent" if consistent else "complete"].to_numpy(dtype=bool)

    def matrix(self, logs: pd.Series) -> pd.DataFrame:
        """The matrix of judgements behind one row of `logs`, labelled by dimension."""
        times = {tuple(side): np.exp(v) for side, v in zip(self.sides, logs, strict=True)}
        matrix = ahp.reciprocal(len(self.names), times)
        return pd.DataFrame(matrix, self.names.index, self.names.index)


def judge(pairs: pd.DataFrame, threshold: float = 0.10) -> Judgements:
    """Read the table of pairs: more (A left, B right) and strength 1-9 as ratios of importance.

    Strength 1 means equally important, whichever side is named, or none. `threshold`: the
    consistency ratio below which a unit's judgements are accepted.
    """
    sides = [
        pairs[[s, f"{s}_name", f"{s}_short"]].set_axis(["id", "name", "short"], axis="columns")
        for s in ("left", "right")
    ]
    known = pd.concat(sides).drop_duplicates("id").set_index("id")
    items = pairs.drop_duplicates("item")
    places = np.column_stack([known.index.get_indexer(items[s]) for s in ("left", "right")])
    sign = pairs["more"].map({"A": 1.0, "B": -1.0}).astype(float)
    sign = sign.mask(pairs["strength"] == 1, 0.0)
    logs = aggregate.wide(
        pairs.assign(log=sign * np.log(pairs["strength"].astype(float))), "item", "log"
    )
    units = pairs.drop_duplicates("unit")[UNIT].set_index("unit")
    judged = Judgements(known["name"], known["short"], places, logs, units)
    return Judgements(known["name"], known["short"], places, logs, _consistency(judged, threshold))


def _consistency(judged: Judgements, threshold: float) -> pd.DataFrame:
    blank = judged.logs.isna().sum(axis="columns")
    ratio = pd.Series(
        {
            unit: ahp.priorities(judged.matrix(logs)).consistency_ratio
            for unit, logs in judged.logs[blank == 0].iterrows()
        },
        dtype=float,
    )
    table = judged.units.assign(blank=blank, complete=blank == 0, ratio=ratio)
    return table.assign(consistent=table["ratio"] < threshold).reset_index()


def consistency(judged: Judgements) -> pd.DataFrame:
    """The consistency ratio of each unit, highest first, then the incomplete ones.

    Columns: unit, unit_name, group, group_name, blank (pairs without an answer), complete, ratio
    (CR; NaN where incomplete), consistent (below the threshold), status (in words).
    """
    status = np.select(
        [judged.units["consistent"], judged.units["complete"]],
        [_("konsisten"), _("tidak konsisten")],
        _("tidak lengkap, tidak dihitung"),
    )
    table = judged.units.assign(status=status)
    return table.sort_values("ratio", ascending=False, na_position="last", ignore_index=True)


def unit_weights(judged: Judgements) -> pd.DataFrame:
    """The weights of each unit with a complete matrix: a row per unit and dimension.

    Columns: unit, unit_name, group, group_name, ratio, dimension, dimension_name,
    dimension_short, weight (a unit's weights sum to 1).
    """
    units = judged.units[judged.units["complete"]]
    weights = _eigenvectors(judged, judged.logs.loc[units["unit"]].to_numpy())
    table = pd.DataFrame(weights, pd.Index(units["unit"], name="unit"), judged.names.index)
    long = table.rename_axis("dimension", axis="columns").stack().rename("weight").reset_index()
    long = long.assign(
        dimension_name=long["dimension"].map(judged.names),
        dimension_short=long["dimension"].map(judged.short),
    )
    return long.merge(units[[*UNIT, "ratio"]], on="unit")


def weights(judged: Judgements, confidence: float = 0.95, consistent: bool = False) -> pd.DataFrame:
    """The group's weight of each dimension, highest first (aggregation of judgements, AIJ).

    The group's judgement is the geometric mean of the units' judgements, of the consistent ones
    only if asked. Columns: dimension, dimension_name, dimension_short, weight, low, high, n,
    missing (share of units left out), method, rank, rank_low, rank_high, ranks, first (share of
    resamples in which the dimension comes first). Bounds: joint stratified bootstrap over units;
    with fewer than ten, Student's t on the jackknife's pseudo-values of the weight's logit (Tukey
    1958, for a mean the ordinary t interval); a single unit has none. Ranks: none below ten.
    """
    return _weigh(judged, judged.chosen(consistent), confidence)


def by_group(judged: Judgements, confidence: float = 0.95) -> pd.DataFrame:
    """`weights` of each group of units with a complete matrix, and of the city as the last group.

    Dimensions in the questionnaire's order. Further columns: group, group_name and `label`: the
    group with its number of units.
    """
    complete = judged.chosen()
    groups = judged.units[["group", "group_name"]].drop_duplicates().itertuples(index=False)
    parts = [(*g, complete & (judged.units["group"] == g.group).to_numpy()) for g in groups]
    tables = []
    for group, name, chosen in [*parts, ("city", _("Kota"), complete)]:
        table = _weigh(judged, chosen, confidence).set_index("dimension")
        table = table.loc[judged.names.index].reset_index()
        label = f"{name} ({chosen.sum()})"
        tables.append(table.assign(group=group, group_name=name, label=label))
    return pd.concat(tables, ignore_index=True)


def with_and_without(judged: Judgements, confidence: float = 0.95) -> pd.DataFrame:
    """The group's weights with and without the inconsistent units, and how far they differ.

    Columns: dimension, dimension_name, weight (all complete units), weight_consistent,
    weight_change (without less with), low, high (of the change, from joint resamples; NaN where
    fewer than ten units are consistent), weight_change_interval (in words), n, n_consistent,
    missing.
    """
    everyone, some = weights(judged, confidence), weights(judged, confidence, consistent=True)
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


def _weigh(judged: Judgements, chosen: np.ndarray, confidence: float) -> pd.DataFrame:
    n = int(chosen.sum())
    table = pd.DataFrame({"dimension_name": judged.names, "dimension_short": judged.short})
    empty = ["weight", "low", "high", "rank", "rank_low", "rank_high", "first"]
    table[empty] = np.nan
    table["n"], table["missing"], table["method"] = n, 1 - n / len(chosen), "none"
    if n:
        logs = judged.logs[chosen].to_numpy()
        table["weight"] = _eigenvectors(judged, logs.mean(axis=0, keepdims=True))[0]
        table["rank"] = table["weight"].rank(ascending=False, method="min")
    end = (1 - confidence) / 2
    if n >= intervals.FEW:
        drawn = _resampled(judged, chosen)
        table["low"], table["high"] = intervals.percentile(drawn, confidence)
        ranks = drawn.rank(axis="columns", ascending=False, method="min")
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
    strata = judged.units.set_index("unit")["group"]
    drawn = intervals.counts(strata, seed=aggregate.SEED)[:, chosen]
    drawn = drawn[drawn.sum(axis=1) > 0]
    means = drawn @ judged.logs[chosen].to_numpy() / drawn.sum(axis=1, keepdims=True)
    return pd.DataFrame(_eigenvectors(judged, means), columns=judged.names.index)


def _jackknife(judged: Judgements, logs: np.ndarray, end: float) -> tuple[np.ndarray, np.ndarray]:
    """Bounds of the group's weights from leaving out one unit at a time, within 0 and 1."""
    n = len(logs)
    without = (logs.sum(axis=0) - logs) / (n - 1)
    whole = logit(_eigenvectors(judged, logs.mean(axis=0, keepdims=True)))
    pseudo = n * whole - (n - 1) * logit(_eigenvectors(judged, without))
    reach = stats.t.ppf(1 - end, n - 1) * pseudo.std(axis=0, ddof=1) / np.sqrt(n)
    return expit(whole[0] - reach), expit(whole[0] + reach)


def _eigenvectors(judged: Judgements, logs: np.ndarray) -> np.ndarray:
    """The weights for each row of logarithms: `ahp.priorities` of many matrices at once."""
    size = len(judged.names)
    left, right = judged.sides.T
    matrices = np.ones((len(logs), size, size))
    matrices[:, left, right] = np.exp(logs)
    matrices[:, right, left] = np.exp(-logs)
    values, vectors = np.linalg.eig(matrices)
    principal = values.real.argmax(axis=1)
    weights = np.abs(np.take_along_axis(vectors.real, principal[:, None, None], axis=2)[:, :, 0])
    return weights / weights.sum(axis=1, keepdims=True)
