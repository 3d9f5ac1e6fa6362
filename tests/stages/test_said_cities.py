"""What is said of several cities, read back and worked out again."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.stages import readiness
from analysis.stages.whole import cities, city_words
from tests.stages.answers import Answers
from tests.stages.sentences import NAMES, believed, names, read, with_detail

few = settings(max_examples=15)
told = st.lists(st.tuples(st.sampled_from([-0.5, 0.5]), st.booleans()), min_size=1, max_size=4)
WHAT = {"readiness": "Indeks kesiapan", "gap": "Kesenjangan rata-rata"}


@few
@given(told, st.sampled_from(list(WHAT)))
def test_cities_that_surely_differ_are_named_or_counted(given, kind):
    rows = [(kind, n, f"Klaim {n}", v, s) for n, (v, s) in zip(NAMES, given, strict=False)]
    found = believed(*rows)
    sure = [n for v in (0.5, -0.5)
            for n, (x, s) in zip(NAMES, given, strict=False) if s and x == v]  # fmt: skip
    said = city_words.heading(found, kind)
    if not sure:
        assert said == f"{WHAT[kind]}: tidak ada kota yang jelas berbeda dari yang lain"
    elif len(sure) > 2:
        assert said == f"{WHAT[kind]}: {len(sure)} kota jelas berbeda dari kota-kota lain"
    else:
        start = f"{WHAT[kind]}: {{}} jelas berbeda dari kota-kota lain"
        assert names(read(start, said)[0]) == sure
    wholes = {kind: pd.DataFrame({"mean": [2.66, 3.04]})}
    told = city_words.differing(found, wholes)
    clearest = [n for n in NAMES if n in sure][:3]
    assert [f.headline for f in told] == [f"Klaim {n}." for n in clearest] or not sure
    if not sure:
        (one,) = told
        assert one.level == "unclear" and one.detail.startswith(f"{len(given)} uji Welch")
        assert " antara 2,7 dan 3,0" in one.headline and "belum jelas kota mana" in one.headline
        near = city_words.differing(found, {kind: pd.DataFrame({"mean": [2.66, 2.74]})})
        assert " sekitar 2,7" in near[0].headline
    else:
        assert [(f.detail, f.level) for f in told] == [
            (f"{with_detail(found.loc[(kind, n)])}.", "clear") for n in clearest
        ]


def test_cities_are_told_by_their_quadrants():
    place = pd.DataFrame(
        {"city": list("PQRST"), "quadrant_name": ["I (x)", "II (y)", *["I (x)"] * 3]}
    )
    first, second = city_words.placed(place)
    assert names(read("Kekuatan dan peluang {}: {}.", first.headline)[1]) == ["P", "R", "2 lainnya"]
    assert first.detail == "Kuadran I (x) menurut rerata: P, R, S, dan T."
    assert second.headline.endswith("tetapi ancaman lebih besar daripada peluang: Q.")


means = st.lists(st.sampled_from([2.0, 3.0, 3.0]), min_size=1, max_size=4)


def of_cities(given):
    """Each city's one item that says the whole, and one part; three units each."""
    shared = {"unit": list("xyz") * 2, "group": "g", "group_name": "G", "name": "N"}
    items = ["index"] * 3 + ["a"] * 3
    return {
        name: pd.DataFrame(
            shared | {"item": items, "value": [mean - 1, mean, mean + 1] + [4 - mean] * 3}
        )
        for name, mean in zip(NAMES, given, strict=False)
    }


@settings(max_examples=6)
@given(means)
def test_the_first_of_each_ranking_is_the_first(given):
    table = cities.ranked(of_cities(given), "item", "value", ["name"])
    count, ready, gaps = cities.key_figures(table, table)
    assert (count["shown"], count["value"]) == (str(len(given)), len(given))
    first = [name for name, mean in zip(NAMES, given, strict=False) if mean == max(given)]
    for figure, words in (
        (ready, "indeks kesiapan tertinggi menurut rerata"),
        (gaps, "kesenjangan terbesar menurut rerata"),
    ):
        assert names(read(f"{words}: {{}}", figure["label"])[0]) == first
        assert figure["value"] == max(given)
        assert "sampel ulang" not in figure["detail"]
    whole, parts = cities.overall(table), cities.parts(table)
    assert set(whole["item"]) == {"index"} and set(parts["item"]) == {"a"}
    ranks = {n: 1 + sum(m > mean for m in given) for n, mean in zip(NAMES, given, strict=False)}
    assert dict(zip(whole["city"], whole["rank"], strict=True)) == ranks
    assert whole["rank"].is_monotonic_increasing
    table["first"] = 0.42
    assert cities.key_figures(table, table)[1]["detail"].endswith("; pertama pada 42% sampel ulang")


def rated(score: float, rating: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Readiness and factor answers of twelve units around a level."""
    units = [f"u{n}" for n in range(12)]
    shared = {"unit": units, "unit_name": units, "group": "g", "group_name": "G", "tb": False,
              "item": "i", "name": "I"}  # fmt: skip
    tree = {f"{tier}{end}": tier for tier in ("element", "subelement")
            for end in ("", "_name", "_short")}  # fmt: skip
    levels = [score + n % 2 for n in range(12)]
    ready = pd.DataFrame(shared | tree | {"level": levels, "weight": 1.0})
    factors = pd.DataFrame(shared | {"importance": 3.0, "rating": float(rating)})
    return ready, factors


def survey(ready: pd.DataFrame, factors: pd.DataFrame | None = None) -> Answers:
    """A city's survey of readiness, and of the same factors inside and outside."""
    tables = {"readiness": ready, "swot": factors, "external": factors}
    return Answers({name: table for name, table in tables.items() if table is not None})


def compared(**ready: pd.DataFrame) -> pd.DataFrame:
    values = {city: readiness.of(survey(table)).own_values for city, table in ready.items()}
    return cities.compared({"readiness": values, "gap": {}})


def test_a_city_is_above_or_below_the_others_as_its_answers_are():
    found = compared(Tinggi=rated(4, 4)[0], Rendah=rated(1, 1)[0], Sedang=rated(2, 2)[0])
    assert found["level"].tolist() == ["clear", "clear", "unclear"]
    assert found["claim"].tolist() == [
        "kesiapan Tinggi di atas kota-kota lain",
        "kesiapan Rendah di bawah kota-kota lain",
        "kesiapan Sedang di bawah kota-kota lain",
    ]
    assert found["value"].tolist() == pytest.approx([4 - 1.5, 1 - 3, 2 - 2.5])
    assert found["id"].tolist()[0] == "cities.tinggi.readiness"


def test_cities_are_compared_by_what_stands_for_a_whole_unit():
    """Of two elements, each unit counts once, with its index."""
    tables = {}
    for city, levels in {"Tinggi": (4, 3), "Rendah": (2, 2)}.items():
        one, other = (rated(level, 1)[0] for level in levels)
        other = other.assign(item="j", element="lain", subelement="lain")
        tables[city] = pd.concat([one, other])
    found = compared(**tables)
    assert found["value"].tolist() == pytest.approx([4 - 2.5, 2.5 - 4])
    assert found["n"].tolist() == [24, 24]


@pytest.mark.parametrize(
    ("inner", "outer", "name"),
    [(4, 4, "I (progresif)"), (4, 1, "II (diversifikasi)"), (1, 4, "III (ubah strategi)"),
     (1, 1, "IV (bertahan)")],
)  # fmt: skip
def test_a_citys_quadrant_is_that_of_its_totals(inner, outer, name):
    def axes(inside, outside):
        given = Answers({"swot": inside, "external": outside})
        return cities.of({"A": given})

    made = axes(rated(3, inner)[1], rated(3, outer)[1])
    table, ((city, quadrant, *xy),) = made.position, made.places.to_numpy().tolist()
    assert (city, quadrant) == ("A", name) and xy == pytest.approx([inner - 2.5, outer - 2.5])
    assert made.reach == (-1.875, 1.875)
    assert table["quadrant_name"].tolist() == [name] * 2
    assert table["value"].tolist() == pytest.approx([inner - 2.5, outer - 2.5])
    assert table["share"].tolist() == [1, 1] and table["n"].tolist() == [12, 12]
    blank = rated(3, 3)[1].assign(rating=np.nan)
    made = axes(blank, rated(3, 3)[1])
    assert made.position.empty and made.places.empty and made.reach == (-1, 1)
