"""Alpha and W reproduce what textbooks and established packages print.

But one: see `test_the_interval_of_complete_rows_is_our_own`.
"""

from contextlib import suppress

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from analysis.methods.agreement import (
    Undefined,
    consensus,
    cronbach_alpha,
    item_rest,
    kendall_w,
    of_one_sample,
)

NONE = np.nan

# Zaiontz, C., Real Statistics Using Excel (Cronbach's alpha), eleven questions with blanks. The
# documentation of pingouin.cronbach_alpha (checked there against R's psych::alpha) prints both
# alphas, and Feldt's intervals on all twelve rows, also where only nine are complete.
QUIZ = pd.DataFrame(
    [
        [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
        [1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 0],
        [NONE, 0, 1, 1, NONE, 1, 1, 1, 1, 0, 0],
        [1, 1, 1, 0, 1, 1, 0, 1, 1, 0, 0],
        [1, 1, 1, 1, 1, 0, 0, 0, 1, 0, 0],
        [0, 1, NONE, 0, 1, 1, 1, 1, 0, 0, 0],
        [1, 1, 1, 1, 0, 0, 1, 0, 0, 0, 0],
        [1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0],
        [0, 1, 0, 1, 1, 0, 0, 0, 0, 1, 0],
        [1, 0, 0, 1, 0, 1, 0, 0, NONE, 0, 0],
        [1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0],
        [1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0],
    ]
)

# Denis, D. J. (2021), Applied Univariate, Bivariate, and Multivariate Statistics, 2nd ed.: ten
# respondents, five items, and SPSS's RELIABILITY.
DENIS = pd.DataFrame(
    [
        [10, 12, 15, 11, 12],
        [12, 18, 12, 12, 1],
        [8, 16, 14, 14, 4],
        [6, 8, 16, 8, 6],
        [4, 7, 8, 7, 5],
        [6, 6, 3, 7, 3],
        [3, 4, 6, 5, 8],
        [7, 3, 7, 9, 9],
        [8, 9, 4, 10, 10],
        [9, 5, 6, 11, 12],
    ]
)

scores = arrays(int, st.tuples(st.integers(2, 6), st.integers(2, 6)), elements=st.integers(1, 5))


def of_covariance(covariance):
    """Five respondents more than items, whose sample covariance is exactly the one given."""
    size = len(covariance) + 5
    noise = np.random.default_rng(1).normal(size=(size, len(covariance)))
    free = np.linalg.qr(noise - noise.mean(axis=0))[0] * np.sqrt(size - 1)
    return pd.DataFrame(free @ np.linalg.cholesky(covariance).T)


def test_the_real_statistics_quiz():
    result = cronbach_alpha(QUIZ)
    assert result.alpha == pytest.approx(0.732660835214447, abs=1e-12)
    assert result.interval == pytest.approx((0.435, 0.909), abs=5e-4)
    assert result.n == 12
    listwise = cronbach_alpha(QUIZ, "listwise")
    assert listwise.alpha == pytest.approx(0.8016949152542373, abs=1e-12)


def test_the_interval_of_complete_rows_is_our_own():
    # pingouin prints (0.581, 0.933) for listwise: the formula on the twelve rows that it was given,
    # not on the nine that it used. No source prints ours, which is checked by the formula alone.
    listwise = cronbach_alpha(QUIZ, "listwise")
    assert listwise.n == 9

    def feldt(n):
        tails = stats.f.isf([0.025, 0.975], n - 1, (n - 1) * 10)
        return 1 - (1 - listwise.alpha) * tails

    assert feldt(12) == pytest.approx((0.581, 0.933), abs=5e-4)
    assert listwise.interval == pytest.approx(feldt(9), abs=1e-12)


def test_the_spss_output_printed_by_denis():
    assert cronbach_alpha(DENIS).alpha == pytest.approx(0.633, abs=5e-4)
    assert item_rest(DENIS)["correlation"].iloc[0] == pytest.approx(0.712, abs=5e-4)


def test_alpha_if_deleted_as_documented_by_statsbase():
    # StatsBase.jl, documentation of cronbachalpha: a covariance matrix and its output.
    covariance = np.full((4, 4), 6.0) + np.diag([4.0, 5.0, 6.0, 7.0])
    items = of_covariance(covariance)
    assert cronbach_alpha(items).alpha == pytest.approx(0.8136, abs=5e-5)
    deleted = item_rest(items)["alpha_if_deleted"]
    assert deleted.tolist() == pytest.approx([0.7500, 0.7606, 0.7714, 0.7826], abs=5e-5)


def test_item_rest_is_the_plain_correlation_with_the_sum_of_the_others():
    table = item_rest(DENIS)
    for item in DENIS:
        others = DENIS.drop(columns=item)
        assert table.at[item, "correlation"] == pytest.approx(DENIS[item].corr(others.sum(axis=1)))
        assert table.at[item, "alpha_if_deleted"] == pytest.approx(cronbach_alpha(others).alpha)


def test_an_item_that_does_not_vary_has_no_correlation_but_breaks_nothing():
    table = item_rest(DENIS.assign(same=3))
    assert np.isnan(table.at["same", "correlation"])
    assert table.drop(index="same").notna().all(axis=None)


def test_item_rest_with_blanks_by_hand():
    # Less their items' means (2, 3, 3) the answers are -1 -2 . | 0 0 -1 | 1 2 1 | . . 0: beside the
    # first item stand the means -2, -1/2 and 3/2 of the two others, that is -5/3, -1/6 and 11/6
    # around their own; r = (5/3 + 11/6) / sqrt(2 x (25/9 + 1/36 + 121/36)).
    items = pd.DataFrame({"a": [1, 2, 3, NONE], "b": [1, 3, 5, NONE], "c": [NONE, 2, 4, 3]})
    expected = 3.5 / np.sqrt(2 * (25 / 9 + 1 / 36 + 121 / 36))
    assert item_rest(items).at["a", "correlation"] == pytest.approx(expected)


@given(scores, st.data())
def test_no_correlation_leaves_its_range_whatever_is_blank(values, data):
    blank = data.draw(arrays(bool, values.shape))
    items = pd.DataFrame(np.where(blank, NONE, values))
    assume(items.shape[1] > 2)
    table = item_rest(items)
    assert table["correlation"].dropna().between(-1, 1).all()
    assert not (table["alpha_if_deleted"] > 1).any()
    for missing in ("pairwise", "listwise"):
        with suppress(Undefined):
            assert cronbach_alpha(items, missing).alpha <= 1


def test_an_alpha_below_zero_has_no_end():
    # Two items that run against each other but for one step: covariance 1 1, -0.9.
    items = of_covariance(np.array([[1, -0.9], [-0.9, 1]]))
    assert cronbach_alpha(items).alpha == pytest.approx(2 * (1 - 2 / 0.2))  # -18


@given(scores, st.randoms(), st.floats(0.1, 10))
def test_alpha_knows_no_order_and_no_unit(values, random, factor):
    items = pd.DataFrame(values)
    assume(items.sum(axis=1).nunique() > 1)
    rows, columns = random.sample(range(len(items)), len(items)), list(items)[::-1]
    alpha = cronbach_alpha(items)
    again = cronbach_alpha(items.loc[rows, columns] * factor + 1)
    assert again.alpha == pytest.approx(alpha.alpha, abs=1e-6)
    assert alpha.interval[0] <= alpha.alpha <= 1
    assert alpha.interval[0] <= alpha.interval[1]


def test_identical_items_have_alpha_one():
    column = pd.Series([1, 2, 4, 5])
    assert cronbach_alpha(pd.DataFrame({"a": column, "b": column})).alpha == pytest.approx(1)


def test_a_wider_confidence_gives_a_wider_interval():
    narrow, wide = (cronbach_alpha(DENIS, confidence=c).interval for c in (0.9, 0.99))
    assert wide[0] < narrow[0] < narrow[1] < wide[1]


def test_the_proof_wiki_case_of_w():
    # ProofWiki, Kendall's coefficient of concordance: three items ranked by four raters.
    result = kendall_w(pd.DataFrame({"X": [1, 1, 2, 3], "Y": [3, 2, 3, 1], "Z": [2, 3, 1, 2]}))
    assert result.w == pytest.approx(1 / 16)
    assert result.chi_square == pytest.approx(4 * 2 / 16)
    assert (result.raters, result.left_out) == (4, 0)


def test_the_anxiety_ratings_of_irr_with_ties():
    # R packages irr (kendall) and DescTools (KendallW(anxiety, TRUE) prints 0.5396569).
    anxiety = pd.DataFrame(
        [
            [3, 3, 3, 4, 5, 5, 2, 3, 5, 2, 2, 6, 1, 5, 2, 2, 1, 2, 4, 3],
            [3, 6, 4, 6, 2, 4, 2, 4, 3, 3, 2, 3, 3, 3, 2, 2, 1, 3, 3, 4],
            [2, 1, 4, 4, 3, 2, 1, 6, 1, 1, 1, 2, 3, 3, 1, 1, 3, 3, 2, 2],
        ]
    )
    result = kendall_w(anxiety)
    assert result.w == pytest.approx(0.5396569, abs=5e-8)
    friedman = stats.friedmanchisquare(*anxiety.to_numpy().T)  # the same test by another name
    assert result.chi_square == pytest.approx(friedman.statistic)
    assert result.p_value == pytest.approx(friedman.pvalue)


@given(scores, st.randoms())
def test_w_lies_in_zero_to_one_and_knows_no_order(values, random):
    ratings = pd.DataFrame(values)
    assume((ratings.nunique(axis=1) > 1).any())
    result = kendall_w(ratings)
    assert 0 <= result.w <= 1
    assert 0 <= result.p_value <= 1
    rows = random.sample(range(len(ratings)), len(ratings))
    assert kendall_w(ratings.loc[rows, list(ratings)[::-1]] * 7).w == pytest.approx(result.w)


def test_full_agreement_and_raters_with_blanks():
    ratings = pd.DataFrame([[1, 2, 3], [2, 3, 5], [NONE, 1, 2]])
    result = kendall_w(ratings)
    assert (result.w, result.raters, result.left_out) == (1.0, 2, 1)


@pytest.mark.parametrize(
    ("items", "options", "message"),
    [
        (DENIS[[0]], {}, "at least two items"),
        (DENIS.head(1), {}, "at least two respondents"),
        (DENIS, {"missing": "zero"}, "missing must be 'pairwise' or 'listwise'"),
        (DENIS, {"confidence": 95}, "confidence must lie between 0 and 1"),
        (DENIS * 0, {}, "does not vary"),
        (
            DENIS.astype(object).replace(18, "many"),
            {},
            "items: a finite number .* at '1', column '1'",
        ),
        (
            pd.DataFrame({"a": [1, 2, NONE], "b": [NONE, 1, 2], "c": [1, 2, 3]}),
            {},
            "'a' and 'b' have fewer than two respondents in common",
        ),
        (pd.DataFrame([[1, 2], [3, 4]], columns=["a", "a"]), {}, "'a' appears more than once"),
    ],
)
def test_alpha_refuses(items, options, message):
    with pytest.raises(ValueError, match=message):
        cronbach_alpha(items, **options)


def test_item_rest_refuses_two_items():
    with pytest.raises(ValueError, match="at least three items"):
        item_rest(DENIS[[0, 1]])


@pytest.mark.parametrize(
    ("ratings", "message"),
    [
        (pd.DataFrame({"a": [1, 2, 3]}), "at least two items"),
        (pd.DataFrame([[1, 2, 3], [1, NONE, 2]]), "at least two raters with few blanks, not 1"),
        (pd.DataFrame([[2, 2, 2], [4, 4, 4]]), "every rater gives all items the same"),
        (pd.DataFrame([[1, np.inf], [1, 2]]), "ratings: a finite number"),
    ],
)
def test_w_refuses(ratings, message):
    with pytest.raises(ValueError, match=message):
        kendall_w(ratings)


def test_the_consensus_documented_by_agrmt():
    # Ruedin, R package agrmt, ?consensus: the frequencies 30 40 210 130 530 50 10 on a scale of
    # seven have a degree of consensus of 0.7256876.
    answers = np.repeat(range(1, 8), [30, 40, 210, 130, 530, 50, 10])
    found = consensus(pd.DataFrame({"item": answers}), (1, 7))
    assert found["item"] == pytest.approx(0.7256876, abs=5e-8)


def test_consensus_is_one_when_all_agree_and_zero_when_split_at_the_ends():
    found = consensus(
        pd.DataFrame({"alike": [2] * 4, "split": [1, 1, 5, 5], "none": np.nan}), (1, 5)
    )
    assert found[["alike", "split"]].tolist() == [1, 0]
    assert np.isnan(found["none"])


@given(scores, st.randoms())
def test_consensus_lies_in_zero_to_one_and_knows_no_order(values, random):
    items = pd.DataFrame(values).clip(1, 5)
    found = consensus(items, (1, 5))
    assert found.between(-1e-12, 1 + 1e-12).all()
    order = random.sample(range(len(items)), len(items))
    assert consensus(6 - items.iloc[order], (1, 5)).tolist() == pytest.approx(found.tolist())


@pytest.mark.parametrize(
    ("answers", "scale", "message"),
    [([1, 6], (1, 5), "answer 6 of '1' to 'a' lies outside 1-5"), ([1], (5, 5), "different ends")],
)
def test_consensus_refuses(answers, scale, message):
    with pytest.raises(ValueError, match=message):
        consensus(pd.DataFrame({"a": answers}), scale)


def test_pairs_that_do_not_fit_together_are_told():
    items = pd.DataFrame({"a": [3.0, 3, 1], "b": [3, np.nan, 1], "c": [4.0, 3, 1]})
    assert not of_one_sample(items)
    with pytest.raises(Undefined, match="above 1") as refused:
        cronbach_alpha(items)
    assert refused.value.reason == "apart"
    found = cronbach_alpha(items, "listwise")
    assert (found.n, found.alpha <= 1) == (2, True)
    assert found.interval[0] <= found.interval[1] <= 1
    # Correlations of three pairs, each of other people, of which no sample has all three.
    text = "1 1 . | 2 2 . | . 1 1 | . 2 2 | 1 . 2 | 2 . 1"
    rows = [[float(v.replace(".", "nan")) for v in row.split()] for row in text.split("|")]
    assert not of_one_sample(pd.DataFrame(rows))
    assert of_one_sample(pd.DataFrame(rows[:4]).assign(d=1.0)[[0, 1]])
    assert of_one_sample(DENIS) and of_one_sample(DENIS.head(3))  # more items than respondents


@pytest.mark.parametrize(
    ("items", "reason"),
    [
        (DENIS[[0]], "items"),
        (DENIS.head(1), "few"),
        (DENIS * 0, "constant"),
        (pd.DataFrame({"a": [1, 2, 3], "b": [3, 2, 1]}), "opposed"),
        (pd.DataFrame({"a": [1, 2, NONE], "b": [NONE, 1, 2]}), "few"),
    ],
)
def test_why_there_is_no_alpha_is_told(items, reason):
    with pytest.raises(Undefined) as refused:
        cronbach_alpha(items)
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    ("ratings", "reason"),
    [
        (pd.DataFrame({"a": [1, 2, 3]}), "items"),
        (pd.DataFrame([[1, 2, 3], [1, NONE, 2]]), "few"),
        (pd.DataFrame([[2, 2, 2], [4, 4, 4]]), "constant"),
    ],
)
def test_why_there_is_no_w_is_told(ratings, reason):
    with pytest.raises(Undefined) as refused:
        kendall_w(ratings)
    assert refused.value.reason == reason


def rated(*raters):
    """Raters as rows from one text each, ``1 2 .``, a dot where an item was not rated."""
    return pd.DataFrame([[float(v.replace(".", "nan")) for v in r.split()] for r in raters])


# Brueckl, M. & Heuer, F. (2022), R package irrNA, kendallNA: ConsistNA is documented as perfectly
# concordant, IndepW as of a mean Spearman's rho of zero; three raters of each of the six objects.
CONSIST = rated("1 2 3 . . .", "3 4 5 . . .", "5 6 7 . . .",
                ". . . 5 6 7", ". . . 3 4 5", ". . . 1 2 3")  # fmt: skip
INDEP = rated("1 2 3 . . .", "3 4 5 . . .", "7 6 5 . . .",
              ". . . 5 5 5", ". . . 3 4 5", ". . . 1 2 3")  # fmt: skip


@pytest.mark.parametrize(("ratings", "w"), [(CONSIST, 1), (INDEP, 1 / 3)])
def test_the_incomplete_raters_of_irrna(ratings, w):
    found = kendall_w(ratings, answered=0.5)
    assert found.w == pytest.approx(w)  # (1 + (k - 1) rho) / k, k = 3
    assert found.chi_square == pytest.approx(3 * 5 * w)
    assert (found.raters, found.left_out) == (6, 0)


def test_w_of_incomplete_raters_by_hand():
    # Ranks less their middle, on what both rated: -1 0 1 and 0 -1 1 of the first two; -.5 .5 and
    # -.5 .5 of the first and the third; .5 -.5 and -.5 .5 of the second and the third. Products
    # 1 + .5 - .5 = 1, mean squares 2 + .5 + .5 = 3; k = 8 / 3 raters of an item.
    ratings = rated("1 2 3", "2 1 3", "4 5 .")
    k = 8 / 3
    found = kendall_w(ratings, answered=0.6)
    assert found.w == pytest.approx((1 + (k - 1) / 3) / k)
    assert found.chi_square == pytest.approx(2 * k * found.w)
    assert (found.raters, found.left_out) == (3, 0)
    assert kendall_w(ratings, answered=0.7).left_out == 1  # two of three is less


def test_w_of_chance_errs_as_often_as_its_level_says():
    random = np.random.default_rng(17)
    p = []
    for _survey in range(400):
        ratings = random.integers(1, 6, (35, 20)).astype(float)
        ratings[random.random(ratings.shape) < 0.04] = NONE
        p.append(kendall_w(pd.DataFrame(ratings), answered=0.9).p_value)
    assert 0.025 < (np.array(p) < 0.05).mean() < 0.075
