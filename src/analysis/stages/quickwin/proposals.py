"""Quick win proposals as they came: what they lack, and where and when they fall."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd

from analysis.text import _, listing

NEEDED = ["name", "dimension"]
"""What a proposal needs beside the criteria: to be told from others, and to be counted."""


def described(answers: pd.DataFrame, needed: Iterable[str]) -> pd.DataFrame:
    """Every proposal with what it lacks; nothing is filled in and no two are merged.

    `answers`: the quick win table, a row per proposal; `needed`: the columns that rank. Adds
    `proposal` (unit and code), `label` (name and unit), `lacking` (list of the columns without an
    answer: name, dimension, criteria) and `complete`.
    """
    blank = answers[list(dict.fromkeys([*NEEDED, *needed]))].isna()
    lacking = [list(blank.columns[row]) for row in blank.to_numpy(dtype=bool)]
    return answers.assign(
        proposal=answers["unit"] + " " + answers["item"],
        label=answers["name"].fillna(_("(tanpa nama)")) + " (" + answers["unit_short"] + ")",
        lacking=pd.Series(lacking, index=answers.index, dtype=object),
        complete=~blank.any(axis=1).astype(bool),
    )


def criteria(
    weights: Mapping[str, float], cost_criteria: Sequence[str], fields: Iterable
) -> pd.DataFrame:
    """What proposals are ranked by: name of the criterion, weight (sum 1) and which way is better.

    `fields`: the columns of the questionnaire's table, objects with name and title.
    """
    titles = {field.name: _(field.title) for field in fields}
    better = {True: _("makin kecil makin baik"), False: _("makin besar makin baik")}
    given = pd.Series(dict(weights), dtype=float)
    return pd.DataFrame(
        {
            "criterion": [titles[name] for name in given.index],
            "weight": (given / given.sum()).to_numpy(),
            "note": [better[name in cost_criteria] for name in given.index],
        }
    )


def incomplete(proposals: pd.DataFrame, fields: Iterable) -> pd.DataFrame:
    """The proposals that cannot be ranked, with `lacking` in words.

    `fields`: the columns of the questionnaire's table, objects with name and title.
    """
    titles = {field.name: _(field.title) for field in fields}
    part = proposals[~proposals["complete"]]
    words = [listing(titles[column] for column in columns) for columns in part["lacking"]]
    return part.assign(lacking=pd.Series(words, part.index, dtype=object)).reset_index(drop=True)


def horizon_names(horizons: Sequence[int]) -> dict[int, str]:
    """The last month of each horizon -> its name."""
    names = [_("Quick win"), _("Jangka pendek"), _("Jangka menengah"), _("Jangka panjang")]
    return dict(zip(horizons, names, strict=True))


def horizon(months: pd.Series, horizons: Sequence[int]) -> pd.Series:
    """The horizon of each duration, an ordered category; beyond the last one it says so."""
    beyond = _("Lebih dari {n} bulan").format(n=horizons[-1])
    names = [*horizon_names(horizons).values(), beyond]
    return pd.cut(months.astype(float), [0, *horizons, np.inf], labels=names)


def by_horizon(proposals: pd.DataFrame, horizons: Sequence[int]) -> pd.DataFrame:
    """Complete proposals in each horizon: horizon, programmes, cost (million rupiah)."""
    part = proposals[proposals["complete"]]
    part = part.assign(horizon=horizon(part["duration"], horizons))
    grouped = part.groupby("horizon", observed=False)["cost"]
    table = grouped.agg(programmes="size", cost="sum").reset_index()
    return table.astype({"horizon": "object", "cost": float})


def by_dimension(proposals: pd.DataFrame, names: pd.Series) -> pd.DataFrame:
    """Proposals in each dimension, those without any included; `names`: name by dimension id.

    Columns: dimension, dimension_name, programmes (all), ranked (the complete ones), units (that
    propose), cost (sum of the complete ones, million rupiah).
    """
    complete = proposals[proposals["complete"]]
    counts = {
        "programmes": proposals.groupby("dimension").size(),
        "ranked": complete.groupby("dimension").size(),
        "units": proposals.groupby("dimension")["unit"].nunique(),
        "cost": complete.groupby("dimension")["cost"].sum(),
    }
    table = pd.DataFrame({key: c.reindex(names.index).fillna(0) for key, c in counts.items()})
    table = table.astype({"programmes": int, "ranked": int, "units": int, "cost": float})
    return table.assign(dimension_name=names).rename_axis("dimension").reset_index()


def count(ranking: pd.DataFrame, units: pd.DataFrame) -> pd.DataFrame:
    """How many complete proposals each unit that answered made: unit, group, value."""
    answered = units[units["answered"].astype(bool)]
    made = answered["unit"].map(ranking["unit"].value_counts()).fillna(0)
    return answered[["unit", "group"]].assign(value=made.astype(float))


def headline_dimensions(counts: pd.DataFrame) -> str:
    """Which dimensions have most proposals, and which have none, from `by_dimension`."""
    most = counts[counts["programmes"] == counts["programmes"].max()]
    none = counts[counts["programmes"] == 0]
    if len(none) == len(counts):
        return _("Belum ada usulan program")
    shown = _("{names} paling banyak diusulkan: {count} program").format(
        names=listing(most["dimension_name"]), count=most["programmes"].iloc[0]
    )
    if none.empty:
        return shown
    return shown + _("; {names} tanpa usulan").format(names=listing(none["dimension_name"]))


def headline_horizons(counts: pd.DataFrame, horizons: Sequence[int]) -> str:
    """How many complete proposals can be done within the first horizon, from `by_horizon`."""
    if not counts["programmes"].sum():
        return _("Belum ada usulan lengkap")
    return _("{count} dari {all} usulan lengkap selesai dalam {months} bulan").format(
        count=counts["programmes"].iloc[0], all=counts["programmes"].sum(), months=horizons[0]
    )


def headline_incomplete(proposals: pd.DataFrame) -> str:
    """How many proposals are not ranked because something lacks."""
    lacking = int((~proposals["complete"]).sum())
    if not lacking:
        return _("Tidak ada usulan yang kurang lengkap")
    return _("{count} dari {all} usulan tidak diperingkat karena belum lengkap").format(
        count=lacking, all=len(proposals)
    )
