"""How far a city moved between two periods (Perubahan): the same offices, asked the same.

What has changed in questionnaire or register is listed and left out: see `pairing`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pandas as pd

from analysis import stages
from analysis.origin import Source
from analysis.refusals import Unfit
from analysis.stages.evidence import claims, ledger, missing
from analysis.stages.evidence.finding import Finding
from analysis.stages.evidence.stage import Stage, frame
from analysis.stages.evidence.survey import Survey
from analysis.stages.whole import change_figures as figures
from analysis.stages.whole import change_titles as heads
from analysis.stages.whole import change_words as words
from analysis.stages.whole.change_words import OVERALL, PART
from analysis.stages.whole.pairing import Pairing, Part
from analysis.text import N_, _

INDEX, ELEMENT, SUBELEMENT = "index", "element", "subelement"
TIERS = {OVERALL: INDEX, PART: SUBELEMENT}
"""Which tier of the scores each kind of comparison is of."""
KEEP = ["name", "short", "parent"]
READINESS, GAP, VISION = (
    next(stage.of for stage in stages.ALL if stage.of.name == name)
    for name in ("readiness", "gap", "vision")
)
"""The stages whose figures are compared."""


@dataclass(frozen=True, eq=False)
class Change(Stage):
    """What moved since the survey of an `earlier` period of the same city.

    Both are real, or both are samples.
    """

    earlier: Survey = field(kw_only=True)

    name = "change"
    title = N_("Perubahan")
    methods = ("paired", "bootstrap", "index", "levels", "sensitivity", "covered")
    measured = {
        "overview": "change",
        "subelements": "change",
        "items": "change",
        "bridge": "bridge",
        "weights": "weight",
        "thresholds": "threshold",
        "way": "way",
        "whole_way": "way",
    }
    primary = (OVERALL,)
    tables = ("readiness",)
    needs = READINESS.needs

    def __post_init__(self) -> None:
        super().__post_init__()
        if lacks := self.lacks(self.earlier.instrument):
            raise Unfit(f"{self.earlier.period}: {lacks}")
        if self.earlier.sample != self.survey.sample:
            told = _("Jawaban CONTOH tidak dibandingkan dengan jawaban asli ({earlier}, {later}).")
            raise Unfit(told.format(earlier=self.earlier.period, later=self.survey.period))

    @property
    def reads(self) -> Sequence[str]:
        return ()  # whatever both periods ask

    @property
    def speaks(self) -> bool:
        return super().speaks and self.earlier.enough

    @cached_property
    def pairing(self) -> Pairing:
        """What both periods have in common."""
        return Pairing(self.earlier, self.survey)

    @property
    def source(self) -> Source:
        own, then = super().source, self.earlier.source
        line = _("{source}; dibandingkan dengan {period}")
        line = line.format(source=own, period=self.earlier.period)
        both = {**own.parameters, "earlier": self.earlier.period}
        return Source(line, both, f"{own.data} {then.data}".strip())

    @property
    def periods(self) -> dict[str, str]:
        """Which column holds the figures of which period, as tables head them."""
        return {"earlier": self.earlier.period, "later": self.survey.period}

    @cached_property
    def _scale(self) -> figures.Scale:
        """The ends of the scale of readiness."""
        ends: figures.Scale = self.scale("readiness", "level").ends
        return ends

    def _fits(self, stage: type[Stage]) -> bool:
        """Whether both periods ask what another stage needs."""
        return not any(stage.lacks(s.instrument) for s in (self.earlier, self.survey))

    def _readiness(self, survey: Survey, answers: pd.DataFrame | None = None) -> pd.DataFrame:
        """Each unit's scores of readiness in a survey, or in other answers to it."""
        whose: Any = survey if answers is None else Part(survey, {"readiness": answers})
        scores: pd.DataFrame = READINESS(whose, confidence=self.confidence).scores
        return scores

    def _scored(self, before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
        """The scores of both periods as a frame of pairs."""
        then, now = (self._readiness(self.survey, answers) for answers in (before, after))
        return figures.pairs(then, now, "score")

    @cached_property
    def _pairs(self) -> pd.DataFrame:
        return self._scored(*self.pairing.both("readiness"))

    def _tier(self, *tiers: str) -> pd.DataFrame:
        return self._pairs[self._pairs["tier"].isin(tiers)]

    def _moved(self, *tiers: str) -> pd.DataFrame:
        return figures.moved(self._tier(*tiers), "id", KEEP, self._scale, self.confidence)

    overview = frame(lambda self: self._moved(INDEX, ELEMENT))
    """The index and its elements: see `figures.moved`."""

    @frame
    def subelements(self) -> pd.DataFrame:
        """The sub-elements beside their claims, what rose most on top."""
        table = claims.beside(self._moved(SUBELEMENT), self.found, PART, on="id")
        return table.sort_values("change", ascending=False, kind="stable", ignore_index=True)

    @frame
    def items(self) -> pd.DataFrame:
        """Every question that both periods ask alike, for each of its scales.

        Columns: item, kind, name, scale_name and those of `figures.moved`.
        """
        parts = []
        same = self.pairing.questions.query("reason == ''")
        for table in same["table"].unique():
            before, after = self.pairing.both(table)
            by = ["kind", "scale_name", "low", "high"]
            for (kind, called, low, high), rows in self.pairing.same(table).groupby(by, sort=False):
                asked = after["item"].isin(rows["item"])
                made = figures.pairs(before[asked], after[asked], kind)
                made = figures.moved(made, "item", ["name"], (low, high), self.confidence)
                parts.append(made.assign(kind=kind, scale_name=called))
        if not parts:
            none = figures.moved(pd.DataFrame(), "item", ["name"], self._scale)
            parts = [none.assign(kind="", scale_name="")]
        made = pd.concat(parts).sort_values(["item", "kind"], kind="stable", ignore_index=True)
        first = ["item", "kind", "name", "scale_name"]
        return made[[*first, *(c for c in made if c not in first)]]

    @frame
    def bridge(self) -> pd.DataFrame:
        """What of the difference of the published indices is due to what: see `figures.bridge`."""
        both, index = (self.earlier, self.survey), self.overview.iloc[:1]
        published, asked = (
            tuple(
                self._readiness(survey, answers).query("tier == @INDEX")["score"].mean()
                for survey, answers in zip(both, given, strict=True)
            )
            for given in ((None, None), [self.pairing.own(s, "readiness") for s in both])
        )
        same = index["earlier"].mean(), index["later"].mean()  # none of no office
        means = {figures.PUBLISHED: published, figures.ITEMS: asked, figures.SAME: same}
        return figures.bridge(means)

    @cached_property
    def _journey(self) -> pd.DataFrame:
        if not self._fits(GAP):
            return pd.DataFrame()
        return figures.journey(*self.pairing.answers("gap"))

    way = frame(lambda self: figures.covered(self._journey, self.confidence))
    """How far each sub-dimension came on the way to its target: see `figures.covered`."""
    whole_way = frame(
        lambda self: figures.covered(figures.together(self._journey), self.confidence)
    )
    """The same of all of them together."""

    @property
    def pace(self) -> float | None:
        """Which part of the way (per cent) an even pace would have gone by now, if known."""
        gone = figures.years(self.earlier.period, self.survey.period)
        return None if gone is None else min(100.0 * gone / figures.YEARS, 100.0)

    @property
    def pace_label(self) -> str:
        """What the line at an even pace says."""
        return _("laju yang rata")

    @property
    def way_label(self) -> str:
        """What the conditions and targets are, and on which scale."""
        words = _("Rerata kondisi ({scale})")
        scale = self.scale("gap", "current") if self._fits(GAP) else "–"
        return words.format(scale=scale)

    @property
    def way_limits(self) -> figures.Scale | None:
        """The ends of that scale, if both periods have it."""
        return self.scale("gap", "current").ends if self._fits(GAP) else None

    @property
    def way_note(self) -> str:
        """How the way to the targets is measured."""
        return heads.note_way(self.pace)

    @frame
    def weights(self) -> pd.DataFrame:
        """What the dimensions weigh to offices that compared them in both periods: the means of
        their own weights, see `figures.moved`. No rows where they are not compared alike."""
        names, scale = ["dimension_name", "dimension_short"], (0.0, 1.0)
        if not (self._fits(VISION) and self.pairing.same_dimensions):
            return figures.moved(pd.DataFrame(), "dimension", names, scale)
        then, now = (
            VISION(s, confidence=self.confidence).of_units for s in (self.earlier, self.survey)
        )
        by = ["unit", "dimension"]
        known = now[now["unit"].isin(self.pairing.paired)]
        both = known.merge(then[[*by, "dimension_weight"]], on=by, suffixes=("", "_then"))
        before = both.assign(dimension_weight=both["dimension_weight_then"])
        made = figures.pairs(before, both, "dimension_weight")
        return figures.moved(made, "dimension", names, scale, self.confidence)

    items_left_out = frame(lambda self: self.pairing.items_left_out)
    units_left_out = frame(lambda self: self.pairing.units_left_out)
    thresholds = frame(lambda self: words.measured_by(self.earlier.settings, self.survey.settings))
    """What both periods measure by."""

    @cached_property
    def comparisons(self) -> list[claims.Comparisons]:
        if self._pairs.empty:
            return []
        made = {kind: self._tier(tier) for kind, tier in TIERS.items()}
        extremes = {kind: self._extremes.loc[tier] for kind, tier in TIERS.items()}
        made[OVERALL] = made[OVERALL].assign(name=_("indeks kesiapan"))
        then = self.earlier.period
        return words.comparisons(made, extremes, self._scale, then, self.confidence)

    @cached_property
    def _extremes(self) -> pd.DataFrame:
        """The worst and best change: what is missing at opposite ends of the scale."""
        low, high = self._scale
        before, after = self.pairing.answers("readiness")
        found = {}
        for side, ends in (("worst", (high, low)), ("best", (low, high))):
            filled = [
                answers.assign(level=answers["level"].fillna(end).mask(answers["tb"]))
                for answers, end in zip((before, after), ends, strict=True)
            ]
            made = self._scored(*filled).groupby(["tier", "id"])["change"]
            table = made.agg(mean="mean", n="count")
            table["tb"] = before["unit"].nunique() - table["n"]
            most = figures.width(self._scale)
            found[side] = missing.bounds(table, len(self.pairing.units), *most)[side]
        return pd.DataFrame(found)

    @cached_property
    def key_figures(self) -> list[dict[str, Any]]:
        return heads.key_figures(
            self.subelements, self.whole_way, self.found, self.pairing, self.confidence
        )

    @cached_property
    def findings(self) -> list[Finding]:
        then, now = self.earlier.period, self.survey.period
        first = [words.overall(self.found, then), words.compared(self.pairing)]
        if self.found.empty:
            return first
        parts = words.parts(self.subelements, self.found, then)
        way = words.gone(self.whole_way, then, now, self.pace, self.confidence)
        return [*first, *self.acting(parts), way, words.published(self.bridge)]

    @cached_property
    def quality(self) -> list[Finding]:
        persistence = self.overview["persistence"]
        index = float(persistence.iloc[0]) if len(persistence) else float("nan")
        return [*words.cautions(index, self.thresholds), ledger.finding(self.found)]

    @cached_property
    def titles(self) -> Mapping[str, str]:
        then = self.earlier.period
        return {
            "subelements": heads.heading(self.subelements, self.found, then),
            "way": heads.heading_way(self.way, then, self.pace),
            "levels": heads.heading_levels(self.survey.period, then),
            "remaining": heads.heading_remaining(self.way, then),
            "weights": heads.heading_weights(self.weights),
            "bridge": heads.heading_bridge(self.bridge),
            "items_left_out": heads.heading_items(self.pairing),
            "units_left_out": heads.heading_units(self.units_left_out),
        }


of = Change
