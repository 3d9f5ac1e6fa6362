"""Fixtures: a small real city on disk, and workbooks written as text tables inside the tests."""

import csv
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import hypothesis
import pytest
import xlsxwriter
from filelock import FileLock

from analysis import text
from analysis.project import Project
from analysis.survey.sent import sample
from benchmarks import stress
from tests import second_city as second
from tests.second_city import RAW

# A busy machine is no failure: time is measured in benchmarks, not in tests.
hypothesis.settings.register_profile("patient", deadline=None)
hypothesis.settings.load_profile("patient")

# How many items of each file the small city keeps.
# By the scheme that sorts the items of one table, of which each category has one: that table.
SORTED = {"steep": "future", "pestel": "external", "subelement": "readiness"}
KEEP = {"future": 2, "external": 2, "readiness": 4, "gap": 2, "swot": 2, "pairs": 15}


def pytest_collection_modifyitems(items):
    """What runs whole cities, beside this file, begins first: no core waits for it at the end."""
    here = Path(__file__).parent
    items.sort(key=lambda item: item.path.parent != here)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Where everything is installed, a skip is a failure."""
    report = yield
    if report.skipped and os.environ.get("MASTERPLAN_NO_SKIPS"):
        report.outcome = "failed"
    return report


@pytest.fixture(autouse=True)
def _indonesian():
    text.use(text.SOURCE)
    yield
    text.use(text.SOURCE)


@pytest.fixture
def city(tmp_path) -> Project:
    """A city of three units (kominfo coordinates) and a few items of each table."""
    raw = tmp_path / "kota" / "data" / "raw"
    folder = raw / "2023"
    (folder / "instrument").mkdir(parents=True)
    shutil.copy(RAW / "city.toml", raw)
    shutil.copy(RAW / "statistics.csv", raw)
    shutil.copy(RAW / "2023" / "period.toml", folder)
    asked = RAW / "2023" / "instrument"
    shutil.copytree(asked, folder / "instrument", dirs_exist_ok=True)
    for path in (folder / "instrument").glob("*.csv"):
        lines = path.read_text("utf-8").splitlines(keepends=True)
        lines = lines[: 1 + KEEP.get(path.stem, len(lines))]
        path.write_text("".join(lines), "utf-8")
    path = folder / "instrument" / "categories.csv"
    rows, items = _rows(path), {}
    for scheme, table in SORTED.items():
        items[scheme] = {row[1] for row in _rows(path.with_name(f"{table}.csv"))}
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(r for r in rows if r[1] in items.get(r[0], {r[1]}))
    rows = _rows(RAW / "2023" / "units.csv")
    kept = [rows[0], *(r for r in rows[1:] if r[0] in ("kominfo", "bappeda", "siantar-barat"))]
    with (folder / "units.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(kept)
    return Project(tmp_path / "kota")


def _rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


@pytest.fixture
def two(tmp_path, city) -> Path:
    """A folder of two small cities, ``kota-1`` and ``kota-2``, with two notebooks and a sample."""
    folder = tmp_path / "kota-kota"
    for number, name in ((1, "Kota Satu"), (2, "Kota Dua")):
        project = Project(folder / f"kota-{number}")
        shutil.copytree(city.root, project.root)
        settings = project.root / "data/raw/city.toml"
        content = settings.read_text("utf-8").replace("Kota Pematang Siantar", name)
        settings.write_text(content.replace('"1273"', f'"990{number}"'), "utf-8")
        project.notebooks.mkdir()
        for notebook in ("03-readiness", "cities"):
            shutil.copy(second.ROOT / "notebooks" / f"{notebook}.ipynb", project.notebooks)
        sample.write(project, number)
    return folder


def cells(table: str) -> list[list[str]]:
    """A text table as rows of cells: one line a row, cells between bars, spaces trimmed."""
    lines = [line.strip() for line in table.strip().splitlines()]
    return [[c.strip() for c in line.strip("|").split("|")] for line in lines]


@pytest.fixture
def write_workbook():
    """Write a workbook of text tables: numbers as numbers unless they stand in quotes."""

    def write(path: Path, sheets: dict[str, str]) -> Path:
        path.parent.mkdir(parents=True, exist_ok=True)
        with xlsxwriter.Workbook(path) as book:
            for name, table in sheets.items():
                sheet = book.add_worksheet(name)
                for row, line in enumerate(cells(table)):
                    for column, value in enumerate(line):
                        if value.startswith('"'):
                            sheet.write_string(row, column, value[1:-1])
                        elif value.replace(".", "", 1).lstrip("-").isdigit():
                            sheet.write_number(row, column, float(value))
                        elif value:
                            sheet.write_string(row, column, value)
        return path

    return write


def shared(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Project:
    """A project folder that is made once for all the processes of a session; tests only read it."""
    folder = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    made = folder / "shared" / f"{name}.made"
    made.parent.mkdir(exist_ok=True)
    with FileLock(made.with_suffix(".lock")):
        if not made.exists():
            make(made.with_name(name))
            made.touch()
    return Project(made.with_name(name))


@pytest.fixture(scope="session")
def once(tmp_path_factory) -> Project:
    """A city of three units and three notebooks after its first run; see `ran` for a copy."""

    def make(root: Path) -> None:
        project = stress.city(root)
        stress.answer(project, 1)
        second.run(project)

    return shared(tmp_path_factory, "kota", make)


@pytest.fixture
def ran(once, tmp_path) -> Project:
    """A copy of that city, for one test to change."""
    return Project(shutil.copytree(once.root, tmp_path / "kota"))


@pytest.fixture(scope="session")
def second_city(tmp_path_factory) -> Project:
    """The second city after a whole run on its own sample."""
    return shared(tmp_path_factory, "Kota Lain", second.sampled)


@pytest.fixture(scope="session")
def siantar(tmp_path_factory) -> Project:
    """The project's own city after a whole run on the committed sample."""
    return shared(tmp_path_factory, "siantar", second.first)
