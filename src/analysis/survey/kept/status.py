"""How far each unit is, and what the coordinator should do next."""

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
import pandas as pd

from analysis.survey.asked.register import Unit
from analysis.survey.kept import tables as tidy
from analysis.survey.told.problems import ERROR, FOR_COORDINATOR, QUESTIONS, Code
from analysis.text import N_, SOURCE, _, day, using

REMIND = N_("Tagih kuesionernya")
ACCEPTED = N_("Tidak ada: tidak menjawab, sudah diterima")
MOVE = N_("Pindahkan berkasnya ke folder jawaban")
UNREADABLE = N_("Minta berkas yang dapat dipakai")
CORRECT = N_("Kirim berkas perbaikan")
DECIDE = N_("Perbaiki keputusannya di decisions.csv")
ASK = N_("Tanyakan jawaban yang meragukan")
DONE = N_("Selesai")


def status(tables: Mapping[str, pd.DataFrame], units: Sequence[Unit]) -> pd.DataFrame:
    """A row for each unit of the register, in its order.

    `tables`: those of `ingest`. Columns: unit, unit_name, unit_short, files (that came, whatever
    became of them), revision (the highest; missing where none can be used), sent (the latest day
    that a workbook of it says, or missing), filled (share of required cells answered or TR, 0-1;
    NaN where none can be used), errors (problems that the unit can mend), questions (problems),
    blanks (required cells) and next, what the coordinator should do next, in words.
    """
    found, sources = tables["problems"], tables["sources"]
    claimed = found.loc[found["file"].isin(sources["file"]), ["unit", "file"]]
    came = pd.concat([sources[["unit", "file"]], claimed])
    wrong = found[(found["severity"] == ERROR) & ~found["code"].isin(FOR_COORDINATOR)]
    own = sources[sources["unit"].notna()].groupby("unit")
    used = sources[sources["used"]].groupby("unit")
    silent = set(found.loc[found["code"] == Code.MISSING_UNIT.name, "unit"])
    undecided = set(found.loc[found["code"] == Code.DECISION_REFUSED.name, "unit"])
    misplaced = set(found.loc[found["code"] == Code.MISPLACED.name, "unit"])
    frame = pd.DataFrame(
        [(u.id, u.name, u.short) for u in units], columns=["unit", "unit_name", "unit_short"]
    )
    frame = frame.assign(
        files=_of(frame, came.groupby("unit")["file"].nunique()),
        revision=frame["unit"].map(used["revision"].max()).astype("Int64"),
        sent=frame["unit"].map(own["day"].max()).astype("string").replace("", pd.NA),
        filled=frame["unit"].map(tidy.filled(tables["completeness"])).astype("float64"),
        errors=_of(frame, wrong.groupby("unit").size()),
        questions=_of(frame, found[found["code"].isin(QUESTIONS)].groupby("unit").size()),
        blanks=_of(frame, tables["completeness"].groupby("unit")["blank"].sum()),
    )
    steps = [
        (frame["unit"].isin(silent), _(REMIND)),
        (frame["files"] == 0, _(ACCEPTED)),
        (frame["filled"].isna() & frame["unit"].isin(misplaced), _(MOVE)),
        (frame["filled"].isna(), _(UNREADABLE)),
        (frame["errors"] + frame["blanks"] > 0, _(CORRECT)),
        (frame["unit"].isin(undecided), _(DECIDE)),
        (frame["questions"] > 0, _(ASK)),
    ]
    chosen = np.select([when for when, _said in steps], [said for _when, said in steps], _(DONE))
    return frame.assign(next=pd.Series(chosen, dtype="string"))


def complete(frame: pd.DataFrame) -> pd.Series:
    """Whether a unit has answered everything in a way that can be read; a question may be open."""
    return frame["filled"].notna() & (frame["errors"] == 0) & (frame["blanks"] == 0)


def for_the_group(frame: pd.DataFrame, period: str, deadline: date | None = None) -> str:
    """How far all are, in one paragraph for the units' group chat; `frame`: that of `status`.

    Whose silence is accepted is not asked again.
    """
    asked = frame[frame["next"] != _(ACCEPTED)]
    with using(SOURCE):
        return _told(asked, len(frame), period, deadline)


def _told(frame: pd.DataFrame, registered: int, period: str, deadline: date | None) -> str:
    done, absent = complete(frame), frame["files"] == 0
    said = [
        _("Kuesioner Smart City {period}: {done} dari {all} perangkat daerah lengkap.").format(
            period=period, done=int(done.sum()), all=registered
        )
    ]
    for words, which in (
        (N_("Perlu dilengkapi: {names}."), ~done & ~absent),
        (N_("Belum mengirim: {names}."), absent),
    ):
        if which.any():
            said.append(_(words).format(names=", ".join(frame.loc[which, "unit_short"])))
    if deadline and not done.all():
        said.append(_("Batas waktu: {day}.").format(day=day(deadline)))
    if done.all():
        said.append(_("Terima kasih."))
    return " ".join(said)


def _of(frame: pd.DataFrame, counts: pd.Series) -> pd.Series:
    return frame["unit"].map(counts).fillna(0).astype(int)
