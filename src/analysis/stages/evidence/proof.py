"""Which levels of maturity stand without evidence.

That something is written is counted, not whether it proves anything.
"""

from collections.abc import Mapping, Sequence

import pandas as pd

from analysis.stages.evidence import aggregate
from analysis.stages.evidence.finding import Finding
from analysis.text import _

UNIT, ITEM = ["unit", "unit_name", "group_name"], ["item", "name"]


def due(answers: Mapping[str, pd.DataFrame], bound: int) -> pd.DataFrame:
    """Every level from `bound` on, and whether it lacks evidence.

    `answers`: by what people call them, a row per unit and indicator with level and evidence.
    Columns: table, unit, unit_name, group_name, item, name, level,
    evidence, unproven.
    """
    columns = [*UNIT, *ITEM, "level", "evidence"]
    parts = [table.reindex(columns=columns).assign(table=name) for name, table in answers.items()]
    table = pd.concat([part[part["level"] >= bound] for part in parts], ignore_index=True)
    return aggregate.levels(table.assign(unproven=table["evidence"].isna()))


def counted(levels: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """How many levels lack evidence by unit (`UNIT`) or by indicator (`ITEM`), most first.

    `levels`: from `due`. Columns: those of `by`, due (levels that should have evidence), unproven
    (those without), unproven_share.
    """
    table = levels.groupby(list(by), sort=False)["unproven"].agg(due="size", unproven="sum")
    table = table.reset_index().assign(unproven_share=lambda t: t["unproven"] / t["due"])
    order = ["unproven", "unproven_share"]
    return table.sort_values(order, ascending=False, kind="stable", ignore_index=True)


def heading(levels: pd.DataFrame, bound: int) -> str:
    """How many levels lack evidence; `levels`: from `due`."""
    if levels.empty:
        return _("Belum ada tingkat {bound} ke atas yang perlu bukti").format(bound=bound)
    return _("{lacking} dari {due} tingkat {bound} ke atas tanpa bukti").format(
        lacking=int(levels["unproven"].sum()), due=len(levels), bound=bound
    )


def finding(levels: pd.DataFrame, bound: int) -> Finding:
    """The same as a sentence, and for each table in the detail."""
    said = [
        _("{table} {lacking} dari {due}").format(
            table=table, lacking=int(part["unproven"].sum()), due=len(part)
        )
        for table, part in levels.groupby("table", sort=False)
    ]
    meant = _("Yang dihitung hanya ada tidaknya tulisan; isinya tidak diperiksa.")
    if not said:
        return Finding(heading(levels, bound) + ".", detail=meant)
    headline = _("{lacking} dari {due} jawaban yang perlu bukti belum disertai bukti.").format(
        lacking=int(levels["unproven"].sum()), due=len(levels)
    )
    detail = _("Tanpa bukti, tingkat {bound} ke atas: {parts}.").format(
        bound=bound, parts="; ".join(said)
    )
    return Finding(headline, detail=f"{detail} {meant}")
