"""Participation: which units answered, and how complete their workbooks are."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from analysis.stages.evidence.finding import Finding
from analysis.stages.evidence.stage import Stage, frame
from analysis.stages.participation import figures, words
from analysis.text import N_


@dataclass(frozen=True, eq=False)
class Participation(Stage):
    """The stage over one survey: full counts of units and cells, nothing compared."""

    name = "participation"
    title = N_("Partisipasi")
    place = 0
    methods = ("sensitivity", "bootstrap", "levels")
    measured = {
        "response": "response",
        "by_table": "cells",
        "incomplete": "cells",
        "by_sheet_and_group": "cells",
        "by_sheet_and_unit": "cells",
    }
    prominence = 2
    together = False

    @frame
    def cells(self) -> pd.DataFrame:
        survey = self.survey
        return figures.required(survey.completeness, survey.units, survey.instrument.tables)

    response = frame(lambda self: figures.response(self.survey.units, self.survey.whole))
    missing = frame(lambda self: figures.missing(self.survey.units))
    by_sheet_and_group = frame(
        lambda self: figures.by_sheet_and_group(self.cells, self.survey.units, self.survey.whole)
    )
    by_table = frame(lambda self: figures.by_table(self.cells))
    by_sheet_and_unit = frame(lambda self: figures.by_sheet_and_unit(self.cells, self.survey.units))
    incomplete = frame(lambda self: figures.incomplete(self.cells))

    @cached_property
    def key_figures(self) -> list[dict]:
        return words.key_figures(self.survey.units, self.cells, self.scope)

    @cached_property
    def findings(self) -> list[Finding]:
        said = words.findings(self.survey.units, self.cells, self.scope)
        return self.acting(said)

    @cached_property
    def quality(self) -> list[Finding]:
        said = words.quality(self.survey.units, self.cells, self.scope)
        return [*words.decided(self.survey.decisions), *said]

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

__all__ = ["Participation", "of"]
