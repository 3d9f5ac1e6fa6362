"""The ways in which analysts run a notebook themselves: each gives what the batch gives."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import nbformat
import papermill
import pytest
from bs4 import BeautifulSoup
from nbclient import NotebookClient
from nbformat import NotebookNode

from analysis.project import Project
from analysis.reports import document
from analysis.runs.notebook import notebooks
from tests.second_city import MASTERPLAN, ROOT

# One notebook each; `make test-long` runs all of them in every way, but for one on two periods, of
# which the city has one.
NOTEBOOKS = sorted(n.path.stem for n in notebooks(Project(ROOT)) if not n.of_periods)
NOTEBOOKS = NOTEBOOKS if os.environ.get("MASTERPLAN_LONG") else ["05-swot"]
every = pytest.mark.parametrize("name", NOTEBOOKS)


@pytest.fixture(scope="module")
def project(second_city, tmp_path_factory) -> Project:
    """What the notebooks read of a city, for tests to write in."""
    root = tmp_path_factory.mktemp("cara") / "Kota Lain"
    for part in ("notebooks", "data"):
        shutil.copytree(second_city.root / part, root / part)
    return Project(root)


@pytest.fixture
def forked(monkeypatch):
    """Kernels as `masterplan lab` starts them."""
    monkeypatch.setenv("JUPYTER_DEFAULT_PROVISIONER_NAME", "masterplan-fork")


def typed(folder: Path, *command: str | Path) -> None:
    """A command of this environment as a person types it in a folder."""
    path = os.pathsep.join([str(MASTERPLAN.parent), os.environ["PATH"]])
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, env=os.environ | {"PATH": path}
    )
    assert done.returncode == 0, done.stdout + done.stderr


def as_in_the_batch(done: NotebookNode, second_city: Project, name: str) -> None:
    """The notebook ran to its end and shows what it shows in the report."""
    code = [c for c in done.cells if c.cell_type == "code" and c.source.strip()]
    assert all(c.execution_count for c in code)
    assert not [o for c in code for o in c.outputs if o.output_type == "error"]
    folder = second_city.reports / "internal" / "notebooks"
    batch = folder / f"{name}.ipynb"
    if batch.is_file():  # of those for each unit and for cities it has others
        mine, theirs = (document.read(n).exhibits for n in (done, nbformat.read(batch, 4)))
        assert mine == theirs


def test_papermill_runs_as_the_readme_shows_it(project):
    [shown] = re.findall(r"^papermill notebooks.*$", (ROOT / "README.md").read_text("utf-8"), re.M)
    typed(project.root, *shlex.split(shown))
    done = nbformat.read(project.root / "out.ipynb", as_version=4)
    assert done.metadata.papermill.parameters == {"threshold": 3}
    assert "batas siap 3,0" in str(document.read(done).exhibits)


@every
def test_papermill_as_a_function(project, second_city, tmp_path, forked, name):
    path = tmp_path / "hasil.ipynb"
    papermill.execute_notebook(
        project.notebooks / f"{name}.ipynb", path, cwd=project.notebooks, progress_bar=False
    )
    as_in_the_batch(nbformat.read(path, as_version=4), second_city, name)


@every
def test_nbclient_with_the_ordinary_kernel_as_in_vs_code(project, second_city, name):
    notebook = nbformat.read(project.notebooks / f"{name}.ipynb", as_version=4)
    resources = {"metadata": {"path": str(project.notebooks)}}
    NotebookClient(notebook, resources=resources).execute()
    as_in_the_batch(notebook, second_city, name)


@every
@pytest.mark.skipif(not find_spec("nbmake"), reason="nbmake is missing")
def test_nbmake_takes_a_notebook_for_a_test(project, name):
    nbmake = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--nbmake"]
    typed(project.notebooks, *nbmake, f"{name}.ipynb")


@every
@pytest.mark.skipif(not find_spec("jupytext"), reason="jupytext is missing")
def test_a_notebook_goes_to_a_script_and_back(project, second_city, forked, name):
    import jupytext

    notebook = nbformat.read(project.notebooks / f"{name}.ipynb", as_version=4)
    back = jupytext.reads(jupytext.writes(notebook, "py:percent"), "py:percent")
    cells = [
        [(c.cell_type, c.source, c.metadata.get("tags")) for c in n.cells] for n in (notebook, back)
    ]
    assert cells[0] == cells[1]
    NotebookClient(back, resources={"metadata": {"path": str(project.notebooks)}}).execute()
    as_in_the_batch(back, second_city, name)


@every
def test_nbconvert_says_that_it_is_a_sample(project, tmp_path, forked, name):
    path = project.notebooks / f"{name}.ipynb"
    typed(
        project.root,
        "jupyter",
        "nbconvert",
        "--to=html",
        "--execute",
        f"--output-dir={tmp_path}",
        path,
    )
    page = BeautifulSoup((tmp_path / f"{name}.html").read_text("utf-8"), "html.parser")
    assert "CONTOH (sintetis)" in page.get_text(" ")
