"""What the SWOT report says, read back and worked out again from the matrices."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.stages import external, swot
from analysis.stages.external import factors
from analysis.stages.swot import ie, position, tows
from analysis.text import number, percent
from tests.stages.sentences import believed, names, shown, with_certainty
from tests.stages.weighed import claimed, matrix, ratings, said, sure_of, with_pull

NONE = pd.DataFrame({"unit": []})
QUADRANTS = {"I": "progresif", "II": "diversifikasi", "III": "ubah strategi", "IV": "bertahan"}


def empty():
    columns = ["unit", "group", "item", "importance", "rating"]
    return pd.DataFrame(columns=columns).astype({"importance": float, "rating": float})


@settings(max_examples=15)
@given(ratings, ratings)
def test_swot_names_the_strongest_of_those_that_are_sure(given, outer):
    inner, outside = with_pull(matrix(given)), with_pull(matrix(outer))
    totals = [
        (swot.figures.TOTAL, "ifas", "", 1, True),
        (external.figures.TOTAL, "efas", "", 1, True),
    ]
    found = pd.concat(
        [claimed(given, swot.figures.FACTOR, *totals), claimed(outer, external.figures.FACTOR)]
    )
    place, cloud = swot.position.position(inner, outside), position.cloud(*[empty()] * 2)
    first, *sentences = swot.words.findings(place, cloud, inner, outside, found)[:5]
    assert first == swot.words.where(place, cloud, found) and "selang 95%" in first
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
    assert swot.words.heading_factors(inner, ("kekuatan", "kelemahan")) == (
        f"{high} kekuatan dan {len(given) - high} kelemahan menurut rerata unit"
    )


clouds = st.lists(st.sampled_from(list(QUADRANTS)), max_size=6).map(
    lambda q: pd.DataFrame({"quadrant": q, "cell": ["I" if x == "I" else "V" for x in q]})
)


@settings(max_examples=15)
@given(clouds, st.booleans(), st.booleans(), st.sampled_from("1234"))
def test_a_quadrant_is_sure_where_both_signs_are(cloud, first, second, corner):
    x, y = {"1": (0.5, 0.2), "2": (0.5, -0.2), "3": (-0.5, 0.2), "4": (-0.5, -0.2)}[corner]
    here = {"1": "I", "2": "II", "3": "III", "4": "IV"}[corner]
    place = position.Position(x, y, 0, 0, 0, 0)
    found = believed(
        (swot.figures.TOTAL, "ifas", "", x, first), (external.figures.TOTAL, "efas", "", y, second)
    )
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
    assert swot.words.where(place, cloud, found) == f"{start} {here} ({name}): {axes}{told}."
    heading = swot.words.heading_position(place, cloud, found)
    figures = swot.words.key_figures(place, cloud, ifas, efas, found)
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


@settings(max_examples=15)
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


def test_the_corners_of_the_pictures_say_what_lies_there():
    assert position.corners() == {
        "high_high": "I progresif", "high_low": "II diversifikasi",
        "low_high": "III ubah strategi", "low_low": "IV bertahan",
    }  # fmt: skip
    for corner, words in external.figures.corners().items():
        rating, importance = corner.split("_")
        assert words.startswith("peluang") == (rating == "high")
        assert words.endswith("penting") == (importance == "high")


def test_nothing_answered_is_said_in_every_place():
    none = factors.Total(np.nan, np.nan, np.nan, 0)
    assert external.words.balance(none, believed()).startswith("Belum ada jawaban")
    one = factors.Total(3, np.nan, np.nan, 1)
    assert (
        swot.words.heading_cell(one, none)
        == swot.words.heading_cell(none, one)
        == swot.words.UNANSWERED
    )
    assert swot.words.heading_cell(factors.Total(3, 2, 4, 9), factors.Total(1.5, 1, 2, 9)) == (
        "Sel VII matriks internal-eksternal: jaga dan pertahankan"
    )
    assert "–" in shown(swot.words.key_figures(None, pd.DataFrame(), none, none, believed()))


def test_no_more_than_three_of_a_side_are_named_by_swot_and_four_by_efas():
    given = [(5, 4.0, True)] * 6
    totals = [
        (swot.figures.TOTAL, "ifas", "", 1.5, True),
        (external.figures.TOTAL, "efas", "", 1.5, True),
    ]
    found = pd.concat(
        [claimed(given, swot.figures.FACTOR, *totals), claimed(given, external.figures.FACTOR)]
    )
    table, cloud = matrix(given), position.cloud(*[empty()] * 2)
    strengths = swot.words.findings(
        swot.position.position(table, table), cloud, table, table, found
    )[1]
    assert strengths.count("n = 12") == 3
    chances = external.words.findings(table, factors.Total(4, 4, 4, 12), NONE, found)[1]
    assert chances.count("n = 12") == 4 and chances.endswith("; dan 2 lagi.")
