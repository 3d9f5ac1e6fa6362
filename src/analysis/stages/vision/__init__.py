"""The vision (Visi Pembangunan): what the dimensions weigh and what they contribute to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from analysis.needs import CATEGORY, SCALE, TEXT
from analysis.refusals import Unfit
from analysis.stages.evidence import claims, lead, ledger
from analysis.stages.evidence.finding import Finding
from analysis.stages.evidence.stage import Stage, frame
from analysis.stages.vision import (
    consistency,
    figures,
    judgements,
    premise,
    vocabulary,
    weights,
    words,
)
from analysis.stages.vision.judgements import Judgements
from analysis.text import N_, _, number

ELEMENTS = 3  # of the vision, of which the findings tell


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
    methods = ("ahp", "bootstrap", "levels", "first", "ranks", "welch", "sensitivity")
    measured = {
        "weights": "weight",
        "by_group": "weight",
        "with_and_without": "weight_change",
        "contributions": "contribution",
        "frequent": "word",
    }
    primary = (figures.LEADING,)
    tables = ("pairs",)
    needs = {
        "pairs": {
            "left": CATEGORY,
            "right": CATEGORY,
            "more": "options A B",
            "strength": SCALE,
        },
        "contribution": {"dimension": CATEGORY},
        "sentence": {"text": TEXT},
    }

    def __post_init__(self) -> None:
        super().__post_init__()
        if not 0 <= self.threshold <= 1:
            raise Unfit(
                _("Ambang rasio konsistensi {threshold} di luar 0–1.").format(
                    threshold=number(self.threshold)
                )
            )

    @property
    def bound(self) -> float:
        """The threshold in use."""
        return self.threshold or self.survey.settings.thresholds.consistency

    @property
    def elements(self) -> dict[str, str]:
        """The elements of the city's vision: name by id."""
        fields = self.survey.instrument.table("contribution").fields
        return {field.name: field.title for field in fields if field.kind.what == SCALE}

    @property
    def contributing(self) -> Any:
        """The scale of contributions, which is that of every element."""
        return self.scale("contribution", next(iter(self.elements)))

    @property
    def strength(self) -> Any:
        """The scale of judgements in pairs."""
        return self.scale("pairs", "strength")

    @cached_property
    def judged(self) -> Judgements:
        pairs = self.survey.answers("pairs")
        return judgements.judge(pairs, self.bound, strongest=self.strength.high)

    @frame
    def weights(self) -> pd.DataFrame:
        """The group's weights, with how clearly each differs from equal ones."""
        table = weights.city(self.judged, self.confidence)
        return claims.beside(table, self.found, figures.EQUAL, on="dimension")

    of_units = frame(lambda self: weights.of_units(self.judged))
    by_group = frame(lambda self: weights.by_group(self.judged, self.confidence, self.survey.whole))
    with_and_without = frame(lambda self: weights.with_and_without(self.judged, self.found))
    consistency = frame(lambda self: judgements.consistency(self.judged))

    @cached_property
    def answers(self) -> pd.DataFrame:
        """What dimensions contribute, as the units answered."""
        return self.survey.answers("contribution")

    contributions = frame(
        lambda self: figures.contributions(
            self.answers, self.elements, self.contributing.ends, self.confidence
        )
    )
    proposed = frame(lambda self: self.survey.answers("sentence"))
    """The units' own sentences, as they answered."""
    sentences = frame(lambda self: vocabulary.sentences(self.survey.quotes("sentence")))
    """Those of them that may be shown, and by whom."""
    frequent = frame(
        lambda self: vocabulary.frequent(self.proposed, self.survey.settings.vision.text)
    )

    @property
    def weightings(self) -> Mapping[str, pd.Series]:
        consistent = pd.Series(self.judged.chosen(True).astype(float), self.judged.units["unit"])
        return {**super().weightings, premise.ALONE["consistent"]: consistent}

    @cached_property
    def comparisons(self) -> list[claims.Comparisons]:
        expected = len(self.survey.units)
        scale = self.contributing.ends
        return figures.comparisons(
            self.judged, self.answers, self.elements, scale, expected, self.confidence
        )

    @cached_property
    def key_figures(self) -> list[dict]:
        said = words.key_figures(
            self.judged,
            self.weights,
            self.contributions,
            self.bound,
            self.found,
            self.contributing,
            self.confidence,
        )
        if said[0]["value"] is not None:
            first = self.weights["dimension"].iloc[0]
            said[0]["key"] = [self.name, "dimension_weight", first, self.scope]
        return [figure | {"label": self.scoped(figure["label"])} for figure in said]

    @cached_property
    def findings(self) -> list[Finding]:
        first = words.highest(self.weights, self.found, self.confidence)
        named = words.weightiest(self.weights, self.found)["dimension"]
        settings, judged = self.survey.settings, len(self.judged.units)
        vision = f"{settings.name} {settings.vision.text}"
        return self.acting(
            [
                (first, named),
                *words.contributing(self.contributions, self.found)[:ELEMENTS],
                (words.proposed(self.proposed, vision, judged), ()),
            ]
        )

    @cached_property
    def quality(self) -> list[Finding]:
        judged, found = self.judged, self.found
        others = [
            consistency.finding_effect(judged, found),
            lead.groups_apart(found, figures.GROUPS, figures.weighed(judged)),
        ]
        return [
            consistency.finding(judged, self.bound),
            *([] if premise.lacking(judged) and judged.chosen().any() else others),
            ledger.finding(found),
        ]

    @cached_property
    def titles(self) -> Mapping[str, str]:
        said = {
            "weights": words.heading_weights(self.weights, self.found),
            "with_and_without": consistency.heading_effect(self.judged, self.found),
            "consistency": consistency.heading(self.judged),
            "by_group": premise.none(self.judged) or words.heading_groups(self.by_group),
            "contributions": words.heading_contributions(self.contributions, self.found),
        }
        return {name: self.scoped(title) for name, title in said.items()}

    @property
    def by_name(self) -> list[dict]:
        """How consistent each unit is."""
        note = _("Ambang rasio konsistensi: {threshold}. Kosong: pasangan tanpa jawaban.")
        return [
            {
                "frame": self.consistency,
                "title": self.titles["consistency"],
                "columns": ["unit_name", "group_name", "ratio", "status", "blank"],
                "note": f"{note.format(threshold=number(self.bound))} {self.combined}",
            }
        ]

    @property
    def combined(self) -> str:
        """How consistent all judgements are together, and how alike the units weigh."""
        return consistency.combined(self.judged)

    def measures(self, unit: str) -> list[tuple[str, pd.DataFrame]]:
        """The dimension that the unit weighs most, and its weight in every unit."""
        first, everyone = figures.top_weight(self.of_units, unit)
        return [
            (
                _("Bobot {first}, tertinggi menurut perangkat daerah ini").format(first=first),
                everyone,
            )
        ]


of = Vision

__all__ = ["Vision", "of"]
