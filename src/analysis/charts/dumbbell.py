"""Rows that go from one value to another."""

import numpy as np
import pandas as pd

from analysis.charts.canvas import at_right, floats, row_chart, scale, span, write
from analysis.charts.key import dot, key, key_height, labels_of, marker
from analysis.charts.lettering import widest
from analysis.charts.shown import columns, exhibit, extremes
from analysis.charts.style import INK, MUTED, SMALL, Cue, row_cues, styled
from analysis.exhibits import Exhibit
from analysis.text import _, number


@styled
def dumbbell(
    frame: pd.DataFrame,
    name: str,
    start: str,
    end: str,
    *,
    title: str,
    category: str | None = None,
    label_start: str = "",
    label_end: str = "",
    label_x: str = "",
    limits: tuple[float, float] | None = None,
    digits: int = 1,
    note: str = "",
    source: str | None = None,
    alt: str | None = None,
) -> Exhibit:
    """From where each row stands (hollow) to where it wants to be (filled), first row on top.

    `start`, `end`: columns in the unit of `label_x`; the difference stands at the right.
    `category`: column for colour and marker.
    """
    data = columns(frame, name, category, start, end)
    frame = floats(frame, start, end)
    kinds, marks = row_cues(frame, category)
    entries = [
        *(dot(label, Cue(MUTED, "o"), hollow) for label, hollow in _ends(label_start, label_end)),
        *(dot(kind, cue) for kind, cue in kinds.items()),
    ]
    figure, ax = row_chart(frame[name], extra=48 + key_height(labels_of(entries)))
    if entries:
        key(figure, entries)
    low, high = span(np.ravel(frame[[start, end]]), limits, margin=0.06)
    beside = 0.08 * (high - low)  # room for a value next to a point at the edge
    ax.set_xlim(low - beside, high + beside)
    scale(ax.xaxis, label_x)
    change = frame[end] - frame[start]
    room = 12 + widest(number(c, digits, sign=True) for c in change)
    for row, (begin, finish) in enumerate(zip(frame[start], frame[end], strict=True)):
        ax.plot(
            [begin, finish], [row, row], color=marks[row].colour, alpha=0.45, linewidth=4, zorder=2
        )
        ends = [(begin, True), (finish, False)]
        for place, hollow in ends:
            if pd.notna(place):
                ax.plot(
                    place, row, linestyle="none", zorder=3, **marker(marks[row], hollow, size=8)
                )
        outward = -1 if not finish < begin else 1
        for (place, hollow), side in zip(ends, (outward, -outward), strict=True):
            if pd.notna(place):
                write(
                    ax,
                    place,
                    row,
                    number(place, digits),
                    dx=8 * side,
                    size=SMALL,
                    ha="left" if side > 0 else "right",
                    color=MUTED if hollow else INK,
                )
        shown = number(change.iloc[row], digits, sign=True)
        at_right(ax, row, shown, dx=room, ha="right", bold=True)
    text = _("Dari {start} ke {end}: {n} baris; selisih {extremes}.").format(
        start=label_start or start,
        end=label_end or end,
        n=len(frame),
        extremes=extremes(frame[name], change, digits),
    )
    return exhibit(figure, "dumbbell", data, title=title, note=note, source=source, alt=alt or text)


def _ends(label_start: str, label_end: str) -> list[tuple[str, bool]]:
    return [(label, hollow) for label, hollow in ((label_start, True), (label_end, False)) if label]
