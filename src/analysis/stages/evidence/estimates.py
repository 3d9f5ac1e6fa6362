"""Figures that are no plain means over units: their intervals from joint resamples of the units.

A statistic maps counts (draws x units: how often each unit counts) to a frame of draws x things,
so the figure itself, its bootstrap replicates and its jackknife come from one definition.
"""

from collections.abc import Callable
from functools import lru_cache

import numpy as np
import pandas as pd
from scipy import special

from analysis.methods import comparisons, intervals

Statistic = Callable[[np.ndarray], pd.DataFrame]
ANYTHING = (-np.inf, np.inf)
SEED = 2023
ROUNDING = 1e-9  # figures nearer to each other than this are the same


def means(drawn: np.ndarray, values: pd.DataFrame) -> np.ndarray:
    """Mean of each item over the units drawn that answered it: draws x items, NaN where none did.

    `values`: units x items, its rows in the order of the columns of `drawn`.
    """
    present = drawn @ values.notna().to_numpy(dtype=float)
    totals = drawn @ values.fillna(0.0).to_numpy(dtype=float)
    return np.divide(totals, present, out=np.full_like(totals, np.nan), where=present > 0)


def resampled(strata: pd.Series, statistic: Statistic, seed: int = SEED) -> pd.DataFrame:
    """Bootstrap replicates of a statistic: resamples x things; `strata`: group by unit."""
    return statistic(draws(strata, seed))


def draws(strata: pd.Series, seed: int = SEED) -> np.ndarray:
    """How often each unit counts in each resample, resamples x units: see `intervals.counts`."""
    return _counts(tuple(strata.index), tuple(strata), seed)


@lru_cache(maxsize=32)
def _counts(units: tuple[str, ...], groups: tuple[str, ...], seed: int) -> np.ndarray:
    """The same draws for all that is asked of the same units."""
    return intervals.counts(pd.Series(groups, index=units), seed=seed)


def observed(strata: pd.Series, statistic: Statistic) -> pd.Series:
    """The statistic over all units, each counting once."""
    return statistic(np.ones((1, len(strata)))).iloc[0]


def pseudo_values(strata: pd.Series, statistic: Statistic) -> pd.DataFrame:
    """Jackknife pseudo-values (units x things), moved so that their mean is the statistic itself.

    A single unit's value is the statistic. Source: Tukey (1958), Ann. Math. Statistics 29, 614.
    """
    count, whole = len(strata), observed(strata, statistic)
    if count < 2:
        return pd.DataFrame([whole] * count, index=strata.index)
    without = statistic(1 - np.eye(count)).set_axis(strata.index)
    return whole - (count - 1) * (without - without.mean(skipna=False))


def of_means(values: pd.DataFrame) -> Statistic:
    """The statistic of plain means: of each item over the units that answered it."""
    return lambda drawn: pd.DataFrame(means(drawn, values), columns=values.columns)


def jackknife(strata: pd.Series, statistic: Statistic, n: pd.Series) -> pd.DataFrame:
    """A row per thing: value, n, error, freedom (n - 1) and least.

    `n`: units behind each thing; `error`: the standard error of the jackknife, NaN below two units;
    `least`: the smallest p that n units can reach. Source: `pseudo_values`.
    """
    table = pd.DataFrame({"value": observed(strata, statistic)})
    table["n"] = n.reindex(table.index)
    # A jackknife over the units behind each thing: those that it does not hang on add nothing.
    count, n = len(strata), table["n"].where(table["n"] >= 2)
    spread = pseudo_values(strata, statistic).std(skipna=False)
    table["error"] = spread / np.sqrt(count - 1) * np.sqrt((n - 1) / n)
    table["freedom"] = (table["n"] - 1).clip(lower=1)
    return table.assign(least=2.0 ** (1 - table["n"].clip(lower=1)))


def estimate(
    strata: pd.Series,
    statistic: Statistic,
    n: pd.Series,
    confidence: float = 0.95,
    bounds: tuple[float, float] = ANYTHING,
    seed: int = SEED,
) -> pd.DataFrame:
    """A row per thing: `jackknife` with low, high, method, floor, ceiling and agree.

    `n`: units behind each thing; `agree`: the share of the joint resamples in which it lies on the
    same side of zero, NaN below ten units.

    Ten units or more: percentiles of the joint bootstrap, stratified by group. Two to nine:
    Student's t on n - 1 degrees of freedom (`freedom`) with the standard error of the jackknife
    (`error`), which for a mean of answers is the ordinary t interval. No bounds for one or none,
    nor for so few that say the same: that they agree tells nothing. Bounds never leave `bounds`,
    the values that are possible (floor, ceiling). Source: `pseudo_values`.
    """
    table = jackknife(strata, statistic, n).assign(low=np.nan, high=np.nan, agree=np.nan)
    many, few = table["n"] >= intervals.FEW, table["n"].between(2, intervals.FEW - 1)
    table["method"] = np.select([many, few], ["bootstrap", "t"], "none")
    if many.any():
        drawn = resampled(strata, statistic, seed)
        same = (drawn * np.sign(table["value"])) > 0
        table["agree"] = same.mean().where(many)
        table.loc[many, "low"] = drawn.quantile((1 - confidence) / 2)
        table.loc[many, "high"] = drawn.quantile((1 + confidence) / 2)
    reach = reaching(table, 1 - confidence)
    table.loc[few, "low"], table.loc[few, "high"] = table["value"] - reach, table["value"] + reach
    alike = few & (table["error"] <= 1e-12) & (2.0 ** (1 - table["n"]) >= 1 - confidence)
    table.loc[alike, ["low", "high", "method"]] = np.nan, np.nan, "none"
    table[["low", "high"]] = table[["low", "high"]].clip(*bounds)
    table["floor"], table["ceiling"] = bounds
    return table


def reaching(figures: pd.DataFrame, level: float | pd.Series) -> pd.Series:
    """How far Student's t reaches to either side of each of `figures` (error, freedom, n).

    `level`: the chance left to both sides together. NaN below two units.
    """
    quantile = special.stdtrit(figures["freedom"], 1 - np.asarray(level) / 2)
    return (quantile * figures["error"]).where(figures["n"] >= 2)


def against_zero(
    strata: pd.Series,
    statistic: Statistic,
    n: pd.Series,
    confidence: float = 0.95,
    bounds: tuple[float, float] = ANYTHING,
) -> pd.DataFrame:
    """`estimate` with p_value (two-sided, against zero): Student's t with the jackknife's error.

    Source: `comparisons.p_values`.
    """
    table = estimate(strata, statistic, n, confidence, bounds)
    figures = table[["value", "low", "high"]]
    table[figures.columns] = figures.mask(figures.abs() <= ROUNDING, 0.0)
    return table.assign(p_value=comparisons.p_values(table["value"], table["error"], table["n"]))
