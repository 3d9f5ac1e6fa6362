"""Text that fits: measured in points, wrapped, balanced, shortened."""

from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import groupby

from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.textpath import text_to_path

from analysis.drawing.style import FONT, SIZE

GAP = "[…]"


@lru_cache(4096)
def extent(text: str, size: float = SIZE, bold: bool = False) -> float:
    """The width of one line of text, in points."""
    font = FontProperties(family=FONT, size=size, weight="bold" if bold else "normal")
    return text_to_path.get_text_width_height_descent(text, font, ismath=False)[0]


def clean(text: object) -> str:
    """Any value as one line of printable text; a dash for what is missing."""
    if text is None or text != text:
        return "–"
    words = "".join(c if c.isprintable() else " " for c in str(text)).split()
    return " ".join(words) or "–"


@cache
def _letters() -> frozenset[str]:
    return frozenset(map(chr, get_font(findfont(FONT)).get_charmap()))


def lacking(text: object) -> list[str]:
    """The letters of a text that the font of pictures lacks, each once: they would be boxes."""
    return [letter for letter in dict.fromkeys(clean(text)) if letter not in _letters()]


def legible(text: object) -> str:
    """As `clean`, with `GAP` for each run of letters that the font of pictures lacks."""
    words = clean(text)
    if _letters().issuperset(words):
        return words
    runs = groupby(words, key=lambda c: c in _letters())
    shown = "".join("".join(run) if known else GAP for known, run in runs).split()
    return " ".join(word for word, same in groupby(shown) for _ in (same if word != GAP else [0]))


def wrap(text: object, width: float, size: float = SIZE, bold: bool = False) -> list[str]:
    """Text in lines no wider than `width` points; a word too long for a line is broken."""
    lines = [""]
    for word in legible(text).split(" "):
        longer = f"{lines[-1]} {word}".lstrip()
        if extent(longer, size, bold) <= width:
            lines[-1] = longer
            continue
        lines.append(word)
        while extent(lines[-1], size, bold) > width and len(lines[-1]) > 2:
            rest = lines.pop()
            fits = (n for n in range(len(rest) - 1, 1, -1) if _fits(rest[:n], width, size, bold))
            cut = next(fits, 1)
            lines += [rest[:cut] + "-", rest[cut:]]
    return [line for line in lines if line]


def shorten(text: object, width: float, size: float = SIZE) -> str:
    """Text cut to `width` points, with an ellipsis where something is missing."""
    whole = legible(text)
    if extent(whole, size) <= width:
        return whole
    return next(
        cut
        for end in range(len(whole) - 1, -1, -1)
        if extent(cut := whole[:end].rstrip(" ,(") + "…", size) <= width or not end
    )


def balance(text: object, width: float, size: float = SIZE, bold: bool = False) -> list[str]:
    """As `wrap`, in lines of about the same width."""
    lines = wrap(text, width, size, bold)
    while len(lines) > 1:
        narrower = wrap(text, widest(lines, size, bold) - 0.1, size, bold)
        if len(narrower) > len(lines) or any(line.endswith("-") for line in narrower):
            break
        lines = narrower
    return lines


def _fits(part: str, width: float, size: float, bold: bool) -> bool:
    return extent(part + "-", size, bold) <= width


def widest(texts: Iterable[str], size: float = SIZE, bold: bool = False) -> float:
    """The width of the widest of some lines, in points; 0 for none."""
    return max((extent(text, size, bold) for text in texts), default=0.0)
