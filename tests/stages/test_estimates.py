"""Which interval a figure gets: by how many units are behind it, and within what is possible."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from analysis.methods import intervals
from analysis.stages.evidence import estimates


def found(values: list[float], bounds=(-np.inf, np.inf)) -> pd.Series:
    """The estimate of one mean over so many units of one group."""
    table = pd.DataFrame({"a": values}, index=range(len(values)))
    strata = pd.Series("dinas", table.index)
    statistic = estimates.of_means(table)
    return estimates.estimate(strata, statistic, table.count(), 0.95, bounds).loc["a"]


@pytest.mark.parametrize("count", range(1, 13))
def test_the_way_depends_on_how_many_units_there_are(count):
    values = [1.0 + n % 4 for n in range(count)]
    row = found(values)
    assert row["value"] == pytest.approx(np.mean(values)) and row["n"] == count
    if count < 2:
        assert row["method"] == "none" and row[["low", "high"]].isna().all()
    elif count < intervals.FEW:
        reach = stats.t.ppf(0.975, count - 1) * np.std(values, ddof=1) / np.sqrt(count)
        assert row["method"] == "t"
        assert row["low"] == pytest.approx(row["value"] - reach)
        assert row["high"] == pytest.approx(row["value"] + reach)
    else:
        assert row["method"] == "bootstrap"
        assert min(values) < row["low"] < row["value"] < row["high"] < max(values)


def test_ten_units_are_enough_for_the_bootstrap_and_nine_are_not():
    assert intervals.FEW == 10


def test_no_interval_leaves_what_is_possible():
    row = found([5.0, 5.0, 1.0], (1, 5))
    assert (row["low"], row["high"]) == (1, 5)
    assert found([5.0, 5.0, 1.0])["high"] > 5


@pytest.mark.parametrize("blanks", [0, 1, 4, 20])
def test_a_mean_with_blanks_has_the_error_of_its_answers(blanks):
    answers = pd.Series([1.0, 4.0, 2.0, 3.0, 5.0])
    table = pd.DataFrame({"a": [*answers, *[np.nan] * blanks]})
    strata = pd.Series("dinas", table.index)
    tested = estimates.against_zero(strata, estimates.of_means(table), table.count()).loc["a"]
    assert tested["error"] == pytest.approx(answers.sem())
    assert (tested["low"], tested["high"]) == pytest.approx(intervals.t_interval(answers))


@pytest.mark.parametrize("count", [2, 5, 6, 9, 12])
def test_so_few_that_agree_have_no_interval(count):
    row = found([5.0] * count, (1, 5))
    if count < 6:  # 2^(1 - n) is 5% or more: nothing can be told from it
        assert row["method"] == "none" and row[["low", "high"]].isna().all()
    else:
        assert (row["low"], row["high"]) == (5, 5)
    assert row["value"] == 5


def test_what_differs_by_rounding_alone_is_zero():
    table = pd.DataFrame({"a": [0.1 + 0.2 - 0.3] * 12})
    strata = pd.Series("dinas", table.index)
    row = estimates.against_zero(strata, estimates.of_means(table), table.count()).loc["a"]
    assert row[["value", "low", "high"]].tolist() == [0, 0, 0] and row["p_value"] == 1
