"""Where things are in a project folder, and the settings, validated.

A project folder is one city and its periods: another city is another folder with the same layout.
"""

from analysis.project.errors import ProjectError
from analysis.project.files import write
from analysis.project.folder import (
    CHOICES,
    PERIOD,
    ROOT,
    SETTINGS,
    TRIALS,
    Project,
)
from analysis.project.settings import Limits, Settings

__all__ = [
    "CHOICES",
    "PERIOD",
    "ROOT",
    "SETTINGS",
    "TRIALS",
    "Limits",
    "Project",
    "ProjectError",
    "Settings",
    "write",
]
