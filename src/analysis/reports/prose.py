"""Prose, pictures and foreign HTML of an executed notebook, made harmless."""

import base64
import os
import re
from collections.abc import Mapping
from itertools import count
from typing import Any
from urllib.parse import quote

from bs4 import BeautifulSoup
from bs4.element import PreformattedString
from markupsafe import Markup, escape
from nbconvert.filters.markdown_mistune import IPythonRenderer

from analysis.exhibits import NARROW_SVG
from analysis.text import _

SVG = "image/svg+xml"
PICTURES = (SVG, "image/png", "image/jpeg")

KEPT = {
    "b", "blockquote", "br", "caption", "code", "dd", "div", "dl", "dt", "em", "hr", "i", "li",
    "ol", "p", "pre", "s", "small", "span", "strong", "sub", "sup", "table", "tbody", "td",
    "tfoot", "th", "thead", "tr", "u", "ul",
}  # fmt: skip
KEPT_ATTRIBUTES = ("colspan", "rowspan", "scope")
FRAME = {"class": "scroll", "tabindex": "0", "role": "region"}
DROPPED = [
    "script", "style", "template", "textarea", "title", "noscript", "iframe", "object", "svg",
    "math", "select",
]  # fmt: skip


class Prose(IPythonRenderer):
    """Markdown of one page: raw HTML escaped, headings in order, links and strangers as text."""

    def __init__(self) -> None:
        super().__init__(escape=True, allow_harmful_protocols=False)
        self.title: str | None = None
        self.level = 1
        self._sections = count(1)

    def heading(self, text: str, level: int, **attrs: Any) -> str:
        if self.title is None:
            self.title = Markup(text).striptags()
            return ""
        self.level = min(max(level, 2), self.level + 1)
        anchor = f"bagian-{next(self._sections)}"
        return f'<h{self.level} id="{anchor}">{text}</h{self.level}>\n'

    def link(self, text: str, url: str, title: str | None = None) -> str:
        address = escape(url)
        outside = url.startswith(("https://", "http://")) and address != text
        return f"{text} ({address})" if outside else text

    def image(self, text: str, url: str, title: str | None = None) -> str:
        shown = picture(self.attachments.get(url.removeprefix("attachment:"), {}))
        if not shown:
            return text
        return f'<img class="plain" src="{shown}" alt="{escape(Markup(text).striptags())}">'

    def block_code(self, code: str, info: str | None = None) -> str:
        return f"<pre><code>{escape(code)}</code></pre>\n"

    def table(self, text: str) -> str:
        attributes = " ".join(f'{k}="{v}"' for k, v in FRAME.items())
        label = escape(_("Tabel"))
        return f'<div {attributes} aria-label="{label}"><table>{text}</table></div>\n'


def picture(data: Mapping[str, Any]) -> str:
    """The first picture among forms by MIME type as a data address; empty when there is none."""
    for kind in PICTURES:
        if kind == SVG and kind in data:
            return _drawn(data[kind])
        if kind in data:
            return f"data:{kind};base64," + quote("".join(data[kind].split()), safe="+/=")
    return ""


def beside(data: Mapping[str, Any]) -> str:
    """The narrow form of a chart as an address among others, which are parted by spaces."""
    return _drawn(data[NARROW_SVG]).replace(" ", "%20") if NARROW_SVG in data else ""


def _drawn(svg: str) -> str:
    """An SVG as a data address; unlike base64, escaped text is still small in a zip."""
    return f"data:{SVG}," + quote(svg, safe=" ()*+,-./:;=@!$")


def attached(kind: str, content: bytes) -> str:
    """A file of a MIME type as a data address, so that it travels inside the page."""
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"


def href(path: str) -> str:
    """The way to a file as a link, whatever its name holds."""
    return quote(os.fsencode(path))


def clean(html: str) -> Markup:
    """Foreign HTML rebuilt from harmless tags; tables get a frame of their own."""
    soup = BeautifulSoup(html, "html.parser")
    for tag in soup(DROPPED):
        tag.decompose()
    for comment in soup(string=lambda string: isinstance(string, PreformattedString)):
        comment.extract()
    for tag in soup(True):
        tag.name = re.sub("^h[1-6]$", "p", tag.name)
        tag.attrs = {k: tag[k] for k in KEPT_ATTRIBUTES if tag.has_attr(k)}
        if tag.name not in KEPT:
            tag.unwrap()
        elif tag.name == "td" and re.fullmatch(r"[-−+]?[\d.,]+%?|NaN", tag.get_text(strip=True)):
            tag["class"] = "num"
        elif tag.name == "table" and not tag.find_parent("table"):
            tag.wrap(soup.new_tag("div", attrs=FRAME | {"aria-label": _("Tabel")}))
    return Markup(str(soup))
