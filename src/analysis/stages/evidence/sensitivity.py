"""Sensitivity: the primary conclusions of a stage under every choice that could reasonably be made.

A conclusion is that a figure lies on one side of its reference. It holds under another choice where
the figure then lies on the same side, and its interval, if there is one, does not reach the
reference. Source: Simonsohn, Simmons & Nelson (2020), Nature Human
Behaviour 4, 1208-1214 (specification curve).
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from analysis.levels import UNCLEAR
from analysis.stages.evidence import claims, estimates
from analysis.text import N_, _, number, percent

REPORTED = N_("seperti dilaporkan")
BOUNDS = {"worst": 1, "best": -1}
"""Columns of `claims.table` that hold a bound, and the side of a figure from which it turns it."""
FIGURES = ["value", "low", "high", "reference"]
COLUMNS = ["id", "choice", "choice_name", *FIGURES, "holds", "reversed"]


def table(
    families: Sequence[claims.Comparisons],
    found: pd.DataFrame,
    weightings: Mapping[str, pd.Series],
    references: Sequence[float] = (),
) -> pd.DataFrame:
    """A row per primary claim and choice, the reported one first.

    `families`: what the stage compares; `found`: its table of claims; `weightings`: by what they
    are called, weights by unit, besides those that let groups weigh the same; weights that are all
    alike are no choice, and of units that all weigh nothing nothing is computed. `references`:
    others that might be compared with.

    Columns: id (of the claim), choice and choice_name, value, low, high (how far the figure lies
    from its reference; NaN where not computed), reference, holds (see above) and reversed (whether
    it lies on the other side than the reported one, or on the reference).
    Interval of other weights: Student's t with the jackknife's error (`estimates.jackknife`).
    """
    kinds = {family.kind: family for family in families}
    primary = found[found["primary"].astype(bool)]
    rows = [
        {"id": row["id"], "side": _side(row["value"] - row["reference"])} | choice
        for (kind, item), row in primary.iterrows()
        for choice in _choices(kinds[kind], item, row, weightings, references)
    ] or [{"id": "", "side": np.nan, "choice": "reported", "choice_name": _(REPORTED)}]
    made = pd.DataFrame(rows).reindex(columns=[*COLUMNS, "side"])
    if made["id"].nunique() > 1:
        said = made["id"].map(primary.set_index("id")["claim"])
        made["choice_name"] = said + ": " + made["choice_name"]
    figures = made[FIGURES].astype(float)
    lost = figures["value"].isna()
    name = made["choice_name"].where(~lost, made["choice_name"] + _(" (tidak dihitung)"))
    same = _side(figures["value"]) == made["side"]
    within = (figures["low"] <= 0) & (figures["high"] >= 0)
    made = made.assign(choice_name=name, **figures)
    return made.assign(holds=~lost & same & ~within, reversed=~lost & ~same)[COLUMNS]


def _side(value: float | pd.Series) -> float | pd.Series:
    """On which side of its reference a figure lies, of which rounding is no part."""
    return np.sign(np.round(value, 9))


def _choices(
    family: claims.Comparisons,
    item: str,
    row: pd.Series,
    weightings: Mapping[str, pd.Series],
    references: Sequence[float],
) -> Iterator[dict[str, Any]]:
    at = row["reference"]
    reported = {name: row[name] - at for name in ("value", "low", "high")}
    yield reported | {"choice": "reported", "choice_name": _(REPORTED), "reference": at}
    sizes = family.strata.map(family.strata.value_counts())
    every = {claims.CASES["equal_groups"]: 1 / sizes.astype(float)} | dict(weightings)
    for words, given in every.items():
        weights = given.reindex(family.strata.index).fillna(0.0)
        if family.statistic is None or (weights.any() and weights.nunique() == 1):
            continue
        figures = _weighed(family.statistic, item, row, weights) if weights.any() else {}
        yield figures | {"choice": words, "choice_name": _(words), "reference": at}
    side = _side(reported["value"])
    for case, words in family.cases.items():
        if case in claims.WEIGHTS or words in every:  # it has been weighed, with an interval
            continue
        if pd.notna(row[case]) or BOUNDS.get(case, side) == side:
            value = row[case] - (at if case in claims.CASES else 0)
            yield {"choice": case, "choice_name": _(words), "reference": at, "value": value}
    for other in references:
        if not np.isclose(other, at):
            moved = {name: value + at - other for name, value in reported.items()}
            words = _("pembanding {reference}").format(reference=number(other, 1))
            yield moved | {"choice": f"{other:g}", "choice_name": words, "reference": other}


def _weighed(
    statistic: estimates.Statistic, item: str, row: pd.Series, weights: pd.Series
) -> dict[str, float]:
    """Value, low and high of one comparison when units count as `weights` say."""
    shares = (weights / weights.mean()).to_numpy(dtype=float)

    def weighed(drawn: np.ndarray) -> pd.DataFrame:
        return statistic(drawn * shares)[[item]]

    n = pd.Series(min(row["n"], (weights > 0).sum()), [item])
    figures = estimates.jackknife(weights, weighed, n)
    value = figures.loc[item, "value"]
    reach = estimates.reaching(figures, 1 - row["confidence"])[item]
    ends = pd.Series([value - reach, value + reach]).clip(row["floor"], row["ceiling"])
    return {"value": value, "low": ends[0], "high": ends[1]}


def title(made: pd.DataFrame, found: pd.DataFrame) -> str:
    """In how many of the choices the primary conclusions hold; `made`: from `table`."""
    known = made.dropna(subset="value")
    if known.empty:
        return _("Belum ada kesimpulan utama yang dapat diuji ketahanannya")
    levels = found.loc[found["primary"].astype(bool), "level"]
    if (levels == UNCLEAR).all():
        words = _("Kesimpulan utama belum jelas; arahnya sama pada {held} dari {all} pilihan")
        held = ~known["reversed"]
    else:
        words = _("Kesimpulan utama bertahan pada {held} dari {all} pilihan")
        held = known["holds"]
    return words.format(held=int(held.sum()), all=len(known))


def note(
    made: pd.DataFrame, found: pd.DataFrame, alike: int | None, confidence: float = 0.95
) -> str:
    """What is drawn: the conclusions, and what the marks mean.

    `alike`: how many units answered alike, None where that was not asked.
    """
    said = found.loc[found["primary"].astype(bool), "sentence"]
    parts = [sentence[:1].upper() + sentence[1:] + "." for sentence in said]
    parts.append(
        _(
            "Bertahan: angkanya tetap di sisi yang sama dan selangnya ({confidence}), bila ada, "
            "tidak memuat pembanding. Berongga: batas tanpa selang. Merah: di sisi lain."
        ).format(confidence=percent(confidence))
    )
    if alike == 0 and len(said):
        parts.append(_("Tidak ada perangkat daerah yang menjawab seragam."))
    if made["value"].isna().any() and len(said):
        parts.append(_("Pilihan yang tidak dihitung tidak ikut dibilang."))
    return " ".join(parts)
