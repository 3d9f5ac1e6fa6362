"""What Git takes of notebooks once `make hooks` has run, in a clone and in a worktree of it."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from analysis.lab import bare
from tests.second_city import ROOT

pytestmark = pytest.mark.skipif(not shutil.which("git"), reason="git is missing")

NOTEBOOK = "03-readiness.ipynb"
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
WHO = {f"GIT_{who}_{what}": "uji" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
ENV = os.environ | WHO | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}


def run(folder: Path, *command: str | Path) -> subprocess.CompletedProcess:
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, env=ENV)


def git(folder: Path, *arguments: str | Path) -> str:
    done = run(folder, "git", *arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout


def hooks(folder: Path) -> subprocess.CompletedProcess:
    return run(folder, sys.executable, "-m", "analysis.lab.hooks")


def executed(path: Path) -> None:
    """Leave in a notebook what running it in JupyterLab does."""
    notebook = nbformat.read(path, as_version=4)
    for number, cell in enumerate((c for c in notebook.cells if c.cell_type == "code"), 1):
        cell.execution_count = number
        cell.outputs = [nbformat.v4.new_output("stream", text="keluaran uji\n")]
        cell.metadata |= {"execution": {"shell.execute_reply": "2026"}, "scrolled": True}
    notebook.metadata |= {"widgets": {"state": {}}, "papermill": {}}
    notebook.metadata.language_info = {"name": "python", "version": "3.13.1"}
    nbformat.write(notebook, path)


@pytest.fixture(params=["clone", "worktree"])
def folder(request, tmp_path) -> Path:
    """A fresh clone, or a worktree of one, with two notebooks."""
    origin, clone = tmp_path / "asal", tmp_path / "Kota Lain"
    (origin / "notebooks").mkdir(parents=True)
    shutil.copy(ROOT / "notebooks" / NOTEBOOK, origin / "notebooks")
    shutil.copy(ROOT / ".gitattributes", origin)
    git(origin, "init", "-q")
    git(origin, "add", "-A")
    git(origin, "commit", "-qm", "mulai")
    git(tmp_path, "clone", "-q", origin, clone)
    if request.param == "clone":
        return clone
    git(clone, "worktree", "add", "-q", tmp_path / "meja kedua", "-b", "lain")
    return tmp_path / "meja kedua"


def test_git_takes_a_notebook_without_what_running_it_leaves(folder):
    path = folder / "notebooks" / NOTEBOOK
    executed(path)
    assert git(folder, "diff") != ""
    for _ in range(2):
        done = hooks(folder)
        assert done.returncode == 0
        assert "tanpa keluaran" in done.stdout and "pre-commit" in done.stdout
    assert git(folder, "diff") == ""
    git(folder, "add", "-A")
    assert git(folder, "status", "--short") == ""
    path.write_text(path.read_text("utf-8").replace("0.95", "0.9"), "utf-8")
    git(folder, "commit", "-qam", "lain")
    committed = git(folder, "show", f"HEAD:notebooks/{NOTEBOOK}")
    assert "keluaran uji" not in committed and "0.9 " in committed
    assert "keluaran uji" in path.read_text("utf-8")


def test_a_notebook_with_outputs_is_not_committed(folder):
    hooks(folder)
    (folder / ".gitattributes").write_text("")  # so nothing filters it
    executed(folder / "notebooks" / NOTEBOOK)
    done = run(folder, "git", "commit", "-am", "semua")
    assert done.returncode != 0
    assert f"notebooks/{NOTEBOOK}" in done.stderr and "make hooks" in done.stderr


def test_a_hook_of_somebody_else_stays(folder):
    hook = folder / git(folder, "rev-parse", "--git-path", "hooks/pre-commit").strip()
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\n")
    assert "analysis.lab.hooks --staged" in hooks(folder).stdout
    assert hook.read_text() == "#!/bin/sh\n"


def test_outside_git_nothing_is_set_up(tmp_path):
    done = run(tmp_path, sys.executable, "-m", "analysis.lab.hooks")
    assert done.returncode == 2 and "bukan salinan Git" in done.stderr


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_the_notebooks_of_the_release_are_bare_byte_for_byte(path, tmp_path):
    committed = path.read_bytes()
    assert bare.kept(committed) == committed
    executed(shutil.copy(path, tmp_path / path.name))
    assert bare.kept((tmp_path / path.name).read_bytes()) == committed


@pytest.mark.parametrize("raw", [b"", b"<<<<<<< HEAD\n", b"[]", b"{}", b"\xff", b'{"cells": [1]}'])
def test_what_is_no_notebook_goes_to_git_as_it_is(raw):
    assert bare.kept(raw) == raw
    assert not bare.shows(raw)


def test_what_people_put_into_a_notebook_stays():
    cell = {"cell_type": "code", "id": "a", "source": "1", "outputs": [], "execution_count": None}
    cell["metadata"] = {"tags": ["parameters"], "jupyter": {"source_hidden": True}}
    notebook = {"cells": [cell], "metadata": {"masterplan": {"internal": True}}}
    assert json.loads(bare.kept(json.dumps(notebook).encode())) == notebook
