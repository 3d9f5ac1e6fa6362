"""One line to see: what the desk shows of the sample, and that it is what pandas and scipy say."""

import doctest
import json
import os
import re
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import nbformat
import pandas as pd
import pytest
from scipy import stats

from analysis import charts, desk
from analysis.desk.city import City
from analysis.refusals import Refusal
from analysis.stages import ALL
from analysis.survey.kept import store

PUBLISHED = {"statistics"}  # what is said of the city elsewhere


@pytest.fixture(scope="session")
def kota(siantar) -> City:
    return desk.open("2024", root=siantar.root)


@pytest.fixture(scope="session")
def kecamatan(siantar) -> City:
    return desk.open(2024, groups="kecamatan", root=siantar.root)


def test_a_city_is_a_card_and_no_flood(kota, kecamatan):
    card = repr(kota)
    assert len(card.splitlines()) < 10 and len(card) < 1000 and len(kota._repr_html_()) < 3000
    for said in ("Kota Pematang Siantar", "2024", "CONTOH", "35", "17 Dinas", ".readiness()"):
        assert said in card
    for asked in re.findall(r"(?<=[ ,])\.\w+\(.*?\)", card):
        assert repr(eval(f"kota{asked}", {"kota": kota}))
    assert "8 kecamatan" in repr(kecamatan) and "Dinas" not in repr(kecamatan)
    assert len(repr(kota.survey)) < 200


def test_every_stage_is_there_with_its_own_parameters(kota):
    for stage in ALL:
        assert stage.of.name in dir(kota)
        assert getattr(kota, stage.of.name)().stage.name == stage.of.name
    assert kota.readiness(threshold=3).stage.bound == 3
    assert kota.gap(confidence=0.9).stage.confidence == 0.9


def test_every_frame_of_every_stage_shows_itself_and_speaks_for_whom_it_is_of(kecamatan):
    for stage in ALL if os.environ.get("MASTERPLAN_LONG") else ALL[::3]:
        subject = getattr(kecamatan, stage.of.name)()
        assert "8 kecamatan" in repr(subject).splitlines()[0]
        for name in subject.frames:
            view = getattr(subject, name)
            text, content = repr(view), view.table().content
            assert text.startswith(view.title) and content["columns"]
            assert len(content["rows"]) == len(view.frame)
            assert callable(view.picture) or view.picture == ""
            if name not in PUBLISHED:
                assert "kota" not in f"{view.title} {content['source']}".lower(), (stage, name)
            if "8 kecamatan" in content["source"]:
                assert "8 kecamatan" in view.title, (stage, name)
    assert "8 kecamatan" in kecamatan.readiness().subelements.chart().content["title"]


@pytest.mark.parametrize(
    ("stage", "frame"), [("readiness", "subelements"), ("gap", "quadrants"), ("gap", "by_group")]
)
def test_a_picture_is_the_one_in_the_notebook(siantar, kota, stage, frame):
    [path] = siantar.reports.glob(f"internal/notebooks/*-{stage}.ipynb")
    shown = [
        output["data"]["application/vnd.masterplan+json"]
        for cell in json.loads(path.read_text("utf-8"))["cells"]
        for output in cell.get("outputs", [])
        if "application/vnd.masterplan+json" in output.get("data", {})
    ]
    content = dict(getattr(getattr(kota, stage)(), frame).chart().content)
    assert json.loads(json.dumps(content)) in shown


BROKEN = "charts.ranked(stage.subelements, salah)"


@pytest.mark.parametrize(
    "cell", [None, BROKEN, "x = [", f"from analysis import charts\n# %%\n{BROKEN}"]
)
def test_without_a_notebook_or_with_a_broken_one_a_frame_is_shown_all_the_same(
    kota, tmp_path, cell
):
    if cell:
        written = cell.split("# %%\n")  # with an import that works only the picture itself fails
        written += ["import tidak_ada"] * (len(written) == 1)
        cells = list(map(nbformat.v4.new_code_cell, written))
        nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "03-readiness.ipynb")
    elsewhere = replace(kota.survey.project, trusted=tmp_path)
    view = City(replace(kota.survey, project=elsewhere)).readiness(threshold=3).subelements
    content = view.chart().content
    assert content["chart"] == "ranked" and content["title"] == view.title
    assert view.title.startswith("1 dari 9 bidang") and "Rerata" in repr(view)


def test_a_frame_without_a_picture_says_so_in_words(kota):
    with pytest.raises(Refusal, match="tidak mempunyai gambar yang patut"):
        kota.readiness().items.chart()


def test_no_two_columns_have_one_heading(siantar):
    kota = desk.open("2024", root=siantar.root)
    views = [kota.compare("readiness", "kecamatan", "dinas"), kota.looks.seen]
    for stage in (kota.readiness(), kota.gap(), kota.quickwin()):
        views += [getattr(stage, name) for name in stage.frames]
    for view in views:
        headings = [column["label"] for column in view.table().content["columns"]]
        assert len(headings) == len(set(headings)), (view.title, headings)
    assert "n Kecamatan" in repr(views[0])


def test_groups_and_levels_are_ordered_as_the_house_orders_them(kota):
    order = ["Dinas", "Badan", "Kecamatan", "Perangkat daerah lainnya"]
    frame = kota.readiness().by("group").frame
    assert list(frame["group_name"].cat.categories) == [*order, "Kota"]
    answers = kota.answers("readiness")
    assert list(answers.groupby("group_name", observed=True).size().index) == order
    levels = answers["level_label"].cat
    assert levels.ordered and levels.categories[0] == "1 rintisan"
    assert levels.categories[-1] == "5 optimum"
    given = answers["level"].notna()
    assert (answers["level"][given] == levels.codes[given] + 1).all()


@pytest.mark.parametrize("by", ["group", "unit", "KS06"])
def test_a_crosstab_is_that_of_pandas(kota, by):
    table, answers = kota.crosstab("KS05", by=by), kota.answers("readiness")
    own = answers[answers["item"] == "KS05"]
    parts = own[by].astype(str) if by in own else None
    if parts is None:
        other = answers[answers["item"] == by].set_index("unit")["level_label"]
        parts = own["unit"].map(other).astype(object).fillna("tanpa jawaban")
    counts = pd.crosstab(parts, own["level_label"], dropna=False)
    shares = pd.crosstab(parts, own["level_label"], normalize="index")
    data = table.frame.set_index(by)
    for part, row in shares.iterrows():
        for level in shares:
            assert data.loc[part, level] == pytest.approx(row[level])
    assert (table.counts.loc[counts.index, shares.columns] == counts[shares.columns]).all(axis=None)
    whole = data.loc["all"]
    assert whole["n"] == own["level"].count() == 32
    assert whole["n"] + whole["tb"] + whole["blank"] == len(own)


def test_in_a_crosstab_what_does_not_apply_is_not_blank(kota):
    told = kota.describe("readiness").frame
    item = told[told["tb"] > 0]["item"].iloc[0]
    whole = kota.crosstab(item).frame.iloc[-1]
    row = told.set_index("item").loc[item]
    assert list(whole[["n", "tb", "blank"]]) == list(row[["n", "tb", "blank"]])
    assert whole["n"] + whole["tb"] + whole["blank"] == 35


def test_a_part_of_the_units_is_named_in_every_title(kota, kecamatan):
    for asked in (
        lambda city: city.item("KS05"),
        lambda city: city.item("KS05").by("group"),
        lambda city: city.crosstab("KS05"),
        lambda city: city.describe(),
        lambda city: city.readiness().scores,
    ):
        assert asked(kecamatan).title.endswith("– 8 kecamatan")
        assert "kecamatan" not in asked(kota).title


def test_of_several_scales_every_title_names_the_one_that_is_meant(kota):
    for field, said in (("current", "Sekarang"), ("target", "Sasaran")):
        item = kota.item("KJ01", field)
        table = kota.crosstab("KJ01", field=field)
        for view in (item, table, item.by("group"), item.by("unit"), item.describe()):
            assert f"({said}" in view.title
        other = kota.compare("KJ01", "kecamatan", "dinas", field=field).frame
        assert said in other["what"].iloc[0]
    assert "(" not in kota.crosstab("KS05").title
    with pytest.raises(Refusal, match="bukan pada tahap"):
        kota.compare("gap", "kecamatan", "dinas", field="target")


def test_a_crosstab_is_drawn_as_stacked_answers(kota):
    content = kota.crosstab("KS05").chart().content
    assert content["chart"] == "likert" and "CONTOH" in content["source"]
    assert [row[0] for row in content["rows"]][:2] == ["Dinas", "Badan"]
    assert sum(content["rows"][0][1:]) == 17


def test_what_describes_a_question_is_what_pandas_says(kota):
    answers = kota.answers("readiness")
    told = kota.describe("readiness").frame.set_index("item")
    for item, own in answers.groupby("item"):
        row, by_pandas = told.loc[item], own["level"].describe()
        assert row["n"] == by_pandas["count"]
        for ours, theirs in (("mean", "mean"), ("sd", "std"), ("median", "50%"), ("most", "max")):
            assert row[ours] == pytest.approx(by_pandas[theirs])
        assert row["tb"] == own["tb"].sum()
    missing = ["n", "tb", "blank", "unread", "unsent"]
    every = kota.describe().frame
    assert (every[missing].sum(axis=1) == every["asked"]).all()
    one = kota.item("KS05").describe()
    assert len(one.frame) == 1
    headings = [column["label"] for column in one.table().content["columns"]]
    assert headings[:5] == ["Kode", "Nama", "Isian", "n", "Rerata"]


def test_a_comparison_is_welchs_and_says_what_it_is_not(siantar):
    kota = desk.open("2024", root=siantar.root)
    scores = kota.readiness().by_unit.frame.groupby("group", observed=True)["score"]
    sides = [scores.get_group(group) for group in ("kecamatan", "dinas")]
    found = stats.ttest_ind(*sides, equal_var=False)
    shown = kota.compare("readiness", "kecamatan", "dinas")
    [row] = shown.frame.to_dict("records")
    assert row["difference"] == pytest.approx(sides[0].mean() - sides[1].mean())
    assert row["p"] == pytest.approx(found.pvalue)
    assert (row["low"], row["high"]) == pytest.approx(tuple(found.confidence_interval()))
    assert "di luar keluarga pembandingan" in shown.note and "Sudah 1 pembandingan" in shown.note
    kota.compare("readiness", "dinas", "kecamatan")  # the same once more
    assert "Sudah 2 pembandingan" in kota.compare("KS05", "dinas", "badan").note
    kota.compare("KS06", "dinas", "badan", confidence=0.8)
    seen = kota.looks.seen
    assert list(seen.frame["confidence"]) == [0.95, 0.95, 0.8]
    assert all(f" {share} " in f" {repr(seen)} " for share in ("95%", "80%"))


def test_a_question_by_group_has_intervals_and_by_unit_its_levels(kota):
    item = kota.readiness().item("KS05")
    groups = item.by("group")
    headings = [column["label"] for column in groups.table().content["columns"]]
    assert headings[:4] == ["Kelompok", "Rerata", "Selang", "n"]
    assert {"mean", "low", "high", "n"} <= set(groups.frame)
    content = groups.chart().content
    assert content["chart"] == "ranked" and "KS05" in content["title"]
    assert item.chart().content["chart"] == "likert"
    assert item.by("unit").chart().content["chart"] == "bars"
    units = item.by("unit").frame
    assert len(units) == 35 and units["level_label"].iloc[0] == "4 terpadu dan terukur"
    assert item.frame["count"].sum() == 32


def test_the_codebook_lists_tables_columns_and_questions(kota):
    tables = kota.codebook().frame.set_index("table")
    assert list(tables.index) == [table.name for table in kota.survey.instrument.tables]
    for name, row in tables.iterrows():
        columns = set(row["answers"].split(", ") + row["beside"].split(", "))
        assert columns == set(kota.answers(name).columns)
    items = kota.codebook("readiness")
    assert len(items.frame) == 27 and "1 rintisan" in items.note


def test_few_answers_are_told_by_nobody(siantar):
    few = desk.open("2024", units=["rsud", "dukcapil"], root=siantar.root)
    assert few.survey.enough
    assert set(store.load("2024", units="rsud", root=siantar.root).units["unit"]) == {"rsud"}


def test_changes_reach_the_picture(kota):
    shown = kota.readiness().subelements.chart(title="Judul saya", note="")
    assert shown.content["title"] == "Judul saya" and isinstance(shown, type(charts.ranked(
        pd.DataFrame({"name": ["a"], "mean": [1.0], "low": [0.5], "high": [1.5]}), "name", "mean",
        title="x",
    )))  # fmt: skip


MODULES = ["analysis.refusals", "analysis.tables"] + [
    f"analysis.desk.{found.name}" for found in iter_modules([str(Path(desk.__file__).parent)])
]


@pytest.mark.parametrize("module", MODULES)
def test_examples_in_docstrings_hold(module, kota):
    failed, _tried = doctest.testmod(
        import_module(module), extraglobs={"kota": kota}, optionflags=doctest.ELLIPSIS
    )
    assert failed == 0
