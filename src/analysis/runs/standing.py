"""What a whole run has left, and whether it still stands: then the next one has nothing to do.

It stands while nothing has changed in the folders that a run reads or writes, in the program, or by
the day. Whether it does is found without settings, tables or notebooks, so that of many cities
those that have not changed cost next to nothing.
"""

import json
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from analysis import fingerprint, seal, text
from analysis.project import Project, ProjectError, write
from analysis.runs import manifest, snapshot
from analysis.runs.lock import HOLDER, held
from analysis.runs.manifest import OK, Manifest
from analysis.runs.outcome import Outcome
from analysis.runs.plan import Plan
from analysis.runs.shelf import STANDING, Shelf
from analysis.runs.snapshot import NOTHING, Snapshot, Unsteady
from analysis.runs.watch import Watch
from analysis.survey.kept import store
from analysis.survey.kept.survey import Survey


@dataclass(frozen=True)
class Standing:
    """What a run has read and made, and what it told.

    `program`: see `version`. `inputs`, `made`: what lay in the folders that it reads before it
    began, and in those that it writes when it had ended. `jobs`: their ids, in their order. `said`:
    what was read, in a sentence. `until`: the day (ISO) from which some pages would say something
    else; empty where there is none. `index`, `inside`, `problems`, `key`: see `Outcome`.
    """

    program: str
    inputs: Snapshot
    made: Snapshot
    jobs: list[str]
    said: str
    timezone: str
    until: str
    index: str
    inside: str
    problems: dict[str, int]
    key: str


@dataclass(frozen=True)
class Look:
    """What a run finds before it begins: what it will read, when, and what the last one left."""

    program: str
    shelf: Shelf
    moment: datetime
    inputs: Snapshot
    known: Standing | None


def version() -> str:
    """The fingerprint of what runs: this package, and what it is built on."""
    return fingerprint.of(fingerprint.source(), fingerprint.versions())


def look(project: Project, program: str) -> Look | None:
    """What a whole run of this program finds; None where nobody could vouch for it afterwards."""
    try:
        shelf = Shelf.official(project.reports, text.language())
        known = _read(shelf)
        before = known.inputs if known else NOTHING
        return Look(program, shelf, datetime.now(UTC), _inputs(project, before), known)
    except (ProjectError, OSError, Unsteady):
        return None


def outcome(project: Project, found: Look, watch: Watch) -> Outcome | None:
    """How the last run ended, where the next would make and tell the very same.

    Raises ProjectError where another run holds the project.
    """
    known = found.known
    if (
        not known
        or known.program != found.program
        or known.inputs.contents != found.inputs.contents
        or (known.until and text.today(known.timezone).isoformat() >= known.until)
    ):
        return None
    with held(project):
        try:
            made = _made(project, known.made)
            told = manifest.read(found.shelf)
            if not told or made.contents != known.made.contents:
                return None
            entries = {id: replace(e, reused=True) for id, e in told.entries.items()}
            if entries != told.entries:
                manifest.save(found.shelf, replace(told, entries=entries))
                made = _made(project, made)
            now = replace(known, inputs=found.inputs, made=made)
            if _renewed(known.inputs, now.inputs) or _renewed(known.made, now.made):
                _write(found.shelf, now)
        except Unsteady:
            return None
    watch.read(known.said)
    watch.unchanged(len(entries))
    return Outcome(
        told.edition,
        [entries[id] for id in known.jobs],
        Path(known.index),
        known.problems,
        known.key,
        inside=Path(known.inside) if known.inside else None,
    )


def keep(plan: Plan, survey: Survey, found: Look, told: Manifest, said: str, now: Outcome) -> None:
    """Keep what a run on a survey has left, unless the next one has something to do all the same.

    `told`: the manifest that it has written; `said`: what it told of what it read. It has kept the
    lock meanwhile.
    """
    project, zone = plan.project, survey.settings.timezone
    if now.refused or any(e.status != OK or not e.files for e in now.entries):
        return
    try:
        made = _made(project, found.known.made if found.known else NOTHING)
    except Unsteady:
        return
    if store.of_set(project.processed) != survey.data:
        return
    # Who changes a page before it is looked at here does not make it ours.
    ours = [told.front, *(entry.files for entry in told.entries.values())]
    top = project.reports.parent
    for name, sha256 in (item for files in ours for item in files.items()):
        place = f"reports/{plan.shelf.path(name).relative_to(top).as_posix()}"
        if made.files.get(place, ("",))[0] != sha256:
            return
    standing = Standing(
        program=found.program,
        inputs=found.inputs,
        made=made,
        jobs=[entry.id for entry in now.entries],
        said=said,
        timezone=zone,
        until=_until(survey, found),
        index=now.index.as_posix(),
        inside=now.inside.as_posix() if now.inside else "",
        problems=dict(now.problems),
        key=now.key,
    )
    _write(plan.shelf, standing)


def _inputs(project: Project, known: Snapshot) -> Snapshot:
    """What a run reads: all raw data, and the notebooks."""
    folders = {"raw": project.raw, "notebooks": project.notebooks}
    return snapshot.taken(folders, known, _clock(project), caches=("__pycache__",))


def _made(project: Project, known: Snapshot) -> Snapshot:
    """What runs write, but for what spares others some reading or work, and what is kept here."""
    folders = {"processed": project.processed.parent, "reports": project.reports.parent}
    found = snapshot.taken(folders, known, _clock(project), caches=("readings", "common"))
    own = Path(STANDING).name
    return replace(found, files={p: f for p, f in found.files.items() if Path(p).name != own})


def _clock(project: Project) -> int:
    """When a run has last begun, by the clock of the project's files."""
    try:
        return (project.root / HOLDER).stat().st_ctime_ns
    except OSError:
        return 0


def _renewed(before: Snapshot, now: Snapshot) -> bool:
    """Whether it would spare the next run some reading to know the later one."""
    return before.files != now.files or not before.settled


def _until(survey: Survey, found: Look) -> str:
    """The next day on which a recommendation is done, or late: see `assessed.passed`."""
    today = found.moment.astimezone(ZoneInfo(survey.settings.timezone)).date()
    said = survey.assessments
    days = [*said["done"].dropna(), *(said["due"].dropna() + timedelta(days=1))]
    return min((d for day in days if (d := day.date().isoformat()) > today.isoformat()), default="")


def _write(shelf: Shelf, standing: Standing) -> None:
    content = asdict(standing)
    sealed = {"seal": seal.of(json.dumps(content).encode()), "standing": content}
    write(shelf.path(STANDING), json.dumps(sealed))


def _read(shelf: Shelf) -> Standing | None:
    """What was kept of an edition; None where nothing was, or by somebody else."""
    try:
        sealed = json.loads(shelf.path(STANDING).read_text("utf-8"))
        told = sealed["standing"]
        if not seal.holds(json.dumps(told).encode(), sealed["seal"]):
            return None
        return Standing(**told | {name: _snapshot(**told[name]) for name in ("inputs", "made")})
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None


def _snapshot(files: dict[str, list], clock: int) -> Snapshot:
    size = {place: (sha256, tuple(stamp)) for place, (sha256, stamp) in files.items()}
    return Snapshot(size, clock)
