"""A chart's SVG as part of a page, so that the page can show some of its marks more than others.

An executed notebook is no one we trust: the picture is written anew from the few tags, attributes
and colours that our charts draw with, and one that holds anything else stays a picture apart.
"""

import re
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from markupsafe import Markup, escape

from analysis.reports.vector import LINK, SVG

_DRAWN = {"svg", "g", "path", "rect", "circle", "line", "text", "tspan", "defs", "use"}
_NUMBER, _WORDS = r"-?[\d.]+", r"[\w\s.,'%#-]*"
_LOOK = rf"(fill|stroke|opacity|font|text)(-[a-z]+)*:{_WORDS}"
_ATTRIBUTES = {
    **dict.fromkeys(
        ("x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "width", "height"), _NUMBER
    ),
    "d": r"[\d\s.,A-Za-z-]*",
    "viewBox": rf"{_NUMBER}( {_NUMBER}){{3}}",
    "transform": r"((matrix|rotate|scale|translate)\([\d\s.,e-]*\)\s*)*",
    "font-family": _WORDS,
    "class": r"part-\d+",
    "style": rf"{_LOOK}(;{_LOOK})*;?",
    "id": r"[\w-]+",
    "href": r"#[\w-]+",
}
_RULES = re.compile(
    r"\*\{stroke-linejoin:round;stroke-linecap:butt\}"
    r"@media \(prefers-color-scheme:dark\)\{(?P<rules>("
    r'\[style\*="(fill|stroke):#[0-9a-f]{6}"\]\{(fill|stroke):#[0-9a-f]{6}!important\})*)\}'
)


def drawn(source: str, name: str, alt: str, form: str) -> Markup | None:
    """The picture as an element of a page; None where it is not one of our own make.

    `name`: of the figure that it stands in, by which its ids and its dark colours are kept to it;
    `form`: its class.
    """
    if "<!" in source:
        return None
    try:
        root = ElementTree.fromstring(source)
        inside = "".join(_written(part, f"{name}-{form}-", f"#{name}") for part in root)
        head = _attributes(root, "")
    except (ElementTree.ParseError, RecursionError, ValueError):
        return None
    if root.tag != f"{{{SVG}}}svg" or root.get("class"):
        return None
    said = f'class="{form}" role="img" aria-label="{escape(alt)}"'
    return Markup(f"<svg {said}{head}>{inside}</svg>")


def _written(element: Element, prefix: str, within: str) -> str:
    """An element anew. Raises ValueError for what our charts do not draw."""
    tag = element.tag.removeprefix(f"{{{SVG}}}") if isinstance(element.tag, str) else ""
    if tag == "title":  # said in aria-label
        return ""
    if tag == "style":
        found = _RULES.fullmatch(element.text or "")
        if not found or len(element):
            raise ValueError(tag)
        rules = found["rules"].replace("[style", f"{within} [style")
        return f"<style>@media screen and (prefers-color-scheme:dark){{{rules}}}</style>"
    if tag not in _DRAWN or tag == "svg":
        raise ValueError(tag)
    words = escape(element.text or "") + Markup().join(
        Markup(_written(part, prefix, within)) + (part.tail or "") for part in element
    )
    return f"<{tag}{_attributes(element, prefix)}>{words}</{tag}>"


def _attributes(element: Element, prefix: str) -> str:
    shown = ""
    for name, value in element.attrib.items():
        name = "href" if name == LINK else name
        if not re.fullmatch(_ATTRIBUTES.get(name, "(?!)"), value):
            raise ValueError(name)
        if name in ("id", "href"):
            value = ("#" if name == "href" else "") + prefix + value.removeprefix("#")
        shown += f' {name}="{escape(value)}"'
    return shown
