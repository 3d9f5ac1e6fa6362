"""SWOT: the place of the city between its own factors (IFAS) and its surroundings (EFAS)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from analysis.needs import CATEGORY, SCALE, TEXT
from analysis.refusals import Unfit
from analysis.stages.evidence import aggregate, claims, ledger
from analysis.stages.evidence.finding import Finding
from analysis.stages.evidence.stage import Stage, frame
from analysis.stages.external import External, factors, sides
from analysis.stages.swot import figures, lists, position, tows, words
from analysis.stages.swot.position import Position
from analysis.text import N_, _


@dataclass(frozen=True, eq=False)
class Swot(Stage):
    """The stage over one survey; `pairs`: how many pairs of factors each strategy gets at most."""

    pairs: int = 6

    name = "swot"
    title = N_("SWOT")
    place = 5
    prominence = 0
    methods = ("bootstrap", "factors", "position", "levels", "sensitivity")
    measured = {"matrix": "rating", "axes": "position", "parts": "position", "quotes": "quote"}
    noted = {"swot": "note"}
    noted_levels = ("importance", "rating")
    primary = (figures.QUADRANT,)
    tables = ("swot", "external")
    needs = {
        "external": External.needs["external"],
        "swot": {"element": CATEGORY, "importance": SCALE, "rating": SCALE, "note": TEXT},
        "swot_lines": {"swot": CATEGORY, "text": TEXT},
    }
    one_scale = ((("swot", "rating"), ("external", "rating")),)

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.pairs < 1:
            raise Unfit(_("pairs harus sedikitnya 1, bukan {n}.").format(n=self.pairs))

    @property
    def rating(self) -> Any:
        """The scale from weakness to strength."""
        return self.scale("swot", "rating")

    @cached_property
    def scales(self) -> factors.Scales:
        return factors.Scales(self.scale("swot", "importance").ends, self.rating.ends)

    @property
    def neutral(self) -> float:
        """The rating between weakness and strength."""
        return self.scales.neutral

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
        matrix = factors.evaluate(self.answers, "element", self.scales, self.confidence)
        return claims.beside(matrix, self.found, figures.FACTOR, on="item")

    @cached_property
    def position(self) -> Position | None:
        return position.place(self.matrix, self.external.matrix, self.scales)

    cloud = frame(lambda self: position.cloud(self.answers, self.external.answers, self.scales))
    """Positions in resamples of the units."""

    @property
    def centre(self) -> tuple[float, float]:
        """Where the position is drawn: the origin as long as there is none."""
        return (self.position.x, self.position.y) if self.position else (0.0, 0.0)

    axes = frame(lambda self: figures.axes(self.found, self.external.found))
    """X and Y, with the quadrant."""

    @cached_property
    def differences(self) -> tuple[float, float]:
        """S - W and O - T of the raw scores: see `position.raw`."""
        inner, outer = self.matrix, self.external.matrix
        return position.raw(inner, self.neutral), position.raw(outer, self.neutral)

    @property
    def note(self) -> str:
        """What the intervals and n of the parts are, and what stands beside X and Y."""
        return (
            self.external.note
            + " "
            + _(
                "Selisih skor mentah: Σ bobot × penilaian kekuatan (peluang) dikurangi kelemahan "
                "(ancaman), netral dihitung sebagai kekuatan (peluang); bukan X dan bukan Y."
            )
        )

    @frame
    def parts(self) -> pd.DataFrame:
        """S, W, O, T, X, Y and both totals."""
        answers = self.answers, self.external.answers
        return position.parts(*answers, self.scales, self.axes, self.differences, self.confidence)

    listed = frame(lambda self: lists.listed(self.matrix, self.external.matrix, self.neutral))
    """The factors on the lists of strengths, weaknesses, opportunities and threats."""

    @property
    def boxes(self) -> Mapping[str, Any]:
        """What a picture of the four lists says."""
        shown = lists.shown(self.listed, self.matrix, self.external.matrix)
        return shown | {"title": self.scoped(shown["title"])}

    candidates = frame(lambda self: tows.pairs(self.listed, self.pairs))
    """Pairs of factors for the TOWS strategies."""

    @property
    def strategies(self) -> Mapping[str, Any]:
        """What a picture of the pairs says."""
        shown = tows.shown(self.listed, self.pairs)
        return shown | {"title": self.scoped(shown["title"])}

    @frame
    def quotes(self) -> pd.DataFrame:
        """What the units wrote of each kind themselves."""
        names = self.survey.instrument.scheme("swot")["name"]
        return lists.quotes(self.survey.quotes("swot_lines"), names)

    @cached_property
    def comparisons(self) -> list[claims.Comparisons]:
        return figures.comparisons(
            self.answers,
            self.external.answers,
            (self.scales, self.external.scales),
            len(self.survey.units),
            self.confidence,
            "" if self.survey.whole else self.survey.scope,
        )

    @cached_property
    def key_figures(self) -> list[dict]:
        scale = f"{self.rating}, {self.external.neutral_label}"
        keys = words.key_figures(self.position, self.found, self.external.found, scale)
        return [key | {"label": self.scoped(key["label"])} for key in keys]

    @cached_property
    def findings(self) -> list[Finding]:
        scope = "" if self.survey.whole else self.survey.scope
        outside = self.external
        return self.acting(
            words.findings(
                self.position,
                self.matrix,
                outside.matrix,
                self.found,
                outside.found,
                self.neutral,
                scope,
            )
        )

    @property
    def headlines(self) -> list[Finding]:
        """Where the city stands, and the weaknesses to mend."""
        return self.findings[:2]

    @cached_property
    def quality(self) -> list[Finding]:
        if self.position is None:
            return []
        return [words.raw(self.differences), ledger.finding(self.found)]

    def measures(self, unit: str) -> list[tuple[str, pd.DataFrame]]:
        given = factors.answered(self.answers)
        label = _("Penilaian faktor ({scale})").format(scale=self.rating.spoken)
        return [(label, aggregate.unit_means(given, "rating"))]

    @cached_property
    def titles(self) -> Mapping[str, str]:
        return {
            "cloud": words.heading_position(self.found),
            "matrix": self.scoped(
                sides.heading(self.matrix, self.neutral, _("kekuatan"), _("kelemahan"))
            ),
        }


of = Swot

__all__ = ["Swot", "of"]
