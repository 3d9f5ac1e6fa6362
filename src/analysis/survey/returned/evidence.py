"""The files that units hand in to prove their answers: whose each is, and whether it can prove any.

None is opened: its first bytes tell what it is, and all of them go into its hash, nothing else.
"""

import stat
import unicodedata
from collections.abc import Container
from dataclasses import dataclass, field
from pathlib import Path

from analysis.privacy import mask
from analysis.project.folder import leads_below, proves
from analysis.survey.returned.folder import digest, files
from analysis.survey.returned.package import OLE, STRANGERS
from analysis.survey.returned.workbook import Unreadable, clean
from analysis.survey.told.problems import Code, Details
from analysis.text import N_

LARGEST = 200_000_000  # bytes of a file that is hashed
FIRST = 1_024  # bytes by which a file is judged; a PDF may begin anywhere in them
PACKED = "ZIP"
OLD = N_("Microsoft Office 97, atau terkunci kata sandi")
UNKNOWN = "?"
KINDS = {
    "PDF": ("pdf",),
    "JPEG": ("jpg", "jpeg"),
    "PNG": ("png",),
    PACKED: ("docx", "docm", "xlsx", "xlsm", "pptx", "pptm", "odt", "ods", "odp", "zip"),
    OLD: ("doc", "xls", "ppt"),
}
"""What a file holds, by what its name ends in; other endings promise nothing that is looked at."""
PROMISED = {f".{ending}": kind for kind, endings in KINDS.items() for ending in endings}
LINK = N_("tautan ke luar folder bukti unit ini")
NO_FILE = N_("bukan berkas biasa, atau rusak di penyimpanannya")
FORBIDDEN = N_("tidak boleh dibaca oleh pengguna komputer ini")


@dataclass(frozen=True)
class File:
    """A file among evidence.

    `unit`: whose folder it lies in, empty where that is nobody's. `name`: its path in that folder,
    personal numbers covered. `size` and `sha256`: missing and empty where it could not be read.
    `code`: what is wrong with it, if anything, with the `details` of that problem.
    """

    unit: str
    name: str
    size: int | None = None
    sha256: str = ""
    code: Code | None = None
    details: Details = field(default_factory=dict, hash=False)


def evidence(folder: Path, units: Container[str]) -> list[File] | None:
    """Everything that proves what is in a folder of answers, or of a sample, by unit and name.

    `units`: the ids of those that are asked. None where the folder has no place for it: nobody
    proves anything by files there. Raises nothing.
    """
    if not any(proves(path, folder) for path in folder.glob("*")):
        return None
    found = []
    for path in files(folder):
        if proves(path, folder):
            found.append(_file(path, folder, units))
    return found


def written(text: str) -> str:
    """A name as it may be shown, with letters in one piece, however a system writes them."""
    return mask(clean(unicodedata.normalize("NFC", text)))


def _file(path: Path, folder: Path, units: Container[str]) -> File:
    parts = path.relative_to(folder).parts
    unit = parts[1].casefold() if len(parts) > 2 else ""
    if unit not in units:
        return File("", "/".join(map(written, parts)), code=Code.EVIDENCE_NO_UNIT)
    name = "/".join(map(written, parts[2:]))
    try:
        size = _size(path, folder.joinpath(*parts[:2]))
        if size > LARGEST:
            what = f"{size // 1_000_000} MB > {LARGEST // 1_000_000} MB"
            return File(unit, name, size, "", Code.EVIDENCE_TOO_LARGE, {"what": what})
        code, details = _judged(path, size)
        sha256 = digest(path)
        if not sha256:
            raise Unreadable(Code.EVIDENCE_UNREADABLE, reason={"text": NO_FILE})
    except Unreadable as error:
        return File(unit, name, code=error.code, details=error.details)
    return File(unit, name, size, sha256, code, details)


def _size(path: Path, top: Path) -> int:
    """The bytes of a regular file below `top`; Unreadable otherwise."""
    try:
        if not leads_below(path, top):
            raise Unreadable(Code.EVIDENCE_UNREADABLE, reason={"text": LINK})
        told = path.stat()
    except OSError as error:
        raise Unreadable(Code.EVIDENCE_UNREADABLE, reason={"text": NO_FILE}) from error
    if not stat.S_ISREG(told.st_mode):
        raise Unreadable(Code.EVIDENCE_UNREADABLE, reason={"text": NO_FILE})
    return told.st_size


def _judged(path: Path, size: int) -> tuple[Code | None, Details]:
    """What is wrong with what a file holds, if anything; Unreadable where that cannot be seen."""
    try:
        with path.open("rb") as file:
            first = file.read(FIRST)
    except OSError as error:
        reason = FORBIDDEN if isinstance(error, PermissionError) else NO_FILE
        raise Unreadable(Code.EVIDENCE_UNREADABLE, reason={"text": reason}) from error
    if not size:
        return Code.EVIDENCE_EMPTY, {}
    promised, held = PROMISED.get(path.suffix.lower()), _kind(first)
    if promised in (None, held):
        return None, {}
    return Code.EVIDENCE_OTHER_KIND, {"kind": {"text": held}}


def _kind(first: bytes) -> str:
    """What a file is, by its first bytes."""
    known = {OLE: OLD, b"PK\x03\x04": PACKED, b"PK\x05\x06": PACKED} | STRANGERS
    told = next((kind for sign, kind in known.items() if first.startswith(sign)), UNKNOWN)
    return "PDF" if told == UNKNOWN and b"%PDF-" in first else told
