"""Which executed notebooks make the book, and in what order."""

from dataclasses import dataclass

from analysis.project import ProjectError
from analysis.reports import document
from analysis.reports.document import Document
from analysis.runs import executed, gate
from analysis.runs.manifest import OK, Manifest, read
from analysis.runs.shelf import Shelf
from analysis.text import _


@dataclass(frozen=True)
class Chapter:
    """One stage's report. `front`: its place before the numbered chapters, None in their midst.
    `number`: as its page has it, by which its figures go; empty for what opens the book.

    `current`: made from the answers that the whole folder stands for.
    """

    id: str
    title: str
    number: str
    document: Document
    front: int | None
    current: bool

    @property
    def dated(self) -> str:
        """Its title, which says so where it is old."""
        old = _("Laporan lama")
        return self.title if self.current else f"{self.title} · {old}"


def chapters(shelf: Shelf) -> tuple[Manifest, list[Chapter], dict[str, str]]:
    """What an edition holds for a book: manifest, chapters, and by id titles of those missing.

    A notebook whose metadata say ``masterplan.front`` (1, 2, ...) opens the book. Raises
    ProjectError where no notebook has been executed yet.
    """
    manifest = read(shelf)
    found, missing = [], {}
    for entry in manifest.entries.values() if manifest else ():
        if entry.kind != "stage":
            continue
        notebook = executed.read(shelf, entry)
        if notebook is None:
            missing[entry.id] = entry.title
            continue
        front = notebook.metadata.get("masterplan", {}).get("front")
        current = entry.status == OK
        shown = document.read(gate.passed(notebook), entry.number)
        number = entry.number if front is None else ""
        found.append(Chapter(entry.id, entry.title, number, shown, front, current))
    if manifest is None or not found:
        message = _("Belum ada laporan di {folder}. Jalankan `masterplan run` lebih dahulu.")
        raise ProjectError(message.format(folder=shelf.public))
    found.sort(key=lambda c: (c.front is None, c.front or 0, int(c.number or 999), c.id))
    return manifest, found, missing
