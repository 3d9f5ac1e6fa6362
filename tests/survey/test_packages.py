"""Files as programs of the world pack them: read all the same, or told where they cannot be."""

import datetime
import struct
import zipfile

import pytest
import xlsxwriter

from analysis.survey.kept.ingest import ingest
from analysis.survey.returned import cells, compound, legacy, package
from analysis.survey.told.problems import Code
from tests import libreoffice
from tests.survey.packages import repacked, with_cell, xlsb
from tests.survey.tables import found, levels, readiness

SHEET = "3 Kesiapan Daerah"
OLE_BOOK = b"\x09\x08\x10\0\0\x06\x05\0" + bytes(12)


@pytest.fixture
def sent(city, write_workbook):
    """Ingest one workbook with levels 1, 2, 3, 4 after `change` was made to its file."""

    def sent(change, name="a.xlsx", sheets=None):
        path = city.responses / "a.xlsx"
        write_workbook(path, sheets or readiness("1", "2", "3", "4"))
        change(path)
        path.rename(path.with_name(name))
        return ingest(city)

    return sent


def _renamed(rename):
    return lambda path: path.write_bytes(
        repacked(path.read_bytes(), lambda name, data: (rename(name), data))
    )


def _moved(folder):
    """The parts in another folder than xl, as the package itself says."""

    def change(name, data):
        if name in ("_rels/.rels", "[Content_Types].xml"):
            data = data.replace(b"xl/", folder.encode())
        return name.replace("xl/", folder), data

    return lambda path: path.write_bytes(repacked(path.read_bytes(), change))


@pytest.mark.parametrize(
    "pack",
    [
        _renamed(lambda name: name.replace("/", "\\")),
        _renamed(str.upper),
        _renamed(str.lower),
        _moved(""),
        _moved("isi/"),
    ],
    ids=["backslashes", "capitals", "small letters", "root", "another folder"],
)
def test_parts_wherever_they_lie(sent, pack):
    def change(path):
        with_cell(path, "C3", '<c r="C3" t="e"><v>#REF!</v></c>')
        pack(path)

    tables = sent(change)
    assert levels(tables) == [1, None, 3, 4]
    assert found(tables, "sheet", "cell") == [("FORMULA_ERROR", SHEET, "C3")]


@pytest.mark.parametrize("folder", ["kiriman\\", "kiriman\\lagi\\", "a/b\\"])
def test_zips_with_backslashes(city, write_workbook, tmp_path, folder):
    made = write_workbook(tmp_path / "a.xlsx", readiness("1", "2", "3", "4")).read_bytes()
    held = {"": b"", "a.xlsx": made, "~$a.xlsx": b"x", "Thumbs.db": b"x", ".hidden": b"x"}
    path = city.responses / "semua.zip"
    path.parent.mkdir(parents=True)
    with zipfile.ZipFile(path, "w") as packed:
        for name, data in held.items():
            info = zipfile.ZipInfo("x")
            info.filename = folder + name
            packed.writestr(info, data)
    tables = ingest(city)
    assert levels(tables) == [1, 2, 3, 4]
    assert found(tables) == []
    assert tables["sources"]["file"].tolist() == [
        "data/raw/2023/responses/semua.zip/" + folder.replace("\\", "/") + "a.xlsx"
    ]


@pytest.mark.parametrize(
    "head",
    [
        OLE_BOOK + b"\x2f\0\x36\0\x01\0",
        OLE_BOOK + b"\x86\0\0\0\x2f\0\x36\0\x01\0",  # a word to write, too
        b"\x09\x08\x08\0\0\x05\x05\0" + bytes(4) + b"\x2f\0\x04\0",  # Excel 95
        "EncryptedPackage".encode("utf-16-le"),
        "ENCRYPTEDPACKAGE".encode("utf-16-le"),
    ],
    ids=["97", "97 write-protected", "95", "package", "capitals"],
)
def test_old_workbooks_with_a_password(city, send, head):
    path = city.responses / "b.xls"
    path.parent.mkdir(parents=True)
    path.write_bytes(package.OLE + "Workbook".encode("utf-16-le") + bytes(512) + head + bytes(512))
    tables = send(("a.xlsx", readiness("1", "2", "3", "4")))
    assert levels(tables) == [1, 2, 3, 4]
    assert found(tables) == [("ENCRYPTED",)]


@libreoffice.needed
@pytest.mark.parametrize("stream", ["Workbook", "WORKBOOK", "workbook"])
def test_old_workbooks_whatever_the_case_of_their_stream(city, write_workbook, tmp_path, stream):
    made = write_workbook(tmp_path / "a.xlsx", readiness("1", "2", "3", "4"))
    folder = city.responses
    folder.mkdir(parents=True)
    path = libreoffice.save_as(made, "xls", folder, tmp_path / "profile")
    old, new = "Workbook".encode("utf-16-le"), stream.encode("utf-16-le")
    path.write_bytes(path.read_bytes().replace(old, new))
    tables = ingest(city)
    assert levels(tables) == [1, 2, 3, 4]


@libreoffice.needed
def test_old_workbooks_in_whose_records_nothing_can_be_looked_for(
    write_workbook, tmp_path, monkeypatch
):
    """LibreOffice writes none of Excel 95; here the version is hidden from what looks for it."""
    made = write_workbook(tmp_path / "a.xlsx", readiness("1", "2", "3", "4"))
    path = libreoffice.save_as(made, "xls", tmp_path / "old", tmp_path / "profile")
    assert cells.read(path.read_bytes()).remarks == []
    monkeypatch.setattr(legacy, "stream", lambda content, name: b"\x09\x08\x08\0\0\x05")
    assert cells.read(path.read_bytes()).remarks == [(Code.OLD_FORMAT, {})]


@pytest.mark.parametrize(
    "error",
    ["#GETTING_DATA", "#SPILL!", "#FIELD!", "#BLOCKED!", "#BUSY!", "#PYTHON!", "#BARU?"],
)
def test_an_error_nobody_knows_costs_its_cell(sent, error):
    def change(path):
        with_cell(path, "C3", f'<c r="C3"{{s}} t="e"><f>A1#</f><v>{error}</v></c>')

    tables = sent(change)
    assert levels(tables) == [1, None, 3, 4]
    assert found(tables, "sheet", "cell", "value") == [("FORMULA_ERROR", SHEET, "C3", error)]


@pytest.mark.parametrize(
    "formula",
    [
        '<f t="shared" ref="C3:C4" si="0">C2+1</f>',
        '<f t="shared" si="0"/>',
        '<f t="shared" si="0"></f><v></v>',
        '<f t="shared" si="0"/><v/>',
        '<f t="array" ref="C3">SUM(C2)</f>',
    ],
)
def test_a_shared_formula_that_was_never_computed(sent, formula):
    tables = sent(lambda path: with_cell(path, "C3", f'<c r="C3"{{s}}>{formula}</c>'))
    assert levels(tables) == [1, None, 3, 4]
    assert found(tables, "sheet", "cell") == [("FORMULA_WITHOUT_VALUE", SHEET, "C3")]


def test_a_shared_formula_that_was_computed(sent):
    formula = '<c r="C3"{s}><f t="shared" si="0"/><v>2</v></c>'
    assert levels(sent(lambda path: with_cell(path, "C3", formula))) == [1, 2, 3, 4]


def test_errors_in_a_binary_workbook_are_told_with_their_cells(city):
    identity = [["ID unit", "bappeda"], ["Kode kota", "1273"], ["Periode", "2023"]]
    answers = [["Kode", "Bukti atau alasan", "Tingkat"], ["KS01", "", 1], ["KS02", "", "#DIV/0!"]]
    answers += [["KS03", "", "#N/A"], ["KS04", "", "#REF!"]]
    path = city.responses / "a.xlsb"
    path.parent.mkdir(parents=True)
    path.write_bytes(xlsb({"Identitas": identity, SHEET: answers}))
    tables = ingest(city)
    assert levels(tables) == [1, None, None, None]
    assert found(tables, "sheet", "cell", "value") == [
        ("FORMULA_ERROR", SHEET, "C3", "#DIV/0!"),
        ("FORMULA_ERROR", SHEET, "C4", "#N/A"),
        ("FORMULA_ERROR", SHEET, "C5", "#REF!"),
    ]


@pytest.mark.parametrize("kind", ["xlsx", pytest.param("ods", marks=libreoffice.needed)])
def test_days_since_1904(city, tmp_path, kind):
    """A number that only looks like a date is one here, too; a date is none."""
    folder = city.responses
    folder.mkdir(parents=True)
    path = (folder if kind == "xlsx" else tmp_path) / "a.xlsx"
    with xlsxwriter.Workbook(path, {"date_1904": True}) as book:
        sheet = book.add_worksheet("Identitas")
        sheet.write_column("A1", ["ID unit", "Kode kota", "Periode"])
        sheet.write_column("B1", ["bappeda", "1273", "2023"])
        sheet = book.add_worksheet(SHEET)
        sheet.write_row("A1", ["Kode", "Tingkat"])
        sheet.write_column("A2", ["KS01", "KS02", "KS03", "KS04"])
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_number("B2", 1, day)
        sheet.write_number("B3", 3, day)
        sheet.write_datetime("B4", datetime.date(2023, 5, 4), day)
        sheet.write_number("B5", 5, day)
    if kind == "ods":
        libreoffice.save_as(path, "ods", folder, tmp_path / "profile")
    tables = ingest(city)
    assert levels(tables) == [1, 3, None, 5]
    assert ("STORED_AS_DATE", "B4") in found(tables, "cell")


@pytest.mark.parametrize(
    "stored", ["4.000000000000001", "3.9999999999999996", "4.0000000000000009"]
)
def test_a_number_counts_as_far_as_it_is_shown(sent, stored):
    tables = sent(lambda path: with_cell(path, "C5", f'<c r="C5"><v>{stored}</v></c>'))
    assert levels(tables) == [1, 2, 3, 4]
    assert found(tables) == []


@pytest.mark.parametrize("stored", ["4.00000000001", "3.5", "4.1"])
def test_a_number_that_is_shown_as_a_fraction_is_none(sent, stored):
    tables = sent(lambda path: with_cell(path, "C5", f'<c r="C5"><v>{stored}</v></c>'))
    assert found(tables, "cell", "value") == [("NOT_WHOLE", "C5", stored)]


@pytest.mark.parametrize("typed", ["kode _x0041_ contoh", "_x000D_", "a_x005F_b"])
def test_what_looks_like_an_escape_is_as_it_was_typed(send, typed):
    sheets = readiness("1", "2", "3", "4")
    sheets[SHEET] = sheets[SHEET].replace("laporan 2022", typed)
    tables = send(("a.xlsx", sheets))
    assert tables["readiness"]["evidence"].tolist()[0] == typed


def test_an_escape_is_undone_once(sent):
    xml = '<c r="D2" t="inlineStr"><is><t>_x005F_x0041_ _x0042_</t></is></c>'
    tables = sent(lambda path: with_cell(path, "D2", xml))
    assert tables["readiness"]["evidence"].tolist()[0] == "_x0041_ B"


@pytest.mark.parametrize("loop", [False, True])
def test_streams_of_old_files(loop):
    """A long list of sectors, a name in capitals, and a chain that bites its own tail."""
    count = 40_000  # sectors of half a KB: more tables than the head of the file lists
    chain = [*range(1, count), 0 if loop else 0xFFFFFFFE]
    title = "WORKBOOK\0".encode("utf-16-le")
    entry = title.ljust(64, b"\0") + struct.pack("<H50xIII", len(title), 0, 512 * count - 7, 0)
    directory, per = count, 128
    numbers = [*chain, 0xFFFFFFFE]
    numbers += [0xFFFFFFFF] * (-len(numbers) % per)
    tables = list(range(count + 1, count + 1 + len(numbers) // per))
    listed = tables[109:]
    lists = [listed[n : n + per - 1] for n in range(0, len(listed), per - 1)]
    first = tables[-1] + 1
    blocks = b""
    for n, block in enumerate(lists, start=first + 1):
        after = n if n < first + len(lists) else 0xFFFFFFFE
        block += [0xFFFFFFFF] * (per - 1 - len(block)) + [after]
        blocks += struct.pack(f"<{per}I", *block)
    head = package.OLE.ljust(30, b"\0")
    head += struct.pack("<HH14xI4xI8xII", 9, 6, directory, 4096, first, len(lists))
    head += struct.pack("<109I", *tables[:109])
    content = head + b"".join(struct.pack("<I", n) * 128 for n in range(count))
    content += entry.ljust(512, b"\0") + struct.pack(f"<{len(numbers)}I", *numbers) + blocks
    found = compound.stream(content, "workbook")
    assert len(found) == 512 * count - 7
    assert found[512 * 7 :].startswith(struct.pack("<I", 7))
    assert compound.stream(content, "book") == b""
