"""A table that no stage reads: each kind of field is counted as it was answered, and no more."""

from types import SimpleNamespace

import pandas as pd
import pytest

from analysis.stages.whole import questions
from analysis.survey.asked.fields import Amount, Choice, Field, Scale, Text
from tests.stages.answers import Answers

LEVEL = Field("level", "Tingkat", Scale(1, 3, {1: "buruk", 3: "baik"}))
WAY = Field("way", "Cara", Choice(options=("A", "B")))
COST = Field("cost", "Biaya", Amount("million_rupiah", "juta rupiah"))
NAME = Field("name", "Nama", Text(100))
FIELDS = (LEVEL, WAY, COST, NAME)


def survey(rows, slots=(), cells=(), own=None, pairs=False, **other):
    columns = ["unit", "group", "item", "tb", "level", "way", "cost", "name"]
    answers = pd.DataFrame(rows, columns=columns).astype({"level": float, "cost": float})
    answers = answers.assign(
        left_name="Kiri",
        right_name="Kanan",
        unit_name=lambda t: t["unit"],
        group_name=lambda t: t["group"].str.title(),
    )
    table = SimpleNamespace(
        name="warga",
        title="Suara warga",
        fields=FIELDS,
        slots=slots,
        own=own or {},
        pairs=pairs,
        required=[LEVEL],
        asks=lambda units: units,
        names={"WG01": "Sampah", "WG02": "Jalan"},
    )
    asked = SimpleNamespace(tables=(table,), table=lambda name: table, groups={}, indices={})
    made = Answers({"warga": answers}, instrument=asked, **other)
    ended = pd.DataFrame(cells, columns=["unit", "item", "field", "state"])
    object.__setattr__(made, "cells", ended)
    return made


ROWS = [
    ("a", "dinas", "WG01", False, 1.0, "A", 10.0, "x"),
    ("b", "dinas", "WG01", False, 3.0, "B", 20.0, None),
    ("c", "badan", "WG01", False, 3.0, "A", None, None),
    ("a", "dinas", "WG02", False, 2.0, "B", None, None),
    ("b", "dinas", "WG02", True, None, None, None, None),
    ("c", "badan", "WG02", False, None, None, None, None),
]


@pytest.fixture
def page():
    cells = [("c", "WG02", "level", "invalid"), ("c", "WG02", "cost", "held")]
    return questions.of(survey(ROWS, cells=cells))


def test_every_level_of_a_scale_is_counted_also_those_that_nobody_chose(page):
    spread = page.spread.set_index("item")[["name", "1", "2", "3", "n"]]
    assert spread.loc["WG01"].to_list() == ["Sampah", 1, 0, 2, 3]
    assert spread.loc["WG02"].to_list() == ["Jalan", 0, 1, 0, 1]
    [scale] = page.scales
    assert (scale.levels, scale.ends) == ({"1": "buruk", "2": "2", "3": "baik"}, (1, 3))


def test_items_on_a_scale_of_their_own_are_shown_under_its_words():
    ladder = Scale(1, 3, {1: "tidak ada", 2: "sebagian", 3: "semua"})
    page = questions.of(survey(ROWS, own={"WG02": ladder}))
    ours, own = page.scales
    assert (ours.title, own.title) == ("Tingkat (buruk – baik)", "Tingkat (tidak ada – semua)")
    assert list(own.levels.values()) == ["tidak ada", "sebagian", "semua"]
    assert ours.levels == questions.of(survey(ROWS)).scales[0].levels
    for part, item in ((ours, "WG01"), (own, "WG02")):
        assert set(part.spread["item"]) == set(part.by_group["item"]) == {item}
    assert [figure["shown"] for figure in page.key_figures] == ["3 dari 3", "2,33", "2,00"]


def test_of_pairs_each_side_is_counted_with_its_strengths_and_nothing_is_averaged():
    page = questions.of(survey(ROWS, pairs=True))
    counts = page.spread.set_index(["item", "name"])[["1", "2", "3"]]
    assert counts.T.to_dict("list") == {
        ("WG01", "Sampah: Kiri"): [1, 0, 1],
        ("WG01", "Sampah: Kanan"): [0, 0, 1],
        ("WG02", "Jalan: Kanan"): [0, 1, 0],
    }
    assert page.means.empty and page.by_group.empty
    assert len(page.scales[0].spread) == 3 and page.scales[0].by_group.empty
    assert [figure["shown"] for figure in page.key_figures] == ["3 dari 3"]


def test_a_mean_has_its_interval_and_each_group_its_own(page):
    row = page.means.set_index("item").loc["WG01"]
    assert (round(row["mean"], 3), row["n"]) == (2.333, 3)
    assert 1 <= row["low"] < row["mean"] < row["high"] <= 3
    groups = page.by_group.set_index(["item", "group"])["mean"]
    assert (groups["WG01", "dinas"], groups["WG01", "badan"]) == (2, 3)
    assert round(groups["WG01", "city"], 3) == 2.333
    assert "city" not in set(questions.of(survey(ROWS, whole=False)).by_group["group"])


def test_choices_amounts_and_texts_are_counted_and_no_text_is_quoted(page):
    chosen = page.chosen.set_index(["item", "choice"])
    assert chosen.loc[("WG01", "A"), ["count", "n"]].to_list() == [2, 3]
    assert round(chosen.loc[("WG01", "A"), "share"], 3) == 0.667
    amounts = page.amounts.set_index("item").loc["WG01"]
    assert amounts[["measure", "n", "least", "median", "most"]].to_list() == [
        "juta rupiah", 2, 10, 15, 20,
    ]  # fmt: skip
    texts = page.texts.set_index("item")
    assert texts.loc["WG01", ["name", "count", "units"]].to_list() == ["Sampah", 1, 1]
    frames = (page.spread, page.means, page.chosen, page.amounts, page.texts, page.missing)
    assert not any((each == "x").any(axis=None) for each in frames)


def test_what_is_missing_is_told_by_its_kind(page):
    missing = page.missing.set_index("item")[["n", "tb", "blank", "invalid"]]
    assert missing.loc["WG01"].to_list() == [3, 0, 0, 0]
    assert missing.loc["WG02"].to_list() == [1, 1, 0, 1]
    blank = questions.of(survey(ROWS)).missing.set_index("item")
    assert blank.loc["WG02", ["blank", "invalid"]].to_list() == [1, 0]


def test_rows_that_units_fill_themselves_are_one_question_with_one_voice_each():
    rows = [
        ("a", "dinas", "W-1", False, 1.0, None, None, "x"),
        ("a", "dinas", "W-2", False, 3.0, None, None, "y"),
        ("b", "badan", "W-1", False, 3.0, None, None, None),
    ]
    page = questions.of(survey(rows, slots=("W-1", "W-2")))
    assert page.means[["item", "name", "mean", "n"]].to_numpy().tolist() == [
        ["warga", "Suara warga", 2.5, 2]
    ]
    assert page.spread["n"].to_list() == [3]
    assert page.texts[["name", "count", "units"]].to_numpy().tolist() == [["Suara warga", 2, 1]]
    assert page.missing.empty and page.units == (2, 2)


def test_it_claims_nothing_and_says_that_no_stage_uses_the_table(page):
    assert page.ledger == [] and page.reads == ("warga",)
    assert {finding.level for finding in page.findings} == {"count"}
    assert "Tidak ada tahap yang memakai tabel ini." in [f.headline for f in page.findings]
    assert [figure["shown"] for figure in page.key_figures] == ["3 dari 3", "2,50"]
    assert "67% isian wajib dijawab; 1 tidak relevan (TR)" in page.findings[0].detail


def test_of_too_few_it_says_only_how_many(page):
    few = questions.of(survey(ROWS, enough=False, needed=9))
    assert [figure["shown"] for figure in few.key_figures] == ["3 dari 3"]
    assert len(few.findings) == 1


def test_with_no_answer_at_all_every_frame_is_empty():
    page = questions.of(survey(ROWS[:0], slots=("W-1",)))
    assert all(f.empty for f in (page.spread, page.means, page.chosen, page.amounts, page.texts))
    assert len(page.key_figures) == 1
