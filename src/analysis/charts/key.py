"""What colours, markers and lines mean: the key beside a picture, and the points themselves."""

from collections.abc import Sequence
from typing import Any

from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from analysis.charts import style
from analysis.charts.canvas import POINTS
from analysis.charts.lettering import extent, shorten
from analysis.charts.style import GREY, INK, SMALL
from analysis.levels import CLEAR
from analysis.text import _


def key(figure: Figure, handles: Sequence[Line2D], foot: bool = False) -> None:
    """Say above the picture, or at its foot, what its marks mean, in as few lines as fit."""
    rows, across = _key_shape(labels_of(handles))
    by_column = [h for column in range(across) for h in handles[column::across]]
    by_column += [Line2D([], [], linestyle="none", label=" ")] * (rows * across - len(handles))
    figure.legend(
        handles=by_column,
        loc="outside lower left" if foot else "outside upper left",
        ncols=across,
        frameon=False,
        fontsize=SMALL,
        labelcolor=INK,
        handlelength=1.1,
        handletextpad=0.5,
        columnspacing=1.6,
        borderaxespad=0.2,
        borderpad=0.1,
    )


def labels_of(handles: Sequence[Line2D]) -> list[str]:
    """What the entries of a key say."""
    return [str(handle.get_label()) for handle in handles]


def key_height(labels: Sequence[str]) -> float:
    """About how high a key of these labels stands, in points."""
    return 6 + 15.0 * _key_shape(labels)[0] if labels else 0.0


def _key_shape(labels: Sequence[str]) -> tuple[int, int]:
    """Rows and columns of a key: as few rows as fit, then as even as possible."""
    widths = [extent(label, SMALL) + 30 for label in labels]
    for rows in range(1, len(labels)):
        across = -(-len(labels) // rows)
        if sum(max(widths[column::across]) for column in range(across)) <= POINTS:
            return -(-len(labels) // across), across
    return len(labels), 1


def dot(label: str, cue: style.Cue, hollow: bool = False, size: float = 7.0) -> Line2D:
    """A key's entry: a marker with its meaning."""
    return Line2D(
        [],
        [],
        label=shorten(label, POINTS - 40, SMALL),
        linestyle="none",
        **marker(cue, hollow, size),
    )


def line(label: str, colour: str, **look: Any) -> Line2D:
    """A key's entry: a line as it is drawn, with its meaning."""
    return Line2D([], [], label=shorten(label, POINTS - 40, SMALL), color=colour, **look)


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
    """A point's properties: filled with an edge that is visible on white, or hollow."""
    edge = cue.colour if hollow else style.darker(cue.colour)
    return {
        "marker": cue.marker,
        "markersize": size,
        "markerfacecolor": style.WHITE if hollow else cue.colour,
        "markeredgecolor": edge,
        "markeredgewidth": 1.5 if hollow else 0.7,
    }
