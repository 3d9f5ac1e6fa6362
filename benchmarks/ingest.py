"""Reading workbooks: ours with full validation, against pandas that merely reads the sheets.

    python -m benchmarks.ingest --rounds 5 --many 5000

Each reading is a process of its own; its seconds and the memory that it takes above its start do
not contain the imports. The many are the sample's workbooks over and over, as answers.
"""

import argparse
import json
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pandas as pd

from analysis.project import Project
from analysis.survey.kept import ingest
from analysis.survey.returned import folder

ROOT = Path(__file__).parent.parent
READERS = ("ours", "openpyxl", "calamine")


def read(reader: str, root: Path) -> dict[str, float]:
    """Seconds and MB that one reader takes for all workbooks in play."""
    project = Project(root)
    paths = folder.files(project.sample)
    # Lazy imports are done and one workbook is read before the clock starts.
    _read(reader, project, paths[:1])
    shutil.rmtree(project.root / "data" / "processed", ignore_errors=True)
    before, start = _memory(), time.perf_counter()
    _read(reader, project, paths)
    return {"seconds": time.perf_counter() - start, "mb": _memory() - before, "files": len(paths)}


def _read(reader: str, project: Project, paths: list[Path]) -> None:
    if reader != "ours":
        for path in paths:
            pd.read_excel(path, sheet_name=None, header=None, engine=reader)
    elif len(paths) == 1:
        folder.sources(paths[0])
    else:
        ingest.ingest(project)


def _memory() -> float:
    """The most that this process and the ones it has ended held, in MB."""
    kinds = resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN
    return sum(resource.getrusage(kind).ru_maxrss for kind in kinds) / 1024


def city(root: Path, copies: int) -> Path:
    """The project with the sample's workbooks as so many answers."""
    ignore = shutil.ignore_patterns("sample", "responses")
    shutil.copytree(ROOT / "data" / "raw", root / "data" / "raw", ignore=ignore)
    project = Project(root)
    books = sorted(Project(ROOT).sample.glob("*.xlsx"))
    folder = project.sample
    folder.mkdir(parents=True)
    for copy in range(copies):
        book = books[copy % len(books)]
        shutil.copy(book, folder / f"{copy:05}-{book.name}")
    return root


def measure(root: Path, rounds: int, readers=READERS) -> dict[str, list[dict]]:
    """Alternating rounds of every reader."""
    found: dict[str, list[dict]] = {reader: [] for reader in readers}
    for _round in range(rounds):
        for reader in readers:
            command = [sys.executable, "-m", __spec__.name, "--one", reader, "--root", str(root)]
            done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
            found[reader].append(json.loads(done.stdout))
    return found


def table(title: str, found: dict[str, list[dict]]) -> list[str]:
    """The medians as a table in Markdown."""
    lines = [f"**{title}**", "", "| reader | seconds, median (min–max) | ratio | MB above start |"]
    lines += ["|---|---|---|---|"]
    ours = statistics.median(run["seconds"] for run in found["ours"])
    for reader, runs in found.items():
        seconds = [run["seconds"] for run in runs]
        middle, memory = statistics.median(seconds), statistics.median(r["mb"] for r in runs)
        spread = f"{middle:.2f} ({min(seconds):.2f}–{max(seconds):.2f})"
        lines.append(f"| {reader} | {spread} | {middle / ours:.1f} | {memory:.0f} |")
    return [*lines, ""]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--many", type=int, default=200)
    parser.add_argument("--one", choices=READERS, help="read once in this process")
    parser.add_argument("--root", type=Path)
    asked = parser.parse_args()
    if asked.one:
        print(json.dumps(read(asked.one, asked.root)))
        return
    print("\n".join(report(asked.rounds, asked.many)))


def report(rounds: int, many: int) -> list[str]:
    """Tables for 35 workbooks with all readers, and for many without the slowest."""
    with tempfile.TemporaryDirectory() as folder:
        few, lot = city(Path(folder) / "few", 35), city(Path(folder) / "many", many)
        lines = table("35 workbooks", measure(few, rounds))
        return lines + table(f"{many} workbooks", measure(lot, 1, ("ours", "calamine")))


if __name__ == "__main__":
    main()
