"""What a run tells while it goes on."""

from collections.abc import Sequence
from pathlib import Path
from typing import Self

from analysis.runs.jobs import Job
from analysis.runs.manifest import Entry


class Watch:
    """Tells nobody; the command line overrides what it shows."""

    def city(self, place: str, done: int, of: int) -> Self:
        """The run turns to the city at this place, after `done` of `of`; what watches it."""
        return self

    def foreign(self, files: Sequence[Path]) -> None:
        """These programs among a city's notebooks are not the release's, and will run."""

    def left_out(self, drafts: Sequence[Path]) -> None:
        """These notebooks do not run, as they are called like copies or trials."""

    def reading(self, done: int, of: int) -> None:
        """`done` of `of` workbooks have been read."""

    def read(self, said: str) -> None:
        """All workbooks have been read: what they are, in one sentence."""

    def unchanged(self, count: int) -> None:
        """Nothing has changed since so many reports were made."""

    def planned(self, planned: Sequence[Job]) -> None:
        """These jobs will run, in this order as far as there is room."""

    def finished(self, entry: Entry) -> None:
        """A job has ended, well or not."""
