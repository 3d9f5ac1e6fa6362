"""TOPSIS reproduces the example of its inventors; ranks hold under the weights they came from."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from pymcdm.methods import TOPSIS
from pymcdm.normalizations import vector_normalization

from analysis.methods.topsis import closeness, rank_stability

# Hwang & Yoon (1981), Multiple Attribute Decision Making: the fighter aircraft selection problem
# (speed, range, payload, cost, reliability, manoeuvrability), closeness .643 .268 .613 .312.
AIRCRAFT = pd.DataFrame(
    {
        "speed": [2.0, 2.5, 1.8, 2.2],
        "range": [1500, 2700, 2000, 1800],
        "payload": [20000, 18000, 21000, 20000],
        "cost": [5.5, 6.5, 4.5, 5.0],
        "reliability": [5, 3, 7, 5],
        "manoeuvrability": [9, 5, 7, 5],
    },
    index=["A1", "A2", "A3", "A4"],
)
WEIGHTS = pd.Series([0.2, 0.1, 0.1, 0.1, 0.2, 0.3], index=AIRCRAFT.columns)

problems = arrays(
    float, st.tuples(st.integers(1, 6), st.just(3)), elements=st.integers(0, 9).map(float)
).map(lambda values: pd.DataFrame(values, columns=list("abc")))
three_weights = st.lists(st.floats(0.05, 1), min_size=3, max_size=3).map(
    lambda values: pd.Series(values, index=list("abc"))
)


def test_the_aircraft_of_hwang_and_yoon():
    near = closeness(AIRCRAFT, WEIGHTS, ["cost"])
    assert near.to_dict() == pytest.approx(
        {"A1": 0.643, "A2": 0.268, "A3": 0.613, "A4": 0.312}, abs=6e-4
    )


@given(st.integers(0, 10**6), st.integers(2, 9))
def test_closeness_is_that_of_pymcdm(seed, count):
    random = np.random.default_rng(seed)
    scores = pd.DataFrame(random.gamma(2, 3, (count, 3)), columns=list("abc"))
    weights = pd.Series(random.dirichlet([1, 1, 1]), index=list("abc"))
    theirs = TOPSIS(vector_normalization)(scores.to_numpy(), weights.to_numpy(), [1, -1, 1], False)
    assert closeness(scores, weights, ["b"]).tolist() == pytest.approx(theirs.tolist())


@given(problems, three_weights, st.floats(0.1, 100), st.randoms())
def test_neither_order_nor_scale_of_weights_or_units_matters(scores, weights, factor, random):
    near = closeness(scores, weights, ["c"])
    rows, columns = random.sample(range(len(scores)), len(scores)), random.sample("abc", 3)
    assert near.between(0, 1).all()
    again = closeness((scores * factor).loc[rows, columns], weights * factor, ["c"])
    assert again[scores.index].tolist() == pytest.approx(near.tolist(), abs=1e-6)


@given(problems, three_weights)
def test_a_constant_criterion_decides_nothing(scores, weights):
    constant = closeness(scores.assign(b=0.0), weights)
    assert constant.notna().all()
    without = closeness(scores.drop(columns="b"), weights.drop("b"))
    assert constant.tolist() == pytest.approx(without.tolist())
    assert closeness(scores.assign(b=4.1), weights).tolist() == pytest.approx(without.tolist())


def test_the_best_in_all_stands_at_one_and_the_worst_at_zero():
    scores = pd.DataFrame({"good": [3, 1, 2], "price": [1, 9, 4]}, index=list("xyz"))
    near = closeness(scores, pd.Series({"price": 1, "good": 2}), ["price"])
    assert near["x"] == pytest.approx(1)
    assert near["y"] == pytest.approx(0)


def test_alternatives_that_cannot_be_told_apart_stand_at_one_half():
    scores = pd.DataFrame({"a": [2, 2], "b": [1, 5]})
    assert closeness(scores, pd.Series({"a": 1.0, "b": 0.0})).tolist() == [0.5, 0.5]
    assert closeness(scores.head(1), pd.Series({"a": 1, "b": 1})).tolist() == [0.5]


def test_ranks_and_how_they_hold():
    table = rank_stability(AIRCRAFT, WEIGHTS, ["cost"], top=2)
    assert table["rank"].to_dict() == {"A1": 1, "A3": 2, "A4": 3, "A2": 4}
    assert (table["rank_low"] <= table["rank"]).all()
    assert (table["rank"] <= table["rank_high"]).all()
    assert table["share_top"].sum() == pytest.approx(2)
    assert table.at["A1", "share_top"] > 0.9
    again = rank_stability(AIRCRAFT, WEIGHTS * 10, ["cost"], top=2)
    pd.testing.assert_frame_equal(table, again)


@given(problems, three_weights, st.lists(st.sampled_from([0.2, 1.0, 3.0]), min_size=6, max_size=6))
def test_ranks_are_those_of_each_draw_alone(scores, weights, factors):
    factor = pd.Series(factors[: len(scores)], scores.index)
    mean = weights / weights.sum()
    drawn = np.random.default_rng(2023).dirichlet(100 * mean, size=9)
    ranks = pd.DataFrame(
        [closeness(scores, pd.Series(row, weights.index), ["b"]) * factor for row in [mean, *drawn]]
    )
    ranks = ranks.round(12).rank(axis="columns", ascending=False, method="min").astype(int)
    low, high = ranks[1:].quantile([0.05, 0.95], interpolation="nearest").astype(int).to_numpy()
    table = rank_stability(scores, weights, ["b"], draws=9, top=2, multiplier=factor)
    assert table["rank"].tolist() == ranks.iloc[0].tolist()
    assert table["rank_low"].tolist() == low.tolist()
    assert table["rank_high"].tolist() == high.tolist()
    assert table["share_top"].tolist() == pytest.approx((ranks[1:] <= 2).mean().tolist())


def test_a_multiplier_changes_the_ranks_by_label():
    # A1 stands at 0.643 and A4 at 0.312: twice the latter is between A3 and A1.
    twice = pd.Series({"A4": 2.0, "A3": 1.0, "A2": 1.0, "A1": 1.0})
    table = rank_stability(AIRCRAFT, WEIGHTS, ["cost"], multiplier=twice)
    assert table["rank"].to_dict() == {"A1": 1, "A4": 2, "A3": 3, "A2": 4}
    pd.testing.assert_frame_equal(
        rank_stability(AIRCRAFT, WEIGHTS, ["cost"], multiplier=twice * 0 + 7),
        rank_stability(AIRCRAFT, WEIGHTS, ["cost"]),
    )


def test_firm_weights_leave_the_ranks_alone():
    table = rank_stability(AIRCRAFT, WEIGHTS, ["cost"], draws=50, concentration=1e9)
    assert table["rank_low"].equals(table["rank"].rename("rank_low"))
    assert table["rank_high"].equals(table["rank"].rename("rank_high"))


@given(problems, three_weights)
def test_ranks_lie_among_the_alternatives(scores, weights):
    table = rank_stability(scores, weights, draws=20, top=len(scores))
    assert table[["rank", "rank_low", "rank_high"]].stack().between(1, len(scores)).all()
    assert (table["rank_low"] <= table["rank_high"]).all()
    assert (table["share_top"] == 1).all()


def test_equals_share_the_better_rank():
    scores = pd.DataFrame({"a": [1, 3, 3], "b": [2, 2, 2]})
    table = rank_stability(scores, pd.Series({"a": 1, "b": 1}), draws=5, top=1)
    assert table["rank"].tolist() == [3, 1, 1]
    assert table["share_top"].tolist() == [0, 1, 1]


@pytest.mark.parametrize(
    ("scores", "weights", "options", "message"),
    [
        (AIRCRAFT.head(0), WEIGHTS, {}, "nothing to rank"),
        (AIRCRAFT.replace(1500, np.nan), WEIGHTS, {}, "scores: .* at 'A1', column 'range'"),
        (AIRCRAFT, WEIGHTS.drop("cost"), {}, "weights: 'cost' is missing"),
        (AIRCRAFT, pd.concat([WEIGHTS, pd.Series({"x": 1})]), {}, "weights: 'x' is unknown"),
        (AIRCRAFT, WEIGHTS.replace(0.3, -0.3), {}, "'manoeuvrability' must not be negative"),
        (AIRCRAFT, WEIGHTS * 0, {}, "at least one must be positive"),
        (AIRCRAFT, WEIGHTS, {"cost": ["price"]}, "criterion 'price' is unknown"),
        (AIRCRAFT, WEIGHTS, {"draws": 0}, "draws must be positive"),
        (AIRCRAFT, WEIGHTS, {"concentration": np.nan}, "concentration must be positive"),
        (AIRCRAFT, WEIGHTS, {"top": 0}, "top must be positive"),
        (AIRCRAFT, WEIGHTS, {"multiplier": pd.Series({"A1": 1.0})}, "multiplier: 'A2' is missing"),
        (AIRCRAFT, WEIGHTS, {"multiplier": AIRCRAFT["speed"] * np.nan}, "multiplier: a finite"),
    ],
)
def test_what_is_refused(scores, weights, options, message):
    with pytest.raises(ValueError, match=message):
        rank_stability(scores, weights, **options)
