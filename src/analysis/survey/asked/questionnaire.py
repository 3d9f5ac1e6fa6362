"""The questionnaire's sheets, tables and fields, as ``tables.toml`` has them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import groupby
from pathlib import Path

import pandas as pd

from analysis.project import Settings
from analysis.survey.asked import form
from analysis.survey.asked.fields import (
    MOST,
    Amount,
    Anchor,
    Balance,
    Choice,
    Field,
    Kind,
    Scale,
    Text,
)
from analysis.survey.asked.form import Form
from analysis.survey.asked.register import Unit
from analysis.text import Spoken


@dataclass(frozen=True)
class Scheme:
    """A way of sorting: what it is called, and above a column of a form; and the scheme above."""

    id: str
    title: Spoken
    heading: Spoken
    parent: str = ""


@dataclass(frozen=True)
class Table:
    """One block of the questionnaire: a row per item, a column per field.

    `scheme` is the column that categorises the items; `shown` the scheme of which the form shows
    the categories beside them. A table without items has `slots`: codes of rows that a unit may
    fill with what it thinks of itself, each with its category in `scheme`, if that sorts them.
    `pairs`: each item compares two categories of the scheme; `every`: each category has an item,
    or nothing could be computed of it. `texts`: what each item has to read beside its statement.
    `own`: by its code the scale of an item whose levels mean something else than those of the
    others. `size` and `weights`: how many items a questionnaire of this kind has, and the sum of
    their weights. `owned`: each item is asked of the unit that answers for it alone, its `owner`,
    or without one the coordinator. `derived`: what follows from the answers in its rows.
    `unverified`: codes of items that may be called otherwise. `anchors`: by code what each level
    of an item asks for, where that is said. `folder`: where the file of its items stands.
    """

    name: str
    sheet: Spoken
    title: Spoken
    guide: Spoken
    fields: tuple[Field, ...]
    scheme: str = ""
    shown: str = ""
    slots: Mapping[str, str] = field(default_factory=dict)
    pairs: bool = False
    every: bool = False
    texts: tuple[str, ...] = ()
    tb: bool = False
    owned: bool = False
    size: int | None = None
    weights: float | None = None
    items: pd.DataFrame = field(default_factory=pd.DataFrame)
    own: Mapping[str, Scale] = field(default_factory=dict)
    derived: tuple[Balance, ...] = ()
    unverified: frozenset[str] = frozenset()
    anchors: Mapping[str, Mapping[int, Anchor]] = field(default_factory=dict)
    folder: Path = Path()

    @property
    def file(self) -> Path:
        """The file of its items."""
        return self.folder / f"{self.name}.csv"

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

    def asked_of(self, unit: Unit) -> "Table | None":
        """The table with what a unit is asked of it; None where that is nothing."""
        if not self.owned:
            return self
        own = [o == unit.id or (not o and unit.coordinator == "yes") for o in self.items["owner"]]
        if all(own):
            return self
        return replace(self, items=self.items[own].reset_index(drop=True)) if any(own) else None

    def asks(self, units: pd.DataFrame) -> pd.DataFrame:
        """Which of the units (unit, coordinator, ...) is asked what: a row per item and unit."""
        if not self.owned:
            return self.items[["code"]].merge(units, how="cross")
        owners = self.items["owner"].replace("", "".join(units["unit"][units["coordinator"]]))
        return self.items[["code"]].assign(unit=owners).merge(units, on="unit")

    @cached_property
    def required(self) -> list[Field]:
        """Fields that completeness counts; none in rows that are optional as a whole."""
        return [] if self.slots else [f for f in self.fields if f.required]

    @property
    def columns(self) -> dict[str, str]:
        """What its answers hold: each field's kind, and “category” of what sorts its items."""
        if self.slots:
            sorts = [self.scheme] if self.scheme else []
        else:
            sorts = [c.removesuffix("_name") for c in self.items if c.endswith("_name")]
        kinds = {f.name: f.kind.what for f in self.fields} | {f.name: f.what for f in self.derived}
        return dict.fromkeys(sorts, "category") | kinds

    def asked(self, code: str) -> tuple[Field, ...]:
        """The fields of one row: its level may be on a scale of its own."""
        if code not in self.own:
            return self.fields
        levels = {f.name: replace(f, kind=self.own[code]) for f in self.scaled}
        return tuple(levels.get(f.name, f) for f in self.fields)

    @cached_property
    def scaled(self) -> list[Field]:
        """The fields that hold a level."""
        return [f for f in self.fields if isinstance(f.kind, Scale)]

    @cached_property
    def parts(self) -> list[tuple[int, int, Scale | None]]:
        """Rows in a stretch with a scale of their own, or with none: first, last, scale."""
        rows = groupby(enumerate(self.codes), key=lambda row: self.own.get(row[1]))
        stretches = [(scale, [n for n, _code in part]) for scale, part in rows]
        return [(numbers[0], numbers[-1], scale) for scale, numbers in stretches]

    @property
    def notes(self) -> str:
        """The field in which people write beside their answers; empty where there is none."""
        return next((f.name for f in self.fields if isinstance(f.kind, Text)), "")

    def field(self, name: str) -> Field:
        """One of its fields by its name."""
        return next(f for f in self.fields if f.name == name)

    def scale(self, name: str) -> Scale:
        """The scale of one of its fields."""
        kind = self.field(name).kind
        assert isinstance(kind, Scale)
        return kind


def schemes(written: Form) -> dict[str, Scheme]:
    """Every scheme by its id."""
    return {
        s.id: Scheme(s.id, s.said("title"), s.said("heading" if s.heading else "title"), s.parent)
        for s in written.schemes
    }


def tables(written: Form, scales: Mapping[str, Scale], settings: Settings) -> tuple[Table, ...]:
    """Every table without its items, in the order of the workbook's sheets; see `rules.check`."""
    return tuple(
        Table(
            name=t.name,
            sheet=next((s.said("title") for s in written.sheets if s.id == t.sheet), Spoken("")),
            title=t.said("title"),
            guide=t.said("guide"),
            fields=tuple(_fields(t, scales, settings)),
            derived=tuple(_derived(t)),
            scheme=t.scheme,
            shown=t.shown or t.scheme,
            slots=_slots(t),
            pairs=t.pairs,
            every=t.every,
            texts=t.texts,
            tb=t.tb,
            owned=t.owned,
            size=t.items,
            weights=t.weights,
            folder=t.folder,
        )
        for t in written.tables
    )


def _slots(table: form.Table) -> dict[str, str]:
    if isinstance(table.slots, list):
        return dict.fromkeys(table.slots, "")
    return {code: category for category, codes in table.slots.items() for code in codes}


def _fields(table: form.Table, scales: Mapping[str, Scale], settings: Settings) -> Iterator[Field]:
    for entry in table.fields:
        if entry.balance:
            continue
        kind = _kind(entry, scales)
        if not entry.each:
            yield Field(entry.name or "", entry.said("title"), kind, entry.required, entry.width)
            continue
        for element in settings.vision.elements:
            yield Field(element.id, element.said("name"), kind, entry.required, entry.width)


def _derived(table: form.Table) -> Iterator[Balance]:
    for entry in table.fields:
        if entry.balance:
            yield Balance(entry.name or "", entry.said("title"), *entry.balance, entry.bands)


def _kind(entry: form.Field, scales: Mapping[str, Scale]) -> Kind:
    if entry.scale is not None:
        return scales.get(entry.scale, Scale(0, 0, {}))
    if entry.choice is not None:
        return Choice(entry.choice)
    if entry.options is not None:
        return Choice(options=entry.options)
    if entry.amount is not None:
        most = MOST if entry.maximum is None else entry.maximum
        return Amount(entry.amount, entry.said("unit"), entry.minimum, entry.whole, most)
    return Text(entry.text or 0, entry.units)
