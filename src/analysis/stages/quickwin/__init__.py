"""Quick win programmes (Program Unggulan): ranked, in a short list, and in what a budget buys."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from analysis.needs import SCALE, TEXT
from analysis.refusals import Unfit
from analysis.stages import vision
from analysis.stages.evidence import claims
from analysis.stages.evidence.finding import Finding
from analysis.stages.evidence.stage import Stage, frame
from analysis.stages.quickwin import (
    alike,
    figures,
    package_words,
    packages,
    proposals,
    purchases,
    shortlist,
    words,
)
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
        "bought": "rank",
        "left_out": "rank",
        "chosen": "rank",
        "packed": "rank",
        "shortlist": "rank",
        "covered": "package",
        "purchase": "package",
    }
    primary = (figures.FIRST,)
    needs = {
        "quickwin": {
            "name": TEXT,
            "dimension": "choice dimension",
            "cost": "amount million_rupiah",
            "duration": "amount months",
            "beneficiaries": "amount people",
            "lead": TEXT,
        },
    }
    prominence = 0

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.budget < 0:
            raise Unfit(
                _("Anggaran {budget} tidak boleh negatif.").format(budget=number(self.budget))
            )
        if not 0 <= self.similarity <= 1:
            raise Unfit(
                _("Kemiripan {similarity} di luar 0–1.").format(similarity=number(self.similarity))
            )

    @property
    def reads(self) -> Sequence[str]:
        """Also what the weights of the dimensions stand on, which are asked for at times only."""
        return *self.needs, "pairs", "contribution"

    @property
    def settings(self) -> Any:
        """What the city decided: criteria and their weights, the budget, what packages keep to."""
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

    @cached_property
    def dimensions(self) -> pd.Series:
        """The name of every dimension, by its id."""
        return self.survey.instrument.scheme("dimension")["name"]

    @cached_property
    def inhabitants(self) -> pd.Series | None:
        """The newest number of inhabitants in use (value, year), None where there is none."""
        return figures.inhabitants(self.survey.statistics)

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
        return proposals.by_dimension(self.proposed, self.dimensions)

    by_horizon = frame(lambda self: proposals.by_horizon(self.proposed, self.horizons))
    incomplete = frame(lambda self: proposals.incomplete(self.proposed, self.fields))
    similar = frame(lambda self: alike.clusters(self.proposed, self.similarity))
    """The proposals whose names look alike, by cluster."""

    @cached_property
    def dimension_weights(self) -> pd.Series | None:
        if not self.weigh_dimensions:
            return None
        weights = vision.of(self.survey, confidence=self.confidence).weights
        return weights.set_index("dimension")["dimension_weight"]

    ranking = frame(
        lambda self: figures.ranking(
            self.proposed,
            self.settings.weights,
            self.settings.cost_criteria,
            self.horizons,
            self.dimension_weights,
            self.confidence,
            np.inf if self.inhabitants is None else self.inhabitants["value"],
        )
    )

    placed = frame(
        lambda self: claims.beside(self.ranking, self.found, figures.FIRST, on="proposal")
    )
    """The ranking, with how sure its first rank is."""

    @cached_property
    def reversals(self) -> int:
        return figures.reversals(self.ranking, self.settings.weights, self.settings.cost_criteria)

    @cached_property
    def offered(self) -> pd.DataFrame:
        """The ranking with what packages must know: see `packages.offered`."""
        return packages.offered(self.ranking, self.similar, self.survey.units)

    @cached_property
    def options(self) -> list[packages.Option]:
        """Packages, and what is bought in rank order, at three budgets."""
        return packages.options(
            self.offered, self.funds, self.settings.least_per_dimension, self.settings.most_per_lead
        )

    @property
    def package(self) -> packages.Option:
        """The package within the budget."""
        return packages.whole(self.options)

    @frame
    def bought(self) -> pd.DataFrame:
        """The ranking, which of its proposals the package holds, and why not the others."""
        return packages.bought(self.offered, self.package, self.settings.most_per_lead)

    left_out = frame(lambda self: self.bought[~self.bought["within"]].reset_index(drop=True))
    chosen = frame(lambda self: packages.chosen(self.bought))
    packed = frame(lambda self: packages.every(self.options))
    covered = frame(lambda self: purchases.covered(self.options, self.dimensions))
    purchase = frame(lambda self: purchases.purchase(self.options, self.bought, self.dimensions))
    shortlist = frame(
        lambda self: shortlist.shortlist(self.bought, self.settings.shortlist, self.dimensions)
    )

    @cached_property
    def comparisons(self) -> list[claims.Comparisons]:
        rated = {
            field.name: field.kind.ends
            for field in self.fields
            if field.name in self.settings.weights and field.kind.what == SCALE
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
            "usulan lain dikeluarkan atau pengusulnya menilai setingkat lebih rendah. "
            "Cenderung: seluruh selang itu di atas nol."
        ).format(confidence=percent(self.confidence))

    @property
    def package_note(self) -> str:
        """What the package keeps to, and up to how many people a programme counts."""
        least, most = self.settings.least_per_dimension, self.settings.most_per_lead
        return f"{package_words.kept(least, most)} {words.people_note(self.inhabitants)}"

    @cached_property
    def key_figures(self) -> list[dict]:
        if self.proposed.empty:
            label = self.scoped(_("usulan program"))
            return [{"shown": "–", "label": label, "detail": _(words.UNPROPOSED), "value": None}]
        said = words.key_figures(
            self.proposed, self.ranking, self.package, self.shortlist, self.dimensions
        )
        return [figure | {"label": self.scoped(figure["label"])} for figure in said]

    @cached_property
    def findings(self) -> list[Finding]:
        if self.ranking.empty:
            given = words.given(self.proposed, self.survey.units)
            return [given] if self.proposed.empty else [words.nothing(), given]
        names, least = self.dimensions, self.settings.least_per_dimension
        largest = self.similar[self.similar["cluster"] == 1]
        served = purchases.least_served(self.package.held, names)
        said = [
            (package_words.within(self.package, self.bought, names), served.index),
            (package_words.unmet(self.package, self.bought, names, least), ()),
            (words.listed_first(self.shortlist, self.bought, names), ["quickwin"]),
            (words.alike(self.similar), largest["dimension"].dropna()),
            (words.leaders(self.ranking, self.found), ()),
        ]
        return self.acting((finding, items) for finding, items in said if finding)

    @cached_property
    def quality(self) -> list[Finding]:
        if self.ranking.empty:
            return []
        said = [
            words.given(self.proposed, self.survey.units),
            package_words.in_turn(self.options, self.bought, self.dimensions),
            package_words.budgets(self.options, self.dimensions),
            words.reversed_by(self.reversals, len(self.ranking)),
        ]
        return [finding for finding in said if finding]

    @cached_property
    def titles(self) -> Mapping[str, str]:
        said = {
            "by_dimension": proposals.headline_dimensions(self.by_dimension),
            "by_horizon": proposals.headline_horizons(self.by_horizon, self.horizons),
            "incomplete": proposals.headline_incomplete(self.proposed),
            "similar": alike.headline(self.similar),
            "ranking": words.headline_ranking(self.ranking, self.found),
            "shortlist": shortlist.headline(self.shortlist),
            "covered": package_words.headline(self.package, self.bought, self.dimensions),
            "chosen": package_words.headline_chosen(self.chosen),
            "left_out": package_words.headline_left_out(self.bought),
            "purchase": package_words.headline_in_turn(self.options, self.dimensions),
        }
        if self.proposed.empty:
            said = dict.fromkeys(said, _(words.UNPROPOSED))
        return {name: self.scoped(title) for name, title in said.items()}

    def measures(self, unit: str) -> list[tuple[str, pd.DataFrame]]:
        return [(_("Usulan lengkap"), proposals.count(self.ranking, self.survey.units))]


of = QuickWin

__all__ = ["QuickWin", "of"]
