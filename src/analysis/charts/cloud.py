"""How sure a position is: resamples as a cloud around it."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
import seaborn

from analysis.charts.canvas import Canvas, span
from analysis.charts.labels import label_points
from analysis.charts.quadrant import CORNERS, name_corners, plane
from analysis.charts.shown import exhibit
from analysis.charts.style import RED, TEAL, WHITE, styled
from analysis.exhibits import Exhibit
from analysis.text import _, number, percent

_BACK = {"facecolor": WHITE, "alpha": 0.85, "linewidth": 0, "pad": 1.5}


@styled
def cloud(
    samples: pd.DataFrame,
    x: str,
    y: str,
    *,
    title: str,
    centre: tuple[float, float],
    corners: Mapping[str, str],
    label_x: str = "",
    label_y: str = "",
    limits: tuple[tuple[float, float], tuple[float, float]] | None = None,
    digits: int = 2,
    note: str = "",
    source: str | None = None,
    alt: str | None = None,
) -> Exhibit:
    """The position `centre` and its resamples, in the quadrants around zero.

    `samples`: a line per resample with the columns `x` and `y`; `corners`: ``high_low`` (x above
    zero, y below) and the like -> the quadrant's name, under which its share of the cloud
    stands. The data of the chart are these shares, not the resamples.
    """
    known = samples[[x, y]].astype(float).dropna()
    shares = {
        corner: float(((known[x] >= 0) == right).mul((known[y] >= 0) == upper).mean())
        for corner, (right, upper) in CORNERS.items()
        if corner in corners
    }
    ranges = limits or (
        _round_zero([*known[x], centre[0]]),
        _round_zero([*known[y], centre[1]]),
    )
    figure = Canvas(height=5.4)
    ax = plane(figure, (0, 0), ranges, label_x, label_y)
    figure.settle()
    texts = {
        corner: [corners[corner], _("{share} sampel ulang").format(share=percent(share))]
        for corner, share in shares.items()
    }
    taken = name_corners(ax, (0, 0), texts)
    across, up = known.to_numpy().T
    look = {"s": 3.4**2, "color": TEAL, "alpha": 0.16, "linewidth": 0, "rasterized": True}
    seaborn.scatterplot(x=across, y=up, zorder=2, ax=ax, **look)
    seaborn.scatterplot(
        x=centre[:1], y=centre[1:], s=100, color=RED, linewidth=1.4, zorder=4, ax=ax
    )
    place = f"({number(centre[0], digits, sign=True)}; {number(centre[1], digits, sign=True)})"
    label_points(ax, [centre[0]], [centre[1]], [place], avoid=taken, near=7, bbox=_BACK)
    most = sorted(shares, key=lambda corner: shares[corner], reverse=True)
    text = _("Posisi {place} dengan {n} sampel ulang: {shares}.").format(
        place=place,
        n=number(len(known), 0),
        shares=", ".join(f"{corners[c]} {percent(shares[c])}" for c in most),
    )
    data = pd.DataFrame({"quadrant": [corners[c] for c in shares], "share": shares.values()})
    return exhibit(figure, "cloud", data, title=title, note=note, source=source, alt=alt or text)


def _round_zero(values: list[float]) -> tuple[float, float]:
    """Limits that show all values and as much of the other side that its names find room."""
    low, high = span(np.append(values, 0.0), margin=0.1)
    reach = max(abs(low), abs(high))
    return min(low, -0.45 * reach), max(high, 0.45 * reach)
