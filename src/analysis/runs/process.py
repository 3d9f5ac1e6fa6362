"""The process that a kernel is: what `python -m ipykernel_launcher` would be, begun otherwise."""

import gc
import os
import sys
from importlib import import_module

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


def become(arguments: list[str]) -> None:
    """Be the kernel of these arguments until it ends."""
    app = import_module("ipykernel.kernelapp").IPKernelApp.instance()
    app.initialize(arguments)
    # matplotlib read the environment before the kernel had named its inline backend there.
    import_module("matplotlib").rcParams["backend"] = os.environ["MPLBACKEND"]
    gc.freeze()
    gc.enable()
    app.start()
