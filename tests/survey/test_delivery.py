"""What came back, wherever it was put: told, filed under its unit, never mixed with the sample."""

import io
import zipfile

import pytest
from click.testing import CliRunner

from analysis.cli import main
from analysis.survey.asked.register import units
from analysis.survey.kept import delivery, store
from analysis.survey.kept.ingest import ingest
from analysis.survey.told import letters
from tests.survey.tables import found, levels, readiness
from tests.survey.test_files import workbook

GOOD = readiness("1", "2", "3", "4")
LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") * 20
SCAN = b"%PDF-1.4 pindaian"


@pytest.fixture
def put(city, write_workbook):
    """Put files below data/raw and ingest: bytes, or a workbook of text tables."""

    def put(files: dict) -> dict:
        for name, content in files.items():
            path = city.raw / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(content, bytes):
                path.write_bytes(content)
            else:
                write_workbook(path, content)
        return ingest(city)

    return put


def letter(city, tables, unit: str) -> str:
    texts = letters.letters(tables["problems"], tables["sources"], units(city), "2023")
    return texts.get(unit, "")


def other(old: str, new: str) -> dict[str, str]:
    """The good workbook with something else on its sheet of identity."""
    return {name: table.replace(old, new) for name, table in GOOD.items()}


@pytest.mark.parametrize(
    "folder",
    [
        "2023/",
        "2023/masuk/",
        "responses/",
        "responses/masuk/",
        "2024/responses/",
        "lain/responses/",
    ],
)
def test_a_workbook_beside_its_periods_folder(city, put, write_workbook, folder):
    write_workbook(city.sample / "s.xlsx", readiness("5", "5", "5", "5"))
    tables = put({f"{folder}a.xlsx": GOOD})
    assert levels(tables) == []  # neither counted nor replaced by the sample
    assert found(tables, "file", "unit", "severity") == [
        ("MISPLACED", f"data/raw/{folder}a.xlsx", "bappeda", "error")
    ]
    text = letter(city, tables, "bappeda")
    assert "kami terima, tetapi" in text and "belum kami terima" not in text
    assert "“a.xlsx”" in text and "Silakan pindahkan" not in text


def test_another_periods_answers_in_their_own_folder_are_none_of_ours(city, put, write_workbook):
    write_workbook(city.sample / "s.xlsx", readiness("5", "5", "5", "5"))
    tables = put(
        {"2022/responses/a.xlsx": other('"2023"', '"2022"'), "2022/responses/scan.pdf": SCAN}
    )
    assert levels(tables) == [5, 5, 5, 5]
    assert found(tables) == []
    again = put({"2023/responses/b.xlsx": readiness("1", "1", "1", "1")})
    assert levels(again) == [1, 1, 1, 1]
    assert found(again) == []


def test_a_file_that_is_no_workbook_beside_the_folder(put):
    tables = put({"2023/Bappeda scan.pdf": SCAN})
    assert sorted(found(tables, "unit")) == [
        ("MISPLACED", "bappeda"),
        ("NOT_A_WORKBOOK", "bappeda"),
    ]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("2023/responses/bappeda.xlsx", LOCKED, "ENCRYPTED"),
        ("2023/responses/Bappeda scan.pdf", SCAN, "NOT_A_WORKBOOK"),
        ("2023/responses/Bappeda/foto 1.jpg", b"\xff\xd8\xff\xe0", "NOT_A_WORKBOOK"),
        ("2023/responses/jawaban Bappelitbang.docx", SCAN, "NOT_A_WORKBOOK"),
        ("2023/responses/a.xlsx", other('"2023"', '"Tahun 2023"'), "WRONG_PERIOD"),
        ("2023/responses/Bappeda baru.xlsx", other("bappeda", "dinas antah"), "UNKNOWN_UNIT"),
    ],
)
def test_what_cannot_be_used_is_filed_under_its_unit(city, put, name, content, code):
    tables = put(
        {name: content, "2023/responses/x.xlsx": readiness("1", "1", "1", "1", unit="kominfo")}
    )
    assert found(tables, "unit") == [(code, "bappeda")]
    text = letter(city, tables, "bappeda")
    assert "kami terima, tetapi" in text and "belum kami terima" not in text
    missing = tables["problems"].query("code == 'MISSING_UNIT'")
    assert missing["unit"].tolist() == ["siantar-barat"]
    assert "belum kami terima" in letter(city, tables, "siantar-barat")


def test_a_name_that_fits_two_units_is_nobodys(put):
    tables = put(
        {"2023/responses/bappeda dan kominfo.pdf": SCAN, "2023/responses/catatan.pdf": SCAN}
    )
    assert tables["problems"].query("code == 'NOT_A_WORKBOOK'")["unit"].isna().all()
    assert len(tables["problems"].query("code == 'MISSING_UNIT'")) == 3


def test_what_was_sent_again_in_a_readable_form_asks_the_unit_nothing(city, put):
    tables = put({"2023/responses/bappeda.xlsx": LOCKED, "2023/responses/bappeda (2).xlsx": GOOD})
    assert levels(tables) == [1, 2, 3, 4]
    assert found(tables, "severity") == [("SET_ASIDE", "warning")]
    [message] = [m for _c, m in found(tables, "message")]
    assert "kata sandi" in message and "bappeda (2).xlsx" in message
    assert "kata sandi" not in letter(city, tables, "bappeda")
    store.save(city, tables)
    told = store.load(root=str(city.root)).problems.set_index("code")["for_unit"]
    assert not told["SET_ASIDE"] and told["MISSING_TABLE"].all()  # what the profile shows


def test_a_workbook_without_a_suffix_is_no_stray_file(city, put, write_workbook):
    write_workbook(city.sample / "s.xlsx", readiness("5", "5", "5", "5"))
    made = write_workbook(city.root / "x.xlsx", readiness("1", "2", "3", "4"))
    tables = put({"2023/responses/DOC-20230404-WA0007": made.read_bytes()})
    assert levels(tables) == [1, 2, 3, 4]
    assert tables["sources"]["file"].tolist() == ["data/raw/2023/responses/DOC-20230404-WA0007"]


def test_a_note_beside_the_folder_leaves_the_sample_in_play(city, put, write_workbook):
    write_workbook(city.sample / "s.xlsx", readiness("5", "5", "5", "5"))
    assert levels(put({"2023/catatan.txt": b"jangan lupa, telepon; besok"})) == [5, 5, 5, 5]


def test_a_good_copy_in_the_wrong_place_asks_the_unit_nothing(city, put):
    tables = put({"2023/responses/a.xlsx": GOOD, "2023/a.xlsx": GOOD})
    assert ("MISPLACED",) in found(tables)
    assert "tempat yang keliru" not in letter(city, tables, "bappeda")


def test_a_sample_workbook_beside_the_folder_is_nobodys_answer(city, put):
    tables = put({"2023/a.xlsx": other("Data contoh| tidak", "Data contoh| ya")})
    assert ("SAMPLE_AMONG_RESPONSES",) in found(tables)
    assert "belum kami terima" in letter(city, tables, "bappeda")


@pytest.mark.parametrize(
    ("name", "unit"), [("BadanPerencanaan.pdf", "bappeda"), ("Kuesioner BP3D.pdf", "bappeda")]
)
def test_short_and_joined_names_are_known(put, name, unit):
    tables = put({f"2023/responses/{name}": SCAN})
    assert tables["problems"].query("code == 'NOT_A_WORKBOOK'")["unit"].tolist() == [unit]


def test_two_members_of_one_name_are_two_files(put):

    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as parcel:
        for _n in range(2):
            parcel.writestr("kuesioner.xlsx", workbook())
    tables = put({"2023/responses/kiriman.zip": stream.getvalue()})
    assert tables["sources"]["file"].nunique() == 2


def test_why_a_file_was_set_aside_is_told_once(put):
    old = other('"2023"', '"2022"')
    old["Identitas"] = old["Identitas"].replace("Revisi     | 1", "Revisi | satu")
    tables = put({"2023/responses/bappeda lama.xlsx": old, "2023/responses/bappeda.xlsx": GOOD})
    assert found(tables) == [("SET_ASIDE",)]


def test_a_stray_file_beside_the_sample_writes_a_real_letter(city, put, write_workbook):
    sheets = readiness("5", "", "5", "5")
    sheets["Identitas"] = sheets["Identitas"].replace("tidak", "ya")
    write_workbook(city.sample / "s.xlsx", sheets)
    tables = put({"2023/responses/bappeda.pdf": SCAN})
    text = letter(city, tables, "bappeda")
    assert "kami terima, tetapi" in text and "CONTOH" not in text and "C3" not in text


def test_a_letter_made_from_the_sample_says_so(city, write_workbook):
    sheets = readiness("5", "", "5", "5")
    sheets["Identitas"] = sheets["Identitas"].replace("tidak", "ya")
    write_workbook(city.sample / "s.xlsx", sheets)
    tables = ingest(city)
    assert letter(city, tables, "bappeda").startswith("CONTOH – ")


def test_the_first_line_says_what_was_read(city, put, write_workbook):
    nothing = ingest(city)["sources"]
    assert "belum ada berkas di data/raw/2023/responses" in delivery.read(nothing, city)
    write_workbook(city.sample / "s.xlsx", GOOD)
    sample = ingest(city)["sources"]
    assert delivery.read(sample, city).startswith(
        "Dibaca: 1 buku kerja CONTOH dari data/raw/2023/sample"
    )
    tables = put({"2023/responses/a.xlsx": GOOD, "2023/responses/b.pdf": SCAN})
    said = "Dibaca: 1 jawaban dari data/raw/2023/responses. 1 berkas lain tidak dipakai."
    assert delivery.read(tables["sources"], city) == said
    shown = CliRunner().invoke(main, ["check", "--root", str(city.root)]).output
    assert shown.splitlines()[0] == said


def test_nothing_that_came_back_is_changed(city, put):
    put(
        {
            "2023/a.xlsx": GOOD,
            "2023/responses/b.xlsx": LOCKED,
            "2023/responses/c.xlsx": GOOD,
            "2023/responses/d.pdf": SCAN,
        }
    )
    folder = city.folder
    before = {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    out = str(city.root / "surat")
    CliRunner().invoke(main, ["check", "--letters", out, "--root", str(city.root)])
    assert {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()} == before


def test_a_letter_names_a_file_only_where_no_cell_says_where(city, put):
    text = letter(city, put({"2023/responses/a.xlsx": readiness("9", "2", "3", "4")}), "bappeda")
    assert "sel C" in text and "a.xlsx" not in text
