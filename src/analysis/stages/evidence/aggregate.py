"""From answers of units to figures of the city and of its groups, each with n and an interval.

All functions take a tidy frame with a row per unit and item, and the columns unit, group and
group_name; ``tb`` where a row may not apply. Every statistic of one call comes from one set of
resamples of the units, stratified by group.
"""

from collections.abc import Sequence

import pandas as pd

from analysis.methods import intervals
from analysis.text import _, interval, number, percent

SEED = 2023


def wide(answers: pd.DataFrame, item: str, value: str) -> pd.DataFrame:
    """Units x items of one value, both in the order of `answers`; NaN where not answered."""
    table = answers.pivot(index="unit", columns=item, values=value)
    return table.reindex(index=answers["unit"].unique(), columns=answers[item].unique())


def strata(answers: pd.DataFrame) -> pd.Series:
    """The group of each unit, indexed by unit."""
    return answers.drop_duplicates("unit").set_index("unit")["group"]


def over_units(
    answers: pd.DataFrame,
    item: str,
    value: str,
    keep: Sequence[str] = (),
    confidence: float = 0.95,
    seed: int = SEED,
) -> pd.DataFrame:
    """A row per item: `item`, the columns `keep`, mean, low, high, n, missing, method, tb.

    `missing` is the share of blanks among the units to which the item applies; `tb` counts those
    to which it does not. Interval: `intervals.summarise`.
    """
    if answers.empty:
        figures = ["mean", "low", "high", "n", "missing"]
        none = pd.DataFrame(columns=[item, *keep, *figures, "method", "tb"])
        return none.astype(dict.fromkeys(figures, float))
    values = wide(answers, item, value)
    table = intervals.summarise(values, strata(answers), confidence, seed=seed)
    if "tb" in answers:
        table["tb"] = answers.groupby(item, sort=False)["tb"].sum()
        applies = len(values) - table["tb"]
        table["missing"] = (1 - table["n"] / applies).where(applies > 0, 0.0)
    named = answers.drop_duplicates(item).set_index(item)[list(keep)]
    return named.join(table).rename_axis(item).reset_index()


def over_groups(
    answers: pd.DataFrame,
    item: str,
    value: str,
    keep: Sequence[str] = (),
    confidence: float = 0.95,
    seed: int = SEED,
) -> pd.DataFrame:
    """`over_units` for each group of units: a row per group and item, groups in their order."""
    parts = [
        over_units(part, item, value, keep, confidence, seed).assign(group=group, group_name=name)
        for (group, name), part in answers.groupby(["group", "group_name"], sort=False)
    ]
    return pd.concat(parts, ignore_index=True)


def groups_and_city(
    answers: pd.DataFrame,
    item: str,
    value: str,
    keep: Sequence[str] = (),
    confidence: float = 0.95,
    seed: int = SEED,
) -> pd.DataFrame:
    """`over_groups`, and `over_units` as the last group (``city``).

    Further column: `label`, the group with its number of units.
    """
    groups = over_groups(answers, item, value, keep, confidence, seed)
    whole = over_units(answers, item, value, keep, confidence, seed)
    table = pd.concat([groups, whole.assign(group="city", group_name=_("Kota"))], ignore_index=True)
    sizes = answers.groupby("group")["unit"].nunique()
    sizes["city"] = sizes.sum()
    count = table["group"].map(sizes).astype(str)
    return table.assign(label=table["group_name"] + " (" + count + ")")


def key_figure(
    value: float, label: str, low: float, high: float, n: int, confidence: float = 0.95
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
    if pd.isna(low) or pd.isna(high):
        return _("n = {n}, tanpa selang").format(n=n)
    return _("selang {confidence}: {interval} · n = {n}").format(
        confidence=percent(confidence), interval=interval(low, high), n=n
    )


def in_sentence(row: pd.Series, confidence: float = 0.95) -> str:
    """`certainty` of a row with low, high and n, as it stands in parentheses within a sentence."""
    return certainty(row["low"], row["high"], row["n"], confidence).replace(" · ", "; ")
