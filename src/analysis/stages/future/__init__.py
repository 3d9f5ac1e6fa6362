"""The future (Analisis Masa Depan): drivers of change, scenarios and published figures."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from analysis.methods.agreement import Concordance
from analysis.stages.evidence import claims
from analysis.stages.evidence.stage import Stage
from analysis.stages.future import drivers, outlook, scenarios, words
from analysis.text import N_, _, percent


@dataclass(frozen=True, eq=False)
class Future(Stage):
    """The stage over one survey; `cut`: the mean above which a driver is high.

    0 stands for the cut of the city's settings.
    """

    cut: float = 0.0

    name = "future"
    title = N_("Masa depan")
    place = 1
    methods = ("bootstrap", "scenario", "kendall", "holm", "first", "sensitivity", "trend")

    @property
    def bound(self) -> float:
        """The cut in use."""
        return self.cut or self.survey.settings.thresholds.future_cut

    @cached_property
    def answers(self) -> pd.DataFrame:
        return self.survey.answers("future")

    @cached_property
    def classified(self) -> pd.DataFrame:
        return drivers.classified(self.answers, self.bound, self.found, self.confidence)

    @cached_property
    def agreement(self) -> Concordance | None:
        return drivers.concordance(self.answers)

    @cached_property
    def own(self) -> pd.DataFrame:
        return drivers.own(self.survey.answers("future_own"))

    @cached_property
    def pair(self) -> scenarios.Pair | None:
        return scenarios.pair(self.answers, self.classified, self.bound)

    @property
    def matrix(self) -> Mapping[str, Any]:
        """What a chart says of the scenarios, or a table where there is no `pair`."""
        return scenarios.shown(self.pair, self.classified)

    @cached_property
    def statistics(self) -> pd.DataFrame:
        return outlook.city(self.survey.statistics)

    @cached_property
    def indicators(self) -> list[outlook.Series]:
        return outlook.all_series(self.statistics, self.confidence)

    def series(self, indicator: str) -> outlook.Series:
        """One indicator of the city."""
        return outlook.series(self.statistics, indicator, self.confidence)

    @property
    def projections(self) -> pd.DataFrame:
        return outlook.projections(self.indicators)

    @property
    def comparisons(self) -> list[claims.Comparisons]:
        expected = len(self.survey.units)
        return drivers.comparisons(self.answers, self.bound, expected, self.confidence)

    @property
    def key_figures(self) -> list[dict]:
        return [
            *words.key_figures(self.classified, self.agreement, self.confidence),
            outlook.figure(self.indicators),
        ]

    @property
    def findings(self) -> list[str]:
        said = self.classified, self.agreement, self.own, self.found, self.confidence
        return [
            *words.findings(*said),
            scenarios.finding(self.pair),
            outlook.finding(self.indicators),
        ]

    @property
    def headlines(self) -> list[str]:
        return [self.titles["classified"] + "."]

    @cached_property
    def titles(self) -> Mapping[str, str]:
        return {
            "classified": words.heading_classes(self.classified),
            "product": words.heading_product(self.classified, self.found),
            "own": words.heading_own(self.own),
        }

    @property
    def note(self) -> str:
        """What the intervals and n of a table are."""
        return _("Selang {confidence}; n = banyaknya unit yang mengisi kedua nilai.").format(
            confidence=percent(self.confidence)
        )

    @property
    def agreed(self) -> str:
        """How far the units agree on which drivers matter, in a sentence."""
        return words.agreed(self.agreement, self.found)


of = Future
