"""The records of an edition's last runs, a file each, numbered as they came."""

import hashlib
import re
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from analysis.project import write
from analysis.reports.changes.record import Record
from analysis.runs.shelf import INTERNAL, Shelf

FOLDER = f"{INTERNAL}/runs"
KEPT = 10
"""So many runs that changed something can be looked back at."""
NUMBER = re.compile(r"[0-9]{4,9}")
SHAPE = TypeAdapter(Record)


def keep(shelf: Shelf, record: Record) -> None:
    """Keep what an edition says now, unless that is what the last record of it says.

    The oldest beyond `KEPT` go, and so do all that were on the sample where this one is not.
    """
    known = records(folder(shelf))
    last = next(reversed(known.values()), None)
    if last and _said(last) == _said(record):
        return
    number = next(reversed(known), 0) + 1
    write(shelf.path(f"{FOLDER}/{number:04}.json"), SHAPE.dump_json(record))
    old = [n for n, r in known.items() if r.edition.sample != record.edition.sample]
    for gone in {*old, *[*known, number][:-KEPT]}:
        shelf.path(f"{FOLDER}/{gone:04}.json").unlink(missing_ok=True)


def _said(record: Record) -> tuple:
    """All but when it was made, and by what program."""
    edition = record.edition
    return edition.sample, edition.sha256, record.basis.units, record.reports


def folder(shelf: Shelf) -> Path:
    """Where the records of an edition lie."""
    return shelf.path(f"{FOLDER}/0").parent


def records(where: Path) -> dict[int, Record]:
    """All records in a folder by their numbers; what is damaged, or none of ours, is none."""
    found = {}
    for path in sorted(where.glob("*.json")):
        if NUMBER.fullmatch(path.stem):
            try:
                found[int(path.stem)] = SHAPE.validate_json(path.read_bytes())
            except (OSError, ValidationError):
                continue
    return dict(sorted(found.items()))


def digests(shelf: Shelf) -> dict[str, str]:
    """The sha256 of every record of an edition by its name, as its manifest holds them."""
    paths = (p for p in sorted(folder(shelf).glob("*.json")) if NUMBER.fullmatch(p.stem))
    return {f"{FOLDER}/{p.name}": hashlib.sha256(p.read_bytes()).hexdigest() for p in paths}
