"""The stages of the masterplan, a folder each: what they work out of a survey, and what they say.

`evidence` stands below them and `whole` above; nothing elsewhere lists the stages.
"""

from importlib import import_module
from pkgutil import iter_modules
from typing import Any

_FOLDERS = [import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__)]
ALL = sorted((folder for folder in _FOLDERS if hasattr(folder, "of")), key=lambda s: s.of.place)
"""Every stage in its place: modules whose ``of(survey, ...)`` gives the stage over a survey."""


def lacking(instrument: Any) -> dict[str, str]:
    """By its name each stage that a questionnaire does not suffice for, and what it lacks."""
    told = {stage.of.name: stage.of.lacks(instrument) for stage in ALL}
    return {name: said for name, said in told.items() if said}


def fitting(instrument: Any) -> dict[str, Any]:
    """By its name, in its place, the ``of`` of each stage for which a questionnaire suffices."""
    return {stage.of.name: stage.of for stage in ALL if not stage.of.lacks(instrument)}


def unread(instrument: Any) -> list[str]:
    """The tables of a questionnaire that no stage reads which can run, and no other page."""
    read = {table for of in fitting(instrument).values() for table in of.needs}
    read |= {table.name for own in instrument.indices.values() for table in own.tables}
    return [table.name for table in instrument.tables if table.name not in read]
