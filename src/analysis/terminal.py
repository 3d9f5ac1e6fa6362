"""What commands print: problems, and how runs ended."""

from collections.abc import Sequence
from math import floor
from typing import TYPE_CHECKING

import pandas as pd
from rich.table import Table
from rich.text import Text

from analysis import text
from analysis.console import Console
from analysis.project.files import visible
from analysis.reports import doctor
from analysis.reports.cities import City
from analysis.reports.doctor import Finding
from analysis.runs.manifest import FAILED, UNANSWERED, Entry
from analysis.runs.outcome import Outcome
from analysis.survey.told import problems
from analysis.text import N_, _

if TYPE_CHECKING:
    from analysis.reports.book.renewal import Renewal

SEVERITY = {
    problems.ERROR: (N_("kesalahan"), "red"),
    problems.WARNING: (N_("peringatan"), "yellow"),
    problems.INFO: (N_("keterangan"), "cyan"),
}

MOST_WORST, MOST_ABSENT = 12, 6  # units that the last lines of check name

STATE = {doctor.GOOD: "green", doctor.DOUBT: "yellow", doctor.WRONG: "red"}

console = Console()


def show_problems(found: pd.DataFrame, sources: pd.DataFrame, names: dict[str, str]) -> None:
    """Problems by unit and file; at the end, on one screen, who has most and how many there are.

    `found`: the problems with what they say; `sources`: the table of files; `names`: of units.
    """
    absent = found[found["code"] == problems.Code.MISSING_UNIT.name]["unit"]
    for unit, part in found.groupby("unit", sort=False, dropna=False):
        if unit in set(absent):
            continue
        name = (
            f"{names[unit]} ({unit})" if unit in names else _("Berkas yang unitnya tidak dikenali")
        )
        console.print()
        console.print(name, style="bold", end=" ")
        console.print(*_counts(part), sep=" · ")
        for file, told in part.groupby("file", sort=False):
            if file:
                console.print(f"  {file}", style="dim", soft_wrap=True)
            for row in told.itertuples():
                word, colour = SEVERITY[row.severity]
                console.print(f"    {_(word)}", style=colour, end=" ")
                console.print(f"{row.message} {row.hint}", soft_wrap=True)
    console.print()
    _show_worst(found[~found["unit"].isin(absent)], names)
    if len(absent):
        told = _("Belum mengirim ({count}): {units}").format(
            count=len(absent), units=text.listed([names[unit] for unit in absent], MOST_ABSENT)
        )
        console.print(told)
    if not found.empty:
        hint = _(
            "Satu perangkat daerah saja: masterplan check NAMA. Semuanya sekilas: masterplan "
            "status. Untuk dikirim kembali: masterplan corrections."
        )
        console.print(hint, style="dim")
    console.print(_("{count} berkas:").format(count=len(sources)), *_counts(found), sep=" ")


def _show_worst(found: pd.DataFrame, names: dict[str, str]) -> None:
    """The units with most errors and warnings, where there are several."""
    counts = found.groupby("unit")["severity"].value_counts().unstack(fill_value=0)
    counts = counts.reindex(columns=[problems.ERROR, problems.WARNING], fill_value=0)
    counts = counts[(counts > 0).any(axis=1)].sort_values(
        [problems.ERROR, problems.WARNING], ascending=False, kind="stable"
    )
    if len(counts) < 2:
        return
    shown, table = counts.head(MOST_WORST), Table(box=None, pad_edge=False)
    for title in (_("Kesalahan"), _("Peringatan")):
        table.add_column(title, justify="right", min_width=len(title))
    table.add_column(_("ID unit"), min_width=max(map(len, shown.index)))
    table.add_column(_("Perangkat daerah"), no_wrap=True)
    for unit, errors, warnings in shown.itertuples():
        table.add_row(str(errors), str(warnings), unit, names[unit])
    console.print(table)
    if (others := len(counts) - MOST_WORST) > 0:
        console.print(_("... dan {count} lainnya.").format(count=others))


def show_status(frame: pd.DataFrame) -> None:
    """How far each unit is; `frame`: that of `kept.status`."""
    table = Table(_("Perangkat daerah"), _("Dikirim"), box=None, pad_edge=False)
    for title in (_("Terisi"), _("Salah"), _("Kosong"), _("Tanya")):
        table.add_column(title, justify="right", no_wrap=True)
    table.add_column(_("Langkah berikutnya"))
    for row in frame.itertuples():
        numbers = (row.errors, row.blanks, row.questions)
        filled = "–" if pd.isna(row.filled) else text.percent(floor(row.filled * 100) / 100)
        sent = row.sent if not pd.isna(row.sent) else _("ya") if row.files else "–"
        shown = [str(n) if n else "" for n in numbers]
        table.add_row(row.unit_short, sent, filled, *shown, row.next)
    console.print(table)
    console.print()


def _counts(found: pd.DataFrame) -> list[Text]:
    """How many problems of each severity, in its colour; none of what is only told."""
    counts = found["severity"].value_counts()
    return [
        Text(f"{counts.get(severity, 0)} {_(word)}", colour)
        for severity, (word, colour) in SEVERITY.items()
        if severity != problems.INFO or counts.get(severity, 0)
    ]


def show_finding(found: Finding) -> None:
    """One thing that was looked at in a line; what is wrong with it may take some more."""
    word = _(found.state)
    told = found.told.replace("\n", "\n" + " " * 12)
    console.print(f"{word:<11}", style=STATE[found.state], end=" ")
    console.print(f"{found.what}: {told}", soft_wrap=True)


def show_run(outcome: Outcome, index: str, inside: str = "") -> None:
    """How each notebook ended, and where to read on: the coordinator `inside`, all at `index`."""
    table = Table(_("Laporan"), _("Hasil"), _("Detik"), box=None, pad_edge=False)
    units = [e for e in outcome.entries if e.kind == "unit"]
    for entry in sorted((e for e in outcome.entries if e.kind != "unit"), key=lambda e: e.id):
        table.add_row(entry.title, _status([entry]), text.number(entry.seconds, 1))
    if units:
        seconds = sum(e.seconds for e in units)
        table.add_row(_("Profil unit"), _status(units), text.number(seconds, 1))
    console.print(table)
    if without := sum(e.status == UNANSWERED for e in outcome.entries):
        said = _("{count} laporan belum disusun: belum ada unit yang menjawab.")
        console.print(said.format(count=without), style="yellow")
    for title, names in _left_out(outcome.entries).items():
        said = _("{title}: tidak dapat ditampilkan di halamannya: {names}.")
        told = said.format(title=title, names=text.listing(names))
        console.print(visible(told), style="yellow", soft_wrap=True)
    for refused in outcome.refused:
        console.print(refused, style="red", soft_wrap=True)
    if count := outcome.problems.get(problems.ERROR):
        said = _("{count} kesalahan dalam jawaban; lihat `masterplan check`.")
        console.print(said.format(count=count), style="yellow")
    if inside:
        console.print(_("Untuk koordinator saja:"), end=" ")
        console.place(inside)
    console.print(_("Laporan:"), end=" ")
    console.place(index)


def _left_out(entries: Sequence[Entry]) -> dict[str, list[str]]:
    """The names of what pages cannot show, by the report; the profiles of units are one."""
    found: dict[str, dict[str, None]] = {}
    for entry in entries:
        title = _("Profil unit") if entry.kind == "unit" else entry.title
        found.setdefault(title, {}).update(dict.fromkeys(entry.left_out))
    return {title: list(names) for title, names in found.items() if names}


def show_renewal(renewal: "Renewal", kept: str) -> None:
    """Which sentences of a book say something else now, and what needs its author's eye."""
    for sentences, heading in (
        (renewal.changed, _("Kalimat yang berubah:")),
        (renewal.edited, _("Kalimat yang pernah Anda ubah, dan sekarang diganti:")),
    ):
        if sentences:
            console.print(heading, style="bold")
        for before, after in sentences:
            console.print(f"  - {before}", style="red", soft_wrap=True)
            console.print(f"  + {after}", style="green", soft_wrap=True)
    for titles, heading in (
        (renewal.redone, _("Tabel dan gambar yang pernah Anda ubah, dan sekarang diganti:")),
        (renewal.torn, _("Tidak dapat diperbarui, karena susunannya sudah berubah; periksalah:")),
        (renewal.gone, _("Tidak ada lagi dalam laporan; periksa atau hapuslah dari buku:")),
        (renewal.new, _("Baru dalam laporan, belum ada dalam buku:")),
    ):
        if titles:
            console.print(heading, style="bold")
        for title in titles:
            console.print(f"  {title}", soft_wrap=True)
    counts = _("{sentences} kalimat, {others} tabel dan gambar diperbarui. Sebelumnya:")
    said = len(renewal.changed) + len(renewal.edited)
    console.print(counts.format(sentences=said, others=renewal.renewed), end=" ")
    console.place(kept)


def show_cities(ended: Sequence[City], compared: Sequence[Entry], index: str) -> None:
    """How the run over each city and their comparisons ended, and where to read on, if anywhere."""
    table = Table(_("Kota"), _("Hasil"), _("Detik"), box=None, pad_edge=False)
    for city in ended:
        said = _status(city.outcome.entries) if city.outcome else Text(city.error, "red")
        table.add_row(visible(city.name), said, text.number(city.seconds, 1))
    for entry in compared:
        said = Text(entry.error, "red") if entry.error else _status([entry])
        table.add_row(entry.title, said, text.number(entry.seconds, 1))
    console.print(table)
    for city in ended:
        if city.touched:
            told = _(
                "{city}: notebook-nya mengubah {count} berkas di luar foldernya sendiri ({files}). "
                "Buatan program sudah disusun lagi; berkas lain pulihkan dari salinan Anda."
            ).format(city=city.name, count=len(city.touched), files=text.listing(city.touched[:5]))
            console.print(visible(told), style="red", soft_wrap=True)
    if index:
        console.print(_("Laporan:"), end=" ")
        console.place(index)


def _status(entries: Sequence[Entry]) -> Text:
    failed = sum(e.status == FAILED for e in entries)
    if failed:
        return Text(_("{failed} dari {all} gagal").format(failed=failed, all=len(entries)), "red")
    if all(e.status == UNANSWERED for e in entries):
        return Text(_("belum ada jawaban"), "yellow")
    said = Text.assemble((_("{count} berhasil").format(count=len(entries)), "green"))
    if reused := sum(e.reused for e in entries):
        said.append(" " + _("({count} dipakai lagi)").format(count=reused))
    return said
