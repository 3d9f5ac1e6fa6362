"""Yearly figures with their sources, and lines only where they may be drawn."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from operator import itemgetter
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import FixedLocator

from analysis.charts.key import dot, key, key_height, line, marker
from analysis.charts.labels import label_points
from analysis.charts.shown import columns, exhibit, kind
from analysis.drawing.canvas import (
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
    write,
)
from analysis.drawing.lettering import extent, legible, widest
from analysis.drawing.style import CROSS, DATA, GREY, MUTED, PALE_TEAL, SMALL, TEAL, Cue
from analysis.exhibits import Exhibit
from analysis.text import _, interval, listing, number

WAY: dict[str, Any] = {"linewidth": 1.4}
_BESIDE = Cue(GREY, "D")
_BRIDGED = 3  # years that a line may lead over without a figure


@kind
def trend(
    frame: pd.DataFrame,
    year: str,
    value: str,
    *,
    publisher: str,
    title: str = "",
    used: str | None = None,
    category: str | None = None,
    levels: Mapping[str, float] | None = None,
    projection: pd.DataFrame | None = None,
    label: str = "",
    digits: int | None = None,
    note: str = "",
    source: str | None = None,
    alt: str | None = None,
) -> Exhibit:
    """Points by year with their values, joined where no more than three years lie between.

    `year`, `value`, `publisher`: columns, the last of who published each; `label`: what the values
    are; `used`: boolean column, figures that another source contradicts and that are not used are
    hollow, and no line leads to them. `category`: column of whom the figures are; those of the
    first are the subject, all others grey. `levels`: the lowest value of each level by its name,
    lines across. `projection`: columns year, fitted, low, high (in the same unit), drawn instead of
    the line between the points. All else as in every chart: see `charts`.
    """
    data = columns(frame, category, year, value, publisher, used)
    shown = floats(frame, year, value).dropna(subset=[year, value])
    digits = _digits(shown[value]) if digits is None else digits
    flags = shown[used].fillna(True).astype(bool) if used else pd.Series(True, shown.index)
    names = shown[category].astype(str) if category else pd.Series("", shown.index)
    edges = [] if projection is None else projection[["low", "high"]].to_numpy().ravel()
    years = [*shown[year], *([] if projection is None else projection["year"])]
    whose = {name: _BESIDE if at else DATA for at, name in enumerate(dict.fromkeys(names))}
    entries = _entries(whose, flags, projection)
    bands = {legible(name): lowest for name, lowest in (levels or {}).items()}

    def draw(form: Form) -> Canvas:
        top = 6 + key_height(entries, form.points) + above(label, form.points)
        tall = 200.0 if form.narrow else 240.0
        figure = Canvas(form.points, tall + top + below("", form.points))
        beside = 6 + widest(bands, SMALL) if bands else 0.0
        ax = figure.axes_within(EDGE, EDGE + 4 + beside, top, below("", form.points))
        if entries:
            key(figure, entries)
        ax.set_xlim(span(years, margin=0.08))
        ax.set_ylim(span([*shown[value], *edges], margin=0.2))
        ax.grid(axis="y")
        scale(ax.yaxis, ticks=4)
        make_room(ax)
        label_above(ax, label)
        _years(ax, years)
        _across(ax, bands)
        points, way = [], []
        for name, cue in reversed(whose.items()):
            own = shown[names == name]
            if projection is None:
                way += _joined(ax, own[flags[own.index]], year, value, cue)
            for at, figure_at, known in zip(own[year], own[value], flags[own.index], strict=True):
                look = marker(cue, hollow=not known, size=7)
                ax.plot(at, figure_at, linestyle="none", zorder=3, **look)
                points.append((at, figure_at, number(figure_at, digits)))
        if projection is not None:
            _line(ax, projection, max(shown[year]))
            end = projection.iloc[-1]
            around = interval(end["low"], end["high"], digits)
            points.append(
                (end["year"], end["fitted"], f"{number(end['fitted'], digits)} ({around})")
            )
            way.append(projection[["year", "fitted"]].to_numpy(dtype=float))
        if points:
            label_points(ax, *zip(*points, strict=True), lines=_along(ax, way))
        else:
            say_empty(ax)
        return figure

    first = names == next(iter(whose), "")
    said = _said(
        shown[year][first].astype(int), shown[value][first], flags[first], projection, digits
    )
    return exhibit(
        draw,
        "trend",
        data,
        ([value], year),
        title=title,
        note=note,
        source=source,
        alt=alt,
        said=said,
    )


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


def _entries(
    whose: Mapping[str, Cue], flags: pd.Series, projection: pd.DataFrame | None
) -> list[Line2D]:
    entries = [dot(name, cue) for name, cue in whose.items()] if len(whose) > 1 else []
    if not flags.all():
        entries += [] if entries else [dot(_("angka yang dipakai"), DATA)]
        entries.append(dot(_("angka sumber lain, tidak dipakai"), DATA, hollow=True))
    if projection is not None:
        entries.append(line(_("garis kecenderungan (indikatif) dan selang prediksi"), TEAL, **WAY))
    return entries


def _across(ax: Axes, levels: Mapping[str, float]) -> None:
    """A line at the lowest value of each level, and beside the axes the names of those in view."""
    bottom, top = ax.get_ylim()
    look: dict[str, Any] = {"size": SMALL, "color": MUTED, "coords": ax.get_yaxis_transform()}
    bounds = sorted([*levels.items(), ("", top)], key=itemgetter(1))
    for (name, lowest), (_next, highest) in pairwise(bounds):
        low, high = max(lowest, bottom), min(highest, top)
        if bottom < lowest < top:
            ax.axhline(lowest, color=CROSS, linewidth=0.8, linestyle=(0, (2, 3)), zorder=1)
        if (high - low) / (top - bottom) * ax.bbox.height > 1.4 * SMALL:
            write(ax, 1, (low + high) / 2, name, dx=6, **look)


def _joined(ax: Axes, own: pd.DataFrame, year: str, value: str, cue: Cue) -> list[np.ndarray]:
    """Lines between figures that few years set apart."""
    known = own.sort_values(year)
    apart = (known[year].diff() > _BRIDGED).cumsum()
    ways = [part[[year, value]].to_numpy(dtype=float) for _gap, part in known.groupby(apart)]
    for way in ways:
        ax.plot(*way.T, color=cue.colour, zorder=2, **WAY)
    return ways


def _along(ax: Axes, ways: Sequence[np.ndarray]) -> np.ndarray | tuple[()]:
    """Pixels along lines, near enough to each other that no text slips between."""
    found = []
    for ends in map(ax.transData.transform, ways):
        steps = np.linspace(0, len(ends) - 1, 200)
        found.append(np.column_stack([np.interp(steps, range(len(ends)), part) for part in ends.T]))
    return np.concatenate(found) if found else ()


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
        ax.plot(years[part], projection["fitted"][part], color=TEAL, linestyle=dashes, **WAY)
