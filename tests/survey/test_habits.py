"""Habits of people: each with the code, the sheet and the cell that the coordinator is told."""

import csv
import datetime
import io
import re
import zipfile

import openpyxl
import pandas as pd
import pytest
import xlsxwriter
from openpyxl.comments import Comment

from analysis.project import Project
from analysis.survey.asked import register
from analysis.survey.asked.instrument import Instrument
from analysis.survey.kept.ingest import ingest
from analysis.survey.sent import forms
from tests.second_city import edit
from tests.survey.tables import IDENTITY, READINESS, found, levels, readiness

SHEET = "3 Kesiapan Daerah"


@pytest.fixture
def edited(city, send):
    """Send a workbook whose levels are 1, 2, 3, 4, after a `change` in a spreadsheet."""

    def edited(change, sheets=None):
        send(("a.xlsx", sheets or readiness("1", "2", "3", "4")))
        path = city.responses / "a.xlsx"
        book = openpyxl.load_workbook(path)
        change(book)
        book.save(path)
        return ingest(city)

    return edited


@pytest.mark.parametrize(
    ("typed", "level"),
    [
        ('"4"', 4),
        ('"4.0"', 4),
        ('"4,0"', 4),
        ("4 - Baik", 4),
        ("4 (terpadu dan terukur)", 4),
        ("4. terpadu dan terukur", 4),
        ("empat", 4),
        ("EMPAT", 4),
        ("IV", 4),
        ("ii", 2),
        ("4 (empat)", 4),
        ("4 = tingkat 4", 4),
        ("2 – kurang", 2),
        ("3 - cukup", 3),
        ("optimum", 5),
        ("Terpadu dan Terukur", 4),
    ],
)
def test_a_level_as_people_write_it(send, typed, level):
    tables = send(("a.xlsx", readiness("1", typed, "3", "5")))
    assert levels(tables) == [1, level, 3, 5]
    assert found(tables) == []


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ('"4,5"', "NOT_WHOLE"),
        ("4.5", "NOT_WHOLE"),
        ("9", "OUT_OF_RANGE"),
        ('"-1"', "OUT_OF_RANGE"),
        ("3/4", "TWO_ANSWERS"),
        ("3 atau 4", "TWO_ANSWERS"),
        ("3, 4", "TWO_ANSWERS"),
        ("3-4", "TWO_ANSWERS"),
        ("4 - rintisan", "TWO_ANSWERS"),
        ("4 (lima)", "TWO_ANSWERS"),
        ("4 = kurang", "TWO_ANSWERS"),
        ("2 – sangat baik", "TWO_ANSWERS"),
        ("3 – TB", "TWO_ANSWERS"),
        ("3 – TR", "TWO_ANSWERS"),
        ("3 (tidak berlaku)", "TWO_ANSWERS"),
        ("4 (tingkat 5)", "TWO_ANSWERS"),
        ("4: level dua", "TWO_ANSWERS"),
        ("v", "TICK"),
        ("X", "TICK"),
        ("✓", "TICK"),
        ("√", "TICK"),
        ("cukup baik sekali", "NOT_A_NUMBER"),
        ("4%", "NOT_A_NUMBER"),
        ("#REF!", "FORMULA_ERROR"),
    ],
)
def test_what_is_no_level_is_named_with_its_cell(send, typed, code):
    tables = send(("a.xlsx", readiness("1", typed, "3", "5")))
    assert levels(tables) == [1, None, 3, 5]
    assert found(tables, "sheet", "cell") == [(code, SHEET, "C3")]


@pytest.mark.parametrize("typed", ["-", "–", "n/a", "N.A.", "tidak ada", "..."])
def test_a_dash_is_a_blank_and_said_so(send, typed):
    tables = send(("a.xlsx", readiness("1", typed, "3", "5")))
    assert found(tables, "sheet", "cell", "severity") == [("NO_ANSWER", SHEET, "C3", "warning")]
    counts = tables["completeness"].query("table == 'readiness'").iloc[0]
    assert counts[["answered", "tb", "blank", "invalid"]].tolist() == [3, 0, 1, 0]
    assert tables["reconciliation"]["blank"].tolist() == [1]


@pytest.mark.parametrize(
    "typed",
    ["TB", "tb", "T.B.", "Tidak Berlaku", "TB (tidak berlaku)"]
    + ["TR", "tr", "T.R.", "Tidak Relevan", "TR (tidak relevan)"],
)
def test_tb_as_people_write_it(send, typed):
    tables = send(("a.xlsx", readiness("1", typed, "3", "5")))
    assert list(tables["readiness"]["tb"]) == [False, True, False, False]
    assert found(tables) == []


def test_a_number_that_only_looks_like_a_date(edited):
    def edit(book):
        book[SHEET]["C3"].number_format = "dd/mm/yyyy"

    tables = edited(edit)
    assert levels(tables) == [1, 2, 3, 4]
    assert found(tables) == []


def test_a_number_that_became_a_date(edited):
    def edit(book):
        book[SHEET]["C3"] = datetime.date(2023, 5, 4)
        book[SHEET]["C4"] = datetime.time(3, 0)

    tables = edited(edit)
    assert levels(tables) == [1, None, None, 4]
    assert found(tables, "sheet", "cell") == [
        ("STORED_AS_DATE", SHEET, "C3"),
        ("STORED_AS_DATE", SHEET, "C4"),
    ]


def test_formulas_that_were_computed_are_read(write_workbook, city):
    path = write_workbook(city.responses / "a.xlsx", readiness("1", "2", "3", "4"))
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Identitas")
        for row, (label, value) in enumerate(
            [("ID unit", "bappeda"), ("Kode kota", "1273"), ("Periode", "2023")]
        ):
            sheet.write_row(row, 0, (label, value))
        sheet = book.add_worksheet(SHEET)
        sheet.write_row(0, 0, ("Kode", "Tingkat", "Bukti atau alasan"))
        sheet.write_column(1, 0, ("KS01", "KS02", "KS03", "KS04"))
        sheet.write_formula("B2", "=1+3", None, 4)
        sheet.write_formula("B3", "=1/0", None, "#DIV/0!")
        sheet.write_formula("B4", "=Lama!B4", None, "#REF!")
        sheet.write_formula("B5", '="2"', None, "2")
    tables = ingest(city)
    assert levels(tables) == [4, None, None, 2]
    assert found(tables, "sheet", "cell", "value") == [
        ("FORMULA_ERROR", SHEET, "B3", "#DIV/0!"),
        ("FORMULA_ERROR", SHEET, "B4", "#REF!"),
    ]


def test_formulas_that_were_never_computed_are_named(edited):
    def edit(book):
        book[SHEET]["C3"] = "=C2+1"

    tables = edited(edit)
    assert levels(tables) == [1, None, 3, 4]
    assert found(tables, "sheet", "cell", "value") == [
        ("FORMULA_WITHOUT_VALUE", SHEET, "C3", "=C2+1")
    ]


def test_an_answer_in_the_evidence_column(send):
    sheets = readiness("1", "", "3", "4")
    sheets[SHEET] = re.sub("KS02.*", "KS02 | | | 2", sheets[SHEET])
    tables = send(("a.xlsx", sheets))
    assert levels(tables) == [1, None, 3, 4]
    assert found(tables, "sheet", "cell") == [("NUMBER_AS_TEXT", SHEET, "D3")]


def test_an_answer_outside_the_columns(edited):
    def edit(book):
        book[SHEET]["C3"] = None
        book[SHEET]["B3"] = 2
        book[SHEET]["G4"] = "lihat lampiran"

    tables = edited(edit)
    assert levels(tables) == [1, None, 3, 4]
    assert found(tables, "sheet", "cell") == [
        ("UNEXPECTED_CELL", SHEET, "B3"),
        ("UNEXPECTED_CELL", SHEET, "G4"),
    ]
    assert tables["reconciliation"]["unexpected"].tolist() == [2]


def test_rows_sorted_inserted_and_deleted(send):
    sheets = readiness("1", "2", "3", "4")
    sheets[SHEET] = """
        Kode | Pernyataan | Tingkat (1–5) | Bukti atau alasan
        KS04 |            | 4             |
        ""   |            | 5             | baris sisipan
        KS01 |            | 1             |
        KS03 |            | 3             |
    """
    tables = send(("a.xlsx", sheets))
    assert levels(tables) == [1, None, 3, 4]
    assert found(tables, "sheet", "cell") == [
        ("UNEXPECTED_CELL", SHEET, "C3"),
        ("UNEXPECTED_CELL", SHEET, "D3"),
        ("MISSING_ROW", SHEET, pd.NA),
    ]


def test_a_row_twice_with_the_same_answers_says_nothing(send):
    sheets = readiness("1", "2", "3", "4")
    sheets[SHEET] += "KS02 | | 2 |"
    tables = send(("a.xlsx", sheets))
    assert levels(tables) == [1, 2, 3, 4]
    assert found(tables) == []
    assert tables["reconciliation"]["aside"].tolist() == [2]


def test_a_row_of_a_code_that_does_not_exist(send):
    sheets = readiness("1", "2", "3", "4")
    sheets[SHEET] += "KS99 | | 2 | tambahan kami"
    tables = send(("a.xlsx", sheets))
    [(code, sheet, cell, message)] = found(tables, "sheet", "cell", "message")
    assert (code, sheet, cell) == ("UNKNOWN_ROW", SHEET, "A6")
    assert "tambahan kami" in message


def test_codes_are_known_however_they_are_typed(send):
    sheets = readiness("1", "2", "3", "4")
    sheets[SHEET] = sheets[SHEET].replace("KS02", "ks 02")
    assert levels(send(("a.xlsx", sheets))) == [1, 2, 3, 4]


def test_columns_moved_inserted_and_hidden(edited):
    def edit(book):
        book[SHEET].insert_cols(3)
        book[SHEET].column_dimensions["D"].hidden = True
        book[SHEET].row_dimensions[3].hidden = True
        book[SHEET].auto_filter.ref = "A1:E5"
        book[SHEET].auto_filter.add_filter_column(0, ["KS01"])
        book[SHEET].protection.sheet = True
        book[SHEET].sheet_state = "hidden"

    tables = edited(edit)
    assert levels(tables) == [1, 2, 3, 4]
    assert found(tables) == []


def test_a_column_twice(edited):
    def edit(book):
        for row, value in enumerate(["Tingkat", 1, 5, 3, None], start=1):
            book[SHEET].cell(row, 5).value = value

    tables = edited(edit)
    assert levels(tables) == [1, None, 3, 4]
    assert found(tables, "sheet", "cell") == [("DUPLICATE_COLUMN", SHEET, "E3")]


def test_a_column_missing(send):
    sheets = readiness("1", "2", "3", "4")
    sheets[SHEET] = sheets[SHEET].replace("Tingkat (1–5)", "Nilai")
    tables = send(("a.xlsx", sheets))
    assert levels(tables) == [None] * 4
    codes = found(tables, "sheet", "cell")
    assert ("MISSING_COLUMN", SHEET, "A2") in codes
    assert ("UNEXPECTED_CELL", SHEET, "C2") in codes


def test_headings_missing(send):
    sheets = readiness("1", "2", "3", "4")
    sheets["1 Masa Depan"] = """
        Kode | Pernyataan | Dampak | Ketidakpastian | Bukti atau alasan
        MD01 |            | 3      | 2              |
    """
    head, *rows = [line for line in sheets.pop(SHEET).splitlines() if line.strip()]
    sheets[SHEET] = "\n".join(rows)
    tables = send(("a.xlsx", sheets))
    assert "Tingkat" in head
    assert ("NO_HEADINGS", SHEET, "A1") in found(tables, "sheet", "cell")
    assert tables["reconciliation"]["problem"].tolist() == [9]


def test_sheets_renamed_reordered_and_copied(edited):
    def edit(book):
        copy = book.copy_worksheet(book[SHEET])
        copy.title = "3 Kesiapan Daerah (2)"
        book[SHEET].title = "Lembar 7"
        book.move_sheet("Identitas", 2)

    tables = edited(edit)
    assert levels(tables) == [1, 2, 3, 4]
    assert found(tables) == []
    assert tables["reconciliation"]["aside"].tolist() == [9]


def test_a_sheet_missing(send):
    tables = send(("a.xlsx", {"Identitas": IDENTITY.format(unit="bappeda", revision=1)}))
    assert tables["readiness"].empty
    assert found(tables) == [("EMPTY_FORM",)]
    tables = send(("a.xlsx", readiness("1", "2", "3", "4")))
    missing = tables["problems"].query("code == 'MISSING_TABLE'")
    assert "4 Kesenjangan" in set(missing["sheet"])
    assert SHEET not in set(missing["sheet"])


def test_merged_cells(edited):
    def edit(book):
        book[SHEET].merge_cells("C2:C4")

    tables = edited(edit)
    assert levels(tables) == [1, None, None, 4]
    [(code, sheet, cell, message)] = found(tables, "sheet", "cell", "message")
    assert (code, sheet, cell) == ("MERGED_CELLS", SHEET, "C2")
    assert "C2:C4" in message


def test_comments_instead_of_answers(edited):
    def edit(book):
        book[SHEET]["C3"] = None
        book[SHEET]["C3"].comment = Comment("menurut kami 2 & <3", "petugas")

    tables = edited(edit)
    assert levels(tables) == [1, None, 3, 4]
    assert found(tables, "sheet", "cell", "value") == [
        ("COMMENT", SHEET, "C3", "menurut kami 2 & <3")
    ]


@pytest.mark.parametrize("typed", ["Siantar Barat", "s. barat", "KEC. SIANTAR BARAT", "Sntr Barat"])
def test_the_unit_typed_over(send, typed):
    tables = send(("a.xlsx", readiness("1", "2", "3", "4", unit=typed)))
    assert levels(tables, "siantar-barat") == [1, 2, 3, 4]
    assert found(tables, "sheet", "cell") == [("RESOLVED_UNIT", "Identitas", "B1")]


def test_another_unit_in_the_file_name(send):
    tables = send(
        ("2023-siantar-barat (1).xlsx", readiness("1", "2", "3", "4")),
        ("untuk kominfo dari bappeda.xlsx", readiness("1", "2", "3", "4", revision=2)),
    )
    assert levels(tables) == [1, 2, 3, 4]
    assert found(tables, "file") == [
        ("OLDER_REVISION", "data/raw/2023/responses/2023-siantar-barat (1).xlsx"),
        ("OTHERS_FORM", "data/raw/2023/responses/2023-siantar-barat (1).xlsx"),
    ]


def test_another_unit_in_the_name_of_the_only_file(send):
    name = "2023-siantar-barat (1).xlsx"
    tables = send((name, readiness("1", "2", "3", "4")))
    assert levels(tables) == [1, 2, 3, 4]
    assert found(tables, "unit") == [
        ("WRONG_FILE_NAME", "bappeda"),
        ("OTHERS_FORM", "siantar-barat"),
    ]


def test_an_old_version_of_the_form(send):
    sheets = readiness("1", "2", "3", "4")
    sheets["Identitas"] += 'Versi formulir | "0"'
    tables = send(("a.xlsx", sheets))
    assert levels(tables) == [1, 2, 3, 4]
    assert found(tables, "sheet", "cell") == [("OLD_VERSION", "Identitas", "B6")]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("", "", False),
        ("KS03,people,1,", "KS03,people,2,", False),  # how much it weighs is not asked
        ("Unit kerja kami menugaskan", "Kantor kami menugaskan", True),
        ("KS04", "KS99", True),
    ],
)
def test_a_form_of_another_questionnaire_is_told_once_and_read_by_its_codes(city, old, new, told):
    instrument, known = Instrument.load(city), register.units(city)
    unit = next(u for u in known if u.id == "bappeda")
    answers = {(f"KS0{n}", "level"): n for n in (1, 2, 3)}
    book = forms.workbook(
        unit, instrument, city.settings, units=known, period=city.period, answers=answers
    )
    edit(city, "instrument/readiness.csv", old, new)
    city.responses.mkdir(parents=True)
    (city.responses / "a.xlsx").write_bytes(book)
    tables = ingest(Project(city.root))
    assert levels(tables)[:3] == [1, 2, 3]
    warned = [code for code, _severity in found(tables, "severity") if code == "OLD_VERSION"]
    assert len(warned) == told


def test_a_form_from_before_they_said_which_is_taken_as_it_is(send):
    sheets = readiness("1", "2", "3", "4")
    sheets["Identitas"] += 'Versi formulir | "1"'
    assert found(send(("a.xlsx", sheets))) == []


@pytest.mark.parametrize("revision", ["satu", "0", "2,5", '"²"', '"' + "9" * 5000 + '"'])
def test_a_revision_that_is_no_number(send, revision):
    tables = send(("a.xlsx", readiness("1", "2", "3", "4", revision=revision)))
    assert levels(tables) == [1, 2, 3, 4]
    assert found(tables, "sheet", "cell") == [("BAD_REVISION", "Identitas", "B4")]


def a_sheet_as_csv(delimiter=";", encoding="utf-8-sig"):
    """What Excel saves as CSV: one sheet of the form, whose third line says whose it is."""
    lines = [
        [],
        ["3 Kesiapan Daerah · Indikator kesiapan"],
        ["Badan Perencanaan Pembangunan Daerah · Kota Pematang Siantar · periode 2023"],
        ["Kode", "Pernyataan", "Tingkat\n(1–5)", "Bukti atau alasan"],
        ["KS01", "", "1", "surat"],
        ["KS02", "", "2", ""],
        ["KS03", "", "tiga", ""],
        ["KS04", "", "9", ""],
    ]
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=delimiter).writerows(lines)
    return stream.getvalue().encode(encoding)


@pytest.mark.parametrize(
    ("delimiter", "encoding"),
    [(";", "utf-8-sig"), (",", "utf-16"), ("\t", "cp1252")],
)
def test_one_sheet_as_csv(city, delimiter, encoding):
    folder = city.responses
    folder.mkdir(parents=True)
    (folder / "kiriman.csv").write_bytes(a_sheet_as_csv(delimiter, encoding))
    tables = ingest(city)
    assert levels(tables) == [1, 2, 3, None]
    assert found(tables, "sheet", "cell") == [
        ("OUT_OF_RANGE", "CSV", "C8"),
        ("UNIT_FROM_TITLE", "CSV", "A3"),
    ]


def test_sheets_sent_one_by_one_add_up(city, send):
    folder = city.responses
    folder.mkdir(parents=True)
    (folder / "b.csv").write_bytes(a_sheet_as_csv())
    tables = send(
        (
            "a.xlsx",
            {
                "Identitas": IDENTITY.format(unit="bappeda", revision=1),
                "1 Masa Depan": """
                    Kode | Dampak | Ketidakpastian
                    MD01 | 4      | 2
                """,
            },
        )
    )
    assert levels(tables) == [1, 2, 3, None]
    assert tables["future"]["impact"].dropna().tolist() == [4]
    assert "CONFLICT" not in {code for (code,) in found(tables)}
    assert tables["sources"]["used"].tolist() == [True, True]
    assert tables["reconciliation"]["answered"].tolist() == [2, 4]


def test_a_zip_of_several_workbooks(city, write_workbook, tmp_path):
    one = write_workbook(tmp_path / "1.xlsx", readiness("1", "2", "3", "4"))
    two = write_workbook(tmp_path / "2.xlsx", readiness("5", "5", "x", "5", unit="kominfo"))
    folder = city.responses
    folder.mkdir(parents=True)
    with zipfile.ZipFile(folder / "semua.zip", "w") as packed:
        packed.write(one, "bappeda.xlsx")
        packed.writestr("kiriman/../../kominfo.xlsx", two.read_bytes())
        packed.writestr("__MACOSX/._bappeda.xlsx", b"x")
        packed.writestr("~$bappeda.xlsx", b"x")
        packed.writestr("catatan.txt", b"selamat pagi")
    tables = ingest(city)
    assert levels(tables) == [1, 2, 3, 4]
    assert levels(tables, "kominfo") == [5, 5, None, 5]
    place = "data/raw/2023/responses/semua.zip/"
    assert found(tables, "file", "cell") == [
        ("NOT_A_WORKBOOK", place + "catatan.txt", pd.NA),
        ("TICK", place + "kiriman/../../kominfo.xlsx", "C4"),
    ]
    assert list(city.root.rglob("kominfo.xlsx")) == []


def test_a_workbook_under_another_name(city, write_workbook, tmp_path):
    made = write_workbook(tmp_path / "a.xlsx", readiness("1", "2", "3", "4"))
    folder = city.responses
    folder.mkdir(parents=True)
    (folder / "a.xls").write_bytes(made.read_bytes())
    (folder / "b.xlsx").write_bytes(b"PK\x03\x04 kemasan yang terpotong")
    (folder / "c.xlsx").write_bytes(b"%PDF-1.7 ...")
    (folder / "d.xlsx").write_bytes(b"<html><table><tr><td>1</td></tr></table></html>")
    tables = ingest(city)
    assert levels(tables) == [1, 2, 3, 4]
    assert found(tables, "file") == [
        ("DAMAGED", "data/raw/2023/responses/b.xlsx"),
        ("NOT_A_WORKBOOK", "data/raw/2023/responses/c.xlsx"),
        ("NOT_A_WORKBOOK", "data/raw/2023/responses/d.xlsx"),
    ]


@pytest.mark.parametrize(
    "typed",
    [
        "hubungi 0812-3456-7890",
        "Budi +62 812 3456 789",
        "budi@contoh.go.id",
        "NIP 198001012005011003",
    ],
)
def test_personal_data_stays_in_the_workbook(city, send, typed):
    sheets = readiness("1", "2", "3", "4")
    sheets["Identitas"] += f"Jabatan pengisi | {typed} rahasia\n"
    sheets["Identitas"] += f"Catatan | titipan {typed} rahasia"
    sheets[SHEET] = sheets[SHEET].replace("laporan 2022", typed)
    tables = send(("a.xlsx", sheets))
    assert found(tables, "sheet", "cell") == [
        ("UNEXPECTED_CELL", "Identitas", "A7"),
        ("UNEXPECTED_CELL", "Identitas", "B7"),
        ("PERSONAL_DATA", SHEET, "D2"),
    ]
    everything = " ".join(frame.to_csv() for frame in tables.values())
    assert typed not in everything and "rahasia" not in everything
    assert "•••" in tables["readiness"]["evidence"][0]


def test_a_text_that_is_too_long_is_kept(send):
    sheets = readiness("1", "2", "3", "4")
    sheets[SHEET] = sheets[SHEET].replace("laporan 2022", "panjang " * 100)
    tables = send(("a.xlsx", sheets))
    assert found(tables, "sheet", "cell") == [("TEXT_TOO_LONG", SHEET, "D2")]
    assert len(tables["readiness"]["evidence"][0]) == 799


def test_a_reworded_statement_is_told_and_no_more(edited):
    def edit(book):
        book[SHEET]["B2"] = "Kalimat yang diperbaiki sesudah kuesioner dikirim."

    tables = edited(edit)
    assert levels(tables) == [1, 2, 3, 4]
    assert found(tables, "cell", "severity") == [("CHANGED_TEXT", "B2", "info")]


def test_amounts_as_people_write_them(send):
    head = (
        "Kode | Nama program | Dimensi | Subdimensi | Dampak | Kemudahan | Urgensi | Biaya | Lama"
    )
    row = "{} | Lampu | Smart Living | mobilitas | 4 | 4 | 4 | {} | {} | {} | Dishub"
    sheets = {
        "Identitas": IDENTITY.format(unit="bappeda", revision=1),
        "7 Quick Win": "\n".join(
            [
                f"{head} | Penerima manfaat | Unit penanggung jawab",
                row.format("QW-1", '"1.500"', "12 bulan", "2.000 orang"),
                row.format("QW-2", '"2.500,5"', "6", '"300"'),
                row.format("QW-3", "Rp 5 M/tahun", "1/2", "banyak"),
            ]
        ),
    }
    tables = send(("a.xlsx", sheets))
    frame = tables["quickwin"]
    assert frame["cost"].tolist()[:2] == [1500, 2500.5]
    assert frame["duration"].tolist()[:2] == [12, 6]
    assert frame["beneficiaries"].tolist()[:2] == [2000, 300]
    assert found(tables, "cell") == [
        ("NOT_A_NUMBER", "H4"),
        ("TWO_ANSWERS", "I4"),
        ("NOT_A_NUMBER", "J4"),
    ]


def test_choices_as_people_write_them(send):
    head = "Kode | Sekarang | Sasaran | Kepentingan | Hambatan utama"
    sheets = {
        "Identitas": IDENTITY.format(unit="bappeda", revision=1),
        "4 Kesenjangan": f"""
            {head}
            KJ01 | 2 | 4 | 5 | ANGGARAN
            KJ02 | 2 | 4 | 5 | uang
        """,
        "6 Visi": """
            Kode | Mana yang lebih penting | Seberapa lebih penting
            PB01 | a                       | 3
            PB02 | TB                      | 3
            PB03 | A/B                     | 3
        """,
    }
    tables = send(("a.xlsx", sheets))
    pairs = tables["pairs"].query("item <= 'PB03'")
    assert pairs["more"].fillna("").tolist() == ["A", "", ""]
    assert tables["gap"]["obstacle"].fillna("").tolist() == ["budget", ""]
    wrong = [row for row in found(tables, "sheet", "cell") if "MISSING" not in row[0]]
    assert sorted(wrong) == [
        ("TB_NOT_ALLOWED", "6 Visi", "B3"),
        ("TWO_ANSWERS", "6 Visi", "B4"),
        ("UNKNOWN_CHOICE", "4 Kesenjangan", "E3"),
    ]


def test_addresses_count_from_the_first_cell_of_the_sheet(city):
    folder = city.responses
    folder.mkdir(parents=True)
    with xlsxwriter.Workbook(folder / "a.xlsx") as book:
        sheet = book.add_worksheet("Identitas")
        sheet.write_column("C5", ["ID unit", "Kode kota", "Periode"])
        sheet.write_column("D5", ["bappeda", "1273", "2023"])
        sheet = book.add_worksheet(SHEET)
        sheet.write_row("E9", ["Kode", "Tingkat", "Bukti atau alasan"])
        sheet.write_row("E10", ["KS01", 3])
        sheet.write_row("E11", ["KS02", 9])
    tables = ingest(city)
    assert levels(tables) == [3, None, None, None]
    assert found(tables, "cell")[0] == ("OUT_OF_RANGE", "F11")


def test_every_cell_is_accounted_for(send):
    sheets = readiness("1", "x", "-", "TB")
    sheets["Lain"] = "coretan | 5 | Kode"
    sheets[SHEET + " (2)"] = READINESS.format("1", "x", "-", "TB")
    tables = send(("a.xlsx", sheets), ("b.xlsx", readiness("2", "2", "2", "2", revision=1)))
    frame = tables["reconciliation"]
    kinds = frame.drop(columns=["file", "unit", "cells"])
    assert (kinds.sum(axis=1) == frame["cells"]).all()
    assert kinds.iloc[0]["unexpected"] == 2
