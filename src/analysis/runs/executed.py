"""Executed notebooks, as they lie in a folder of reports."""

import nbformat
from nbformat import NotebookNode

from analysis.runs.manifest import Entry, whole
from analysis.runs.shelf import INTERNAL, Shelf


def name(id: str) -> str:
    """The name of a job's executed notebook: it holds all answers, so it is internal."""
    return f"{INTERNAL}/notebooks/{id}.ipynb"


def read(shelf: Shelf, entry: Entry) -> NotebookNode | None:
    """The executed notebook of a job; one that is damaged, or another than we made, is none."""
    named = name(entry.id)
    if not whole(shelf, {named: entry.files.get(named, "")}):
        return None
    return nbformat.read(shelf.path(named), as_version=4)
