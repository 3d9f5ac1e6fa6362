"""What a questionnaire must be as a whole: each mistake in tables.toml or scales.csv is named."""

import re
from pathlib import Path

import openpyxl
import pytest

from analysis.project import Project, ProjectError
from analysis.survey.asked.instrument import Instrument
from analysis.survey.asked.version import version
from analysis.survey.kept.ingest import ingest
from analysis.survey.sent import forms, sample

OWN = """
[[tables]]
name = "saran"
sheet = "{sheet}"
title = "Saran"
title_en = "Suggestions"
guide = "Tulis saran Anda."
guide_en = "Write your suggestions."
{more}
fields = [{fields}]
"""
TEXT = '{ name = "text", title = "Saran", title_en = "Suggestion", text = 300 }'
LEVEL = '{ name = "level", title = "Puas", title_en = "Satisfied", scale = "condition" }'


def changed(city: Project, old: str, new: str, file: str = "tables.toml") -> Project:
    path = city.folder / "instrument" / file
    content = path.read_text("utf-8")
    assert re.search(old, content), old
    path.write_text(re.sub(old, lambda _m: new, content, count=1), "utf-8")
    return Project(city.root)


def added(city: Project, fields: str, more: str = "", sheet: str = "saran") -> Project:
    path = city.folder / "instrument/tables.toml"
    head = f'[[sheets]]\nid = "{sheet}"\ntitle = "8 Saran"\ntitle_en = "8 Suggestions"\n'
    table = OWN.format(fields=fields, more=more, sheet=sheet)
    path.write_text(f"{path.read_text('utf-8')}\n{head}{table}", "utf-8")
    return Project(city.root)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('scheme = "steep"\n', 'scheme = "steeep"\n', "future.scheme: steeep tidak dikenal"),
        ('scale = "condition"', 'scale = "kondisi"', "gap.current.scale: kondisi tidak dikenal"),
        ('shown = "dimension"', 'shown = "element"', "gap.shown: harus subdimension atau induk"),
        ('title = "4 Kesenjangan"', 'title = "4/Gap"', "gap.title: nama lembar tidak boleh"),
        ('title = "4 Kesenjangan"', 'title = "identitas"', "gap.title: sudah dipakai lembar"),
        ('title = "4 Kesenjangan"', 'title = "5 swot"', "swot.title: sudah dipakai lembar"),
        ('name = "swot_lines"', 'name = "problems"', "problems.name: “problems” dipakai program"),
        ('"MD-A2"', '"MD-A1"', "slots: disebut dua kali: MD-A1"),
        ('name = "note"', 'name = "target"', "gap: disebut dua kali: target"),
        ('name = "lead"', 'name = "unit_name"', "quickwin.unit_name: “unit_name” dipakai program"),
        ('name = "strength"', 'name = "times"', "pairs.strength: tabel pasangan memuat kolom"),
        (r'\["A", "B"\]', '["A", "A"]', "pairs.more: options harus dua atau lebih"),
        ('id = "group"', 'id = "kelompok"', "schemes: golongan group wajib ada"),
        ("threat = ", "danger = ", "swot_lines.slots: danger tidak ada"),
    ],
)
def test_what_a_questionnaire_cannot_be_is_named_by_its_entry(city, old, new, message):
    with pytest.raises(ProjectError) as refused:
        Instrument.load(changed(city, old, new))
    assert f"instrument/tables.toml: isian {message}" in str(refused.value)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("condition,3,", "condition,7,", "kolom level: tingkat 3 tidak ada"),
        (
            "condition,5,sangat baik",
            "condition,5,baik",
            "kolom label: “baik” tidak dapat dibedakan",
        ),
        ("condition,1,sangat kurang,", "condition,1,,", "kolom label: wajib diisi"),
    ],
)
def test_a_scale_has_every_level_and_words_that_differ(city, old, new, message):
    with pytest.raises(ProjectError, match=message):
        Instrument.load(changed(city, old, new, "scales.csv"))


@pytest.mark.parametrize(
    ("fields", "more"),
    [
        (TEXT, 'slots = ["SR-1", "SR-2"]'),
        (f"{TEXT}, {LEVEL}", 'slots = ["SR-1"]'),
        (
            f'{TEXT}, {{ name = "cost", title = "Biaya", title_en = "Cost", unit = "juta", '
            'unit_en = "million", amount = "million_rupiah" }',
            'slots = ["SR-1"]',
        ),
        (
            '{ name = "way", title = "Cara", title_en = "Way", options = ["ya", "tidak"] }',
            'slots = ["SR-1"]',
        ),
    ],
)
def test_any_fields_make_a_form_a_sample_and_come_back(city, fields, more):
    made = added(city, fields, more)
    forms.write(made, Path(made.root / "formulir"))
    sample.write(made, 3)
    found = ingest(made)
    assert set(found["problems"]["code"]) <= {"BLANK_CELLS"}
    assert "saran" in found and list(found["saran"])[:2] == ["unit", "item"]


def test_a_sheet_of_one_text_has_room_for_it(city, tmp_path):
    forms.write(added(city, TEXT, 'slots = ["SR-1"]'), tmp_path)
    sheet = openpyxl.load_workbook(tmp_path / "2023-bappeda.xlsx")["8 Saran"]
    assert sheet.column_dimensions["B"].width > 30


def test_long_words_of_levels_leave_their_cells_checked(city, tmp_path):
    """Excel says at most 255 letters beside a cell; with more there would be no list at all."""
    path = city.folder / "instrument/scales.csv"
    text = re.sub(
        r"(?m)^(condition,(\d),)[^,]*", lambda m: f"{m[1]}{m[2]} {'sangat ' * 5}", path.read_text()
    )
    path.write_text(text, "utf-8")
    forms.write(Project(city.root), tmp_path)
    sheet = openpyxl.load_workbook(tmp_path / "2023-bappeda.xlsx")["4 Kesenjangan"]
    rules = sheet.data_validations.dataValidation
    assert sum(rule.formula1 == '"1,2,3,4,5,TR"' for rule in rules) == 3
    assert all(len(rule.prompt or "") <= 255 for rule in rules)


def test_the_fingerprint_sees_the_words_of_an_items_own_levels(city):
    path = city.folder / "instrument/readiness.csv"
    path.write_text(
        path.read_text("utf-8").replace("code,", "scale,code,", 1).replace("\nKS", "\nimpact,KS"),
        "utf-8",
    )
    before = version(Instrument.load(Project(city.root)))
    assert before != version(
        Instrument.load(changed(city, "impact,5,sangat besar", "impact,5,luar biasa", "scales.csv"))
    )
