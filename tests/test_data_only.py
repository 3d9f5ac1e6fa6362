"""No scale's end, group's id or language stands in a module or in a notebook: they are data.

The rule walks syntax trees, so it sees constants and not what is worked out: half an end apart from
the other, ids put together, ends in a sentence. “id” is a column's name as well as a language, so
of that it sees what is compared, given to something named after a language, or a key beside other
codes; an "id" that stands alone in a collection it takes for the column.
"""

import ast
import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from analysis import text
from tests.second_city import ROOT

RAW = ROOT / "data" / "raw"
SPEECH = ROOT / "src" / "analysis" / "text.py"  # the one place of the source language
CODE = re.compile("[a-z]{2}")
NAMED = re.compile("lang|locale|bahasa")


def rows(pattern: str) -> Iterator[dict[str, str]]:
    for path in sorted(RAW.glob(pattern)):
        yield from csv.DictReader(path.open(encoding="utf-8"))


GROUPS = {row["group"] for row in rows("*/units.csv")}
GROUPS |= {r["id"] for r in rows("*/instrument/categories.csv") if r["scheme"] == "group"}
LEVELS: dict[str, set[int]] = {}
for row in rows("*/instrument/scales.csv"):
    LEVELS.setdefault(row["scale"], set()).add(int(row["level"]))
ENDS = {(min(levels), max(levels)) for levels in LEVELS.values()}
FOREIGN = set(text.languages()) - {text.SOURCE}


def value(node: ast.AST | None) -> object:
    return node.value if isinstance(node, ast.Constant) else None


def called(node: ast.AST) -> str:
    return getattr(node, "id", "") or getattr(node, "attr", "") or getattr(node, "arg", "") or ""


def spoken(node: ast.AST) -> bool:
    """Whether the source language is named in what could mean nothing else."""
    match node:
        case ast.Compare(left, [ast.Eq() | ast.NotEq()], [right]):
            return text.SOURCE in (value(left), value(right))
        case ast.Dict(keys):
            codes = [value(key) for key in keys]
            alike = all(isinstance(c, str) and CODE.fullmatch(c) for c in codes)
            return text.SOURCE in codes and len(codes) > 1 and alike
        case ast.keyword(arg, given) if arg and NAMED.search(arg):
            return value(given) == text.SOURCE
        case ast.Assign([target], given) | ast.AnnAssign(target, _, given):
            return bool(NAMED.search(called(target))) and value(given) == text.SOURCE
        case ast.arguments(args=args, defaults=defaults):
            pairs = zip(args[len(args) - len(defaults) :], defaults, strict=True)
            return any(NAMED.search(a.arg) and value(d) == text.SOURCE for a, d in pairs)
    return False


def ends(node: ast.AST) -> bool:
    """Whether both ends of a scale stand together, or all of its levels as columns name them."""
    match node:
        case ast.Tuple([low, high]) | ast.List([low, high]):
            return (value(low), value(high)) in ENDS
        case ast.Call(ast.Name("range"), [low, beyond]):
            return (value(low), value(beyond)) in {(first, last + 1) for first, last in ENDS}
        case ast.Tuple(parts) | ast.List(parts) if len(parts) > 2:
            levels = [value(part) for part in parts]
            return any(levels == [str(n) for n in range(a, b + 1)] for a, b in ENDS)
    return False


def wrong(code: str, speech: bool = False) -> list[str]:
    """What stands in some code that is data; `speech`: where languages may be named."""
    found = []
    for node in ast.walk(ast.parse(code)):
        said = value(node)
        if isinstance(said, str) and (said in GROUPS or (said in FOREIGN and not speech)):
            found.append(f"{node.lineno}: {said!r}")
        if (spoken(node) and not speech) or ends(node):
            found.append(f"{ast.unparse(node)}")
    return found


def cells(path: Path) -> str:
    """The code of a notebook, without what only IPython understands."""
    told = [c for c in json.loads(path.read_text("utf-8"))["cells"] if c["cell_type"] == "code"]
    lines = "\n".join("".join(cell["source"]) for cell in told).splitlines()
    return "\n".join(line for line in lines if not line.startswith(("%", "!")))


@pytest.mark.parametrize("path", sorted((ROOT / "src").rglob("*.py")), ids=lambda p: p.name)
def test_no_module_holds_what_is_data(path):
    assert wrong(path.read_text("utf-8"), path == SPEECH) == []


@pytest.mark.parametrize(
    "path", sorted((ROOT / "notebooks").rglob("*.ipynb")), ids=lambda p: p.name
)
def test_no_notebook_holds_what_is_data(path):
    assert wrong(cells(path)) == []


@pytest.mark.parametrize(
    "code",
    [
        'x = {"kecamatan": 1}',
        'groups == ["dinas"]',
        'language() == "en"',
        'if code != "id": pass',
        'COUNTRIES = {"id": 1, "ms": 2}',
        'load(language="id")',
        'language: str = "id"',
        'def f(a, lang="id"): pass',
        "SCALE = (1.0, 5.0)",
        "limits=(1, 4)",
        "list(range(1, 10))",
        'likert(frame, ["1", "2", "3", "4"])',
    ],
)
def test_each_kind_is_seen(code):
    assert wrong(code)


def test_what_only_looks_alike_is_not():
    assert (
        wrong('frame.rename(columns={"id": "claim"}), frame["id"], (2, 5), [1, 2], ("id",)') == []
    )
    assert wrong('SOURCE = "id"\nif code == SOURCE: pass', speech=True) == []
