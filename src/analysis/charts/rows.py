"""A picture of rows: names with marks along one scale, and figures as a table has them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from analysis.charts.key import key, key_height
from analysis.drawing.canvas import EDGE, Canvas, Form, say_empty, write
from analysis.drawing.lettering import balance, widest
from analysis.drawing.style import INK, LINE, SIZE, SMALL

_MANY, _SLIM = 15, 16.5  # rows; more of them are so high each, in points
_MARK, _APART = 15.0, 9.0  # points of a mark under its name, and from there to the next name


class Column(NamedTuple):
    """Figures in line with the rows: beside the picture, or beside the names over the marks."""

    texts: Sequence[str]
    bold: bool = False
    size: float = SIZE
    colour: str = INK

    @property
    def width(self) -> float:
        return 10 + widest(self.texts, self.size, self.bold)


@dataclass
class Rows:
    """The rows drawn: `at`, where each row's mark is; one unit upwards is as high as a mark."""

    figure: Canvas
    ax: Axes
    at: list[float]
    narrow: bool

    def upright(self, place: float, colour: str, width: float) -> None:
        """A line through all marks at a place of their scale, but through no name."""
        look: dict[str, Any] = {"color": colour, "linewidth": width, "zorder": 1}
        if self.narrow:
            for row in self.at:
                self.ax.plot([place] * 2, [row - 0.5, row + 0.5], **look)
        else:
            self.ax.axvline(place, **look)

    def grid(self) -> None:
        """Light lines to follow: from the ticks, or in the narrow form along each row."""
        self.ax.grid(axis="x", visible=not self.narrow)
        if self.narrow:
            self.ax.hlines(self.at, *self.ax.get_xlim(), color=LINE, linewidth=0.8, zorder=0.5)

    @property
    def room(self) -> float:
        """The width of the axes in points."""
        return self.ax.bbox.width


def row_chart(
    form: Form,
    names: Sequence[object],
    *,
    columns: Sequence[Column] = (),
    entries: Sequence[Line2D] = (),
    foot: bool = False,
    above: float = 0.0,
    below: float = 0.0,
    least: float = 21.0,
) -> Rows:
    """A figure with one row per name, the first on top.

    `columns`: figures of each row; `entries`: of the key, above the rows or at the `foot`;
    `above`, `below`: points that the axes need; `least`: a row's least height. Many rows are slim,
    with their names in small type.
    """
    beside = sum(column.width for column in columns)
    slim = len(names) > _MANY
    size = SMALL if slim else SIZE
    if form.narrow:
        inner = form.points - 2 * EDGE
        lines = [balance(name, inner - beside, size) for name in names]
        unit = _MARK - 2 * slim
        left = right = EDGE
        at, tops, down = [], [], 0.0
        for text in lines:
            tops.append(down / unit)
            down += 1.25 * size * len(text) + 2 + unit
            at.append((down - unit / 2) / unit)
            down += _APART
        high, span = down, (down / unit if lines else 1.0, 0.0)
    else:
        lines = [balance(name, (0.5 if slim else 0.36) * form.points, size) for name in names]
        most = max(map(len, lines), default=1)
        unit = max(_SLIM if slim else least, 1.25 * size * most + 4)
        left = 13 + max((widest(text, size) for text in lines), default=0.0)
        right = 4 + beside
        at = [float(row) for row in range(len(lines))]
        high, span = unit * max(len(lines), 1), (max(len(lines), 1) - 0.5, -0.5)
    high = high or 40.0
    keyed = key_height(entries, form.points)
    top, bottom = 4 + above + keyed * (not foot), below + keyed * foot
    figure = Canvas(form.points, high + top + bottom)
    ax = figure.axes_within(left, right, top, bottom)
    ax.set(ylim=span, yticks=[])
    if entries:
        key(figure, entries, foot)
    if not lines:
        say_empty(ax)
    across = ax.get_yaxis_transform()
    for row, text in enumerate(lines):
        if form.narrow:
            write(ax, 0, tops[row], text, va="top", size=size, coords=across)
        else:
            write(ax, 0, row, text, dx=-9, ha="right", size=size, coords=across)
        dx = 0.0
        for column in reversed(columns) if form.narrow else columns:
            look: dict[str, Any] = {"size": column.size, "bold": column.bold}
            look |= {"color": column.colour, "ha": "right", "coords": across}
            if form.narrow:
                write(ax, 1, tops[row], column.texts[row], dx=-dx, va="top", **look)
            dx += column.width
            if not form.narrow:
                write(ax, 1, row, column.texts[row], dx=dx, **look)
    return Rows(figure, ax, at, form.narrow)
