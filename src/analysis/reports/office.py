"""What our documents for Word and PowerPoint share: their letters, language and properties."""

import re
from datetime import datetime
from typing import Any

from analysis.runs.manifest import Manifest

AUTHOR = "masterplan"
LONGEST = 255  # letters of a property
FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def plain(words: str) -> str:
    """Text in which each character that XML forbids has become U+FFFD."""
    return FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", words)


def sign(properties: Any, manifest: Manifest, title: str) -> None:
    """Say in the core properties of a document what it is, and of which reports it was made."""
    edition = manifest.edition
    properties.title = title
    properties.subject = plain(f"{edition.city}, {edition.period}")[:LONGEST]
    properties.language, properties.author = edition.language, AUTHOR
    properties.last_modified_by, properties.identifier = AUTHOR, ""
    properties.comments, properties.keywords = "", ""
    made = max(datetime.fromisoformat(e.made) for e in manifest.entries.values())
    properties.created = properties.modified = made.replace(tzinfo=None)
