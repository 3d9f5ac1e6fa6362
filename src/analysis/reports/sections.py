"""What the template of a page shows of the blocks of a document."""

import re
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from markupsafe import Markup

from analysis import tables
from analysis.exhibits import NARROW_SVG
from analysis.reports import inline, prose
from analysis.reports.blocks import Block, Copies, Figures, Numbered, Prose, Said, Words
from analysis.reports.document import MOST_ROWS
from analysis.reports.mathml import mathml
from analysis.reports.parts import LONG, orders, parts
from analysis.reports.prose import SVG, beside, picture

MOST_SHOWN = 200
"""Rows of a table that a page shows; its spreadsheet has them all."""
SAVED = {"image/png": "png", "image/jpeg": "jpg", "image/svg+xml": "svg"}
"""The endings of pictures that can be saved, in the order in which they are offered."""


def shown(blocks: Iterable[Block]) -> list[dict[str, Any]]:
    """What the template shows of blocks; exhibits that are a choice together, as one."""
    made: list[dict[str, Any]] = []
    for legend, some in groupby(map(_block, blocks), lambda block: block.get("legend")):
        several = list(some)
        if legend is None or len(several) == 1:
            made += several
        else:
            known = [one["content"]["choice"]["chosen"] for one in several]
            several[known.index(True) if True in known else 0]["chosen"] = True
            made.append({"type": "choices", "level": 0, "legend": legend, "exhibits": several})
    return made


def most(blocks: Iterable[Mapping[str, Any]]) -> int:
    """The highest number of anything that can be chosen in blocks as `shown`; 0 for nothing."""
    counts = [0]
    for block in blocks:
        counts += [len(block.get("orders", ()))]
        counts += [choice[0] for choice in block["parts"].choices] if block.get("parts") else []
        if exhibits := block.get("exhibits", ()):
            counts += [len(exhibits), most(exhibits)]
    return max(counts)


def _block(block: Block) -> dict[str, Any]:
    """What the template shows of a block."""
    shown: dict[str, Any] = {"type": block.type, "level": 0}
    match block:
        case Prose():
            shown |= {"level": block.level, "anchor": block.anchor, "title": block.title}
            return shown | {"html": prose.html(block.tokens)}
        case Numbered():
            return shown | _exhibit(block)
        case Said():
            return shown | {"findings": block.findings}
        case Figures():
            return shown | {"figures": block.figures}
        case Copies():
            return shown | {"title": block.title, "texts": block.texts, "lang": block.lang}
        case Words("html", words):
            return shown | {"html": Markup(words)}
        case Words("math", words):
            return shown | {"html": mathml(words, block=True)}
        case Words(words=words):
            return shown | {"words": words}


def _exhibit(block: Numbered) -> dict[str, Any]:
    content = block.content
    rows = content.get("rows", ())
    name = re.sub("[ .]", "-", block.label.lower())
    table = block.type == "table"
    shown = dict(content) | {"rows": rows[:MOST_SHOWN]}
    parted = parts(shown if table else content)
    drawn = _drawn(block, name) if parted and not table else []
    if not (table or drawn):
        parted = None
    ordered = orders(content) if table and len(rows) <= MOST_SHOWN else {}
    grid = block.html
    if not grid and (table or 0 < len(rows) <= MOST_ROWS):
        marks, others = parted.rows if parted else (), list(ordered.values())[1:]
        grid = Markup(tables.html(shown, marks, others).removeprefix("<table>"))
    return {
        "label": block.label,
        "name": name,
        "heading": f"h{block.level}",
        "content": content,
        "legend": content.get("choice", {}).get("legend"),
        "long": table and len(rows) > LONG,
        "parts": parted,
        "orders": list(ordered),
        "drawn": drawn,
        "claims": " ".join(dict.fromkeys(filter(None, content.get("claims", ())))),
        "picture": picture(block.forms),
        "narrow": beside(block.forms),
        "saved": _saved(block),
        "grid": grid,
        "most": MOST_SHOWN,
    }


def _drawn(block: Numbered, name: str) -> list[Markup]:
    """Both forms of a chart whose marks say what part they are of; none of any other picture."""
    alt = str(block.content["alt"])
    forms = [(block.forms.get(SVG, ""), "wide"), (block.forms.get(NARROW_SVG, ""), "narrow")]
    found = [inline.drawn(source, name, alt, form) for source, form in forms if "part-" in source]
    drawn = [form for form in found if form]
    return drawn if len(drawn) == len(forms) else []


def _saved(block: Numbered) -> tuple[str, str] | None:
    """What can be saved of a picture: its ending and its address."""
    kind = next((kind for kind in SAVED if kind in block.forms), None)
    # A chart of ours is saved as points: its lines need the letters of the page.
    own = kind and (block.type == "picture" or kind == "image/png")
    return (SAVED[kind], picture({kind: block.forms[kind]})) if kind and own else None
