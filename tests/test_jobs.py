"""Which notebooks and parameters a project has."""

import pytest

from analysis.project import Project
from analysis.runs.jobs import JobError, parameters, select
from analysis.runs.notebook import declared, notebooks
from tests.second_city import ROOT

CELL = """
period: str = ""  # periode; kosong = periode dalam city.toml
groups: list = []  # kelompok unit
confidence = 0.95
top: int = 15  # banyaknya = 15
"""


def test_parameters_are_read_with_type_default_and_comment():
    found = declared(CELL)
    assert [(p.name, p.kind, p.default) for p in found.values()] == [
        ("period", "str", "''"),
        ("groups", "list", "[]"),
        ("confidence", "float", "0.95"),
        ("top", "int", "15"),
    ]
    assert found["period"].comment == "periode; kosong = periode dalam city.toml"


def test_every_stage_notebook_takes_the_common_parameters():
    for notebook in notebooks(Project(ROOT)):
        expected = {"period", "language", "confidence"}
        if notebook.per != "unit":
            expected |= {"groups"}
        if not (notebook.per == "unit" or notebook.of_cities):  # each city has units of its own
            expected |= {"units"}
        assert expected <= set(notebook.parameters), notebook.path.name
        assert all(p.comment for p in notebook.parameters.values()), notebook.path.name


def test_notebooks_are_chosen_by_name_or_file_name():
    found = notebooks(Project(ROOT))
    assert [n.path.stem for n in select(found, ["gap", "03-readiness"])] == [
        "03-readiness",
        "04-gap",
    ]
    assert len(select(found, [])) == len(found)
    with pytest.raises(JobError, match=r"readiness \(Analisis Kesiapan Daerah\)"):
        select(found, ["siap"])


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("kesiapan", "readiness"),
        ("Analisis  KESENJANGAN", "gap"),
        ("visi pemb", "vision"),
        ("program", "quickwin"),
        ("summary", "summary"),
    ],
)
def test_notebooks_are_chosen_by_the_words_of_their_titles(typed, name):
    assert [n.name for n in select(notebooks(Project(ROOT)), [typed])] == [name]


def test_a_word_of_several_titles_chooses_none():
    found = notebooks(Project(ROOT))
    with pytest.raises(JobError) as told:
        select(found, ["analisis"])
    assert all(n in str(told.value) for n in ("readiness", "swot")) and "quick" not in str(told)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ('groups=["kecamatan"]', ["kecamatan"]),
        ("confidence=0.9", 0.9),
        ("confidence=1", 1),
        ("period=2023", "2023"),
        ("period=2023-ulang", "2023-ulang"),
        ("period=ulang", "ulang"),
    ],
)
def test_values_are_toml_and_a_bare_word_is_text(typed, value):
    [(name, read)] = parameters([typed], notebooks(Project(ROOT))).items()
    assert name == typed.split("=")[0]
    assert read == value


@pytest.mark.parametrize(
    "typed", ["groups=kecamatan", "confidence=true", "confidence=[0.9]", "x; import os=1", "=1"]
)
def test_wrong_names_and_types_are_refused_with_the_list(typed):
    with pytest.raises(JobError, match="confidence: float = 0.95"):
        parameters([typed], notebooks(Project(ROOT)))
