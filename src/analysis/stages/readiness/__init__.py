"""Regional readiness (Analisis Kesiapan Daerah): the maturity of nine sub-elements, and SPBE."""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from analysis.methods.agreement import Alpha
from analysis.stages.evidence import claims, items
from analysis.stages.evidence.stage import Stage
from analysis.stages.readiness import figures, spbe, words
from analysis.text import N_


@dataclass(frozen=True, eq=False)
class Readiness(Stage):
    """The stage over one survey; `threshold`: the mean from which a sub-element is ready.

    0 stands for the threshold of the city's settings.
    """

    threshold: float = 0.0

    name = "readiness"
    title = N_("Kesiapan")
    place = 3
    methods = ("bootstrap", "index", "holm", "welch", "sensitivity", "alpha", "items", "spbe")

    @property
    def bound(self) -> float:
        """The threshold in use."""
        return self.threshold or self.survey.settings.thresholds.readiness

    @cached_property
    def answers(self) -> pd.DataFrame:
        return self.survey.answers("readiness")

    @cached_property
    def scores(self) -> pd.DataFrame:
        return figures.scores(self.answers)

    @cached_property
    def subelements(self) -> pd.DataFrame:
        """The city's sub-elements, highest mean first, with ``below``: surely below the bound."""
        table = figures.city(self.scores, figures.SUBELEMENT, self.confidence)
        return figures.marked(table, self.found)

    @cached_property
    def by_group(self) -> pd.DataFrame:
        return figures.by_group(self.scores, figures.SUBELEMENT, self.confidence)

    @cached_property
    def elements_by_group(self) -> pd.DataFrame:
        return figures.by_group(self.scores, figures.ELEMENT, self.confidence)

    @cached_property
    def by_unit(self) -> pd.DataFrame:
        return figures.by_unit(self.scores)

    @cached_property
    def indicators(self) -> pd.DataFrame:
        return figures.indicators(self.answers, self.confidence)

    @cached_property
    def alpha(self) -> Alpha | None:
        return figures.reliability(self.answers, self.confidence)

    @cached_property
    def items(self) -> pd.DataFrame:
        return items.analysis(self.answers, "level", figures.SCALE, self.confidence)

    @cached_property
    def spbe_answers(self) -> pd.DataFrame:
        return self.survey.answers("spbe")

    @cached_property
    def own_spbe(self):
        return spbe.assessed(self.spbe_answers, self.survey.predicates)

    @cached_property
    def official_spbe(self) -> pd.DataFrame:
        return spbe.official(self.survey.statistics, self.survey.predicates)

    @property
    def comparisons(self) -> list[claims.Comparisons]:
        return figures.comparisons(
            self.answers, self.bound, len(self.survey.units), self.confidence
        )

    @property
    def key_figures(self) -> list[dict]:
        return words.key_figures(self.scores, self.found, self.bound, self.confidence)
