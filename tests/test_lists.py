"""Tables that are handed on alone: found in executed notebooks, written as spreadsheets."""

import hashlib
import io
import json
from dataclasses import replace

import openpyxl
import pandas as pd
import pytest
from nbformat import v4

from analysis import desk, tables
from analysis.privacy import COVER
from analysis.reports.share import lists
from analysis.runs import executed
from analysis.runs.manifest import Entry, Manifest
from analysis.runs.shelf import Shelf
from tests.test_html import EDITION, SAMPLE, markdown, shows

ROWS = pd.DataFrame({
    "item": ["SP02", "SP01"], "level": [3, 4],
    "file": ['=HYPERLINK("http://x.invalid")', "KTP 1273041218500001.pdf"],
})  # fmt: skip
ENTRY = Entry("indices/uji", "Indeks Uji", "", "index", "ok", 1.0, {}, "", "", True, "")


def made(shelf: Shelf, entry: Entry = ENTRY, edition=EDITION) -> dict[str, bytes]:
    """What is handed on of a page with two tables, of which one is."""
    other = tables.table(ROWS[:1], "Bukan daftar", source="")
    listed = desk.handed(tables.table(ROWS, "Daftar uji", source=""), "Daftar/Bukti ../")
    notebook = v4.new_notebook(cells=[markdown("# Indeks"), shows(other), shows(listed)])
    content = json.dumps(notebook, ensure_ascii=False).encode()
    path = shelf.path(executed.name(entry.id))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    digest = hashlib.sha256(content).hexdigest()
    entry = replace(entry, files={executed.name(entry.id): digest})
    return lists.files(shelf, Manifest(edition, {}, {}, {entry.id: entry}))


def sheet(content: bytes):
    [only] = openpyxl.load_workbook(io.BytesIO(content)).worksheets
    return [[c for c in row if c is not None] for row in only.iter_rows(values_only=True)]


def test_a_list_keeps_the_order_of_its_page_and_is_called_after_the_index(tmp_path):
    [(name, content)] = made(Shelf(tmp_path)).items()
    assert name == "daftar-bukti-uji.xlsx"
    rows = sheet(content)
    assert rows[0] == ["Tabel 2. Daftar uji"]
    assert [row for row in rows if row and str(row[0]).startswith("SP")] == [
        ["SP02", 3, '=HYPERLINK("http://x.invalid")'],  # a text
        ["SP01", 4, f"KTP {COVER}.pdf"],
    ]
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert {c.data_type for row in book.worksheets[0] for c in row} <= {"s", "n"}


def test_what_is_a_sample_or_old_says_so(tmp_path):
    [content] = made(Shelf(tmp_path), replace(ENTRY, status="stale"), SAMPLE).values()
    rows = sheet(content)
    assert rows[0] == ["Tabel 2. Daftar uji · Laporan lama"] and "CONTOH" in rows[1][0]


@pytest.mark.parametrize("kind", ["stage", "internal", "unit"])
def test_only_pages_of_indices_hand_on_lists(tmp_path, kind):
    assert made(Shelf(tmp_path), replace(ENTRY, kind=kind)) == {}
