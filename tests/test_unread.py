"""A table that no stage reads reports itself: planned, run, listed after the stages, retired."""

import shutil
from dataclasses import replace

import pytest

from analysis import stages
from analysis.reports import run
from analysis.reports.changes import kept
from analysis.runs import manifest, plan, unread
from analysis.runs.jobs import JobError, as_before, jobs
from analysis.runs.notebook import Notebook
from analysis.runs.shelf import Shelf
from analysis.stages import ALL
from analysis.survey.asked.fields import Scale, Text
from analysis.survey.asked.instrument import Instrument
from tests.second_city import ROOT
from tests.stages.answers import INSTRUMENT, asking
from tests.stages.test_needs import rescaled

NOTEBOOK = Notebook.read(ROOT / "notebooks" / "questions.ipynb")


def test_what_stages_read_is_known_without_importing_them():
    of_stages = {table for stage in ALL for table in stage.of.needs}
    assert unread.read(INSTRUMENT) == of_stages | {"spbe", "pemdi", "pemdi_users", "evaluation"}


@pytest.mark.parametrize(
    ("instrument", "alone"),
    [
        (rescaled("gap", Text(5), "importance"), ["gap"]),
        (rescaled("gap", Scale(1, 7, {}), "target"), ["gap"]),
        (rescaled("external", Scale(1, 7, {}), "rating"), ["swot", "swot_lines"]),
        (
            replace(INSTRUMENT, tables=tuple(t for t in INSTRUMENT.tables if t.name != "pairs")),
            ["contribution", "sentence"],
        ),
        (
            asking("gap", items=INSTRUMENT.table("gap").items.drop(columns="dimension_name")),
            ["gap"],
        ),
    ],
    ids=["another kind", "two scales", "scales of two tables", "no table", "sorted otherwise"],
)
def test_what_only_a_stage_reads_that_cannot_run_reports_itself(instrument, alone):
    assert sorted(unread.asked(instrument)) == sorted(stages.unread(instrument)) == alone


def test_a_further_table_is_one_that_no_stage_reads(once):
    instrument = Instrument.load(once)
    assert unread.asked(instrument) == {}
    further = replace(instrument.table("gap"), name="warga", title="Suara warga")
    more = replace(instrument, tables=(*instrument.tables, further))
    assert unread.asked(more) == {"warga": "Suara warga"}
    assert list(unread.asked(more, "gap")) == ["gap"]
    with pytest.raises(JobError, match="nihil"):
        unread.asked(more, "nihil")


def test_its_notebook_makes_a_report_of_each(tmp_path):
    tables = {"warga": "Suara warga", "lain": "Lain"}
    planned = jobs([NOTEBOOK], {"unit": {"rsud": "RSUD"}, "table": tables}, {})
    assert [(job.id, job.title) for job in planned] == [
        ("questions/warga", "Suara warga"),
        ("questions/lain", "Lain"),
    ]
    assert planned[0].parameters == {"table": "warga"}
    assert jobs([NOTEBOOK], {"unit": {"rsud": "RSUD"}}, {}) == []
    broken = replace(NOTEBOOK, parameters={}, fault="rusak")
    assert as_before(broken, {planned[0].id: None}).per == "table"


def test_a_table_is_reported_after_the_stages_until_a_stage_reads_it(ran, monkeypatch):
    for name in ("03-readiness", "04-gap"):
        (ran.notebooks / f"{name}.ipynb").unlink()
    shutil.copy(NOTEBOOK.path, ran.notebooks)
    known, shelf = unread.read(Instrument.load(ran)), Shelf(ran.reports)
    monkeypatch.setattr(unread, "read", lambda _asked: known - {"gap"})
    done = run.run(plan.plan(ran))
    assert {e.id: (e.kind, e.status) for e in done.entries} == {
        "00-participation": ("stage", "ok"),
        "questions/gap": ("table", "ok"),
    }
    index = (shelf.public / "index.html").read_text("utf-8")
    stage, listed = index.index("00-participation.html"), index.index("questions/gap.html")
    assert stage < index.index('id="pertanyaan"') < listed
    assert (shelf.public / "tables/questions/gap.xlsx").is_file()
    *_others, last = kept.records(kept.folder(shelf)).values()
    assert last.reports["questions/gap"].tables == ["gap"]
    monkeypatch.setattr(unread, "read", lambda _asked: known)
    run.run(plan.plan(ran))
    assert list(manifest.read(shelf).entries) == ["00-participation"]
    assert not (shelf.public / "questions/gap.html").exists()
    assert 'id="pertanyaan"' not in (shelf.public / "index.html").read_text("utf-8")
