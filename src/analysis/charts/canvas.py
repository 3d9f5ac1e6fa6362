"""What every chart is drawn on: the figure, its texts, its rows and its axes."""

import base64
import io
from collections.abc import Sequence
from itertools import pairwise
from os import PathLike
from typing import IO, Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.ticker import Formatter, MaxNLocator
from PIL import Image

from analysis.charts import style
from analysis.charts.lettering import balance, clean, shorten, widest, wrap
from analysis.charts.style import MUTED, SIZE, SMALL
from analysis.text import _, number

WIDTH = 7.2  # inches
POINTS = WIDTH * 72
_MANY, _SLIM = 15, 16.5  # rows; more of them are so high each, in points


class Canvas(Figure):
    """A figure whose pixels are points and that is saved in the style it was drawn in."""

    def __init__(self, width: float = WIDTH, height: float = 4.0):
        layout = ConstrainedLayoutEngine(w_pad=4 / 72, h_pad=4 / 72)
        super().__init__((width, height), dpi=72, facecolor=style.WHITE, layout=layout)
        FigureCanvasSVG(self)  # so that texts are measured as they will be written

    def settle(self) -> None:
        """Fix the layout, so that what is placed from now on stays where it is put."""
        self.draw_without_rendering()
        self.set_layout_engine("none")

    @style.styled
    def savefig(self, fname: str | PathLike[Any] | IO[Any], **options: Any) -> None:
        super().savefig(fname, **({"dpi": 200} | options))

    def svg(self, title: str) -> str:
        """The picture as SVG: the same bytes for the same picture, text kept as text."""
        buffer = io.BytesIO()
        self.dpi = 144  # of what is rasterised; print_svg draws once where savefig draws twice
        metadata = {"Date": None, "Creator": None, "Title": clean(title)}
        FigureCanvasSVG(self).print_svg(buffer, metadata=metadata)
        self.dpi = 72
        text = buffer.getvalue().decode().replace(f"; font-family: '{style.FONT}'", "")
        return text.replace("<svg ", f'<svg font-family="{style.FONTS}" ', 1)

    @style.styled
    def png(self) -> str:
        """The picture for programs that show no SVG, as base64: 150 dots an inch, 64 colours."""
        self.dpi, small = 150, io.BytesIO()
        canvas = FigureCanvasAgg(self)
        canvas.draw()  # once, where savefig draws twice
        self.set_layout_engine("none")  # the SVG has the same layout
        picture = Image.fromarray(np.asarray(canvas.buffer_rgba())).convert("RGB")
        picture.quantize(64, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(small, "PNG")
        self.dpi = 72
        FigureCanvasSVG(self)
        return base64.b64encode(small.getvalue()).decode()


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
    **look: Any,
) -> None:
    """Write lines of text, moved by (dx, dy) points from a place in the axes' data coordinates.

    Each line is a text of its own, so that it stays aligned in a reader's narrower font.
    `look`: ``coords`` (instead of data), ``bold``, ``rotation`` and properties of the text.
    """
    lines = [lines] if isinstance(lines, str) else lines
    weight = "bold" if look.pop("bold", False) else "normal"
    coords, rotation = look.pop("coords", "data"), look.get("rotation", 0)
    leading, above = 1.25 * size, {"top": 0.0, "center": 0.5, "bottom": 1.0}[va]
    height = leading * (len(lines) - 1) + 0.72 * size
    for position, line in enumerate(lines):
        down = 0.72 * size + leading * position - above * height
        ax.annotate(
            line,
            (x, y),
            xycoords=coords,
            xytext=(dx + down, dy) if rotation else (dx, dy - down),
            textcoords="offset points",
            ha=ha,
            va="baseline",
            rotation_mode="anchor",
            annotation_clip=False,
            fontsize=size,
            fontweight=weight,
            **look,
        )


def row_chart(
    names: Sequence[object], *, extra: float = 60.0, least: float = 21.0
) -> tuple[Canvas, Axes]:
    """A figure with one row per name, the first on top: (figure, axes).

    `extra`: points of height for everything but the rows; `least`: a row's least height. Many
    rows are slim, with their names in small type on one line, cut where they are too long.
    """
    slim = len(names) > _MANY
    if slim:
        size, pitch = SMALL, _SLIM
        wrapped = [[shorten(name, 0.5 * POINTS, size)] for name in names]
    else:
        size, wrapped = SIZE, [balance(name, 0.36 * POINTS) for name in names]
        pitch = max(least, 1.25 * size * max(map(len, wrapped), default=1) + 4)
    figure = Canvas(height=(len(wrapped) * pitch + extra) / 72)
    ax = figure.subplots()
    ax.set(ylim=(max(len(wrapped), 1) - 0.5, -0.5), yticks=[])
    if not wrapped:
        say_empty(ax)
    ax.grid(axis="x")
    for row, lines in enumerate(wrapped):
        write(ax, 0, row, lines, dx=-9, ha="right", size=size, coords=ax.get_yaxis_transform())
    return figure, ax


def say_empty(ax: Axes) -> None:
    """Say in the middle of the axes that there is nothing to draw."""
    said = _("tidak ada data")
    write(ax, 0.5, 0.5, said, ha="center", color=MUTED, coords="axes fraction")


def floats(frame: pd.DataFrame, *names: str) -> pd.DataFrame:
    """The frame with some columns as plain numbers, missing ones as NaN."""
    return frame.assign(**{name: pd.to_numeric(frame[name]).astype(float) for name in names})


def at_right(
    ax: Axes, row: int, text: str, *, dx: float = 10, ha: str = "left", **look: Any
) -> None:
    """A text beside the axes in line with a row: a column of a table next to the picture."""
    write(ax, 1, row, text, dx=dx, ha=ha, coords=ax.get_yaxis_transform(), **look)


class _Decimals(Formatter):
    """Tick labels with the reader's decimal mark and no more digits than the ticks need."""

    def __init__(self, suffix: str = ""):
        self.suffix = suffix

    def format_ticks(self, values: Sequence[float]) -> list[str]:
        steps = [b - a for a, b in pairwise(values)] or [1.0]
        near = 1e-3 * min(map(abs, steps))
        digits = next((d for d in range(6) if all(abs(round(v, d) - v) <= near for v in values)), 6)
        return [number(v, digits) + self.suffix for v in values]

    def __call__(self, value: float, position: int | None = None) -> str:
        return self.format_ticks([value])[0]


def scale(axis: Axis, label: str = "", *, ticks: int = 5, suffix: str = "") -> None:
    """A quiet axis: few round ticks in the reader's number format, its meaning at its start."""
    axis.set_major_locator(MaxNLocator(ticks, steps=[1, 2, 2.5, 5, 10]))
    axis.set_major_formatter(_Decimals(suffix))
    axis.set_tick_params(pad=5)
    if label:
        lines = wrap(label, 0.62 * POINTS, SMALL)
        axis.axes.set_xlabel("\n".join(lines), loc="left", labelpad=6, linespacing=1.25)


def label_above(ax: Axes, label: str) -> None:
    """The meaning of the vertical axis, written upright above its tick labels."""
    ticks = ax.yaxis.get_major_formatter().format_ticks(list(ax.get_yticks()))
    lines = wrap(label, 0.8 * POINTS, SMALL) if label else []
    left = -5 - widest(ticks, SMALL)
    look: dict[str, Any] = {"size": SMALL, "color": MUTED, "coords": "axes fraction"}
    write(ax, 0, 1, lines, dx=left, dy=8, va="bottom", **look)


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
