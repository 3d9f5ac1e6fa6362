"""The sample: labelled, reproducible, complete enough, and believable."""

import shutil
import zipfile
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from analysis.project import Project, ProjectError
from analysis.survey.asked.fields import Choice, Scale
from analysis.survey.asked.instrument import Instrument
from analysis.survey.asked.register import units
from analysis.survey.kept import ingest
from analysis.survey.returned.answers import TR
from analysis.survey.sent import forms, sample
from analysis.survey.sent.officer import Officer
from tests.second_city import RAW, ROOT

PROJECT = Project.find(ROOT, "2023")
SETTINGS = PROJECT.settings
PERIOD = "2023"
INSTRUMENT = Instrument.load(PROJECT)
UNITS = units(PROJECT)


def answered(unit, seed=SETTINGS.seed, among=UNITS) -> dict:
    return officer(unit, INSTRUMENT, seed).fill_in(among)


def officer(unit, instrument, seed=SETTINGS.seed) -> Officer:
    return sample.of(PROJECT, instrument, unit, seed)


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as file:
        return {name: file.read(name) for name in file.namelist()}


@pytest.fixture(scope="module")
def made() -> dict[str, dict]:
    return {unit.id: answered(unit) for unit in UNITS}


@pytest.fixture(scope="module")
def tables():
    return ingest.ingest(PROJECT)


def test_the_committed_sample_is_what_its_seed_makes(tmp_path):
    paths = sample.write(PROJECT, SETTINGS.seed, tmp_path)
    committed = sorted(PROJECT.sample.glob("*.xlsx"))
    assert [p.name for p in sorted(paths)] == [p.name for p in committed]
    for path in committed:
        assert parts(tmp_path / path.name) == parts(path), path.name


def test_every_sheet_of_every_sample_says_contoh():
    for path in PROJECT.sample.glob("*.xlsx"):
        book = CalamineWorkbook.from_path(str(path))
        for name in book.sheet_names:
            first = book.get_sheet_by_name(name).to_python()[0][0]
            assert first == "CONTOH – data sintetis, bukan hasil survei", (path.name, name)


def test_a_unit_answers_the_same_whoever_else_is_asked(made):
    unit = next(u for u in UNITS if u.id == "rsud")
    coordinator = [u for u in UNITS if u.coordinator == "yes"]
    assert answered(unit, among=[unit, *coordinator]) == made["rsud"]
    assert answered(unit, seed=1) != made["rsud"]


def test_an_item_is_answered_the_same_whatever_else_is_asked(made):
    """Each item has a random stream of its own: one more or less moves no other answer."""
    fewer = [t for t in INSTRUMENT.tables if t.name not in ("external", "external_own")]
    gap = INSTRUMENT.table("gap")
    fewer[fewer.index(gap)] = replace(gap, items=gap.items.iloc[1:])
    asked = replace(INSTRUMENT, tables=tuple(fewer))
    for unit in UNITS[:8]:
        found = officer(unit, asked).fill_in(UNITS)
        assert found == {key: value for key, value in made[unit.id].items() if key[0] in asked.rows}


def test_another_period_is_answered_otherwise_but_alike():
    later = replace(officer(UNITS[0], INSTRUMENT), period="2024").fill_in(UNITS)
    before = officer(UNITS[0], INSTRUMENT).fill_in(UNITS)
    both = [k for k in before.keys() & later.keys() if isinstance(before[k], int)]
    both = [k for k in both if isinstance(later[k], int) and k[1] == "level"]
    moved = sum(before[k] != later[k] for k in both)
    assert 0 < moved < len(both) / 2


def test_answers_are_what_the_form_accepts(made):
    for answers in made.values():
        for (code, name), value in answers.items():
            table = INSTRUMENT.rows[code]
            field = next(f for f in table.fields if f.name == name)
            if value == TR:
                first = next(f for f in table.fields if isinstance(f.kind, Scale))
                others = {n for c, n in answers if c == code and n != name}
                assert table.tb and field == first and not others
            elif isinstance(field.kind, Scale):
                assert type(value) is int and field.kind.low <= value <= field.kind.high
            elif isinstance(field.kind, Choice) and not field.kind.options:
                assert value in set(INSTRUMENT.scheme(field.kind.scheme)["name"])


def test_ingest_finds_no_errors_and_only_blank_cells(tables):
    assert set(tables["problems"]["code"]) == {"BLANK_CELLS"}
    assert not (tables["problems"]["severity"] == "error").any()
    assert tables["sources"]["sample"].all() and tables["sources"]["used"].all()
    assert set(tables["sources"]["unit"]) == {u.id for u in UNITS}


def test_most_units_are_nearly_complete_and_one_or_two_are_not(tables):
    counts = tables["completeness"].groupby("unit")[["expected", "answered", "tb", "blank"]].sum()
    share = 1 - counts["blank"] / counts["expected"]
    assert 1 <= (share < 0.8).sum() <= 2 and share.min() >= 0.58
    assert share.median() > 0.95
    assert 0.005 < counts["tb"].sum() / counts["expected"].sum() < 0.04


def test_the_coordinators_spbe_index_is_near_the_published_ones(tables):
    weights = INSTRUMENT.table("spbe").items.set_index("code")["weight"]
    levels = tables["spbe"].set_index("item")["level"].astype(float)
    assert levels.notna().all() and len(levels) == len(weights)
    assert 2.6 <= (levels * weights).sum() / weights.sum() <= 3.1


def test_units_aim_higher_than_they_stand(tables):
    gap = (tables["gap"]["target"] - tables["gap"]["current"]).dropna()
    assert (gap >= 0).mean() > 0.98 and 0.8 < gap.mean() < 2


def test_proposals_fit_the_unit_and_its_limits(tables):
    proposals = tables["quickwin"]
    count = Counter(proposals["unit"])
    assert set(count) == {u.id for u in UNITS} and max(count.values()) <= 4
    assert proposals["cost"].between(50, 3000).all()
    assert proposals["duration"].between(3, 36).all()
    names = proposals.set_index("unit")["name"]
    assert all("Kecamatan" not in n or u.startswith("siantar") for u, n in names.items())


def test_another_citys_units_can_be_sampled_too():
    """Unknown ids fall back on their group; unknown categories on the middle."""
    stranger = UNITS[1].model_copy(update={"id": "kebudayaan", "name": "Dinas Kebudayaan"})
    others = [u for u in UNITS if u.coordinator == "yes"]
    answers = answered(stranger, among=[stranger, *others])
    assert ("QW-1", "name") in answers
    content = forms.workbook(
        stranger,
        INSTRUMENT,
        SETTINGS,
        units=[stranger, *others],
        period=PERIOD,
        answers=answers,
        sample=True,
    )
    assert content[:2] == b"PK"


def test_one_bad_workbook_among_all_changes_no_other_units_tables(tmp_path):
    shutil.copytree(
        RAW, tmp_path / "data" / "raw", ignore=shutil.ignore_patterns("2024", "responses")
    )
    project = Project(tmp_path)
    whole = ingest.ingest(project)
    assert not (whole["problems"]["severity"] == "error").any()
    bad = project.sample / "2023-kesehatan.xlsx"
    bad.write_bytes(bad.read_bytes()[:5000])
    spoilt = ingest.ingest(project)
    for name, table in whole.items():
        if "unit" in table and name not in ("problems", "sources", "reconciliation"):
            others = table[table["unit"] != "kesehatan"].reset_index(drop=True)
            pd.testing.assert_frame_equal(spoilt[name], others)
    assert "kesehatan" in set(spoilt["problems"]["unit"])


def test_what_is_assumed_but_is_no_toml_is_named_with_its_row(tmp_path):
    """One who fits the assumptions to another city's questionnaire edits them by hand."""
    folder = PROJECT.folder.relative_to(ROOT)
    shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("*.xlsx"))
    shutil.copy(RAW / "city.toml", tmp_path / "data/raw")
    project = Project.find(tmp_path, "2023")
    assumed = project.questionnaire / sample.NAME
    assumed.write_text("positions =\n" + assumed.read_text("utf-8"), "utf-8")
    with pytest.raises(ProjectError, match="sample.toml: baris 1, huruf ke-"):
        sample.write(project, SETTINGS.seed, tmp_path / "made")
    assert not list(tmp_path.rglob("*.xlsx"))
