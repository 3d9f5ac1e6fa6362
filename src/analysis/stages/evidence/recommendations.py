"""What assessors recommend: which of it is done, open, or past the day that was set for it."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date

import numpy as np
import pandas as pd

from analysis.refusals import Unfit
from analysis.stages.evidence.finding import Finding
from analysis.text import N_, _, day, listed, today

OVERDUE, OPEN, DONE = "overdue", "open", "finished"
STATES = {OVERDUE: N_("lewat waktu"), OPEN: N_("terbuka"), DONE: N_("selesai")}


def judged_on(typed: str, timezone: str) -> date:
    """The day on which states are judged: the one that is typed, or else today in the city.

    Raises Unfit for what is no day.
    """
    if not typed:
        return today(timezone)
    with suppress(ValueError):
        return date.fromisoformat(typed)
    raise Unfit(_("“{day}” bukan tanggal; tulis seperti 2024-06-30.").format(day=typed))


def followed(assessments: pd.DataFrame, by: date) -> pd.DataFrame:
    """Every recommendation and how it stands on a day.

    `assessments`: item, name, recommendation, owner, owner_name, due and done, and what else there
    is. Adds state (finished by then; overdue: the day set for it over; or open), follow_up
    (the same in words) and due_on (the day in words).
    """
    table = assessments[assessments["recommendation"].ne("")].reset_index(drop=True)
    done, past = table["done"] <= pd.Timestamp(by), table["due"] < pd.Timestamp(by)
    state = pd.Series(np.select([done, past], [DONE, OVERDUE], OPEN), table.index, dtype=object)
    words = {key: _(name) for key, name in STATES.items()}
    until = [None if pd.isna(due) else day(due.date(), "medium") for due in table["due"]]
    return table.assign(state=state, follow_up=state.map(words), due_on=until)


def unfinished(table: pd.DataFrame) -> pd.DataFrame:
    """What is still to be done: the owner with most of it overdue first, and of each the oldest.

    `table`: from `followed`.
    """
    left = table[table["state"] != DONE]
    late = left["state"].eq(OVERDUE).groupby(left["owner"]).transform("sum")
    order = ["late", "owner_name", "due"]
    ranked = left.assign(late=late).sort_values(
        order, ascending=[False, True, True], kind="stable", ignore_index=True
    )
    return ranked.drop(columns="late")


def by_owner(table: pd.DataFrame) -> pd.DataFrame:
    """How many recommendations each owner has: unit (its id), owner_name, recommended, and of these
    finished, open (their day not over, or none set) and overdue; in the order of their names.

    `table`: from `followed`.
    """
    each = table.groupby(["owner", "owner_name"], sort=False)["state"]
    counts = {name: each.agg(lambda states, name=name: (states == name).sum()) for name in STATES}
    made = pd.DataFrame({"recommended": each.size(), **counts}).reset_index()
    made = made.rename(columns={"owner": "unit"}).sort_values("owner_name", ignore_index=True)
    return made[["unit", "owner_name", "recommended", DONE, OPEN, OVERDUE]]


def headline(table: pd.DataFrame) -> str:
    """How many recommendations are overdue; `table`: from `followed`."""
    count, late = len(table), int((table["state"] == OVERDUE).sum())
    if not count:
        return _("Belum ada rekomendasi penilai")
    if (table["state"] == DONE).all():
        return _("Semua {count} rekomendasi penilai selesai").format(count=count)
    if not late:
        return _("Tidak ada dari {count} rekomendasi penilai yang lewat waktu").format(count=count)
    return _("{late} dari {count} rekomendasi penilai lewat waktu").format(late=late, count=count)


def note(by: date) -> str:
    """By which day states are judged, and what they mean."""
    said = _(
        "Keadaan pada {day}: lewat waktu bila belum selesai dan batas waktunya sudah lewat; "
        "terbuka bila belum selesai dan batas waktunya belum lewat atau tidak ditetapkan."
    )
    return said.format(day=day(by))


def findings(table: pd.DataFrame, by: date) -> Iterator[Finding]:
    """The same as a sentence, with whose they are; nothing where nothing is recommended."""
    if table.empty:
        return
    detail = [_("Keadaan pada {day}.").format(day=day(by))]
    for state, said in (
        (OVERDUE, _("Lewat waktu: {owners}.")),
        (OPEN, _("Terbuka: {owners}.")),
    ):
        counts = table.loc[table["state"] == state, "owner_name"].value_counts(sort=False)
        owners = [f"{owner} {count}" for owner, count in counts.items()]
        detail += [said.format(owners=listed(owners))] * bool(owners)
    yield Finding(headline(table) + ".", detail=" ".join(detail))
