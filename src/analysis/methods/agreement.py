"""How far respondents agree (Kendall's W) and items hang together (Cronbach's alpha)."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from scipy import stats

from analysis.methods._checks import numbers, tail

Missing = Literal["pairwise", "listwise"]


@dataclass(frozen=True)
class Alpha:
    """Cronbach's alpha (at most 1, may be negative), its interval and the respondents behind it."""

    alpha: float
    interval: tuple[float, float]
    n: int


@dataclass(frozen=True)
class Concordance:
    """Kendall's W (0 none, 1 full agreement), its test, and who counted."""

    w: float
    chi_square: float
    p_value: float
    raters: int
    left_out: int


def cronbach_alpha(
    items: pd.DataFrame, missing: Missing = "pairwise", confidence: float = 0.95
) -> Alpha:
    """Cronbach's alpha of `items` (rows respondents, columns items, same scale) with its interval.

    alpha = k / (k - 1) x (1 - sum of item variances / variance of the sum), from the covariances
    of the respondents who answered both items ("pairwise") or every item ("listwise"). `n` counts
    the respondents used: those with two answers or more, or complete rows. Where pairs give an
    alpha above 1, which none can have, it is that of the complete rows. Alpha presumes that the
    items reflect one thing, and grows with their number.

    Raises ValueError for fewer than two items or respondents, two items without two respondents
    in common (named), or answers without any variance.
    Source: Cronbach (1951), Psychometrika 16, 297-334; interval: Feldt, Woodruff & Salih (1987),
    Applied Psychological Measurement 11, 93-103.
    """
    end = tail(confidence)
    covariance, n = _covariance(items, missing)
    alpha = _alpha(covariance)
    if np.isnan(alpha):
        raise ValueError("alpha is undefined: the sum of the items does not vary")
    if alpha > 1 and missing == "pairwise":  # covariances of different people need not fit together
        return cronbach_alpha(items, "listwise", confidence)
    freedom = n - 1, (n - 1) * (len(covariance) - 1)
    low, high = (1 - (1 - alpha) * stats.f.ppf([1 - end, end], *freedom)).tolist()
    return Alpha(alpha, (low, high), n)


def item_rest(items: pd.DataFrame, missing: Missing = "pairwise") -> pd.DataFrame:
    """Each item against the others: one row per item of `items` (as in `cronbach_alpha`).

    Columns: `correlation` (of the item with the sum of the others; NaN where either does not vary)
    and `alpha_if_deleted` (alpha of the others; NaN where their sum does not vary).
    Raises ValueError as `cronbach_alpha` does, and for fewer than three items.
    Source: Nunnally & Bernstein (1994), Psychometric Theory, ch. 8 (corrected item-total).
    """
    if items.shape[1] < 3:
        raise ValueError(f"item_rest needs at least three items, not {items.shape[1]}")
    covariance, _ = _covariance(items, missing)
    own = np.diag(covariance)
    with_rest = covariance.sum(axis=1) - own
    rest = covariance.sum() - own - 2 * with_rest
    spread = np.sqrt(np.clip(own * rest, 0, None))
    correlation = np.divide(with_rest, spread, out=np.full(len(own), np.nan), where=spread > 0)
    others = [np.delete(np.delete(covariance, i, 0), i, 1) for i in range(len(own))]
    return pd.DataFrame(
        {"correlation": correlation, "alpha_if_deleted": [_alpha(other) for other in others]},
        index=items.columns,
    )


def kendall_w(ratings: pd.DataFrame) -> Concordance:
    """Kendall's W of `ratings` (rows raters, columns items; ranks or scores, ties corrected).

    W = 12 S / (m^2 (n^3 - n) - m T) for m raters and n items, S the squared deviations of the rank
    sums, T the sum of t^3 - t over tied groups; chi-square = m (n - 1) W on n - 1 degrees of
    freedom (an approximation, good for more than seven items). A rater with a blank is left out
    and counted in `left_out`.

    Raises ValueError for fewer than two items or complete raters, or when no rater tells any
    two items apart.
    Source: Kendall & Babington Smith (1939), Ann. Math. Statistics 10, 275-287; ties: Kendall
    (1948), Rank Correlation Methods.
    """
    complete = numbers(ratings, "ratings", blanks=True).dropna()
    m, n = complete.shape
    if n < 2:
        raise ValueError(f"Kendall's W needs at least two items, not {n}")
    if m < 2:
        raise ValueError(f"Kendall's W needs at least two raters without blanks, not {m}")
    ranks = stats.rankdata(complete, axis=1)
    squares = ((ranks.sum(axis=0) - m * (n + 1) / 2) ** 2).sum()
    # Untied ranks deviate by (n^3 - n) / 12 in squares; each tied group by (t^3 - t) / 12 less.
    possible = m * ((ranks - (n + 1) / 2) ** 2).sum()
    if possible == 0:
        raise ValueError("Kendall's W is undefined: every rater gives all items the same")
    w = min(1.0, float(squares / possible))
    chi_square = m * (n - 1) * w
    p_value = float(stats.chi2.sf(chi_square, n - 1))
    return Concordance(w, chi_square, p_value, raters=m, left_out=len(ratings) - m)


def consensus(ratings: pd.DataFrame, scale: tuple[float, float]) -> pd.Series:
    """How close the answers to each item lie together: 1 all alike, 0 half at each end.

    `ratings`: respondents x items on an ordinal scale from `scale[0]` to `scale[1]`, NaN where not
    answered. 1 + mean over respondents of log2(1 - |answer - mean of the item| / width of the
    scale); NaN for an item that nobody answered.

    Raises ValueError for a scale without width or an answer outside it (named).
    Source: Tastle & Wierman (2007), Int. J. Approximate Reasoning 45, 531-545.
    """
    low, high = scale
    if not high > low:
        raise ValueError(f"a scale needs two different ends, not {low:g} and {high:g}")
    answers = numbers(ratings, "ratings", blanks=True)
    for row, column in np.argwhere(((answers < low) | (answers > high)).to_numpy()):
        raise ValueError(
            f"answer {answers.iat[row, column]:g} of '{answers.index[row]}' to "
            f"'{answers.columns[column]}' lies outside {low:g}-{high:g}"
        )
    return (1 + np.log2(1 - (answers - answers.mean()).abs() / (high - low)).mean()).rename(
        "consensus"
    )


def _covariance(items: pd.DataFrame, missing: Missing) -> tuple[np.ndarray, int]:
    """The items' covariance matrix and the number of respondents behind it."""
    if missing not in ("pairwise", "listwise"):
        raise ValueError(f"missing must be 'pairwise' or 'listwise', not '{missing}'")
    answers = numbers(items, "items", blanks=True)
    size = answers.shape[1]
    if size < 2:
        raise ValueError(f"alpha needs at least two items, not {size}")
    answers = answers.dropna(thresh=size if missing == "listwise" else 2)
    if len(answers) < 2:
        raise ValueError(f"alpha needs at least two respondents, not {len(answers)}")
    covariance = answers.cov()
    for i, j in np.argwhere(covariance.isna().to_numpy()):
        pair = f"'{answers.columns[i]}' and '{answers.columns[j]}'"
        raise ValueError(f"items {pair} have fewer than two respondents in common")
    return covariance.to_numpy(), len(answers)


def _alpha(covariance: np.ndarray) -> float:
    size, total = len(covariance), covariance.sum()
    if total <= 1e-12 * np.trace(covariance):  # constant, or not a covariance of one sample
        return np.nan
    return float(size / (size - 1) * (1 - np.trace(covariance) / total))
