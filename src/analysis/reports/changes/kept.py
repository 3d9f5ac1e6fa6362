"""The records of an edition's last runs, a file each, numbered as they came."""

import hashlib
import re
from contextlib import suppress
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from analysis.project import write
from analysis.reports.changes.record import Record
from analysis.runs.shelf import INTERNAL, Shelf

FOLDER = f"{INTERNAL}/runs"
KEPT = 10
"""So many runs that changed something can be looked back at."""
NUMBER = re.compile(r"[0-9]{4}|[1-9][0-9]{4,8}")
SHAPE = TypeAdapter(Record)


def keep(shelf: Shelf, record: Record) -> None:
    """Keep what an edition says now, unless that is what the last record of it says.

    The oldest beyond `KEPT` go, and so do all that were on the sample where this one is not.
    """
    where = folder(shelf)
    known, last = _numbers(where), next(iter(records(where, 1).values()), None)
    if last and _said(last) == _said(record):
        return
    number = max(known, default=0) + 1
    write(shelf.path(_name(number)), SHAPE.dump_json(record))
    alike = last is None or last.edition.sample == record.edition.sample
    for gone in known[: 1 - KEPT] if alike else known:
        shelf.path(_name(gone)).unlink(missing_ok=True)


def _said(record: Record) -> tuple:
    """All but when it was made, and by what program."""
    edition = record.edition
    return edition.sample, edition.sha256, record.basis.units, record.reports


def folder(shelf: Shelf) -> Path:
    """Where the records of an edition lie."""
    return shelf.path(f"{FOLDER}/0").parent


def records(where: Path, most: int = KEPT) -> dict[int, Record]:
    """The last records in a folder by their numbers; what is damaged, or none of ours, is none."""
    found: dict[int, Record] = {}
    for number in reversed(_numbers(where)):
        if len(found) < most:
            with suppress(OSError, ValidationError):
                found[number] = SHAPE.validate_json((where / f"{number:04}.json").read_bytes())
    return dict(sorted(found.items()))


def digests(shelf: Shelf) -> dict[str, str]:
    """The sha256 of every record of an edition by its name, as its manifest holds them."""
    names = map(_name, _numbers(folder(shelf)))
    return {n: hashlib.sha256(shelf.path(n).read_bytes()).hexdigest() for n in names}


def _numbers(where: Path) -> list[int]:
    found = [path for path in where.glob("*.json") if NUMBER.fullmatch(path.stem)]
    return sorted(int(path.stem) for path in found)


def _name(number: int) -> str:
    return f"{FOLDER}/{number:04}.json"
