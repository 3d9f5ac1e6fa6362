"""Foreign SVG, made harmless: nothing in it runs, or asks for anything outside."""

import re
from collections.abc import Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

SVG, LINK = "http://www.w3.org/2000/svg", "{http://www.w3.org/1999/xlink}href"
DROPPED = {
    "animate", "animateMotion", "animateTransform", "audio", "foreignObject", "handler", "iframe",
    "metadata", "script", "set", "video",
}  # fmt: skip
ASKS = re.compile(r"@import|script:|url\(\s*[\"']?(?!#|data:image/)|\\", re.IGNORECASE)
HERE = re.compile(r"#|data:image/(png|jpeg);base64,")
TITLE = re.compile(r"\b(plot-title|role-title)")
OPENED = re.compile(r"<(/?)svg\b[^<>]*?(/?)>", re.IGNORECASE)

ElementTree.register_namespace("xlink", LINK[1:].partition("}")[0])


def harmless(source: str) -> tuple[str, str]:
    """The picture and its own title, both empty where it cannot be read as a picture."""
    try:
        if "<!ENTITY" in source:
            return "", ""
        if "xmlns=" not in source.partition(">")[0] and source.lstrip().startswith("<svg"):
            source = source.replace("<svg", f'<svg xmlns="{SVG}"', 1)
        root = ElementTree.fromstring(source)
    except (ElementTree.ParseError, ValueError):
        return "", ""
    if root.tag != f"{{{SVG}}}svg":
        return "", ""
    _strip(root)
    title = _title(root)
    # Whoever else writes XML in this process may have another default namespace.
    for part in root.iter():
        part.tag = part.tag.removeprefix(f"{{{SVG}}}")
    root.set("xmlns", SVG)
    return ElementTree.tostring(root, "unicode"), title


def _strip(element: Element) -> None:
    for name, value in list(element.attrib.items()):
        link = name in ("href", LINK)
        if name.lower().startswith("on") or ASKS.search(value) or (link and not HERE.match(value)):
            del element.attrib[name]
    if ASKS.search(element.text or "") and element.tag.endswith("}style"):
        element.text = ""
    for part in list(element):
        if not isinstance(part.tag, str) or part.tag.rpartition("}")[2] in DROPPED:
            element.remove(part)
        else:
            _strip(part)


def _title(root: Element) -> str:
    for part in root.iter():
        own = part.tag == f"{{{SVG}}}title" and part in list(root)
        said = " ".join("".join(part.itertext()).split())
        if said and (own or TITLE.search(part.get("class", ""))):
            return said
    return ""


def parted(html: str) -> Iterator[tuple[str, bool]]:
    """HTML in its order as (piece, whether it is an outermost SVG)."""
    last = start = depth = 0
    for tag in OPENED.finditer(html):
        closes, alone = tag.groups()
        if closes and depth:
            depth -= 1
            if not depth:
                yield html[last:start], False
                yield html[start : tag.end()], True
                last = tag.end()
        elif not closes and not alone:
            start = start if depth else tag.start()
            depth += 1
    yield html[last:], False
