"""Numbers, dates and hours among texts: quoted as the officer sees them, and never masked."""

import datetime

import pytest
import xlsxwriter

from analysis.survey.kept.ingest import ingest
from analysis.survey.returned import cells
from analysis.survey.returned.formats import shown
from analysis.survey.returned.workbook import Cell
from tests import libreoffice
from tests.survey.packages import xlsb
from tests.survey.tables import found

SHEET = "3 Kesiapan Daerah"


@pytest.fixture
def evidence(city):
    """Ingest a workbook with evidence that is a value in a cell of this format."""

    def evidence(value, form="General"):
        path = city.responses / "a.xlsx"
        path.parent.mkdir(parents=True, exist_ok=True)
        with xlsxwriter.Workbook(path) as book:
            sheet = book.add_worksheet("Identitas")
            sheet.write_column("A1", ["ID unit", "Kode kota", "Periode"])
            sheet.write_column("B1", ["bappeda", "1273", "2023"])
            sheet = book.add_worksheet(SHEET)
            sheet.write_row("A1", ["Kode", "Tingkat", "Bukti atau alasan"])
            sheet.write_column("A2", ["KS01", "KS02", "KS03", "KS04"])
            sheet.write_column("B2", [3, 3, 3, 3])
            style = book.add_format({"num_format": form})
            write = sheet.write_number if isinstance(value, int | float) else sheet.write_datetime
            write("C2", value, style)
        tables = ingest(city)
        assert found(tables) == []
        return tables["readiness"]["evidence"].iloc[0]

    return evidence


@pytest.mark.parametrize(
    ("value", "form", "seen"),
    [
        (0.75, "0%", "75%"),
        (1, "0%", "100%"),
        (1 / 3, "0%", "33%"),
        (1 / 3, "0.00%", "33,33%"),
        (1 / 3, "General", "0.333333333333333"),
        (1500000, "#,##0", "1.500.000"),
        (12, '0" bulan"', "12 bulan"),
        (datetime.date(2023, 5, 4), "dd/mm/yyyy", "04/05/2023"),
        (datetime.date(2023, 5, 4), "[$-421]d mmmm yyyy", "4 Mei 2023"),
        (datetime.time(7, 45), "h:mm", "7:45"),
        (datetime.datetime(2023, 5, 4, 13, 5), "dd/mm/yyyy hh:mm", "04/05/2023 13:05"),
    ],
)
def test_as_it_is_seen(evidence, value, form, seen):
    assert evidence(value, form) == seen


@pytest.mark.parametrize(
    "value", [81234567890, 6281234567890, 0.0812345678, 127301010190000, 1 / 7, 1234567890123456.0]
)
def test_a_number_is_no_telephone(evidence, value):
    assert "•" not in evidence(value)


@pytest.mark.parametrize(
    ("value", "code", "seen"),
    [
        (-0.5, "0.0%", "-50,0%"),
        (1234.5, "#,##0.00", "1.234,50"),
        (1234.5, "0.00", "1234,50"),
        (2.5, "0.##", "2,5"),
        (3, "0.##", "3"),
        (250, '"Rp" #,##0', "Rp 250"),
        (250, "[$Rp-421]#,##0", "Rp250"),
        (-250, "#,##0;[Red](#,##0)", "(250)"),
        (5, "00", "05"),
        (7.5, "# ?/?", None),
        (7.5, "0.00E+00", None),
        (7000, "0,", None),
        (44, "dd/mm/yyyy", None),
        (datetime.date(2023, 12, 31), "d-mmm-yy", "31-Des-23"),
        (datetime.datetime(2023, 5, 4), "dddd, d mmmm yyyy", "Kamis, 4 Mei 2023"),
        (datetime.datetime(2023, 5, 4), "", "04/05/2023"),
        (datetime.datetime(2023, 5, 4, 9, 30), "", "04/05/2023 09:30"),
        (datetime.time(9, 5, 7), "", "09:05:07"),
        (datetime.time(0, 0), "h:mm", "0:00"),
        (datetime.time(15, 4), "h:mm AM/PM", "3:04 PM"),
        (datetime.time(0, 4, 5), "mm:ss", "04:05"),
        (datetime.time(3, 0), "dd/mm/yyyy", "03:00"),
        (datetime.timedelta(hours=30, minutes=5), "[h]:mm", "30:05"),
        (datetime.timedelta(hours=30, minutes=5), "", "30:05"),
        (0.75, '"75%"', "75%"),
        (datetime.time(3, 0), '"pukul tiga"', "pukul tiga"),
    ],
)
def test_formats(value, code, seen):
    assert shown(value, code) == seen


# Formats of this country, so that LibreOffice shows them alike on a machine of any other.
LOCAL = [
    (0.75, "[$-421]0%", "75%"),
    (4, "0%", "400%"),
    (1 / 3, "[$-421]0.00%", "33,33%"),
    (1500000, "[$-421]#,##0", "1.500.000"),
    (6281234567890, "[$-421]#,##0.00", "6.281.234.567.890,00"),
    (6281234567890, "[$-421]0.00", "6281234567890,00"),
    (12, '0" bulan"', "12 bulan"),
    (5, '0" hubungi 0812-3456-7890"', "5 hubungi •••"),
    (250, "[$Rp-421]#,##0", "Rp250"),
    (datetime.date(2023, 5, 4), "dd/mm/yyyy", "04/05/2023"),
    (datetime.date(2023, 5, 4), "[$-421]d mmmm yyyy", "4 Mei 2023"),
    (datetime.time(7, 45), "h:mm", "7:45"),
    (datetime.datetime(2023, 5, 4, 13, 5), "dd/mm/yyyy hh:mm", "04/05/2023 13:05"),
    (datetime.timedelta(hours=30, minutes=5), "[h]:mm", "30:05"),
    (0.5, "General", "0.5"),
    (81234567890, "General", "81234567890"),
]


@libreoffice.needed
@pytest.mark.parametrize("ending", ["xlsx", "ods", "xls"])
def test_as_it_is_seen_in_each_kind_of_file(tmp_path, ending):
    """Each twice, side by side, as one element of an .ods may stand for both."""
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for row, (value, form, _seen) in enumerate(LOCAL):
            style = book.add_format({"num_format": form})
            write = sheet.write_number if isinstance(value, int | float) else sheet.write_datetime
            write(row, 0, value, style)
            write(row, 1, value, style)
    saved = libreoffice.save_as(path, ending, tmp_path / "saved", tmp_path / "profile")
    rows = cells.read(saved.read_bytes()).rows()
    assert [[c.shown for c in row] for row in rows] == [[seen] * 2 for *_, seen in LOCAL]


def test_as_it_is_seen_in_a_binary_workbook():
    typed = [(0.75, "0%"), (1500000, "#,##0"), (45050, "dd/mm/yyyy"), (0.25, "h:mm"), (7, "0%"), 7]
    book = cells.read(xlsb({"A": [typed[:3], typed[3:]]}))
    shown_so = [[cell.shown for cell in row] for row in book.rows()]
    assert shown_so == [["75%", "1.500.000", "04/05/2023"], ["6:00", "700%", "7"]]


def test_a_percentage_that_is_no_level_is_told_as_it_is_seen(city):
    path = city.responses / "a.xlsx"
    path.parent.mkdir(parents=True)
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Identitas")
        sheet.write_column("A1", ["ID unit", "Kode kota", "Periode"])
        sheet.write_column("B1", ["bappeda", "1273"])
        sheet.write_number("B3", 2023, book.add_format({"num_format": "#,##0"}))
        sheet = book.add_worksheet(SHEET)
        sheet.write_row("A1", ["Kode", "Tingkat", "Bukti atau alasan"])
        sheet.write_column("A2", ["KS01", "KS02", "KS03", "KS04"])
        percent = book.add_format({"num_format": "0%"})
        sheet.write_number("B2", 0.75, percent)
        sheet.write_number("B3", 4, percent)
    tables = ingest(city)
    assert found(tables, "cell", "value") == [("NOT_WHOLE", "B2", "75%")]
    assert tables["readiness"]["level"].tolist()[1] == 4


def test_what_a_format_writes_around_a_number_is_typed_text():
    cell = Cell("A", 0, 0, 5.0, '0" hubungi 0812-3456-7890"')
    assert cell.shown == "5 hubungi •••"
