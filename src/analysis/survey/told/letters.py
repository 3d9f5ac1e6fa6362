"""One short text per unit that says what to mend, to be pasted into WhatsApp or e-mail."""

from pathlib import Path

import pandas as pd

from analysis.ledger import Ledger
from analysis.project import Project
from analysis.survey.asked.register import Unit
from analysis.survey.told import wording
from analysis.survey.told.problems import INFO, Code
from analysis.text import N_, SOURCE, _, using

FOR_COORDINATOR = {
    Code.SAME_TWICE.name,
    Code.SAMPLE_AMONG_RESPONSES.name,
    Code.WRONG_FILE_NAME.name,
}
MOST_CELLS = 12  # of one kind on one sheet, told in one line

GREETING = N_("Yth. Bapak/Ibu di {unit},")
THANKS = N_("terima kasih atas kuesioner Smart City periode {period} dari unit Anda.")
ASKED = N_("Ada {count} hal yang perlu diperbaiki:")
MISSING = N_(
    "kuesioner Smart City periode {period} dari unit Anda belum kami terima. Mohon diisi dan "
    "dikirim kepada {coordinator}."
)
CLOSING = N_(
    "Sesudah diperbaiki, naikkan nomor Revisi pada lembar Identitas, lalu kirim ulang kepada "
    "{coordinator}. Terima kasih."
)
PLACE = N_("Lembar “{sheet}”, sel {cells}")
OTHERS = N_("dan {count} sel lain")


@using(SOURCE)
def letters(problems: pd.DataFrame, units: list[Unit], period: str) -> dict[str, str]:
    """By unit id: the text for each unit with something to mend, or from which nothing came.

    `problems`: the columns of `problems.Problem`.
    """
    coordinator = next(u.name for u in units if u.coordinator == "yes")
    told = problems[(problems["severity"] != INFO) & ~problems["code"].isin(FOR_COORDINATOR)]
    told, found = wording.said(told), {}
    for unit in units:
        own = told[told["unit"] == unit.id]
        if len(own):
            found[unit.id] = _letter(own, unit, period, coordinator)
    return found


def save(project: Project, texts: dict[str, str], units: list[Unit], out: Path) -> list[Path]:
    """Write ``<unit>.txt`` for each text; that of a unit with nothing left to mend goes away.

    Raises ProjectError where one that has to go or to change has been edited.
    """
    files = {f"{unit}.txt": text.encode() for unit, text in texts.items()}
    mended = [f"{unit.id}.txt" for unit in units if unit.id not in texts]
    return Ledger(project, out, "letters").write(files, mended)


def _letter(problems: pd.DataFrame, unit: Unit, period: str, coordinator: str) -> str:
    greeting = _(GREETING).format(unit=unit.name)
    missing = _(MISSING).format(period=period, coordinator=coordinator)
    if (problems["code"] == Code.MISSING_UNIT.name).all():
        return f"{greeting}\n{missing}\n"
    requests = _requests(problems)
    lines = [greeting, _(THANKS).format(period=period), _(ASKED).format(count=len(requests)), ""]
    lines += [f"{number}. {text}" for number, text in enumerate(requests, start=1)]
    return "\n".join([*lines, "", _(CLOSING).format(coordinator=coordinator), ""])


def _requests(problems: pd.DataFrame) -> list[str]:
    """What to do, once for all cells of a sheet in which the same is to be done."""
    texts = []
    for _key, same in problems.groupby(["code", "sheet", "hint"], sort=False, dropna=False):
        first = same.iloc[0]
        cells = list(same["cell"].dropna())
        if len(cells) < 2:
            texts += [f"{m} {first['hint']}" for m in dict.fromkeys(same["message"])]
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
