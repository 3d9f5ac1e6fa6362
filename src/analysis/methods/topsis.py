"""TOPSIS: alternatives ranked by how near they come to an ideal one.

Hwang, C. L. & Yoon, K. (1981). Multiple Attribute Decision Making. Springer.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.methods._checks import numbers, same_labels, tail


def closeness(scores: pd.DataFrame, weights: pd.Series, cost: Sequence[str] = ()) -> pd.Series:
    """Closeness of each alternative to the ideal, 0 (worst in all) to 1 (best in all).

    `scores`: alternatives x criteria, any units (each criterion is divided by its Euclidean norm);
    `weights`: by criterion, not negative, normalised here; `cost`: the criteria where less is
    better. A criterion on which all alternatives are equal decides nothing; when that is true of
    every criterion with weight, all alternatives stand at 0.5. Closeness is relative to the
    alternatives compared: adding one may reverse the ranks of others.

    Raises ValueError for no alternatives, a score that is not a number, weights that are negative,
    all zero or do not match the criteria, or an unknown cost criterion (all named).
    Source: Hwang & Yoon (1981), pp. 128-140.
    """
    scores, weights = _checked(scores, weights, cost)
    near = _closeness(scores, weights.to_numpy()[np.newaxis], cost)[0]
    return pd.Series(near, index=scores.index, name="closeness")


def closeness_drawn(
    scores: pd.DataFrame,
    weights: pd.Series,
    cost: Sequence[str] = (),
    draws: int = 1000,
    concentration: float = 100.0,
    seed: int = 2023,
) -> pd.DataFrame:
    """`closeness` under weights that are not quite the given ones: draws x alternatives.

    Weights are drawn from a Dirichlet distribution whose mean is the given weights; a weight w
    then varies by sqrt(w (1 - w) / (concentration + 1)): by 0.04 for w = 0.2 at the default 100.

    Raises ValueError as `closeness` does, and for draws or concentration that are not positive.
    Source: Butler, Jia & Dyer (1997), European J. Operational Research 103, 531-546 (random
    weights).
    """
    for name, value in {"draws": draws, "concentration": concentration}.items():
        if not value > 0:
            raise ValueError(f"{name} must be positive, not {value}")
    scores, weights = _checked(scores, weights, cost)
    random = np.random.default_rng(seed)
    drawn = random.dirichlet(concentration * weights.to_numpy(), size=draws)
    return pd.DataFrame(_closeness(scores, drawn, cost), columns=scores.index)


def rank_stability(
    scores: pd.DataFrame,
    weights: pd.Series,
    cost: Sequence[str] = (),
    draws: int = 1000,
    concentration: float = 100.0,
    seed: int = 2023,
    top: int = 3,
    multiplier: pd.Series | None = None,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """How the ranks of `closeness` hold under the weights of `closeness_drawn`.

    `multiplier`, one number per alternative, multiplies its closeness before ranks are given.
    One row per alternative: `rank` (1 is best; equals share the better rank), `rank_low` and
    `rank_high` (the ranks between which it stays in a share of `confidence` of the draws),
    `share_top` (share of the draws, 0-1, in which it ranks among the first `top`).

    Raises ValueError as `closeness_drawn` does, for a top that is not positive, a confidence that
    is no share, and a multiplier that is no number or does not match the alternatives.
    """
    if not top > 0:
        raise ValueError(f"top must be positive, not {top}")
    end = tail(confidence)
    drawn = closeness_drawn(scores, weights, cost, draws, concentration, seed)
    given = closeness(scores, weights, cost)
    if multiplier is not None:
        same_labels(multiplier.index, scores.index, "multiplier")
        factor = numbers(multiplier, "multiplier")[scores.index]
        drawn, given = drawn * factor, given * factor
    ranks = _ranks(drawn.to_numpy())
    low, high = np.quantile(ranks, [end, 1 - end], axis=0, method="inverted_cdf")
    return pd.DataFrame(
        {
            "rank": _ranks(given.to_numpy()),
            "rank_low": low.astype(int),
            "rank_high": high.astype(int),
            "share_top": (ranks <= top).mean(axis=0),
        },
        index=scores.index,
    )


def _ranks(near: np.ndarray) -> np.ndarray:
    near = near.round(12)
    return 1 + (near[..., np.newaxis, :] > near[..., np.newaxis]).sum(axis=-1)


def _closeness(scores: pd.DataFrame, weights: np.ndarray, cost: Sequence[str]) -> np.ndarray:
    """Closeness (k x alternatives) under each of k rows of weights."""
    matrix = scores.to_numpy()
    # Equal scores add nothing to any distance, but 0 / 0 to the norm: leave them out.
    telling = np.ptp(matrix, axis=0) > 1e-12 * np.abs(matrix).max(axis=0)
    matrix = matrix[:, telling] / np.linalg.norm(matrix[:, telling], axis=0)
    matrix[:, scores.columns[telling].isin(cost)] *= -1
    from_best, from_worst = (
        np.linalg.norm(weights[:, np.newaxis, telling] * (matrix - ideal), axis=2)
        for ideal in (matrix.max(axis=0), matrix.min(axis=0))
    )
    both = from_best + from_worst
    return np.divide(from_worst, both, out=np.full_like(both, 0.5), where=both > 0)


def _checked(
    scores: pd.DataFrame, weights: pd.Series, cost: Sequence[str]
) -> tuple[pd.DataFrame, pd.Series]:
    """Scores and normalised weights of the criteria that have a weight."""
    scores, weights = numbers(scores, "scores"), numbers(weights, "weights")
    if scores.empty:
        raise ValueError("scores: there is nothing to rank")
    same_labels(weights.index, scores.columns, "weights")
    for criterion in pd.Index(cost).difference(scores.columns, sort=False):
        raise ValueError(f"cost: criterion '{criterion}' is unknown")
    for criterion in weights.index[weights < 0]:
        raise ValueError(f"weight of '{criterion}' must not be negative: {weights[criterion]:g}")
    weights = weights[scores.columns][weights > 0]
    if weights.empty:
        raise ValueError("weights: at least one must be positive")
    return scores[weights.index], weights / weights.sum()
