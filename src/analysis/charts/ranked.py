"""Rows with a value and its interval each."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.charts.canvas import at_right, floats, row_chart, scale, span, write
from analysis.charts.key import grey, key, key_height, labels_of, line, marker
from analysis.charts.lettering import widest
from analysis.charts.shown import columns, exhibit, extremes, with_clear
from analysis.charts.style import (
    ATTENTION,
    INK,
    MUTED,
    SMALL,
    TEAL,
    by_level,
    cue_of,
    styled,
    visible,
)
from analysis.exhibits import Exhibit
from analysis.text import _, interval, number, percent

# An interval alone.
BAND: dict[str, Any] = {"linewidth": 6, "alpha": 0.28, "solid_capstyle": "round"}
# Of two intervals both end where they end, so that which of them holds the threshold can be seen.
THICK: dict[str, Any] = {"linewidth": 4.5, "solid_capstyle": "butt", "zorder": 1.9}
THIN: dict[str, Any] = {"linewidth": 1.3, "solid_capstyle": "butt", "zorder": 1.8}


@styled
def ranked(
    frame: pd.DataFrame,
    name: str,
    value: str,
    low: str = "low",
    high: str = "high",
    *,
    title: str,
    wide: Sequence[str] = ("wide_low", "wide_high"),
    level: str = "level",
    threshold: float | None = None,
    threshold_label: str = "",
    highlight: str | None = None,
    label_x: str = "",
    limits: tuple[float, float] | None = None,
    digits: int = 2,
    confidence: float | None = None,
    note: str = "",
    source: str | None = None,
    alt: str | None = None,
) -> Exhibit:
    """A dot with its interval for each row, the first row on top; figures beside the picture.

    `value`, `low`, `high`: columns in the unit of `label_x`; a row without an interval shows a
    hollow dot, and rows named after dimensions or unit groups have their colour. `highlight`:
    boolean column, rows in red. `threshold` is drawn as a line.

    Where the frame has them: `wide`, columns of the interval from which it is read whether a row is
    clear, a thin line under the thick one of `low` and `high` (at `confidence`); `level`: column,
    rows that are not ``clear`` are grey, whatever else they are. A key at the foot says so.
    """
    ends = [end for end in wide if end in frame]
    level = level if level in frame else ""
    confidence = confidence or frame.attrs.get("confidence", 0.95)
    data = columns(frame, name, value, low, high, *ends, level=level)
    frame = floats(frame, value, low, high, *ends)
    flags = frame[highlight].fillna(False) if highlight else [False] * len(frame)
    cues = [ATTENTION if f else cue_of(n) for n, f in zip(frame[name], flags, strict=True)]
    levels = frame[level] if level else None
    cues = by_level(cues, levels)
    entries = [*_entries(frame, ends, confidence), *grey(levels)]
    extra = 50 + key_height(labels_of(entries))
    figure, ax = row_chart(frame[name], extra=extra + (18 if threshold is not None else 0))
    if entries:
        key(figure, entries, foot=True)
    marks = [] if threshold is None else [threshold]
    ax.set_xlim(span([*np.ravel(frame[[value, low, high, *ends]]), *marks], limits))
    scale(ax.xaxis, label_x)
    if threshold is not None:
        ax.axvline(threshold, color=MUTED, linewidth=1.1, zorder=1)
        _above(ax, threshold, threshold_label)
    shown = [number(v, digits) for v in frame[value]]
    beside = 22 + widest(shown, bold=True)
    for row, cue in enumerate(cues):
        middle, *plain = frame[[value, low, high]].iloc[row]
        known = not np.isnan(plain).any()
        if known:
            colour, look = (visible(cue.colour), THICK) if ends else (cue.colour, BAND)
            ax.plot(plain, [row, row], color=colour, **look)
            at_right(
                ax, row, interval(plain[0], plain[1], digits), dx=beside, size=SMALL, color=MUTED
            )
        if ends and not frame[ends].iloc[row].isna().any():
            ax.plot(frame[ends].iloc[row], [row, row], color=visible(cue.colour), **THIN)
        if pd.notna(middle):
            look = marker(cue, hollow=not known, size=8)
            ax.plot(middle, row, linestyle="none", clip_on=False, **look)
        at_right(ax, row, shown[row], dx=beside - 10, ha="right", bold=True)
    text = _("Titik dan selang: {n} baris; {extremes}.").format(
        n=len(frame), extremes=extremes(frame[name], frame[value], digits)
    )
    text = with_clear(text, frame, level)
    return exhibit(figure, "ranked", data, title=title, note=note, source=source, alt=alt or text)


def _entries(frame: pd.DataFrame, ends: list[str], confidence: float) -> list:
    """What the two lines mean, where any row has both."""
    if not ends or frame[ends].isna().any(axis=1).all():
        return []
    thin = _("tipis: taraf keluarga pembandingan; dari situ «jelas» dibaca")
    return [
        line(_("tebal: selang {share}").format(share=percent(confidence)), TEAL, **THICK),
        line(thin, TEAL, **THIN),
    ]


def _above(ax: Axes, place: float, text: str) -> None:
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
