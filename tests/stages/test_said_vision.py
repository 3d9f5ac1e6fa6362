"""What is said of weights, contributions and words, read back and worked out again."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.stages import vision
from analysis.stages.vision import consistency, judgements, vocabulary
from analysis.text import number, percent
from tests.stages.sentences import NAMES, believed, names, read, whose, with_detail
from tests.stages.sentences import with_interval as certainty

few = settings(max_examples=15)
heights = st.lists(st.sampled_from([0.5, 0.5, 0.25]), min_size=2, max_size=5)


def weighed(given, n=12) -> pd.DataFrame:
    """Weights of dimensions, highest first."""
    table = pd.DataFrame({"dimension_weight": given, "dimension": NAMES[: len(given)], "n": n})
    table = table.assign(dimension_name=table["dimension"], low=0.1, high=0.6, rank_low=1.0)
    table["rank_low"] = [1.0 + (w < max(given)) for w in given]
    return table.sort_values("dimension_weight", ascending=False, kind="stable", ignore_index=True)


levels = st.sampled_from(["clear", "likely", "unclear"])


@few
@given(heights, levels, st.sampled_from([5, 12]))
def test_the_heaviest_is_named_as_surely_as_its_lead_is(given, level, n):
    table = weighed(given, n)
    claim = (vision.figures.LEADING, table["dimension"].iloc[0], "alun tertinggi", 0.1, level)
    found = believed(claim)
    said, heading = vision.words.highest(table, found), vision.words.heading_weights(table, found)
    assert (said.level, said.claim) == (level, found.iloc[0]["id"])
    details = with_detail(found.iloc[0], 3)
    assert said.detail == (
        f"Bobot {number(max(given))} (selang 95%: 0,10–0,60; n = {n}). "
        f"Selisih dengan yang terdekat {details}."
    )
    first = table["dimension"].iloc[0]
    tied = [name for name, w in zip(NAMES, given, strict=False) if w == max(given)]
    word = {"clear": "", "likely": " cenderung"}.get(level)
    if word is not None:
        assert heading == f"{first}{word or ' jelas'} berbobot tertinggi"
        tail = f"dinilai paling penting bagi visi, dengan bobot {percent(max(given))}."
        assert said.headline == f"{first}{word} {tail}"
        tied = [first]
    else:
        called = tied if len(tied) <= 4 else [*tied[:3], f"{len(tied) - 3} lainnya"]
        assert names(read("Dapat berbobot tertinggi: {}", heading)[0]) == called
        start = "Yang dapat menjadi paling penting bagi visi: {}."
        assert names(read(start, said.headline)[0]) == called
    assert vision.words.weightiest(table, found)["dimension"].tolist() == tied
    assert vision.words.weightiest(table, believed()).empty
    assert vision.words.heading_weights(table, believed()).startswith("Belum ada perbandingan")
    assert vision.words.highest(table, believed()).headline.startswith("Bobot dimensi belum")


mean = st.one_of(st.none(), st.sampled_from([2.0, 4.0]))


@few
@given(st.dictionaries(st.sampled_from(["dinas", "badan", "city"]),
                       st.tuples(mean, mean, mean), min_size=1))  # fmt: skip
def test_the_heaviest_in_each_group_are_named(given):
    rows = [(g, n, w) for g, ws in given.items() for n, w in zip(NAMES, ws, strict=False)]
    table = pd.DataFrame(rows, columns=["group", "dimension_name", "dimension_weight"])
    table["group_name"] = table["group"]
    said = vision.words.heading_groups(table.astype({"dimension_weight": float}))
    best = {g: [n for n, w in zip(NAMES, ws, strict=False) if w == max(filter(None, ws))]
            for g, ws in given.items() if g != "city" and any(ws)}  # fmt: skip
    every = set().union(*best.values())
    if not best:
        assert said == "Belum ada perbandingan dimensi yang cukup"
    elif len(best) == 1:
        assert set(names(read("Bobot tertinggi pada {} (satu kelompok)", said)[0])) == every
    elif len(every) == 1:
        assert said.startswith(f"Menurut bobotnya, {every.pop()} di urutan pertama pada setiap")
    else:
        start = "Dimensi dengan bobot terbesar di setiap kelompok: {}"
        assert whose(read(start, said)[0]) == {group: set(names) for group, names in best.items()}


@few
@given(st.lists(st.one_of(st.none(), levels), min_size=2, max_size=2))
def test_who_contributes_most_is_named_only_where_it_is_clear(given):
    elements = ("Sehat", "Maju")
    table = pd.DataFrame(
        [(element, d) for element in elements for d in NAMES[:3]], columns=["element", "dimension"]
    ).assign(element_name=lambda t: t["element"], dimension_name=lambda t: t["dimension"], n=12)
    claimed = [
        (vision.figures.contribution(element), "Bukit", "", 1.0, level)
        for element, level in zip(elements, given, strict=True)
        if level
    ]
    found = believed(*claimed)
    said = vision.words.heading_contributions(table, found)
    told = vision.words.contributing(table.assign(mean=[2.0, 4.0, 3.0] * 2), found)
    if not claimed:
        assert (said, told) == ("Kontribusi dimensi belum dinilai", [])
        return
    parts = said.split("; ")
    words = {"clear": "jelas", "likely": "cenderung"}
    for element, level in zip(elements, given, strict=True):
        if level in words:
            assert f"Bukit {words[level]} berkontribusi terbesar bagi {element}" in parts
    open_ = [e for e, level in zip(elements, given, strict=True) if level == "unclear"]
    start = "eberapa dimensi sama-sama teratas bagi "
    assert [names(p.split(start)[1]) for p in parts if start in p] == ([open_] if open_ else [])
    order = ["clear", "likely", "unclear"]
    sure = sorted((e for e, level in zip(elements, given, strict=True) if level),
                  key=lambda e: order.index(given[elements.index(e)]))  # fmt: skip
    for element, (finding, items) in zip(sure, told, strict=True):
        level = given[elements.index(element)]
        assert (finding.level, finding.claim) == (level, f"s.Bukit.leading_{element}")
        assert items == (["Bukit", "Curah"] if level == "unclear" else ["Bukit"])
        assert (
            finding.headline
            == {
                "clear": f"Bagi {element}, kontribusi terbesar dari Bukit.",
                "likely": f"Bagi {element}, kontribusi terbesar cenderung dari Bukit.",
                "unclear": f"Bagi {element}, kontribusi Bukit dan Curah sama-sama teratas.",
            }[level]
        )
    table["n"] = [12, *[9] * (len(table) - 1)]
    assert vision.words.answered(table) == "n = 9–12"
    assert vision.words.answered(table.head(1)) == "n = 12"


DIMENSIONS = ("gov", "bra", "eco")
judged = st.lists(st.sampled_from(["A2 A4 A2", "B2 B4 B2", "A9 B9 A9", "A2 - A2", "A2 - -"]),
                  min_size=1, max_size=6)  # fmt: skip


def judgement(given) -> judgements.Judgements:
    rows = [
        {"unit": f"u{n}", "unit_name": f"Unit {n}", "group": "g", "group_name": "G",
         "item": f"{left}{right}", "left": left, "left_name": left, "left_short": left,
         "right": right, "right_name": right, "right_short": right,
         "more": says[0] if says != "-" else None,
         "strength": float(says[1:]) if says != "-" else np.nan}
        for n, line in enumerate(given)
        for (left, right), says in zip((DIMENSIONS[:2], DIMENSIONS[::2], DIMENSIONS[1:]),
                                       line.split(), strict=True)
    ]  # fmt: skip
    return judgements.judge(pd.DataFrame(rows).astype({"more": "string"}), 0.10, strongest=9)


def by_hand(used) -> set:
    """The heaviest of three dimensions: the largest geometric mean of a row of the group."""
    pairs = []
    for says in zip(*(line.split() for line in used), strict=True):
        times = [np.log(float(s[1:])) * (1 if s[0] == "A" else -1) for s in says if s != "-"]
        pairs.append(np.mean(times) if times else None)
    if not pairs:
        return set()
    if pairs[1] is None:  # then what the others say of it: a beside b times b beside c
        pairs[1] = pairs[0] + pairs[2]
    rows = [pairs[0] + pairs[1], pairs[2] - pairs[0], -pairs[1] - pairs[2]]
    return {d for d, r in zip(DIMENSIONS, rows, strict=True) if r > max(rows) - 1e-9}


@few
@given(judged)
def test_consistent_units_and_those_left_out_are_counted_but_not_named(given):
    units, used = judgement(given), [g for g in given if g.count("-") < 2]
    consistent = [g for g in used if g != "A9 B9 A9"]
    assert consistency.heading(units) == (
        f"{len(consistent)} dari {len(used)} perangkat daerah membandingkan secara konsisten"
        if used
        else "Belum ada perbandingan dimensi yang cukup"
    )
    said = consistency.finding(units, 0.10)
    assert said.headline == f"{consistency.heading(units)}."
    said = said.detail
    if used:
        assert said.endswith(f" {consistency.combined(units)}")
        said = said.removesuffix(f" {consistency.combined(units)}")
    blank = used.count("A2 - A2")
    assert (f" {blank} dengan pasangan kosong ikut dihitung" in said) == bool(blank)
    out = [f"Unit {n}" for n, g in enumerate(given) if g.count("-") == 2]
    assert "Unit" not in said
    reason = "lebih dari 1 dari 3 pasangan kosong"
    if not out:
        assert "idak dihitung" not in said
    else:
        assert said.endswith(f" {len(out)} tidak dihitung karena {reason}.")
    assert consistency.heading_effect(units, believed()).startswith(
        "Belum ada perbandingan" if not used
        else "Semua yang dihitung konsisten" if len(used) == len(consistent)
        else "Tidak ada yang konsisten" if not consistent
        else f"Tidak ada kesimpulan: {len(consistent)} dari {len(used)} perangkat daerah"
    )  # fmt: skip
    table = pd.DataFrame({"element_name": ["Maju"], "dimension_name": "Alun", "mean": 4.0,
                          "n": 7, "low": 3.0, "high": 5.0})  # fmt: skip
    quoted = believed((vision.figures.LEADING, "gov", "", 0.1, "likely"))
    first, ratio, best = vision.words.key_figures(
        units, vision.weights.city(units), table, 0.10, quoted, "1–5"
    )
    assert (first["claim"], first["level"]) == ("s.gov.leading", "likely")
    assert (ratio["shown"], ratio["value"]) == (
        f"{len(consistent)} dari {len(used)}",
        len(consistent),
    )
    assert f"; {len(given) - len(used)} tidak dihitung; rasio" in ratio["detail"]
    assert best["label"].endswith(": Alun bagi Maju")
    assert best["detail"] == certainty(3.0, 5.0, 7)
    heaviest = by_hand(used)
    (listed,) = read("bobot tertinggi: {}", first["label"])
    assert set(names(listed)) == (heaviest or {"–"})
    own = vision.weights.of_units(units).pivot(
        index="unit", columns="dimension", values="dimension_weight"
    )
    if not used:
        assert first["detail"] == "belum ada jawaban"
    elif np.ptp(own.to_numpy(), axis=0).max() < 1e-9:  # too few in agreement to tell anything
        assert first["detail"] == f"n = {len(used)}, tanpa selang"
    else:
        assert first["detail"].startswith("selang")


@few
@given(st.lists(levels, min_size=3, max_size=3))
def test_what_the_inconsistent_units_change_is_named(given):
    units = judgement(["A2 A4 A2"] * 10 + ["A9 B9 A9"])
    found = believed(
        *((vision.weights.EFFECT, d, "", 0.1, s) for d, s in zip(DIMENSIONS, given, strict=True))
    )
    heading = consistency.heading_effect(units, found)
    said = consistency.finding_effect(units, found)
    surest = min(given, key=["clear", "likely", "unclear"].index)
    moved = [d for d, level in zip(DIMENSIONS, given, strict=True) if level == surest]
    words = {"clear": "jelas", "likely": "cenderung"}
    if surest in words:
        start = f"Tanpa yang tidak konsisten, bobot ini {words[surest]} berubah: {{}}"
        assert names(read(start, heading)[0]) == moved
    else:
        assert heading.endswith("bobot dimensi kira-kira tetap")
    row = found.loc[(vision.weights.EFFECT, moved[0])]
    assert (said.headline, said.level, said.claim) == (f"{heading}.", surest, row["id"])
    assert said.detail == (f"Yang paling mungkin berubah: bobot {moved[0]}, {with_detail(row, 3)}.")


@few
@given(st.lists(st.sampled_from(["air", "air bersih", "desa maju", "kota maju", "yang dan", " "]),
                max_size=6))  # fmt: skip
def test_shared_words_are_counted_once_a_unit(texts):
    answers = pd.DataFrame({"text": pd.Series(texts, dtype="string"), "unit": "u",
                            "unit_name": "U", "group_name": "G"})  # fmt: skip
    written = [t for t in texts if t.strip()]
    said = vision.words.proposed(answers, "Desa Lama", 9)
    if not written:
        assert said.headline == "Belum ada perangkat daerah yang mengusulkan kalimat visi."
        return
    counted = f"{len(written)} dari 9 perangkat daerah mengusulkan kalimat visi."
    counts = {w: sum(w in t.split() for t in written)
              for w in ("air", "bersih", "kota", "maju")}  # fmt: skip
    shared = sorted((w for w, c in counts.items() if c > 1), key=lambda w: (-counts[w], w))
    if not shared:
        assert said.headline == counted
        assert said.detail.startswith("Tidak ada kata kunci di luar visi resmi")
        return
    (listed,) = read("Di luar visi resmi, yang paling sering diusulkan: {}.", said.headline)
    shared = [w for w in shared if counts[w] >= counts[shared[:3][-1]]]
    assert names(listed) == shared
    (listed,) = read(f"{counted} Bagian usulan: {{}}.", said.detail)
    assert names(listed) == [f"{w} ({percent(counts[w] / len(written))})" for w in shared]


def test_words_that_share_the_last_place_are_counted_not_cut():
    text = "air bersih desa kota maju"
    answers = pd.DataFrame({"text": [text, text], "unit": ["a", "b"], "unit_name": "U",
                            "group_name": "G"})  # fmt: skip
    said = vision.words.proposed(answers, "", 2)
    assert said.headline.endswith(": air, bersih, desa, dan 2 lainnya.")
    assert len(vocabulary.frequent(answers, count=3)) == 5


@pytest.mark.parametrize("says", ["A1 A1 A1", "A9 B9 A9"])
@pytest.mark.parametrize("units", [1, 2, 12])
def test_equal_weights_share_every_rank(says, units):
    table = vision.weights.city(judgement([says] * units))
    assert table["rank"].tolist() == [1, 1, 1]
    assert table[["rank_low", "rank_high"]].to_numpy().tolist() == [[1, 3]] * 3
    if units >= 10:
        assert (table["first"] == 1).all()
