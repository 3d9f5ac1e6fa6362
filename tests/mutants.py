"""How many small faults the nearest tests notice: python -m tests.mutants [--count 100] [--seed 1].

Each mutant is the source with one token turned round, in a copy of the project; the tests next to
the file are run on it. A mutant that lives names a rule that no test holds, or a token that changes
nothing. Not part of the suite: it takes about an hour.
"""

import argparse
import io
import keyword
import os
import random
import shutil
import subprocess
import sys
import tempfile
import token
import tokenize
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from typing import NamedTuple

from rich.progress import track

ROOT = Path(__file__).parents[1]
PACKAGE = Path("src/analysis")
# The tests that notice most come first: the first that fails ends the matter.
NEAREST = {
    "methods": ["methods", "stages"],
    "stages": ["stages"],
    "survey/asked": ["survey/test_instrument.py", "survey/test_forms.py", "survey"],
    "survey/sent": ["survey/test_forms.py", "survey/test_sample.py", "survey"],
    "survey/returned": ["survey/test_ingest.py", "survey/test_habits.py", "survey"],
    "survey/kept": ["survey/test_layers.py", "survey/test_ingest.py", "survey"],
    "survey/told": ["survey/test_problems.py", "survey/test_ingest.py", "survey"],
}
TURNED = {
    **{"<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "=="},
    **{"+": "-", "-": "+", "*": "/", "/": "*", "//": "/", "&": "|", "|": "&"},
    **{"and": "or", "or": "and", "not": "", "True": "False", "False": "True"},
    **{"min": "max", "max": "min", "idxmin": "idxmax", "idxmax": "idxmin", "head": "tail"},
    **{"tail": "head", "any": "all", "all": "any", "sum": "mean", "mean": "sum"},
    **{"if": "if not", "while": "while not", "break": "continue", "continue": "break"},
}
METHODS = {"idxmin", "idxmax", "head", "tail", "sum", "mean"}  # names of other things elsewhere
LONGEST = 900  # seconds; a mutant on which tests take longer is noticed, and said to be slow


class Mutant(NamedTuple):
    """One token of a file, and what it becomes."""

    path: Path
    line: int
    column: int
    old: str
    new: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column} {self.old} -> {self.new or '(none)'}"

    def applied(self, source: str) -> str:
        lines = source.splitlines(keepends=True)
        line = lines[self.line - 1]
        rest = line[self.column + len(self.old) :]
        lines[self.line - 1] = line[: self.column] + self.new + rest
        return "".join(lines)


def mutants(path: Path) -> Iterator[Mutant]:
    """Every mutant of a file that is still Python."""
    source = (ROOT / path).read_text("utf-8")
    before = tokenize.TokenInfo(token.OP, "(", (0, 0), (0, 0), "")
    for found in tokenize.generate_tokens(io.StringIO(source).readline):
        new = _turned(found, before)
        if new is not None:
            mutant = Mutant(path, *found.start, found.string, new)
            with suppress(SyntaxError):
                compile(mutant.applied(source), str(path), "exec")
                yield mutant
        if found.type not in (token.COMMENT, token.NL):
            before = found


def _turned(found: tokenize.TokenInfo, before: tokenize.TokenInfo) -> str | None:
    name, line = found.string, found.line.lstrip()
    between = before.string in (")", "]", "}") or before.type in (token.NAME, token.NUMBER)
    if line.startswith(("import ", "from ")) or (name == "|" and ("None" in line or "->" in line)):
        return None
    if name in METHODS and before.string != ".":
        return None
    if name in "*-+/" and (not between or keyword.iskeyword(before.string)):
        return None
    if found.type == token.NUMBER and name.isdigit():
        return str(int(name) + 1)
    return TURNED.get(name)


def nearest(path: Path) -> list[str]:
    """The tests next to a file: those of its name first, then those of its folder and its room."""
    own = path.relative_to(PACKAGE).with_name(f"test_{path.stem}.py")
    room = "/".join(own.parts[: 2 if own.parts[0] == "survey" else 1])
    folder = [f"{own.parts[0]}/test_{said}{own.parts[1]}.py" for said in ("", "said_")]
    near = [f"{own.parts[0]}/{own.name}", *folder, *NEAREST[room]]
    return [f"tests/{name}" for name in dict.fromkeys(near) if (ROOT / "tests" / name).exists()]


def tried(mutant: Mutant, copy: Path) -> str:
    """What the tests next to the mutant say of it, in a copy: lives, noticed, or slow (endless)."""
    target = copy / mutant.path
    source = target.read_text("utf-8")
    target.write_text(mutant.applied(source), "utf-8")
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider"]
    command.append(f"--basetemp={copy / 'tmp'}")  # pytest keeps but three of the shared ones
    places = os.environ | {"PYTHONPATH": f"{copy / 'src'}{os.pathsep}{copy}"}
    try:
        for tests in nearest(mutant.path):
            done = subprocess.run(
                [*command, tests], cwd=copy, env=places, capture_output=True, timeout=LONGEST
            )
            if done.returncode:
                return "noticed"
    except subprocess.TimeoutExpired:
        return "slow"
    finally:
        target.write_text(source, "utf-8")
    return "lives"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=100, help="how many mutants are drawn")
    parser.add_argument("--seed", type=int, default=1, help="which ones")
    parser.add_argument("--only", default="", help="a part of the path, such as stages/")
    parser.add_argument("-j", type=int, default=os.cpu_count(), help="how many at once")
    args = parser.parse_args()

    paths = [
        path.relative_to(ROOT)
        for room in ("methods", "stages", "survey")
        for path in sorted((ROOT / PACKAGE / room).rglob("*.py"))
        if path.stem != "__init__" and args.only in path.as_posix()
    ]
    every = [mutant for path in paths for mutant in mutants(path)]
    chosen = random.Random(args.seed).sample(every, min(args.count, len(every)))
    tracked = subprocess.check_output(["git", "ls-files", "-z"], cwd=ROOT, text=True).split("\0")
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(args.j) as pool:
        copies: SimpleQueue[Path] = SimpleQueue()
        for number in range(args.j):
            copies.put(copy := Path(folder) / str(number))
            for name in filter(None, tracked):
                (copy / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(ROOT / name, copy / name)

        def judged(mutant: Mutant) -> str:
            copy = copies.get()
            try:
                return tried(mutant, copy)
            finally:
                copies.put(copy)

        living = 0
        for mutant, word in zip(
            chosen, track(pool.map(judged, chosen), total=len(chosen)), strict=True
        ):
            living += word == "lives"
            print(f"{word:8}", mutant, flush=True)
    print(f"{living} of {len(chosen)} mutants live (of {len(every)} that there are)")


if __name__ == "__main__":
    main()
