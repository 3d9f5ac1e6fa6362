"""A survey of a few answers, for the objects of stages."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from analysis.origin import Source
from analysis.project import Project
from analysis.survey.asked import assessments, official
from analysis.survey.asked.actions import COLUMNS
from analysis.survey.asked.instrument import Instrument
from analysis.survey.kept import respondents
from tests.second_city import ROOT

UNPROPOSED = pd.DataFrame(columns=COLUMNS)
"""Of a survey about which nothing is proposed."""

UNDECIDED = pd.DataFrame({"decision": [], "applied": pd.Series(dtype=bool)})
"""Of a survey about which nothing was decided."""

UNASSESSED = pd.DataFrame(columns=assessments.COLUMNS)
"""Of a survey of which no assessor said anything."""

ALONE = pd.DataFrame(columns=list(respondents.COLUMNS)).astype(respondents.COLUMNS)
"""Of a survey in which every unit has one respondent."""

INSTRUMENT = Instrument.load(Project(ROOT))
"""The questionnaire of the sample's city."""


SPBE = replace(INSTRUMENT, indices={"spbe": INSTRUMENT.indices["spbe"]})
"""The same with one index."""


def sorting(scheme: str, names: Mapping[str, str]) -> Instrument:
    """The same questionnaire with other categories in one scheme: what each is called, by id."""
    known = INSTRUMENT.categories
    rows = [(scheme, id, "", 1.0, name, name) for id, name in dict(names).items()]
    own = pd.DataFrame(rows, columns=["scheme", "id", "parent", "weight", "name", "short"])
    categories = pd.concat([known[known["scheme"] != scheme], own], ignore_index=True)
    return replace(INSTRUMENT, categories=categories)


def asking(name: str, instrument: Instrument = INSTRUMENT, **changes: Any) -> Instrument:
    """A questionnaire in which one table is otherwise."""
    tables = (replace(t, **changes) if t.name == name else t for t in instrument.tables)
    return replace(instrument, tables=tuple(tables))


@dataclass(frozen=True, eq=False)
class Answers:
    """What stages ask of a survey, answered from `tables`; all else as in the sample's city."""

    tables: dict[str, pd.DataFrame]
    whole: bool = True
    instrument: Any = SPBE
    settings: Any = field(default_factory=lambda: Project(ROOT).settings)
    source: Source = Source("uji")
    period: str = "2024"
    needed: int = 0
    enough: bool = True
    published: pd.DataFrame | None = None
    actions: pd.DataFrame = field(default_factory=lambda: UNPROPOSED)
    decisions: pd.DataFrame = field(default_factory=lambda: UNDECIDED)
    assessments: pd.DataFrame = field(default_factory=lambda: UNASSESSED)
    respondents: pd.DataFrame = field(default_factory=lambda: ALONE)
    published_pairs: pd.DataFrame = field(
        default_factory=lambda: pd.DataFrame(columns=assessments.PAIRS)
    )

    @property
    def units(self) -> pd.DataFrame:
        every = pd.concat(self.tables.values(), ignore_index=True).drop_duplicates("unit")
        columns = {"weight": 1.0, "sent": True, "answered": True, "coordinator": False}
        known = ["unit", "group", *({"unit_name", "unit_short"} & set(every))]
        return every[known].assign(**columns)

    @property
    def statistics(self) -> pd.DataFrame:
        return pd.DataFrame(columns=["indicator", "area", "year", "value", "used", "source"])

    @property
    def official(self) -> pd.DataFrame:
        return pd.DataFrame(columns=official.COLUMNS) if self.published is None else self.published

    @property
    def evidence(self) -> pd.DataFrame:
        return pd.DataFrame(columns=["unit", "table", "item", "level", "file", "state", "size"])

    @property
    def written(self) -> pd.DataFrame:
        return pd.DataFrame(columns=["unit", "item", "shown"])

    @property
    def scope(self) -> str:
        return f"{len(self.units)} unit"

    def singly(self) -> "Answers":
        return self

    def answers(self, name: str, even_none: bool = False) -> pd.DataFrame:
        return self.tables[name]

    def common(self, _name, work):
        return work()

    def quotes(self, name: str, named: bool = False) -> pd.DataFrame:
        table = self.tables[name]
        return table.assign(written_by=table.get("unit_name", table["unit"]))
