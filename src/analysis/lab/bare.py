"""What of a notebook is kept in Git: its text and code, not what running or opening it leaves.

As a program it is the filter through which Git takes notebooks; see `analysis.lab.hooks`.
"""

import json
import sys
from typing import Any

# What programs note while they show or run a notebook. The version of Python is in language_info.
NOTED = {"papermill", "signature", "widgets"}
NOTED_IN_CELLS = {"ExecuteTime", "collapsed", "execution", "papermill", "scrolled", "trusted"}


def bare(notebook: dict[str, Any]) -> dict[str, Any]:
    """A notebook (of format 4) without outputs, counts, widgets' state and what programs note."""
    metadata = {k: v for k, v in notebook["metadata"].items() if k not in NOTED}
    if language := metadata.get("language_info"):
        metadata["language_info"] = {"name": language["name"]}
    return notebook | {"cells": [_cell(c) for c in notebook["cells"]], "metadata": metadata}


def _cell(cell: dict[str, Any]) -> dict[str, Any]:
    kept = {k: v for k, v in cell["metadata"].items() if k not in NOTED_IN_CELLS}
    made: dict[str, Any] = {"outputs": [], "execution_count": None}
    return cell | {"metadata": kept} | (made if cell["cell_type"] == "code" else {})


def shows(raw: bytes) -> bool:
    """Whether the bytes of a notebook hold what its cells have shown, or that they have run."""
    try:
        cells = json.loads(raw)["cells"]
        return any(cell.get("outputs") or cell.get("execution_count") for cell in cells)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return False


def kept(raw: bytes) -> bytes:
    """The bytes of a bare notebook as JupyterLab writes them; those that are none as they are."""
    try:
        content = bare(json.loads(raw))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return raw
    return (json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode()


if __name__ == "__main__":
    sys.stdout.buffer.write(kept(sys.stdin.buffer.read()))
