"""Executed notebooks as reports: pages, spreadsheets, the two indexes and the zip."""

import hashlib
import io
import json
import zipfile
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import PurePosixPath

import nbformat

from analysis import text
from analysis.project import Project
from analysis.reports import claims, document, html, internal, spreadsheet
from analysis.reports.changes import kept
from analysis.reports.changes.basis import Basis
from analysis.reports.document import Document
from analysis.reports.thumbnail import thumbnail
from analysis.runs import editions, executed, gate, ways
from analysis.runs.execute import Result, execute
from analysis.runs.jobs import Job
from analysis.runs.manifest import (
    BOOK,
    FAILED,
    OK,
    UNANSWERED,
    Edition,
    Entry,
    Manifest,
    put,
    read,
    save,
)
from analysis.runs.official import partial
from analysis.runs.shelf import INTERNAL, Shelf
from analysis.runs.ways import Ways
from analysis.survey.kept import store

VARIANTS = "variants"


def made(
    project: Project, job: Job, edition: Edition, leads: Ways, key: str, limit: float
) -> tuple[Entry, dict[str, bytes]]:
    """Run a job and make its report: the whole work on one notebook, wherever it is done."""
    text.use(edition.language)
    return report(execute(job, project, limit), edition, leads, key)


def again(shelf: Shelf, job: Job, entry: Entry) -> Result | None:
    """A job whose notebook lies there executed, for a page that leads elsewhere."""
    known = executed.read(shelf, entry)
    if not known:
        return None
    return Result(job, entry.seconds, known, memory=entry.memory, reused=True)


def report(
    result: Result, edition: Edition, leads: Ways, key: str
) -> tuple[Entry, dict[str, bytes]]:
    """What the manifest says of a job, and its files; a failed job makes none.

    So does one that is official but has spoken for a part of the city: that is a variant's.
    """
    job, notebook, files = result.job, result.job.notebook, {}
    place, left_out, error = notebook.place, [], result.error
    if result.notebook is not None:
        shown = result.notebook if notebook.internal else gate.passed(result.notebook)
        read = document.read(shown, notebook.number)
        error = "" if edition.variant else partial(notebook, read.exhibits)
    if result.notebook is not None and not error:
        place, left_out = claims.place(read), read.left_out
        claims.ledger({job.id: read})  # one that is none costs this report, not the index
        book = spreadsheet.workbook(read, edition, job.title)
        beside = _spreadsheet(job.id)
        if book and notebook.per != "unit":
            files[beside] = book
        page = html.page(
            read,
            edition,
            title=job.title,
            parameters=notebook.defaults | job.parameters,
            ways=leads,
            # A page that is not passed on needs nothing inside it.
            workbook=book and PurePosixPath(beside).name if notebook.internal else book,
        )
        files[f"{job.id}.html"] = page.encode()
        # nbformat would copy it and write each line of each picture by itself.
        content = json.dumps(result.notebook, ensure_ascii=False)
        files[executed.name(job.id)] = content.encode()
    entry = Entry(
        id=job.id,
        title=job.title,
        number=notebook.number,
        kind=notebook.kind,
        status=OK if files else UNANSWERED if result.unanswered else FAILED,
        seconds=round(result.seconds, 2),
        parameters=job.parameters,
        error=error,
        data=edition.sha256,
        sample=edition.sample,
        made=datetime.now(UTC).isoformat(timespec="seconds"),
        memory=result.memory,
        key=key,
        links=leads.key,
        place=place,
        left_out=left_out,
        reused=result.reused,
    )
    return entry, files


def _spreadsheet(id: str) -> str:
    """Where the spreadsheet of a report lies: internal ones beside their page."""
    return f"{id}.xlsx" if id.startswith(f"{INTERNAL}/") else f"tables/{id}.xlsx"


def retire(
    shelf: Shelf, entries: dict[str, Entry], before: dict[str, Entry], edition: Edition
) -> None:
    """Remove what earlier runs made and this edition no longer stands for."""
    for id, entry in before.items():
        replaced = id in entries and entries[id].status == OK
        stays = id in entries and entry.sample == edition.sample
        if not (replaced or stays):
            for made in (f"{id}.html", executed.name(id), _spreadsheet(id)):
                shelf.path(made).unlink(missing_ok=True)


def front(
    shelf: Shelf, manifest: Manifest, units: list[dict], basis: Basis | None = None
) -> tuple[dict[str, str], list[str]]:
    """Write the indexes of an edition, of all and of what is internal, its claims, and the zip.

    With the `basis` of reports that were just made, what they say is kept for later runs, unless
    some are still of other answers; the page of what has changed is of the last two of these.
    Returns the sha256 of all, and that of Buku 1 where there is one to link to, and which could not
    be written: the ledger of claims is not where two reports disagree on one.
    """
    documents = _documents(shelf, manifest.entries)
    current = {id: d for id, d in documents.items() if manifest.entries[id].status == OK}
    ledger, wrong = claims.ledger(current)
    edition = manifest.edition
    name = "-".join(filter(None, ("masterplan", edition.period, edition.variant))) + ".zip"
    page = _Index(shelf, manifest, units, documents)
    told: dict[str, str] = {} if wrong else {claims.FILE: ledger}
    alone = page.page(None, None, Ways())
    packed = _archive(shelf, manifest.entries, {"index.html": alone} | told)
    whole = page.page(name, _book(shelf, manifest), _above(shelf))
    files: dict[str, str | bytes] = {"index.html": whole, name: packed}
    if basis:
        internal.keep(shelf, manifest, basis, documents)
    made, refused = put(shelf, files | told | internal.pages(shelf, manifest))
    made |= kept.digests(shelf)
    if wrong:  # what an earlier run wrote holds no longer, and this front is not whole
        shelf.path(claims.FILE).unlink(missing_ok=True)
        made[claims.FILE] = ""
    if (book := shelf.path(BOOK)).is_file():
        made[BOOK] = hashlib.sha256(book.read_bytes()).hexdigest()
    return made, wrong + refused


def early(shelf: Shelf, manifest: Manifest, units: list[dict]) -> list[str]:
    """Write the index of what is there before a run has ended; what it replaces is older.

    Pages of other answers are told as such. It leads to no zip, which is of what was there before.
    Returns what could not be written.
    """
    page = _Index(shelf, manifest, units, _documents(shelf, manifest.entries))
    return put(shelf, {"index.html": page.page(None, None, _above(shelf))})[1]


@dataclass(frozen=True)
class _Index:
    """What the first page of an edition shows, whatever it leads to."""

    shelf: Shelf
    manifest: Manifest
    units: list[dict]
    documents: dict[str, Document]

    def page(self, archive: str | None, book: dict | None, leads: Ways) -> str:
        entries = self.manifest.entries
        return html.index(
            self.manifest.edition,
            _cards(self.shelf, entries, self.documents),
            [self._profile(unit) for unit in self.units],
            _variants(self.shelf),
            failures=[
                {"title": e.title, "error": gate.said(e.error)}
                for e in entries.values()
                if e.kind == "internal" and e.status == FAILED
            ],
            missing=[u["name"] for u in self.units if u["completeness"] is None],
            archive=archive,
            book=book,
            ways=leads,
        )

    def _profile(self, unit: dict) -> dict:
        """What it shows of one of the `units`."""
        id = f"units/{unit['id']}"
        entry, there = self.manifest.entries.get(id), self.shelf.path(f"{id}.html").is_file()
        return unit | {
            "href": f"{id}.html" if there else None,
            "status": entry.status if entry else OK,
            "error": gate.said(entry.error) if entry else "",
        }


def anew(project: Project, shelf: Shelf, manifest: Manifest) -> list[str]:
    """Write the indexes of what lies on a shelf again; returns which could not be written."""
    survey = store.of(project)
    written, refused = front(shelf, manifest, editions.units(survey))
    save(shelf, replace(manifest, front=written))
    return refused


def _book(shelf: Shelf, manifest: Manifest) -> dict | None:
    """Buku 1, if there is one: its href, and whether it is of these very reports."""
    path = shelf.path(BOOK)
    if not path.is_file():
        return None
    from analysis.reports.book import record  # takes a while, which few runs have to spend

    return {"href": BOOK, "current": record.read(path).reports == record.reports(manifest)}


def _documents(shelf: Shelf, entries: dict[str, Entry]) -> dict[str, Document]:
    """The exhibits of each report on the city, as the public may see them; none where it has none.

    Those that open the book come first.
    """
    shown = {}
    for id, entry in entries.items():
        if entry.kind in ("stage", "table", "index"):
            known = executed.read(shelf, entry) or nbformat.v4.new_notebook()
            shown[id] = document.read(gate.passed(document.bare(known)), entry.number)
    return dict(sorted(shown.items(), key=lambda item: not item[1].front))


def _above(shelf: Shelf) -> Ways:
    """Where the index leads: that of a variant to the official one."""
    below = shelf.below.parts
    variant = len(below) > 1 and below[-2] == VARIANTS
    home = "../../index.html" if variant else ""
    return Ways(home=home, languages=ways.languages(shelf, "index.html"))


def _cards(shelf: Shelf, entries: dict[str, Entry], documents: dict[str, Document]) -> list[dict]:
    """What the index shows of each report on the city, or on a table of its questionnaire."""
    cards = []
    for id, shown in documents.items():
        entry = entries[id]
        page, tables = f"{entry.id}.html", _spreadsheet(entry.id)
        cards.append(
            {
                "title": entry.title,
                "kind": entry.kind,
                "number": entry.number,
                "place": entry.place,
                "href": page if shelf.path(page).is_file() else None,
                "workbook": tables if shelf.path(tables).is_file() else None,
                "status": entry.status,
                "error": gate.said(entry.error),
                "key": next(iter(shown.keys), None),
                "finding": next(iter(shown.findings), None),
                "thumbnail": thumbnail(shown.exhibits),
            }
        )
    return cards


def _variants(shelf: Shelf) -> list[dict]:
    """The variants of an edition, by name."""
    names = sorted(path.name for path in shelf.public.glob(f"{VARIANTS}/*"))
    found = [(name, read(shelf / VARIANTS / name)) for name in names]
    return [
        {
            "title": name,
            "href": f"{VARIANTS}/{name}/index.html",
            "status": FAILED if any(e.status == FAILED for e in m.entries.values()) else OK,
            "parameters": m.parameters,
        }
        for name, m in found
        if m
    ]


def _archive(shelf: Shelf, entries: dict[str, Entry], first: dict[str, str]) -> bytes:
    """The public set as one zip: `first`, pages, profiles and spreadsheets, and nothing else."""
    public = [id for id, entry in entries.items() if entry.kind != "internal"]
    names = [f"{id}.html" for id in public] + [_spreadsheet(id) for id in public]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, page in first.items():
            package.writestr(zipfile.ZipInfo(name), page, zipfile.ZIP_DEFLATED)
        for name in names:
            if shelf.path(name).is_file():
                content = shelf.path(name).read_bytes()
                content = html.alone(content) if name.endswith(".html") else content
                package.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
