"""What one unit said, beside its group and the city."""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from analysis.text import _

COLUMNS = ["name", "own", "group_mean", "city_mean", "difference", "n_group", "n_city"]
ROW = ["unit", "item", *COLUMNS]


def chosen(units: pd.DataFrame, unit: str = "") -> pd.Series:
    """The register row of `unit`; without one, of the first unit that answered.

    Raises ValueError when the unit has not answered or is unknown; the message lists the others.
    """
    answered = units[units["answered"]]
    if answered.empty:
        raise ValueError(_("Belum ada perangkat daerah yang menjawab."))
    rows = answered[answered["unit"] == unit] if unit else answered
    if rows.empty:
        raise ValueError(
            _("Perangkat daerah {unit} belum menjawab; pilihan: {choices}").format(
                unit=unit, choices=", ".join(answered["unit"])
            )
        )
    return rows.iloc[0]


def against(answers: pd.DataFrame, item: str, value: str, enough: bool = True) -> pd.DataFrame:
    """What each unit said of each item beside its group and the city.

    `answers`: a row per unit and item with group and `name`; `enough`: whether so many units of the
    city answered that it has a mean. Returns a row per unit and item that it answered, in their
    order: unit, item, name, own, group_mean, n_group, city_mean, n_city (both with the unit
    itself), difference (own less city).
    """
    answered = answers.dropna(subset=value)
    group = answered.groupby(["group", item], observed=True, sort=False)[value]
    city = answered.groupby(item, observed=True, sort=False)[value]
    return (
        pd.DataFrame(
            {
                "unit": answered["unit"],
                "item": answered[item],
                "name": answered["name"],
                "own": answered[value],
                "group_mean": group.transform("mean"),
                "n_group": group.transform("count"),
                "city_mean": city.transform("mean") if enough else float("nan"),
                "n_city": city.transform("count"),
            }
        )
        .assign(
            difference=lambda t: (t["own"] - t["city_mean"]).round(9)  # equal but for rounding
        )
        .reset_index(drop=True)
    )


def overview(stage: Any, units: Iterable[str], enough: bool = True) -> pd.DataFrame:
    """One line per measure of a `stage` and unit: the columns of `against`, for `enough` see there.

    A measure without an answer of a unit has no line of it.
    """
    alike: dict[tuple[str, ...], list[str]] = {}
    figures = {}
    for unit in units:
        measures = stage.measures(unit)
        names = tuple(name for name, _values in measures)
        alike.setdefault(names, []).append(unit)
        figures[names] = measures
    lines = [
        against(values.assign(item=name, name=name), "item", "value", enough).query("unit in @own")
        for names, own in alike.items()
        for name, values in figures[names]
    ]
    return pd.concat(lines, ignore_index=True) if lines else pd.DataFrame(columns=ROW)


def strengths(indicators: pd.DataFrame, count: int = 3) -> pd.DataFrame:
    """The items in which a unit stands highest above the city, from `against`."""
    return indicators[indicators["difference"] > 0].nlargest(count, "difference")


def apart(items: pd.DataFrame, count: int = 5) -> pd.DataFrame:
    """The items in which a unit's answer lies farthest from the city's mean, either way."""
    known = items["difference"].dropna().abs()
    order = known.sort_values(ascending=False, kind="stable").index
    return items.loc[order].head(count)


def gaps(subdimensions: pd.DataFrame, count: int = 3) -> pd.DataFrame:
    """The items with the largest own gap, from `against` on the gap of each sub-dimension.

    Of equal gaps those come first that stand farthest above the city's mean.
    """
    return subdimensions[subdimensions["own"] > 0].nlargest(count, ["own", "difference"])
