"""Where things are in a project folder, and the city's settings, validated.

A project folder is one city: another city is another folder with the same layout.
"""

from analysis.project.errors import ProjectError
from analysis.project.files import write
from analysis.project.folder import ROOT, SETTINGS, TRIALS, Project
from analysis.project.settings import Limits, Settings

__all__ = ["ROOT", "SETTINGS", "TRIALS", "Limits", "Project", "ProjectError", "Settings", "write"]
