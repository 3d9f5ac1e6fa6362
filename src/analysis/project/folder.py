"""Where things are in a project folder: one city, and the same layout for every other."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from analysis import fingerprint
from analysis.project import settings
from analysis.project.errors import ProjectError
from analysis.project.settings import Settings
from analysis.text import _

SETTINGS = Path("data/raw/city.toml")


@dataclass(frozen=True)
class Project:
    """One project folder; every path of the program is derived here."""

    root: Path

    @classmethod
    def find(cls, start: Path | str | None = None) -> "Project":
        """The project at `start`, or the nearest one upwards from the working directory.

        Raises ProjectError where there is none.
        """
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
                "Pindahlah ke folder proyek atau sebutkan dengan --root."
            ).format(here=here, file=SETTINGS)
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
        return self.root / "notebooks"

    def questions(self) -> str:
        """The fingerprint of what is asked, of whom and about what: all raw data but answers."""
        folders = [self.raw, self.raw / "instrument"]
        return fingerprint.files(self.raw, [p for f in folders for p in f.glob("*.*")])

    def sample(self, period: str) -> Path:
        return self.raw / "sample" / period

    def responses(self, period: str) -> Path:
        return self.raw / "responses" / period

    def processed(self, period: str) -> Path:
        return self.root / "data" / "processed" / period

    def reports(self, period: str = "") -> Path:
        return self.root / "reports" / period
