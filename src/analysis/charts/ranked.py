"""Rows with a value and its interval each."""

import numpy as np
import pandas as pd

from analysis.charts.canvas import at_right, floats, row_chart, scale, span, write
from analysis.charts.key import marker
from analysis.charts.lettering import widest
from analysis.charts.shown import columns, exhibit, extremes
from analysis.charts.style import ATTENTION, INK, MUTED, SMALL, cue_of, styled
from analysis.exhibits import Exhibit
from analysis.text import _, interval, number


@styled
def ranked(
    frame: pd.DataFrame,
    name: str,
    value: str,
    low: str,
    high: str,
    *,
    title: str,
    threshold: float | None = None,
    threshold_label: str = "",
    highlight: str | None = None,
    label_x: str = "",
    limits: tuple[float, float] | None = None,
    digits: int = 2,
    note: str = "",
    source: str = "",
    alt: str | None = None,
) -> Exhibit:
    """A dot with its interval for each row, the first row on top; figures beside the picture.

    `value`, `low`, `high`: columns in the unit of `label_x`; a row without an interval shows a
    hollow dot, and rows named after dimensions or unit groups have their colour. `highlight`:
    boolean column, rows in red. `threshold` is drawn as a line.
    """
    data = columns(frame, name, value, low, high)
    frame = floats(frame, value, low, high)
    figure, ax = row_chart(frame[name], extra=50 + (18 if threshold is not None else 0))
    marks = [] if threshold is None else [threshold]
    ax.set_xlim(span([*np.ravel(frame[[value, low, high]]), *marks], limits))
    scale(ax.xaxis, label_x)
    if threshold is not None:
        ax.axvline(threshold, color=MUTED, linewidth=1.1, zorder=1)
        _above(ax, threshold, threshold_label)
    flags = frame[highlight].fillna(False) if highlight else [False] * len(frame)
    shown = [number(v, digits) for v in frame[value]]
    beside = 22 + widest(shown, bold=True)
    for row, (label, middle, start, end, flag) in enumerate(
        zip(frame[name], frame[value], frame[low], frame[high], flags, strict=True)
    ):
        cue = ATTENTION if flag else cue_of(label)
        known = pd.notna(start) and pd.notna(end)
        if known:
            ax.plot(
                [start, end],
                [row, row],
                color=cue.colour,
                alpha=0.28,
                linewidth=6,
                solid_capstyle="round",
            )
            at_right(ax, row, interval(start, end, digits), dx=beside, size=SMALL, color=MUTED)
        if pd.notna(middle):
            ax.plot(
                middle,
                row,
                linestyle="none",
                clip_on=False,
                **marker(cue, hollow=not known, size=8),
            )
        at_right(ax, row, shown[row], dx=beside - 10, ha="right", bold=True)
    text = _("Titik dan selang: {n} baris; {extremes}.").format(
        n=len(frame), extremes=extremes(frame[name], frame[value], digits)
    )
    return exhibit(figure, "ranked", data, title=title, note=note, source=source, alt=alt or text)


def _above(ax, place: float, text: str) -> None:
    """A label on top of a vertical line, moved inwards where it would leave the axes."""
    left, right = ax.get_xlim()
    ha = "left" if place < left + 0.2 * (right - left) else "center"
    ha = "right" if place > right - 0.2 * (right - left) else ha
    write(
        ax,
        place,
        1,
        text,
        dy=5,
        ha=ha,
        va="bottom",
        size=SMALL,
        color=INK,
        coords=ax.get_xaxis_transform(),
    )
