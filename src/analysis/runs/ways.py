"""The ways from a page to the others: its bar, what stands before and after it, other languages."""

import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath

from analysis import fingerprint, text
from analysis.runs.jobs import Job
from analysis.runs.notebook import Notebook
from analysis.runs.shelf import INTERNAL, Shelf

FIRST = "index.html"
CHANGES = f"{INTERNAL}/changes.html"
"""What has changed since the edition before: made when all other pages are there."""
Way = tuple[str, str]
"""A link's address, and its title or language."""


@dataclass(frozen=True)
class Ways:
    """Where a page leads; nothing that is not there.

    `home`: the address of the page above it. `stages`: the reports on the city in their order, of
    which the page itself is number `here`, None for another. `summary`: the one that looks over all
    of them. `languages`: the same page in others, or else the first page there. `changes`: of a
    page that is internal, the address of what has changed.
    """

    home: str = ""
    stages: tuple[Way, ...] = ()
    here: int | None = None
    summary: Way | None = None
    languages: tuple[Way, ...] = ()
    changes: str = ""

    @property
    def previous(self) -> Way | None:
        return self.stages[self.here - 1] if self.here else None

    @property
    def next(self) -> Way | None:
        return None if self.here is None else next(iter(self.stages[self.here + 1 :]), None)

    @property
    def key(self) -> str:
        """The fingerprint of all of them."""
        return fingerprint.of(asdict(self))


def of(job: Job, stages: Sequence[Notebook], shelf: Shelf) -> Ways:
    """The ways from a job's page on a shelf, where those of these stages are, or will be."""
    page = f"{job.id}.html"
    start = _place(shelf, page).parent
    links = [(_link(shelf.public / f"{n.path.stem}.html", start), n.title) for n in stages]
    over = [(n.front, way) for n, way in zip(stages, links, strict=True) if n.front]
    return Ways(
        home=_link(shelf.public / FIRST, start),
        stages=tuple(links),
        here=stages.index(job.notebook) if job.notebook in stages else None,
        summary=min(over)[1] if over else None,
        languages=languages(shelf, page),
        changes=_link(_place(shelf, CHANGES), start) if job.notebook.internal else "",
    )


def languages(shelf: Shelf, page: str) -> tuple[Way, ...]:
    """The languages in which a page of a shelf is there too, each with the way to it."""
    start, found = _place(shelf, page).parent, []
    for language, other in translated(shelf).items():
        there = [p for name in (page, FIRST) if (p := _place(other, name)).is_file()]
        found += [(_link(there[0], start), language)] if there else []
    return tuple(found)


def translated(shelf: Shelf) -> dict[str, Shelf]:
    """The shelves of the same edition in other languages, whether there is anything or not."""
    first, rest = shelf.below.parts[:1], shelf.below.parts[1:]
    own, below = (first[0], rest) if {*first} & {*text.languages()} else (text.SOURCE, first + rest)
    return {
        language: Shelf(shelf.top, PurePosixPath(*[language][language == text.SOURCE :], *below))
        for language in text.languages()
        if language != own
    }


def _place(shelf: Shelf, page: str) -> Path:
    """Where a page is; unlike `Shelf.path` not whether it may be written there."""
    first, *rest = PurePosixPath(page).parts
    return shelf.internal.joinpath(*rest) if first == INTERNAL and rest else shelf.public / page


def _link(page: Path, start: Path) -> str:
    return PurePosixPath(os.path.relpath(page, start)).as_posix()
