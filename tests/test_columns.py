"""The columns of results: each declared once, in both languages, and holding what it says."""

import numpy as np
import pandas as pd
import pytest

from analysis import columns, formats, grids, tables
from analysis.survey.kept import store
from tests import edition
from tests.second_city import ROOT

KNOWN = columns.declared()


def test_every_column_has_a_heading_in_both_languages_and_numbers_a_unit():
    for name, column in KNOWN.items():
        assert set(column.heading) >= {"id", "en"} and all(column.heading.values()), name
        if column.format not in ("text", "figures"):
            assert set(column.unit) >= {"id", "en"}, name
        if column.pair:
            assert str(column.format).startswith("interval"), name


def test_the_codebook_of_results_is_the_declared_one():
    assert (ROOT / "docs" / "results.md").read_text("utf-8") == columns.codebook()


def test_a_column_declared_twice_is_refused(tmp_path, monkeypatch):
    for room in ("a", "b"):
        (tmp_path / room).mkdir()
        (tmp_path / room / "columns.toml").write_text(
            '[n]\nheading = { id = "n", en = "n" }\nformat = 0\n'
        )
    monkeypatch.setattr(columns, "STAGES", tmp_path)
    columns.declared.cache_clear()
    with pytest.raises(ValueError, match="'n' is declared in a too"):
        columns.declared()
    monkeypatch.undo()
    columns.declared.cache_clear()
    assert columns.declared() == KNOWN


@pytest.fixture(scope="module")
def shown(second_city):
    """Every table and chart of an edition."""
    every = edition.exhibits(second_city.reports)
    shown = [c for contents in every.values() for c in contents if "columns" in c]
    assert len(shown) > 100
    return shown


def test_every_column_that_is_shown_is_declared(shown):
    missing = {(c["title"], column["key"]) for c in shown for column in c["columns"]
               if column["key"] not in KNOWN and not column["key"].isdigit()}  # fmt: skip
    assert missing == set()


def test_every_column_holds_what_it_says(shown):
    for content in shown:
        for place, column in enumerate(content["columns"]):
            values = [row[place] for row in content["rows"] if row[place] is not None]
            if column["key"].isdigit():  # a level of a scale: how many chose it
                assert all(isinstance(value, int) for value in values)
                continue
            known, where = KNOWN[column["key"]], (content["title"], column["key"])
            if known.pair:
                ends = [pair for pair in values if pair[0] is not None]
                assert all(low <= high for low, high in ends), where
            elif known.format in ("text", "figures"):
                assert all(isinstance(value, str) for value in values), where
            else:
                assert all(isinstance(value, int | float) for value in values), where
            if known.format == "percent":
                assert all(0 <= value <= 1 for value in values), where
            if known.unit.get("en") in ("offices", "cells", "programmes", "count"):
                assert all(value == int(value) for value in values), where


def test_the_rows_of_a_frame_are_named_by_what_they_are_about():
    frame = pd.DataFrame({"item": ["a", "b"], "group": ["dinas", "city"], "mean": [1.0, 2.0]})
    assert columns.keys(frame) == {}
    named = {"badan": "Badan", "dinas": "Dinas"}
    frame.attrs = {"stage": "gap", "of": "gap", "scope": "35 unit", "groups": named}
    assert columns.keys(frame) == {
        "stage": "gap", "of": "gap", "rows": [["a", "dinas"], ["b", "35 unit"]],
        "groups": [["dinas", "Dinas"]],
    }  # fmt: skip


def test_an_endless_number_keeps_its_sign():
    shown = tables.table(pd.DataFrame({"isi": [1.5, -np.inf, np.inf]}))
    assert [row[0] for row in shown.content["rows"]][1:] == ["−∞", "∞"]


@pytest.mark.parametrize(
    ("values", "shown"), [([3.0, 2.5], ["3,00", "2,50"]), ([3, None], ["3", "–"])]
)
def test_a_single_answer_is_a_whole_number_in_a_column_of_means(values, shown):
    whole = all(value is None or isinstance(value, int) for value in values)
    frame = pd.DataFrame({"level": pd.Series(values, dtype="Int64" if whole else float)})
    frame.attrs["declared"] = tuple(frame.columns)
    grid = grids.grid(frame)
    kind = grid["columns"][0]["format"]
    assert [formats.cell(row[0], kind) for row in grid["rows"]] == shown
    assert [row[0] for row in grid["rows"]] == values


def test_the_interval_of_shares_is_one_of_percentages():
    frame = pd.DataFrame({"low": [0.25, None, -0.1], "high": [0.304, None, 0.2]})
    content = grids.grid(frame, ["dimension_weight_interval"])
    kind = content["columns"][0]["format"]
    shown = [formats.cell(value, kind) for [value] in content["rows"]]
    assert shown == ["25–30%", "–", "−10 s.d. 20%"]


def test_every_table_of_answers_can_be_shown_and_says_where_it_is_from(second_city):
    survey = store.load("2024", root=str(second_city.root))
    known = (second_city.processed / store.SET).read_text("utf-8")
    for frame in (survey.units, survey.sources, survey.completeness):
        assert len(tables.table(frame).content["rows"]) == len(frame)
    for table in survey.instrument.tables:
        frame = survey.answers(table.name)
        made = tables.table(frame)
        assert len(made.content["rows"]) == len(frame)
        assert made.content["source"] == survey.source and "CONTOH" in survey.source
        assert made.content["source"].data == known
        assert made.content["source"].parameters["period"] == "2024"
