"""What a person sees while a run goes on."""

from collections import Counter
from collections.abc import Sequence
from copy import copy
from pathlib import Path, PurePosixPath
from typing import Self

from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Column

from analysis.console import Console
from analysis.project.files import visible
from analysis.runs.jobs import Job
from analysis.runs.manifest import FAILED, OK, Entry
from analysis.runs.watch import Watch
from analysis.text import _, listing


class Live(Watch):
    """A live bar on a terminal: how far, what is running, what failed, how long still.

    Where there is no terminal, a line for each job that has ended.
    """

    def __init__(self, console: Console):
        self.console = console
        self.bars = Progress(
            SpinnerColumn(),
            TextColumn(
                "{task.description}",
                markup=False,
                table_column=Column(ratio=1, no_wrap=True, overflow="ellipsis"),
            ),
            BarColumn(20),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn(_("sisa")),
            TimeRemainingColumn(),
            console=console,
            transient=True,
            expand=True,
            disable=not console.is_terminal,
        )
        self.words = _("Membaca buku kerja")  # reading is in the language of the forms
        # What those of several cities share.
        self.tasks: dict[str, TaskID] = {}
        self.waiting: dict[tuple[str, str], str] = {}
        self.counts: Counter[str] = Counter()
        self.name = ""

    def city(self, place: str, done: int, of: int) -> Self:
        place = visible(place)
        self._bar("cities", place, done, of)
        if not self.console.is_terminal:
            self.console.print(f"{place} ({done + 1}/{of})")
        own = copy(self)
        own.name = f"{PurePosixPath(place).name}: "
        return own

    def _bar(self, name: str, words: str, done: int, of: int) -> None:
        """Show a bar of this name, whatever it has shown before."""
        if name not in self.tasks:
            self.tasks[name] = self.bars.add_task("", total=None)
        self.bars.update(self.tasks[name], description=words, completed=done, total=of)

    def foreign(self, files: Sequence[Path]) -> None:
        said = _(
            "Berbeda dari rilis, dan dijalankan dengan hak Anda: {files}. Bila itu buatan Anda "
            "sendiri, biarkan; bila bukan, pakailah --notebooks."
        )
        names = visible(listing(path.as_posix() for path in files))
        self.console.print(self.name + said.format(files=names), style="yellow", soft_wrap=True)

    def left_out(self, drafts: Sequence[Path]) -> None:
        if drafts:
            said = _(
                "Tidak ikut dalam laporan, karena bernama seperti salinan atau percobaan: {files}. "
                "Agar ikut, beri nama sendiri (misalnya 09-pendidikan.ipynb); percobaan simpanlah "
                "di notebooks/coba."
            )
            names = visible(listing(path.name for path in drafts))
            said = self.name + said.format(files=names)
            self.console.print(said, style="yellow", soft_wrap=True)

    def reading(self, done: int, of: int) -> None:
        self._bar("reading", self.words, done, of)

    def writing(self, done: int, of: int) -> None:
        self._bar("writing", _("Menulis berkas perbaikan"), done, of)

    def read(self, said: str) -> None:
        self.console.print(self.name + said)

    def unchanged(self, count: int) -> None:
        said = _("Tidak ada yang berubah: {count} laporan tetap berlaku.")
        self.console.print(self.name + said.format(count=count))

    def planned(self, planned: Sequence[Job]) -> None:
        if "reading" in self.tasks:
            self.bars.remove_task(self.tasks.pop("reading"))
        self.waiting |= {(self.name, job.id): job.title for job in planned}
        self.counts["planned"] += len(planned)
        self._describe()

    def finished(self, entry: Entry) -> None:
        self.waiting.pop((self.name, entry.id), None)
        self.counts["ended"] += 1
        said = f"{self.name}{entry.title}"
        if entry.error:
            self.counts["failed"] += entry.status == FAILED
            self.console.print("✗", style="red", end=" ")
            self.console.print(f"{said}: {entry.error}", soft_wrap=True)  # it may name a command
        elif not self.console.is_terminal:
            mark = "=" if entry.reused else "✓" if entry.status == OK else "–"
            self.console.print(f"{mark} {said}")
        self._describe()

    def _describe(self) -> None:
        text = " · ".join(list(self.waiting.values())[:3]) or _("Menyusun laporan")
        if failed := self.counts["failed"]:
            text += _(" ({count} gagal)").format(count=failed)
        self._bar("whole", text, self.counts["ended"], self.counts["planned"])
