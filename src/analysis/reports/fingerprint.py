"""What a report depends on, as a number that changes whenever any of it does."""

import hashlib
from pathlib import Path

import analysis


def files(*paths: Path) -> str:
    """The sha256 of files and of all files below folders: their names and their content."""
    digest = hashlib.sha256()
    for path in paths:
        found = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
        for file in found:
            if "__pycache__" not in file.parts:
                content = file.read_bytes()
                digest.update(
                    f"{file.relative_to(path.parent).as_posix()} {len(content)}\n".encode()
                )
                digest.update(content)
    return digest.hexdigest()


def source() -> str:
    """The sha256 of this package, with its templates."""
    return files(Path(analysis.__file__).parent)
