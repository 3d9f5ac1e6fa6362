"""Quick win programmes (Program Unggulan): proposals ranked, and the best set a budget buys."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from analysis.stages import vision
from analysis.stages.evidence import claims
from analysis.stages.evidence.finding import Finding
from analysis.stages.evidence.stage import Stage, frame
from analysis.stages.quickwin import figures, packages, proposals, words
from analysis.text import N_, _, number, percent


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
    measured = {
        "by_dimension": "proposals",
        "by_horizon": "horizons",
        "ranking": "rank",
        "placed": "rank",
        "purchase": "package",
    }
    primary = (figures.FIRST,)

    def __post_init__(self) -> None:
        if self.budget < 0:
            raise ValueError(
                _("Anggaran {budget} tidak boleh negatif.").format(budget=number(self.budget))
            )
        if not 0 <= self.similarity <= 1:
            raise ValueError(
                _("Kemiripan {similarity} di luar 0–1.").format(similarity=number(self.similarity))
            )

    @property
    def settings(self) -> Any:
        """What the city decided: criteria, their weights, and the budget."""
        return self.survey.settings.quickwin

    @property
    def funds(self) -> float:
        """The budget in use."""
        return self.budget or self.settings.budget

    @property
    def horizons(self) -> list[int]:
        """The last month of each horizon."""
        return self.survey.settings.thresholds.horizons

    @property
    def fields(self) -> list:
        return self.survey.instrument.table("quickwin").fields

    criteria = frame(
        lambda self: proposals.criteria(
            self.settings.weights, self.settings.cost_criteria, self.fields
        )
    )

    @frame
    def proposed(self) -> pd.DataFrame:
        answers = self.survey.answers("quickwin")
        return proposals.described(answers, self.settings.weights)

    @frame
    def by_dimension(self) -> pd.DataFrame:
        names = self.survey.instrument.scheme("dimension")["name"]
        return proposals.by_dimension(self.proposed, names)

    by_horizon = frame(lambda self: proposals.by_horizon(self.proposed, self.horizons))
    incomplete = frame(lambda self: proposals.incomplete(self.proposed, self.fields))
    similar = frame(lambda self: proposals.similar(self.proposed, self.similarity))

    @cached_property
    def dimension_weights(self) -> pd.Series | None:
        if not self.weigh_dimensions:
            return None
        weights = vision.of(self.survey, confidence=self.confidence).weights
        return weights.set_index("dimension")["weight"]

    ranking = frame(
        lambda self: figures.ranking(
            self.proposed,
            self.settings.weights,
            self.settings.cost_criteria,
            self.horizons,
            self.dimension_weights,
            self.confidence,
        )
    )

    placed = frame(
        lambda self: claims.beside(self.ranking, self.found, figures.FIRST, on="proposal")
    )
    """The ranking, with how sure its first rank is."""

    @cached_property
    def reversals(self) -> int:
        return figures.reversals(self.ranking, self.settings.weights, self.settings.cost_criteria)

    bought = frame(lambda self: packages.best(self.ranking, self.funds))
    """The ranking, and which of its proposals either package holds."""
    chosen = frame(lambda self: packages.chosen(self.bought))
    purchase = frame(lambda self: packages.purchase(self.bought, self.funds))

    @cached_property
    def comparisons(self) -> list[claims.Comparisons]:
        rated = {
            field.name: (float(field.kind.low), float(field.kind.high))
            for field in self.fields
            if field.name in self.settings.weights and hasattr(field.kind, "high")
        }
        return figures.comparisons(
            self.ranking, self.settings.weights, self.settings.cost_criteria, rated, self.confidence
        )

    @property
    def claims_note(self) -> str:
        return _(
            "Nilai: keunggulan nilai prioritas usulan pertama atas yang terbaik di antara yang "
            "lain, dengan selang {confidence} dari seribu ulangan bobot kriteria; n = banyaknya "
            "usulan. p: dua kali bagian ulangan dengan usulan lain yang menyamai atau "
            "mengunggulinya. Jelas: p di bawah batasnya, dan yang pertama tidak tergeser bila satu "
            "usulan lain dikeluarkan atau unit pengusulnya menilai setingkat lebih rendah. "
            "Cenderung: seluruh selang itu di atas nol."
        ).format(confidence=percent(self.confidence))

    @cached_property
    def key_figures(self) -> list[dict]:
        if self.proposed.empty:
            label = self.scoped(_("usulan program"))
            return [{"shown": "–", "label": label, "detail": _(words.UNPROPOSED), "value": None}]
        said = words.key_figures(self.proposed, self.bought, self.funds)
        return [figure | {"label": self.scoped(figure["label"])} for figure in said]

    @cached_property
    def findings(self) -> list[Finding]:
        return words.findings(
            self.proposed, self.bought, self.similar, self.survey.units, self.funds,
            self.reversals, self.found,
        )  # fmt: skip

    @cached_property
    def titles(self) -> Mapping[str, str]:
        said = {
            "by_dimension": proposals.headline_dimensions(self.by_dimension),
            "by_horizon": proposals.headline_horizons(self.by_horizon, self.horizons),
            "incomplete": proposals.headline_incomplete(self.proposed),
            "similar": proposals.headline_similar(self.similar),
            "ranking": words.headline_ranking(self.ranking, self.found),
            "purchase": packages.headline(self.bought, self.funds),
        }
        if self.proposed.empty:
            said = dict.fromkeys(said, _(words.UNPROPOSED))
        return {name: self.scoped(title) for name, title in said.items()}

    def measures(self, unit: str) -> list[tuple[str, pd.DataFrame]]:
        return [(_("Usulan lengkap"), proposals.count(self.ranking, self.survey.units))]


of = QuickWin
