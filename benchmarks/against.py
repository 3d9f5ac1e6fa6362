"""Another commit beside this tree in one run: the same reports of one period, in core-seconds.

    python -m benchmarks.against REVISION --rounds 5

Each has an environment with its own entry points and the packages of this one, and a project of its
own notebooks and sample. A core-second is a second of user or system time of all its processes.
"""

import argparse
import os
import resource
import shutil
import site
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil

from benchmarks import ways

REPORTS = (
    *("participation", "future", "external", "readiness", "gap", "swot", "vision", "quickwin"),
    *("summary", "unit-profile"),
)
"""Those that both have: the nine stages and the profiles."""


@dataclass(frozen=True)
class Side:
    """A tree with its command, and a project that it runs."""

    name: str
    command: Path
    root: Path

    @property
    def period(self) -> list[str]:
        """The option that chooses its first period; a tree may know of none."""
        found = sorted(p.parent.name for p in self.root.glob("data/raw/*/units.csv"))
        return ["--period", found[0]] if found else []

    def run(self, cold: bool = False, **environment: str) -> tuple[float, float]:
        """(core-seconds, seconds) of a run, with nothing kept if it is `cold`."""
        if cold:
            for made in ("reports", "data/processed"):
                shutil.rmtree(self.root / made, ignore_errors=True)
        before, start = _used(), time.perf_counter()
        self._called([*self.period, *REPORTS], environment)
        return _used() - before, time.perf_counter() - start

    def _called(self, words: list[str], environment: dict[str, str]) -> None:
        done = subprocess.run(
            [self.command, "run", *words],
            cwd=self.root,
            env=os.environ | ways.PINNED | environment,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise RuntimeError(f"{self.name}: {done.stdout[-2000:]}{done.stderr[-2000:]}")

    def late(self) -> tuple[float, float]:
        """The same when a workbook comes late: all others have been run before."""
        book = min(self.root.glob("/".join(["data/raw", *self.period[1:], "sample", "*.xlsx"])))
        away = book.rename(self.root / book.name)
        self.run()
        away.rename(book)
        return self.run()

    def memory(self) -> float:
        """The most that all processes of a cold run hold together, each page once, in MB."""
        for made in ("reports", "data/processed"):
            shutil.rmtree(self.root / made, ignore_errors=True)
        words = [self.command, "run", "-j", "2", *self.period, *REPORTS]
        run = psutil.Popen(words, cwd=self.root, stdout=subprocess.DEVNULL)
        most = 0.0
        while run.poll() is None:
            most = max(most, ways.held(run))
            time.sleep(0.1)
        return most


RUNS: dict[str, Callable[[Side], tuple[float, float]]] = {
    "cold": lambda one: one.run(cold=True),
    "nothing changed": lambda one: one.run(),
    "a late workbook": lambda one: one.late(),
    "cold, kernels not forked": lambda one: one.run(cold=True, MASTERPLAN_NO_FORK="1"),
}


def _used() -> float:
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def side(name: str, tree: Path, folder: Path) -> Side:
    """A tree made ready in a folder."""
    environment, root = folder / "environment", folder / "kota"
    venv.create(environment, with_pip=True)
    python = environment / "bin" / "python"
    install = [python, "-m", "pip", "install", "--quiet", "--no-deps", "-e", tree]
    subprocess.run(install, check=True)
    [place] = environment.glob("lib/python*/site-packages")
    (place / "others.pth").write_text("\n".join(site.getsitepackages()), "utf-8")
    for part in ("data/raw", "notebooks"):
        shutil.copytree(tree / part, root / part)
    return Side(name, environment / "bin" / "masterplan", root)


def report(revision: str, rounds: int) -> Iterator[str]:
    """Both sides as Markdown: medians of alternating rounds, and their ratios."""
    with tempfile.TemporaryDirectory(prefix="masterplan-") as temporary:
        tree = Path(temporary) / "tree"
        git = ["git", "-C", ways.ROOT, "worktree"]
        subprocess.run([*git, "add", "--quiet", "--detach", tree, revision], check=True)
        try:
            sides = [
                side(revision, tree, Path(temporary) / "other"),
                side("now", ways.ROOT, Path(temporary) / "now"),
            ]
            yield from _table(sides, rounds)
        finally:
            subprocess.run([*git, "remove", "--force", tree], check=True)


def _table(sides: list[Side], rounds: int) -> Iterator[str]:
    found: dict[str, dict[str, list[tuple[float, float]]]] = {}
    for turn in range(rounds):
        for one in sides if turn % 2 else sides[::-1]:
            for way, call in RUNS.items():
                found.setdefault(way, {}).setdefault(one.name, []).append(call(one))
                spent, took = found[way][one.name][-1]
                print(f"{one.name}, {way}: {spent:.1f} core-s, {took:.1f} s", flush=True)
    other, now = (one.name for one in sides)
    yield f"| run | {other}, core-s | now, core-s | ratio | {other}, s | now, s | ratio |"
    yield "|---|---|---|---|---|---|---|"
    for way, by_side in found.items():
        cells = []
        for kind in (0, 1):
            before, after = (
                statistics.median(measured[kind] for measured in by_side[name])
                for name in (other, now)
            )
            cells += [f"{before:.1f}", f"{after:.1f}", f"{after / before:.2f}"]
        yield f"| {way} | {' | '.join(cells)} |"
    before, after = (one.memory() for one in sides)
    yield f"| most memory, MB | {before:.0f} | {after:.0f} | {after / before:.2f} | | | |"
    yield ""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("revision")
    parser.add_argument("--rounds", type=int, default=1)
    asked = parser.parse_args()
    print("\n".join(report(asked.revision, asked.rounds)))


if __name__ == "__main__":
    sys.exit(main())
