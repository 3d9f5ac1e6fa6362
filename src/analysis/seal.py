"""What this user has made on this machine: a seal that nobody else can put on a file.

A folder that somebody passes on may bring along what looks like our own work: readings, a manifest,
executed notebooks. Only what holds our seal is taken for that; all else is made anew.
Source: HMAC, RFC 2104 (Krawczyk, Bellare, Canetti 1997), with SHA-256.
"""

import hmac
import os
import secrets
from contextlib import suppress
from functools import cache
from pathlib import Path

from platformdirs import user_data_path

SIZE = 32  # bytes of the key


def of(content: bytes) -> str:
    """The seal of some bytes."""
    return hmac.digest(_key(), content, "sha256").hex()


def holds(content: bytes, seal: str) -> bool:
    """Whether these bytes are sealed by us."""
    return hmac.compare_digest(of(content), seal.encode("ascii", "replace").decode())


def closed(name: str, content: bytes) -> bytes:
    """What a file of this name holds: our seal on it and its name, and the content."""
    return of(_named(name, content)).encode() + b"\n" + content


def opened(name: str, held: bytes) -> bytes | None:
    """The content of what a file of this name holds; None if its seal is not ours for this name."""
    sealed, _line, content = held.partition(b"\n")
    return content if holds(_named(name, content), sealed.decode("ascii", "replace")) else None


def _named(name: str, content: bytes) -> bytes:
    return f"{name}\n".encode() + content


@cache
def _key() -> bytes:
    """The key of this user: made once, and kept where no project lies.

    Where nothing can be kept it lasts as long as this process, and the next one makes all anew.
    """
    place = user_data_path("masterplan") / "key"
    return _kept(place) or _made(place)


def _kept(place: Path) -> bytes | None:
    with suppress(OSError):
        key = place.read_bytes()
        return key if len(key) == SIZE else None
    return None


def _made(place: Path) -> bytes:
    key, whole = secrets.token_bytes(SIZE), place.with_name(f"key.{secrets.token_hex(8)}")
    with suppress(OSError):
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(
            whole, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600
        )
        with os.fdopen(handle, "wb") as file:
            file.write(key)
        try:
            os.link(whole, place)  # whole, and only if no other process was faster
        except FileExistsError:
            if other := _kept(place):
                key = other
            else:  # damaged
                os.replace(whole, place)
        finally:
            whole.unlink(missing_ok=True)
    return key
