"""Plain bars."""

from typing import Any

import pandas as pd

from analysis import formats
from analysis.charts.key import dot
from analysis.charts.rows import Column, row_chart
from analysis.charts.shown import columns, exhibit, kind, ordered, written
from analysis.drawing.canvas import Canvas, Form, above_line, below, floats, label_lines, write
from analysis.drawing.lettering import widest
from analysis.drawing.style import INK, MUTED, SMALL, Cue, named_cues, row_cues
from analysis.exhibits import Exhibit


@kind
def bars(
    frame: pd.DataFrame,
    name: str,
    value: str,
    *,
    title: str = "",
    category: str | None = None,
    base: float = 0.0,
    threshold: float | None = None,
    threshold_label: str = "",
    label: str = "",
    digits: int | None = None,
    suffix: str = "",
    note: str = "",
    source: str | None = None,
    alt: str | None = None,
) -> Exhibit:
    """Plain bars for counts and shares, rows in the frame's order, first on top.

    `name`, `value`: columns; `category`: column for colour; `base`: the lowest value that there
    can be, where the bars begin; `threshold`: a value drawn as a line that says `threshold_label`,
    with all values beside the picture; `label`: what the values are; `suffix`: written after each
    value, such as ``%``. All else as in every chart: see `charts`.
    """
    data = columns(frame, name, category, value)
    frame = floats(frame, value)
    kinds, marks = row_cues(frame, category)
    marks = marks if category else named_cues(frame, name)
    known = frame[value]
    written_as = written(frame, value, digits)
    shown = [formats.cell(v, written_as) + suffix for v in known]
    edges = [base, *known.dropna(), *([] if threshold is None else [threshold])]
    bottom, top = min(edges), max(edges)

    def draw(form: Form) -> Canvas:
        rows = row_chart(
            form,
            frame[name],
            columns=[Column(shown, bold=True)] if threshold is not None else (),
            entries=[dot(kind, Cue(cue.colour, "s")) for kind, cue in kinds.items()],
            above=18 if threshold is not None else 0,
            below=below(label, form.points, ticks=False),
        )
        ax, beside = rows.ax, 0.0 if threshold is not None else 8 + widest(shown, bold=True)
        before = beside if bottom < base else 0.0
        unit = (top - bottom or 1.0) / max(rows.room - beside - before, 1)
        ax.set_xlim(bottom - before * unit, (top if top > bottom else bottom + 1) + beside * unit)
        ax.set_xticks([])
        ax.spines["bottom"].set_visible(False)
        if label:
            lines = label_lines(label, form.points)
            look: dict[str, Any] = {"size": SMALL, "color": MUTED, "coords": ax.transAxes}
            write(ax, 0, 0, lines, dy=-6, va="top", **look)
        rows.upright(base, MUTED, 0.8)
        lengths = known.fillna(base) - base
        colours = [mark.colour for mark in marks]
        ax.barh(rows.at, lengths, 0.62, left=base, color=colours, linewidth=0)
        if threshold is not None:
            rows.upright(threshold, INK, 1.1)
            above_line(ax, threshold, threshold_label)
            return rows.figure
        for row, length in enumerate(known):
            side = -1 if length < base else 1
            ha = "left" if side > 0 else "right"
            place = base if pd.isna(length) else length
            write(ax, place, rows.at[row], shown[row], dx=6 * side, ha=ha, bold=True)
        return rows.figure

    text = ordered(frame[name], known, written_as, suffix)
    return exhibit(
        draw,
        "bars",
        data,
        ([value], name),
        title=title,
        note=note,
        source=source,
        alt=alt,
        said=text,
    )
