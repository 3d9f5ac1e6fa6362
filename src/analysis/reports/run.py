"""The main job: answers in, every notebook run, reports out."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from analysis import faults, fingerprint
from analysis.project import Project, ProjectError
from analysis.reports.linked import elsewhere, linked
from analysis.runs import editions, manifest, unread, ways
from analysis.runs.jobs import Job, jobs
from analysis.runs.lock import held
from analysis.runs.manifest import Edition, Entry, Manifest
from analysis.runs.plan import Plan
from analysis.runs.shelf import MANIFEST, Shelf
from analysis.runs.watch import Watch
from analysis.survey.kept import assessed, delivery, ingest, store
from analysis.survey.kept.survey import Survey
from analysis.text import _

if TYPE_CHECKING:
    from analysis.runs.cluster import Cluster

LIMIT = 600  # seconds for one notebook


@dataclass(frozen=True)
class Outcome:
    """What a run made: its entries in the manifest, and the problems of the answers behind it.

    `edition`: of the whole city, also where these are reports on a part of it. `index`: the first
    page, below the project's folder, and `inside` that of the coordinator, if there is one.
    `refused`: which files in front of the reports could not be written, and why.
    """

    edition: Edition
    entries: list[Entry]
    index: Path
    problems: pd.DataFrame
    refused: Sequence[str] = ()
    inside: Path | None = None


def run(
    plan: Plan,
    workers: int = 0,
    watch: Watch | None = None,
    force: bool = False,
    limit: float = LIMIT,
    cluster: "Cluster | None" = None,
) -> Outcome:
    """Ingest, run the jobs of the plan that have changed, several at a time, and publish them.

    A job of which nothing has changed keeps its report, unless `force`. One failing notebook stops
    no other: its error stands in the manifest and on the index, and its previous page stays.
    `limit`: seconds for each notebook. `cluster`: where the jobs run, instead of here with so many
    `workers` (0: as many as suit this machine). Raises ProjectError where settings or register are
    wrong, or another run holds the project.
    """
    watch, project = watch or Watch(), plan.project

    def reading(done: int, of: int) -> None:
        if not cluster:  # what is read anew means reports to make
            _prepare()
        watch.reading(done, of)

    with held(project):
        plan.shelf.settle()
        tables = ingest.ingest(project, reading)
        watch.read(delivery.read(tables["sources"], project))
        _keep_real(project, tables["sources"])
        store.save(project, tables)
        survey = store.of(project)
        plan = plan.compared(survey)
        selected = editions.selected(plan, survey)
        answered = selected.units[selected.units["answered"]]
        names = dict(zip(answered["unit"], answered["unit_name"], strict=True))
        asked = survey.instrument
        tables = unread.asked(asked, str(plan.values.get("table", "")))
        indices = {id: _(index.title) for id, index in asked.indices.items()}
        subjects = {"unit": names, "table": tables, "index": indices}
        planned = jobs(plan.chosen, subjects, plan.values)
        watch.left_out(plan.drafts)
        watch.planned(planned)
        edition, old = editions.edition(selected, plan.variant), manifest.read(plan.shelf)
        new = Manifest(edition, plan.values, dict(survey.inputs.to_numpy().tolist()), {})
        known = {} if force or not old else old.entries
        keys = _keys(plan, planned, survey)
        entries, todo = [], []
        for job in planned:
            if entry := manifest.unchanged(plan.shelf, known.get(job.id), keys[job.id]):
                entries.append(replace(entry, data=edition.sha256))
                watch.finished(entries[-1])
            else:
                todo.append(job)
        for entry, files in _reports(plan, todo, edition, keys, workers, limit, cluster):
            entries.append(manifest.kept(plan.shelf, entry, files))
            # A run that is killed has not lost what it has finished.
            so_far = (old or new).entries | {e.id: e for e in entries}
            manifest.save(plan.shelf, replace(old or new, entries=so_far))
            watch.finished(entries[-1])
        entries = linked(plan, planned, entries, edition)
        first, refused = _finish(plan, selected, new, old, entries)
        if plan.shelf == plan.official:
            refused += elsewhere(plan)
        there = (plan.shelf.path(f"{e.id}.html") for e in entries if e.kind == "internal")
        inside = next((p.relative_to(project.root) for p in there if p.is_file()), None)
        index = first.relative_to(project.root)
        return Outcome(editions.edition(survey), entries, index, survey.problems, refused, inside)


def _keep_real(project: Project, sources: pd.DataFrame) -> None:
    """Refuse to put reports on the sample, or on nothing, in the place of those on answers."""
    folder = project.reports
    real = any(map(manifest.real, sorted(folder.rglob("manifest.json"))))
    used = sources[sources["used"]]
    if real and (used["sample"].any() or used.empty):
        raise ProjectError(
            _(
                "{folder} berisi laporan dari jawaban asli, sedangkan sekarang tidak ada jawaban "
                "asli yang terbaca; laporan itu tidak diganti. Kembalikan berkas jawaban ke "
                "{answers}, atau pindahkan {folder} ke tempat lain dahulu."
            ).format(
                folder=folder.relative_to(project.root).as_posix(),
                answers=project.responses.relative_to(project.root).as_posix(),
            )
        )


def _reports(
    plan: Plan,
    todo: Sequence[Job],
    edition: Edition,
    keys: dict[str, str],
    workers: int,
    limit: float,
    cluster: "Cluster | None",
) -> Iterator[tuple[Entry, dict[str, bytes]]]:
    """What each job made, as they end."""
    if not todo:
        return
    if not cluster:
        _prepare()
    # These take a second to import, which a run without work does not have to spend.
    from analysis.reports import publish
    from analysis.runs import execute

    stages = plan.stages
    leads = {job.id: ways.of(job, stages, plan.shelf) for job in todo}
    waiting = {}
    with cluster.of(plan.project) if cluster else execute.threads(workers) as pool:
        for job in todo:
            made = pool.submit(
                publish.made, plan.project, job, edition, leads[job.id], keys[job.id], limit
            )
            waiting[made] = job
        with closing(execute.ended(waiting)) as ended:
            for future in ended:
                job, error = waiting[future], future.exception()
                if error:  # of a job whose worker died again and again, say
                    result = execute.Result(job, 0.0, error=faults.line(error))
                    yield publish.report(result, edition, leads[job.id], keys[job.id])
                else:
                    yield future.result()


@cache
def _prepare() -> None:
    """Start the server of the kernels: it imports while this process does other work."""
    from analysis.runs import kernels

    kernels.current()


def _keys(plan: Plan, planned: Sequence[Job], survey: Survey) -> dict[str, str]:
    """For each job, the fingerprint of all that its notebook's execution depends on."""
    project, folder = plan.project, plan.project.notebooks
    passed = assessed.passed(survey)
    shared = [
        fingerprint.source(),
        fingerprint.versions(),
        project.questions(),
        store.of_set(project.processed),
        fingerprint.files(folder, [p for p in project.programs() if p.suffix != ".ipynb"]),
    ]
    return {
        job.id: fingerprint.of(
            shared,
            fingerprint.files(folder, [job.notebook.path]),
            job.parameters,
            job.notebook.fault,
            plan.earlier if job.notebook.of_periods else "",
            passed if job.notebook.of_today else "",
        )
        for job in planned
    }


def _finish(
    plan: Plan,
    survey: Survey,
    new: Manifest,
    old: Manifest | None,
    entries: list[Entry],
) -> tuple[Path, list[str]]:
    """Index and zip, and the manifest when all else is in its place.

    `survey`: that of these reports. Returns the first page, and which of these could not be
    written.
    """
    before = old.entries if old else {}
    merged = manifest.merge({} if plan.whole else before, entries, new.edition)
    new = replace(new, entries=merged)
    in_front = Shelf(plan.project.reports)
    everything = in_front.top.parent
    first = everything if plan.shelf == in_front else plan.shelf.public
    if old and manifest.alike(plan.shelf, old, new) and (first / "index.html").is_file():
        manifest.save(plan.shelf, replace(old, entries=merged))
        return first / "index.html", []

    from analysis.reports import html, publish
    from analysis.reports.changes.basis import basis

    publish.retire(plan.shelf, merged, before, new.edition)
    rests = basis(plan, survey)
    front, refused = publish.front(plan.shelf, new, editions.units(survey), rests)
    new = replace(new, front=front)
    if plan.shelf == in_front:
        periods = {p.parts[-3] for p in everything.glob(f"*/{MANIFEST}")} | {plan.project.period}
        page = html.landing(new.edition.city, sorted(periods, reverse=True))
        landing, untaken = manifest.put(Shelf(everything), {"index.html": page})
        new, refused = replace(new, landing=landing["index.html"]), refused + untaken
    manifest.save(plan.shelf, new)
    if plan.shelf != plan.official and (shown := manifest.read(plan.official)):
        refused += publish.anew(plan.project, plan.official, shown)
    return first / "index.html", refused
