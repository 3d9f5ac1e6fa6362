"""What a report says of its claims: read back, and counted again from the table."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from analysis.methods import comparisons
from analysis.stages.evidence import aggregate, claims, estimates, lead
from tests.stages.sentences import believed, names, read, with_certainty, with_difference

case = st.sampled_from([-1.0, 0.0, 2.0, np.nan])
rows = st.lists(
    st.tuples(st.booleans(), st.sampled_from([-1.0, 1.0]), case, case, case, case), max_size=7
)
few = settings(max_examples=15)
WHAT = {
    "equal_groups": "kelompok berbobot sama",
    "weighted_units": "bobot unit menurut daftar unit",
    "worst": "jawaban yang kurang terburuk",
    "best": "jawaban yang kurang terbaik",
}


def table(given):
    said = [("k", f"i{n}", f"Klaim {n}", value, sure) for n, (sure, value, *_c) in enumerate(given)]
    cases = {c: [float(row[2 + k]) for row in given] for k, c in enumerate(WHAT)}
    return believed(*said, **cases)


def turning(given):
    """By claim, what turns it: a case on the other side of zero, or on it."""
    found = {}
    for n, (sure, value, *cases) in enumerate(given):
        what = [WHAT[c] for c, x in zip(WHAT, cases, strict=True) if x * value <= 0]
        if sure and what:
            found[f"Klaim {n}"] = what
    return found


@few
@given(rows)
def test_claims_hold_unless_something_turns_them(given):
    found, turned = table(given), turning(given)
    made, every = sum(row[0] for row in given), len(given)
    assert claims.heading(found) == f"{made} dari {every} perbandingan melampaui kebetulan"
    heading, sentence = claims.heading_fragile(found), claims.finding(found)
    if not made:
        assert heading == "Tidak ada kesimpulan yang perlu diuji ketahanannya"
        assert sentence.startswith(f"Dari {every} perbandingan dalam laporan ini tidak satu pun")
        return
    assert sentence.startswith(f"{made} dari {every} perbandingan dalam laporan ini melampaui")
    if not turned:
        assert heading == f"Semua kesimpulan ({made}) bertahan"
        assert "semuanya bertahan" in sentence and "berbalik" not in sentence
        untried = [
            np.isnan([*weights, worst if value > 0 else best]).any()
            for sure, value, *weights, worst, best in given
            if sure
        ]
        said = f" Bagi {sum(untried)} di antaranya tidak semua hal itu dapat dihitung."
        assert sentence.endswith(said) == any(untried) and ("Bagi" in sentence) == any(untried)
        return
    assert heading == f"{len(turned)} dari {made} kesimpulan dapat berbalik"
    said = f", tetapi {len(turned)} di antaranya dapat berbalik: "
    listed = sentence[sentence.index(said) + len(said) :]
    for n, name in enumerate(turned):
        assert (f"{name} (" in listed) == (n < 3)
    assert (f"{len(turned) - 3} lainnya" in listed) == (len(turned) > 3)


@few
@given(rows)
def test_what_turns_a_claim_is_said_of_it(given):
    fragile = claims.fragile(table(given)).set_index("claim")["turned"]
    assert {name: names(words) for name, words in fragile.items()} == turning(given)


@few
@given(rows)
def test_sure_items_are_those_of_their_side(given):
    found = table(given)
    for above in (True, False):
        wanted = [f"i{n}" for n, row in enumerate(given) if row[0] and (row[1] > 0) == above]
        assert list(claims.sure(found, "k", above)) == wanted
        assert claims.sure(found, "other", above).empty
    shown = claims.shown(found).set_index("claim")["verdict"]
    for n, (sure, *_rest) in enumerate(given):
        assert shown[f"Klaim {n}"] == ("pasti" if sure else "belum pasti")


def test_the_surest_stands_first_and_a_tiny_probability_is_no_zero():
    found = believed(("k", "a", "A", 1.0, False), ("k", "b", "B", 1.0, True))
    assert list(claims.shown(found)["claim"]) == ["B", "A"]
    assert [claims.probability(p) for p in (0.0, 0.00099, 0.001, 0.0125, 1)] == [
        "< 0,001", "< 0,001", "0,001", "0,012", "1,000",
    ]  # fmt: skip
    row = found.loc[("k", "a")]
    assert (
        claims.difference(row)
        == with_difference(row)
        == ("selisih +1,00; selang 95%: 0,80 s.d. 1,20; n = 12; p Holm 0,600")
    )
    assert claims.note(0.9).endswith("di bawah 0,10.")


@settings(max_examples=15)
@given(st.booleans(), st.sampled_from([-1.0, 1.0]))
def test_a_lead_is_said_or_doubted(sure, value):
    found = believed(("k", "a", "Alun tertinggi dalam nilai, di atas Bukit", value, sure))
    details = with_difference(found.iloc[0])
    start = "" if sure else "Data ini tidak dapat memastikan bahwa "
    assert lead.leading(found, "k", "nilai") == (
        f"{start}Alun tertinggi dalam nilai, di atas Bukit ({details})."
    )
    assert "kurang dari dua" in lead.leading(found, "other", "nilai")


@few
@given(st.lists(st.sampled_from([0.01, 0.04, 0.2, 0.9]), min_size=1, max_size=5))
def test_of_all_pairs_of_groups_the_surest_is_told(adjusted):
    said = [("g", f"Alun {n}|Bukit {n}", f"Klaim {n}", 1.0, p < 0.05)
            for n, p in enumerate(adjusted)]  # fmt: skip
    found = believed(*said).assign(adjusted=adjusted)
    first = int(np.argmin(adjusted))
    details = with_difference(found.iloc[first])
    sentence = lead.groups_apart(found, "g", "indeks")
    if adjusted[first] < 0.05:
        assert sentence == f"Klaim {first} ({details})."
    else:
        assert sentence == (
            "Data ini tidak dapat membedakan kelompok-kelompok unit dalam indeks; yang paling "
            f"berjauhan: Alun {first} dan Bukit {first} ({details})."
        )
    assert "Kurang dari dua kelompok" in lead.groups_apart(found, "other", "indeks")


@settings(max_examples=15)
@given(st.lists(st.tuples(st.integers(1, 5), st.sampled_from("abc")), min_size=1, max_size=12))
def test_every_pair_of_groups_names_the_higher_first(given):
    units = pd.DataFrame(given, columns=["score", "group_name"]).astype({"score": float})
    units = units.assign(unit=[f"u{n}" for n in range(len(units))])
    means = units.groupby("group_name")["score"].mean()
    families = lead.between_groups("g", units, "score", "nilai")
    pairs = [(i, f) for family in families for i, f in family.figures.iterrows()]
    assert len(pairs) == len(means) * (len(means) - 1) // 2
    for pair, figures in pairs:
        high, low = pair.split("|")
        assert figures["value"] == pytest.approx(means[high] - means[low])
        assert figures["value"] >= 0
        said = families[0].words.loc[pair, "above"]
        assert said == f"{high} lebih tinggi daripada {low} dalam nilai"
    for family in families:
        whole = np.ones((1, len(units)))
        assert family.statistic(whole).iloc[0].to_dict() == pytest.approx(
            family.figures["value"].to_dict()
        )


@settings(max_examples=15)
@given(st.lists(st.lists(st.integers(1, 5), min_size=3, max_size=3), min_size=2, max_size=12))
def test_the_first_is_tested_against_the_rival_nearest_to_it(given):
    values = pd.DataFrame(given, columns=list("abc"), dtype=float)
    strata = pd.Series("g", index=values.index)
    called = pd.Series({item: item.upper() for item in "abc"})
    statistic = estimates.of_means(values)
    family = lead.leader("k", strata, statistic, values.count(), called, "nilai")[0]
    first, second = read("{} tertinggi dalam nilai, di atas {}", family.words["above"].iloc[0])
    means = values.mean().rename(str.upper)
    assert means[first] == pytest.approx(means.max())
    assert family.figures["value"].iloc[0] == pytest.approx(means[first] - means[second])
    away = values.rename(columns=str.upper)
    p = {r: comparisons.t_test((away[first] - away[r]).to_frame("x"))["p_value"].iloc[0]
         for r in "ABC" if r != first}  # fmt: skip
    assert family.figures["p_value"].iloc[0] == pytest.approx(max(p.values()))
    assert p[second] == pytest.approx(max(p.values()))


@settings(max_examples=15)
@given(
    st.lists(st.integers(1, 5), min_size=2, max_size=12), st.sampled_from([-2.0, 1.5, 3.0, 10.0])
)
def test_a_mean_is_tested_against_any_reference(given, reference):
    values = pd.Series(given, dtype=float)
    row = comparisons.t_test(values.to_frame("x"), reference).loc["x"]
    assert row["mean"] == pytest.approx(values.mean())
    if values.nunique() > 1:
        p = stats.ttest_1samp(values, reference).pvalue
        assert row["p_value"] == pytest.approx(max(p, 2.0 ** (1 - len(values))))


def test_noise_of_rounding_is_no_difference():
    # 29 units miss the reference by less than any figure can be told apart, one meets it.
    values = pd.DataFrame({"x": [3 - 4e-16] * 29 + [3.0]})
    assert comparisons.t_test(values, 3.0)["p_value"].iloc[0] == 1
    assert comparisons.t_test(values, 2.9)["p_value"].iloc[0] < 1e-6


def test_certainty_without_an_interval_says_so():
    row = believed(("k", "a", "A", 1.0, False)).iloc[0]
    row["low"] = np.nan
    assert claims.certainty(row) == with_certainty(row) == "n = 12, tanpa selang"
    row = pd.Series({"low": 1.0, "high": 2.5, "n": 7}, dtype=object)
    assert aggregate.in_sentence(row) == "selang 95%: 1,00–2,50; n = 7"
    assert aggregate.certainty(np.nan, np.nan, 1) == "n = 1, tanpa selang"
