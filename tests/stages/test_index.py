"""An index of weighted levels, worked out by hand, and what is said of it."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.stages.whole import index_figures as figures
from analysis.stages.whole import index_words as words
from analysis.text import number
from tests.stages.answers import INSTRUMENT

few = settings(max_examples=15)
SCALE = (1.0, 5.0)
SPBE = figures.tree(INSTRUMENT.indices["spbe"])
PREDICATES = INSTRUMENT.indices["spbe"].bands


def test_spbe_of_equal_levels_is_that_level():
    index = figures.value(pd.Series(3, index=SPBE.index), SPBE, SCALE, PREDICATES)
    assert index.total == pytest.approx(3)
    assert index.predicate == "Baik"
    assert set(index.tiers["domain"].round(9)) == {3}


def test_spbe_by_hand():
    # Level 5 in the six public services (18 of 100), level 1 in all others:
    # (82 x 1 + 18 x 5) / 100 = 1.72; services (27.5 x 1 + 18 x 5) / 45.5 = 2.5824.
    levels = pd.Series(1, index=SPBE.index).mask(SPBE["aspect"] == "public", 5)
    index = figures.value(levels, SPBE, SCALE, PREDICATES)
    assert index.total == pytest.approx(1.72)
    assert index.tiers["domain"]["services"] == pytest.approx(117.5 / 45.5)
    assert index.tiers["aspect"]["public"] == pytest.approx(5)
    assert index.predicate == "Kurang"


def test_spbe_names_a_missing_indicator():
    levels = pd.Series(3, index=SPBE.index)
    with pytest.raises(ValueError, match=SPBE.index[16]):
        figures.value(levels.drop(SPBE.index[16]), SPBE, SCALE, PREDICATES)


@pytest.mark.parametrize(
    ("index", "name"),
    [(1.53, "Kurang"), (2.35, "Cukup"), (2.6, "Baik"), (3.03, "Baik"), (5, "Memuaskan")],
)
def test_predicates(index, name):
    assert figures.predicate(index, PREDICATES) == name


def test_the_weights_of_the_instrument_are_those_of_the_regulation():
    # Permen PANRB 59/2020, annex: aspect, number of indicators, weight of each.
    aspects = [
        ("policy", "policy", 10, 1.30), ("governance", "planning", 4, 2.50),
        ("governance", "ict", 4, 2.50), ("governance", "organiser", 2, 2.50),
        ("management", "management", 8, 1.50), ("management", "audit", 3, 1.50),
        ("services", "administration", 10, 2.75), ("services", "public", 6, 3.00),
    ]  # fmt: skip
    rows = [(d, a, weight) for d, a, count, weight in aspects for _indicator in range(count)]
    regulated = pd.DataFrame(rows, SPBE.index, ["domain", "aspect", "weight"])
    pd.testing.assert_frame_equal(SPBE, regulated)
    assert SPBE["weight"].sum() == pytest.approx(100)


years = st.lists(st.tuples(st.sampled_from([2021, 2022, 2023]), st.sampled_from([1.5, 2.7]),
                           st.booleans(), st.sampled_from(["kota", "nasional"])),
                 max_size=5, unique_by=lambda row: (row[0], row[3]))  # fmt: skip


@few
@given(years, st.booleans(), st.booleans())
def test_the_published_indices_that_are_used_stand_beside_the_own(given, own, asked):
    rows = [("spbe_index", year, v, used, area, "sumber") for year, v, used, area in given]
    columns = ["indicator", "year", "value", "used", "area", "source"]
    table = pd.DataFrame(rows, columns=columns).astype({"used": bool, "value": float})
    published = figures.official(table, "spbe_index", PREDICATES)
    index = figures.value(pd.Series(3, index=SPBE.index), SPBE, SCALE, PREDICATES) if own else None
    said = words.finding("Indeks SPBE", index, published, asked)
    last = (
        "Penilaian sendiri 3,00 (Baik; n = 1, tanpa selang)." if own
        else "Penilaian sendiri tidak dihitung: belum semua indikator terisi." if asked
        else "Penilaian sendiri tidak dihitung: penilainya tidak termasuk pilihan ini."
    )  # fmt: skip
    city = sorted((year, v) for year, v, used, area in given if used and area == "kota")
    called = {1.5: "1,50 (Kurang)", 2.7: "2,70 (Baik)"}
    points = "; ".join(f"{year}: {called[v]}" for year, v in city)
    assert said.detail == (f"{points}. {last}" if city else last)
    if not city:
        alone = "Indeks SPBE menurut penilaian sendiri 3,0, berpredikat Baik."
        assert said.headline == (alone if own else "Belum ada Indeks SPBE resmi kota yang dipakai.")
        return
    (_since, before), (year, now) = city[0], city[-1]
    if before == now:
        assert said.headline == f"Indeks SPBE resmi kota {number(now, 1)} pada {year}."
    else:
        way = "naik" if now > before else "turun"
        assert said.headline == (
            f"Indeks SPBE resmi kota {way} dari {number(before, 1)} menjadi {number(now, 1)}, "
            f"kini berpredikat {figures.predicate(now, PREDICATES)}."
        )
