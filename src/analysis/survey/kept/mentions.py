"""The files that a text names: which of those that are there, and what else looks like one."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from analysis.survey.asked.labels import plain
from analysis.survey.returned.evidence import PROMISED, File

OTHERS = (
    *("bmp", "csv", "gif", "heic", "heif", "jfif", "m4a", "mov", "mp3", "mp4", "rar", "rtf"),
    *("svg", "tif", "tiff", "txt", "webp", "7z"),
)
LONGEST = 60  # letters of a name that is taken whole; of what is longer, the last word
_ENDINGS = "|".join((*(ending[1:] for ending in PROMISED), *OTHERS))
_END = re.compile(rf"\.(?:{_ENDINGS})(?!\w|\.\w)", re.IGNORECASE)
_BEFORE = re.compile(r"[;:,\n“”\"]|\s(?:dan|and|serta)\s", re.IGNORECASE)
_AROUND = " \t-–—•*·('‘’"
_ADDRESS = re.compile(r"//|[^/\s]*\.[^/\s]*/")  # of a page, not of a file


def mentioned(text: str, files: Sequence[File]) -> tuple[list[File], list[str]]:
    """Which of `files` a text names, in their order, and names in it of which no file is there.

    A name is whole, with its ending, in whatever case. A longer one comes first, so that
    “SK 1.pdf” does not name “1.pdf”.
    """
    left = unicodedata.normalize("NFC", text)
    flat, found = plain(left), set()
    names = [plain(PurePosixPath(file.name).name) for file in files]
    for name in sorted({name for name in names if name in flat}, key=len, reverse=True):
        left, count = _whole(name).subn(";", left)  # what stood there names nothing else
        if count:
            found.add(name)
    there = [file for file, name in zip(files, names, strict=True) if name in found]
    return there, list(dict.fromkeys(_others(left)))


def _whole(name: str) -> re.Pattern[str]:
    """A plain name where it is no part of a longer one."""
    words = r"\s+".join(map(re.escape, name.split()))
    return re.compile(rf"(?<!\w)(?<!\w[-.]){words}(?!\w|\.\w)", re.IGNORECASE)


def _others(text: str) -> Iterator[str]:
    """What looks like a file's name: all that stands between a separator and a known ending."""
    start = 0
    for end in _END.finditer(text):
        said = _BEFORE.split(text[start : end.end()])[-1].strip(_AROUND)
        start = end.end()
        last = said.split()[-1]
        if any(c.isalnum() for c in last.rpartition(".")[0]) and not _ADDRESS.match(last):
            yield " ".join(said.split()) if len(said) <= LONGEST else last
