"""Who is asked, and what is known of the city: ``units.csv`` and ``statistics.csv``."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Annotated, Literal

import pandas as pd
from pydantic import Field, field_validator

from analysis.project import Project, ProjectError
from analysis.project.words import called, shaped, words
from analysis.refusals import near
from analysis.survey.asked.labels import alike, simplify
from analysis.survey.asked.rows import Number, Row, Whole, Wrong, read, refuse
from analysis.survey.asked.rows import called as named
from analysis.text import N_, _


class Unit(Row):
    """One office that fills in a questionnaire."""

    id: Annotated[
        str,
        *shaped(
            "[a-z][a-z0-9-]*", N_("harus huruf kecil, angka, atau tanda hubung, diawali huruf")
        ),
    ]
    name: Annotated[str, *called(120)]
    short: Annotated[str, *called(18)]
    group: Literal["dinas", "badan", "kecamatan", "lainnya"]
    aliases: tuple[str, ...] = ()
    coordinator: Literal["yes", "no"] = "no"
    weight: Number = Field(default=1.0, gt=0, le=1e6)
    verified: Literal["yes", "no"]
    source: Annotated[str, *words(500)]

    @property
    def names(self) -> list[tuple[str, str]]:
        """What the unit is called, each with the column that says so."""
        own = [("id", self.id), ("name", self.name), ("short", self.short)]
        return own + [("aliases", alias) for alias in self.aliases]

    @field_validator("aliases", mode="before")
    @classmethod
    def _split(cls, value: str) -> tuple[str, ...]:
        return tuple(a.strip() for a in value.split(";") if a.strip())


class Statistic(Row):
    """One published figure, with its source; `city` is a BPS code, or empty for the nation."""

    indicator: Annotated[str, *words(40)]
    name: Annotated[str, *words(120)]
    name_en: Annotated[str, *words(120)]
    unit: Annotated[str, *words(40)]
    unit_en: Annotated[str, *words(40)]
    city: str = ""
    area: Annotated[str, *words(60)]
    year: Whole = Field(ge=1900, le=2100)
    value: Number
    used: Literal["yes", "no"]
    source: str = Field(min_length=3)
    note: str = ""


def units(project: Project) -> list[Unit]:
    """The register of units, in its order.

    Exactly one of them coordinates, and nothing that one is called is a name of another. Raises
    ProjectError that names file, row and column of whatever is wrong.
    """
    found = read(path := project.folder / "units.csv", Unit, key=("id",))
    coordinators = [u.id for u in found if u.coordinator == "yes"]
    if len(coordinators) != 1:
        message = _("harus tepat satu unit koordinator; sekarang: {units}").format(
            units=", ".join(coordinators) or "–"
        )
        refuse(named(path), [(1, "coordinator", message)])
    names = [((u.line, column), u.id, name) for u in found for column, name in u.names]
    refuse(named(path), [(*place, told) for place, told in alike(names)])
    return found


def known_as(names: Iterable[str], register: list[Unit]) -> list[Unit]:
    """The units that people call so, by id, name, short name or alias, in the register's order.

    All of them without names. Raises ProjectError that proposes near ones for a name that none has.
    """
    known = {simplify(name): unit for unit in register for _column, name in unit.names}
    found, unknown = set(), []
    for name in names:
        said = simplify(name)
        if unit := known.get(said):
            found.add(unit.id)
            continue
        meant = near(said, known, 5)
        shown = list(dict.fromkeys(f"{known[n].short} ({known[n].id})" for n in meant))
        told = _("Perangkat daerah “{name}” tidak ada.").format(name=name)
        if shown:
            told += " " + _("Maksud Anda: {names}?").format(names=", ".join(shown))
        else:
            told += " " + _("Pilihan: {names}.").format(names=", ".join(u.id for u in register))
        unknown.append(told)
    if unknown:
        raise ProjectError("\n".join(unknown))
    return [unit for unit in register if unit.id in found or not found]


def published(project: Project) -> list[Statistic]:
    """The rows of ``statistics.csv``, those of other cities too, each valid by itself."""
    key = ("indicator", "area", "year", "value", "source")
    return read(project.raw / "statistics.csv", Statistic, key=key)


def statistics(project: Project) -> pd.DataFrame:
    """Published figures on this city and the nation: the columns of `Statistic`.

    `used` is a truth value. Figures of another city are left out. Where sources disagree each
    figure is a row, and at most one row of an indicator, area and year is used. Each figure has its
    own source: see `_lumped`.
    """
    found = published(project)
    used = Counter((s.indicator, s.area, s.year) for s in found if s.used == "yes")
    wrong = [
        (s.line, "used", _("lebih dari satu angka dipakai untuk indikator dan tahun ini"))
        for s in found
        if s.used == "yes" and used[(s.indicator, s.area, s.year)] > 1
    ]
    wrong += [
        (s.line, "value", _("indeks SPBE harus dari 1 sampai 5"))
        for s in found
        if s.indicator == "spbe_index" and not 1 <= s.value <= 5
    ]
    refuse("raw/statistics.csv", [*wrong, *_lumped(found)])
    frame = pd.DataFrame([s.model_dump() for s in found])
    ours = frame["city"].isin(["", project.settings.bps_code])
    return frame.assign(used=frame["used"].eq("yes"))[ours].reset_index(drop=True)


def inhabitants(project: Project) -> pd.Series | None:
    """The newest number of the city's inhabitants in use: a row of `statistics`, None without."""
    known = statistics(project).query("used and indicator == 'population' and area == 'kota'")
    return None if known.empty else known.loc[known["year"].idxmax()]


def _lumped(figures: list[Statistic]) -> Iterable[Wrong]:
    """Sources pasted on several years of a series, so that nobody can tell which printed what.

    One publication may print several years, but then it says which one it is: by its date, its
    number or its address.
    """
    years = defaultdict(set)
    for s in figures:
        years[s.indicator, s.area, s.source.casefold()].add(s.year)
    for s in figures:
        if len(years[s.indicator, s.area, s.source.casefold()]) == 1:
            continue
        if ";" in s.source:
            told = _(
                "beberapa sumber sekaligus untuk beberapa tahun; tulis di setiap baris hanya "
                "sumber yang mencetak angka tahun itu"
            )
            yield s.line, "source", told
        elif not re.search(r"\d|\w/\w", s.source):
            told = _(
                "satu sumber untuk beberapa tahun; sebutkan terbitannya dengan tanggal, nomor, "
                "atau alamat"
            )
            yield s.line, "source", told
