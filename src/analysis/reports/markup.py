"""Foreign HTML rebuilt from harmless tags: its tables, its pictures and the rest of it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bs4 import BeautifulSoup, Tag
from bs4.element import PreformattedString
from markupsafe import Markup

from analysis.reports import cells, look, vector
from analysis.reports.prose import picture

KEPT = {
    "b", "blockquote", "br", "caption", "code", "dd", "div", "dl", "dt", "em", "hr", "i", "img",
    "li", "ol", "p", "pre", "s", "small", "span", "strong", "sub", "sup", "table", "tbody", "td",
    "tfoot", "th", "thead", "tr", "u", "ul",
}  # fmt: skip
KEPT_ATTRIBUTES = ("colspan", "rowspan", "scope")
DRESSED = ("td", "th", "span")
DROPPED = [
    "script", "style", "template", "textarea", "title", "noscript", "iframe", "object", "svg",
    "math", "select", "audio", "video", "canvas",
]  # fmt: skip
NEEDY = ["script", "iframe", "object", "embed", "audio", "video", "canvas"]
NUMBER = re.compile(r"[-−+]?[\d.,]+%?|NaN")
HELD = re.compile(r"data:(image/(?:png|jpeg));base64,([A-Za-z0-9+/=\s]+)")
BESIDE = re.compile(r"\bgt_(title|subtitle|sourcenote|footnote)\b")
ALIGNED = re.compile(r"\bgt_(left|center|right)\b")
PLACE = "\0"  # on both sides of a number: what stands apart
PLACED = re.compile(f"{PLACE}(\\d+){PLACE}")


@dataclass(frozen=True)
class Found:
    """A piece of foreign HTML, and its own title, if it has one.

    `type`: table (with the rows of a grid in `content`, and `html`: all inside its ``<table>``),
    picture (`forms` by MIME type) or html.
    """

    type: str
    title: str = ""
    html: Markup = Markup()
    content: Mapping[str, Any] = field(default_factory=dict)
    forms: Mapping[str, str] = field(default_factory=dict)


def pieces(source: str) -> tuple[list[Found], bool]:
    """What of foreign HTML can be shown, in its order, and whether all of it can.

    What needs a script, or lies elsewhere, cannot.
    """
    marked, drawings = _apart(source.replace("\0", ""))
    soup = BeautifulSoup(marked, "html.parser")
    whole = soup.find(NEEDY) is None
    sheet = look.rules("\n".join(style.get_text() for style in soup("style")))
    for tag in soup(DROPPED):
        tag.decompose()
    for comment in soup(string=lambda string: isinstance(string, PreformattedString)):
        comment.extract()
    outer = [table for table in soup("table") if not table.find_parent("table")]
    told = [_told(table) for table in outer]
    drawn: dict[str, Found] = {}
    for tag in soup(True):
        address = str(tag.get("src", ""))
        place = PLACED.fullmatch(address)
        if tag.name == "img" and (shown := drawings[int(place[1])] if place else held(address)):
            alt = str(tag.get("alt", "")) or shown.title
            tag.attrs = {"class": "plain", "src": picture(shown.forms), "alt": alt}
            drawn[str(tag["src"])] = shown
        elif tag.name == "img":
            whole = False
            tag.decompose()
        else:
            _rebuild(tag, sheet)
    tables = []
    for at, (table, (title, note)) in enumerate(zip(outer, told, strict=True)):
        content = {"note": note, **cells.grid(table)}
        _turn(table, [column["format"] != "text" for column in content["columns"]])
        table.replace_with(f"{PLACE}{at}{PLACE}")
        html = Markup(str(table).removeprefix("<table>"))
        tables.append(Found("table", title, html, content))
    parts = PLACED.split(str(soup))
    found: list[Found] = []
    for at, part in enumerate(parts):
        found += [tables[int(part)]] if at % 2 else _rest(part, drawn)
    return found, whole


def drawn_as(source: str) -> Found | None:
    """The picture of an SVG's source; None where that is none."""
    svg, title = vector.harmless(source)
    return Found("picture", title, forms={"image/svg+xml": svg}) if svg else None


def _apart(source: str) -> tuple[str, list[Found | None]]:
    """The HTML with a place for each SVG: parsed as HTML, it would no longer be one."""
    marked = ""
    drawings: list[Found | None] = []
    for piece, drawn in vector.parted(source):
        marked += f'<img src="{PLACE}{len(drawings)}{PLACE}">' if drawn else piece
        drawings += [drawn_as(piece)] if drawn else []
    return marked, drawings


def held(address: str) -> Found | None:
    """The picture that its own address holds; None where it lies elsewhere, or is none."""
    found = HELD.fullmatch(address)
    return Found("picture", forms={found[1]: found[2]}) if found else None


def _told(table: Tag) -> tuple[str, str]:
    """Title and note of a table, which leave it."""
    title: list[str] = []
    note: list[str] = []
    for part in table(["caption", "td", "th"]):
        beside = BESIDE.search(_classes(part))
        if part.name == "caption" or beside:
            titled = not beside or beside[1] == "title"
            (title if titled else note).append(" ".join(part.get_text(" ").split()))
            part.decompose()
    return " ".join(filter(None, title)), " · ".join(filter(None, note))


def _rebuild(tag: Tag, sheet: Mapping[str, str]) -> None:
    tag.name = re.sub("^h[1-6]$", "p", tag.name)
    style = ""
    if tag.name in DRESSED:
        side = ALIGNED.search(_classes(tag))
        given = (f"text-align:{side[1]}" if side else "", sheet.get(str(tag.get("id")), ""))
        style = look.look(";".join((*given, str(tag.get("style", "")))))
    words = tag.get_text(strip=True)
    if tag.name == "th" and not words:  # heads nothing
        tag.name = "td"
    tag.attrs = {k: tag[k] for k in KEPT_ATTRIBUTES if tag.has_attr(k)}
    if tag.name not in KEPT or (tag.name == "tr" and not tag.find(["td", "th"])):
        tag.unwrap()
        return
    if tag.name == "td" and NUMBER.fullmatch(words):
        tag["class"] = "num"
    if style:
        tag["style"] = style


def _turn(table: Tag, numbers: Sequence[bool]) -> None:
    """Let headings stand above numbers as these do."""
    for row in table.select("thead tr"):
        heads = row.find_all(["th", "td"], recursive=False)
        for head, number in zip(heads, numbers, strict=False):
            if number and head.name == "th" and len(heads) == len(numbers):
                head["class"] = "num"


def _classes(tag: Tag) -> str:
    return " ".join(map(str, tag.get("class") or ()))


def _rest(part: str, drawn: Mapping[str, Found]) -> Iterator[Found]:
    """What stands beside tables: pictures alone, or text that may hold some."""
    soup = BeautifulSoup(part, "html.parser")
    if soup.get_text(strip=True):
        yield Found("html", html=Markup(str(soup)))
    else:
        yield from (drawn[str(image["src"])] for image in soup("img"))
