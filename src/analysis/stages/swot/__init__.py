"""SWOT: the place of the city between its own factors (IFAS) and its surroundings (EFAS)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from analysis.stages.evidence import aggregate, claims
from analysis.stages.evidence.finding import Finding
from analysis.stages.evidence.stage import Stage, frame
from analysis.stages.external import External, factors, sides
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
    prominence = 0
    methods = ("bootstrap", "factors", "position", "levels", "sensitivity")
    measured = {"matrix": "rating", "axes": "position", "parts": "position", "cells": "cell"}
    noted = {"swot": "note"}
    primary = (figures.QUADRANT,)

    @cached_property
    def external(self) -> External:
        """The surroundings, from their own stage."""
        return External(self.survey, self.confidence)

    @cached_property
    def answers(self) -> pd.DataFrame:
        return self.survey.answers("swot")

    @frame
    def matrix(self) -> pd.DataFrame:
        """IFAS: a row per factor, highest score first."""
        matrix = factors.evaluate(self.answers, "element", self.confidence)
        return claims.beside(matrix, self.found, figures.FACTOR, on="item")

    @cached_property
    def position(self) -> Position | None:
        return position.place(self.matrix, self.external.matrix)

    cloud = frame(lambda self: position.cloud(self.answers, self.external.answers))
    """Positions in resamples of the units."""

    @property
    def centre(self) -> tuple[float, float]:
        """Where the position is drawn: the origin as long as there is none."""
        return (self.position.x, self.position.y) if self.position else (0.0, 0.0)

    axes = frame(lambda self: figures.axes(self.found, self.external.found))
    """X and Y, with the quadrant."""
    parts = frame(
        lambda self: position.parts(self.answers, self.external.answers, self.axes, self.confidence)
    )
    """S, W, O, T, X, Y and both totals."""
    cells = frame(lambda self: position.shares(self.cloud, "cell"))
    """How often the resamples fall into each cell of the IE matrix."""
    candidates = frame(lambda self: tows.pairs(self.matrix, self.external.matrix, self.pairs))
    """Pairs of factors for the TOWS strategies."""

    @frame
    def lines(self) -> pd.DataFrame:
        """What the units wrote of each kind themselves."""
        names = self.survey.instrument.scheme("swot")["name"]
        return tows.lines(self.survey.answers("swot_lines"), names)

    @cached_property
    def comparisons(self) -> list[claims.Comparisons]:
        return figures.comparisons(
            self.answers,
            self.external.answers,
            len(self.survey.units),
            self.confidence,
            "" if self.survey.whole else self.survey.scope,
        )

    @cached_property
    def key_figures(self) -> list[dict]:
        keys = words.key_figures(self.position, self.cloud, self.found, self.external.found)
        return [key | {"label": self.scoped(key["label"])} for key in keys]

    @cached_property
    def findings(self) -> list[Finding]:
        return words.findings(self.position, self.matrix, self.external.matrix, self.found)

    def measures(self, unit: str) -> list[tuple[str, pd.DataFrame]]:
        given = factors.answered(self.answers)
        return [
            (
                _("Penilaian faktor (1 kelemahan – 4 kekuatan)"),
                aggregate.unit_means(given, "rating"),
            )
        ]

    @cached_property
    def titles(self) -> Mapping[str, str]:
        totals = [claims.of_kind(s.found, figures.BALANCE) for s in (self, self.external)]
        return {
            "cloud": words.heading_position(self.found),
            "matrix": self.scoped(sides.heading(self.matrix, _("kekuatan"), _("kelemahan"))),
            "cells": self.scoped(words.heading_cell(*totals)),
        }


of = Swot
