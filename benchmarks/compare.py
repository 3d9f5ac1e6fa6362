"""All ways to run the collection side by side: medians, spread and ratios, into a document.

    python -m benchmarks.compare --rounds 5 --write docs/performance.md

Everything happens in a copy of the project in a temporary folder. Without options: one round of
two notebooks, to see that it works.
"""

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import psutil

from analysis.project import Project
from analysis.runs import execute, jobs, manifest
from analysis.runs.notebook import notebooks
from analysis.runs.shelf import Shelf
from analysis.survey.kept import ingest as reading
from analysis.survey.kept import store
from analysis.survey.sent import sample
from benchmarks import against, formats, ingest, ways

WAYS = {
    "a": "papermill command and nbconvert command, one after the other",
    "b": "papermill and nbconvert in a pool, a process per core",
    "c jupyter-cache": "jupyter-cache, parallel executor",
    "c snakemake": "snakemake, notebook rule",
    "d": "masterplan run, cold",
    "e": "masterplan run, one workbook changed",
    "f": "masterplan run, nothing changed",
    "g": "the limit: the same cells as plain Python, imports done, no notebook",
    "h": "masterplan run, cold, kernels not forked",
}


REMAINS = """\
The limit draws the same charts in one process a core that starts and ends nothing. Beyond it, a
cold run starts a command, reads and checks every workbook, imports twice at the same time (the
command what it exports with, the kernels' server what notebooks use), forks a kernel for each
job, carries every output over its sockets into a notebook, makes a page with its spreadsheets
from that, and at the end an index and a zip. Both cores are busy nearly all of the time: what is
left is work, not waiting, and most of it is drawing, which (g) does as well.
"""


def copy(root: Path) -> Project:
    for part in ("data/raw", "notebooks"):
        shutil.copytree(ways.ROOT / part, root / part, ignore=shutil.ignore_patterns("responses"))
    return Project(root)


def tasks(project: Project, names: list[str]) -> list[ways.Task]:
    """Every job of a run as a task for the other ways."""
    survey = store.load(root=str(project.root))
    units = survey.units[survey.units["answered"]]
    known = dict(zip(units["unit"], units["unit_name"], strict=True))
    chosen = jobs.select(notebooks(project), names)
    folder = project.root / "others"
    folder.mkdir(exist_ok=True)
    return [
        (str(job.notebook.path), job.parameters, str(folder / job.id.replace("/", "-")))
        for job in jobs.jobs(chosen, known, {})
    ]


def changed(project: Project, seed: int) -> None:
    """Other answers of one unit."""
    folder = project.sample
    with tempfile.TemporaryDirectory() as other:
        written = sample.write(project, seed, Path(other))
        shutil.copy(written[0], folder / written[0].name)


def measure(
    project: Project, rounds: int, names: list[str], other: Path, few: list[str]
) -> tuple[dict, dict]:
    """Seconds of each way: a few notebooks by all ways, then the collection; rounds alternate."""
    ways.ours(project)
    some, every = tasks(project, few), tasks(project, names)
    eight: dict[str, list[float]] = {}
    whole: dict[str, list[float]] = {}
    for turn in range(rounds):
        for way, call, arguments in (
            ("a", ways.plainly, (some,)),
            ("b", ways.in_a_pool, (some,)),
            ("c jupyter-cache", ways.jupyter_cache, (some, other)),
            ("c snakemake", ways.snakemake, (some, other)),
            ("d", ways.ours, few),
        ):
            _note(eight, way, call(project, *arguments))
        if not turn:
            _note(whole, "a", ways.plainly(project, every))
        _note(whole, "b", ways.in_a_pool(project, every))
        _note(whole, "d", ways.ours(project, *names))
        _note(whole, "h", ways.unforked(project, *names))
        _note(whole, "f", ways.again(project, *names))
        changed(project, 4000 + turn)
        _note(whole, "e", ways.again(project, *names))
        _note(whole, "g", ways.limit(project, every))
    return eight, whole


def _note(found: dict[str, list[float]], way: str, seconds: float) -> None:
    found.setdefault(way, []).append(seconds)
    print(f"{way}: {seconds:.2f} s", flush=True)


def table(found: dict[str, list[float]]) -> list[str]:
    """Medians with their spread, and how often (d) fits into each."""
    middle = {way: statistics.median(seconds) for way, seconds in found.items()}
    lines = ["| way | seconds, median (min–max) | rounds | ratio to (d) |", "|---|---|---|---|"]
    for way in sorted(found):
        seconds = found[way]
        spread = f"{middle[way]:.2f} ({min(seconds):.2f}–{max(seconds):.2f})"
        ratio = middle[way] / middle["d"]
        lines.append(f"| ({way}) {WAYS[way]} | {spread} | {len(seconds)} | {ratio:.2f} |")
    return [*lines, ""]


def memory(project: Project) -> float:
    """The most that all processes of a cold run hold together, each page once, in MB (PSS)."""
    shutil.rmtree(project.reports.parent)
    words = [*ways.MASTERPLAN, "-j", "2", "--root", project.root]
    run = psutil.Popen(words, stdout=subprocess.DEVNULL)
    most = 0.0
    while run.poll() is None:
        most = max(most, ways.held(run))
        time.sleep(0.1)
    return most


def phases(project: Project) -> list[str]:
    """Where the time of a cold run goes, in seconds of one core."""
    shown = {}
    start = time.perf_counter()
    ways.command(ways.BIN / "masterplan", "--help")
    shown["start and imports of the command"] = time.perf_counter() - start
    shutil.rmtree(project.processed)
    start = time.perf_counter()
    store.save(project, reading.ingest(project))
    shown["reading all workbooks, writing the tables"] = time.perf_counter() - start
    empty = project.root / "empty"
    shutil.copytree(project.root / "data", empty / "data")
    (empty / "notebooks").mkdir()
    source = project.notebooks / "00-participation.ipynb"
    text = source.read_text("utf-8")
    cells = [c for c in json.loads(text)["cells"] if c["metadata"].get("tags")]
    content = json.loads(text) | {"cells": cells}
    (empty / "notebooks" / "00-empty.ipynb").write_text(json.dumps(content), "utf-8")
    notebook = notebooks(Project(empty))[0]
    job = jobs.jobs([notebook], {}, {})[0]
    seconds = [ways.clock(execute.execute, job, Project(empty), 60) for _ in range(6)]
    shown["first kernel: the server imports, then forks"] = seconds[0]
    shown["each later kernel: start, one empty cell, end"] = statistics.median(seconds[1:])
    entries = manifest.read(Shelf(project.reports)).entries.values()
    shown["longest notebook"] = max(e.seconds for e in entries)
    lines = ["| phase | seconds |", "|---|---|"]
    return [*lines, *(f"| {name} | {value:.2f} |" for name, value in shown.items()), ""]


def environment(folder: Path) -> Path:
    """A throw-away environment with this package and the other runners."""
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    install = [folder / "bin" / "python", "-m", "pip", "install", "--quiet", "-e", ".[bench]"]
    subprocess.run(install, cwd=ways.ROOT, check=True)
    return folder


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--against", metavar="REV", help="a commit to be measured in the same run")
    parser.add_argument("--all", action="store_true", help="the whole collection, and 5000 books")
    parser.add_argument("--write", type=Path, help="the document to write")
    asked = parser.parse_args()
    two = ["participation", "readiness"]
    stages = [n.name for n in notebooks(Project(ways.ROOT)) if n.number][:8]
    with tempfile.TemporaryDirectory(prefix="masterplan-") as temporary:
        other = environment(Path(temporary) / "other")
        project = copy(Path(temporary) / "kota")
        names, few = ([], stages) if asked.all else (two, two)
        eight, whole = measure(project, asked.rounds, names, other, few)
        most, parts, kinds = memory(project), phases(project), formats.table(project)
        other_commit = list(against.report(asked.against, asked.rounds)) if asked.against else []
    lines = [
        "# How fast, and why",
        "",
        f"Measured on {date.today()} by `make bench`: {os.cpu_count()} cores, "
        f"Python {platform.python_version()}, {platform.system()}; "
        f"{asked.rounds} alternating rounds. Compare ratios, not seconds.",
        "",
        "## The whole collection" if asked.all else "## Two notebooks",
        "",
        *table(whole),
        *([f"## Against {asked.against}", "", *other_commit] if asked.against else []),
        f"## {len(few)} notebooks by every way",
        "",
        *table(eight),
        "## Memory",
        "",
        f"All processes of a cold run with two jobs at a time, each page counted once (PSS): "
        f"at most {most:.0f} MB.",
        "",
        "## What remains, phase by phase",
        "",
        *parts,
        REMAINS,
        "## Charts, as SVG and as PNG",
        "",
        *kinds,
        "## Reading workbooks",
        "",
        *ingest.report(asked.rounds, 5000 if asked.all else 70),
    ]
    document = "\n".join(lines).rstrip() + "\n"
    print(document)
    if asked.write:
        asked.write.write_text(document, "utf-8")


if __name__ == "__main__":
    main()
