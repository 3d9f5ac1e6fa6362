"""AHP reproduces ahpsurvey's weights, and returns those that judgements were made of."""

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.methods.ahp import RANDOM_INDEX, aggregate, priorities, reciprocal

# Cho, F. (2019), R package ahpsurvey, README: five attributes (cult, fam, house, jobs, trans); a
# negative code favours the left one of the pair. Its random index for n = 5 is 1.11, ours 1.12:
# so the consistency index, CR x 1.11, is what must agree.
PUBLISHED = [
    (
        [2, -2, 2, -6, -4, -4, -8, 4, -3, -8],
        [0.1709466, 0.4587181, 0.0854733, 0.2507636, 0.0340985],
        0.06125366,
    ),
    (
        [2, -4, 1, -4, -4, -2, -8, 4, -3, -7],
        [0.2291009, 0.3935620, 0.0829256, 0.2531962, 0.0412154],
        0.02962755,
    ),
    (
        [8, -4, 3, -4, -8, 1, -7, 4, -3, -9],
        [0.1242495, 0.4634863, 0.0616203, 0.3159930, 0.0346509],
        0.09308731,
    ),
]

positive = st.floats(0.1, 10)
weights_of = st.integers(1, 10).flatmap(lambda n: st.lists(positive, min_size=n, max_size=n))


def survey_matrix(codes):
    times = [-code if code < 0 else 1 / code for code in codes]
    return reciprocal(5, dict(zip(combinations(range(5), 2), times, strict=True)))


def judgements(size):
    pairs = list(combinations(range(size), 2))
    saaty = st.sampled_from([1 / 9, 1 / 5, 1 / 2, 1, 3, 7, 9])
    return st.lists(saaty, min_size=len(pairs), max_size=len(pairs)).map(
        lambda values: reciprocal(size, dict(zip(pairs, values, strict=True)))
    )


@pytest.mark.parametrize(("codes", "weights", "ratio"), PUBLISHED)
def test_the_published_matrices_of_ahpsurvey(codes, weights, ratio):
    result = priorities(survey_matrix(codes))
    assert result.weights == pytest.approx(weights, abs=1e-6)
    assert result.consistency_index == pytest.approx(ratio * 1.11, abs=1e-6)
    assert result.consistency_ratio == pytest.approx(ratio * 1.11 / 1.12, abs=1e-6)
    assert priorities(survey_matrix(codes), 1.11).consistency_ratio == pytest.approx(
        ratio, abs=1e-6
    )


@given(weights_of)
def test_a_consistent_matrix_returns_its_weights(weights):
    weights = np.array(weights)
    result = priorities(weights[:, None] / weights)
    assert result.weights == pytest.approx(weights / weights.sum())
    assert result.consistency_ratio == pytest.approx(0, abs=1e-9)


@given(judgements(5), st.permutations(range(5)))
def test_the_order_of_items_does_not_matter(matrix, order):
    straight, shuffled = priorities(matrix), priorities(matrix[np.ix_(order, order)])
    assert shuffled.weights == pytest.approx(straight.weights[list(order)])
    assert shuffled.consistency_ratio == pytest.approx(straight.consistency_ratio, abs=1e-9)
    assert straight.weights.sum() == pytest.approx(1)
    assert straight.consistency_index >= 0


@given(st.lists(judgements(4), min_size=1, max_size=5), st.randoms())
def test_the_group_matrix_is_reciprocal_and_knows_no_order(matrices, random):
    group = aggregate(matrices)
    assert group * group.T == pytest.approx(np.ones((4, 4)))
    shuffled = random.sample(matrices, len(matrices))
    assert aggregate(shuffled) == pytest.approx(group)
    assert aggregate(matrices, [7.0] * len(matrices)) == pytest.approx(group)


def test_a_group_of_one_and_a_weighted_group():
    one, other = reciprocal(2, {(0, 1): 2}), reciprocal(2, {(0, 1): 8})
    assert aggregate([one]) == pytest.approx(one)
    assert aggregate([one, other])[0, 1] == pytest.approx(4)
    assert aggregate([one, other], [1, 3])[0, 1] == pytest.approx((2 * 8**3) ** 0.25)


def test_reciprocal_takes_a_pair_in_either_order():
    assert reciprocal(2, {(1, 0): 4}) == pytest.approx(np.array([[1, 0.25], [4, 1]]))


def test_two_items_cannot_contradict_each_other():
    result = priorities([[1, 3], [1 / 3, 1]])
    assert result.weights == pytest.approx([0.75, 0.25])
    assert result.consistency_ratio == 0


def test_the_random_index_is_saatys():
    assert list(RANDOM_INDEX) == list(range(3, 11))
    assert list(RANDOM_INDEX.values()) == [0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49]


@pytest.mark.parametrize(
    ("matrix", "message"),
    [
        ([[1, 2, 3], [0.5, 1, 2]], "square"),
        ([[1, -2], [-0.5, 1]], r"cell \(0, 1\) must be positive"),
        ([[1, np.nan], [0.5, 1]], r"cell \(0, 1\) must be positive"),
        ([[1, 2], [2, 1]], r"cell \(0, 1\) is 2 but cell \(1, 0\) is 2"),
        ([[2, 1], [1, 1]], r"cell \(0, 0\) compares an item with itself"),
        (pd.DataFrame([[1, 2], [2, 1]], ["a", "b"], ["a", "b"]), r"cell \(a, b\)"),
    ],
)
def test_a_matrix_that_is_none_is_refused(matrix, message):
    with pytest.raises(ValueError, match=message):
        priorities(matrix)


@pytest.mark.parametrize(
    ("judgements", "message"),
    [
        ({(0, 1): 2, (0, 2): 3}, r"pair \(1, 2\) is not judged"),
        ({(0, 1): 2, (1, 0): 0.5}, r"pair \(0, 1\) is judged in both orders"),
        ({(0, 3): 2}, r"\(0, 3\) is not a pair of 3 items"),
        ({(0, 1): 0}, r"pair \(0, 1\) must be positive"),
        ({(0, 1): np.nan}, r"pair \(0, 1\) must be positive"),
    ],
)
def test_pairs_that_make_no_matrix_are_refused(judgements, message):
    with pytest.raises(ValueError, match=message):
        reciprocal(3, judgements)


def test_what_else_is_refused():
    two, three = np.ones((2, 2)), np.ones((3, 3))
    with pytest.raises(ValueError, match="no random index is known for 11 items"):
        priorities(np.ones((11, 11)))
    assert priorities(np.ones((11, 11)), 1.51).consistency_ratio == pytest.approx(0, abs=1e-9)
    with pytest.raises(ValueError, match="random_index"):
        priorities(three, random_index=0)
    with pytest.raises(ValueError, match="no matrices"):
        aggregate([])
    with pytest.raises(ValueError, match="different sizes"):
        aggregate([two, three])
    with pytest.raises(ValueError, match="as many weights"):
        aggregate([two, two], [1])
    with pytest.raises(ValueError, match="weights must be positive"):
        aggregate([two, two], [1, 0])
