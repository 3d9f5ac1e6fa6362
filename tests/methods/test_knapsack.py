"""The best set equals the published optimum, and brute force wherever that can be afforded."""

from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.methods.knapsack import Group, best_set

# J. Burkardt, KNAPSACK_01 data sets (people.sc.fsu.edu/~jburkardt/datasets), set P01:
# capacity 165, optimum 309 with the items 1, 2, 3, 4 and 6.
VALUE = pd.Series([92.0, 57, 49, 68, 60, 43, 67, 84, 87, 72])
COST = pd.Series([23.0, 31, 29, 44, 53, 38, 63, 85, 89, 82])


@st.composite
def knapsacks(draw, most=8):
    size = draw(st.integers(1, most))
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


@st.composite
def groups(draw, items):
    """A few groups that overlap, with floors, ceilings or both."""
    subsets = st.lists(st.sampled_from(items), unique=True, min_size=1)
    ends = st.tuples(st.integers(0, 3), st.sampled_from([None, 0, 1, 2]))
    drawn = draw(st.lists(st.tuples(subsets, ends), max_size=4))
    return [Group(inside, least, most) for inside, (least, most) in drawn]


def filled(held, groups):
    """How many groups have the first place of their floor filled, the second, the third."""
    counts = [sum(item in group.items for item in held) for group in groups]
    floors = [group.least for group in groups]
    return [
        sum(count >= place <= least for count, least in zip(counts, floors, strict=True))
        for place in (1, 2, 3)
    ]


def rated(held, value, cost, groups):
    """What decides between sets, in its order."""
    useless = sum(value[item] == 0 for item in held)
    return *filled(held, groups), value[held].sum(), -useless, -cost[held].sum()


@settings(deadline=None, max_examples=200)
@given(st.data())
def test_floors_and_ceilings_equal_brute_force(data):
    value, cost, budget = data.draw(knapsacks(6))
    given = data.draw(groups(list(value.index)))
    every = [list(value.index[list(s)]) for s in product([False, True], repeat=len(value))]
    allowed = [
        held
        for held in every
        if cost[held].sum() <= budget
        and all(g.most is None or sum(i in g.items for i in held) <= g.most for g in given)
    ]
    taken = best_set(value, cost, budget, given)
    best = max(rated(held, value, cost, given) for held in allowed)
    assert list(value.index[taken]) in allowed
    assert rated(list(value.index[taken]), value, cost, given) == best


# By hand: of 6, apples a (5 for 4) and b (4 for 3), pears c (3 for 2) and d (1 for 3).
FRUIT = pd.Series({"a": 5.0, "b": 4.0, "c": 3.0, "d": 1.0})
PRICE = pd.Series({"a": 4.0, "b": 3.0, "c": 2.0, "d": 3.0})
APPLES, PEARS = ["a", "b"], ["c", "d"]


@pytest.mark.parametrize(
    ("given", "budget", "expected"),
    [
        ([], 6, "ac"),  # 8
        ([], 7, "ab"),  # 9
        ([Group(PEARS, least=1)], 7, "ac"),  # 8: a pear for an apple
        ([Group(PEARS, least=2)], 7, "cd"),  # 4: both pears cost 5, and no apple fits
        ([Group(APPLES, least=1), Group(PEARS, least=2)], 7, "ac"),  # not all three: one of each
        ([Group(APPLES, least=1), Group(PEARS, least=2)], 8, "bcd"),  # 8
        ([Group(APPLES, least=2), Group(PEARS, least=2)], 7, "ac"),  # one of each, not a and b
        ([Group(APPLES, most=1)], 9, "acd"),  # 9, though a, b and c are 12
        ([Group(["a", "c"], most=1)], 6, "bc"),  # 7; a alone 5, as b and d
        ([Group(APPLES, most=0)], 9, "cd"),
        ([Group(["a"], least=1)], 3, "b"),  # a floor out of reach stops nothing
        ([Group(APPLES, least=1), Group(PEARS, least=1)], 3, "b"),  # either, so the better one
        ([Group(APPLES, least=1), Group([*APPLES, "d"], least=1), Group(["c"], least=1)], 4, "a"),
    ],
)
def test_floors_come_first_and_ceilings_hold(given, budget, expected):
    taken = best_set(FRUIT, PRICE, budget, given)
    assert "".join(FRUIT.index[taken]) == expected


def test_what_has_no_value_is_taken_for_a_floor_only():
    value = pd.Series({"idle": 0.0, "dear": 0.0, "good": 1.0})
    cost = pd.Series({"idle": 0.0, "dear": 2.0, "good": 1.0})
    assert best_set(value, cost, 9).tolist() == [False, False, True]
    floor = Group(["idle", "dear"], least=1)
    assert best_set(value, cost, 9, [floor]).tolist() == [True, False, True]
    assert best_set(value * 0, cost, 9, [floor]).tolist() == [True, False, False]


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


def test_a_negative_ceiling_is_refused():
    with pytest.raises(ValueError, match="ceiling of a group must not be negative: -1"):
        best_set(VALUE, COST, 9, [Group([0], most=-1)])


def test_a_solver_that_gives_up_is_not_believed(monkeypatch):
    class GivenUp:
        success, message = False, "time limit"

    monkeypatch.setattr("scipy.optimize.milp", lambda *_, **__: GivenUp)
    with pytest.raises(RuntimeError, match="time limit"):
        best_set(VALUE, COST, 165)
