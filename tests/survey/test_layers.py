"""Several workbooks of one unit: what counts in each cell, and what is told of whom."""

import json

import pandas as pd
import pytest

from analysis.survey.asked.register import units
from analysis.survey.kept.ingest import ingest
from analysis.survey.told import letters
from tests.survey.tables import IDENTITY, READINESS, found, levels, readiness

FUTURE = """
    Kode | Dampak | Ketidakpastian | Bukti atau alasan
    MD01 | {0}    | {1}            | {2}
"""
GAP = """
    Kode | Sekarang | Sasaran | Kepentingan | Hambatan utama
    KJ01 | {0}      | {1}     | {2}         | {3}
"""


def workbook(sheet: str, table: str, *typed: str, unit: str = "bappeda", revision: int = 1):
    identity = IDENTITY.format(unit=unit, revision=revision)
    return {"Identitas": identity, sheet: table.format(*typed)}


def future(*typed: str, revision: int = 1):
    return workbook("1 Masa Depan", FUTURE, *typed, revision=revision)


def pairs(side: str, strength: int, unit: str = "bappeda", revision: int = 1):
    rows = [f"PB{n:02} | {side} | {strength}" for n in range(1, 16)]
    table = "\n".join(["Kode | Mana yang lebih penting | Seberapa lebih penting", *rows])
    return workbook("6 Visi", table, unit=unit, revision=revision)


def details(tables, code: str) -> dict:
    [problem] = tables["problems"].query("code == @code").itertuples()
    return json.loads(problem.details)


def letter(city, tables, unit: str = "bappeda") -> str:
    found = letters.letters(tables["problems"], tables["sources"], units(city), "2023")
    return found.get(unit, "")


@pytest.fixture(autouse=True)
def _every_cell_is_accounted_for(city, request):
    yield
    accounts = ingest(city)["reconciliation"]
    kinds = accounts.columns.drop(["file", "unit", "cells"])
    assert (accounts[kinds].sum(axis=1) == accounts["cells"]).all()
    assert (accounts[kinds] >= 0).all(axis=None)


def test_a_partial_revision_mends_its_cells_and_erases_nothing(city, send):
    tables = send(
        ("a.xlsx", readiness("1", "9", "3", "4")),
        ("b.xlsx", readiness("", "2", "", "", revision=2)),
    )
    assert levels(tables) == [1, 2, 3, 4]
    assert found(tables, "file", "severity") == [
        ("REVISION_BLANKS", "data/raw/2023/responses/b.xlsx", "warning")
    ]
    told = details(tables, "REVISION_BLANKS")
    assert (told["count"], told["revision"]) == ("3", "2")
    assert told["cells"] == [f"3 Kesiapan Daerah!C{row}" for row in (2, 4, 5)]
    assert tables["sources"]["used"].tolist() == [True, True]
    assert "Revisi" not in letter(city, tables).split("hal yang perlu")[0]


def test_a_revision_without_any_answer_erases_nothing(send):
    tables = send(
        ("a.xlsx", readiness("1", "2", "3", "4")),
        ("b.xlsx", readiness("", "", "", "", revision=2)),
    )
    assert levels(tables) == [1, 2, 3, 4]
    assert "REVISION_BLANKS" in [code for (code,) in found(tables)]


def test_what_a_revision_answers_wins_even_where_it_cannot_be_read(send):
    tables = send(
        ("a.xlsx", readiness("1", "2", "3", "4")),
        ("b.xlsx", readiness("5", "9", "3", "4", revision=2)),
    )
    assert levels(tables) == [5, None, 3, 4]
    assert tables["problems"].query("cell == 'C3'")["code"].tolist() == ["OUT_OF_RANGE"]


def test_what_was_superseded_accuses_nobody(city, send):
    first = readiness("1", "9", "3", "x")
    first["3 Kesiapan Daerah"] += "        | coretan | di luar |"
    second = readiness("1", "2", "3", "4", revision=2)
    tables = send(("a.xlsx", first), ("b.xlsx", second))
    assert found(tables) == [("OLDER_REVISION",)]
    assert "C3" not in letter(city, tables)


def test_a_mistake_in_a_cell_that_no_revision_mended_is_still_told(send):
    tables = send(
        ("a.xlsx", readiness("1", "9", "3", "x")),
        ("b.xlsx", readiness("1", "2", "3", "", revision=2)),
    )
    assert levels(tables) == [1, 2, 3, None]
    assert ("TICK", "data/raw/2023/responses/a.xlsx") in found(tables, "file")
    assert "OUT_OF_RANGE" not in [code for (code,) in found(tables)]


def test_a_dash_of_an_earlier_revision_is_no_more_than_a_blank(send):
    tables = send(
        ("a.xlsx", readiness("1", "-", "3", "4")),
        ("b.xlsx", readiness("1", "", "3", "5", revision=2)),
    )
    assert found(tables) == [("OLDER_REVISION",)]
    assert tables["problems"].query("code == 'BLANK_CELLS'")["file"].str.endswith("b.xlsx").all()


def test_a_duplicate_doubles_nothing(city, send):
    sheets = readiness("1", "9", "-", "4")
    sheets["3 Kesiapan Daerah"] += "        coretan | | |"
    tables = send(("a.xlsx", sheets), ("b.xlsx", sheets))
    codes = [code for (code,) in found(tables)]
    assert sorted(codes) == ["NO_ANSWER", "OUT_OF_RANGE", "SAME_TWICE", "UNEXPECTED_CELL"]
    assert letter(city, tables).count("C3") == 1


def test_two_halves_make_a_whole(send):
    tables = send(("a.xlsx", readiness("1", "2", "", "")), ("b.xlsx", readiness("", "2", "3", "4")))
    assert levels(tables) == [1, 2, 3, 4]
    assert found(tables, "severity") == [("JOINED", "info")]
    assert details(tables, "JOINED")["files"] == ["a.xlsx", "b.xlsx"]
    assert tables["sources"]["used"].all()


def test_only_what_both_typed_can_contradict(send):
    tables = send(
        ("a.xlsx", readiness("1", "2", "", "4")), ("b.xlsx", readiness("", "3", "3", "4"))
    )
    assert levels(tables) == [1, None, 3, 4]
    assert sorted(found(tables, "cell"), key=str) == [("CONFLICT", "C3"), ("JOINED", pd.NA)]


def test_what_a_later_revision_settles_is_no_contradiction_any_more(send):
    tables = send(
        ("a.xlsx", readiness("1", "2", "3", "4")),
        ("b.xlsx", readiness("1", "2", "5", "4")),
        ("c.xlsx", readiness("1", "2", "4", "4", revision=2)),
    )
    assert levels(tables) == [1, 2, 4, 4]
    assert "CONFLICT" not in [code for (code,) in found(tables)]


def test_a_contradiction_of_three_files_is_told_once(send):
    tables = send(
        ("a.xlsx", readiness("1", "2", "3", "4")),
        ("b.xlsx", readiness("1", "2", "5", "4")),
        ("c.xlsx", readiness("1", "2", "5", "4")),
    )
    assert levels(tables) == [1, 2, None, 4]
    assert found(tables) == [("CONFLICT",), ("SAME_TWICE",)]
    assert details(tables, "SAME_TWICE")["other"] == "b.xlsx"


def test_choices_contradict_in_the_words_of_the_form(city, send):
    typed = ("2", "4", "5", "SDM"), ("2", "4", "5", "Anggaran")
    tables = send(
        *(
            (f"{n}.xlsx", workbook("4 Kesenjangan", GAP, *t))
            for n, t in zip("ab", typed, strict=True)
        )
    )
    [message] = [m for code, m in found(tables, "message") if code == "CONFLICT"]
    assert "“Sumber daya manusia (SDM)” di a.xlsx, “Anggaran” di b.xlsx" in message
    assert "data/raw" not in letter(city, tables)


def test_a_row_that_was_tb_is_answered_anew_as_a_whole(send):
    tables = send(("a.xlsx", future("TB", "", "")), ("b.xlsx", future("4", "", "", revision=2)))
    row = tables["future"].query("item == 'MD01'").iloc[0]
    assert (row["impact"], row["tb"], pd.isna(row["uncertainty"])) == (4, False, True)
    blank = tables["completeness"].query("table == 'future'")["blank"]
    assert blank.tolist() == [3]  # the rest of this row, and a row of two that is not there


def test_a_row_answered_after_tb_in_its_second_cell_erases_nothing(send):
    tables = send(("a.xlsx", future("", "TB", "")), ("b.xlsx", future("4", "", "", revision=2)))
    assert "REVISION_BLANKS" not in [code for (code,) in found(tables)]
    assert not tables["future"].query("item == 'MD01'").iloc[0]["tb"]


def test_a_note_beside_a_row_that_was_tb_leaves_it_tb(send):
    tables = send(("a.xlsx", future("TB", "", "")), ("b.xlsx", future("", "", "tetap", revision=2)))
    row = tables["future"].query("item == 'MD01'").iloc[0]
    assert (row["tb"], row["evidence"]) == (True, "tetap")


def test_tb_against_an_answer_is_one_contradiction_at_its_cell(send):
    tables = send(("a.xlsx", future("TB", "", "")), ("b.xlsx", future("4", "3", "")))
    row = tables["future"].query("item == 'MD01'").iloc[0]
    assert not row["tb"] and pd.isna(row["impact"]) and pd.isna(row["uncertainty"])
    assert tables["problems"].query("code == 'CONFLICT'")["cell"].tolist() == ["B2"]


def test_a_target_is_held_against_the_condition_that_counts(send):
    sheet = "4 Kesenjangan"
    tables = send(
        ("a.xlsx", workbook(sheet, GAP, "2", "3", "5", "SDM")),
        ("b.xlsx", workbook(sheet, GAP, "4", "", "", "", revision=2)),
    )
    assert ("TARGET_BELOW_CURRENT", "C2") in found(tables, "cell")
    mended = send(("c.xlsx", workbook(sheet, GAP, "", "5", "", "", revision=3)))
    assert "TARGET_BELOW_CURRENT" not in [code for (code,) in found(mended)]


def test_a_row_is_finished_by_another_file(send):
    titles = "Nama program | Dimensi | Subdimensi | Dampak | Kemudahan | Urgensi | Biaya | Lama"
    table = f"Kode | {titles} | Penerima manfaat | Unit penanggung jawab\nQW-1 | {{0}}"
    whole = "Wifi | Smart Living | Kesehatan | 4 | 4 | 4 | 100 | 6 | 500 | RSUD"
    begun = "Wifi | Smart Living | | | | | | | |"
    tables = send(("a.xlsx", workbook("7 Quick Win", table, begun)))
    assert "INCOMPLETE_ROW" in [code for (code,) in found(tables)]
    tables = send(("b.xlsx", workbook("7 Quick Win", table, whole)))
    assert found(tables) == [("JOINED",)]
    assert tables["quickwin"]["cost"].tolist() == [100]


def test_a_strangers_workbook_is_one_problem_and_does_not_count(city, send):
    tables = send(
        ("2023-bappeda.xlsx", pairs("A", 3)), ("Jawaban Siantar Barat.xlsx", pairs("B", 5))
    )
    assert tables["pairs"]["strength"].dropna().tolist() == [3] * 15
    assert found(tables, "unit", "severity") == [("OTHER_UNIT", "siantar-barat", "error")]
    told = details(tables, "OTHER_UNIT")
    assert (told["differing"], told["common"]) == ("30", "30")
    assert "Kecamatan Siantar Barat" in told["named"]
    assert tables["sources"]["used"].tolist() == [True, False]
    assert "kami terima, tetapi" in letter(city, tables, "siantar-barat")
    assert "Siantar Barat" not in letter(city, tables)


def test_a_strangers_workbook_does_not_win_by_its_revision(send):
    tables = send(
        ("2023-bappeda.xlsx", pairs("A", 3)),
        ("Jawaban Siantar Barat.xlsx", pairs("B", 5, revision=2)),
    )
    assert tables["pairs"]["strength"].dropna().tolist() == [3] * 15


def test_nothing_is_taken_of_a_file_that_is_somebody_elses(send):
    stranger = pairs("B", 5) | {"3 Kesiapan Daerah": READINESS.format("1", "2", "3", "4")}
    tables = send(("a.xlsx", pairs("A", 3)), ("b.xlsx", stranger))
    assert found(tables) == [("OTHER_UNIT",)]
    assert levels(tables) == [None] * 4


def test_a_name_inside_that_is_another_units_is_told(city, send):
    sheets = readiness("1", "2", "3", "4")
    sheets["Identitas"] += "    Nama unit | Kecamatan Siantar Barat"
    tables = send(("a.xlsx", sheets))
    assert found(tables, "unit") == [("OTHER_NAME", "bappeda"), ("OTHERS_FORM", "siantar-barat")]
    assert "belum kami terima" not in letter(city, tables, "siantar-barat")


def test_a_revision_that_changes_most_answers_is_asked_about(send):
    tables = send(("a.xlsx", pairs("A", 3)), ("b.xlsx", pairs("B", 5, revision=2)))
    assert tables["pairs"]["strength"].dropna().tolist() == [5] * 15
    assert sorted(found(tables)) == [("OLDER_REVISION",), ("REVISION_DIFFERS",)]


@pytest.mark.parametrize("typed", ["03", "R3", "3 (final)", "Revisi 3"])
def test_a_revision_with_words_around_it(send, typed):
    tables = send(
        ("a.xlsx", readiness("1", "1", "1", "1", revision=2)),
        ("b.xlsx", readiness("2", "2", "2", "2", revision=f'"{typed}"')),
    )
    assert levels(tables) == [2, 2, 2, 2]


def test_a_revision_that_is_no_number_is_told_even_where_it_lost(send):
    tables = send(
        ("a.xlsx", readiness("1", "1", "1", "1", revision=2)),
        ("b.xlsx", readiness("2", "2", "2", "2", revision="baru")),
    )
    assert "BAD_REVISION" in [code for (code,) in found(tables)]


def test_a_blanking_that_was_made_good_is_not_told_for_ever(send):
    tables = send(
        ("a.xlsx", readiness("1", "2", "3", "4")),
        ("b.xlsx", readiness("", "5", "", "", revision=2)),
        ("c.xlsx", readiness("1", "5", "3", "4", revision=3)),
    )
    assert [code for (code,) in found(tables)] == ["OLDER_REVISION", "OLDER_REVISION"]


def test_three_parts_are_joined_in_one_line(send):
    tables = send(
        ("a.xlsx", readiness("1", "", "", "")),
        ("b.xlsx", readiness("", "2", "", "")),
        ("c.xlsx", readiness("", "", "3", "4")),
    )
    assert levels(tables) == [1, 2, 3, 4]
    assert details(tables, "JOINED")["files"] == ["a.xlsx", "b.xlsx", "c.xlsx"]


def test_a_row_that_was_tb_in_one_file_is_settled_by_one_answer(send):
    tables = send(
        ("a.xlsx", future("3", "3", "")),
        ("b.xlsx", future("TB", "", "")),
        ("c.xlsx", future("3", "", "", revision=2)),
    )
    assert "CONFLICT" not in [code for (code,) in found(tables)]
    cells = details(tables, "BLANK_CELLS")["cells"]
    assert cells == ["C2"]


def test_a_dash_is_one_line_of_a_letter(city, send):
    assert letter(city, send(("a.xlsx", readiness("-", "2", "3", "4")))).count("C2") == 1


def test_a_blank_copy_of_a_sheet_contradicts_nothing(send):
    sheets = readiness("1", "2", "", "4")
    sheets["3 Kesiapan Daerah (2)"] = READINESS.format("", "", "3", "").replace("laporan 2022", "")
    tables = send(("a.xlsx", sheets))
    assert levels(tables) == [1, 2, 3, 4]
    assert found(tables) == []


def test_a_missing_column_that_a_later_revision_has_is_not_told(send):
    first = readiness("1", "2", "3", "4")
    first["3 Kesiapan Daerah"] = """
        Kode | Bukti atau alasan
        KS01 | laporan
    """
    tables = send(("a.xlsx", first), ("b.xlsx", readiness("1", "2", "3", "4", revision=2)))
    assert "MISSING_COLUMN" not in [code for (code,) in found(tables)]


def test_two_people_with_no_name_between_them_are_one_problem(send):
    tables = send(("a.xlsx", pairs("A", 3)), ("b.xlsx", pairs("B", 5)))
    assert tables["pairs"]["strength"].isna().all()
    assert found(tables, "unit") == [("OTHER_UNIT", "bappeda")]
    counts = tables["completeness"].query("table == 'pairs'").iloc[0]
    assert (counts["invalid"], counts["blank"]) == (30, 0)


def test_few_cells_apart_are_contradictions_not_strangers(send):
    tables = send(
        ("a.xlsx", readiness("1", "2", "3", "4")), ("b.xlsx", readiness("5", "5", "5", "5"))
    )
    assert [code for (code,) in found(tables)] == ["CONFLICT"] * 4
