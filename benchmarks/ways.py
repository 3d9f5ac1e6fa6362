"""The ways to run the collection that are compared: each is a function of a project and tasks.

A task is (notebook, parameters, target without ending). What a way needs beforehand, such as the
processed tables or an environment, is made before its clock starts.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from unittest.mock import patch

import papermill
import psutil

from analysis.project import Project

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent
MASTERPLAN = [BIN / "masterplan", "run"]
# Nothing of ours helps the other ways; and what ours pins is pinned for all.
PINNED = dict.fromkeys(("MKL_NUM_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
Task = tuple[str, dict, str]

SNAKEFILE = """
import glob
STEMS = [path[:-6] for path in glob.glob("*.ipynb")]
rule all:
    input: expand("made/{stem}.html", stem=STEMS)
rule execute:
    output: touch("made/{stem}.done")
    log: notebook="made/{stem}.ipynb"
    notebook: "{wildcards.stem}.ipynb"
rule export:
    input: "made/{stem}.done"
    output: "made/{stem}.html"
    shell: "PYTHON -m nbconvert --to html made/{wildcards.stem}.ipynb"
"""


def command(*words, cwd: Path = ROOT, **options) -> None:
    """Run a command to its end, with the other commands of its environment on the path."""
    path = f"{Path(words[0]).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        list(map(str, words)),
        cwd=cwd,
        env=os.environ | PINNED | {"PATH": path},
        capture_output=True,
        text=True,
        **options,
    )
    if done.returncode:
        raise RuntimeError(f"{words}: {done.stdout[-2000:]}{done.stderr[-2000:]}")


def clock(call, *arguments) -> float:
    start = time.perf_counter()
    call(*arguments)
    return time.perf_counter() - start


def held(run: psutil.Popen) -> float:
    """What a run and all that it started hold now, each page once, in MB (PSS)."""
    total = 0
    for process in [run, *run.children(recursive=True)]:
        try:
            total += process.memory_full_info().pss
        except psutil.Error:
            continue
    return total / 1e6


def plainly(project: Project, tasks: list[Task]) -> float:
    """(a) The papermill command, then the nbconvert command, one notebook after the other."""

    def all_of_them() -> None:
        for path, parameters, target in tasks:
            values = [w for k, v in parameters.items() for w in ("-p", k, v)]
            command(BIN / "papermill", path, f"{target}.ipynb", *values, cwd=project.notebooks)
            command(BIN / "jupyter", "nbconvert", "--to", "html", f"{target}.ipynb")

    return clock(all_of_them)


def in_a_pool(project: Project, tasks: list[Task]) -> float:
    """(b) papermill and nbconvert in a pool of processes."""
    words = BIN / "python", "-m", "benchmarks.pool"
    return clock(lambda: command(*words, input=json.dumps(tasks)))


def prepared(project: Project, tasks: list[Task], folder: Path) -> list[Path]:
    """The notebooks with their parameters written in, for runners that know of none."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for path, parameters, target in tasks:
        copy = folder / f"{Path(target).name}.ipynb"
        options = {"prepare_only": True, "progress_bar": False, "kernel_name": "python3"}
        papermill.execute_notebook(path, str(copy), parameters, **options)
    return sorted(folder.glob("*.ipynb"))


def jupyter_cache(project: Project, tasks: list[Task], other: Path) -> float:
    """(c) jupyter-cache in parallel, with an empty cache; then one nbconvert for all."""
    folder = project.root / "c-cache"
    books = prepared(project, tasks, folder)
    jcache = other / "bin" / "jcache"
    command(jcache, "notebook", "add", *books, cwd=folder, input="y\n")

    def executed() -> None:
        run = ["project", "execute", "--executor", "local-parallel", "--timeout", "600"]
        command(jcache, *run, cwd=folder)
        for book in books:
            done = book.with_suffix(".done.ipynb")
            command(jcache, "notebook", "merge", book.name, done.name, cwd=folder)
        done = folder.glob("*.done.ipynb")
        command(other / "bin" / "python", "-m", "nbconvert", "--to", "html", *done, cwd=folder)

    return clock(executed)


def snakemake(project: Project, tasks: list[Task], other: Path) -> float:
    """(c) snakemake's notebook rule, as many at once as there are cores."""
    folder = project.root / "c-snakemake"
    prepared(project, tasks, folder)
    python = str(other / "bin" / "python")
    (folder / "Snakefile").write_text(SNAKEFILE.replace("PYTHON", python), "utf-8")
    words = other / "bin" / "snakemake", "--cores", os.cpu_count()
    return clock(lambda: command(*words, cwd=folder))


def ours(project: Project, *names: str) -> float:
    """(d) Cold: nothing read, nothing kept."""
    for folder in (project.root / "data" / "processed", project.reports.parent):
        shutil.rmtree(folder, ignore_errors=True)
    return again(project, *names)


def unforked(project: Project, *names: str) -> float:
    """(h) Cold, as on systems where kernels cannot be forked."""
    with patch.dict(os.environ, MASTERPLAN_NO_FORK="1"):
        return ours(project, *names)


def again(project: Project, *names: str) -> float:
    """(f) With all that an earlier run has kept."""
    return clock(lambda: command(*MASTERPLAN, *names, "--root", project.root))


def limit(project: Project, tasks: list[Task]) -> float:
    """(g) The code cells as plain Python."""
    done = subprocess.run(
        [BIN / "python", "-m", "benchmarks.limit"],
        input=json.dumps(tasks),
        cwd=ROOT,
        env=os.environ | PINNED,
        capture_output=True,
        text=True,
        check=True,
    )
    return float(done.stdout)
