"""The instrument and the register: complete, and refused with file, row and column."""

import openpyxl
import pandas as pd
import pytest

from analysis import text
from analysis.project import Project, ProjectError
from analysis.survey.asked import official, register
from analysis.survey.asked.instrument import Instrument
from analysis.survey.kept import setup
from analysis.survey.returned.answers import understand
from analysis.survey.returned.workbook import Cell, Misread
from analysis.survey.sent import forms
from analysis.text import using
from tests.second_city import ROOT, edit


def test_the_city_has_every_sheet_in_full():
    instrument = Instrument.load(Project(ROOT))
    counts = {t.name: len(t.codes) for t in instrument.tables}
    assert counts == {
        "future": 20,
        "future_own": 3,
        "external": 24,
        "external_own": 3,
        "readiness": 27,
        "spbe": 47,
        "gap": 18,
        "swot": 16,
        "swot_lines": 12,
        "pairs": 15,
        "contribution": 6,
        "sentence": 1,
        "quickwin": 5,
        "pemdi": 34,
        "pemdi_users": 1,
        "evaluation": 5,
    }
    assert len(instrument.rows) == sum(counts.values())


def test_a_workbook_has_about_440_answer_cells():
    instrument = Instrument.load(Project(ROOT))
    tables = [t for t in instrument.tables if not t.owned]
    assert 400 <= sum(len(t.codes) * len(t.fields) for t in tables) <= 480


def test_the_register_has_35_units_in_four_groups():
    units = register.units(Project(ROOT))
    groups = [u.group for u in units]
    assert {g: groups.count(g) for g in groups} == {
        "dinas": 17,
        "badan": 5,
        "kecamatan": 8,
        "lainnya": 5,
    }


def test_conflicting_statistics_stand_side_by_side():
    frame = register.statistics(Project(ROOT))
    conflict = frame.query("indicator == 'population' and year == 2024")
    assert sorted(conflict["value"]) == [277054, 278320, 278325]
    assert conflict["used"].sum() == 1
    assert frame["source"].str.len().min() > 3


def test_figures_of_another_city_are_left_out(city):
    path = city.raw / "city.toml"
    content = path.read_text("utf-8").replace('bps_code = "1273"', 'bps_code = "9999"')
    path.write_text(content, "utf-8")
    assert set(register.statistics(Project(city.root))["area"]) == {"nasional"}


def test_figures_speak_of_sub_dimensions_as_the_city_says(city):
    figures = official.official(Project(ROOT))
    assert list(figures) == official.COLUMNS
    poverty = figures.query("indicator == 'poverty'").iloc[0]
    assert (poverty["subdimension"], poverty["better"]) == ("welfare", "lower")
    assert (poverty["name"], poverty["measure"]) == ("Persentase penduduk miskin", "persen")
    known = register.statistics(Project(ROOT)).query("used and indicator == 'hdi'")
    assert (figures["indicator"] == "hdi").sum() == 3 * len(known) > 0
    text.use("en")
    assert "Poverty rate" in set(official.official(Project(ROOT))["name"])
    (city.folder / official.NAME).unlink()
    assert official.official(city).empty


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("units.csv", ",badan,", ",bdn,", "2023/units.csv: baris 3, kolom group"),
        ("units.csv", "bappeda,", "kominfo,", "2023/units.csv: baris 3, kolom id"),
        ("instrument/future.csv", ",social,", ",sosial,", "future.csv: baris 2, kolom steep"),
        ("instrument/gap.csv", "KJ02", "KJ01", "gap.csv: baris 3, kolom code"),
        ("instrument/readiness.csv", "weight", "bobot", "readiness.csv: baris 2, kolom bobot"),
        ("statistics.csv", ",2010,", ",20x0,", "statistics.csv: baris 3, kolom year"),
        ("instrument/official.csv", "wifi_points", "wifi", "baris 4, kolom indicator: wifi tidak"),
        ("instrument/official.csv", ",industry,", ",tani,", "baris 5, kolom subdimension: tani ti"),
        ("instrument/official.csv", "lower", "rendah", "baris 6, kolom better: “rendah” harus"),
        ("instrument/official.csv", "bureaucracy", "service", "baris 3, kolom indicator, subdim"),
    ],
)
def test_wrong_data_files_name_file_row_and_column(city, file, old, new, message):
    edit(city, file, old, new)
    with pytest.raises(ProjectError) as refused:
        load(city)
    assert message in str(refused.value)


@pytest.mark.parametrize("column", ["pole_low", "pole_high", "pole_low_en", "pole_high_en"])
def test_a_pole_without_the_others_is_named_by_its_cell(city, column):
    path = city.folder / "instrument" / "future.csv"
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    table.loc[1, column] = ""
    table.to_csv(path, index=False)
    with pytest.raises(
        ProjectError, match=f"future.csv: baris 3, kolom {column}: (kosong|wajib)"
    ) as told:
        Instrument.load(city)
    assert str(told.value).count("\n") == 0


def test_drivers_have_both_poles_or_none(city):
    path = city.folder / "instrument" / "future.csv"
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    poles = ["pole_low", "pole_high"]
    assert (Instrument.load(city).table("future").items[poles] == table[poles]).all(axis=None)
    with using("en"):
        items = Instrument.load(city).table("future").items[poles]
    assert (items.to_numpy() == table[["pole_low_en", "pole_high_en"]].to_numpy()).all()
    table.drop(columns=[*poles, "pole_low_en", "pole_high_en"]).to_csv(path, index=False)
    assert (Instrument.load(city).table("future").items[poles] == "").all(axis=None)


def test_poles_change_no_form(city, tmp_path):
    path = city.folder / "instrument" / "future.csv"
    asked = [file.read_bytes() for file in forms.write(city, tmp_path / "with")]
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    table[["pole_low", "pole_high", "pole_low_en", "pole_high_en"]] = ""
    table.to_csv(path, index=False)
    assert [file.read_bytes() for file in forms.write(city, tmp_path / "none")] == asked


def load(project: Project) -> None:
    Instrument.load(project)
    register.units(project)
    register.statistics(project)
    official.official(project)
    setup.check(project)


def test_wrong_settings_name_the_entry(city):
    path = city.folder / "period.toml"
    path.write_text(path.read_text("utf-8").replace("future_cut = 3.0", "future_cut = 9"), "utf-8")
    with pytest.raises(ProjectError, match="thresholds.future_cut"):
        setup.check(Project(city.root))


@pytest.mark.parametrize("brk", ["\n", "\r\n", "\u2028", "\x0b", "\x85"])
def test_a_break_within_a_statement_stays_a_break(city, brk):
    path = city.folder / "instrument" / "readiness.csv"
    head, first, *rest = path.read_bytes().decode("utf-8").splitlines(keepends=True)
    parts = first.split(",")
    parts[4] = f'"Unit kami membangun kompetensi{brk}digital."'
    path.write_bytes((head + ",".join(parts) + "".join(rest)).encode())
    items = Instrument.load(city).table("readiness").items
    said = " ".join(items["statement"].iloc[0].split())
    assert said == "Unit kami membangun kompetensi digital."
    assert len(items) == 4


def test_a_wrong_cell_below_a_break_is_named_by_its_row_in_a_spreadsheet(city):
    path = city.folder / "instrument" / "readiness.csv"
    content = path.read_text("utf-8").splitlines(keepends=True)
    parts = content[1].split(",")
    parts[4] = '"dua\nbaris"'
    content[1] = ",".join(parts)
    content[2] = content[2].replace("KS02", "ks2")
    path.write_text("".join(content), "utf-8")
    with pytest.raises(ProjectError, match="baris 3, kolom code"):
        Instrument.load(city)


def test_levels_may_mean_something_of_their_own_in_a_row(city, tmp_path):
    """As the regulation has it for services: the form says so, and the door reads their words."""
    scales = city.folder / "instrument/scales.csv"
    words = ("informasi", "interaksi", "transaksi", "kolaborasi", "optimum")
    rows = [f"layanan,{n},{word},{word}\n" for n, word in enumerate(words, 1)]
    scales.write_text(scales.read_text("utf-8") + "".join(rows), "utf-8")
    path = city.folder / "instrument/readiness.csv"
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    table["scale"] = ["", "", "layanan", "layanan"]
    table.to_csv(path, index=False)
    instrument = Instrument.load(city)
    readiness = instrument.table("readiness")
    level = {code: readiness.asked(code)[0] for code in readiness.codes}
    assert understand(Cell("", 0, 0, "kolaborasi"), level["KS04"], instrument) == 4
    with pytest.raises(Misread):
        understand(Cell("", 0, 0, "kolaborasi"), level["KS01"], instrument)
    forms.write(city, tmp_path)
    sheet = openpyxl.load_workbook(tmp_path / "2023-bappeda.xlsx")["3 Kesiapan Daerah"]
    said = [str(c.value) for row in sheet.iter_rows() for c in row if c.value]
    assert any("Tingkat:" in s and "terkelola" in s for s in said)
    assert any("KS03–KS04:" in s and "kolaborasi" in s for s in said)
    prompts = {str(v.sqref): v.prompt for v in sheet.data_validations.dataValidation}
    assert sum("kolaborasi" in str(p) for p in prompts.values()) == 1


@pytest.mark.parametrize(
    ("scale", "message"),
    [("layanan", "layanan tidak dikenal"), ("external", "harus berujung sama")],
)
def test_a_scale_of_an_items_own_is_one_and_has_the_same_ends(city, scale, message):
    path = city.folder / "instrument/readiness.csv"
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    table["scale"] = ["", "", "", scale]
    table.to_csv(path, index=False)
    with pytest.raises(ProjectError, match=f"baris 5, kolom scale: .*{message}"):
        Instrument.load(city)
