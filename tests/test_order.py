"""What is asked for first can be read first."""

from dataclasses import replace
from pathlib import PurePosixPath

import pandas as pd
from bs4 import BeautifulSoup

from analysis.reports import publish
from analysis.runs import editions, manifest, order
from analysis.runs.jobs import Job
from analysis.runs.manifest import STALE
from analysis.runs.notebook import Notebook, Parameter
from analysis.runs.shelf import Shelf
from analysis.survey.kept import store
from tests.test_terminal import EDITION, entry

STAGE = Notebook(PurePosixPath("03-readiness.ipynb"), "Kesiapan", False, {})
UNIT = replace(
    STAGE, path=PurePosixPath("p.ipynb"), parameters={"unit": Parameter("unit", "str", "''", "")}
)
INSIDE = replace(STAGE, internal=True)


def job(id: str) -> Job:
    folder, _slash, name = id.rpartition("/")
    notebook = {"units": UNIT, "internal": INSIDE}.get(folder, STAGE)
    return Job(notebook, PurePosixPath(id), id, {"unit": name} if folder == "units" else {})


IDS = ["units/a", "units/b", "units/c", "units/d", "internal/coordinator", "01", "02", "03"]
JOBS = [*map(job, IDS)]
SOURCES = pd.DataFrame(
    {
        "file": ["a.xlsx", "b.xlsx", "c.xlsx", "d.xlsx"],
        "sha256": ["1", "2", "3", "4"],
        "unit": ["a", "b", "c", "d"],
        "used": [True, True, True, False],
    }
)


def known(**seconds: float) -> manifest.Manifest:
    entries = {id: replace(entry(id), id=id, seconds=took) for id, took in seconds.items()}
    inputs = {"a.xlsx": "1", "b.xlsx": "anders", "c.xlsx": "3"}
    return manifest.Manifest(EDITION, {}, inputs, entries)


def test_stages_come_first_then_whose_answers_changed_then_the_longest():
    times = {"units/a": 1.0, "units/c": 5.0, "01": 2.0, "03": 9.0, "units/d": 3.0}
    ids = [one.id for one in order.ordered(JOBS, known(**times), SOURCES)]
    assert ids == ["03", "01", "02", "units/b", IDS[4], "units/c", "units/d", "units/a"]


def test_without_an_earlier_run_the_planned_order_stands():
    ids = [one.id for one in order.ordered(JOBS, None, SOURCES)]
    assert ids == ["01", "02", "03", IDS[4], "units/a", "units/b", "units/c", "units/d"]


def test_the_stages_are_told_once_the_last_is_there_and_others_remain():
    units, stages = JOBS[:5], JOBS[5:]
    assert order.stages_are_told(stages[0], units)
    assert not order.stages_are_told(stages[0], [stages[1], *units])
    assert not order.stages_are_told(units[0], units[1:])
    assert not order.stages_are_told(stages[0], [])


def test_the_early_index_leads_to_what_is_there_and_tells_what_is_older(ran):
    shelf = Shelf(ran.reports)
    told = manifest.read(shelf)
    newer = replace(told.edition, sha256="lain")
    made = [replace(told.entries["03-readiness"], data="lain")]
    shown = manifest.merge(told.entries, made, newer)
    assert [e.status == STALE for e in shown.values()] == [True, False, True]
    assert publish.early(shelf, replace(told, entries=shown), editions.units(store.of(ran))) == []
    page = BeautifulSoup((shelf.public / "index.html").read_text("utf-8"), "html.parser")
    old = {c.h3.get_text(): "Laporan lama" in c.get_text() for c in page.select(".card")}
    assert old == {shown[id].title: id != "03-readiness" for id in shown}
    assert not page.select('a[href$=".zip"]')
    assert not manifest.whole(shelf, told.front)  # so the end of the run, or the next, writes it
