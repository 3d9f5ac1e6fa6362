"""Rows with a value and its interval each."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from analysis import formats
from analysis.charts.key import grey, line, marker
from analysis.charts.rows import Column, row_chart
from analysis.charts.shown import columns, exhibit, kind, ordered, with_clear, written
from analysis.drawing.canvas import Canvas, Form, above_line, below, floats, scale, span
from analysis.drawing.style import ATTENTION, INK, MUTED, SMALL, TEAL, by_level, named_cues
from analysis.exhibits import Exhibit
from analysis.text import _, interval, percent

# Intervals end where they end, so that which of them holds the threshold can be seen.
THICK: dict[str, Any] = {"linewidth": 4.5, "solid_capstyle": "butt", "zorder": 1.9}
THIN: dict[str, Any] = {"linewidth": 1.3, "solid_capstyle": "butt", "zorder": 1.8}


@kind
def ranked(
    frame: pd.DataFrame,
    name: str,
    value: str,
    low: str = "low",
    high: str = "high",
    *,
    title: str = "",
    wide: Sequence[str] = ("wide_low", "wide_high"),
    level: str = "level",
    threshold: float | None = None,
    threshold_label: str = "",
    highlight: str | None = None,
    label: str = "",
    limits: tuple[float, float] | None = None,
    digits: int | None = None,
    confidence: float | None = None,
    note: str = "",
    source: str | None = None,
    alt: str | None = None,
) -> Exhibit:
    """A dot with its interval for each row, the first row on top; figures beside the picture.

    `name`, `value`, `low`, `high`: columns, the last two where the frame has them; a row without an
    interval shows a hollow dot, and rows named after dimensions or unit groups have their colour.
    `highlight`: boolean column, rows in red. `threshold`: a value drawn as a line that says
    `threshold_label`; `label`: what the values are; `limits`: of their scale.

    Where the frame has them: `wide`, columns of the interval from which it is read whether a row is
    clear, a thin line under the thick one of `low` and `high` (at `confidence`); `level`: column,
    rows that are not ``clear`` are grey, whatever else they are. A key at the foot says so.
    All else as in every chart: see `charts`.
    """
    ends = [end for end in wide if end in frame]
    level = level if level in frame else ""
    confidence = confidence or frame.attrs.get("confidence", 0.95)
    if (low, high) == ("low", "high") and not {low, high} & set(frame):
        frame = frame.assign(low=np.nan, high=np.nan)
    data = columns(frame, name, value, low, high, *ends, level=level)
    written_as = written(frame, value, digits, low, high)
    frame = floats(frame, value, low, high, *ends)
    flags = frame[highlight].fillna(False) if highlight else [False] * len(frame)
    named = zip(named_cues(frame, name), flags, strict=True)
    cues = [ATTENTION if flagged else cue for cue, flagged in named]
    levels = frame[level] if level else None
    cues = by_level(cues, levels)
    shown = [formats.cell(v, written_as) for v in frame[value]]
    around = [
        "" if np.isnan([start, end]).any() else interval(start, end, written_as)
        for start, end in frame[[low, high]].to_numpy()
    ]
    marks = [] if threshold is None else [threshold]
    ends_x = span([*np.ravel(frame[[value, low, high, *ends]]), *marks], limits)

    def draw(form: Form) -> Canvas:
        beside = [Column(shown, bold=True), Column(around, size=SMALL, colour=MUTED)]
        rows = row_chart(
            form,
            frame[name],
            columns=beside if any(around) else beside[:1],
            entries=[*_entries(frame, ends, confidence), *grey(levels)],
            foot=True,
            above=18 if threshold is not None else 0,
            below=below(label, form.points),
        )
        ax = rows.ax
        ax.set_xlim(ends_x)
        first = limits[0] if limits else None
        scale(ax.xaxis, label, first=first, share=written_as == "percent")
        rows.grid()
        if threshold is not None:
            rows.upright(threshold, INK, 1.1)
            above_line(ax, threshold, threshold_label)
        for at, cue, (middle, *plain) in zip(
            rows.at, cues, frame[[value, low, high]].to_numpy(), strict=True
        ):
            known = not np.isnan(plain).any()
            if known:
                ax.plot(plain, [at, at], color=cue.colour, **THICK)
            if pd.notna(middle):
                look = marker(cue, hollow=not known, size=8)
                ax.plot(middle, at, linestyle="none", clip_on=False, **look)
        for at, cue, pair in zip(rows.at, cues, frame[ends].to_numpy(), strict=True):
            if ends and not np.isnan(pair).any():
                ax.plot(pair, [at, at], color=cue.colour, **THIN)
        return rows.figure

    text = ordered(frame[name], frame[value], written_as)
    text = with_clear(text, frame, level, name)
    return exhibit(
        draw,
        "ranked",
        data,
        ([value], name),
        title=title,
        note=note,
        source=source,
        alt=alt,
        said=text,
    )


def _entries(frame: pd.DataFrame, ends: list[str], confidence: float) -> list:
    """What the two lines mean, where any row has both."""
    if not ends or frame[ends].isna().any(axis=1).all():
        return []
    thin = _("tipis: taraf keluarga pembandingan; dari situ «jelas» dibaca")
    return [
        line(_("tebal: selang {share}").format(share=percent(confidence)), TEAL, **THICK),
        line(thin, TEAL, **THIN),
    ]
