"""For the coordinator: what is to mend, what to ask the units about, what is public."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from analysis.stages import participation
from analysis.stages.coordination import diagnostics, mending, texts
from analysis.stages.evidence.stage import Stage


@dataclass(frozen=True, eq=False)
class Coordination(Stage):
    """The coordinator's page over one survey: no stage of the masterplan, and never public."""

    name = "coordination"
    methods = ("straightlining", "holm")

    @cached_property
    def participation(self) -> participation.Participation:
        return participation.of(self.survey, confidence=self.confidence)

    @cached_property
    def answers(self) -> dict[str, pd.DataFrame]:
        """By table of the questionnaire."""
        tables = self.survey.instrument.tables
        return {table.name: self.survey.answers(table.name, even_none=True) for table in tables}

    @cached_property
    def problems(self) -> pd.DataFrame:
        return mending.named(self.survey.problems_in_full, self.survey.units)

    @property
    def to_mend(self) -> pd.DataFrame:
        return mending.to_mend(self.problems)

    @cached_property
    def by_unit(self) -> pd.DataFrame:
        return mending.by_unit(self.problems, self.survey.units, self.participation.cells)

    @cached_property
    def by_kind(self) -> pd.DataFrame:
        return mending.by_kind(self.problems)

    @cached_property
    def written(self) -> pd.DataFrame:
        return texts.written(self.answers, self.survey.instrument.tables)

    @cached_property
    def workbooks(self) -> pd.DataFrame:
        return mending.workbooks(self.survey.sources, self.survey.units)

    @cached_property
    def required_cells(self) -> pd.DataFrame:
        return mending.required_cells(self.participation.cells, self.survey.sources)

    @cached_property
    def all_cells(self) -> pd.DataFrame:
        return mending.all_cells(self.survey.reconciliation, self.survey.units)

    @cached_property
    def ratings(self) -> pd.DataFrame:
        required = [table for table in self.survey.instrument.tables if table.required]
        return diagnostics.rated(self.answers, required)

    @cached_property
    def uniform(self) -> pd.DataFrame:
        return diagnostics.uniform(self.ratings)

    @property
    def suspects(self) -> pd.DataFrame:
        return diagnostics.suspects(self.uniform)

    @cached_property
    def apart(self) -> pd.DataFrame:
        return diagnostics.apart(self.ratings, self.confidence)

    @cached_property
    def most_tb(self) -> pd.DataFrame:
        return diagnostics.most_tb(self.ratings)

    @property
    def key_figures(self) -> list[dict]:
        return mending.key_figures(self.problems, self.survey.units, self.uniform)

    @property
    def findings(self) -> list[str]:
        return [
            *mending.findings(self.problems, self.survey.units, self.participation.cells),
            *diagnostics.findings(self.uniform, self.apart, self.most_tb),
        ]

    @cached_property
    def titles(self) -> Mapping[str, str]:
        return {
            "by_unit": mending.headline(self.problems),
            "written": texts.headline(self.written),
            "required_cells": mending.headline_required_cells(self.required_cells),
            "all_cells": mending.headline_all_cells(self.all_cells),
            "uniform": diagnostics.headline_uniform(self.uniform),
            "apart": diagnostics.headline_apart(self.apart),
            "most_tb": diagnostics.headline_tb(self.most_tb),
        }
