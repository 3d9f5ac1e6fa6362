"""Where things are in a project folder: one city and its periods; every other has this layout."""

import os
import re
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from analysis import fingerprint
from analysis.project import files, settings
from analysis.project.errors import ProjectError
from analysis.project.settings import Settings
from analysis.refusals import meant
from analysis.text import _

SETTINGS = Path("data/raw/city.toml")
CHOICES = "period.toml"  # makes a folder beside it a period
TRIALS = "coba"  # the folder among the notebooks for what is only tried out
EVIDENCE = "evidence"  # the folder among answers for what proves them; none of it is an answer
# What a notebook runs for, wherever it lies: a project, and a period of it.
ROOT, PERIOD = "MASTERPLAN_ROOT", "MASTERPLAN_PERIOD"


@dataclass(frozen=True)
class Project:
    """One project folder in one of its periods; every path of the program is derived here.

    `trusted`: the folder of notebooks that are run instead of its own. `asked`: the period that was
    asked for; see `period`. `beside`: the later period that this one is read anew for, as what a
    run makes of its own period is never written to another's folder.
    """

    root: Path
    trusted: Path | None = None
    asked: str = ""
    beside: str = ""

    @classmethod
    def find(cls, start: Path | str | None = None, period: str = "") -> "Project":
        """The project at `start`, or the nearest one upwards from the working directory.

        In a notebook that is run, it is the one that it is run for, in that period. Raises
        ProjectError where there is none.
        """
        if start is None and (start := os.environ.get(ROOT)) is not None:
            period = period or os.environ.get(PERIOD, "")
        if start is not None:
            root = Path(start).resolve()
            if (root / SETTINGS).is_file():
                return cls(root, asked=period)
            raise ProjectError(
                _("{root} bukan folder proyek: berkas {file} tidak ada.").format(
                    root=root, file=SETTINGS
                )
            )
        here = Path.cwd()
        for folder in (here, *here.parents):
            if (folder / SETTINGS).is_file():
                return cls(folder, asked=period)
        raise ProjectError(
            _(
                "Tidak ada folder proyek di {here} atau di atasnya (yang memuat {file}). "
                "Pindahlah ke folder proyek, atau sebutkan folder itu: di terminal dengan --root, "
                'di notebook dengan root="...", atau dalam variabel lingkungan {variable}.'
            ).format(here=here, file=SETTINGS.as_posix(), variable=ROOT)
        )

    def at(self, period: str) -> "Project":
        """The same city in another period."""
        return replace(self, asked=period)

    def earlier(self, period: str) -> "Project":
        """The same city in an earlier period, read anew to be compared with this one."""
        return replace(self, asked=period, beside=self.period)

    @property
    def periods(self) -> list[str]:
        """The periods of the city, the newest last: their numbers count as numbers."""
        names = [path.parent.name for path in self.raw.glob(f"*/{CHOICES}")]
        return sorted((n for n in names if re.fullmatch(settings.PERIOD, n)), key=_natural)

    @cached_property
    def period(self) -> str:
        """The period that was asked for, or else the newest with answers, or else with a sample.

        Or else the newest. Raises ProjectError where there is none, or none of this name.
        """
        known, asked = self.periods, self.asked and checked(self.asked)
        if not known:
            raise ProjectError(self._without_periods)
        if not asked:
            kinds = ("responses", "sample")
            held = ([n for n in known if _holds(self.raw / n / kind)] for kind in kinds)
            return next(filter(None, held), known)[-1]
        if asked not in known:
            said = _("Periode “{period}” tidak ada.").format(period=asked)
            raise ProjectError(f"{said} {meant(asked, known)}")
        return asked

    @property
    def _without_periods(self) -> str:
        if (self.raw / "units.csv").exists() or (self.raw / "instrument").exists():
            return _(
                "Folder ini bersusunan lama: pengaturan, daftar unit, dan instrumennya belum per "
                "periode. Jalankan `masterplan migrate`; tidak ada yang hilang."
            )
        return _("Belum ada periode: tidak ada {file}.").format(
            file=(SETTINGS.parent / "*" / CHOICES).as_posix()
        )

    @cached_property
    def settings(self) -> Settings:
        """The settings of the city and of the period; ProjectError names each wrong entry."""
        city, period = SETTINGS.as_posix(), self.choices
        return settings.load((self.root / city, city), (self.root / period, period))

    @property
    def choices(self) -> str:
        """The file of the period's own settings, as people call it."""
        return (SETTINGS.parent / self.period / CHOICES).as_posix()

    @property
    def raw(self) -> Path:
        return self.root / "data" / "raw"

    @property
    def folder(self) -> Path:
        """All raw data of the period."""
        return self.raw / self.period

    @property
    def questionnaire(self) -> Path:
        """The folder of what is asked in the period."""
        return self.folder / "instrument"

    @property
    def questionnaires(self) -> list[Path]:
        """That folder, and those in it of the indices that the period uses."""
        return [self.questionnaire, *(self.questionnaire / id for id in self.settings.indices)]

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
        """The fingerprint of what is asked in the period, of whom and about what.

        It is that of all raw data of the city and the period but answers, what was decided on
        these, and the look and the order of the book.
        """
        found = [p for f in (self.raw, self.folder) for p in f.glob("*.*")]
        found += [p for p in self.questionnaire.rglob("*.*") if p.is_file()]
        found = [p for p in found if p.stem != "buku" and p != self.decisions]
        return fingerprint.files(self.raw, found)

    @property
    def sample(self) -> Path:
        return self.inside(self.folder / "sample")

    @property
    def responses(self) -> Path:
        return self.folder / "responses"

    @property
    def decisions(self) -> Path:
        """What the coordinator decided about the responses."""
        return self.folder / "decisions.csv"

    @property
    def mapping(self) -> Path:
        """What a person said that headings of tables from other forms mean."""
        return self.folder / "mapping.csv"

    @property
    def assessment(self) -> Path:
        """What assessors said of the city, and what is to follow."""
        return self.folder / "assessment.csv"

    @property
    def processed(self) -> Path:
        """Where the tables of the period lie; one that is read for a later one lies below that."""
        folder = Path(self.beside, "earlier") if self.beside else Path()
        return self.inside(self.root / "data" / "processed" / folder / self.period)

    @property
    def reports(self) -> Path:
        return self.inside(self.root / "reports" / self.period)

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


def checked(period: str) -> str:
    """A name that a period may have. Raises ProjectError for any other, wherever it is from."""
    if not re.fullmatch(settings.PERIOD, period):
        said = _("Periode “{period}” {wrong}.").format(
            period=files.visible(period)[:80], wrong=_(settings.WRONG_PERIOD)
        )
        raise ProjectError(said)
    return period


def leads_below(path: Path, folder: Path) -> bool:
    """Whether a path really is below a folder, wherever links in it lead."""
    real, top = os.path.realpath(path), os.path.realpath(folder)
    return os.path.commonpath([real, top]) == top


def _holds(folder: Path) -> bool:
    """Whether anybody has put an answer into a folder, however deep."""
    return any(
        p.is_file() and not fingerprint.litter(p, folder) and not proves(p, folder)
        for p in folder.rglob("*")
    )


def proves(path: Path, folder: Path) -> bool:
    """Whether a path in a folder of answers lies among what proves these."""
    return path.relative_to(folder).parts[0].casefold() == EVIDENCE


def _natural(name: str) -> list[tuple[str, int]]:
    """A name in the order in which people count: 2023-2 comes before 2023-10."""
    return [(words, int(digits or 0)) for words, digits in re.findall(r"(\D*)(\d*)", name)]
