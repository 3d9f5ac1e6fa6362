"""The process that a kernel is: what `python -m ipykernel_launcher` would be, begun otherwise."""

import gc
import json
import os
import sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path

from analysis.project import PERIOD, ROOT, Project

# What nearly every notebook imports.
IMPORTS = "ipykernel.debugger", "analysis.rehearsal", "analysis.survey.kept.store"


def ordinary() -> None:
    """The whole life of a run's kernel that is not forked; `sys.argv` has its arguments.

    It imports before a core is its own to compute, looks for no garbage among that, and does
    without the debugger.
    """
    gc.disable()
    sys.modules["debugpy"] = None  # type: ignore[assignment]  # as if it were not installed
    for module in IMPORTS:
        import_module(module)
    del sys.modules["debugpy"]
    become(sys.argv[1:])


def foreseen(request: bytes) -> list:
    """What a server is asked to fork, when it has read what all notebooks of a project read."""
    arguments, env, cwd = json.loads(request)
    with suppress(Exception):  # else each of them says what is wrong with it
        asked = import_module("analysis.survey.asked.instrument")
        asked.Instrument.load(Project(Path(env[ROOT]).resolve(), asked=env[PERIOD]))
    return [arguments, env, cwd]


def become(arguments: list[str]) -> None:
    """Be the kernel of these arguments until it ends."""
    app = import_module("ipykernel.kernelapp").IPKernelApp.instance()
    app.initialize(arguments)
    # matplotlib read the environment before the kernel had named its inline backend there.
    import_module("matplotlib").rcParams["backend"] = os.environ["MPLBACKEND"]
    gc.freeze()
    gc.enable()
    app.start()
