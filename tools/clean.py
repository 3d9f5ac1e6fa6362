"""Remove what the program made and nobody changed; what people put there stays.

`make clean` runs this with any Python 3 and without the project's packages, as .venv goes too.
"""

import hashlib
import json
import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

# These can be nothing else.
CACHES = (".venv", ".axe", ".pytest_cache", ".ruff_cache", ".mypy_cache", ".hypothesis")
READING = re.compile(r"[0-9a-f]{64}")
UNFINISHED = re.compile(r"\..+\.(html|ipynb|json|parquet|sha256|xlsx|zip)\.[a-z0-9_]{8}")
LEDGER = ".masterplan."  # beside what a command wrote once: it stays as long as that does
INTERNAL = "internal/"
# All that a manifest may vouch for; so never a Buku 1, though its sha256 stands there too.
VOUCHED = {".html", ".ipynb", ".xlsx", ".zip"}
CLAIMS = "claims.json"
STANDING = "standing.json"  # what a whole run has left, beside its manifest
RUNS = "runs"  # the folder of what earlier editions said
SHOWN = 20  # lines of what stays


def made(root: Path) -> list[Path]:
    """The files in the folders of reports and tables that are as the program made them.

    A manifest comes after all that it vouches for: who is interrupted can begin anew.
    """
    found = [path for path in _files(root / "data" / "processed") if _table(root, path)]
    for path in _files(root / "reports"):
        if UNFINISHED.fullmatch(path.name):
            found.append(path)
        elif path.name == "manifest.json":
            found += _vouched(path, root / "reports")
    return list(dict.fromkeys(found))


def kept(root: Path) -> list[Path]:
    """What lies in these folders beside their READMEs and our ledgers."""
    folders = [root / "data" / "processed", root / "reports"]
    readmes = {folder / "README.md" for folder in folders}
    links = [folder for folder in folders if folder.is_symlink()]
    found = {p for folder in folders for p in _files(folder) if not p.name.startswith(LEDGER)}
    return links + sorted(found - readmes)


def caches(root: Path) -> list[Path]:
    """The project's own Python, and what programs keep to be faster."""
    found = [root / name for name in CACHES]
    for here, folders, _ in os.walk(root):
        if "__pycache__" in folders:
            found.append(Path(here, "__pycache__"))
        away = {"__pycache__", "data", "reports"} if Path(here) == root else {"__pycache__"}
        folders[:] = [f for f in folders if f not in away and not f.startswith(".")]
    return [path for path in found if os.path.lexists(path)]


def clean(root: Path) -> list[Path]:
    """Remove all that, and the folders that are empty then; returns what was removed."""
    files, others = made(root), caches(root)
    for path in files:
        path.unlink()
    for folder in (root / "data" / "processed", root / "reports"):
        for here, folders, _ in os.walk(folder, topdown=False):
            for name in folders:
                with suppress(OSError):  # not empty, or a link
                    os.rmdir(os.path.join(here, name))
    for path in others:
        if path.is_symlink():
            path.unlink()
        else:
            shutil.rmtree(path)
    return files + others


def _files(folder: Path) -> Iterator[Path]:
    """All files below a folder, none of them behind a link."""
    if not folder.is_symlink():
        for here, _, names in os.walk(folder):
            yield from (Path(here, name) for name in sorted(names))


def _table(root: Path, path: Path) -> bool:
    """Whether a file below data/processed is one of the tables, or what goes with them."""
    *folders, name = path.relative_to(root / "data" / "processed").parts
    if UNFINISHED.fullmatch(name):
        return True
    if len(folders) == 1:
        ours = name.endswith(".parquet") or name == "tables.sha256"
    else:
        ours = folders[1:] == ["readings"] and bool(READING.fullmatch(name))
        ours |= folders[1:2] == ["common"] and bool(READING.fullmatch(folders[-1]))
    return ours and not path.is_symlink()


def _vouched(manifest: Path, reports: Path) -> list[Path]:
    """What a manifest rightly says that the program made, and itself; nothing if it is not ours."""
    try:
        content = json.loads(manifest.read_text("utf-8"))
        folder, internal = _folders(manifest.parent.relative_to(reports), content["edition"])
        if manifest.is_symlink():
            return []
        lists = [content.get("front", {}), *(job.get("files", {}) for job in content["jobs"])]
        claims = [
            (reports / internal, name.removeprefix(INTERNAL), sha256)
            if name.startswith(INTERNAL)
            else (reports / folder, name, sha256)
            for files in lists
            for name, sha256 in files.items()
        ]
        claims.append((reports, "index.html", content.get("landing", "")))
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return []
    made = [where / name for where, name, sha256 in claims if _as_made(where, name, sha256)]
    return [*made, *manifest.parent.glob(STANDING), manifest]


def _folders(found: Path, edition: dict) -> tuple[Path, Path]:
    """The public and the internal folder of an edition, whose manifest was `found` in the latter.

    Raises LookupError for a folder that is not where the program makes it: somebody's own copy.
    """
    language = edition.get("language", "id")
    below = () if language == "id" else (language,)
    for top in ((edition["period"],), ()):  # of a city, of many cities
        internal = Path(*top, INTERNAL, *below)
        if found == internal or found.parent == internal / "variants":
            return Path(*top, *found.relative_to(Path(*top, INTERNAL)).parts), found
    raise LookupError(found)


def _as_made(folder: Path, name: str, sha256: str) -> bool:
    """Whether a file is the one that was made, really in this folder: no way out, no link."""
    try:
        here, path = folder.resolve(), (folder / name).resolve()
        return (
            here in path.parents
            and path == here / name
            and (path.suffix in VOUCHED or path.name == CLAIMS or path.parent.name == RUNS)
            and path.is_file()
            and hashlib.sha256(path.read_bytes()).hexdigest() == sha256
        )
    except (OSError, ValueError, RuntimeError):  # a name that no file can have, a ring of links
        return False


def main() -> None:
    root = Path(__file__).resolve().parent.parent
    try:
        removed = clean(root)
    except OSError as error:
        sys.exit(f"Tidak dapat dihapus: {error}")
    print(f"Dihapus: {len(removed)} berkas dan folder buatan program.")
    if left := [path.relative_to(root).as_posix() for path in kept(root)]:
        print("Dibiarkan (Buku 1, berkas Anda sendiri, atau yang sudah diubah):")
        print(*(f"  {name}" for name in left[:SHOWN]), sep="\n")
        if len(left) > SHOWN:
            print(f"  ... dan {len(left) - SHOWN} lagi")


if __name__ == "__main__":
    main()
