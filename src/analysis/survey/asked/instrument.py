"""The instrument: the questionnaire's tables (code) filled with their items (data).

The one source that forms, ingest, table schemas, the codebook and problem messages read. Items,
their wording, category and order are data in ``instrument/`` of a period, which a coordinator may
edit.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import combinations
from typing import Annotated

import pandas as pd
from pydantic import Field as Checked
from pydantic import create_model

from analysis.project import Project
from analysis.project.words import CODE, shaped, words
from analysis.refusals import unknown
from analysis.survey.asked.labels import alike, simplify
from analysis.survey.asked.questionnaire import Table, headings, tables
from analysis.survey.asked.rows import Number, Row, Wrong, read, refuse
from analysis.text import N_, _, language

SCHEMES = {
    "group",
    "dimension",
    "subdimension",
    "element",
    "subelement",
    "steep",
    "pestel",
    "domain",
    "aspect",
    "obstacle",
    "swot",
}
SWOT = ("strength", "weakness", "opportunity", "threat")  # as the form's own rows name them
POLES = ("pole_low", "pole_high")
PARENTS = {"subdimension": "dimension", "subelement": "element", "aspect": "domain"}


class Category(Row):
    """A row of ``categories.csv``: a dimension, an element, a group of units."""

    scheme: str
    id: Annotated[
        str,
        *shaped(
            "[a-z][a-z0-9_-]*", N_("harus huruf kecil, angka, atau tanda hubung, diawali huruf")
        ),
    ]
    parent: str = ""
    weight: Number = Checked(default=1.0, gt=0, le=1e6)
    name: Annotated[str, *words(80)]
    short: Annotated[str, *words(18)]
    name_en: Annotated[str, *words(80)]
    short_en: Annotated[str, *words(18)]


class Item(Row):
    """A row of an item file: what is asked, in both languages."""

    code: CODE
    category: str = ""
    weight: Number = Checked(default=1.0, gt=0, le=1e6)
    name: Annotated[str, *words(30)]
    statement: Annotated[str, *words(1000)]
    name_en: Annotated[str, *words(30)]
    statement_en: Annotated[str, *words(1000)]


class Driver(Item):
    """A row of ``future.csv``: a driver of change and, optionally, what its two ends are.

    A pole is a clause as a sentence bears it: “Bila … dan …”.
    """

    pole_low: Annotated[str, *words(60)] = ""
    pole_high: Annotated[str, *words(60)] = ""
    pole_low_en: Annotated[str, *words(60)] = ""
    pole_high_en: Annotated[str, *words(60)] = ""


class Pair(Row):
    """A row of ``pairs.csv``: two dimensions to compare."""

    code: CODE
    left: str
    right: str


@dataclass(frozen=True)
class Instrument:
    """The whole questionnaire of one city: its tables with their items, and the categories.

    `categories` has the columns scheme, id, parent, weight, name and short; each table's items
    have code, name, statement, weight, and for every scheme above them the id and its
    ``<scheme>_name`` and ``<scheme>_short``; drivers of change also pole_low and pole_high, both
    empty where a questionnaire has none.
    """

    tables: tuple[Table, ...]
    categories: pd.DataFrame

    @classmethod
    def load(cls, project: Project) -> "Instrument":
        """Read and check the period's ``instrument/``, in the language in use.

        Raises ProjectError that names file, row and column of whatever is wrong.
        """
        headings(project.settings, project.choices)
        categories = _categories(project)
        filled: list[Table] = []
        codes: dict[str, str] = {}
        for table in tables(project.settings):
            if not table.slots:
                table = replace(table, items=_items(project, table, categories, codes))
            filled.append(table)
        return cls(tuple(filled), categories)

    def table(self, name: str) -> Table:
        """One table by its name. Raises Unknown for a name that none has."""
        known = {table.name: table for table in self.tables}
        if name not in known:
            raise unknown(_("Tabel"), name, known)
        return known[name]

    def scheme(self, name: str) -> pd.DataFrame:
        """The categories of one scheme, indexed by id, in their order."""
        return self._schemes[name]

    @cached_property
    def _schemes(self) -> dict[str, pd.DataFrame]:
        """Split once: ingest asks for a scheme at every cell that holds a choice."""
        return {name: part.set_index("id") for name, part in self.categories.groupby("scheme")}

    @cached_property
    def typed(self) -> dict[str, dict[str, str]]:
        """By scheme: what may be typed for each category, simplified, and the id it means."""
        return {
            name: {
                simplify(text): id
                for column in (part.index, part["short"], part["name"])
                for id, text in zip(part.index, column, strict=True)
            }
            for name, part in self._schemes.items()
        }

    @cached_property
    def rows(self) -> dict[str, Table]:
        """The table to which each row code belongs; codes are unique in the whole workbook."""
        return {code: table for table in self.tables for code in table.codes}


def categories(project: Project) -> list[Category]:
    """The rows of ``categories.csv``, each valid by itself."""
    path = project.folder / "instrument" / "categories.csv"
    return read(path, Category, key=("scheme", "id"))


def _categories(project: Project) -> pd.DataFrame:
    rows = categories(project)
    known = {(r.scheme, r.id) for r in rows}
    wrong = []
    for row in rows:
        if row.scheme not in SCHEMES:
            wrong.append((row.line, "scheme", _("{value} tidak dikenal").format(value=row.scheme)))
        if row.scheme == "swot" and row.id not in SWOT:
            wrong.append((row.line, "id", _("{value} tidak dikenal").format(value=row.id)))
        parent = PARENTS.get(row.scheme)
        if (parent, row.parent) not in known and (parent or row.parent):
            wrong.append((row.line, "parent", _("{value} tidak dikenal").format(value=row.parent)))
    needed = {*((scheme, None) for scheme in SCHEMES), *(("swot", id) for id in SWOT)}
    absent = needed - {(r.scheme, None) for r in rows} - known
    wrong += [
        (1, "scheme" if id is None else "id", _("{value} tidak ada").format(value=id or scheme))
        for scheme, id in sorted(absent, key=str)
    ]
    for scheme in sorted(SCHEMES):
        names = [
            ((r.line, column), r.id, getattr(r, column))
            for r in rows
            if r.scheme == scheme
            for column in ("id", "short", "name")
        ]
        wrong += [(*place, told) for place, told in alike(names)]
    refuse("instrument/categories.csv", wrong)
    return in_language(pd.DataFrame([r.model_dump() for r in rows]), "name", "short")


@cache
def _item(base: type[Item], scheme: str) -> type[Item]:
    """The rows of a table whose items are categorised by a scheme: its column is named so."""
    return create_model("Item", __base__=base, category=(str, Checked(alias=scheme)))


def _items(
    project: Project, table: Table, schemes: pd.DataFrame, codes: dict[str, str]
) -> pd.DataFrame:
    """The items of a table; `schemes` are the categories of all schemes.

    `codes` are those of other tables, each with its file, and grow.
    """
    name = f"instrument/{table.name}.csv"
    path = project.folder / name
    rows: Sequence[Item | Pair]
    pairs: list[Pair] = []
    if table.name == "pairs":
        rows = pairs = read(path, Pair, key=("code",))
        references = [("left", "dimension"), ("right", "dimension")]
        frame = pd.DataFrame([r.model_dump() for r in rows])
    else:
        future = table.name == "future"
        rows = read(path, _item(Driver if future else Item, table.scheme), key=("code",))
        references = [(table.scheme, table.scheme)]
        frame = pd.DataFrame([r.model_dump() for r in rows])
        frame = in_language(frame, "name", "statement", *(POLES if future else ()))
        frame = frame.rename(columns={"category": table.scheme})
    wrong = [
        (r.line, "code", _("{code} sudah dipakai dalam {file}").format(code=r.code, file=other))
        for r in rows
        if (other := codes.setdefault(r.code, name)) != name
    ]
    for column, scheme in references:
        known = list(schemes.loc[schemes["scheme"] == scheme, "id"])
        wrong += [
            (row.line, column, _("{value} tidak dikenal").format(value=value))
            for row, value in zip(rows, frame[column], strict=True)
            if value not in known
        ]
    if pairs:
        wrong += _pairs(pairs, known)
    wrong += [cell for row in rows if isinstance(row, Driver) for cell in _poles(row)]
    if table.name == "contribution":
        wrong += [
            (1, "dimension", _("{value} tidak ada").format(value=id))
            for id in known
            if id not in set(frame["dimension"])
        ]
    refuse(name, wrong)
    for column, scheme in references:
        frame = _with_names(frame, column, scheme, schemes)
        if scheme in PARENTS:
            frame = _with_names(frame, PARENTS[scheme], PARENTS[scheme], schemes)
    return frame


def _poles(row: Driver) -> Iterator[Wrong]:
    """The poles that a driver lacks beside others: it has both in both languages, or none."""
    texts = {name: getattr(row, name) for pole in POLES for name in (pole, f"{pole}_en")}
    if any(texts.values()):
        told = _("kosong, padahal kutub lainnya terisi; isi semuanya atau kosongkan semuanya")
        yield from ((row.line, name, told) for name, text in texts.items() if not text)


def _pairs(rows: list[Pair], dimensions: list[str]) -> Iterator[Wrong]:
    """What keeps every two dimensions from being compared exactly once."""
    lines: dict[frozenset[str], int] = {}
    for row in rows:
        two = frozenset((row.left, row.right))
        if len(two) < 2:
            yield row.line, "right", _("harus dimensi lain daripada kolom left")
        elif two in lines:
            told = _("pasangan ini sudah ada pada baris {line}").format(line=lines[two])
            yield row.line, "left, right", told
        lines.setdefault(two, row.line)
    for left, right in combinations(dimensions, 2):
        if frozenset((left, right)) not in lines:
            told = _("pasangan {left} dan {right} tidak ada").format(left=left, right=right)
            yield 1, "left, right", told


def _with_names(
    frame: pd.DataFrame, column: str, scheme: str, schemes: pd.DataFrame
) -> pd.DataFrame:
    """Add the names of a category column, and the column of its parent scheme."""
    known = schemes[schemes["scheme"] == scheme].set_index("id")
    frame = frame.assign(
        **{
            f"{column}_name": frame[column].map(known["name"]),
            f"{column}_short": frame[column].map(known["short"]),
        }
    )
    if scheme in PARENTS:
        frame[PARENTS[scheme]] = frame[column].map(known["parent"])
    return frame


def in_language(frame: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """Keep one language of the columns that stand in two."""
    for column in columns:
        if language() == "en":
            frame[column] = frame[f"{column}_en"]
        frame = frame.drop(columns=f"{column}_en")
    return frame
