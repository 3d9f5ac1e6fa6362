"""One run at a time in a project folder."""

import errno
import json
import os
import platform
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime

from filelock import FileLock, Timeout

from analysis import text
from analysis.project import Project, ProjectError, write
from analysis.text import _

# What a file system says that has no locks; None: of filelock itself.
NO_LOCKS = {None, errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EINVAL}
LOCK, HOLDER = ".masterplan.lock", ".masterplan.json"


@contextmanager
def held(project: Project) -> Iterator[None]:
    """Hold the project's lock; the operating system frees it, however this process ends.

    Raises ProjectError that says who holds it.
    """
    lock = FileLock(project.root / LOCK)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # it would take a file for a lock, which outlives us
            lock.acquire(timeout=0)
    except Timeout:
        raise ProjectError(_busy(project)) from None
    except (OSError, NotImplementedError, UserWarning) as error:
        if getattr(error, "errno", None) not in NO_LOCKS:
            raise
        said = _(
            "Folder ini tidak dapat dikunci ({reason}), misalnya karena terletak di folder "
            "jaringan. Salin folder proyek ke diska komputer ini, lalu ulangi."
        )
        raise ProjectError(said.format(reason=" ".join(str(error).split()))) from error
    with lock:
        since = datetime.now(UTC).isoformat()
        holder = {"pid": os.getpid(), "host": platform.node(), "since": since}
        # Beside the lock: on Windows a locked file cannot be read.
        write(project.root / HOLDER, json.dumps(holder))
        try:
            yield
        finally:
            lock.release()


def _busy(project: Project) -> str:
    said = _("Folder ini sedang dipakai oleh perintah masterplan yang lain")
    with suppress(OSError, ValueError, KeyError):
        holder = json.loads((project.root / HOLDER).read_text("utf-8"))
        since = text.moment(datetime.fromisoformat(holder["since"]), project.settings.timezone)
        said += _(" (proses {pid} di {host}, sejak {since})").format(**holder | {"since": since})
    return said + _(". Tunggu sampai selesai, lalu ulangi.")
