"""The stages of the masterplan, a folder each: what they work out of a survey, and what they say.

`evidence` stands below them and `whole` above; nothing elsewhere lists the stages.
"""

from importlib import import_module
from pkgutil import iter_modules

_FOLDERS = [import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__)]
ALL = sorted((folder for folder in _FOLDERS if hasattr(folder, "of")), key=lambda s: s.of.place)
"""Every stage in its place: modules whose ``of(survey, ...)`` gives the stage over a survey."""
