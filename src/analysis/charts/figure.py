"""Pictures that somebody drew with matplotlib or seaborn, as exhibits like ours."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import matplotlib
import numpy as np
import pandas as pd
from cycler import cycler
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.ticker import (
    FixedLocator,
    Formatter,
    LogFormatter,
    MaxNLocator,
    ScalarFormatter,
)

from analysis import formats, grids
from analysis.charts.shown import handed
from analysis.drawing.canvas import WIDE, Decimals
from analysis.drawing.style import COLOURS, INK, RC, SMALL, WHITE, styled
from analysis.exhibits import Exhibit
from analysis.refusals import Unfit, Unshowable
from analysis.text import _, number

# Ours has no upright axis, since its rows have names, and draws no formulas.
OWN = {name: value for name, value in RC.items() if name != "text.parse_math"} | {
    "axes.grid": True,
    "axes.prop_cycle": cycler(color=COLOURS),
    "axes.spines.left": True,
    "axes.titlelocation": "left",
    "axes.titlesize": SMALL + 1,
    "figure.facecolor": WHITE,
    "figure.figsize": (WIDE.points / 72, 4.2),
    "legend.fontsize": SMALL,
    "legend.frameon": False,
    "legend.labelcolor": INK,
    "legend.title_fontsize": SMALL,
    "lines.solid_capstyle": "butt",
}
YEARS = 1900, 2100
PLAIN = 1e-6, 1e9  # beyond these a power of ten is easier to read


@contextmanager
def style() -> Iterator[None]:
    """Draw in the look of the house inside a ``with``: letters, colours, quiet axes, numbers.

    For matplotlib and seaborn, whose pictures `figure` then makes exhibits. The numbers on axes of
    figures opened in it with pyplot are in the reader's format; nothing of it holds afterwards.
    """
    before = set(_open())
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(OWN)
        yield
    for opened in set(_open()) - before:
        _number(sys.modules["matplotlib.pyplot"].figure(opened))


@styled
def figure(
    drawn: Any,
    *,
    data: pd.DataFrame | pd.Series | None = None,
    title: str = "",
    alt: str = "",
    note: str = "",
    source: str | None = None,
) -> Exhibit:
    """Any picture of matplotlib or seaborn as an exhibit: numbered, with its data, to be saved.

    `drawn`: a figure, axes (or an array of them), or a grid of seaborn; the numbers on its axes
    are put into the reader's format. `data`: the frame that it shows, whose rows stand below the
    picture and in the spreadsheet; `alt`: what can be seen in it, for those who cannot see it;
    `title`: otherwise its own; `source`: otherwise that of the data. It has one form only, which
    serves narrow screens too.

    Raises Unshowable for what is no such picture, Unfit without `alt`.
    """
    picture = _figure(drawn)
    if not alt.strip():
        raise Unfit(
            _(
                "Sebutkan `alt`: satu dua kalimat tentang apa yang terlihat pada gambar ini, untuk "
                "pembaca yang tidak dapat melihatnya. Dari gambarnya sendiri itu tidak terbaca."
            )
        )
    _number(picture)
    # Ticks that others drew may be formulas, and are made anew when they are drawn.
    matplotlib.rcParams["text.parse_math"] = True
    if "matplotlib.pyplot" in sys.modules:  # else a notebook would show it once more
        sys.modules["matplotlib.pyplot"].close(picture)
    content: dict[str, Any] = {"kind": "chart", "chart": "figure"}
    content |= {"title": title or _called(picture), "alt": alt, "note": note}
    held = pd.DataFrame() if data is None else data
    content |= {"source": grids.sourced(held, source), **grids.grid(held)}
    return handed(content, picture)


def _open() -> Sequence[int]:
    pyplot = sys.modules.get("matplotlib.pyplot")
    return pyplot.get_fignums() if pyplot else ()


def _figure(drawn: Any) -> Figure:
    if isinstance(drawn, np.ndarray | list | tuple) and len(drawn):
        return _figure(np.ravel(np.array(drawn, dtype=object))[0])
    found = drawn
    while found is not None and not isinstance(found, Figure):
        found = getattr(found, "figure", None)
    if found is None:
        said = _(
            "Bukan gambar matplotlib atau seaborn: {kind}. Berikan Figure, Axes, atau FacetGrid."
        )
        raise Unshowable(said.format(kind=type(drawn).__name__))
    return found


def _called(picture: Figure) -> str:
    """What the picture calls itself, or its axes."""
    titles = [picture.get_suptitle()]
    first = picture.axes[0] if picture.axes else None
    if len(picture.axes) == 1:
        titles += [picture.axes[0].get_title(place) for place in ("left", "center", "right")]
    if first and first.get_xlabel() and first.get_ylabel():
        words = {"values": first.get_ylabel(), "name": first.get_xlabel()}
        titles.append(_("{values} menurut {name}").format(**words))
    return next(filter(None, titles), _("Gambar"))


class _Plain(Formatter):
    """Ticks of a logarithmic axis in the reader's format, those that it labels anyway."""

    def __init__(self, own: LogFormatter):
        self.own = own

    def set_locs(self, locs: Any) -> None:
        self.own.set_locs(locs)

    def __call__(self, value: float, position: int | None = None) -> str:
        shown = self.own(value, position)
        readable = shown and PLAIN[0] <= abs(value) <= PLAIN[1]
        return number(value, formats.few([value])) if readable else shown


def _number(picture: Figure) -> None:
    """Put plain numbers on axes into the reader's format, and years at whole ones.

    Ticks that somebody has set stay where they are.
    """
    for ax in picture.axes:
        for axis in (ax.xaxis, ax.yaxis):
            _plainly(axis)


def _plainly(axis: Axis) -> None:
    major, minor = axis.get_major_formatter(), axis.get_minor_formatter()
    if isinstance(major, LogFormatter):
        for own, put in ((major, axis.set_major_formatter), (minor, axis.set_minor_formatter)):
            if isinstance(own, LogFormatter):
                own.axis = axis
                put(_Plain(own))
    if type(major) is not ScalarFormatter:
        return
    low, high = sorted(axis.get_view_interval())
    if not (YEARS[0] <= low and high <= YEARS[1]):
        axis.set_major_formatter(Decimals())
        return
    if not isinstance(axis.get_major_locator(), FixedLocator):
        axis.set_major_locator(MaxNLocator("auto", integer=True, steps=[1, 2, 5, 10]))
    axis.set_major_formatter(lambda year, _place: f"{year:.0f}")
