"""Drivers of change: which matter to the units, and which are uncertain.

Each unit gives a driver its impact and its uncertainty, both 1-5; a unit counts for a driver where
it answered both. Impact against uncertainty: Schwartz (1991), The Art of the Long View.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.methods import agreement
from analysis.stages.evidence import aggregate, claims, estimates, lead
from analysis.text import N_, _, interval

SCALES = IMPACT, UNCERTAINTY = "impact", "uncertainty"
SCALE = (1.0, 5.0)
KINDS = {scale: f"future_{scale}" for scale in SCALES}
LEADING, AGREEMENT = "future_leading", "future_agreement"
"""Kinds of comparisons: each scale with the cut, the first driver with the others, and Kendall's W
with chance."""
CRITICAL, TREND, MONITOR = "critical", "trend", "monitor"
CLASSES = {
    CRITICAL: N_("Ketidakpastian kritis"),
    TREND: N_("Tren yang pasti"),
    MONITOR: N_("Pantau"),
}
ROUNDING = 1e-9  # a mean that is equal to the cut but for rounding does not lie above it


@dataclass(frozen=True, eq=False)
class Measured:
    """Units x items of both scales, NaN unless a unit answered both; `strata`: group by unit."""

    impact: pd.DataFrame
    uncertainty: pd.DataFrame
    strata: pd.Series

    @classmethod
    def of(cls, answers: pd.DataFrame) -> "Measured":
        both = _both(answers)
        return cls(
            aggregate.wide(both, "item", IMPACT),
            aggregate.wide(both, "item", UNCERTAINTY),
            aggregate.strata(both),
        )

    def products(self, drawn: np.ndarray) -> pd.DataFrame:
        """Mean impact x mean uncertainty of each item (1-25) in each draw of the units."""
        means = [estimates.means(drawn, v) for v in (self.impact, self.uncertainty)]
        return pd.DataFrame(means[0] * means[1], columns=self.impact.columns)


def _both(answers: pd.DataFrame) -> pd.DataFrame:
    known = answers[list(SCALES)].notna().all(axis=1)
    return answers.assign(**{scale: answers[scale].where(known) for scale in SCALES})


def classified(
    answers: pd.DataFrame, cut: float, found: pd.DataFrame, confidence: float = 0.95
) -> pd.DataFrame:
    """Every driver over the units, largest mean impact x mean uncertainty first.

    `answers`: the table future; `cut`: a mean above it is high; `found`: the table of claims
    (`claims.table` of `comparisons`). Columns: item, name, steep,
    steep_name; impact and uncertainty (means, 1-5), each with ``_low``, ``_high`` and
    ``_interval`` in words; product (1-25) with low and high from the same joint resamples; iqr
    (interquartile range of impact, 0-4); n, missing, tb; class (critical, trend, monitor, or ""
    without answers), class_name and sure: the means surely are on the side of that class.
    """
    both, measured = _both(answers), Measured.of(answers)
    keep = ["name", "steep", "steep_name"]
    parts = {s: aggregate.over_units(both, "item", s, keep, confidence) for s in SCALES}
    table = parts[IMPACT][["item", *keep, "n", "missing", "tb"]].copy()
    for scale, part in parts.items():
        table[scale] = part["mean"]
        table[f"{scale}_low"], table[f"{scale}_high"] = part["low"], part["high"]
        pairs = zip(part["low"], part["high"], strict=True)
        table[f"{scale}_interval"] = [interval(*pair) for pair in pairs]
    product = estimates.estimate(
        measured.strata, measured.products, table.set_index("item")["n"], confidence, (1, 25)
    )
    product = product[["value", "low", "high"]].rename(columns={"value": "product"})
    quartiles = measured.impact.quantile([0.25, 0.75])
    table = table.join(product, on="item")
    table["iqr"] = table["item"].map(quartiles.loc[0.75] - quartiles.loc[0.25])
    table["class"] = [_class(*row, cut) for row in table[list(SCALES)].to_numpy()]
    table["class_name"] = [_(CLASSES[c]) if c else "–" for c in table["class"]]
    table["sure"] = _sure(table, found)
    table["sure_name"] = table["sure"].map({True: _("pasti"), False: _("belum pasti")})
    return table.sort_values(["product", "item"], ascending=[False, True], ignore_index=True)


def _class(impact: float, uncertainty: float, cut: float) -> str:
    if np.isnan(impact):
        return ""
    if impact <= cut + ROUNDING:
        return MONITOR
    return CRITICAL if uncertainty > cut + ROUNDING else TREND


def _sure(table: pd.DataFrame, found: pd.DataFrame) -> pd.Series:
    def side(scale: str, above: bool) -> pd.Series:
        return table["item"].isin(claims.sure(found, KINDS[scale], above))

    matters, of = side(IMPACT, above=True), table["class"]
    return (
        ((of == CRITICAL) & matters & side(UNCERTAINTY, above=True))
        | ((of == TREND) & matters & side(UNCERTAINTY, above=False))
        | ((of == MONITOR) & side(IMPACT, above=False))
    )


def comparisons(
    answers: pd.DataFrame, cut: float, expected: int, confidence: float = 0.95
) -> list[claims.Comparisons]:
    """All comparisons of the report.

    Each driver's impact and uncertainty with the cut, the driver with the highest product with the
    others, and the units' agreement with chance. `expected`: how many units should have answered.
    """
    both, measured = _both(answers), Measured.of(answers)
    names = both.drop_duplicates("item").set_index("item")["name"]
    templates = {
        IMPACT: (_("{name}: dampak di atas batas"), _("{name}: dampak di bawah batas")),
        UNCERTAINTY: (
            _("{name}: ketidakpastian di atas batas"),
            _("{name}: ketidakpastian di bawah batas"),
        ),
    }
    ends = {s: claims.ends(both, "item", s, SCALE, expected) for s in SCALES}
    return [
        *(
            claims.against(
                KINDS[scale],
                both,
                "item",
                scale,
                claims.words(names, *templates[scale]),
                cut,
                ends[scale],
                confidence,
            )
            for scale in SCALES
        ),
        *lead.leader(
            LEADING,
            measured.strata,
            measured.products,
            measured.impact.count(),
            names,
            _("dampak × ketidakpastian"),
            ends[IMPACT] * ends[UNCERTAINTY],
            confidence,
        ),
        *_agreement(answers, measured.strata),
    ]


def _agreement(answers: pd.DataFrame, strata: pd.Series) -> list[claims.Comparisons]:
    agreed = concordance(answers)
    if agreed is None:
        return []
    said = _("kesepakatan unit tentang dampak melebihi kebetulan")
    figures = {
        "value": agreed.w,
        "low": np.nan,
        "high": np.nan,
        "n": agreed.raters,
        "p_value": agreed.p_value,
    }
    return [
        claims.Comparisons(
            AGREEMENT,
            pd.DataFrame({"above": said, "below": said}, index=["w"]),
            strata,
            None,
            pd.DataFrame(figures, index=["w"]),
        )
    ]


def of_class(table: pd.DataFrame, name: str) -> pd.DataFrame:
    """The drivers of one class (critical, trend, monitor), from `drivers`."""
    return table[table["class"] == name]


def corners() -> dict[str, str]:
    """The classes by corner of a picture: uncertainty across, impact up."""
    places = {
        "high_high": CRITICAL,
        "low_high": TREND,
        "low_low": MONITOR,
        "high_low": MONITOR,
    }
    return {corner: _(CLASSES[name]) for corner, name in places.items()}


def concordance(answers: pd.DataFrame) -> agreement.Concordance | None:
    """Kendall's W of the units over the impact of the drivers; None where it is not defined.

    Units with a blank or TB are left out and counted; drivers that nobody rated do not count.
    """
    ratings = aggregate.wide(answers, "item", IMPACT).dropna(axis="columns", how="all")
    try:
        return None if ratings.empty else agreement.kendall_w(ratings)
    except ValueError:
        return None


def own(answers: pd.DataFrame) -> pd.DataFrame:
    """Drivers that units added themselves, by category: listed, never averaged.

    Columns: unit_name, group_name, name, steep_name, impact, uncertainty, evidence.
    """
    columns = ["unit_name", "group_name", "name", "steep_name", *SCALES, "evidence"]
    named = answers.dropna(subset="name")
    return named.sort_values(["steep", "name"], kind="stable", ignore_index=True)[columns]
