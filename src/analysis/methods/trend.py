"""A straight line through a short yearly series, with the interval where new values would fall."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import special

from analysis.methods._checks import numbers, tail

FEWEST_POINTS = 4
LONGEST_GAP = 3
LONGEST_HORIZON = 2


class TooFewPoints(ValueError):
    """The series is too short or too patchy for a line; the message names the rule broken."""


@dataclass(frozen=True, eq=False)
class Projection:
    """A fitted line, year by year from the first observation to the horizon.

    `frame`: `year`, `fitted`, `low`, `high` (unit of the series), `observed` (a value is known for
    that year). `slope`: change per year. `n`: observations.
    """

    frame: pd.DataFrame
    slope: float
    n: int


def project(series: pd.Series, confidence: float = 0.95, horizon: int = 2) -> Projection:
    """The least-squares line of `series` (value by year) and its prediction interval.

    At year x: fitted +- t s sqrt(1 + 1/n + (x - mean)^2 / Sxx) on n - 2 degrees of freedom, where
    one new value would fall if the line and the spread around it held. Yearly figures are seldom
    independent, so the interval is indicative at best.

    Raises TooFewPoints for fewer than four points or a gap over three years between successive
    points; ValueError for a year that is not whole or comes twice, a value that is no number, or a
    horizon other than 0, 1 or 2 years.
    Source: Montgomery, Peck & Vining (2012), Introduction to Linear Regression Analysis, sec. 2.5.
    """
    end = tail(confidence)
    if horizon not in range(LONGEST_HORIZON + 1):
        raise ValueError(f"horizon must be 0 to {LONGEST_HORIZON} years, not {horizon}")
    values = numbers(series, "series")
    years = _years(values.index)
    n = len(years)
    if n < FEWEST_POINTS:
        raise TooFewPoints(f"a line needs at least {FEWEST_POINTS} points, not {n}")
    values, years = values.iloc[np.argsort(years)].to_numpy(), np.sort(years)
    gaps = np.diff(years)
    if (widest := gaps.max()) > LONGEST_GAP:
        start = years[gaps.argmax()]
        raise TooFewPoints(
            f"no gap may exceed {LONGEST_GAP} years: there are {widest} from {start} "
            f"to {start + widest}"
        )
    centred = years - years.mean()
    squares = (centred**2).sum()
    slope = (centred * values).sum() / squares
    residuals = values - values.mean() - slope * centred
    spread = np.sqrt((residuals**2).sum() / (n - 2))
    drawn = np.arange(years[0], years[-1] + horizon + 1)
    ahead = drawn - years.mean()
    fitted = values.mean() + slope * ahead
    reach = special.stdtrit(n - 2, 1 - end) * spread * np.sqrt(1 + 1 / n + ahead**2 / squares)
    frame = pd.DataFrame(
        {
            "year": drawn,
            "fitted": fitted,
            "low": fitted - reach,
            "high": fitted + reach,
            "observed": np.isin(drawn, years),
        }
    )
    return Projection(frame, float(slope), n)


def _years(index: pd.Index) -> np.ndarray:
    years = pd.to_numeric(index.to_series(), errors="coerce").astype(float)
    for year in index[~((years % 1 == 0) & years.between(1, 9999)).to_numpy()]:
        raise ValueError(f"series: '{year}' is not a whole year")
    return years.to_numpy().astype(int)
