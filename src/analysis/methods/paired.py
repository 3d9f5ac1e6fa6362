"""Two measurements of the same units: what they share, and how far the second moved.

Whatever is computed of `aligned` tables is over the same units and cells in both, so that a
difference of means is the mean of differences, and neither a unit that came nor a question that
went can make one.
"""

import numpy as np
import pandas as pd

from analysis.methods._checks import numbers

ROUNDING = 1e-9  # differences below it are none


def aligned(before: pd.DataFrame, after: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Both tables (units x things) over the units and things of both, NaN wherever either is NaN.

    The order is that of `after`.

    Raises ValueError for words, infinities or labels that come twice.
    Source: Student (1908), Biometrika 6, 1-25 (differences of pairs).
    """
    first, second = (numbers(t, n, blanks=True) for t, n in ((before, "before"), (after, "after")))
    units, things = (
        own[own.isin(other)]
        for own, other in ((second.index, first.index), (second.columns, first.columns))
    )
    first, second = first.loc[units, things], second.loc[units, things]
    both = first.notna() & second.notna()
    return first.where(both), second.where(both)


def correlation(before: pd.DataFrame, after: pd.DataFrame) -> pd.Series:
    """By thing, Pearson's correlation over the units of two `aligned` tables.

    It tells how much of what sets units apart stays: the variance of a difference is 2 (1 - r)
    times that of one measurement where both vary alike. NaN below three units, or where either
    does not vary.
    """
    n = (before.notna() & after.notna()).sum()
    varied = (before.std() > ROUNDING) & (after.std() > ROUNDING) & (n >= 3)
    with np.errstate(invalid="ignore", divide="ignore"):
        return before.corrwith(after).where(varied)


def directions(differences: pd.DataFrame) -> pd.DataFrame:
    """By thing (column), how many units `rose`, `stayed` and `fell`; NaN counts for none."""
    return pd.DataFrame(
        {
            "rose": (differences > ROUNDING).sum(),
            "stayed": (differences.abs() <= ROUNDING).sum(),
            "fell": (differences < -ROUNDING).sum(),
        }
    )
