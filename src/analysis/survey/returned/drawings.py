"""What lies over the cells of an .xlsx or .xlsb: shapes and diagrams with words, and pictures."""

import re

from analysis.survey.returned.parts import Parts, decoded

SIGNS = (b"/drawing", b"/vmlDrawing")
MOST = 1_000  # on a sheet; more is no questionnaire
_ANCHOR = re.compile(rb"<(?:\w+:)?(?:twoCell|oneCell|absolute)Anchor\b")
_AT = re.compile(
    rb"<(?:\w+:)?from>\s*<(?:\w+:)?col>(\d{1,5})<.{0,200}?<(?:\w+:)?row>(\d{1,7})<", re.S
)
_PARAGRAPH = re.compile(rb"</(?:\w+:)?p>")
_TEXT = re.compile(rb"<(?:\w+:)?t(?: [^<>]*)?>([^<]*)<")
_PICTURE = re.compile(rb"<(?:\w+:)?pic\b")
_DIAGRAM = re.compile(rb"\bdm=[\"']([^\"'<>]{1,80})[\"']")
# Controls as old versions drew them; the frames of notes among them hold no words.
_SHAPE = re.compile(rb"<v:shape\b.*?</v:shape>", re.S)
_BOX = re.compile(rb"<v:textbox\b[^<>]*>(.*?)</v:textbox>", re.S)
_CORNER = re.compile(rb"<x:Anchor>\s*(\d{1,5})\s*,\s*\d+\s*,\s*(\d{1,7})\s*,")
_TAG = re.compile(rb"<[^<>]*>")


def drawn(parts: Parts, part: str) -> list[tuple[int, int, str]]:
    """Row and column below each shape with words on the sheet of a part, and its words.

    A picture has none. What hangs at no cell is as if it hung at the first.
    """
    found = []
    for related in parts.related(part, "/drawing"):
        targets = parts.targets(related)
        for anchored in _ANCHOR.split(parts.whole(related))[1:]:
            at = _AT.search(anchored)
            column, row = (int(at[1]), int(at[2])) if at else (0, 0)
            if diagram := _DIAGRAM.search(anchored):
                anchored += parts.whole(targets.get(decoded(diagram[1]), ""))
            lines = (b"".join(_TEXT.findall(p)) for p in _PARAGRAPH.split(anchored))
            text = "\n".join(decoded(line) for line in lines if line.strip())
            if text or _PICTURE.search(anchored):
                found.append((row, column, text))
    # Newer versions draw a control a second time, as a shape.
    known = {text for *_at, text in found} | {""}
    for related in parts.related(part, "/vmlDrawing"):
        for shape in _SHAPE.findall(parts.whole(related)):
            at, box = _CORNER.search(shape), _BOX.search(shape)
            if at and box:
                text = " ".join(decoded(_TAG.sub(b"", box[1])).split())
                if text not in known:
                    found.append((int(at[2]), int(at[1]), text))
    return found[:MOST]
