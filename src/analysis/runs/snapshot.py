"""What lies in some folders, by which it is known whether anything in them has changed.

A file is what it was if its content is. To read all of them takes a while; so what was read once
stands for a file as long as the system says the same of it: its size, its inode, when it was
modified, and when that was last changed, which no program can set back. Where any of these differs,
content decides. Source: how Git tells files that are "racily clean" (racy-git.txt).
"""

import os
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from analysis.survey.returned.folder import digest, shown

# Within so many nanoseconds a file may change twice and bear the same moment (on FAT: 2 seconds).
GRAIN = 2_000_000_000
# Elsewhere the system tells when a file was created instead, and all else can be set.
TOLD = os.name == "posix"

Stamp = tuple[int, int, int, int]  # size, modified, changed, inode


class Unsteady(Exception):
    """A folder holds what nobody can vouch for: a link, or what cannot be read."""


@dataclass(frozen=True)
class Snapshot:
    """Of each file by its place the sha256 of its content and its stamp.

    `clock`: a moment, by the clock of the files, that had passed when they were looked at.
    """

    files: Mapping[str, tuple[str, Stamp]]
    clock: int = 0

    @property
    def contents(self) -> dict[str, str]:
        return {place: sha256 for place, (sha256, _stamp) in self.files.items()}

    @property
    def settled(self) -> bool:
        """Whether no file has to be read again, as long as nothing changes."""
        return all(self._settled(stamp) for _sha256, stamp in self.files.values())

    def told(self, place: str, stamp: Stamp) -> str:
        """The sha256 of a file that bears this stamp now; empty where it has to be read."""
        sha256, before = self.files.get(place, ("", None))
        return sha256 if TOLD and stamp == before and self._settled(stamp) else ""

    def _settled(self, stamp: Stamp) -> bool:
        return stamp[2] + GRAIN < self.clock


NOTHING = Snapshot({})


def taken(
    folders: Mapping[str, Path],
    known: Snapshot = NOTHING,
    clock: int = 0,
    caches: tuple[str, ...] = (),
) -> Snapshot:
    """What lies in folders, by their names; `known` is what lay there before.

    `clock`: a moment that has passed by the clock of the files; `caches`: the names of folders in
    them that do not count, like hidden files. Raises Unsteady.
    """
    try:
        found = {
            f"{name}/{place}": (path, stamp)
            for name, folder in folders.items()
            for place, path, stamp in _stamps(str(folder), caches)
        }
    except OSError as error:
        raise Unsteady from error
    newest = max((stamp[2] for _path, stamp in found.values()), default=0)
    files = {}
    for place, (path, stamp) in found.items():
        sha256 = known.told(place, stamp) or digest(Path(path))
        if not sha256:
            raise Unsteady
        files[place] = (sha256, stamp)
    return Snapshot(files, max(clock, min(newest, time.time_ns())))


def _stamps(folder: str, caches: tuple[str, ...]) -> Iterator[tuple[str, str, Stamp]]:
    """Each file below a folder, which may be missing: its place there, its path and its stamp."""
    waiting = [("", folder)] if os.path.isdir(folder) else []
    while waiting:
        within, here = waiting.pop()
        with os.scandir(here) as entries:
            for entry in entries:
                place = f"{within}{entry.name}"
                if not shown(entry.name) or entry.name in caches:
                    continue
                if entry.is_symlink():
                    raise Unsteady
                if entry.is_dir():
                    waiting.append((f"{place}/", entry.path))
                else:
                    seen = os.stat(entry.path)  # of an entry Windows does not tell all
                    stamp = (seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns, seen.st_ino)
                    yield place, entry.path, stamp
