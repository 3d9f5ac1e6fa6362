"""Ranks of items: between which ranks each may lie, and whether they put the items in order."""

import pandas as pd

from analysis.methods import intervals, ranks
from analysis.stages.evidence import estimates
from analysis.text import _, percent

BROAD = 0.5
"""A set of more than this share of all ranks says little."""


def placed(
    values: pd.Series, apart: pd.DataFrame, drawn: pd.DataFrame, confidence: float = 0.95
) -> pd.DataFrame:
    """By item: rank (1: the highest value), rank_low and rank_high, which hold for all at once.

    `apart`: by pair of items (see `ranks.differences`) value, error, freedom, n and least, as
    `estimates.jackknife` gives them; `drawn`: the pairs' differences in each joint resample. One
    item is surely above another where Student's t says so at one level for all pairs: the one that
    the resamples ask (`ranks.joint_level`) or, where fewer than ten units are behind some pair,
    that of Bonferroni. Fewer units than can ever reach that level set nothing apart.
    Source: `methods.ranks`.
    """
    level = (1 - confidence) / max(len(apart), 1)
    if (apart["n"] >= intervals.FEW).all():
        level = ranks.joint_level(apart["value"], drawn, confidence)
    reach = estimates.reaching(apart, level).where(apart["least"] < level)
    return ranks.sets(values, apart["value"], reach)


def among_first(drawn: pd.DataFrame, n: pd.Series, top: int = 1) -> pd.Series:
    """The share of resamples in which each item is among the first `top`; NaN below ten units.

    `drawn`: the items' figures in each resample; `n`: the units behind each.
    """
    order = drawn.round(ranks.DIGITS).rank(axis="columns", ascending=False, method="min")
    return (order <= top).mean().where(n >= intervals.FEW)


def ordered(table: pd.DataFrame) -> bool:
    """Whether the sets of ranks put the items in any order.

    They do not where the middle one of the sets holds more than half of all ranks.
    """
    known = table.dropna(subset="rank_low")
    span = known["rank_high"] - known["rank_low"] + 1
    return len(known) < 2 or bool(span.median() <= BROAD * len(known))


def arranged(table: pd.DataFrame) -> pd.DataFrame:
    """The rows as a picture shows them: by rank, or in the questionnaire's order.

    The latter (that of the index) where the ranks put nothing in `ordered`.
    """
    return table if ordered(table) else table.sort_index()


def note(table: pd.DataFrame, confidence: float = 0.95) -> str:
    """What a picture says of its order; `table`: from `placed`, with all that is shown."""
    if ordered(table):
        return ""
    first = int((table["rank_low"] == 1).sum())
    return _(
        "Tidak disusun menurut peringkat, sebab urutannya belum terbukti: {first} dari "
        "{all} dapat menempati peringkat pertama (keyakinan {confidence})."
    ).format(first=first, all=len(table), confidence=percent(confidence))
