"""Cities side by side: ranks with their uncertainty."""

import numpy as np
import pandas as pd
import pytest

from analysis.stages.evidence import ledger
from analysis.stages.whole import cities, city_words


def answers(mean: float, units: int = 12, seed: int = 1) -> pd.DataFrame:
    """One figure of each unit, two groups."""
    values = np.random.default_rng(seed).normal(mean, 0.3, units)
    return pd.DataFrame(
        {
            "unit": [f"u{i}" for i in range(units)],
            "group": ["a", "b"] * (units // 2),
            "group_name": ["A", "B"] * (units // 2),
            "item": "i",
            "name": "Butir",
            "value": values - values.mean() + mean,
        }
    )


def ranked(tables):
    return cities.ranked(tables, "item", "value", ["name"]).set_index("city")


def spans(table):
    return {city: (row["rank_low"], row["rank_high"]) for city, row in table.iterrows()}


def test_cities_far_apart_have_one_rank_each_and_equal_ones_share_them():
    table = ranked({"Rendah": answers(2), "Tinggi": answers(4), "Tengah": answers(3)})
    assert table["rank"].to_dict() == {"Rendah": 3, "Tinggi": 1, "Tengah": 2}
    assert spans(table) == {"Rendah": (3, 3), "Tinggi": (1, 1), "Tengah": (2, 2)}
    assert table["first"].to_dict() == {"Rendah": 0, "Tinggi": 1, "Tengah": 0}
    equal = ranked({"A": answers(3, seed=1), "B": answers(3, seed=2)})
    assert set(spans(equal).values()) == {(1, 2)}
    assert equal["first"].sum() == pytest.approx(1, abs=0.01)
    assert equal["first"].between(0.35, 0.65).all()


def test_the_same_answers_under_two_names_are_drawn_apart():
    table = ranked({"A": answers(3), "B": answers(3)})
    assert set(spans(table).values()) == {(1, 2)}
    assert table["low"].nunique() == 2


def test_below_ten_units_in_any_city_ranks_rest_on_the_t_test_alone():
    table = ranked({"A": answers(2), "B": answers(4, units=8)})
    assert table["rank"].to_dict() == {"A": 2, "B": 1}
    assert spans(table) == {"A": (2, 2), "B": (1, 1)}
    assert table["first"].isna().to_dict() == {"A": False, "B": True}
    # Two units each can be exchanged in 6 ways: p is never below 1/3.
    assert set(spans(ranked({"A": answers(2, 2), "B": answers(4, 2)})).values()) == {(1, 2)}


def test_an_item_that_one_city_does_not_ask_is_ranked_among_the_others():
    more = pd.concat([answers(3), answers(4).assign(item="j", name="Lain")])
    table = cities.ranked({"A": more, "B": answers(2)}, "item", "value", ["name"])
    only = table[table["item"] == "j"]
    assert list(only["city"]) == ["A"] and list(only["rank_low"]) == list(only["rank_high"]) == [1]


def test_one_city_is_compared_with_nobody():
    empty = cities.compared({"readiness": {"A": answers(3)}, "gap": {}})
    assert empty.empty
    assert "tidak ada kota" in city_words.heading(empty, "readiness")
    (said,) = city_words.differing(empty, {})
    assert said.headline == "Belum ada dua kota yang jawabannya dapat dibandingkan."
    assert ledger.heading(empty).startswith("Belum ada ")
