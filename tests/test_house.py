"""The shape of the house: arrows between modules, bounds, and what the documents promise."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import nbformat
import pytest

from analysis.runs import notebook as notebooks
from tests.second_city import ROOT

SOURCE = ROOT / "src" / "analysis"
PARTS = {
    "methods",
    "stages",
    "survey",
    "charts",
    "drawing",
    "runs",
    "reports",
    "desk",
    "tables",
    "exhibits",
    "files",
    "formats",
    "grids",
    "origin",
    "sheets",
    "columns",
    "levels",
    "needs",
    "bibliography",
    "works",
    "faults",
    "fingerprint",
    "project",
    "refusals",
    "seal",
    "ledger",
    "privacy",
    "text",
    "messages",
    "new",
    "console",
    "progress",
    "places",
    "rehearsal",
    "speaking",
    "streams",
    "terminal",
    "lab",
    "cli",
}
# What each part may import; everything else is an arrow the wrong way.
MAY = {
    "methods": set(),
    "text": set(),
    "refusals": {"text"},
    "exhibits": {"files", "origin", "text"},
    "files": {"columns", "drawing", "formats", "origin", "refusals", "sheets", "text"},
    "formats": {"columns", "text"},
    "grids": {"columns", "formats", "origin", "refusals", "text"},
    "origin": set(),
    "sheets": {"formats", "text"},
    "columns": {"text"},
    "levels": {"text"},
    "needs": {"text"},
    "works": {"text"},
    "bibliography": {"text", "works"},
    "fingerprint": set(),
    "seal": set(),
    "privacy": set(),
    "project": {"fingerprint", "refusals", "text"},
    "faults": {"project", "text"},
    "ledger": {"project", "text"},
    "drawing": {"levels", "refusals", "text"},
    "tables": {
        "bibliography",
        "columns",
        "exhibits",
        "formats",
        "grids",
        "levels",
        "refusals",
        "text",
    },
    "charts": {
        "columns",
        "drawing",
        "exhibits",
        "formats",
        "grids",
        "levels",
        "refusals",
        "tables",
        "text",
    },
    "desk": {
        "charts",
        "columns",
        "exhibits",
        "methods",
        "origin",
        "refusals",
        "stages",
        "survey",
        "tables",
        "text",
    },
    "stages": {"levels", "methods", "needs", "origin", "refusals", "text"},
    "survey": {"fingerprint", "ledger", "origin", "privacy", "project", "refusals", "seal", "text"},
    "places": {"project", "text"},
    "rehearsal": {"charts", "fingerprint", "stages"},
    "streams": set(),
    "runs": {"faults", "fingerprint", "needs", "privacy", "project", "seal", "survey", "text"},
    "reports": {
        "methods",
        "refusals",
        "bibliography",
        "exhibits",
        "faults",
        "formats",
        "sheets",
        "fingerprint",
        "ledger",
        "levels",
        "places",
        "project",
        "runs",
        "survey",
        "tables",
        "text",
        "works",
    },
    "messages": {"runs"},
    "new": {"fingerprint", "places", "project", "runs", "survey", "terminal", "text"},
    "console": set(),
    "progress": {"console", "project", "runs", "text"},
    "terminal": {"console", "project", "reports", "runs", "survey", "text"},
    "speaking": {"console", "faults", "project", "streams", "text"},
    "lab": {"console", "project", "text"},
    "cli": {
        "console",
        "lab",
        "new",
        "progress",
        "terminal",
        "reports",
        "runs",
        "survey",
        "places",
        "project",
        "speaking",
        "stages",
        "text",
    },
}


# The rooms of survey, by the way of a workbook.
ROOMS = {
    "asked": set(),
    "sent": {"asked"},
    "told": {"asked"},
    "returned": {"asked", "sent", "told"},
    "kept": {"asked", "returned", "told"},
}


# The rooms of stages: evidence below, whole above; a stage asks another only along these.
STAGES = {
    "evidence": set(),
    "future": {"evidence"},
    "external": {"evidence"},
    "readiness": {"evidence"},
    "gap": {"evidence"},
    "swot": {"evidence", "external"},
    "vision": {"evidence"},
    "quickwin": {"evidence", "vision"},
    "participation": {"evidence"},
    "coordination": {"", "evidence", "participation"},
    "whole": {"evidence", ""},
}


def part_of(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def imports(path: Path) -> set[str]:
    """Our parts that a module imports, wherever in the file."""
    return {name.split(".")[1] for name in imported(path)} & PARTS


def rooms(path: Path) -> set[str]:
    """The rooms of survey that a module imports."""
    return {name.split(".")[2] for name in imported(path) if name.startswith("analysis.survey.")}


def imported(path: Path) -> set[str]:
    """The names of ours that a module imports, with all that stands before their last point."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        found |= {n for n in names if n.startswith("analysis.")}
    return found


MODULES = sorted(p for p in SOURCE.rglob("*.py") if p != SOURCE / "__init__.py")


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_arrows_run_one_way(path):
    part = part_of(path)
    assert imports(path) - {part} <= MAY[part]


def test_a_workbook_goes_one_way_through_five_rooms():
    arrows = {room: set() for room in ROOMS}
    for path in (SOURCE / "survey").glob("*/**/*.py"):
        room = path.relative_to(SOURCE / "survey").parts[0]
        arrows[room] |= rooms(path) - {room}
    assert arrows == ROOMS
    assert sum(map(len, arrows.values())) <= 8


def test_no_parameter_is_named_like_a_function_of_its_module():
    """One name would mean two things in one module, and hide the function where it is wanted."""
    found = []
    for path in MODULES:
        tree = ast.parse(path.read_text("utf-8"))
        own = {n.name for n in tree.body if isinstance(n, ast.FunctionDef | ast.ClassDef)}
        named = [n for n in ast.walk(tree) if isinstance(n, ast.arg) and n.arg in own]
        found += [f"{path.relative_to(SOURCE)}:{n.lineno}: {n.arg}" for n in named]
    assert found == []


def test_stages_rest_on_evidence_and_nothing_lists_them():
    arrows = {}
    for path in (SOURCE / "stages").glob("*/**/*.py"):
        room = path.relative_to(SOURCE / "stages").parts[0]
        named = {n.removeprefix("analysis.") for n in imported(path)}
        named = {n.removeprefix("stages").strip(".") for n in named if n.startswith("stages")}
        arrows[room] = arrows.get(room, set()) | {n.split(".")[0] for n in named} - {room}
    assert arrows == STAGES
    assert len(arrows) <= 12 and sum(map(len, arrows.values())) <= 15
    assert not rooms_named(SOURCE / "stages" / "__init__.py") & set(arrows)


def rooms_named(path: Path) -> set[str]:
    """Every word in a module's code and texts."""
    return set(re.findall(r"\w+", path.read_text("utf-8").split('"""', 2)[-1]))


def test_no_text_is_marked_within_an_f_string():
    """Before Python 3.12 Babel does not look there, after it finds what is none."""
    found = [
        f"{path.name}:{call.lineno}"
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.JoinedStr)
        for call in ast.walk(node)
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in ("_", "N_")
        if any(isinstance(c, ast.Constant) and isinstance(c.value, str) for c in ast.walk(call))
    ]
    assert found == []


def test_one_way_leads_to_the_terminal():
    """It makes plain text of what is printed, whoever wrote that."""
    others = re.compile(r"rich\.console|from rich import.*console|(?<![.\w])print\(|secho\(")
    found = [path.name for path in MODULES if others.search(path.read_text("utf-8"))]
    assert found == ["console.py"]


def test_only_the_document_knows_what_cells_of_a_notebook_have_shown():
    reads = re.compile(r"""cell_type|\boutputs\b["\]. ,]|output_type""")
    reports = [path for path in MODULES if part_of(path) == "reports"]
    assert [path.name for path in reports if reads.search(path.read_text("utf-8"))] == [
        "document.py"
    ]


def test_no_module_reads_what_could_run_code():
    """A project's folder may come from anybody."""
    unsafe = re.compile(r"\b(pickle|cPickle|marshal|shelve|dill|joblib|cloudpickle)\b")
    assert [path.name for path in MODULES if unsafe.search(path.read_text("utf-8"))] == []


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_nothing_posix_only_is_imported_at_load(path):
    tree = ast.parse(path.read_text("utf-8"))
    names = [
        alias.name
        for node in tree.body
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    ]
    assert not {"fcntl", "resource", "pwd", "grp", "termios"} & set(names)


def test_notebooks_import_nothing_heavy_that_few_of_them_use():
    """Where kernels are not forked, each pays for its imports anew."""
    code = "import sys; from analysis import charts, tables, stages; "
    code += "from analysis.stages.whole import profile; from analysis.survey.kept import store; "
    code += "print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = {"scipy.optimize", "scipy.sparse", "scipy.stats", "seaborn", "xlsxwriter"}
    assert "scipy.special" in done.stdout.split()
    assert heavy & set(done.stdout.split()) == set()


def test_the_same_bounds_in_pyproject_and_environment():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    conda = {"matplotlib-base": "matplotlib", "seaborn-base": "seaborn", "python-tzdata": "tzdata"}
    lines = re.findall(r"^  - ([A-Za-z][^:\n]*)$", (ROOT / "environment.yml").read_text(), re.M)
    environment = set()
    for line in lines:
        name, bounds = re.match(r"([A-Za-z0-9-]+)(.*)", line).groups()
        environment.add((conda.get(name, name).lower(), bounds))
    python = ("python", project["requires-python"])
    pinned = {re.match(r"([A-Za-z0-9-]+)(.*)", d).groups() for d in project["dependencies"]}
    wanted = {(name.lower(), bounds) for name, bounds in pinned} | {python}
    assert environment - {("pip", ""), ("conda-forge", "")} == wanted
    assert re.findall(r"^      - (.*)$", (ROOT / "environment.yml").read_text(), re.M) == [
        "-e .[lab]"
    ]


def test_constraints_name_no_index():
    content = (ROOT / "constraints.txt").read_text("utf-8")
    assert "://" not in content
    assert not re.search(r"^\s*-", content, re.M)
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==[^\s;]+(;.*)?", x) for x in content.splitlines())


@pytest.mark.parametrize("folder", ["data/processed", "reports"])
def test_of_what_is_made_from_answers_only_the_readme_is_in_git(folder):
    ignored = (ROOT / ".gitignore").read_text("utf-8").splitlines()
    assert (ROOT / folder / "README.md").is_file()
    assert ignored.index(f"/{folder}/*") < ignored.index(f"!/{folder}/README.md")


NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_notebooks_are_thin_and_without_outputs(path):
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    code = [c for c in notebook.cells if c.cell_type == "code"]
    assert notebook.metadata.kernelspec.name == "python3"
    assert not any(c.outputs or c.execution_count for c in code)
    assert sum("parameters" in c.metadata.get("tags", []) for c in code) == 1
    assert notebook.cells[0].source.startswith("# ")
    for cell in code:
        assert len(cell.source.splitlines()) <= 30
        nodes = list(ast.walk(ast.parse(cell.source)))
        assert not any(isinstance(n, ast.Name) and n.id == "_" for n in nodes)  # any loop's
        kinds = {type(node) for node in nodes}
        assert not kinds & {ast.FunctionDef, ast.ClassDef, ast.For, ast.While, ast.AsyncFor}


def test_the_guide_in_notebooks_sets_parameters_that_exist():
    guide = (ROOT / "notebooks" / "README.md").read_text("utf-8")
    blocks = [ast.parse(code) for code in re.findall(r"```python\n(.*?)```", guide, re.DOTALL)]
    named = re.findall(r"`(\w+): \w+ = ", guide)
    named += [n.target.id for block in blocks for n in block.body if isinstance(n, ast.AnnAssign)]
    notebook = nbformat.read(ROOT / "notebooks" / "03-readiness.ipynb", as_version=4)
    [cell] = [c for c in notebook.cells if "parameters" in c.metadata.get("tags", [])]
    assert len(blocks) == 3
    assert {"groups", "units", "threshold"} == set(named) <= set(notebooks.declared(cell.source))


def test_the_notebooks_of_every_stage_exist():
    assert {p.stem for p in NOTEBOOKS} >= {
        "00-participation",
        "01-future",
        "02-external",
        "03-readiness",
        "04-gap",
        "05-swot",
        "06-vision",
        "07-quickwin",
        "08-summary",
        "unit-profile",
        "coordinator",
    }
