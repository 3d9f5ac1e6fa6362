"""One short text per unit that says what to mend, to be pasted into WhatsApp or e-mail."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

import pandas as pd

from analysis.ledger import Ledger
from analysis.project import Project
from analysis.project.settings import Campaign
from analysis.survey.asked.register import Unit
from analysis.survey.told import wording
from analysis.survey.told.problems import BLANK, FOR_COORDINATOR, INFO, Code
from analysis.text import N_, SOURCE, _, day, using

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
CORRECTIONS = N_(
    "Cara termudah: bukalah berkas perbaikan {file} yang kami lampirkan. Isinya jawaban Anda "
    "sendiri; hanya sel kuning yang perlu diisi, dan nomor revisinya sudah dinaikkan. Simpan, lalu "
    "kirim kembali kepada {coordinator}. Terima kasih."
)
DEADLINE = N_("Mohon dikirim paling lambat {day}.")
CONTACT = N_("Pertanyaan dapat disampaikan kepada {contact}.")
REGARDS = N_("Hormat kami,")
FILE = N_("Berkas “{file}”: {message}")
PLACE = N_("Lembar “{sheet}”, sel {cells}")
ALSO = N_("Juga: {reason}")
OTHERS = N_("dan {count} sel lain")


@dataclass(frozen=True)
class Asking:
    """Who asks for the answers of which period, and how."""

    coordinator: str
    period: str
    campaign: Campaign

    def ends(self) -> list[str]:
        """The last lines of a letter."""
        asked = self.campaign
        said = [_(DEADLINE).format(day=day(asked.deadline))] if asked.deadline else []
        said += [_(CONTACT).format(contact=asked.contact)] if asked.contact else []
        return [*said, *([""] if said else []), _(REGARDS), asked.sender or self.coordinator]


@using(SOURCE)
def letters(
    problems: pd.DataFrame,
    sources: pd.DataFrame,
    units: list[Unit],
    period: str,
    campaign: Campaign | None = None,
    files: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """By unit id: the text for each unit with something to mend, or from which nothing came.

    `problems`: the columns of `problems.Problem`; `sources`: the table of files; `campaign`: until
    when and by whom answers are asked for; `files`: by unit the name of its workbook of
    corrections. What is said of the sample says that it is one.
    """
    coordinator = next(u.name for u in units if u.coordinator == "yes")
    asking, files = Asking(coordinator, period, campaign or Campaign()), files or {}
    asked = problems[problems["severity"] != INFO]
    asked = asked[~asked["code"].isin(FOR_COORDINATOR)]
    told, found = wording.said(_blank_once(wording.addressed(asked))), {}
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
            text = _letter(own, len(counted) > 0, unit, asking, files.get(unit.id, ""))
            found[unit.id] = f"{_(SAMPLE)}\n\n{text}" if sample else text
    return found


def save(project: Project, texts: dict[str, str], units: Iterable[str], out: Path) -> list[Path]:
    """Write ``<unit>.txt`` for each text; that of one of `units` (ids) without any goes away.

    Raises ProjectError where one that has to go or to change has been edited.
    """
    files = {f"{unit}.txt": text.encode() for unit, text in texts.items()}
    mended = [f"{unit}.txt" for unit in units if unit not in texts]
    return Ledger(project, out, "letters").write(files, mended)


def _letter(problems: pd.DataFrame, counted: bool, unit: Unit, asking: Asking, file: str) -> str:
    """The letter to a unit; `counted`: whether any answer of it counts; `file`: its corrections."""
    greeting, period = _(GREETING).format(unit=unit.name), asking.period
    if (problems["code"] == Code.MISSING_UNIT.name).all():
        return "\n".join([greeting, _(MISSING).format(**vars(asking)), "", *asking.ends(), ""])
    requests = _requests(problems)
    opening, closing = [_(RECEIVED).format(period=period)], _(AGAIN)
    if problems["code"].isin(BY_COORDINATOR).all():
        closing = _(NOTHING)
    if counted:
        opening = [_(THANKS).format(period=period), _(ASKED).format(count=len(requests))]
        closing = _(CORRECTIONS) if file else _(CLOSING)
    lines = [greeting, *opening, ""]
    lines += [f"{number}. {text}" for number, text in enumerate(requests, start=1)]
    closing = closing.format(coordinator=asking.coordinator, file=file)
    return "\n".join([*lines, "", closing, "", *asking.ends(), ""])


def _blank_once(problems: pd.DataFrame) -> pd.DataFrame:
    """The same without blank cells of which something else is told."""
    places = set(problems.dropna(subset="cell")[["unit", "sheet", "cell"]].itertuples(index=False))
    details = []
    for problem in problems.itertuples():
        told = json.loads(problem.details)
        if problem.code in BLANK:
            pairs = zip(told["cells"], told["items"], strict=True)
            left = [(c, i) for c, i in pairs if (problem.unit, problem.sheet, c) not in places]
            told |= {"cells": [c for c, _i in left], "items": [i for _c, i in left]}
            told["count"] = told["count"] if problem.code != Code.BLANK_CELLS.name else len(left)
        details.append(json.dumps(told, ensure_ascii=False))
    told_already = problems["code"].isin(BLANK) & pd.Series(details, problems.index).str.contains(
        '"cells": []', regex=False
    )
    frame = problems.assign(details=details).astype(problems.dtypes)
    return frame[~told_already]


def _once(problems: pd.DataFrame) -> pd.DataFrame:
    """What is told of a cell in one row, however much that is: ``also`` is what else."""
    reasons = wording.reasons(problems)
    again = problems["cell"].notna() & problems.duplicated(["sheet", "cell"])
    kept = problems[~again].assign(also="")
    for index, problem in problems[again].iterrows():
        first = (kept["sheet"] == problem["sheet"]) & (kept["cell"] == problem["cell"])
        kept.loc[first, "also"] += " " + _(ALSO).format(reason=reasons[index])
        kept.loc[first, "code"] += "+" + problem["code"]
    return kept


def _requests(problems: pd.DataFrame) -> list[str]:
    """What to do, once for all cells of a sheet in which the same is to be done."""
    texts: list[str] = []
    for _key, same in _once(problems).groupby(["code", "sheet", "hint"], sort=False, dropna=False):
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
                place=place, cell=cells[0], message=shown, hint=first["hint"] + first["also"]
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
    return f"{message} {row.hint}{row.also}"
