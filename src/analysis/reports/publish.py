"""Executed notebooks into a folder of reports: pages, spreadsheets, index, manifest and zip."""

import io
import json
import re
import zipfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import nbformat

from analysis.project import write
from analysis.reports import html, spreadsheet
from analysis.reports.execute import Result
from analysis.reports.jobs import Job, Notebook

OK, FAILED, STALE = "ok", "failed", "stale"


@dataclass(frozen=True)
class Entry:
    """What the manifest says of one job: how its last run ended, and of which data its page is."""

    id: str
    title: str
    number: str
    kind: str  # stage, unit or internal
    status: str
    seconds: float
    parameters: dict
    error: str
    data: str
    sample: bool
    made: str


def slug(text: str) -> str:
    """A name that is safe as a folder everywhere."""
    return re.sub(r"[^A-Za-z0-9]+", "-", text).strip("-")[:60].lower() or "varian"


def report(result: Result, edition: html.Edition, folder: Path, stages: list[Notebook]) -> Entry:
    """Write what a job made; a failed job leaves its previous page as it is."""
    job, notebook = result.job, result.job.notebook
    if result.notebook is not None:
        write(folder / "notebooks" / f"{job.id}.ipynb", nbformat.writes(result.notebook))
        exhibits = html.exhibits(result.notebook)
        book = spreadsheet.workbook(exhibits, edition, job.title, notebook.number)
        if book and not notebook.per_unit:
            write(folder / _spreadsheet(job.id), book)
        page = html.page(
            result.notebook,
            edition,
            title=job.title,
            parameters=notebook.defaults | job.parameters,
            number=notebook.number,
            home="../" * (len(job.target.parts) - 1) + "index.html",
            workbook=book,
            sheets=spreadsheet.single(exhibits, edition, notebook.number),
            **_neighbours(job, stages),
        )
        write(folder / f"{job.id}.html", page)
    return Entry(
        id=job.id,
        title=job.title,
        number=notebook.number,
        kind="internal" if notebook.internal else "unit" if notebook.per_unit else "stage",
        status=OK if result.notebook is not None else FAILED,
        seconds=round(result.seconds, 2),
        parameters=job.parameters,
        error=result.error,
        data=edition.sha256,
        sample=edition.sample,
        made=datetime.now(UTC).isoformat(timespec="seconds"),
    )


def _spreadsheet(id: str) -> str:
    """Where the spreadsheet of a report lies: internal ones beside their page."""
    return f"{id}.xlsx" if id.startswith("internal/") else f"tables/{id}.xlsx"


def _neighbours(job: Job, stages: list[Notebook]) -> dict[str, tuple[str, str] | None]:
    """The previous and the next stage of a stage's page."""
    links = [(f"{n.path.stem}.html", n.title) for n in stages]
    if job.notebook not in stages:
        return {"previous": None, "next": None}
    here = stages.index(job.notebook)
    return {
        "previous": links[here - 1] if here else None,
        "next": links[here + 1] if here + 1 < len(links) else None,
    }


@dataclass(frozen=True)
class Manifest:
    """What a folder of reports was made from, and how each of its jobs ended."""

    edition: html.Edition
    parameters: dict
    inputs: dict[str, str]
    entries: dict[str, Entry]


def save(folder: Path, manifest: Manifest) -> None:
    """Write ``manifest.json``."""
    content = {
        "edition": asdict(manifest.edition),
        "parameters": manifest.parameters,
        "inputs": manifest.inputs,
        "jobs": [asdict(e) for e in manifest.entries.values()],
    }
    write(folder / "manifest.json", json.dumps(content, ensure_ascii=False, indent=1))


def read(folder: Path) -> Manifest | None:
    """The manifest of a folder; None where no run has finished."""
    path = folder / "manifest.json"
    if not path.is_file():
        return None
    content = json.loads(path.read_text("utf-8"))
    entries = {e["id"]: Entry(**e) for e in content["jobs"]}
    edition = html.Edition(**content["edition"])
    return Manifest(edition, content["parameters"], content["inputs"], entries)


def merge(old: dict[str, Entry], new: Iterable[Entry], edition: html.Edition) -> dict[str, Entry]:
    """Entries of this run over those of earlier ones.

    A page made from other answers is stale; one from the sample never stands among real ones.
    """
    kept = {
        e.id: replace(e, status=STALE) if e.data != edition.sha256 and e.status == OK else e
        for e in old.values()
        if e.sample == edition.sample
    }
    merged = kept | {e.id: e for e in new}
    return dict(sorted(merged.items()))


def retire(
    folder: Path, entries: dict[str, Entry], before: dict[str, Entry], edition: html.Edition
) -> None:
    """Remove what earlier runs made and this folder no longer stands for."""
    for id, entry in before.items():
        replaced = id in entries and entries[id].status == OK
        stays = id in entries and entry.sample == edition.sample
        if not (replaced or stays):
            for made in (f"{id}.html", f"notebooks/{id}.ipynb", _spreadsheet(id)):
                (folder / made).unlink(missing_ok=True)


def front(folder: Path, manifest: Manifest, units: list[dict]) -> None:
    """Write the index of a folder, and the zip of everything that may be sent on."""
    shown = []
    for unit in units:
        id = f"units/{unit['id']}"
        entry, there = manifest.entries.get(id), (folder / f"{id}.html").is_file()
        shown.append(
            unit
            | {
                "href": f"{id}.html" if there else None,
                "status": entry.status if entry else OK,
                "error": entry.error if entry else "",
            }
        )
    name = f"masterplan-{manifest.edition.period}.zip"
    pages = [
        html.index(
            manifest.edition,
            _cards(folder, manifest.entries),
            shown,
            _variants(folder),
            failures=[
                {"title": e.title, "error": e.error}
                for e in manifest.entries.values()
                if e.kind == "internal" and e.status == FAILED
            ],
            missing=[u["name"] for u in units if u["completeness"] is None],
            archive=archive,
        )
        for archive in (name, None)
    ]
    write(folder / "index.html", pages[0])
    write(folder / name, _archive(folder, manifest.entries, pages[1]))


def _cards(folder: Path, entries: dict[str, Entry]) -> list[dict]:
    """What the index shows of each stage, read from its executed notebook."""
    shown = []
    for entry in entries.values():
        if entry.kind != "stage":
            continue
        path = folder / "notebooks" / f"{entry.id}.ipynb"
        exhibits = html.exhibits(nbformat.read(path, as_version=4)) if path.is_file() else []
        figures = [f for e in exhibits if e["kind"] == "keys" for f in e["figures"]]
        sentences = [s for e in exhibits if e["kind"] == "findings" for s in e["sentences"]]
        page, tables = f"{entry.id}.html", _spreadsheet(entry.id)
        shown.append(
            {
                "title": entry.title,
                "number": entry.number,
                "href": page if (folder / page).is_file() else None,
                "workbook": tables if (folder / tables).is_file() else None,
                "status": entry.status,
                "error": entry.error,
                "key": figures[0] if figures else None,
                "finding": sentences[0] if sentences else "",
            }
        )
    return shown


def _variants(folder: Path) -> list[dict]:
    """The variants below a folder, by name."""
    found = [(path, read(path)) for path in sorted(folder.glob("variants/*"))]
    return [
        {
            "title": path.name,
            "href": f"variants/{path.name}/index.html",
            "status": FAILED if any(e.status == FAILED for e in m.entries.values()) else OK,
            "parameters": m.parameters,
        }
        for path, m in found
        if m
    ]


def _archive(folder: Path, entries: dict[str, Entry], index: str) -> bytes:
    """The public set as one zip: index, pages, unit profiles and spreadsheets."""
    names = [f"{e.id}.html" for e in entries.values() if e.kind != "internal"]
    names += sorted(f"tables/{path.name}" for path in (folder / "tables").glob("*.xlsx"))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(zipfile.ZipInfo("index.html"), index, zipfile.ZIP_DEFLATED)
        for name in names:
            if (folder / name).is_file():
                content = (folder / name).read_bytes()
                package.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
