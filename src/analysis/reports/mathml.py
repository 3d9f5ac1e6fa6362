"""LaTeX as MathML, which browsers draw and screen readers speak without a script."""

import re
from collections.abc import Iterator
from html import unescape
from xml.etree.ElementTree import Element

from markupsafe import Markup, escape

ELEMENTS = {
    "math", "mfrac", "mi", "mmultiscripts", "mn", "mo", "mover", "mpadded", "mphantom", "mroot",
    "mrow", "mspace", "msqrt", "mstyle", "msub", "msubsup", "msup", "mtable", "mtd", "mtext",
    "mtr", "munder", "munderover", "none", "mprescripts",
}  # fmt: skip
ATTRIBUTES = {
    "accent", "columnalign", "columnspacing", "depth", "display", "displaystyle", "fence", "form",
    "height", "linebreak", "linethickness", "lspace", "mathvariant", "maxsize", "minsize",
    "movablelimits", "rowspacing", "rspace", "scriptlevel", "separator", "stretchy", "width",
}  # fmt: skip
PLAIN = re.compile(r"[\w.%+ -]{1,60}")
LONGEST = 5_000  # letters of a formula
# Macros of macros would grow without bounds.
MACRO = re.compile(r"\\(?:(?:re|provide)?newcommand|[egx]?def|let)\b")
MATH = re.compile(r"\s*(?:\$\$?(.+?)\$?\$|\\\[(.+)\\\]|(\\begin\{[a-z]+\*?\}.+))\s*", re.DOTALL)


def formula(latex: str) -> str:
    """The formula of an output of LaTeX without its delimiters; empty where it is text or none."""
    found = MATH.fullmatch(latex)
    body = next(filter(None, found.groups()), "") if found else ""
    return "" if body.startswith(r"\begin{tabular}") else body


def mathml(latex: str, *, block: bool = False) -> Markup:
    """A formula, rebuilt from harmless elements; what cannot be read is shown as it was typed."""
    from latex2mathml.converter import convert_to_element  # takes a while, and is seldom needed

    typed = Markup("<code>{}</code>").format(latex.strip())
    if len(latex) > LONGEST or MACRO.search(latex):
        return typed
    try:
        display = "block" if block else "inline"
        whole = convert_to_element(latex.replace("{aligned}", "{split}"), display=display)
        return Markup("".join(_rebuilt(whole)))
    except Exception:  # of whatever kind: the reader raises many
        return typed


def _rebuilt(element: Element) -> Iterator[str]:
    """The pieces of an element and all in it. Raises ValueError for one that is not known."""
    if element.tag not in ELEMENTS:
        raise ValueError(element.tag)
    yield f"<{element.tag}"
    for name, value in element.attrib.items():
        if name in ATTRIBUTES and PLAIN.fullmatch(value):
            yield f' {name}="{value}"'
    yield f">{escape(unescape(element.text or '').strip())}"
    for part in element:
        yield from _rebuilt(part)
    yield f"</{element.tag}>"
