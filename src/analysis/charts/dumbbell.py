"""Rows that go from one value to another."""

import numpy as np
import pandas as pd

from analysis.charts.key import dot, marker
from analysis.charts.rows import Column, row_chart
from analysis.charts.shown import columns, exhibit, kind, ordered, whole, written
from analysis.drawing.canvas import Canvas, Form, below, floats, scale, span, write
from analysis.drawing.lettering import widest
from analysis.drawing.style import INK, MUTED, SMALL, Cue, row_cues
from analysis.exhibits import Exhibit
from analysis.text import _, number


@kind
def dumbbell(
    frame: pd.DataFrame,
    name: str,
    start: str,
    end: str,
    *,
    title: str = "",
    category: str | None = None,
    label_start: str = "",
    label_end: str = "",
    label: str = "",
    limits: tuple[float, float] | None = None,
    hollow: str = "end",
    digits: int | None = None,
    note: str = "",
    source: str | None = None,
    alt: str | None = None,
) -> Exhibit:
    """From one value of each row to another, first row on top; the difference stands at the right.

    `name`, `start`, `end`: columns; `label_start`, `label_end`: what each end is. What is so now
    is filled everywhere, and what it is compared with, a target or a mean, is `hollow`: the
    ``start`` or the ``end``. `category`: column for colour and marker; `label`: what the values
    are; `limits`: of their scale. All else as in every chart: see `charts`.
    """
    data = columns(frame, name, category, start, end)
    frame = floats(frame, start, end)
    kinds, marks = row_cues(frame, category)
    ends = ((start, label_start, hollow == "start"), (end, label_end, hollow == "end"))
    low, high = span(np.ravel(frame[[start, end]]), limits, margin=0.06)
    change = frame[end] - frame[start]
    digits = whole(written(frame, start, digits, end))
    changes = [number(c, digits, sign=True) for c in change]
    shown = {column: [number(v, digits) for v in frame[column]] for column in (start, end)}

    def draw(form: Form) -> Canvas:
        entries = [
            *(dot(label, Cue(MUTED, "o"), open) for _column, label, open in ends if label),
            *(dot(kind, cue) for kind, cue in kinds.items()),
        ]
        rows = row_chart(
            form,
            frame[name],
            columns=[Column(changes, bold=True)],
            entries=entries,
            below=below(label, form.points),
        )
        ax = rows.ax
        beside = 10 + widest([*shown[start], *shown[end]], SMALL)  # for values at the edges
        unit = (high - low) / max(rows.room - 2 * beside, 1)
        ax.set_xlim(low - beside * unit, high + beside * unit)
        scale(ax.xaxis, label)
        rows.grid()
        for row, at in enumerate(rows.at):
            begin, finish = frame[start].iloc[row], frame[end].iloc[row]
            ax.plot([begin, finish], [at, at], color=marks[row].colour, linewidth=1.6, zorder=2)
            outward = -1 if not finish < begin else 1
            for (column, _label, open), place, side in zip(
                ends, (begin, finish), (outward, -outward), strict=True
            ):
                if pd.isna(place):
                    continue
                look = marker(marks[row], open, size=8)
                ax.plot(place, at, linestyle="none", zorder=3, **look)
                ha, colour = "left" if side > 0 else "right", MUTED if open else INK
                text = shown[column][row]
                write(ax, place, at, text, dx=8 * side, size=SMALL, ha=ha, color=colour)
        return rows.figure

    said = _("Selisih {end} dan {start}. {ordered}").format(
        start=label_start or start,
        end=label_end or end,
        ordered=ordered(frame[name], change, digits),
    )
    return exhibit(
        draw,
        "dumbbell",
        data,
        ([start, end], name),
        title=title,
        note=note,
        source=source,
        alt=alt,
        said=said,
    )
