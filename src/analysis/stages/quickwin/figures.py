"""Quick win programmes (Program Unggulan): proposals ranked, and the best set a budget buys.

A proposal comes from one unit (n = 1), so nothing here has an interval over units; how far ranks
hang on the weights of the criteria is shown instead. `proposals` describes the proposals.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from analysis.methods import topsis
from analysis.stages.evidence import claims
from analysis.stages.quickwin.proposals import horizon
from analysis.text import N_, _

TOP = 3
FIRST = "first"
"""The kind of the one comparison: the first proposal with all others."""
POPULATION, WHOLE = "population", "kota"
"""The indicator of the number of inhabitants in the statistics, and the area of the whole city."""
EQUAL = 1e-12  # priorities closer than this are the same


def ranking(
    proposals: pd.DataFrame,
    weights: Mapping[str, float],
    cost_criteria: Sequence[str],
    horizons: Sequence[int],
    dimension_weights: pd.Series | None = None,
    confidence: float = 0.95,
    people: float = np.inf,
) -> pd.DataFrame:
    """The complete ones of `proposals.described`, best first.

    `weights` by criterion; beneficiaries count by their logarithm, log10(people + 1).
    `dimension_weights` (by dimension id, such as AHP weights) multiply the closeness, never the
    criteria. Adds horizon, closeness (TOPSIS, 0-1), factor (the multiplier, else 1), priority
    (closeness x factor), rank (by priority), rank_low and rank_high (ranks between which it
    stays in a share of `confidence` of the draws of weights around the given ones), share_top
    (share of the draws among the first three) and merit, which a package adds up: the priority
    without the criterion cost, as the budget counts that already, times
    log10(1 + beneficiaries), these up to `people`, the number of inhabitants.
    Raises ValueError for a dimension without a weight. Sources: `methods.topsis`.
    """
    part = proposals[proposals["complete"]].set_index("proposal")
    part = part.assign(horizon=horizon(part["duration"], horizons))
    if part.empty:
        figures = ["closeness", "factor", "priority", "rank", "rank_low", "rank_high", "share_top"]
        return part.assign(**dict.fromkeys([*figures, "merit"], np.nan)).reset_index()
    factor = _factor(part["dimension"], dimension_weights)
    scores, given = _criteria(part, weights)
    closeness = topsis.closeness(scores, given, cost_criteria)
    stability = topsis.rank_stability(
        scores, given, cost_criteria, top=TOP, multiplier=factor, confidence=confidence
    )
    table = part.assign(
        closeness=closeness,
        factor=factor,
        priority=closeness * factor,
        merit=_without_cost(scores, given, cost_criteria)
        * factor
        * np.log10(1 + part["beneficiaries"].clip(upper=people)),
    ).join(stability)
    return table.sort_values(["rank", "label"]).reset_index()


def inhabitants(statistics: pd.DataFrame) -> pd.Series | None:
    """The newest published number of the city's inhabitants in use: its row, None without any."""
    known = statistics[
        (statistics["indicator"] == POPULATION)
        & (statistics["area"] == WHOLE)
        & statistics["used"].astype(bool)
    ]
    return None if known.empty else known.sort_values("year").iloc[-1]


def _factor(dimension: pd.Series, weights: pd.Series | None) -> pd.Series:
    if weights is None:
        return pd.Series(1.0, index=dimension.index)
    for unknown in dimension[~dimension.isin(weights.dropna().index)]:
        raise ValueError(f"dimension_weights: '{unknown}' has no weight")
    return dimension.map(weights).astype(float)


def _criteria(part: pd.DataFrame, weights: Mapping[str, float]) -> tuple[pd.DataFrame, pd.Series]:
    given = pd.Series(dict(weights), dtype=float)
    scores = part[list(given.index)].astype(float)
    if "beneficiaries" in scores:
        scores["beneficiaries"] = np.log10(scores["beneficiaries"] + 1)
    return scores, given


def _without_cost(
    scores: pd.DataFrame, weights: pd.Series, cost_criteria: Sequence[str]
) -> pd.Series:
    """Closeness on the other criteria: the budget counts the cost already."""
    rest = weights.drop("cost", errors="ignore")
    if rest.empty:
        return pd.Series(0.5, index=scores.index)
    return topsis.closeness(scores[rest.index], rest, [c for c in cost_criteria if c in rest])


def _without_each(
    ranked: pd.DataFrame, weights: Mapping[str, float], cost_criteria: Sequence[str]
) -> dict[str, pd.Series]:
    """The priority of the others, by proposal, when that one is taken away by itself.

    Source: Garcia-Cascales & Lamata (2012), Mathematical and Computer Modelling 56, 123-132
    (rank reversal in TOPSIS).
    """
    keyed = ranked.set_index("proposal")
    scores, given = _criteria(keyed, weights)
    return {
        taken: topsis.closeness(rest, given, cost_criteria) * keyed["factor"].drop(taken)
        for taken in keyed.index
        if len(rest := scores.drop(taken)) > 1
    }


def reversals(
    ranked: pd.DataFrame, weights: Mapping[str, float], cost_criteria: Sequence[str], top: int = 10
) -> int:
    """How many proposals, each taken away by itself, change the order among the first `top`."""
    first = ranked["proposal"].head(top)
    return sum(
        bool((priority[first[first != taken]].diff() > 1e-9).any())
        for taken, priority in _without_each(ranked, weights, cost_criteria).items()
    )


def _less_praised(
    scores: pd.DataFrame,
    weights: pd.Series,
    cost_criteria: Sequence[str],
    factor: pd.Series,
    rated: Mapping[str, tuple[float, float]],
) -> float:
    """The lead of the first had its unit judged it a level worse in all that has levels."""
    first, shifted = scores.index[0], scores.copy()
    for criterion, ends in rated.items():
        worse = 1 if criterion in cost_criteria else -1
        shifted.loc[first, criterion] = np.clip(scores.loc[first, criterion] + worse, *ends)
    priority = topsis.closeness(shifted, weights, cost_criteria) * factor
    return float(priority[first] - priority.drop(first).max())


def comparisons(
    ranked: pd.DataFrame,
    weights: Mapping[str, float],
    cost_criteria: Sequence[str],
    rated: Mapping[str, tuple[float, float]],
    confidence: float = 0.95,
) -> list[claims.Comparisons]:
    """Whether the first proposal is above all others; none of fewer than two.

    The figure is how far its priority is above the best other one, its interval that of the draws
    of weights, and p twice the share of these in which it is not first alone (with one added to
    both: Davison & Hinkley 1997, sec. 4.2). Taking away any other proposal may turn it, and so may
    a unit that judged its own proposal a level less kindly. `rated`: the ends of the scale of each
    criterion that was answered in levels.
    """
    if len(ranked) < 2:
        return []
    keyed = ranked.set_index("proposal")
    first, others = keyed.index[0], keyed.index[1:]
    scores, given = _criteria(keyed, weights)
    drawn = topsis.closeness_drawn(scores, given, cost_criteria) * keyed["factor"]
    ahead = drawn[first] - drawn[others].max(axis=1)
    low, high = ahead.quantile([(1 - confidence) / 2, (1 + confidence) / 2])
    lost, least = int((ahead <= EQUAL).sum()), 2 / (len(ahead) + 1)
    figures = pd.DataFrame(
        {
            "value": keyed["priority"].iloc[0] - keyed["priority"].iloc[1],
            "low": low,
            "high": high,
            "n": len(keyed),
            "error": np.nan,
            "freedom": 1.0,
            "p_value": min(1.0, (1 + lost) * least),
            "least": least,
            "agree": 1 - lost / len(ahead),
        },
        index=[first],
    )
    rest = _without_each(ranked, weights, cost_criteria)
    worst = min(
        (p[first] - p.drop(first).max() for taken, p in rest.items() if taken != first),
        default=np.nan,
    )
    words = claims.words(
        keyed["name"].head(1),
        _("“{name}” di peringkat pertama"),
        _("“{name}” tidak di peringkat pertama"),
        _("peringkat pertama bergantung pada bobot kriteria"),
    )
    praise = _less_praised(scores, given, cost_criteria, keyed["factor"], rated)
    bounds = pd.DataFrame({"worst": worst, "best": np.nan, "praise": praise}, index=[first])
    cases = {
        "worst": N_("satu usulan lain dikeluarkan"),
        "praise": N_("pengusulnya menilai setingkat lebih rendah"),
    }
    return [
        claims.Comparisons(
            FIRST, words, keyed["unit"], None, figures, bounds, ranked=True, cases=cases
        )
    ]


def contenders(ranked: pd.DataFrame) -> pd.DataFrame:
    """The proposals that may be first when the weights shift: whose ranks include the first."""
    return ranked[ranked["rank_low"] == 1]
