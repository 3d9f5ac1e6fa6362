"""Quick win programmes (Program Unggulan): proposals ranked, and the best set a budget buys.

A proposal comes from one unit (n = 1), so nothing here has an interval over units; how far ranks
hang on the weights of the criteria is shown instead. `proposals` describes the proposals.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from analysis.methods import topsis
from analysis.stages.quickwin.proposals import horizon
from analysis.text import interval, number

TOP = 3


def ranking(
    proposals: pd.DataFrame,
    weights: Mapping[str, float],
    cost_criteria: Sequence[str],
    horizons: Sequence[int],
    dimension_weights: pd.Series | None = None,
) -> pd.DataFrame:
    """The complete ones of `proposals.described`, best first.

    `weights` by criterion; beneficiaries count by their logarithm, log10(people + 1).
    `dimension_weights` (by dimension id, such as AHP weights) multiply the closeness, never the
    criteria. Adds horizon, closeness (TOPSIS, 0-1), factor (the multiplier, else 1), priority
    (closeness x factor), rank (by priority), rank_low and rank_high (ranks between which it
    stays in 90% of the draws of weights around the given ones), rank_range (these in words),
    share_top (share of the draws among the first three) and merit (priority without the criterion
    cost).
    Raises ValueError for a dimension without a weight. Sources: `methods.topsis`.
    """
    part = proposals[proposals["complete"]].set_index("proposal")
    part = part.assign(horizon=horizon(part["duration"], horizons))
    if part.empty:
        figures = ["closeness", "factor", "priority", "rank", "rank_low", "rank_high", "share_top"]
        return part.assign(
            **dict.fromkeys([*figures, "merit"], np.nan), rank_range=""
        ).reset_index()
    factor = _factor(part["dimension"], dimension_weights)
    scores, given = _criteria(part, weights)
    closeness = topsis.closeness(scores, given, cost_criteria)
    stability = topsis.rank_stability(scores, given, cost_criteria, top=TOP, multiplier=factor)
    table = part.assign(
        closeness=closeness,
        factor=factor,
        priority=closeness * factor,
        merit=_without_cost(scores, given, cost_criteria) * factor,
    ).join(stability)
    bounds = zip(table["rank_low"], table["rank_high"], strict=True)
    table["rank_range"] = [
        number(low, 0) if low == high else interval(low, high, 0) for low, high in bounds
    ]
    return table.sort_values(["rank", "label"]).reset_index()


def _factor(dimension: pd.Series, weights: pd.Series | None) -> pd.Series:
    if weights is None:
        return pd.Series(1.0, index=dimension.index)
    for unknown in dimension[~dimension.isin(weights.index)]:
        raise ValueError(f"dimension_weights: '{unknown}' has no weight")
    return dimension.map(weights).astype(float)


def _criteria(part: pd.DataFrame, weights: Mapping[str, float]) -> tuple[pd.DataFrame, pd.Series]:
    given = pd.Series(dict(weights), dtype=float)
    scores = part[list(given.index)].astype(float)
    if "beneficiaries" in scores:
        scores["beneficiaries"] = np.log10(scores["beneficiaries"] + 1)
    return scores, given


def _without_cost(scores, weights: pd.Series, cost_criteria: Sequence[str]) -> pd.Series:
    """Closeness on the other criteria: the budget counts the cost already."""
    rest = weights.drop("cost", errors="ignore")
    if rest.empty:
        return pd.Series(0.5, index=scores.index)
    return topsis.closeness(scores[rest.index], rest, [c for c in cost_criteria if c in rest])


def reversals(
    ranked: pd.DataFrame, weights: Mapping[str, float], cost_criteria: Sequence[str], top: int = 10
) -> int:
    """How many proposals, each taken away by itself, change the order among the first `top`.

    Source: Garcia-Cascales & Lamata (2012), Mathematical and Computer Modelling 56, 123-132
    (rank reversal in TOPSIS).
    """
    keyed = ranked.set_index("proposal")
    if len(keyed) < 3:
        return 0
    scores, given = _criteria(keyed, weights)
    first, changed = keyed.index[:top], 0
    for taken in keyed.index:
        score = topsis.closeness(scores.drop(taken), given, cost_criteria) * keyed["factor"]
        changed += bool((score[first.drop(taken, errors="ignore")].diff() > 1e-9).any())
    return changed


def rivals(ranked: pd.DataFrame) -> int:
    """How many proposals, the first one included, have ranks that overlap those of the first."""
    return int((ranked["rank_low"] <= ranked["rank_high"].iloc[0]).sum())
