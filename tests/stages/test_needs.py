"""What stages need of the questionnaire: told where it lacks, and any scale is as good as ours."""

import json
import re
from dataclasses import replace

import pandas as pd
import pytest

from analysis import charts, desk, stages
from analysis.project import Project
from analysis.refusals import Unfit
from analysis.stages import coordination, gap, readiness, swot
from analysis.stages.whole import profile, summary
from analysis.survey.asked.fields import Scale, Text
from analysis.survey.kept import ingest, store
from benchmarks import stress
from tests.second_city import ROOT
from tests.stages.answers import INSTRUMENT, Answers, asking
from tests.stages.test_factors import many
from tests.stages.test_gap import SMALL
from tests.stages.test_gap import survey as gaps
from tests.stages.test_readiness import ANSWERS

SEVEN = Scale(1, 7, {})
NEEDED = sorted({table for stage in stages.ALL for table in stage.of.needs})


def rescaled(table: str, kind, *names: str, instrument=INSTRUMENT):
    """The questionnaire with these fields of a table of another kind."""
    fields = instrument.table(table).fields
    changed = [replace(f, kind=kind) if f.name in names else f for f in fields]
    return asking(table, instrument, fields=tuple(changed))


def test_the_real_questionnaire_suffices_and_no_table_is_left_unread():
    assert stages.lacking(INSTRUMENT) == {}
    further = replace(INSTRUMENT.table("gap"), name="warga")
    more = replace(INSTRUMENT, tables=(*INSTRUMENT.tables, further))
    assert stages.unread(more) == ["warga"]


@pytest.mark.parametrize(
    ("instrument", "told"),
    [
        (
            rescaled("readiness", Text(5), "level"),
            {"readiness": "tabel “readiness” tidak memuat isian “level” berupa skala."},
        ),
        (
            replace(INSTRUMENT, tables=tuple(t for t in INSTRUMENT.tables if t.name != "gap")),
            {"gap": "tabel “gap” tidak ada."},
        ),
        (
            asking("gap", items=INSTRUMENT.table("gap").items.drop(columns="dimension_name")),
            {"gap": "butir tabel “gap” tidak digolongkan menurut “dimension”."},
        ),
        (
            rescaled("gap", SEVEN, "target"),
            {"gap": "isian “gap.current”, “gap.target” tidak memakai skala yang sama."},
        ),
        (
            rescaled("external", SEVEN, "rating"),
            {"swot": "isian “swot.rating”, “external.rating” tidak memakai skala yang sama."},
        ),
    ],
    ids=["another kind", "no table", "sorted otherwise", "two scales", "scales of two tables"],
)
def test_a_stage_that_cannot_run_is_named_with_what_it_lacks(instrument, told):
    titles = {stage.of.name: stage.of.title for stage in stages.ALL}
    said = {n: f"Tahap {titles[n]} tidak dapat dijalankan: {what}" for n, what in told.items()}
    assert stages.lacking(instrument) == said
    [name] = said
    [of] = [stage.of for stage in stages.ALL if stage.of.name == name]
    with pytest.raises(Unfit, match="tidak dapat dijalankan"):
        of(Answers({}, instrument=instrument))


def test_summary_and_profile_go_on_with_the_other_stages(once):
    survey = store.load(root=str(once.root))
    lacking = rescaled("readiness", Text(5), "level", instrument=survey.instrument)
    lacking = rescaled("quickwin", Text(5), "cost", instrument=lacking)
    survey = replace(survey, instrument=lacking)
    made, own = summary.of(survey), profile.of(survey, "kominfo")
    assert not {"readiness", "quickwin"} & {*made.stages, *own.stages}
    assert len(made.key_figures) - 1 == len(made.stages) == len(stages.ALL) - 2  # and an index
    assert made.findings and own.subelements.empty and own.proposals.empty and len(own.gaps)
    assert own.titles["subelements"] == "Belum ada nilai pada lembar kesiapan"
    assert "Kesiapan" not in set(own.overview["stage"])


@pytest.mark.parametrize("table", NEEDED)
def test_pages_of_all_stages_take_those_for_which_the_tables_suffice(once, table):
    survey = store.load(root=str(once.root))
    left = tuple(t for t in survey.instrument.tables if t.name != table)
    survey = replace(survey, instrument=replace(survey.instrument, tables=left))
    fitting = [s.of.name for s in stages.ALL if table not in s.of.needs]
    assert list(stages.fitting(survey.instrument)) == fitting
    assert [stage.name for stage in coordination.Coordination(survey).stages] == fitting
    assert {*summary.of(survey).stages} == {*profile.of(survey, "kominfo").stages} == {*fitting}


@pytest.fixture
def alone(tmp_path) -> Project:
    """A city that asks nothing but one table of its own."""
    made = stress.city(tmp_path / "kota")
    path = made.root / "data/raw/2023/instrument/tables.toml"
    entries = re.split(r"(?m)^(?=\[\[)", path.read_text("utf-8"))
    own = [t.replace('"gap"', '"warga"', 1) for t in entries if '\nname = "gap"' in t]
    rest = [entry for entry in entries if not entry.startswith("[[tables]]")]
    path.write_text("".join([*rest, *own]), "utf-8")
    path.with_name("gap.csv").rename(path.with_name("warga.csv"))
    stress.answer(made, 1)
    store.save(made, ingest.ingest(made))
    return made


def test_every_page_over_stages_goes_on_without_any_of_them(alone, monkeypatch):
    survey = store.of(alone)
    assert [of.name for of in stages.fitting(survey.instrument).values()] == ["participation"]
    monkeypatch.setattr(store, "load", lambda *_given, **_named: survey)
    for name in charts.__all__:  # what pictures show is worked out all the same
        monkeypatch.setattr(charts, name, lambda *_given, **_named: None)
    monkeypatch.setattr(desk.blocks, "display", lambda *_shown: None)
    for name in ("00-participation", "coordinator", "unit-profile", "08-summary"):
        cells = json.loads((ROOT / "notebooks" / f"{name}.ipynb").read_text("utf-8"))["cells"]
        known = {"display": lambda *_shown: None}
        for cell in cells:
            if cell["cell_type"] == "code":
                exec("".join(cell["source"]), known)


def test_bounds_and_pictures_reach_to_the_ends_of_the_scale_whichever_it_is():
    ours = gap.of(Answers({"gap": gaps(SMALL)}))
    longer = rescaled("gap", SEVEN, "current", "target")
    theirs = gap.of(Answers({"gap": gaps(SMALL)}, instrument=longer))
    assert ours.ends["gap"] == (-4, 4) and theirs.ends["gap"] == (-6, 6)
    assert theirs.ends["weighted"] == (-30, 30) and (ours.dark, theirs.dark) == (2, 3)
    # One of four units left a sub-dimension blank: it could be 6 levels off instead of 4.
    more = [gap.figures.comparisons(s.answers, s.obstacle_names, s.ends, 5) for s in (ours, theirs)]
    near, far = (families[0].bounds for families in more)
    assert (far["worst"] < near["worst"]).all() and (far["best"] > near["best"]).all()
    made = readiness.of(Answers({"readiness": ANSWERS}, instrument=_ready()), threshold=6)
    assert list(made.distribution)[2:] == [*"1234567", "n"]
    with pytest.raises(Unfit, match="di luar skala kesiapan, 1–7"):
        readiness.of(made.survey, threshold=7.5)


def _ready():
    return rescaled("readiness", SEVEN, "level")


def test_neutral_is_the_middle_of_the_rating():
    both = rescaled("external", Scale(1, 6, {}), "rating")
    both = rescaled("swot", Scale(1, 6, {}), "rating", instrument=both)
    answers = many(12, 3.1)
    tables = {"swot": answers.rename(columns=lambda c: c.replace("pestel", "element")),
              "external": answers, "external_own": answers[:0]}  # fmt: skip
    stage = swot.of(Answers(tables, instrument=both))
    assert stage.neutral == 3.5 and stage.scales.reach == (-2.5, 2.5)
    assert stage.position.x == pytest.approx(stage.matrix["score"].sum() - 3.5)
    assert stage.key_figures[1]["label"] == "skor IFAS (1–6, netral 3,5)"
    pd.testing.assert_series_equal(stage.external.matrix["rating"], stage.matrix["rating"])
