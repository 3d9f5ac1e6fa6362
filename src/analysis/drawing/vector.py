"""What matplotlib writes as SVG made lean, and fit for a screen that is dark."""

import re
from html import escape

from analysis.drawing.style import DARK, FONT, FONTS

_TAG = re.compile(r"<[^>]*>")
_NUMBER = re.compile(r"-?\d*\.\d{2,}")
_COLOUR = re.compile(r"(fill|stroke):(#[0-9a-f]{6})")
_DROPPED = re.compile(
    r"<\?xml.*?\?>|<!DOCTYPE.*?>|<!--.*?-->|<metadata>.*?</metadata>"
    r"|<style.*?</style>|<title>.*?</title>",
    re.DOTALL,
)
_CLIPS = re.compile(r"<clipPath.*?</clipPath>| clip-path=\"[^\"]*\"", re.DOTALL)
_PLAIN = re.compile(r"<text(?![^>]*fill:)|<image")
_PART = re.compile(r'<g id="(part-\d+)">')
_ATTRIBUTES = re.compile(
    rf'; font-family: \'{FONT}\'(?=[;"])| transform="rotate\(-?0 [^"]*\)"'
    r"|(?<=<g) id=\"[^\"]*\"|; text-anchor: start"
)


def lean(source: str, title: str, points: float, *, own: bool = True) -> str:
    """The picture without what shows nothing, at 1.25 pixels a point, in both palettes.

    Marks that are part of a group (by their gid, ``part-1``) have it as their class. In what is our
    `own` nothing reaches beyond its axes, so that nothing need be cut off.
    """
    body = _PART.sub(r'<g class="\1">', _DROPPED.sub("", source))
    if own:
        body = _CLIPS.sub("", body)
    body = _ATTRIBUTES.sub("", body)
    body = re.sub(r"\n\s*", "", _TAG.sub(_round, body))
    while (opened := re.sub(r"<g>\s*</g>|<defs>\s*</defs>", "", body)) != body:
        body = opened
    head, body = body.strip().split(">", 1)
    box = re.search(r'viewBox="([^"]*)"', head)
    height = float(box[1].split(" ")[3]) if box else 0.0
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'width="{1.25 * points:.0f}" height="{1.25 * height:.0f}" '
        f'viewBox="0 0 {points:g} {height:g}" font-family="{FONTS}">'
        f"<title>{escape(title, quote=False)}</title>{_style(body, own)}{body}"
    )


def _round(tag: re.Match) -> str:
    shorter = _NUMBER.sub(lambda n: f"{float(n[0]):.1f}".removesuffix(".0"), tag[0])
    return shorter.replace("\n", "").replace(": ", ":").replace("; ", ";")


def _style(body: str, own: bool) -> str:
    """Rules for the dark that are stronger than what stands at each mark.

    What is not our `own` has none unless all of it is in our colours: it stays on white paper.
    """
    every = set(_COLOUR.findall(body))
    found = sorted(pair for pair in every if pair[1] in DARK)
    if not own and (len(found) < len(every) or _PLAIN.search(body)):
        found = []
    rules = "".join(f'[style*="{p}:{c}"]{{{p}:{DARK[c]}!important}}' for p, c in found)
    return (
        "<style>*{stroke-linejoin:round;stroke-linecap:butt}"
        f"@media (prefers-color-scheme:dark){{{rules}}}</style>"
    )
