"""Pages that lead to others than was foreseen are made again, without running their notebooks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from analysis import text
from analysis.runs import manifest, ways
from analysis.runs.jobs import Job
from analysis.runs.manifest import Edition, Entry
from analysis.runs.notebook import Notebook, notebooks
from analysis.runs.plan import Plan


def linked(
    plan: Plan, planned: Iterable[Job], entries: Sequence[Entry], edition: Edition
) -> list[Entry]:
    """The entries, with new pages for those that lead elsewhere than they say.

    A stage that has never been made is nobody's neighbour.
    """
    there = [n for n in plan.stages if plan.shelf.path(f"{n.path.stem}.html").is_file()]
    jobs, made = {job.id: job for job in planned}, []
    for entry in entries:
        job = jobs.get(entry.id)
        if job and entry.files and entry.links != (leads := ways.of(job, there, plan.shelf)).key:
            from analysis.reports import publish  # takes a second, which is seldom spent here

            if known := publish.again(plan.shelf, job, entry):
                anew, files = publish.report(known, edition, leads, entry.key)
                anew = replace(anew, made=entry.made, reused=entry.reused)
                entry = manifest.kept(plan.shelf, anew, files)
        made.append(entry)
    return made


def elsewhere(plan: Plan) -> list[str]:
    """Let the pages in other languages lead to what this plan has made.

    Returns which files in front of them could not be written.
    """
    refused = []
    for language, shelf in ways.translated(plan.shelf).items():
        if known := manifest.read(shelf):
            with text.using(language):
                found = notebooks(plan.project)
                other = replace(plan, shelf=shelf, official=shelf, found=found, chosen=[])
                entries = [*known.entries.values()]
                again = linked(other, _jobs(found, known.entries), entries, known.edition)
                if again != entries:
                    from analysis.reports import publish

                    known = replace(known, entries={entry.id: entry for entry in again})
                    refused += publish.anew(plan.project, shelf, known)
    return refused


def _jobs(found: Sequence[Notebook], entries: Mapping[str, Entry]) -> list[Job]:
    """The jobs that have made these, as far as their notebooks are still there."""
    named = {notebook.target: notebook for notebook in found}
    return [
        Job(notebook, PurePosixPath(id), entry.title, entry.parameters)
        for id, entry in entries.items()
        if (notebook := named.get(id) or named.get(id.split("/")[0]))
    ]
