"""Whether the highest of several items, or one group of units beside another, leads."""

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pandas as pd

from analysis.methods import comparisons
from analysis.stages.evidence import aggregate, claims, estimates, ledger, missing
from analysis.stages.evidence.finding import Finding
from analysis.text import _, listed, listing

ROUNDING = estimates.ROUNDING  # figures that are equal but for rounding share their place
SHOWN = 3  # of those that share a place, how many are named


def ends(
    table: pd.DataFrame, value: str, by: str | None = None, lowest: bool = False
) -> pd.DataFrame:
    """The rows with the highest (lowest) figure, of each group `by`; all of those that share it."""
    known = table.dropna(subset=value)
    away = -known[value] if lowest else known[value]
    most = away.groupby(known[by]).transform("max") if by else away.max()
    return known[away >= most - ROUNDING]


def named(table: pd.DataFrame, value: str, name: str, lowest: bool = False) -> str:
    """The names of all that share the highest (lowest) figure, as a sentence bears them."""
    return listed(ends(table, value, lowest=lowest)[name], SHOWN)


def in_groups(table: pd.DataFrame, value: str, name: str, words: Sequence[str]) -> str:
    """Which items have the highest figure in each group of units, as a title.

    `table`: a row per group and item, the city (``city``) aside; `words`: what is said without any
    figure, of ``{name}`` in the only group, in every group, and of ``{names}`` that differ.
    """
    none, alone, everywhere, apart = words
    groups = table[table["group"] != "city"].dropna(subset=value)
    if groups.empty:
        return none
    first = ends(groups, value, "group")
    names = list(dict.fromkeys(first[name]))
    if first["group"].nunique() == 1:
        return alone.format(name=listing(names))
    if len(names) == 1:
        return everywhere.format(name=names[0])
    whose = (listing(first.loc[first[name] == each, "group_name"]) for each in names)
    return apart.format(names=listing(f"{n} ({g})" for n, g in zip(names, whose, strict=True)))


def leader(
    kind: str,
    strata: pd.Series,
    statistic: estimates.Statistic,
    n: pd.Series,
    names: pd.Series,
    what: str,
    width: float,
    bounds: pd.DataFrame | None = None,
    confidence: float = 0.95,
) -> list[claims.Comparisons]:
    """Whether the item with the highest figure is above every other; none of fewer than two.

    `statistic` and `n`: the figure of each item, and the units behind it; `names`: by item;
    `what`: the figure in words; `width`: of its scale, the most that two can differ; `bounds`:
    worst and best by item. The claim needs the first to be above each rival, so its p is the
    largest of these comparisons, and the figures are those against that rival. A claim so made of
    the item that happens to be first is no more often false than its level says.
    Source: Berger (1982), Technometrics 24, 295-300 (intersection-union test); Gutmann & Maymin
    (1987), Annals of Statistics 15, 456-461.
    """
    figures = estimates.observed(strata, statistic).dropna().sort_values(
        ascending=False, kind="stable"
    )  # fmt: skip
    if len(figures) < 2:
        return []
    first, rivals = figures.index[0], figures.index[1:]

    def apart(drawn: np.ndarray) -> pd.DataFrame:
        values = statistic(drawn)
        return values[rivals].rsub(values[first], axis="index")

    def ahead(drawn: np.ndarray) -> pd.DataFrame:
        return apart(drawn).min(axis=1, skipna=False).to_frame(first)

    both = n[rivals].clip(upper=n[first])
    tested = estimates.against_zero(strata, apart, both, confidence, (-width, width))
    nearest = tested["p_value"].idxmax()
    agree = (estimates.resampled(strata, ahead)[first] > ROUNDING).mean()
    row = tested.loc[[nearest]].set_axis([first])
    row["agree"] = row["agree"].where(row["agree"].isna(), agree)
    ends = None
    if bounds is not None:
        worst = bounds.loc[first, "worst"] - bounds.loc[rivals, "best"].max()
        ends = pd.DataFrame({"worst": worst, "best": np.nan}, index=[first])
    said = _("{first} tertinggi dalam {what}, di atas {second}").format(
        first=names[first], second=names[nearest], what=what
    )
    alike = _("{first} dan {second} sama-sama teratas dalam {what}").format(
        first=names[first], second=names[nearest], what=what
    )
    words = pd.DataFrame({"above": said, "below": said, "unclear": alike}, index=[first])
    return [claims.Comparisons(kind, words, strata, ahead, row, ends, ranked=True)]


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
    ends = missing.ends(answers, item, value, scale, expected)
    strata, statistic = aggregate.strata(answers), estimates.of_means(values)
    width = scale[1] - scale[0]
    return leader(kind, strata, statistic, values.count(), names, what, width, ends, confidence)


def leading(found: pd.DataFrame, kind: str, what: str, digits: int = 2) -> Finding:
    """Whether one item leads, as a finding from the table of claims."""
    rows = claims.of_kind(found, kind)
    if rows.empty:
        return Finding(
            _("Perbandingan {what} tidak dapat dibuat: kurang dari dua yang terisi.").format(
                what=what
            )
        )
    return ledger.quoted(rows.iloc[0], digits=digits)


def between_groups(
    kind: str, units: pd.DataFrame, value: str, what: str, width: float, confidence: float = 0.95
) -> list[claims.Comparisons]:
    """Every group of units beside every other: whether their means differ (Welch).

    `units`: a row per unit with group and group_name; `what`: the figure in words; `width`: of
    its scale, the most that two can differ. Items are pairs of groups, ``high-low``; all pairs
    count, so that the most distant pair may be picked. None of fewer than two groups.
    """
    known = units.dropna(subset=value).set_index("unit")
    names = known.drop_duplicates("group").set_index("group")["group_name"]
    means = known.groupby("group", sort=False)[value].mean().sort_values(ascending=False)
    pairs = {f"{high}-{low}": (high, low) for high, low in combinations(means.index, 2)}
    if not pairs:
        return []
    sides = {group: part[value].astype(float) for group, part in known.groupby("group")}
    figures = pd.DataFrame(
        [comparisons.welch(sides[high], sides[low], confidence) for high, low in pairs.values()],
        index=list(pairs),
    ).assign(floor=-width, ceiling=width)
    figures[["low", "high"]] = figures[["low", "high"]].clip(-width, width)

    def apart(drawn: np.ndarray) -> pd.DataFrame:
        groups = {
            group: estimates.means(drawn[:, (known["group"] == group).to_numpy()], side.to_frame())[
                :, 0
            ]
            for group, side in sides.items()
        }
        return pd.DataFrame({p: groups[high] - groups[low] for p, (high, low) in pairs.items()})

    said = {
        pair: _("{high} lebih tinggi daripada {low} dalam {what}").format(
            high=names[high], low=names[low], what=what
        )
        for pair, (high, low) in pairs.items()
    }
    alike = _("kelompok-kelompok perangkat daerah kira-kira sama dalam {what}").format(what=what)
    words = pd.DataFrame({"above": said, "below": said}).assign(unclear=alike)
    return [claims.Comparisons(kind, words, known["group"], apart, figures)]


def groups_apart(found: pd.DataFrame, kind: str, what: str) -> Finding:
    """Whether groups of units differ, as a finding from the table of claims: the surest pair."""
    rows = claims.of_kind(found, kind)
    if rows.empty:
        return Finding(
            _("{what} tidak dibandingkan: kurang dari dua kelompok yang menjawab.").format(
                what=what[:1].upper() + what[1:]
            )
        )
    row = rows.sort_values("p_value", kind="stable").iloc[0]
    return ledger.quoted(row)
