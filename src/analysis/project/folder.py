"""Where things are in a project folder: one city, and the same layout for every other."""

import os
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from analysis import fingerprint
from analysis.project import files, settings
from analysis.project.errors import ProjectError
from analysis.project.settings import Settings
from analysis.text import _

SETTINGS = Path("data/raw/city.toml")
TRIALS = "coba"  # the folder among the notebooks for what is only tried out
ROOT = "MASTERPLAN_ROOT"  # the project that a notebook runs for, wherever the notebook lies


@dataclass(frozen=True)
class Project:
    """One project folder; every path of the program is derived here.

    `trusted`: the folder of notebooks that are run instead of its own.
    """

    root: Path
    trusted: Path | None = None

    @classmethod
    def find(cls, start: Path | str | None = None) -> "Project":
        """The project at `start`, or the nearest one upwards from the working directory.

        In a notebook that is run, it is the one that it is run for. Raises ProjectError where there
        is none.
        """
        start = start if start is not None else os.environ.get(ROOT)
        if start is not None:
            root = Path(start).resolve()
            if (root / SETTINGS).is_file():
                return cls(root)
            raise ProjectError(
                _("{root} bukan folder proyek: berkas {file} tidak ada.").format(
                    root=root, file=SETTINGS
                )
            )
        here = Path.cwd()
        for folder in (here, *here.parents):
            if (folder / SETTINGS).is_file():
                return cls(folder)
        raise ProjectError(
            _(
                "Tidak ada folder proyek di {here} atau di atasnya (yang memuat {file}). "
                "Pindahlah ke folder proyek, atau sebutkan folder itu: di terminal dengan --root, "
                'di notebook dengan root="...", atau dalam variabel lingkungan {variable}.'
            ).format(here=here, file=SETTINGS.as_posix(), variable=ROOT)
        )

    @cached_property
    def settings(self) -> Settings:
        """The city's settings; ProjectError names each wrong entry."""
        return settings.load(self.root / SETTINGS, SETTINGS.as_posix())

    @property
    def raw(self) -> Path:
        return self.root / "data" / "raw"

    @property
    def notebooks(self) -> Path:
        return self.trusted or self.root / "notebooks"

    def programs(self) -> list[Path]:
        """All files in the folder of the notebooks that they are, import or read.

        Neither litter nor what is only tried out in ``coba``: that no report may depend on.
        """
        folder = self.notebooks
        return [
            path
            for path in sorted(folder.rglob("*"))
            if path.is_file() and not fingerprint.litter(path, folder)
            if path.relative_to(folder).parts[0] != TRIALS
        ]

    def questions(self) -> str:
        """The fingerprint of what is asked, of whom and about what.

        It is that of all raw data but answers, and the look and the order of the book.
        """
        folders = [self.raw, self.raw / "instrument"]
        found = [p for f in folders for p in f.glob("*.*") if p.stem != "buku"]
        return fingerprint.files(self.raw, found)

    def sample(self, period: str) -> Path:
        return self.inside(self.raw / "sample" / _held(period))

    def responses(self, period: str) -> Path:
        return self.raw / "responses" / _held(period)

    def processed(self, period: str) -> Path:
        return self.inside(self.root / "data" / "processed" / _held(period))

    def reports(self, period: str = "") -> Path:
        return self.inside(self.root / "reports" / _held(period))

    def inside(self, path: Path) -> Path:
        """A path below the root where the program writes. Raises ProjectError if a link leads out.

        A folder that somebody passed on may hold links to anywhere.
        """
        if not leads_below(path, self.root):
            said = _(
                "{path} adalah tautan ke luar folder proyek; di sana tidak ada yang ditulis. Ganti "
                "tautan itu dengan folder biasa, atau pindahkan seluruh folder proyek."
            )
            raise ProjectError(said.format(path=path.relative_to(self.root)))
        return path


def leads_below(path: Path, folder: Path) -> bool:
    """Whether a path really is below a folder, wherever links in it lead."""
    real, top = os.path.realpath(path), os.path.realpath(folder)
    return os.path.commonpath([real, top]) == top


def _held(period: str) -> str:
    """A period as the name of a folder. Raises ProjectError for what is none, wherever it is from.

    Without one it is the folder of all periods.
    """
    if period and not re.fullmatch(settings.PERIOD, period):
        said = _("Periode “{period}” {wrong}.").format(
            period=files.visible(period)[:80], wrong=_(settings.WRONG_PERIOD)
        )
        raise ProjectError(said)
    return period
