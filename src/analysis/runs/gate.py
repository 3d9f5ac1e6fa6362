"""The gate before everything public: what has passed it leads neither to a person nor in here."""

import re
from copy import deepcopy
from html import escape, unescape
from typing import Any

from nbformat import NotebookNode

from analysis.privacy import mask
from analysis.survey.asked.labels import pattern
from analysis.text import N_, _

# How `execute` tells of a notebook in which a cell failed.
CELL = N_("sel {number}: {name}: {value}")
INSIDE = N_("pesan lengkapnya ada di folder internal")
MARKUP = ("image/svg+xml", "text/html")
_TAG = re.compile(r"(<!--.*?-->|<[^<>]*>)", re.DOTALL)
_WORDS = re.compile(r"(?<=\s)((?:alt|title|aria-label)\s*=\s*)(\"[^\"]*\"|'[^']*')", re.IGNORECASE)


def passed(notebook: NotebookNode) -> NotebookNode:
    """An executed notebook with personal numbers covered in every text that it shows.

    Of an error only its kind stays. Numbers stay numbers, and so do pictures: PNG is drawn from
    answers in which ingest has covered all this, and of SVG only the texts are looked at.
    """
    shown = deepcopy(notebook)
    for cell in shown.cells:
        if cell.cell_type == "markdown":
            cell.source = mask(cell.source)
            for forms in cell.get("attachments", {}).values():
                forms.update({kind: covered(content, kind) for kind, content in forms.items()})
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                output.evalue, output.traceback = _(INSIDE), []
            elif output.output_type == "stream":
                output.text = mask(output.text)
            else:
                for kind, content in output.data.items():
                    output.data[kind] = covered(content, kind)
    return shown


def said(error: str) -> str:
    """What the public is told of an error: the kind of what went wrong, without its message."""
    if not error:
        return ""
    cell = pattern(_(CELL)).match(error + ".")  # it may have no message
    if cell and cell["number"].isdigit() and cell["name"].isidentifier():
        what = _("Sel {number} gagal: {name}").format(**cell.groupdict())
    else:
        what = _("Laporan ini gagal dibuat")
    return mask(f"{what}; {_(INSIDE)}.")


def covered(content: Any, kind: str = "") -> Any:
    """The content of an output of this MIME type, or any part of it, as `passed` leaves it."""
    if isinstance(content, dict):
        return {name: covered(part, kind) for name, part in content.items()}
    if isinstance(content, list):
        return [covered(part, kind) for part in content]
    if not isinstance(content, str):
        return content
    if kind in MARKUP:
        return "".join(map(_piece, _TAG.split(content)))
    return content if kind.startswith("image/") else mask(content)


def _piece(piece: str) -> str:
    """A tag, or what stands between two."""
    if piece.startswith("<!--"):
        return mask(piece)
    if piece.startswith("<"):
        return _WORDS.sub(lambda found: found[1] + mask(found[2]), piece)
    masked = mask(text := unescape(piece))
    return piece if masked == text else escape(masked)
