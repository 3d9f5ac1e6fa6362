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


def test_a_city_has_no_index_of_its_own_before_every_indicator_has_a_level():
    given = pd.DataFrame({"item": SPBE.index, "level": 3.0})
    assert figures.assessed(given, SPBE, SCALE, PREDICATES).total == pytest.approx(3)
    given.loc[16, "level"] = None
    assert figures.assessed(given, SPBE, SCALE, PREDICATES) is None
    assert figures.assessed(given.drop(index=16), SPBE, SCALE, PREDICATES) is None


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
    indicators = pd.DataFrame({"unit": ["a", "a" if asked else None], "level": [3.0, None]})
    rows = [("spbe_index", year, v, used, area, "sumber") for year, v, used, area in given]
    columns = ["indicator", "year", "value", "used", "area", "source"]
    table = pd.DataFrame(rows, columns=columns).astype({"used": bool, "value": float})
    published = figures.official(table, "spbe_index", PREDICATES)
    index = figures.value(pd.Series(3, index=SPBE.index), SPBE, SCALE, PREDICATES) if own else None
    said = words.finding("Indeks SPBE", index, published, indicators)
    last = (
        "Penilaian sendiri 3,00 (Baik; n = 1, tanpa selang)." if own
        else "Penilaian sendiri tidak dihitung: baru 1 dari 2 indikator yang terisi." if asked
        else "Penilaian sendiri tidak dihitung: tidak semua penilainya termasuk pilihan ini."
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


DENPASAR_2018 = """17: 7 1,1,1,3,2,3,3 | 10 2,1,1,1,3,3,3,1,3,3
28: 8 1,3 | 8 2,3 | 12 3,2,2
55: 35 3,1,4,4,4,3,4 | 20 3,2,3,1,3,3"""


def rated(written: str) -> tuple[pd.Series, pd.DataFrame]:
    """Levels and tree of an index written as domains, each a line of aspects: weight, levels."""
    rows = [
        (f"d{d}", f"d{d}a{a}", float(weight) / len(levels.split(",")), int(level))
        for d, line in enumerate(written.splitlines())
        for a, aspect in enumerate(line.partition(": ")[2].split(" | "))
        for weight, levels in [aspect.split()]
        for level in levels.split(",")
    ]
    frame = pd.DataFrame(rows, columns=["domain", "aspect", "weight", "level"])
    return frame["level"], frame[["domain", "aspect", "weight"]]


def test_the_published_index_of_denpasar_2018():
    """putuokky/monev-spbe-dps: the older instrument, equal weights inside an aspect."""
    levels, indicators = rated(DENPASAR_2018)
    found = figures.value(levels, indicators, SCALE, PREDICATES)
    aspects = [2.00, 2.10, 2.00, 2.50, 2.33, 3.29, 2.50]
    assert found.tiers["aspect"].round(2).tolist() == aspects
    assert found.tiers["domain"].round(2).tolist() == [2.06, 2.29, 3.00]
    assert round(found.total, 2) == 2.64


@pytest.mark.parametrize(
    ("parts", "weights", "printed", "exact"),
    [
        # Denpasar 2021, the new instrument: domains 13, 25, 16.5 and 45.5.
        ((3.00, 3.30, 2.18, 3.55), (13, 25, 16.5, 45.5), 3.19, 3.18995),
        # The evaluation of Kota Kediri 2022 (bangsaonline 113379; cut, not rounded, to 3.31) and of
        # Kota Jambi 2024 (jambikota.go.id 931), both by the weights of 2021 to 2024.
        ((3.60, 3.21, 3.23, 3.07, 3.65), (10, 20, 30, 20, 20), 3.315, 3.315),
        ((3.84, 3.18, 3.53, 3.63, 3.35), (10, 20, 30, 20, 20), 3.475, 3.475),
        # Jambi prints 3.48: the weights that Sleman's page prints (30 and 10) give another.
        ((3.84, 3.18, 3.53, 3.63, 3.35), (10, 20, 30, 30, 10), 3.503, 3.503),
    ],
)
def test_published_indices_of_parts(parts, weights, printed, exact):
    names = [f"p{n}" for n in range(len(parts))]
    tree = pd.DataFrame({"part": names, "weight": map(float, weights)}, index=names)
    found = figures.value(pd.Series(parts, names), tree, SCALE, PREDICATES)
    assert found.total == pytest.approx(exact, abs=1e-9)
    assert found.total == pytest.approx(printed, abs=0.005)


def test_the_impact_of_kediri_is_the_mean_of_its_dimensions():
    parts = (2.75, 2.75, 3.5, 3.33, 3.33, 2.75)
    tree = pd.DataFrame({"part": "impact", "weight": 1.0}, index=range(6))
    found = figures.value(pd.Series(parts), tree, SCALE, PREDICATES)
    assert found.total == pytest.approx(18.41 / 6, abs=1e-9) and round(found.total, 2) == 3.07


def test_the_weights_of_every_index_are_those_that_are_published():
    # domain.md names the sources: the letter B/66/PD.02/2025, and the evaluation of 2021 to 2024.
    pemdi = figures.tree(INSTRUMENT.indices["pemdi"])
    assert pemdi.groupby("pemdi_aspect", sort=False)["weight"].sum().to_dict() == {
        "strategy": 5, "governance": 5, "technology": 20, "audit": 6, "security": 9,
        "capability": 10, "data": 10, "services": 15, "users": 20,
    }  # fmt: skip
    ones = ["1"] * 8 + ["2"] + ["5"] * 4 + ["2"] * 3 + list("423") + list("343") + list("2323")
    ones += list("232323") + ["10", "5", "5"]
    by_code = pemdi["weight"].sort_index()
    assert [f"{weight:g}" for weight in by_code] == ones and len(by_code) == 35
    parts = figures.tree(INSTRUMENT.indices["evaluation"])["weight"]
    assert parts.tolist() == [10, 20, 30, 20, 20]


def test_an_index_by_hand_over_two_tables():
    # Level 5 in cyber security (9 of 100) and in indicator 33 (10), level 2 elsewhere.
    tree = figures.tree(INSTRUMENT.indices["pemdi"])
    levels = pd.Series(2, index=tree.index).mask(tree["pemdi_aspect"] == "security", 5)
    levels["PD33"] = 5
    found = figures.value(levels, tree, SCALE, PREDICATES)
    assert found.total == pytest.approx((81 * 2 + 19 * 5) / 100, abs=1e-9)
    assert found.tiers["pemdi_aspect"]["users"] == pytest.approx((10 * 5 + 10 * 2) / 20, abs=1e-9)


def test_an_indicator_names_its_level_on_its_own_scale_and_who_answers_for_it():
    index, units = (
        INSTRUMENT.indices["spbe"],
        pd.DataFrame({"unit": ["kominfo", "setda"], "unit_name": ["Kominfo", "Setda"]}).assign(
            coordinator=[True, False]
        ),
    )
    answers = pd.DataFrame({"item": ["SP01", "SP35"], "level": [2.0, 2.0], "evidence": [None, "x"]})
    asked = [table.asks(units) for table in index.tables]
    table = figures.by_indicator(index, answers, asked).set_index("item")
    assert len(table) == 47
    assert table.loc["SP01", ["said", "unit"]].tolist() == ["2 terkelola", "kominfo"]
    assert table.loc["SP35", ["said", "unit"]].tolist() == ["2 interaksi", "setda"]
    assert table.loc["SP02", "said"] == "" and pd.isna(table.loc["SP25", "unit"])
    found = figures.coverage(table.reset_index()).set_index("unit_name")
    assert found.loc["Setda"].tolist() == [5, 1] and found.loc["Kominfo"].tolist() == [24, 1]
    assert words.heading_coverage(table) == "2 dari 47 indikator terjawab"
