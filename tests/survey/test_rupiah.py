"""One office types its costs in rupiah: what it is asked, and what that does to the ranks."""

import csv
import json
import shutil
import warnings
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from analysis.project import Project
from analysis.stages import quickwin
from analysis.survey.kept import store
from analysis.survey.kept.ingest import ingest
from tests.second_city import RAW, ROOT

Place = tuple[str, str]  # sheet, cell
COLUMNS = ["decision", "unit", "file", "cell", "old", "new"]
UNIT = "koperasi-ukm-perdagangan"
FILE = f"2023-{UNIT}.xlsx"


@pytest.fixture(scope="module")
def city(tmp_path_factory) -> Project:
    """The city with the sample's workbooks of six offices as their answers."""
    project = Project(tmp_path_factory.mktemp("kota") / "siantar")
    shutil.copytree(RAW, project.raw, ignore=shutil.ignore_patterns("2024", "sample", "responses"))
    settings = project.folder / "period.toml"
    few = settings.read_text("utf-8").replace("response = 0.5", "response = 0.1")
    settings.write_text(few, "utf-8")  # six of 35 offices are enough
    folder = project.responses
    folder.mkdir(parents=True)
    workbooks = sorted((ROOT / "data/raw/2023/sample").glob("*.xlsx"))
    for path in [*workbooks[:5], RAW / "2023/sample" / FILE]:
        typed(path, folder / path.name, {("Identitas", "B14"): "tidak"})
    return project


def typed(path: Path, place: Path, cells: dict[Place, object]) -> None:
    """A workbook in which somebody typed into cells, saved at another place or its own."""
    with warnings.catch_warnings():  # what openpyxl cannot keep is for the eye only
        warnings.simplefilter("ignore", UserWarning)
        book = openpyxl.load_workbook(path)
    for (sheet, cell), value in cells.items():
        book[sheet][cell].value = value
    book.save(place)


def read(project: Project) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The questions about costs, and the ranks of all proposals."""
    tables = ingest(project)
    store.save(project, tables)
    problems = tables["problems"]
    ranking = quickwin.of(store.load(root=str(project.root))).ranking
    kept = ["proposal", "rank", "closeness", "rank_low", "rank_high"]
    return problems[problems["code"] == "IN_RUPIAH"], ranking[kept]


def decide(project: Project, questions: pd.DataFrame, costs: dict[Place, float]) -> None:
    """The coordinator takes what each question proposes, for the value that is typed there."""
    by = ["Rina", "ditelepon", "2023-11-27"]
    with project.decisions.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow([*COLUMNS, "who", "why", "when"])
        for row in questions.itertuples():
            typed_now = f"{costs[row.sheet, row.cell]:.0f}"
            meant = json.loads(row.details)["meant"]
            writer.writerow(
                ["value", row.unit, "", f"{row.sheet}!{row.cell}", typed_now, meant, *by]
            )


def test_costs_in_rupiah_are_asked_about_and_once_decided_the_ranks_are_the_right_ones(city):
    none, ranks = read(city)
    assert none.empty
    path = city.responses / FILE
    sheet = openpyxl.load_workbook(path)["7 Quick Win"]
    head = next(row for row in sheet.iter_rows() if row[0].value == "Kode")
    column = next(c.column_letter for c in head if str(c.value).startswith("Biaya"))
    costs = {("7 Quick Win", c.coordinate): c.value for c in sheet[column] if is_cost(c.value)}
    assert len(costs) == 2
    in_rupiah = {cell: value * 10**6 for cell, value in costs.items()}
    typed(path, path, in_rupiah)
    original = path.read_bytes()
    questions, wrong = read(city)
    assert list(zip(questions["sheet"], questions["cell"], strict=True)) == list(costs)
    assert set(questions["unit"]) == {UNIT}
    moved = wrong.set_index("proposal")["rank"] - ranks.set_index("proposal")["rank"]
    assert moved.abs().max() >= 3  # it is no small slip
    decide(city, questions, in_rupiah)
    questions, decided = read(city)
    assert questions.empty
    pd.testing.assert_frame_equal(decided, ranks)
    assert path.read_bytes() == original


def is_cost(value: object) -> bool:
    return isinstance(value, int | float)
