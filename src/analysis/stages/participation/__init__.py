"""Participation: which units answered, and how complete their workbooks are."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from analysis.stages.evidence.finding import Finding
from analysis.stages.evidence.stage import Stage
from analysis.stages.participation import figures, words
from analysis.text import N_


@dataclass(frozen=True, eq=False)
class Participation(Stage):
    """The stage over one survey: full counts of units and cells, nothing compared."""

    name = "participation"
    title = N_("Partisipasi")
    place = 0
    methods = ("sensitivity", "bootstrap", "levels")
    prominence = 2

    @cached_property
    def cells(self) -> pd.DataFrame:
        survey = self.survey
        return figures.required(survey.completeness, survey.units, survey.instrument.tables)

    @cached_property
    def response(self) -> pd.DataFrame:
        return figures.response(self.survey.units, self.survey.whole)

    @cached_property
    def missing(self) -> pd.DataFrame:
        return figures.missing(self.survey.units)

    @cached_property
    def by_sheet_and_group(self) -> pd.DataFrame:
        return figures.by_sheet_and_group(self.cells, self.survey.units, self.survey.whole)

    @cached_property
    def by_table(self) -> pd.DataFrame:
        return figures.by_table(self.cells)

    @cached_property
    def by_sheet_and_unit(self) -> pd.DataFrame:
        return figures.by_sheet_and_unit(self.cells, self.survey.units)

    @cached_property
    def incomplete(self) -> pd.DataFrame:
        return figures.incomplete(self.cells)

    @property
    def key_figures(self) -> list[dict]:
        return words.key_figures(self.survey.units, self.cells, self.scope)

    @property
    def findings(self) -> list[Finding]:
        return words.findings(self.survey.units, self.cells, self.scope)

    @cached_property
    def titles(self) -> Mapping[str, str]:
        said = {
            "response": words.headline_groups(self.survey.units),
            "missing": words.headline_missing(self.survey.units),
            "by_sheet_and_group": words.headline_sheets(self.cells),
            "by_sheet_and_unit": words.headline_units(self.cells),
        }
        return {name: self.scoped(title) for name, title in said.items()}


of = Participation
