"""Tests of differences: printed results and what must hold."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import false_discovery_control

from analysis.methods.comparisons import p_values, q_values, t_test, welch

# Student's sleep data (extra hours of ten patients under two drugs), as in R's data set `sleep`.
FIRST = pd.Series([0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0])
SECOND = pd.Series([1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4])

answers = st.lists(st.integers(1, 5), min_size=2, max_size=12).map(
    lambda x: pd.Series(x, dtype=float)
)


def test_students_sleep_paired():
    # R, example(t.test): paired, t = -4.0621, df = 9, p-value = 0.002833, mean -1.58.
    row = t_test((FIRST - SECOND).to_frame("extra")).loc["extra"]
    assert row.tolist() == pytest.approx([-1.58, 10, 0.002833], abs=5e-7)


def test_students_sleep_by_welch():
    # R, t.test(extra ~ group): p-value = 0.07939, interval (-3.3654832, 0.2054832).
    found = welch(FIRST, SECOND)
    assert (found.low, found.high) == pytest.approx((-3.3654832, 0.2054832), abs=5e-8)
    assert found.p_value == pytest.approx(0.07939, abs=5e-6)
    assert (found.value, found.n) == (pytest.approx(-1.58), 20)


def test_a_handful_of_equal_answers_proves_nothing():
    # All alike and away from zero: only the number of signs speaks, 2 ** (1 - n).
    for n, least in ((2, 0.5), (3, 0.25), (5, 0.0625), (10, 2**-9)):
        assert t_test(pd.DataFrame({"a": [1.0] * n})).loc["a", "p_value"] == least
    assert t_test(pd.DataFrame({"a": [0.0] * 10})).loc["a", "p_value"] == 1
    same = welch(pd.Series([2.0] * 5), pd.Series([1.0] * 5))
    assert same.p_value == pytest.approx(2 / 252) and (same.low, same.high) == (1, 1)
    two = welch(pd.Series([2.0] * 2), pd.Series([1.0] * 2))  # 2 of 6 exchanges are as far apart
    assert two.p_value == pytest.approx(1 / 3) and np.isnan(two.low) and np.isnan(two.high)
    assert welch(pd.Series([2.0] * 5), pd.Series([2.0] * 5)).p_value == 1


def test_too_little_to_test_is_no_difference():
    values = pd.DataFrame({"one": [3.0, np.nan], "none": [np.nan, np.nan]})
    assert t_test(values)["p_value"].tolist() == [1, 1]
    alone = welch(pd.Series([3.0]), pd.Series([1.0, 2.0]))
    assert (alone.value, alone.p_value, alone.n) == (1.5, 1, 3)
    assert np.isnan(alone.low)


@given(answers, answers, st.randoms(), st.floats(0.1, 10))
def test_welch_knows_neither_order_nor_unit_nor_side(first, second, random, factor):
    found, mirrored = welch(first, second), welch(second, first)
    assert mirrored.p_value == pytest.approx(found.p_value)
    assert mirrored.value == pytest.approx(-found.value)
    order = random.sample(range(len(first)), len(first))
    scaled = welch(first.iloc[order] * factor, second * factor)
    assert scaled.p_value == pytest.approx(found.p_value, abs=1e-9)
    assert 0 < found.p_value <= 1


@given(answers, st.randoms(), st.floats(0.1, 10))
def test_t_knows_neither_order_nor_unit(values, random, factor):
    order = random.sample(range(len(values)), len(values))
    frame = pd.DataFrame({"a": values - 3, "b": (values - 3).iloc[order].to_numpy() * factor})
    p = t_test(frame)["p_value"]
    assert p["a"] == pytest.approx(p["b"], abs=1e-9)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: t_test(pd.DataFrame({"a": ["tiga", 1]})), "column 'a'"),
        (lambda: welch(pd.Series([np.nan]), FIRST), "both sides"),
        (lambda: welch(pd.Series([np.inf, 1]), FIRST), "finite number"),
        (lambda: welch(FIRST, SECOND, 95), "confidence must lie between 0 and 1"),
        (
            lambda: p_values(pd.Series({"a": 1.0}), pd.Series({"a": -1.0}), pd.Series({"a": 5})),
            "error of 'a' must not be negative",
        ),
    ],
)
def test_what_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_q_is_that_of_benjamini_and_hochberg():
    # Their section 4.1 (Neuhaus et al.): 15 tests, of which the first 4 are discoveries at 5%.
    told = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240]
    p = pd.Series([*told, 0.4262, 0.5719, 0.6528, 0.7590, 1.0]).sample(frac=1, random_state=1)
    q = q_values(p)
    assert sorted(q.index[q <= 0.05]) == [0, 1, 2, 3]
    assert q[3] == pytest.approx(15 / 4 * 0.0095) and q[14] == 1
    assert q[5] == q[6] == pytest.approx(15 / 7 * 0.0298)  # a larger p never has a smaller q
    assert q.index.equals(p.index) and (q.to_numpy() == false_discovery_control(p)).all()
