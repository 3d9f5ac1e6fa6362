"""Intervals of means over units: a stratified joint bootstrap, and Student's t for few values.

Efron, B. & Tibshirani, R. (1993). An Introduction to the Bootstrap. Chapman & Hall.
Rao, J. & Wu, C. (1988). Resampling inference with complex survey data. JASA 83, 231-241.
"""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy import special

from analysis.methods._checks import numbers, tail

FEW = 10
"""Below this many values a bootstrap has too little to draw from: the t interval is used."""


def counts(strata: pd.Series, resamples: int = 2000, seed: int = 2023) -> np.ndarray:
    """How often each unit counts in each resample: resamples x units, not whole numbers.

    Within each stratum (`strata`: label by unit) of n units n - 1 are drawn with replacement, each
    counting n / (n - 1) times: its size stays the same, and means vary as the sample's variances
    (with n - 1) say; n of n would leave the share 1 / n out. A stratum of one unit is drawn as it
    is and contributes no variance. Columns follow `strata`, and the draws hang on labels, not on
    the order of the rows. Any weighted statistic of the units, computed once per row, is thereby
    bootstrapped jointly.

    Raises ValueError for no units, a unit twice, a blank stratum, or fewer than one resample.
    Source: Rao & Wu (1988), JASA 83, 231-241, with as many draws as leave the values as they are;
    Rao, Wu & Yue (1992), Survey Methodology 18, 209-217, as weights.
    """
    if strata.empty:
        raise ValueError("strata: there are no units to draw from")
    _once(strata)
    if strata.isna().any():
        raise ValueError(f"strata: unit '{strata.index[strata.isna()][0]}' has no stratum")
    if resamples < 1:
        raise ValueError(f"at least one resample is needed, not {resamples}")
    random = np.random.default_rng(seed)
    counted = np.ones((resamples, len(strata)))
    for _, units in strata.groupby(strata, sort=True, observed=True):
        if (n := len(units)) > 1:
            drawn = random.multinomial(n - 1, np.full(n, 1 / n), size=resamples)
            columns = strata.index.get_indexer(units.index.sort_values())
            counted[:, columns] = drawn * n / (n - 1)
    return counted


def replicates(
    values: pd.DataFrame, strata: pd.Series, resamples: int = 2000, seed: int = 2023
) -> pd.DataFrame:
    """Bootstrap replicates of the items' means, resamples x items, all from the same resamples.

    `values`: units x items, NaN where a unit did not answer; each mean is over the answers drawn,
    and NaN in a resample that drew none. `strata`: label by unit; units not in `values` are
    ignored, since only those that answered can be drawn.

    Raises ValueError for text or infinities, a unit without stratum, and as `counts` does.
    Source: Rao & Wu (1988).
    """
    answers = numbers(values, "values", blanks=True)
    _once(strata)
    drawn = counts(strata.reindex(answers.index), resamples, seed)
    present = drawn @ answers.notna().to_numpy(dtype=float)
    totals = drawn @ answers.fillna(0).to_numpy()
    means = np.divide(totals, present, out=np.full_like(totals, np.nan), where=present > 0)
    return pd.DataFrame(means, columns=answers.columns)


def percentile(
    samples: ArrayLike | pd.Series | pd.DataFrame, confidence: float = 0.95
) -> tuple[float, float] | tuple[pd.Series, pd.Series]:
    """(low, high): the middle `confidence` of the samples; NaN samples are passed over.

    A Series or one-dimensional array gives two floats; a DataFrame (resamples x items) gives two
    Series by item. Raises ValueError when there is no sample at all (the item is named).
    Source: Efron & Tibshirani (1993), ch. 13.
    """
    end = tail(confidence)
    if not isinstance(samples, pd.Series | pd.DataFrame):
        samples = np.asarray(samples, dtype=float)
        samples = pd.Series(samples) if samples.ndim == 1 else pd.DataFrame(samples)
    if isinstance(samples, pd.DataFrame):
        for item in samples.columns[samples.isna().all()]:
            raise ValueError(f"item '{item}' has no sample to take percentiles of")
    elif samples.isna().all():
        raise ValueError("there is no sample to take percentiles of")
    return samples.quantile(end), samples.quantile(1 - end)


def t_interval(values: ArrayLike | pd.Series, confidence: float = 0.95) -> tuple[float, float]:
    """(low, high) of the mean by Student's t: mean +- t x s / sqrt(n) on n - 1 degrees of freedom.

    NaN values are passed over. It presumes values spread about normally, and may reach beyond the
    ends of a rating scale. Raises ValueError for fewer than two values.
    Source: Student (1908), Biometrika 6, 1-25.
    """
    end = tail(confidence)
    answers = numbers(pd.Series(values).reset_index(drop=True), "values", blanks=True).dropna()
    if len(answers) < 2:
        raise ValueError(f"a t interval needs at least two values, not {len(answers)}")
    reach = float(special.stdtrit(len(answers) - 1, 1 - end) * answers.sem())
    return float(answers.mean()) - reach, float(answers.mean()) + reach


def summarise(
    values: pd.DataFrame,
    strata: pd.Series,
    confidence: float = 0.95,
    resamples: int = 2000,
    seed: int = 2023,
) -> pd.DataFrame:
    """Mean and interval of each item of `values` (units x items, NaN where not answered).

    One row per item: `mean`, `low`, `high` (unit of the item), `n` (answers), `missing` (share of
    units without one, 0-1), `method`: "bootstrap" (stratified, percentile; ten answers or more),
    "t" (two to nine; it takes no account of strata) or "none" (one or no answer: the bounds are
    NaN, and so is the mean of none). A stratum of one unit contributes no variance.

    Raises ValueError as `replicates` does.
    Source: Efron & Tibshirani (1993), ch. 13; Student (1908).
    """
    end = tail(confidence)
    answers = numbers(values, "values", blanks=True)
    n = answers.count()
    method = pd.Series(np.select([n >= FEW, n >= 2], ["bootstrap", "t"], "none"), index=n.index)
    table = pd.DataFrame({"mean": answers.mean(), "low": np.nan, "high": np.nan, "n": n})
    means = replicates(answers, strata, resamples, seed)
    drawn = method.index[method == "bootstrap"]
    table.loc[drawn, "low"] = means[drawn].quantile(end)
    table.loc[drawn, "high"] = means[drawn].quantile(1 - end)
    for item in method.index[method == "t"]:
        table.loc[item, ["low", "high"]] = t_interval(answers[item], confidence)
    return table.assign(missing=1 - n / len(answers), method=method).rename_axis(
        values.columns.name
    )


def funnel(share: float, n: int, confidence: float = 0.95) -> tuple[float, float]:
    """Between which shares (0-1) one of `n` lies by chance, where the `share` of all is the same.

    Exact binomial limits, interpolated between counts; each is worked out from its own tail, so
    that a count lies outside just where no more than so few were to be expected, or no fewer.
    Raises ValueError for a share outside 0-1, fewer than one, or a confidence that is none.
    Source: Spiegelhalter, D. J. (2005). Funnel plots for comparing institutional performance.
    Statistics in Medicine, 24, 1185-1202, appendix A.1.1 (there the upper limit is a count lower).
    """
    from scipy import stats  # takes a while, which only the index of many cities has to spend

    end = tail(confidence)
    if not (0 <= share <= 1 and n >= 1):
        raise ValueError(f"a share of {share} among {n} is none")
    if share in (0, 1):
        return share, share

    def limit(share: float) -> float:
        count = stats.binom.ppf(end, n, share)
        over = stats.binom.cdf(count, n, share) - end
        return max(float(count - over / stats.binom.pmf(count, n, share)) / n, 0.0)

    return limit(share), 1 - limit(1 - share)


def _once(strata: pd.Series) -> None:
    for unit in strata.index[strata.index.duplicated()]:
        raise ValueError(f"strata: unit '{unit}' appears more than once")
