"""Quick win programmes (Program Unggulan): proposals ranked, and the best set a budget buys."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from analysis.stages import vision
from analysis.stages.evidence.stage import Stage
from analysis.stages.quickwin import figures, packages, proposals, words
from analysis.text import N_


@dataclass(frozen=True, eq=False)
class QuickWin(Stage):
    """The stage over one survey.

    `budget`: of the package, in million rupiah; 0 stands for that of the city's settings.
    `weigh_dimensions`: whether the closeness is multiplied by the weight of the dimension in the
    vision; `similarity`: how alike names are (0-1) that people should compare.
    """

    budget: float = 0.0
    weigh_dimensions: bool = False
    similarity: float = 0.8

    name = "quickwin"
    title = N_("Quick win")
    place = 7
    methods = ("topsis", "knapsack", "ahp")

    @property
    def funds(self) -> float:
        """The budget in use."""
        return self.budget or self.survey.settings.quickwin.budget

    @property
    def horizons(self) -> list[int]:
        """The last month of each horizon."""
        return self.survey.settings.thresholds.horizons

    @property
    def fields(self) -> list:
        return self.survey.instrument.table("quickwin").fields

    @cached_property
    def criteria(self) -> pd.DataFrame:
        given = self.survey.settings.quickwin
        return proposals.criteria(given.weights, given.cost_criteria, self.fields)

    @cached_property
    def proposed(self) -> pd.DataFrame:
        answers = self.survey.answers("quickwin")
        return proposals.described(answers, self.survey.settings.quickwin.weights)

    @cached_property
    def by_dimension(self) -> pd.DataFrame:
        names = self.survey.instrument.scheme("dimension")["name"]
        return proposals.by_dimension(self.proposed, names)

    @cached_property
    def by_horizon(self) -> pd.DataFrame:
        return proposals.by_horizon(self.proposed, self.horizons)

    @cached_property
    def incomplete(self) -> pd.DataFrame:
        return proposals.incomplete(self.proposed, self.fields)

    @cached_property
    def similar(self) -> pd.DataFrame:
        return proposals.similar(self.proposed, self.similarity)

    @cached_property
    def dimension_weights(self) -> pd.Series | None:
        if not self.weigh_dimensions:
            return None
        weights = vision.of(self.survey, confidence=self.confidence).weights
        return weights.set_index("dimension")["weight"]

    @cached_property
    def ranking(self) -> pd.DataFrame:
        given = self.survey.settings.quickwin
        return figures.ranking(
            self.proposed, given.weights, given.cost_criteria, self.horizons, self.dimension_weights
        )

    @cached_property
    def reversals(self) -> int:
        given = self.survey.settings.quickwin
        return figures.reversals(self.ranking, given.weights, given.cost_criteria)

    @cached_property
    def bought(self) -> pd.DataFrame:
        """The ranking, and which of its proposals either package holds."""
        return packages.best(self.ranking, self.funds)

    @cached_property
    def chosen(self) -> pd.DataFrame:
        return packages.chosen(self.bought)

    @cached_property
    def purchase(self) -> pd.DataFrame:
        return packages.purchase(self.bought, self.funds)

    @cached_property
    def key_figures(self) -> list[dict]:
        return words.key_figures(self.proposed, self.bought, self.funds)

    @cached_property
    def findings(self) -> list[str]:
        return words.findings(
            self.proposed, self.bought, self.similar, self.survey.units, self.funds, self.reversals
        )

    @cached_property
    def titles(self) -> Mapping[str, str]:
        return {
            "by_dimension": proposals.headline_dimensions(self.by_dimension),
            "by_horizon": proposals.headline_horizons(self.by_horizon, self.horizons),
            "incomplete": proposals.headline_incomplete(self.proposed),
            "similar": proposals.headline_similar(self.similar),
            "ranking": words.headline_ranking(self.ranking),
            "purchase": packages.headline(self.bought, self.funds),
        }


of = QuickWin
