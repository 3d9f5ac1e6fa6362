"""Which tables of the questionnaire no index and no stage reads: these report themselves."""

import ast
from functools import cache
from types import SimpleNamespace
from typing import Any

from analysis import fingerprint, needs
from analysis.needs import lacking
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
    """The tables of its indices, and those of stages for which it suffices: see `stages.unread`."""
    return {table.name for index in instrument.indices.values() for table in index.tables} | {
        table
        for stage in _declared()
        if not any(lacking(stage.needs, stage.one_scale, instrument))
        for table in stage.needs
    }


@cache
def _declared() -> list[SimpleNamespace]:
    """What each stage declares: its `needs`, and the fields that must be on `one_scale`.

    It is looked up in their sources, as to import them takes longer than a run with nothing to do.
    """
    known: dict[str, Any] = dict(vars(needs))
    found = []
    for path in sorted(STAGES.glob("*/__init__.py")):  # a stage may name what one before it needs
        body = ast.parse(path.read_text("utf-8")).body
        for node in [node for node in body if isinstance(node, ast.ClassDef)]:
            own: dict[str, Any] = {"one_scale": ()}
            for line in node.body:
                match line:
                    case ast.Assign([ast.Name("needs" | "one_scale" as name)], value):
                        source = compile(ast.Expression(value), str(path), "eval")
                        own[name] = eval(source, {}, known)
            if "needs" in own:
                known[node.name] = SimpleNamespace(**own)
                found.append(known[node.name])
    return found
