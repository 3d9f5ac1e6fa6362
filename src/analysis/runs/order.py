"""In which order the jobs of a run are done: what is asked for first can be read first."""

from collections.abc import Iterable, Sequence

import pandas as pd

from analysis.runs.jobs import Job
from analysis.runs.manifest import Manifest


def ordered(todo: Sequence[Job], old: Manifest | None, sources: pd.DataFrame) -> list[Job]:
    """Jobs in the order in which they begin.

    First come the stages; then units whose own workbooks are others than in the `old` manifest, all
    else on the city, and the other units. Of these what has taken longest comes first, as far as
    that tells, so that no core waits for it at the end. `sources`: the table of that name.
    """
    before = old.inputs if old else {}
    now = sources[sources["used"]]
    same = [before.get(file) == sha for file, sha in zip(now["file"], now["sha256"], strict=True)]
    late = set(now.loc[[not known for known in same], "unit"]) if old else set()
    known = old.entries if old else {}

    def rank(job: Job) -> tuple[int, float]:
        kind, unit = job.notebook.kind, job.parameters.get("unit")
        place = 0 if kind == "stage" else 1 if unit in late else 3 if kind == "unit" else 2
        return place, -known[job.id].seconds if job.id in known else 0.0

    return sorted(todo, key=rank)


def stages_are_told(ended: Job, waiting: Iterable[Job]) -> bool:
    """Whether the job that has ended was the last of a stage, and others remain."""
    kinds = {job.notebook.kind for job in waiting}
    return ended.notebook.kind == "stage" and bool(kinds) and "stage" not in kinds
