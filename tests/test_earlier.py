"""A second period beside the first: what is compared, where that is kept, when there is a page."""

import shutil
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat import v4

from analysis.project import ROOT as ROOT_OF
from analysis.project import Project, ProjectError
from analysis.reports.changes.basis import basis
from analysis.runs import manifest
from analysis.runs.jobs import JobError
from analysis.runs.plan import plan
from analysis.runs.shelf import Shelf
from analysis.stages.whole.pairing import Pairing
from analysis.survey.asked.fields import Scale
from analysis.survey.kept import ingest, periods, questions, store
from analysis.survey.sent import sample
from analysis.text import using
from tests import claiming, two_periods
from tests.second_city import ROOT, invoked
from tests.stages.answers import asking
from tests.test_run import exhibits
from tests.two_periods import (
    ADDED,
    CAME,
    DROPPED,
    EARLIER,
    INTO,
    LATER,
    MERGED,
    OTHERS,
    REWORDED,
)


@pytest.fixture(scope="module")
def later(tmp_path_factory) -> Project:
    """The city in its later period, whose answers have been read."""
    project = two_periods.found(tmp_path_factory.mktemp("dua") / "kota")
    store.save(project, ingest.ingest(project))
    return project


def test_an_earlier_period_is_read_below_the_later_and_names_exactly_what_is_left_out(later):
    before = files(later.raw)
    survey = store.of(later)
    with pytest.raises(ProjectError, match="Tidak ada periode sebelum 2024"):
        periods.before(survey)
    read = periods.read(survey)
    assert read.period == EARLIER and read.sample
    assert files(later.raw) == before
    made = {p.name for p in later.processed.parent.iterdir()}
    assert made == {LATER}  # nothing of the earlier period's own folder
    assert (later.processed / "earlier" / EARLIER / store.SET).is_file()
    found = periods.before(survey)
    assert found.data == read.data

    pairing = Pairing(found, survey)
    items = pairing.items_left_out
    ready = items[items["item"].str.startswith("KS")]
    assert ready[["item", "cause"]].to_numpy().tolist() == [
        [REWORDED, "bunyinya berubah"],
        [ADDED, "baru ditanyakan"],
        [DROPPED, "tidak ditanyakan lagi"],
    ]
    others = items.drop(ready.index)  # the elements of another vision
    assert set(others["item"].str[:2]) == {"KV"}
    assert set(others["scale_name"]) == {"Berkualitas", "Lestari"}
    units = pairing.units_left_out
    [gone] = set(MERGED) - {INTO}
    assert units["unit"].tolist() == [INTO, CAME, gone]
    assert units["cause"].iloc[0].startswith("dibentuk dari Dinas ")
    assert units["cause"].iloc[1] == "baru"
    assert units["cause"].iloc[2].startswith("dilebur ke dalam Dinas Sosial")
    assert set(pairing.paired) == set(OTHERS)

    some = store.of(later, groups=["kecamatan"])
    part = periods.before(some)
    assert set(part.units["group"]) == {"kecamatan"} and len(part.units) == 2


def test_wording_is_compared_in_the_language_of_the_forms(later):
    own = store.of(later).scales
    with using("en"):
        other = store.of(later).scales
    for asked in ("statement", "heading", "levels"):
        assert other[asked].equals(own[asked])
    assert not other["name"].equals(own["name"])
    assert "1 " in own["levels"].iloc[0] and own["heading"].iloc[0]
    assert "readiness" in set(own["table"]) and "spbe" not in set(
        own["table"]
    )  # one alone rates it


def test_an_item_is_on_the_scale_of_its_own(later):
    survey = store.of(later)
    ready = survey.instrument.table("readiness")
    [first, *others] = ready.codes
    own = asking("readiness", survey.instrument, own={first: Scale(1, 5, {1: "tiada", 5: "ada"})})
    levels = (
        questions.on_scales(later, own).query("table == 'readiness'").set_index("item")["levels"]
    )
    assert levels[first] == "1 tiada; 2; 3; 4; 5 ada"
    assert not levels[others].str.contains("tiada").any()


def test_only_an_earlier_period_of_the_same_kind_fits(later, tmp_path):
    city = Project(shutil.copytree(later.root, tmp_path / "kota"), asked=LATER)
    survey = store.of(city)
    for name in ("2025", "2022"):
        with pytest.raises(ProjectError, match=f"“{name}” sebelum 2024. Pilihan: 2023"):
            periods.read(survey, name)
    assert periods.read(survey).period == EARLIER
    real = replace(survey, sources=survey.sources.assign(sample=False))
    with pytest.raises(ProjectError, match="Tidak ada periode sebelum 2024"):
        periods.before(real)
    answered = city.at(EARLIER).responses
    answered.mkdir()
    first = min(city.at(EARLIER).sample.glob("*.xlsx"))
    shutil.copy(first, answered)
    assert periods.read(survey) is None  # one real answer puts the sample out of play
    with pytest.raises(ProjectError, match="kurang atau tidak sejenis"):
        periods.read(survey, EARLIER)
    assert not (city.processed / "earlier" / EARLIER / store.SET).exists()


def test_periods_come_in_the_order_in_which_people_count(later, tmp_path):
    root = tmp_path / "kota"
    shutil.copytree(later.root, root, ignore=shutil.ignore_patterns("sample", "instrument"))
    for name in ("2023-2", "2023-10", "2025"):
        shutil.copytree(root / "data/raw" / EARLIER, root / "data/raw" / name)
    known = periods._known(Project(root, asked=LATER), "")
    assert [project.period for project in known] == ["2023-10", "2023-2", "2023"]


def test_the_notebook_says_what_is_compared_with_what(later, monkeypatch):
    periods.read(store.of(later))
    monkeypatch.setenv(ROOT_OF, str(later.root))
    notebook = nbformat.read(ROOT / "notebooks" / "09-change.ipynb", as_version=4)
    resources = {"metadata": {"path": str(ROOT / "notebooks")}}
    shown = exhibits(NotebookClient(notebook, resources=resources).execute())
    sources = {str(exhibit["source"]) for exhibit in shown if exhibit.get("source")}
    assert sources == {
        "data CONTOH (sintetis), 7 dari 7 perangkat daerah, 2024; dibandingkan dengan 2023"
    }
    [found, _quality] = [exhibit["items"] for exhibit in shown if exhibit["kind"] == "findings"]
    assert found[0]["claim"] == "change.index.overall"
    assert "5 perangkat daerah dan 109 pertanyaan" in found[1]["headline"]
    ledgers = [exhibit["ledger"] for exhibit in shown if "ledger" in exhibit]
    assert [len(ledger) for ledger in ledgers] == [10]
    kinds = [exhibit["kind"] for exhibit in shown]
    assert kinds.count("chart") == 5 and kinds.count("table") == 9


SHOWN = """
from analysis import tables
from analysis.survey.kept import periods, store
survey = store.load(period, language=language)
tables.findings([f"{survey.period} sesudah {periods.before(survey, earlier).period}"])
"""


def compares(folder: Path) -> None:
    """A notebook that compares two periods."""
    parameters = "\n".join(f'{name}: str = ""' for name in ("period", "earlier", "language"))
    tagged = {"tags": ["parameters"]}
    cells = [
        v4.new_markdown_cell("# Dua periode"),
        v4.new_code_cell(
            parameters.replace('language: str = ""', 'language: str = "id"'), metadata=tagged
        ),
        v4.new_code_cell(SHOWN),
    ]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(v4.new_notebook(cells=cells, metadata=kernel), folder / "09-dua.ipynb")


def test_a_page_on_two_periods_is_made_beside_an_earlier_one_and_kept_while_that_is_the_same(city):
    claiming.notebook(city.notebooks, "00-lain", None)
    compares(city.notebooks)
    shutil.copytree(city.folder, city.raw / LATER)
    later = city.at(LATER)
    sample.write(city, 1)
    sample.write(later, 2)
    before = files(city.folder)
    assert run(later) == {"00-lain": False, "09-dua": False}
    assert files(city.folder) == before
    assert not city.processed.exists() and not city.reports.exists()
    assert "2024 sesudah 2023" in (later.reports / "09-dua.html").read_text("utf-8")
    assert "09-dua.html" in (later.reports / "00-lain.html").read_text("utf-8")
    sample.write(city, 3)  # other answers in the earlier period
    assert run(later) == {"00-lain": True, "09-dua": False}


def test_what_cannot_be_compared_is_told_of_that_page_alone(city):
    claiming.notebook(city.notebooks, "00-lain", None)
    compares(city.notebooks)
    sample.write(city, 1)
    store.save(city, ingest.ingest(city))
    survey = store.of(city)
    with pytest.raises(JobError, match="sebelum 2023"):
        plan(city, ["dua"]).compared(survey)
    without = plan(city).compared(survey)  # silently
    assert basis(without, survey).reasons["earlier"] == ""
    assert [n.name for n in without.chosen] == [n.name for n in without.stages] == ["lain"]
    shutil.copytree(city.folder, city.raw / "2022", ignore=shutil.ignore_patterns("sample"))
    sample.write(city.at("2022"), 2)
    made = plan(city).compared(survey)
    assert [n.fault for n in made.chosen] == ["", ""] and made.earlier
    for some in (made, plan(city, ["lain"])):  # a run of others leaves the page as it is
        assert basis(some, survey).reasons["earlier"] == made.earlier
    settings = city.raw / "2022" / "period.toml"
    settings.write_text(settings.read_text("utf-8") + "\n[salah]\n", "utf-8")
    other, ours = plan(city).compared(survey).chosen
    assert not other.fault and "2022/period.toml" in ours.fault


def files(folder: Path) -> dict[str, bytes]:
    """Everything in a folder."""
    found = (p for p in folder.rglob("*") if p.is_file())
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in found}


def run(project: Project) -> dict[str, bool]:
    """Which reports a run of the period has made or kept (True)."""
    before = manifest.read(Shelf(project.reports))
    done = invoked(project, "run", "--period", project.period)
    assert done.returncode == 0, done.stdout + done.stderr
    made = manifest.read(Shelf(project.reports)).entries
    kept = before.entries if before else {}
    return {id: id in kept and kept[id].made == entry.made for id, entry in made.items()}
