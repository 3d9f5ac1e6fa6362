"""What a result depends on, as one number that changes whenever any of it does."""

import hashlib
import json
import platform
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parent
LEFT_OUT = {"__pycache__", ".ipynb_checkpoints"}


def of(*parts: object) -> str:
    """The sha256 of values that JSON can hold."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def files(folder: Path, paths: Iterable[Path] | None = None) -> str:
    """The sha256 of names and contents: of everything in a folder, or of some paths in it."""
    found = folder.rglob("*") if paths is None else paths
    return of(
        [
            (path.relative_to(folder).as_posix(), hashlib.sha256(path.read_bytes()).hexdigest())
            for path in sorted(found)
            if path.is_file() and not LEFT_OUT & set(path.parts)
        ]
    )


def source() -> str:
    """The sha256 of this package, with its templates and catalogues."""
    return files(PACKAGE)


@cache
def versions() -> list[str]:
    """Python and every installed package, with their versions: the names of their records."""
    folders = {Path(entry) for entry in sys.path if entry}
    records = {path.name for folder in folders for path in folder.glob("*.dist-info")}
    return [platform.python_version(), *sorted(records)]
