"""Markdown of a notebook as paragraphs; links become text, and raw HTML stays the text it is."""

from base64 import b64decode
from collections.abc import Iterable, Mapping
from typing import Any

from docx.text.paragraph import Paragraph

from analysis.reports.book import style
from analysis.reports.book.grid import grid
from analysis.reports.book.manuscript import Manuscript
from analysis.reports.book.xml import number
from analysis.reports.office import plain
from analysis.reports.prose import words
from analysis.runs.markdown import Token
from analysis.text import _

PICTURES = ("image/png", "image/jpeg")
DEEPEST = 2  # levels of a list below its first


def write(book: Manuscript, tokens: Iterable[Token]) -> None:
    """Write the tokens of Markdown at the end of the book."""
    for token in tokens:
        _block(book, token)


def picture(data: Mapping[str, Any]) -> bytes | None:
    """The first picture that Word can show among forms by MIME type."""
    return next((b64decode("".join(data[k].split())) for k in PICTURES if k in data), None)


def _block(book: Manuscript, token: Token) -> None:
    kind = token["type"]
    if kind == "heading":
        book.heading(words(token["children"]), token["attrs"]["level"])
    elif kind == "paragraph":
        _inline(book.paragraph(), token["children"])
        for image in (c for c in token["children"] if c["type"] == "image"):
            if content := picture(image["attrs"].get("forms", {})):
                book.picture(content, words(image["children"]))
    elif kind == "list":
        _list(book, token)
    elif kind == "block_quote":
        for part in token["children"]:
            _inline(book.paragraph(name="Quote"), part.get("children", []))
    elif kind == "table":
        _table(book, token)
    elif raw := token.get("raw", "").strip():
        book.paragraph(raw, style.CODE)


def _list(book: Manuscript, token: Token, depth: int = 0) -> None:
    name = "List Number" if token["attrs"]["ordered"] else "List Bullet"
    numbering = book.numbering(name)
    for item in token["children"]:
        for at, part in enumerate(item["children"]):
            if part["type"] == "list":
                _list(book, part, min(depth + 1, DEEPEST))
            elif "children" in part:
                made = book.paragraph(name=name)
                number(made, numbering if at == 0 else 0, depth)
                _inline(made, part["children"])


def _table(book: Manuscript, token: Token) -> None:
    head, body = token["children"]
    rows = [head["children"], *(row["children"] for row in body["children"])]
    right = [cell["attrs"]["align"] == "right" for cell in head["children"]]
    grid(book, [[words(cell["children"]) for cell in row] for row in rows], right, _("Tabel"))
    book.paragraph(name=style.NOTE)


def _inline(paragraph: Paragraph, tokens: Iterable[Token], **look: bool) -> None:
    """Add inline tokens as runs; `look`: bold, italic."""
    for token in tokens:
        kind = token["type"]
        if kind in ("strong", "emphasis"):
            name = "bold" if kind == "strong" else "italic"
            _inline(paragraph, token["children"], **look | {name: True})
        elif kind == "linebreak":
            paragraph.add_run().add_break()
        else:
            run = paragraph.add_run(plain(words([token])))
            run.bold, run.italic = look.get("bold"), look.get("italic")
