"""One short text per unit that says what to mend, to be pasted into WhatsApp or e-mail."""

from pathlib import Path, PurePosixPath
from typing import Any

import pandas as pd

from analysis.ledger import Ledger
from analysis.project import Project
from analysis.survey.asked.register import Unit
from analysis.survey.told import wording
from analysis.survey.told.problems import INFO, Code
from analysis.text import N_, SOURCE, _, using

BY_COORDINATOR = {Code.MISPLACED.name}  # what the unit is told, but cannot mend
MOST_CELLS = 12  # of one kind on one sheet, told in one line

GREETING = N_("Yth. Bapak/Ibu di {unit},")
THANKS = N_("terima kasih atas kuesioner Smart City periode {period} dari unit Anda.")
ASKED = N_("Ada {count} hal yang perlu diperbaiki:")
RECEIVED = N_(
    "kuesioner Smart City periode {period} dari unit Anda kami terima, tetapi belum dapat kami "
    "hitung:"
)
SAMPLE = N_("CONTOH – surat ini dibuat dari jawaban sintetis; jangan dikirim.")
MISSING = N_(
    "kuesioner Smart City periode {period} dari unit Anda belum kami terima. Mohon diisi dan "
    "dikirim kepada {coordinator}."
)
MISPLACED = N_(
    "Berkas “{file}” tersimpan di tempat yang keliru pada komputer kami; kami akan memindahkannya."
)
NOTHING = N_("Tidak perlu tindakan dari unit Anda. Terima kasih.")
AGAIN = N_("Mohon kirim ulang kepada {coordinator}. Terima kasih.")
CLOSING = N_(
    "Sesudah diperbaiki, naikkan nomor Revisi pada lembar Identitas, lalu kirim ulang kepada "
    "{coordinator}. Terima kasih."
)
FILE = N_("Berkas “{file}”: {message}")
PLACE = N_("Lembar “{sheet}”, sel {cells}")
OTHERS = N_("dan {count} sel lain")


@using(SOURCE)
def letters(
    problems: pd.DataFrame, sources: pd.DataFrame, units: list[Unit], period: str
) -> dict[str, str]:
    """By unit id: the text for each unit with something to mend, or from which nothing came.

    `problems`: the columns of `problems.Problem`; `sources`: the table of files. What is said of
    the sample says that it is one.
    """
    coordinator = next(u.name for u in units if u.coordinator == "yes")
    told, found = wording.said(wording.addressed(problems[problems["severity"] != INFO])), {}
    told = told[told["for_unit"]]
    used = sources[sources["used"]]
    for unit in units:
        own = told[told["unit"] == unit.id]
        counted = used[used["unit"] == unit.id]
        if counted["sample"].any():
            returned = own[~own["file"].isin(counted["file"])]
            sample = returned.empty
            own, counted = (own, counted) if sample else (returned, counted.iloc[:0])
        else:
            sample = False
        if len(counted):
            own = own[~own["code"].isin(BY_COORDINATOR)]
        if len(own):
            text = _letter(own, len(counted) > 0, unit, period, coordinator)
            found[unit.id] = f"{_(SAMPLE)}\n\n{text}" if sample else text
    return found


def save(project: Project, texts: dict[str, str], units: list[Unit], out: Path) -> list[Path]:
    """Write ``<unit>.txt`` for each text; that of a unit with nothing left to mend goes away.

    Raises ProjectError where one that has to go or to change has been edited.
    """
    files = {f"{unit}.txt": text.encode() for unit, text in texts.items()}
    mended = [f"{unit.id}.txt" for unit in units if unit.id not in texts]
    return Ledger(project, out, "letters").write(files, mended)


def _letter(
    problems: pd.DataFrame, counted: bool, unit: Unit, period: str, coordinator: str
) -> str:
    """The letter to a unit; `counted`: whether any answer of it counts."""
    greeting = _(GREETING).format(unit=unit.name)
    missing = _(MISSING).format(period=period, coordinator=coordinator)
    if (problems["code"] == Code.MISSING_UNIT.name).all():
        return f"{greeting}\n{missing}\n"
    requests = _requests(problems)
    opening, closing = [_(RECEIVED).format(period=period)], _(AGAIN)
    if problems["code"].isin(BY_COORDINATOR).all():
        closing = _(NOTHING)
    if counted:
        opening = [_(THANKS).format(period=period), _(ASKED).format(count=len(requests))]
        closing = _(CLOSING)
    lines = [greeting, *opening, ""]
    lines += [f"{number}. {text}" for number, text in enumerate(requests, start=1)]
    return "\n".join([*lines, "", closing.format(coordinator=coordinator), ""])


def _requests(problems: pd.DataFrame) -> list[str]:
    """What to do, once for all cells of a sheet in which the same is to be done."""
    texts: list[str] = []
    for _key, same in problems.groupby(["code", "sheet", "hint"], sort=False, dropna=False):
        first = same.iloc[0]
        cells = list(same["cell"].dropna())
        if len(cells) < 2:
            texts += dict.fromkeys(map(_whole, same.itertuples()))
            continue
        told = ", ".join(cells[:MOST_CELLS])
        if len(cells) > MOST_CELLS:
            told += " " + _(OTHERS).format(count=len(cells) - MOST_CELLS)
        place = _(PLACE).format(sheet=first["sheet"], cells=told)
        shown = first["message"].split(": ", 1)[-1]
        texts.append(
            _("{place}. Misalnya sel {cell}: {message} {hint}").format(
                place=place, cell=cells[0], message=shown, hint=first["hint"]
            )
        )
    return texts


def _whole(row: Any) -> str:
    """A problem and what to do; what concerns a file as a whole names it."""
    file = PurePosixPath(row.file).name
    if row.code in BY_COORDINATOR:
        return _(MISPLACED).format(file=file)
    message = row.message
    if row.file and pd.isna(row.sheet):
        message = _(FILE).format(file=file, message=message)
    return f"{message} {row.hint}"
