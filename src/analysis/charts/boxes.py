"""Four boxes of text, where two things meet: scenarios, strategies, strengths and weaknesses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from analysis.charts import shown
from analysis.charts.quadrant import CORNERS
from analysis.drawing.canvas import EDGE, Canvas, Form, write
from analysis.drawing.lettering import extent, wrap
from analysis.drawing.style import INK, MUTED, PALE_TEAL, SIZE, SMALL, TEAL
from analysis.exhibits import Exhibit
from analysis.levels import UNCLEAR
from analysis.tables import MARKS
from analysis.text import listed

_SIDE, _GAP, _PAD, _APART, _LEAST = 108.0, 6.0, 12.0, 4.0, 84.0  # points
_LONG = 60  # letters of what is not read out
_LINE = 1.25  # from line to line, in sizes of the type


@shown.kind
def boxes(
    frame: pd.DataFrame,
    corner: str,
    texts: Sequence[str],
    heads: Mapping[str, str],
    *,
    axis_x: tuple[str, str, str],
    axis_y: tuple[str, str, str],
    columns: Sequence[str],
    none: Mapping[str, str] | None = None,
    level: str = "level",
    title: str = "",
    note: str = "",
    source: str | None = None,
    alt: str | None = None,
) -> Exhibit:
    """Two by two boxes, in each the rows of its corner: a paragraph for each of their `texts`.

    `corner`: a column of ``high_low`` (right, lower) and the like; `heads`: what each box is
    called; `axis_x`, `axis_y`: (name or "", words for the low end, for the high end); `columns`:
    those of the frame that are its data, in full beside the picture; `none`: what a box says that
    has no row; `level`: a column, where there is one, that says how sure each row is, shown as a
    mark before it. All else as in every chart: see `charts`.
    """
    level = level if level in frame else ""
    shown.checked(frame, corner, *texts)

    def draw(form: Form) -> Canvas:
        side = 0.0 if form.narrow else _SIDE
        room = form.points - 2 * EDGE if form.narrow else (form.points - side - _GAP - 8) / 2
        inner, hang = room - 2 * _PAD, extent(MARKS[UNCLEAR] + " ") if level else 0.0
        bodies: dict[str, list[tuple[str, list[str]]]] = {place: [] for place in CORNERS}
        for row in frame.to_dict("records"):
            mark = MARKS.get(row[level], "") if level else ""
            bodies[row[corner]] += [
                (mark, wrap(row[text], inner - hang)) for text in texts if row[text]
            ]
        for place, said in (none or {}).items():
            bodies[place] = bodies[place] or [("", wrap(said, inner - hang))]
        boxed = {
            place: _Box(wrap(heads[place], inner, SIZE + 1, bold=True), bodies[place], hang)
            for place in CORNERS
        }
        return (
            _stacked(form, boxed, axis_x, axis_y)
            if form.narrow
            else _crossed(form, boxed, axis_x, axis_y)
        )

    said = " ".join(_heard(heads[place], frame.loc[frame[corner].astype(str) == place, texts[0]])
                    for place in CORNERS)  # fmt: skip
    data = shown.columns(frame, *columns, level=level)
    return shown.exhibit(
        draw,
        "boxes",
        data,
        (columns, corner),
        title=title,
        note=note,
        source=source,
        alt=alt,
        said=said,
    )


def _heard(head: str, names: pd.Series) -> str:
    """A box for those who cannot see it: its name, and what it holds unless that is long."""
    if names.astype(str).str.len().gt(_LONG).any():
        return f"{head}."
    return f"{head}: {listed(map(str, names), 4)}." if len(names) else f"{head}: –."


@dataclass
class _Box:
    """A box's title and paragraphs in lines, those behind their mark hung in."""

    title: list[str]
    bodies: list[tuple[str, list[str]]]
    hang: float

    @property
    def height(self) -> float:
        lines = sum(_LINE * SIZE * len(lines) + _APART for _mark, lines in self.bodies)
        return max(_LINE * (SIZE + 1) * len(self.title) + lines + 2 * _PAD + 5, _LEAST)

    def draw(self, ax: Axes, left: float, upper: float, wide: float, tall: float) -> None:
        ax.add_patch(Rectangle((left, upper), wide, tall, facecolor=PALE_TEAL, linewidth=0))
        left, upper = left + _PAD, upper + _PAD
        write(ax, left, upper, self.title, va="top", size=SIZE + 1, bold=True, color=TEAL)
        upper += _LINE * (SIZE + 1) * len(self.title) + 5
        for mark, lines in self.bodies:
            write(ax, left, upper, mark, va="top", color=INK)
            write(ax, left + self.hang * bool(mark), upper, lines, va="top", color=INK)
            upper += _LINE * SIZE * len(lines) + _APART


def _sheet(points: float, whole: float) -> tuple[Canvas, Axes]:
    """A figure in points from its upper left corner."""
    figure = Canvas(points, whole)
    ax = figure.axes_within(0, 0, 0, 0)
    ax.set(xlim=(0, points), ylim=(whole, 0))
    ax.set_axis_off()
    return figure, ax


def _stacked(
    form: Form, boxed: dict[str, _Box], axis_x: Sequence[str], axis_y: Sequence[str]
) -> Canvas:
    """The boxes one below another, over each where it lies."""
    room = form.points - 2 * EDGE
    ends = {
        place: wrap(" · ".join([_end(axis_y, high), _end(axis_x, right)]), room, SMALL)
        for place, (right, high) in CORNERS.items()
    }
    whole = sum(box.height + _LINE * SMALL * len(ends[place]) + 16 for place, box in boxed.items())
    figure, ax = _sheet(form.points, whole)
    upper = 4.0
    for place, box in boxed.items():
        write(ax, EDGE, upper, ends[place], va="top", size=SMALL, color=MUTED)
        upper += _LINE * SMALL * len(ends[place]) + 3
        box.draw(ax, EDGE, upper, room, box.height)
        upper += box.height + 13
    return figure


def _end(axis: Sequence[str], high: bool) -> str:
    """What an end of an axis is called, after the axis where it has a name."""
    return f"{axis[0]}: {axis[1 + high]}" if axis[0] else axis[1 + high]


def _crossed(
    form: Form, boxed: dict[str, _Box], axis_x: Sequence[str], axis_y: Sequence[str]
) -> Canvas:
    """The boxes two by two, between the ends of their axes."""
    wide = (form.points - _SIDE - _GAP - 8) / 2
    tops = [wrap(end, wide - _PAD, SIZE, bold=True) for end in axis_x[1:]]
    sides = [wrap(end, _SIDE - 16, SIZE, bold=True) for end in (axis_y[2], axis_y[1])]
    names = [wrap(axis[0], room, SMALL) if axis[0] else []
             for axis, room in ((axis_x, 2 * wide), (axis_y, _SIDE - 16))]  # fmt: skip
    tall = [
        max(
            _LINE * SIZE * len(side) + 8,
            *(boxed[place].height for place in CORNERS if CORNERS[place][1] == high),
        )
        for high, side in zip((True, False), sides, strict=True)
    ]
    top = max(
        _LINE * (SIZE * max(map(len, tops)) + SMALL * len(names[0])) + 14,
        _LINE * SMALL * len(names[1]) + 14,
    )
    figure, ax = _sheet(form.points, top + sum(tall) + _GAP + 8)
    lefts, uppers = [_SIDE, _SIDE + wide + _GAP], [top, top + tall[0] + _GAP]
    write(ax, _SIDE, 8, names[0], va="top", size=SMALL, color=MUTED)
    write(ax, 8, top - 8, names[1], va="bottom", size=SMALL, color=MUTED)
    for left, lines in zip(lefts, tops, strict=True):
        write(ax, left, top - 8, lines, va="bottom", bold=True)
    for upper, room, lines in zip(uppers, tall, sides, strict=True):
        write(ax, 8, upper + room / 2, lines, bold=True)
    for place, (right, high) in CORNERS.items():
        boxed[place].draw(ax, lefts[right], uppers[not high], wide, tall[not high])
    return figure
