"""One job from notebook to executed notebook: papermill, and what it leaves to its caller."""

import time
from dataclasses import dataclass

import papermill
from nbformat import NotebookNode

from analysis.project import Project, ProjectError
from analysis.reports.jobs import Job
from analysis.text import _


class Unfinished(Exception):
    """The notebook stopped before its last cell without an error, for example by `exit()`."""


@dataclass(frozen=True)
class Result:
    """How a job ended: the executed notebook, or the error in words."""

    job: Job
    seconds: float
    notebook: NotebookNode | None = None
    error: str = ""


def execute(job: Job, project: Project) -> Result:
    """Run one notebook in its own kernel; an error in it becomes part of the result."""
    start = time.monotonic()
    try:
        executed = papermill.execute_notebook(
            str(job.notebook.path),
            None,
            job.parameters,
            kernel_name="python3",
            progress_bar=False,
            request_save_on_cell_execute=False,
            # papermill's own `cwd` changes the working directory of all threads.
            resources={"metadata": {"path": str(project.notebooks)}},
            extra_arguments=["--log-level=CRITICAL"],
        )
        _finished(executed)
        executed.metadata.papermill.input_path = job.notebook.path.name
    except papermill.PapermillExecutionError as error:
        words = _("sel {number}: {name}: {value}")
        if error.ename == ProjectError.__name__:
            words = "{value}"
        where = words.format(number=error.exec_count, name=error.ename, value=error.evalue)
        return Result(job, time.monotonic() - start, error=where)
    except Exception as error:
        return Result(job, time.monotonic() - start, error=f"{type(error).__name__}: {error}")
    return Result(job, time.monotonic() - start, executed)


def _finished(notebook: NotebookNode) -> None:
    """Every cell with code has run: papermill takes SystemExit for success."""
    code = [c for c in notebook.cells if c.cell_type == "code" and c.source.strip()]
    if any(c.execution_count is None for c in code):
        raise Unfinished(_("notebook berhenti sebelum sel terakhir"))
