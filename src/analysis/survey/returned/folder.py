"""The files in a folder of answers, and the workbooks that each of them holds."""

import hashlib
import os
import stat
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from analysis.project.folder import proves
from analysis.survey.returned.cells import read
from analysis.survey.returned.package import LARGEST, ZIP, archive, several
from analysis.survey.returned.workbook import Unreadable, Workbook, clean
from analysis.survey.told.problems import Code

SUFFIXES = (".xlsx", ".ods", ".xls", ".xlsm", ".xlsb", ".csv", ".zip")
NO_FILES = ("thumbs.db", "desktop.ini", "__macosx")


@dataclass(frozen=True)
class Source:
    """One workbook, or why there is none; `member` is its name inside a zip, else empty."""

    member: str
    content: Workbook | Unreadable


def files(folder: Path) -> list[Path]:
    """Every file below a folder, by name; hidden files and lock files of programs are none."""
    found = []
    for parent, folders, names in os.walk(folder):
        links = [name for name in folders if (Path(parent) / name).is_symlink()]
        folders[:] = [name for name in folders if shown(name) and name not in links]
        found += [Path(parent) / name for name in (*names, *links) if shown(name)]
    return sorted(found)


def answers(folder: Path) -> list[Path]:
    """The files in a folder of answers that are meant as such: what proves answers is none."""
    return [path for path in files(folder) if not proves(path, folder)]


def sources(path: Path) -> list[Source]:
    """What a file holds: one source, or one for each workbook in a zip. Raises nothing."""
    try:
        content = _bytes(path)
        if not (content.startswith(ZIP) and _several(content)):
            return [Source("", _read(content))]
        with archive(content) as packed:
            return _members(packed, content)
    except Unreadable as error:
        return [Source("", error)]


def digest(path: Path) -> str:
    """The sha256 of a regular file, however large; empty where it cannot be read."""
    try:
        if not path.is_file():
            return ""
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _members(packed: zipfile.ZipFile, content: bytes) -> list[Source]:
    """The workbooks of a zip: read in memory, so that no name can lead out of the folder."""
    found = []
    for entry in packed.infolist():
        name = entry.filename.replace("\\", "/")  # as some programs pack
        if name.endswith("/") or not all(map(shown, PurePosixPath(name).parts)):
            continue
        try:
            inside = _read(packed.read(entry))
        except Exception:  # of zipfile, zlib, lzma: the zip is damaged here
            inside = Unreadable(Code.DAMAGED)
        found.append(Source(clean(name), inside))
    return found or [Source("", Unreadable(Code.EMPTY_FILE, hashlib.sha256(content).hexdigest()))]


def _several(content: bytes) -> bool:
    try:
        return several(content)
    except Unreadable:
        return False  # read() says why


def _read(content: bytes) -> Workbook | Unreadable:
    try:
        return read(content)
    except Unreadable as error:
        return error


def shown(name: str) -> bool:
    """Whether a name is that of a file that people see and mean."""
    hidden = name.startswith((".", "~$")) and name not in (".", "..")
    return not hidden and name.lower() not in NO_FILES


def _bytes(path: Path) -> bytes:
    """The bytes of a regular file that holds still while it is read; Unreadable otherwise."""
    try:
        before = path.lstat()
        if stat.S_ISLNK(before.st_mode):
            raise Unreadable(Code.LINK)
        if not stat.S_ISREG(before.st_mode):
            raise Unreadable(Code.NO_FILE)
        if before.st_size > LARGEST:
            shown = f"{before.st_size // 1_000_000} MB > {LARGEST // 1_000_000} MB"
            raise Unreadable(Code.TOO_LARGE, digest(path), what=shown)
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
        after = path.lstat()
    except FileNotFoundError as error:
        raise Unreadable(Code.VANISHED) from error
    except PermissionError as error:
        raise Unreadable(Code.NO_PERMISSION) from error
    except OSError as error:
        raise Unreadable(Code.NO_FILE) from error
    if (before.st_mtime_ns, len(content)) != (after.st_mtime_ns, after.st_size):
        raise Unreadable(Code.CHANGING)
    return content
