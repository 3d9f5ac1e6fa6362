"""What a report says of its claims: read back, and counted again from the table."""

import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy import stats

from analysis.methods import comparisons
from analysis.stages.evidence import aggregate, claims, estimates, lead, ledger
from tests.stages.sentences import believed, names, read, with_detail

case = st.sampled_from([-1.0, 0.0, 2.0, np.nan])
level = st.sampled_from(["clear", "likely", "unclear"])
rows = st.lists(st.tuples(level, st.sampled_from([-1.0, 1.0])), max_size=7)
few = settings(max_examples=15)
WORDS = {"clear": "jelas", "likely": "cenderung", "unclear": "belum jelas"}


def table(given, **columns):
    said = [("k", f"i{n}", f"Klaim {n}", value, level) for n, (level, value) in enumerate(given)]
    return believed(*said).assign(**columns)


@few
@given(
    rows, st.lists(st.tuples(st.booleans(), st.booleans(), st.booleans()), min_size=7, max_size=7)
)
def test_what_keeps_claims_from_being_clear_is_counted(given, flags):
    turned, untried, scarce = ([f[k] for f in flags[: len(given)]] for k in range(3))
    found = table(
        given,
        turned=["bobot lain" if t else "" for t in turned],
        untried=["jawaban terburuk" if u else "" for u in untried],
        least=[0.01 if s else 0.0001 for s in scarce],
    )
    count = {word: sum(level == word for level, _v in given) for word in WORDS}
    said = ledger.finding(found)
    assert said.level == "count" and said.claim == ""
    counted = f"{count['clear']} jelas dan {count['likely']} cenderung"
    assert (said.headline, ledger.heading(found)) == (
        (f"{count['clear']} dari {len(given)} pembandingan jelas.",
         f"Dari {len(given)} pembandingan {counted}")
        if given
        else ("Belum ada yang dapat dibandingkan.", "Belum ada yang dapat dibandingkan")
    )  # fmt: skip
    assert said.detail.startswith(f"{count['likely']} cenderung") == bool(given)
    would = [n for n, (level, _v) in enumerate(given) if turned[n] and level == "likely"]
    assert (f"{len(would)} hanya cenderung karena dapat berbalik" in said.detail) == bool(would)
    for n in range(len(given)):
        assert (f"Klaim {n} (bila bobot lain)" in said.detail) == (
            n in (would if len(would) <= 4 else would[:3])
        )
    unknown = sum(untried[n] and level == "clear" for n, (level, _v) in enumerate(given))
    assert (f"bagi {unknown} yang jelas tidak semua" in said.detail.lower()) == bool(unknown)
    assert (f"{sum(scarce)} dijawab terlalu sedikit perangkat daerah" in said.detail) == any(scarce)


@few
@given(rows)
def test_clear_items_are_those_of_their_side(given):
    found = table(given)
    for above in (True, False):
        wanted = [f"i{n}" for n, (lv, v) in enumerate(given) if lv == "clear" and (v > 0) == above]
        assert list(claims.clear(found, "k", above)) == wanted
        assert claims.clear(found, "other", above).empty
    shown = ledger.shown(found).set_index("claim")["verdict"]
    for n, (level, _v) in enumerate(given):
        assert shown[f"Klaim {n}"] == WORDS[level]


def test_where_nothing_is_concluded_neither_figure_nor_probability_is_told():
    found = believed(("k", "a", "A", 1.0, "unclear"), ("k", "b", "B", 1.0, "clear"))
    found["barred"], sentence = ["tanpa dasar", ""], "tidak ada kesimpulan: tanpa dasar"
    found["sentence"] = [sentence, "B"]
    shown = ledger.shown(found).set_index("claim")
    assert shown.loc["A", ["verdict", "p"]].tolist() == [sentence, "–"]
    assert shown.loc["B", ["verdict", "p"]].tolist() == ["jelas", "0,001"]
    assert [row["p"] for row in ledger.ledger(found, "s", "")] == [None, 0.001]
    said = ledger.quoted(found.iloc[0], "A tertinggi.")
    assert (said.headline, said.level, said.detail, said.claim) == (
        "Tidak ada kesimpulan: tanpa dasar.", "unclear", "", "s.a.k",
    )  # fmt: skip
    assert ledger.quoted(found.iloc[1], "B tertinggi.").headline == "B tertinggi."
    assert ledger.finding(found).detail == "0 cenderung; dari 1 tidak ada kesimpulan."


def test_the_primary_and_then_the_surest_stand_first_and_a_tiny_probability_is_no_zero():
    found = believed(
        ("k", "a", "A", 1.0, False), ("k", "b", "B", 1.0, True), ("l", "c", "C", 1.0, False)
    )
    found["primary"] = [False, False, True]
    assert list(ledger.shown(found)["claim"]) == ["C", "B", "A"]
    assert [ledger.probability(p) for p in (0.0, 0.00099, 0.001, 0.0125, 1)] == [
        "< 0,00001", "0,00099", "0,001", "0,012", "1,000",
    ]  # fmt: skip
    row = found.loc[("k", "a")]
    assert (
        ledger.detail(row)
        == with_detail(row)
        == ("+1,00; selang 95%: 0,80–1,20; n = 12; p 0,600, jelas di bawah 0,004")
    )
    assert "4%" in ledger.note(found) and "1%" in ledger.note(found)


@few
@given(level, st.sampled_from([-1.0, 1.0]), st.booleans())
def test_a_lead_is_quoted_at_its_level(level, value, turned):
    found = believed(("k", "a", "alun tertinggi dalam nilai, di atas Bukit", value, level))
    found["sentence"] = found["claim"].where(found["level"] != "unclear", "alun dan Bukit sama")
    found["turned"] = "bobot lain" if turned else ""
    said = lead.leading(found, "k", "nilai")
    assert (said.level, said.claim) == (level, "s.a.k")
    assert said.headline == (
        "Alun dan Bukit sama."
        if level == "unclear"
        else "Alun tertinggi dalam nilai, di atas Bukit."
    )
    told = turned and level != "unclear"
    details = with_detail(found.iloc[0]) + ("; dapat berbalik bila bobot lain" if told else "")
    assert said.detail == f"{details}."
    missing = lead.leading(found, "other", "nilai")
    assert "kurang dari dua" in missing.headline and missing.level == "count"


@few
@given(st.lists(st.sampled_from([0.001, 0.04, 0.2, 0.9]), min_size=1, max_size=5))
def test_of_all_pairs_of_groups_the_surest_is_told(p):
    said = [("g", f"a{n}-b{n}", f"Klaim {n}", 1.0, q < 0.01) for n, q in enumerate(p)]
    found = believed(*said).assign(p_value=p, alpha=0.01)
    first = int(np.argmin(p))
    finding = lead.groups_apart(found, "g", "indeks")
    assert finding.headline == f"Klaim {first}."
    assert finding.detail == f"{with_detail(found.iloc[first])}."
    assert (
        "kurang dari dua kelompok yang menjawab"
        in lead.groups_apart(found, "other", "indeks").headline
    )


def survey(values, groups=("a", "b", "c")):
    """Answers of units to one item each: a mean of `values` beside two constant ones."""
    rows = [
        {"unit": f"u{n:02}", "group": groups[n % len(groups)], "item": item, "name": item,
         "level": level}
        for n, level in enumerate(values)
        for item, level in (("satu", level), ("dua", 3.0 + 0.1 * (-1) ** n))
    ]  # fmt: skip
    return pd.DataFrame(rows)


def compared(answers, reference=3.0, primary=(), ends=(np.nan, np.nan)):
    names = pd.Series({"satu": "Satu", "dua": "Dua"})
    words = claims.words(names, "{name} di atas", "{name} di bawah", "{name} di sekitar")
    bounds = pd.DataFrame([ends] * 2, names.index, ["worst", "best"])
    family = claims.against(
        "k", answers, "item", "level", words, reference, bounds, (1.0, 5.0)
    )  # fmt: skip
    units = answers.drop_duplicates("unit")[["unit"]].assign(weight=1.0)
    return claims.table([family], units, 0.95, "tahap", primary).loc["k"]


@few
@given(st.lists(st.sampled_from([2.0, 3.0, 4.0, 5.0]), min_size=12, max_size=30))
@example([2.0] * 4 + [5.0] * 8)  # t reaches beyond 5
def test_the_verdict_is_read_from_the_interval_of_its_family(values):
    found = compared(survey(values))
    row = found.loc["satu"]
    assert row["alpha"] == pytest.approx(0.05 / 2)
    error, n = np.std(values, ddof=1) / np.sqrt(len(values)), len(values)
    reach = stats.t.ppf(1 - row["alpha"] / 2, n - 1) * error
    # It holds the plain interval, and nothing that the scale of 1 to 5 does not have.
    assert row["wide_low"] == pytest.approx(max(min(row["value"] - reach, row["low"]), 1))
    assert row["wide_high"] == pytest.approx(min(max(row["value"] + reach, row["high"]), 5))
    assert row["value"] == pytest.approx(np.mean(values)) and row["reference"] == 3
    out = row["wide_low"] > 3 or row["wide_high"] < 3
    plain = row["low"] > 3 or row["high"] < 3
    expected = "clear" if out else "likely" if plain and row["q"] <= 0.1 else "unclear"
    assert row["level"] == expected
    side = "di atas" if row["value"] > 3 else "di bawah"
    said = "Satu di sekitar" if expected == "unclear" else f"Satu {side}"
    assert row["sentence"] == said
    assert row["id"] == "tahap.satu.k"


def test_primary_questions_have_four_fifths_of_the_chance():
    values = [4.0, 5.0, 3.0, 4.0] * 5
    assert set(compared(survey(values))["alpha"]) == {0.05 / 2}
    primary = compared(survey(values), primary=["k"])
    assert primary["alpha"].to_numpy() == pytest.approx(0.04 / 2)
    side = compared(survey(values), primary=["other"])
    assert side["alpha"].to_numpy() == pytest.approx(0.01 / 2)
    assert primary["primary"].all() and not side["primary"].any()
    assert primary["q"].isna().all() and side["q"].notna().all()


@few
@given(st.sampled_from([2.0, 3.0, 3.5, np.nan]), st.sampled_from([2.0, 3.5, np.nan]))
def test_what_turns_a_claim_keeps_it_from_being_clear(worst, best):
    row = compared(survey([4.0, 5.0, 4.0, 5.0] * 6), ends=(worst, best)).loc["satu"]
    turned = [w for w, x in (("jawaban yang kurang terburuk", worst),
                             ("jawaban yang kurang terbaik", best)) if x <= 3]  # fmt: skip
    assert names(row["turned"]) == (turned or [""])
    assert row["level"] == ("likely" if turned else "clear")
    assert ("terburuk" in row["untried"]) == np.isnan(worst)
    assert "terbaik" not in row["untried"]


def test_too_few_units_are_never_clear():
    row = compared(survey([4.0, 5.0, 4.0, 5.0, 4.0])).loc["satu"]
    assert row["least"] == 2**-4 and row["p_value"] == 2**-4
    assert row["level"] == "unclear" and np.isnan(row["wide_low"])
    some = compared(survey([4.0, 5.0, 4.0, 5.0, 4.0, 5.0, 4.0])).loc["satu"]
    assert some["level"] == "clear" and some["wide_low"] > 3


def test_claims_stand_in_a_ledger_of_plain_values():
    found = compared(survey([4.0, 5.0, 4.0, 5.0] * 6), ends=(3.5, 4.8), primary=["k"])
    found = pd.concat([found], keys=["k"], names=["kind", "item"])
    first, second = ledger.ledger(found, "tahap", "24 perangkat daerah")
    assert list(first) == ["id", "stage", "primary", "sentence", "value", "low", "high", "n",
                           "scope", "p", "alpha", "level", "turns"]  # fmt: skip
    assert first["id"] == "tahap.satu.k" and first["sentence"] == "Satu di atas"
    assert (first["value"], first["n"], first["scope"]) == (4.5, 24, "24 perangkat daerah")
    assert first["low"] <= 4.5 <= first["high"]
    assert first["p"] < first["alpha"] == pytest.approx(0.02)
    assert second["level"] == "unclear" and second["sentence"] == "Dua di sekitar"
    assert json.loads(json.dumps([first, second])) == [first, second]
    assert claims.table([], pd.DataFrame()).empty


def test_an_order_is_likely_where_resamples_agree():
    # Eleven of twelve units say more of a than of b, one much less: t finds nothing.
    values = pd.DataFrame({"a": [4.0] * 20 + [1.0], "b": [3.0] * 20 + [5.0]})
    strata = pd.Series("g", index=values.index)
    called = pd.Series({"a": "A", "b": "B"})
    family = lead.leader(
        "k", strata, estimates.of_means(values), values.count(), called, "nilai", 4.0
    )
    units = pd.DataFrame({"unit": values.index, "weight": 1.0})
    row = claims.table(family, units, primary=["k"]).loc[("k", "a")]
    drawn = estimates.resampled(strata, estimates.of_means(values))
    # Where the one is drawn four times of twenty both means are the same but for rounding.
    agree = (drawn["a"] - drawn["b"] > estimates.ROUNDING).mean()
    assert row["agree"] == pytest.approx(agree) and row["ranked"]
    assert row["level"] == ("clear" if row["p_value"] < 0.04 and row["wide_low"] > 0 else
                            "likely" if agree >= 0.975 else "unclear")  # fmt: skip


@settings(max_examples=15)
@given(st.lists(st.tuples(st.integers(1, 5), st.sampled_from("abc")), min_size=1, max_size=12))
def test_every_pair_of_groups_names_the_higher_first(given):
    units = pd.DataFrame(given, columns=["score", "group"]).astype({"score": float})
    units = units.assign(
        group_name=units["group"].str.upper(), unit=[f"u{n}" for n in range(len(units))]
    )
    means = units.groupby("group")["score"].mean()
    families = lead.between_groups("g", units, "score", "nilai", 4.0)
    pairs = [(i, f) for family in families for i, f in family.figures.iterrows()]
    assert len(pairs) == len(means) * (len(means) - 1) // 2
    for pair, figures in pairs:
        high, low = pair.split("-")
        assert figures["value"] == pytest.approx(means[high] - means[low])
        assert figures["value"] >= 0
        said = families[0].words.loc[pair, "above"]
        assert said == f"{high.upper()} lebih tinggi daripada {low.upper()} dalam nilai"
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
    family = lead.leader("k", strata, statistic, values.count(), called, "nilai", 4.0)[0]
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


def test_details_without_an_interval_say_so():
    row = believed(("k", "a", "A", 1.0, False)).iloc[0]
    row["low"] = np.nan
    assert ledger.detail(row) == with_detail(row) == "+1,00; n = 12, tanpa selang"
    row = pd.Series({"low": 1.0, "high": 2.5, "n": 7}, dtype=object)
    assert aggregate.in_sentence(row) == "selang 95%: 1,00–2,50; n = 7"
    assert aggregate.certainty(np.nan, np.nan, 1) == "n = 1, tanpa selang"


def test_no_lead_is_larger_than_the_scale_allows():
    values = pd.DataFrame({"a": [5.0, 1.0], "b": [1.0, 4.0]})
    strata, called = pd.Series("g", index=values.index), pd.Series({"a": "A", "b": "B"})
    statistic = estimates.of_means(values)
    family = lead.leader("k", strata, statistic, values.count(), called, "nilai", 4.0)[0]
    assert family.figures[["low", "high"]].iloc[0].tolist() == [-4, 4]
    units = pd.DataFrame({"unit": list("wxyz"), "group": list("aabb"), "group_name": list("AABB")})
    units["score"] = [5.0, 1.0, 1.0, 4.0]
    apart = lead.between_groups("g", units, "score", "nilai", 4.0)[0]
    assert apart.figures[["low", "high"]].iloc[0].tolist() == [-4, 4]


@pytest.mark.parametrize("count", [2, 12])
def test_items_that_are_equal_but_for_rounding_have_no_first(count):
    values = pd.DataFrame({"a": [0.1 + 0.2] * count, "b": [0.3] * count})
    strata, called = pd.Series("g", index=values.index), pd.Series({"a": "A", "b": "B"})
    statistic = estimates.of_means(values)
    families = lead.leader("k", strata, statistic, values.count(), called, "nilai", 4.0)
    units = pd.DataFrame({"unit": values.index, "weight": 1.0})
    row = claims.table(families, units, primary=["k"]).iloc[0]
    assert row["level"] == "unclear" and row["value"] == 0
    assert row["sentence"] == "A dan B sama-sama teratas dalam nilai"
