"""Values of rows by columns as shaded cells with their digits."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from analysis import formats
from analysis.charts.heads import GAP, Heads
from analysis.charts.shown import columns, exhibit, kind, ordered, parts, written
from analysis.drawing.canvas import EDGE, Canvas, Form, floats, say_empty, span, write
from analysis.drawing.lettering import balance, extent, widest, wrap
from analysis.drawing.style import (
    BAND,
    MUTED,
    SHADES,
    SIZE,
    SMALL,
    ink_on,
)
from analysis.exhibits import Exhibit
from analysis.text import _

_BELOW, _MARGIN, _APART = 34.0, 8.0, 10.0  # points


@kind
def heatmap(
    frame: pd.DataFrame,
    name: str,
    column: str,
    value: str,
    *,
    title: str = "",
    limits: tuple[float, float] | None = None,
    columns_in: str | None = None,
    total: str | None = None,
    worst_first: bool = False,
    digits: int | None = None,
    label: str = "",
    note: str = "",
    source: str | None = None,
    alt: str | None = None,
) -> Exhibit:
    """A long frame, one line per cell, as a table of shaded cells with their values.

    `name`, `column`, `value`: columns of the frame, for the row of a cell, its column and what it
    holds. `limits`: the values of the palest and the darkest shade; the first may be above the
    second, where little is what matters. Rows and columns in order of appearance, or with
    `worst_first` the rows that are darkest on average on top. `columns_in`: column of the frame
    that groups the columns; `total`: the row set apart at the bottom; `label`: what the values are.
    A missing cell has no shade and shows a dash. In the narrow form a row's name stands above its
    cells, and columns that find no room there follow below the others. All of a row has the group
    of its units as its class, where `frame` says it: see `shown.parts`. All else as in every chart:
    see `charts`. Raises ValueError where two lines are of one cell.
    """
    data = columns(frame, name, columns_in, column, value)
    if frame.duplicated([name, column]).any():
        said = _(
            "Beberapa baris berbagi satu petak “{name}” × “{column}”: ringkaslah dahulu, misalnya "
            "dengan groupby([...]).mean()."
        )
        raise ValueError(said.format(name=name, column=column))
    written_as = written(frame, value, digits)
    frame = floats(frame, value)
    low, high = limits or span(frame[value], margin=0)
    of = parts(data, frame[name])
    groups = dict(zip(frame[column], frame[columns_in or column], strict=True))
    if not columns_in:
        groups = dict.fromkeys(groups)
    table = frame.pivot(index=name, columns=column, values=value)
    names = list(dict.fromkeys(frame[name]))
    if worst_first:
        means = table.mean(axis=1) * (1 if high > low else -1)
        names.sort(key=lambda one: -means.fillna(-np.inf)[one])
    names.sort(key=lambda one: one == total)
    values = table.reindex(names)[list(groups)].to_numpy(dtype=float)

    def draw(form: Form) -> Canvas:
        if frame.empty:
            figure = Canvas(form.points, 60)
            ax = figure.axes_within(0, 0, 0, 0)
            ax.set_axis_off()
            say_empty(ax)
            return figure
        return _Table(names, groups, values, total, (low, high), written_as, of).draw(form, label)

    cells = frame.assign(**{value: frame[value]}).dropna(subset=[value])
    said = ordered(
        cells[name].astype(str) + ", " + cells[column].astype(str), cells[value], written_as
    )
    return exhibit(
        draw,
        "heatmap",
        data,
        ([value], name),
        title=title,
        note=note,
        source=source,
        alt=alt,
        said=said,
    )


class _Table:
    """The cells, their names and digits."""

    def __init__(
        self,
        names: list,
        groups: dict,
        values: np.ndarray,
        total: str | None,
        limits: tuple[float, float],
        form: int | str,
        parts: dict[Any, str],
    ):
        self.names, self.groups, self.values, self.limits = names, groups, values, limits
        self.parts = [parts.get(name) for name in names]
        self.bold = [name == total for name in names]
        self.texts = [[formats.cell(v, form) for v in line] for line in values]
        ends = [formats.cell(end, form) for end in limits]
        digits_wide = widest([*ends, *(t for line in self.texts for t in line)], SMALL, bold=True)
        self.least = digits_wide + 7
        share = form == "percent"
        self.ends = [formats.cell(e, form if share else int(e != round(e))) for e in limits]

    def draw(self, form: Form, label: str) -> Canvas:
        """All columns side by side, or in the narrow form as many blocks as they need."""
        if form.narrow:
            return self._narrow(form, label)
        room = (0.32 if len(self.groups) < 15 else 0.5) * form.points
        lines = self._lines(room)
        left = 20 + max(
            widest(text, SIZE, bold) for text, bold in zip(lines, self.bold, strict=True)
        )
        heads = Heads.fit(self.groups, form.points - left - _MARGIN, self.least)
        least = 21 if len(self.names) > 12 else 26
        tall = max(least, 1.25 * SIZE * max(map(len, lines)) + 6)
        tops = [i + (2 * GAP if i and bold else 0) for i, bold in enumerate(self.bold)]
        wide, deep = heads.cell * heads.across, tall * (tops[-1] + 1)
        key = self._key(label, form.points)
        figure = Canvas(left + wide + _MARGIN, heads.height + deep + key)
        ax = figure.axes_within(left, _MARGIN, heads.height, key)
        ax.set(xlim=(0, heads.across), ylim=(tops[-1] + 1, 0))
        for text, top, bold, part in zip(lines, tops, self.bold, self.parts, strict=True):
            write(ax, 0, top + 0.5, text, dx=-9, ha="right", bold=bold, gid=part)
        heads.draw(ax, tall)
        self._cells(ax, heads, tops, slice(None), (heads.cell, tall))
        self._ramp(figure, left, label)
        return figure

    def _narrow(self, form: Form, label: str) -> Canvas:
        room = form.points - 2 * EDGE
        most = max(int(room / (self.least + 1)), 1)
        keys = list(self.groups)
        count = -(-len(keys) // most)
        size = -(-len(keys) // count)
        blocks = [keys[start : start + size] for start in range(0, len(keys), size)]
        heads = [
            Heads.fit({k: self.groups[k] for k in block}, room, self.least) for block in blocks
        ]
        lines, cell = self._lines(room), 20.0
        down, tops = 0.0, []
        for text in lines:
            down += 1.25 * SIZE * len(text) + 2
            tops.append(down / cell)
            down += cell + 5
        key = self._key(label, form.points)
        whole = sum(down + head.height for head in heads) + _APART * len(blocks) + key
        figure = Canvas(form.points, whole)
        upper, start = 0.0, 0
        for block, head in zip(blocks, heads, strict=True):
            upper += head.height
            ax = figure.axes_within(EDGE, EDGE, upper, whole - upper - down)
            ax.set(xlim=(0, head.across), ylim=(down / cell, 0))
            for text, top, bold, of in zip(lines, tops, self.bold, self.parts, strict=True):
                above = top - (1.25 * SIZE * len(text) + 1) / cell
                write(ax, 0, above, text, va="top", bold=bold, gid=of)
            head.draw(ax, cell)
            self._cells(ax, head, tops, slice(start, start + len(block)), (head.cell, cell))
            upper, start = upper + down + _APART, start + len(block)
        self._ramp(figure, EDGE, label)
        return figure

    def _lines(self, room: float) -> list[list[str]]:
        return [
            balance(name, room, SIZE, bold)
            for name, bold in zip(self.names, self.bold, strict=True)
        ]

    def _cells(
        self, ax: Axes, heads: Heads, tops: list[float], part: slice, size: tuple[float, float]
    ) -> None:
        """Cells of one shade and part as one path, their digits readable on each."""
        ax.set_axis_off()
        values = self.values[:, part]
        shades = _shade(values, self.limits)
        gap = 0.5 / np.array(size)
        together: dict[tuple[int, str | None], list[tuple[float, float]]] = {}
        for (down, across), shade in np.ndenumerate(shades):
            corners = together.setdefault((shade, self.parts[down]), [])
            corners.append((heads.places[across], tops[down]))
        for (shade, of), corners in together.items():
            _fill(ax, corners, gap, BAND if shade < 0 else SHADES[shade], of)
        small = SMALL if heads.cell < 34 else SIZE
        for (down, across), shade in np.ndenumerate(shades):
            colour = MUTED if shade < 0 else ink_on(SHADES[shade])
            middle = heads.places[across] + 0.5, tops[down] + 0.5
            text = self.texts[down][part][across]
            look: dict[str, Any] = {"ha": "center", "size": small, "color": colour}
            write(ax, *middle, text, bold=self.bold[down], gid=self.parts[down], **look)

    def _key(self, label: str, points: float) -> float:
        """How high the key of shades with its words is, in points."""
        return _BELOW + 1.25 * SMALL * len(self._words(label, points))

    def _words(self, label: str, points: float) -> list[str]:
        """The words for the shades, in lines of their own where they do not fit beside."""
        return wrap(label, points - 2 * EDGE, SMALL) if label else []

    def _ramp(self, figure: Canvas, left: float, label: str) -> None:
        """What pale and dark mean, below the cells."""
        first, last = self.ends
        words = self._words(label, figure.bbox.width)
        up = 8 + 1.25 * SMALL * len(words)
        start = left + extent(first, SMALL) + 6
        strip = figure.axes_within(
            start, figure.bbox.width - start - 90, figure.bbox.height - up - 9, up
        )
        strip.set(xlim=(0, len(SHADES)), ylim=(1, 0))
        strip.set_axis_off()
        for place, colour in enumerate(SHADES):
            _fill(strip, [(place, 0)], np.array([0.03, 0]), colour)
        look: dict[str, Any] = {"size": SMALL, "color": MUTED}
        write(strip, 0, 0.5, first, dx=-6, ha="right", **look)
        write(strip, len(SHADES), 0.5, last, dx=6, **look)
        write(strip, 0, 1, words, dx=left - start, dy=-5, va="top", **look)


def _shade(values: np.ndarray, limits: tuple[float, float]) -> np.ndarray:
    """Which shade each value has; -1 where it has none."""
    low, high = limits
    share = np.clip((values - low) / ((high - low) or 1), 0, 1)
    return np.where(np.isnan(values), -1, np.nan_to_num(share * len(SHADES)).astype(int)).clip(
        -1, len(SHADES) - 1
    )


def _fill(
    ax: Axes,
    corners: list[tuple[float, float]],
    gap: np.ndarray,
    colour: str,
    part: str | None = None,
) -> None:
    square = np.array([(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)])
    inner = square * (1 - 2 * gap) + gap
    vertices = (np.array(corners)[:, None, :] + inner).reshape(-1, 2)
    codes = [Path.MOVETO, *[Path.LINETO] * 3, Path.CLOSEPOLY] * len(corners)
    ax.add_patch(PathPatch(Path(vertices, codes), facecolor=colour, linewidth=0, gid=part))
