"""Which tables of the questionnaire no stage reads: these report themselves."""

import ast
from functools import cache

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
    return {table.name: _(table.title) for table in tables if name or table.name not in read()}


@cache
def read() -> frozenset[str]:
    """The tables that stages read: those of which they declare what they need, as ``needs``.

    It is looked up in their sources, as to import them takes longer than a run with nothing to do.
    """
    found: set[str] = set()
    for path in STAGES.glob("*/__init__.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            match node:
                case ast.Assign([ast.Name("needs")], ast.Dict(keys)):
                    found.update(str(key.value) for key in keys if isinstance(key, ast.Constant))
    return frozenset(found)
