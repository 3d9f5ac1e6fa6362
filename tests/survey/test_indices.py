"""The indices of a period: files of their own, shared out to the units that answer for them."""

import io
import re
import shutil

import openpyxl
import pandas as pd
import pytest

from analysis.project import Project, ProjectError
from analysis.survey.asked.fields import Balance
from analysis.survey.asked.instrument import Instrument
from analysis.survey.asked.register import units as registered
from analysis.survey.kept import setup
from analysis.survey.kept.codebook import codebook
from analysis.survey.kept.ingest import ingest
from analysis.survey.sent import forms, sample
from tests.second_city import RAW, ROOT
from tests.survey.tables import found

NEW, OLD = Project(ROOT, asked="2024"), Project(ROOT, asked="2023")
PROCESS = ["rintisan", "terkelola", "terdefinisi", "terpadu dan terukur", "optimum"]
SERVICE = ["informasi", "interaksi", "transaksi", "kolaborasi", "optimum"]
SHEET = "8 SPBE"


def blank(project: Project, unit: str) -> bytes:
    """A unit's blank form."""
    units = registered(project)
    own = next(u for u in units if u.id == unit)
    given = {"units": units, "period": project.period}
    return forms.workbook(own, Instrument.load(project), project.settings, **given)


def rows(content: bytes, sheet: str = SHEET) -> dict[str, list[str]]:
    """The rows of a form's sheet by their code: what stands in each cell."""
    book = openpyxl.load_workbook(io.BytesIO(content), rich_text=False)
    if sheet not in book.sheetnames:
        return {}
    found = ([str(cell.value or "") for cell in row] for row in book[sheet].iter_rows())
    return {row[0]: row for row in found if re.fullmatch(r"[A-Z]{2}\d\d", row[0])}


@pytest.fixture(scope="module")
def shared() -> dict[str, dict[str, list[str]]]:
    """The indicators of SPBE on every unit's form, where they are shared out."""
    return {unit.id: rows(blank(NEW, unit.id)) for unit in registered(NEW)}


def test_every_indicator_is_on_exactly_one_form(shared):
    codes = [code for own in shared.values() for code in own]
    assert len(codes) == 47 == len(set(codes))
    assert set(shared["setda"]) == {"SP14", "SP27", "SP35", "SP40", "SP44"}
    assert shared["satpol-pp"] == {}
    alone = {unit.id: len(rows(blank(OLD, unit.id))) for unit in registered(OLD)[:3]}
    assert alone == {"kominfo": 47, "pendidikan": 0, "kesehatan": 0}


def test_each_of_the_47_has_an_anchor_for_every_level_beside_its_cell(shared):
    for code, row in (item for own in shared.values() for item in own.items()):
        lines = row[3].splitlines()
        assert [line.split()[0] for line in lines] == list("12345"), code
        for line in lines:
            assert len(line.split()) - 1 <= 12 and line.endswith("*"), (code, line)
        assert len(set(lines)) == 5, code


def test_services_are_rated_on_levels_of_their_own():
    table = Instrument.load(OLD).table("spbe")
    for code in table.codes:
        [scale] = {f.kind for f in table.asked(code) if f.name == "level"}
        assert [*scale.labels.values()] == (SERVICE if int(code[2:]) >= 32 else PROCESS), code
    book = openpyxl.load_workbook(io.BytesIO(blank(OLD, "kominfo")))
    legend = [str(cell.value) for row in book[SHEET].iter_rows(max_row=9) for cell in row[:1]]
    assert any(re.match("SP32–SP47.*informasi.*kolaborasi", text) for text in legend)
    assert any(re.match("Tingkat.*rintisan.*terdefinisi", text) for text in legend)


def test_a_blank_workbook_stays_small():
    for project in (OLD, NEW):
        assert all(len(blank(project, unit)) < 150_000 for unit in ("kominfo", "setda"))


@pytest.fixture
def two(tmp_path) -> Project:
    """A city in which two indices are asked of the coordinator and Bappeda."""
    shutil.copy(RAW / "city.toml", tmp_path / "city.toml")
    root = tmp_path / "kota"
    shutil.copytree(RAW / "2024", root / "data/raw/2024", ignore=shutil.ignore_patterns("sample"))
    for name in ("city.toml", "statistics.csv"):
        shutil.copy(RAW / name, root / "data/raw")
    (root / "data/raw/2024/actions.csv").unlink()
    return Project(root)


def test_an_index_may_have_predicates_of_its_own(two):
    of_period = Instrument.load(two).indices["pemdi"].bands
    file = two.questionnaire / "pemdi" / "index.toml"
    own = "".join(
        f'\n[[predicates]]\nname = "{name}"\nname_en = "{name}"\nminimum = {least}\n'
        for name, least in (("Rendah", 1.0), ("Tinggi", 3.0))
    )
    file.write_text(file.read_text("utf-8") + own, "utf-8")
    found = Instrument.load(Project(two.root)).indices
    assert found["pemdi"].bands == {"Rendah": 1.0, "Tinggi": 3.0}
    assert found["spbe"].bands == of_period and len(of_period) == 5


def answered(project: Project, unit: str, answers: dict) -> None:
    """A unit's form as it comes back."""
    units = registered(project)
    own = next(u for u in units if u.id == unit)
    content = forms.workbook(
        own,
        Instrument.load(project),
        project.settings,
        units=units,
        period=project.period,
        answers=answers,
    )
    project.responses.mkdir(exist_ok=True)
    (project.responses / f"{unit}.xlsx").write_bytes(content)


def test_the_index_joins_what_its_owners_answer_and_tells_what_is_not_theirs(two):
    answered(two, "kominfo", {("SP01", "level"): 3, ("SP32", "level"): 5})
    answered(two, "bappeda", {("SP32", "level"): 2, ("SP13", "level"): 4})
    path = two.responses / "kominfo.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book[SHEET]
    spare = next(row for row in sheet.iter_rows() if row[0].value == "SP02")
    spare[0].value, spare[4].value = "SP32", 5  # as on an older form, of all indicators
    book.save(path)
    tables = ingest(two)
    levels = tables["spbe"].dropna(subset="level").set_index(["unit", "item"])["level"]
    assert levels.to_dict() == {
        ("kominfo", "SP01"): 3, ("bappeda", "SP32"): 2, ("bappeda", "SP13"): 4,
    }  # fmt: skip
    told = [row for row in found(tables, "unit", "cell", "message") if row[0] == "NOT_ASKED"]
    [(_code, unit, cell, message)] = told
    assert (unit, cell) == ("kominfo", spare[0].coordinate)
    assert "Badan Perencanaan" in message and "(5)" in message
    counts = tables["reconciliation"].set_index("unit")
    ends = ["form", "answered", "tb", "blank", "problem", "unexpected", "aside"]
    assert (counts[ends].sum(axis=1) == counts["cells"]).all()
    assert counts.loc["kominfo", "problem"] == 1


@pytest.mark.parametrize(
    ("benefit", "burden", "level"),
    [
        (1.0, 5.0, 1), (2.0, 4.5, 1), (2.0, 4.4, 2), (2.0, 2.9, 2), (2.2, 3.0, 3),
        (5.0, 5.0, 3), (3.5, 2.6, 3), (3.6, 2.6, 4), (4.7, 2.4, 4), (4.8, 2.4, 5), (5.0, 1.0, 5),
    ],
)  # fmt: skip
def test_a_balance_is_the_level_of_a_difference(benefit, burden, level):
    """Bands as printed: below -2.4, -0.8, 1 and 2.4; y = x / 2 + 3 takes -4..4 to 1..5."""
    [balance] = Instrument.load(NEW).table("pemdi_users").derived
    assert balance.level(benefit, burden) == level
    assert abs((benefit - burden) / 2 + 3 - level) <= 1


def test_a_balance_is_computed_from_what_was_answered_and_only_then(two):
    answered(two, "kominfo", {("PD33", "benefit"): 4.2, ("PD33", "burden"): 3.0})
    row = ingest(two)["pemdi_users"].iloc[0]
    assert row[["benefit", "burden", "level"]].tolist() == [4.2, 3.0, 4]
    answered(two, "kominfo", {("PD33", "benefit"): 4.2, ("PD33", "burden"): 5.5})
    tables = ingest(two)
    assert pd.isna(tables["pemdi_users"]["level"].iloc[0])
    [(_code, hint)] = found(tables, "hint")
    assert "angka dari 1 sampai 5" in hint
    assert "`level` is not asked: it is the level of `benefit` − `burden`" in codebook(
        Instrument.load(two)
    )


def test_an_index_without_its_files_is_nowhere(two):
    def said(project: Project) -> str:
        instrument = Instrument.load(project)
        content = blank(project, "kominfo")
        book = openpyxl.load_workbook(io.BytesIO(content))
        text = " ".join(str(c.value) for s in book for row in s.iter_rows() for c in row if c.value)
        assumed = str(sample.assumed(project))
        return " ".join([text, codebook(instrument), assumed, *instrument.rows]).lower()

    assert "pemdi" in said(two) and "pd33" in said(two)
    chosen = two.folder / "period.toml"
    text = chosen.read_text("utf-8").replace('"spbe", "pemdi", "evaluation"', '"spbe"')
    chosen.write_text(text, "utf-8")
    for name in ("pemdi", "evaluation"):
        shutil.rmtree(two.questionnaire / name)
    two = Project(two.root)
    setup.check(two)
    assert not re.search(r"pemdi|\bpd\d\d\b|ev0\d|evaluasi smart", said(two))
    assert list(Instrument.load(two).indices) == ["spbe"]


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("spbe/spbe.csv", ",bappeda,no,", ",bapeda,no,", "kolom owner: “bapeda” tidak ada dalam"),
        ("spbe/index.toml", '"level"  ', '"nilai"  ', "spbe/index.toml: isian field: tabel “spbe”"),
        ("spbe/anchors.csv", "SP01,2,", "SP99,2,", "kolom code: SP99 tidak dikenal"),
        ("spbe/anchors.csv", "SP01,2,", "SP01,6,", "SP01 harus memuat setiap tingkat dari skala"),
        ("pemdi/tables.toml", '["benefit", "burden"]', '["benefit", "beban"]', "balance menyebut"),
        ("pemdi/tables.toml", "[-2.4, -0.8,", "[-2.4, -3.8,", "bands: batas tingkat, makin besar"),
        ("pemdi/scales.csv", "pemdi,", "maturity,", "“maturity” sudah dipakai dalam"),
        ("pemdi/categories.csv", "pemdi_aspect,data,", "element,structure,", "sudah dipakai dalam"),
        ("pemdi/index.toml", 'title = "I', 'judul = "I', "pemdi/index.toml: baris"),
        ("readiness.csv", "weight", "owner", ""),
    ],
)
def test_what_is_wrong_with_an_index_is_named_with_its_file(two, file, old, new, message):
    path = two.questionnaire / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 5 if file.endswith("scales.csv") else 1), "utf-8")
    with pytest.raises(ProjectError) as error:
        setup.check(Project(two.root))
    assert message in str(error.value)


def test_an_index_that_is_not_there_is_told(two):
    shutil.rmtree(two.questionnaire / "pemdi")
    with pytest.raises(ProjectError, match=r"pemdi/tables\.toml: berkas tidak ada"):
        Instrument.load(Project(two.root))


def test_owners_that_are_proposed_are_said_to_be(two):
    [told] = [text for text in setup.doubts(two) if "owner_verified" in text]
    assert told.startswith("spbe/spbe.csv: pemilik 23 butir masih usulan")


def test_a_level_begins_at_its_band():
    steps = Balance("level", "Tingkat", "a", "b", (0.0, 1.0))
    assert [steps.level(x, 0) for x in (-1, -0.001, 0, 0.999, 1)] == [1, 1, 2, 2, 3]
