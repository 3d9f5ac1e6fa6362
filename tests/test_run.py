"""The main job on a second city of five units: real workbooks, real kernels, real reports."""

import json
import os
import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from nbclient import NotebookClient

from analysis.project import Project
from analysis.runs.manifest import BOOK
from analysis.survey.asked import register
from analysis.survey.asked.instrument import Instrument
from analysis.survey.sent import forms, sample
from tests.second_city import UNITS, invoked


def pages(project: Project) -> dict[str, str]:
    """Every page of the period's official reports, by its path."""
    folder = project.reports
    found = [*folder.glob("*.html"), *folder.glob("units/*.html"), *folder.glob("internal/*.html")]
    return {p.relative_to(folder).as_posix(): p.read_text("utf-8") for p in found}


def manifest(project: Project) -> dict:
    return json.loads((project.reports / "internal/manifest.json").read_text("utf-8"))


def jobs(project: Project) -> dict[str, dict]:
    return {job["id"]: job for job in manifest(project)["jobs"]}


@pytest.fixture(scope="module")
def sampled(second_city, tmp_path_factory) -> Project:
    """A copy of the second city after its first run, for these tests to change."""
    root = tmp_path_factory.mktemp("salinan") / "Kota Lain"
    shutil.copytree(second_city.root, root)
    return Project(root)


def test_a_second_city_needs_no_change_of_code(sampled):
    stages = {p.stem for p in sampled.notebooks.glob("0[0-8]*.ipynb")}
    made = pages(sampled)
    assert set(made) == {
        "index.html",
        *(f"{stage}.html" for stage in stages),
        *(f"units/{unit}.html" for unit in UNITS),
        "internal/index.html",
        "internal/changes.html",
        "internal/coordinator.html",
    }
    assert {job["status"] for job in jobs(sampled).values()} == {"ok"}
    for name, page in made.items():
        assert "Kota Contoh Lain" in page, name
        assert "DATA CONTOH" in page, name
        assert "Kota Pematang Siantar" not in page.split("<main")[0], name
    assert "Lestari" in made["06-vision.html"]


def test_public_pages_do_not_lead_to_the_coordinators_page(sampled):
    for name, page in pages(sampled).items():
        assert "coordinator.html" not in page or name.startswith("internal/")


def test_every_relative_link_resolves(sampled):
    folder = sampled.reports
    for name, page in pages(sampled).items():
        for href in re.findall(r'href="([^"#][^"]*)"', page):
            if not href.startswith("data:"):
                assert (folder / name).parent.joinpath(href.split("#")[0]).exists(), (name, href)


def test_the_spreadsheets_and_the_zip_are_made(sampled):
    folder = sampled.reports
    assert {p.stem for p in (folder / "tables").glob("*.xlsx")} >= {"03-readiness", "04-gap"}
    assert (folder / "masterplan-2024.zip").stat().st_size > 100_000


def test_a_variant_never_replaces_an_official_page(sampled):
    before = pages(sampled)
    done = invoked(sampled, "run", "readiness", "-p", 'groups=["dinas"]', "--name", "Dinas")
    assert done.returncode == 0, done.stdout + done.stderr
    variant = sampled.reports / "variants" / "dinas"
    assert "2 dari 5 perangkat daerah" not in before["03-readiness.html"]
    assert (variant / "03-readiness.html").read_text("utf-8") != before["03-readiness.html"]
    after = pages(sampled)
    assert "variants/dinas/index.html" in after.pop("index.html")
    assert after == {k: v for k, v in before.items() if k != "index.html"}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("run", "-p", "grup=1"), "groups"),
        (("run", "-p", "confidence=tinggi"), "confidence: float"),
        (("run", "-p", "confidence"), "KEY=VALUE"),
        (("run", "-p", "language=en"), "--lang"),
        (("run", "kesigapan"), "readiness"),
        (("run", "--root", "/"), "city.toml"),
    ],
)
def test_wrong_usage_ends_with_2_and_says_what_is_valid(sampled, arguments, message):
    before = pages(sampled)
    done = invoked(sampled, *arguments)
    assert done.returncode == 2
    assert message in done.stderr
    assert pages(sampled) == before


def test_every_notebook_runs_by_itself_from_its_own_folder_with_the_same_result(sampled):
    folder = sampled.reports / "internal" / "notebooks"

    def alone(path: Path) -> list[dict]:
        content = nbformat.read(path, as_version=4)
        resources = {"metadata": {"path": str(sampled.notebooks)}}
        return exhibits(NotebookClient(content, resources=resources).execute())

    # One is of a unit, one needs an earlier period.
    others = ("unit-profile", "09-change")
    paths = [p for p in sorted(sampled.notebooks.glob("*.ipynb")) if p.stem not in others]
    paths = paths[:: 1 if os.environ.get("MASTERPLAN_LONG") else 3]  # `make test-long`
    with ThreadPoolExecutor(2) as pool:
        for path, shown in zip(paths, pool.map(alone, paths), strict=True):
            if path.stem == "cities":  # a run over this city alone has nothing to compare it with
                assert sampled.settings.name in str(shown)
                continue
            if path.stem == "questions":  # no table is left that no stage reads
                assert "perangkat daerah menjawab tabel ini" in str(shown)
                continue
            named = {"coordinator": "internal/coordinator", "indices": "indices/spbe"}
            name = named.get(path.stem, path.stem)
            run = nbformat.read(folder / f"{name}.ipynb", as_version=4)
            assert shown == exhibits(run), path.stem


def exhibits(notebook: nbformat.NotebookNode) -> list[dict]:
    """What an executed notebook shows, as typed JSON."""
    return [
        output["data"]["application/vnd.masterplan+json"]
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if "application/vnd.masterplan+json" in output.get("data", {})
    ]


def notebook(*cells: str) -> nbformat.NotebookNode:
    parameters = nbformat.v4.new_code_cell('period: str = ""', metadata={"tags": ["parameters"]})
    code = [nbformat.v4.new_code_cell(source) for source in cells]
    title = nbformat.v4.new_markdown_cell("# Notebook uji")
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    return nbformat.v4.new_notebook(cells=[title, parameters, *code], metadata=kernel)


def test_a_failing_notebook_stops_no_other_and_its_page_stays(sampled):
    path = sampled.notebooks / "09-uji.ipynb"
    nbformat.write(notebook("from analysis import tables", "tables.findings(['Baik.'])"), path)
    assert invoked(sampled, "run", "uji").returncode == 0
    good = pages(sampled)["09-uji.html"]
    nbformat.write(notebook("1 / 0"), path)
    try:
        done = invoked(sampled, "run", "uji", "participation")
        assert done.returncode == 1
        assert "ZeroDivisionError" in done.stdout
        after = pages(sampled)
        assert after["09-uji.html"] == good
        assert "ZeroDivisionError" in after["index.html"]
        assert "division by zero" not in after["index.html"]
        assert "division by zero" in after["internal/index.html"]
        assert jobs(sampled)["00-participation"]["status"] == "ok"
        nbformat.write(notebook("raise SystemExit", "1"), path)
        assert invoked(sampled, "run", "uji").returncode == 1
        assert jobs(sampled)["09-uji"]["status"] == "failed"
    finally:
        path.unlink()


def respond(project: Project, unit: str) -> None:
    """A real answer of a unit: the form, filled, and not marked as a sample."""
    units = register.units(project)
    chosen = next(u for u in units if u.id == unit)
    instrument = Instrument.load(project)
    answers = sample.of(project, instrument, chosen, 7).fill_in(units)
    content = forms.workbook(
        chosen, instrument, project.settings, units=units, period="2024", answers=answers
    )
    folder = project.responses
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{unit}.xlsx").write_bytes(content)


def test_real_answers_put_the_sample_out_of_play_and_one_more_adds_only_itself(sampled):
    respond(sampled, "dinkes")
    done = invoked(sampled, "run", "participation", "readiness", "unit-profile")
    assert done.returncode == 0, done.stdout + done.stderr
    made = pages(sampled)
    assert set(made) == {
        "index.html",
        "00-participation.html",
        "03-readiness.html",
        "units/dinkes.html",
        "internal/index.html",
        "internal/changes.html",
    }
    for name, page in made.items():
        assert "CONTOH" not in page, name
        assert "1 dari 5 perangkat daerah" in page, name
    made = {p.name for p in sampled.reports.glob("*/*.xlsx")}
    assert made == {"00-participation.xlsx", "03-readiness.xlsx"}
    first = pd.read_parquet(sampled.processed / "readiness.parquet")

    respond(sampled, "kec-satu")
    done = invoked(sampled, "run", "participation", "readiness", "unit-profile")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "2 dari 5 perangkat daerah" in pages(sampled)["03-readiness.html"]
    second = pd.read_parquet(sampled.processed / "readiness.parquet")
    assert set(second["unit"]) == {"dinkes", "kec-satu"}
    old = second[second["unit"] == "dinkes"].reset_index(drop=True)
    pd.testing.assert_frame_equal(old, first)
    # Two of five say nothing together; three do.
    assert key_figure(sampled, "03-readiness") == 2
    assert "angka gabungan belum ditampilkan" in pages(sampled)["03-readiness.html"]
    respond(sampled, "bappelitbang")
    done = invoked(sampled, "run", "readiness", "unit-profile")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "angka gabungan belum ditampilkan" not in pages(sampled)["03-readiness.html"]
    index = key_figure(sampled, "03-readiness")
    answered = ("dinkes", "kec-satu", "bappelitbang")
    by_unit = [key_figure(sampled, f"units/{unit}") for unit in answered]
    assert index == pytest.approx(sum(by_unit) / 3)


@pytest.mark.parametrize("options", [(), ("--force",), ("-p", 'groups=["dinas"]')])
def test_reports_on_real_answers_are_never_replaced_by_sample_ones(sampled, options):
    before = {p: p.read_bytes() for p in sampled.reports.parent.rglob("*") if p.is_file()}
    tables = {p: p.read_bytes() for p in sampled.processed.glob("*.parquet")}
    away = sampled.root / "jawaban"
    sampled.responses.rename(away)
    try:
        done = invoked(sampled, "run", "readiness", *options)
        assert done.returncode == 2
        assert done.stdout.startswith("Dibaca: 5 buku kerja CONTOH")
        assert "laporan dari jawaban asli" in " ".join(done.stderr.split())
        assert {
            p: p.read_bytes() for p in sampled.reports.parent.rglob("*") if p.is_file()
        } == before
        assert {p: p.read_bytes() for p in sampled.processed.glob("*.parquet")} == tables
    finally:
        away.rename(sampled.responses)
    done = invoked(sampled, "run", "readiness")
    assert done.returncode == 0
    assert done.stdout.startswith("Dibaca: 3 jawaban dari data/raw/2024/responses.")


def key_figure(project: Project, id: str) -> float:
    """The first key figure of a report."""
    path = project.reports / "internal" / "notebooks" / f"{id}.ipynb"
    shown = exhibits(nbformat.read(path, as_version=4))
    return next(e["figures"][0]["value"] for e in shown if e["kind"] == "keys")


def test_the_index_leads_to_the_book(sampled):
    folder = sampled.reports
    invoked(sampled, "book")
    assert invoked(sampled, "run").returncode == 0
    assert f'href="{BOOK}"' in (folder / "index.html").read_text("utf-8")
    (folder / BOOK).unlink()
    assert invoked(sampled, "run").returncode == 0
    assert BOOK not in (folder / "index.html").read_text("utf-8")
