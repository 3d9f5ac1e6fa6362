"""The main obstacles that units name for closing the gap, counted by dimension."""

from functools import partial

import numpy as np
import pandas as pd

from analysis.stages.evidence import aggregate, claims, estimates, lead
from analysis.text import _, interval, listing, percent

CITY = "city"
LEADING = "obstacle"
"""Kind of comparison: the obstacle named most with the others."""


def obstacles(answers: pd.DataFrame, names: pd.Series, confidence: float = 0.95) -> pd.DataFrame:
    """How often each obstacle is named in each dimension, and in all of them (last, id "city").

    `answers`: the gap table; `names`: name by obstacle id, in the order to show. A row per
    dimension and obstacle: dimension, dimension_name, dimension_short, obstacle, obstacle_name,
    count (times named), share of the answers in that dimension (0-1), low, high (of the share);
    percentage, percentage_low, percentage_high (the same of a hundred); n (answers), units (that
    named any), missing (share of blanks where the row applies). Interval: `estimates.estimate` of
    the ratio of sums.
    """
    strata = aggregate.strata(answers)
    whole = dict.fromkeys(["dimension_name", "dimension_short"], _("Semua dimensi"))
    both = pd.concat([answers, answers.assign(dimension=CITY, **whole)], ignore_index=True)
    keys = ["dimension", "dimension_name", "dimension_short"]
    parts = []
    for labels, part in both.groupby(keys, sort=False):
        times = _times(part, names, strata.index)
        named = times.sum(axis="columns")
        n, units, applies = int(named.sum()), int((named > 0).sum()), int((~part["tb"]).sum())
        naming = pd.Series(units, names.index)
        shares = estimates.estimate(
            strata, partial(_ratios, times=times), naming, confidence, (0.0, 1.0)
        ).rename(columns={"value": "share"})[["share", "low", "high"]]
        table = shares.assign(
            **dict(zip(keys, labels, strict=True)),
            obstacle_name=names,
            count=times.sum(),
            n=n,
            units=units,
            missing=1 - n / applies if applies else 0.0,
        )
        parts.append(table.rename_axis("obstacle").reset_index())
    table = pd.concat(parts, ignore_index=True)
    for end, share in (("", "share"), ("_low", "low"), ("_high", "high")):
        table[f"percentage{end}"] = 100 * table[share]
    return table


def overall(table: pd.DataFrame) -> pd.DataFrame:
    """The rows for all dimensions together, most named first."""
    rows = table[table["dimension"] == CITY]
    return rows.sort_values("count", ascending=False, kind="stable", ignore_index=True)


def most(table: pd.DataFrame, count: int) -> pd.DataFrame:
    """Of `overall` the first `count` that are named at all, and those that share the last place."""
    rows = overall(table)
    named = rows[rows["count"] > 0]
    return named[named["count"] >= named["count"].head(count).min()]


def certainty(row: pd.Series, confidence: float = 0.95) -> str:
    """The interval and n behind a share, in words."""
    if pd.isna(row["low"]):
        return _("n = {n} jawaban dari {units} perangkat daerah, tanpa selang").format(
            n=row["n"], units=row["units"]
        )
    words = _("selang {confidence}: {interval}% · n = {n} jawaban dari {units} perangkat daerah")
    return words.format(
        confidence=percent(confidence),
        interval=interval(100 * row["low"], 100 * row["high"], 0),
        n=row["n"],
        units=row["units"],
    )


def answered(table: pd.DataFrame) -> str:
    """How many answers of how many units stand behind the shares of a dimension."""
    rows = table[table["dimension"] != CITY]
    n, units = (
        f"{low}–{high}" if low != high else str(low)
        for low, high in ((rows[c].min(), rows[c].max()) for c in ("n", "units"))
    )
    words = _("Setiap baris dimensi: {n} jawaban dari {units} perangkat daerah.")
    return words.format(n=n, units=units)


def heading(table: pd.DataFrame) -> str:
    """What a picture of the obstacles shows: the one named most in each dimension."""
    named = table[(table["dimension"] != CITY) & (table["count"] > 0)]
    if named.empty:
        return _("Hambatan utama belum disebut")
    most = named.groupby("dimension")["count"].transform("max")
    top = named[named["count"] == most]
    names = list(dict.fromkeys(top["obstacle_name"]))
    if len(names) == 1:
        return _("{name} paling sering disebut di setiap dimensi").format(name=names[0])
    return _("Hambatan tersering di setiap dimensi: {names}").format(names=listing(names))


def comparisons(
    answers: pd.DataFrame, names: pd.Series, expected: int, confidence: float = 0.95
) -> list[claims.Comparisons]:
    """Whether one obstacle is named more often than every other (`lead.leader`).

    `answers`: the gap table; `names`: name by obstacle id; `expected`: how many units should have
    answered.
    """
    strata = aggregate.strata(answers)
    times = _times(answers, names, strata.index)
    count = times.sum()
    cells = expected * answers["item"].nunique() - int(answers["tb"].sum())
    ends = pd.DataFrame({"worst": count, "best": count + cells - count.sum()}) / max(cells, 1)
    n = pd.Series(int((times.sum(axis="columns") > 0).sum()), names.index)
    return lead.leader(
        LEADING,
        strata,
        partial(_ratios, times=times),
        n,
        names,
        _("penyebutan sebagai hambatan utama"),
        1.0,
        ends,
        confidence,
    )


def _times(part: pd.DataFrame, names: pd.Series, units: pd.Index) -> pd.DataFrame:
    """How often each unit names each obstacle: units x obstacles, in the order of both."""
    named = part.dropna(subset="obstacle")
    table = named.groupby(["unit", "obstacle"]).size().unstack(fill_value=0)
    return table.reindex(index=units, columns=names.index, fill_value=0)


def _ratios(drawn: np.ndarray, times: pd.DataFrame) -> pd.DataFrame:
    """In each resample, each obstacle's share of all that is named; NaN where none is."""
    counted = drawn @ times.to_numpy(dtype=float)
    total = counted.sum(axis=1, keepdims=True)
    shares = np.divide(counted, total, out=np.full_like(counted, np.nan), where=total > 0)
    return pd.DataFrame(shares, columns=times.columns)
