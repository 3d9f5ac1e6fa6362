"""External conditions (Analisis Kondisi Eksternal): opportunities and threats, weighed (EFAS)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from analysis.stages.evidence import claims
from analysis.stages.evidence.stage import Stage
from analysis.stages.external import factors, figures, words
from analysis.text import N_, _, percent


@dataclass(frozen=True, eq=False)
class External(Stage):
    """The stage over one survey."""

    name = "external"
    title = N_("Kondisi eksternal")
    place = 2
    methods = ("bootstrap", "factors", "holm", "sensitivity")

    @cached_property
    def answers(self) -> pd.DataFrame:
        return self.survey.answers("external")

    @cached_property
    def own(self) -> pd.DataFrame:
        """The factors that units added themselves."""
        return self.survey.answers("external_own")

    @cached_property
    def matrix(self) -> pd.DataFrame:
        """EFAS: a row per factor, highest score first."""
        return factors.evaluate(self.answers, "pestel", self.confidence)

    @cached_property
    def total(self) -> factors.Total:
        return factors.total(self.answers, self.confidence)

    @cached_property
    def by_category(self) -> pd.DataFrame:
        return figures.by_category(self.matrix)

    @cached_property
    def by_group(self) -> pd.DataFrame:
        return figures.by_group(self.answers, self.confidence)

    @cached_property
    def distribution(self) -> pd.DataFrame:
        return factors.distribution(self.answers)

    @cached_property
    def comparisons(self) -> list[claims.Comparisons]:
        return figures.comparisons(self.answers, len(self.survey.units), self.confidence)

    @property
    def key_figures(self) -> list[dict]:
        return words.key_figures(self.matrix, self.total, self.confidence)

    @cached_property
    def findings(self) -> list[str]:
        return words.findings(self.matrix, self.total, self.own, self.found, self.confidence)

    @cached_property
    def titles(self) -> Mapping[str, str]:
        return {
            "matrix": words.heading(self.matrix, self.found),
            "by_group": words.heading_groups(self.found),
        }

    @property
    def note(self) -> str:
        """What the intervals and n of weighed factors are."""
        return _("Selang {confidence}; n: banyaknya unit yang menjawab kedua skala.").format(
            confidence=percent(self.confidence)
        )


of = External
