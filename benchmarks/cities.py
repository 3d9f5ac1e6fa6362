"""Many cities: here and on two Dask workers in turn, memory, nothing changed, one late workbook.

    python -m benchmarks.cities --cities 10 --rounds 3
    python -m benchmarks.cities --cities 50 --memory
    python -m benchmarks.cities --cities 20 --memory --whole
    python -m benchmarks.cities --cities 50 --unchanged --whole

Each city has three units and three notebooks, so that much is spent between the jobs; with --whole
the 35 units and all the notebooks of the sample.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import tempfile
import threading
import time
from collections import defaultdict
from contextlib import ExitStack
from pathlib import Path

import psutil

from analysis.project import Project
from analysis.survey.sent import trial
from benchmarks import stress, ways
from tests import servers


def made(root: Path, count: int, whole: bool) -> Path:
    """A folder of so many cities: small ones, or as large as the sample's."""
    if whole:
        base = Project(root / "asal")
        for name in ("notebooks", "data/raw"):
            shutil.copytree(ways.ROOT / name, base.root / name)
    else:
        base = stress.city(root / "asal")
        shutil.copy(ways.ROOT / "notebooks" / "cities.ipynb", base.notebooks)
    for _city in trial.cities(base, count, 1, root / "kota"):
        pass
    return root / "kota"


def command(folder: Path, *words: str) -> list[str]:
    return [str(ways.MASTERPLAN[0]), "run", "--root", str(folder / "kota-*"), *words]


def alternating(folder: Path, rounds: int) -> None:
    """The same run by threads of one machine and by two workers of two threads each."""
    found = defaultdict(list)
    with ExitStack() as stack:
        address, _process = stack.enter_context(servers.scheduler())
        for _worker in range(2):
            stack.enter_context(servers.worker(address, threads=2))
        for _round in range(rounds):
            for way, words in (("local", ()), ("cluster", ("--cluster", address))):
                found[way].append(ways.clock(ways.command, *command(folder, "--force", *words)))
                print(f"{way}: {found[way][-1]:.1f} s", flush=True)
    middle = {way: statistics.median(times) for way, times in found.items()}
    print(f"medians: {middle}; cluster/local {middle['cluster'] / middle['local']:.2f}")


def memory(folder: Path) -> None:
    """The most that all processes hold together (PSS) while each city is run."""
    words = command(folder, "--force", "-j", "2")
    run = psutil.Popen(words, stdout=subprocess.PIPE, text=True, env=os.environ | ways.PINNED)
    most, here = defaultdict(float), "start"

    def sampled() -> None:
        while run.is_running() and run.status() != psutil.STATUS_ZOMBIE:
            most[here] = max(most[here], ways.held(run))
            time.sleep(0.1)

    watching = threading.Thread(target=sampled)
    watching.start()
    for line in run.stdout:
        if line.startswith(str(folder)):
            here = line.split()[0]
    watching.join()
    cities = [(name, held) for name, held in most.items() if name != "start"]
    for number in (0, 4, len(cities) // 2, len(cities) - 1):
        print(f"{Path(cities[number][0]).name}: {cities[number][1]:.0f} MB")
    print(f"last/fifth: {cities[-1][1] / cities[4][1]:.2f}")


def unchanged(folder: Path, count: int) -> None:
    """How long so many cities take in which nothing has changed, against a cold run of one.

    The cities are copies of one: what it has made is not made again for each. In the first run all
    files are new to the system, so that their content is read.
    """
    first = folder / "kota-01"
    cold = ways.clock(ways.command, str(ways.MASTERPLAN[0]), "run", "--root", str(first))
    for number in range(2, count + 1):
        shutil.rmtree(folder / f"kota-{number:02}", ignore_errors=True)
        shutil.copytree(first, folder / f"kota-{number:02}")
    ways.clock(ways.command, *command(folder))
    took = [ways.clock(ways.command, *command(folder)) for _round in range(3)]
    middle = statistics.median(took)
    print(f"one cold: {cold:.1f} s; {count} unchanged: {middle:.1f} s; {middle / cold:.2f}")


def late(folder: Path) -> None:
    """One workbook of one city changes: how long a run takes then, and whom it touches."""
    before = {p: p.stat().st_mtime_ns for p in folder.glob("kota-*/reports/*/*.html")}
    city = sorted(folder.glob("kota-*"))[-1]
    book = sorted(city.glob("data/raw/*/sample/*.xlsx"))[0]
    other = sorted(folder.glob("kota-*"))[0]
    shutil.copy(other / book.relative_to(city), book)
    took = ways.clock(ways.command, *command(folder))
    touched = {
        p.relative_to(folder).parts[0] for p, t in before.items() if p.stat().st_mtime_ns != t
    }
    print(f"one late workbook: {took:.1f} s, touched {sorted(touched)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cities", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--memory", action="store_true")
    parser.add_argument("--unchanged", action="store_true")
    parser.add_argument("--whole", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="masterplan-") as temporary:
        folder = made(Path(temporary), 1 if asked.unchanged else asked.cities, asked.whole)
        if asked.unchanged:
            unchanged(folder, asked.cities)
            return
        if asked.memory:
            memory(folder)
        else:
            alternating(folder, asked.rounds)
        late(folder)


if __name__ == "__main__":
    main()
