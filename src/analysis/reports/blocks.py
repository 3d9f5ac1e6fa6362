"""The blocks of a document: what a page, a spreadsheet and the book show one after the other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from analysis.runs.markdown import Token
from analysis.text import N_

FIGURE, TABLE = N_("Gambar"), N_("Tabel")
NUMBERED = {"chart": FIGURE, "picture": FIGURE, "table": TABLE}
"""What is numbered: our charts, pictures of others, and tables."""


@dataclass(frozen=True)
class Prose:
    """Markdown as tokens up to the next heading; `level`: of the heading it begins with, or 0."""

    tokens: Sequence[Token]
    level: int = 0
    anchor: str = ""
    title: str = ""
    type: str = "prose"

    @property
    def bare(self) -> bool:
        """Whether there is nothing below its heading."""
        return self.level > 0 and all(t["type"] == "blank_line" for t in self.tokens[1:])


@dataclass(frozen=True)
class Numbered:
    """A chart, a picture or a table, as ``Gambar 3.1``.

    `id`: its own within the document, also when others are added or fall away: of its cell.
    `content`: as of an `Exhibit`, whoever made it; it always has a title. `forms`: of a picture, by
    MIME type. `level`: of its title among headings. `html`: all inside the ``<table>`` of a foreign
    table.
    """

    type: str
    id: str
    label: str
    level: int
    content: Mapping[str, Any]
    forms: Mapping[str, Any] = field(default_factory=dict)
    html: Markup = Markup()


@dataclass(frozen=True)
class Said:
    """Findings that do not stand on top."""

    findings: list[dict[str, str]]
    type: str = "findings"


@dataclass(frozen=True)
class Figures:
    """Key figures that do not stand on top."""

    figures: list[dict[str, Any]]
    type: str = "keys"


@dataclass(frozen=True)
class Copies:
    """Texts to copy to somewhere else, in the language `lang`: name and text each."""

    title: str
    texts: list[dict[str, str]]
    lang: str
    type: str = "copies"


@dataclass(frozen=True)
class Words:
    """What is none of these. `type`: text, html (harmless), math (LaTeX), none (said in place of a
    table without rows), failed (the error), or left_out (the name of what cannot be shown).
    """

    type: str
    words: str


Block = Prose | Numbered | Said | Figures | Copies | Words
