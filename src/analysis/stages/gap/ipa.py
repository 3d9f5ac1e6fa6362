"""Importance-Performance Analysis of the sub-dimensions: four quadrants, and how firm they are.

Source: Martilla & James (1977), Journal of Marketing 41(1), 77-79; crosshair at the grand means.
"""

import numpy as np
import pandas as pd

from analysis.methods import intervals
from analysis.stages.evidence import aggregate, claims, estimates
from analysis.text import N_, _, interval, listing, percent

SCALE = (1.0, 5.0)
MEASURES = CURRENT, IMPORTANCE = "current", "importance"
PLACED = "quadrant"
"""Kind of comparison: both coordinates of an item with the grand means."""

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
    both = _both(answers)
    keep = ["name", "dimension_name", "dimension_short"]
    parts = {m: aggregate.over_units(both, "item", m, keep, confidence) for m in MEASURES}
    table = parts["current"][["item", *keep, "n", "missing", "tb"]].copy()
    for measure, part in parts.items():
        table[measure] = part["mean"]
        table[f"{measure}_low"], table[f"{measure}_high"] = part["low"], part["high"]
        table[f"{measure}_interval"] = [
            interval(*pair) for pair in zip(part["low"], part["high"], strict=True)
        ]
    drawn = {
        m: intervals.replicates(
            aggregate.wide(both, "item", m), aggregate.strata(both), seed=aggregate.SEED
        )
        for m in MEASURES
    }
    observed = {m: table.set_index("item")[m].to_frame(0).T for m in MEASURES}
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


def comparisons(
    answers: pd.DataFrame, expected: int, confidence: float = 0.95
) -> list[claims.Comparisons]:
    """Whether each item surely lies in its quadrant: on its side of both grand means.

    `answers`: the gap table; `expected`: how many units should have answered. The p of an item is
    the larger of its two, and the figures are those of that coordinate, positive towards the
    quadrant's corner. Source: Berger (1982), Technometrics 24, 295-300 (intersection-union test).
    """
    both = _both(answers)
    values = {
        m: aggregate.wide(both, "item", m).dropna(axis="columns", how="all") for m in MEASURES
    }
    if values[CURRENT].empty:
        return []
    strata, n = aggregate.strata(both), values[CURRENT].count()
    whole = {m: estimates.observed(strata, estimates.of_means(v)) for m, v in values.items()}
    sides = {
        m: _above(w.to_frame().T).iloc[0].map({True: 1.0, False: -1.0}) for m, w in whole.items()
    }

    def away(drawn: np.ndarray, measure: str) -> pd.DataFrame:
        means = estimates.of_means(values[measure])(drawn)
        return means.sub(means.mean(axis="columns"), axis="index") * sides[measure]

    tested = {
        m: estimates.against_zero(strata, lambda drawn, m=m: away(drawn, m), n, confidence)
        for m in MEASURES
    }
    weaker = tested[CURRENT]["p_value"] > tested[IMPORTANCE]["p_value"]
    names = both.drop_duplicates("item").set_index("item")["name"][n.index]
    letters = _places(*(whole[m].to_frame().T for m in MEASURES)).iloc[0]
    said = pd.Series(
        [
            _("{name} di kuadran {quadrant}").format(name=name, quadrant=_(QUADRANTS[letter][0]))
            for name, letter in zip(names, letters, strict=True)
        ],
        n.index,
    )
    ends = pd.concat([_worst(both, m, sides[m], expected) for m in MEASURES], axis="columns")
    return [
        claims.Comparisons(
            PLACED,
            pd.DataFrame({"above": said, "below": said}),
            strata,
            lambda drawn: np.minimum(*(away(drawn, m) for m in MEASURES)),
            tested[CURRENT].where(weaker, tested[IMPORTANCE]),
            pd.DataFrame({"worst": ends.min(axis="columns"), "best": np.nan}),
        )
    ]


def _worst(answers: pd.DataFrame, measure: str, sides: pd.Series, expected: int) -> pd.Series:
    """The least that each item's distance from the grand mean could be, towards its side."""
    ends = claims.ends(answers, "item", measure, SCALE, expected).loc[sides.index]
    own = ends["worst"].where(sides > 0, ends["best"])
    others = ends["best"].sum() - ends["best"]
    others = others.where(sides > 0, ends["worst"].sum() - ends["worst"])
    return sides * (own - (own + others) / len(ends))


def _both(answers: pd.DataFrame) -> pd.DataFrame:
    """The answers of units that gave an item both its importance and its present condition."""
    both = answers[list(MEASURES)].notna().all(axis="columns")
    return answers.assign(**{m: answers[m].where(both) for m in MEASURES})


def priorities(table: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    """The items that surely are priorities (quadrant A); `found`: the table of claims."""
    sure = claims.sure(found, PLACED, above=True)
    return table[(table["quadrant"] == "A") & table["item"].isin(sure)]


def heading(table: pd.DataFrame, found: pd.DataFrame) -> str:
    """What the picture shows: which items are surely priorities; `found`: the table of claims."""
    names = priorities(table, found)["name"]
    if names.empty:
        return _("Tidak ada subdimensi yang pasti menjadi prioritas utama")
    return _("Pasti prioritas utama: {names}").format(names="; ".join(names))


def figure(table: pd.DataFrame, found: pd.DataFrame) -> dict:
    """How many items are surely priorities, as a key figure; `found`: the table of claims."""
    value = len(priorities(table, found))
    return {
        "shown": str(value),
        "label": _("subdimensi pasti prioritas utama"),
        "detail": _("uji t, koreksi Holm; {count} di kuadran itu menurut reratanya").format(
            count=int((table["quadrant"] == "A").sum())
        ),
        "value": value,
    }


def finding(table: pd.DataFrame, found: pd.DataFrame) -> str:
    """How many items are priorities, and which of them surely; `found`: the table of claims."""
    first = table[table["quadrant"] == "A"]
    if first.empty:
        return _("Tidak ada subdimensi di kuadran prioritas utama.")
    names = priorities(table, found)
    if names.empty:
        return _(
            "{count} subdimensi berada di kuadran prioritas utama menurut reratanya, tetapi data "
            "ini tidak dapat memastikan satu pun (uji t, koreksi Holm)."
        ).format(count=len(first))
    return _(
        "Dari {count} subdimensi di kuadran prioritas utama, {sure} pasti di sana (uji t, koreksi "
        "Holm): {names}; di dalam kurung n dan bagian sampel ulang yang menempatkannya di sana."
    ).format(
        count=len(first),
        sure=len(names),
        names=listing(
            f"{row.name} (n = {row.n}; {percent(row.stay)})"
            for row in names.itertuples(index=False)
        ),
    )
