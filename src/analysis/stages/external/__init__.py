"""External conditions (Analisis Kondisi Eksternal): opportunities and threats, weighed (EFAS)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from analysis.needs import CATEGORY, SCALE, TEXT
from analysis.stages.evidence import aggregate, claims
from analysis.stages.evidence.finding import Finding
from analysis.stages.evidence.stage import Stage, frame
from analysis.stages.external import factors, figures, words
from analysis.text import N_, _, number, percent


@dataclass(frozen=True, eq=False)
class External(Stage):
    """The stage over one survey."""

    name = "external"
    title = N_("Kondisi eksternal")
    place = 2
    methods = ("bootstrap", "factors", "levels", "sensitivity")
    measured = {"matrix": "rating", "by_category": "category", "by_group": "efas"}
    noted = {"external": "evidence"}
    noted_levels = ("importance", "rating")
    primary = (figures.BALANCE,)
    tables = ("external",)
    needs = {
        "external": {"pestel": CATEGORY, "importance": SCALE, "rating": SCALE, "evidence": TEXT},
        "external_own": {
            "name": TEXT,
            "pestel": "choice pestel",
            "importance": SCALE,
            "rating": SCALE,
            "evidence": TEXT,
        },
    }

    @property
    def importance(self) -> Any:
        """The scale of importance."""
        return self.scale("external", "importance")

    @property
    def rating(self) -> Any:
        """The scale from threat to opportunity."""
        return self.scale("external", "rating")

    @cached_property
    def scales(self) -> factors.Scales:
        return factors.Scales(self.importance.ends, self.rating.ends)

    @property
    def neutral(self) -> float:
        """The rating between threat and opportunity."""
        return self.scales.neutral

    @property
    def neutral_label(self) -> str:
        """What the line at neutral says."""
        return _("netral {neutral}").format(neutral=number(self.neutral, 1))

    @cached_property
    def answers(self) -> pd.DataFrame:
        return self.survey.answers("external")

    added = frame(lambda self: self.survey.answers("external_own"))
    """The factors that units added themselves."""
    own = frame(lambda self: self.survey.quotes("external_own").dropna(subset="name"))
    """Those of them that may be shown, and by whom."""

    @frame
    def matrix(self) -> pd.DataFrame:
        """EFAS: a row per factor, highest score first."""
        matrix = factors.evaluate(self.answers, "pestel", self.scales, self.confidence)
        return claims.beside(matrix, self.found, figures.FACTOR, on="item")

    by_category = frame(lambda self: figures.by_category(self.matrix))
    by_group = frame(lambda self: figures.by_group(self.answers, self.found, self.survey.whole))
    distribution = frame(lambda self: factors.distribution(self.answers, self.rating.levels))

    @cached_property
    def comparisons(self) -> list[claims.Comparisons]:
        scope = "" if self.survey.whole else self.survey.scope
        expected = len(self.survey.units)
        return figures.comparisons(self.answers, self.scales, expected, self.confidence, scope)

    @cached_property
    def key_figures(self) -> list[dict]:
        scale = f"{self.rating}, {self.neutral_label}"
        keys = words.key_figures(self.matrix, self.found, self.neutral, scale)
        return [key | {"label": self.scoped(key["label"])} for key in keys]

    @cached_property
    def findings(self) -> list[Finding]:
        return self.acting(words.findings(self.matrix, self.found, self.neutral))

    @cached_property
    def quality(self) -> list[Finding]:
        return words.quality(self.added, self.found)

    def measures(self, unit: str) -> list[tuple[str, pd.DataFrame]]:
        given = factors.answered(self.answers)
        label = _("Penilaian faktor ({scale})").format(scale=self.rating.spoken)
        return [(label, aggregate.unit_means(given, "rating"))]

    @cached_property
    def titles(self) -> Mapping[str, str]:
        return {
            "matrix": self.scoped(words.heading(self.matrix, self.neutral)),
            "by_group": self.scoped(words.heading_groups(self.by_group, self.neutral)),
        }

    @property
    def note(self) -> str:
        """What the intervals and n of weighed factors are."""
        return _(
            "Selang {confidence}; n: banyaknya perangkat daerah yang menjawab kedua skala."
        ).format(confidence=percent(self.confidence))


of = External

__all__ = ["External", "of"]
