"""SWOT: the place of the city between its own factors (IFAS) and its surroundings (EFAS)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from analysis.stages.evidence import claims
from analysis.stages.evidence.stage import Stage
from analysis.stages.external import External, factors
from analysis.stages.swot import figures, position, tows, words
from analysis.stages.swot.position import Position
from analysis.text import N_, _


@dataclass(frozen=True, eq=False)
class Swot(Stage):
    """The stage over one survey; `pairs`: how many pairs of factors each TOWS strategy gets."""

    pairs: int = 3

    name = "swot"
    title = N_("SWOT")
    place = 5
    methods = ("bootstrap", "factors", "position", "holm", "sensitivity")

    @cached_property
    def external(self) -> External:
        """The surroundings, from their own stage."""
        return External(self.survey, self.confidence)

    @cached_property
    def answers(self) -> pd.DataFrame:
        return self.survey.answers("swot")

    @cached_property
    def matrix(self) -> pd.DataFrame:
        """IFAS: a row per factor, highest score first."""
        return factors.evaluate(self.answers, "element", self.confidence)

    @cached_property
    def total(self) -> factors.Total:
        return factors.total(self.answers, self.confidence)

    @cached_property
    def position(self) -> Position | None:
        return position.place(self.matrix, self.external.matrix)

    @cached_property
    def cloud(self) -> pd.DataFrame:
        """Positions in resamples of the units."""
        return position.cloud(self.answers, self.external.answers, seed=self.survey.settings.seed)

    @property
    def centre(self) -> tuple[float, float]:
        """Where the position is drawn: the origin as long as there is none."""
        return (self.position.x, self.position.y) if self.position else (0.0, 0.0)

    @cached_property
    def parts(self) -> pd.DataFrame:
        return position.parts(
            self.position, self.cloud, self.total, self.external.total, self.confidence
        )

    @cached_property
    def cells(self) -> pd.DataFrame:
        """How often the resamples fall into each cell of the IE matrix."""
        return position.shares(self.cloud, "cell")

    @cached_property
    def candidates(self) -> pd.DataFrame:
        """Pairs of factors for the TOWS strategies."""
        return tows.pairs(self.matrix, self.external.matrix, self.pairs)

    @cached_property
    def lines(self) -> pd.DataFrame:
        """What the units wrote of each kind themselves."""
        names = self.survey.instrument.scheme("swot")["name"]
        return tows.lines(self.survey.answers("swot_lines"), names)

    @cached_property
    def comparisons(self) -> list[claims.Comparisons]:
        """Its own, and those of the surroundings but for the groups of units."""
        return [
            *figures.comparisons(self.answers, len(self.survey.units), self.confidence),
            *claims.selected(self.external.comparisons, figures.SHARED),
        ]

    @property
    def key_figures(self) -> list[dict]:
        return words.key_figures(
            self.position,
            self.cloud,
            self.total,
            self.external.total,
            self.found,
            self.confidence,
        )

    @cached_property
    def findings(self) -> list[str]:
        return words.findings(
            self.position,
            self.cloud,
            self.matrix,
            self.external.matrix,
            self.found,
            self.confidence,
        )

    @cached_property
    def titles(self) -> Mapping[str, str]:
        return {
            "cloud": words.heading_position(self.position, self.cloud, self.found),
            "matrix": words.heading_factors(self.matrix, [_("kekuatan"), _("kelemahan")]),
            "cells": words.heading_cell(self.total, self.external.total),
        }


of = Swot
