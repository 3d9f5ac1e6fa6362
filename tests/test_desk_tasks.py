"""What an analyst sets out to do, as trying the first house showed it: each in a few lines.

The others have tests of their own: a part of the city, crosstabs, short forms and the names that
Tab offers in `test_desk_city`; saving and exporting in `test_files` and `test_tables`; copies in
`test_official`; what Git takes in `test_hooks` and `test_lab`; other ways to run a notebook in
`test_ways_to_run`; what is mistyped, and no data yet, in `test_desk_errors`.
"""

import ast
import json
import shutil
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from nbclient import NotebookClient
from scipy import stats

from analysis import desk, tables
from analysis.exhibits import MIME
from analysis.survey.kept import ingest, store
from analysis.survey.sent import sample
from tests.second_city import ROOT

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def test_an_excel_file_of_ones_own_is_joined(siantar, tmp_path):
    people = pd.DataFrame({"unit": ["siantar-barat", "siantar-utara"], "people": [35_000, 46_000]})
    people.to_excel(tmp_path / "penduduk.xlsx", index=False)
    answers = desk.open("2024", root=siantar.root).answers("readiness")
    joined = answers.merge(pd.read_excel(tmp_path / "penduduk.xlsx"), on="unit")
    assert set(joined["people"]) == {35_000, 46_000}
    assert "35.000" in tables.table(joined[["unit", "people"]].head(1), "Penduduk").html


def test_two_groups_are_compared_on_one_question_in_one_line(siantar):
    kota = desk.open("2024", root=siantar.root)
    row = kota.compare("KS05", "kecamatan", "dinas").frame.iloc[0]
    answers = kota.answers("readiness").query("item == 'KS05'").dropna(subset="level")
    sides = [
        answers.loc[answers["group"] == g, "level"].astype(float) for g in ("kecamatan", "dinas")
    ]
    assert row["p"] == pytest.approx(stats.ttest_ind(*sides, equal_var=False).pvalue)


def test_two_periods_are_paired_by_office(city):
    shutil.copytree(city.folder, city.raw / "2022")
    for period, seed in (("2022", 1), ("2023", 2)):
        sample.write(city.at(period), seed)
        store.save(city.at(period), ingest.ingest(city.at(period)))
    old, new = (
        desk.open(period, root=city.root).answers("readiness").set_index(["unit", "item"])["level"]
        for period in ("2022", "2023")
    )
    change = (new - old).groupby("unit").mean()
    assert len(change) == 3 and change.notna().all() and change.abs().max() > 0


def test_a_picker_is_one_line(siantar, tmp_path):
    book = nbformat.v4.new_notebook()
    book.cells = [
        nbformat.v4.new_code_cell(
            "from ipywidgets import interact\nfrom analysis import desk\n"
            f"kota = desk.open('2024', root={str(siantar.root)!r})\n"
            "interact(kota.item, code=kota.codebook('readiness').frame['item'])"
        )
    ]
    NotebookClient(
        book, kernel_name="python3", resources={"metadata": {"path": tmp_path}}
    ).execute()
    assert any(
        "application/vnd.jupyter.widget-view+json" in output.get("data", {})
        for output in book.cells[0].outputs
    )


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_no_notebook_needs_a_name_that_others_keep_to_a_cell(path):
    """Reactive notebooks keep names that begin with an underscore to their cell."""
    code = (c.source for c in nbformat.read(path, 4).cells if c.cell_type == "code")
    names = {
        node.id for source in code for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Name)
    }  # fmt: skip
    assert [name for name in names if name.startswith("_")] == []


def test_what_others_show_of_an_exhibit_says_that_it_is_a_sample(siantar):
    """Voila and its like show the HTML of outputs, and nothing of the page around them."""
    shown = 0
    for path in Path(siantar.reports / "internal/notebooks").glob("0*.ipynb"):
        for cell in json.loads(path.read_text("utf-8"))["cells"]:
            for data in (o.get("data", {}) for o in cell.get("outputs", ())):
                if data.get(MIME, {}).get("source", "").startswith("data CONTOH"):
                    assert "CONTOH" in "".join(data["text/html"])
                    shown += 1
    assert shown > 60


def test_an_item_on_a_scale_of_its_own_is_shown_on_that_and_the_others_on_theirs(city):
    folder = city.folder / "instrument"
    scales = pd.read_csv(folder / "scales.csv")
    own = scales[scales["scale"] == "maturity"].assign(scale="ladder", label=[*"abcde"])
    pd.concat([scales, own]).to_csv(folder / "scales.csv", index=False)
    items = pd.read_csv(folder / "readiness.csv")
    items.assign(scale=["ladder"] + [""] * (len(items) - 1)).to_csv(
        folder / "readiness.csv", index=False
    )
    sample.write(city, 1)
    store.save(city, ingest.ingest(city))
    kota = desk.open(root=city.root)
    first, second, *_rest = items["code"]
    shown, other = kota.item(first), kota.item(second)
    assert list(shown.frame["answer"]) == ["1 a", "2 b", "3 c", "4 d", "5 e"]
    assert len(other.frame) == 5 and not set(other.frame["answer"]) & set(shown.frame["answer"])
    for question in (shown, other):
        assert question.frame["count"].sum() == question.answers["level"].notna().sum() > 0
        assert all(each.chart() for each in (question, question.by(), question.by("unit")))
