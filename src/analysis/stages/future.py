"""The future (Analisis Masa Depan): which drivers of change matter, and which are uncertain.

Each unit gives a driver its impact and its uncertainty, both 1-5; a unit counts for a driver where
it answered both. Impact against uncertainty: Schwartz (1991), The Art of the Long View.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.methods import agreement
from analysis.stages import aggregate, estimates
from analysis.text import N_, _, interval, listing, number

SCALES = IMPACT, UNCERTAINTY = "impact", "uncertainty"
CRITICAL, TREND, MONITOR = "critical", "trend", "monitor"
SHOWN = 3  # drivers that a finding names
CLASSES = {
    CRITICAL: N_("Ketidakpastian kritis"),
    TREND: N_("Tren yang pasti"),
    MONITOR: N_("Pantau"),
}
ROUNDING = 1e-9  # a mean that is equal to the cut but for rounding does not lie above it
# Kendall's W from which agreement deserves a word: Schmidt (1997), Decision Sciences 28, 763-774.
_WORDS = [
    (0.9, N_("sangat kuat")),
    (0.7, N_("kuat")),
    (0.5, N_("sedang")),
    (0.3, N_("lemah")),
    (0.0, N_("sangat lemah")),
]


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


def drivers(answers: pd.DataFrame, cut: float, confidence: float = 0.95) -> pd.DataFrame:
    """Every driver over the units, largest mean impact x mean uncertainty first.

    `answers`: the table future; `cut`: a mean above it is high. Columns: item, name, steep,
    steep_name; impact and uncertainty (means, 1-5), each with ``_low``, ``_high`` and
    ``_interval`` in words; product (1-25) with low and high from the same joint resamples; iqr
    (interquartile range of impact, 0-4); n, missing, tb; class (critical, trend, monitor, or ""
    without answers), class_name and sure: the intervals lie wholly on the side of that class.
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
    table["sure"] = _sure(table, cut)
    table["sure_name"] = table["sure"].map({True: _("pasti"), False: _("belum pasti")})
    return table.sort_values(["product", "item"], ascending=[False, True], ignore_index=True)


def _class(impact: float, uncertainty: float, cut: float) -> str:
    if np.isnan(impact):
        return ""
    if impact <= cut + ROUNDING:
        return MONITOR
    return CRITICAL if uncertainty > cut + ROUNDING else TREND


def _sure(table: pd.DataFrame, cut: float) -> pd.Series:
    matters = table["impact_low"] > cut
    return (
        ((table["class"] == CRITICAL) & matters & (table["uncertainty_low"] > cut))
        | ((table["class"] == TREND) & matters & (table["uncertainty_high"] <= cut))
        | ((table["class"] == MONITOR) & (table["impact_high"] <= cut))
    )


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


def agreed(found: agreement.Concordance | None, confidence: float = 0.95) -> str:
    """How far the units agree on which drivers matter, in a sentence."""
    if found is None:
        return _(
            "W Kendall tidak dihitung: kurang dari dua unit menilai dampak semua pendorong, atau "
            "tidak ada unit yang membedakan pendorong."
        )
    words = (
        _("W Kendall {w} atas {n} unit lengkap ({out} tidak dihitung): kesepakatan {word}.")
        if found.p_value < 1 - confidence
        else _(
            "W Kendall {w} atas {n} unit lengkap ({out} tidak dihitung): kesepakatan tidak dapat "
            "dibedakan dari kebetulan."
        )
    )
    word = next(word for bound, word in _WORDS if found.w >= bound)
    return words.format(w=number(found.w), n=found.raters, out=found.left_out, word=_(word))


def own(answers: pd.DataFrame) -> pd.DataFrame:
    """Drivers that units added themselves, by category: listed, never averaged.

    Columns: unit_name, group_name, name, steep_name, impact, uncertainty, evidence.
    """
    columns = ["unit_name", "group_name", "name", "steep_name", *SCALES, "evidence"]
    named = answers.dropna(subset="name")
    return named.sort_values(["steep", "name"], kind="stable", ignore_index=True)[columns]


def heading_own(own: pd.DataFrame) -> str:
    """How many drivers units added, and how many of the units."""
    if own.empty:
        return _("Tidak ada unit yang menambahkan pendorong perubahan")
    return _("{count} pendorong tambahan dari {units} unit").format(
        count=len(own), units=own["unit_name"].nunique()
    )


def heading_classes(table: pd.DataFrame) -> str:
    """What the picture of all drivers shows: how many are critical, and how many surely so."""
    critical = of_class(table, CRITICAL)
    known = int((table["class"] != "").sum())
    if not known:
        return _("Belum ada jawaban lengkap tentang pendorong perubahan")
    if critical.empty:
        return _("Tidak ada ketidakpastian kritis di antara {all} pendorong").format(all=known)
    return _(
        "{count} dari {all} pendorong tergolong ketidakpastian kritis ({sure} dengan pasti)"
    ).format(count=len(critical), all=known, sure=int(critical["sure"].sum()))


def heading_product(answers: pd.DataFrame, table: pd.DataFrame, confidence: float = 0.95) -> str:
    """Whether one driver is ahead of the next in impact x uncertainty."""
    names = table.dropna(subset="product")["name"]
    if len(names) < 2:
        return _("Dampak × ketidakpastian setiap pendorong")
    if ahead(answers, table, confidence).low > 0:
        return _("{first} tertinggi dalam dampak × ketidakpastian").format(first=names.iloc[0])
    return _("Teratas, tanpa beda yang pasti: {names}").format(names="; ".join(names.iloc[:2]))


def ahead(answers: pd.DataFrame, table: pd.DataFrame, confidence: float = 0.95) -> pd.Series:
    """Product of the first driver of `table` minus that of the second: value, low, high, n."""
    measured = Measured.of(answers)
    first, second = table["item"].iloc[:2]
    known = measured.impact[[first, second]].notna().all(axis=1).sum()

    def difference(drawn: np.ndarray) -> pd.DataFrame:
        products = measured.products(drawn)
        return (products[first] - products[second]).to_frame("ahead")

    n = pd.Series({"ahead": known})
    return estimates.estimate(measured.strata, difference, n, confidence).iloc[0]


def key_figures(
    table: pd.DataFrame, found: agreement.Concordance | None, confidence: float = 0.95
) -> list[dict]:
    """How many uncertainties are critical, the highest product, and the units' agreement."""
    critical = of_class(table, CRITICAL)
    figures = [
        {
            "shown": str(len(critical)),
            "label": _("ketidakpastian kritis"),
            "detail": _("{sure} dengan pasti; dari {n} pendorong yang dinilai").format(
                sure=int(critical["sure"].sum()), n=int((table["class"] != "").sum())
            ),
            "value": len(critical),
        }
    ]
    for row in table.dropna(subset="product")[:1].itertuples(index=False):
        label = _("dampak × ketidakpastian (1–25), angka tertinggi: {name}").format(name=row.name)
        detail = aggregate.certainty(row.low, row.high, row.n, confidence)
        shown = number(row.product)
        figures.append({"shown": shown, "label": label, "detail": detail, "value": row.product})
    figures.append(
        {
            "shown": number(found.w) if found else "–",
            "label": _("W Kendall: kesepakatan unit tentang dampak (0–1)"),
            "detail": _("n = {n} unit lengkap; {out} tidak dihitung").format(
                n=found.raters, out=found.left_out
            )
            if found
            else _("tidak dapat dihitung"),
            "value": found.w if found else None,
        }
    )
    return figures


def findings(
    answers: pd.DataFrame,
    table: pd.DataFrame,
    found: agreement.Concordance | None,
    own: pd.DataFrame,
    confidence: float = 0.95,
) -> list[str]:
    """What the answers about the future say; `table`, `found`, `own`: from the functions above."""
    return [
        heading_classes(table) + ".",
        named(table, CRITICAL),
        named(table, TREND),
        heading_product(answers, table, confidence) + ".",
        agreed(found, confidence),
        heading_own(own) + ("." if own.empty else _("; tidak ikut dirata-ratakan.")),
    ]


def named(table: pd.DataFrame, name: str) -> str:
    """Which drivers are surely of a class, and how many more only by their means."""
    label, part = _(CLASSES[name]), of_class(table, name)
    sure = part[part["sure"]]
    if sure.empty:
        return _("“{label}”: tidak ada yang pasti; {count} menurut reratanya saja.").format(
            label=label, count=len(part)
        )
    names = listing(
        f"{r.name} ({number(r.impact)} × {number(r.uncertainty)}; n = {r.n})"
        for r in sure.head(SHOWN).itertuples(index=False)
    )
    return _(
        "“{label}” dengan pasti: {sure}, antara lain {names} (rerata dampak × ketidakpastian); "
        "{count} lagi menurut reratanya saja."
    ).format(label=label, sure=len(sure), names=names, count=len(part) - len(sure))
