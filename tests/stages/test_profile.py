"""One unit beside its group and the city: every figure is worked out by hand."""

from types import SimpleNamespace

import pandas as pd
import pytest

from analysis.stages import quickwin, vision
from analysis.stages.evidence import aggregate
from analysis.stages.whole import beside, words

UNITS = pd.DataFrame(
    {
        "unit": ["satu", "dua", "tiga", "diam"],
        "unit_name": ["Satu", "Dua", "Tiga", "Diam"],
        "group": ["dinas", "dinas", "badan", "badan"],
        "answered": [True, True, True, False],
    }
)
ANSWERS = pd.DataFrame(
    {
        "unit": ["satu", "satu", "dua", "dua", "tiga", "tiga"],
        "group": ["dinas", "dinas", "dinas", "dinas", "badan", "badan"],
        "impact": [2.0, 4.0, 5.0, None, 1.0, 1.0],
    }
)
WEIGHTS = pd.DataFrame(
    {
        "unit": ["satu", "satu", "tiga", "tiga"],
        "group": ["dinas", "dinas", "badan", "badan"],
        "dimension": ["living", "economy"] * 2,
        "dimension_name": ["Smart Living", "Smart Economy"] * 2,
        "dimension_weight": [0.6, 0.4, 0.2, 0.8],
    }
)


def test_one_line_for_each_measure_of_each_stage():
    means = aggregate.unit_means(ANSWERS, "impact")
    ranking = pd.DataFrame({"unit": ["satu", "satu", "tiga"]})
    counts = quickwin.proposals.count(ranking, UNITS)
    stages = {
        "Masa depan": lambda _unit: [("Dampak", means)],
        "Visi": lambda unit: [vision.figures.top_weight(WEIGHTS, unit)],
        "QW": lambda _unit: [("Usulan", counts)],
    }
    every = pd.concat(
        beside.overview(SimpleNamespace(measures=of), UNITS["unit"]).assign(stage=name)
        for name, of in stages.items()
    )
    table = every[every["unit"] == "satu"].set_index("stage")
    # Units' means 3, 5, 1; weights of living 0.6 and 0.2; proposals 2, 0, 1.
    columns = ["own", "group_mean", "city_mean", "n_group", "n_city"]
    assert table.loc["Masa depan", columns].tolist() == [3, 4, 3, 2, 3]
    assert table.loc["Visi", columns].tolist() == pytest.approx([0.6, 0.6, 0.4, 1, 2])
    assert table.loc["QW", columns].tolist() == [2, 1, 1, 2, 3]
    assert list(table["name"]) == ["Dampak", "Smart Living", "Usulan"]
    # Another dimension is weightiest for the third: its own line, and no other unit's.
    third = every[every["unit"] == "tiga"].set_index("stage")
    assert third.loc["Visi", "name"] == "Smart Economy"
    assert third.loc["Visi", ["own", "city_mean"]].tolist() == pytest.approx([0.8, 0.6])
    assert every.groupby(["unit", "stage"]).size().max() == 1


def test_a_unit_without_weights_has_no_line_for_them():
    first, weights = vision.figures.top_weight(WEIGHTS, "dua")
    assert first == ""
    stage = SimpleNamespace(measures=lambda _unit: [(first, weights)])
    assert beside.overview(stage, ["dua"]).empty


def test_of_equal_gaps_the_one_farthest_above_the_city_comes_first():
    gaps = pd.DataFrame(
        {
            "name": ["A", "B", "C", "D", "E"],
            "own": [2.0, 2.0, 1.0, 2.0, 0.0],
            "difference": [0.1, 0.9, 0.5, 0.4, -1.0],
        }
    )
    assert list(beside.gaps(gaps)["name"]) == ["B", "D", "A"]
    assert list(beside.gaps(gaps, 9)["name"]) == ["B", "D", "A", "C"]
    assert words.heading_gaps(gaps) == "Kesenjangan terbesar +2 tingkat, pada 3 dari 5 subdimensi"


def test_headings_say_so_where_there_is_nothing_to_show():
    nothing = pd.DataFrame({"own": [], "difference": [], "name": [], "unit": [], "rank": []})
    for heading in (
        words.heading_strengths(nothing),
        words.heading_weak(nothing),
        words.heading_gaps(nothing),
        words.heading_proposals(nothing, "satu"),
    ):
        assert heading.startswith(("Tidak ada", "Belum ada"))


def test_a_unit_is_told_why_its_comparisons_do_not_count():
    consistency = pd.DataFrame(
        {
            "unit": ["satu", "dua"],
            "used": [True, False],
            "reason": ["", "lebih dari 5 dari 15 pasangan kosong"],
            "ratio": [0.0512, None],
        }
    )
    assert [words.heading_weights(consistency, unit) for unit in ("satu", "dua", "tiga")] == [
        "Bobot dimensi menurut perangkat daerah ini (rasio konsistensi 0,05)",
        "Bobot tidak dihitung: lebih dari 5 dari 15 pasangan kosong",
        "Dimensi belum dibandingkan",
    ]


def test_the_unit_must_have_answered():
    assert beside.chosen(UNITS)["unit"] == "satu"
    with pytest.raises(ValueError, match="satu, dua, tiga"):
        beside.chosen(UNITS, "diam")
