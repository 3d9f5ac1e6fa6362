"""What one unit said, beside its group and the city."""

from collections.abc import Iterable

import pandas as pd

from analysis.text import _

COLUMNS = ["name", "own", "group_mean", "city_mean", "difference", "n_group", "n_city"]


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


def against(
    answers: pd.DataFrame, unit: str, item: str, value: str, enough: bool = True
) -> pd.DataFrame:
    """What a unit said of each item beside its group and the city.

    `answers`: a row per unit and item with group and `name`; `enough`: whether so many units of the
    city answered that it has a mean. Returns a row per item that the unit
    answered: `item`, name, own, group_mean, city_mean (both with the unit itself), n_group,
    n_city, difference (own less city).
    """
    answered = answers.dropna(subset=value)
    mine = answered[answered["unit"] == unit].set_index(item)
    group = answered[answered["group"].isin(mine["group"])].groupby(item)[value]
    city = answered.groupby(item)[value]
    return (
        mine[["name", value]]
        .rename(columns={value: "own"})
        .assign(
            group_mean=group.mean().reindex(mine.index),
            n_group=group.count().reindex(mine.index),
            city_mean=city.mean().reindex(mine.index) if enough else float("nan"),
            n_city=city.count().reindex(mine.index),
            difference=lambda t: (t["own"] - t["city_mean"]).round(9),  # equal but for rounding
        )
        .rename_axis(item)
        .reset_index()
    )


def overview(
    measures: Iterable[tuple[str, str, pd.DataFrame]], unit: str, enough: bool = True
) -> pd.DataFrame:
    """One line per measure of a stage: the unit beside its group and the city.

    `measures`: (stage, name, figures), the figures a row per unit with group and value. Returns
    the columns of `against` (for `enough` see there) with stage; a measure without an answer of the
    unit has no line.
    """
    lines = [
        against(figures.assign(item=name, name=name), unit, "item", "value", enough).assign(
            stage=stage
        )
        for stage, name, figures in measures
    ]
    if not lines:
        return pd.DataFrame(columns=["item", *COLUMNS, "stage"])
    return pd.concat(lines, ignore_index=True)


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
