"""Four boxes of text, where two things meet: scenarios, strategies, strengths and weaknesses."""

from collections.abc import Mapping, Sequence

import pandas as pd
from matplotlib.patches import Rectangle

from analysis.charts import shown
from analysis.charts.canvas import POINTS, Canvas, write
from analysis.charts.lettering import extent, wrap
from analysis.charts.quadrant import CORNERS
from analysis.charts.style import INK, MUTED, PALE_TEAL, SIZE, SMALL, TEAL, styled
from analysis.exhibits import Exhibit
from analysis.levels import UNCLEAR
from analysis.tables import MARKS
from analysis.text import _, listing

_SIDE, _GAP, _PAD, _APART, _LEAST = 108.0, 6.0, 12.0, 4.0, 84.0  # points
_LINE = 1.25  # from line to line, in sizes of the type


@styled
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
    level: str = "",
    title: str,
    note: str = "",
    source: str | None = None,
    alt: str | None = None,
) -> Exhibit:
    """Two by two boxes, in each the rows of its corner: a paragraph for each of their `texts`.

    `corner`: a column of ``high_low`` (right, lower) and the like; `heads`: what each box is
    called; `axis_x`, `axis_y`: (name or "", words for the low end, for the high end); `columns`:
    those of the frame that are its data, in full beside the picture; `none`: what a box says that
    has no row; `level`: a column that says how sure each row is, shown as a mark before it.
    """
    wide = (POINTS - _SIDE - _GAP - 8) / 2
    hang = extent(MARKS[UNCLEAR] + " ") if level else 0.0
    titles = {place: wrap(heads[place], wide - 2 * _PAD, SIZE + 1, bold=True) for place in CORNERS}
    bodies: dict[str, list[tuple[str, list[str]]]] = {place: [] for place in CORNERS}
    for row in frame.to_dict("records"):
        mark = MARKS.get(row[level], "") if level else ""
        bodies[row[corner]] += [
            (mark, wrap(row[text], wide - 2 * _PAD - hang)) for text in texts if row[text]
        ]
    for place, said in (none or {}).items():
        bodies[place] = bodies[place] or [("", wrap(said, wide - 2 * _PAD - hang))]

    def height(place: str) -> float:
        lines = sum(_LINE * SIZE * len(lines) + _APART for _mark, lines in bodies[place])
        return max(_LINE * (SIZE + 1) * len(titles[place]) + lines + 2 * _PAD + 5, _LEAST)

    tops = [wrap(end, wide - _PAD, SIZE, bold=True) for end in axis_x[1:]]
    sides = [wrap(end, _SIDE - 16, SIZE, bold=True) for end in (axis_y[2], axis_y[1])]
    names = [wrap(axis[0], room, SMALL) if axis[0] else []
             for axis, room in ((axis_x, 2 * wide), (axis_y, _SIDE - 16))]  # fmt: skip
    tall = [
        max(_LINE * SIZE * len(side) + 8, *(height(c) for c in CORNERS if CORNERS[c][1] == high))
        for high, side in zip((True, False), sides, strict=True)
    ]
    above = max(
        _LINE * (SIZE * max(map(len, tops)) + SMALL * len(names[0])) + 14,
        _LINE * SMALL * len(names[1]) + 14,
    )
    whole = above + sum(tall) + _GAP + 8

    figure = Canvas(height=whole / 72)
    figure.set_layout_engine("none")
    ax = figure.add_axes((0, 0, 1, 1))
    ax.set(xlim=(0, POINTS), ylim=(whole, 0))
    ax.set_axis_off()
    lefts, uppers = [_SIDE, _SIDE + wide + _GAP], [above, above + tall[0] + _GAP]
    write(ax, _SIDE, 8, names[0], va="top", size=SMALL, color=MUTED)
    write(ax, 8, above - 8, names[1], va="bottom", size=SMALL, color=MUTED)
    for left, lines in zip(lefts, tops, strict=True):
        write(ax, left, above - 8, lines, va="bottom", bold=True)
    for upper, room, lines in zip(uppers, tall, sides, strict=True):
        write(ax, 8, upper + room / 2, lines, bold=True)
    for place, (right, high) in CORNERS.items():
        left, upper, room = lefts[right], uppers[not high], tall[not high]
        ax.add_patch(Rectangle((left, upper), wide, room, facecolor=PALE_TEAL, linewidth=0))
        left, upper = left + _PAD, upper + _PAD
        write(ax, left, upper, titles[place], va="top", size=SIZE + 1, bold=True, color=TEAL)
        upper += _LINE * (SIZE + 1) * len(titles[place]) + 5
        for mark, lines in bodies[place]:
            write(ax, left, upper, mark, va="top", color=INK)
            write(ax, left + hang * bool(mark), upper, lines, va="top", color=INK)
            upper += _LINE * SIZE * len(lines) + _APART
    text = _("Empat kotak: {boxes}.").format(boxes=listing(heads[place] for place in CORNERS))
    data = shown.columns(frame, *columns, level=level)
    return shown.exhibit(
        figure, "boxes", data, title=title, note=note, source=source, alt=alt or text
    )
