"""The future (Analisis Masa Depan): drivers of change, scenarios and published figures."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from analysis.methods.agreement import Concordance, Undefined
from analysis.needs import CATEGORY, SCALE, TEXT
from analysis.refusals import Unfit
from analysis.stages.evidence import aggregate, claims
from analysis.stages.evidence.finding import Finding
from analysis.stages.evidence.stage import Stage, frame
from analysis.stages.future import drivers, outlook, scenarios, words
from analysis.text import N_, _, interval, number, percent


@dataclass(frozen=True, eq=False)
class Future(Stage):
    """The stage over one survey; `cut`: the mean above which a driver is high.

    0 stands for the cut of the city's settings.
    """

    cut: float = 0.0

    name = "future"
    title = N_("Masa depan")
    place = 1
    methods = ("bootstrap", "scenario", "kendall", "levels", "first", "sensitivity", "trend")
    measured = {"classified": "product"}
    noted = {"future": "evidence"}
    noted_levels = ("impact", "uncertainty")
    primary = (drivers.LEADING,)
    tables = ("future",)
    needs = {
        "future": {"steep": CATEGORY, "impact": SCALE, "uncertainty": SCALE, "evidence": TEXT},
        "future_own": {
            "name": TEXT,
            "steep": "choice steep",
            "impact": SCALE,
            "uncertainty": SCALE,
            "evidence": TEXT,
        },
    }
    one_scale = ((("future", "impact"), ("future", "uncertainty")),)

    def __post_init__(self) -> None:
        super().__post_init__()
        low, high = self.levels.ends
        if not low <= self.bound <= high:
            raise Unfit(
                _("Batas {cut} di luar skala {low}–{high}.").format(
                    cut=number(self.bound), low=number(low, 0), high=number(high, 0)
                )
            )

    @property
    def levels(self) -> Any:
        """The scale of impact, with the ends of which that of uncertainty has."""
        return self.scale("future", "impact")

    @property
    def products(self) -> str:
        """The least and the most that impact times uncertainty can be, as a text."""
        return interval(*drivers.squares(self.levels.ends), 0)

    @property
    def bound(self) -> float:
        """The cut in use."""
        return self.cut or self.survey.settings.thresholds.future_cut

    given = frame(lambda self: self.survey.answers("future"))
    """All answers, also of units that gave a driver only one of its two values."""

    @cached_property
    def answers(self) -> pd.DataFrame:
        """The answers that count: those of units that gave a driver both values."""
        return drivers.both(self.given)

    classified = frame(
        lambda self: drivers.classified(
            self.given, self.bound, self.levels.ends, self.found, self.confidence
        )
    )

    @cached_property
    def agreement(self) -> Concordance | Undefined:
        """How far the units agree on which drivers matter."""
        return drivers.concordance(self.given)

    @cached_property
    def complete(self) -> Concordance | Undefined:
        """The same of the units that rated every driver alone."""
        return drivers.concordance(self.given, 1.0)

    added = frame(lambda self: drivers.own(self.survey.answers("future_own")))
    """The drivers that units added themselves."""
    own = frame(lambda self: drivers.own(self.survey.quotes("future_own")))
    """Those of them that may be shown, and by whom."""

    @cached_property
    def pair(self) -> scenarios.Pair | None:
        return scenarios.pair(self.given, self.classified, self.bound)

    @property
    def matrix(self) -> Mapping[str, Any]:
        """What a picture of the scenarios shows, or a table where there is no `pair`."""
        return scenarios.shown(self.pair, self.classified) | {"source": self.source}

    statistics = frame(lambda self: outlook.city(self.survey.statistics))

    @cached_property
    def indicators(self) -> list[outlook.Series]:
        return outlook.all_series(self.statistics, self.confidence)

    def series(self, indicator: str) -> outlook.Series:
        """One indicator of the city."""
        return outlook.series(self.statistics, indicator, self.confidence)

    projections = frame(lambda self: outlook.projections(self.indicators))

    @cached_property
    def comparisons(self) -> list[claims.Comparisons]:
        expected = len(self.survey.units)
        return drivers.comparisons(
            self.given, self.bound, self.levels.ends, expected, self.confidence
        )

    @cached_property
    def key_figures(self) -> list[dict]:
        said = words.key_figures(
            self.classified, self.agreement, self.found, self.products, self.confidence
        )
        scoped = [figure | {"label": self.scoped(figure["label"])} for figure in said]
        return [*scoped, outlook.figure(self.indicators)]

    @cached_property
    def findings(self) -> list[Finding]:
        said = words.findings(self.classified, self.found)
        acted = self.acting(said)
        return [*acted, scenarios.finding(self.pair), outlook.finding(self.indicators)]

    @cached_property
    def quality(self) -> list[Finding]:
        return words.quality(self.agreed, self.added, self.found)

    def measures(self, unit: str) -> list[tuple[str, pd.DataFrame]]:
        names = (
            _("Dampak faktor pendorong ({scale})"),
            _("Ketidakpastian faktor pendorong ({scale})"),
        )
        return [
            (name.format(scale=self.levels), aggregate.unit_means(self.answers, measure))
            for name, measure in zip(names, drivers.SCALES, strict=True)
        ]

    @cached_property
    def titles(self) -> Mapping[str, str]:
        return {
            "classified": self.scoped(words.heading_classes(self.classified)),
            "product": self.scoped(words.heading_product(self.classified, self.found)),
            "own": words.heading_own(self.added),
        }

    @property
    def note(self) -> str:
        """What the intervals and n of a table are."""
        return _(
            "Selang {confidence}; n = banyaknya perangkat daerah yang mengisi kedua nilai."
        ).format(confidence=percent(self.confidence))

    @property
    def agreed(self) -> Finding:
        """How far the units agree on which drivers matter."""
        return words.agreed(self.agreement, self.complete, self.found)


of = Future

__all__ = ["Future", "of"]
