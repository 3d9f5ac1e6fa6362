"""The instrument: the questionnaire's tables (code) filled with their items (data).

The one source that forms, ingest, table schemas, the codebook and problem messages read. Items,
their wording, category and order are data in ``data/raw/instrument`` that a coordinator may edit.
"""

from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd
from pydantic import Field as Checked
from pydantic import create_model

from analysis.project import Project
from analysis.survey.asked.labels import simplify
from analysis.survey.asked.questionnaire import Table, tables
from analysis.survey.asked.rows import Row, read, refuse
from analysis.text import _, language

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
PARENTS = {"subdimension": "dimension", "subelement": "element", "aspect": "domain"}


class Category(Row):
    """A row of ``categories.csv``: a dimension, an element, a group of units."""

    scheme: str
    id: str = Checked(pattern=r"^[a-z][a-z0-9_-]*$")
    parent: str = ""
    weight: float = Checked(default=1.0, gt=0)
    name: str
    short: str = Checked(max_length=18)
    name_en: str
    short_en: str = Checked(max_length=18)


class Item(Row):
    """A row of an item file: what is asked, in both languages."""

    code: str = Checked(pattern=r"^[A-Z]{2}\d{2}$")
    category: str = ""
    weight: float = Checked(default=1.0, gt=0)
    name: str = Checked(max_length=30)
    statement: str
    name_en: str = Checked(max_length=30)
    statement_en: str


class Pair(Row):
    """A row of ``pairs.csv``: two dimensions to compare."""

    code: str = Checked(pattern=r"^[A-Z]{2}\d{2}$")
    left: str
    right: str


@dataclass(frozen=True)
class Instrument:
    """The whole questionnaire of one city: its tables with their items, and the categories.

    `categories` has the columns scheme, id, parent, weight, name and short; each table's items
    have code, name, statement, weight, and for every scheme above them the id and its
    ``<scheme>_name`` and ``<scheme>_short``.
    """

    tables: tuple[Table, ...]
    categories: pd.DataFrame

    @classmethod
    def load(cls, project: Project) -> "Instrument":
        """Read and check ``data/raw/instrument``, in the language in use.

        Raises ProjectError that names file, row and column of whatever is wrong.
        """
        categories = _categories(project)
        filled = []
        for table in tables(project.settings):
            if not table.slots:
                table = replace(table, items=_items(project, table, categories))
            filled.append(table)
        return cls(tuple(filled), categories)

    def table(self, name: str) -> Table:
        return next(t for t in self.tables if t.name == name)

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


def _categories(project: Project) -> pd.DataFrame:
    path = project.raw / "instrument" / "categories.csv"
    rows = read(path, Category, key=("scheme", "id"))
    known = {(r.scheme, r.id) for r in rows}
    wrong = []
    for line, row in enumerate(rows, start=2):
        if row.scheme not in SCHEMES:
            wrong.append((line, "scheme", _("{value} tidak dikenal").format(value=row.scheme)))
        parent = PARENTS.get(row.scheme)
        if (parent, row.parent) not in known and (parent or row.parent):
            wrong.append((line, "parent", _("{value} tidak dikenal").format(value=row.parent)))
    wrong += [
        (1, "scheme", _("{value} tidak ada").format(value=scheme))
        for scheme in sorted(SCHEMES - {r.scheme for r in rows})
    ]
    refuse("instrument/categories.csv", wrong)
    return _in_language(pd.DataFrame([r.model_dump() for r in rows]), "name", "short")


def _items(project: Project, table: Table, categories: pd.DataFrame) -> pd.DataFrame:
    name = f"instrument/{table.name}.csv"
    path = project.raw / name
    if table.name == "pairs":
        rows = read(path, Pair, key=("code",))
        references = [("left", "dimension"), ("right", "dimension")]
        frame = pd.DataFrame([r.model_dump() for r in rows])
    else:
        category = (str, Checked(alias=table.scheme))
        rows = read(path, create_model("Item", __base__=Item, category=category), key=("code",))
        references = [(table.scheme, table.scheme)]
        frame = _in_language(pd.DataFrame([r.model_dump() for r in rows]), "name", "statement")
        frame = frame.rename(columns={"category": table.scheme})
    wrong = []
    for column, scheme in references:
        known = set(categories.loc[categories["scheme"] == scheme, "id"])
        wrong += [
            (line, column, _("{value} tidak dikenal").format(value=value))
            for line, value in enumerate(frame[column], start=2)
            if value not in known
        ]
    refuse(name, wrong)
    for column, scheme in references:
        frame = _with_names(frame, column, scheme, categories)
        if scheme in PARENTS:
            frame = _with_names(frame, PARENTS[scheme], PARENTS[scheme], categories)
    return frame


def _with_names(frame, column, scheme, categories) -> pd.DataFrame:
    """Add the names of a category column, and the column of its parent scheme."""
    known = categories[categories["scheme"] == scheme].set_index("id")
    frame = frame.assign(
        **{
            f"{column}_name": frame[column].map(known["name"]),
            f"{column}_short": frame[column].map(known["short"]),
        }
    )
    if scheme in PARENTS:
        frame[PARENTS[scheme]] = frame[column].map(known["parent"])
    return frame


def _in_language(frame: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """Keep one language of the columns that stand in two."""
    for column in columns:
        if language() == "en":
            frame[column] = frame[f"{column}_en"]
        frame = frame.drop(columns=f"{column}_en")
    return frame
