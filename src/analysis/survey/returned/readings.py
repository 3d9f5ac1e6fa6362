"""What was read from each workbook, kept so that a late one is the only one to be read.

A reading is sealed together with its name, which says of what it is: one that somebody else has
made, changed or put in the place of another is none.
"""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from analysis import fingerprint, seal, text
from analysis.project import Project, write
from analysis.survey.returned import plain
from analysis.survey.returned.folder import Source, digest
from analysis.survey.returned.response import Response
from analysis.survey.returned.workbook import Unreadable

MOST = 200  # responses of one file that are kept


class Readings:
    """Readings of one period by this very program, instrument and register; a file for each."""

    def __init__(self, project: Project):
        self.folder = project.inside(project.processed / "readings")
        self.made_by = fingerprint.of(
            fingerprint.source(),
            fingerprint.versions(),
            project.questions(),
            project.period,
            text.language(),
        )
        self.places: dict[Path, Path] = {}

    def of(self, path: Path, file: str) -> list[Response] | None:
        """What the file said when its very bytes were read before; None where it must be read."""
        content = "" if path.is_symlink() else digest(path)
        if not content:
            return None
        place = self.places[path] = self.folder / fingerprint.of(self.made_by, file, content)
        with suppress(Exception):  # not there, or no longer whole: then it is read
            if (written := seal.opened(place.name, place.read_bytes())) is not None:
                return plain.responses(written)
        return None

    def keep(self, path: Path, found: Sequence[Source], responses: list[Response]) -> None:
        """Keep what a file said, unless something in it could not be read: that is tried again.

        A large table is read again as fast as what it said.
        """
        if len(responses) > MOST:
            return
        if path in self.places and not any(isinstance(s.content, Unreadable) for s in found):
            place = self.places[path]
            write(place, seal.closed(place.name, plain.of_responses(responses)))

    def forget(self) -> None:
        """Remove the readings of files that are no longer there, or are read otherwise now."""
        for path in set(self.folder.glob("*")) - set(self.places.values()):
            path.unlink()
