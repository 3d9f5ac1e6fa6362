"""Who does the jobs: threads of this machine, or a cluster (see `cluster`)."""

import os
from concurrent.futures import Executor, ThreadPoolExecutor
from typing import Protocol, Self

from analysis.project import Project


class Workers(Protocol):
    """Some that do the jobs of any project."""

    @property
    def count(self) -> int:
        """How many they do at a time."""

    def ready(self) -> None:
        """Begin what jobs will need, while other work is done here."""

    def of(self, project: Project) -> Executor:
        """An executor for jobs of one project, whose files are now as the jobs shall read them.

        A job is a function that is called with the project and some values. Whoever asked for the
        workers ends them.
        """


class Threads:
    """Threads of this machine; without a `count` as many as suit it."""

    def __init__(self, count: int | None = None):
        # More than there are cores: while some compute, others start, end or become a page.
        self.count = count or (os.cpu_count() or 1) + 2
        self.pool = ThreadPoolExecutor(self.count)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.pool.shutdown()

    def ready(self) -> None:
        from analysis.runs import kernels

        kernels.current()  # their server imports meanwhile

    def of(self, project: Project) -> Executor:
        return self.pool
