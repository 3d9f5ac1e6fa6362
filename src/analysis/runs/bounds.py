"""What one notebook may show and hold, kept while it runs."""

import asyncio
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

from jupyter_client.channels import AsyncZMQSocketChannel

from analysis.project import Limits

MB = 1_000_000
NEARLY = 0.95  # of its memory: more is all of it


class Held(Protocol):
    """A kernel as it is held: see `execute.Kernel`."""

    limits: Limits
    shown: int
    most: int | None
    provisioner: Any


class Outputs(AsyncZMQSocketChannel):
    """The outputs of a kernel, which is ended when they are more than it may show."""

    session: Any

    # The inherited one is not what its own base promises, either.
    async def _recv(self, **options: Any) -> dict[str, Any]:  # type: ignore[override]
        kernel: Held = self.session.parent
        parts = await self.socket.recv_multipart(**options)
        _ident, parts = self.session.feed_identities(parts)
        kernel.shown += sum(map(len, parts[4:]))  # without signature and headers
        if too_much(kernel):
            await kernel.provisioner.kill()
            await asyncio.Future()  # nothing more is kept; whoever waits finds the kernel dead
        return self.session.deserialize(parts)


def too_much(kernel: Held) -> bool:
    """Whether a kernel has shown more than it may."""
    return kernel.shown > kernel.limits.output_mb * MB


def hold(kernel: Held) -> None:
    """Let a kernel take so much memory beyond what it has at its start; the next is an error there.

    Only Linux can tell a process that runs; elsewhere there is no limit.
    """
    with suppress(ImportError, AttributeError, OSError):
        import resource

        most = _taken(kernel) + kernel.limits.memory_mb * MB
        resource.prlimit(kernel.provisioner.pid, resource.RLIMIT_DATA, (most, most))
        kernel.most = most


def short(kernel: Held, error: str) -> bool:
    """Whether the error of this name in a kernel came of its limit on memory.

    One that has nothing left cannot even name its error.
    """
    with suppress(OSError, IndexError):
        most = kernel.most or 0
        return bool(most) and (error.endswith("MemoryError") or _taken(kernel) > most * NEARLY)
    return False


def _taken(kernel: Held) -> int:
    """The bytes that a kernel has, as its limit counts them."""
    return kilobytes(kernel.provisioner.pid, "VmData") * 1024


def kilobytes(pid: int | None, what: str) -> int:
    """What Linux tells of a process's memory under this name (VmData, VmHWM).

    Raises OSError or IndexError where it tells nothing, as of a process that has ended.
    """
    status = Path(f"/proc/{pid}/status").read_text("utf-8")
    return int(status.split(f"{what}:")[1].split()[0])
