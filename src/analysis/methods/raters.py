"""How far the respondents of one office agree (r_wg), and offices differ beyond that (ICC(1))."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import special

from analysis.methods._checks import tail
from analysis.methods.agreement import CONSTANT, FEW, Undefined

FEWEST = 3
"""The fewest respondents of an office whose agreement is judged: two agree or do not by chance."""


@dataclass(frozen=True)
class Intraclass:
    """ICC(1): of one respondent's answer the share that is his office's.

    `single` (at most 1, below 0 where colleagues differ more than offices) with its interval `low`
    to `high`; `mean`: the same of an office's mean; `offices` and `respondents`: who counted; `n0`:
    how many respondents an office has, as unequal numbers count.
    """

    single: float
    low: float
    high: float
    mean: float
    offices: int
    respondents: int
    n0: float


def r_wg(values: pd.Series, offices: pd.Series, levels: int) -> pd.DataFrame:
    """How far the respondents of each office agree on one item.

    `values`: a row per respondent, on a scale of so many `levels`, NaN where not answered;
    `offices`: whose respondent each is. A row per office, by its name: n, variance (n - 1) and
    r_wg = 1 - variance / ((levels^2 - 1) / 12), the variance of answers that fall on every level
    alike. 1 is full agreement; 0 stands, too, where they are farther apart than that; NaN of fewer
    than three.

    Raises ValueError for a scale of fewer than two levels.
    Source: James, Demaree & Wolf (1984), Journal of Applied Psychology 69, 85-98.
    """
    if levels < 2:
        raise ValueError(f"a scale needs two levels or more, not {levels}")
    grouped = values.astype(float).groupby(offices, sort=False)
    table = pd.DataFrame({"n": grouped.count(), "variance": grouped.var()})
    agreed = (1 - table["variance"] / ((levels**2 - 1) / 12)).clip(lower=0)
    return table.assign(r_wg=agreed.where(table["n"] >= FEWEST))


def intraclass(values: pd.Series, offices: pd.Series, confidence: float = 0.95) -> Intraclass:
    """ICC(1) of one item, `values` and `offices` as in `r_wg`.

    From a one-way analysis of variance: (MSB - MSW) / (MSB + (n0 - 1) MSW), and of the mean
    (MSB - MSW) / MSB; n0 = (N - sum of n^2 / N) / (G - 1) for G offices with n respondents, N
    together. The interval from F on G - 1 and N - G degrees of freedom is exact where all have
    equally many respondents and answers are normal.

    Raises Undefined for fewer than two offices, none with two respondents, or answers that are all
    the same.
    Source: Shrout & Fleiss (1979), Psychological Bulletin 86, 420-428; n0: Snedecor & Cochran
    (1989), Statistical Methods, 8th ed., ch. 13.
    """
    end = tail(confidence)
    given = pd.DataFrame({"value": values.astype(float), "office": offices}).dropna()
    grouped = given.groupby("office")["value"]
    sizes, total = grouped.size(), len(given)
    between, within = len(sizes) - 1, total - len(sizes)
    if between < 1 or within < 1:
        raise Undefined(FEW, "ICC(1) needs two offices, and one of them with two respondents")
    apart = given["value"] - grouped.transform("mean")
    squares = float((apart**2).sum())
    rest = float(((given["value"] - given["value"].mean()) ** 2).sum()) - squares
    msb, msw = max(rest, 0.0) / between, squares / within
    if msb + msw < 1e-12:
        raise Undefined(CONSTANT, "ICC(1) is undefined: every answer is the same")
    n0 = float((total - (sizes**2).sum() / total) / between)
    if msw < 1e-12 * msb:
        return Intraclass(1.0, 1.0, 1.0, 1.0, len(sizes), total, n0)
    ratio = msb / msw
    ends = ratio / special.fdtri(between, within, [1 - end, end])
    single, low, high = ((f - 1) / (f + n0 - 1) for f in (ratio, *ends.tolist()))
    mean = (msb - msw) / msb if msb else -np.inf
    return Intraclass(single, low, high, mean, len(sizes), total, n0)
