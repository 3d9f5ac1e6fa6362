"""What lies over the cells of an .xlsx and is in none of them: shapes with words, and pictures."""

import re

from analysis.survey.returned.parts import Parts, decoded

SIGN = b"/drawing"
MOST = 1_000  # on a sheet; more is no questionnaire
_ANCHOR = re.compile(rb"<(?:\w+:)?(?:twoCell|oneCell|absolute)Anchor\b")
_AT = re.compile(
    rb"<(?:\w+:)?from>\s*<(?:\w+:)?col>(\d{1,5})<.{0,200}?<(?:\w+:)?row>(\d{1,7})<", re.S
)
_PARAGRAPH = re.compile(rb"</(?:\w+:)?p>")
_TEXT = re.compile(rb"<(?:\w+:)?t(?: [^<>]*)?>([^<]*)<")
_PICTURE = re.compile(rb"<(?:\w+:)?pic\b")


def drawn(parts: Parts, part: str) -> list[tuple[int, int, str]]:
    """Row and column below each shape with words on the sheet of a part, and its words.

    A picture has none. What hangs at no cell is as if it hung at the first.
    """
    found = []
    for related in parts.related(part, "/drawing"):
        for anchored in _ANCHOR.split(parts.whole(related))[1:]:
            at = _AT.search(anchored)
            column, row = (int(at[1]), int(at[2])) if at else (0, 0)
            lines = (b"".join(_TEXT.findall(p)) for p in _PARAGRAPH.split(anchored))
            text = "\n".join(decoded(line) for line in lines if line.strip())
            if text or _PICTURE.search(anchored):
                found.append((row, column, text))
    return found[:MOST]
