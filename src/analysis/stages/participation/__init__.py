"""Participation: which units answered, and how complete their workbooks are."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from analysis.stages.evidence import claims
from analysis.stages.evidence.stage import Stage
from analysis.stages.participation import figures, words
from analysis.text import N_


@dataclass(frozen=True, eq=False)
class Participation(Stage):
    """The stage over one survey: full counts of units and cells, nothing compared."""

    name = "participation"
    title = N_("Partisipasi")
    place = 0
    methods = ("sensitivity", "bootstrap")

    @cached_property
    def cells(self) -> pd.DataFrame:
        survey = self.survey
        return figures.required(survey.completeness, survey.units, survey.instrument.tables)

    @cached_property
    def response(self) -> pd.DataFrame:
        return figures.response(self.survey.units)

    @cached_property
    def missing(self) -> pd.DataFrame:
        return figures.missing(self.survey.units)

    @cached_property
    def by_sheet_and_group(self) -> pd.DataFrame:
        return figures.by_sheet_and_group(self.cells, self.survey.units)

    @cached_property
    def by_table(self) -> pd.DataFrame:
        return figures.by_table(self.cells)

    @cached_property
    def by_sheet_and_unit(self) -> pd.DataFrame:
        return figures.by_sheet_and_unit(self.cells, self.survey.units)

    @cached_property
    def incomplete(self) -> pd.DataFrame:
        return figures.incomplete(self.cells)

    def bounds(self, means: pd.DataFrame, low: float, high: float) -> pd.DataFrame:
        """How low and how high each mean could lie once all units have answered."""
        return claims.bounds(means, len(self.survey.units), low, high)

    @property
    def key_figures(self) -> list[dict]:
        return words.key_figures(self.survey.units, self.cells)

    @property
    def findings(self) -> list[str]:
        return words.findings(self.survey.units, self.cells)

    @cached_property
    def titles(self) -> Mapping[str, str]:
        return {
            "response": words.headline_groups(self.survey.units),
            "missing": words.headline_missing(self.survey.units),
            "by_sheet_and_group": words.headline_sheets(self.cells),
            "by_sheet_and_unit": words.headline_units(self.cells),
        }


of = Participation
