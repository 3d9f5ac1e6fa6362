"""From answers of units to figures of the city and of its groups, each with n and an interval.

All functions take a tidy frame with a row per unit and item, and the columns unit, group and
group_name; ``tb`` where a row may not apply. Every statistic of one call comes from one set of
resamples of the units, stratified by group.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.stages.evidence import estimates
from analysis.text import _, interval, number, percent


def wide(answers: pd.DataFrame, item: str, value: str) -> pd.DataFrame:
    """Units x items of one value, both in the order of `answers`; NaN where not answered."""
    table = answers.pivot(index="unit", columns=item, values=value)
    return table.reindex(index=answers["unit"].unique(), columns=answers[item].unique())


def strata(answers: pd.DataFrame) -> pd.Series:
    """The group of each unit, indexed by unit."""
    return answers.drop_duplicates("unit").set_index("unit")["group"]


def levels(answers: pd.DataFrame) -> pd.DataFrame:
    """The answers with their levels as the whole numbers that they are, unless some are not."""
    numbers = answers.select_dtypes("number")
    whole = [name for name in numbers if (numbers[name].dropna() % 1 == 0).all()]
    return answers.astype(dict.fromkeys(whole, "Int64"))


def nearest(values: pd.Series) -> pd.Series:
    """The level nearest to each mean of several respondents, of two the higher; levels as such."""
    return np.floor(values + 0.5).astype(int)


def unit_means(answers: pd.DataFrame, value: str) -> pd.DataFrame:
    """The mean of all that each unit said on a scale: unit, group, value."""
    return answers.groupby(["unit", "group"])[value].mean().rename("value").reset_index()


def over_units(
    answers: pd.DataFrame,
    item: str,
    value: str,
    keep: Sequence[str] = (),
    confidence: float = 0.95,
    seed: int = estimates.SEED,
    scale: tuple[float, float] = estimates.ANYTHING,
) -> pd.DataFrame:
    """A row per item: `item`, the columns `keep`, mean, low, high, n, missing, method, tb.

    `missing` is the share of blanks among the units to which the item applies; `tb` counts those
    to which it does not. Interval: `estimates.estimate`, within the ends of the `scale`.
    """
    if answers.empty:
        figures = ["mean", "low", "high", "n", "missing"]
        none = pd.DataFrame(columns=[item, *keep, *figures, "method", "tb"])
        return none.astype(dict.fromkeys(figures, float))
    values = wide(answers, item, value)
    statistic = estimates.of_means(values)
    table = estimates.estimate(
        strata(answers), statistic, values.count(), confidence, scale, seed
    ).rename(columns={"value": "mean"})
    table["missing"] = 1 - table["n"] / len(values)
    table = table[["mean", "low", "high", "n", "missing", "method"]]
    if "tb" in answers:
        table["tb"] = answers.groupby(item, sort=False)["tb"].sum()
        applies = len(values) - table["tb"]
        table["missing"] = (1 - table["n"] / applies).where(applies > 0, 0.0)
    named = answers.drop_duplicates(item).set_index(item)[list(keep)]
    return named.join(table).rename_axis(item).reset_index()


def groups_and_city(
    answers: pd.DataFrame,
    item: str,
    value: str,
    keep: Sequence[str] = (),
    confidence: float = 0.95,
    scale: tuple[float, float] = estimates.ANYTHING,
    city: bool = True,
) -> pd.DataFrame:
    """`over_units` for each group of units, and for all of them as the last group (``city``).

    Further columns: group, group_name and `label`, the group with its number of units. `city`:
    whether there is that last group, since not every selection of units may be called the city.
    """
    parts = dict(tuple(answers.groupby(["group", "group_name"], sort=False)))
    if city:
        parts["city", _("Kota")] = answers
    tables = [
        over_units(part, item, value, keep, confidence, scale=scale).assign(
            group=group, group_name=name, label=f"{name} ({part['unit'].nunique()})"
        )
        for (group, name), part in parts.items()
    ]
    return pd.concat(tables, ignore_index=True)


def key_figure(
    value: float, label: str, low: float, high: float, n: int, *, confidence: float = 0.95
) -> dict:
    """A key figure as `tables.key_figures` takes it; its value is None where there is none."""
    return {
        "shown": number(value),
        "label": label,
        "detail": certainty(low, high, n, confidence),
        "value": None if pd.isna(value) else float(value),
    }


def certainty(low: float, high: float, n: int, confidence: float = 0.95) -> str:
    """The interval and n behind a figure, in words; a single answer has no interval."""
    if not n:
        return _("belum ada jawaban")
    if pd.isna(low) or pd.isna(high):
        return _("n = {n}, tanpa selang").format(n=int(n))
    return _("selang {confidence}: {interval} · n = {n}").format(
        confidence=percent(confidence), interval=interval(low, high), n=int(n)
    )


def in_sentence(row: pd.Series, confidence: float = 0.95) -> str:
    """`certainty` of a row with low, high and n, as it stands in parentheses within a sentence."""
    return certainty(row["low"], row["high"], row["n"], confidence).replace(" · ", "; ")
