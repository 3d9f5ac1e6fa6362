"""What is said of proposals and packages, read back and worked out again from the proposals."""

import re
from itertools import combinations

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from analysis.methods import topsis
from analysis.stages import quickwin
from analysis.stages.evidence.finding import Finding
from analysis.stages.quickwin import packages, proposals
from analysis.text import number, percent
from tests.stages.sentences import NAMES, believed, names, read, with_detail

few = settings(max_examples=15)
BUDGET = 1000.0
kept = st.lists(st.tuples(st.booleans(), st.booleans(), st.integers(1, 90)), max_size=6)


def chosen(given) -> pd.DataFrame:
    """Ranked proposals: within the budget, with more, cost; every rank may be its neighbour's."""
    table = pd.DataFrame(given, columns=["within", "with_more", "cost"]).astype(
        {"within": bool, "with_more": bool, "cost": float}
    )
    count = len(table)
    table["proposal"] = table["label"] = list(NAMES[:count])
    return table.assign(
        unit=[f"u{n % 2}" for n in range(count)],
        merit=1.0, beneficiaries=10.0, duration=6.0, rank=[n + 1 for n in range(count)],
        rank_low=[max(1, n) for n in range(count)], rank_high=[n + 2 for n in range(count)],
        share_top=0.5,
        horizon=pd.Categorical(["Quick win" if n % 2 else "Lama" for n in range(count)],
                               ["Quick win", "Lama"], ordered=True),
    )  # fmt: skip


def given_by(table, incomplete=2):
    """All proposals: those of the table, and some without an answer, all of one unit."""
    units = [*table["unit"], *["u5"] * incomplete]
    return pd.DataFrame({"unit": units, "complete": [True] * len(table) + [False] * incomplete})


UNITS = pd.DataFrame(
    {"unit": ["u0", "u1", "u5", "u6", "u7"], "answered": [True, True, True, True, False]}
)
ALIKE = pd.DataFrame([("Alun", "Bukit"), ("Alun", "Curah")], columns=["proposal", "other_proposal"])


@few
@given(kept)
def test_what_a_budget_buys_is_counted(given):
    table = chosen(given)
    within, more = ([g for g in given if g[side]] for side in (0, 1))
    headline = packages.headline(table, BUDGET)
    if not more:
        assert headline == "Tidak ada usulan lengkap yang terjangkau anggaran Rp1.000 juta"
    elif len(more) == len(within):
        assert headline == (
            f"Rp1.000 juta membeli {len(within)} program; tambahan 10% tidak menambah jumlahnya"
        )
    else:
        assert headline == (
            f"Rp1.000 juta membeli {len(within)} program; tambahan 10% menjadikannya {len(more)} "
            "program"
        )
    figures = quickwin.words.key_figures(given_by(table), table, BUDGET)
    n = f"n = {len(given)} usulan dari {table['unit'].nunique()} unit"
    for figure, part in zip(figures, (within, more), strict=False):
        assert figure["value"] == len(part) == int(figure["shown"])
        cost = number(sum(g[2] for g in part), 0)
        assert figure["detail"] == f"biaya Rp{cost} juta · {n}"
    assert figures[2]["value"] == len(given) // 2
    assert figures[2]["label"] == "usulan lengkap berhorizon quick win"
    assert figures[3]["value"] == 2
    units = table["unit"].nunique() + 1
    assert figures[3]["detail"] == f"dari {len(given) + 2} usulan {units} unit"


@few
@given(kept, st.integers(0, 3))
def test_who_comes_in_and_who_goes_out_with_more_money(given, changed):
    table = chosen(given)
    claim = believed((quickwin.figures.FIRST, "Alun", "Alun di depan", 0.1, "likely"))
    found = quickwin.words.findings(given_by(table), table, ALIKE, UNITS, BUDGET, changed, claim)
    units = table["unit"].nunique()
    counted = Finding(
        f"{units + 1} unit mengusulkan {len(given) + 2} program.",
        detail=f"{len(given)} lengkap dan diperingkat. {3 - units} unit yang menjawab tidak "
        "mengusulkan program.",
    )
    if not given:
        assert found == [found[0], counted]
        assert found[0].headline.startswith("Belum ada usulan lengkap")
        return
    assert found[1] == counted
    assert found[0].headline == (
        f"Anggaran Rp1.000 juta membeli {sum(g[0] for g in given)} program."
        if any(g[1] for g in given)
        else "Tidak ada usulan lengkap yang terjangkau anggaran Rp1.000 juta."
    )
    added = [name for name, (a, b, _c) in zip(NAMES, given, strict=False) if b and not a]
    out = [name for name, (a, b, _c) in zip(NAMES, given, strict=False) if a and not b]
    if not added:
        assert found[3].headline == "Tambahan anggaran 10% tidak mengubah paket."
    else:
        assert read("Tambahan anggaran 10% memasukkan {} program ke dalam paket.",
                    found[3].headline) == (str(len(added)),)  # fmt: skip
        come, _sep, gone = found[3].detail[:-1].partition(". Keluar: ")
        assert names(read("Masuk: {}", come)[0]) == added
        assert (names(gone) if gone else []) == out
    turns = [f for f in found if f.headline.startswith("Urutan sepuluh besar bergantung")]
    assert bool(turns) == bool(changed)
    assert all(f.detail.startswith(f"{changed} dari {len(given)} usulan, ") for f in turns)
    inside = {name for name, g in zip(NAMES, given, strict=False) if g[0]}
    pairs = sum({a, b} <= inside for a, b in ALIKE.itertuples(index=False))
    shown = "{} pasang usulan dalam paket bernama mirip; periksa agar tidak dibiayai dua kali."
    twice = [read(shown, f.headline)[0] for f in found if "bernama mirip" in f.headline]
    assert twice == ([str(pairs)] if pairs else [])


def test_nobody_is_silent_who_has_proposed_or_not_answered():
    table = chosen([(True, True, 5)] * 2)
    units = UNITS[UNITS["unit"] != "u6"]
    found = quickwin.words.findings(given_by(table), table, ALIKE, units, BUDGET, 0, believed())
    assert "tidak mengusulkan" not in found[1].detail


@few
@given(
    st.lists(st.tuples(st.integers(1, 5), st.integers(0, 3)), min_size=2, max_size=6),
    st.sampled_from(["clear", "likely", "unclear"]),
)
@example([(1, 0)] * 5, "unclear")
@example([(1, 0)] * 6, "unclear")
def test_the_first_is_told_with_all_that_may_be_first_too(spans, level):
    table = chosen([(True, True, 5)] * len(spans))
    table["rank_low"] = [1, *(low for low, _width in spans[1:])]
    table["rank_high"] = table["rank_low"] + [width for _low, width in spans]
    found = believed((quickwin.figures.FIRST, "Alun", "Alun di depan", 0.1, level))
    headline = quickwin.words.headline_ranking(table, found)
    said = quickwin.words.leaders(table, found)
    assert (said.headline, said.level, said.claim) == ("Alun di depan.", level, "s.Alun.first")
    words = {"clear": "jelas", "likely": "cenderung"}
    if level in words:
        assert headline == f"Alun {words[level]} di peringkat pertama"
    else:
        assert headline == "Peringkat pertama bergantung pada bobot kriteria"
    assert said.detail.startswith("Teratas: Alun; masuk 3 besar pada 50,0% ulangan bobot. ")
    assert said.detail.endswith(f"atas usulan berikutnya {with_detail(found.iloc[0], 3)}.")
    rest = zip(NAMES[1:], spans[1:], strict=False)
    rivals = [name for name, (low, _width) in rest if low == 1]
    # Nobody is kept back as "1 lainnya": the name is as short.
    more = f"dan {len(rivals) - 3} lainnya" if len(rivals) > 4 else rivals[-1:] and rivals[-1]
    told = re.search(r"Dapat pula di peringkat pertama: (.+?)[.]", said.detail)
    assert bool(told) == bool(rivals)
    if told:
        assert names(told[1])[:3] == rivals[:3] and told[1].endswith(more)
    shown = quickwin.words.alt_ranking(table, 2)
    ends = [
        f"{low}–{high}" for low, high in zip(table["rank_low"], table["rank_high"], strict=True)
    ]
    assert shown == (
        f"Peringkat dan rentangnya untuk 2 usulan: Alun 1 ({ends[0]}) dan Bukit 2 ({ends[1]})."
    )
    assert quickwin.words.alt_ranking(table[:0], 2).endswith("untuk 0 usulan: –.")


CRITERIA = {"impact": 1.0, "cost": 2.0}


@settings(max_examples=15)
@given(
    st.lists(st.tuples(st.integers(1, 5), st.integers(1, 9)), min_size=3, max_size=6),
    st.tuples(*[st.sampled_from([0.2, 1.0, 3.0])] * 6),
)
def test_reversals_weigh_the_dimensions_as_the_ranking_does(given, factors):
    table = pd.DataFrame(given, columns=["impact", "cost"], index=list(NAMES[: len(given)]))
    factor = pd.Series(factors[: len(given)], table.index)

    def priority(part):
        weights = pd.Series(CRITERIA)
        return topsis.closeness(part.astype(float), weights, ["cost"]) * factor[part.index]

    order = priority(table).sort_values(ascending=False, kind="stable").index
    changed = 0
    for taken in order:
        rest = [name for name in order if name != taken]
        again = priority(table.drop(taken))
        changed += any(again[b] - again[a] > 1e-9 for a, b in zip(rest, rest[1:], strict=False))
    ranked = table.loc[order].assign(factor=factor).rename_axis("proposal").reset_index()
    assert quickwin.figures.reversals(ranked, CRITERIA, ["cost"]) == changed
    assert quickwin.figures.reversals(ranked[:2], CRITERIA, ["cost"]) == 0


def test_only_the_first_ranks_count_as_reversed():
    table = pd.DataFrame({"impact": [5.0, 4.0, 1.0, 1.0], "cost": [1.0, 1.0, 9.0, 5.0]})
    table = table.assign(factor=[1.0, 1.0, 1.0, 0.1], proposal=list("abcd"))
    counts = [quickwin.figures.reversals(table, CRITERIA, ["cost"], top) for top in (1, 2, 4)]
    assert counts[0] == 0
    assert counts == sorted(counts)


@few
@given(st.lists(st.sampled_from([*"abc", None]), max_size=8))
def test_dimensions_are_counted_with_their_ties_and_their_gaps(given):
    answers = pd.DataFrame(
        {"dimension": pd.Series(given, dtype="string"), "unit": "u", "cost": 1.0}
    )
    answers["complete"] = pd.Series([n % 2 == 0 for n in range(len(given))], dtype=bool)
    called = pd.Series({"a": "Alun", "b": "Bukit", "c": "Curah"})
    counts = {name: given.count(letter) for letter, name in called.items()}
    table = proposals.by_dimension(answers, called)
    assert dict(zip(table["dimension_name"], table["programmes"], strict=True)) == counts
    headline, most = proposals.headline_dimensions(table), max(counts.values())
    if not most:
        assert headline == "Belum ada usulan program"
        return
    first, _sep, without = headline.partition("; ")
    listed, count = read("{} paling banyak diusulkan: {} program", first)
    assert (names(listed), int(count)) == ([n for n, c in counts.items() if c == most], most)
    none = [name for name, count in counts.items() if not count]
    assert without == (f"{'|'.join(none)} tanpa usulan".replace("|", " dan ") if none else "")
    short, every = sum(not c for c in answers["complete"]), len(given)
    assert proposals.headline_incomplete(answers) == (
        f"{short} dari {every} usulan tidak diperingkat karena belum lengkap"
        if short
        else "Tidak ada usulan yang kurang lengkap"
    )


@few
@given(st.lists(st.sampled_from([1.0, 12.0, 13.0, 24.0, 25.0]), max_size=6))
def test_the_quick_ones_end_within_the_first_horizon(months):
    answers = pd.DataFrame({"duration": months, "complete": True, "cost": 1.0})
    counts = proposals.by_horizon(answers, [12, 24, 60, 120])
    quick = sum(m <= 12 for m in months)
    assert proposals.headline_horizons(counts, [12, 24, 60, 120]) == (
        f"{quick} dari {len(months)} usulan lengkap selesai dalam 12 bulan"
    )


@few
@given(st.lists(st.sampled_from(["satu data", "data satu", "halte", "Halte!"]), max_size=5))
def test_pairs_that_look_alike_are_counted(given):
    table = pd.DataFrame({"name": pd.Series(given, dtype="string"), "unit_short": "U"})
    table["proposal"] = [f"p{n}" for n in range(len(given))]
    kind = {"satu data": 0, "data satu": 0, "halte": 1, "Halte!": 1}
    alike = sum(kind[a] == kind[b] for a, b in combinations(given, 2))
    pairs = proposals.similar(table)
    assert pairs["similarity"].is_monotonic_decreasing
    assert proposals.headline_similar(pairs) == (
        f"{alike} pasang usulan bernama mirip dan perlu diperiksa"
        if alike
        else "Tidak ada nama usulan yang mirip"
    )
    assert proposals.note_similar(0.8) == f"Kemiripan mulai dari {percent(0.8)}."


@settings(max_examples=15)
@given(st.lists(st.tuples(st.integers(1, 9), st.integers(1, 9)), min_size=1, max_size=6))
def test_the_best_set_is_the_best_of_all_sets(given):
    ranking = pd.DataFrame(given, columns=["merit", "cost"]).astype(float)
    ranking["proposal"] = NAMES[: len(given)]
    table = packages.best(ranking, 10.0)
    for column, budget in (("within", 10.0), ("with_more", 11.0)):
        sets = (
            part
            for size in range(len(given) + 1)
            for part in combinations(given, size)
            if sum(cost for _merit, cost in part) <= budget
        )
        best = max(sum(merit for merit, _cost in part) for part in sets)
        taken = table[table[column]]
        assert taken["merit"].sum() == pytest.approx(best)
        assert taken["cost"].sum() <= budget


@pytest.mark.parametrize(
    ("millions", "shown"),
    [(0, "Rp0 juta"), (0.5, "Rp500.000"), (1, "Rp1 juta"), (5000, "Rp5.000 juta")],
)
def test_half_a_million_is_no_nothing(millions, shown):
    assert packages.rupiah(millions) == shown
