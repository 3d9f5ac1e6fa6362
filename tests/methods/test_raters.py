"""How far respondents agree and offices differ: published cases, and worked by hand."""

import numpy as np
import pandas as pd
import pytest

from analysis.methods.agreement import CONSTANT, FEW, Undefined
from analysis.methods.raters import intraclass, r_wg

# Shrout & Fleiss (1979), table 2: six targets, each rated by four judges.
TARGETS = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]


def long(answers: list[list[float]]) -> tuple[pd.Series, pd.Series]:
    rows = [(value, office) for office, given in enumerate(answers) for value in given]
    values, offices = zip(*rows, strict=True)
    return pd.Series(values, dtype=float), pd.Series(offices)


def test_shrout_and_fleiss():
    found = intraclass(*long(TARGETS))
    assert found.single == pytest.approx(0.17, abs=0.005)
    assert found.mean == pytest.approx(0.44, abs=0.005)
    # Their mean squares, 11.24 between targets and 6.26 within.
    assert found.single == pytest.approx((11.24 - 6.26) / (11.24 + 3 * 6.26), abs=5e-4)
    assert (found.low, found.high) == pytest.approx((-0.133, 0.723), abs=5e-4)  # R's psych::ICC
    assert (found.offices, found.respondents, found.n0) == (6, 24, 4)


def test_unequal_numbers_by_hand():
    """Offices of 2, 2 and 1: MSW = (2 + 0) / 2 = 1, MSB = (2 x 1.2^2 + 2 x 0.8^2 + 0.8^2) / 2."""
    found = intraclass(*long([[1, 3], [4, 4], [4]]))
    between = (2 * 1.2**2 + 2 * 0.8**2 + 0.8**2) / 2  # means 2, 4, 4 around 3.2
    n0 = (5 - 9 / 5) / 2
    assert found.n0 == pytest.approx(1.6) == pytest.approx(n0)
    assert found.single == pytest.approx((between - 1) / (between + 0.6))
    assert found.mean == pytest.approx((between - 1) / between)


def test_offices_of_one_mind_and_of_none():
    assert intraclass(*long([[1, 1], [5, 5], [3, 3]])).single == 1
    apart = intraclass(*long([[1, 5], [5, 1]]))
    assert apart.single == pytest.approx(-1)  # the least that two respondents can have
    assert apart.low <= apart.single <= apart.high


@pytest.mark.parametrize(
    ("answers", "reason"),
    [([[1, 2, 3]], FEW), ([[1], [2]], FEW), ([[2, 2], [2, 2]], CONSTANT)],
)
def test_what_is_not_defined_says_why(answers, reason):
    with pytest.raises(Undefined) as raised:
        intraclass(*long(answers))
    assert raised.value.reason == reason


def test_agreement_by_hand():
    """Of five levels the null variance is 2 (James, Demaree & Wolf 1984)."""
    answers = [[4, 4, 4], [3, 4, 5], [2, 4, 2, 4], [1, 5, 1, 5], [4, 5], [3, 3, np.nan, 5]]
    table = r_wg(*long(answers), levels=5)
    # Variances 0, 1, 4/3 and 16/3; two respondents are too few; of the last 3, 3 and 5.
    expected = [1, 1 / 2, 1 / 3, 0, np.nan, 1 - (4 / 3) / 2]
    np.testing.assert_allclose(table["r_wg"], expected)
    assert table["n"].tolist() == [3, 3, 4, 4, 2, 3]


def test_answers_on_every_level_alike_do_not_agree():
    """As many answers as there are levels, once each: their variance over n is the null's."""
    for levels in (2, 4, 7, 9):
        values = pd.Series(np.arange(levels * 200) % levels, dtype=float)
        table = r_wg(values, pd.Series(0, values.index), levels)
        assert table["r_wg"].item() == pytest.approx(0, abs=1e-2)
    with pytest.raises(ValueError, match="two levels"):
        r_wg(values, pd.Series(0, values.index), 1)
