"""A second period beside the first: what is compared, where it is kept, and when there is a page."""

import shutil
from pathlib import Path

import pytest

from analysis.project import Project, ProjectError
from analysis.runs import manifest
from analysis.runs.shelf import Shelf
from analysis.stages.whole.pairing import Pairing
from analysis.survey.kept import ingest, periods, store
from benchmarks import stress
from tests import two_periods
from tests.second_city import ROOT, masterplan
from tests.two_periods import ADDED, CAME, DROPPED, EARLIER, INTO, LATER, MERGED, REWORDED


@pytest.fixture(scope="module")
def later(tmp_path_factory) -> Project:
    """The city in its later period, whose answers have been read."""
    project = two_periods.found(tmp_path_factory.mktemp("dua") / "kota")
    store.save(project, ingest.ingest(project))
    return project


def test_an_earlier_period_is_read_below_the_later_and_names_exactly_what_is_left_out(later):
    before = files(later.raw)
    survey = store.of(later)
    with pytest.raises(ProjectError, match="Tidak ada periode sebelum 2024 dengan data CONTOH"):
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
    assert len(pairing.paired) == 33

    some = store.of(later, groups=["kecamatan"])
    part = periods.before(some)
    assert set(part.units["group"]) == {"kecamatan"} and len(part.units) == 8


def test_only_an_earlier_period_of_the_same_kind_fits(later, tmp_path):
    city = Project(shutil.copytree(later.root, tmp_path / "kota"), asked=LATER)
    survey = store.of(city)
    for name in ("2025", "2022"):
        with pytest.raises(ProjectError, match=f"“{name}” sebelum 2024. Pilihan: 2023"):
            periods.read(survey, name)
    answered = city.at(EARLIER).responses
    answered.mkdir()
    first = min(city.at(EARLIER).sample.glob("*.xlsx"))
    shutil.copy(first, answered)
    assert periods.read(survey) is None  # one real answer puts the sample out of play
    with pytest.raises(ProjectError, match="tidak cukup"):
        periods.read(survey, EARLIER)
    assert not (city.processed / "earlier" / EARLIER / store.SET).exists()


def test_periods_come_in_the_order_in_which_people_count(later, tmp_path):
    root = tmp_path / "kota"
    shutil.copytree(later.root, root, ignore=shutil.ignore_patterns("sample", "instrument"))
    for name in ("2023-2", "2023-10", "2025"):
        shutil.copytree(root / "data/raw" / EARLIER, root / "data/raw" / name)
    known = periods._known(Project(root, asked=LATER), "")
    assert [project.period for project in known] == ["2023-10", "2023-2", "2023"]


def test_the_page_is_there_only_beside_an_earlier_period_and_kept_while_that_is_the_same(tmp_path):
    city = stress.city(tmp_path / "kota")
    for name in ("00-participation", "04-gap"):
        (city.notebooks / f"{name}.ipynb").unlink()
    shutil.copy(ROOT / "notebooks" / "09-change.ipynb", city.notebooks)
    stress.answer(city, 1)
    assert run(city) == {"03-readiness": False}  # silently
    refused = masterplan(city, "run", "change")
    assert refused.returncode == 2 and "sebelum 2023" in refused.stderr
    shutil.copytree(city.folder, city.raw / LATER)
    next_year = city.at(LATER)
    before = files(city.reports), files(city.processed), files(city.folder)
    assert run(next_year) == {"03-readiness": False, "09-change": False}
    assert run(next_year) == {"03-readiness": True, "09-change": True}
    page = (next_year.reports / "09-change.html").read_text("utf-8")
    assert "dibandingkan dengan 2023" in page and "Perubahan Antarperiode" in page
    assert "09-change.html" in (next_year.reports / "03-readiness.html").read_text("utf-8")
    assert (files(city.reports), files(city.processed), files(city.folder)) == before
    stress.answer(city, 2)  # other answers in the earlier period
    assert run(next_year) == {"03-readiness": True, "09-change": False}
    settings = city.folder / "period.toml"
    settings.write_text(settings.read_text("utf-8") + "\n[salah]\n", "utf-8")
    done = masterplan(next_year, "run", "--period", LATER)
    assert done.returncode == 1 and "salah" in done.stdout  # that page alone
    entries = manifest.read(Shelf(next_year.reports)).entries
    assert {id: e.status for id, e in entries.items()} == {
        "03-readiness": "ok",
        "09-change": "failed",
    }
    shutil.rmtree(city.folder)
    assert run(next_year) == {"03-readiness": True}
    assert not (next_year.reports / "09-change.html").exists()


def files(folder: Path) -> dict[str, bytes]:
    """Everything in a folder."""
    found = (p for p in folder.rglob("*") if p.is_file())
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in found}


def run(project: Project) -> dict[str, bool]:
    """Which reports a run of the period has made or kept (True)."""
    before = manifest.read(Shelf(project.reports))
    done = masterplan(project, "run", "--period", project.period)
    assert done.returncode == 0, done.stdout + done.stderr
    made = manifest.read(Shelf(project.reports)).entries
    kept = before.entries if before else {}
    return {id: id in kept and kept[id].made == entry.made for id, entry in made.items()}
