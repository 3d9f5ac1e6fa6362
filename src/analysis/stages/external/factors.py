"""Factors weighed and rated: what the external (EFAS) and internal (IFAS) analyses share.

Weight of a factor = its mean importance / the sum over factors; score = weight x mean rating; the
total lies between the ends of the rating's scale, neutral in their middle. One rating scale whose
lower half is weakness or threat is this project's own, adapted from David's evaluation matrices,
where strengths may only be rated 3-4 and weaknesses 1-2 (David & David, Strategic Management).
Other conventions give other numbers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.stages.evidence import aggregate, claims, estimates, missing
from analysis.text import _

KINDS = {"strength": 1, "opportunity": 1, "weakness": -1, "threat": -1}


@dataclass(frozen=True)
class Scales:
    """The ends of the two scales on which units place a factor."""

    importance: tuple[float, float]
    rating: tuple[float, float]

    @property
    def neutral(self) -> float:
        """The rating between both sides."""
        return sum(self.rating) / 2

    @property
    def reach(self) -> tuple[float, float]:
        """How far from neutral a rating or a total may lie."""
        low, high = self.rating
        return low - self.neutral, high - self.neutral


def weights(importance: pd.Series, scale: tuple[float, float]) -> pd.Series:
    """Weights that sum to 1, from mean importance by factor; `scale`: its ends.

    Raises ValueError for no factor, or one whose importance is missing or outside its scale
    (named).
    """
    importance = _within(importance, scale, "importance")
    return (importance / importance.sum()).rename("weight")


def scores(weight: pd.Series, rating: pd.Series, scale: tuple[float, float]) -> pd.Series:
    """Weight x mean rating of each factor; their sum is the IFAS or EFAS total.

    `scale`: the ends of that of ratings. Raises ValueError for a weight that is missing or
    negative, weights that do not sum to 1 (to three digits, since published matrices are rounded),
    a rating missing or outside its scale, a value that is no number, or factors that differ or come
    twice.
    """
    if not weight.index.equals(rating.index):
        raise ValueError("weights and ratings are not of the same factors")
    weight = _within(weight, (0.0, np.inf), "weight")
    rating = _within(rating, scale, "rating")
    if abs(weight.sum() - 1) > 1e-3:
        raise ValueError(f"weights must sum to 1, not {weight.sum():g}")
    return (weight * rating).rename("score")


def contradictions(matrix: pd.DataFrame, neutral: float) -> pd.DataFrame:
    """The factors whose rating breaks David's rule for their kind.

    `matrix`: columns rating and kind: strength or opportunity above neutral, weakness or threat
    below. Our own scale has no such rule: it is for matrices that come from elsewhere. A neutral
    rating counts on no side and contradicts neither.
    """
    for kind in matrix.loc[~matrix["kind"].isin(list(KINDS)), "kind"]:
        raise ValueError(f"kind {kind!r} is unknown; choose from {', '.join(KINDS)}")
    return matrix[matrix["kind"].map(KINDS) * (matrix["rating"] - neutral) < 0]


def _within(values: pd.Series, bounds: tuple[float, float], what: str) -> pd.Series:
    """The values as floats, each of them once and within the bounds."""
    if values.empty:
        raise ValueError(f"{what}: there are no factors")
    if values.index.has_duplicates:
        twice = values.index[values.index.duplicated()][0]
        raise ValueError(f"{what}: factor {twice!r} comes more than once")
    floats = pd.to_numeric(values, errors="coerce").astype(float)
    wrong = values[~floats.between(*bounds)]
    if not wrong.empty:
        low, high = bounds
        raise ValueError(
            f"{what} of {wrong.index[0]!r} is {wrong.iloc[0]}, outside {low:g}-{high:g}"
        )
    return floats


def answered(answers: pd.DataFrame) -> pd.DataFrame:
    """The answers with both scales or none: half a row says nothing of a factor."""
    half = answers["importance"].isna() | answers["rating"].isna()
    return answers.assign(
        importance=answers["importance"].mask(half), rating=answers["rating"].mask(half)
    )


def evaluate(
    answers: pd.DataFrame, category: str, scales: Scales, confidence: float = 0.95
) -> pd.DataFrame:
    """The evaluation matrix, a row per factor that anyone answered, highest score first.

    `answers`: the external or swot table; `category`: its scheme (pestel, element). Columns: item,
    name, <category>, <category>_name, importance, rating, weight, score, low, high (of the
    rating), n, missing, tb.
    """
    both = answered(answers)
    keep = ["name", category, f"{category}_name"]
    table = aggregate.over_units(both, "item", "rating", keep, confidence, scale=scales.rating)
    table = table.rename(columns={"mean": "rating"}).dropna(subset="rating")
    importance = both.groupby("item")["importance"].mean()
    table["importance"] = table["item"].map(importance).astype(float)
    if table.empty:
        return table.assign(weight=np.nan, score=np.nan)
    indexed = table.set_index("item")
    weight = weights(indexed["importance"], scales.importance)
    score = scores(weight, indexed["rating"], scales.rating)
    table = table.assign(weight=weight.to_numpy(), score=score.to_numpy())
    return table.sort_values("score", ascending=False, ignore_index=True)


def distances(
    parts: Mapping[str, pd.DataFrame], scales: Scales
) -> tuple[pd.Series, estimates.Statistic, pd.Series]:
    """How far the total of each part lies from neutral: strata, statistic and n of `estimates`.

    `parts`: answers by name, of the same units or of others; those that nobody answered are left
    out.
    """
    given = {name: answered(part) for name, part in parts.items()}
    strata = aggregate.strata(pd.concat(given.values()))
    units = {
        name: strata.index.get_indexer(aggregate.strata(part).index) for name, part in given.items()
    }
    n = pd.Series({k: p.dropna(subset="rating")["unit"].nunique() for k, p in given.items()})
    n = n[n > 0]

    def away(drawn: np.ndarray) -> pd.DataFrame:
        return (
            pd.DataFrame(
                {name: totals(given[name], drawn[:, units[name]], scales) for name in n.index}
            )
            - scales.neutral
        )

    return strata, away, n


def sides(
    answers: pd.DataFrame, counts: np.ndarray, neutral: float
) -> tuple[np.ndarray, np.ndarray]:
    """In each resample, the sum of weight x distance from neutral above it, and below it."""
    weight, rating = resampled(answers, counts)
    distance = weight * (rating - neutral)
    return np.nansum(np.maximum(distance, 0), axis=1), -np.nansum(np.minimum(distance, 0), axis=1)


def totals(answers: pd.DataFrame, counts: np.ndarray, scales: Scales) -> np.ndarray:
    """The total in each resample: `counts` (resamples x units of `aggregate.strata`).

    NaN where nobody drawn has answered.
    """
    weight, rating = resampled(answers, counts)
    sums = np.nansum(weight * rating, axis=1)
    # Within the scale, whatever rounding does.
    return np.where(np.isnan(weight).all(axis=1), np.nan, np.clip(sums, *scales.rating))


def resampled(answers: pd.DataFrame, counts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Weights and mean ratings in each resample, resamples x factors; NaN where none was drawn."""
    importance = aggregate.wide(answers, "item", "importance").to_numpy(float)
    rating = aggregate.wide(answers, "item", "rating").to_numpy(float)
    present = counts @ (~np.isnan(rating)).astype(float)
    present[present == 0] = np.nan
    mean_importance = (counts @ np.nan_to_num(importance)) / present
    mean_rating = (counts @ np.nan_to_num(rating)) / present
    whole = np.nansum(mean_importance, axis=1, keepdims=True)
    weight = mean_importance / np.where(whole > 0, whole, np.nan)
    return weight, mean_rating


def against_neutral(
    kind: str,
    answers: pd.DataFrame,
    scales: Scales,
    above: str,
    below: str,
    expected: int,
    confidence: float,
) -> list[claims.Comparisons]:
    """Whether each factor's mean rating lies above or below neutral; none without any answer.

    `above`, `below`: what is said of ``{name}``; `expected`: how many units should have answered.
    """
    both = answered(answers)
    rated = both[both["item"].isin(both.loc[both["rating"].notna(), "item"])]
    if rated.empty:
        return []
    names = rated.drop_duplicates("item").set_index("item")["name"]
    known, neutral = answers[answers["item"].isin(rated["item"])], scales.neutral
    ends = missing.ends(known, "item", "rating", scales.rating, expected)
    said = claims.words(names, above, below, _("{name} di sekitar netral"))
    return [
        claims.against(
            kind, rated, "item", "rating", said, neutral, ends, scales.rating, confidence
        )
    ]


def totals_against_neutral(
    kind: str,
    parts: Mapping[str, pd.DataFrame],
    scales: Scales,
    words: pd.DataFrame,
    ends: pd.DataFrame | None = None,
    confidence: float = 0.95,
) -> list[claims.Comparisons]:
    """Whether the total of each part (see `distances`) lies above or below neutral.

    `words`, and `ends` less neutral: see `claims.Comparisons`. None without any answer.
    """
    strata, away, n = distances(parts, scales)
    if n.empty:
        return []
    figures = estimates.against_zero(strata, away, n, confidence, scales.reach)
    return [claims.Comparisons(kind, words, strata, away, figures, ends, scales.neutral)]


def extremes(answers: pd.DataFrame, scales: Scales, expected: int) -> tuple[float, float]:
    """How far from neutral the total could at least and at most lie once every answer is in.

    A weighted mean whose weights lie between bounds is least when the lowest ratings weigh as much
    as they can and the others as little as they can, for some number of lowest ones. Of half a row
    the half that is there is known.
    """
    rating = missing.ends(answers, "item", "rating", scales.rating, expected).dropna()
    if rating.empty:
        return np.nan, np.nan
    importance = missing.ends(answers, "item", "importance", scales.importance, expected)
    found = []
    for side, lowest in (("worst", True), ("best", False)):
        order = rating[side].sort_values(ascending=lowest).index
        ratings, light, heavy = (
            x[order].to_numpy() for x in (rating[side], importance["worst"], importance["best"])
        )
        first = np.tri(len(order) + 1, len(order), -1, dtype=bool)
        weight = np.where(first, heavy, light)
        means = (weight * ratings).sum(axis=1) / weight.sum(axis=1)
        found.append(float(means.min() if lowest else means.max()))
    return found[0] - scales.neutral, found[1] - scales.neutral


def distribution(answers: pd.DataFrame, levels: Sequence[int]) -> pd.DataFrame:
    """How many units chose each rating of each factor: item, name, one for each level, mean."""
    given = answered(answers).dropna(subset="rating")
    table = (
        given.assign(rating=aggregate.nearest(given["rating"]).astype(str), one=1)
        .pivot_table(index=["item", "name"], columns="rating", values="one", aggfunc="sum")
        .reindex(columns=[str(level) for level in levels])
        .fillna(0)
        .astype(int)
        .reset_index()
    )
    table["mean"] = table["item"].map(given.groupby("item")["rating"].mean())
    return table.sort_values("mean", ascending=False, ignore_index=True)
