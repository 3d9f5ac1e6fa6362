"""What the external and the SWOT reports say, read back and worked out again from the answers."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.stages import external, factors, ie, position, swot, tows
from analysis.text import interval, number, percent
from tests.stages.sentences import NAMES, believed, names, read, shown, with_certainty
from tests.stages.sentences import with_difference as difference
from tests.stages.sentences import with_interval as certainty

NONE = pd.DataFrame({"unit": []})
QUADRANTS = {"I": "progresif", "II": "diversifikasi", "III": "ubah strategi", "IV": "bertahan"}
# A rating that equals neutral is never surely on a side of it.
rated = st.tuples(
    st.integers(1, 5), st.sampled_from([1.0, 1.5, 2.4, 2.5, 2.6, 4.0]), st.booleans()
).map(lambda r: (r[0], r[1], r[2] and r[1] != 2.5))
ratings = st.lists(rated, min_size=1, max_size=6)


def matrix(given) -> pd.DataFrame:
    """An evaluation matrix from importance and rating of each factor, highest score first."""
    table = pd.DataFrame(
        {"item": list(NAMES[: len(given)]), "name": list(NAMES[: len(given)]),
         "weight": [i / sum(j for j, *_r in given) for i, *_r in given],
         "rating": [r for _i, r, *_s in given], "n": 12}
    ).assign(low=lambda t: t["rating"] - 0.1, high=lambda t: t["rating"] + 0.1)  # fmt: skip
    table["score"] = table["weight"] * table["rating"]
    return table.sort_values("score", ascending=False, kind="stable", ignore_index=True)


def claimed(given, kind, *others) -> pd.DataFrame:
    rows = [(kind, name, "", r - 2.5, s) for name, (_i, r, s) in zip(NAMES, given, strict=False)]
    return believed(*rows, *others)


def sure_of(table, given, above, by):
    """The names that are sure on one side, in the order of a figure."""
    certain = [n for n, (_i, r, s) in zip(NAMES, given, strict=False) if s and (r > 2.5) == above]
    rows = table[table["name"].isin(certain)]
    if above:
        rows = rows[rows["rating"] >= 2.5]
    return list(rows.sort_values(by, ascending=False, kind="stable")["name"])


def said(table, chosen):
    rows = table.set_index("name").loc[chosen]
    return [
        f"{name} ({number(r.rating)}; {interval(r.low, r.high)}; n = {r.n})"
        for name, r in rows.iterrows()
    ]


def with_pull(table):
    return table.assign(pull=(table["weight"] * (table["rating"] - 2.5)).abs())


@settings(max_examples=30)
@given(ratings, st.booleans(), st.sampled_from([-0.3, 0.3]))
def test_opportunities_and_threats_are_told_from_their_ratings(given, sure, value):
    table = with_pull(matrix(given))
    found = claimed(given, external.FACTOR, (external.TOTAL, "efas", "", value, sure))
    total = factors.Total(2.5 + value, 2.1, 3.1, 12)
    sentences = external.findings(table, total, NONE, found)
    above, below = (sure_of(table, given, s, by) for s, by in ((True, "score"), (False, "pull")))
    assert external.heading(table, found) == (
        f"{len(above)} peluang dan {len(below)} ancaman yang pasti, dari {len(given)} faktor"
    )
    for sentence, name, chosen in (
        (sentences[1], "Peluang", above),
        (sentences[2], "Ancaman", below),
    ):
        if not chosen:
            assert sentence == f"{name}: tidak ada faktor yang pasti (uji t, koreksi Holm)."
            continue
        more = f"; dan {len(chosen) - 4} lagi" if len(chosen) > 4 else ""
        start, listed = sentence.removesuffix(f"{more}.").split(" (uji t, koreksi Holm): ")
        assert start == f"{name} yang pasti"
        assert [*names(listed.replace("; n", " / n"))] == [
            s.replace("; n", " / n") for s in said(table, chosen[:4])
        ]
    row = found.loc[(external.TOTAL, "efas")]
    words = {
        (False, 0.3): "Peluang dan ancaman tidak dapat dibedakan kuatnya",
        (False, -0.3): "Peluang dan ancaman tidak dapat dibedakan kuatnya",
        (True, 0.3): "Peluang lebih kuat daripada ancaman",
        (True, -0.3): "Ancaman lebih kuat daripada peluang",
    }[sure, value]
    assert sentences[0] == f"{words}: skor EFAS {number(2.5 + value)} ({difference(row)})."


@settings(max_examples=30)
@given(ratings)
def test_the_strongest_of_each_side_are_key_figures(given):
    table = with_pull(matrix(given))
    figures = external.key_figures(table, factors.Total(2.7, 2.5, 2.9, 12))
    assert figures[0]["detail"] == certainty(2.5, 2.9, 12)
    high, low = table[table["rating"] >= 2.5], table[table["rating"] < 2.5]
    expected = []
    for label, side, by in (("peluang", high, "score"), ("ancaman", low, "pull")):
        if len(side):
            first = side[side[by] >= side[by].max() - 1e-9].iloc[0]
            alike = side[(side["rating"] == first["rating"]) & (side["weight"] == first["weight"])]
            expected.append((f"{label} terkuat", first["rating"], list(alike["name"])))
    assert len(figures) == 1 + len(expected)
    for figure, (label, rating, chosen) in zip(figures[1:], expected, strict=True):
        start, listed = figure["label"].split(": ")
        assert (start, figure["value"]) == (label, rating)
        if len(chosen) <= 3:
            assert sorted(names(listed)) == sorted(chosen)


def test_own_factors_are_counted_by_unit_and_never_averaged():
    given, own = [(3, 4.0, False)], pd.DataFrame({"unit": ["a", "a", "b"]})
    found = claimed(given, external.FACTOR, (external.TOTAL, "efas", "", 0.5, False))
    total = factors.Total(3.0, 2.5, 3.5, 12)
    sentence = external.findings(matrix(given), total, own, found)[3]
    assert sentence == "2 unit menambahkan 3 faktor sendiri; tidak ikut dirata-ratakan."
    assert len(external.findings(matrix(given), total, own.head(0), found)) == 4


@given(st.lists(st.tuples(st.booleans(), st.sampled_from([-1.0, 1.0])), min_size=1, max_size=4))
def test_groups_are_named_on_their_side(given):
    rows = [(external.GROUPS, n, "", v, s) for n, (s, v) in zip(NAMES, given, strict=False)]
    heading = external.heading_groups(believed(*rows))
    sides = {w: [n for n, (s, v) in zip(NAMES, given, strict=False) if s and v == side]
             for w, side in (("atas", 1.0), ("bawah", -1.0))}  # fmt: skip
    if not any(sides.values()):
        assert heading.startswith("Tidak ada kelompok unit yang skornya pasti")
        return
    parts = heading.removeprefix("Skor EFAS ").split("; ")
    told = dict(read("pasti di {} netral: {}", part) for part in parts)
    assert {w: names(n) for w, n in told.items()} == {w: n for w, n in sides.items() if n}


@settings(max_examples=30)
@given(ratings, ratings)
def test_swot_names_the_strongest_of_those_that_are_sure(given, outer):
    inner, outside = with_pull(matrix(given)), with_pull(matrix(outer))
    totals = [(swot.TOTAL, "ifas", "", 1, True), (external.TOTAL, "efas", "", 1, True)]
    found = pd.concat([claimed(given, swot.FACTOR, *totals), claimed(outer, external.FACTOR)])
    place, cloud = swot.position(inner, outside), position.cloud(*[empty()] * 2)
    first, *sentences = swot.findings(place, cloud, inner, outside, found)[:5]
    assert first == swot.where(place, cloud, found) and "selang 95%" in first
    sides = [(inner, given, True, "Kekuatan"), (inner, given, False, "Kelemahan"),
             (outside, outer, True, "Peluang"), (outside, outer, False, "Ancaman")]  # fmt: skip
    for sentence, (table, answers, above, name) in zip(sentences, sides, strict=True):
        chosen = sure_of(table, answers, above, "pull")
        if not chosen:
            assert sentence == f"{name}: tidak ada faktor yang pasti (uji t, koreksi Holm)."
            continue
        start, listed = sentence.split(" (uji t, koreksi Holm): ")
        assert start == f"{name} yang pasti dan paling berbobot"
        assert names(listed[:-1].replace("; n", " / n")) == [
            s.replace("; n", " / n") for s in said(table, chosen[:3])
        ]
    high = sum(r >= 2.5 for _i, r, _s in given)
    assert swot.heading_factors(inner, ("kekuatan", "kelemahan")) == (
        f"{high} kekuatan dan {len(given) - high} kelemahan menurut rerata unit"
    )


def empty():
    columns = ["unit", "group", "item", "importance", "rating"]
    return pd.DataFrame(columns=columns).astype({"importance": float, "rating": float})


clouds = st.lists(st.sampled_from(list(QUADRANTS)), max_size=6).map(
    lambda q: pd.DataFrame({"quadrant": q, "cell": ["I" if x == "I" else "V" for x in q]})
)


@settings(max_examples=30)
@given(clouds, st.booleans(), st.booleans(), st.sampled_from("1234"))
def test_a_quadrant_is_sure_where_both_signs_are(cloud, first, second, corner):
    x, y = {"1": (0.5, 0.2), "2": (0.5, -0.2), "3": (-0.5, 0.2), "4": (-0.5, -0.2)}[corner]
    here = {"1": "I", "2": "II", "3": "III", "4": "IV"}[corner]
    place = position.Position(x, y, 0, 0, 0, 0)
    found = believed((swot.TOTAL, "ifas", "", x, first), (external.TOTAL, "efas", "", y, second))
    ifas, efas = factors.Total(2.5 + x, 1, 4, 12), factors.Total(2.5 + y, 1, 4, 12)
    both = first and second
    name, share = QUADRANTS[here], (cloud["quadrant"] == here).mean()
    told = f"; kuadran itu pada {percent(share)} sampel ulang" if len(cloud) else ""
    rows = (found.iloc[0], found.iloc[1])
    axes = "; ".join(f"{a} = {number(v, sign=True)} ({with_certainty(r)})"
                     for a, v, r in zip("XY", (x, y), rows, strict=True))  # fmt: skip
    start = "Kota berada di kuadran" if both else (
        "Data ini tidak dapat memastikan kuadran kota; menurut reratanya"
    )  # fmt: skip
    assert swot.where(place, cloud, found) == f"{start} {here} ({name}): {axes}{told}."
    heading = swot.heading_position(place, cloud, found)
    figures = swot.key_figures(place, cloud, ifas, efas, found)
    certain, firm = figures[0]["detail"].split("; ")
    assert certain == ("pasti" if both else "belum pasti")
    assert (figures[0]["shown"], figures[0]["label"]) == (here, f"kuadran SWOT: {name}")
    cell = {"1": "IV", "2": "IV", "3": "V", "4": "V"}[corner]
    assert figures[3]["shown"] == cell == ie.cell(2.5 + x, 2.5 + y)
    if cloud.empty:
        assert "terlalu sedikit" in heading and "terlalu sedikit" in firm
        return
    assert firm == f"pada {percent(share)} dari {len(cloud)} sampel ulang"
    assert figures[3]["detail"].startswith(f"pada {percent((cloud['cell'] == cell).mean())} dari")
    assert heading == (
        f"Kota di kuadran {here} ({name}), pada {percent(share)} sampel ulang"
        if both
        else f"Kuadran belum pasti; menurut rerata {here} ({name}), pada {percent(share)} "
        "sampel ulang"
    )
    counted = position.shares(cloud, "quadrant")
    assert counted["share"].is_monotonic_decreasing
    assert dict(zip(counted["quadrant"], counted["share"], strict=True)) == pytest.approx(
        cloud["quadrant"].value_counts(normalize=True).to_dict()
    )


@pytest.mark.parametrize(
    ("x", "y", "quadrant"),
    [(0, 0, "I"), (0, 1, "I"), (1, 0, "I"), (0, -1, "II"), (1, -1, "II"), (-1, 0, "III"),
     (-1, 1, "III"), (-1e-9, -1e-9, "IV"), (-1, -1, "IV")],
)  # fmt: skip
def test_zero_counts_as_positive_in_every_quadrant(x, y, quadrant):
    assert position.quadrant(x, y) == quadrant
    assert position.Position(x, y, 0, 0, 0, 0).quadrant == quadrant


def test_the_corners_of_the_pictures_say_what_lies_there():
    assert position.corners() == {
        "high_high": "I progresif", "high_low": "II diversifikasi",
        "low_high": "III ubah strategi", "low_low": "IV bertahan",
    }  # fmt: skip
    for corner, words in external.corners().items():
        rating, importance = corner.split("_")
        assert words.startswith("peluang") == (rating == "high")
        assert words.endswith("penting") == (importance == "high")


@settings(max_examples=25)
@given(ratings, ratings)
def test_candidates_pair_the_strongest_of_each_list(given, outer):
    inner, outside = with_pull(matrix(given)), with_pull(matrix(outer))
    pairs = tows.pairs(inner, outside)
    for strategy in ("SO", "WO", "ST", "WT"):
        own, other = (
            list(side.sort_values("pull", ascending=False, kind="stable")["name"][:3])
            for side in (
                inner[(inner["rating"] >= 2.5) == (strategy[0] == "S")],
                outside[(outside["rating"] >= 2.5) == (strategy[1] == "O")],
            )
        )
        rows = pairs[pairs["strategy"] == strategy]
        assert list(zip(rows["internal"], rows["external"], strict=True)) == list(
            zip(own, other, strict=False)
        )
        for row in rows.itertuples():
            assert f"“{row.internal}”" in row.idea and f"“{row.external}”" in row.idea


def test_nothing_answered_is_said_in_every_place():
    none = factors.Total(np.nan, np.nan, np.nan, 0)
    assert external.balance(none, believed()).startswith("Belum ada jawaban")
    one = factors.Total(3, np.nan, np.nan, 1)
    assert swot.heading_cell(one, none) == swot.heading_cell(none, one) == swot.UNANSWERED
    assert swot.heading_cell(factors.Total(3, 2, 4, 9), factors.Total(1.5, 1, 2, 9)) == (
        "Sel VII matriks internal-eksternal: jaga dan pertahankan"
    )
    assert "–" in shown(swot.key_figures(None, pd.DataFrame(), none, none, believed()))


def test_no_more_than_three_of_a_side_are_named_by_swot_and_four_by_efas():
    given = [(5, 4.0, True)] * 6
    found = pd.concat([claimed(given, external.FACTOR, (external.TOTAL, "efas", "", 1.5, True)),
                       claimed(given, swot.FACTOR, (swot.TOTAL, "ifas", "", 1.5, True))])  # fmt: skip
    table, cloud = matrix(given), position.cloud(*[empty()] * 2)
    strengths = swot.findings(swot.position(table, table), cloud, table, table, found)[1]
    assert strengths.count("n = 12") == 3
    chances = external.findings(table, factors.Total(4, 4, 4, 12), NONE, found)[1]
    assert chances.count("n = 12") == 4 and chances.endswith("; dan 2 lagi.")
