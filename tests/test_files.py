"""Every exhibit taken away: the files are opened again, and say what they show and whose it is."""

import csv
import json
import re
from xml.etree import ElementTree

import openpyxl
import pandas as pd
import pytest
from PIL import Image

from analysis import charts, tables
from analysis.origin import Source
from analysis.stages import readiness
from tests.stages.answers import Answers

PARAMETERS = {"period": "2023", "units": ["rsud", "dukcapil"], "threshold": 2.6}
SOURCE = Source("data CONTOH (sintetis), 2 perangkat daerah, 2023", PARAMETERS, "ab" * 32)
FRAME = pd.DataFrame(
    {
        "name": ["=1+1", "Dinas, “B”"],
        "mean": [2.71828, None],
        "low": [2.5, None],
        "high": [2.9, None],
        "n": [33, 0],
    }
)
FRAME.attrs = {"source": SOURCE, "declared": tuple(FRAME.columns)}
TITLE, NOTE = "Judul tabel", "Catatan ini."
EXHIBITS = {
    "table": tables.table(FRAME, TITLE, ["name", "mean", "interval", "n"], note=NOTE),
    "chart": charts.ranked(FRAME, "name", "mean", title=TITLE, note=NOTE),
}
LISTS = {
    "keys": tables.key_figures([{"label": "Indeks", "value": 2.71}], source=SOURCE),
    "findings": tables.findings("Digital paling rendah.", source=SOURCE),
    "copies": tables.copies([("Surat", "Yth.")], TITLE),
    "methods": tables.methods("bootstrap"),
}


@pytest.fixture(params=EXHIBITS)
def exhibit(request):
    return EXHIBITS[request.param]


def test_a_png_says_title_note_source_parameters_and_data(exhibit, tmp_path):
    exhibit.save(tmp_path / "x.png")
    told = Image.open(tmp_path / "x.png").info
    assert (told["Title"], told["Source"]) == (TITLE, SOURCE)
    assert json.loads(told["Parameters"]) == PARAMETERS
    assert told["Data"] == "sha256 " + "ab" * 32
    assert told["Description"] == exhibit.content.get("alt", NOTE)


def test_an_svg_shows_and_says_them(exhibit, tmp_path):
    exhibit.save(tmp_path / "x.svg")
    root = ElementTree.parse(tmp_path / "x.svg").getroot()
    shown = [t.text for t in root.iter("{http://www.w3.org/2000/svg}text")]
    assert TITLE in shown and NOTE in shown
    assert "Sumber: data CONTOH (sintetis)" in " ".join(shown)
    dc = "{http://purl.org/dc/elements/1.1/}"
    assert root.find(f".//{dc}title").text == TITLE
    assert root.find(f".//{dc}source").text == SOURCE
    words = " ".join(root.find(f".//{dc}subject").itertext())
    assert '"threshold": 2.6' in words and "ab" * 32 in words
    assert root.find(f".//{dc}date") is None


def test_a_pdf_says_them(exhibit, tmp_path):
    exhibit.save(tmp_path / "x.pdf")
    held = (tmp_path / "x.pdf").read_bytes()
    plain = re.sub(rb"\\(.)", rb"\1", held)
    assert f"/Title ({TITLE})".encode() in plain
    assert b"/Subject (data CONTOH" in plain and b'"threshold": 2.6' in plain
    assert b"CreationDate" not in held


def test_a_workbook_shows_and_says_them_and_its_texts_stay_texts(exhibit, tmp_path):
    exhibit.save(tmp_path / "x.xlsx")
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    cells = [[cell.value for cell in row] for row in book.active.iter_rows()]
    assert cells[0][0] == TITLE and cells[1][0] == SOURCE
    heads = {"table": ["Selang bawah", "Selang atas", "n"], "chart": ["Batas bawah", "Batas atas"]}
    assert cells[4] == ["Nama", "Rerata", *heads[exhibit.content["kind"]]]
    assert cells[5][:2] == ["=1+1", 2.71828] and book.active["A6"].data_type == "s"
    assert [row[0] for row in cells[-2:]] == [NOTE, f"Sumber: {SOURCE}"]
    about = book.properties
    assert (about.title, about.subject) == (TITLE, SOURCE)
    assert '"threshold": 2.6' in about.description and "ab" * 32 in about.description
    assert not (tmp_path / "x.xlsx-metadata.json").exists()


def test_a_csv_says_them_beside_it_and_no_text_in_it_is_worked_out(exhibit, tmp_path):
    exhibit.save(tmp_path / "x.csv")
    with (tmp_path / "x.csv").open(encoding="utf-8-sig", newline="") as file:
        heads, *rows = csv.reader(file)
    assert heads[:4] == ["name", "mean", "low", "high"]
    assert rows[0][:4] == ["'=1+1", "2.71828", "2.5", "2.9"]
    assert rows[1][:4] == ["Dinas, “B”", "", "", ""]
    told = json.loads((tmp_path / "x.csv-metadata.json").read_text("utf-8"))
    assert (told["dc:title"], told["dc:description"], told["dc:source"]) == (TITLE, NOTE, SOURCE)
    assert told["masterplan:parameters"] == PARAMETERS and "ab" * 32 in told["masterplan:data"]
    named = {c["name"]: (c["titles"], c["datatype"]) for c in told["tableSchema"]["columns"]}
    assert named["name"] == ("Nama", "string") and named["mean"] == ("Rerata", "number")


@pytest.mark.parametrize("ending", ["png", "svg", "pdf", "xlsx", "csv"])
def test_the_same_exhibit_is_the_same_file(ending, exhibit, tmp_path):
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        exhibit.save(tmp_path / name / f"x.{ending}")
    one, other = ((tmp_path / name / f"x.{ending}").read_bytes() for name in ("a", "b"))
    assert one == other


def test_the_rows_are_a_frame_that_can_be_shown_again():
    frame = EXHIBITS["table"].frame
    assert list(frame) == ["name", "mean", "low", "high", "n"]
    assert frame["mean"].tolist()[0] == 2.71828 and frame["low"].isna().tolist() == [False, True]
    again = tables.table(frame)
    assert again.content["source"] == SOURCE
    assert again.content["source"].parameters == PARAMETERS


@pytest.mark.parametrize("kind", LISTS)
def test_what_is_no_table_is_a_list_of_rows_too(kind, tmp_path):
    exhibit = LISTS[kind]
    assert len(exhibit.frame) == 1
    exhibit.save(tmp_path / "x.csv")
    exhibit.save(tmp_path / "x.xlsx")
    cells = openpyxl.load_workbook(tmp_path / "x.xlsx").active
    assert cells["A1"].value == exhibit.content["title"]
    assert cells["A2"].value in (exhibit.content.get("source"), None)
    with pytest.raises(ValueError, match=r"“\.png”; akhiran yang dapat: \.xlsx dan \.csv"):
        exhibit.save(tmp_path / "x.png")


@pytest.mark.parametrize("name", ["x.docx", "x", "x.PNG.bak"])
def test_an_unknown_ending_is_told_with_those_that_there_are(name, exhibit, tmp_path):
    with pytest.raises(ValueError, match=r"\.xlsx, \.csv, \.png, \.svg, dan \.pdf"):
        exhibit.save(tmp_path / name)
    assert not list(tmp_path.iterdir())


def test_a_table_too_long_for_a_picture_says_so(tmp_path):
    long = tables.table(pd.DataFrame({"x": range(201)}))
    with pytest.raises(ValueError, match="201 baris"):
        long.save(tmp_path / "x.png")
    long.save(tmp_path / "x.xlsx")


def test_what_a_stage_made_says_with_which_settings():
    survey = Answers({}, source=SOURCE)
    source = readiness.of(survey, threshold=3.0, confidence=0.9).source
    assert source == SOURCE and source.data == SOURCE.data
    assert source.parameters == PARAMETERS | {"threshold": 3.0, "confidence": 0.9}
