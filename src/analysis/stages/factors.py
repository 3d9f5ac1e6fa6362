"""Factors weighed and rated: what the external (EFAS) and internal (IFAS) analyses share.

Weight of a factor = its mean importance / the sum over factors; score = weight x mean rating; the
total lies between 1 and 4, neutral 2.5. One rating scale whose lower half is weakness or threat is
this project's own, adapted from David's evaluation matrices, where strengths may only be rated 3-4
and weaknesses 1-2 (David & David, Strategic Management). Other conventions give other numbers.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from analysis.methods import intervals
from analysis.stages import aggregate

NEUTRAL = 2.5
RATINGS = (1.0, 4.0)
IMPORTANCE = (1.0, 5.0)


def weights(importance: pd.Series) -> pd.Series:
    """Weights that sum to 1, from mean importance (1-5) by factor.

    Raises ValueError for no factor, or one whose importance is missing or outside 1-5 (named).
    """
    _within(importance, IMPORTANCE, "importance")
    return (importance / importance.sum()).rename("weight")


def scores(weights: pd.Series, ratings: pd.Series) -> pd.Series:
    """Weight x mean rating (1-4) of each factor; their sum is the IFAS or EFAS total.

    Raises ValueError for weights that are negative or do not sum to 1, a rating missing or outside
    1-4, or factors that differ.
    """
    if not weights.index.equals(ratings.index):
        raise ValueError("weights and ratings are not of the same factors")
    if (weights < 0).any() or abs(weights.sum() - 1) > 1e-9:
        raise ValueError(f"weights must not be negative and sum to 1, not {weights.sum():g}")
    _within(ratings, RATINGS, "rating")
    return (weights * ratings).rename("score")


def _within(values: pd.Series, bounds: tuple[float, float], what: str) -> None:
    if values.empty:
        raise ValueError(f"{what}: there are no factors")
    wrong = values[~values.between(*bounds)]
    if not wrong.empty:
        low, high = bounds
        raise ValueError(
            f"{what} of {wrong.index[0]!r} is {wrong.iloc[0]:g}, outside {low:g}-{high:g}"
        )


def answered(answers: pd.DataFrame) -> pd.DataFrame:
    """The answers with both scales or none: half a row says nothing of a factor."""
    half = answers["importance"].isna() | answers["rating"].isna()
    return answers.assign(
        importance=answers["importance"].mask(half), rating=answers["rating"].mask(half)
    )


def evaluate(answers: pd.DataFrame, category: str, confidence: float = 0.95) -> pd.DataFrame:
    """The evaluation matrix, a row per factor that anyone answered, highest score first.

    `answers`: the external or swot table; `category`: its scheme (pestel, element). Columns: item,
    name, <category>, <category>_name, importance, rating, weight, score, low, high (of the
    rating), n, missing, tb.
    """
    both = answered(answers)
    keep = ["name", category, f"{category}_name"]
    table = aggregate.over_units(both, "item", "rating", keep, confidence)
    table = table.rename(columns={"mean": "rating"}).dropna(subset="rating")
    importance = both.groupby("item")["importance"].mean()
    table["importance"] = table["item"].map(importance).astype(float)
    if table.empty:
        return table.assign(weight=np.nan, score=np.nan)
    indexed = table.set_index("item")
    weight = weights(indexed["importance"])
    score = scores(weight, indexed["rating"])
    table = table.assign(weight=weight.to_numpy(), score=score.to_numpy())
    return table.sort_values("score", ascending=False, ignore_index=True)


@dataclass(frozen=True)
class Total:
    """An IFAS or EFAS total (1-4, neutral 2.5) with its interval and the units behind it."""

    value: float
    low: float
    high: float
    n: int


def total(answers: pd.DataFrame, confidence: float = 0.95) -> Total:
    """The total over all factors: the sum of weight x mean rating.

    Interval: percentiles of the total in stratified resamples of the units; below ten units the
    total -/+ Student's t times the standard error of the units' own totals; none for one unit.
    NaN without any answer.
    """
    both = answered(answers)
    given = both.dropna(subset="rating")
    units = given["unit"].nunique()
    if not units:
        return Total(np.nan, np.nan, np.nan, 0)
    whole = pd.Series(1, index=aggregate.strata(both).index).to_frame().T.to_numpy(float)
    value = float(totals(both, whole)[0])
    if units >= intervals.FEW:
        drawn = totals(both, intervals.counts(aggregate.strata(both), seed=aggregate.SEED))
        low, high = intervals.percentile(drawn, confidence)
        return Total(value, low, high, units)
    if units == 1:
        return Total(value, np.nan, np.nan, 1)
    own = given.groupby("unit").apply(
        lambda rows: np.average(rows["rating"], weights=rows["importance"])
    )
    reach = float(stats.t.ppf((1 + confidence) / 2, units - 1) * own.sem())
    return Total(value, value - reach, value + reach, units)


def totals(answers: pd.DataFrame, counts: np.ndarray) -> np.ndarray:
    """The total in each resample: `counts` (resamples x units of `aggregate.strata`)."""
    weight, rating = resampled(answers, counts)
    return np.nansum(weight * rating, axis=1)


def resampled(answers: pd.DataFrame, counts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Weights and mean ratings in each resample, resamples x factors; NaN where none was drawn."""
    importance = aggregate.wide(answers, "item", "importance").to_numpy(float)
    rating = aggregate.wide(answers, "item", "rating").to_numpy(float)
    present = counts @ (~np.isnan(rating)).astype(float)
    present[present == 0] = np.nan
    mean_importance = (counts @ np.nan_to_num(importance)) / present
    mean_rating = (counts @ np.nan_to_num(rating)) / present
    weight = mean_importance / np.nansum(mean_importance, axis=1, keepdims=True)
    return weight, mean_rating


def distribution(answers: pd.DataFrame) -> pd.DataFrame:
    """How many units chose each rating of each factor: item, name, ``1`` to ``4``, mean."""
    given = answered(answers).dropna(subset="rating")
    table = (
        given.assign(rating=given["rating"].astype(int).astype(str), one=1)
        .pivot_table(index=["item", "name"], columns="rating", values="one", aggfunc="sum")
        .reindex(columns=["1", "2", "3", "4"])
        .fillna(0)
        .astype(int)
        .reset_index()
    )
    table["mean"] = table["item"].map(given.groupby("item")["rating"].mean())
    return table.sort_values("mean", ascending=False, ignore_index=True)
