"""Named points in four quadrants."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.lines import Line2D

from analysis.charts.key import dot, grey, key, key_height, marker
from analysis.charts.labels import label_points
from analysis.charts.shown import columns, exhibit, kind, ordered, with_clear
from analysis.drawing.canvas import (
    EDGE,
    Canvas,
    Form,
    above,
    below,
    floats,
    label_above,
    make_room,
    scale,
    span,
    write,
)
from analysis.drawing.lettering import extent, legible, widest, wrap
from analysis.drawing.style import (
    CROSS,
    INK,
    MUTED,
    PALE_RED,
    RED,
    SMALL,
    by_level,
    row_cues,
)
from analysis.exhibits import Exhibit
from analysis.text import number

_HANG, _HEAD = 30.0, 8.0  # points before a name in the list, and above that of a quadrant
_Pair = tuple[float, float]  # of x and of y, or the ends of an axis
# Corner -> whether x and y are above their cuts.
CORNERS = {
    "low_high": (False, True),
    "high_high": (True, True),
    "low_low": (False, False),
    "high_low": (True, False),
}


@kind
def quadrant(
    frame: pd.DataFrame,
    name: str,
    x: str,
    y: str,
    *,
    title: str = "",
    cut_x: float,
    cut_y: float,
    corners: Mapping[str, str],
    category: str | None = None,
    emphasis: str | None = None,
    level: str = "level",
    label_x: str = "",
    label_y: str = "",
    limits_x: tuple[float, float] | None = None,
    limits_y: tuple[float, float] | None = None,
    note: str = "",
    source: str | None = None,
    alt: str | None = None,
) -> Exhibit:
    """Named points over two scales cut in two, up to 27 of them.

    `name`, `x`, `y`: columns; `cut_x`, `cut_y`: the values at which high begins; `corners`:
    ``high_low`` (x high, y low) and the like -> the quadrant's name; `emphasis`: the corner that is
    tinted; `category`: column for colour and marker; `level`: column where there is one, points
    that are not ``clear`` are grey and keep their marker; `label_x`, `label_y`: what the values
    are; `limits_x`, `limits_y`: of their scales. In the narrow form the points have numbers, and
    their names stand below, quadrant by quadrant. All else as in every chart: see `charts`.
    """
    level = level if level in frame else ""
    data = columns(frame, name, category, x, y, level=level)
    frame = floats(frame, x, y)
    shown = frame.dropna(subset=[x, y])
    kinds, marks = row_cues(shown, category)
    levels = shown[level] if level else None
    marks = by_level(marks, levels)
    cuts = cut_x, cut_y
    ranges = (
        span([*shown[x], cut_x], limits_x, margin=0.14),
        span([*shown[y], cut_y], limits_y, margin=0.18),
    )

    def draw(form: Form) -> Canvas:
        entries = [*(dot(kind, cue) for kind, cue in kinds.items()), *grey(levels)]
        names, listed = list(shown[name]), []
        if form.narrow:
            listed = _listed(shown[[x, y]].to_numpy(), cuts)
            order = [row for _corner, rows in listed for row in rows]
            numbers = {row: str(number) for number, row in enumerate(order, 1)}
            names = [numbers[row] for row in range(len(shown))]
            tall = 290.0
        else:
            size = sum(extent(legible(n), SMALL) / SMALL + 4 for n in names)
            tall = max(330 + 5 * max(0, len(shown) - 12), 90 + 2.2 * SMALL**2 * size / 350)
        lines = [wrap(one, form.points - 2 * EDGE - _HANG, SMALL) for one in shown[name]]
        named = {
            corner: wrap(text, form.points - 2 * EDGE, SMALL, bold=True)
            for corner, text in corners.items()
        }
        foot = sum(
            _HEAD + _line(named[corner]) + sum(_line(lines[row]) for row in rows)
            for corner, rows in listed
        )
        figure, ax = plane(form, cuts, ranges, label_x, label_y, tall, entries, foot)
        taken = name_corners(ax, cuts, {k: [t] for k, t in corners.items()}, emphasis)
        for across, up, cue in zip(shown[x], shown[y], marks, strict=True):
            ax.plot(across, up, linestyle="none", zorder=3, **marker(cue, size=7.5))
        cut = ax.transData.transform(cuts)
        label_points(ax, shown[x], shown[y], names, avoid=taken, cut=cut)
        down = foot
        for corner, rows in listed:
            look: dict[str, Any] = {"coords": figure.dpi_scale_trans, "size": SMALL, "va": "top"}
            colour = RED if corner == emphasis else MUTED
            down -= _HEAD
            write(ax, EDGE / 72, down / 72, named[corner], bold=True, color=colour, **look)
            down -= _line(named[corner])
            for row in rows:
                at = (down - 0.36 * SMALL) / 72
                mark = marker(marks[row], size=6.5) | {"clip_on": False, "linestyle": "none"}
                ax.plot((EDGE + 4) / 72, at, transform=figure.dpi_scale_trans, **mark)
                write(ax, (EDGE + 25) / 72, down / 72, names[row], ha="right", bold=True, **look)
                write(ax, (EDGE + _HANG) / 72, down / 72, lines[row], **look)
                down -= _line(lines[row])
        return figure

    said = []
    for axis, label in ((x, label_x or x), (y, label_y or y)):
        said.append(f"{label}: {ordered(shown[name], shown[axis])}")
    text = with_clear(" ".join(said), shown, level, name)
    return exhibit(
        draw,
        "quadrant",
        data,
        ([x, y], name),
        title=title,
        note=note,
        source=source,
        alt=alt,
        said=text,
    )


def _line(lines: list[str]) -> float:
    """How high a name in the list below the narrow form stands, in points."""
    return 1.25 * SMALL * len(lines) + 3


def _listed(places: np.ndarray, cuts: _Pair) -> list[tuple[str, list[int]]]:
    """The rows in each corner that has any, the highest first."""
    found = []
    for corner, (right, upper) in CORNERS.items():
        there = ((places >= cuts) == (right, upper)).all(axis=1)
        rows = sorted(np.flatnonzero(there).tolist(), key=lambda row: (-places[row, 1], row))
        found += [(corner, rows)] if rows else []
    return found


def plane(
    form: Form,
    cuts: _Pair,
    ranges: tuple[_Pair, _Pair],
    label_x: str,
    label_y: str,
    tall: float,
    entries: Sequence[Line2D] = (),
    foot: float = 0.0,
) -> tuple[Canvas, Axes]:
    """Axes `tall` points high, cut by a cross, each cut among the ticks, over a `foot`."""
    top = 6 + key_height(entries, form.points) + above(label_y, form.points)
    bottom = below(label_x, form.points) + foot
    figure = Canvas(form.points, tall + top + bottom)
    ax = figure.axes_within(EDGE, EDGE, top, bottom)
    if entries:
        key(figure, entries)
    ax.set(xlim=ranges[0], ylim=ranges[1])
    ax.axvline(cuts[0], color=CROSS, linewidth=1.1, zorder=1)
    ax.axhline(cuts[1], color=CROSS, linewidth=1.1, zorder=1)
    ax.spines["left"].set_visible(True)
    scale(ax.yaxis)
    _tick(ax.yaxis, cuts[1])
    make_room(ax)
    scale(ax.xaxis, label_x)
    _tick(ax.xaxis, cuts[0])
    label_above(ax, label_y)
    return figure, ax


def _tick(axis: Axis, cut: float) -> None:
    """Put the cut among the ticks, in the place of those that it would touch."""
    low, high = axis.get_view_interval()
    others = [t for t in axis.get_majorticklocs() if low <= t <= high]
    far = [t for t in others if abs(t - cut) > 0.08 * (high - low)]
    texts = axis.get_major_formatter().format_ticks(others)
    shown = {t: text for t, text in zip(others, texts, strict=True) if t in far}
    shown[cut] = number(cut, 1 if abs(cut - round(cut, 1)) < 1e-9 else 2)
    axis.set_ticks(list(shown), list(shown.values()))
    axis.get_ticklabels()[-1].set_color(INK)


def name_corners(
    ax: Axes, cuts: _Pair, corners: Mapping[str, list[str]], emphasis: str | None = None
) -> list[tuple[float, float, float, float]]:
    """Write into each corner of settled axes its name, then lines in muted; returns their boxes."""
    box = ax.bbox
    cut = np.clip(ax.transData.transform(cuts)[0], box.x0 + 90, max(box.x1 - 90, box.x0 + 90))
    taken = []
    for corner, (name, *rest) in corners.items():
        right, upper = CORNERS[corner]
        room = (box.x1 - cut if right else cut - box.x0) - 16
        lines = wrap(name, room, SMALL, bold=True)
        height = 1.25 * SMALL * (len(lines) + len(rest))
        width = max(widest(lines, SMALL, bold=True), widest(rest, SMALL))
        x, ha = (1, "right") if right else (0, "left")
        dx, dy = (-8 if right else 8), (-8 if upper else 8)
        look: dict[str, Any] = {"dx": dx, "ha": ha, "size": SMALL, "coords": ax.transAxes}
        vertical = "top" if upper else "bottom"
        first = dy if upper else dy + 1.25 * SMALL * len(rest)
        colour = RED if corner == emphasis else MUTED
        write(ax, x, int(upper), lines, dy=first, va=vertical, bold=True, color=colour, **look)
        if rest:
            second = dy - 1.25 * SMALL * len(lines) if upper else dy
            write(ax, x, int(upper), rest, dy=second, va=vertical, color=MUTED, **look)
        x0 = box.x1 - 10 - width if right else box.x0
        y0 = box.y1 - 10 - height if upper else box.y0
        taken.append((x0, y0, x0 + width + 10, y0 + height + 10))
        if corner == emphasis:
            _tint(ax, cuts, right, upper)
    return taken


def _tint(ax: Axes, cuts: _Pair, right: bool, upper: bool) -> None:
    (left, end), (bottom, top) = ax.get_xlim(), ax.get_ylim()
    xs = (cuts[0], end) if right else (left, cuts[0])
    ys = (cuts[1], top) if upper else (bottom, cuts[1])
    ax.fill_between(xs, [ys[0]] * 2, [ys[1]] * 2, color=PALE_RED, linewidth=0, zorder=0)
