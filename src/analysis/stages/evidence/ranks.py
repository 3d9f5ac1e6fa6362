"""Ranks of items with what resamples say of them."""

import numpy as np
import pandas as pd

ROUNDING = 9  # digits; figures that are equal but for rounding share a rank


def ranks(
    values: pd.Series, drawn: pd.DataFrame, known: pd.Series, confidence: float = 0.95, top: int = 1
) -> pd.DataFrame:
    """By item: rank (1: the highest value), rank_low, rank_high and top.

    `drawn`: the values in each resample; `known`: which items have answers enough. The bounds are
    ranks that occur: percentiles of the rank over the resamples; ``top`` is the share of resamples
    in which the item is among the first `top`; all three NaN where not `known`.
    Source: Goldstein & Spiegelhalter (1996), J. Royal Statistical Society A 159, 385-443.
    """
    placed = drawn.round(ROUNDING).rank(axis="columns", ascending=False, method="min")
    end = (1 - confidence) / 2
    table = pd.DataFrame(
        {
            "rank_low": placed.quantile(end, interpolation="lower"),
            "rank_high": placed.quantile(1 - end, interpolation="higher"),
            "top": (placed <= top).mean(),
        }
    ).reindex(values.index)
    table = table.where(known.reindex(values.index).astype(bool), np.nan)
    rank = values.round(ROUNDING).rank(ascending=False, method="min")
    return table.assign(rank=rank)[["rank", "rank_low", "rank_high", "top"]]
