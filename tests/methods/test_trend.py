"""The line and its prediction interval reproduce a printed forecast and agree with statsmodels."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st

from analysis.methods.trend import TooFewPoints, project

# A textbook series of twelve periods with Minitab's answer (wizedu.com, question 626145):
# E(Y) = 184 + 2.731 t; 95% prediction intervals (211.067, 227.933) at 13, (213.504, 230.958) at 14.
SALES = pd.Series([185, 192, 189, 201, 195, 199, 206, 203, 208, 209, 218, 216], index=range(1, 13))

# Anscombe (1973), The American Statistician 27, 17-21: each of his sets has y = 3 + 0.5 x.
ANSCOMBE = pd.Series(
    [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68],
    index=[10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5],
)

yearly = st.lists(st.tuples(st.integers(1, 3), st.floats(-1e3, 1e3)), min_size=4, max_size=12).map(
    lambda steps: pd.Series(
        [value for _, value in steps], index=2000 + np.cumsum([gap for gap, _ in steps])
    )
)


def test_the_forecast_as_printed():
    projection = project(SALES)
    frame = projection.frame.set_index("year")
    assert projection.slope == pytest.approx(2.731, abs=5e-4)
    assert projection.n == 12
    assert frame.at[13, "fitted"] == pytest.approx(219.5, abs=5e-4)
    assert frame.loc[13, ["low", "high"]].tolist() == pytest.approx([211.067, 227.933], abs=5e-4)
    assert frame.loc[14, ["low", "high"]].tolist() == pytest.approx([213.504, 230.958], abs=5e-4)
    assert frame["observed"].tolist() == [True] * 12 + [False] * 2


def test_anscombes_line_whatever_the_order():
    projection = project(ANSCOMBE, horizon=0)
    frame = projection.frame.set_index("year")
    assert projection.slope == pytest.approx(0.5, abs=5e-4)
    assert frame.at[4, "fitted"] == pytest.approx(3 + 0.5 * 4, abs=5e-3)
    assert list(frame.index) == list(range(4, 15))


@given(yearly, st.sampled_from([0.8, 0.95]), st.randoms())
def test_it_agrees_with_statsmodels_in_any_order(series, confidence, random):
    frame = project(series, confidence).frame
    centre = series.index.to_numpy().mean()
    model = sm.OLS(series.to_numpy(), sm.add_constant(series.index.to_numpy() - centre)).fit()
    ahead = sm.add_constant(frame["year"].to_numpy() - centre, has_constant="add")
    peer = model.get_prediction(ahead).summary_frame(alpha=1 - confidence)
    for ours, theirs in {"fitted": "mean", "low": "obs_ci_lower", "high": "obs_ci_upper"}.items():
        assert frame[ours].tolist() == pytest.approx(peer[theirs].tolist(), rel=1e-6, abs=1e-6)
    shuffled = project(series[random.sample(list(series.index), len(series))], confidence).frame
    pd.testing.assert_frame_equal(shuffled, frame)


@given(yearly)
def test_every_year_has_its_row_and_the_known_ones_are_marked(series):
    frame = project(series).frame
    assert frame["year"].tolist() == list(range(series.index[0], series.index[-1] + 3))
    assert frame.loc[frame["observed"], "year"].tolist() == list(series.index)
    assert (frame["low"] <= frame["fitted"]).all()
    assert (frame["fitted"] <= frame["high"]).all()


def test_a_perfect_line_has_no_width():
    frame = project(pd.Series([1.0, 3, 5, 7], index=[2020, 2021, 2022, 2023])).frame
    assert frame["fitted"].tolist() == pytest.approx([1, 3, 5, 7, 9, 11])
    assert frame["low"].tolist() == pytest.approx(frame["high"].tolist())


@pytest.mark.parametrize(
    ("years", "message"),
    [
        ([2021, 2022, 2023], "at least 4 points, not 3"),
        ([2011, 2021, 2022, 2023], "no gap may exceed 3 years: there are 10 from 2011 to 2021"),
        ([2016, 2020, 2021, 2022], "4 from 2016 to 2020"),
    ],
)
def test_series_too_short_or_patchy_for_a_line(years, message):
    with pytest.raises(TooFewPoints, match=message):
        project(pd.Series(range(len(years)), index=years))


def test_a_gap_of_three_years_is_still_a_line():
    assert project(pd.Series([1.0, 2, 4, 5], index=[2014, 2017, 2020, 2023])).n == 4


@pytest.mark.parametrize(
    ("change", "options", "message"),
    [
        ({}, {"horizon": 3}, "horizon must be 0 to 2 years, not 3"),
        ({}, {"confidence": 1.5}, "confidence"),
        ({"index": [1, 2, 3, 3]}, {}, "'3' appears more than once"),
        ({"index": [1, 2, 3, 3.5]}, {}, "'3.5' is not a whole year"),
        ({"index": ["2020", "2021", "2022", "later"]}, {}, "'later' is not a whole year"),
        ({"index": pd.date_range("2020", periods=4, freq="YS")}, {}, "is not a whole year"),
        ({"data": [1, None, 3, 4]}, {}, "series: a finite number is needed at '2021'"),
    ],
)
def test_what_is_refused(change, options, message):
    series = pd.Series(**{"data": [1.0, 2, 3, 5], "index": [2020, 2021, 2022, 2023], **change})
    with pytest.raises(ValueError, match=message) as refusal:
        project(series, **options)
    assert not isinstance(refusal.value, TooFewPoints)
