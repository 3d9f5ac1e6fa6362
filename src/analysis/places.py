"""Where projects lie: in folders here, or in an object store (``s3://bucket/kota-1273``).

What lies in a store is worked on in a copy: everything comes at the start, and at the end what has
changed goes back, each object whole and what vouches for the others last. Credentials are those
that the store's library finds in the environment; an address that holds some is refused.
"""

import hashlib
import json
import os
import platform
import posixpath
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from glob import escape, glob, has_magic
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

from analysis.project import SETTINGS, Project, ProjectError
from analysis.text import _

Store = Any  # a file system of fsspec, which has no types

LOCK = ".masterplan.lock"
VOUCHERS = ("manifest.json", ".sha256")  # how their names end
# Readings hold for their user alone; locks and caches for this machine.
LEFT_OUT = {"readings", "common", "__pycache__", ".ipynb_checkpoints", LOCK, ".masterplan.json"}


def remote(place: str) -> bool:
    """Whether a place is an address in a store."""
    return "://" in place


def found(patterns: Sequence[str]) -> list[str]:
    """The projects that patterns stand for, each once; a place that is there is itself.

    Raises ProjectError for a pattern that fits no project.
    """
    places = []
    for pattern in patterns:
        fitting = [pattern]
        if has_magic(pattern) and remote(pattern):
            with _told(pattern):
                store, path = _store(pattern)
                here = store.exists(f"{path}/{SETTINGS.as_posix()}")
                hits = [] if here else store.glob(f"{path}/{SETTINGS.as_posix()}")
            scheme = pattern.partition("://")[0]
            if not here:
                fitting = [f"{scheme}://{PurePosixPath(hit).parents[2]}" for hit in sorted(hits)]
        elif has_magic(pattern) and not Path(pattern).is_dir():
            hits = sorted(glob(_pattern(Path(pattern))))
            fitting = [path for path in hits if (Path(path) / SETTINGS).is_file()]
        if not fitting:
            raise ProjectError(
                _("Tidak ada folder proyek yang cocok dengan {pattern}.").format(pattern=pattern)
            )
        places += fitting
    return list(dict.fromkeys(places))


def _pattern(path: Path) -> str:
    """A pattern in which folders that exist stand for themselves, whatever their names hold."""
    for parent in path.parents:
        if parent.is_dir():
            return str(Path(escape(str(parent)), path.relative_to(parent)))
    return str(path)


def above(places: Sequence[str]) -> str:
    """The place that holds all these. Raises ProjectError where there is none."""
    schemes = {place.partition("://")[0] for place in places if remote(place)}
    with suppress(ValueError):
        if not schemes:
            return os.path.commonpath([os.path.abspath(place) for place in places])
        paths = [place.partition("://")[2].rstrip("/") for place in places]
        if len(schemes) == 1 and (shared := posixpath.commonpath(paths)):
            return f"{schemes.pop()}://{shared}"
    raise ProjectError(_("Semua kota harus berada di bawah satu folder yang sama."))


def joined(place: str, *names: str) -> str:
    """A place below a place."""
    return "/".join([place.rstrip("/"), *names]) if remote(place) else os.path.join(place, *names)


def shown(place: str | None, project: Project, path: Path) -> str:
    """Where people find a path of the project at this place."""
    if place and remote(place) and path.is_relative_to(project.root):
        return joined(place, *path.relative_to(project.root).parts)
    return str(path)


@contextmanager
def opened(place: str | None, period: str = "", trusted: Path | None = None) -> Iterator[Project]:
    """The project at a place (None: here or upwards), to be read and written as a folder.

    `period`: the one that is asked for. `trusted`: the folder of the notebooks to run instead of
    its own. Raises ProjectError that says what to do where that cannot be.
    """
    if place is None or not remote(place):
        yield replace(Project.find(place, period), trusted=trusted)
        return
    with _told(place):
        store, path = _store(place)
        if not store.exists(f"{path}/{SETTINGS.as_posix()}"):
            said = _(
                "{place} bukan folder proyek: {file} tidak ada di sana. Periksa nama bucket dan "
                "foldernya."
            )
            raise ProjectError(said.format(place=place, file=SETTINGS.as_posix()))
    with folder(place) as here:
        yield replace(Project.find(here, period), trusted=trusted)


@contextmanager
def folder(place: str) -> Iterator[Path]:
    """A place as a folder. Raises ProjectError as `opened` does."""
    if not remote(place):
        yield Path(place)
        return
    with _told(place):
        store, path = _store(place)
    with _held(store, path, place), TemporaryDirectory(prefix="masterplan-") as temporary:
        here = Path(temporary) / PurePosixPath(path).name
        here.mkdir()
        with _told(place):
            before = _fetch(store, path, here)
        try:
            yield here
        finally:
            with _told(place):
                _put_back(store, path, here, before)


def _store(place: str) -> tuple[Store, str]:
    """The file system that a place is in, and its path there."""
    try:
        import fsspec
    except ImportError:
        said = _("Untuk {place} diperlukan paket tambahan: pip install '.[cluster]'")
        raise ProjectError(said.format(place=place)) from None
    parts = urlsplit(place)
    if parts.scheme == "file":
        raise ProjectError(_("Tulis jalur foldernya saja, tanpa file://."))
    if "@" in parts.netloc:
        said = _("Jangan menulis sandi di alamat {scheme}://...; simpanlah di lingkungan (env).")
        raise ProjectError(said.format(scheme=parts.scheme))
    store, path = fsspec.url_to_fs(place, use_listings_cache=False)
    return store, path.rstrip("/")


@contextmanager
def _told(place: str) -> Iterator[None]:
    """Whatever a store raises, as one line that says what to do."""
    try:
        yield
    except ProjectError:
        raise
    except PermissionError as error:
        said = _("Tidak ada izin untuk {place}. Periksa hak akses kunci yang dipakai.")
        raise ProjectError(said.format(place=place)) from error
    except FileNotFoundError as error:
        said = _("{place} tidak ada. Periksa nama bucket dan foldernya.")
        raise ProjectError(said.format(place=place)) from error
    except Exception as error:
        said = _("{place} tidak dapat dipakai ({reason}). Periksa alamat, jaringan, dan kuncinya.")
        reason = " ".join(str(error).split()) or type(error).__name__
        raise ProjectError(said.format(place=place, reason=reason)) from error


@contextmanager
def _held(store: Store, path: str, place: str) -> Iterator[None]:
    """Hold a place's lock: an object that only one can create, and that names its holder.

    One that names nobody locks nothing: a local lock, which is an empty file, was uploaded.
    """
    lock = f"{path}/{LOCK}"
    since = datetime.now(UTC).isoformat(timespec="seconds")
    holder = {"pid": os.getpid(), "host": platform.node(), "since": since}
    with _told(place):
        if store.exists(lock) and not _holder(store, lock):
            store.rm_file(lock)
        try:
            store.pipe_file(lock, json.dumps(holder).encode(), mode="create")
        except FileExistsError:
            said = _(
                "{place} sedang dipakai oleh perintah masterplan yang lain (proses {pid} di "
                "{host}, sejak {since}). Tunggu sampai selesai; bila perintah itu terhenti, "
                "hapus {lock}."
            )
            there = dict.fromkeys(holder, "?") | _holder(store, lock)
            raise ProjectError(
                said.format(place=place, lock=joined(place, LOCK), **there)
            ) from None
    try:
        yield
    finally:
        with suppress(Exception):  # what went wrong before is what has to be told
            store.rm_file(lock)


def _holder(store: Store, lock: str) -> dict[str, object]:
    """Who holds a lock; nothing where that cannot be read."""
    with suppress(ValueError, KeyError, TypeError):
        told = json.loads(store.cat_file(lock))
        return {name: told[name] for name in ("pid", "host", "since")}
    return {}


def _fetch(store: Store, path: str, here: Path) -> dict[str, str]:
    """Copy everything here; returns the sha256 of each file by its name below the place."""
    names = [key.removeprefix(f"{path}/") for key in store.find(path)]
    names = [n for n in names if not ({"..", *LEFT_OUT} & set(PurePosixPath(n).parts))]
    if names:
        store.get([f"{path}/{name}" for name in names], [str(here / name) for name in names])
    return _digests(here)


def _digests(here: Path) -> dict[str, str]:
    return {
        path.relative_to(here).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(here.rglob("*"))
        if path.is_file() and not LEFT_OUT & set(path.relative_to(here).parts)
    }


def _put_back(store: Store, path: str, here: Path, before: dict[str, str]) -> None:
    """Put what has changed in its place, remove what is gone."""
    after = _digests(here)
    changed = [name for name, sha256 in after.items() if before.get(name) != sha256]
    for last in (False, True):
        names = [n for n in changed if n.endswith(VOUCHERS) == last]
        if names:
            store.put([str(here / name) for name in names], [f"{path}/{name}" for name in names])
    if gone := before.keys() - after.keys():
        store.rm([f"{path}/{name}" for name in sorted(gone)])
