"""One job from notebook to executed notebook: papermill, and what it leaves to its caller."""

import math
import os
import re
import time
import warnings
from collections.abc import Collection
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty
from threading import Semaphore
from typing import Any, ClassVar, Self, cast

import papermill
import zmq
from jupyter_client import AsyncKernelClient, AsyncKernelManager
from jupyter_client.kernelspec import KernelSpec
from jupyter_core.utils import run_sync
from nbclient.exceptions import CellTimeoutError
from nbformat import NotebookNode

from analysis import faults
from analysis.project import PERIOD, ROOT, Limits, Project, ProjectError
from analysis.runs import bounds, gate, pictures
from analysis.runs.jobs import Job
from analysis.survey.kept.survey import NoAnswers
from analysis.text import _

PROVISIONER = {"provisioner_name": "masterplan-fork"}
# Nobody reads a log or a history; and outputs are waited for here, not by sleeping after each cell.
OPTIONS = [
    "--log-level=CRITICAL",
    "--HistoryManager.enabled=False",
    "--Kernel._execute_sleep=0",
]
# As many kernels compute as there are cores; more would only take the caches from each other.
CORES = Semaphore(os.cpu_count() or 1)

warnings.filterwarnings("ignore", "the file is not specified")  # papermill, of a ? in its name


class Unfinished(Exception):
    """The notebook stopped before its last cell without an error, for example by `exit()`."""


@dataclass(frozen=True)
class Result:
    """How a job ended: the executed notebook, or the error in words.

    `unanswered`: there is nobody's answer to make it from. `memory`: the most that its kernel has
    held, in MB; None where the system does not tell.
    `reused`: it was executed by an earlier run.
    """

    job: Job
    seconds: float
    notebook: NotebookNode | None = None
    error: str = ""
    unanswered: bool = False
    memory: float | None = None
    reused: bool = False


class Client(AsyncKernelClient):
    """Ready as soon as its kernel is heard and a core is free; the inherited one waits longer."""

    iopub_channel_class = bounds.Outputs
    parent: Any

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        kernel: Kernel = self.parent
        deadline = time.monotonic() + (math.inf if timeout is None else timeout)
        while time.monotonic() < deadline and await self.is_alive():
            with suppress(TimeoutError, Empty):
                reply = await self.kernel_info(reply=True, timeout=1)
                self._handle_kernel_info_reply(reply)
                await self.get_iopub_msg(timeout=0.2)  # outputs do arrive
                bounds.hold(kernel)
                kernel.computes = CORES.acquire()
                kernel.began = time.monotonic()
                return
        raise RuntimeError(_("kernel tidak menjawab"))


class Kernel(AsyncKernelManager):
    """The kernel of one job, forked where that is possible.

    `began`: when its first cell could run, or it started to. `limits`: what it may show and hold;
    `shown`: how many bytes it has; `most`: the bytes that it may hold, where that is limited.
    """

    running: ClassVar[set["Kernel"]] = set()
    client_factory = Client
    connected: AsyncKernelClient | None = None
    computes = False
    limits = Limits()
    shown = 0
    most: int | None = None
    began: float
    environment: dict[str, str]

    def __enter__(self) -> Self:
        self.began = time.monotonic()
        cast(KernelSpec, self.kernel_spec).metadata["kernel_provisioner"] = PROVISIONER
        self.running.add(self)
        return self

    def __exit__(self, *error: object) -> None:
        if self.computes:
            CORES.release()
        if self.has_kernel and run_sync(self.is_alive)():
            run_sync(self.shutdown_kernel)(now=True)
        run_sync(self.cleanup_resources)()
        if self.connected:
            self.connected.stop_channels()
        self.running.discard(self)

    # The inherited one is not what its own base promises, either.
    def client(self, **options: Any) -> AsyncKernelClient:  # type: ignore[override]
        connected = self.connected = super().client(**options)
        connected.context.setsockopt(zmq.RECONNECT_IVL, 5)  # ms: kernels soon listen
        # A kernel drops what a full queue does not take; ours is bounded by what it may show.
        connected.context.setsockopt(zmq.RCVHWM, 0)
        return connected


def stop(futures: Collection[Future], project: Project) -> None:
    """End these jobs of a project, with all that their kernels have started."""
    for future in futures:
        future.cancel()
    while not all(future.done() for future in futures):
        _stop(str(project.root))
        time.sleep(0.1)


def execute(job: Job, project: Project, limit: float) -> Result:
    """Run one notebook in its own kernel; an error in it becomes part of the result.

    `limit`: seconds that the cells may take together.
    """
    if job.notebook.fault:
        return Result(job, 0.0, error=job.notebook.fault)
    notebook, error, unanswered = None, "", False
    with Kernel(kernel_name="python3") as kernel:
        kernel.environment = {ROOT: str(project.root), PERIOD: project.period}
        kernel.limits = project.settings.limits
        try:
            notebook = papermill.execute_notebook(
                # papermill takes braces in a path for parameters.
                re.sub(r"([{}])", r"\1\1", str(project.notebooks / job.notebook.path.name)),
                None,
                job.parameters,
                kernel_name=kernel.kernel_name,
                km=kernel,
                progress_bar=False,
                request_save_on_cell_execute=False,
                # What a cell has shown may arrive long after it has ended: as long as all may take.
                iopub_timeout=math.ceil(limit),
                timeout_func=lambda cell: max(kernel.began + limit - time.monotonic(), 0.1),
                # papermill's own `cwd` changes the working directory of all threads.
                resources={"metadata": {"path": str(project.notebooks)}},
                extra_arguments=OPTIONS,
            )
            _finished(notebook)
            pictures.embed(notebook, project.notebooks)
            notebook.metadata.papermill.input_path = job.notebook.path.name
        except Exception as e:
            unanswered = getattr(e, "ename", "") == NoAnswers.__name__
            notebook, error = None, "" if unanswered else _said(e, limit, kernel)
        if bounds.too_much(kernel):  # also in its last cell, after which nobody finds it dead
            said = _(
                "mencetak lebih dari {limit} MB; cetak lebih sedikit, atau naikkan output_mb dalam "
                "data/raw/city.toml"
            )
            notebook, error = None, said.format(limit=kernel.limits.output_mb)
    memory = getattr(kernel.provisioner, "memory", None)
    seconds = time.monotonic() - kernel.began
    return Result(job, seconds, notebook, error, unanswered, memory)


def _stop(root: str) -> None:
    """End every kernel that runs for the project there, with all that it has started."""
    for kernel in list(Kernel.running):
        if (
            kernel.provisioner is not None
            and kernel.has_kernel
            and kernel.environment[ROOT] == root
        ):
            run_sync(kernel.provisioner.kill)()


def _said(error: Exception, limit: float, kernel: Kernel) -> str:
    """An error in the words that people read."""
    if isinstance(error, papermill.PapermillExecutionError):
        if error.ename == ProjectError.__name__:
            return error.evalue
        if bounds.short(kernel, error.ename):
            said = _(
                "sel {number}: perlu lebih dari {limit} MB memori; olah lebih sedikit sekaligus, "
                "atau naikkan memory_mb dalam data/raw/city.toml"
            )
            return said.format(number=error.exec_count, limit=kernel.limits.memory_mb)
        return _(gate.CELL).format(number=error.exec_count, name=error.ename, value=error.evalue)
    if isinstance(error, CellTimeoutError):
        return _("melebihi batas waktu {limit} detik").format(limit=round(limit))
    return faults.line(error)


def _finished(notebook: NotebookNode) -> None:
    """Every cell with code has run: papermill takes SystemExit for success."""
    code = [c for c in notebook.cells if c.cell_type == "code" and c.source.strip()]
    if any(c.execution_count is None for c in code):
        raise Unfinished(_("notebook berhenti sebelum sel terakhir"))
