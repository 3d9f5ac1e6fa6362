"""What lies on a sheet and is in no cell is told with its place, and who wrote it is not."""

import base64
import io
import re
import struct
import zipfile

import pytest
import xlsxwriter

from analysis.survey.kept.ingest import ingest
from analysis.survey.returned import cells
from tests import libreoffice
from tests.survey.packages import record, relations, repacked, wide, xlsb
from tests.survey.tables import found, levels

SHEET = "3 Kesiapan Daerah"
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
LINK = "Learn more: https://go.microsoft.com/fwlink/?linkid=870924"


@pytest.fixture
def drawn(city, tmp_path):
    """Ingest a workbook with levels 1, 2, 3, 4 after `draw` was at its sheets, and `change`.

    With an `ending`, as LibreOffice saves it so.
    """

    def drawn(draw, change=None, ending=None):
        folder = city.responses
        folder.mkdir(parents=True)
        path = (tmp_path if ending else folder) / "a.xlsx"
        with xlsxwriter.Workbook(path) as book:
            sheet = book.add_worksheet("Identitas")
            sheet.write_column("A1", ["ID unit", "Kode kota", "Periode"])
            sheet.write_column("B1", ["bappeda", "1273", "2023"])
            draw(sheet, "Identitas")
            sheet = book.add_worksheet(SHEET)
            sheet.write_row("A1", ["Kode", "Pernyataan", "Tingkat", "Bukti atau alasan"])
            sheet.write_column("A2", ["KS01", "KS02", "KS03", "KS04"])
            sheet.write_column("C2", [1, 2, 3, 4])
            sheet.write("D2", "laporan")
            draw(sheet, SHEET)
        if change:
            path.write_bytes(repacked(path.read_bytes(), change))
        if ending:
            libreoffice.save_as(path, ending, folder, tmp_path / "profile")
        tables = ingest(city)
        assert levels(tables) == [1, 2, 3, 4]
        assert tables["readiness"]["evidence"].fillna("").tolist() == ["laporan", "", "", ""]
        problems = found(tables, "sheet", "cell", "value")
        counts = tables["reconciliation"].drop(columns=["file", "unit"]).iloc[0]
        assert counts["cells"] == counts.drop("cells").sum()
        assert counts["unexpected"] == len(problems)
        return problems

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


def test_captions_of_controls(drawn):
    """They are drawn in VML, as the frames of notes are, and by newer versions in a shape, too."""

    def draw(sheet, name):
        if name == SHEET:
            sheet.insert_button("C3", {"caption": "sudah benar & final"})
            sheet.insert_button("C4", {"caption": "setuju"})
            sheet.insert_textbox("C4", "setuju")
            sheet.write_comment("C5", "catatan biasa")

    assert drawn(draw) == [
        ("COMMENT", SHEET, "C5", "catatan biasa"),
        ("TEXT_BOX", SHEET, "C4", "setuju"),
        ("TEXT_BOX", SHEET, "C3", "sudah benar & final"),
    ]


def test_words_in_diagrams(drawn):
    relation = (
        '<Relationship Id="rId9" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/diagramData" Target="../diagrams/data1.xml"/></Relationships>'
    )
    point = "<dgm:pt><dgm:t><a:p><a:r><a:t>{}</a:t></a:r></a:p></dgm:t></dgm:pt>"
    words = ["langkah satu", "langkah dua"]

    def change(name, data):
        if name == "xl/drawings/_rels/drawing1.xml.rels":
            data = data.replace(b"</Relationships>", relation.encode())
        if name == "xl/drawings/drawing1.xml":
            start, end = data.index(b"<xdr:pic>"), data.index(b"</xdr:pic>")
            frame = b'<xdr:graphicFrame><dgm:relIds r:dm="rId9" r:lo="rId1"/></xdr:graphicFrame>'
            data = data[:start] + frame + data[end + 10 :]
        if name == "docProps/app.xml":  # a part that nobody misses makes way
            name, data = "xl/diagrams/data1.xml", "".join(map(point.format, words)).encode()
        return name, data

    def draw(sheet, name):
        if name == SHEET:
            sheet.insert_image("C4", "foto.png", {"image_data": io.BytesIO(PIXEL)})

    assert drawn(draw, change) == [("TEXT_BOX", SHEET, "C4", "langkah satu langkah dua")]


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


@libreoffice.needed
@pytest.mark.parametrize("ending", ["xlsx", "ods", "xls"])
def test_in_each_kind_of_file(drawn, ending):
    """Over answers that are texts, numbers and empty, and on a sheet of names."""

    def draw(sheet, name):
        if name == "Identitas":
            sheet.insert_textbox("B2", "Budi Santoso")
            return
        sheet.insert_textbox("C3", "seharusnya  dua\nkata kami")
        sheet.insert_textbox("D2", "lihat lampiran")
        sheet.insert_textbox("D3", "")
        sheet.insert_image("D4", "foto.png", {"image_data": io.BytesIO(PIXEL)})
        sheet.write_comment("C5", "baris satu\nbaris dua", {"author": "petugas"})
        sheet.write_comment("D2", "benar", {"author": "petugas"})

    assert sorted(drawn(draw, ending=ending), key=lambda p: (p[2], p[0])) == [
        ("TEXT_BOX", "Identitas", "B2", "•••"),
        ("TEXT_BOX", SHEET, "C3", "seharusnya dua kata kami"),
        ("COMMENT", SHEET, "C5", "baris satu baris dua"),
        ("COMMENT", SHEET, "D2", "benar"),
        ("TEXT_BOX", SHEET, "D2", "lihat lampiran"),
        ("PICTURE", SHEET, "D4", ""),
    ]


def test_in_a_binary_workbook(city):
    """Its notes are records, its drawings and threads XML."""
    identity = [["ID unit", "bappeda"], ["Kode kota", "1273"], ["Periode", "2023"]]
    answers = [["Kode", "Bukti atau alasan", "Tingkat"]]
    answers += [[f"KS0{n}", "", n] for n in range(1, 5)]

    def note(row, text):
        return record(635, struct.pack("<IIIII", 0, row, row, 2, 2) + bytes(16)) + record(
            637, b"\0" + wide(text)
        )

    anchor = "<xdr:from><xdr:col>2</xdr:col><xdr:row>3</xdr:row></xdr:from>"
    words = "<a:p><a:r><a:t>seharusnya lima</a:t></a:r></a:p>"
    thread = '<threadedComment ref="C3" id="{1}"><text>ya, dua</text></threadedComment>'
    path = city.responses / "a.xlsb"
    path.parent.mkdir(parents=True)
    beside = {
        "xl/worksheets/_rels/sheet2.bin.rels": relations(
            ("comments", "../comments1.bin"),
            ("drawing", "../drawings/drawing1.xml"),
            ("threadedComment", "../threaded.xml"),
        ),
        "xl/comments1.bin": record(632, wide("petugas"))
        + note(1, "petugas:\nbenar satu")
        + note(2, "isi lama"),
        "xl/threaded.xml": thread,
        "xl/drawings/drawing1.xml": f"<xdr:twoCellAnchor>{anchor}{words}</xdr:twoCellAnchor>",
    }
    path.write_bytes(xlsb({"Identitas": identity, SHEET: answers}, beside))
    tables = ingest(city)
    assert levels(tables) == [1, 2, 3, 4]
    assert found(tables, "sheet", "cell", "value") == [
        ("COMMENT", SHEET, "C2", "benar satu"),
        ("COMMENT", SHEET, "C3", "ya, dua"),
        ("TEXT_BOX", SHEET, "C4", "seharusnya lima"),
    ]


def test_shapes_of_an_ods_in_groups_on_the_page_and_below_rows_that_stand_for_many():
    shape = "<draw:rect><text:p>{}</text:p></draw:rect>"
    content = f"""<office:document-content
        xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
        xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
        xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
        xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0">
      <office:body><office:spreadsheet><table:table table:name="A">
      <table:shapes>{shape.format("di mana saja")}</table:shapes>
      <table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>
      <table:table-row>
        <table:table-cell office:value-type="string" table:number-columns-repeated="2">
          <text:p>isi<text:s text:c="2"/>sel<text:line-break/>lagi</text:p>
          <draw:g><draw:g>{shape.format("satu")}</draw:g>{shape.format("dua")}</draw:g>
        </table:table-cell>
        <table:table-cell><draw:frame><draw:object/><draw:image/></draw:frame></table:table-cell>
        <table:table-cell><draw:frame><draw:image/></draw:frame></table:table-cell>
        <table:table-cell office:value-type="string"><text:p>a<text:line-break/>b</text:p>
        </table:table-cell>
      </table:table-row></table:table></office:spreadsheet></office:body>
      </office:document-content>"""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as out:
        out.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        out.writestr("META-INF/manifest.xml", "<manifest/>")
        out.writestr("content.xml", re.sub(r">\s+<", "><", content))
    book = cells.read(stream.getvalue())
    assert book.sheets["A"] == [(3, 0, "isi  sel\nlagi"), (3, 1, "isi  sel\nlagi"), (3, 4, "a\nb")]
    assert book.drawn["A"] == [(0, 0, "di mana saja"), (3, 0, "satu\ndua"), (3, 3, "")]


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
