"""Programmes from their common start to their end, in months."""

from collections.abc import Mapping

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator

from analysis.charts.canvas import Canvas, floats, row_chart, scale, stagger, write
from analysis.charts.key import dot, key, key_height
from analysis.charts.lettering import extent
from analysis.charts.shown import columns, exhibit, extremes
from analysis.charts.style import LINE, MUTED, SMALL, WHITE, Cue, row_cues, styled
from analysis.exhibits import Exhibit
from analysis.text import _, number

_SHADE = "#f3f1eb"


@styled
def timeline(
    frame: pd.DataFrame,
    name: str,
    months: str,
    *,
    title: str,
    category: str | None = None,
    horizons: Mapping[int, str] | None = None,
    note: str = "",
    source: str | None = None,
    alt: str | None = None,
) -> Exhibit:
    """A bar from month 0 for each programme, its duration at the end, first row on top.

    `months`: column; `category`: column for colour; `horizons`: last month of a horizon -> its
    name, shaded and named above as far as the bars reach.
    """
    data = columns(frame, name, category, months)
    frame = floats(frame, months)
    kinds, marks = row_cues(frame, category)
    known = frame[months]
    longest = known.max() if known.notna().any() else 12.0
    shown = [_("{n} bulan").format(n=number(m, 0 if m == round(m) else 1)) for m in known.fillna(0)]
    bands = _bands(horizons or {}, longest)

    lines = key_height(list(kinds))
    figure, ax = row_chart(frame[name], extra=50 + lines + 26 * bool(bands), least=24)
    if kinds:
        key(figure, [dot(kind, Cue(cue.colour, "s")) for kind, cue in kinds.items()])
    ax.set_xlim(0, (longest or 12.0) * 1.16)
    scale(ax.xaxis, _("Bulan sejak dimulai"))
    if bands:
        ax.xaxis.set_major_locator(
            FixedLocator([start for start, _end, _name in bands] + [bands[-1][1]])
        )
    colours = [mark.colour for mark in marks]
    ax.barh(range(len(frame)), known, 0.56, color=colours, linewidth=0, zorder=2)
    for row, length in enumerate(known):
        text = shown[row] if pd.notna(length) else "–"
        write(ax, 0 if pd.isna(length) else length, row, text, dx=6, size=SMALL)
    _shade(figure, ax, bands)
    text = _("Garis waktu: {n} program; lama dalam bulan: {extremes}.").format(
        n=len(frame), extremes=extremes(frame[name], known, 0)
    )
    return exhibit(figure, "timeline", data, title=title, note=note, source=source, alt=alt or text)


def _bands(horizons: Mapping[int, str], longest: float) -> list[tuple[float, float, str]]:
    """From, to and name of the horizons that begin before the longest programme ends."""
    ends = sorted(horizons)
    starts = [0, *ends]
    return [
        (start, end, horizons[end])
        for start, end in zip(starts, ends, strict=False)
        if start < longest
    ]


def _shade(figure: Canvas, ax: Axes, bands: list[tuple[float, float, str]]) -> None:
    limit = ax.get_xlim()[1]
    ax.grid(False)
    for position, (start, end, _name) in enumerate(bands):
        fill = _SHADE if position % 2 == 0 else WHITE
        ax.axvspan(start, min(end, limit), facecolor=fill, linewidth=0, zorder=0)
    ax.set_xlim(0, limit)
    figure.draw_without_rendering()
    unit = ax.bbox.width / limit
    places = [(start * unit, start * unit + extent(text, SMALL) + 8) for start, _e, text in bands]
    for (start, _end, text), level in zip(bands, stagger(places), strict=True):
        if level:
            up = [1, 1 + (7 + 13 * level) / ax.bbox.height]
            ax.plot(
                [start] * 2,
                up,
                color=LINE,
                linewidth=1,
                clip_on=False,
                transform=ax.get_xaxis_transform(),
            )
        write(
            ax,
            start,
            1,
            text,
            dx=3,
            dy=5 + 13 * level,
            va="bottom",
            size=SMALL,
            color=MUTED,
            coords=ax.get_xaxis_transform(),
            bbox={"facecolor": WHITE, "linewidth": 0, "pad": 0.5},
        )
