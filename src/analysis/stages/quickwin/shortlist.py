"""The short list: the best proposals of each dimension, from which the flagships are chosen."""

import pandas as pd

from analysis.stages.quickwin.packages import rupiah
from analysis.text import _


def shortlist(proposals: pd.DataFrame, count: int, names: pd.Series) -> pd.DataFrame:
    """Of each dimension the `count` best-ranked of `packages.bought`, whatever they cost.

    Of each cluster only the best-ranked one is listed. The dimensions come in the order of
    `names` (by dimension id); adds place (1 for the best of its dimension).
    """
    apart = proposals[~proposals["cluster"].duplicated() | proposals["cluster"].isna()]
    place = apart.groupby("dimension").cumcount() + 1
    order = apart["dimension"].map({dimension: n for n, dimension in enumerate(names.index)})
    listed = apart.assign(place=place, order=order)[place <= count]
    return listed.sort_values(["order", "place"], ignore_index=True).drop(columns="order")


def headline(listed: pd.DataFrame) -> str:
    """How many programmes the short list holds, and what they cost together."""
    if listed.empty:
        return _("Daftar pendek kosong: belum ada usulan lengkap")
    return _("Daftar pendek memuat {count} program teratas di dimensinya, berbiaya {cost}").format(
        count=len(listed), cost=rupiah(listed["cost"].sum(), 1)
    )
