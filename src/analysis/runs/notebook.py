"""A notebook of a project: what it declares, or why it cannot be read."""

import ast
import json
import re
from dataclasses import dataclass, field
from pathlib import Path

from analysis import faults
from analysis.fingerprint import litter
from analysis.project import Project
from analysis.text import _

TYPES: dict[str, type | tuple[type, ...]] = {
    "str": str,
    "int": int,
    "float": (int, float),
    "bool": bool,
    "list": list,
    "dict": dict,
}


# What JupyterLab, Windows and macOS call a copy, or one that nobody has named; _ is by hand.
DRAFT = re.compile(
    r"_.*|untitled.*|.*-checkpoint|.*[ _-](copy|salinan)[ ]?\(?\d*\)?|.* \(\d+\)", re.IGNORECASE
)


# By the parameter of notebooks that make a report for each of something: the folder of these, and
# the notebook of ours of which it is called.
FOLDERS = {
    "unit": ("units", "unit-profile"),
    "table": ("questions", "questions"),
    "index": ("indices", "indices"),
}


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
    target: ast.expr
    for node in ast.parse(source).body:
        if isinstance(node, ast.AnnAssign) and node.value is not None:
            target, value, kind = node.target, node.value, ast.unparse(node.annotation)
        elif isinstance(node, ast.Assign):
            target, value, kind = node.targets[0], node.value, type(_literal(node.value)).__name__
        else:
            continue
        last = lines[(node.end_lineno or node.lineno) - 1]
        comment = last[node.end_col_offset :].partition("#")[2].strip()
        name = ast.unparse(target)
        found[name] = Parameter(name, kind, ast.unparse(value), comment)
    return found


def _literal(node: ast.expr) -> object:
    try:
        return ast.literal_eval(node)
    except ValueError:
        return None


@dataclass(frozen=True)
class Notebook:
    """A notebook that makes a report, or one for each unit, table or index; `fault`: why it cannot.

    `front`: its place among those that open the book, looking over the stages; 0 for a stage.
    """

    path: Path
    title: str
    internal: bool
    parameters: dict[str, Parameter] = field(hash=False)
    fault: str = ""
    front: int = 0

    @property
    def name(self) -> str:
        """The file's name without number and ending: ``readiness``."""
        return numberless(self.path.stem)

    @property
    def defaults(self) -> dict[str, object]:
        """The declared values that say something; an empty one leaves it to the city's settings."""
        values = {
            p.name: _literal(ast.parse(p.default, mode="eval").body)
            for p in self.parameters.values()
        }
        return {name: value for name, value in values.items() if value}

    @property
    def number(self) -> str:
        """The stage's number in the file's name; empty when it has none."""
        match = re.match(r"(\d+)-", self.path.stem)
        return str(int(match[1])) if match else ""

    @property
    def place(self) -> int:
        """Where it may stand among the stages, as far as can be told before it has run."""
        return 0 if self.front else int(self.number or 0)

    @property
    def per(self) -> str:
        """What it makes a report for each of: unit, table or index; empty where it makes one."""
        return next((each for each in FOLDERS if each in self.parameters), "")

    def folder(self, each: str) -> str:
        """The folder of its reports on each of something."""
        folder, own = FOLDERS[each]
        return folder if self.name == own else f"{folder}-{self.name}"

    @property
    def kind(self) -> str:
        """What its reports are: see `manifest.Entry`."""
        return "internal" if self.internal else self.per or "stage"

    @property
    def target(self) -> str:
        """Where its report lies, without ending, or the folder of those that it makes."""
        if self.per:
            return self.folder(self.per)
        return f"internal/{self.name}" if self.internal else self.path.stem

    @property
    def of_cities(self) -> bool:
        """Whether it compares cities, which only a run over several of them can."""
        return "cities" in self.parameters

    @property
    def of_periods(self) -> bool:
        """Whether it compares two periods, for which there must be an earlier one."""
        return "earlier" in self.parameters

    @property
    def of_today(self) -> bool:
        """Whether it judges by the day on which it is run what was to be done by which day."""
        return "today" in self.parameters

    @classmethod
    def read(cls, path: Path) -> "Notebook":
        """Read title, flags and declared parameters; of one that cannot be read only its fault."""
        try:
            title, internal, front, parameters = _read(path)
            return cls(path, title, internal, parameters, front=front)
        except Exception as error:
            said = _("notebook ini tidak dapat dibaca: {reason}").format(reason=_reason(error))
            return cls(path, named(path.stem), False, {}, said)


def notebooks(project: Project) -> list[Notebook]:
    """The notebooks of a project in the order of their names; drafts are none of them."""
    return [Notebook.read(path) for path in _files(project) if not DRAFT.fullmatch(path.stem)]


def drafts(project: Project) -> list[Path]:
    """Notebooks that are called as programs call a copy, or one without a name."""
    return [path for path in _files(project) if DRAFT.fullmatch(path.stem)]


def _files(project: Project) -> list[Path]:
    """Those in the folder itself; hidden files and litter are none."""
    found = sorted(project.notebooks.glob("*.ipynb"))
    return [p for p in found if not (litter(p, project.notebooks) or p.is_dir())]


def numberless(stem: str) -> str:
    """A file's name without its number: ``readiness`` of ``03-readiness``."""
    return re.sub(r"^\d+-", "", stem)


def named(stem: str) -> str:
    """A file's name as text, also where its bytes are none."""
    return stem.encode("utf-8", "replace").decode()


def _read(path: Path) -> tuple[str, bool, int, dict[str, Parameter]]:
    """Title, whether it is internal, its place in front of the book, and declared parameters."""
    content = _content(path.read_bytes())
    cells = [
        (c["cell_type"], c.get("metadata", {}).get("tags", []), "".join(c["source"]))
        for c in content["cells"]
    ]
    if not cells:
        raise _Unusable(_("tidak ada sel di dalamnya"))
    tagged = [source for _kind, tags, source in cells if "parameters" in tags]
    about = content["metadata"].get("masterplan", {})
    internal, front = bool(about.get("internal")), int(about.get("front") or 0)
    page = numberless(path.stem) if internal else path.stem
    if page.lower() == "index" or named(path.stem) != path.stem:
        raise _Unusable(_("berkas tidak dapat bernama demikian; beri nama lain"))
    prose = "\n".join(_(source.strip()) for kind, _tags, source in cells if kind == "markdown")
    heading = re.search(r"^# (.+)$", prose, re.MULTILINE)
    title = heading[1].strip() if heading else path.stem
    return named(title), internal, front, declared(tagged[0]) if tagged else {}


def _content(raw: bytes) -> dict:
    """What a file holds as a notebook of the format that runs."""
    if not raw.strip():
        raise _Unusable(_("berkasnya kosong"))
    try:
        content = json.loads(raw.decode())
    except (ValueError, RecursionError) as error:
        if re.search(rb"^(<{7}|>{7}) ", raw, re.MULTILINE):
            raise _Unusable(_("ada tanda konflik Git di dalamnya")) from error
        raise _Unusable(_("isinya bukan JSON yang utuh")) from error
    if "worksheets" in content:
        raise _Unusable(_("formatnya lama; buka dan simpan di JupyterLab")) from None
    return content


class _Unusable(Exception):
    """Why a file is no notebook that can be run."""


def _reason(error: Exception) -> str:
    if isinstance(error, _Unusable):
        return str(error)
    if isinstance(error, SyntaxError):
        said = _("sel parameter bukan penetapan Python biasa (baris {line})")
        return said.format(line=error.lineno)
    if isinstance(error, OSError):
        return faults.line(error)
    return _("susunannya bukan susunan notebook")
