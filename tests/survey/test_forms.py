"""The forms: what officers may change, what they are told, and what ingest can rely on."""

import io
import shutil
import subprocess
import zipfile
from dataclasses import replace
from datetime import date
from itertools import groupby

import openpyxl
import pytest
from openpyxl.formula.translate import Translator
from python_calamine import CalamineWorkbook

from analysis.project import Project
from analysis.survey.asked.fields import Amount, Scale
from analysis.survey.asked.instrument import Instrument
from analysis.survey.asked.labels import simplify
from analysis.survey.asked.register import units
from analysis.survey.asked.version import version
from analysis.survey.kept.doubts import doubts
from analysis.survey.kept.layers import lay
from analysis.survey.returned import cells, matching
from analysis.survey.returned.expected import Expected
from analysis.survey.sent import forms
from analysis.survey.sent.forms import rules
from tests import libreoffice
from tests.second_city import ROOT

PROJECT = Project.find(ROOT, "2023")
INSTRUMENT = Instrument.load(PROJECT)
UNITS = units(PROJECT)
BY_ID = {u.id: u for u in UNITS}
ITEM_SHEETS = list(dict.fromkeys(t.sheet for t in INSTRUMENT.tables))
SOFFICE = shutil.which("soffice")
needs_libreoffice = pytest.mark.skipif(not SOFFICE, reason="LibreOffice (soffice) is missing")

pytestmark = pytest.mark.filterwarnings("ignore:.*xtension is not supported:UserWarning")

ANSWERS = {
    ("MD01", "impact"): 5,
    ("MD01", "uncertainty"): 2,
    ("MD01", "evidence"): "Data <BPS> & laporan",
    ("MD02", "impact"): "TR",
    ("KJ01", "current"): 4,
    ("KJ01", "target"): 2,
    ("KJ01", "obstacle"): "Sumber daya manusia (SDM)",
    ("PB01", "more"): "B",
    ("PB01", "strength"): 4,
    ("QW-1", "name"): "=1+1",
    ("QW-1", "dimension"): "Smart Living",
    ("QW-1", "cost"): 1250.5,
    ("QW-1", "lead"): "Unit yang tidak ada dalam daftar",
    ("VS-1", "text"): "Kota yang sehat.",
}


def make(unit="kesehatan", **more) -> bytes:
    return forms.workbook(
        BY_ID[unit], INSTRUMENT, PROJECT.settings, units=UNITS, period="2023", **more
    )


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


@pytest.fixture(scope="module")
def blank() -> openpyxl.Workbook:
    return opened(make("kominfo"))


@pytest.fixture(scope="module")
def filled() -> bytes:
    return make(answers=ANSWERS, revision=2, respondent="Sekretaris", filled_on=date(2023, 8, 21))


def answer_cells(book) -> dict[tuple[str, str], object]:
    """Every answer cell of a form by (code, field), found as ingest finds it."""
    found = {}
    for sheet in book.worksheets:
        headings = {}
        for row in sheet.iter_rows():
            titles = {simplify(c.value): c.column for c in row if c.value is not None}
            if "kode" in titles:
                headings = titles
            elif headings and (code := row[headings["kode"] - 1].value) in INSTRUMENT.rows:
                for field in INSTRUMENT.rows[code].fields:
                    found[code, field.name] = row[headings[simplify(field.title)] - 1]
    return found


def rule_of(cell):
    """The data validation of a cell."""
    rules = cell.parent.data_validations.dataValidation
    return next(r for r in rules if cell.coordinate in r.sqref)


def test_every_code_stands_once_and_every_field_has_a_heading(blank):
    codes = [c.value for s in blank for c in s["A"] if c.value in INSTRUMENT.rows]
    assert sorted(codes) == sorted(INSTRUMENT.rows)
    fields = {(c, f.name) for c, t in INSTRUMENT.rows.items() for f in t.fields}
    assert set(answer_cells(blank)) == fields


def test_sheets_are_in_order_and_spbe_goes_to_the_coordinator_alone(blank):
    assert blank.sheetnames == ["Petunjuk", "Identitas", *ITEM_SHEETS, "Daftar"]
    others = opened(make("kesehatan")).sheetnames
    assert others == [name for name in blank.sheetnames if name != "8 SPBE"]


def test_only_answer_cells_are_unlocked(blank):
    answers = {(c.parent.title, c.coordinate) for c in answer_cells(blank).values()}
    answers |= {("Identitas", f"B{row}") for row in (10, 11, 12, 13)}
    unlocked = {
        (sheet.title, cell.coordinate)
        for sheet in blank
        for row in sheet.iter_rows()
        for cell in row
        if not cell.protection.locked and not isinstance(cell, openpyxl.cell.cell.MergedCell)
    }
    assert unlocked == answers


def test_sheets_are_protected_without_password_but_stay_usable(blank):
    for sheet in blank:
        protection = sheet.protection
        assert protection.sheet and not protection.password
        # In the file a true value forbids.
        assert not protection.formatColumns and not protection.formatRows
        assert not protection.autoFilter and not protection.selectLockedCells


def test_every_answer_cell_is_checked_with_messages_in_indonesian(blank):
    for (code, name), cell in answer_cells(blank).items():
        rule = rule_of(cell)
        assert rule.prompt and rule.promptTitle, (code, name)
        assert rule.error or not rule.showErrorMessage, (code, name)
        assert rule.allow_blank


def test_scales_offer_their_values_and_tb_where_it_may_stand(blank):
    cells = answer_cells(blank)
    assert rule_of(cells["MD01", "impact"]).formula1 == '"1,2,3,4,5,TR"'
    assert rule_of(cells["KE01", "rating"]).formula1 == '"1,2,3,4,TR"'
    assert rule_of(cells["MD-A1", "impact"]).formula1 == '"1,2,3,4,5"'
    assert rule_of(cells["PB01", "strength"]).formula1 == '"1,2,3,4,5,6,7,8,9"'
    assert "1 = sangat kecil" in rule_of(cells["MD01", "impact"]).prompt
    assert "TR = tidak relevan" in rule_of(cells["MD01", "impact"]).prompt


def test_lists_refer_to_the_sheet_of_lists(blank):
    rule = rule_of(answer_cells(blank)["QW-1", "dimension"])
    sheet, area = rule.formula1.replace("$", "").lstrip("=").split("!")
    offered = [row[0].value for row in blank[sheet.strip("'")][area]]
    assert offered == list(INSTRUMENT.scheme("dimension")["name"])


def test_choices_of_one_parent_stand_together_in_any_order_of_the_instrument():
    mixed = INSTRUMENT.categories.iloc[::-1]
    offered = rules.lists(replace(INSTRUMENT, categories=mixed), UNITS)
    names = INSTRUMENT.scheme("dimension")["name"]
    parents = INSTRUMENT.scheme("subdimension").set_index("name")["parent"].map(names)
    beside = offered[rules.parent_of("subdimension")]
    assert beside == list(parents[offered["subdimension"]])
    assert len(list(groupby(beside))) == 6


@needs_libreoffice
def test_subdimensions_offered_in_libreoffice_follow_the_chosen_dimension(tmp_path):
    book = opened(make("kesehatan"))
    cells = answer_cells(book)
    chosen = ["Smart Governance", "Smart Living", "Smart Environment", "semua", None]
    for n, dimension in enumerate(chosen, start=1):
        cells[f"QW-{n}", "dimension"].value = dimension
    sheet, first = book["7 Quick Win"], cells["QW-1", "subdimension"]
    rule = rule_of(first)
    formula = Translator(f"={rule.formula1.lstrip('=')}", first.coordinate)
    for n in range(1, 6):  # what the cell's list offers, written out beside it
        at = cells[f"QW-{n}", "subdimension"]
        offered = formula.translate_formula(at.coordinate)[1:]
        sheet.cell(at.row, 30).value = f"=ROWS({offered})"
        sheet.cell(at.row, 31).value = f"=INDEX({offered},1)"
    book.save(tmp_path / "typed.xlsx")
    saved = libreoffice.save_as(tmp_path / "typed.xlsx", "xlsx", tmp_path / "a", tmp_path / "p")
    done = openpyxl.load_workbook(saved, data_only=True)["7 Quick Win"]
    rows = [cells[f"QW-{n}", "subdimension"].row for n in range(1, 6)]
    assert [(done.cell(r, 30).value, done.cell(r, 31).value) for r in rows] == [
        (3, "Pelayanan publik"),
        (3, "Harmonisasi tata ruang"),
        (3, "Proteksi lingkungan"),
        (18, "Pelayanan publik"),
        (18, "Pelayanan publik"),
    ]
    kept = rule_of(done[first.coordinate])
    assert (kept.type, kept.formula1.count("$D")) == ("list", rule.formula1.count("$D"))
    assert kept.formula1.startswith("OFFSET(") and kept.promptTitle == "Subdimensi"


def test_lead_unit_is_suggested_and_amounts_have_limits(blank):
    cells = answer_cells(blank)
    assert not rule_of(cells["QW-1", "lead"]).showErrorMessage
    for name in ("cost", "duration", "beneficiaries"):
        rule = rule_of(cells["QW-1", name])
        kind = next(f.kind for f in INSTRUMENT.table("quickwin").fields if f.name == name)
        assert isinstance(kind, Amount)
        assert rule.type == ("whole" if kind.whole else "decimal")
        assert rule.operator == "greaterThanOrEqual" and float(rule.formula1) == kind.minimum


def test_headings_stay_in_view_below_the_legend_within_a_third_of_a_laptop_screen():
    book = opened(make("kominfo", sample=True))
    for name in ITEM_SHEETS:
        sheet = book[name]
        first = sheet[sheet.freeze_panes].row
        above = [str(sheet.cell(row, 1).value or "") for row in range(1, first)]
        assert above[-1] == "Kode"
        scales = {
            f.title
            for f in next(t for t in INSTRUMENT.tables if t.sheet == name).fields
            if isinstance(f.kind, Scale)
        }
        assert all(any(title in text for text in above[:-1]) for title in scales), name
        points = sum(sheet.row_dimensions[row].height for row in range(1, first))
        assert points * 96 / 72 <= 768 / 3, name


def test_print_setup(blank):
    for sheet in blank:
        assert sheet.page_setup.orientation == "landscape"
        assert int(sheet.page_setup.paperSize) == 9
        assert sheet.page_setup.fitToWidth in (None, 1, "1")
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.oddFooter.left.text == "Dinas Komunikasi dan Informatika"
        assert "&P" in sheet.oddFooter.right.text and "&N" in sheet.oddFooter.right.text
    for name in ("1 Masa Depan", "2 Kondisi Eksternal", "3 Kesiapan Daerah", "4 Kesenjangan"):
        assert str(blank[name].print_title_rows).startswith("$1:$"), name


def test_identity_is_prefilled(filled):
    sheet = opened(filled)["Identitas"]
    identity = {row[0].value: row[1].value for row in sheet.iter_rows(min_row=5)}
    assert identity["ID unit"] == "kesehatan"
    assert identity["Nama unit"] == "Dinas Kesehatan"
    assert identity["Kode kota"] == "1273" and identity["Periode"] == "2023"
    assert identity["Revisi"] == 2 and identity["Tanggal pengisian"].date() == date(2023, 8, 21)
    assert identity["Data contoh"] == "tidak" and identity["Versi formulir"] == version(INSTRUMENT)


def test_ingest_reads_back_what_was_filled_in(filled):
    expected = Expected(INSTRUMENT, UNITS, PROJECT.settings, "2023")
    read = matching.read(cells.read(filled), "answers.xlsx", expected)
    assert (read.unit, read.revision, read.sample) == ("kesehatan", 2, False)
    read_as = {
        ("MD02", "uncertainty"): "TR",  # said once, meant for the row
        ("KJ01", "obstacle"): "people",
        ("QW-1", "dimension"): "living",
    }
    assert {key: a.value for key, a in read.answers.items()} == ANSWERS | read_as
    assert read.problems() == []
    kept = lay("kesehatan", [read], expected)
    assert {p.code for p in doubts(kept, expected)} == {"TARGET_BELOW_CURRENT", "INCOMPLETE_ROW"}


def test_text_is_never_a_formula(filled):
    cell = answer_cells(opened(filled))["QW-1", "name"]
    assert (cell.data_type, cell.value) == ("s", "=1+1")


def test_progress_is_counted_when_answers_are_given(filled):
    book = CalamineWorkbook.from_filelike(io.BytesIO(filled))
    assert "4 dari 40 terisi" in shown(book, "1 Masa Depan")  # TR fills its row of two
    assert "3 dari 72 terisi" in shown(book, "4 Kesenjangan")
    assert "0 dari 27 terisi" in shown(book, "3 Kesiapan Daerah")
    assert "9 dari 267 terisi" in shown(book, "Petunjuk")
    assert "Smart Branding di antara sedikit lebih penting dan lebih penting" in shown(
        book, "6 Visi"
    )


@needs_libreoffice
def test_formulas_follow_an_officer_who_types_in_libreoffice(tmp_path):
    book = opened(make("kesehatan"))  # openpyxl keeps no computed values: all are recomputed
    for key, cell in answer_cells(book).items():
        if key in ANSWERS:
            cell.value = ANSWERS[key]
    book.save(tmp_path / "typed.xlsx")
    done = tmp_path / "done"
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [SOFFICE, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(done)]
    subprocess.run([*command, str(tmp_path / "typed.xlsx")], check=True, timeout=120)
    book = CalamineWorkbook.from_path(str(done / "typed.xlsx"))
    assert "4 dari 40 terisi" in shown(book, "1 Masa Depan")
    assert "2 dari 48 terisi" in shown(book, "6 Visi")
    assert "9 dari 267 terisi" in shown(book, "Petunjuk")
    assert "Smart Branding di antara sedikit lebih penting dan lebih penting" in shown(
        book, "6 Visi"
    )


def test_the_overview_links_to_every_sheet(blank):
    cells = [row[1] for row in blank["Petunjuk"].iter_rows() if row[1].hyperlink]
    links = {cell.hyperlink.location for cell in cells}
    assert links == {f"'{name}'!A1" for name in ("Identitas", *ITEM_SHEETS)}


def test_the_same_answers_make_the_same_bytes(filled):
    again = make(answers=ANSWERS, revision=2, respondent="Sekretaris", filled_on=date(2023, 8, 21))
    assert again == filled
    assert zipfile.ZipFile(io.BytesIO(filled)).testzip() is None


def test_write_makes_a_form_for_every_unit(tmp_path):
    paths = forms.write(PROJECT, tmp_path / "out")
    assert [p.name for p in paths] == [f"2023-{u.id}.xlsx" for u in UNITS]
    assert sorted(paths) == sorted((tmp_path / "out").glob("*.xlsx"))


def test_a_sample_says_so_everywhere_and_a_form_nowhere(blank):
    book = opened(make(sample=True))
    for sheet in book:
        assert sheet["A1"].value == "CONTOH – data sintetis, bukan hasil survei"
        assert "CONTOH" in sheet.oddHeader.center.text
    assert book["Identitas"]["B14"].value == "ya"
    assert not any("CONTOH" in str(sheet["A1"].value) for sheet in blank)


def shown(book: CalamineWorkbook, sheet: str) -> list[object]:
    """Every value on a sheet as it was last computed."""
    return [v for row in book.get_sheet_by_name(sheet).to_python() for v in row]
