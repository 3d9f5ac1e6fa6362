"""Two measurements of the same units: what R prints of Student's sleep, and pairs by hand."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.methods.comparisons import t_test
from analysis.methods.intervals import t_interval
from analysis.methods.paired import aligned, correlation, directions
from tests.methods.test_comparisons import FIRST, SECOND

NONE = np.nan


def test_students_sleep():
    # R, t.test(extra ~ group, data = sleep, paired = TRUE): t = -4.0621, df = 9, p = 0.002833,
    # interval -2.4598858 to -0.7001142, mean -1.58; cor of the two drugs 0.7951702.
    before, after = aligned(SECOND.to_frame("extra"), FIRST.to_frame("extra"))
    apart = after - before
    row = t_test(apart).loc["extra"]
    assert row.tolist() == pytest.approx([-1.58, 10, 0.002833], abs=5e-7)
    assert apart["extra"].mean() / apart["extra"].sem() == pytest.approx(-4.0621, abs=5e-5)
    assert t_interval(apart["extra"]) == pytest.approx((-2.4598858, -0.7001142), abs=5e-8)
    assert correlation(before, after)["extra"] == pytest.approx(0.7951702, abs=5e-8)
    assert directions(apart).loc["extra"].tolist() == [0, 1, 9]  # patient 5 slept alike


def test_pairs_by_hand():
    before = pd.DataFrame({"a": [1, 2, 3, NONE], "gone": 5.0}, index=list("pqrs"))
    after = pd.DataFrame({"new": 1.0, "a": [4, 2, NONE, 5]}, index=list("tqrp"))
    then, now = aligned(before, after)
    # t is new, s went; r has no second answer: q stayed at 2, p went from 1 to 5.
    assert then.index.tolist() == now.index.tolist() == list("qrp")
    assert list(then) == list(now) == ["a"]
    assert then["a"].tolist()[::2] == [2, 1] and now["a"].tolist()[::2] == [2, 5]
    assert np.isnan(then.loc["r", "a"]) and np.isnan(now.loc["r", "a"])
    assert directions(now - then).loc["a"].tolist() == [1, 1, 0]
    assert (now - then)["a"].mean() == now["a"].mean() - then["a"].mean() == 2
    assert np.isnan(correlation(then, now)["a"])  # two pairs lie on a line, whatever they are


def test_what_does_not_vary_has_no_correlation():
    flat = pd.DataFrame({"a": [2.0] * 5, "b": [1.0, 2, 3, 4, 5]})
    assert correlation(flat, flat).isna().tolist() == [True, False]
    assert correlation(flat, -flat)["b"] == pytest.approx(-1)


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=1, max_size=9))
def test_equal_answers_have_not_moved_and_sides_mirror(rows):
    before, after = (pd.DataFrame({"a": side}, dtype=float) for side in zip(*rows, strict=True))
    assert directions(before - before).loc["a"].tolist() == [0, len(rows), 0]
    there, back = directions(after - before).loc["a"], directions(before - after).loc["a"]
    assert (there["rose"], there["fell"]) == (back["fell"], back["rose"])


@pytest.mark.parametrize(
    ("before", "message"),
    [
        (pd.DataFrame({"a": ["tiga"]}), "before: a finite number is needed"),
        (pd.DataFrame({"a": [1, 2]}, index=["x", "x"]), "before: 'x' appears more than once"),
    ],
)
def test_what_is_refused(before, message):
    with pytest.raises(ValueError, match=message):
        aligned(before, pd.DataFrame({"a": [1.0]}))
