"""What lies on a sheet and is in no cell is told with its place, and who wrote it is not."""

import base64
import io

import pytest
import xlsxwriter

from analysis.survey.kept.ingest import ingest
from tests.survey.packages import repacked
from tests.survey.tables import found, levels

SHEET = "3 Kesiapan Daerah"
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
LINK = "Learn more: https://go.microsoft.com/fwlink/?linkid=870924"


@pytest.fixture
def drawn(city):
    """Ingest a workbook with levels 1, 2, 3, 4 after `draw` was at its sheet, and `change`."""

    def drawn(draw, change=None):
        path = city.responses("2023") / "a.xlsx"
        path.parent.mkdir(parents=True, exist_ok=True)
        with xlsxwriter.Workbook(path) as book:
            sheet = book.add_worksheet("Identitas")
            sheet.write_column("A1", ["ID unit", "Kode kota", "Periode"])
            sheet.write_column("B1", ["bappeda", "1273", "2023"])
            draw(sheet, "Identitas")
            sheet = book.add_worksheet(SHEET)
            sheet.write_row("A1", ["Kode", "Pernyataan", "Tingkat"])
            sheet.write_column("A2", ["KS01", "KS02", "KS03", "KS04"])
            sheet.write_column("C2", [1, 2, 3, 4])
            draw(sheet, SHEET)
        if change:
            path.write_bytes(repacked(path.read_bytes(), change))
        tables = ingest(city, "2023")
        assert levels(tables) == [1, 2, 3, 4]
        problems = found(tables, "sheet", "cell", "value")
        return [p for p in problems if p[0] != "MISSING_COLUMN"]

    return drawn


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("dua, lihat lampiran", "dua, lihat lampiran"),
        ("baris satu\nbaris dua", "baris satu baris dua"),
        ("a < b & c", "a < b & c"),
        ("hubungi 0812-3456-7890", "hubungi •••"),
    ],
)
def test_text_boxes(drawn, words, shown):
    def draw(sheet, name):
        if name == SHEET:
            sheet.insert_textbox("C3", words)

    assert drawn(draw) == [("TEXT_BOX", SHEET, "C3", shown)]


def test_text_boxes_beside_respondents_show_no_words(drawn):
    def draw(sheet, name):
        if name == "Identitas":
            sheet.insert_textbox("B2", "Budi Santoso")

    assert drawn(draw) == [("TEXT_BOX", "Identitas", "B2", "•••")]


def test_pictures_and_empty_shapes(drawn):
    def draw(sheet, name):
        if name == SHEET:
            sheet.insert_image("C4", "foto.png", {"image_data": io.BytesIO(PIXEL)})
            sheet.insert_textbox("E5", "")

    [(code, sheet, cell, _value)] = drawn(draw)
    assert (code, sheet, cell) == ("PICTURE", SHEET, "C4")


def test_shapes_of_other_programs(drawn):
    """Other prefixes, a group, and an anchor at no cell."""
    shape = "<p><r><t>{}</t></r></p>"
    anchors = (
        "<x:oneCellAnchor><x:from><x:col>2</x:col><x:colOff>0</x:colOff><x:row>2</x:row></x:from>"
        + shape.format("tiga")
        + "</x:oneCellAnchor><x:absoluteAnchor>"
        + shape.format("di mana saja")
        + "</x:absoluteAnchor>"
    )

    def change(name, data):
        if name == "xl/drawings/drawing1.xml":
            data = f"<x:wsDr>{anchors}</x:wsDr>".encode()
        return name, data

    def draw(sheet, name):
        if name == SHEET:
            sheet.insert_textbox("C3", "x")

    assert drawn(draw, change) == [
        ("TEXT_BOX", SHEET, "C3", "tiga"),
        ("TEXT_BOX", SHEET, "A1", "di mana saja"),
    ]


HEAD = "[Threaded comment]\n\nYour version of Excel allows you to read this threaded comment; "
LOCAL = "[Komentar berutas]\n\nVersi Excel Anda memungkinkan Anda membaca komentar ini. "


@pytest.mark.parametrize(
    ("note", "shown"),
    [
        (f"{HEAD}{LINK}\n\nComment:\n    seharusnya dua", "seharusnya dua"),
        (f"{HEAD}{LINK}\n\nComment:\n    dua?\nReply:\n    ya, dua", "dua? ya, dua"),
        (f"{LOCAL}{LINK}\n\nKomentar:\n    seharusnya dua", "seharusnya dua"),
        (f"{HEAD}{LINK}\r\n\r\nComment:\r\n    seharusnya dua", "seharusnya dua"),
        ("petugas:\nseharusnya dua", "seharusnya dua"),
        ("seharusnya dua\n\t-Budi Santoso", "seharusnya dua"),
        ("catatan: seharusnya dua", "catatan: seharusnya dua"),
    ],
)
def test_notes_as_programs_keep_them(drawn, note, shown):
    def draw(sheet, name):
        if name == SHEET:
            sheet.write_comment("C3", note, {"author": "petugas"})

    assert drawn(draw) == [("COMMENT", SHEET, "C3", shown)]


def test_threads_with_replies_and_without_a_note(drawn):
    relation = (
        '<Relationship Id="rId9" Type="http://schemas.microsoft.com/office/2017/10/relationships/'
        'threadedComment" Target="../threadedComments/threadedComment1.xml"/></Relationships>'
    )
    thread = (
        '<threadedComment ref="C3" personId="{1}" id="{2}"><text>benarkah dua?</text>'
        '</threadedComment><threadedComment ref="C3" personId="{3}" id="{4}" parentId="{2}">'
        "<text>ya &amp; pasti</text></threadedComment>"
    )

    def change(name, data):
        if name == "xl/worksheets/_rels/sheet2.xml.rels":
            data = data.replace(b"</Relationships>", relation.encode())
        if name == "docProps/app.xml":  # a part that nobody misses makes way
            name, data = "xl/threadedComments/threadedComment1.xml", thread.encode()
        return name, data

    def draw(sheet, name):
        if name == SHEET:
            sheet.write_comment("C3", "isi lama")
            sheet.write_comment("C4", "catatan biasa")

    assert drawn(draw, change) == [
        ("COMMENT", SHEET, "C3", "benarkah dua? ya & pasti"),
        ("COMMENT", SHEET, "C4", "catatan biasa"),
    ]
