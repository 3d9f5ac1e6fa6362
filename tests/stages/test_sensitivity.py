"""Sensitivity: each choice by hand, what holds under it, and what was not computed."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.stages import readiness
from analysis.stages.evidence import claims, sensitivity, uniform
from tests.stages.answers import Answers

WORDS = {"above": "tinggi", "below": "rendah", "unclear": "sama"}


def family(values, groups, worst=np.nan, best=np.nan) -> claims.Comparisons:
    """The mean of the units' values with 2, and what it could be once all is answered."""
    answers = pd.DataFrame({"unit": list(values), "group": groups, "item": "i"})
    answers["value"] = list(values.values())
    extremes = pd.DataFrame({"worst": worst, "best": best}, index=["i"])
    said = pd.DataFrame(WORDS, ["i"])
    return claims.against("k", answers, "item", "value", said, 2.0, extremes, (1.0, 5.0))


def made(compared, weightings=None, references=(), weights=1.0):
    units = compared.strata.index.to_frame(name="unit").assign(weight=weights)
    found = claims.table([compared], units, stage="s", primary=["k"])
    return sensitivity.table([compared], found, weightings or {}, references), found


VALUES = {"a": 3.0, "b": 3.0, "c": 4.0, "d": 1.0, "e": 5.0}
GROUPS = ["x", "x", "x", "y", "y"]


def test_every_choice_by_hand():
    apart = pd.Series({"a": 1.0, "b": 1.0, "c": 1.0, "d": 0.0, "e": 0.0})
    compared = family(VALUES, GROUPS, worst=2.5, best=3.5)
    table, _found = made(compared, {"tanpa d dan e": apart}, (2.0, 2.5, 3.3))
    table = table.set_index("choice")
    assert table["choice_name"].tolist() == [
        "seperti dilaporkan", "kelompok berbobot sama", "tanpa d dan e",
        "jawaban yang kurang terburuk", "jawaban yang kurang terbaik", "pembanding 2,5",
        "pembanding 3,3",
    ]  # fmt: skip
    # 16 / 5; (10 / 3 + 6 / 2) / 2; 10 / 3; and what is given; less 2, or less the other reference
    assert table["value"].tolist() == pytest.approx([1.2, 7 / 6, 4 / 3, 0.5, 1.5, 0.7, -0.1])
    # Of 3, 3 and 4 the standard error is 1 / 3, t(0.975; 2) = 4.30265.
    ends = [4 / 3 - 4.30265 / 3, 4 / 3 + 4.30265 / 3]
    assert table.loc["tanpa d dan e", ["low", "high"]].tolist() == pytest.approx(ends, abs=1e-5)
    # Of all five s = 1.48324, standard error 0.66332, t(4) = 2.77645; no mean is above 5.
    ends = [0.7 - 2.77645 * 0.66332, 5 - 2.5]
    assert table.loc["2.5", ["low", "high"]].tolist() == pytest.approx(ends, abs=1e-4)
    assert table.loc[["worst", "best"], ["low", "high"]].isna().all(axis=None)
    assert table["reference"].tolist() == [2, 2, 2, 2, 2, 2.5, 3.3]
    assert table["reversed"].tolist() == [False] * 6 + [True]
    # The interval of five units reaches the reference everywhere; bounds have none.
    assert table["holds"].tolist() == [False, False, False, True, True, False, False]
    assert set(table["id"]) == {"s.i.k"}
    assert "claim" not in table  # whose interval only the reported choice has


def test_what_was_not_computed_is_said_and_counts_for_nothing():
    table, found = made(family({n: 3.0 + 0.1 * (n in "ad") for n in "abcdefghijkl"}, ["x"] * 12))
    assert table["choice_name"].tolist() == [
        "seperti dilaporkan", "jawaban yang kurang terburuk (tidak dihitung)"
    ]  # fmt: skip
    assert table["holds"].tolist() == [True, False] and not table["reversed"].any()
    assert sensitivity.title(table, found) == "Kesimpulan utama bertahan pada 1 dari 1 pilihan"
    said = sensitivity.note(table, found, 0)
    assert said.startswith("Tinggi. ") and said.endswith(
        "Pilihan yang tidak dihitung tidak ikut dibilang."
    )
    assert "Tidak ada perangkat daerah yang menjawab seragam." in said
    assert "seragam" not in sensitivity.note(table, found, None) + sensitivity.note(table, found, 2)


def test_of_what_is_unclear_only_the_side_is_told():
    table, found = made(family(VALUES, GROUPS, worst=1.9, best=3.5))
    assert found["level"].tolist() == ["unclear"]
    assert sensitivity.title(table, found) == (
        "Kesimpulan utama belum jelas; arahnya sama pada 3 dari 4 pilihan"
    )
    assert table.set_index("choice")["reversed"]["worst"]


def test_a_figure_on_its_reference_is_on_no_side():
    table, _found = made(family({"a": 1.0, "b": 3.0}, ["x", "y"]))
    assert table["value"].tolist() == [0] and not table["holds"].any()
    table, _found = made(
        family({"a": 3.0, "b": 3.0, "c": 3.5}, ["x"] * 3), references=(3.0, 19 / 6)
    )
    assert table.set_index("choice")["reversed"].tolist()[-2:] == [False, True]


def test_weights_that_are_all_alike_are_no_choice():
    alike = pd.Series(2.0, list(VALUES))
    table, _found = made(family(VALUES, ["x"] * 5), {"bobot": alike})
    assert table["choice"].tolist() == ["reported", "worst"]
    table, _found = made(family(VALUES, ["x"] * 5), {"tanpa semua": alike * 0})
    assert table["choice_name"].tolist()[1] == "tanpa semua (tidak dihitung)"
    assert table["value"].isna().tolist() == [False, True, True]


def test_several_conclusions_are_told_apart_by_name():
    one, other = family(VALUES, ["x"] * 5), replace(family(VALUES, ["x"] * 5), kind="m")
    units = one.strata.index.to_frame(name="unit").assign(weight=1.0)
    found = claims.table([one, other], units, stage="s", primary=["k", "m"])
    table = sensitivity.table([one, other], found, {})
    assert table["choice_name"].tolist()[0] == "tinggi: seperti dilaporkan"
    assert table["id"].nunique() == 2


def test_a_stage_without_a_conclusion_says_so():
    found = claims.table([], pd.DataFrame())
    table = sensitivity.table([], found, {})
    assert table["value"].isna().all() and len(table) == 1
    assert sensitivity.title(table, found).startswith("Belum ada kesimpulan utama")


def test_who_answers_alike_is_told_by_the_questionnaires_own_columns():
    given = {"a": [3] * 9 + [1], "b": [3] * 8 + [1, 2], "c": [3] * 4}
    rows = [(unit, level) for unit, levels in given.items() for level in levels]
    table = pd.DataFrame(rows, columns=["unit", "level"]).assign(weight=1.0)
    assert uniform.units([table]).tolist() == ["a"]  # of c there are too few answers to tell
    assert uniform.units([]).empty


def levels(unit: str, given: list[int]) -> pd.DataFrame:
    tree = {f"{tier}{end}": tier for tier in ("element", "subelement")
            for end in ("", "_name", "_short")}  # fmt: skip
    shared = {"unit": unit, "unit_name": unit, "group": "g", "group_name": "G", "tb": False}
    items = [f"i{n}" for n in range(len(given))]
    return pd.DataFrame({"item": items, "name": items, "level": given, "weight": 1.0}).assign(
        level=np.array(given, float), **shared, **tree
    )


def test_readiness_under_other_thresholds_and_without_units_that_answer_alike():
    varied = [levels(f"u{n:02}", [3, 4, 3, 4, 3, n % 2 + 3]) for n in range(12)]
    answers = pd.concat([*varied, levels("z", [1] * 6)])
    stage = readiness.of(Answers({"readiness": answers}))
    assert stage.alike.tolist() == ["z"]
    table = stage.sensitivity.set_index("choice")
    index = (3 * 6 + 2 + 0.5) / 6  # the twelve others, on average
    assert table.loc["reported", "value"] == pytest.approx((12 * index + 1) / 13 - 2.6)
    (without,) = table.index[table["choice_name"] == "tanpa perangkat daerah yang menjawab seragam"]
    assert table.loc[without, "value"] == pytest.approx(index - 2.6)
    assert table.loc["2.9", "value"] == pytest.approx((12 * index + 1) / 13 - 2.9)
    assert "2.6" not in table.index and {"2.3", "2.9"} < set(table.index)
    assert stage.sensitivity_title.startswith("Kesimpulan utama bertahan pada ")


def test_the_choices_of_a_stage_are_worked_out_once(monkeypatch):
    answers = pd.concat([levels(f"u{n}", [3, 4, 2, 4, 3, n % 2 + 3]) for n in range(12)])
    stage = readiness.of(Answers({"readiness": answers}))
    assert stage.comparisons is stage.comparisons
    assert stage.sensitivity is stage.sensitivity
    assert stage.sensitivity.attrs["stage"] == "readiness"


def test_a_table_without_an_answer_names_nobody_and_concludes_nothing():
    blank = pd.concat([levels(f"u{n}", [3] * 6).assign(level=np.nan) for n in range(3)])
    stage = readiness.of(Answers({"readiness": blank}))
    assert stage.alike.empty and len(stage.sensitivity) == 1
    assert stage.sensitivity_title == "Belum ada kesimpulan utama yang dapat diuji ketahanannya"
    assert "seragam" not in stage.sensitivity_note
