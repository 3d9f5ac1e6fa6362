"""Outputs that are none of ours: what of them can be shown, and by what name the rest goes."""

import re
from collections.abc import Mapping
from typing import Any

from nbconvert.filters.ansi import strip_ansi

from analysis.reports import markup
from analysis.reports.markup import Found
from analysis.reports.mathml import formula
from analysis.reports.prose import PICTURES

# Which library an output is by, from what its MIME type or its HTML says.
LIBRARIES = {
    "plotly": "plotly",
    "lets-plot": "lets-plot",
    "vega": "altair",
    "bokeh": "bokeh",
    "leaflet": "folium",
    "jupyter.widget": "ipywidgets",
    "<iframe": "iframe",
    "<script": "JavaScript",
    "javascript": "JavaScript",
}
REPRESENTED = re.compile(r"[\[({]*<")  # an object's, which says nothing to readers


def read(data: Mapping[str, Any]) -> tuple[list[Found | tuple[str, str]], str]:
    """What an output holds by MIME type, and the name of what of it cannot be shown, or nothing.

    Pieces are `Found`, or (type, text): markdown, math or text.
    """
    held = {kind: _text(content) for kind, content in data.items()}
    html = held.get("text/html", "")
    if not html and (typed := formula(held.get("text/latex", ""))):
        return [("math", typed)], ""
    if shown := picture(held):
        return [shown], ""
    if "text/markdown" in held:
        return [("markdown", held["text/markdown"])], ""
    if html:
        found, whole = markup.pieces(html)
        return list(found), "" if whole else _library(html, "HTML")
    plain = held.get("text/plain", "")
    if others := [kind for kind in held if not kind.startswith("text/")]:
        return [], _library(others[0], others[0])
    said = plain.strip() and not REPRESENTED.match(plain)
    return [("text", strip_ansi(plain))] if said else [], ""


def _text(content: Any) -> str:
    return content if isinstance(content, str) else ""


def picture(held: Mapping[str, str]) -> Found | None:
    """The picture among forms by MIME type, drawn in lines if it can be; None without one."""
    if shown := markup.drawn_as(held.get("image/svg+xml", "")):
        return Found("picture", shown.title, forms={**_points(held), **shown.forms})
    return Found("picture", forms=points) if (points := _points(held)) else None


def _points(held: Mapping[str, str]) -> dict[str, str]:
    return {kind: held[kind] for kind in PICTURES[1:] if held.get(kind)}


def _library(told: str, otherwise: str) -> str:
    told = told.lower()
    return next((name for mark, name in LIBRARIES.items() if mark in told), otherwise)
