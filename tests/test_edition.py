"""One truth per edition: every claim and every number is the same wherever it stands."""

import json
import os
import re

import pandas as pd
import pytest
from openpyxl import load_workbook

from analysis import tables
from analysis.project import Project
from analysis.reports.claims import COLUMNS
from tests import edition
from tests.second_city import RAW, masterplan, run

SYNTHETIC = 6 if os.environ.get("MASTERPLAN_LONG") else 0  # cities in `make test-long`


@pytest.fixture(scope="session")
def cities(siantar, tmp_path_factory):
    """The sample's city after a whole run, and as many synthetic ones."""
    folder = tmp_path_factory.mktemp("cities") / "kota"
    if SYNTHETIC:
        done = masterplan(siantar, "sample", "--cities", str(SYNTHETIC), "--out", str(folder))
        assert done.returncode == 0, done.stdout + done.stderr
        run(siantar, "--root", f"{folder}/*")
    return [siantar, *(Project(root) for root in sorted(folder.glob("*/")))]


@pytest.fixture(scope="module", params=range(1 + SYNTHETIC))
def whole(request, cities):
    city = cities[request.param]
    return city.reports


@pytest.fixture(scope="module")
def ledger(whole):
    return json.loads((whole / "claims.json").read_text("utf-8"))


def test_a_number_is_the_same_wherever_it_stands(whole):
    assert edition.disagreeing(whole) == {}


def test_rows_that_hold_numbers_are_told_apart_by_their_keys(whole):
    for report, contents in edition.exhibits(whole).items():
        for content in (c for c in contents if c.get("keys")):
            rows = [tuple(row) for row in content["keys"]["rows"]]
            held = any(column["format"] not in ("text", "figures") for column in content["columns"])
            assert not held or len(set(rows)) == len(rows), (report, content["title"])


def test_most_numbers_have_a_key(whole):
    every = [number for contents in edition.exhibits(whole).values() for c in contents
             for number in edition.numbers(c)]  # fmt: skip
    assert len(every) > 10_000


def test_all_that_units_wrote_beside_their_answers_is_shown_twice(whole):
    """On the pages of the stages by group, and in the profiles of those who wrote it."""
    processed = whole.parents[1] / "data" / "processed" / whole.name
    fields = {"future": "evidence", "external": "evidence", "readiness": "evidence",
              "spbe": "evidence", "pemdi": "evidence", "pemdi_users": "evidence",
              "evaluation": "evidence", "gap": "note", "swot": "note"}  # fmt: skip
    parts = [
        pd.read_parquet(processed / f"{t}.parquet").dropna(subset=f).set_index("unit")[f]
        for t, f in fields.items()
    ]
    categories = pd.read_csv(RAW / "2023" / "instrument" / "categories.csv").query(
        "scheme == 'group'"
    )
    texts, writers = {True: [], False: []}, set()
    profiled = {report for report in edition.exhibits(whole) if report.startswith("units/")}
    for report, contents in edition.exhibits(whole).items():
        for content in contents:
            keys = [column["key"] for column in content.get("columns", ())]
            if "written" in keys:
                texts[report.startswith("units/")] += [
                    row[keys.index("written")] for row in content["rows"]
                ]
            if "written_by" in keys:
                cells = [row[keys.index("written_by")] for row in content["rows"]]
                writers |= {name for cell in cells for name in re.split(", (?:dan )?| dan ", cell)}
    asked = pd.concat(parts)
    profiles = {report.removeprefix("units/") for report in profiled}
    assert sorted(texts[False]) == sorted(asked) and len(asked) > 20
    assert sorted(texts[True]) == sorted(asked[asked.index.isin(profiles)])
    assert writers and writers <= set(categories["name"])


def test_the_ledger_holds_every_claim_once(whole, ledger):
    assert all(tuple(row) == COLUMNS for row in ledger)
    ids = [row["id"] for row in ledger]
    assert len(ids) == len(set(ids)) > 150
    made = {}
    for contents in edition.exhibits(whole).values():
        for row in (row for c in contents for row in c.get("ledger", [])):
            assert made.setdefault(row["id"], row) == row
    assert {row["id"]: row for row in ledger} == made


def test_what_a_page_quotes_stands_in_the_ledger_at_its_level(whole, ledger):
    known = {row["id"]: row for row in ledger}
    for page, ids in edition.quoted(whole).items():
        assert ids <= set(known), page
    for contents in edition.exhibits(whole).values():
        for finding in (item for c in contents for item in c.get("items", [])):
            if finding["claim"]:
                assert finding["level"] == known[finding["claim"]]["level"], finding
    assert len(edition.quoted(whole)["index.html"]) >= 5


def test_a_row_that_shows_a_claim_shows_its_interval_and_its_level(whole, ledger):
    known, shown = {row["id"]: row for row in ledger}, 0
    for report, contents in edition.exhibits(whole).items():
        for content in (c for c in contents if c.get("claims")):
            names = [column["key"] for column in content["columns"]]
            for id, values in zip(content["claims"], content["rows"], strict=True):
                row = dict(zip(names, values, strict=True))
                if not id:
                    continue
                where, claim = (report, content["title"], id), known[id]
                if interval := row.get("interval") or [row[n] for n in ("low", "high") if n in row]:
                    assert interval == pytest.approx([claim["low"], claim["high"]]), where
                    shown += 1
                if "level_name" in row:
                    assert row["level_name"] == tables.chip(claim["level"]), where
    assert shown > 100


def test_the_level_is_read_from_the_interval(ledger):
    for row in ledger:
        if row["level"] == "clear":
            assert row["p"] < row["alpha"] and row["turns"] == "", row


def test_spreadsheets_hold_the_numbers_of_the_exhibits(whole):
    for report, contents in edition.exhibits(whole).items():
        path = whole / "tables" / f"{report}.xlsx"
        if not path.is_file():
            continue
        shown = [c for c in contents if c["kind"] in ("table", "chart") and c["rows"]]
        book = load_workbook(path)
        sheets = [s for s in book if s.title.startswith(("Tabel", "Gambar"))]
        written = sorted(_numbers(v for s in sheets for row in s.iter_rows(5) for v in row))
        expected = sorted(_numbers(_flat(shown)))
        assert written == pytest.approx(expected), report


def _numbers(values):
    plain = (getattr(value, "value", value) for value in values)
    return [float(v) for v in plain if isinstance(v, int | float) and not isinstance(v, bool)]


def _flat(contents):
    for content in contents:
        for row in content["rows"]:
            for value in row:
                yield from value if isinstance(value, list | tuple) else [value]
