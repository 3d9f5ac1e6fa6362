"""The questionnaire's sheets, tables and fields: their definitions belong to the methods."""

from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from analysis.project import ProjectError, Settings
from analysis.survey.asked.fields import (
    AB,
    BENEFICIARIES,
    CONDITION,
    CONTRIBUTION,
    COST,
    DURATION,
    EASE,
    EXTERNAL,
    IMPACT,
    IMPORTANCE,
    INTERNAL,
    LONG,
    MATURITY,
    SAATY,
    SHORT,
    UNCERTAINTY,
    URGENCY,
    Choice,
    Field,
)
from analysis.survey.asked.labels import BESIDE, alike
from analysis.text import N_, _, language

# Columns beside the answers of every table that survey.kept makes.
COLUMNS = {"unit", "item", "tb", "code", "name", "statement", "weight", "dimension", "group"}
COLUMNS |= {"unit_name", "unit_short", "group_name", "dimension_name", "dimension_short"}


@dataclass(frozen=True)
class Table:
    """One block of the questionnaire: a row per item, a column per field.

    `scheme` is the column that categorises the items. A table without items has `slots`: codes
    of rows that a unit may fill with what it thinks of itself. `codes` are the rows either way.
    """

    name: str
    sheet: str
    title: str
    fields: tuple[Field, ...]
    scheme: str = ""
    slots: tuple[str, ...] = ()
    tb: bool = False
    coordinator: bool = False
    items: pd.DataFrame = field(default_factory=pd.DataFrame)

    @cached_property
    def codes(self) -> list[str]:
        return list(self.slots) or list(self.items["code"])

    @cached_property
    def names(self) -> dict[str, str]:
        """By its code what a row asks, in few words: of two dimensions both names."""
        names = self.items.get("name")
        if names is None:
            names = self.items["left_name"] + " – " + self.items["right_name"]
        return dict(zip(self.items["code"], names, strict=True))

    @cached_property
    def required(self) -> list[Field]:
        """Fields that completeness counts; none in rows that are optional as a whole."""
        return [] if self.slots else [f for f in self.fields if f.required]


def _slots(prefix: str, count: int) -> tuple[str, ...]:
    return tuple(f"{prefix}{n}" for n in range(1, count + 1))


def headings(settings: Settings, file: str) -> None:
    """Raise ProjectError where an element of the vision cannot head a column of its own.

    `file`: where that is set. Ingest finds an answer's column by its heading, and a table's column
    by its name.
    """
    elements = settings.vision.elements
    names: list[tuple[int | None, str, str]] = [(None, _("formulir"), _(t)) for t in BESIDE]
    names += [(n, e.id, e.name) for n, e in enumerate(elements)]
    wrong = [(n, "name", told) for n, told in alike(names)]
    wrong += [
        (n, "id", _("“{id}” dipakai program; pilih kata lain").format(id=e.id))
        for n, e in enumerate(elements)
        if e.id in COLUMNS
    ]
    if wrong:
        said = _("{file}: isian vision.elements.{number}.{entry}: {message}")
        raise ProjectError(
            "\n".join(
                said.format(file=file, number=n, entry=entry, message=told)
                for n, entry, told in wrong
            )
        )


def tables(settings: Settings) -> tuple[Table, ...]:
    """Every table without its items, in the order of the workbook's sheets."""
    english = language() == "en"
    elements = tuple(
        Field(e.id, e.name_en if english else e.name, CONTRIBUTION, required=True)
        for e in settings.vision.elements
    )
    evidence = Field("evidence", N_("Bukti atau alasan"), LONG)
    note = Field("note", N_("Catatan"), LONG)
    impact = Field("impact", N_("Dampak"), IMPACT, required=True)
    uncertainty = Field("uncertainty", N_("Ketidakpastian"), UNCERTAINTY, required=True)
    importance = Field("importance", N_("Kepentingan"), IMPORTANCE, required=True)
    external = Field("rating", N_("Penilaian"), EXTERNAL, required=True)
    internal = Field("rating", N_("Penilaian"), INTERNAL, required=True)
    level = Field("level", N_("Tingkat"), MATURITY, required=True)
    future, environment = N_("1 Masa Depan"), N_("2 Kondisi Eksternal")
    swot, vision = N_("5 SWOT"), N_("6 Visi")
    return (
        Table(
            "future",
            future,
            N_("Faktor pendorong perubahan"),
            (impact, uncertainty, evidence),
            scheme="steep",
            tb=True,
        ),
        Table(
            "future_own",
            future,
            N_("Faktor lain menurut unit Anda (bila ada)"),
            (
                Field("name", N_("Faktor pendorong"), SHORT, required=True),
                Field("steep", N_("Kategori"), Choice("steep"), required=True),
                impact,
                uncertainty,
                evidence,
            ),
            slots=_slots("MD-A", 3),
        ),
        Table(
            "external",
            environment,
            N_("Faktor lingkungan eksternal"),
            (importance, external, evidence),
            scheme="pestel",
            tb=True,
        ),
        Table(
            "external_own",
            environment,
            N_("Faktor lain menurut unit Anda (bila ada)"),
            (
                Field("name", N_("Faktor eksternal"), SHORT, required=True),
                Field("pestel", N_("Kategori"), Choice("pestel"), required=True),
                importance,
                external,
                evidence,
            ),
            slots=_slots("KE-A", 3),
        ),
        Table(
            "readiness",
            N_("3 Kesiapan Daerah"),
            N_("Indikator kesiapan"),
            (level, evidence),
            scheme="subelement",
            tb=True,
        ),
        Table(
            "spbe",
            N_("3b SPBE"),
            N_("Indikator SPBE (diisi unit koordinator)"),
            (level, evidence),
            scheme="aspect",
            tb=True,
            coordinator=True,
        ),
        Table(
            "gap",
            N_("4 Kesenjangan"),
            N_("Kondisi sekarang dan sasaran lima tahun"),
            (
                Field("current", N_("Sekarang"), CONDITION, required=True),
                Field("target", N_("Sasaran"), CONDITION, required=True),
                importance,
                Field("obstacle", N_("Hambatan utama"), Choice("obstacle"), required=True),
                note,
            ),
            scheme="subdimension",
            tb=True,
        ),
        Table(
            "swot",
            swot,
            N_("Faktor internal pemerintah kota"),
            (importance, internal, note),
            scheme="element",
            tb=True,
        ),
        Table(
            "swot_lines",
            swot,
            N_("Kekuatan, kelemahan, peluang, dan ancaman menurut unit Anda"),
            (Field("text", N_("Uraian"), LONG, required=True),),
            slots=tuple(f"SWOT-{letter}{n}" for letter in "SWOT" for n in (1, 2, 3)),
        ),
        Table(
            "pairs",
            vision,
            N_("Perbandingan berpasangan dimensi Smart City"),
            (
                Field("more", N_("Mana yang lebih penting"), AB, required=True),
                Field("strength", N_("Seberapa lebih penting"), SAATY, required=True),
            ),
        ),
        Table(
            "contribution",
            vision,
            N_("Sumbangan setiap dimensi bagi visi kota"),
            elements,
            scheme="dimension",
        ),
        Table(
            "sentence",
            vision,
            N_("Usulan kalimat visi Smart City"),
            (Field("text", N_("Kalimat visi"), LONG, required=True),),
            slots=("VS-1",),
        ),
        Table(
            "quickwin",
            N_("7 Quick Win"),
            N_("Usulan program unggulan"),
            (
                Field("name", N_("Nama program"), SHORT, required=True),
                Field("dimension", N_("Dimensi"), Choice("dimension"), required=True),
                Field("subdimension", N_("Subdimensi"), Choice("subdimension"), required=True),
                impact,
                Field("ease", N_("Kemudahan"), EASE, required=True),
                Field("urgency", N_("Urgensi"), URGENCY, required=True),
                Field("cost", N_("Biaya"), COST, required=True),
                Field("duration", N_("Lama"), DURATION, required=True),
                Field("beneficiaries", N_("Penerima manfaat"), BENEFICIARIES, required=True),
                Field("lead", N_("Unit penanggung jawab"), SHORT),
            ),
            slots=_slots("QW-", 5),
        ),
    )
