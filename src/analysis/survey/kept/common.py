"""What the notebooks of an edition have in common, worked out by the first that needs it.

It is a file beside the processed tables, named by all that it depends on and sealed: one of another
program, of other answers or of somebody else's making is none.
"""

import io
import os
import zipfile
from collections.abc import Callable, Mapping
from contextlib import suppress

import pandas as pd

from analysis import fingerprint, seal, text
from analysis.project import PERIOD, ROOT, Project, write

Frames = Mapping[str, pd.DataFrame]


def common(project: Project, data: str, work: Callable[[], Frames]) -> Frames:
    """Frames by name, as a notebook before has kept them, or else as `work` makes them.

    `data`: the fingerprint of the processed tables that they are made of. Only in the run of a
    project's own period are they kept: nothing of another one is ever written.
    """
    key = fingerprint.program(), project.questions(), project.period, text.language(), data
    place = project.processed / "common" / fingerprint.of(*key)
    with suppress(Exception):  # not there, or no longer whole
        if content := seal.opened(place.name, place.read_bytes()):
            return _unpacked(content)
    made = work()
    if (os.environ.get(ROOT), os.environ.get(PERIOD)) == (str(project.root), project.period):
        with suppress(OSError):  # then others work it out as well
            project.inside(place)
            for earlier in set(place.parent.glob("*")) - {place}:
                earlier.unlink()
            write(place, seal.closed(place.name, _packed(made)))
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
