"""What is told of a stage to those who will not open its page: one message, and its picture."""

import re
import unicodedata
from base64 import b64decode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from analysis.reports.blocks import Numbered
from analysis.reports.book.chapters import Chapter
from analysis.reports.document import Document
from analysis.reports.share.measure import one_line
from analysis.text import _

LONGEST = 48  # letters of a name in a file's name
NOTHING = "–"  # a key figure without a number


@dataclass(frozen=True)
class Told:
    """A stage with its message, the first of its findings.

    `pictures`: its charts, those first that show the message. `keys`: its key figures.
    """

    id: str
    number: str
    title: str
    current: bool
    message: dict[str, Any]
    findings: Sequence[dict[str, Any]]
    pictures: Sequence[Numbered]
    keys: Sequence[dict[str, Any]]

    @property
    def place(self) -> str:
        """``Tahap 3 · Analisis Kesiapan Daerah``, and that it is old where it is."""
        stage = _("Tahap {number}").format(number=self.number) if self.number else ""
        old = "" if self.current else _("Laporan lama")
        return one_line(" · ".join(filter(None, (stage, self.title, old))))

    @property
    def slug(self) -> str:
        """The stage in the name of a file: its number and title in plain letters."""
        letters = unicodedata.normalize("NFKD", f"{self.number} {self.title}").encode(
            "ascii", "ignore"
        )
        name = re.sub("[^a-z0-9]+", "-", letters.decode().lower())[:LONGEST].strip("-")
        return name or re.sub("[^a-z0-9]+", "-", self.id.lower()).strip("-")


def stages(chapters: Sequence[Chapter]) -> list[Told]:
    """The stages that have something to tell; a stage without a finding has nothing."""
    return [
        Told(
            chapter.id,
            chapter.number,
            chapter.title,
            chapter.current,
            shown.findings[0],
            shown.findings,
            _pictures(shown),
            [key for key in shown.keys if key["shown"] != NOTHING],
        )
        for chapter in chapters
        if chapter.front is None and (shown := chapter.document).findings
    ]


def _pictures(document: Document) -> list[Numbered]:
    """The charts in front: the one of the message's own title, that quotes its claim, or any."""
    message = document.findings[0]

    def near(block: Numbered) -> int:
        claims = [claim for claim in block.content.get("claims", ()) if claim]
        if block.content["title"].rstrip(".") == message["headline"].rstrip("."):
            return 0
        return 1 if message["claim"] in claims else 2 if claims else 3

    charts = [b for b in document.blocks if isinstance(b, Numbered) and b.type == "chart"]
    return sorted((b for b in charts if b.content["rows"]), key=near)


def png(block: Numbered) -> bytes | None:
    """The picture of a chart as points, in its frame; None where it has none."""
    form = block.forms.get("image/png")
    return b64decode("".join(form.split())) if form else None
