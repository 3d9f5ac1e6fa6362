"""All that the notebooks of a project read, as one zip: small enough to travel with a job."""

import io
import tempfile
import zipfile
from functools import lru_cache
from pathlib import Path

from analysis.fingerprint import litter
from analysis.project import Project

LEFT_OUT = {"sample", "responses", "readings"}


def packed(project: Project) -> bytes:
    """Notebooks, what is asked and of whom, and the processed tables; no workbook of any unit."""
    buffer = io.BytesIO()
    # A file dated before 1980, which zip cannot say, gets the first day that it can.
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False) as parcel:
        for place in ("notebooks", "data/raw", "data/processed"):
            folder = project.notebooks if place == "notebooks" else project.root / place
            found = project.programs() if place == "notebooks" else sorted(folder.rglob("*"))
            for path in found:
                name = Path(place) / path.relative_to(folder)
                if path.is_file() and not (LEFT_OUT & set(name.parts) or litter(path, folder)):
                    parcel.write(path, name.as_posix())
    return buffer.getvalue()


def unpacked(parcel: bytes, root: Path, period: str) -> Project:
    """The project of a parcel, in a folder; in this period: no answer is there that says so."""
    with zipfile.ZipFile(io.BytesIO(parcel)) as content:
        content.extractall(root)
    return Project(root, asked=period)


@lru_cache(2)  # jobs of one city come one after the other, now and then beside those of the next
def kept(parcel: bytes, period: str) -> tuple[Project, tempfile.TemporaryDirectory]:
    """The project of a parcel in a temporary folder, which lasts as long as someone holds it."""
    folder = tempfile.TemporaryDirectory(prefix="masterplan-")
    return unpacked(parcel, Path(folder.name), period), folder
