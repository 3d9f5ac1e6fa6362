"""Answers that hardly vary: units that answered from top to bottom alike (straight-lining)."""

from collections.abc import Iterable, Sequence

import pandas as pd

LEAST = 5
"""Fewest answers in a column for straight-lining to be judged."""
NEARLY = 0.9
"""From this share of like answers on, a table of the questionnaire is pointed at."""


def scales(table: pd.DataFrame) -> list[str]:
    """The columns of a table's answers that hold scales."""
    return [c for c in table.select_dtypes("number").columns if c != "weight"]


def measured(ratings: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    """How alike the answers of each unit (and table: `keys`) are: n, same, spread.

    `ratings`: a row per answer, with field and value. `n`: answers; `same`: the share of those that
    equal the commonest one of their field, 0-1, where 1 is a straight line; `spread`: standard
    deviation in scale units, mean over fields. Fields of fewer than five answers are passed over.
    Source: Kim et al. (2019), Social Science Computer Review 37, 214-233 (measures of
    straightlining).
    """
    grouped = ratings.dropna(subset="value").groupby([*keys, "field"], sort=False)["value"]
    fields = pd.DataFrame(
        {
            "n": grouped.size(),
            "alike": grouped.agg(lambda values: values.value_counts().iloc[0]),
            "spread": grouped.std(ddof=0),
        }
    ).reset_index()
    table = (
        fields[fields["n"] >= LEAST]
        .groupby(list(keys), sort=False)
        .agg(n=("n", "sum"), alike=("alike", "sum"), spread=("spread", "mean"))
    )
    return table.assign(same=table["alike"] / table["n"]).drop(columns="alike")


def units(tables: Iterable[pd.DataFrame]) -> pd.Index:
    """The units that answered any of some tables of the questionnaire (nearly) alike."""
    found = pd.Index([])
    for table in tables:
        ratings = table.melt("unit", scales(table), var_name="field")
        same = measured(ratings, ["unit"])["same"]
        found = found.union(same.index[same >= NEARLY])
    return found
