"""How far the respondents of one office agree, where offices have several, and what it means."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import pandas as pd

from analysis.methods import raters
from analysis.methods.agreement import Undefined
from analysis.stages.evidence.finding import Finding
from analysis.stages.evidence.survey import Survey
from analysis.text import _, listed, number

ITEM = ["table", "item", "name", "field", "field_name"]
AGREED = ["unit", "unit_name", *ITEM, "respondents", "own", "r_wg"]
DIFFER = [*ITEM, "offices", "respondents", "r_wg", "icc", "low", "high", "icc_mean"]
METHOD = "raters"
"""What readers are told of it: see `bibliography.METHODS`."""


def several(survey: Survey) -> pd.Series:
    """How many answered for each unit that has several respondents, by unit."""
    return survey.respondents.groupby("unit")["respondent"].nunique()


def given(survey: Survey, tables: Sequence[str] = ()) -> pd.DataFrame:
    """What each of several respondents says on scales: the columns of `ITEM`, unit, unit_name,
    value and levels (how many the scale has).

    `tables`: of which tables, all without any. Judgements in pairs and rows of an office's own are
    left out: the first are ratios, the others nobody shares.
    """
    parts = [_of(table, survey) for table in survey.instrument.tables if _shared(table, tables)]
    columns = [*ITEM, "unit", "unit_name", "value", "levels"]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=columns)


def _shared(table: Any, names: Sequence[str]) -> bool:
    return not (table.slots or table.pairs) and (not names or table.name in names)


def _of(table: Any, survey: Survey) -> pd.DataFrame:
    scales = {
        (code, f.name): (_(f.title), len(f.kind.levels))
        for code in table.codes
        for f in table.asked(code)
        if hasattr(f.kind, "levels")
    }
    said = survey.respondents.dropna(subset="value")
    keys = pd.MultiIndex.from_frame(said[["item", "field"]])
    said = said[keys.isin(list(scales))]
    asked = [scales[key] for key in zip(said["item"], said["field"], strict=True)]
    names = survey.units.set_index("unit")["unit_name"]
    return said[["unit", "item", "field"]].assign(
        table=table.name,
        name=said["item"].map(table.names),
        field_name=[title for title, _levels in asked],
        unit_name=said["unit"].map(names),
        value=said["value"].astype(float),
        levels=[levels for _title, levels in asked],
    )


def agreed(said: pd.DataFrame) -> pd.DataFrame:
    """How far the respondents of each office agree on each item, the least agreed first.

    `said`: from `given`. Columns: those of `AGREED`: respondents (who answered it), own (their
    mean) and r_wg (0-1), see `raters.r_wg`; only where three or more answered.
    """
    parts = []
    for key, answers in said.groupby(ITEM, sort=False):
        found = raters.r_wg(answers["value"], answers["unit"], int(answers["levels"].iloc[0]))
        means = answers.groupby("unit", sort=False)["value"].mean()
        names = answers.drop_duplicates("unit").set_index("unit")["unit_name"]
        part = found.assign(own=means, unit_name=names, **dict(zip(ITEM, key, strict=True)))
        parts.append(part.rename_axis("unit").reset_index().rename(columns={"n": "respondents"}))
    table = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=AGREED)
    return table[AGREED].dropna(subset="r_wg").sort_values("r_wg", kind="stable", ignore_index=True)


def differ(said: pd.DataFrame, confidence: float = 0.95) -> pd.DataFrame:
    """How far offices differ beyond what their respondents do, by item, the least first.

    `said`: from `given`. Columns: those of `DIFFER`: offices and respondents (who answered), r_wg
    (the mean over offices, NaN where none has three), icc (ICC(1)) with low and high, and icc_mean
    (the same of an office's mean): see `raters.intraclass`; NaN where it is not defined.
    """
    rows = []
    for key, answers in said.groupby(ITEM, sort=False):
        levels = int(answers["levels"].iloc[0])
        alike = raters.r_wg(answers["value"], answers["unit"], levels)["r_wg"].mean()
        figures = [float("nan")] * 4
        with suppress(Undefined):
            found = raters.intraclass(answers["value"], answers["unit"], confidence)
            figures = [found.single, found.low, found.high, max(found.mean, -1.0)]
        rows.append((*key, answers["unit"].nunique(), len(answers), alike, *figures))
    table = pd.DataFrame(rows, columns=DIFFER)
    return table.sort_values("icc", kind="stable", ignore_index=True)


def counted(people: pd.Series) -> str:
    """How many answered for how many offices; `people`: from `several`."""
    if people.empty:
        return _("Setiap perangkat daerah diwakili satu pengisi")
    return _("{n} perangkat daerah diisi beberapa orang, seluruhnya {people} pengisi").format(
        n=len(people), people=int(people.sum())
    )


def finding(people: pd.Series, alike: pd.DataFrame, apart: pd.DataFrame) -> Finding:
    """How far colleagues agree, from `several`, `agreed` and `differ`."""
    headline, parts = counted(people) + ".", []
    if len(alike):
        headline = _("Pengisi dari satu perangkat daerah sependapat {agreed} dari 1.").format(
            agreed=number(alike["r_wg"].mean(), 1)
        )
        lowest = alike[alike["r_wg"] == alike["r_wg"].min()]
        parts = [
            counted(people),
            _("rerata r_wg {mean} dari {count} butir yang dijawab tiga pengisi atau lebih").format(
                mean=number(alike["r_wg"].mean()), count=len(alike)
            ),
            _("paling rendah {least}: {names}").format(
                least=number(lowest["r_wg"].iloc[0]), names=listed(lowest["name"].unique(), 2)
            ),
        ]
    known = apart.dropna(subset="icc")
    if len(known):
        parts.append(
            _(
                "ICC(1) median {icc} atas {count} butir: bagian ragam jawaban yang berasal dari "
                "perangkat daerahnya, sisanya dari pengisinya"
            ).format(icc=number(known["icc"].median()), count=len(known))
        )
        parts.append(
            _(
                "pada rerata satu perangkat daerah {share}; selang di laporan memuat keduanya"
            ).format(share=number(known["icc_mean"].median()))
        )
    return Finding(headline, detail="; ".join(parts) + "." if parts else "")
