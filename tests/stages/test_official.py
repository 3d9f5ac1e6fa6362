"""Published figures beside what units rate: three sub-dimensions, worked out by hand."""

import pandas as pd
import pytest

from analysis.stages import gap
from analysis.stages.gap import official
from tests.stages.answers import Answers
from tests.stages.sentences import NAMES

# Means of the present condition, each with an interval of 0.2 either way; the median is 3.
CONDITIONS = pd.DataFrame(
    {
        "item": ["KJ01", "KJ02", "KJ03"],
        "name": ["Layanan", "Sedang", "Bisnis"],
        "n": 12,
        "current": [4.0, 3.0, 2.0],
        "current_low": [3.8, 2.8, 1.8],
        "current_high": [4.2, 3.2, 2.2],
    }
)
IDS = pd.Series({"KJ01": "service", "KJ02": "middle", "KJ03": "business"})


def published(*rows, better="higher", subdimension="service") -> pd.DataFrame:
    """Figures of one indicator, each (area, year, value)."""
    table = pd.DataFrame(rows, columns=["area", "year", "value"])
    named = {"indicator": "spbe", "name": "Indeks SPBE", "measure": "indeks", "says": "Layanan"}
    source = "koran " + table["area"]
    return table.assign(subdimension=subdimension, better=better, source=source, **named)


def verdict(*rows, **given) -> str:
    (row,) = official.beside(CONDITIONS, IDS, published(*rows, **given)).itertuples()
    return row.verdict


@pytest.mark.parametrize(
    ("better", "subdimension", "city", "nation", "expected"),
    [
        # Units rate service 3.8 to 4.2, above the median of 3, business 1.8 to 2.2, below it.
        ("higher", "service", 2.0, 3.0, official.HIGHER),
        ("higher", "service", 3.0, 2.0, official.ALIKE),
        ("lower", "service", 3.0, 2.0, official.HIGHER),
        ("lower", "service", 2.0, 3.0, official.ALIKE),
        ("higher", "business", 3.0, 2.0, official.LOWER),
        ("lower", "business", 2.0, 3.0, official.LOWER),
        ("higher", "business", 2.0, 3.0, official.ALIKE),
        # Neither equal figures nor an interval that holds the median say that anything disagrees.
        ("higher", "service", 2.0, 2.0, official.ALIKE),
        ("higher", "middle", 2.0, 3.0, official.ALIKE),
        ("higher", "middle", 3.0, 2.0, official.ALIKE),
    ],
)
def test_units_and_figures_disagree_where_they_point_to_opposite_sides(
    better, subdimension, city, nation, expected
):
    rows = ("kota", 2022, city), ("nasional", 2022, nation)
    assert verdict(*rows, better=better, subdimension=subdimension) == expected


def test_only_figures_of_one_year_are_compared():
    assert verdict(("kota", 2022, 2.0), ("nasional", 2021, 3.0)) == official.UNKNOWN
    rows = (
        ("kota", 2021, 2.0),
        ("kota", 2024, 9.0),
        ("nasional", 2021, 3.0),
        ("nasional", 2020, 1.0),
    )
    (row,) = official.figures(published(*rows)).itertuples()
    assert (row.year, row.figure, row.elsewhere, row.ahead) == (2021, "2 indeks", "nasional 3", -1)
    assert row.source == "koran kota; koran nasional"
    (alone,) = official.figures(published(*rows[:2])).itertuples()
    assert (alone.year, alone.figure, alone.elsewhere) == (2024, "9 indeks", "–")
    assert alone.source == "koran kota"


def test_the_nation_comes_before_the_province():
    rows = ("kota", 2022, 2.0), ("provinsi", 2022, 1.25), ("nasional", 2022, 3.0)
    assert official.figures(published(*rows))["elsewhere"].tolist() == ["nasional 3,00"]
    assert official.figures(published(*rows[:2]))["elsewhere"].tolist() == ["provinsi 1,25"]
    assert official.figures(published(*rows[1:])).empty


def test_without_an_interval_of_the_units_nothing_is_compared():
    rows = published(("kota", 2022, 2.0), ("nasional", 2022, 3.0))
    one = CONDITIONS.assign(current_low=float("nan"), current_high=float("nan"))
    table = official.beside(one, IDS, rows)
    assert table["agreement"].tolist() == ["tidak dapat dibandingkan"]
    assert official.heading(table) == (
        "Angka resmi di samping penilaian sendiri; tidak dapat dibandingkan"
    )
    assert official.finding(table).headline == (
        "Penilaian sendiri tidak dapat dibandingkan dengan angka resmi."
    )


def test_what_is_said_of_both():
    against = published(("kota", 2022, 2.0), ("nasional", 2022, 3.0))
    alike = published(("kota", 2022, 2.0), ("nasional", 2022, 3.0), subdimension="business")
    table = official.beside(CONDITIONS, IDS, pd.concat([alike, against]))
    assert table["name"].tolist() == ["Layanan", "Bisnis"]
    assert official.heading(table) == "1 dari 2 perbandingan dengan angka resmi berlawanan"
    said = official.finding(table)
    assert said.headline == (
        "Penilaian sendiri dan angka resmi berlawanan pada Layanan: bahan diskusi, bukan bukti."
    )
    assert said.level == "count"
    assert said.detail.startswith("Layanan: 4,00; Indeks SPBE 2022: 2 indeks (nasional 3) – berla")
    assert official.note(table, CONDITIONS).endswith(" dibandingkan: Sedang.")
    none = official.finding(table[1:])
    assert none.headline.startswith("Penilaian sendiri tidak berlawanan")


def test_a_city_without_figures_says_so():
    table = official.beside(CONDITIONS, IDS, published()[:0])
    assert table.empty and list(table.columns)
    assert official.finding(table).headline.startswith("Belum ada angka resmi kota")
    assert official.note(table, CONDITIONS).endswith("Layanan, Sedang, dan Bisnis.")


def test_the_stage_asks_for_the_sub_dimension_of_each_item():
    rows = [
        {"unit": f"u{n}", "unit_name": f"Unit {n}", "group": "d", "group_name": "Dinas",
         "item": item, "name": name, "tb": False, "dimension": "g", "dimension_name": "G",
         "dimension_short": "G", "current": float(level + n % 2), "target": 5.0, "importance": 3.0,
         "obstacle": "data", "subdimension": id}
        for n in range(12)
        for (item, id), name, level in zip(IDS.items(), NAMES, (4, 3, 2), strict=False)
    ]  # fmt: skip
    figures = published(("kota", 2022, 2.0), ("nasional", 2022, 3.0))
    survey = Answers({"gap": pd.DataFrame(rows)}, published=figures)
    made = gap.of(survey)
    assert made.official[["item", "current", "verdict"]].to_numpy().tolist() == [
        ["KJ01", 4.5, official.HIGHER]
    ]
