"""Kill runs at random moments: is every file whole, is no process left, does the next run mend it?

    python -m benchmarks.stress --kills 30

A small city with three notebooks; its answers change before each run, which is then killed.
"""

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import uuid
import zipfile
from pathlib import Path

import nbformat
import pandas as pd

from analysis.project import Project
from analysis.reports import document
from analysis.survey.sent import sample

ROOT = Path(__file__).parent.parent
NOTEBOOKS = ("00-participation", "03-readiness", "04-gap")
UNITS = ("kominfo", "bappeda", "siantar-barat")


def city(root: Path) -> Project:
    """Three units and three notebooks, with a sample."""
    raw, folder = root / "data" / "raw", root / "data" / "raw" / "2023"
    # What is proposed names units that it has not.
    ignore = shutil.ignore_patterns(
        "2024", "sample", "responses", "actions.csv", "sample-assessment.csv"
    )
    shutil.copytree(ROOT / "data" / "raw", raw, ignore=ignore)
    lines = (folder / "units.csv").read_text("utf-8").splitlines(keepends=True)
    kept = [line for line in lines[1:] if line.split(",")[0] in UNITS]
    (folder / "units.csv").write_text("".join(lines[:1] + kept), "utf-8")
    (root / "notebooks").mkdir()
    for name in NOTEBOOKS:
        shutil.copy(ROOT / "notebooks" / f"{name}.ipynb", root / "notebooks")
    return Project(root)


def start(project: Project, mark: str) -> subprocess.Popen:
    command = [Path(sys.executable).parent / "masterplan", "run", "--root", project.root]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen(command, env=os.environ | {"STRESS": mark}, **quiet)


def answer(project: Project, seed: int) -> None:
    """Other answers of every unit."""
    sample.write(project, seed, None)


def torn(project: Project) -> list[str]:
    """Files that are neither the old nor the new one, for they cannot be read to their end."""
    found = []
    for folder in (project.root / "reports", project.root / "data" / "processed"):
        for path in folder.rglob("*"):
            if path.is_file() and not path.name.startswith("."):
                try:
                    _read(path)
                except Exception as error:
                    found.append(f"{path.relative_to(project.root)}: {error}")
    return found


def _read(path: Path) -> None:
    if path.suffix in (".xlsx", ".zip"):
        assert zipfile.ZipFile(path).testzip() is None
    elif path.suffix == ".parquet":
        pd.read_parquet(path)
    elif path.suffix == ".html":
        assert path.read_text("utf-8").rstrip().endswith("</html>")
    elif path.suffix in (".json", ".ipynb"):
        json.loads(path.read_text("utf-8"))


def shown(project: Project) -> dict[str, list]:
    """What the reports of a finished run show, by name."""
    folder = project.reports / "internal" / "notebooks"
    return {
        path.stem: document.read(nbformat.read(path, as_version=4)).exhibits
        for path in folder.glob("*.ipynb")
    }


def left(mark: str, seconds: float = 10) -> list[str]:
    """Processes of a run that outlive it by more than some seconds."""
    until = time.monotonic() + seconds
    while (found := _processes(mark)) and time.monotonic() < until:
        time.sleep(0.1)
    return found


def _processes(mark: str) -> list[str]:
    found = []
    for process in Path("/proc").iterdir():
        try:
            if process.name.isdigit() and mark.encode() in (process / "environ").read_bytes():
                found.append((process / "cmdline").read_text().replace("\0", " "))
        except OSError:
            continue
    return found


def stress(root: Path, kills: int, seed: int = 2023) -> list[str]:
    """Kill so many runs; returns what went wrong."""
    project, rng, wrong = city(root), random.Random(seed), []
    answer(project, 1)
    began = time.monotonic()
    assert start(project, "first").wait() == 0
    lasted = time.monotonic() - began
    for kill in range(kills):
        answer(project, seed + kill)
        mark, moment = str(uuid.uuid4()), rng.uniform(0, lasted)
        run = start(project, mark)
        time.sleep(moment)
        run.send_signal(signal.SIGKILL)
        run.wait()
        found = torn(project) + [f"left: {process}" for process in left(mark)]
        wrong += [f"killed after {moment:.2f} s: {problem}" for problem in found]
        print(f"{kill + 1:3} of {kills}: killed after {moment:.2f} s, {len(found)} problems")
    if start(project, "last").wait() != 0:
        wrong.append("the next run failed")
    mended = shown(project)
    shutil.rmtree(project.reports.parent)
    shutil.rmtree(project.root / "data" / "processed")
    assert start(project, "fresh").wait() == 0
    if mended != shown(project):
        wrong.append("the next run shows something else than a fresh one")
    return wrong


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--seed", type=int, default=2023)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        wrong = stress(Path(folder) / "kota", asked.kills, asked.seed)
    print("\n".join(wrong) or "every file whole, no process left, the same reports in the end")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
