"""The vision (Visi Pembangunan): what the dimensions weigh and what they contribute to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from analysis.stages.evidence import claims
from analysis.stages.evidence.stage import Stage
from analysis.stages.vision import consistency, figures, judgements, vocabulary, weights, words
from analysis.stages.vision.judgements import Judgements
from analysis.text import N_


@dataclass(frozen=True, eq=False)
class Vision(Stage):
    """The stage over one survey.

    `threshold`: the consistency ratio below which a unit's judgements are accepted; 0 stands for
    that of the city's settings.
    """

    threshold: float = 0.0

    name = "vision"
    title = N_("Visi")
    place = 6
    methods = ("ahp", "bootstrap", "holm", "first", "welch", "sensitivity")

    @property
    def bound(self) -> float:
        """The threshold in use."""
        return self.threshold or self.survey.settings.thresholds.consistency

    @property
    def elements(self) -> dict[str, str]:
        """The elements of the city's vision: name by id."""
        fields = self.survey.instrument.table("contribution").fields
        return {field.name: field.title for field in fields}

    @cached_property
    def judged(self) -> Judgements:
        return judgements.judge(self.survey.answers("pairs"), self.bound)

    @cached_property
    def weights(self) -> pd.DataFrame:
        return weights.city(self.judged, self.confidence)

    @cached_property
    def of_units(self) -> pd.DataFrame:
        return weights.of_units(self.judged)

    @cached_property
    def by_group(self) -> pd.DataFrame:
        return weights.by_group(self.judged, self.confidence)

    @cached_property
    def with_and_without(self) -> pd.DataFrame:
        return weights.with_and_without(self.judged, self.confidence)

    @cached_property
    def consistency(self) -> pd.DataFrame:
        return judgements.consistency(self.judged)

    @cached_property
    def answers(self) -> pd.DataFrame:
        """What dimensions contribute, as the units answered."""
        return self.survey.answers("contribution")

    @cached_property
    def contributions(self) -> pd.DataFrame:
        return figures.contributions(self.answers, self.elements, self.confidence)

    @cached_property
    def proposed(self) -> pd.DataFrame:
        """The units' own sentences, as they answered."""
        return self.survey.answers("sentence")

    @cached_property
    def sentences(self) -> pd.DataFrame:
        return vocabulary.sentences(self.proposed)

    @cached_property
    def frequent(self) -> pd.DataFrame:
        return vocabulary.frequent(self.proposed, self.survey.settings.vision.text)

    @property
    def comparisons(self) -> list[claims.Comparisons]:
        expected = len(self.survey.units)
        return figures.comparisons(
            self.judged, self.answers, self.elements, expected, self.confidence
        )

    @cached_property
    def key_figures(self) -> list[dict]:
        return words.key_figures(
            self.judged, self.weights, self.contributions, self.bound, self.confidence
        )

    @cached_property
    def findings(self) -> list[str]:
        return words.findings(
            self.judged, self.weights, self.proposed, self.elements, self.bound, self.found,
            self.confidence,
        )  # fmt: skip

    @cached_property
    def titles(self) -> Mapping[str, str]:
        return {
            "weights": words.heading_weights(self.weights, self.found),
            "with_and_without": consistency.heading_effect(self.judged, self.found),
            "consistency": consistency.heading(self.judged),
            "by_group": words.heading_groups(self.by_group),
            "contributions": words.heading_contributions(self.contributions),
        }


of = Vision
