"""What the notebooks of an edition have in common, worked out by the first that needs it.

It is files beside the processed tables, in a folder named by all that they depend on, and sealed:
one of another program, of other answers or of somebody else's making is none.
"""

import io
import os
import shutil
import zipfile
from collections.abc import Callable, Mapping
from contextlib import suppress

import pandas as pd

from analysis import fingerprint, seal, text
from analysis.project import PERIOD, ROOT, Project, write

Frames = Mapping[str, pd.DataFrame]


def common(project: Project, data: str, name: str, work: Callable[[], Frames]) -> Frames:
    """The frames called `name`, as a notebook before has kept them, or else as `work` makes them.

    `data`: the fingerprint of the processed tables that they are made of. Only in the run of a
    project's own period are they kept: nothing of another one is ever written.
    """
    key = fingerprint.program(), project.questions(), project.period, text.language(), data
    folder = project.processed / "common" / fingerprint.of(*key)
    place, sealed = folder / name, f"{folder.name}/{name}"
    with suppress(Exception):  # not there, or no longer whole
        if content := seal.opened(sealed, place.read_bytes()):
            return _unpacked(content)
    made = work()
    if (os.environ.get(ROOT), os.environ.get(PERIOD)) == (str(project.root), project.period):
        with suppress(OSError):  # then others work it out as well
            project.inside(place)
            for earlier in set(folder.parent.glob("*")) - {folder}:
                shutil.rmtree(earlier, ignore_errors=True)
            write(place, seal.closed(sealed, _packed(made)))
    return made


def _packed(frames: Frames) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as content:
        for name, frame in frames.items():
            with content.open(name, "w") as file:
                frame.to_parquet(file)
    return packed.getvalue()


def _unpacked(packed: bytes) -> Frames:
    with zipfile.ZipFile(io.BytesIO(packed)) as content:
        return {n: pd.read_parquet(io.BytesIO(content.read(n))) for n in content.namelist()}
