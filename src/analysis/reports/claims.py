"""The ledger of an edition: every claim that its reports make, each once, as data."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from analysis.text import _

FILE = "claims.json"
COLUMNS = (
    "id", "stage", "primary", "sentence", "value", "low", "high", "n", "scope", "p", "alpha",
    "level", "turns",
)  # fmt: skip


def place(exhibits: Sequence[Mapping[str, Any]]) -> int:
    """Where the stage that a report shows stands; 0 where it shows none."""
    return next((int(e["stage"]["place"] or 0) for e in exhibits if "stage" in e), 0)


def ledger(shown: Mapping[str, Sequence[Mapping[str, Any]]]) -> tuple[str, list[str]]:
    """The claims of reports as JSON, in the order of their stages, and which of them disagree.

    `shown`: the exhibits of each report, by its id.
    """
    found: dict[str, tuple[int, str, dict, str]] = {}
    wrong = []
    rows = [
        (report, place([exhibit]), row)
        for report, exhibits in shown.items()
        for exhibit in exhibits
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
