"""The short list: the best proposals of each dimension, from which the flagships are chosen."""

import pandas as pd

from analysis.stages.quickwin.packages import rupiah
from analysis.stages.quickwin.purchases import missed
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


def headline(listed: pd.DataFrame, proposals: pd.DataFrame) -> str:
    """How many programmes the short list holds, and how many of the first ranks it leaves out."""
    if listed.empty:
        return _("Daftar pendek kosong: belum ada usulan lengkap")
    shown = _("Daftar pendek memuat {count} program seharga {cost}").format(
        count=len(listed), cost=rupiah(listed["cost"].sum())
    )
    if out := len(missed(proposals, listed)):
        return shown + _("; {out} usulan sepuluh besar tidak termuat").format(out=out)
    return shown
