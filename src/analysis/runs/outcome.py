"""How a run over one city ended."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from analysis.runs.manifest import Edition, Entry


@dataclass(frozen=True)
class Outcome:
    """What a run made: its entries in the manifest, and the problems of the answers behind it.

    `edition`: of the whole city, also where these are reports on a part of it. `index`: the first
    page, below the project's folder, and `inside` that of the coordinator, if there is one.
    `problems`: how many there are of each severity. `key`: the fingerprint of what a comparison of
    cities reads of this one. `refused`: which files in front of the reports could not be written,
    and why.
    """

    edition: Edition
    entries: list[Entry]
    index: Path
    problems: Mapping[str, int] = field(default_factory=dict)
    key: str = ""
    refused: Sequence[str] = ()
    inside: Path | None = None
