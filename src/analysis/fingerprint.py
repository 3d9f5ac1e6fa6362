"""What a result depends on, as one number that changes whenever any of it does."""

import hashlib
import json
import platform
import re
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parent
# What systems, editors and synchronised folders leave beside files; hidden files are litter too.
LITTER = re.compile(
    r"[.~].*|#.*#|__pycache__|__macosx|(eh)?thumbs\.db|desktop\.ini|icon\r"
    r"|.*(~|\.(tmp|temp|bak|orig|swp|swo|part|partial|crdownload))",
    re.IGNORECASE | re.DOTALL,
)


def of(*parts: object) -> str:
    """The sha256 of values that JSON can hold."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def files(folder: Path, paths: Iterable[Path] | None = None) -> str:
    """The sha256 of names and contents: of everything in a folder, or of some paths in it.

    Litter does not count; a file that cannot be read counts by its name.
    """
    found = folder.rglob("*") if paths is None else paths
    return of(
        [
            (path.relative_to(folder).as_posix(), _sha256(path))
            for path in sorted(found)
            if path.is_file() and not litter(path, folder)
        ]
    )


def litter(path: Path, folder: Path) -> bool:
    """Whether a path in a folder is none of what people put there, or lies in such a folder."""
    return any(map(LITTER.fullmatch, path.relative_to(folder).parts))


def _sha256(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def source() -> str:
    """The sha256 of this package, with its templates and catalogues."""
    return files(PACKAGE)


@cache
def program() -> str:
    """The fingerprint of the program that this process has begun with."""
    return of(source(), versions())


@cache
def versions() -> list[str]:
    """Python and every installed package, with their versions: the names of their records."""
    folders = {Path(entry) for entry in sys.path if entry}
    records = {path.name for folder in folders for path in folder.glob("*.dist-info")}
    return [platform.python_version(), *sorted(records)]
