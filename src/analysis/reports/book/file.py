"""Buku 1 as a file."""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from pathlib import Path

from docx.document import Document

from analysis import project as projects
from analysis import text
from analysis.ledger import Ledger
from analysis.project import Project, ProjectError
from analysis.reports import publish
from analysis.reports.book import front, parts, record, style
from analysis.reports.book.chapters import chapters
from analysis.reports.book.enclosures import enclosures, fingerprint
from analysis.reports.book.manuscript import Manuscript
from analysis.reports.book.record import Record
from analysis.reports.book.renewal import Renewal, renew
from analysis.reports.office import sign
from analysis.runs.lock import held
from analysis.runs.manifest import BOOK, read
from analysis.runs.shelf import Shelf
from analysis.text import _


def write(project: Project, out: Path | None = None) -> Path:
    """Write Buku 1 of the period's official reports, in the language in use; returns its path.

    `out`: where to (default: ``buku-1.docx`` beside the reports). Raises ProjectError where there
    are no reports yet, where the file cannot be written, or where someone has edited the one
    there: it is never overwritten.
    """
    shelf = Shelf.official(project.reports, text.language())
    path = out or shelf.path(BOOK)
    document, made = _made(project, shelf)
    record.write(document, made)
    Ledger(project, path.parent, "book").write({path.name: _bytes(document)})
    _lead(project, shelf, path)
    return path


def refresh(project: Project, path: Path | None = None) -> tuple[Path, Path | None, Renewal]:
    """Renew what a book that someone goes on writing quotes of the period's official reports.

    `path`: of the book (default: ``buku-1.docx`` beside the reports). Returns it, the copy of what
    it was (none where it is of these very reports and stays as it is), and what has changed. Raises
    ProjectError as `write` does, and where there is no book that can be read, or none of ours.
    """
    shelf = Shelf.official(project.reports, text.language())
    path = path or shelf.path(BOOK)
    try:
        before = path.read_bytes()
    except FileNotFoundError:
        message = _("{file} tidak ada. Susun dahulu dengan `masterplan book`.")
        raise ProjectError(message.format(file=path)) from None
    document = style.opened(path)
    old = record.read(path)
    if not enclosures(document):
        message = _(
            "{file} tidak dapat diperbarui: dokumen ini bukan Buku 1 susunan program, atau disusun "
            "versi yang lebih lama. Susun Buku 1 baru dengan `masterplan book --out BERKAS`."
        )
        raise ProjectError(message.format(file=path))
    fresh, made = _made(project, shelf)
    if old.edition not in ("", made.edition):
        message = _("{file} adalah buku {theirs}, sedangkan laporan ini {ours}; tidak diubah.")
        raise ProjectError(message.format(file=path, theirs=old.edition, ours=made.edition))
    if made.reports == old.reports:
        return path, None, Renewal()
    renewal, written = renew(document, old, fresh)
    current = made.reports if renewal.whole else ""
    record.write(document, replace(made, reports=current, written=written))
    kept = path.with_stem(f"{path.stem} ({datetime.now():%Y-%m-%d %H.%M.%S})")
    try:
        projects.write(kept, before)
        projects.write(path, _bytes(document))
    except OSError as error:
        message = _("{file} tidak dapat ditulis ({reason}). Tutup dokumennya bila masih terbuka.")
        raise ProjectError(message.format(file=path, reason=error.strerror or error)) from error
    _lead(project, shelf, path)
    return path, kept, renewal


def _lead(project: Project, shelf: Shelf, path: Path) -> None:
    """Let the index lead to a book that lies beside it.

    Where a run is going on, or what was processed is gone, the index is left to that or the next
    run.
    """
    if path == shelf.path(BOOK) and (manifest := read(shelf)):
        with suppress(ProjectError), held(project):
            publish.anew(project, shelf, manifest)


def _made(project: Project, shelf: Shelf) -> tuple[Document, Record]:
    """The book of the reports on a shelf, and the record of it."""
    manifest, found, missing = chapters(shelf)
    own = style.reference(project.raw / "buku.docx", text.language())
    book = Manuscript(own)
    parts.write(book, project, manifest.edition, found, missing)
    title = _("Buku 1: Analisis")
    sign(own.core_properties, manifest, f"{front.TITLE}. {title}")
    written = {e.name: fingerprint(e.part, e.shown(e.across)) for e in enclosures(own)}
    return own, Record(record.reports(manifest), record.edition(manifest), written)


def _bytes(document: Document) -> bytes:
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()
