"""What the program wrote in a folder, so that it writes over nothing else.

Beside files of a kind (forms, sample, letters, book, city) lies a hidden ledger of them, in the
format of sha256sum. It vouches for bytes that came from here, never for a name: what has been
filled in or edited since is no longer what it lists, nor is what a command of another kind wrote.
"""

import os
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from analysis import project as projects
from analysis.project import CHOICES, SETTINGS, Project, ProjectError
from analysis.text import _

LINE = re.compile(r"([0-9a-f]{64})  (\S.*)")

Line = tuple[str, str]  # the sha256 of a file as written, and its name below the folder


@dataclass(frozen=True)
class Ledger:
    """Of one kind of files that a command of a project writes in a folder."""

    project: Project
    folder: Path
    kind: str

    def write(self, files: Mapping[str, bytes], gone: Collection[str] = ()) -> list[Path]:
        """Write all these files or none, by name below the folder; returns their paths.

        Those of `gone` that this ledger vouches for are removed. Raises ProjectError as `check`
        does, and where the folder cannot be written.
        """
        self.check(files, gone)
        before, new = self._lines(), {_line(name, content) for name, content in files.items()}
        gone = _names(before) & set(gone)
        kept = {(digest, name) for digest, name in before if name not in {*files, *gone}}
        paths = {name: self.folder / name for name in files}
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with TemporaryDirectory(dir=self.folder, prefix=".masterplan.") as beside:
                for name, content in files.items():
                    projects.write(Path(beside) / name, content)
                for path in paths.values():
                    path.parent.mkdir(parents=True, exist_ok=True)
                self._keep(before | new)  # so that a kill between two files leaves none unknown
                for name, path in paths.items():
                    os.replace(Path(beside) / name, path)
            for name in gone:
                (self.folder / name).unlink(missing_ok=True)
            self._keep(kept | new)
        except OSError as error:
            said = _(
                "{place} tidak dapat ditulis ({reason}). Tutup berkasnya bila masih terbuka, "
                "periksa izin dan sisa ruang, atau pilih tujuan lain."
            )
            reason = error.strerror or error
            raise ProjectError(
                said.format(place=self._shown(self.folder), reason=reason)
            ) from error
        return list(paths.values())

    def vouches(self, name: str) -> bool:
        """Whether a file is here that is byte for byte as this ledger lists it."""
        return os.path.lexists(self.folder / name) and self._is(name, self._lines())

    def check(self, files: Mapping[str, bytes | None], gone: Iterable[str] = ()) -> None:
        """Raise ProjectError, which lists them, where files are in the way of these.

        A file is, unless it is as this ledger lists it or is to stay the same to the byte (None:
        not known yet); so is all below a folder of answers.
        """
        for path in (self.folder, *(self.folder / name for name in files)):
            if _among_answers(self.project, path):
                said = _(
                    "{place} berada di dalam folder jawaban; di sana tidak ada perintah yang "
                    "menulis. Pilih tujuan lain."
                )
                raise ProjectError(said.format(place=self._shown(path)))
        before = self._lines()
        ours = before | {_line(name, c) for name, c in files.items() if c is not None}
        names = [*files, *sorted(_names(before) & set(gone))]
        if foreign := [name for name in names if not self._is(name, ours)]:
            said = _(
                "Tidak ada yang ditulis, karena berkas berikut sudah diisi atau disunting, atau "
                "bukan tulisan perintah ini. Pindahkan berkas itu, atau pilih tujuan lain:"
            )
            raise ProjectError(
                "\n  ".join([said, *(self._shown(self.folder / n) for n in foreign)])
            )

    def _is(self, name: str, lines: set[Line]) -> bool:
        """Whether nothing has this name here, or a file that is in these lines."""
        path = self.folder / name
        if not os.path.lexists(path):
            return True
        try:
            return _line(name, path.read_bytes()) in lines
        except OSError:
            return False

    @property
    def _path(self) -> Path:
        return self.folder / f".masterplan.{self.kind}.sha256"

    def _lines(self) -> set[Line]:
        """What the ledger lists; one that is damaged vouches for nothing."""
        try:
            lines = [LINE.fullmatch(line) for line in self._path.read_text("utf-8").splitlines()]
        except (OSError, UnicodeDecodeError):
            return set()
        return {(line[1], line[2]) for line in lines if line} if all(lines) else set()

    def _keep(self, lines: set[Line]) -> None:
        if not lines:
            self._path.unlink(missing_ok=True)
            return
        ordered = sorted(lines, key=lambda line: line[::-1])
        projects.write(self._path, "".join(f"{digest}  {name}\n" for digest, name in ordered))

    def _shown(self, path: Path) -> str:
        """A path as people find it: of a project in a store, not that of its copy."""
        root = self.project.root
        return str(path.relative_to(root) if root in path.parents else path)


def _line(name: str, content: bytes) -> Line:
    return sha256(content).hexdigest(), name


def _names(lines: set[Line]) -> set[str]:
    return {name for _digest, name in lines}


def _among_answers(project: Project, path: Path) -> bool:
    """Whether a path is or lies in the folder of answers of this or any project."""
    own = {project.at(period).responses.resolve() for period in project.periods}
    roads = (Path(os.path.abspath(path)), path.resolve())
    for folder in {folder for road in roads for folder in (road, *road.parents)}:
        beside = any((folder.parent / name).is_file() for name in (CHOICES, SETTINGS.name))
        if folder in own or (beside and folder.name.casefold() == "responses"):
            return True
    return False
