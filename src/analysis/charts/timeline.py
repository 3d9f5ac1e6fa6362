"""Programmes from their common start to their end, in months."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.charts.key import dot
from analysis.charts.rows import Rows, row_chart
from analysis.charts.shown import columns, exhibit, kind, ordered
from analysis.drawing.canvas import Canvas, Form, below, floats, scale, stagger, write
from analysis.drawing.lettering import widest
from analysis.drawing.style import BAND, LINE, MUTED, SMALL, WHITE, Cue, row_cues
from analysis.exhibits import Exhibit
from analysis.text import _, number


@kind
def timeline(
    frame: pd.DataFrame,
    name: str,
    value: str,
    *,
    title: str = "",
    category: str | None = None,
    horizons: Mapping[int, str] | None = None,
    note: str = "",
    source: str | None = None,
    alt: str | None = None,
) -> Exhibit:
    """A bar from month 0 for each programme, its duration at the end, first row on top.

    `name`, `value`: columns, the latter of months; `category`: column for colour; `horizons`: last
    month of a horizon -> its name, shaded and named above as far as the bars reach. All else as in
    every chart: see `charts`.
    """
    data = columns(frame, name, category, value)
    frame = floats(frame, value)
    kinds, marks = row_cues(frame, category)
    known = frame[value]
    longest = known.max() if known.notna().any() else 12.0
    shown = [_("{n} bulan").format(n=number(m, 0 if m == round(m) else 1)) for m in known.fillna(0)]
    bands = _bands(horizons or {}, longest)

    def draw(form: Form) -> Canvas:
        rows = row_chart(
            form,
            frame[name],
            entries=[dot(kind, Cue(cue.colour, "s")) for kind, cue in kinds.items()],
            above=5 + 13.0 * len(bands) if bands else 0.0,
            below=below(_("Bulan sejak dimulai"), form.points),
            least=24,
        )
        ax, beside = rows.ax, 10 + widest(shown, SMALL)
        ax.set_xlim(0, (longest or 12.0) * rows.room / max(rows.room - beside, 1))
        scale(ax.xaxis, _("Bulan sejak dimulai"))
        colours = [mark.colour for mark in marks]
        ax.barh(rows.at, known, 0.56, color=colours, linewidth=0, zorder=2)
        for at, length, text in zip(rows.at, known, shown, strict=True):
            place = 0 if pd.isna(length) else length
            write(ax, place, at, text if place else "–", dx=6, size=SMALL)
        _shade(rows, bands)
        return rows.figure

    said = _("Lama dalam bulan. {ordered}").format(ordered=ordered(frame[name], known, 0))
    return exhibit(
        draw,
        "timeline",
        data,
        ([value], name),
        title=title,
        note=note,
        source=source,
        alt=alt,
        said=said,
    )


def _bands(horizons: Mapping[int, str], longest: float) -> list[tuple[float, float, str]]:
    """From, to and name of the horizons that begin before the longest programme ends."""
    ends = sorted(horizons)
    starts = [0, *ends]
    return [
        (start, end, horizons[end])
        for start, end in zip(starts, ends, strict=False)
        if start < longest
    ]


def _shade(rows: Rows, bands: list[tuple[float, float, str]]) -> None:
    """The horizons as bands with their names above them, raised where they would touch."""
    ax = rows.ax
    limit = ax.get_xlim()[1]
    unit, high = rows.room / limit, ax.bbox.height
    across: dict[str, Any] = {"transform": ax.get_xaxis_transform()}
    places = [(start * unit, start * unit + widest([text], SMALL) + 8) for start, _e, text in bands]
    for position, ((start, end, text), level) in enumerate(
        zip(bands, stagger(places), strict=True)
    ):
        fill = BAND if position % 2 == 0 else WHITE
        ax.axvspan(start, min(end, limit), facecolor=fill, linewidth=0, zorder=0)
        up = [1, 1 + (5 + 13 * level) / high]
        if level:
            ax.plot([start] * 2, up, color=LINE, linewidth=1, clip_on=False, **across)
        room = rows.room - start * unit
        dx = 3 + min(room - widest([text], SMALL) - 3, 0)
        look: dict[str, Any] = {"size": SMALL, "color": MUTED, "coords": across["transform"]}
        write(ax, start, 1, text, dx=dx, dy=5 + 13 * level, va="bottom", **look)
