"""Spreadsheets are opened again by another program's reader, as their readers will."""

import io
import zipfile

import pandas as pd
from nbformat import v4
from python_calamine import CalamineWorkbook

from analysis import tables
from analysis.exhibits import MIME
from analysis.reports import document, html, spreadsheet

EDITION = html.Edition("Kota Contoh", "2023", "hari ini", 34, 33, 35, True, "ab" * 32, {})
FRAME = pd.DataFrame(
    {
        "name": ["=1+1", "https://jahat.example"],
        "mean": [2.71828, None],
        "low": [2.5, None],
        "high": [2.9, None],
        "missing": [0.034, 0.0],
        "gap": [-0.5, 1.25],
        "n": [33, 0],
        "year": [2023, 2024],
    }
)
FRAME.attrs["declared"] = tuple(FRAME.columns)
COLUMNS = ["name", "mean", "interval", "missing", "gap", "n", "year"]
FINDINGS = dict(tables.findings(["x"]).content)


def shown(*contents, number="") -> document.Document:
    """A document with these exhibits."""
    outputs = [v4.new_output("display_data", {}) for _content in contents]
    for output, content in zip(outputs, contents, strict=True):
        output.data[MIME] = content  # which JSON could not hold, in one test
    cell = v4.new_code_cell("1", outputs=outputs)
    return document.read(v4.new_notebook(cells=[cell]), number)


def opened(book: bytes) -> dict[str, list[list]]:
    reader = CalamineWorkbook.from_filelike(io.BytesIO(book))
    return {
        name: reader.get_sheet_by_name(name).to_python(skip_empty_area=False)
        for name in reader.sheet_names
    }


def table(title="=HYPERLINK(1)", **options):
    return dict(tables.table(FRAME, title, COLUMNS, **options).content)


def test_a_sheet_for_each_table_and_charts_numbers():
    chart = {**table("Grafik"), "kind": "chart", "alt": "-"}
    book = opened(
        spreadsheet.workbook(shown(FINDINGS, table(), chart, table(), number="3"), EDITION, "Judul")
    )
    assert list(book) == ["Daftar isi", "Tabel 3.1", "Gambar 3.1", "Tabel 3.2"]
    listed = [row[:2] for row in book["Daftar isi"][4:]]
    assert listed[:2] == [["Tabel 3.1", "=HYPERLINK(1)"], ["Gambar 3.1", "Grafik"]]


def test_a_workbook_of_one_exhibit_has_no_contents():
    sheets = opened(spreadsheet.workbook(shown(FINDINGS, table("Dua"), number="3"), EDITION, "J"))
    assert list(sheets) == ["Tabel 3.1"]
    assert sheets["Tabel 3.1"][0][0] == "Tabel 3.1. Dua"
    assert sheets["Tabel 3.1"][5][1] == 2.71828


def test_numbers_stay_numbers_and_text_stays_text():
    sheet = opened(
        spreadsheet.workbook(shown(table("Judul", note="=A1", source="@SUM")), EDITION, "+Judul")
    )["Tabel 1"]
    assert sheet[0][0] == "Tabel 1. Judul"
    assert sheet[1][0].startswith("DATA CONTOH")
    assert sheet[4] == [
        *("Nama", "Rerata", "Selang bawah", "Selang atas", "Kosong", "Kesenjangan", "n", "Tahun")
    ]
    assert sheet[5] == ["=1+1", 2.71828, 2.5, 2.9, 0.034, -0.5, 33.0, 2023.0]
    assert sheet[6] == ["https://jahat.example", "", "", "", 0.0, 1.25, 0.0, 2024.0]
    assert [row[0] for row in sheet[8:10]] == ["=A1", "Sumber: @SUM"]


def test_no_formula_no_outside_link_and_the_same_bytes():
    book, again = (spreadsheet.workbook(shown(table(), table()), EDITION, "=x") for _ in range(2))
    assert book == again
    with zipfile.ZipFile(io.BytesIO(book)) as package:
        parts = {name: package.read(name).decode() for name in package.namelist()}
    sheets = "".join(text for name, text in parts.items() if "worksheets/" in name)
    assert "<f>" not in sheets
    assert 'TargetMode="External"' not in "".join(parts.values())
    assert "Tabel 1'!A1" in sheets
    assert 'state="frozen"' in sheets


def test_odd_values_do_not_stop_a_workbook():
    content = table()
    content["rows"][0] = ["\x00\x1f" + "x" * 40_000, float("inf"), [None, 1.0], True, None, None, 1]
    sheet = opened(spreadsheet.workbook(shown(content), EDITION, "J"))["Tabel 1"]
    assert sheet[5][1:5] == ["", "", 1.0, "True"]


def test_real_answers_bear_no_mark_and_no_table_no_workbook():
    real = html.Edition(**{**vars(EDITION), "sample": False})
    sheets = opened(spreadsheet.workbook(shown(table()), real, "J"))
    assert not any("CONTOH" in str(cell) for rows in sheets.values() for r in rows for cell in r)
    assert spreadsheet.workbook(shown(FINDINGS), EDITION, "J") is None
