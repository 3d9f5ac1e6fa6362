"""How low and how high a mean can lie while answers are missing: worst-case bounds, no imputation.

Source: Manski (1989), Journal of Human Resources 24, 343-360.
"""

import pandas as pd

from analysis.stages.evidence import aggregate


def bounds(figures: pd.DataFrame, expected: int, low: float, high: float) -> pd.DataFrame:
    """How low and how high each mean could lie once all `expected` units have answered.

    `figures`: mean, n, and tb (units to which it does not apply) where that may be; `low` and
    `high`: the ends of the scale. Adds worst and best: the means if every answer that is missing
    were at an end of the scale.
    """
    given = figures["n"] * figures["mean"].fillna(0)
    applies = expected - figures.get("tb", 0)
    absent = (applies - figures["n"]).clip(lower=0)
    everyone = (figures["n"] + absent).where(lambda n: n > 0)
    return figures.assign(
        worst=(given + absent * low) / everyone, best=(given + absent * high) / everyone
    )


def ends(
    answers: pd.DataFrame, item: str, value: str, scale: tuple[float, float], expected: int
) -> pd.DataFrame:
    """`bounds` of each item's mean over the units: worst and best, by item.

    `answers`: a row per unit and item, with ``tb`` where a row may not apply; `expected`: how many
    units should have answered.
    """
    values = aggregate.wide(answers, item, value)
    tb = answers.groupby(item)["tb"].sum() if "tb" in answers else 0
    figures = pd.DataFrame({"mean": values.mean(), "n": values.count(), "tb": tb})
    return bounds(figures, expected, *scale)[["worst", "best"]]
