"""Where the reports of one edition lie: what may be shared, and apart from it what may not."""

import errno
import os
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from analysis import text
from analysis.project.folder import leads_below

INTERNAL = "internal"
MANIFEST = f"{INTERNAL}/manifest.json"
STANDING = f"{INTERNAL}/standing.json"


@dataclass(frozen=True)
class Shelf:
    """The folder of a period's reports (`top`), or the part of it that is one edition's.

    `below`: that part, for another language or a variant. All that is internal lies below
    ``internal/`` of the top, so that everything else there may be passed on.
    """

    top: Path
    below: PurePosixPath = PurePosixPath()

    @classmethod
    def official(cls, top: Path, language: str) -> "Shelf":
        """That of the official reports in a language."""
        shelf = cls(top)
        return shelf if language == text.SOURCE else shelf / language

    def __truediv__(self, name: str) -> "Shelf":
        return Shelf(self.top, self.below / name)

    @property
    def public(self) -> Path:
        return self.top / self.below

    @property
    def internal(self) -> Path:
        return self.top / INTERNAL / self.below

    def settle(self) -> None:
        """Take what earlier versions left among the public files to where it belongs."""
        for name in ("manifest.json", "notebooks"):
            if (left := self.public / name).exists() and not (self.internal / name).exists():
                self.internal.mkdir(parents=True, exist_ok=True)
                left.rename(self.internal / name)

    def path(self, name: str) -> Path:
        """Where a file of this edition is; its `name` begins with ``internal/`` if it is that.

        Raises ValueError for a name that leads elsewhere, OSError where a link does.
        """
        first, *rest = parts = name.split("/")
        if {"", ".", ".."} & set(parts) or any(c in name for c in "\\:\0"):
            raise ValueError(f"{name!r} is no name of a file below this folder")
        found = self.internal.joinpath(*rest) if first == INTERNAL and rest else self.public / name
        if not leads_below(found.parent, self.top):
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(found.parent))
        return found

    def link(self, name: str, start: str) -> str:
        """The way from one file to another, as a link."""
        way = os.path.relpath(self.path(name), self.path(start).parent)
        return PurePosixPath(way).as_posix()
