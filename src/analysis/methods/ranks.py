"""Confidence sets of ranks: what all differences of pairs, taken together, leave open.

Mogstad, M., Romano, J. P., Shaikh, A. M. & Wilhelm, D. (2024). Inference for ranks with
applications to mobility across neighbourhoods and academic achievement across countries. Review of
Economic Studies 91, 476-518 (the single step; the t tail below is this project's own).
"""

import numpy as np
import pandas as pd
from scipy import special

from analysis.methods._checks import tail

DIGITS = 9  # figures that are equal but for rounding share a rank
ROUNDING = 10.0**-DIGITS


def differences(values: pd.DataFrame) -> pd.DataFrame:
    """Of every two columns the first less the second, row by row; columns are the pairs."""
    first, second = np.triu_indices(values.shape[1], 1)
    table, names = values.to_numpy(dtype=float), values.columns
    pairs = pd.MultiIndex.from_arrays([names[first], names[second]])
    return pd.DataFrame(table[:, first] - table[:, second], values.index, pairs)


def independent(figures: pd.DataFrame) -> pd.DataFrame:
    """How far each two means over different units lie apart, by pair (see `differences`).

    `figures`: by item mean, error (its standard error) and n. Columns: value, error, freedom and
    least as those of `comparisons.welch`, and n, that of the item with fewer units.
    """
    means, squares, n = figures["mean"], figures["error"] ** 2, figures["n"]
    first, second = np.triu_indices(len(figures), 1)
    pairs = differences(means.to_frame().T)
    one, other = (squares.to_numpy()[side] for side in (first, second))
    sizes = np.array([n.to_numpy()[side] for side in (first, second)])
    with np.errstate(invalid="ignore", divide="ignore"):
        freedom = (one + other) ** 2 / (one**2 / (sizes[0] - 1) + other**2 / (sizes[1] - 1))
    return pd.DataFrame(
        {
            "value": pairs.iloc[0].to_numpy(),
            "error": np.sqrt(one + other),
            "freedom": np.where(one + other > 0, freedom, sizes.sum(axis=0) - 2.0),
            "n": sizes.min(axis=0),
            "least": 2.0 / special.comb(sizes.sum(axis=0), sizes[0]),
        },
        index=pairs.columns,
    )


def joint_level(values: pd.Series, drawn: pd.DataFrame, confidence: float = 0.95) -> float:
    """The level of each comparison at which all of them hold at once with `confidence`.

    `values` by comparison, `drawn` (resamples x comparisons). The largest |drawn - value| of each
    resample, in units of the comparison's own spread, has a quantile at `confidence`; the level is
    what a normal distribution leaves beyond it to both sides (max-t). It is never below that of
    Bonferroni, which also stands where a comparison does not vary over the resamples.

    Raises ValueError for a `confidence` outside 0-1.
    """
    alpha = 2 * tail(confidence)
    away = np.abs(drawn.to_numpy(dtype=float) - values.to_numpy(dtype=float))
    spread = drawn.std(ddof=0).to_numpy()
    with np.errstate(invalid="ignore", divide="ignore"):
        farthest = np.where(spread > ROUNDING, away / spread, np.inf)
    farthest = np.nan_to_num(farthest, nan=np.inf).max(axis=1, initial=0)
    critical = np.quantile(farthest, confidence, method="higher")
    return max(alpha / max(len(values), 1), float(2 * special.ndtr(-critical)))


def sets(values: pd.Series, apart: pd.Series, reach: pd.Series) -> pd.DataFrame:
    """By item: rank (1: the highest value), rank_low and rank_high, the ends of its set.

    `apart`: how far the first of each pair (see `differences`) lies above the second; `reach`: how
    far chance may move it, NaN where that is not known. One item is surely above another where the
    difference exceeds its reach; rank_low is one more than the items surely above it, rank_high all
    but those surely below it; both reach as far as the rank itself, which may rest on more units
    than its comparisons. Items without a value have no rank.
    """
    known = values.dropna()
    sure = apart.abs() > reach + ROUNDING
    first, second = (apart.index.get_level_values(side) for side in (0, 1))
    wins = apart.to_numpy() > 0
    above = pd.Series(np.where(wins, first, second))[sure.to_numpy()].value_counts()
    below = pd.Series(np.where(wins, second, first))[sure.to_numpy()].value_counts()
    rank = known.round(DIGITS).rank(ascending=False, method="min")
    low = 1.0 + below.reindex(known.index).fillna(0)
    high = len(known) - above.reindex(known.index).fillna(0)
    ends = {"rank_low": np.minimum(low, rank), "rank_high": np.maximum(high, rank)}
    return pd.DataFrame({"rank": rank} | ends).reindex(values.index)
