"""What colours, markers and lines mean: the key beside a picture, and the points themselves."""

from collections.abc import Sequence
from typing import Any

from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from analysis.drawing import style
from analysis.drawing.lettering import balance, widest
from analysis.drawing.style import GREY, INK, SMALL
from analysis.levels import CLEAR
from analysis.text import _

_LARGER = {"P": 1.3, "X": 1.2, "^": 1.15, "v": 1.15}  # shapes that look small
_LINE, _BEFORE = 11.25, 30.0  # points from line to line, and of a mark and its distances


def key(figure: Figure, handles: Sequence[Line2D], foot: bool = False) -> None:
    """Say above the picture, or at its foot, what its marks mean, in as few lines as fit."""
    lines, across = _laid(handles, figure.bbox.width)
    for handle, text in zip(handles, lines, strict=True):
        handle.set_label("\n".join(text))
    rows = -(-len(handles) // across)
    by_column = [h for column in range(across) for h in handles[column::across]]
    by_column += [Line2D([], [], linestyle="none", label=" ")] * (rows * across - len(handles))
    figure.legend(
        handles=by_column,
        loc="lower left" if foot else "upper left",
        bbox_to_anchor=(0, 0, 1, 1),  # of the picture, also where a frame stands around it
        bbox_transform=figure.transFigure,
        ncols=across,
        frameon=False,
        fontsize=SMALL,
        labelcolor=INK,
        handlelength=1.1,
        handletextpad=0.5,
        columnspacing=1.6,
        borderaxespad=0.4,
        borderpad=0.1,
    )


def key_height(handles: Sequence[Line2D], points: float) -> float:
    """How high their key stands in a figure of this width, in points."""
    if not handles:
        return 0.0
    lines, across = _laid(handles, points)
    rows = [lines[start : start + across] for start in range(0, len(lines), across)]
    return 12 + sum(4 + _LINE * max(map(len, row)) for row in rows)


def _laid(handles: Sequence[Line2D], points: float) -> tuple[list[list[str]], int]:
    """The lines of each entry, and how many stand side by side: as evenly as they fit."""
    lines = [balance(handle.get_label(), points - _BEFORE - 8, SMALL) for handle in handles]
    widths = [widest(text, SMALL) + _BEFORE for text in lines]
    for rows in range(1, len(lines)):
        across = -(-len(lines) // rows)
        if sum(max(widths[column::across]) for column in range(across)) <= points:
            return lines, across
    return lines, 1


def dot(label: object, cue: style.Cue, hollow: bool = False, size: float = 7.0) -> Line2D:
    """A key's entry: a marker with its meaning."""
    return Line2D([], [], label=str(label), linestyle="none", **marker(cue, hollow, size))


def line(label: str, colour: str, **look: Any) -> Line2D:
    """A key's entry: a line as it is drawn, with its meaning."""
    return Line2D([], [], label=label, color=colour, **look)


def grey(levels: Sequence | None) -> list[Line2D]:
    """A key's entry for what is not clear, if there is any."""
    others = {str(level) for level in ([] if levels is None else levels)} - {CLEAR}
    if not others:
        return []
    said = _("abu-abu: cenderung atau belum jelas")
    if others - {"likely", "unclear"}:
        said = _("abu-abu: cenderung, belum jelas, atau tidak dibandingkan")
    return [dot(said, style.Cue(GREY, "o"))]


def marker(cue: style.Cue, hollow: bool = False, size: float = 7.0) -> dict:
    """A point's properties: filled, with an edge that parts it from others, or hollow."""
    return {
        "marker": cue.marker,
        "markersize": size * _LARGER.get(cue.marker, 1.0),
        "markerfacecolor": style.WHITE if hollow else cue.colour,
        "markeredgecolor": cue.colour if hollow else style.WHITE,
        "markeredgewidth": 1.5 if hollow else 0.7,
    }
