"""What the notebooks of one city changed outside it, below the folder that holds all cities.

Nothing can keep a program from writing where its user may; but it is noticed, told, and what the
program itself had made there is made again.
"""

import os
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

Stamp = tuple[int, ...]
LEFT_OUT = {".git", ".venv"}
# What a run makes, as it can make it again; a Buku 1 that somebody goes on writing is not.
MADE = {".html", ".ipynb", ".json", ".parquet", ".sha256", ".xlsx", ".zip", ""}


@contextmanager
def noticed(touched: list[Path], above: Path, own: Path, cities: Iterable[Path]) -> Iterator[None]:
    """Add to `touched` every file that changes meanwhile below `above` or in another city.

    What lies in the city's `own` folder is its own.
    """
    # Cities may share nothing but the root of the disk.
    roots = ({*cities} | ({above} if above.parent != above else set())) - {own}
    before = _stamps(roots, own)
    try:
        yield
    finally:
        after = _stamps(roots, own)
        touched += sorted(p for p in before.keys() | after.keys() if before.get(p) != after.get(p))


def _stamps(roots: Iterable[Path], own: Path) -> dict[Path, Stamp]:
    """By file, what the file system says of it and no program can keep as it was."""
    found: dict[Path, Stamp] = {}
    for here, folders, names in (step for root in roots for step in os.walk(root)):
        folders[:] = [f for f in folders if Path(here, f) != own and f not in LEFT_OUT]
        for path in (Path(here, name) for name in names):
            with suppress(OSError):
                seen = path.lstat()
                found[path] = (seen.st_ino, seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns)
    return found


def again(touched: Iterable[Path], projects: Collection[Path]) -> set[Path]:
    """Remove what a run can make again among these files; returns the projects that lack it now."""
    lacking = set()
    for path in touched:
        for root in projects:
            if any(path.is_relative_to(root / made) for made in ("reports", "data/processed")):
                lacking.add(root)
                if path.suffix in MADE:
                    path.unlink(missing_ok=True)
    return lacking
