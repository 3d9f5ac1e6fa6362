"""What is said of proposals and packages, read back and worked out again from the proposals."""

import re
from itertools import combinations

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from analysis.methods import topsis
from analysis.stages import quickwin
from analysis.stages.quickwin import alike, package_words, packages, proposals, shortlist
from analysis.text import percent
from tests.stages.sentences import NAMES, believed, names, read, with_detail

few = settings(max_examples=25, deadline=None)
DIMENSIONS = pd.Series({"a": "Asri", "b": "Baik", "c": "Cerdas"})
costs = st.integers(1, 140)
proposed = st.lists(
    st.tuples(st.sampled_from("abc"), costs, st.integers(0, 3), st.sampled_from([0.0, 1.0, 2.0])),
    max_size=6,
)


def offered(given) -> pd.DataFrame:
    """Ranked proposals: dimension, cost, cluster (0: none), merit; every second of one lead."""
    table = pd.DataFrame(given, columns=["dimension", "cost", "cluster", "merit"])
    table = table.astype({"cost": float, "merit": float})
    count = len(table)
    table["proposal"] = table["label"] = list(NAMES[:count])
    clusters = table["cluster"].where(table["cluster"] > 0).astype(float)
    return table.assign(
        cluster=clusters, lead_short=[f"u{n % 2}" for n in range(count)],
        unit=[f"u{n % 2}" for n in range(count)], unit_short=[f"U{n}" for n in range(count)],
        duration=6.0, rank=[n + 1 for n in range(count)],
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


def absent(table) -> list[str]:
    """The dimensions of which the table has no row, counted by hand."""
    return [name for letter, name in DIMENSIONS.items() if letter not in [*table["dimension"]]]


@few
@given(proposed, st.integers(0, 2), st.integers(0, 2))
def test_what_a_budget_buys_and_leaves_out_is_counted(given, least, most):
    table = offered(given)
    made = packages.options(table, 100.0, least, most)
    package, turn = packages.whole(made), packages.whole(made, packed=False)
    held, out = package.held, [n for n in table["label"] if n not in [*package.held["label"]]]
    said = package_words.within(package, packages.bought(table, package, most), DIMENSIONS)
    if not given:
        assert said.headline == "Belum ada usulan lengkap, jadi paket tidak dihitung."
    elif held.empty and not (table["cost"] <= 100).any():
        assert said.headline == "Rp100 juta belum cukup untuk usulan lengkap mana pun."
    elif held.empty:
        assert said.headline == "Paket kosong: setiap usulan yang terjangkau bernilai nol."
    elif missing := absent(held):
        shown = "Anggaran cukup untuk {} program; tanpa program: {}"
        count, listed = read(shown, said.headline[:-1])
        assert (int(count), names(listed)) == (len(held), missing)
    else:
        every = [[*held["dimension"]].count(id) for id in DIMENSIONS.index]
        least = [n for n, c in zip(DIMENSIONS, every, strict=True) if c == min(every) < max(every)]
        tail = f", paling sedikit di {' dan '.join(least)}" if least else " di semua dimensi"
        start = f"Rp100 juta cukup untuk membiayai {len(held)} program"
        assert said.headline == f"{start}{tail}."
    if len(held):
        counts = [f"{name} {[*held['dimension']].count(id)}" for id, name in DIMENSIONS.items()]
        cost = f"Biayanya Rp{held['cost'].sum():.0f} juta dari Rp100 juta. "
        assert said.detail.startswith(f"{cost}{counts[0]}, {counts[1]}, dan {counts[2]}.")
    if given and held.empty:
        assert said.detail == f"Usulan termurah berbiaya Rp{table['cost'].min():.0f} juta."
        out = []
    told = re.search("Tidak masuk dari sepuluh besar: (.+)[.]", said.detail)
    assert ([part.split(" – ")[0] for part in told[1].split("; ")] if told else []) == out
    beside = package_words.in_turn(made, packages.bought(table, package, most), DIMENSIONS)
    if turn.held.empty:
        start = "Menurut peringkat tidak ada program yang terbiayai."
    else:
        listed = absent(turn.held)
        tail = f"; tanpa program: {' dan '.join(listed)}" if listed else " di semua dimensi"
        start = f"Menurut peringkat anggaran cukup untuk {len(turn.held)} program{tail}."
    assert beside.headline == start
    assert all(len(f.headline.split()) <= 20 for f in (said, beside))


@few
@given(proposed, st.integers(0, 2), st.integers(0, 2))
def test_every_reason_is_true(given, least, most):
    table = offered(given)
    package = packages.whole(packages.options(table, 100.0, least, most))
    held, rest = package.held, 100 - package.cost
    for row in packages.bought(table, package, most).itertuples():
        twins = held["label"][held["cluster"] == row.cluster]
        led = int((held["lead_short"] == row.lead_short).sum())
        assert row.within == (row.reason == "") == (row.proposal in [*held["proposal"]])
        if row.reason.startswith("mirip"):
            assert row.reason == f"mirip dengan {twins.item()}"
        elif row.reason.endswith("program"):
            assert row.reason == f"{row.lead_short} sudah memimpin {most} program" and led == most
        elif row.reason == "nilainya nol":
            assert row.merit == 0
        elif row.reason == "sisa anggaran tidak cukup":
            assert rest < row.cost <= 100
        elif row.reason:
            assert row.reason == "lebih mahal daripada seluruh anggaran" and row.cost > 100


@few
@given(proposed, st.integers(0, 2), st.integers(0, 2))
def test_no_floor_is_dropped_in_silence(given, least, most):
    table = offered(given)
    package = packages.whole(packages.options(table, 100.0, least, most))
    counts = {name: sum(package.held["dimension"] == id) for id, name in DIMENSIONS.items()}
    short = [name for name, count in counts.items() if count < least]
    said = package_words.unmet(package, table, DIMENSIONS, least)
    assert bool(said) == bool(short)
    if said:
        told = [part.split(": ")[0] for part in said.detail.split(". ")]
        assert sorted(name for part in told for name in names(part)) == sorted(short)
        assert read("Sedikitnya {} program setiap dimensi tidak tercapai di {} dimensi.",
                    said.headline) == (str(least), str(len(short)))  # fmt: skip


@few
@given(proposed, st.integers(1, 2))
def test_key_figures_are_counted(given, count):
    table = offered(given)
    package = packages.whole(packages.options(table, 100.0, 1, 0))
    short = shortlist.shortlist(table, count, DIMENSIONS)
    figures = quickwin.words.key_figures(given_by(table), table, package, short, DIMENSIONS)
    if not given:
        assert [f["value"] for f in figures] == [None, None, 0, 2]
        told = ("–", "tidak dihitung: belum ada usulan lengkap")
        assert {(f["shown"], f["detail"]) for f in figures[:2]} == {told}
        return
    assert [f["value"] for f in figures] == [len(package.held), len(short), len(given) // 2, 2]
    assert [int(f["shown"]) for f in figures] == [f["value"] for f in figures]
    both = len({*short["label"]} & {*package.held["label"]})
    assert figures[1]["detail"].endswith(f" · {both} juga dalam paket")
    dimensions = 3 - len(absent(package.held))
    n = f"n = {len(given)} usulan dari {table['unit'].nunique()} perangkat daerah"
    assert figures[0]["detail"].endswith(f" juta · di {dimensions} dari 3 dimensi · {n}") or (
        package.held.empty and figures[0]["detail"] == f"biaya Rp0 · di 0 dari 3 dimensi · {n}"
    )
    assert figures[2]["label"] == "usulan lengkap berhorizon quick win"
    units = table["unit"].nunique() + 1
    assert figures[3]["detail"] == f"dari {len(given) + 2} usulan {units} perangkat daerah"


def test_who_is_silent_has_not_proposed_though_it_answered():
    table = offered([("a", 5, 0, 1.0)] * 2)
    said = quickwin.words.given(given_by(table), UNITS)
    assert said.headline == "3 perangkat daerah mengusulkan 4 program."
    assert said.detail == (
        "2 lengkap dan diperingkat. 1 perangkat daerah yang menjawab tidak mengusulkan program."
    )
    said = quickwin.words.given(given_by(table), UNITS[UNITS["unit"] != "u6"])
    assert "tidak mengusulkan" not in said.detail


@pytest.mark.parametrize("changed", [0, 3])
def test_an_order_that_hangs_on_what_is_compared_is_said(changed):
    said = quickwin.words.reversed_by(changed, 8)
    assert bool(said) == bool(changed)
    if said:
        assert said.detail == "3 dari 8 usulan, bila dikeluarkan sendirian, mengubahnya."


@few
@given(
    st.lists(st.tuples(st.integers(1, 5), st.integers(0, 3)), min_size=2, max_size=6),
    st.sampled_from(["clear", "likely", "unclear"]),
)
@example([(1, 0)] * 5, "unclear")
@example([(1, 0)] * 6, "unclear")
def test_the_first_is_told_with_all_that_may_be_first_too(spans, level):
    table = offered([("a", 5, 0, 1.0)] * len(spans))
    table["rank_low"] = [1, *(low for low, _width in spans[1:])]
    table["rank_high"] = table["rank_low"] + [width for _low, width in spans]
    found = believed((quickwin.figures.FIRST, "Alun", "Alun di depan", 0.1, level))
    headline = quickwin.words.headline_ranking(table, found)
    said = quickwin.words.leaders(table, found)
    words = {"clear": "jelas", "likely": "cenderung"}
    first = [n for n, (low, _w) in zip(NAMES, [(1, 0), *spans[1:]], strict=False) if low == 1]
    more = f"{len(first) - 3} lainnya"
    if level in words:
        assert headline == f"Alun {words[level]} di peringkat pertama"
        sure = " cenderung" if level == "likely" else ""
        assert said.headline == f"Usulan U0{sure} di peringkat pertama."
    else:
        start = "Dapat di peringkat pertama, tergantung bobot kriteria: {}"
        called = first if len(first) < 5 else [*first[:3], more]
        assert names(read(start, headline)[0]) == called
        start = "{} usulan dapat di peringkat pertama, dari {}; urutannya bergantung pada "
        count, listed = read(start + "bobot kriteria.", said.headline)
        units = [f"U{NAMES.index(name)}" for name in first]
        assert int(count) == len(first)
        assert names(listed) == (units if len(units) < 5 else [*units[:3], more])
    assert (said.level, said.claim) == (level, "s.Alun.first")
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
        if months
        else "Belum ada usulan lengkap"
    )


@few
@given(st.lists(st.sampled_from(["satu data", "data satu", "halte", "Halte!", None]), max_size=6))
def test_clusters_that_look_alike_are_counted(given):
    table = pd.DataFrame({"name": pd.Series(given, dtype="string"), "dimension_name": "Asri"})
    table["proposal"] = table["label"] = [f"p{n}" for n in range(len(given))]
    kind = {"satu data": 0, "data satu": 0, "halte": 1, "Halte!": 1}
    kinds = [kind[name] for name in given if name]
    clusters = {k: kinds.count(k) for k in kinds if kinds.count(k) > 1}
    found = alike.clusters(table)
    assert sorted(found["cluster"].value_counts()) == sorted(clusters.values())
    assert found["cluster"].value_counts(sort=False).is_monotonic_decreasing
    assert alike.headline(found) == (
        f"{sum(clusters.values())} usulan bernama mirip, dalam {len(clusters)} kelompok, perlu "
        "diperiksa"
        if clusters
        else "Tidak ada nama usulan yang mirip"
    )
    said = quickwin.words.alike(found)
    assert bool(said) == bool(clusters)
    if said:
        largest = max(clusters.values())
        start = f"Kelompok terbesar, di Asri, memuat {largest} usulan: p"
        assert said.detail.startswith(start)
        assert said.headline.startswith(f"{len(found)} usulan bernama mirip dapat menjadi ")
        assert f" menjadi {len(clusters)} program kota bila " in said.headline
    assert alike.note(0.8).startswith(
        f"Kemiripan: dengan nama termirip dalam kelompoknya, mulai dari {percent(0.8)}."
    )


def rated(part, least) -> tuple:
    """What decides between sets: filled places of floors, then the value."""
    counts = [sum(row[0] == letter for row in part) for letter in "abc"]
    filled = [sum(count >= place for count in counts) for place in range(1, least + 1)]
    return *filled, sum(row[3] for row in part)


@settings(max_examples=30, deadline=None)
@given(proposed, st.integers(0, 2), st.integers(0, 2), st.sampled_from([50.0, 100.0, 200.0]))
def test_the_package_is_the_best_of_all_packages(given, least, most, budget):
    table = offered(given)

    def allowed(places) -> bool:
        clusters = [given[n][2] for n in places if given[n][2]]
        leads = [sum(n % 2 == lead for n in places) for lead in (0, 1)]
        return (
            sum(given[n][1] for n in places) <= budget
            and len(clusters) == len(set(clusters))
            and (not most or max(leads) <= most)
        )

    every = (
        places for size in range(len(given) + 1) for places in combinations(range(len(given)), size)
    )
    best = max(rated([given[n] for n in places], least) for places in every if allowed(places))
    taken = list(table.index[packages.best(table, budget, least, most)])
    assert allowed(taken)
    assert rated([given[n] for n in taken], least) == pytest.approx(best)


@pytest.mark.parametrize(
    ("millions", "shown"),
    [(0, "Rp0 juta"), (0.5, "Rp500.000"), (1, "Rp1 juta"), (5000, "Rp5 miliar")],
)
def test_half_a_million_is_no_nothing(millions, shown):
    assert packages.rupiah(millions) == shown
