"""How far respondents agree (Kendall's W) and items hang together (Cronbach's alpha)."""

from contextlib import suppress
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from scipy import special

from analysis.methods._checks import numbers, tail

Missing = Literal["pairwise", "listwise"]


FEW, CONSTANT, OPPOSED, APART, ITEMS = "few", "constant", "opposed", "apart", "items"
"""Why a coefficient is not defined: too few respondents, answers that do not vary, items that
cancel each other, pairs of answers that do not fit together, too few items."""


class Undefined(ValueError):
    """A coefficient that these answers do not have; `reason`: why, one of the words above."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


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
    the respondents used: those with two answers or more, or complete rows. Alpha presumes that the
    items reflect one thing, and grows with their number. Below 0 the items work against each other,
    and it has no lower end.

    Raises Undefined, a ValueError with its reason, for fewer than two items or respondents, two
    items without two respondents in common (named), a sum that does not vary, or pairs that give
    an alpha above 1, which no answers have.
    Source: Cronbach (1951), Psychometrika 16, 297-334; interval: Feldt, Woodruff & Salih (1987),
    Applied Psychological Measurement 11, 93-103.
    """
    end = tail(confidence)
    covariance, n = _covariance(_answers(items, 2), missing)
    alpha = _alpha(covariance)
    if np.isnan(alpha):
        reason = OPPOSED if np.trace(covariance) else CONSTANT
        raise Undefined(reason, "alpha is undefined: the sum of the items does not vary")
    if alpha > 1:
        raise Undefined(APART, f"the pairs of answers give an alpha of {alpha:g}, above 1")
    freedom = n - 1, (n - 1) * (len(covariance) - 1)
    low, high = (1 - (1 - alpha) * special.fdtri(*freedom, [1 - end, end])).tolist()
    return Alpha(alpha, (low, high), n)


def of_one_sample(items: pd.DataFrame) -> bool:
    """Whether the covariances of pairs of answers (as in `cronbach_alpha`) can be of one sample.

    Covariances of different respondents need not fit together: they do where no eigenvalue of
    their matrix is negative. Otherwise what is made of them can leave the values that it may have,
    and the complete rows alone are to be used.
    Raises Undefined as `cronbach_alpha` does of pairs.
    Source: Wothke (1993), in Bollen & Long, Testing Structural Equation Models, 256-293.
    """
    covariance, _n = _covariance(_answers(items, 2), "pairwise")
    return bool(np.linalg.eigvalsh(covariance)[0] >= -1e-9 * np.trace(covariance))


def item_rest(items: pd.DataFrame, missing: Missing = "pairwise") -> pd.DataFrame:
    """Each item against the others: one row per item of `items` (as in `cronbach_alpha`).

    Columns: `correlation` (over the respondents who answered the item, with the mean of the others
    that each of them answered, every answer less its item's mean: without blanks the correlation
    with the sum of the others; NaN where either does not vary) and `alpha_if_deleted` (alpha of the
    others, `missing` as in `cronbach_alpha`; NaN where they have none, or one above 1).
    Raises Undefined for fewer than three items.
    Source: Nunnally & Bernstein (1994), Psychometric Theory, ch. 8 (corrected item-total).
    """
    answers = _answers(items, 3)
    apart = answers - answers.mean()
    covariance = np.full((answers.shape[1],) * 2, np.nan)
    with suppress(Undefined):
        covariance, _n = _covariance(answers, missing)
    others = [np.delete(np.delete(covariance, i, 0), i, 1) for i in range(len(covariance))]
    alphas = pd.Series([_alpha(other) for other in others], items.columns)
    correlations = [
        _correlation(apart[item], apart.drop(columns=item).mean(axis=1)) for item in apart
    ]
    return pd.DataFrame(
        {"correlation": correlations, "alpha_if_deleted": alphas.where(alphas <= 1)}, items.columns
    )


def kendall_w(ratings: pd.DataFrame, answered: float = 1.0) -> Concordance:
    """Kendall's W of `ratings` (rows raters, columns items; ranks or scores, ties corrected).

    W = (1 + (k - 1) r) / k, k the mean number of raters of an item, r the mean concordance of two
    raters: over all pairs, the product of their rank deviations on the items that both rated over
    the mean of their squares. With full rows this is 12 S / (m^2 (n^3 - n) - m T) for m raters and
    n items, S the squared deviations of the rank sums, T the sum of t^3 - t over tied groups.
    chi-square = k (n - 1) W on n - 1 degrees of freedom (an approximation, good for more than seven
    items). Raters of fewer than `answered` (a share) of the items are left out and counted in
    `left_out`; a blank of the others is neither ranked nor filled. W is never below 0.

    Raises Undefined, a ValueError with its reason, for fewer than two items or raters left, or when
    none tells any two items apart.
    Source: Kendall & Babington Smith (1939), Ann. Math. Statistics 10, 275-287; ties, and W as the
    mean of all pairs: Kendall (1962), Rank Correlation Methods, 3rd ed., ch. 6; pairs of incomplete
    raters: Brueckl (2011), Altersbedingte Veraenderungen der Stimme, 88-103 (R package irrNA, which
    weighs pairs by their common items, here by their squares, to keep the correction for ties).
    """
    if (n := ratings.shape[1]) < 2:
        raise Undefined(ITEMS, f"Kendall's W needs at least two items, not {n}")
    scores = numbers(ratings, "ratings", blanks=True)
    counted = scores[scores.notna().mean(axis=1) >= answered - 1e-9].to_numpy()
    if (m := len(counted)) < 2:
        raise Undefined(FEW, f"Kendall's W needs at least two raters with few blanks, not {m}")
    known = (~np.isnan(counted)).astype(float)
    # An item's mid-rank lies half as far from the middle as it wins more often than it loses.
    wins = np.nan_to_num(np.sign(counted[:, :, np.newaxis] - counted[:, np.newaxis]))
    ranks = np.einsum("aij,bj,bi->abi", wins, known, known) / 2  # of a on what b rated too
    ranks[range(m), range(m)] = 0
    squares = (ranks**2).sum()
    if squares == 0:
        raise Undefined(CONSTANT, "Kendall's W is undefined: every rater gives all items the same")
    agreed = (ranks * ranks.transpose(1, 0, 2)).sum() / squares
    k = known.sum() / n
    w = float(np.clip((1 + (k - 1) * agreed) / k, 0, 1))
    chi_square = float(k * (n - 1) * w)
    p_value = float(special.chdtrc(n - 1, chi_square))
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


def _answers(items: pd.DataFrame, least: int) -> pd.DataFrame:
    if items.shape[1] < least:
        words = {2: "alpha needs at least two items", 3: "item_rest needs at least three items"}
        raise Undefined(ITEMS, f"{words[least]}, not {items.shape[1]}")
    return numbers(items, "items", blanks=True)


def _covariance(answers: pd.DataFrame, missing: Missing) -> tuple[np.ndarray, int]:
    """The items' covariance matrix and the number of respondents behind it."""
    if missing not in ("pairwise", "listwise"):
        raise ValueError(f"missing must be 'pairwise' or 'listwise', not '{missing}'")
    some = answers.dropna(thresh=answers.shape[1] if missing == "listwise" else 2)
    if len(some) < 2:
        raise Undefined(FEW, f"alpha needs at least two respondents, not {len(some)}")
    covariance = some.cov()
    for i, j in np.argwhere(covariance.isna().to_numpy()):
        pair = f"'{some.columns[i]}' and '{some.columns[j]}'"
        raise Undefined(FEW, f"items {pair} have fewer than two respondents in common")
    return covariance.to_numpy(), len(some)


def _alpha(covariance: np.ndarray) -> float:
    size, total = len(covariance), covariance.sum()
    if not total > 1e-12 * np.trace(covariance):  # constant, opposed, or not known
        return np.nan
    alpha = float(size / (size - 1) * (1 - np.trace(covariance) / total))
    return 1.0 if np.isclose(alpha, 1, rtol=0, atol=1e-9) else alpha


def _correlation(item: pd.Series, rest: pd.Series) -> float:
    both = pd.concat([item, rest], axis=1).dropna()
    apart = (both - both.mean()).to_numpy()
    spread = np.sqrt((apart**2).sum(axis=0))
    if len(both) < 2 or spread.min() < 1e-9:
        return np.nan
    return float(np.clip(apart[:, 0] @ apart[:, 1] / spread.prod(), -1, 1))
