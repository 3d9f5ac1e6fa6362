"""The heads of a table's columns: upright where they fit, else turned; groups named above them."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Self

import numpy as np
from matplotlib.axes import Axes

from analysis.drawing.canvas import stagger, write
from analysis.drawing.lettering import balance, legible, widest, wrap
from analysis.drawing.style import LINE, MUTED, SMALL

GAP = 0.14  # of a cell, between groups of columns
_LEADING = 1.25 * SMALL
_LONGEST = 150.0  # points of a head that is turned


@dataclass
class Heads:
    """Where the columns are, in cells, and what stands above them.

    `cell`: width of a cell in points; `places`: left of each column; `heads`: lines of each head;
    `titles`: see `_titles`; `high`: points of the heads alone.
    """

    cell: float
    places: list[float]
    heads: list[list[str]]
    upright: bool
    titles: list[tuple[float, tuple[float, float], list[str], int]]
    high: float

    @classmethod
    def fit(cls, groups: dict, room: float, least: float) -> Self:
        """Columns with their groups (or None) into `room` points, or wider where they cannot."""
        places = placed(groups.values())
        cell = max(room / (places[-1] + 1), least)
        heads = _upright(groups, places, cell)
        upright = heads is not None
        if heads is None:
            heads = [balance(head, _LONGEST, SMALL) for head in groups]
            cell = max(cell, _LEADING * max(map(len, heads)) + 4)
        high = max(_LEADING * len(lines) if upright else widest(lines, SMALL) for lines in heads)
        return cls(cell, places, heads, upright, _titles(groups, places, cell), high)

    @property
    def across(self) -> float:
        """The width of all columns, in cells."""
        return self.places[-1] + 1

    @property
    def height(self) -> float:
        """The height of all that stands above the cells, in points."""
        lines = [len(text) + level for _left, _rule, text, level in self.titles]
        return 14 + self.high + (8 + _LEADING * max(lines) if lines else 0)

    def draw(self, ax: Axes, tall: float) -> None:
        """Write the heads above axes in cells, whose rows are `tall` points high."""
        turn: dict[str, Any] = {"rotation": 90}
        if self.upright:
            turn = {"va": "bottom", "ha": "center"}
        for lines, place in zip(self.heads, self.places, strict=True):
            write(ax, place + 0.5, 0, lines, dy=6, size=SMALL, **turn)
        for left, ends, lines, level in self.titles:
            up = 14 + self.high
            rule = [0.15 - up / tall] * 2
            ax.plot(ends, rule, color=LINE, linewidth=1.2, clip_on=False)
            rise = up + level * _LEADING
            write(ax, left, 0, lines, dy=rise, va="bottom", size=SMALL, color=MUTED)


def placed(groups: Iterable[object]) -> list[float]:
    """The left of each column, in cells: groups stand a little apart."""
    sizes = [len(list(part)) for _group, part in groupby(groups)]
    gaps = np.repeat(np.arange(len(sizes)), sizes) * GAP
    return (np.arange(sum(sizes)) + gaps).tolist()


def _upright(heads: Iterable[object], places: list[float], cell: float) -> list[list[str]] | None:
    """Heads side by side in at most three lines; None where a word would touch another's."""
    texts = [
        wrap(head, max(cell - 4, widest(legible(head).split(" "), SMALL)), SMALL) for head in heads
    ]
    spans = []
    for text, place in zip(texts, places, strict=True):
        middle, half = (place + 0.5) * cell, widest(text, SMALL) / 2 + 2
        spans.append((middle - half, middle + half))
    too_wide = spans[-1][1] > (places[-1] + 1) * cell + 6
    return None if too_wide or max(stagger(spans)) or max(map(len, texts)) > 3 else texts


def _titles(groups: dict, places: list[float], cell: float) -> list:
    """Left, ends of the rule, lines and level of each group's title.

    It begins above its columns, or further left where it would leave the picture, and is raised
    where it would touch another.
    """
    found, start = [], 0
    for group, part in groupby(groups.values()):
        size = len(list(part))
        found.append((places[start], size, group))
        start += size
    if found[0][2] is None:
        return []
    texts = [_title(group, size * cell) for _place, size, group in found]
    whole, spans = (places[-1] + 1) * cell, []
    for (place, _size, _group), text in zip(found, texts, strict=True):
        wide = widest(text, SMALL)
        left = max(min(place * cell, whole - wide), 0.0)
        spans.append((left, left + wide + 6))
    high = max(map(len, texts))
    return [
        (left / cell, (place, place + size), text, level * high)
        for (place, size, _group), text, level, (left, _right) in zip(
            found, texts, stagger(spans), spans, strict=True
        )
    ]


def _title(group: object, width: float) -> list[str]:
    """In lines over its own columns, or in one line where a word would have to be broken."""
    lines = wrap(group, max(width - 4, 40), SMALL)
    return lines if " ".join(lines) == legible(group) else [legible(group)]
