"""What the look of a foreign cell means, kept where it can be read in light and in dark.

Only colours, bars, alignment and weight are let through, each rebuilt from its numbers.
Source of contrast: WCAG 2.2, relative luminance and 1.4.3.
"""

import re

from PIL import ImageColor

Colour = tuple[int, int, int]
BLACK: Colour = (0, 0, 0)
WHITE: Colour = (255, 255, 255)
LEAST = 4.5  # contrast of text with its ground
KEPT = {
    "text-align": re.compile("left|right|center"),
    "font-weight": re.compile("bold|[5-9]00"),
    "font-style": re.compile("italic"),
}
BAR = re.compile(r"linear-gradient\(\s*90deg\s*,((?:[^()]|\([^()]*\))*)\)")
STOP = re.compile(r"(#\w+|\w+|\w+\([^()]*\))\s+([\d.]{1,8})%")
RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")


def rules(sheet: str) -> dict[str, str]:
    """What a style sheet says of single elements, by their id; of all else, nothing."""
    found: dict[str, str] = {}
    for selectors, given in RULE.findall(sheet):
        for selector in selectors.split(","):
            if named := re.fullmatch(r"#([\w-]+)", selector.strip()):
                found[named[1]] = f"{found.get(named[1], '')};{given}"
    return found


def look(given: str) -> str:
    """The declarations among these that carry meaning; a colour gets what makes it readable."""
    parts = (part.partition(":") for part in given.split(";"))
    said = {name.strip().lower(): value.strip() for name, _colon, value in parts}
    kept = [
        f"{name}:{said[name]}" for name, form in KEPT.items() if form.fullmatch(said.get(name, ""))
    ]
    text, ground = _colour(said.get("color", "")), _colour(said.get("background-color", ""))
    if stops := _stops(said.get("background", "")):
        shown = ",".join(f"{_hex(readable(c, BLACK))} {at}%" for c, at in stops)
        kept += [f"color:{_hex(BLACK)}", f"background:linear-gradient(90deg,{shown})"]
    elif text or (ground := ground or _colour(said.get("background", ""))):
        ground = ground or WHITE
        kept.append(f"color:{_hex(readable(text or BLACK, ground))}")
        kept.append(f"background:{_hex(ground)}")
    else:
        return ";".join(kept)
    return ";".join([*kept, "print-color-adjust:exact"])


def readable(colour: Colour, beside: Colour) -> Colour:
    """The colour, so much darker or lighter that it can be read beside the other."""
    end = max(BLACK, WHITE, key=lambda c: contrast(c, beside))
    for step in range(21):
        red, green, blue = (
            round(c + (e - c) * step / 20) for c, e in zip(colour, end, strict=True)
        )
        if contrast((red, green, blue), beside) >= LEAST:
            break
    return red, green, blue


def contrast(one: Colour, other: Colour) -> float:
    """How well two colours are told apart: 1 (not at all) to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: Colour) -> float:
    parts = [c / 255 for c in colour]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _colour(given: str) -> Colour | None:
    """An opaque colour; None for what is none."""
    try:
        known = ImageColor.getrgb(given) if len(given) < 40 else ()
    except ValueError:
        return None
    return known if len(known) == 3 else None


def _stops(given: str) -> list[tuple[Colour, str]]:
    """The stops of a bar in a cell: colour and per cent."""
    bar = BAR.fullmatch(given)
    found = STOP.findall(bar[1]) if bar else []
    stops = [(WHITE if name == "transparent" else _colour(name), at) for name, at in found]
    return [(colour, at) for colour, at in stops if colour]


def _hex(colour: Colour) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)
