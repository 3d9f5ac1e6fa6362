"""Values of rows by columns as shaded cells with their digits."""

from itertools import groupby, product
from typing import Any

import numpy as np
import pandas as pd
import seaborn
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba

from analysis.charts.canvas import POINTS, Canvas, floats, say_empty, write
from analysis.charts.heads import GAP, Heads
from analysis.charts.lettering import balance, extent, legible, widest
from analysis.charts.shown import columns, exhibit, extremes
from analysis.charts.style import MUTED, SIZE, SMALL, WHITE, ink_on, styled
from analysis.exhibits import Exhibit
from analysis.text import _, number

_EMPTY, _HATCH = "#f3f1ed", "#cfcac1"
_RAMP = seaborn.blend_palette(
    ["#f1f6f6", "#cfe0e3", "#a3c4ca", "#6b9faa", "#1c5561"], as_cmap=True
).with_extremes(under=to_rgba(_EMPTY, 0))
_MANY = 300  # cells; more of them are drawn as one raster behind the digits
_BELOW, _MARGIN = 34.0, 8.0  # points


@styled
def heatmap(
    frame: pd.DataFrame,
    row: str,
    column: str,
    value: str,
    *,
    title: str,
    low: float = 1,
    high: float = 5,
    columns_in: str | None = None,
    total: str | None = None,
    digits: int = 1,
    label: str = "",
    note: str = "",
    source: str | None = None,
    alt: str | None = None,
) -> Exhibit:
    """A long frame, one line per cell, as a table of cells from light (`low`) to dark (`high`).

    Rows and columns in order of appearance. `columns_in`: column of the frame that groups the
    columns; `total`: the row set apart at the bottom; `label`: what the values are. A missing
    cell is hatched and shows a dash.
    """
    data = columns(frame, row, columns_in, column, value)
    frame = floats(frame, value)
    if frame.empty:
        figure = Canvas(height=1)
        ax = figure.subplots()
        ax.set_axis_off()
        say_empty(ax)
    else:
        limits = low, high
        figure, ax = _table(frame, row, column, value, limits, columns_in, total, digits)
        _ramp(figure, ax, low, high, label)

    text = _("Peta panas: {rows} baris, {columns} kolom; {extremes}.").format(
        rows=frame[row].nunique(),
        columns=frame[column].nunique(),
        extremes=extremes(
            frame[row].astype(str) + ", " + frame[column].astype(str), frame[value], digits
        ),
    )
    alt = alt or text
    return exhibit(figure, "heatmap", data, title=title, note=note, source=source, alt=alt)


def _table(
    frame: pd.DataFrame,
    row: str,
    column: str,
    value: str,
    limits: tuple[float, float],
    columns_in: str | None,
    total: str | None,
    digits: int,
) -> tuple[Canvas, Axes]:
    """The cells with their digits, in axes of their own figure."""
    names = sorted(dict.fromkeys(frame[row]), key=lambda name: name == total)
    groups = dict(zip(frame[column], frame[columns_in or column], strict=True))
    values = frame.pivot(index=row, columns=column, values=value).reindex(names)[list(groups)]
    values = values.to_numpy(dtype=float)

    texts = np.array([number(v, digits) for v in values.flat]).reshape(values.shape)
    widths = [*texts.flat, *(number(end, digits) for end in limits)]
    figure, ax, heads = _axes(names, groups if columns_in else dict.fromkeys(groups), total, widths)
    tops = _tops(names, total)
    font = {"size": SMALL if heads.cell < 34 else SIZE, "va": "center_baseline"}
    wide, deep = heads.across, tops[-1] + 1
    for down, across in product(_runs(tops), _runs(heads.places)):
        part, left, end = values[down, across], heads.places[across.start], tops[down.stop - 1] + 1
        height, width = part.shape
        block = ax.inset_axes((left / wide, 1 - end / deep, width / wide, height / deep))
        font["weight"] = "bold" if names[down.start] == total else "normal"
        look = {"annot": texts[down, across], "fmt": "", "annot_kws": font}
        _shade(block, part, limits, rasterized=values.size > _MANY, **look)
    return figure, ax


def _runs(starts: list[float]) -> list[slice]:
    """The rows or columns that stand side by side, without a gap between them."""
    runs = groupby(range(len(starts)), key=lambda i: round(starts[i] - i, 6))
    return [slice(run[0], run[-1] + 1) for run in (list(run) for _offset, run in runs)]


def _tops(names: list, total: str | None) -> list[float]:
    """The top of each row, in cells."""
    return [i + (2 * GAP if i and name == total else 0) for i, name in enumerate(names)]


def _axes(
    names: list, groups: dict, total: str | None, digits: list[str]
) -> tuple[Canvas, Axes, Heads]:
    """Axes of whole cells with the names of rows and columns written around them."""
    tops = _tops(names, total)
    room = (0.32 if len(groups) < 15 else 0.5) * POINTS
    lines = [balance(name, room, SIZE, name == total) for name in names]
    left = 20 + max(
        widest(text, SIZE, name == total) for text, name in zip(lines, names, strict=True)
    )
    heads = Heads.fit(groups, POINTS - left - _MARGIN, least=widest(digits, SMALL, bold=True) + 7)
    tall = max(21 if len(names) > 12 else 26, 1.25 * SIZE * max(map(len, lines)) + 6)
    wide, deep = heads.cell * heads.across, tall * (tops[-1] + 1)
    width, height = left + wide + _MARGIN, heads.height + deep + _BELOW

    figure = Canvas(width / 72, height / 72)
    figure.set_layout_engine("none")
    ax = figure.add_axes((left / width, _BELOW / height, wide / width, deep / height))
    ax.set(xlim=(0, heads.across), ylim=(tops[-1] + 1, 0))
    ax.set_axis_off()
    for name, text, top in zip(names, lines, tops, strict=True):
        write(ax, 0, top + 0.5, text, dx=-9, ha="right", bold=name == total)
    heads.draw(ax, tall)
    return figure, ax, heads


def _shade(ax: Axes, values: np.ndarray, limits: tuple[float, float], **look: Any) -> None:
    """Shade the cells, their digits readable on each: those without a value are hatched."""
    missing = np.isnan(values)
    if missing.any():
        ax.patch.set(facecolor=_EMPTY, edgecolor=_HATCH, hatch="////", linewidth=0)
    shades = np.where(missing, limits[0] - 1, np.clip(values, *limits))
    look |= {"vmin": limits[0], "vmax": limits[1], "linewidths": 1, "linecolor": WHITE}
    bare = {"cbar": False, "xticklabels": False, "yticklabels": False}
    seaborn.heatmap(shades, cmap=_RAMP, ax=ax, **look, **bare)
    colours = np.asarray(ax.collections[0].get_facecolor())
    for text, colour in zip(ax.texts, colours, strict=False):
        text.set_color(ink_on(tuple(colour[:3])))


def _ramp(figure: Canvas, ax: Axes, low: float, high: float, label: str) -> None:
    """What light and dark mean, below the cells."""
    first, last = (number(end, 0 if end == round(end) else 1) for end in (low, high))
    width, height = figure.bbox.size
    start = ax.bbox.x0 + extent(first, SMALL) + 6
    strip = figure.add_axes((start / width, 10 / height, 70 / width, 8 / height))
    _shade(strip, np.linspace(low, high, 5)[None], (low, high))
    look: dict[str, Any] = {"size": SMALL, "color": MUTED}
    write(strip, 0, 0.5, first, dx=-6, ha="right", **look)
    write(strip, 5, 0.5, last, dx=6, **look)
    if label:
        write(strip, 5, 0.5, legible(label), dx=18 + extent(last, SMALL), **look)
