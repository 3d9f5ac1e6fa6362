"""The gap (Analisis Kesenjangan): how far the sub-dimensions stand from their five-year target."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from analysis.stages.evidence import claims
from analysis.stages.evidence.stage import Stage
from analysis.stages.gap import figures, ipa, obstacles, words
from analysis.text import N_, _, percent


@dataclass(frozen=True, eq=False)
class Gap(Stage):
    """The gaps of one survey, the priorities and the obstacles."""

    name = "gap"
    title = N_("Kesenjangan")
    place = 4
    methods = ("bootstrap", "holm", "first", "welch", "ipa", "sensitivity")

    @cached_property
    def answers(self) -> pd.DataFrame:
        """The gap table with the gap and the weighted gap of each answer."""
        return figures.gaps(self.survey.answers("gap"))

    @cached_property
    def obstacle_names(self) -> pd.Series:
        return self.survey.instrument.scheme("obstacle")["short"]

    @cached_property
    def weighted(self) -> pd.DataFrame:
        """The sub-dimensions by their weighted gap."""
        return figures.ranking(self.answers, figures.WEIGHTED, self.confidence)

    @cached_property
    def plain(self) -> pd.DataFrame:
        """The sub-dimensions by their gap."""
        return figures.ranking(self.answers, figures.GAP, self.confidence)

    @cached_property
    def dimensions(self) -> pd.DataFrame:
        return figures.by_dimension(self.answers, figures.GAP, self.confidence)

    @cached_property
    def by_group(self) -> pd.DataFrame:
        return figures.by_group(self.answers, figures.GAP, self.confidence)

    @cached_property
    def quadrants(self) -> pd.DataFrame:
        return ipa.importance_performance(self.answers, self.confidence)

    @property
    def crosshair(self) -> tuple[float, float]:
        """Where the quadrants meet: (present condition, importance)."""
        return ipa.crosshair(self.quadrants)

    @cached_property
    def obstacles(self) -> pd.DataFrame:
        return obstacles.obstacles(self.answers, self.obstacle_names, self.confidence)

    @property
    def comparisons(self) -> list[claims.Comparisons]:
        return figures.comparisons(
            self.answers, self.obstacle_names, len(self.survey.units), self.confidence
        )

    @property
    def key_figures(self) -> list[dict]:
        return words.key_figures(
            self.answers, self.quadrants, self.obstacles, self.found, self.confidence
        )

    @property
    def findings(self) -> list[str]:
        return words.findings(self.answers, self.quadrants, self.found, self.confidence)

    @property
    def headlines(self) -> list[str]:
        """The city's mean gap, and whether one weighted gap leads."""
        return self.findings[:2]

    @cached_property
    def titles(self) -> Mapping[str, str]:
        return {
            "plain": words.heading_dumbbell(self.plain, self.found),
            "weighted": words.heading_largest(self.weighted, self.found),
            "dimensions": words.heading_dimensions(self.dimensions, self.found),
            "by_group": words.heading_groups(self.by_group),
            "quadrants": ipa.heading(self.quadrants, self.found),
            "obstacles": obstacles.heading(self.obstacles),
        }

    @property
    def note(self) -> str:
        """What interval and n mean below means over units."""
        return _("Selang {confidence}; n = banyaknya unit yang menjawab.").format(
            confidence=percent(self.confidence)
        )


of = Gap
