"""How sure a position is: resamples as a cloud around it."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from analysis.charts.key import marker
from analysis.charts.labels import label_points
from analysis.charts.quadrant import CORNERS, name_corners, plane
from analysis.charts.shown import checked, exhibit, kind
from analysis.drawing.canvas import Canvas, Form, span
from analysis.drawing.style import ATTENTION, TEAL, WHITE
from analysis.exhibits import Exhibit
from analysis.text import _, number, percent

_BACK = {"facecolor": WHITE, "linewidth": 0, "pad": 1.5}
_GRID = 1.0  # points; of resamples nearer to each other one is drawn


@kind
def cloud(
    frame: pd.DataFrame,
    x: str,
    y: str,
    *,
    title: str = "",
    centre: tuple[float, float],
    corners: Mapping[str, str],
    label_x: str = "",
    label_y: str = "",
    limits_x: tuple[float, float] | None = None,
    limits_y: tuple[float, float] | None = None,
    digits: int = 2,
    note: str = "",
    source: str | None = None,
    alt: str | None = None,
) -> Exhibit:
    """The position `centre` and its resamples, in the quadrants around zero.

    `frame`: a line per resample with the columns `x` and `y`; `corners`: ``high_low`` (x above
    zero, y below) and the like -> the quadrant's name, under which its share of the cloud
    stands; `label_x`, `label_y`: what the values are; `limits_x`, `limits_y`: of their scales;
    `digits`: of `centre`. The data of the chart are these shares, not the resamples. All else as
    in every chart: see `charts`.
    """
    checked(frame, x, y)
    known = frame[[x, y]].astype(float).dropna()
    shares = {
        corner: float(((known[x] >= 0) == right).mul((known[y] >= 0) == upper).mean())
        for corner, (right, upper) in CORNERS.items()
        if corner in corners
    }
    ranges = (
        limits_x or _round_zero([*known[x], centre[0]]),
        limits_y or _round_zero([*known[y], centre[1]]),
    )
    texts = {
        corner: [corners[corner], _("{share} sampel ulang").format(share=percent(share))]
        for corner, share in shares.items()
    }
    place = f"({number(centre[0], digits, sign=True)}; {number(centre[1], digits, sign=True)})"

    def draw(form: Form) -> Canvas:
        tall = 250.0 if form.narrow else 320.0
        figure, ax = plane(form, (0, 0), ranges, label_x, label_y, tall)
        taken = name_corners(ax, (0, 0), texts)
        if len(known):
            _dots(ax, known.to_numpy())
        look = marker(ATTENTION, size=10)
        ax.plot(*centre, linestyle="none", zorder=4, **look)
        label_points(ax, [centre[0]], [centre[1]], [place], avoid=taken, near=7, bbox=_BACK)
        return figure

    most = sorted(shares, key=lambda corner: shares[corner], reverse=True)
    text = _("Posisi {place} dengan {n} sampel ulang: {shares}.").format(
        place=place,
        n=number(len(known), 0),
        shares=", ".join(f"{corners[c]} {percent(shares[c])}" for c in most),
    )
    data = pd.DataFrame({"quadrant": [corners[c] for c in shares], "share": shares.values()})
    data.attrs = {"declared": tuple(data.columns), "source": frame.attrs.get("source", "")}
    return exhibit(
        draw,
        "cloud",
        data,
        (["share"], "quadrant"),
        title=title,
        note=note,
        source=source,
        alt=alt,
        said=text,
    )


def _dots(ax: Axes, places: np.ndarray) -> None:
    """A dot for each place, as one path; of those that would hide each other one."""
    points = ax.transData.transform(places)
    seen = np.unique((points / _GRID).round(), axis=0) * _GRID
    ends = ax.transData.inverted().transform(
        np.repeat(seen, 2, axis=0) + [[0, 0], [0.1, 0]] * len(seen)
    )
    codes = [Path.MOVETO, Path.LINETO] * len(seen)
    look = {"facecolor": "none", "edgecolor": TEAL, "linewidth": 1.8, "capstyle": "round"}
    ax.add_patch(PathPatch(Path(ends, codes), zorder=2, **look))


def _round_zero(values: list[float]) -> tuple[float, float]:
    """Limits that show all values and as much of the other side that its names find room."""
    low, high = span(np.append(values, 0.0), margin=0.1)
    reach = max(abs(low), abs(high))
    return min(low, -0.7 * reach), max(high, 0.7 * reach)
