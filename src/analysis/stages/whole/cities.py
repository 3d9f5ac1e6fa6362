"""Several cities side by side: readiness, gap and SWOT position, with intervals and ranks.

Every city's units are resampled by themselves, with draws of their own, so that ranks carry the
uncertainty of all cities.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pandas as pd

from analysis import stages
from analysis.methods import comparisons
from analysis.methods.ranks import differences, independent
from analysis.refusals import Unfit
from analysis.stages.evidence import aggregate, claims, estimates, lead, ledger, ranks
from analysis.stages.evidence.finding import Finding
from analysis.stages.evidence.stage import Claiming, frame
from analysis.stages.evidence.survey import Survey
from analysis.stages.whole import assessment, assessment_words, city_words
from analysis.stages.whole.city_words import COMPARED
from analysis.stages.whole.index import Assessed
from analysis.text import N_, _, percent

Tables = Mapping[str, pd.DataFrame]


@dataclass(frozen=True, eq=False)
class Cities(Claiming):
    """Every stage over every city.

    `surveys`: by the name of the city; `source`: of them all; `earlier`: those of its earlier
    periods, for what assessors said then.
    """

    surveys: Mapping[str, Survey]
    source: str = ""
    confidence: float = 0.95
    earlier: Mapping[str, Sequence[Survey]] = field(default_factory=dict)

    name = "cities"
    title = N_("Perbandingan kota")

    @cached_property
    def _stages(self) -> dict[str, dict[str, Any]]:
        return {
            stage.of.name: {
                city: stage.of(survey, confidence=self.confidence)
                for city, survey in self.surveys.items()
                if not stage.of.lacks(survey.instrument)
            }
            for stage in stages.ALL
        }

    def _values(self, stage: str) -> dict[str, pd.DataFrame]:
        return {city: made.own_values for city, made in self._stages[stage].items()}

    def _ranked(self, stage: str) -> pd.DataFrame:
        return ranked(self._values(stage), "item", "value", ["name", "short"], self.confidence)

    @property
    def scope(self) -> str:
        return _("{n} kota").format(n=len(self.surveys))

    @property
    def levels(self) -> Any:
        """The scale of readiness. Raises Unfit where cities were asked on others."""
        scales = [stage.levels for stage in self._stages["readiness"].values()]
        if any(scale.ends != scales[0].ends for scale in scales):
            raise Unfit(_("Kota-kota ini tidak dapat dibandingkan: skala kesiapannya berbeda."))
        return scales[0]

    @property
    def dark(self) -> float:
        """From which mean gap on a picture is darkest, in the city where they can be largest."""
        return max(stage.dark for stage in self._stages["gap"].values())

    readiness = frame(lambda self: self._ranked("readiness"))
    """The index and the elements of readiness: `ranked`."""
    gaps = frame(lambda self: self._ranked("gap"))
    """The mean gap over all sub-dimensions and in each dimension: `ranked`."""

    @frame
    def position(self) -> pd.DataFrame:
        """The SWOT position of each city, as its own page has it: a row per city and axis."""
        parts = [made.axes.assign(city=city) for city, made in self._stages["swot"].items()]
        return pd.concat(parts, ignore_index=True)

    @frame
    def places(self) -> pd.DataFrame:
        """The same as a point each: city, x, y and quadrant_name."""
        by = ["city", "quadrant_name"]
        table = self.position.pivot(index=by, columns="axis", values="value")
        table = table.rename(columns=str.lower).reindex(columns=["x", "y"]).reset_index()
        order = {city: place for place, city in enumerate(self.surveys)}
        return table.sort_values("city", key=lambda c: c.map(order), ignore_index=True)

    @property
    def reach(self) -> tuple[float, float]:
        """The ends of either axis of a picture of the `places`, with the balance in its middle."""
        far = (
            1.25 * float(self.places[["x", "y"]].abs().max(axis=None)) if len(self.places) else 1.0
        )
        return -far, far

    @frame
    def assessed(self) -> pd.DataFrame:
        """The indices of which a city has its own value and an assessor's, in each period."""
        every = (
            (city, survey.period, Assessed(survey, self.confidence, index))
            for city, newest in self.surveys.items()
            for survey in (*self.earlier.get(city, ()), newest)
            for index in survey.instrument.indices
        )
        return assessment.of_cities(
            (city, period, made.asked, made.called, made.compared) for city, period, made in every
        )

    @frame
    def apart(self) -> pd.DataFrame:
        """How far the two lie apart on average, by index."""
        return assessment.mean_differences(self.assessed, self.confidence)

    @cached_property
    def found(self) -> pd.DataFrame:
        return compared({stage: self._values(stage) for stage in COMPARED}, self.confidence)

    @property
    def titles(self) -> dict[str, str]:
        assessed = assessment_words.heading_cities(self.apart, self.confidence)
        compared = {stage: city_words.heading(self.found, stage) for stage in COMPARED}
        return compared | {"assessed": assessed}

    @property
    def key_figures(self) -> list[dict]:
        return key_figures(self.readiness, self.gaps, self.confidence)

    @property
    def findings(self) -> list[Finding]:
        wholes = {"readiness": overall(self.readiness), "gap": overall(self.gaps)}
        return [
            *city_words.differing(self.found, wholes),
            *city_words.placed(self.places),
            *assessment_words.of_cities(self.apart, self.confidence),
        ]

    @property
    def quality(self) -> list[Finding]:
        """How far the findings carry."""
        words = _("Kota yang lebih rendah belum tentu lebih lemah: ia mungkin menilai lebih ketat.")
        return [Finding(words), ledger.finding(self.found)]


def ranked(
    tables: Tables, item: str, value: str, keep: Sequence[str], confidence: float = 0.95
) -> pd.DataFrame:
    """A row per city and item: its mean over the city's units, and its rank among the cities.

    `tables`: a row per unit and item each. Columns: city, `item`, `keep`, mean, low, high, n,
    missing, method; rank (1: the highest mean), rank_low and rank_high (see `ranks.placed`) and
    first (share of resamples in which the city is first, NaN below ten units).
    """
    means, draws, errors = [], {}, {}
    for number, (city, table) in enumerate(tables.items()):
        seed = estimates.SEED + number
        part = aggregate.over_units(table, item, value, keep, confidence, seed)
        means.append(part.assign(city=city))
        values = aggregate.wide(table, item, value)
        draws[city] = estimates.resampled(aggregate.strata(table), estimates.of_means(values), seed)
        errors[city] = values.sem()
    found = pd.concat(means, ignore_index=True)
    placed = []
    for key, part in found.groupby(item, sort=False):
        figures = part.set_index("city")[["mean", "n"]]
        drawn = pd.DataFrame({city: draws[city][key] for city in figures.index})
        figures["error"] = [errors[city][key] for city in figures.index]
        apart = independent(figures)
        table = ranks.placed(figures["mean"], apart, differences(drawn), confidence)
        table["first"] = ranks.among_first(drawn, figures["n"])
        placed.append(table.set_axis(part.index))
    return found.join(pd.concat(placed))


def overall(table: pd.DataFrame) -> pd.DataFrame:
    """Of `ranked` what stands for a city as a whole (the first item), first rank on top.

    The index has the cities in their own order.
    """
    whole = table["item"] == table["item"].iloc[0]
    return table[whole].sort_values(["rank", "city"])


def parts(table: pd.DataFrame) -> pd.DataFrame:
    """Of `ranked` the elements or dimensions."""
    return table[table["item"] != table["item"].iloc[0]].reset_index(drop=True)


def compared(values: Mapping[str, Tables], confidence: float = 0.95) -> pd.DataFrame:
    """All comparisons of the report (`claims.table`): each city with the units of all others.

    `values`: by stage and city, what each unit itself says, the first item for the whole. Welch's
    test of the units' values. Without rows for a single city.
    """
    families = []
    for stage, (_what, above, below, alike) in COMPARED.items():
        answered = {city: _whole(table).dropna() for city, table in values[stage].items()}
        answered = {city: whole for city, whole in answered.items() if len(whole)}
        if len(answered) < 2:
            continue
        figures = pd.DataFrame(
            [
                comparisons.welch(whole, pd.concat(_others(answered, city)), confidence)
                for city, whole in answered.items()
            ],
            index=list(answered),
        )
        names = pd.Series(figures.index, figures.index)
        words = claims.words(names, _(above), _(below), _(alike))
        families.append(claims.Comparisons(stage, words, pd.Series(), None, figures))
    return claims.table(families, pd.DataFrame(), confidence, Cities.name)


def _whole(table: pd.DataFrame) -> pd.Series:
    return table.loc[table["item"] == table["item"].iloc[0], "value"]


def _others(answered: Mapping[str, pd.Series], city: str) -> list[pd.Series]:
    return [values for name, values in answered.items() if name != city]


def key_figures(ready: pd.DataFrame, gaps: pd.DataFrame, confidence: float = 0.95) -> list[dict]:
    """How many cities there are, and the first of each ranking."""
    figures = [
        {
            "shown": str(ready["city"].nunique()),
            "label": _("kota dibandingkan"),
            "detail": _("setiap perangkat daerah berbobot sama di kotanya"),
            "value": ready["city"].nunique(),
        }
    ]
    for table, words in (
        (overall(ready), _("indeks kesiapan tertinggi menurut rerata: {name}")),
        (overall(gaps), _("kesenjangan terbesar menurut rerata: {name}")),
    ):
        row = table.iloc[0]
        figure = aggregate.key_figure(
            row["mean"], words.format(name=lead.named(table, "mean", "city")),
            row["low"], row["high"], row["n"], confidence=confidence,
        )  # fmt: skip
        if pd.notna(row["first"]):
            share = percent(row["first"])
            figure["detail"] += "; " + _("pertama pada {share} sampel ulang").format(share=share)
        figures.append(figure)
    return figures


of = Cities
