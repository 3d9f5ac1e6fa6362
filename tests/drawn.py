"""A picture of ours read back from its SVG: how large it is, and where each text stands."""

import re
from xml.etree import ElementTree

from analysis.drawing.lettering import extent

SVG = "{http://www.w3.org/2000/svg}"

Box = tuple[float, float, float, float]
"""Left, top, right and bottom."""


def written(svg: str) -> tuple[tuple[float, float], list[tuple[str, float, Box]]]:
    """The picture's width and height, and its texts: words, size and box."""
    root = ElementTree.fromstring(svg)
    found = []
    for text in root.iter(f"{SVG}text"):
        look = dict(part.split(":") for part in text.get("style").split(";"))
        size = float(look["font-size"].removesuffix("px"))
        long = extent(text.text, size, look.get("font-weight") == "700")
        before = {"middle": long / 2, "end": long}.get(look.get("text-anchor"), 0.0)
        x, y = float(text.get("x", 0)), float(text.get("y", 0))
        moved = re.match(r"translate\(([-.\d]+) ([-.\d]+)\)", text.get("transform", ""))
        x, y = (float(moved[1]), float(moved[2])) if moved else (x, y)
        up, down = 0.72 * size, 0.2 * size
        box = (x - before, y - up, x - before + long, y + down)
        if "rotate(-90" in text.get("transform", ""):
            box = (x - up, y + before - long, x + down, y + before)
        found.append((text.text, size, box))
    return tuple(map(float, root.get("viewBox").split()[2:])), found
