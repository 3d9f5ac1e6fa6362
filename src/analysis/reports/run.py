"""The main job: answers in, every notebook run, reports out."""

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from analysis import faults, fingerprint
from analysis.project import Project, ProjectError
from analysis.reports.linked import elsewhere, linked
from analysis.runs import beside, editions, manifest, order, standing, unread, ways
from analysis.runs.beside import Steps
from analysis.runs.jobs import Job, jobs
from analysis.runs.lock import held
from analysis.runs.manifest import Edition, Entry, Manifest
from analysis.runs.outcome import Outcome
from analysis.runs.plan import Plan
from analysis.runs.shelf import MANIFEST, Shelf
from analysis.runs.watch import Watch
from analysis.runs.workers import Threads, Workers
from analysis.survey.kept import assessed, delivery, ingest, store
from analysis.survey.kept.survey import Survey
from analysis.text import _

LIMIT = 600  # seconds for one notebook


def run(plan: Plan) -> Outcome:
    """Run a plan by itself on this machine: see `steps`."""
    with Threads() as workers:
        [outcome] = beside.ended([steps(plan, Watch(), workers)])
    return outcome


def steps(
    plan: Plan,
    watch: Watch,
    workers: Workers,
    force: bool = False,
    limit: float = LIMIT,
    found: standing.Look | None = None,
) -> Steps[Outcome]:
    """Ingest, run the jobs of the plan that have changed, and publish them: see `beside`.

    A job of which nothing has changed keeps its report, unless `force`. One failing notebook stops
    no other: its error stands in the manifest and on the index, and its previous page stays.
    `limit`: seconds for each notebook. `found`: what a run of all lets the next one know. Raises
    ProjectError where settings or register are wrong, or another run holds the project.
    """
    project = plan.project
    with held(project):
        plan.shelf.settle()
        survey, said = _read(project, watch, workers)
        plan = plan.compared(survey)
        selected = editions.selected(plan, survey)
        planned = jobs(plan.chosen, _subjects(plan, survey, selected), plan.values)
        watch.left_out(plan.drafts)
        watch.planned(planned)
        edition, old = editions.edition(selected, plan.variant), manifest.read(plan.shelf)
        new = Manifest(edition, plan.values, dict(survey.inputs.to_numpy().tolist()), {})
        known = {} if force or not old else old.entries
        keys = _keys(plan, planned, survey)
        entries, todo, stages = [], [], plan.stages
        for job in planned:
            if entry := manifest.unchanged(plan.shelf, known.get(job.id), keys[job.id]):
                entries.append(replace(entry, data=edition.sha256))
                watch.finished(entries[-1])
            else:
                todo.append(job)
        leads = {job.id: ways.of(job, stages, plan.shelf) for job in todo}
        work = _Work(project, edition, keys, leads, limit)
        todo = order.ordered(todo, old, survey.sources)
        waiting = work.begun(todo, workers) if todo else {}
        try:
            while waiting:
                future = yield [*waiting]
                job = waiting.pop(future)
                entry, files = work.ended(job, future)
                entries.append(manifest.kept(plan.shelf, entry, files))
                # A run that is killed has not lost what it has finished.
                so_far = (old or new).entries | {e.id: e for e in entries}
                manifest.save(plan.shelf, replace(old or new, entries=so_far))
                watch.finished(entries[-1])
                if order.stages_are_told(job, waiting.values()):
                    shown = manifest.merge(so_far, entries, edition)
                    _early(plan.shelf, replace(new, entries=shown), selected)
        except BaseException:
            from analysis.runs import execute

            execute.stop(waiting, project)
            raise
        entries = linked(plan, planned, entries, edition)
        first, told, refused = _finish(plan, selected, new, old, entries)
        if plan.shelf == plan.official:
            refused += elsewhere(plan)
        there = (plan.shelf.path(f"{e.id}.html") for e in entries if e.kind == "internal")
        outcome = Outcome(
            edition=editions.edition(survey),
            entries=entries,
            index=first.relative_to(project.root),
            problems=survey.problems["severity"].value_counts().to_dict(),
            key=fingerprint.of(
                project.questions(),
                survey.data,
                project.period,
                [(p.questions(), store.of_set(p.processed)) for p in store.kept_before(project)],
            ),
            refused=refused,
            inside=next((p.relative_to(project.root) for p in there if p.is_file()), None),
        )
        if found:
            standing.keep(plan, survey, found, told, said, outcome)
        return outcome


def _read(project: Project, watch: Watch, workers: Workers) -> tuple[Survey, str]:
    """Ingest; returns the survey, and what was read in a sentence."""

    def reading(done: int, of: int) -> None:
        workers.ready()  # what is read anew means reports to make
        watch.reading(done, of)

    tables = ingest.ingest(project, reading)
    said = delivery.read(tables["sources"], project)
    watch.read(said)
    _keep_real(project, tables["sources"])
    store.save(project, tables)
    return store.of(project), said


def _subjects(plan: Plan, survey: Survey, selected: Survey) -> dict[str, dict[str, str]]:
    """What there may be a report for each of: see `jobs`."""
    answered = selected.units[selected.units["answered"]]
    asked = survey.instrument
    return {
        "unit": dict(zip(answered["unit"], answered["unit_name"], strict=True)),
        "table": unread.asked(asked, str(plan.values.get("table", ""))),
        "index": {id: _(index.title) for id, index in asked.indices.items()},
    }


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


@dataclass(frozen=True)
class _Work:
    """What the jobs of a run share, and by their ids their keys and where their pages lead."""

    project: Project
    edition: Edition
    keys: dict[str, str]
    leads: dict[str, ways.Ways]
    limit: float

    def begun(self, todo: Sequence[Job], workers: Workers) -> dict[Future, Job]:
        """Jobs given to workers, who do them in this order as far as there is room."""
        workers.ready()
        from analysis.reports import publish  # a second, which a run without work need not spend

        pool = workers.of(self.project)
        return {pool.submit(publish.made, self.project, *self._of(job)): job for job in todo}

    def _of(self, job: Job) -> tuple[Job, Edition, ways.Ways, str, float]:
        return job, self.edition, self.leads[job.id], self.keys[job.id], self.limit

    def ended(self, job: Job, future: Future) -> tuple[Entry, dict[str, bytes]]:
        """What a job has made."""
        if not (error := future.exception()):
            return future.result()
        from analysis.reports import publish  # of a job whose worker died again and again, say
        from analysis.runs import execute

        result = execute.Result(job, 0.0, error=faults.line(error))
        return publish.report(result, self.edition, self.leads[job.id], self.keys[job.id])


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


def _early(shelf: Shelf, so_far: Manifest, survey: Survey) -> None:
    """Let the index lead to the stages as soon as they are there.

    Where it cannot be written, the end of the run says so.
    """
    from analysis.reports import publish

    publish.early(shelf, so_far, editions.units(survey))


def _finish(
    plan: Plan,
    survey: Survey,
    new: Manifest,
    old: Manifest | None,
    entries: list[Entry],
) -> tuple[Path, Manifest, list[str]]:
    """Index and zip, and the manifest when all else is in its place.

    `survey`: that of these reports. Returns the first page, the manifest, and which of these could
    not be written.
    """
    before = old.entries if old else {}
    merged = manifest.merge({} if plan.whole else before, entries, new.edition)
    new = replace(new, entries=merged)
    in_front = Shelf(plan.project.reports)
    everything = in_front.top.parent
    first = everything if plan.shelf == in_front else plan.shelf.public
    if old and manifest.alike(plan.shelf, old, new) and (first / "index.html").is_file():
        manifest.save(plan.shelf, told := replace(old, entries=merged))
        return first / "index.html", told, []

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
    return first / "index.html", new, refused
