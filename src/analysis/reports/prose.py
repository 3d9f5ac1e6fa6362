"""Markdown of an executed notebook: as tokens, and from these as harmless HTML."""

import base64
import os
from collections.abc import Iterable, Mapping
from functools import cache
from html import unescape
from typing import Any
from urllib.parse import quote

from markupsafe import Markup, escape
from mistune import BlockState
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from analysis.exhibits import NARROW_SVG
from analysis.reports.mathml import mathml
from analysis.runs.markdown import Token
from analysis.text import _

SVG = "image/svg+xml"
PICTURES = (SVG, "image/png", "image/jpeg")
FRAME = {"class": "scroll", "tabindex": "0", "role": "region"}


def words(tokens: Iterable[Token]) -> str:
    """The text of inline tokens; a link or a picture outside shows its address."""
    shown = []
    for token in tokens:
        kind = token["type"]
        inside = words(token.get("children", []))
        if kind in ("softbreak", "linebreak"):
            inside = " "
        elif kind in ("link", "image"):
            inside += after(inside, token["attrs"]["url"])
        elif kind == "text":
            inside = unescape(token["raw"])
        elif kind == "latex_environment":
            inside = environment(**token["attrs"])
        elif "raw" in token:
            inside = token["raw"]
        shown.append(inside)
    return "".join(shown)


def outside(url: str) -> bool:
    """Whether an address leads out of this folder."""
    return url.startswith(("https://", "http://"))


def after(inside: str, url: str) -> str:
    """What stands behind the words of a link, which is none: its address, if not in the words."""
    return f" ({url})" if outside(url) and url != inside else ""


def environment(name: str, body: str) -> str:
    """A LaTeX environment as it was typed."""
    return rf"\begin{{{name}}}{body}\end{{{name}}}"


def html(tokens: Iterable[Token]) -> Markup:
    """Tokens as HTML: raw HTML escaped, links and pictures from outside as text."""
    return Markup(_renderer().render_tokens(tokens, BlockState()))


class _Renderer(IPythonRenderer):
    """A heading has its `anchor`, and a picture its `forms`, from whoever has read the document."""

    def heading(self, text: str, level: int, **attrs: Any) -> str:
        if not (anchor := attrs.get("anchor")):  # it stands inside something else
            return f"<p><strong>{text}</strong></p>\n"
        return f'<h{level} id="{anchor}">{text}</h{level}>\n'

    def link(self, text: str, url: str, title: str | None = None) -> str:
        return text + escape(after(Markup(text).unescape(), url))

    def image(
        self,
        text: str,
        url: str,
        title: str | None = None,
        forms: Mapping[str, Any] | None = None,
    ) -> str:
        alt = escape(Markup(text).striptags())
        if shown := picture(forms or {}):
            return f'<img class="plain" src="{shown}" alt="{alt}">'
        return text + escape(after(alt.unescape(), url))

    def block_code(self, code: str, info: str | None = None) -> str:
        return f"<pre><code>{escape(code)}</code></pre>\n"

    def table(self, text: str) -> str:
        attributes = " ".join(f'{k}="{v}"' for k, v in FRAME.items())
        label = escape(_("Tabel"))
        return f'<div {attributes} aria-label="{label}"><table>{text}</table></div>\n'

    def block_math(self, body: str) -> str:
        return mathml(body, block=True)

    def inline_math(self, body: str) -> str:
        # “$5 dan $10” are two amounts, as pandoc has it, too.
        return mathml(body) if body == body.strip() else f"${escape(body)}$"

    def latex_environment(self, name: str, body: str) -> str:
        return mathml(environment(name, body), block=True)


@cache
def _renderer() -> _Renderer:
    renderer = _Renderer(escape=True, allow_harmful_protocols=False)
    MarkdownWithMath(renderer=renderer)  # which teaches it tables, lists of tasks and the like
    return renderer


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
