"""What is for the coordinator alone: the page in front of it, and what has changed."""

from collections.abc import Mapping

from analysis.reports import html
from analysis.reports.changes import kept
from analysis.reports.changes.basis import Basis
from analysis.reports.changes.comparison import difference
from analysis.reports.changes.record import record
from analysis.reports.document import Document
from analysis.runs import ways
from analysis.runs.manifest import STALE, Manifest
from analysis.runs.shelf import INTERNAL, Shelf
from analysis.runs.ways import CHANGES, Ways

FRONT = f"{INTERNAL}/index.html"


def keep(shelf: Shelf, manifest: Manifest, basis: Basis, documents: Mapping[str, Document]) -> None:
    """Keep what an edition says, unless some of its pages are of other answers than the rest."""
    if all(entry.status != STALE for entry in manifest.entries.values()):
        kept.keep(shelf, record(manifest, basis, documents))


def pages(shelf: Shelf, manifest: Manifest) -> dict[str, str]:
    """The pages that come of no notebook, by the names of their files.

    In front every error in full, and what pages cannot show; and what has changed since the edition
    before, which can only be told when all other pages are there.
    """
    return {FRONT: _front(shelf, manifest), CHANGES: _changes(shelf, manifest)}


def _front(shelf: Shelf, manifest: Manifest) -> str:
    entries = manifest.entries.values()
    pages = [
        {
            "title": e.title,
            "href": shelf.link(name, FRONT) if shelf.path(name).is_file() else None,
            "status": e.status,
        }
        for e in entries
        if e.kind == "internal"
        for name in [f"{e.id}.html"]
    ]
    failures = [{"title": e.title, "error": e.error} for e in entries if e.error]
    lacking = [{"title": e.title, "names": e.left_out} for e in entries if e.left_out]
    home = shelf.link("index.html", FRONT)
    leads = Ways(home=home, languages=ways.languages(shelf, FRONT))
    return html.inside(manifest.edition, pages, failures, lacking, leads)


def _changes(shelf: Shelf, manifest: Manifest) -> str:
    last = [*kept.records(kept.folder(shelf), 2).values()]
    found = difference(*last) if len(last) == 2 else None
    leads = Ways(home=shelf.link("index.html", CHANGES), languages=ways.languages(shelf, CHANGES))
    return html.changes(manifest.edition, found, leads)
