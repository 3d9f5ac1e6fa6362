"""A stage of one's own, written by the command: it runs as it is, and nothing is written over."""

import html
import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import nbformat
import pytest
from click.testing import CliRunner

from analysis.cli import main
from analysis.new import stage
from analysis.project import ProjectError
from analysis.survey.asked.instrument import Instrument
from analysis.survey.sent import sample
from tests.second_city import ROOT, typed


@pytest.fixture
def source(tmp_path) -> Path:
    """A copy of the source, which a test may add to."""
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "src" / "analysis", tmp_path / "kode/src/analysis", ignore=ignored)
    shutil.copy(ROOT / "pyproject.toml", tmp_path / "kode")
    return tmp_path / "kode" / "src"


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    """The stages of a source without any."""
    found = tmp_path / "kode/src/analysis/stages"
    (found / "evidence").mkdir(parents=True)
    (tmp_path / "kode/pyproject.toml").touch()
    monkeypatch.setattr(stage, "STAGES", found)
    return found


def write(city, name: str, **options) -> list[Path]:
    return stage.write(city, Instrument.load(city), name, **options)


def test_a_new_stage_runs_at_once_and_takes_its_place_among_the_others(source, city):
    sample.write(city, 1)
    where = {"PYTHONPATH": str(source)}
    told = typed(city.root, "new", "stage", "layanan", "--title", 'Mutu "L"', "-h", **where)
    assert "masterplan run layanan" in told.stdout
    asked = ("new", "stage", "layanan", "--title", 'Mutu "Layanan"', "--table", "gap")
    done = typed(city.root, *asked, **where)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "masterplan run layanan" in done.stdout
    written = sorted(path.name for path in (source / "analysis/stages/layanan").iterdir())
    assert written == ["__init__.py", "columns.toml", "figures.py", "words.py"]
    notebook = nbformat.read(city.notebooks / "09-layanan.ipynb", as_version=4)
    nbformat.validate(notebook)
    assert notebook.cells[0].source.startswith('# Mutu "Layanan"\n')
    for look in (["check"], ["format", "--check"]):
        rules = ["--config", ROOT / "pyproject.toml", source / "analysis/stages/layanan"]
        subprocess.run([sys.executable, "-m", "ruff", *look, *rules], check=True)
    workbooks = city.sample
    before = {p.name: p.read_bytes() for p in workbooks.rglob("*.xlsx")}
    for name in ("08-summary.ipynb", "unit-profile.ipynb"):
        shutil.copy(ROOT / "notebooks" / name, city.notebooks)
    for command in ("run", "book"):
        done = typed(city.root, command, **where)
        assert done.returncode == 0, done.stdout + done.stderr
    reports = city.reports
    assert "Tahap 9" in (reports / "index.html").read_text("utf-8")
    [claim] = json.loads((reports / "claims.json").read_text("utf-8"))
    assert claim["stage"] == "layanan" and claim["primary"]
    assert f'data-claim="{claim["id"]}"' in (reports / "09-layanan.html").read_text("utf-8")
    [archive], [book] = reports.glob("*.zip"), reports.glob("*.docx")
    with zipfile.ZipFile(archive) as package:
        assert {"09-layanan.html", "tables/09-layanan.xlsx"} <= set(package.namelist())
    with zipfile.ZipFile(book) as package:
        texts = [package.read("word/document.xml").decode()]
    texts += [(reports / p).read_text("utf-8") for p in ("08-summary.html", "units/kominfo.html")]
    assert all('Mutu "Layanan"' in html.unescape(text) for text in texts)
    assert {p.name: p.read_bytes() for p in workbooks.rglob("*.xlsx")} == before
    again = typed(city.root, *asked, **where)
    assert again.returncode == 2 and "“layanan” sudah dipakai" in again.stderr


def test_a_name_that_cannot_be_one_is_refused_and_nothing_written(city, folder):
    before = sorted(folder.rglob("*"))
    for name in ("Besar", "1a", "class", "a-b", "a b", "../a", ""):
        with pytest.raises(ProjectError, match="tidak dapat menjadi nama"):
            write(city, name)
    for name in ("evidence", "tables", "units"):
        with pytest.raises(ProjectError, match="sudah dipakai"):
            write(city, name)
    assert sorted(folder.rglob("*")) == before and not city.notebooks.exists()


def test_it_begins_with_the_first_table_that_has_a_scale_or_the_one_that_is_named(city, folder):
    write(city, "satu")
    assert 'TABLE, FIELD = "future", "impact"' in (folder / "satu/figures.py").read_text("utf-8")
    write(city, "dua", table="gap")
    assert 'TABLE, FIELD = "gap", "current"' in (folder / "dua/figures.py").read_text("utf-8")
    for table in ("swot_lines", "quickwin", "spbe", "tidak-ada"):
        with pytest.raises(ProjectError, match="Pilihan: future, external, readiness, gap"):
            write(city, "tiga", table=table)


def test_a_notebook_gets_the_next_free_number_from_9_on(city, folder):
    city.notebooks.mkdir()
    for name in ("03-tiga", "10-sepuluh", "ringkas"):
        (city.notebooks / f"{name}.ipynb").write_text("{}", "utf-8")
    names = [write(city, name)[-1].name for name in ("satu", "dua")]
    assert names == ["09-satu.ipynb", "11-dua.ipynb"]
    with pytest.raises(ProjectError, match="sudah dipakai"):
        write(city, "sepuluh")


def test_an_installed_package_is_left_as_it_is(city, tmp_path, monkeypatch):
    monkeypatch.setattr(stage, "STAGES", tmp_path / "site-packages/analysis/stages")
    done = CliRunner().invoke(main, ["new", "stage", "satu", "--root", str(city.root)])
    assert done.exit_code == 2 and "git clone" in " ".join(done.output.split())
