"""A stage of one's own: a folder beside the others and a notebook, which run as they are."""

import json
import keyword
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from analysis import fingerprint
from analysis.project import Project, ProjectError
from analysis.project import write as put
from analysis.runs.notebook import Notebook
from analysis.survey.asked.fields import Field, Scale
from analysis.survey.asked.instrument import Instrument
from analysis.survey.asked.questionnaire import Table
from analysis.text import _

STAGES = fingerprint.PACKAGE / "stages"
SOURCES = ("__init__.py", "figures.py", "words.py", "columns.toml")
# What the notebook means by these names is no stage.
MEANT = {"charts", "desk", "tables", "store", "survey", "stage"}
MEANT |= {"period", "groups", "units", "confidence", "language"}
FIRST = 9  # the number of the first notebook of one's own
CELL = re.compile(r"^%% ?", re.MULTILINE)
KERNEL = {
    "kernelspec": {
        "display_name": "Python 3 (ipykernel)",
        "language": "python",
        "name": "python3",
    },
    "language_info": {"name": "python"},
}


def write(
    project: Project, instrument: Instrument, name: str, title: str = "", table: str = ""
) -> list[Path]:
    """Write a stage over a table, and its notebook; what was written, the notebook last.

    Raises ProjectError for a name or a table that cannot be used, and where there is no source.
    """
    if not (STAGES.parents[1].name == "src" and (STAGES.parents[2] / "pyproject.toml").is_file()):
        missing = _(
            "Tahap baru adalah kode: ambillah kode sumbernya (git clone), pasang dengan "
            "pip install -e, lalu ulangi di sana."
        )
        raise ProjectError(missing)
    found = [Notebook.read(path) for path in sorted(project.notebooks.glob("*.ipynb"))]
    _check(name, {n.name for n in found} | {path.stem for path in STAGES.iterdir()})
    chosen, field = _chosen(instrument, table)
    taken = {int(n.number) for n in found if n.number}
    number = next(n for n in range(FIRST, FIRST + len(taken) + 1) if n not in taken)
    said = {
        "name": name,
        "kind": "".join(part.capitalize() for part in name.split("_")),
        "title": " ".join(title.split()) or name.replace("_", " ").capitalize(),
        "table": chosen.name,
        "field": field.name,
        "place": number,
    }
    files = {STAGES / name / source: _rendered(source, said) for source in SOURCES}
    notebook = project.notebooks / f"{number:02}-{name}.ipynb"
    files[notebook] = _notebook(_rendered("notebook", said))
    for path, content in files.items():
        put(path, content)
    return list(files)


def _check(name: str, taken: set[str]) -> None:
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name) or keyword.iskeyword(name):
        said = _(
            "“{name}” tidak dapat menjadi nama: pakailah huruf kecil, angka, dan garis bawah, "
            "diawali huruf."
        )
        raise ProjectError(said.format(name=name))
    if name in taken or name in MEANT:
        raise ProjectError(_("“{name}” sudah dipakai; pilih nama lain.").format(name=name))


def _chosen(instrument: Instrument, name: str) -> tuple[Table, Field]:
    """The table and its first scale that a stage begins with."""
    known = {
        table.name: (table, field)
        for table in instrument.tables
        if not (table.slots or table.owned) and "name" in table.items
        for field in reversed(table.fields)
        if isinstance(field.kind, Scale)
    }
    if name and name not in known:
        said = _("Tabel “{name}” tidak ada, atau tidak berskala. Pilihan: {choices}.")
        raise ProjectError(said.format(name=name, choices=", ".join(known)))
    return known[name] if name else next(iter(known.values()))


@cache
def _templates() -> Environment:
    loader = FileSystemLoader(Path(__file__).parent / "templates")
    made = Environment(
        loader=loader, undefined=StrictUndefined, keep_trailing_newline=True, trim_blocks=True
    )
    made.filters["quoted"] = _quoted
    return made


def _quoted(words: str) -> str:
    """A text as Python has it, in the quotes that our formatter prefers."""
    return repr(words) if '"' in words else json.dumps(words, ensure_ascii=False)


def _rendered(source: str, said: Mapping[str, object]) -> str:
    return _templates().get_template(f"{source}.j2").render(said)


def _notebook(source: str) -> str:
    """A notebook from cells that begin with ``%%``, their kind or their tag behind it."""
    cells: list[dict[str, object]] = []
    for number, part in enumerate(CELL.split(source)[1:]):
        kind, _newline, words = part.partition("\n")
        about = {"tags": [kind]} if kind in ("parameters", "appendix") else {}
        cell: dict[str, object] = {"cell_type": "markdown", "id": str(number), "metadata": about}
        if kind in ("", "parameters"):
            cell |= {"cell_type": "code", "execution_count": None, "outputs": []}
        cells.append(cell | {"source": words.strip().splitlines(keepends=True)})
    content = {"cells": cells, "metadata": KERNEL, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"
