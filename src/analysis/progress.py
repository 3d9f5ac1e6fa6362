"""What a person sees while a run goes on."""

from collections.abc import Sequence
from pathlib import Path

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
        self.cities: TaskID | None = None
        self.reading_bar: TaskID | None = None
        self.writing_bar: TaskID | None = None
        self.whole: TaskID | None = None
        self.waiting: dict[str, str] = {}
        self.failed = 0

    def city(self, place: str, done: int, of: int) -> None:
        place = visible(place)
        if self.cities is None:
            self.cities = self.bars.add_task("", total=of)
        self.bars.update(self.cities, completed=done, description=place)
        if not self.console.is_terminal:
            self.console.print(f"{place} ({done + 1}/{of})")

    def foreign(self, files: Sequence[Path]) -> None:
        said = _(
            "Berbeda dari rilis, dan dijalankan dengan hak Anda: {files}. Bila itu buatan Anda "
            "sendiri, biarkan; bila bukan, pakailah --notebooks."
        )
        names = visible(listing(path.as_posix() for path in files))
        self.console.print(said.format(files=names), style="yellow", soft_wrap=True)

    def left_out(self, drafts: Sequence[Path]) -> None:
        if drafts:
            said = _(
                "Tidak ikut dalam laporan, karena bernama seperti salinan atau percobaan: {files}. "
                "Agar ikut, beri nama sendiri (misalnya 09-pendidikan.ipynb); percobaan simpanlah "
                "di notebooks/coba."
            )
            names = visible(listing(path.name for path in drafts))
            self.console.print(said.format(files=names), style="yellow", soft_wrap=True)

    def reading(self, done: int, of: int) -> None:
        if self.reading_bar is None:
            self.reading_bar = self.bars.add_task(self.words, total=of)
        self.bars.update(self.reading_bar, completed=done, total=of)

    def writing(self, done: int, of: int) -> None:
        if self.writing_bar is None:
            self.writing_bar = self.bars.add_task(_("Menulis berkas perbaikan"), total=of)
        self.bars.update(self.writing_bar, completed=done, total=of)

    def read(self, said: str) -> None:
        self.console.print(said)

    def planned(self, planned: Sequence[Job]) -> None:
        for bar in (self.reading_bar, self.whole):
            if bar is not None:
                self.bars.remove_task(bar)
        self.reading_bar, self.failed = None, 0
        self.waiting = {job.id: job.title for job in planned}
        self.whole = self.bars.add_task(_("Menyusun laporan"), total=len(planned))
        self._describe()

    def finished(self, entry: Entry) -> None:
        self.waiting.pop(entry.id, None)
        if entry.error:
            self.failed += entry.status == FAILED
            self.console.print("✗", style="red", end=" ")
            said = f"{entry.title}: {entry.error}"
            self.console.print(said, soft_wrap=True)  # it may name a command
        elif not self.console.is_terminal:
            mark = "=" if entry.reused else "✓" if entry.status == OK else "–"
            self.console.print(f"{mark} {entry.title}")
        if self.whole is not None:
            self.bars.advance(self.whole)
        self._describe()

    def _describe(self) -> None:
        if self.whole is None:
            return
        text = " · ".join(list(self.waiting.values())[:3]) or _("Menyusun laporan")
        if self.failed:
            text += _(" ({count} gagal)").format(count=self.failed)
        self.bars.update(self.whole, description=text)
