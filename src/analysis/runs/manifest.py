"""What a folder of reports was made from, and how each of its jobs ended."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from pydantic import TypeAdapter

from analysis import faults, seal, text
from analysis.project import write
from analysis.runs.shelf import MANIFEST, Shelf
from analysis.text import _

OK, FAILED, STALE = "ok", "failed", "stale"
UNANSWERED = "unanswered"  # not made, for want of answers
NOTHING = hashlib.sha256().hexdigest()  # of no inputs
BOOK = "buku-1.docx"


@dataclass(frozen=True)
class Edition:
    """What all pages of one run share.

    `made`: when, as people write it. Of `expected` units so many have `sent` a workbook, and
    `answered` enough of it to be analysed. `sample`: the answers are synthetic. `sha256`: of all
    inputs. `versions`: of the program and its packages. Of a variant also its name, and if it
    speaks only for some of the `registered` units, `scope`: for whom (``8 kecamatan``).
    """

    city: str
    period: str
    made: str
    sent: int
    answered: int
    expected: int
    sample: bool
    sha256: str
    versions: Mapping[str, str]
    language: str = text.SOURCE
    variant: str = ""
    scope: str = ""
    registered: int = 0

    @property
    def band(self) -> str:
        """What a variant says of itself on every page and sheet; empty for official reports."""
        if self.scope:
            return _("VARIAN – hanya {scope} ({n} dari {all} perangkat daerah)").format(
                scope=self.scope, n=self.expected, all=self.registered
            )
        return _("VARIAN – dihitung dengan parameter lain") if self.variant else ""

    @property
    def response(self) -> str:
        """How many of the units sent a workbook, and how many of these are complete."""
        counts = {"sent": self.sent, "answered": self.answered}
        if self.scope:
            return _("{sent} dari {scope} mengirim, {answered} lengkap").format(
                scope=self.scope, **counts
            )
        return _("{sent} dari {expected} perangkat daerah mengirim, {answered} lengkap").format(
            expected=self.expected, **counts
        )

    def titled(self, title: str) -> str:
        """A title that says for whom the report speaks, where that is not the whole city."""
        if not self.scope:
            return title
        return _("{title} (hanya {scope})").format(title=title, scope=self.scope)


@dataclass(frozen=True)
class Entry:
    """What the manifest says of one job: how its last run ended, and of which data its page is.

    `seconds` and `memory` (the most that its kernel held, in MB) are those of that run. `key`: the
    fingerprint of all that its notebook's execution depends on; `links`: of where its page
    leads; `files`: the sha256 of all that it made. `reused`: the latest run found it unchanged.
    `place`: where it stands among the stages; 0 is an overview, or no stage at all. `left_out`:
    the names of outputs that its page cannot show.
    """

    id: str
    title: str
    number: str
    kind: str  # stage, table, index, unit or internal
    status: str
    seconds: float
    parameters: dict
    error: str
    data: str
    sample: bool
    made: str
    memory: float | None = None
    key: str = ""
    links: str = ""
    files: dict[str, str] = field(default_factory=dict)
    reused: bool = False
    place: int = 0
    left_out: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Manifest:
    """What a folder of reports was made from, how each job ended, and the files in front.

    `front`: the sha256 of each of these, empty for one that could not be written; `landing`: of the
    page above all periods, if this run wrote it. By them `make clean` knows what is still as it was
    made.
    """

    edition: Edition
    parameters: dict
    inputs: dict[str, str]
    entries: dict[str, Entry]
    front: dict[str, str] = field(default_factory=dict)
    landing: str = ""


SHAPE = TypeAdapter(Manifest)


def save(shelf: Shelf, manifest: Manifest) -> None:
    """Write the manifest, with our seal on it."""
    content = {
        "edition": asdict(manifest.edition),
        "parameters": manifest.parameters,
        "inputs": manifest.inputs,
        "jobs": [asdict(e) for e in manifest.entries.values()],
        "front": manifest.front,
        "landing": manifest.landing,
    }
    content = {"seal": seal.of(_bytes(content))} | content
    write(shelf.path(MANIFEST), _bytes(content))


def _bytes(content: dict) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def read(shelf: Shelf) -> Manifest | None:
    """The manifest of an edition; None where no run has begun, or it is damaged.

    So is one that somebody else has made: it vouches for what we have not.
    """
    try:
        content = json.loads(shelf.path(MANIFEST).read_text("utf-8"))
        sealed = content.pop("seal")
        if not seal.holds(_bytes(content), sealed):
            return None
        entries = {e["id"]: Entry(**e) for e in content["jobs"]}
        edition, front = Edition(**content["edition"]), content.get("front", {})
        landing = content.get("landing", "")
        told = Manifest(edition, content["parameters"], content["inputs"], entries, front, landing)
        SHAPE.validate_python(asdict(told))
        return told
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def real(file: Path) -> bool:
    """Whether a manifest tells of any report on real answers, whoever made it."""
    try:
        content = json.loads(file.read_text("utf-8"))
        return any(e["sample"] is False and e.get("data") != NOTHING for e in content["jobs"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return False


def merge(old: dict[str, Entry], new: Iterable[Entry], edition: Edition) -> dict[str, Entry]:
    """Entries of this run over those of earlier ones.

    A page made from other answers is stale; one from the sample never stands among real ones.
    """
    kept = {
        e.id: replace(e, status=STALE) if e.data != edition.sha256 and e.status == OK else e
        for e in old.values()
        if e.sample == edition.sample
    }
    merged = kept | {e.id: e for e in new}
    return dict(sorted(merged.items()))


def unchanged(shelf: Shelf, entry: Entry | None, key: str) -> Entry | None:
    """The entry as one that is used again, if its key is this one and its files are whole.

    A job that failed has made no files.
    """
    if entry and entry.key == key and entry.files and whole(shelf, entry.files):
        return replace(entry, status=OK, reused=True)
    return None


def alike(shelf: Shelf, old: Manifest, new: Manifest) -> bool:
    """Whether the front of an edition, whole as `old` tells, stands for `new` as well."""
    edition = replace(new.edition, made=old.edition.made)
    entries = {id: replace(entry, reused=True) for id, entry in old.entries.items()}
    as_new = replace(new, edition=edition, front=old.front, landing=old.landing)
    same = as_new == replace(old, entries=entries)
    linked = shelf.path(BOOK).is_file() == (BOOK in old.front)
    return same and linked and bool(old.front) and whole(shelf, old.front)


def put(shelf: Shelf, files: Mapping[str, str | bytes]) -> tuple[dict[str, str], list[str]]:
    """Write files of an edition: the sha256 of each, and why some could not be written.

    One that somebody holds open, say, costs itself; its sha256 is empty, so that it is not whole.
    Raises OSError where the disk is full.
    """
    made, refused = {}, []
    for name, content in files.items():
        content = content.encode("utf-8", "replace") if isinstance(content, str) else content
        try:
            write(shelf.path(name), content)
            made[name] = hashlib.sha256(content).hexdigest()
        except OSError as error:
            if faults.full(error):
                raise
            made[name] = ""
            refused.append(f"{name}: {faults.line(error)}")
    return made, refused


def kept(shelf: Shelf, entry: Entry, files: Mapping[str, str | bytes]) -> Entry:
    """An entry with its files in their place; without its page it has failed."""
    made, refused = put(shelf, files)
    if not refused:
        return replace(entry, files=made)
    status = entry.status if made[f"{entry.id}.html"] else FAILED
    return replace(entry, status=status, error="\n".join(refused), files=made)


def whole(shelf: Shelf, files: Mapping[str, str]) -> bool:
    """Whether all files are there as they were written."""
    try:
        return all(
            hashlib.sha256(shelf.path(name).read_bytes()).hexdigest() == sha256
            for name, sha256 in files.items()
        )
    except (OSError, ValueError):
        return False
