"""In which order the jobs of a run are done: what is asked for first can be read first."""

from collections.abc import Iterable, Sequence

import pandas as pd

from analysis.runs.jobs import Job
from analysis.runs.manifest import Manifest


def ordered(todo: Sequence[Job], old: Manifest | None, sources: pd.DataFrame) -> list[Job]:
    """Jobs in the order in which they begin.

    Reports on the city come before those on units, and of these first those whose own workbooks
    are others than in the `old` manifest; then what has taken longest, as far as that tells, so
    that no core waits for it at the end. `sources`: the table of that name.
    """
    before = old.inputs if old else {}
    now = sources[sources["used"]]
    same = [before.get(file) == sha for file, sha in zip(now["file"], now["sha256"], strict=True)]
    late = set(now.loc[[not known for known in same], "unit"]) if old else set()
    known = old.entries if old else {}

    def rank(job: Job) -> tuple[bool, bool, float]:
        unit = job.parameters.get("unit")
        seconds = known[job.id].seconds if job.id in known else 0.0
        return of_unit(job), unit not in late, -seconds

    return sorted(todo, key=rank)


def of_unit(job: Job) -> bool:
    """Whether a job's report is on one unit, and not on the city."""
    return job.notebook.per == "unit"


def city_is_told(ended: Job, waiting: Iterable[Job]) -> bool:
    """Whether the job that has ended was the last on the city, and some on units remain."""
    remaining = [of_unit(job) for job in waiting]
    return not of_unit(ended) and bool(remaining) and all(remaining)
