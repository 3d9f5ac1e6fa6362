"""What to run: the notebooks of a project, their parameters, and a job for each report.

Whatever lies in ``notebooks/`` is run. A notebook that declares the parameter ``unit`` makes a
report for every unit that answered, one that declares ``cities`` a report on several cities; one
whose metadata say ``masterplan.internal`` makes a page that public pages do not link to.
"""

import ast
import json
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath

from analysis.project import Project
from analysis.text import _

TYPES = {"str": str, "int": int, "float": (int, float), "bool": bool, "list": list, "dict": dict}


class JobError(Exception):
    """What was asked for cannot be run; the message lists what can."""


@dataclass(frozen=True)
class Parameter:
    """A parameter that a notebook declares: its type's name, default and comment."""

    name: str
    kind: str
    default: str
    comment: str

    def accepts(self, value: object) -> bool:
        if isinstance(value, bool):
            return self.kind == "bool"
        return isinstance(value, TYPES.get(self.kind, object))


def declared(source: str) -> dict[str, Parameter]:
    """The parameters that a cell assigns: ``name: kind = default  # comment``.

    papermill's own inspection passes over lines whose comment holds an equals sign.
    """
    lines = source.splitlines()
    found = {}
    for node in ast.parse(source).body:
        if isinstance(node, ast.AnnAssign) and node.value is not None:
            target, kind = node.target, ast.unparse(node.annotation)
        elif isinstance(node, ast.Assign):
            target, kind = node.targets[0], type(_literal(node.value)).__name__
        else:
            continue
        comment = lines[node.end_lineno - 1][node.end_col_offset :].partition("#")[2].strip()
        name = ast.unparse(target)
        found[name] = Parameter(name, kind, ast.unparse(node.value), comment)
    return found


def _literal(node: ast.expr) -> object:
    try:
        return ast.literal_eval(node)
    except ValueError:
        return None


@dataclass(frozen=True)
class Notebook:
    """A notebook that makes a report, or a report for each unit."""

    path: Path
    title: str
    internal: bool
    parameters: dict[str, Parameter] = field(hash=False)

    @property
    def name(self) -> str:
        """The file's name without number and ending: ``readiness``."""
        return re.sub(r"^\d+-", "", self.path.stem)

    @property
    def defaults(self) -> dict[str, object]:
        """The declared values that say something; an empty one leaves it to the city's settings."""
        values = {
            p.name: _literal(ast.parse(p.default).body[0].value) for p in self.parameters.values()
        }
        return {name: value for name, value in values.items() if value}

    @property
    def number(self) -> str:
        """The stage's number in the file's name; empty when it has none."""
        match = re.match(r"(\d+)-", self.path.stem)
        return str(int(match[1])) if match else ""

    @property
    def per_unit(self) -> bool:
        return "unit" in self.parameters

    @property
    def of_cities(self) -> bool:
        """Whether it compares cities, which only a run over several of them can."""
        return "cities" in self.parameters

    @classmethod
    def read(cls, path: Path) -> "Notebook":
        """Read title, flags and declared parameters; raises JobError for a file that is none."""
        try:
            content = json.loads(path.read_text("utf-8"))
            cells = [
                (c["cell_type"], c["metadata"], "".join(c["source"])) for c in content["cells"]
            ]
            tagged = [text for _k, about, text in cells if "parameters" in about.get("tags", [])]
            parameters = declared(tagged[0]) if tagged else {}
            internal = bool(content["metadata"].get("masterplan", {}).get("internal"))
        except Exception as error:
            raise JobError(f"{path.name}: {error}") from error
        markdown = "\n".join(_(text.strip()) for kind, _about, text in cells if kind == "markdown")
        heading = re.search(r"^# (.+)$", markdown, re.MULTILINE)
        return cls(path, heading[1].strip() if heading else path.stem, internal, parameters)


@dataclass(frozen=True)
class Job:
    """One run of a notebook: `target` is the report's path without ending, in its folder."""

    notebook: Notebook
    target: PurePosixPath
    title: str
    parameters: dict[str, object] = field(hash=False)

    @cached_property
    def id(self) -> str:
        return str(self.target)


def notebooks(project: Project) -> list[Notebook]:
    """The notebooks of a project in the order of their names."""
    return [Notebook.read(path) for path in sorted(project.notebooks.glob("*.ipynb"))]


def select(found: Sequence[Notebook], names: Sequence[str]) -> list[Notebook]:
    """The notebooks called `names` (``readiness`` or ``03-readiness``); all without names.

    Raises JobError for a name that no notebook has.
    """
    known = {name: n for n in found for name in (n.name, n.path.stem)}
    for name in names:
        if name not in known:
            raise JobError(
                _("Notebook “{name}” tidak ada. Pilihan: {choices}.").format(
                    name=name, choices=", ".join(n.name for n in found)
                )
            )
    wanted = {known[name] for name in names}
    return [n for n in found if not names or n in wanted]


def parameters(assignments: Iterable[str], chosen: Sequence[Notebook]) -> dict[str, object]:
    """Values for ``-p KEY=VALUE``; VALUE is TOML, and a bare word is text.

    Raises JobError for a name that no chosen notebook declares, or a value of another type; the
    message lists the valid names.
    """
    known = {name: p for n in chosen for name, p in n.parameters.items() if name != "language"}
    valid = "\n".join(
        f"  {p.name}: {p.kind} = {p.default}  {_(p.comment)}".rstrip() for p in known.values()
    )
    values = {}
    for assignment in assignments:
        name, equals, typed = assignment.partition("=")
        name = name.strip()
        if not equals:
            raise JobError(_("“{text}” bukan KEY=VALUE.").format(text=assignment))
        if name == "language":
            raise JobError(_("Pilih bahasa laporan dengan --lang, bukan dengan -p."))
        if name not in known:
            raise JobError(
                _("Parameter “{name}” tidak dikenal. Parameter yang ada:\n{valid}").format(
                    name=name, valid=valid
                )
            )
        value = _value(typed)
        if known[name].kind == "str" and not isinstance(value, str):
            value = typed.strip()
        if not known[name].accepts(value):
            raise JobError(
                _(
                    "Nilai “{value}” tidak cocok untuk parameter “{name}” ({kind}). "
                    "Parameter yang ada:\n{valid}"
                ).format(value=typed, name=name, kind=known[name].kind, valid=valid)
            )
        values[name] = value
    return values


def _value(typed: str) -> object:
    try:
        return tomllib.loads(f"value = {typed}")["value"]
    except (tomllib.TOMLDecodeError, KeyError):
        return typed.strip()


def jobs(
    chosen: Sequence[Notebook], units: Mapping[str, str], values: Mapping[str, object]
) -> list[Job]:
    """A job for each report; per-unit notebooks once for each of `units` (id -> name)."""
    planned = []
    for notebook in chosen:
        given = {k: v for k, v in values.items() if k in notebook.parameters}
        if not notebook.per_unit:
            folder = "internal" if notebook.internal else ""
            stem = notebook.name if notebook.internal else notebook.path.stem
            planned.append(Job(notebook, PurePosixPath(folder, stem), notebook.title, given))
            continue
        asked = [given["unit"]] if given.get("unit") else list(units)
        for unit in asked:
            if unit not in units:
                message = _("Unit “{unit}” belum menjawab atau tidak dikenal. Pilihan: {choices}.")
                raise JobError(message.format(unit=unit, choices=", ".join(units)))
            folder = "units" if notebook.name == "unit-profile" else f"units-{notebook.name}"
            target = PurePosixPath(folder, unit)
            planned.append(Job(notebook, target, units[unit], given | {"unit": unit}))
    return planned


def neighbours(job: Job, stages: list[Notebook]) -> dict[str, tuple[str, str] | None]:
    """The previous and the next stage of a stage's page."""
    links = [(f"{n.path.stem}.html", n.title) for n in stages]
    if job.notebook not in stages:
        return {"previous": None, "next": None}
    here = stages.index(job.notebook)
    return {
        "previous": links[here - 1] if here else None,
        "next": links[here + 1] if here + 1 < len(links) else None,
    }


def slug(text: str) -> str:
    """A name that is safe as a folder everywhere."""
    return re.sub(r"[^A-Za-z0-9]+", "-", text).strip("-")[:60].lower() or "varian"
