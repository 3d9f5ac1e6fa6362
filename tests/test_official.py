"""What becomes official, and what is left out or refused and says how it would."""

import json
import re
import shlex
import shutil
from dataclasses import replace
from pathlib import Path, PurePosixPath

import pandas as pd
import pytest
from nbformat import v4

from analysis import tables
from analysis.origin import Source
from analysis.project import Project
from analysis.reports import publish
from analysis.runs import plan as plans
from analysis.runs.execute import Result
from analysis.runs.jobs import Job, JobError, select
from analysis.runs.manifest import FAILED, OK, Edition
from analysis.runs.notebook import Notebook, drafts, notebooks
from analysis.runs.ways import Ways
from tests.second_city import ROOT, invoked
from tests.test_html import EDITION

READINESS = "03-readiness.ipynb"


@pytest.fixture
def bench(tmp_path) -> Project:
    """A project with the release's notebooks, of which none is run."""
    shutil.copytree(ROOT / "notebooks", tmp_path / "notebooks")
    (tmp_path / "data/raw/2023").mkdir(parents=True)
    for name in ("data/raw/city.toml", "data/raw/2023/period.toml"):
        shutil.copy(ROOT / name, tmp_path / name)
    return Project(tmp_path)


def again(project: Project, name: str, *changes: tuple[str, str], of: str = READINESS) -> None:
    """Write a notebook that is another one with these changes."""
    content = (project.notebooks / of).read_text("utf-8")
    for old, new in changes:
        assert old in content
        content = content.replace(old, new, 1)
    path = project.notebooks / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(content, "utf-8")


def refused(project: Project, *assignments: str) -> dict[str, str]:
    """By notebook, why it may not speak for the city."""
    return {n.path.stem: n.fault for n in plans.plan(project, (), assignments).found if n.fault}


FILTERED = ("groups: list = []", 'groups: list = [\\"kecamatan\\"]')
TITLED = ("# Analisis Kesiapan Daerah", "# Kesiapan Kecamatan")


@pytest.mark.parametrize(
    "name",
    [
        "03-readiness-Copy1",
        "03-readiness-Copy12",
        "03-readiness - Copy",
        "03-readiness - Copy (2)",
        "03-readiness copy 2",
        "03-readiness - Salinan",
        "03-readiness (1)",
        "03-readiness-checkpoint",
        "Untitled",
        "Untitled1",
        "_coba",
    ],
)
def test_copies_and_what_has_no_name_are_drafts(bench, name):
    again(bench, f"{name}.ipynb")
    assert [path.stem for path in drafts(bench)] == [name]
    assert name not in {n.path.stem for n in notebooks(bench)}


@pytest.mark.parametrize("name", ["09-copyright", "09-salinan-akta", "09-titled", "10-dua_tiga"])
def test_other_names_are_none(bench, name):
    again(bench, f"{name}.ipynb")
    assert drafts(bench) == []


@pytest.mark.parametrize("name", ["coba/09-uji.ipynb", "lama/09-uji.ipynb"])
def test_what_lies_in_a_folder_below_is_no_notebook_of_the_batch(bench, name):
    before = notebooks(bench)
    again(bench, name)
    assert notebooks(bench) == before and drafts(bench) == []


def test_the_release_may_speak_for_the_city(bench):
    assert refused(bench) == {}


@pytest.mark.parametrize(
    ("old", "new", "given"),
    [
        (*FILTERED, """-p 'groups=["kecamatan"]'"""),
        ("units: list = []", 'units: list = [\\"rsud\\"]', """-p 'units=["rsud"]'"""),
        ("groups: list = []", "groups: list = sorted({1})", "-p 'groups=[...]'"),
    ],
)
def test_a_stage_that_filters_units_is_offered_as_a_variant(bench, old, new, given):
    again(bench, READINESS, (old, new))
    said = refused(bench)
    assert list(said) == ["03-readiness"]
    assert f"masterplan run readiness {given} --name NAMA" in said["03-readiness"]
    name = given.split("'")[1].partition("=")[0]
    assert refused(bench, f"{name}=[]") == {}  # it is said which are meant


def test_a_title_that_is_taken_is_refused_to_whoever_took_it(bench):
    again(bench, "02-lagi.ipynb", ("threshold: float = 0.0", "threshold: float = 4.5"))
    said = refused(bench)
    assert list(said) == ["02-lagi"]
    assert READINESS in said["02-lagi"] and "masterplan run 03-readiness -p" in said["02-lagi"]
    again(bench, READINESS, ("threshold: float = 0.0", "threshold: float = 3.5"))
    assert list(refused(bench)) == ["02-lagi", "03-readiness"]  # which is meant nobody knows


def test_a_name_that_selects_two_is_an_error_that_names_both(bench):
    again(bench, "10-readiness.ipynb", TITLED)
    with pytest.raises(JobError, match=r"03-readiness \(.*\), 10-readiness \(Kesiapan Kecamatan\)"):
        select(notebooks(bench), ["readiness"])
    assert [n.path.stem for n in select(notebooks(bench), ["10-readiness"])] == ["10-readiness"]


def test_a_run_names_what_it_leaves_out_and_keeps_what_is_official(ran):
    page = ran.reports / "03-readiness.html"
    before = page.read_bytes()
    again(ran, "03-readiness-Copy1.ipynb", ("threshold: float = 0.0", "threshold: float = 4.5"))
    again(ran, "coba/09-uji.ipynb", TITLED)
    (ran.notebooks / "coba" / "penduduk.csv").write_text("unit,penduduk\n", "utf-8")
    done = invoked(ran, "run")
    assert done.returncode == 0, done.stdout
    [line] = [line for line in done.stdout.splitlines() if "03-readiness-Copy1.ipynb" in line]
    assert "notebooks/coba" in line
    assert done.stdout.count("dipakai lagi") == 3  # nothing that is tried out changes any key

    again(ran, READINESS, FILTERED)
    done = invoked(ran, "run")
    assert done.returncode == 1
    assert page.read_bytes() == before
    [offered] = re.findall(r"masterplan (run readiness .*?) NAMA", done.stdout)
    done = invoked(ran, *shlex.split(offered), "kecamatan")
    assert done.returncode == 0, done.stdout + done.stderr
    assert (ran.reports / "variants" / "kecamatan" / "03-readiness.html").is_file()


def test_what_any_cell_shows_of_a_part_of_the_city_is_no_official_report():
    made_with = {"city": "Kota", "units": ["a", "b"]}
    frame = pd.DataFrame({"isi": ["Satu"], "nilai": [1]})

    def reported(source: str, edition: Edition = EDITION, internal: bool = False):
        shown = tables.table(frame, "Kesiapan", source=source)._repr_mimebundle_()
        content = json.loads(json.dumps(shown))  # as a kernel hands it over
        cell = v4.new_code_cell("", outputs=[v4.new_output("display_data", content)])
        about = Notebook(Path("09-uji.ipynb"), "Uji", internal, {})
        notebook = v4.new_notebook(cells=[cell])
        job = Job(about, PurePosixPath("09-uji"), "Uji", {})
        return publish.report(Result(job, 1.0, notebook), edition, Ways(), "kunci")

    entry, files = reported(Source("kuesioner, hanya 2 perangkat daerah", made_with))
    assert entry.status == FAILED and not files
    assert "“Kesiapan” hanya berbicara tentang 2 perangkat daerah" in entry.error
    for fine in (
        reported(Source("kuesioner", {"units": []})),
        reported(Source("kuesioner", made_with), replace(EDITION, variant="dua")),
        reported(Source("kuesioner", made_with), internal=True),
    ):
        assert fine[0].status == OK and fine[1]
