"""Importance-Performance Analysis of the sub-dimensions: four quadrants, and how firm they are.

Source: Martilla & James (1977), Journal of Marketing 41(1), 77-79; crosshair at the grand means.
"""

import numpy as np
import pandas as pd

from analysis.methods import intervals
from analysis.stages import aggregate
from analysis.text import N_, _, interval, listing, percent

STEADY = 0.8  # share of resamples in one quadrant from which an item counts as firm there

# Quadrant -> its name, and where it lies: present condition first, then importance.
QUADRANTS = {
    "A": (N_("A: prioritas utama"), "low_high"),
    "B": (N_("B: pertahankan"), "high_high"),
    "C": (N_("C: prioritas rendah"), "low_low"),
    "D": (N_("D: berlebihan"), "high_low"),
}
_ROUNDING = 1e-9  # items that are equal to the grand mean but for rounding lie above it


def importance_performance(answers: pd.DataFrame, confidence: float = 0.95) -> pd.DataFrame:
    """The quadrant of each sub-dimension, by mean importance and mean present condition (1-5).

    `answers`: the gap table; a unit counts for an item where it answered both. Columns: item,
    name, dimension_name, dimension_short; current, importance and the bounds current_low,
    current_high, importance_low, importance_high with current_interval and importance_interval
    in words; n, missing, tb; quadrant (A-D), quadrant_name and stay: the share of joint resamples,
    each with its own grand means, in which the item falls in the same quadrant (NaN below ten
    answers). A crosshair at the grand means always finds priorities, even in noise.
    """
    both = answers["importance"].notna() & answers["current"].notna()
    keep = ["name", "dimension_name", "dimension_short"]
    measures = {m: answers.assign(**{m: answers[m].where(both)}) for m in ("current", "importance")}
    parts = {
        m: aggregate.over_units(frame, "item", m, keep, confidence) for m, frame in measures.items()
    }
    table = parts["current"][["item", *keep, "n", "missing", "tb"]].copy()
    for measure, part in parts.items():
        table[measure] = part["mean"]
        table[f"{measure}_low"], table[f"{measure}_high"] = part["low"], part["high"]
        table[f"{measure}_interval"] = [
            interval(*pair) for pair in zip(part["low"], part["high"], strict=True)
        ]
    drawn = {
        m: intervals.replicates(
            aggregate.wide(frame, "item", m), aggregate.strata(frame), seed=aggregate.SEED
        )
        for m, frame in measures.items()
    }
    observed = {m: table.set_index("item")[m].to_frame(0).T for m in measures}
    place = _places(**observed).loc[0]
    again = _places(**drawn)
    known = drawn["current"].notna()
    stay = (again.eq(place, axis="columns") & known).sum() / known.sum().clip(lower=1)
    table["quadrant"] = table["item"].map(place)
    table["quadrant_name"] = [
        _(QUADRANTS[q][0]) if q in QUADRANTS else "–" for q in table["quadrant"]
    ]
    table["stay"] = table["item"].map(stay).where(table["n"] >= intervals.FEW)
    order = ["quadrant", "stay", "item"]
    return table.sort_values(order, ascending=[True, False, True], ignore_index=True)


def _places(current: pd.DataFrame, importance: pd.DataFrame) -> pd.DataFrame:
    """The quadrant of each item (column) in each row, against that row's grand means."""
    good = _above(current)
    matters = _above(importance)
    letters = np.select([matters & ~good, matters & good, ~matters & ~good], ["A", "B", "C"], "D")
    return pd.DataFrame(letters, current.index, current.columns).where(current.notna(), "")


def _above(values: pd.DataFrame) -> pd.DataFrame:
    return values.ge(values.mean(axis="columns") - _ROUNDING, axis="index")


def crosshair(table: pd.DataFrame) -> tuple[float, float]:
    """The grand means where the quadrants meet: (present condition, importance).

    The middle of the scale where nothing is answered.
    """
    means = table[["current", "importance"]].mean().fillna(3.0)
    return float(means["current"]), float(means["importance"])


def corners() -> dict[str, str]:
    """The quadrants' names by corner of a picture: present condition across, importance up."""
    return {corner: _(name) for name, corner in QUADRANTS.values()}


def firm(table: pd.DataFrame, quadrant: str = "A", steady: float = STEADY) -> pd.DataFrame:
    """The items that stay in a quadrant in at least the share `steady` of the resamples."""
    return table[(table["quadrant"] == quadrant) & (table["stay"] >= steady)]


def heading(table: pd.DataFrame, steady: float = STEADY) -> str:
    """What the picture shows: which items lie firmly in the quadrant of priorities."""
    if table["stay"].isna().all():
        return _("Jawaban terlalu sedikit untuk memastikan prioritas utama")
    names = firm(table, "A", steady)["name"]
    if names.empty:
        return _("Tidak ada subdimensi yang mantap sebagai prioritas utama")
    return _("Mantap sebagai prioritas utama: {names}").format(names="; ".join(names))


def figure(table: pd.DataFrame, steady: float = STEADY) -> dict:
    """How many items are firmly priorities, as a key figure; none where too few answered."""
    label = _("subdimensi mantap sebagai prioritas utama")
    count = int((table["quadrant"] == "A").sum())
    if table["stay"].isna().all():
        detail = _("{count} di kuadran itu; kemantapan tidak dihitung di bawah {few} unit")
        detail = detail.format(count=count, few=intervals.FEW)
        return {"shown": "–", "label": label, "detail": detail, "value": None}
    detail = _("{count} di kuadran itu; mantap = pada ≥ {steady} sampel ulang")
    value = len(firm(table, "A", steady))
    detail = detail.format(count=count, steady=percent(steady))
    return {"shown": str(value), "label": label, "detail": detail, "value": value}


def finding(table: pd.DataFrame, steady: float = STEADY) -> str:
    """How many items are priorities, and how many of them firmly so."""
    first = table[table["quadrant"] == "A"]
    if table["stay"].isna().all():
        return _(
            "Kestabilan kuadran tidak dihitung: kurang dari {few} unit menjawab setiap subdimensi."
        ).format(few=intervals.FEW)
    if first.empty:
        return _("Tidak ada subdimensi di kuadran prioritas utama.")
    names = firm(table, "A", steady)
    if names.empty:
        return _(
            "{count} subdimensi berada di kuadran prioritas utama, tetapi tidak satu pun bertahan "
            "di sana pada sedikitnya {steady} sampel ulang; data ini belum memastikan prioritas."
        ).format(count=len(first), steady=percent(steady))
    return _(
        "Dari {count} subdimensi di kuadran prioritas utama, {firm} bertahan pada sedikitnya "
        "{steady} sampel ulang: {names}."
    ).format(
        count=len(first),
        firm=len(names),
        steady=percent(steady),
        names=listing(f"{row.name} ({percent(row.stay)})" for row in names.itertuples(index=False)),
    )
