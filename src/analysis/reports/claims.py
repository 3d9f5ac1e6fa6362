"""The ledger of an edition: every claim that its reports make, each once, as data."""

import json
from collections.abc import Mapping
from typing import Any

from analysis.reports.document import Document
from analysis.text import _

FILE = "claims.json"
COLUMNS = (
    "id", "stage", "primary", "sentence", "value", "low", "high", "n", "scope", "p", "alpha",
    "level", "turns",
)  # fmt: skip


def place(document: Document) -> int:
    """Where the stage that a report shows stands; 0 where it shows none."""
    return next((_place(e) for e in document.exhibits if "stage" in e), 0)


def _place(exhibit: Mapping[str, Any]) -> int:
    return int(exhibit["stage"]["place"] or 0) if "stage" in exhibit else 0


def ledger(documents: Mapping[str, Document]) -> tuple[str, list[str]]:
    """The claims of reports, by their ids, as JSON in the order of stages, and which disagree."""
    found: dict[str, tuple[int, str, dict, str]] = {}
    wrong = []
    rows = [
        (report, _place(exhibit), row)
        for report, document in documents.items()
        for exhibit in document.exhibits
        for row in exhibit.get("ledger", ())
    ]
    for report, at, row in rows:
        claim = {name: row.get(name) for name in COLUMNS}
        id = str(row["id"])
        *_where, known, first = found.setdefault(id, (at, id, claim, report))
        if differing := [name for name in COLUMNS if claim[name] != known[name]]:
            said = _(
                "{file}: klaim {id} berbeda di {first} dan {second} ({names}). Satu klaim lahir di "
                "satu tahap; yang lain mengutipnya."
            )
            names = ", ".join(differing)
            wrong.append(said.format(file=FILE, id=id, first=first, second=report, names=names))
    claims = [claim for _at, _id, claim, _first in sorted(found.values(), key=lambda f: f[:2])]
    return json.dumps(claims, ensure_ascii=False, indent=1) + "\n", wrong
