"""Two uncertainties that span four scenarios."""

from collections.abc import Mapping

import pandas as pd
from matplotlib.patches import Rectangle

from analysis.charts.canvas import POINTS, Canvas, write
from analysis.charts.lettering import wrap
from analysis.charts.quadrant import CORNERS
from analysis.charts.shown import exhibit
from analysis.charts.style import INK, MUTED, PALE_TEAL, SIZE, SMALL, TEAL, styled
from analysis.exhibits import Exhibit
from analysis.text import _, listing

_SIDE, _GAP, _PAD = 108.0, 6.0, 12.0  # points


@styled
def scenario(
    axis_x: tuple[str, str, str],
    axis_y: tuple[str, str, str],
    cells: Mapping[str, str | tuple[str, str]],
    *,
    title: str,
    note: str = "",
    source: str | None = None,
    alt: str | None = None,
) -> Exhibit:
    """A 2x2 matrix of scenarios.

    `axis_x`, `axis_y`: (name, text of its low end, text of its high end); `cells`: ``high_low``
    (x high, y low) and the like -> the scenario's title, or its title and a description.
    """
    wide = (POINTS - _SIDE - _GAP - 8) / 2
    texts = {corner: _pair(cells.get(corner, "")) for corner in CORNERS}
    wrapped = {
        corner: (
            wrap(head, wide - 2 * _PAD, SIZE + 1, bold=True) if head else [],
            wrap(body, wide - 2 * _PAD) if body else [],
        )
        for corner, (head, body) in texts.items()
    }
    tall = max(1.25 * ((SIZE + 1) * len(h) + SIZE * len(b)) for h, b in wrapped.values())
    tall = max(tall + 2 * _PAD + 10, 84)
    heads = [wrap(end, wide - _PAD, SIZE, bold=True) for end in axis_x[1:]]
    ends = [wrap(end, _SIDE - 16, SIZE, bold=True) for end in (axis_y[2], axis_y[1])]
    names = wrap(axis_x[0], 2 * wide, SMALL), wrap(axis_y[0], _SIDE - 16, SMALL)
    top = max(
        1.25 * (SIZE * max(map(len, heads)) + SMALL * len(names[0])) + 14,
        1.25 * SMALL * len(names[1]) + 14,
    )
    tall = max(tall, *(1.25 * SIZE * len(end) + 8 for end in ends))
    height = top + 2 * tall + _GAP + 8

    figure = Canvas(height=height / 72)
    figure.set_layout_engine("none")
    ax = figure.add_axes((0, 0, 1, 1))
    ax.set(xlim=(0, POINTS), ylim=(height, 0))
    ax.set_axis_off()
    lefts = [_SIDE, _SIDE + wide + _GAP]
    tops = [top, top + tall + _GAP]
    write(ax, _SIDE, 8, names[0], va="top", size=SMALL, color=MUTED)
    write(ax, 8, top - 8, names[1], va="bottom", size=SMALL, color=MUTED)
    for left, lines in zip(lefts, heads, strict=True):
        write(ax, left, top - 8, lines, va="bottom", bold=True)
    for upper, lines in zip(tops, ends, strict=True):
        write(ax, 8, upper + tall / 2, lines, bold=True)
    for corner, (right, high) in CORNERS.items():
        left, upper = lefts[right], tops[not high]
        ax.add_patch(Rectangle((left, upper), wide, tall, facecolor=PALE_TEAL, linewidth=0))
        head, body = wrapped[corner]
        write(ax, left + _PAD, upper + _PAD, head, va="top", size=SIZE + 1, bold=True, color=TEAL)
        below = upper + _PAD + 1.25 * (SIZE + 1) * len(head) + 5
        write(ax, left + _PAD, below, body, va="top", color=INK)
    text = _("Matriks skenario: {x} dan {y}; {cells}.").format(
        x=axis_x[0], y=axis_y[0], cells=listing(head or "–" for head, _body in texts.values())
    )
    data = pd.DataFrame(
        [
            [axis_y[1 + high], axis_x[1 + right], *texts[corner]]
            for corner, (right, high) in CORNERS.items()
        ],
        columns=[axis_y[0], axis_x[0] + " " * (axis_x[0] == axis_y[0]), _("Skenario"), _("Uraian")],
    )
    return exhibit(figure, "scenario", data, title=title, note=note, source=source, alt=alt or text)


def _pair(cell: str | tuple[str, str]) -> tuple[str, str]:
    if isinstance(cell, str):
        return cell, ""
    head, body = cell
    return head, body
