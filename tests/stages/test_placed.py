"""What ranks say: held to units that answered both, ordered only where the sets order."""

import numpy as np
import pandas as pd
import pytest

from analysis.methods.ranks import differences
from analysis.stages.evidence import estimates, ranks


def placed(values: pd.DataFrame) -> pd.DataFrame:
    strata, apart = pd.Series("dinas", values.index), differences(values)
    compared = estimates.of_means(apart)
    figures = estimates.jackknife(strata, compared, apart.count())
    return ranks.placed(values.mean(), figures, estimates.resampled(strata, compared))


def ends(table: pd.DataFrame) -> list:
    return table[["rank_low", "rank_high"]].to_numpy().tolist()


def answers(n: int, *shifts: float) -> pd.DataFrame:
    """Units that differ by up to 4 among themselves and see every item alike but for `shifts`."""
    units = pd.Index([f"u{i:02}" for i in range(n)])
    level = np.arange(n) % 5.0
    wobble = np.where(np.arange(n) % 2, 0.1, -0.1)
    return pd.DataFrame(
        {f"i{k}": level + s + wobble * (k % 2) for k, s in enumerate(shifts)}, units
    )


def test_each_pair_is_compared_over_the_units_that_answered_both():
    # Within every unit i1 lies 0.4 or 0.6 below i0, while units lie up to 4 apart.
    values = answers(20, 0, -0.5)
    assert ends(placed(values)) == [[1, 1], [2, 2]]
    # Sixteen of twenty answered either, but only four both: these can never be that sure.
    values = answers(28, 0, -0.5)
    values.iloc[:12, 0], values.iloc[16:, 1] = np.nan, np.nan
    assert values.count().tolist() == [16, 16]
    assert ends(placed(values)) == [[1, 2]] * 2


def test_no_set_leaves_out_the_rank_that_is_shown():
    # Ten units that answered i0 alone rated it low: its mean is below that of i1, which it is above
    # in each of the twenty units that answered both.
    values = answers(30, 2, 1.5)
    values.iloc[20:, 0], values.iloc[20:, 1] = 1.0, np.nan
    table = placed(values)
    assert table["rank"].tolist() == [2, 1]
    assert ends(table) == [[1, 2]] * 2


def test_below_ten_units_pairs_share_the_chance_evenly():
    # Differences of 1 and 2 with a standard error of 0.034: t(8) = 29, p far below 5% / 3; but the
    # signs of nine units cannot be surer than 2^-8, and 2^-8 < 0.05 / 3.
    assert ends(placed(answers(9, 3, 2, 1))) == [[1, 1], [2, 2], [3, 3]]
    # Of seven items there are 21 pairs: 0.05 / 21 < 2^-8.
    assert ends(placed(answers(9, *range(7)))) == [[1, 7]] * 7
    assert ends(placed(answers(20, *range(3)))) == [[3, 3], [2, 2], [1, 1]]


def test_one_unit_alone_may_rank_but_leaves_every_rank_open():
    table = placed(answers(1, 3, 2, 1))
    assert table["rank"].tolist() == [1, 2, 3] and ends(table) == [[1, 3]] * 3


@pytest.mark.parametrize(
    ("spans", "ordered"),
    [
        ([(1, 1), (2, 2)], True),
        ([(1, 2), (1, 2)], False),
        ([(1, 2), (1, 3), (1, 3), (4, 4)], False),  # of 1, 2, 3 and 3 ranks the middle is 2.5
        ([(1, 2), (1, 2), (3, 4), (3, 4)], True),
        ([(1, 4), (1, 4), (1, 4), (4, 4)], False),
    ],
)
def test_a_picture_ranks_only_what_is_ordered(spans, ordered):
    table = pd.DataFrame(spans, columns=["rank_low", "rank_high"])[::-1]
    assert ranks.ordered(table) == ordered
    shown = ranks.arranged(table).index.tolist()
    assert shown == sorted(shown, reverse=ordered)
    said = ranks.note(table)
    first = sum(low == 1 for low, _high in spans)
    assert said == "" if ordered else f"{first} dari {len(spans)} dapat menempati" in said


def test_what_nobody_answered_has_no_order_to_doubt():
    none = pd.DataFrame({"rank_low": [np.nan] * 3, "rank_high": [np.nan] * 3})
    assert ranks.ordered(none) and ranks.note(none) == ""
