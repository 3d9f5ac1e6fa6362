"""How far the survey is: each unit's next step, what revisions changed, and what to write to whom.

For the coordinator's page only.
"""

from collections.abc import Mapping
from datetime import date

import pandas as pd

from analysis.text import _, day


def steps(status: pd.DataFrame, units: pd.DataFrame) -> pd.DataFrame:
    """A row for each of the units, those with most to do on top and those that are done last.

    `status`: see `survey.kept.status.status`. Columns: unit, unit_name, group_name, sent (the day
    in words), revision, filled, errors, questions, blank, next, done.
    """
    table = units[["unit", "unit_name", "group_name"]].merge(
        status.drop(columns=["unit_name", "unit_short"]), on="unit"
    )
    table = table.rename(columns={"blanks": "blank"}).assign(
        sent=table["sent"].map(lambda d: day(date.fromisoformat(d), "medium"), na_action="ignore"),
        done=_done(table),
    )
    order = ["done", "errors", "blank", "questions"]
    ranked = table.sort_values(order, ascending=[True, False, False, False], kind="stable")
    return ranked.drop(columns="files").reset_index(drop=True)


def _done(status: pd.DataFrame) -> pd.Series:
    open_ones = status[["errors", "blanks", "questions"]].sum(axis=1)
    return status["filled"].notna() & (open_ones == 0)


def headline(table: pd.DataFrame) -> str:
    """How many units are done; `table`: from `steps`."""
    return _("{done} dari {all} perangkat daerah selesai").format(
        done=int(table["done"].sum()), all=len(table)
    )


def changed(changes: pd.DataFrame, units: pd.DataFrame) -> pd.DataFrame:
    """What each revision changed, with unit_name; `changes`: see `survey.kept.changes`."""
    table = changes.merge(units[["unit", "unit_name"]], on="unit")
    named = {column: table[column].map(_, na_action="ignore") for column in ("sheet", "field")}
    return table.assign(**named)


def headline_changed(table: pd.DataFrame) -> str:
    """How many answers revisions changed; `table`: from `changed`."""
    if table.empty:
        return _("Belum ada revisi yang mengubah jawaban")
    return _("{n} jawaban berubah dalam revisi dari {units} perangkat daerah").format(
        n=len(table), units=table["unit"].nunique()
    )


def letters(texts: Mapping[str, str], units: pd.DataFrame) -> list[tuple[str, str]]:
    """Name and letter of each of the units to which there is something to write."""
    names = zip(units["unit"], units["unit_name"], strict=True)
    return [(name, texts[unit]) for unit, name in names if unit in texts]
