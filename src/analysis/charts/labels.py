"""Names beside points without one touching another: a small search for the calmest places."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from analysis.drawing.canvas import write
from analysis.drawing.lettering import legible, widest, wrap
from analysis.drawing.style import MUTED, SMALL

_ANGLES = np.radians([0, 180, 90, 270, 30, 330, 150, 210, 60, 120, 240, 300])
_DISLIKE = np.array([0, 1.5, 2, 2, 1, 1, 2, 2, 2, 2, 2, 2])  # how much worse than at the right
_NEAR = [3, 7, 13, 20, 30, 42, 58, 80]  # points from the marker
_FAR = [*_NEAR, 110, 150, 200, 260, 330]
_CLASH = 1000.0
_STARTS, _SWEEPS = 5, 8

Places = Sequence[tuple[float, ...]] | np.ndarray


@dataclass
class _Places:
    """Where one label may stand: boxes (x0, y0, x1, y1), leaders' ends, lines of text, cost."""

    boxes: np.ndarray
    ends: np.ndarray
    texts: list[list[str]]
    cost: np.ndarray


def label_points(
    ax: Axes,
    xs: Sequence[float],
    ys: Sequence[float],
    names: Sequence[object],
    *,
    avoid: Places = (),
    lines: Places = (),
    cut: np.ndarray | None = None,
    near: float = 6.0,
    **look: Any,
) -> int:
    """Name the points of settled axes, with a leader where a name had to move away.

    In pixels - `avoid`: boxes (x0, y0, x1, y1) to keep free; `lines`: places (x, y) along lines
    that a name should rather not cross; `cut`: the (x, y) of a cross, which a name should rather
    not leave its quadrant over; `near`: from a point's centre to its edge. `look`: properties of
    the texts. Returns how many names still touch something.
    """
    points = ax.transData.transform(np.column_stack([xs, ys]).astype(float))
    taken = np.vstack([_around(points, near), *[np.reshape(avoid, (-1, 4))]])
    for reach in (_NEAR, _FAR):
        options = [
            _options(point, name, np.array(ax.bbox.extents), taken, points, reach, near)
            for point, name in zip(points, names, strict=True)
        ]
        for point, option in zip(points, options, strict=True):
            option.cost += _crossing(option.boxes, point, lines, cut)
        chosen, clashes = _settle(options, points)
        if not clashes:
            break
    for point, x, y, option, pick in zip(points, xs, ys, options, chosen, strict=True):
        _draw(ax, point, (x, y), option, pick, near, look)
    return clashes


def _around(points: np.ndarray, radius: float) -> np.ndarray:
    return np.hstack([points - radius, points + radius])


def _options(
    point: np.ndarray,
    name: object,
    bounds: np.ndarray,
    taken: np.ndarray,
    points: np.ndarray,
    reach: Sequence[float],
    near: float,
) -> _Places:
    """Every place around a point for its name on one, two or three lines, with its own cost."""
    tried: list[np.ndarray] = []
    texts: list[list[str]] = []
    costs: list[np.ndarray] = []
    whole, longest = widest([legible(name)], SMALL), widest(legible(name).split(" "), SMALL)
    for rows in (1, 2, 3, 4) if whole > 300 else (1, 2, 3):
        text = wrap(name, max(1.08 * whole / rows, longest), SMALL)
        if rows > 1 and len(text) != rows:
            continue
        width, height = widest(text, SMALL), 1.25 * SMALL * (len(text) - 1) + SMALL
        for far in reach:
            across, up = np.cos(_ANGLES), np.sin(_ANGLES)
            x = point[0] + across * (near + far) + width / 2 * np.clip(across * 1.6, -1, 1)
            y = point[1] + up * (near + far) + height / 2 * np.clip(up * 1.6, -1, 1)
            tried.append(
                np.column_stack([x - width / 2, y - height / 2, x + width / 2, y + height / 2])
            )
            texts += [text] * len(_ANGLES)
            costs.append(_DISLIKE + 0.5 * (far - reach[0]) + 5 * (rows - 1))
    boxes, cost = np.vstack(tried), np.concatenate(costs)
    inside = (boxes[:, :2] >= bounds[:2] + 3).all(1) & (boxes[:, 2:] <= bounds[2:] - 3).all(1)
    cost = cost + 3 * _CLASH * ~inside + _CLASH * _overlaps(boxes, taken, 1).sum(1)
    ends = np.clip(point, boxes[:, :2], boxes[:, 2:])
    others = _around(points[(points != point).any(1)], near)
    cost = (
        cost + 40 * _pass(point[None], ends, others).sum(1) + 8 * _overlaps(boxes, others, 5).sum(1)
    )
    return _Places(boxes, ends, texts, cost)


def _crossing(
    boxes: np.ndarray, point: np.ndarray, lines: Places, cut: np.ndarray | None
) -> np.ndarray:
    """What it costs to stand on a line, or across a cut from one's own point."""
    tiny = np.reshape(lines, (-1, 2))
    cost = np.where(_overlaps(boxes, np.hstack([tiny, tiny]), 1).any(1), 8.0, 0.0)
    if cut is not None:
        low, high = boxes[:, :2] < cut, boxes[:, 2:] > cut
        beyond = np.where(point >= cut, ~high, ~low)
        cost = cost + 12 * (low & high).sum(1) + 20 * beyond.sum(1)
    return cost


def _settle(options: list[_Places], points: np.ndarray) -> tuple[list[int], int]:
    """The best places found: sweeps until no label wants to move, from several beginnings."""
    best, least = [], np.inf
    random = np.random.default_rng(1)
    for _start in range(_STARTS):
        chosen = [int(option.cost.argmin()) for option in options]
        for _sweep in range(_SWEEPS):
            before = list(chosen)
            for i in random.permutation(len(options)):
                rest = [j for j in range(len(options)) if j != i]
                cost = options[i].cost + _against(options, chosen, points, i, rest)
                chosen[i] = int(cost.argmin())
            if chosen == before:
                break
        total = _total(options, chosen, points)
        if total < least:
            best, least = chosen, total
    return best, int(least // _CLASH)


def _against(
    options: list[_Places], chosen: list[int], points: np.ndarray, i: int, rest: list[int]
) -> np.ndarray:
    """What each place of label `i` costs beside the places chosen for the rest."""
    if not rest:
        return np.zeros(len(options[i].cost))
    boxes = np.array([options[j].boxes[chosen[j]] for j in rest])
    ends = np.array([options[j].ends[chosen[j]] for j in rest])
    cost = _CLASH * _overlaps(options[i].boxes, boxes, 3).sum(1)
    cost += 60 * _pass(points[i][None], options[i].ends, boxes).sum(1)
    cost += 60 * _pass(points[rest], ends, options[i].boxes).sum(0)
    return cost


def _total(options: list[_Places], chosen: list[int], points: np.ndarray) -> float:
    everyone = range(len(options))
    return sum(
        options[i].cost[chosen[i]]
        + _against(options, chosen, points, i, [j for j in everyone if j < i])[chosen[i]]
        for i in everyone
    )


def _overlaps(boxes: np.ndarray, others: np.ndarray, room: float) -> np.ndarray:
    """Which boxes come within `room` of which others: (boxes, others)."""
    a, b = boxes[:, None, :], others[None, :, :]
    return (
        (a[..., 0] < b[..., 2] + room)
        & (b[..., 0] < a[..., 2] + room)
        & (a[..., 1] < b[..., 3] + room)
        & (b[..., 1] < a[..., 3] + room)
    )


def _pass(starts: np.ndarray, ends: np.ndarray, boxes: np.ndarray) -> np.ndarray:
    """Which straight leaders from `starts` to `ends` run through which boxes: (ends, boxes)."""
    enter, leave = np.array(0.0), np.array(1.0)
    for axis in (0, 1):
        way = (ends - starts)[:, axis, None]
        way = np.where(way == 0, 1e-9, way)
        one = (boxes[:, axis] - starts[:, axis, None]) / way
        other = (boxes[:, axis + 2] - starts[:, axis, None]) / way
        enter = np.maximum(enter, np.minimum(one, other))
        leave = np.minimum(leave, np.maximum(one, other))
    return enter < leave


def _draw(
    ax: Axes,
    point: np.ndarray,
    place: tuple[float, float],
    option: _Places,
    pick: int,
    near: float,
    look: Mapping[str, Any],
) -> None:
    x0, y0, x1, y1 = option.boxes[pick]
    distance = np.hypot(*(option.ends[pick] - point))
    if distance > near + 9:
        edge = point + (option.ends[pick] - point) * near / distance
        way = ax.transData.inverted().transform([edge, option.ends[pick]])
        ax.plot(*way.T, color=MUTED, linewidth=0.6, zorder=1.5, scalex=False, scaley=False)
    ha = "left" if x0 >= point[0] else "right" if x1 <= point[0] else "center"
    x = {"left": x0, "right": x1, "center": (x0 + x1) / 2}[ha]
    write(
        ax,
        place[0],
        place[1],
        option.texts[pick],
        dx=x - point[0],
        dy=(y0 + y1) / 2 - point[1],
        ha=ha,
        size=SMALL,
        **look,
    )
