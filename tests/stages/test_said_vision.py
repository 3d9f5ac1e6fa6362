"""What is said of weights, contributions and words, read back and worked out again."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.stages import vision
from analysis.stages.vision import consistency, judgements, vocabulary
from analysis.text import number, percent
from tests.stages.sentences import NAMES, believed, names, read, with_difference
from tests.stages.sentences import with_interval as certainty

few = settings(max_examples=15)
heights = st.lists(st.sampled_from([0.5, 0.5, 0.25]), min_size=2, max_size=5)


def weighed(given, n=12) -> pd.DataFrame:
    """Weights of dimensions, highest first."""
    table = pd.DataFrame({"weight": given, "dimension": NAMES[: len(given)], "n": n})
    table = table.assign(dimension_name=table["dimension"], low=0.1, high=0.6, rank_low=1.0)
    table["rank_low"] = [1.0 + (w < max(given)) for w in given]
    return table.sort_values("weight", ascending=False, kind="stable", ignore_index=True)


@few
@given(heights, st.booleans(), st.sampled_from([5, 12]))
def test_the_heaviest_are_named_and_their_lead_only_where_it_is_sure(given, sure, n):
    table = weighed(given, n)
    found = believed((vision.figures.LEADING, table["dimension"].iloc[0], "", 0.1, sure))
    said, heading = vision.words.highest(table, found), vision.words.heading_weights(table, found)
    tied = [name for name, w in zip(NAMES, given, strict=False) if w == max(given)]
    start, end = read("{} berbobot {} (AHP; selang 95%: 0,10–0,60; n = {}", said)[0], said[-40:]
    assert names(start) == (tied if len(tied) <= 4 else [*tied[:3], f"{len(tied) - 3} lainnya"])
    assert f"berbobot {number(max(given))} (AHP" in said
    details = with_difference(found.iloc[0], 3)
    assert said.endswith(f"({details}).") and end
    assert (", tertinggi dan di atas setiap dimensi lain" in said) == sure
    assert ("tidak dapat memastikan urutannya" in said) == (not sure)
    if sure:
        assert heading == f"{tied[0]} pasti berbobot tertinggi"
    elif n < 10:
        assert heading.startswith("Unit yang membandingkan terlalu sedikit")
    else:
        assert names(read("Bobot tertinggi belum pasti: {}", heading)[0]) == tied
    assert vision.words.heading_weights(table.assign(n=0), found).startswith("Belum ada unit")
    assert vision.words.highest(table.assign(n=0), found).startswith("Bobot dimensi tidak dapat")


mean = st.one_of(st.none(), st.sampled_from([2.0, 4.0]))


@few
@given(st.dictionaries(st.sampled_from(["dinas", "badan", "city"]),
                       st.tuples(mean, mean, mean), min_size=1))  # fmt: skip
def test_the_heaviest_in_each_group_are_named(given):
    rows = [(g, n, w) for g, ws in given.items() for n, w in zip(NAMES, ws, strict=False)]
    table = pd.DataFrame(rows, columns=["group", "dimension_name", "weight"])
    said = vision.words.heading_groups(table.astype({"weight": float}))
    best = {g: [n for n, w in zip(NAMES, ws, strict=False) if w == max(filter(None, ws))]
            for g, ws in given.items() if g != "city" and any(ws)}  # fmt: skip
    every = set().union(*best.values())
    if not best:
        assert said == "Belum ada unit dengan perbandingan yang cukup"
    elif len(best) == 1:
        assert set(names(read("Bobot tertinggi pada {} (satu kelompok unit)", said)[0])) == every
    elif len(every) == 1:
        assert said.startswith(f"Menurut bobotnya, {every.pop()} di urutan pertama pada setiap")
    else:
        start = "Dimensi dengan bobot terbesar di setiap kelompok: {}"
        assert set(names(read(start, said)[0])) == every


@few
@given(st.lists(st.tuples(mean, mean), min_size=2, max_size=3))
def test_the_highest_contributions_are_named_for_each_element(given):
    table = pd.DataFrame(
        [(element, d, m) for k, element in enumerate(("Sehat", "Maju"))
         for d, m in zip(NAMES, [row[k] for row in given], strict=False)],
        columns=["element_name", "dimension_name", "mean"],
    ).astype({"mean": float})  # fmt: skip
    table = table.assign(element=table["element_name"], low=1.0, high=3.0,
                         n=np.where(table["mean"].isna(), 0, 12))  # fmt: skip
    best = {}
    for k, element in enumerate(("Sehat", "Maju")):
        most = max((row[k] for row in given if row[k]), default=None)
        for name, row in zip(NAMES, given, strict=False):
            if most and row[k] == most:
                best.setdefault(name, []).append(element)
    said = vision.words.heading_contributions(table)
    if not best:
        assert said == "Sumbangan dimensi belum dinilai"
        return
    (listed,) = read("Rerata sumbangan tertinggi: {}", said)
    told = dict(read("{} bagi {}", part) for part in listed.split("; "))
    assert {d: names(e) for d, e in told.items()} == best
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
    return judgements.judge(pd.DataFrame(rows).astype({"more": "string"}), 0.10)


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
def test_consistent_units_are_counted_and_the_others_named(given):
    units, used = judgement(given), [g for g in given if g.count("-") < 2]
    consistent = [g for g in used if g != "A9 B9 A9"]
    assert consistency.heading(units) == (
        f"{len(consistent)} dari {len(used)} unit yang dihitung membandingkan secara konsisten"
    )
    said = consistency.finding(units, 0.10)
    assert said.startswith(f"{len(consistent)} dari {len(used)} unit yang dihitung konsisten ")
    blank = used.count("A2 - A2")
    assert (f" {blank} unit dengan pasangan kosong ikut dihitung" in said) == bool(blank)
    out = [f"Unit {n}" for n, g in enumerate(given) if g.count("-") == 2]
    reason = "lebih dari 1 dari 3 pasangan kosong"
    if not out:
        assert "idak dihitung" not in said
    elif len(out) <= 5:
        assert said.endswith(f" Tidak dihitung karena {reason}: {'; '.join(out)}.")
    else:
        assert said.endswith(f" {len(out)} unit tidak dihitung karena {reason}.")
    assert consistency.heading_effect(units, believed()).startswith(
        "Belum ada unit" if not used
        else "Tidak ada unit yang tidak konsisten" if len(used) == len(consistent)
        else "Tidak ada unit yang konsisten" if not consistent
        else "Tanpa unit yang tidak konsisten, tidak ada bobot yang pasti berubah"
    )  # fmt: skip
    table = pd.DataFrame({"element_name": ["Maju"], "dimension_name": "Alun", "mean": 4.0,
                          "n": 7, "low": 3.0, "high": 5.0})  # fmt: skip
    first, ratio, best = vision.words.key_figures(units, vision.weights.city(units), table, 0.10)
    assert (ratio["shown"], ratio["value"]) == (
        f"{len(consistent)} dari {len(used)}",
        len(consistent),
    )
    assert ratio["detail"].endswith(f"; {len(given) - len(used)} unit tidak dihitung")
    assert best["label"].endswith(": Alun bagi Maju")
    assert best["detail"] == certainty(3.0, 5.0, 7)
    heaviest = by_hand(used)
    (listed,) = read("bobot tertinggi: {}", first["label"])
    assert set(names(listed)) == (heaviest or {"–"})
    assert first["detail"].startswith("selang" if len(used) > 1 else f"n = {len(used)}")


@few
@given(st.lists(st.tuples(st.sampled_from([0.01, 0.2]), st.sampled_from([1.0, -1.0])),
                min_size=3, max_size=3))  # fmt: skip
def test_what_the_inconsistent_units_change_is_named(given):
    units = judgement(["A2 A4 A2", "A9 B9 A9"])
    rows = [(consistency.EFFECT, d, "", v, p < 0.05)
            for d, (p, v) in zip(DIMENSIONS, given, strict=True)]  # fmt: skip
    found = believed(*rows).assign(adjusted=[p for p, _v in given])
    moved = [d for side in (1.0, -1.0) for d, (p, v) in zip(DIMENSIONS, given, strict=True)
             if p < 0.05 and v == side]  # fmt: skip
    heading, said = (
        consistency.heading_effect(units, found),
        consistency.finding_effect(units, found, 0.95),
    )
    if moved:
        start = "Tanpa unit yang tidak konsisten, bobot ini pasti berubah: {}"
        assert names(read(start, heading)[0]) == moved
    else:
        assert heading.endswith("tidak ada bobot yang pasti berubah")
    first = int(np.argmin([p for p, _v in given]))
    start = f"Tanpa 1 unit yang tidak konsisten, bobot {DIMENSIONS[first]} berubah ("
    assert said.startswith(start + with_difference(found.iloc[first], 3) + "); ")
    assert said.endswith("perubahan itu melampaui kebetulan.") == bool(moved)


@few
@given(st.lists(st.sampled_from(["air", "air bersih", "desa maju", "kota maju", "yang dan", " "]),
                max_size=6))  # fmt: skip
def test_shared_words_are_counted_once_a_unit(texts):
    answers = pd.DataFrame({"text": pd.Series(texts, dtype="string"), "unit": "u",
                            "unit_name": "U", "group_name": "G"})  # fmt: skip
    written = [t for t in texts if t.strip()]
    said = vision.words._proposed(answers, 9)
    if not written:
        assert said == "Belum ada unit yang mengusulkan kalimat visi."
        return
    first, _sep, rest = said.partition("; ")
    assert first == f"{len(written)} dari 9 unit mengusulkan kalimat visi"
    counts = {w: sum(w in t.split() for t in written)
              for w in ("air", "bersih", "desa", "kota", "maju")}  # fmt: skip
    shared = sorted((w for w, c in counts.items() if c > 1), key=lambda w: (-counts[w], w))
    if not shared:
        assert rest == "tidak ada kata isi yang dipakai lebih dari satu unit."
        return
    (listed,) = read("kata isi yang paling banyak dipakai: {}.", rest)
    shared = [w for w in shared if counts[w] >= counts[shared[:3][-1]]]
    assert names(listed) == [f"{w} ({percent(counts[w] / len(written))})" for w in shared]


def test_words_that_share_the_last_place_are_counted_not_cut():
    text = "air bersih desa kota maju"
    answers = pd.DataFrame({"text": [text, text], "unit": ["a", "b"], "unit_name": "U",
                            "group_name": "G"})  # fmt: skip
    said = vision.words._proposed(answers, 2)
    assert said.endswith(": air (100%), bersih (100%), desa (100%), dan 2 lainnya.")
    assert len(vocabulary.frequent(answers, count=3)) == 5


@pytest.mark.parametrize("says", ["A1 A1 A1", "A9 B9 A9"])
@pytest.mark.parametrize("units", [1, 2, 12])
def test_equal_weights_share_every_rank(says, units):
    table = vision.weights.city(judgement([says] * units))
    assert table["rank"].tolist() == [1, 1, 1]
    if units >= 10:
        assert table["ranks"].tolist() == ["1–1"] * 3 and table["first"].tolist() == [1, 1, 1]
