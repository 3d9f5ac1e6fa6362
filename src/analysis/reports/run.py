"""The main job: answers in, every notebook run, reports out."""

import hashlib
import os
import time
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import pandas as pd

from analysis import text
from analysis.project import Project, write
from analysis.reports import html, publish
from analysis.reports.execute import execute, stop
from analysis.reports.jobs import Job, Notebook, jobs, notebooks, parameters, select
from analysis.survey import ingest, store
from analysis.survey.store import Survey

PACKAGES = ("masterplan-siantar", "papermill", "pandas", "matplotlib", "seaborn")


class Watch:
    """What a run tells while it goes on; the command line overrides what it shows."""

    def reading(self, done: int, of: int) -> None:
        """`done` of `of` workbooks have been read."""

    def planned(self, planned: Sequence[Job]) -> None:
        """These jobs will run."""

    def started(self, job: Job) -> None:
        """A job's kernel starts."""

    def finished(self, entry: publish.Entry) -> None:
        """A job has ended, well or not."""


@dataclass(frozen=True)
class Plan:
    """What a run will do: which notebooks, with which values, into which folder."""

    project: Project
    period: str
    folder: Path
    found: list[Notebook]
    chosen: list[Notebook]
    values: dict[str, object]
    whole: bool


@dataclass(frozen=True)
class Outcome:
    """What a run made: its entries in the manifest, the index, and the answers behind it."""

    entries: list[publish.Entry]
    index: Path
    problems: pd.DataFrame


def plan(
    project: Project,
    names: Sequence[str] = (),
    assignments: Sequence[str] = (),
    variant: str = "",
    language: str = text.SOURCE,
) -> Plan:
    """Check what was asked for; a run with parameters of its own makes a variant.

    Raises JobError for an unknown notebook, parameter or value.
    """
    found = notebooks(project)
    chosen = select(found, names)
    values = parameters(assignments, chosen)
    period = str(values.get("period") or project.settings.period)
    folder = project.reports(period)
    if language != text.SOURCE:
        folder, values = folder / language, values | {"language": language}
    if assignments:
        folder = folder / "variants" / publish.slug(variant or "-".join(sorted(assignments)))
    return Plan(project, period, folder, found, chosen, values, whole=not names)


def run(plan: Plan, workers: int = 0, watch: Watch | None = None) -> Outcome:
    """Ingest, run every job of the plan, several at a time, and publish what they made.

    One failing notebook stops no other: its error stands in the manifest and on the index, and
    its previous page stays. Raises ProjectError where settings or register are wrong.
    """
    watch, project = watch or Watch(), plan.project
    store.save(project, plan.period, ingest.ingest(project, plan.period, watch.reading))
    survey = store.load(plan.period, root=str(project.root))
    edition = _edition(survey)
    answered = survey.units[survey.units["answered"]]
    planned = jobs(
        plan.chosen, dict(zip(answered["unit"], answered["unit_name"], strict=True)), plan.values
    )
    watch.planned(planned)
    stages = [n for n in plan.found if not n.internal and not n.per_unit]

    def work(job: Job):
        watch.started(job)
        return execute(job, project, 600)

    entries = []
    with ThreadPoolExecutor(workers or os.cpu_count() or 1) as pool:
        futures: list[Future] = [pool.submit(work, job) for job in planned]
        try:
            for future in as_completed(futures):
                entry = publish.report(future.result(), edition, plan.folder, stages)
                entries.append(entry)
                watch.finished(entry)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            while not all(future.done() for future in futures):
                stop()
                time.sleep(0.1)
            raise
    first = _finish(plan, survey, edition, entries)
    return Outcome(entries, first, survey.problems)


def _edition(survey: Survey) -> html.Edition:
    used = survey.sources[survey.sources["used"]].sort_values("file")
    lines = "".join(f"{row.file} {row.sha256}\n" for row in used.itertuples())
    return html.Edition(
        city=survey.settings.name,
        period=survey.period,
        made=text.moment(datetime.now(UTC), survey.settings.timezone),
        answered=int(survey.units["answered"].sum()),
        expected=len(survey.units),
        sample=survey.sample,
        sha256=hashlib.sha256(lines.encode()).hexdigest(),
        versions={name: version(name) for name in PACKAGES},
        language=text.language(),
    )


def _finish(plan: Plan, survey: Survey, edition: html.Edition, new: list[publish.Entry]) -> Path:
    """Index and zip, and the manifest when all else is in its place; returns the first page."""
    old = publish.read(plan.folder)
    before = old.entries if old else {}
    entries = publish.merge({} if plan.whole else before, new, edition)
    publish.retire(plan.folder, entries, before, edition)
    inputs = survey.sources.loc[survey.sources["used"], ["file", "sha256"]]
    manifest = publish.Manifest(edition, plan.values, dict(inputs.to_numpy().tolist()), entries)
    units = _units(survey)
    publish.front(plan.folder, manifest, units)
    publish.save(plan.folder, manifest)
    official = plan.project.reports(plan.period)
    if plan.folder != official:
        if manifest := publish.read(official):
            publish.front(official, manifest, units)
        return plan.folder / "index.html"
    everything = plan.project.reports()
    periods = [p.parent.name for p in everything.glob("*/manifest.json")]
    page = html.landing(edition.city, sorted(periods, reverse=True))
    write(everything / "index.html", page)
    return everything / "index.html"


def _units(survey: Survey) -> list[dict]:
    """The selected units for the index: name, group, and the share of required cells filled."""
    counts = survey.completeness.groupby("unit")[["expected", "answered", "tb"]].sum()
    shares = (counts["answered"] + counts["tb"]) / counts["expected"]
    return [
        {
            "id": unit.unit,
            "name": unit.unit_name,
            "group_name": unit.group_name,
            "completeness": float(shares[unit.unit]) if unit.answered else None,
        }
        for unit in survey.units.itertuples()
    ]
