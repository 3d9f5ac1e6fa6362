"""Regional readiness (Analisis Kesiapan Daerah): the maturity of nine sub-elements."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from analysis.needs import CATEGORY, SCALE, TEXT
from analysis.refusals import Unfit
from analysis.stages.evidence import claims, items, ledger, proof, respondents
from analysis.stages.evidence.finding import Finding
from analysis.stages.evidence.stage import Stage, frame
from analysis.stages.readiness import figures, words
from analysis.text import N_, _, number

WEAK = 8  # indicators of which the spread is shown


@dataclass(frozen=True, eq=False)
class Readiness(Stage):
    """The readiness of one survey; `threshold`: the mean from which a sub-element is ready.

    0 stands for the threshold of the city's settings, see `bound`.
    """

    threshold: float = 0.0

    name = "readiness"
    title = N_("Kesiapan")
    place = 3
    methods = ("bootstrap", "index", "levels", "welch", "sensitivity", "alpha", "items")
    measured = {
        "subelements": "level",
        "by_group": "level",
        "elements_by_group": "level",
        "indicators": "level",
        "by_unit": "level",
        "own_values": "level",
        "items": "item",
    }
    noted = {"readiness": "evidence"}
    noted_levels = ("level",)
    primary = (figures.THRESHOLD,)
    tables = ("readiness",)
    needs = {
        "readiness": {
            "element": CATEGORY,
            "subelement": CATEGORY,
            "level": SCALE,
            "evidence": TEXT,
        },
    }
    prominence = 0

    def __post_init__(self) -> None:
        super().__post_init__()
        low, high = self.levels.ends
        if not low <= self.bound <= high:
            raise Unfit(
                _("Batas siap {threshold} di luar skala kesiapan, {low}–{high}.").format(
                    threshold=f"{self.bound:g}", low=number(low, 0), high=number(high, 0)
                )
            )

    @property
    def references(self) -> list[float]:
        """Thresholds up to three tenths of a level from the one in use, within the scale."""
        low, high = self.levels.ends
        others = (round(self.bound + step / 10, 9) for step in range(-3, 4))
        return [other for other in others if low <= other <= high]

    @property
    def levels(self) -> Any:
        """The scale of maturity."""
        return self.scale("readiness", "level")

    @property
    def bound(self) -> float:
        """The threshold in use."""
        return self.threshold or self.survey.settings.thresholds.readiness

    @cached_property
    def answers(self) -> pd.DataFrame:
        return self.survey.answers("readiness")

    scores = frame(lambda self: figures.scores(self.answers, self.levels.ends))

    @frame
    def own_values(self) -> pd.DataFrame:
        """Each unit's index and elements.

        Columns: unit, group, item, name, short, value; the first item stands for the whole.
        """
        part = self.scores[self.scores["tier"].isin([figures.INDEX, figures.ELEMENT])]
        columns = ["unit", "group", "item", "name", "short", "value"]
        return part.rename(columns={"id": "item", "score": "value"})[columns]

    def measures(self, unit: str) -> list[tuple[str, pd.DataFrame]]:
        whole = self.own_values["item"] == figures.INDEX
        label = _("Indeks kesiapan ({scale})").format(scale=self.levels)
        return [(label, self.own_values[whole])]

    @frame
    def subelements(self) -> pd.DataFrame:
        """The sub-elements, highest mean first, beside their claims: see `figures.marked`."""
        table = figures.city(self.scores, figures.SUBELEMENT, self.levels.ends, self.confidence)
        return figures.marked(table, self.found)

    by_group = frame(lambda self: self._by_group(figures.SUBELEMENT))
    """The sub-elements in each group of units."""
    elements_by_group = frame(lambda self: self._by_group(figures.ELEMENT))
    by_unit = frame(lambda self: figures.by_unit(self.scores))
    indicators = frame(
        lambda self: figures.indicators(self.answers, self.levels.ends, self.confidence)
    )
    distribution = frame(lambda self: figures.distribution(self.answers, self.levels.levels, WEAK))
    """How the answers spread over the levels, of the eight weakest indicators."""

    @cached_property
    def reliability(self) -> items.Reliability:
        return items.reliability(self.answers, "level", self.confidence)

    items = frame(
        lambda self: items.analysis(self.answers, "level", self.levels.ends, self.confidence)
    )

    @property
    def evidence_bound(self) -> int:
        """The level from which evidence is due."""
        return self.survey.settings.thresholds.evidence

    @frame
    def due(self) -> pd.DataFrame:
        """The levels that should have evidence: see `proof.due`."""
        return proof.due({_("kesiapan"): self.answers}, self.evidence_bound)

    unproven_by_item = frame(lambda self: proof.counted(self.due, proof.ITEM))
    """How many of these lack it, by indicator."""
    unproven_by_unit = frame(lambda self: proof.counted(self.due, proof.UNIT))

    @cached_property
    def comparisons(self) -> list[claims.Comparisons]:
        expected = len(self.survey.units)
        return figures.comparisons(
            self.answers, self.bound, self.levels.ends, expected, self.confidence
        )

    @cached_property
    def key_figures(self) -> list[dict]:
        return words.key_figures(self.subelements, self.found, self.bound, self.whom, self.levels)

    @cached_property
    def findings(self) -> list[Finding]:
        return self._said

    @cached_property
    def quality(self) -> list[Finding]:
        proven = proof.finding(self.due, self.evidence_bound)
        alike = items.finding(self.items, self.reliability, self.levels.ends)
        asked = [words.self_rated(), proven, self.reliable, alike, *self._colleagues]
        return [*asked, ledger.finding(self.found)]

    @property
    def _colleagues(self) -> list[Finding]:
        """How far the respondents of one unit agree, where units have several."""
        people = respondents.several(self.survey)
        if people.empty:
            return []
        said = respondents.given(self.survey, list(self.needs))
        alike, apart = respondents.agreed(said), respondents.differ(said, self.confidence)
        return [respondents.finding(people, alike, apart)]

    @property
    def further(self) -> list[str]:
        return [respondents.METHOD] if len(respondents.several(self.survey)) else []

    @property
    def headlines(self) -> list[Finding]:
        """The index and the sub-elements beside the threshold."""
        return self._said[:2]

    @cached_property
    def _said(self) -> list[Finding]:
        said = words.findings(self.subelements, self.found, self.bound, self.whom, self.levels.high)
        return self.acting(said)

    def _by_group(self, tier: str) -> pd.DataFrame:
        scale, whole = self.levels.ends, self.survey.whole
        return figures.by_group(self.scores, tier, scale, self.confidence, whole)

    @cached_property
    def titles(self) -> Mapping[str, str]:
        return {
            "by_group": words.lowest_everywhere(self.by_group),
            "subelements": words.headline(self.subelements, self.found, self.bound),
            "items": items.heading(self.items, self.reliability),
            "due": proof.heading(self.due, self.evidence_bound),
        }

    @property
    def by_name(self) -> list[dict]:
        """The index of each unit."""
        return [
            {
                "frame": self.by_unit,
                "title": _("Indeks kesiapan menurut penilaian sendiri"),
                "columns": ["unit_name", "group_name", "score"],
            }
        ]

    @property
    def bound_label(self) -> str:
        """What the threshold's line says."""
        return _("batas siap {threshold}").format(threshold=number(self.bound, 1))

    @property
    def reliable(self) -> Finding:
        """How reliable the indicators are as one scale."""
        return items.reliable(self.reliability, _("pertanyaan kesiapan"), self.confidence)


of = Readiness

__all__ = ["Readiness", "of"]
