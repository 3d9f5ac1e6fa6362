"""The instrument: the questionnaire's tables filled with their items.

The one source that forms, ingest, table schemas, the codebook and problem messages read. All of it
is data in ``instrument/`` of a period, which a coordinator may edit: tables.toml, scales.csv,
categories.csv, a file of items for each table, and a folder of such files for each index.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from itertools import groupby

import pandas as pd

from analysis import text
from analysis.project import Project, ProjectError
from analysis.refusals import unknown
from analysis.survey.asked import categories, form, questionnaire, rules
from analysis.survey.asked.anchors import anchors
from analysis.survey.asked.indices import Index, indices
from analysis.survey.asked.items import items
from analysis.survey.asked.labels import simplify
from analysis.survey.asked.questionnaire import Scheme, Table
from analysis.survey.asked.register import Unit
from analysis.survey.asked.rows import called
from analysis.survey.asked.scales import scales as read_scales
from analysis.text import _


@dataclass(frozen=True)
class Instrument:
    """The whole questionnaire of one city: its tables with their items, and the categories.

    `categories` has the columns scheme, id, parent, weight, name and short; each table's items
    have code, name, statement, weight, and for every scheme above them the id and its
    ``<scheme>_name`` and ``<scheme>_short``; then the table's own `texts`, empty where a
    questionnaire has none. `indices`: those that the period uses.
    """

    tables: tuple[Table, ...]
    schemes: Mapping[str, Scheme]
    categories: pd.DataFrame
    indices: Mapping[str, Index] = field(default_factory=dict)

    @classmethod
    def load(cls, project: Project) -> "Instrument":
        """Read and check the ``instrument/`` of a period, in the language in use.

        It is read once while it stays the same. Raises ProjectError that names file, row and column
        of whatever is wrong.
        """
        return _loaded(project, project.questions(), text.language())

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

    def asked_of(self, unit: Unit) -> tuple[Table, ...]:
        """The tables that a unit is asked, each with the items that it is asked of it."""
        return tuple(own for table in self.tables if (own := table.asked_of(unit)))

    @cached_property
    def groups(self) -> dict[str, str]:
        """What people call each group of units, by its id, in the order of the house."""
        return self.scheme("group")["name"].to_dict()

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


@lru_cache(2)
def _loaded(project: Project, _questions: str, _language: str) -> Instrument:
    """See `Instrument.load`; all else than the project only tells apart what was read before."""
    written = form.form(project)
    schemes = questionnaire.schemes(written)
    scales = read_scales(project)
    tables = questionnaire.tables(written, scales, project.settings)
    rules.check(written, tables, scales, project)
    sorted_by = categories.table(project, {s.id: s.parent for s in schemes.values()})
    _sorted(tables, sorted_by)
    filled: list[Table] = []
    codes: dict[str, str] = {}
    for table in tables:
        if not table.slots:
            table = items(table, schemes, sorted_by, scales, codes)
        filled.append(table)
    filled = [*_anchored(filled)]
    return Instrument(tuple(filled), schemes, sorted_by, indices(project, filled, schemes))


def _anchored(tables: Iterable[Table]) -> Iterator[Table]:
    """Tables with what their levels ask for."""
    for folder, own in groupby(tables, key=lambda table: table.folder):
        parts = list(own)
        found = anchors(folder, {code: table for table in parts for code in table.codes})
        for table in parts:
            yield replace(table, anchors={c: found[c] for c in table.codes if c in found})


def _sorted(tables: Iterable[Table], categories: pd.DataFrame) -> None:
    """Raise ProjectError for rows of a unit's own that stand under a category that there is not."""
    known = set(zip(categories["scheme"], categories["id"], strict=True))
    said = _("{file}: isian {entry}: {message}")
    wrong = [
        said.format(
            file=called(table.folder / form.NAME),
            entry=f"{table.name}.slots",
            message=_("{value} tidak ada dalam categories.csv").format(value=category),
        )
        for table in tables
        if table.slots and table.scheme
        for category in dict.fromkeys(table.slots.values())
        if (table.scheme, category) not in known
    ]
    if wrong:
        raise ProjectError("\n".join(wrong))
