"""Kernels that start warm: forked from a server in which everything is imported.

papermill, nbclient and JupyterLab all take the provisioner ``masterplan-fork``. Where there is no
forking, or ``MASTERPLAN_NO_FORK`` is set, it starts the same kernels in the ordinary way.
"""

import asyncio
import ctypes
import gc
import json
import logging
import os
import select
import signal
import socket
import subprocess
import sys
from atexit import register
from contextlib import suppress
from functools import cache
from importlib import import_module
from threading import Lock
from typing import Any, cast

from jupyter_client.provisioning.local_provisioner import KernelConnectionInfo, LocalProvisioner

from analysis import fingerprint
from analysis.runs import bounds, process, sockets
from analysis.text import _

# One thread each: kernels share the cores, and no result depends on how many there are.
ENVIRONMENT = dict.fromkeys(("MKL_NUM_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
ENVIRONMENT |= {"JE_ARROW_MALLOC_CONF": "background_thread:false", "JPY_PARENT_PID": "0"}
ENVIRONMENT["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"  # nobody debugs the server
# None of the folder in which it begins is imported.
BEGIN = "import sys; sys.path[:] = filter(None, sys.path); from analysis.runs import "
SILENT: dict[str, Any] = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.DEVNULL)


class Provisioner(LocalProvisioner):
    """Forks this Python's kernels where it can; `memory`: the most that one has held, in MB."""

    parent: Any
    process: Any  # a Popen, or a Forked

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        ours = self.parent.format_kernel_cmd()[:3] == [sys.executable, "-m", "ipykernel_launcher"]
        environment = getattr(self.parent, "environment", None)
        self.server = current() if ours else None
        if self.server:
            self.parent.transport, self.parent.ip = "ipc", f"{self.server.folder}/{self.kernel_id}"
        kwargs = await super().pre_launch(**kwargs)
        kwargs["env"] |= ENVIRONMENT | (environment or {})
        if ours and environment:  # of a run
            kwargs["cmd"][1:3] = ["-c", BEGIN + "process as it; it.ordinary()"]
        return kwargs | SILENT  # what a kernel prints it sends on

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        if self.server:
            try:
                request = [cmd[3:], kwargs["env"], str(kwargs.get("cwd") or os.getcwd())]
                self.process = await asyncio.to_thread(Forked, self.server, request)
                self.pid = self.pgid = self.process.pid
                return self.connection_info
            except OSError as error:
                _say_ordinary(str(error))
        return await super().launch_kernel(cmd, **kwargs)

    async def kill(self, restart: bool = False) -> None:
        await super().kill(restart)
        if isinstance(self.process, Forked) and self.process.returncode is None:
            await asyncio.to_thread(self.process.ended.poll, 1)  # instead of looking now and then

    async def poll(self) -> int | None:
        with suppress(OSError, IndexError):  # it has ended, or this system does not tell
            self.memory = round(bounds.kilobytes(self.pid, "VmHWM") / 1024, 1)
        return await super().poll()


class Forked:
    """A forked kernel, as far as its provisioner knows a process."""

    stdin = stdout = stderr = returncode = cast(int | None, None)

    def __init__(self, origin: "Server", request: list):
        with origin.lock:  # the server reaps a kernel no sooner than it forks the next
            self.pid = origin.ask(request)
            self.handle = os.pidfd_open(self.pid)
        self.ended = select.epoll()  # unlike a poll object, several threads may ask it at once
        self.ended.register(self.handle)

    def poll(self) -> int | None:
        if self.returncode is None and self.ended.poll(0):
            os.close(self.handle)
            self.returncode = -signal.SIGKILL
        return self.returncode

    def send_signal(self, signum: int) -> None:
        """Nothing: signals go to the kernel's group, and where there is none it has ended."""

    wait = poll


class Server:
    """The process that kernels are forked from; it lives no longer than this one."""

    def __init__(self) -> None:
        self.lock, self.folder = Lock(), sockets.folder()
        self.socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        command = [sys.executable, "-c", f"{BEGIN}kernels as it; it.serve({theirs.fileno()})"]
        options: dict[str, Any] = {"pass_fds": [theirs.fileno()], "env": os.environ | ENVIRONMENT}
        self.process = subprocess.Popen(command, **SILENT, **options)
        theirs.close()
        register(self.process.wait)
        register(self.socket.close)  # what is registered last is called first

    def ask(self, request: list) -> int:
        """Have a kernel forked, when the imports are done; returns its process id."""
        self.socket.send(json.dumps(request).encode())
        if answer := self.socket.recv(16):
            return int(answer)
        raise ConnectionError(_("server kernel berhenti"))


def current() -> Server | None:
    """The server with the imports of the present source; None where forking is switched off."""
    return None if os.environ.get("MASTERPLAN_NO_FORK") else server(fingerprint.source())


@cache
def server(source: str) -> Server | None:
    """The server with the imports of this source; None where there is no forking."""
    try:
        return Server() if sys.platform == "linux" else _say_ordinary(sys.platform)
    except OSError as error:
        return _say_ordinary(str(error))


@cache
def _say_ordinary(reason: str) -> None:
    said = _("Kernel dimulai dengan cara biasa; hasilnya sama, hanya lebih lambat ({reason}).")
    logging.getLogger(__name__).warning(said.format(reason=reason))


def serve(control: int) -> None:
    """The server's whole life, and in each of its forks that of a kernel.

    It holds no thread, event loop or ZeroMQ context, which do not survive a fork. When the other
    end of the socket closes, for whatever reason, it ends its kernels and all that they started.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    import_module("analysis.rehearsal").rehearse()
    if len(os.listdir("/proc/self/task")) > 1:
        raise RuntimeError("an import has started a thread")
    gc.freeze()
    server, kernels, requests = os.getpid(), set[int](), socket.socket(fileno=control)
    while message := requests.recv(1 << 20):
        kernels -= {kernel for kernel in kernels if os.waitpid(kernel, os.WNOHANG)[0]}
        arguments, env, cwd = process.foreseen(message)
        if not (pid := os.fork()):
            break
        os.setpgid(pid, pid)
        kernels.add(pid)
        requests.send(str(pid).encode())
    else:
        for kernel in kernels:
            os.killpg(kernel, signal.SIGKILL)
            os.waitpid(kernel, 0)
        return
    # Here is a fork.
    requests.close()
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
    if os.getppid() != server:
        return
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.environ.clear()
    os.environ.update(env)
    os.chdir(cwd)
    for module in ("random", "numpy.random"):
        import_module(module).seed()
    process.become(arguments)
