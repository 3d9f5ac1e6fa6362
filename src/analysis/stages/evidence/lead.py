"""Whether the highest of several items, or one group of units beside another, leads."""

from itertools import combinations

import numpy as np
import pandas as pd

from analysis.methods import comparisons
from analysis.stages.evidence import aggregate, claims, estimates
from analysis.text import _, listed

ROUNDING = 1e-9  # figures that are equal but for rounding share their place
SHOWN = 3  # of those that share a place, how many are named


def ends(table: pd.DataFrame, value: str, by: str | None = None, lowest: bool = False):
    """The rows with the highest (lowest) figure, of each group `by`; all of those that share it."""
    known = table.dropna(subset=value)
    away = -known[value] if lowest else known[value]
    most = away.groupby(known[by]).transform("max") if by else away.max()
    return known[away >= most - ROUNDING]


def named(table: pd.DataFrame, value: str, name: str, lowest: bool = False) -> str:
    """The names of all that share the highest (lowest) figure, as a sentence bears them."""
    return listed(ends(table, value, lowest=lowest)[name], SHOWN)


def leader(
    kind: str,
    strata: pd.Series,
    statistic: estimates.Statistic,
    n: pd.Series,
    names: pd.Series,
    what: str,
    bounds: pd.DataFrame | None = None,
    confidence: float = 0.95,
) -> list[claims.Comparisons]:
    """Whether the item with the highest figure is above every other; none of fewer than two.

    `statistic` and `n`: the figure of each item, and the units behind it; `names`: by item;
    `what`: the figure in words; `bounds`: worst and best by item. The claim needs the first to be
    above each rival, so its p is the largest of these comparisons, and the figures are those
    against that rival. A claim so made of the item that happens to be first is no more often false
    than its level says.
    Source: Berger (1982), Technometrics 24, 295-300 (intersection-union test); Gutmann & Maymin
    (1987), Annals of Statistics 15, 456-461.
    """
    figures = estimates.observed(strata, statistic).dropna().sort_values(
        ascending=False, kind="stable"
    )  # fmt: skip
    if len(figures) < 2:
        return []
    first, rivals = figures.index[0], figures.index[1:]

    def ahead(drawn: np.ndarray) -> pd.DataFrame:
        values = statistic(drawn)
        return values[rivals].rsub(values[first], axis="index")

    both = n[rivals].clip(upper=n[first])
    tested = estimates.against_zero(strata, ahead, both, confidence)
    nearest = tested["p_value"].idxmax()
    ends = None
    if bounds is not None:
        worst = bounds.loc[first, "worst"] - bounds.loc[rivals, "best"].max()
        ends = pd.DataFrame({"worst": worst, "best": np.nan}, index=[first])
    said = _("{first} tertinggi dalam {what}, di atas {second}").format(
        first=names[first], second=names[nearest], what=what
    )
    return [
        claims.Comparisons(
            kind,
            pd.DataFrame({"above": said, "below": said}, index=[first]),
            strata,
            lambda drawn: ahead(drawn).min(axis=1, skipna=False).to_frame(first),
            tested.loc[[nearest]].set_axis([first]),
            ends,
        )
    ]


def of_means(
    kind: str,
    answers: pd.DataFrame,
    item: str,
    value: str,
    name: str,
    what: str,
    scale: tuple[float, float],
    expected: int,
    confidence: float = 0.95,
) -> list[claims.Comparisons]:
    """`leader` of the means over units: `answers` has a row per unit and item; `name`: column."""
    values = aggregate.wide(answers, item, value)
    names = answers.drop_duplicates(item).set_index(item)[name]
    ends = claims.ends(answers, item, value, scale, expected)
    strata, statistic = aggregate.strata(answers), estimates.of_means(values)
    return leader(kind, strata, statistic, values.count(), names, what, ends, confidence)


def leading(found: pd.DataFrame, kind: str, what: str, confidence: float = 0.95) -> str:
    """Whether one item leads, as a sentence from the table of claims."""
    rows = claims.of_kind(found, kind)
    if rows.empty:
        return _("Perbandingan {what} tidak dapat dibuat: kurang dari dua yang terisi.").format(
            what=what
        )
    row = rows.iloc[0]
    words = (
        _("{claim} ({details}).")
        if row["sure"]
        else _("Data ini tidak dapat memastikan bahwa {claim} ({details}).")
    )
    return words.format(claim=row["claim"], details=claims.difference(row, confidence))


def between_groups(
    kind: str, units: pd.DataFrame, value: str, what: str, confidence: float = 0.95
) -> list[claims.Comparisons]:
    """Every group of units beside every other: whether their means differ (Welch).

    `units`: a row per unit with group_name; `what`: the figure in words. Items are pairs
    ``high|low``; all pairs count, so that the most distant pair may be picked. None of fewer than
    two groups.
    """
    known = units.dropna(subset=value).set_index("unit")
    means = known.groupby("group_name", sort=False)[value].mean().sort_values(ascending=False)
    pairs = [(f"{high}|{low}", high, low) for high, low in combinations(means.index, 2)]
    if not pairs:
        return []
    sides = {name: part[value].astype(float) for name, part in known.groupby("group_name")}
    figures = pd.DataFrame(
        [comparisons.welch(sides[high], sides[low], confidence) for _pair, high, low in pairs],
        index=[pair for pair, _high, _low in pairs],
    )

    def apart(drawn: np.ndarray) -> pd.DataFrame:
        groups = {
            name: estimates.means(
                drawn[:, (known["group_name"] == name).to_numpy()], side.to_frame()
            )[:, 0]
            for name, side in sides.items()
        }
        return pd.DataFrame({p: groups[high] - groups[low] for p, high, low in pairs})

    said = {p: _("{high} lebih tinggi daripada {low} dalam {what}").format(
        high=high, low=low, what=what) for p, high, low in pairs}  # fmt: skip
    words = pd.DataFrame({"above": said, "below": said})
    return [claims.Comparisons(kind, words, known["group_name"], apart, figures)]


def groups_apart(found: pd.DataFrame, kind: str, what: str, confidence: float = 0.95) -> str:
    """Whether groups of units differ, as a sentence from the table of claims."""
    rows = claims.of_kind(found, kind)
    if rows.empty:
        return _("Kurang dari dua kelompok unit menjawab, jadi {what} tidak dibandingkan.").format(
            what=what
        )
    row = rows.sort_values("adjusted", kind="stable").iloc[0]
    if row["sure"]:
        return _("{claim} ({details}).").format(
            claim=row["claim"], details=claims.difference(row, confidence)
        )
    return _(
        "Data ini tidak dapat membedakan kelompok-kelompok unit dalam {what}; yang paling "
        "berjauhan: {pair} ({details})."
    ).format(
        what=what,
        pair=_(" dan ").join(row.name.split("|")),
        details=claims.difference(row, confidence),
    )
