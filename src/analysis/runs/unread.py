"""Which tables of the questionnaire no stage reads that can run: these report themselves."""

import ast
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from analysis import fingerprint
from analysis.runs.jobs import JobError
from analysis.survey.asked.instrument import Instrument
from analysis.text import _

STAGES = fingerprint.PACKAGE / "stages"


def asked(instrument: Instrument, name: str = "") -> dict[str, str]:
    """The titles of those by their names, or of the one called `name`, whoever reads it.

    Raises JobError for a name that none has.
    """
    try:
        tables = [instrument.table(name)] if name else instrument.tables
    except ValueError as error:
        raise JobError(str(error)) from None
    known = read(instrument)
    return {table.name: _(table.title) for table in tables if name or table.name not in known}


def read(instrument: Instrument) -> set[str]:
    """The tables that stages read for which the questionnaire suffices: see `stages.fitting`."""
    tables = {table.name: table for table in instrument.tables}
    found: set[str] = set()
    for stage in _declared():
        there = all(
            name in tables and columns.items() <= tables[name].columns.items()
            for name, columns in stage.needs.items()
        )
        if there and all(
            len({tables[table].scale(field).ends for table, field in fields}) == 1
            for fields in stage.one_scale
        ):
            found.update(stage.needs)
    return found


@cache
def _declared() -> list[SimpleNamespace]:
    """What each stage declares: its `needs`, and the fields that must be on `one_scale`.

    It is looked up in their sources, as to import them takes longer than a run with nothing to do.
    """
    known: dict[str, Any] = {}
    for node in _parsed(STAGES / "evidence" / "needs.py"):
        match node:
            case ast.Assign([ast.Tuple(names)], values):
                said = ast.literal_eval(values)
                known |= dict(zip((ast.unparse(name) for name in names), said, strict=True))
    found = []
    for path in sorted(STAGES.glob("*/__init__.py")):  # a stage may name what one before it needs
        for node in _parsed(path):
            own: dict[str, Any] = {"one_scale": ()}
            for line in node.body if isinstance(node, ast.ClassDef) else []:
                match line:
                    case ast.Assign([ast.Name("needs" | "one_scale" as name)], value):
                        source = compile(ast.Expression(value), str(path), "eval")
                        own[name] = eval(source, {}, known)
            if "needs" in own:
                known[node.name] = SimpleNamespace(**own)
                found.append(known[node.name])
    return found


def _parsed(path: Path) -> list[Any]:
    return ast.parse(path.read_text("utf-8")).body
