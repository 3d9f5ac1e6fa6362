"""The weighted tree reproduces a published SPBE assessment; nested means equal brute force."""

from functools import partial

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.methods import weighted

SCALE = (1, 5)
tree_index = partial(weighted.tree_index, bounds=SCALE)
nested_mean = partial(weighted.nested_mean, bounds=SCALE)

# Denpasar 2018, the older SPBE instrument (github.com/putuokky/monev-spbe-dps): aspect weights,
# levels of the indicators, and the indices as printed.
DENPASAR = [
    ("1", 7, [1, 1, 1, 3, 2, 3, 3]),
    ("1", 10, [2, 1, 1, 1, 3, 3, 3, 1, 3, 3]),
    ("2", 8, [1, 3]),
    ("2", 8, [2, 3]),
    ("2", 12, [3, 2, 2]),
    ("3", 35, [3, 1, 4, 4, 4, 3, 4]),
    ("3", 20, [3, 2, 3, 1, 3, 3]),
]

TREE = pd.DataFrame(
    {
        "element": ["A", "A", "A", "A", "B", "B"],
        "part": ["a1", "a1", "a1", "a2", "b1", "b1"],
        "weight": [1.0, 1.0, 2.0, 1.0, 1.0, 3.0],
    },
    index=list("uvwxyz"),
)
LEVELS = pd.Series([1.0, 2, 5, 4, 3, 5], index=TREE.index)

level_rows = st.lists(
    st.lists(st.one_of(st.none(), st.floats(1, 5)), min_size=6, max_size=6), min_size=1, max_size=4
).map(lambda rows: pd.DataFrame(rows, columns=TREE.index, dtype=float))


def denpasar():
    rows = [
        (domain, str(aspect), weight / len(levels), level)
        for aspect, (domain, weight, levels) in enumerate(DENPASAR, start=1)
        for level in levels
    ]
    frame = pd.DataFrame(rows, columns=["domain", "aspect", "weight", "level"])
    return frame["level"], frame.drop(columns="level")


def by_hand(row, tree, tier_weights):
    """Three steps for one unit, in loops."""

    def mean(pairs):
        pairs = [(level, weight) for level, weight in pairs if not np.isnan(level)]
        return sum(x * w for x, w in pairs) / sum(w for _, w in pairs) if pairs else np.nan

    def weight(tier, branch):
        return tier_weights[tier][branch] if tier in tier_weights else 1

    parts = {
        part: mean((row[leaf], tree.at[leaf, "weight"]) for leaf in leaves)
        for part, leaves in tree.groupby("part").groups.items()
    }
    elements = {
        element: mean((parts[part], weight("part", part)) for part in set(inner["part"]))
        for element, inner in tree.groupby("element")
    }
    return mean((level, weight("element", name)) for name, level in elements.items())


def test_the_published_assessment_of_denpasar():
    index = tree_index(*denpasar())
    assert index.total == pytest.approx(2.64, abs=0.005)
    assert index.tiers["domain"].tolist() == pytest.approx([2.06, 2.29, 3.00], abs=0.005)
    aspects = [2.00, 2.10, 2.00, 2.50, 2.33, 3.29, 2.50]
    assert index.tiers["aspect"].tolist() == pytest.approx(aspects, abs=0.005)


def test_the_published_domains_of_denpasar_in_the_newer_instrument():
    # Denpasar 2021 (the same source): 3.00, 3.30, 2.18 and 3.55 make 3.19 by Permen PANRB 59/2020.
    tree = pd.DataFrame({"domain": list("1234"), "weight": [13, 25, 16.5, 45.5]}, list("1234"))
    index = tree_index(pd.Series([3.00, 3.30, 2.18, 3.55], tree.index), tree)
    assert index.total == pytest.approx(3.19, abs=0.005)


@given(st.lists(st.floats(1, 5), min_size=6, max_size=6), st.floats(0.01, 100), st.randoms())
def test_the_index_is_the_weighted_mean_whatever_the_order_or_scale(values, factor, random):
    levels = pd.Series(values, index=TREE.index)
    index = tree_index(levels, TREE)
    assert index.total == pytest.approx(np.average(levels, weights=TREE["weight"]))
    assert levels.min() - 1e-9 <= index.total <= levels.max() + 1e-9
    for branch, value in index.tiers["part"].items():
        inside = TREE["part"] == branch
        assert value == pytest.approx(np.average(levels[inside], weights=TREE["weight"][inside]))
    tree = TREE.assign(weight=TREE["weight"] * factor)
    order = random.sample(list(TREE.index), 6)
    assert tree_index(levels[order], tree).total == pytest.approx(index.total)
    assert tree_index(levels, tree.loc[order]).total == pytest.approx(index.total)


def test_leaves_that_are_missing_are_named_or_renormalised_away():
    without = LEVELS.drop("w")
    with pytest.raises(ValueError, match="leaf: 'w' is missing"):
        tree_index(without, TREE)
    blank = LEVELS.where(LEVELS.index != "w")
    with pytest.raises(ValueError, match="leaf 'w' has no level"):
        tree_index(blank, TREE)
    for levels in (without, blank):
        index = tree_index(levels, TREE, missing="renormalise")
        assert index.total == pytest.approx((1 + 2 + 4 + 3 + 15) / 7)
        assert index.tiers["part"]["a1"] == pytest.approx(1.5)


@given(level_rows)
def test_nested_means_equal_brute_force(levels):
    for tier_weights in ({}, {"part": pd.Series({"a1": 1.0, "a2": 3.0, "b1": 2.0})}):
        index = nested_mean(levels, TREE, tier_weights)
        for unit, row in levels.iterrows():
            expected = by_hand(row, TREE, tier_weights)
            assert index.total[unit] == pytest.approx(expected, nan_ok=True)


@given(level_rows)
def test_nested_means_stay_between_the_lowest_and_highest_level(levels):
    total = nested_mean(levels, TREE).total
    answered = levels.notna().any(axis=1)
    assert total.notna().equals(answered)
    assert (total >= levels.min(axis=1) - 1e-9)[answered].all()
    assert (total <= levels.max(axis=1) + 1e-9)[answered].all()


def test_nested_means_of_each_tier_and_their_weights():
    index = nested_mean(LEVELS.to_frame("one").T, TREE)
    assert list(index.tiers) == ["element", "part"]
    assert index.tiers["part"].loc["one"].to_dict() == {"a1": 3.25, "a2": 4.0, "b1": 4.5}
    assert index.tiers["element"].loc["one"].to_dict() == {"A": 3.625, "B": 4.5}
    assert index.total["one"] == pytest.approx(4.0625)
    outer = nested_mean(
        LEVELS.to_frame("one").T, TREE, {"element": pd.Series({"B": 1.0, "A": 3.0})}
    )
    assert outer.total["one"] == pytest.approx((3 * 3.625 + 4.5) / 4)


def test_a_tree_without_tiers_is_a_weighted_mean():
    flat = TREE[["weight"]]
    assert tree_index(LEVELS, flat).total == pytest.approx(tree_index(LEVELS, TREE).total)
    nested = nested_mean(LEVELS.to_frame("one").T, flat)
    assert nested.total["one"] == pytest.approx(tree_index(LEVELS, TREE).total)
    assert nested.tiers == {}


@pytest.mark.parametrize(
    ("levels", "tree", "options", "message"),
    [
        (LEVELS.replace(4.0, 6.0), TREE, {}, "level 6 for leaf 'x' lies outside 1..5"),
        (LEVELS.replace(4.0, 0.5), TREE, {}, "level 0.5 for leaf 'x'"),
        (LEVELS, TREE, {"bounds": (1, 4)}, "outside 1..4"),
        (pd.concat([LEVELS, pd.Series({"q": 1.0})]), TREE, {}, "leaf: 'q' is unknown"),
        (pd.concat([LEVELS, LEVELS]), TREE, {}, "'u' appears more than once"),
        (LEVELS * np.nan, TREE, {"missing": "renormalise"}, "no leaf has a level"),
        (LEVELS, TREE, {"missing": "zero"}, "missing must be"),
        (LEVELS, TREE.drop(columns="weight"), {}, "column 'weight' is missing"),
        (LEVELS, TREE.head(0), {}, "no leaves"),
        (LEVELS, TREE.replace({"weight": 2.0}, 0.0), {}, "weight of 'w' must be positive"),
        (LEVELS, TREE.replace({"part": "a2"}, None), {}, "leaf 'x' has no part"),
        (LEVELS, TREE.replace({"part": "a2"}, "b1"), {}, "part 'b1' hangs on more than one"),
    ],
)
def test_what_tree_index_refuses(levels, tree, options, message):
    with pytest.raises(ValueError, match=message):
        tree_index(levels, tree, **options)


@pytest.mark.parametrize(
    ("change", "options", "message"),
    [
        (lambda f: f.drop(columns="w"), {}, "leaf: 'w' is missing"),
        (lambda f: f.assign(q=1.0), {}, "leaf: 'q' is unknown"),
        (lambda f: f.replace(4.0, 7.0), {}, "level 7 of 'one' for leaf 'x'"),
        (lambda f: f, {"tier_weights": {"sort": pd.Series({"A": 1})}}, "tier 'sort' is unknown"),
        (lambda f: f, {"tier_weights": {"element": pd.Series({"A": 1})}}, "'B' is missing"),
        (
            lambda f: f,
            {"tier_weights": {"element": pd.Series({"A": 1, "B": -1})}},
            "weights of element of 'B' must be positive",
        ),
    ],
)
def test_what_nested_mean_refuses(change, options, message):
    with pytest.raises(ValueError, match=message):
        nested_mean(change(LEVELS.to_frame("one").T), TREE, **options)
