"""Who is asked, and what is known of the city: ``units.csv`` and ``statistics.csv``."""

from collections import Counter
from typing import Literal

import pandas as pd
from pydantic import Field, field_validator

from analysis.project import Project
from analysis.survey.asked.rows import Row, read, refuse
from analysis.text import _


class Unit(Row):
    """One office that fills in a questionnaire."""

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    name: str
    short: str = Field(max_length=18)
    group: Literal["dinas", "badan", "kecamatan", "lainnya"]
    aliases: tuple[str, ...] = ()
    coordinator: Literal["yes", "no"] = "no"
    weight: float = Field(default=1.0, gt=0)
    verified: Literal["yes", "no"]
    source: str

    @field_validator("aliases", mode="before")
    @classmethod
    def _split(cls, value):
        return tuple(a.strip() for a in value.split(";") if a.strip())


class Statistic(Row):
    """One published figure, with its source; `city` is a BPS code, or empty for the nation."""

    indicator: str
    name: str
    name_en: str
    unit: str
    unit_en: str
    city: str = ""
    area: str
    year: int = Field(ge=1900, le=2100)
    value: float
    used: Literal["yes", "no"]
    source: str = Field(min_length=3)
    note: str = ""


def units(project: Project) -> list[Unit]:
    """The register of units, in its order; exactly one of them coordinates."""
    found = read(project.raw / "units.csv", Unit, key=("id",))
    coordinators = [u.id for u in found if u.coordinator == "yes"]
    if len(coordinators) != 1:
        message = _("harus tepat satu unit koordinator; sekarang: {units}").format(
            units=", ".join(coordinators) or "–"
        )
        refuse("raw/units.csv", [(1, "coordinator", message)])
    return found


def statistics(project: Project) -> pd.DataFrame:
    """Published figures on this city and the nation: the columns of `Statistic`.

    `used` is a truth value. Figures of another city are left out. Where sources disagree each
    figure is a row, and at most one row of an indicator, area and year is used.
    """
    path = project.raw / "statistics.csv"
    found = read(path, Statistic, key=("indicator", "area", "year", "value", "source"))
    used = Counter((s.indicator, s.area, s.year) for s in found if s.used == "yes")
    refuse(
        "raw/statistics.csv",
        [
            (line, "used", _("lebih dari satu angka dipakai untuk indikator dan tahun ini"))
            for line, s in enumerate(found, start=2)
            if s.used == "yes" and used[(s.indicator, s.area, s.year)] > 1
        ],
    )
    frame = pd.DataFrame([s.model_dump() for s in found])
    ours = frame["city"].isin(["", project.settings.bps_code])
    return frame.assign(used=frame["used"].eq("yes"))[ours].reset_index(drop=True)
