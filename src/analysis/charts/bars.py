"""Plain bars."""

import pandas as pd

from analysis.charts.canvas import floats, row_chart, scale, write
from analysis.charts.key import dot, key, key_height
from analysis.charts.shown import columns, exhibit, extremes
from analysis.charts.style import MUTED, Cue, cue_of, row_cues, styled
from analysis.exhibits import Exhibit
from analysis.text import _, number


@styled
def bars(
    frame: pd.DataFrame,
    name: str,
    value: str,
    *,
    title: str,
    category: str | None = None,
    label_x: str = "",
    digits: int = 0,
    suffix: str = "",
    note: str = "",
    source: str | None = None,
    alt: str | None = None,
) -> Exhibit:
    """Plain bars from zero for counts and shares, rows in the frame's order, first on top.

    `category`: column for colour; `suffix`: written after each value, such as ``%``.
    """
    data = columns(frame, name, category, value)
    frame = floats(frame, value)
    kinds, marks = row_cues(frame, category)
    marks = marks if category else [cue_of(label) for label in frame[name]]
    entries = [dot(kind, Cue(cue.colour, "s")) for kind, cue in kinds.items()]
    figure, ax = row_chart(frame[name], extra=24 + key_height(list(kinds)) + 20 * bool(label_x))
    if entries:
        key(figure, entries)
    known = frame[value]
    top = max(known.max(), 0.0) if known.notna().any() else 0.0
    bottom = min(known.min(), 0.0) if known.notna().any() else 0.0
    ax.set_xlim(*((bottom * 1.12, top * 1.12) if top > bottom else (0, 1)))
    ax.grid(False)
    scale(ax.xaxis, label_x)
    ax.set_xticks([])
    ax.spines["bottom"].set_visible(False)
    ax.axvline(0, color=MUTED, linewidth=0.8)
    ax.barh(range(len(frame)), known, 0.62, color=[mark.colour for mark in marks], linewidth=0)
    for row, length in enumerate(known):
        side = -1 if length < 0 else 1
        write(
            ax,
            0 if pd.isna(length) else length,
            row,
            number(length, digits) + suffix,
            dx=6 * side,
            ha="left" if side > 0 else "right",
            bold=True,
        )
    text = _("Batang: {n} baris; {extremes}.").format(
        n=len(frame), extremes=extremes(frame[name], known, digits)
    )
    return exhibit(figure, "bars", data, title=title, note=note, source=source, alt=alt or text)
