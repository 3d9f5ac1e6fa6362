"""Who should do what by when: the sample's own rows, and rows that cannot be."""

import pytest

from analysis import text
from analysis.project import ProjectError
from analysis.stages import readiness
from analysis.stages.evidence.finding import Finding
from analysis.survey.asked import actions, register
from analysis.survey.asked.actions import NAME
from analysis.survey.asked.instrument import Instrument
from analysis.survey.kept import setup, store

HEAD = "stage,item,unit,verb,horizon,verb_en,horizon_en\n"
ROW = "readiness,people,kominfo,melatih pegawai,RKPD 2025,trains its staff,in the 2025 plan\n"


def write(city, *rows: str) -> None:
    (city.folder / NAME).write_text(HEAD + "".join(rows), "utf-8")


def proposed(city):
    return actions.actions(city, Instrument.load(city), register.units(city))


def test_an_action_is_a_sentence_in_the_language_in_use(city):
    write(city, ROW)
    assert list(proposed(city)["action"]) == ["Diskominfo melatih pegawai, RKPD 2025."]
    text.use("en")
    assert list(proposed(city)["action"]) == ["Diskominfo trains its staff, in the 2025 plan."]


def test_a_city_without_the_file_proposes_nothing(city):
    assert proposed(city).empty and list(proposed(city)) == ["stage", "item", "unit", "action"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("kominfo", "dinas-lain", "baris 2, kolom unit: dinas-lain tidak dikenal"),
        ("people", "orang", "baris 2, kolom item: orang tidak dikenal"),
        ("readiness", "Kesiapan!", "baris 2, kolom stage"),
        ("RKPD 2025", "", "baris 2, kolom horizon"),
    ],
)
def test_what_cannot_be_is_told_by_its_address(city, old, new, said):
    write(city, ROW.replace(old, new))
    with pytest.raises(ProjectError) as told:
        proposed(city)
    assert said in str(told.value)
    assert said in "\n".join(problem for _part, problem in setup.parts(city))


def test_an_item_has_one_action_a_stage(city):
    write(city, ROW, ROW.replace("melatih", "mengajar"))
    with pytest.raises(ProjectError, match="baris 3"):
        proposed(city)


def test_a_finding_takes_the_action_of_its_first_item_that_has_one(siantar):
    stage = readiness.of(store.load(root=str(siantar.root)))
    proposed = stage.survey.actions.query("stage == 'readiness'").set_index("item")["action"]
    assert stage.acted(Finding("a"), "none", "budget", "people").action == proposed["budget"]
    assert stage.acted(Finding("a"), "none") == Finding("a")
