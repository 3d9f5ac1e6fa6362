"""Regional readiness (Analisis Kesiapan Daerah): the maturity of sub-elements.

Indicators average to sub-elements, these to elements, these to the index of a unit; units
average to the city. An indicator that does not apply (TR) is dropped and the weights of its
siblings renormalised.
"""

from collections.abc import Sequence

import pandas as pd

from analysis.methods import weighted
from analysis.refusals import unknown
from analysis.stages.evidence import aggregate, claims, lead, missing
from analysis.text import _, number

TIERS = INDEX, ELEMENT, SUBELEMENT = "index", "element", "subelement"
THRESHOLD, BELOW, GROUPS = "threshold", "below", "groups"
"""Kinds of comparisons: the index, and sub-elements, with the threshold; groups of units."""
BRANCH = ["id", "name", "short", "parent"]


def scores(answers: pd.DataFrame, scale: tuple[float, float]) -> pd.DataFrame:
    """Each unit's index, elements and sub-elements on the `scale` (its ends), nothing rounded.

    `answers`: the readiness table, a row per unit and indicator. Returns a row per unit and
    branch: unit, unit_name, group, group_name, tier (index, element, subelement), id, name,
    short, parent (name of the element), score (NaN where no indicator below was answered).
    """
    if answers.empty:
        columns = ["unit", *BRANCH, "tier", "unit_name", "group", "group_name"]
        return pd.DataFrame(columns=columns).assign(score=pd.Series(dtype=float))
    items = answers.drop_duplicates("item").set_index("item")
    levels = aggregate.wide(answers, "item", "level")
    tree = items[[ELEMENT, SUBELEMENT, "weight"]]
    nested = weighted.nested_mean(levels, tree, bounds=scale)
    label = _("Indeks kesiapan")
    parts = [(INDEX, nested.total.to_frame(INDEX), [(INDEX, label, label, "")])]
    for tier in (ELEMENT, SUBELEMENT):
        columns = [tier, f"{tier}_name", f"{tier}_short", f"{ELEMENT}_name"]
        branches = items.drop_duplicates(tier)[columns].itertuples(index=False)
        parts.append((tier, nested.tiers[tier], list(branches)))
    tidy = [
        values.rename_axis(index="unit", columns="id")
        .stack(future_stack=True)
        .rename("score")
        .reset_index()
        .merge(pd.DataFrame(branches, columns=BRANCH), on="id")
        .assign(tier=tier)
        for tier, values, branches in parts
    ]
    units = answers.drop_duplicates("unit")[["unit", "unit_name", "group", "group_name"]]
    return pd.concat(tidy, ignore_index=True).merge(units, on="unit")


def city(
    scored: pd.DataFrame, tier: str, scale: tuple[float, float], confidence: float = 0.95
) -> pd.DataFrame:
    """The city's figure for each branch of a tier, every unit weighing the same.

    `scored`: from `scores`; `scale`: its ends. Columns: id, name, short, parent, mean, low, high,
    n, missing, method.
    """
    part = _tier(scored, tier)
    return aggregate.over_units(part, "id", "score", BRANCH[1:], confidence, scale=scale)


def by_group(
    scored: pd.DataFrame,
    tier: str,
    scale: tuple[float, float],
    confidence: float = 0.95,
    whole: bool = True,
) -> pd.DataFrame:
    """`city` for each group of units; the city itself as the last group if it is `whole`.

    Further columns: group, group_name, and `label`: the group with its number of units.
    """
    part, keep = _tier(scored, tier), BRANCH[1:]
    return aggregate.groups_and_city(part, "id", "score", keep, confidence, scale, whole)


def by_unit(scored: pd.DataFrame) -> pd.DataFrame:
    """The index of each unit, highest first: unit, unit_name, group, group_name, score."""
    part = _tier(scored, INDEX)[["unit", "unit_name", "group", "group_name", "score"]]
    return part.sort_values("score", ascending=False, ignore_index=True)


def _tier(scored: pd.DataFrame, tier: str) -> pd.DataFrame:
    if tier not in TIERS:
        raise unknown(_("Jenjang"), tier, TIERS)
    return scored[scored["tier"] == tier]


def comparisons(
    answers: pd.DataFrame,
    threshold: float,
    scale: tuple[float, float],
    expected: int,
    confidence: float = 0.95,
) -> list[claims.Comparisons]:
    """All comparisons of the report: the index and each sub-element with the threshold, groups.

    `answers`: the readiness table; `scale`: the ends of its scale; `expected`: how many units
    should have answered.
    """
    table, ends = scores(answers, scale), _ends(answers, scale, expected)
    parts = {tier: _tier(table, tier) for tier in (INDEX, SUBELEMENT)}
    names = parts[SUBELEMENT].drop_duplicates("id").set_index("id")["name"]
    return [
        *(
            claims.against(
                kind,
                parts[tier],
                "id",
                "score",
                claims.words(
                    called,
                    _("{name} di atas batas siap {threshold}"),
                    _("{name} di bawah batas siap {threshold}"),
                    _("{name} di sekitar batas siap {threshold}"),
                    threshold=number(threshold, 1),
                ),
                threshold,
                ends.loc[tier],
                scale,
                confidence,
            )
            for kind, tier, called in (
                (THRESHOLD, INDEX, pd.Series({INDEX: _("indeks kesiapan")})),
                (BELOW, SUBELEMENT, names),
            )
        ),
        *lead.between_groups(
            GROUPS, parts[INDEX], "score", _("indeks kesiapan"), scale[1] - scale[0], confidence
        ),
    ]


def _ends(answers: pd.DataFrame, scale: tuple[float, float], expected: int) -> pd.DataFrame:
    """The worst and best mean of each tier's branches: what is missing at an end of the scale."""
    blank = answers["level"].isna() & ~answers["tb"]
    found = {}
    for side, level in zip(("worst", "best"), scale, strict=True):
        filled = scores(answers.assign(level=answers["level"].mask(blank, level)), scale)
        figures = filled.groupby(["tier", "id"])["score"].agg(mean="mean", n="count")
        figures["tb"] = answers["unit"].nunique() - figures["n"]
        found[side] = missing.bounds(figures, expected, *scale)[side]
    return pd.DataFrame(found)


def indicators(
    answers: pd.DataFrame, scale: tuple[float, float], confidence: float = 0.95
) -> pd.DataFrame:
    """Every indicator over all units, weakest first: item, name, `subelement_name`, figures."""
    keep = ["name", f"{SUBELEMENT}_name"]
    table = aggregate.over_units(answers, "item", "level", keep, confidence, scale=scale)
    return table.sort_values("mean", ignore_index=True)


def distribution(answers: pd.DataFrame, levels: Sequence[int], count: int) -> pd.DataFrame:
    """How many units chose each level, for the `count` indicators with the lowest mean.

    Of several respondents the level nearest to their mean.

    Columns: item, name, one for each of the `levels` (units), n.
    """
    means = answers.groupby("item")["level"].mean()
    lowest = means.nsmallest(count).index
    part = answers[answers["item"].isin(lowest)].dropna(subset="level")
    table = (
        part.assign(level=aggregate.nearest(part["level"]).astype(str))
        .pivot_table(index=["item", "name"], columns="level", values="unit", aggfunc="count")
        .reindex(columns=[str(level) for level in levels])
        .fillna(0)
        .astype(int)
    )
    table = table.loc[sorted(table.index, key=lambda row: means[row[0]])]
    return table.assign(n=table.sum(axis=1)).reset_index()


def marked(branches: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    """The branches beside their claims, highest mean first, with ``below``: clearly below."""
    table = claims.beside(branches, found, BELOW, on="id")
    below = table["id"].isin(claims.clear(found, BELOW, above=False))
    return table.assign(below=below).sort_values("mean", ascending=False)
