"""Several cities side by side: readiness, gap and SWOT position, with intervals and ranks.

Every city's units are resampled by themselves, with draws of their own, so that ranks carry the
uncertainty of all cities.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from analysis import levels, stages
from analysis.methods import comparisons
from analysis.methods.ranks import differences, independent
from analysis.stages.evidence import aggregate, claims, estimates, lead, ledger, ranks
from analysis.stages.evidence.finding import Finding
from analysis.stages.evidence.stage import Claiming, Survey, frame
from analysis.text import N_, _, listing, percent

Tables = Mapping[str, pd.DataFrame]
COMPARED = {
    "readiness": (
        N_("Indeks kesiapan"),
        N_("kesiapan {name} di atas kota-kota lain"),
        N_("kesiapan {name} di bawah kota-kota lain"),
        N_("kesiapan {name} tidak terbedakan dari kota-kota lain"),
    ),
    "gap": (
        N_("Kesenjangan rata-rata"),
        N_("kesenjangan {name} lebih besar daripada kota-kota lain"),
        N_("kesenjangan {name} lebih kecil daripada kota-kota lain"),
        N_("kesenjangan {name} tidak terbedakan dari kota-kota lain"),
    ),
}
"""The stages by which cities are compared: what is compared, and what is said of it."""


@dataclass(frozen=True, eq=False)
class Cities(Claiming):
    """Every stage over every city; `surveys`: by the name of the city; `source`: of them all."""

    surveys: Mapping[str, Survey]
    source: str = ""
    confidence: float = 0.95

    name = "cities"
    title = N_("Perbandingan kota")

    @cached_property
    def _stages(self) -> dict[str, dict[str, Any]]:
        return {
            stage.of.name: {
                city: stage.of(survey, confidence=self.confidence)
                for city, survey in self.surveys.items()
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

    readiness = frame(lambda self: self._ranked("readiness"))
    """The index and the elements of readiness: `ranked`."""
    gaps = frame(lambda self: self._ranked("gap"))
    """The mean gap over all sub-dimensions and in each dimension: `ranked`."""

    @frame
    def position(self) -> pd.DataFrame:
        """The SWOT position of each city, as its own page has it: a row per city and axis."""
        parts = [made.axes.assign(city=city) for city, made in self._stages["swot"].items()]
        return pd.concat(parts, ignore_index=True)

    @cached_property
    def found(self) -> pd.DataFrame:
        return compared({stage: self._values(stage) for stage in COMPARED}, self.confidence)

    @property
    def titles(self) -> dict[str, str]:
        return {stage: heading(self.found, stage) for stage in COMPARED}

    @property
    def key_figures(self) -> list[dict]:
        return key_figures(self.readiness, self.gaps, self.confidence)

    @property
    def findings(self) -> list[Finding]:
        return findings(self.position, self.found)


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


def heading(found: pd.DataFrame, stage: str) -> str:
    """What a picture of all cities shows: which ones clearly differ from the others."""
    what = _(COMPARED[stage][0])
    clear = [*claims.clear(found, stage, above=True), *claims.clear(found, stage, above=False)]
    if not clear:
        return _("{what}: tidak ada kota yang jelas berbeda dari yang lain").format(what=what)
    if len(clear) > 2:
        return _("{what}: {count} kota jelas berbeda dari kota-kota lain").format(
            what=what, count=len(clear)
        )
    return _("{what}: {names} jelas berbeda dari kota-kota lain").format(
        what=what, names=listing(clear)
    )


def key_figures(ready: pd.DataFrame, gaps: pd.DataFrame, confidence: float = 0.95) -> list[dict]:
    """How many cities there are, and the first of each ranking."""
    figures = [
        {
            "shown": str(ready["city"].nunique()),
            "label": _("kota dibandingkan"),
            "detail": _("setiap unit berbobot sama di kotanya"),
            "value": ready["city"].nunique(),
        }
    ]
    for table, words in (
        (overall(ready), _("indeks kesiapan tertinggi: {name}")),
        (overall(gaps), _("kesenjangan terbesar: {name}")),
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


def findings(position: pd.DataFrame, found: pd.DataFrame) -> list[Finding]:
    """What can be said of the cities, with what stands behind it."""
    clear = found[found["level"] == levels.CLEAR].sort_values("p_value", kind="stable")
    said = [ledger.quoted(row) for _key, row in clear.iterrows()] or [
        Finding(
            _("Tidak satu kota pun jelas berbeda dari kota-kota lain."),
            levels.UNCLEAR,
            detail=_("{count} uji Welch; peringkat di sini belum jelas.").format(count=len(found)),
        )
    ]
    for name, part in position.drop_duplicates("city").groupby("quadrant_name"):
        said.append(
            Finding(
                _("Kuadran {name} menurut rerata unit: {cities}.").format(
                    name=name, cities=listing(part["city"])
                )
            )
        )
    said.append(
        Finding(
            _(
                "Unit menilai kotanya sendiri: kota yang lebih rendah belum tentu lebih lemah, ia "
                "mungkin menilai lebih ketat."
            )
        )
    )
    return said


of = Cities
