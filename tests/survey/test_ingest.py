"""From workbooks to tables: matching, counting, choosing between files."""

import pytest

from tests.survey.tables import IDENTITY, READINESS, found, levels, readiness


def test_values_as_people_type_them(send):
    tables = send(("a.xlsx", readiness('"4"', "4 - Baik", '" 3 "', '"4,0"')))
    assert levels(tables) == [4, 4, 3, 4]
    assert found(tables) == []


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ('"4,5"', "NOT_WHOLE"),
        ("4.5", "NOT_WHOLE"),
        ("6", "OUT_OF_RANGE"),
        ("0", "OUT_OF_RANGE"),
        ("empat sekali", "NOT_A_NUMBER"),
        ("3/4", "TWO_ANSWERS"),
    ],
)
def test_what_is_no_answer_is_named_with_its_cell(send, typed, code):
    tables = send(("a.xlsx", readiness("2", typed, "3", "1")))
    assert levels(tables) == [2, None, 3, 1]
    assert found(tables, "sheet", "cell", "unit") == [(code, "3 Kesiapan Daerah", "C3", "bappeda")]


def test_blank_and_not_applicable_are_kept_apart(send):
    tables = send(("a.xlsx", readiness("tb", "", "3", "TB")))
    frame = tables["readiness"]
    assert levels(tables) == [None, None, 3, None]
    assert list(frame["tb"]) == [True, False, False, True]
    counts = tables["completeness"].query("table == 'readiness'").iloc[0]
    assert counts[["expected", "answered", "tb", "blank", "invalid"]].tolist() == [4, 1, 2, 1, 0]


def test_rows_by_code_and_columns_by_heading(send):
    moved = {
        "Identitas": IDENTITY.format(unit="bappeda", revision=1),
        "Lembar1": """
            catatan pengisi |      |      |
            | TINGKAT | Bukti atau alasan | kode
            | 4       |                   | KS03
            | 1       |                   | KS01
            | 3       | surat             | KS04
            | 2       |                   | KS02
        """,
    }
    tables = send(("a.xlsx", moved))
    assert levels(tables) == [1, 2, 4, 3]
    assert found(tables, "sheet", "cell") == [("UNEXPECTED_CELL", "Lembar1", "A1")]


def test_tb_beside_numbers_in_one_row(send):
    sheets = {
        "Identitas": IDENTITY.format(unit="bappeda", revision=1),
        "1 Masa Depan": """
            Kode | Dampak | Ketidakpastian | Bukti atau alasan
            MD01 | 4      | TB             |
            MD02 | TB     |                | di luar tugas kami
        """,
    }
    tables = send(("a.xlsx", sheets))
    assert found(tables, "cell") == [("TB_BESIDE_ANSWERS", "A2")]
    frame = tables["future"]
    assert frame["impact"].isna().all()
    assert list(frame["tb"]) == [False, True]


def test_the_higher_revision_wins(send):
    tables = send(
        ("a.xlsx", readiness("1", "1", "1", "1", revision=1)),
        ("b.xlsx", readiness("2", "2", "2", "2", revision=2)),
    )
    assert levels(tables) == [2, 2, 2, 2]
    assert found(tables, "file") == [("OLDER_REVISION", "data/raw/2023/responses/a.xlsx")]
    assert list(tables["sources"]["used"]) == [False, True]


def test_equal_revisions_with_the_same_answers(send):
    tables = send(
        ("a.xlsx", readiness("1", "2", "3", "4")), ("b.xlsx", readiness("1", "2", "3", "4"))
    )
    assert levels(tables) == [1, 2, 3, 4]
    assert found(tables, "severity") == [("SAME_TWICE", "warning")]


def test_equal_revisions_that_differ_hold_back_only_what_differs(send):
    tables = send(
        ("a.xlsx", readiness("1", "2", "3", "4")), ("b.xlsx", readiness("1", "2", "5", "4"))
    )
    assert levels(tables) == [1, 2, None, 4]
    [(code, cell, message)] = found(tables, "cell", "message")
    assert (code, cell) == ("CONFLICT", "C4")
    assert "“3” di a.xlsx, “5” di b.xlsx" in message


def test_three_files_of_one_revision_are_compared_with_what_the_first_one_said(send):
    tables = send(
        ("a.xlsx", readiness("1", "2", "3", "4")),
        ("b.xlsx", readiness("1", "2", "5", "4")),
        ("c.xlsx", readiness("1", "2", "3", "4")),
    )
    assert levels(tables) == [1, 2, None, 4]
    assert found(tables, "file") == [
        ("CONFLICT", "data/raw/2023/responses/a.xlsx"),
        ("SAME_TWICE", "data/raw/2023/responses/c.xlsx"),
    ]


def test_an_empty_form_is_no_answer(send):
    sheets = readiness("", "", "", "")
    sheets["3 Kesiapan Daerah"] = sheets["3 Kesiapan Daerah"].replace("laporan 2022", "")
    tables = send(("a.xlsx", sheets))
    assert tables["readiness"].empty
    assert found(tables, "unit") == [("EMPTY_FORM", "bappeda")]
    assert not tables["sources"]["used"].any()
    missing = tables["problems"].query("code == 'MISSING_UNIT'")
    assert "bappeda" not in set(missing["unit"])


def test_a_code_twice_keeps_what_agrees(send):
    sheets = readiness("1", "2", "3", "4")
    sheets["3 Kesiapan Daerah (2)"] = READINESS.format("1", "2", "3", "5")
    tables = send(("a.xlsx", sheets))
    assert levels(tables) == [1, 2, 3, None]
    assert found(tables, "sheet", "cell") == [("DUPLICATE_ROW", "3 Kesiapan Daerah (2)", "A5")]


def test_units_without_a_workbook_are_missing(send):
    tables = send(("a.xlsx", readiness("1", "2", "3", "4")))
    missing = tables["problems"].query("code == 'MISSING_UNIT'")
    assert list(missing["unit"]) == ["kominfo", "siantar-barat"]


def test_a_unit_is_known_by_its_alias(send):
    tables = send(("a.xlsx", readiness("1", "2", "3", "4", unit="s. barat")))
    assert levels(tables, "siantar-barat") == [1, 2, 3, 4]
    assert found(tables, "unit") == [("RESOLVED_UNIT", "siantar-barat")]


@pytest.mark.parametrize(
    ("line", "typed", "code"),
    [
        ('Kode kota  | "1273"', 'Kode kota | "1272"', "WRONG_CITY"),
        ('Periode    | "2023"', 'Periode | "2021"', "WRONG_PERIOD"),
        ("ID unit    | bappeda", "ID unit | dinas antah", "UNKNOWN_UNIT"),
        ("ID unit    | bappeda", "", "NO_IDENTITY"),
        ("Data contoh| tidak", "Data contoh | ya", "SAMPLE_AMONG_RESPONSES"),
    ],
)
def test_workbooks_that_do_not_belong_here(send, line, typed, code):
    sheets = readiness("1", "2", "3", "4")
    assert line in sheets["Identitas"]
    sheets["Identitas"] = sheets["Identitas"].replace(line, typed)
    tables = send(("a.xlsx", sheets))
    assert tables["readiness"].empty
    assert code in [code for (code,) in found(tables)]


def test_one_bad_file_costs_only_itself(send, city):
    bad = city.responses / "b.xlsx"
    bad.parent.mkdir(parents=True)
    bad.write_bytes(b"bukan buku kerja")
    tables = send(("a.xlsx", readiness("1", "2", "3", "4")))
    assert levels(tables) == [1, 2, 3, 4]
    assert found(tables, "file") == [("NOT_A_WORKBOOK", "data/raw/2023/responses/b.xlsx")]
    assert bad.read_bytes() == b"bukan buku kerja"
    assert list(tables["sources"]["file"]) == [f"data/raw/2023/responses/{x}.xlsx" for x in "ab"]


def test_completeness_always_sums(send):
    tables = send(("a.xlsx", readiness("9", "", "TB", "4")))
    counts = tables["completeness"]
    parts = counts[["answered", "tb", "blank", "invalid"]].sum(axis=1)
    assert (parts == counts["expected"]).all()
    row = counts.query("table == 'readiness'").iloc[0]
    assert row[["answered", "tb", "blank", "invalid"]].tolist() == [1, 1, 1, 1]
