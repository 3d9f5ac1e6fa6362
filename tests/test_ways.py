"""Where pages lead: from every place of an edition to every other, and nowhere that is not."""

from pathlib import Path, PurePosixPath

import pytest

from analysis.runs import ways
from analysis.runs.jobs import Job
from analysis.runs.notebook import Notebook, Parameter
from analysis.runs.shelf import Shelf
from analysis.runs.ways import Ways

GAP = Notebook(Path("04-gap.ipynb"), "Kesenjangan", False, {})
SUMMARY = Notebook(Path("08-summary.ipynb"), "Ringkasan", False, {}, front=1)
ABOUT = Notebook(Path("00-participation.ipynb"), "Partisipasi", False, {}, front=2)
PROFILE = Notebook(
    Path("unit-profile.ipynb"), "Profil", False, {"unit": Parameter("unit", "str", "''", "")}
)
DESK = Notebook(Path("coordinator.ipynb"), "Koordinator", True, {})
STAGES = [ABOUT, GAP, SUMMARY]


def leads(notebook: Notebook, target: str, shelf: Shelf) -> Ways:
    return ways.of(Job(notebook, PurePosixPath(target), "J", {}), STAGES, shelf)


@pytest.mark.parametrize(
    ("notebook", "target", "below", "up"),
    [
        (GAP, "04-gap", "", ""),
        (PROFILE, "units/damkar", "", "../"),
        (DESK, "internal/coordinator", "", "../"),
        (GAP, "04-gap", "en", ""),
        (PROFILE, "units/damkar", "variants/a", "../"),
        (DESK, "internal/coordinator", "en", "../../en/"),
        (DESK, "internal/coordinator", "variants/a", "../../../variants/a/"),
    ],
)
def test_every_page_leads_home_to_the_stages_and_to_the_summary(
    tmp_path, notebook, target, below, up
):
    found = leads(notebook, target, Shelf(tmp_path, PurePosixPath(below)))
    assert found.home == f"{up}index.html"
    assert found.stages == (
        (f"{up}00-participation.html", "Partisipasi"),
        (f"{up}04-gap.html", "Kesenjangan"),
        (f"{up}08-summary.html", "Ringkasan"),
    )
    assert found.summary == (f"{up}08-summary.html", "Ringkasan")
    assert found.languages == ()
    assert found.changes == ("changes.html" if notebook is DESK else "")


def test_a_stage_stands_between_its_neighbours(tmp_path):
    found = leads(GAP, "04-gap", Shelf(tmp_path))
    assert (found.previous, found.next) == (found.stages[0], found.stages[2])
    first, last = (leads(n, n.path.stem, Shelf(tmp_path)) for n in (ABOUT, SUMMARY))
    assert (first.previous, last.next) == (None, None)
    profile = leads(PROFILE, "units/damkar", Shelf(tmp_path))
    assert (profile.previous, profile.next) == (None, None)


@pytest.mark.parametrize("below", ["", "variants/a"])
@pytest.mark.parametrize("page", ["04-gap.html", "units/damkar.html", "internal/coordinator.html"])
def test_a_page_leads_to_itself_in_another_language_where_it_is_there(tmp_path, below, page):
    here, there = (Shelf(tmp_path, PurePosixPath(first, below)) for first in ("", "en"))
    places = [(here, there, "en"), (there, here, "id")]
    for own, other, language in places:
        assert ways.translated(own) == {language: other}
        assert ways.languages(own, page) == ()
    for shelf in (here, there):
        shelf.path("index.html").parent.mkdir(parents=True, exist_ok=True)
        shelf.path("index.html").touch()
    for own, other, language in places:
        for wanted in ("index.html", page):  # the same page, once it is there
            other.path(wanted).parent.mkdir(parents=True, exist_ok=True)
            other.path(wanted).touch()
            [(way, said)] = ways.languages(own, page)
            led = own.path(page).parent / way
            assert (led.resolve(), said) == (other.path(wanted).resolve(), language)
        other.path(page).unlink()
