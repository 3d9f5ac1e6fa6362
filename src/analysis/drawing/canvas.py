"""What every chart is drawn on: the figure in its two forms, its texts and its axes."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.ticker import Formatter, MaxNLocator
from matplotlib.transforms import ScaledTranslation, Transform

from analysis.drawing import style
from analysis.drawing.lettering import widest, wrap
from analysis.drawing.style import MUTED, SIZE, SMALL
from analysis.refusals import Unshowable
from analysis.text import _, number


class Form(NamedTuple):
    """One of the two forms of every picture: its width in points; names stand above marks or not.

    A point is 1.25 pixels of a screen, so that the narrow form is 340 pixels wide and its smallest
    type 11.
    """

    points: float
    narrow: bool


WIDE, NARROW = Form(518.4, False), Form(272.0, True)
EDGE = 8.0  # points of paper around the axes of the narrow form


class Canvas(Figure):
    """A figure whose pixels are points; nothing moves in it. How it is handed over: `framed`."""

    def __init__(self, width: float, height: float):
        super().__init__((width / 72, height / 72), dpi=72, facecolor=style.WHITE)
        FigureCanvasSVG(self)  # so that texts are measured as they will be written

    def axes_within(self, left: float, right: float, top: float, bottom: float) -> Axes:
        """Axes so many points from each edge."""
        width, height = self.bbox.size
        across, up = (width - left - right) / width, (height - top - bottom) / height
        return self.add_axes((left / width, bottom / height, across, up))


def write(
    ax: Axes,
    x: float,
    y: float,
    lines: str | Sequence[str],
    *,
    dx: float = 0.0,
    dy: float = 0.0,
    ha: str = "left",
    va: str = "center",
    size: float = SIZE,
    coords: Transform | None = None,
    bold: bool = False,
    **look: Any,
) -> None:
    """Write lines of text, moved by (dx, dy) points from a place in the axes' data coordinates.

    Each line is a text of its own, so that it stays aligned in a reader's narrower font.
    `coords`: instead of the data's; `look`: ``rotation`` and properties of the text.
    """
    lines = [lines] if isinstance(lines, str) else lines
    leading, above = 1.25 * size, {"top": 0.0, "center": 0.5, "bottom": 1.0}[va]
    height = leading * (len(lines) - 1) + 0.72 * size
    place, scale = coords or ax.transData, ax.figure.dpi_scale_trans
    weight = "bold" if bold else "normal"
    for position, line in enumerate(lines):
        down = 0.72 * size + leading * position - above * height
        moved = (dx + down, dy) if "rotation" in look else (dx, dy - down)
        ax.text(
            x,
            y,
            line,
            transform=place + ScaledTranslation(moved[0] / 72, moved[1] / 72, scale),
            ha=ha,
            va="baseline",
            rotation_mode="anchor",
            fontsize=size,
            fontweight=weight,
            **look,
        )


def say_empty(ax: Axes) -> None:
    """Say in the middle of the axes that there is nothing to draw."""
    said = _("tidak ada data")
    write(ax, 0.5, 0.5, said, ha="center", color=MUTED, coords=ax.transAxes)


def floats(frame: pd.DataFrame, *names: str) -> pd.DataFrame:
    """The frame with some columns as plain numbers, missing ones as NaN."""
    try:
        return frame.assign(**{name: pd.to_numeric(frame[name]).astype(float) for name in names})
    except (ValueError, TypeError):
        told = _("Kolom {names} tidak seluruhnya berisi angka, jadi tidak dapat digambar.")
        raise Unshowable(told.format(names=", ".join(f"“{name}”" for name in names))) from None


class Decimals(Formatter):
    """Tick labels with the reader's decimal mark and no more digits than the ticks need."""

    def __init__(self, share: bool = False) -> None:
        self.share = share

    def format_ticks(self, values: Sequence[float]) -> list[str]:
        factor, sign = (100, "%") if self.share else (1, "")
        values = [factor * v for v in values]
        steps = [b - a for a, b in pairwise(sorted(values))] or [1.0]
        near = 1e-3 * min(map(abs, steps))
        digits = next((d for d in range(6) if all(abs(round(v, d) - v) <= near for v in values)), 6)
        return [number(v, digits) + sign for v in values]

    def __call__(self, value: float, position: int | None = None) -> str:
        return self.format_ticks([value])[0]


def scale(
    axis: Axis,
    label: str = "",
    *,
    ticks: int = 5,
    first: float | None = None,
    share: bool = False,
) -> None:
    """A quiet axis: few round ticks in the reader's number format, its meaning at its start.

    `first`: where the scale begins, among the ticks, in the place of those that it would touch.
    `share`: whether its numbers are shares, which are written as percentages.
    """
    locator = MaxNLocator(ticks, steps=[1, 2, 2.5, 5, 10])
    low, high = axis.get_view_interval()
    shown = [t for t in locator.tick_values(low, high) if low - 1e-9 <= t <= high + 1e-9]
    if first is not None:
        shown = [first, *(t for t in shown if t - first > 0.06 * (high - low))]
    axis.set_ticks(shown)
    axis.set_major_formatter(Decimals(share))
    axis.set_tick_params(pad=5)
    if label:
        ax, lines = axis.axes, label_lines(label, axis.axes.figure.bbox.width)
        look: dict[str, Any] = {"size": SMALL, "color": MUTED, "coords": ax.transAxes}
        left = ax.bbox.x0 - EDGE if ax.figure.bbox.width <= NARROW.points else 0.0
        write(ax, 0, 0, lines, dx=-left, dy=-23 if shown else -6, va="top", **look)


def label_lines(label: str, points: float) -> list[str]:
    """What an axis means, in lines that fit into a figure of this width."""
    room = points - 2 * EDGE if points <= NARROW.points else 0.46 * points
    return wrap(label, room, SMALL) if label else []


def below(label: str, points: float, ticks: bool = True) -> float:
    """How much room an axis with its meaning takes in a figure of this width, in points."""
    lines = label_lines(label, points)
    return 4 + 17 * ticks + (6 + 1.25 * SMALL * len(lines) if lines else 0)


def _room(ax: Axes) -> float:
    return ax.bbox.width / ax.figure.dpi * 72


def above_line(ax: Axes, place: float, text: str) -> None:
    """A label on top of an upright line, moved inwards where it would leave the axes."""
    left, right = ax.get_xlim()
    half, unit = widest([text], SMALL) / 2, _room(ax) / (right - left)
    over = max(half - (place - left) * unit, 0) - max(half - (right - place) * unit, 0)
    look: dict[str, Any] = {"size": SMALL, "coords": ax.get_xaxis_transform()}
    write(ax, place, 1, text, dx=over, dy=5, ha="center", va="bottom", **look)


def label_above(ax: Axes, label: str) -> None:
    """The meaning of the vertical axis, written upright above its tick labels."""
    left = ax.bbox.x0 - EDGE
    lines = wrap(label, ax.figure.bbox.width - 2 * EDGE, SMALL) if label else []
    look: dict[str, Any] = {"size": SMALL, "color": MUTED, "coords": ax.transAxes}
    write(ax, 0, 1, lines, dx=-left, dy=8, va="bottom", **look)


def above(label: str, width: float) -> float:
    """How much room `label_above` takes in a figure of this width, in points."""
    return 12 + (1.25 * SMALL * len(wrap(label, width - 2 * EDGE, SMALL)) if label else 0)


def make_room(ax: Axes) -> None:
    """Move the left edge of axes as far in as the labels of their vertical axis need."""
    texts = ax.yaxis.get_major_formatter().format_ticks(list(ax.get_yticks()))
    box, width = ax.get_position(), ax.figure.bbox.width
    left = (EDGE + 6 + widest(texts, SMALL)) / width
    ax.set_position((left, box.y0, box.x1 - left, box.height))


def span(
    values: Sequence[float] | np.ndarray,
    limits: tuple[float, float] | None = None,
    margin: float = 0.06,
) -> tuple[float, float]:
    """The range of an axis: as asked, else that of the numbers with a margin."""
    if limits is not None:
        low, high = limits
        return low, high
    known = np.asarray(values, dtype=float)
    known = known[np.isfinite(known)]
    low, high = (known.min(), known.max()) if known.size else (0.0, 1.0)
    room = margin * (high - low) or 0.5
    return low - room, high + room


def stagger(spans: Sequence[tuple[float, float]]) -> list[int]:
    """A level for each span (start, end), as low as possible without touching another."""
    ends: list[float] = []
    levels = []
    for start, end in spans:
        level = next((i for i, taken in enumerate(ends) if taken <= start), len(ends))
        ends[level : level + 1] = [end]
        levels.append(level)
    return levels
