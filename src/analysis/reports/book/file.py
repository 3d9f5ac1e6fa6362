"""Buku 1 as a file."""

from datetime import datetime
from io import BytesIO
from pathlib import Path

from docx.document import Document

from analysis import text
from analysis.ledger import Ledger
from analysis.project import Project
from analysis.reports.book import front, parts, style
from analysis.reports.book.chapters import chapters
from analysis.reports.book.manuscript import Manuscript
from analysis.reports.book.xml import plain
from analysis.runs.manifest import BOOK, Manifest
from analysis.runs.shelf import Shelf
from analysis.text import _

AUTHOR = "masterplan"
LONGEST = 255  # letters of a property


def write(project: Project, period: str, out: Path | None = None) -> Path:
    """Write Buku 1 of a period's official reports, in the language in use; returns its path.

    `out`: where to (default: ``buku-1.docx`` beside the reports). Raises ProjectError where there
    are no reports yet, where the file cannot be written, or where someone has edited the one
    there: it is never overwritten.
    """
    shelf = Shelf(project.reports(period))
    if text.language() != text.SOURCE:
        shelf = shelf / text.language()
    path = out or shelf.path(BOOK)
    manifest, found, missing = chapters(shelf)
    own = style.reference(project.raw / "buku.docx", text.language())
    book = Manuscript(own)
    parts.write(book, project, manifest.edition, found, missing)
    _sign(own, manifest)
    stream = BytesIO()
    own.save(stream)
    Ledger(project, path.parent, "book").write({path.name: stream.getvalue()})
    return path


def _sign(document: Document, manifest: Manifest) -> None:
    """Say what the document is."""
    properties, edition = document.core_properties, manifest.edition
    book = _("Buku 1: Analisis")
    properties.title = f"{front.TITLE}. {book}"
    properties.subject = plain(f"{edition.city}, {edition.period}")[:LONGEST]
    properties.language, properties.author = edition.language, AUTHOR
    properties.last_modified_by, properties.identifier = AUTHOR, ""
    properties.comments, properties.keywords = "", ""
    made = max(datetime.fromisoformat(e.made) for e in manifest.entries.values())
    properties.created = properties.modified = made.replace(tzinfo=None)
