"""Files that are damaged or hostile: each costs itself alone, and its bytes never change."""

import hashlib
import io
import os
import struct
import threading
import time
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from analysis.survey.kept.ingest import ingest
from analysis.survey.returned import package
from analysis.survey.returned.folder import files, sources
from analysis.survey.returned.reader import Reader
from analysis.survey.returned.workbook import Workbook
from analysis.survey.told.problems import Code
from tests.survey.tables import found, levels, readiness

GOOD = ("a.xlsx", readiness("1", "2", "3", "4"))


@pytest.fixture
def beside(city, send):
    """Ingest a good workbook beside a file `bad` with these bytes; returns what is told of it."""

    def beside(content: bytes, name="bad.xlsx"):
        path = city.responses / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        tables = send(GOOD)
        assert levels(tables) == [1, 2, 3, 4]
        assert path.read_bytes() == content
        mine = tables["sources"][tables["sources"]["file"].str.endswith(f"/{name}")]
        assert set(mine["sha256"]) <= {hashlib.sha256(content).hexdigest()}
        return [code for code, file in found(tables, "file") if "bad" in file]

    return beside


def packed(parts: dict[str, bytes], compression=zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def workbook(**changed: bytes) -> bytes:
    """A small workbook with some of its parts changed or added, by the end of their names."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        book.add_worksheet("A").write(0, 0, "x")
    with zipfile.ZipFile(stream) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return packed(parts | changed)


def part(name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(workbook())) as archive:
        return archive.read(name)


def test_zero_bytes(beside):
    assert beside(b"") == ["EMPTY_FILE"]


def test_only_spaces(beside):
    assert beside(b"\r\n  \0") == ["EMPTY_FILE"]


@pytest.mark.parametrize("share", [0.02, 0.3, 0.7, 0.99])
def test_truncated(beside, share):
    whole = workbook()
    assert beside(whole[: int(len(whole) * share)]) == ["DAMAGED"]


def test_not_a_workbook(beside):
    assert beside(b"selamat pagi") == ["NOT_A_WORKBOOK"]


def test_a_word_document_renamed(beside):
    content = packed({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"})
    assert beside(content) == ["NOT_A_WORKBOOK"]


def compound(*streams: str) -> bytes:
    """An OLE file whose directory names these streams, as password-protected workbooks have it."""
    names = b"".join(name.encode("utf-16-le").ljust(64, b"\0") + bytes(64) for name in streams)
    return package.OLE + bytes(504) + names.ljust(4096, b"\0")


def test_password_protected(beside):
    assert beside(compound("Root Entry", "EncryptionInfo", "EncryptedPackage")) == ["ENCRYPTED"]


def test_a_word_97_document_renamed(beside):
    assert beside(compound("Root Entry", "WordDocument")) == ["NOT_A_WORKBOOK"]


def test_a_damaged_excel_97_workbook(beside):
    assert beside(compound("Root Entry", "Workbook"), "bad.xls") == ["DAMAGED"]


def test_an_encrypted_opendocument(beside):
    mimetype = b"application/vnd.oasis.opendocument.spreadsheet"
    manifest = b"<manifest><manifest:encryption-data/></manifest>"
    parts = {"mimetype": mimetype, "content.xml": b"\x12\x07", "META-INF/manifest.xml": manifest}
    assert beside(packed(parts), "bad.ods") == ["ENCRYPTED"]


def test_a_zip_with_a_password(beside):
    content = bytearray(packed({"a.xlsx": workbook()}, zipfile.ZIP_STORED))
    directory = content.rindex(b"PK\x01\x02")
    content[directory + 8] |= 1
    assert beside(bytes(content), "bad.zip") == ["ENCRYPTED"]


def test_a_bomb_by_size(beside):
    assert beside(packed({f"{n}.xml": bytes(90_000_000) for n in range(3)})) == ["TOO_LARGE"]


def test_a_bomb_whose_directory_lies(beside):
    content = bytearray(workbook(**{"xl/worksheets/sheet1.xml": bytes(60_000_000)}))
    name = content.rindex(b"xl/worksheets/sheet1.xml")
    struct.pack_into("<L", content, name - 22, 1000)
    assert beside(bytes(content)) == ["DAMAGED"]


def test_a_bomb_by_entries(beside):
    assert beside(packed({f"{n}": b"" for n in range(3_000)})) == ["TOO_LARGE"]


def test_a_nested_bomb(beside):
    inner = packed({"0": bytes(1_000_000)})
    for _level in range(3):
        inner = packed({f"{n}.zip": inner for n in range(10)})
    assert set(beside(inner, "bad.zip")) == {"NESTED_ZIP"}


def test_more_than_a_questionnaire_can_weigh(beside):
    assert beside(workbook() + bytes(package.LARGEST)) == ["TOO_LARGE"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
def test_xml_entities(beside, encoding):
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
    sheet = part("xl/worksheets/sheet1.xml").decode().split("\n", 1)[1]
    content = workbook(**{"xl/worksheets/sheet1.xml": (bomb + sheet).encode(encoding)})
    assert beside(content) == ["XML_ENTITIES"]


def test_a_damaged_sheet_costs_itself(city, write_workbook, tmp_path):
    sheets = {**GOOD[1], "Rusak": "Kode | Dampak"}
    made = write_workbook(tmp_path / "a.xlsx", sheets)
    with zipfile.ZipFile(made) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/worksheets/sheet3.xml"] = b'<worksheet><sheetData><row r="1"><c r="!"></sheetData>'
    folder = city.responses
    folder.mkdir(parents=True)
    (folder / "a.xlsx").write_bytes(packed(parts))
    tables = ingest(city)
    assert levels(tables) == [1, 2, 3, 4]
    assert found(tables, "sheet") == [("DAMAGED_SHEET", "Rusak")]


def test_macros_and_external_links_are_told_and_left_alone(city, write_workbook, tmp_path):
    made = write_workbook(tmp_path / "a.xlsx", GOOD[1])
    with zipfile.ZipFile(made) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    extra = {"xl/vbaProject.bin": b"\0", "xl/externalLinks/externalLink1.xml": b"<externalLink/>"}
    folder = city.responses
    folder.mkdir(parents=True)
    (folder / "a.xlsm").write_bytes(packed(parts | extra))
    tables = ingest(city)
    assert levels(tables) == [1, 2, 3, 4]
    assert found(tables, "severity") == [("MACROS", "info"), ("EXTERNAL_LINKS", "info")]


def test_a_million_formatted_empty_rows(city, write_workbook, tmp_path):
    """As Excel leaves them where a whole column was coloured."""
    made = write_workbook(tmp_path / "a.xlsx", GOOD[1])
    with zipfile.ZipFile(made) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = "xl/worksheets/sheet2.xml"
    rows = b"".join(b'<row r="%d"><c r="A%d" s="0"/></row>' % (n, n) for n in range(9, 1_000_000))
    assert b"</sheetData>" in parts[name]
    parts[name] = parts[name].replace(b"</sheetData>", rows + b"</sheetData>")
    folder = city.responses
    folder.mkdir(parents=True)
    (folder / "a.xlsx").write_bytes(packed(parts))
    tables = ingest(city)
    assert levels(tables) == [1, 2, 3, 4]
    assert found(tables) == []


def test_a_stray_cell_in_the_last_corner(beside):
    """The reader wants memory for all cells between; its death costs this file alone."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet("A")
        sheet.write(0, 0, "x")
        sheet.write(1_048_575, 16_383, "y")
    assert beside(stream.getvalue()) == ["READER_DIED"]


def test_a_reader_that_hangs_costs_one_file(city, write_workbook, tmp_path):
    good = write_workbook(tmp_path / "good.xlsx", GOOD[1])
    slow = tmp_path / "slow.xlsx"
    slow.write_bytes(hanging())
    with Reader(seconds=0.5) as reader:
        begun = time.monotonic()
        slow_one, good_one = (found for _path, [found] in reader.each([slow, good]))
        assert time.monotonic() - begun < 20
        assert slow_one.content.code == Code.TOO_SLOW
        assert isinstance(good_one.content, Workbook)


def hanging() -> bytes:
    """A sheet that takes the reader's marks minutes: a million comments, none of which ends."""
    comments = b"<comments>" + b'<comment ref="A1">' * 60_000 + b"</comments>"
    relations = (
        b'<Relationships><Relationship Id="rId1" Type="x/comments" Target="../comments1.xml"/>'
        b"</Relationships>"
    )
    return workbook(
        **{"xl/comments1.xml": comments, "xl/worksheets/_rels/sheet1.xml.rels": relations}
    )


def test_a_reader_that_dies_costs_one_file(write_workbook, tmp_path):
    good = write_workbook(tmp_path / "good.xlsx", GOOD[1])
    with Reader() as reader:
        found = []
        for _path, [source] in reader.each([good] * 4):
            found.append(source.content)
            if len(found) == 1:
                reader._process.kill()
                reader._process.wait()
    # The next file is read meanwhile: what was ready before the kill is not lost.
    [lost] = [content for content in found if not isinstance(content, Workbook)]
    assert found.index(lost) in (1, 2) and lost.code == Code.READER_DIED


@pytest.mark.parametrize(
    "name",
    [
        "x" * 250 + ".xlsx",
        "\u202exslx.laisaz\u202c.xlsx",
        "كشف المدينة.xlsx",
        "ᯅᯖᯂ᯲ 🏛 kuesioner.xlsx",
        "$(touch x) `id` %s {0}.xlsx",
        "=HYPERLINK(1).xlsx",
        "a\x1b[31m.xlsx",
        "baris\nbaru.xlsx",
    ],
)
def test_names(city, send, name):
    tables = send((name, GOOD[1]))
    assert levels(tables) == [1, 2, 3, 4]
    [file] = tables["sources"]["file"]
    assert not any(c in file for c in "\u202e\u202c\x1b")
    assert file.isprintable() or "\n" in file


def test_a_name_that_is_no_text(city, send):
    folder = city.responses
    folder.mkdir(parents=True)
    Path(os.fsdecode(os.fsencode(folder) + b"/\xff\xfe.xlsx")).write_bytes(b"x,y")
    tables = send(GOOD)
    assert levels(tables) == [1, 2, 3, 4]
    [file] = [f for f in tables["sources"]["file"] if not f.endswith("a.xlsx")]
    assert file == "data/raw/2023/responses/��.xlsx"


def test_links_pipes_and_lock_files(city, send, tmp_path, write_workbook):
    secret = write_workbook(
        tmp_path / "rahasia.xlsx", readiness("5", "5", "5", "5", unit="kominfo")
    )
    folder = city.responses
    folder.mkdir(parents=True)
    (folder / "tautan.xlsx").symlink_to(secret)
    (folder / "folder").symlink_to(tmp_path)
    os.mkfifo(folder / "pipa.xlsx")
    (folder / "~$a.xlsx").write_bytes(b"x")
    (folder / ".~lock.a.xlsx#").write_bytes(b"x")
    (folder / "Thumbs.db").write_bytes(b"x")
    (folder / "dalam").mkdir()
    write_workbook(folder / "dalam" / "b.xlsx", readiness("2", "2", "2", "2", unit="siantar-barat"))
    tables = send(GOOD)
    assert levels(tables) == [1, 2, 3, 4]
    assert levels(tables, "kominfo") == []
    assert levels(tables, "siantar-barat") == [2, 2, 2, 2]
    place = "data/raw/2023/responses/"
    assert sorted(found(tables, "file")) == [
        ("LINK", place + "folder"),
        ("LINK", place + "tautan.xlsx"),
        ("NO_FILE", place + "pipa.xlsx"),
    ]


def test_a_file_that_vanishes(tmp_path):
    [source] = sources(tmp_path / "hilang.xlsx")
    assert source.content.code == Code.VANISHED


def test_a_file_that_changes_while_it_is_read(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook() + bytes(5_000_000))
    stop = threading.Event()

    def write():
        with path.open("ab", buffering=0) as file:
            while not stop.is_set():
                file.write(b"x")

    writer = threading.Thread(target=write)
    writer.start()
    try:
        codes = {sources(path)[0].content.code for _try in range(20)}
    finally:
        stop.set()
        writer.join()
    assert Code.CHANGING in codes


@pytest.mark.skipif(not hasattr(os, "fork"), reason="permissions are POSIX's here")
def test_no_read_permission(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook())
    path.chmod(0)
    tmp_path.chmod(0o755)
    os.chmod(tmp_path.parent, 0o755)
    child = os.fork()
    if child == 0:  # as nobody, since root may read everything
        try:
            os.chdir(tmp_path)
            if os.geteuid() == 0:
                os.setuid(65534)
            right = sources(Path("a.xlsx"))[0].content.code == Code.NO_PERMISSION
        finally:
            os._exit(0 if right else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_a_stray_file_does_not_put_the_sample_out_of_play(city, write_workbook):
    write_workbook(city.sample / "a.xlsx", GOOD[1])
    folder = city.responses
    folder.mkdir(parents=True)
    (folder / "catatan.pdf").write_bytes(b"%PDF")
    assert levels(ingest(city)) == [1, 2, 3, 4]
    assert files(folder) == [folder / "catatan.pdf"]


def test_twice_says_the_same(city, send, beside):
    beside(workbook())
    first, second = ingest(city), ingest(city)
    for name, frame in first.items():
        assert frame.equals(second[name]), name
