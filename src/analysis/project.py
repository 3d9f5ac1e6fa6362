"""Where things are in a project folder, and the city's settings, validated.

A project folder is one city: another city is another folder with the same layout.
"""

import os
import tempfile
import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from analysis import fingerprint
from analysis.text import _

SETTINGS = Path("data/raw/city.toml")


class ProjectError(Exception):
    """The project folder cannot be used as it is; the message says why and how to mend it."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Element(_Strict):
    """One promise of the city's vision, such as *Sehat*."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    name: str
    name_en: str


class Mission(_Strict):
    number: int
    text: str
    text_en: str


class Vision(_Strict):
    text: str
    elements: Annotated[list[Element], Field(min_length=1)]
    missions: list[Mission] = []


class Thresholds(_Strict):
    """Where scales are cut: levels on their own scale, horizons in months.

    `answered`: the share of its required cells that a unit must have filled to count as answered.
    """

    answered: Annotated[float, Field(gt=0, le=1)] = 0.5

    future_cut: Annotated[float, Field(ge=1, le=5)] = 3.0
    readiness: Annotated[float, Field(ge=1, le=5)] = 2.6
    consistency: Annotated[float, Field(gt=0)] = 0.10
    horizons: Annotated[list[int], Field(min_length=4, max_length=4)] = [12, 24, 60, 120]


class Predicate(_Strict):
    name: str
    name_en: str
    minimum: Annotated[float, Field(ge=1, le=5)]


class QuickWin(_Strict):
    """Budget in million rupiah, and the criteria of the ranking with their weights."""

    budget: Annotated[float, Field(gt=0)]
    cost_criteria: list[str]
    weights: dict[str, Annotated[float, Field(gt=0)]]

    @model_validator(mode="after")
    def _costs_are_criteria(self):
        unknown = set(self.cost_criteria) - set(self.weights)
        if unknown:
            raise ValueError(f"cost_criteria: {sorted(unknown)}")
        return self


class Settings(_Strict):
    """The city and its choices: ``data/raw/city.toml``."""

    name: str
    province: str
    code: str
    bps_code: str
    timezone: str = "Asia/Jakarta"
    period: Annotated[str, Field(pattern=r"^[0-9A-Za-z-]+$")]
    seed: int = 2023
    vision: Vision
    thresholds: Thresholds = Thresholds()
    predicates: Annotated[list[Predicate], Field(min_length=1)]
    quickwin: QuickWin


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
        path = self.root / SETTINGS
        try:
            return Settings.model_validate(tomllib.loads(path.read_text("utf-8-sig")))
        except tomllib.TOMLDecodeError as error:
            raise ProjectError(f"{SETTINGS}: {error}") from error
        except ValidationError as error:
            wrong = "\n".join(
                f"  {'.'.join(map(str, e['loc'])) or '-'}: {e['msg']}" for e in error.errors()
            )
            raise ProjectError(f"{SETTINGS}:\n{wrong}") from error

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


def write(path: Path, data: bytes | str) -> None:
    """Write a file whole or not at all: beside it first, then in its place."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data.encode("utf-8") if isinstance(data, str) else data)
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise
