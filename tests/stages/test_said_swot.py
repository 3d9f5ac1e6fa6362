"""What the SWOT report says, read back and worked out again from the matrices."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.stages import external, swot
from analysis.stages.external.factors import Scales
from analysis.stages.swot import lists, position, tows
from analysis.text import number, percent
from tests.stages.sentences import believed, with_detail
from tests.stages.weighed import claimed, matrix, pulling, ratings, told

SCALES = Scales(importance=(1.0, 5.0), rating=(1.0, 4.0))

QUADRANTS = {"I": "progresif", "II": "diversifikasi", "III": "ubah strategi", "IV": "bertahan"}
QUADRANT = (swot.figures.QUADRANT, swot.figures.POSITION)
EFAS = (external.figures.BALANCE, external.figures.EFAS, "luar", 0.2, "clear")
LEVELS = {"clear": "jelas", "likely": "cenderung", "unclear": "belum jelas"}


@settings(max_examples=15)
@given(ratings, ratings)
def test_swot_names_the_weightiest_of_those_that_are_clear(given, outer):
    inner, outside = matrix(given), matrix(outer)
    ifas = (swot.figures.BALANCE, swot.figures.IFAS, "dalam", 0.2, "clear")
    here = (*QUADRANT, "posisi kota di sini", 0.2, "clear")
    found = claimed(given, swot.figures.FACTOR, here, ifas)
    place = swot.position.position(inner, outside, SCALES)
    around = believed(EFAS)
    first, *sides = swot.words.findings(place, inner, outside, found, around, SCALES.neutral)
    assert first == (swot.words.where(place, found, around), [])
    for (finding, items), (table, above, name) in zip(
        sides,
        [(inner, False, "kelemahan"), (inner, True, "kekuatan"),
         (outside, True, "peluang"), (outside, False, "ancaman")],
        strict=True,
    ):  # fmt: skip
        assert told(finding, table, above, name)
        sure = [
            row["item"] for level in ("clear", "likely") for row in pulling(table, above, [level])
        ]
        assert items == sure[: len(items)] and bool(items) == bool(sure)
    scale = swot.words.raw((0.2, -0.4))
    assert "buku lain" in scale.headline and scale.detail.endswith("S − W +0,20 dan O − T −0,40.")


@settings(max_examples=15)
@given(st.sampled_from(list(LEVELS)), st.sampled_from("1234"), st.sampled_from([0.5, 0.99, None]))
def test_a_quadrant_is_said_as_clearly_as_its_claim(level, corner, agree):
    x, y = {"1": (0.5, 0.2), "2": (0.5, -0.2), "3": (-0.5, 0.2), "4": (-0.5, -0.2)}[corner]
    here = {"1": "I", "2": "II", "3": "III", "4": "IV"}[corner]
    place = position.Position(x, y, 0, 0, 0, 0)
    ifas = (swot.figures.BALANCE, swot.figures.IFAS, "dalam berimbang", 2.5 + x, level)
    efas = (*EFAS[:2], "luar menang", 2.5 + y, level)
    found = believed((*QUADRANT, "posisi kota di sana", 0.2, level), ifas)
    found["agree"] = agree
    word, row = LEVELS[level], found.loc[QUADRANT]
    said = swot.words.where(place, found, believed(efas))
    assert (said.level, said.claim) == (level, row["id"])
    if level == "unclear":
        assert said.headline == "Dalam berimbang; luar menang."
    else:
        inner = ("Kekuatan", "kelemahan") if x > 0 else ("Kelemahan", "kekuatan")
        outer = ("peluang", "ancaman") if y > 0 else ("ancaman", "peluang")
        joint = "dan" if (x > 0) == (y > 0) else "tetapi"
        assert said.headline.startswith(
            f"{inner[0]} di dalam lebih besar daripada {inner[1]}, {joint} {outer[0]} lebih besar "
            f"daripada {outer[1]}: "
        )
    part = swot.words.where(place, found, believed(efas), "8 kecamatan")
    assert part.headline == said.headline[:-1] + " – 8 kecamatan."
    firm = (
        "perangkat daerah terlalu sedikit untuk sampel ulang"
        if agree is None
        else f"tetap pada {percent(agree)} sampel ulang"
    )
    assert said.detail == (
        f"X = {number(x, sign=True)}; Y = {number(y, sign=True)}; {firm}; "
        f"pada sumbu yang lebih lemah: {with_detail(row)}."
    )
    assert swot.words.heading_position(found) == f"{word.capitalize()}: posisi kota di sana"
    figures = swot.words.key_figures(place, found, believed(efas), "1–4, netral 2,5")
    assert (figures[0]["shown"], figures[0]["detail"]) == (here, f"{word}; {firm}")
    assert figures[0]["label"] == f"kuadran SWOT menurut rerata: {QUADRANTS[here]}"
    assert (figures[0]["level"], figures[0]["claim"]) == (level, row["id"])
    assert [f["value"] for f in figures[1:]] == [2.5 + x, 2.5 + y]


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
def test_candidates_are_all_pairs_of_what_is_clear_or_likely(given, outer):
    inner, outside = matrix(given), matrix(outer)
    listed = lists.listed(inner, outside, SCALES.neutral)
    pairs = tows.pairs(listed, 36)
    for strategy in ("SO", "WO", "ST", "WT"):
        sure, own, other = (
            ["clear", "likely"],
            *(
                [row for level in ("clear", "likely") for row in pulling(table, side, [level])]
                for table, side in ((inner, strategy[0] == "S"), (outside, strategy[1] == "O"))
            ),
        )
        for letter, rows in zip(strategy, (own, other), strict=True):
            names = listed.loc[listed["letter"] == letter, "name"]
            assert list(names) == [row["name"] for row in rows]
        rows = pairs[pairs["strategy"] == strategy]
        assert set(zip(rows["internal"], rows["external"], strict=True)) == {
            (mine["name"], theirs["name"]) for mine in own for theirs in other
        }
        assert list(rows["level"]) == sorted(rows["level"], key=sure.index)
        first = tows.pairs(listed, 2)
        assert list(first.loc[first["strategy"] == strategy, "pair"]) == list(rows["pair"])[:2]
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
    assert swot.words.heading_position(believed()) == swot.words.UNANSWERED
