"""Sets of ranks are those of the method's authors, by hand, and never surer than they may be."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from analysis.methods import comparisons, ranks

# PISA 2018, mathematics, OECD countries: score, standard error, and the ends of the 95% set of the
# country's rank in the picture that the authors of the method publish with their package
# (github.com/danielwilhelm/R-CS-ranks, data-raw/pisa.csv and examples/mathsimul.pdf).
PISA = """
Japan 526.9732502 2.471475318 1 6|Korea 525.933002 3.121394315 1 7
Estonia 523.4145802 1.743602224 1 6|Netherlands 519.2309824 2.632277885 1 11
Poland 515.6478747 2.602085176 1 12|Switzerland 515.3147131 2.908003898 1 13
Canada 512.0169429 2.357475749 3 17|Denmark 509.3983746 1.735002337 4 18
Slovenia 508.8975441 1.363877596 4 18|Belgium 508.0703063 2.262662011 4 18
Finland 507.3013618 1.967920411 4 18|Sweden 502.3877022 2.654250935 5 24
United_Kingdom 501.7698992 2.564428111 6 24|Norway 500.9637885 2.219044878 7 24
Germany 500.0437805 2.647083096 7 25|Ireland 499.632894 2.198621128 8 25
Czech_Republic 499.4676508 2.460661531 7 25|Austria 498.9423138 2.970998694 7 26
Latvia 496.1263306 1.962766789 12 26|France 495.4075794 2.320214487 12 26
Iceland 495.1873762 1.953082603 12 26|New_Zealand 494.489676 1.705942856 12 26
Portugal 492.4874062 2.684570081 12 31|Australia 491.3600252 1.939833031 12 30
Italy 486.5898573 2.780045867 15 31|Slovak_Republic 486.1648542 2.555595707 18 31
Luxembourg 483.421485 1.097632409 23 31|Spain 481.3926126 1.462417763 24 31
Lithuania 481.1911884 1.953282039 23 31|Hungary 481.0826364 2.319596741 23 31
United_States 478.2447174 3.235444099 23 32|Israel 463.0345488 3.498563228 31 34
Turkey 453.5077774 2.260406789 32 34|Greece 451.3703438 3.091228197 32 34
Chile 417.4065563 2.41588757 35 36|Mexico 408.8014734 2.493225544 35 36
Colombia 390.9322732 2.989559274 37 37
"""


def test_pisa_as_the_authors_of_the_method_publish_it():
    rows = [line.split() for line in PISA.replace("|", "\n").strip().splitlines()]
    table = pd.DataFrame(rows, columns=["country", "score", "error", "low", "high"])
    table = table.set_index("country").astype(float)
    # Countries are independent; their samples so large that t is normal.
    figures = table.rename(columns={"score": "mean"}).assign(n=1e6)
    apart = ranks.independent(figures)
    normal = (
        np.random.default_rng(101).normal(size=(20_000, len(table))) * table["error"].to_numpy()
    )
    drawn = ranks.differences(pd.DataFrame(table["score"].to_numpy() + normal, columns=table.index))
    level = ranks.joint_level(apart["value"], drawn)
    found = ranks.sets(table["score"], apart["value"], apart["error"] * stats.norm.isf(level / 2))
    assert found["rank"].tolist() == list(range(1, 38))
    # Theirs take a further step, which can only shorten a set: here it does by one or two ranks.
    longer = (table["low"] - found["rank_low"]) + (found["rank_high"] - table["high"])
    assert longer[longer != 0].to_dict() == {
        "Poland": 1, "United_Kingdom": 1, "Germany": 1, "Czech_Republic": 1, "Slovak_Republic": 2
    }  # fmt: skip


def by_pair(**values):
    pairs = [tuple(name.split("_")) for name in values]
    return pd.Series(list(values.values()), pd.MultiIndex.from_tuples(pairs), dtype=float)


def test_sets_by_hand():
    # a is surely above c and d, b above d; a and b, b and c, c and d are not told apart.
    apart = by_pair(a_b=0.2, a_c=1.1, a_d=2.0, b_c=0.9, b_d=1.8, c_d=0.9)
    found = ranks.sets(pd.Series({"a": 4, "b": 3.8, "c": 2.9, "d": 2}), apart, apart * 0 + 1)
    assert found["rank"].tolist() == [1, 2, 3, 4]
    assert found["rank_low"].tolist() == [1, 1, 2, 3]
    assert found["rank_high"].tolist() == [2, 3, 4, 4]


def test_what_has_no_value_has_no_rank_and_what_has_no_error_every_rank():
    apart = by_pair(a_b=1.0, a_c=np.nan, b_c=np.nan)
    found = ranks.sets(pd.Series({"a": 2, "b": 1, "c": np.nan}), apart, apart * np.nan)
    assert found.loc["c"].isna().all()
    assert found.loc[["a", "b"], ["rank_low", "rank_high"]].to_numpy().tolist() == [[1, 2]] * 2
    # Equal but for rounding is equal, whatever little it varies.
    same = ranks.sets(pd.Series({"a": 0.3, "b": 0.1 + 0.2}), by_pair(a_b=-5e-17), by_pair(a_b=0))
    assert same.to_numpy().tolist() == [[1, 1, 2]] * 2


def test_the_level_is_bonferronis_where_nothing_varies_and_one_pairs_where_all_are_one():
    random = np.random.default_rng(1).normal(size=(4000, 1))
    alike = pd.DataFrame(np.repeat(random, 10, axis=1))
    assert ranks.joint_level(alike.iloc[0] * 0, alike) == pytest.approx(0.05, abs=0.006)
    still = alike.assign(**{"0": 1.0})
    assert ranks.joint_level(still.iloc[0], still) == pytest.approx(0.05 / 11)
    apart = pd.DataFrame(np.random.default_rng(1).normal(size=(20_000, 10)))
    # Independent ones: 1 - 0.95^(1/10).
    assert ranks.joint_level(apart.iloc[0] * 0, apart) == pytest.approx(0.005116, rel=0.1)
    with pytest.raises(ValueError, match="confidence"):
        ranks.joint_level(apart.iloc[0], apart, 95)


@settings(max_examples=20)
@given(st.lists(st.lists(st.integers(1, 5), min_size=2, max_size=6), min_size=2, max_size=4))
def test_independent_means_are_those_of_welch(samples):
    values = {str(n): pd.Series(sample, dtype=float) for n, sample in enumerate(samples)}
    table = pd.DataFrame(
        [{"mean": v.mean(), "error": v.sem(), "n": len(v)} for v in values.values()], list(values)
    )
    for (one, other), row in ranks.independent(table).iterrows():
        welch = comparisons.welch(values[one], values[other])
        assert row[["value", "error", "freedom", "least"]].tolist() == pytest.approx(
            [welch.value, welch.error, welch.freedom, welch.least]
        )
        assert row["n"] == min(len(values[one]), len(values[other]))


def test_differences_are_of_those_that_answered_both():
    values = pd.DataFrame({"a": [5.0, 4.0, np.nan], "b": [1.0, np.nan, 2.0], "c": [1.0, 1.0, 1.0]})
    found = ranks.differences(values)
    assert found.columns.tolist() == [("a", "b"), ("a", "c"), ("b", "c")]
    assert found.count().tolist() == [1, 2, 2]
    assert found.mean().tolist() == [4, 3.5, 0.5]
