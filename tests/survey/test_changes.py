"""What later revisions changed, cell by cell."""

from analysis.survey.kept.changes import COLUMNS
from tests.survey.tables import readiness
from tests.survey.test_layers import workbook

SHEET, LEVEL = "3 Kesiapan Daerah", "Tingkat"


def rows(tables, *columns):
    table = tables["changes"][list(columns)].astype(object)
    return [tuple(row) for row in table.where(table.notna(), None).to_numpy()]


def test_each_cell_that_a_revision_says_otherwise_is_a_row(send):
    tables = send(
        ("a.xlsx", readiness("1", "9", "3", "")),
        ("b.xlsx", readiness("2", "", "3", "4", revision=2)),
        ("c.xlsx", readiness("2", "5", "", "", revision=3)),
    )
    assert list(tables["changes"]) == COLUMNS
    shown = rows(tables, "unit", "revision", "sheet", "cell", "item", "field", "before", "after")
    assert shown == [
        ("bappeda", 2, SHEET, "C2", "KS01", LEVEL, "1", "2"),
        ("bappeda", 2, SHEET, "C5", "KS04", LEVEL, None, "4"),
        ("bappeda", 3, SHEET, "C3", "KS02", LEVEL, "9", "5"),
    ]
    assert [row[0].rsplit("/")[-1] for row in rows(tables, "file")] == ["b.xlsx"] * 2 + ["c.xlsx"]


def test_what_is_sent_once_or_twice_alike_changed_nothing(send):
    sent = send(
        ("a.xlsx", readiness("1", "2", "3", "4")), ("b.xlsx", readiness("1", "2", "3", "4"))
    )
    assert sent["changes"].empty


def test_personal_numbers_are_covered(send):
    note = "Kode | Dampak | Ketidakpastian | Bukti atau alasan\nMD01 | 3 | 3 | {0}"
    tables = send(
        ("a.xlsx", workbook("1 Masa Depan", note, "rapat")),
        ("b.xlsx", workbook("1 Masa Depan", note, "telepon 081234567890", revision=2)),
    )
    assert rows(tables, "after") == [("telepon •••",)]
