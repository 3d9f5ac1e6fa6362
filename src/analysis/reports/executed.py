"""Executed notebooks, as they lie in a folder of reports."""

from pathlib import Path

import nbformat
from nbformat import NotebookNode


def read(folder: Path, id: str) -> NotebookNode | None:
    """The executed notebook of a job; one that is damaged is none."""
    try:
        return nbformat.read(folder / "notebooks" / f"{id}.ipynb", as_version=4)
    except Exception:  # of whatever kind: it is made anew from what it was made from
        return None
