"""What a run tells while it goes on."""

from collections.abc import Sequence

from analysis.reports.jobs import Job
from analysis.reports.manifest import Entry


class Watch:
    """Tells nobody; the command line overrides what it shows."""

    def reading(self, done: int, of: int) -> None:
        """`done` of `of` workbooks have been read."""

    def planned(self, planned: Sequence[Job]) -> None:
        """These jobs will run."""

    def started(self, job: Job) -> None:
        """A job's kernel starts."""

    def finished(self, entry: Entry) -> None:
        """A job has ended, well or not."""
