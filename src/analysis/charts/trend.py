"""Yearly figures with their sources, and a line only where one may be drawn."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import FixedLocator

from analysis.charts.canvas import (
    EDGE,
    Canvas,
    Form,
    above,
    below,
    floats,
    label_above,
    make_room,
    say_empty,
    scale,
    span,
)
from analysis.charts.key import dot, key, key_height, marker
from analysis.charts.labels import label_points
from analysis.charts.lettering import extent, shorten
from analysis.charts.shown import columns, exhibit
from analysis.charts.style import CROSS, DATA, PALE_TEAL, SMALL, TEAL, styled
from analysis.exhibits import Exhibit
from analysis.text import _, interval, listing, number

_LONGEST = 190.0  # points of a source beside its figure


@styled
def trend(
    frame: pd.DataFrame,
    year: str,
    value: str,
    *,
    title: str,
    source_column: str,
    used: str | None = None,
    projection: pd.DataFrame | None = None,
    label_y: str = "",
    digits: int | None = None,
    note: str = "",
    source: str | None = None,
    alt: str | None = None,
) -> Exhibit:
    """Points by year with their values; a line only for a `projection`.

    `value` in the unit of `label_y`; `source_column`: who published it; `used`: boolean column,
    figures that another source contradicts and that are not used are hollow and name their
    source. `projection`: columns year, fitted, low, high (in the same unit).
    """
    shown = floats(frame, year, value).dropna(subset=[year, value])
    digits = _digits(shown[value]) if digits is None else digits
    flags = shown[used].fillna(True).astype(bool) if used else pd.Series(True, shown.index)
    edges = [] if projection is None else projection[["low", "high"]].to_numpy().ravel()
    years = [*shown[year], *([] if projection is None else projection["year"])]
    contradicted = ~flags | shown.duplicated(year, keep=False)

    def draw(form: Form) -> Canvas:
        entries = _entries(flags, projection)
        top = 6 + key_height(entries, form.points) + above(label_y, form.points)
        tall = 200.0 if form.narrow else 240.0
        figure = Canvas(form.points, tall + top + below("", form.points))
        ax = figure.axes_within(EDGE, EDGE + 4, top, below("", form.points))
        if entries:
            key(figure, entries)
        ax.set_xlim(span(years, margin=0.08))
        ax.set_ylim(span([*shown[value], *edges], margin=0.2))
        ax.grid(axis="y")
        scale(ax.yaxis, ticks=4)
        make_room(ax)
        label_above(ax, label_y)
        _years(ax, years)
        if projection is not None:
            _line(ax, projection, max(shown[year]))
        points = []
        for at, figure_at, by, used, alone in zip(
            shown[year], shown[value], shown[source_column], flags, ~contradicted, strict=True
        ):
            look = marker(DATA, hollow=not used, size=7)
            ax.plot(at, figure_at, linestyle="none", zorder=3, **look)
            text = number(figure_at, digits)
            named = text if alone or form.narrow else f"{text} ({shorten(by, _LONGEST, SMALL)})"
            points.append((at, figure_at, named))
        way: np.ndarray | tuple[()] = ()
        if projection is not None:
            end = projection.iloc[-1]
            around = interval(end["low"], end["high"], digits)
            points.append(
                (end["year"], end["fitted"], f"{number(end['fitted'], digits)} ({around})")
            )
            way = _along(ax, projection)
        if points:
            label_points(ax, *zip(*points, strict=True), lines=way)
        else:
            say_empty(ax)
        return figure

    said = _said(shown[year].astype(int), shown[value], flags, projection, digits)
    data = columns(frame, year, value, source_column, used)
    return exhibit(draw, "trend", data, title=title, note=note, source=source, alt=alt, said=said)


def _said(
    years: pd.Series,
    values: pd.Series,
    used: pd.Series,
    projection: pd.DataFrame | None,
    digits: int,
) -> str:
    """From the first to the last figure that is used, the others, and the projection."""
    kept = sorted(zip(years[used], values[used], strict=True))
    if not kept:
        return _("Tanpa nilai.")
    (first, start), (last, end) = kept[0], kept[-1]
    said = [f"{number(end, digits)} ({last})."]
    if first != last:
        said = [
            _("Dari {start} ({first}) ke {end} ({last}).").format(
                start=number(start, digits), first=first, end=number(end, digits), last=last
            )
        ]
    if not used.all():
        others = [
            f"{number(v, digits)} ({y})" for y, v in zip(years[~used], values[~used], strict=True)
        ]
        said.append(_("Angka sumber lain: {others}.").format(others=listing(others)))
    if projection is not None:
        ahead = projection.iloc[-1]
        said.append(
            _("Perkiraan {year}: {value} ({around}).").format(
                year=int(ahead["year"]),
                value=number(ahead["fitted"], digits),
                around=interval(ahead["low"], ahead["high"], digits),
            )
        )
    return " ".join(said)


def _entries(flags: pd.Series, projection: pd.DataFrame | None) -> list[Line2D]:
    entries = []
    if not flags.all():
        entries.append(dot(_("angka yang dipakai"), DATA))
        entries.append(dot(_("angka sumber lain, tidak dipakai"), DATA, hollow=True))
    if projection is not None:
        line = dot(_("garis kecenderungan (indikatif) dan selang prediksi"), DATA)
        line.set(linestyle="-", marker="", color=TEAL, linewidth=1.4)
        entries.append(line)
    return entries


def _along(ax: Axes, projection: pd.DataFrame) -> np.ndarray:
    """Pixels along the fitted line, near enough to each other that no text slips between."""
    ends = ax.transData.transform(projection[["year", "fitted"]].astype(float))
    steps = np.linspace(0, len(ends) - 1, 200)
    return np.column_stack([np.interp(steps, range(len(ends)), part) for part in ends.T])


def _digits(values: pd.Series) -> int:
    return next((d for d in range(3) if ((values.round(d) - values).abs() < 1e-9).all()), 2)


def _years(ax: Axes, years: list) -> None:
    """A tick at each year that has a figure, as far as they do not touch."""
    unit = ax.bbox.width / (ax.get_xlim()[1] - ax.get_xlim()[0])
    ticks: list[int] = []
    for tick in sorted({int(y) for y in years}, reverse=True):
        if not ticks or (ticks[-1] - tick) * unit >= extent("2024", SMALL) + 8:
            ticks.append(tick)
    ax.xaxis.set_major_locator(FixedLocator(ticks))
    ax.xaxis.set_major_formatter(lambda value, _place: f"{value:.0f}")
    ax.tick_params(axis="x", pad=5)


def _line(ax: Axes, projection: pd.DataFrame, last: float) -> None:
    years = projection["year"]
    ax.fill_between(years, projection["low"], projection["high"], color=PALE_TEAL, linewidth=0)
    for edge in ("low", "high"):
        ax.plot(years, projection[edge], color=CROSS, linewidth=0.8, zorder=1.5)
    for part, dashes in ((years <= last, "-"), (years >= last, (0, (4, 3)))):
        ax.plot(
            years[part], projection["fitted"][part], color=TEAL, linewidth=1.4, linestyle=dashes
        )
