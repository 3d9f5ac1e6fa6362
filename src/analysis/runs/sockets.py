"""Where the sockets of kernels lie: in a folder that its user alone may enter.

It is locked as long as its process lives, by which a folder that was left is known.
"""

import os
import shutil
import tempfile
from atexit import register
from contextlib import suppress
from pathlib import Path

PREFIX = "masterplan-sockets-"
LONGEST = 107 - len("xxxxxxxx/xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx-5")  # bytes, of a socket's path


def folder() -> Path:
    """A new folder, which goes when this process ends; or, if that was killed, with the next one.

    Raises OSError where there can be none.
    """
    parent = Path(tempfile.gettempdir())
    if len(os.fsencode(parent / PREFIX)) > LONGEST:
        parent = Path("/tmp")
    _forget(parent)
    while True:
        made = Path(tempfile.mkdtemp(prefix=PREFIX, dir=parent))
        held = os.open(made, os.O_RDONLY)
        if _locked(held) and made.is_dir():  # nobody took it for a leftover meanwhile
            register(shutil.rmtree, made, ignore_errors=True)
            return made
        os.close(held)


def _forget(parent: Path) -> None:
    """Remove the folders of this user's processes that are gone."""
    for left in parent.glob(f"{PREFIX}*"):
        with suppress(OSError):  # another's, or gone
            handle = os.open(left, os.O_RDONLY | os.O_NOFOLLOW | os.O_DIRECTORY)
            try:
                if os.fstat(handle).st_uid == os.getuid() and _locked(handle):
                    shutil.rmtree(left)
            finally:
                os.close(handle)


def _locked(handle: int) -> bool:
    """Whether the lock is ours now; the system frees it with the process that holds it."""
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
