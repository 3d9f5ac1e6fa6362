"""What people noted at cells of an .xlsx: comments of every kind, without who wrote them."""

import re

from analysis.survey.returned.parts import Parts, attributes, decoded, place

SIGNS = (b"/comments", b"/threadedComment")
MOST = 10_000  # on a sheet; more is no questionnaire
_COMMENT = re.compile(rb"<(?:\w+:)?comment ([^<>]*)>(.*?)</(?:\w+:)?comment>", re.DOTALL)
_THREADED = re.compile(rb"<(?:\w+:)?threadedComment ([^<>]*)>\s*<(?:\w+:)?text[^<>]*>([^<]*)<")
_AUTHOR = re.compile(rb"<(?:\w+:)?author>([^<]*)<")
_TEXT = re.compile(rb"<(?:\w+:)?t(?: [^<>]*)?>([^<]*)<")
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
# Excel 365 notes a thread a second time, below words of its own with this link; each comment in it
# is indented below a heading. Spreadsheets of Google sign each with the name of its writer.
_THREAD = "fwlink/?linkid=870924"
_SIGNED = re.compile(r"\n?^\t-.*$", re.MULTILINE)

Notes = dict[tuple[int, int], str]


def notes(parts: Parts, part: str) -> Notes:
    """The notes on the sheet of a part, by row and column; of a thread every comment."""
    found: Notes = {}
    for related in parts.related(part, "/comments"):
        authors = [decoded(a) for piece in parts.pieces(related) for a in _AUTHOR.findall(piece)]
        for piece in parts.pieces(related):
            for tag, body in _COMMENT.findall(piece):
                written = "".join(decoded(t) for t in _TEXT.findall(body))
                text = said(_ESCAPE.sub(lambda m: chr(int(m[1], 16)), written), authors)
                if text and (at := place(tag, "ref")) and len(found) < MOST:
                    found[at] = text
    for related in parts.related(part, "/threadedComment"):
        found |= _threads(parts, related)
    return found


def _threads(parts: Parts, part: str) -> Notes:
    found: dict[tuple[int, int], dict[str, str]] = {}
    for piece in parts.pieces(part):
        for tag, text in _THREADED.findall(piece):
            if (said := decoded(text).strip()) and (at := place(tag, "ref")) and len(found) < MOST:
                found.setdefault(at, {})[attributes(tag).get("id", said)] = said
    return {at: "\n".join(said.values()) for at, said in found.items()}


def said(text: str, authors: list[str]) -> str:
    """What a note says itself, without what programs write around it and its writer's name."""
    text = text.replace("\r\n", "\n")
    if _THREAD in text:
        lines = text.split(_THREAD, 1)[1].split("\n")[1:]
        indented = [line.strip() for line in lines if line.startswith("    ")]
        text = "\n".join(indented or lines)
    for author in filter(None, authors):
        text = text.removeprefix(f"{author}:")
    return _SIGNED.sub("", text).strip()
