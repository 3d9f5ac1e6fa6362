"""What the data tell apart: tests of differences."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import special

from analysis.methods._checks import numbers, tail


def t_test(values: pd.DataFrame, against: float = 0.0) -> pd.DataFrame:
    """Whether the mean of each column of `values` (units x things) differs from `against`.

    Student's t on n - 1 degrees of freedom; NaN values are passed over. One row per thing:
    `mean`, `n` and the two-sided `p_value`, which is never below 2^(1-n), the smallest level that
    the signs of n differences can reach (Fisher's randomisation): a handful of equal answers
    proves nothing. Fewer than two values cannot be tested: p is 1.

    Raises ValueError for words, infinities or labels that come twice.
    Source: Student (1908), Biometrika 6, 1-25; Fisher (1935), The Design of Experiments, sec. 21.
    """
    away = numbers(values, "values", blanks=True) - against
    n, mean = away.count(), away.mean()
    return pd.DataFrame(
        {"mean": mean + against, "n": n, "p_value": p_values(mean, away.sem(), n)}
    ).rename_axis(values.columns.name)


def p_values(estimate: pd.Series, error: pd.Series, n: pd.Series) -> pd.Series:
    """`t_test` of estimates whose standard errors are known: two-sided p on n - 1 degrees.

    `estimate`, `error` (not negative) and `n` by thing. Without an estimate, an error or a second
    value p is 1.
    """
    if (error < 0).any():
        raise ValueError(f"error of '{error.index[error < 0][0]}' must not be negative")
    count = n.to_numpy(dtype=float)
    size = np.abs(estimate.to_numpy(dtype=float))
    spread = error.to_numpy(dtype=float)
    distance = np.divide(
        size, spread, out=np.where(size > 1e-12, np.inf, 0.0), where=spread > 1e-12
    )
    p = 2 * special.stdtr(np.maximum(count - 1, 1), -distance)
    p = np.maximum(p, 2.0 ** (1 - np.maximum(count, 1)))
    unknown = np.isnan(size) | np.isnan(spread) | (count < 2)
    return pd.Series(np.where(unknown, 1.0, p), index=estimate.index, name="p_value")


def q_values(p: pd.Series) -> pd.Series:
    """The rate of false discoveries at which each of these tests becomes one, from their p values.

    Source: Benjamini & Hochberg (1995), J. Royal Statistical Society B 57, 289-300.
    """
    falling = p.sort_values(ascending=False)
    rates = falling * (len(p) / np.arange(len(p), 0, -1))
    return rates.cummin().clip(upper=1.0).reindex(p.index)


@dataclass(frozen=True)
class Difference:
    """A difference of two means with its interval and two-sided p; NaN bounds where unknown.

    `error`: its standard error, on `freedom` degrees of freedom; `least`: the smallest p that so
    many values can reach.
    """

    value: float
    low: float
    high: float
    p_value: float
    n: int
    error: float = np.nan
    freedom: float = 1.0
    least: float = 1.0


def welch(first: pd.Series, second: pd.Series, confidence: float = 0.95) -> Difference:
    """Mean of `first` less mean of `second`, values of different units, by Welch's t.

    NaN values are passed over. p is never below 2 / C(n1 + n2, n1), the smallest level that an
    exchange of the units between the sides can reach; where a side has fewer than two values it is
    1 and there are no bounds. Nor are there where the values of each side are all alike and so few
    that they can tell nothing.

    Raises ValueError for words or infinities, or a side without any value.
    Source: Welch (1947), Biometrika 34, 28-35; Fisher (1935), The Design of Experiments, sec. 21.
    """
    end = tail(confidence)
    sides = [
        numbers(side.reset_index(drop=True), "values", blanks=True).dropna()
        for side in (first, second)
    ]
    sizes = np.array([len(side) for side in sides])
    if not sizes.all():
        raise ValueError("a difference of means needs values on both sides")
    value, n = float(sides[0].mean() - sides[1].mean()), int(sizes.sum())
    if sizes.min() < 2:
        return Difference(value, np.nan, np.nan, 1.0, n)
    least = 2.0 / float(special.comb(n, sizes[0]))
    shares = np.array([side.var() for side in sides]) / sizes
    error = float(np.sqrt(shares.sum()))
    if error < 1e-12:
        p = least if abs(value) > 1e-12 else 1.0
        ends = value if least < 2 * end else np.nan
        return Difference(value, ends, ends, p, n, 0.0, n - 2.0, least)
    freedom = float(shares.sum() ** 2 / (shares**2 / (sizes - 1)).sum())
    reach = float(special.stdtrit(freedom, 1 - end) * error)
    p = max(2 * float(special.stdtr(freedom, -abs(value) / error)), least)
    return Difference(value, value - reach, value + reach, p, n, error, freedom, least)
