"""The best set equals the published optimum, and brute force wherever that can be afforded."""

from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.methods.knapsack import best_set

# J. Burkardt, KNAPSACK_01 data sets (people.sc.fsu.edu/~jburkardt/datasets), set P01:
# capacity 165, optimum 309 with the items 1, 2, 3, 4 and 6.
VALUE = pd.Series([92.0, 57, 49, 68, 60, 43, 67, 84, 87, 72])
COST = pd.Series([23.0, 31, 29, 44, 53, 38, 63, 85, 89, 82])


@st.composite
def knapsacks(draw):
    size = draw(st.integers(1, 8))
    whole = st.lists(st.integers(0, 30), min_size=size, max_size=size)
    names = [f"item{i}" for i in range(size)]
    value, cost = (pd.Series(draw(whole), names, dtype=float) for _ in range(2))
    return value, cost, float(draw(st.integers(0, 120)))


def brute_force(value, cost, budget):
    """Highest value and, at that value, lowest cost (of items that have a value)."""
    sets = (np.array(choice) for choice in product([0, 1], repeat=len(value)))
    return max((value @ s, -(cost @ s)) for s in sets if cost @ s <= budget)


def test_the_published_optimum():
    taken = best_set(VALUE, COST, 165)
    assert taken.tolist() == [True, True, True, True, False, True, False, False, False, False]
    assert (VALUE[taken].sum(), COST[taken].sum()) == (309, 165)


@settings(deadline=None)
@given(knapsacks(), st.randoms())
def test_it_equals_brute_force_and_knows_no_order(knapsack, random):
    value, cost, budget = knapsack
    taken = best_set(value, cost, budget)
    assert (value[taken].sum(), -cost[taken].sum()) == brute_force(value, cost, budget)
    order = random.sample(list(value.index), len(value))
    pd.testing.assert_series_equal(best_set(value[order], cost, budget), taken[order])


@settings(deadline=None)
@given(knapsacks(), st.floats(0.01, 1e6))
def test_the_unit_of_value_does_not_matter(knapsack, factor):
    value, cost, budget = knapsack
    taken, again = best_set(value, cost, budget), best_set(value * factor, cost, budget)
    assert value[again].sum() == value[taken].sum()


def test_of_equal_values_the_cheapest_is_taken():
    value = pd.Series({"dear": 3.0, "cheap": 3.0, "idle": 0.0})
    cost = pd.Series({"dear": 5.0, "cheap": 4.0, "idle": 0.0})
    assert best_set(value, cost, 5).to_dict() == {"dear": False, "cheap": True, "idle": False}


def test_sums_of_fractions_still_fit():
    value = pd.Series([1.0, 1.0])
    assert best_set(value, pd.Series([0.1, 0.2]), 0.3).all()  # 0.1 + 0.2 > 0.3 in floats


def test_a_set_that_costs_a_trifle_too_much_is_never_taken():
    value = pd.Series([1.0, 2, 3, 1, 2, 3, 1, 2, 3])
    cost = pd.Series(10_000_000.0 + np.arange(9) % 4)
    for extra in range(10):
        taken = best_set(value, cost, 40_000_000 + extra)
        assert cost[taken].sum() <= 40_000_000 + extra


def test_no_budget_no_items_and_a_budget_for_everything():
    assert best_set(pd.Series([1.0, 2]), pd.Series([0.0, 1]), 0).tolist() == [True, False]
    assert best_set(pd.Series(dtype=float), pd.Series(dtype=float), 5).empty
    assert best_set(VALUE, COST, 1e9).all()
    assert not best_set(VALUE, COST, 5).any()


@pytest.mark.parametrize(
    ("value", "cost", "budget", "message"),
    [
        (VALUE, COST, -1, "budget"),
        (VALUE, COST, np.nan, "budget"),
        (VALUE, COST.replace(44, np.nan), 9, "cost: a finite number is needed at '3'"),
        (VALUE, COST.replace(44, -44), 9, "cost of '3' must not be negative"),
        (VALUE.replace(92, -1), COST, 9, "value of '0' must not be negative"),
        (VALUE, COST.drop(2), 9, "cost: '2' is missing"),
    ],
)
def test_what_is_refused(value, cost, budget, message):
    with pytest.raises(ValueError, match=message):
        best_set(value, cost, budget)


def test_a_solver_that_gives_up_is_not_believed(monkeypatch):
    class GivenUp:
        success, message = False, "time limit"

    monkeypatch.setattr("analysis.methods.knapsack.milp", lambda *_, **__: GivenUp)
    with pytest.raises(RuntimeError, match="time limit"):
        best_set(VALUE, COST, 165)
