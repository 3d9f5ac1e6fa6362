"""The bootstrap reproduces Efron's law school, the t interval Student's sleep."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analysis.methods.intervals import counts, funnel, percentile, replicates, summarise, t_interval

# Efron (1979), Annals of Statistics 7, 1-26; Efron & Tibshirani (1993), table 3.1: the average LSAT
# and GPA of 15 law schools.
LAW = pd.DataFrame(
    {
        "lsat": [576, 635, 558, 578, 666, 580, 555, 661, 651, 605, 653, 575, 545, 572, 594],
        "gpa": [339, 330, 281, 303, 344, 307, 300, 343, 336, 313, 312, 274, 276, 288, 296],
    }
)

# Student (1908), Biometrika 6: hours of sleep gained, one drug less the other; R's t.test(extra ~
# group, data = sleep, paired = TRUE) prints -2.4598858 and -0.7001142.
SLEEP = [-1.2, -2.4, -1.3, -1.3, 0.0, -1.0, -1.8, -0.8, -4.6, -1.4]


def one_stratum(size):
    return pd.Series("all", index=range(size))


def likert(*of_five_to_one):
    return np.repeat([5, 4, 3, 2, 1], of_five_to_one)


@st.composite
def surveys(draw):
    size = draw(st.integers(1, 15))
    cell = st.one_of(st.none(), st.integers(1, 5))
    rows = st.lists(cell, min_size=size, max_size=size)
    names = st.lists(st.sampled_from("abc"), min_size=size, max_size=size)
    values = pd.DataFrame({"x": draw(rows), "y": draw(rows)}, dtype=float)
    return values, pd.Series(draw(names), index=values.index)


# Mean and standard error of 25 units in strata of 1, 2, 3, 7 and 12, all answered and with blanks:
# R's survey package. Made by strata.R beside this file.
STRATA = {
    "full": (3.040000000000000, 0.294433199709050),
    "blanks": (2.904761904761905, 0.317517001742076),
}


def test_the_standard_error_of_efrons_law_school_correlation():
    assert LAW["lsat"].corr(LAW["gpa"]) == pytest.approx(0.776374, abs=5e-7)
    drawn = counts(one_stratum(15), resamples=20000) / 15
    x, y = LAW["lsat"].to_numpy(), LAW["gpa"].to_numpy()
    mean_x, mean_y = drawn @ x, drawn @ y
    covariance = drawn @ (x * y) - mean_x * mean_y
    spread = np.sqrt((drawn @ x**2 - mean_x**2) * (drawn @ y**2 - mean_y**2))
    # Efron draws 15 of the 15 schools and ours are 14, each counting 15 / 14 times: to first order
    # that is his error but for the variance's factor n / (n - 1), which is taken out here.
    error = np.std(covariance / spread, ddof=1)
    assert error * np.sqrt(14 / 15) == pytest.approx(0.13, abs=0.005)


def test_students_sleep():
    assert t_interval(SLEEP) == pytest.approx((-2.4598858, -0.7001142), abs=5e-8)
    assert t_interval([*SLEEP, np.nan]) == pytest.approx(t_interval(SLEEP))


def test_means_of_published_likert_counts():
    # Counts of the answers 5..1 of 20 respondents, and the means printed with them.
    values = pd.DataFrame(
        {
            "a": likert(12, 5, 2, 1, 0),
            "b": likert(9, 6, 3, 2, 0),
            "c": likert(15, 2, 2, 1, 0),
            "d": likert(9, 8, 3, 0, 0),
        }
    )
    table = summarise(values, one_stratum(20))
    assert values.sum().tolist() == [88, 82, 91, 86]
    assert table["mean"].tolist() == pytest.approx([4.40, 4.10, 4.55, 4.30])
    assert (table["method"] == "bootstrap").all()
    assert (table["n"] == 20).all()


def test_it_agrees_with_scipys_bootstrap():
    table = summarise(LAW, one_stratum(15), resamples=20000).loc["lsat"]
    peer = stats.bootstrap(
        (LAW["lsat"],), np.mean, n_resamples=20000, method="percentile", rng=1
    ).confidence_interval
    # scipy draws 15 of 15, so its interval is narrower by the root of 14 / 15.
    reach = (table[["low", "high"]] - table["mean"]) * np.sqrt(14 / 15)
    assert (table["mean"] + reach).tolist() == pytest.approx(list(peer), abs=0.6)


@pytest.mark.parametrize("item", STRATA)
def test_resamples_vary_as_the_survey_package_says(item):
    """The variance over strata of (n_h / N)^2 s_h^2 / n_h: n - 1 are drawn of n, not n."""
    unit = np.arange(25)
    full = pd.Series(1.0 + (unit**2 + unit // 4) % 5)
    values = pd.DataFrame({"full": full, "blanks": full.mask(unit % 6 == 5)})
    strata = pd.Series(np.repeat(list("abcde"), [1, 2, 3, 7, 12]))
    means = replicates(values, strata, resamples=20000)[item]
    mean, error = STRATA[item]
    assert values[item].mean() == pytest.approx(mean, abs=1e-12)
    # 2% is four standard errors of a standard deviation of 20,000; n of n would be 6% short.
    assert means.mean() == pytest.approx(mean, abs=4 * error / np.sqrt(20000))
    if item == "full":
        parts = full.groupby(strata).agg(["size", "var"]).dropna()
        assert (parts["size"] * parts["var"]).sum() / 25**2 == pytest.approx(error**2, abs=1e-12)
        assert means.std() == pytest.approx(error, rel=0.02)
    else:  # a mean of those who answered is a ratio, of which R gives the first order
        assert means.std() == pytest.approx(error, rel=0.04)


def test_each_stratum_keeps_its_size_and_a_stratum_of_one_stays():
    strata = pd.Series(list("aabbbc"), index=list("uvwxyz"))
    drawn = counts(strata, resamples=50)
    assert drawn.shape == (50, 6)
    # One of two counts twice; two of three one and a half times each, or one of them three times.
    assert {tuple(sorted(row)) for row in drawn[:, :2]} == {(0, 2)}
    assert {tuple(sorted(row)) for row in drawn[:, 2:5]} == {(0, 0, 3), (0, 1.5, 1.5)}
    assert (drawn[:, 5] == 1).all()


def test_units_alone_in_their_strata_leave_no_variance():
    values = pd.DataFrame({"x": np.arange(12.0)})
    table = summarise(values, pd.Series(range(12)))
    assert table.loc["x", ["low", "mean", "high"]].tolist() == pytest.approx([5.5] * 3)


def test_one_set_of_resamples_serves_all_items():
    values = pd.DataFrame({"x": np.arange(12.0), "twice": 2 * np.arange(12.0)})
    means = replicates(values, one_stratum(12), resamples=100)
    assert means["twice"].to_numpy() == pytest.approx(2 * means["x"].to_numpy())


@given(surveys())
def test_replicates_equal_the_plain_mean_of_the_units_drawn(survey):
    values, strata = survey
    drawn, means = counts(strata, 5), replicates(values, strata, 5)
    for row, times in enumerate(drawn):
        resample = values[times > 0]
        weights = resample.notna().mul(times[times > 0], axis=0)
        plain = (resample * weights).sum() / weights.sum()
        assert means.loc[row].tolist() == pytest.approx(plain.tolist(), nan_ok=True)


@given(surveys(), st.randoms())
def test_the_order_of_units_does_not_matter(survey, random):
    values, strata = survey
    order = random.sample(list(values.index), len(values))
    straight = summarise(values, strata, resamples=50)
    shuffled = summarise(values.loc[order], strata[order], resamples=50)
    pd.testing.assert_frame_equal(straight, shuffled)


@given(surveys())
def test_a_summary_says_how_it_came_about(survey):
    values, strata = survey
    table = summarise(values, strata, resamples=50)
    assert table["n"].tolist() == values.count().tolist()
    assert table["missing"].tolist() == pytest.approx(values.isna().mean().tolist())
    for row in table.itertuples():
        assert row.method == ("none" if row.n < 2 else "t" if row.n < 10 else "bootstrap")
        if row.method == "none":
            assert np.isnan(row.low)
            assert np.isnan(row.high)
        if row.method == "t":
            assert row.mean - row.low == pytest.approx(row.high - row.mean)
        if row.method == "bootstrap":
            low, high = values[row.Index].min(), values[row.Index].max()
            assert low - 1e-9 <= row.low <= row.high <= high + 1e-9


def test_the_seed_decides():
    values = pd.DataFrame({"x": np.arange(12.0)})
    same = [replicates(values, one_stratum(12), 20, seed=s) for s in (1, 1, 2)]
    assert same[0].equals(same[1])
    assert not same[0].equals(same[2])


def test_percentiles_of_series_frames_and_arrays():
    samples = pd.Series([*range(101), np.nan])
    assert percentile(samples, 0.9) == pytest.approx((5, 95))
    assert percentile(list(range(101)), 0.9) == pytest.approx((5, 95))
    low, high = percentile(pd.DataFrame({"x": samples, "y": 2 * samples}), 0.9)
    assert low.to_dict() == pytest.approx({"x": 5, "y": 10})
    assert high.to_dict() == pytest.approx({"x": 95, "y": 190})
    assert percentile(np.ones((3, 2)))[0].tolist() == [1, 1]


def test_units_of_the_register_that_did_not_answer_are_not_drawn():
    values = pd.DataFrame({"x": np.arange(12.0)})
    wider = replicates(values, one_stratum(20), 20)
    assert wider.equals(replicates(values, one_stratum(12), 20))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: counts(pd.Series(dtype=object)), "no units"),
        (lambda: counts(pd.Series(["a", "a"], ["u", "u"])), "unit 'u' appears more than once"),
        (lambda: counts(pd.Series(["a", None], ["u", "v"])), "unit 'v' has no stratum"),
        (lambda: counts(one_stratum(3), resamples=0), "at least one resample"),
        (lambda: replicates(LAW, one_stratum(14)), "unit '14' has no stratum"),
        (lambda: replicates(LAW, pd.Series("a", [0, 0])), "unit '0' appears more than once"),
        (lambda: summarise(LAW.replace(576, np.inf), one_stratum(15)), "values: a finite number"),
        (lambda: summarise(LAW, one_stratum(15), confidence=0), "confidence"),
        (lambda: t_interval([3]), "at least two values, not 1"),
        (lambda: t_interval([1, "x"]), "values: a finite number"),
        (lambda: percentile(SLEEP, 1.0), "confidence"),
        (lambda: percentile(pd.Series([np.nan])), "no sample"),
        (lambda: percentile(pd.DataFrame({"x": [1.0], "y": [np.nan]})), "item 'y' has no sample"),
    ],
)
def test_what_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_the_limits_of_a_funnel_are_interpolated_between_counts():
    """By hand, 10 at one half: F(1) = 0.010742, F(2) = 0.054688, so 2 - 0.029688/0.043945."""
    low, high = funnel(0.5, 10)
    assert low == pytest.approx((2 - 0.0296875 / 0.0439453) / 10, abs=1e-6)
    assert high == pytest.approx(1 - low)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.85, 0.97])
@pytest.mark.parametrize("n", [1, 7, 35])
def test_outside_a_funnel_lies_what_is_less_likely_than_its_tail(share, n):
    low, high = funnel(share, n, 0.998)
    for count in range(n + 1):
        assert (count / n < low) == (stats.binom.cdf(count, n, share) < 0.001)
        assert (count / n > high) == (stats.binom.sf(count - 1, n, share) < 0.001)


def test_a_funnel_narrows_with_its_units_and_widens_with_certainty():
    widths = [high - low for low, high in (funnel(0.8, n) for n in range(5, 80))]
    assert widths[0] > widths[20] > widths[-1] > 0
    (low, high), (lower, higher) = funnel(0.8, 35), funnel(0.8, 35, 0.998)
    assert 0 <= lower < low < 0.8 < high < higher <= 1
    assert funnel(1.0, 35) == (1.0, 1.0) and funnel(0.0, 35) == (0.0, 0.0)
    for share, n in ((1.1, 5), (0.5, 0)):
        with pytest.raises(ValueError, match="is none"):
            funnel(share, n)
