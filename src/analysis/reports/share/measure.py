"""Text that fits its box: measured in a wide font, so that it fits in others, too."""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from math import ceil
from pathlib import Path

import matplotlib
from PIL import ImageFont

from analysis.reports.office import plain

LEADING = 1.22
"""The height of a line in sizes of its letters."""
CUT = "…"
_EM = 100


@cache
def _font(bold: bool) -> ImageFont.FreeTypeFont:
    """DejaVu Sans, which matplotlib brings along: wider than Arial, Segoe UI, or Roboto."""
    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    return ImageFont.truetype(Path(matplotlib.get_data_path(), "fonts", "ttf", name), _EM)


@lru_cache(4096)
def _extent(word: str, bold: bool) -> float:
    return _font(bold).getlength(word) / _EM


def one_line(words: str) -> str:
    """Text without breaks, and without what no document can hold; what is bound stays so."""
    return re.sub(r"[^\S\u00a0\u202f]+", " ", plain(words)).strip()


def lines(words: str, width: float, size: float, bold: bool = False) -> int:
    """How many lines text takes in a box of this width; `size` in the same unit."""
    return _lines(words.split(" "), width / size, bold)


def _lines(words: Sequence[str], room: float, bold: bool) -> int:
    found, used, space = 1, 0.0, _extent(" ", bold)
    for word in words:
        wide = _extent(word, bold)
        if used and used + space + wide > room:
            found, used = found + 1, 0.0
        used += wide + (space if used else 0)
        if used > room:  # a word that is broken
            found, used = found + ceil(used / room) - 1, used % room
    return found


def height(words: str, width: float, size: float, bold: bool = False) -> float:
    """How much room text takes in a box of this width; nothing for no text."""
    return lines(words, width, size, bold) * size * LEADING if words else 0.0


def fitted(
    words: str, width: float, tall: float, sizes: Sequence[float], bold: bool = False
) -> tuple[str, float]:
    """Text in the first of these sizes in which it fits, cut with `CUT` where it does in none."""
    words = one_line(words)
    for size in sizes:
        if height(words, width, size, bold) <= tall:
            return words, size
    return next(s for s in _shorter(words) if height(s, width, size, bold) <= tall), size


def _shorter(words: str) -> Iterator[str]:
    """Text cut at each of its ends of words, and at last nothing but the sign that it is cut."""
    parts = words.split(" ")[:400]
    for end in range(len(parts) - 1, 0, -1):
        yield " ".join(parts[:end]).rstrip(" ,;:–") + CUT
    yield CUT
