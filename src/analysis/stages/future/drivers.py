"""Drivers of change: which matter to the units, and which are uncertain.

Each unit gives a driver its impact and its uncertainty, on scales with the same ends; it counts for
a driver where it answered both. Impact against uncertainty: Schwartz (1991), The Art of the Long
View.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis import levels
from analysis.methods import agreement
from analysis.stages.evidence import aggregate, claims, estimates, lead, missing
from analysis.text import N_, _, number

SCALES = IMPACT, UNCERTAINTY = "impact", "uncertainty"
LEADING, AGREEMENT = "leading", "agreement"
"""Kinds of comparisons: each scale with the cut, the first driver with the others, and Kendall's W
with chance."""
CRITICAL, TREND, MONITOR = "critical", "trend", "monitor"
CLASSES = {
    CRITICAL: N_("Besar, sulit ditebak"),
    TREND: N_("Besar, mudah ditebak"),
    MONITOR: N_("Cukup dipantau"),
}
ANSWERED = 0.9
"""The share of the drivers that a unit must have rated to count for Kendall's W."""
ROUNDING = 1e-9  # a mean that is equal to the cut but for rounding does not lie above it


@dataclass(frozen=True, eq=False)
class Measured:
    """Units x items of both scales, NaN unless a unit answered both; `strata`: group by unit."""

    impact: pd.DataFrame
    uncertainty: pd.DataFrame
    strata: pd.Series

    @classmethod
    def of(cls, answers: pd.DataFrame) -> "Measured":
        known = both(answers)
        return cls(
            aggregate.wide(known, "item", IMPACT),
            aggregate.wide(known, "item", UNCERTAINTY),
            aggregate.strata(known),
        )

    def products(self, drawn: np.ndarray) -> pd.DataFrame:
        """Mean impact x mean uncertainty of each item in each draw of the units."""
        means = [estimates.means(drawn, v) for v in (self.impact, self.uncertainty)]
        return pd.DataFrame(means[0] * means[1], columns=self.impact.columns)


def both(answers: pd.DataFrame) -> pd.DataFrame:
    """The answers with both values of a driver, or neither."""
    known = answers[list(SCALES)].notna().all(axis=1)
    return answers.assign(**{scale: answers[scale].where(known) for scale in SCALES})


def classified(
    answers: pd.DataFrame,
    cut: float,
    scale: tuple[float, float],
    found: pd.DataFrame,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Every driver over the units, largest mean impact x mean uncertainty first.

    `answers`: the table future; `cut`: a mean above it is high; `scale`: the ends of both; `found`:
    the table of claims (`claims.table` of `comparisons`), from which the means come. Columns: item,
    name, steep, steep_name; impact and uncertainty (means), each with ``_low``, ``_high``,
    ``_wide_low`` and ``_wide_high``; product with low and high from joint resamples; iqr
    (interquartile range of impact, in levels); n, missing, tb; class (critical, trend, monitor, or
    "" without answers) and class_name; level (how sure the class is: as the less sure of the two
    means that make it) and level_name; critical: clearly so.
    """
    known, measured = both(answers), Measured.of(answers)
    keep = ["name", "steep", "steep_name"]
    table = aggregate.over_units(known, "item", IMPACT, keep, confidence)
    table = table[["item", *keep, "n", "missing", "tb"]]
    ends = ["low", "high", "wide_low", "wide_high"]
    for measure in SCALES:
        means = claims.of_kind(found, measure)[["value", *ends]]
        names = {"value": measure} | {end: f"{measure}_{end}" for end in ends}
        table = table.join(means.rename(columns=names), on="item")
    n, possible = table.set_index("item")["n"], squares(scale)
    product = estimates.estimate(measured.strata, measured.products, n, confidence, possible)
    product = product[["value", "low", "high"]].rename(columns={"value": "product"})
    quartiles = measured.impact.quantile([0.25, 0.75])
    table = table.join(product, on="item")
    table["iqr"] = table["item"].map(quartiles.loc[0.75] - quartiles.loc[0.25])
    table["class"] = [_class(x, y, cut) for x, y in table[list(SCALES)].to_numpy()]
    table["class_name"] = [_(CLASSES[c]) if c else "–" for c in table["class"]]
    table["level"] = _levels(table, found)
    table["level_name"] = [_(levels.WORDS[level]) if level else "–" for level in table["level"]]
    table["critical"] = (table["class"] == CRITICAL) & (table["level"] == levels.CLEAR)
    return table.sort_values(["product", "item"], ascending=[False, True], ignore_index=True)


def squares(scale: tuple[float, float]) -> tuple[float, float]:
    """The least and the most that the product of both can be; `scale`: the ends of both."""
    low, high = scale
    return low * low, high * high


def _class(impact: float, uncertainty: float, cut: float) -> str:
    if np.isnan(impact):
        return ""
    if impact <= cut + ROUNDING:
        return MONITOR
    return CRITICAL if uncertainty > cut + ROUNDING else TREND


def _levels(table: pd.DataFrame, found: pd.DataFrame) -> list[str]:
    """Of each driver the level of the less sure mean that its class needs."""
    order = [levels.UNCLEAR, levels.LIKELY, levels.CLEAR]
    scales = [claims.of_kind(found, scale)["level"] for scale in SCALES]
    needed = {MONITOR: scales[:1], "": []}
    return [
        min((level[item] for level in needed.get(of, scales)), key=order.index, default="")
        for item, of in zip(table["item"], table["class"], strict=True)
    ]


def comparisons(
    answers: pd.DataFrame,
    cut: float,
    scale: tuple[float, float],
    expected: int,
    confidence: float = 0.95,
) -> list[claims.Comparisons]:
    """All comparisons of the report.

    Each driver's impact and uncertainty with the cut, the driver with the highest product with the
    others, and the units' agreement with chance. `scale`: the ends of both; `expected`: how many
    units should have answered.
    """
    known, measured = both(answers), Measured.of(answers)
    names = known.drop_duplicates("item").set_index("item")["name"].map("“{}”".format)
    said = {
        IMPACT: (
            _("dampak {name} di atas batas {cut}"),
            _("dampak {name} di bawah batas {cut}"),
            _("dampak {name} di sekitar batas {cut}"),
        ),
        UNCERTAINTY: (
            _("ketidakpastian {name} di atas batas {cut}"),
            _("ketidakpastian {name} di bawah batas {cut}"),
            _("ketidakpastian {name} di sekitar batas {cut}"),
        ),
    }
    ends = {s: missing.ends(known, "item", s, scale, expected) for s in SCALES}
    low, high = squares(scale)
    return [
        *(
            claims.against(
                measure,
                known,
                "item",
                measure,
                claims.words(names, *said[measure], cut=number(cut, 1)),
                cut,
                ends[measure],
                scale,
                confidence,
            )
            for measure in SCALES
        ),
        *lead.leader(
            LEADING,
            measured.strata,
            measured.products,
            measured.impact.count(),
            names,
            _("dampak dan ketidakpastian"),
            high - low,
            ends[IMPACT] * ends[UNCERTAINTY],
            confidence,
        ),
        *_agreement(answers, measured.strata),
    ]


def _agreement(answers: pd.DataFrame, strata: pd.Series) -> list[claims.Comparisons]:
    agreed = concordance(answers)
    if isinstance(agreed, agreement.Undefined):
        return []
    said = {
        "above": _("kesepakatan perangkat daerah tentang dampak melebihi kebetulan"),
        "unclear": _("belum terlihat kesepakatan perangkat daerah tentang dampak"),
    }
    none = dict.fromkeys(["low", "high", "error", "agree"], np.nan)
    figures = {"value": agreed.w, "n": agreed.raters, "p_value": agreed.p_value}
    return [
        claims.Comparisons(
            AGREEMENT,
            pd.DataFrame(said | {"below": said["above"]}, index=["w"]),
            strata,
            None,
            pd.DataFrame(figures | none | {"freedom": 1, "least": 0.0}, index=["w"]),
        )
    ]


def of_class(table: pd.DataFrame, name: str) -> pd.DataFrame:
    """The drivers of one class (critical, trend, monitor), from `classified`."""
    return table[table["class"] == name]


def corners() -> dict[str, str]:
    """The classes by corner of a picture: uncertainty across, impact up."""
    places = {"high_high": CRITICAL, "low_high": TREND, "low_low": MONITOR, "high_low": MONITOR}
    return {corner: _(CLASSES[name]) for corner, name in places.items()}


def concordance(
    answers: pd.DataFrame, answered: float = ANSWERED
) -> agreement.Concordance | agreement.Undefined:
    """Kendall's W of the units over the impact of the drivers, or why it is not defined.

    Units that rated less than the share `answered` of the drivers are left out and counted; drivers
    that nobody rated do not count. A blank and TR are neither ranked nor filled.
    """
    ratings = aggregate.wide(answers, "item", IMPACT).dropna(axis="columns", how="all")
    try:
        return agreement.kendall_w(ratings, answered)
    except agreement.Undefined as error:
        return error


def own(answers: pd.DataFrame) -> pd.DataFrame:
    """Drivers that units added themselves, by category: listed, never averaged.

    `answers`: a row per unit and slot, with name and steep.
    """
    named = answers.dropna(subset="name")
    return named.sort_values(["steep", "name"], kind="stable", ignore_index=True)
