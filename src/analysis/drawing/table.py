"""A table as a picture, for what shows no table."""

from collections.abc import Sequence
from typing import Any

from analysis.drawing.canvas import EDGE, Canvas, write
from analysis.drawing.lettering import balance, widest, wrap
from analysis.drawing.style import INK, LINE, MUTED, SMALL, styled

WIDEST, APART, PAD = 190.0, 14.0, 4.0  # points of a column, between columns, above and below a row
_LEADING = 1.25 * SMALL


@styled
def table(heads: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[bool]) -> Canvas:
    """Texts under their headings, as wide as they need; `right`: which columns are set there."""
    columns = list(zip(*rows, strict=True)) or [()] * len(heads)
    rooms = [min(widest(column, SMALL), WIDEST) for column in columns]
    words = [widest(head.split() or [""], SMALL, bold=True) for head in heads]
    rooms = [max(pair) for pair in zip(rooms, words, strict=True)]
    above = [
        balance(head, room + 1, SMALL, bold=True) for head, room in zip(heads, rooms, strict=True)
    ]
    lines = [[wrap(t, room + 1, SMALL) for t, room in zip(row, rooms, strict=True)] for row in rows]
    tall = [_LEADING * max(map(len, line)) + 2 * PAD for line in [above, *lines]]
    width = 2 * EDGE + sum(rooms) + APART * (len(rooms) - 1)
    figure = Canvas(width, sum(tall) + PAD)
    ax = figure.axes_within(0, 0, 0, 0)
    ax.set(xlim=(0, width), ylim=(sum(tall) + PAD, 0))
    ax.set_axis_off()
    upper = 0.0
    for at, (line, height) in enumerate(zip([above, *lines], tall, strict=True)):
        left = EDGE
        for part, room, end in zip(line, rooms, right, strict=True):
            look: dict[str, Any] = {"size": SMALL, "bold": not at, "color": INK if at else MUTED}
            place, ha = (left + room, "right") if end else (left, "left")
            write(ax, place, upper + PAD, part, va="top", ha=ha, **look)
            left += room + APART
        upper += height
        ax.plot([EDGE, width - EDGE], [upper] * 2, color=LINE, linewidth=0.6 if at else 1.4)
    return figure
