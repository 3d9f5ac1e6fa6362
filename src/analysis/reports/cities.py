"""The same run over many cities, and what stands above them: an index and their comparison."""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from analysis import faults, fingerprint, places, text
from analysis.project import Project, ProjectError
from analysis.runs import beside, manifest, meddling, parcel, release, ways
from analysis.runs.beside import Steps
from analysis.runs.jobs import Job
from analysis.runs.manifest import FAILED, OK, Edition, Entry, Manifest
from analysis.runs.notebook import notebooks
from analysis.runs.official import official
from analysis.runs.outcome import Outcome
from analysis.runs.shelf import MANIFEST, Shelf
from analysis.runs.watch import Watch
from analysis.text import N_, _

Each = Callable[[Project, Watch, AbstractContextManager | None], Steps[Outcome]]
"""How to run over a city; what surrounds its notebooks, if anything, while they run alone."""

# What the page above all cities says of one: its error may name what is not for everybody.
REFUSED = N_(
    "Kota ini tidak dapat disusun; `masterplan doctor` dalam foldernya menyebutkan sebabnya."
)


@dataclass(frozen=True)
class Ran:
    """What came of a city that could be run.

    `project` is the city as notebooks read it. `foreign`: it has notebooks that are not the
    release's.
    """

    outcome: Outcome
    project: Project
    foreign: bool = False

    @property
    def name(self) -> str:
        return self.outcome.edition.city


@dataclass(frozen=True)
class City:
    """How the run over one city ended; `error`: why it could not be run at all.

    `touched`: the files outside its folder that its foreign notebooks have changed.
    """

    place: str
    seconds: float
    error: str = ""
    ran: Ran | None = None
    touched: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return self.ran.name if self.ran else self.place

    @property
    def outcome(self) -> Outcome | None:
        return self.ran.outcome if self.ran else None

    @property
    def failed(self) -> int:
        """How many of its reports could not be made."""
        return sum(e.status == FAILED for e in self.outcome.entries) if self.outcome else 0

    @property
    def index(self) -> str:
        """Where its first page is; empty where there is none."""
        return places.joined(self.place, *self.outcome.index.parts) if self.outcome else ""


def run(
    found: Sequence[str],
    period: str,
    each: Each,
    limit: float,
    watch: Watch,
    waiting: int = 0,
    trusted: Path | None = None,
) -> tuple[list[City], list[Entry], str]:
    """Run `each` over the cities at these places, side by side, then compare them.

    `period`: the one that is asked for; without, each city has its own. The next city begins when
    so many jobs of those before it are still `waiting`; one with foreign notebooks runs alone. A
    city that fails stops no other; what its notebooks have changed of another is made again.
    `trusted`: the folder of the notebooks to run instead of each city's own. Returns the cities,
    how their comparisons ended, and the address of their index, which is in ``reports/`` beside
    them. Raises ProjectError where they have no place in common.
    """
    above = places.above(found)
    ended: dict[str, City] = {}
    roots = {place: Path(place).resolve() for place in found if not places.remote(place)}
    here, touched = Path(above).resolve(), list[Path]()
    with TemporaryDirectory(prefix="masterplan-") as temporary:
        todo = list(found)  # which grows by what has to be made again, once

        def begun() -> Iterator[Steps[City]]:
            for number, place in enumerate(todo):
                own = partial(watch.city, place, number, len(todo))
                near = meddling.noticed(touched, here, roots.get(place, here), roots.values())
                yield _steps(place, period, each, trusted, own, near, Path(temporary))

        for city in beside.ended(begun(), waiting):
            first, place = city.place not in ended, city.place
            names = [os.path.relpath(path, here) for path in touched]
            before = () if first else ended[place].touched
            ended[place] = replace(city, touched=(*before, *names))
            lacking = meddling.again(touched, [here, *roots.values()])
            touched.clear()
            if first:
                hurt = [p for p in ended if roots.get(p) in lacking]
                todo += [p for p in hurt if p not in todo[len(found) :]]
        done = [ended[place] for place in found]
        if not any(city.ran for city in done):
            return done, [], ""
        with places.folder(places.joined(above, "reports")) as folder:
            compared = _publish(done, above, folder, limit)
    return done, compared, places.joined(above, "reports", *_in_language(), "index.html")


def _steps(
    place: str,
    period: str,
    each: Each,
    trusted: Path | None,
    watched: Callable[[], Watch],
    near: AbstractContextManager,
    aside: Path,
) -> Steps[City]:
    """Run `each` over the city at a place; `near`: notices what foreign notebooks do around it.

    `watched`: says that it begins, and gives what watches it.
    """
    start, watch = time.monotonic(), watched()
    try:
        with places.opened(place, period, trusted) as project:
            foreign = [] if trusted else release.strange(project)
            around = nullcontext() if places.remote(place) else near
            alone = _foreign(foreign, watch, around) if foreign else None
            outcome = yield from each(project, watch, alone)
            if places.remote(place):  # its copy goes; what the comparison reads stays
                copy = aside / project.root.name
                project = parcel.unpacked(parcel.packed(project), copy, project.period)
        return City(place, time.monotonic() - start, ran=Ran(outcome, project, bool(foreign)))
    except CancelledError:  # of the cluster, which all cities have lost
        raise
    except Exception as error:  # of whatever kind: it costs this city
        return City(place, time.monotonic() - start, faults.line(error))


@contextmanager
def _foreign(files: Sequence[Path], watch: Watch, around: AbstractContextManager) -> Iterator[None]:
    """Say of foreign notebooks that they run, while they do."""
    watch.foreign(files)
    with around:
        yield


def _in_language() -> list[str]:
    """The folder of a language other than the source's, below ``reports/``."""
    return [] if text.language() == text.SOURCE else [text.language()]


def _publish(cities: Sequence[City], above: str, reports: Path, limit: float) -> list[Entry]:
    """Write the comparisons, the index and the manifest of all cities; how comparisons ended."""
    from analysis.reports import html
    from analysis.runs import gate

    shelf = Shelf(reports, PurePosixPath(*_in_language()))
    done = [city.ran for city in cities if city.ran]
    edition = _edition(done)
    old = manifest.read(shelf)
    if edition.sample and manifest.real(shelf.path(MANIFEST)):
        raise ProjectError(
            _(
                "{folder} membandingkan jawaban asli, sedangkan sekarang ada kota dengan data "
                "contoh; perbandingan itu tidak diganti. Pindahkan folder itu dahulu."
            ).format(folder=shelf.public)
        )
    known = old.entries if old else {}
    answered = [city for city in done if city.outcome.edition.sent]
    made = [
        _compared(job, answered, edition, known.get(job.id), shelf, limit)
        for job in _jobs(answered)
    ]
    here = places.joined(above, "reports", *_in_language())
    shown = [
        {
            "title": city.name,
            "href": _link(city.index, here) if city.outcome else None,
            "edition": city.outcome.edition if city.outcome else None,
            "status": FAILED if city.error else OK,
            "failed": city.failed,
            "error": _(REFUSED) if city.error else "",
        }
        for city in cities
    ]
    comparisons = [
        {"title": e.title, "error": gate.said(e.error), "status": e.status, "href": f"{e.id}.html"}
        for e in made
    ]
    leads = ways.Ways(languages=ways.languages(shelf, "index.html"))
    front, refused = manifest.put(
        shelf, {"index.html": html.cities(edition, shown, comparisons, leads)}
    )
    inputs = {city.name: city.outcome.key for city in done}
    entries = {entry.id: entry for entry in made}
    manifest.save(shelf, Manifest(edition, {}, inputs, entries, front))
    if refused:  # without this page there is no way to the others
        raise ProjectError("\n".join(refused))
    return made


def _link(page: str, folder: str) -> str:
    """The way from a folder to a page, as a link."""
    return PurePosixPath(os.path.relpath(page, folder)).as_posix()


def _edition(done: Sequence[Ran]) -> Edition:
    editions = [city.outcome.edition for city in done]
    return replace(
        editions[0],
        city=_("{count} kota").format(count=len(done)),
        period=text.listing(sorted({e.period for e in editions})),
        sent=sum(e.sent for e in editions),
        answered=sum(e.answered for e in editions),
        expected=sum(e.expected for e in editions),
        sample=any(e.sample for e in editions),
        sha256=fingerprint.of([e.sha256 for e in editions]),
    )


def _jobs(done: Sequence[Ran]) -> list[Job]:
    """The notebooks that compare cities: those of the first city that has some.

    One in which everything is the release's comes before one with a program of somebody else.
    """
    for city in sorted(done, key=lambda city: city.foreign):
        if found := [n for n in notebooks(city.project) if n.of_cities]:
            folder = city.project.notebooks
            found = official(found, {}, folder)
            roots = [Path(os.path.relpath(c.project.root, folder)).as_posix() for c in done]
            values: dict[str, object] = {"cities": roots, "language": text.language()}
            # Else a city that was run in a period that is not its newest would be compared in that.
            if len(periods := {c.project.period for c in done}) == 1:
                values |= {"period": periods.pop()}
            given = [{k: v for k, v in values.items() if k in n.parameters} for n in found]
            return [
                Job(n, PurePosixPath(n.path.stem), n.title, v)
                for n, v in zip(found, given, strict=True)
            ]
    return []


def _compared(
    job: Job,
    done: Sequence[Ran],
    edition: Edition,
    known: Entry | None,
    shelf: Shelf,
    limit: float,
) -> Entry:
    """The report on all cities; the one of an earlier run where nothing behind it has changed."""
    notebooks = job.notebook.path.parent
    project = replace(done[0].project, trusted=notebooks)
    key = fingerprint.of(
        fingerprint.source(),
        fingerprint.versions(),
        fingerprint.files(notebooks, [job.notebook.path]),
        [(city.name, city.outcome.key) for city in done],
        text.language(),
    )
    if entry := manifest.unchanged(shelf, known, key):
        return entry
    from analysis.reports import publish
    from analysis.runs import execute

    leads = ways.of(job, [], shelf)
    try:
        entry, files = publish.made(project, job, edition, leads, key, limit)
    except Exception as error:  # of whatever kind: it costs this comparison
        failed = execute.Result(job, 0.0, error=faults.line(error))
        entry, files = publish.report(failed, edition, leads, key)
    return manifest.kept(shelf, entry, files)
