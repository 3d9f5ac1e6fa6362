"""Importance-Performance Analysis of the sub-dimensions: four quadrants, and how firm they are.

Source: Martilla & James (1977), Journal of Marketing 41(1), 77-79; crosshair at the grand means.
"""

from collections.abc import Mapping
from functools import partial

import numpy as np
import pandas as pd

from analysis.levels import CLEAR, LIKELY, UNCLEAR
from analysis.stages.evidence import aggregate, claims, estimates, ledger, missing
from analysis.stages.evidence.finding import Finding
from analysis.text import N_, _, listed, number

MEASURES = CURRENT, IMPORTANCE = "current", "importance"
PLACED = "quadrant"
"""Kind of comparison: both coordinates of an item with the grand means."""

# Quadrant -> its name, and where it lies: present condition first, then importance.
QUADRANTS = {
    "A": (N_("A: prioritas utama"), "low_high"),
    "B": (N_("B: pertahankan"), "high_high"),
    "C": (N_("C: menyusul"), "low_low"),
    "D": (N_("D: sudah memadai"), "high_low"),
}
SHOWN = 3  # priorities that a sentence names
_ROUNDING = 1e-9  # items that are equal to the grand mean but for rounding lie above it


def importance_performance(
    answers: pd.DataFrame, ends: Mapping[str, tuple[float, float]], confidence: float = 0.95
) -> pd.DataFrame:
    """The quadrant of each sub-dimension, by mean importance and mean present condition.

    `answers`: from `figures.gaps`; `ends`: of the scales of both. Columns: item, name,
    dimension_name, dimension_short; current, importance and the bounds current_low, current_high,
    importance_low, importance_high; n, missing, tb; quadrant (A-D) and quadrant_name. A crosshair
    at the grand means always finds priorities, even in noise: see `placed`.
    """
    keep = ["name", "dimension_name", "dimension_short"]
    parts = {
        m: aggregate.over_units(answers, "item", m, keep, confidence, scale=ends[m])
        for m in MEASURES
    }
    table = parts[CURRENT][["item", *keep, "n", "missing", "tb"]].copy()
    for measure, part in parts.items():
        table[measure] = part["mean"]
        table[f"{measure}_low"], table[f"{measure}_high"] = part["low"], part["high"]
    means = table.set_index("item")
    table["quadrant"] = table["item"].map(_places(*(means[m] for m in MEASURES)))
    names = {letter: _(name) for letter, (name, _corner) in QUADRANTS.items()}
    return table.assign(quadrant_name=table["quadrant"].map(names).fillna("–"))


def placed(table: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    """The quadrants beside their claims, the firmest of each first; `found`: the claims.

    `stay`: the share of joint resamples, each with its own grand means, in which the item falls in
    the same quadrant (NaN below ten answers).
    """
    table = claims.beside(table, found, PLACED, on="item")
    table["stay"] = table["item"].map(claims.of_kind(found, PLACED)["agree"])
    order = ["quadrant", "stay", "item"]
    return table.sort_values(order, ascending=[True, False, True], ignore_index=True)


def _places(current: pd.Series, importance: pd.Series) -> pd.Series:
    """The quadrant of each item, against the grand means; an empty text where it has no mean."""
    good, matters = _above(current), _above(importance)
    letters = np.select([matters & ~good, matters & good, ~matters & ~good], ["A", "B", "C"], "D")
    return pd.Series(letters, current.index).where(current.notna(), "")


def _above(values: pd.Series) -> pd.Series:
    return values >= values.mean() - _ROUNDING


def crosshair(table: pd.DataFrame, ends: Mapping[str, tuple[float, float]]) -> tuple[float, float]:
    """The grand means where the quadrants meet: (present condition, importance).

    The middle of the scale (`ends`: its ends) where nothing is answered.
    """
    means = table[[*MEASURES]].mean().fillna({m: sum(ends[m]) / 2 for m in MEASURES})
    return float(means[CURRENT]), float(means[IMPORTANCE])


def corners() -> dict[str, str]:
    """The quadrants' names by corner of a picture: present condition across, importance up."""
    return {corner: _(name) for name, corner in QUADRANTS.values()}


def comparisons(
    answers: pd.DataFrame,
    ends: Mapping[str, tuple[float, float]],
    expected: int,
    confidence: float = 0.95,
) -> list[claims.Comparisons]:
    """Whether each item lies in its quadrant: on its side of both grand means.

    `answers`: from `figures.gaps`; `ends`: of the scales of both; `expected`: how many units should
    have answered. The p of an item is the larger of its two, and the figures are those of that
    coordinate, positive towards the quadrant's corner.
    Source: Berger (1982), Technometrics 24, 295-300 (intersection-union test).
    """
    values = {
        m: aggregate.wide(answers, "item", m).dropna(axis="columns", how="all") for m in MEASURES
    }
    if values[CURRENT].empty:
        return []
    strata, n = aggregate.strata(answers), values[CURRENT].count()
    whole = {m: estimates.observed(strata, estimates.of_means(v)) for m, v in values.items()}
    sides = {m: _above(w).map({True: 1.0, False: -1.0}) for m, w in whole.items()}

    def away(drawn: np.ndarray, measure: str) -> pd.DataFrame:
        means = estimates.of_means(values[measure])(drawn)
        return means.sub(means.mean(axis="columns"), axis="index") * sides[measure]

    def within(drawn: np.ndarray) -> pd.DataFrame:
        return np.minimum(*(away(drawn, m) for m in MEASURES))

    apart = {m: (ends[m][0] - ends[m][1], ends[m][1] - ends[m][0]) for m in MEASURES}
    tested = {
        m: estimates.against_zero(strata, partial(away, measure=m), n, confidence, apart[m])
        for m in MEASURES
    }
    weaker = tested[CURRENT]["p_value"] > tested[IMPORTANCE]["p_value"]
    tested = tested[CURRENT].where(weaker, tested[IMPORTANCE])
    stays = (estimates.resampled(strata, within) > -_ROUNDING).mean()
    tested["agree"] = stays.where(tested["agree"].notna())
    names = answers.drop_duplicates("item").set_index("item")["name"][n.index]
    letters = _places(*(whole[m] for m in MEASURES))
    said = {
        side: [
            words.format(name=name, quadrant=_(QUADRANTS[letter][0]))
            for name, letter in zip(names, letters, strict=True)
        ]
        for side, words in (
            ("above", _("{name} di kuadran {quadrant}")),
            ("unclear", _("menurut reratanya {name} di kuadran {quadrant}")),
        )
    }
    least = pd.concat(
        [_worst(answers, m, sides[m], ends[m], expected) for m in MEASURES], axis="columns"
    )
    return [
        claims.Comparisons(
            PLACED,
            pd.DataFrame(said | {"below": said["above"]}, n.index),
            strata,
            within,
            tested,
            pd.DataFrame({"worst": least.min(axis="columns"), "best": np.nan}),
            ranked=True,
        )
    ]


def _worst(
    answers: pd.DataFrame,
    measure: str,
    sides: pd.Series,
    scale: tuple[float, float],
    expected: int,
) -> pd.Series:
    """The least that each item's distance from the grand mean could be, towards its side."""
    ends = missing.ends(answers, "item", measure, scale, expected).loc[sides.index]
    own = ends["worst"].where(sides > 0, ends["best"])
    others = ends["best"].sum() - ends["best"]
    others = others.where(sides > 0, ends["worst"].sum() - ends["worst"])
    return sides * (own - (own + others) / len(ends))


def priorities(table: pd.DataFrame, level: str) -> pd.DataFrame:
    """The items that are priorities (quadrant A) at a level; `table`: from `placed`."""
    return table[(table["quadrant"] == "A") & (table["level"] == level)]


def heading(table: pd.DataFrame) -> str:
    """What the picture shows: which items are priorities, and how surely; from `placed`."""
    return _priorities(table)[0]


def finding(table: pd.DataFrame, found: pd.DataFrame) -> Finding:
    """Which items are priorities, and how surely; `table`: from `placed`, `found`: the claims."""
    _title, rows = _priorities(table)
    if rows.empty:
        return Finding(_("Tidak ada subdimensi yang penting tetapi masih kurang."))
    words = {
        CLEAR: _("Penting tetapi masih kurang: {names}."),
        LIKELY: _("Cenderung penting tetapi masih kurang: {names}."),
        UNCLEAR: _("Menurut reratanya penting tetapi masih kurang: {names}."),
    }
    claimed = claims.of_kind(found, PLACED).loc[rows["item"]]
    parts = [
        f"{name} {ledger.detail(row)}"
        for name, (_i, row) in zip(rows["name"], claimed.iterrows(), strict=True)
    ]
    first = claimed.iloc[0]
    said = words[first["level"]].format(names=listed(rows["name"], SHOWN))
    return Finding(said, first["level"], detail="; ".join(parts) + ".", claim=first["id"])


def prior(table: pd.DataFrame) -> pd.DataFrame:
    """The items that `finding` names: the priorities that are clear, else likely, else by mean."""
    return _priorities(table)[1]


def _priorities(table: pd.DataFrame) -> tuple[str, pd.DataFrame]:
    if (table["quadrant"] == "").all():
        return _("Belum ada kesenjangan yang dapat dihitung"), table.head(0)
    for level, words in (
        (CLEAR, _("Jelas prioritas utama: {names}")),
        (LIKELY, _("Cenderung prioritas utama: {names}")),
    ):
        rows = priorities(table, level)
        if len(rows):
            return words.format(names=listed(rows["name"], SHOWN)), rows
    rows = table[table["quadrant"] == "A"]
    if rows.empty:
        return _("Tidak ada subdimensi di kuadran prioritas utama"), rows
    return _("Di kuadran prioritas utama menurut reratanya: {names}").format(
        names=listed(rows["name"], SHOWN)
    ), rows


def apart(table: pd.DataFrame, weighted: pd.DataFrame) -> list[tuple[Finding, pd.Series]]:
    """Where the quadrants and the ranking by weighted gap point different ways, by their figures.

    Items among the first three by weighted gap that are not in A, and items in A behind the first
    three; of equals across that bound neither is said. `table`: from `placed`; `weighted`: from
    `figures.ranking`. One finding with the items that it names, none where both point the same way.
    """
    gaps = weighted.dropna(subset="mean").set_index("item")["mean"].round(9)
    best, worst = (table["item"].map(gaps.rank(ascending=False, method=m)) for m in ("min", "max"))
    priority = table["quadrant"] == "A"
    first, behind = table[(worst <= SHOWN) & ~priority], table[(best > SHOWN) & priority]
    said = [
        words.format(names=listed(rows["name"], SHOWN))
        for rows, words in (
            (first, _("{names} jauh dari sasaran, tetapi bukan prioritas utama: bicarakan sebelum "
                      "memilih.")),
            (behind, _("{names} prioritas utama, tetapi tidak termasuk tiga yang paling jauh dari "
                       "sasaran.")),
        )
        if len(rows)
    ]  # fmt: skip
    if not said:
        return []
    parts = [
        _("{name} di kuadran {quadrant} (kondisi {current}; kepentingan {importance})").format(
            name=row.name,
            quadrant=row.quadrant_name,
            current=number(row.current),
            importance=number(row.importance),
        )
        for row in pd.concat([first, behind]).itertuples(index=False)
    ]
    why = _(
        "Semua menurut rerata, dan jarak dikalikan kepentingan. Kuadran membandingkan kondisi dan "
        "kepentingan dengan rerata semua subdimensi, peringkat melihat jarak ke sasaran: yang "
        "menyusul di kuadran dapat saja paling jauh dari sasarannya."
    )
    told = Finding(said[0], detail=" ".join([*said[1:], "; ".join(parts) + ".", why]))
    return [(told, (first if len(first) else behind)["item"])]


def figure(table: pd.DataFrame) -> dict:
    """How many items clearly are priorities, as a key figure; `table`: from `placed`."""
    clear, likely = (len(priorities(table, level)) for level in (CLEAR, LIKELY))
    return {
        "shown": str(clear),
        "label": _("subdimensi jelas prioritas utama"),
        "detail": _("{likely} cenderung; {count} di kuadran itu menurut reratanya").format(
            likely=likely, count=int((table["quadrant"] == "A").sum())
        ),
        "value": clear,
    }
