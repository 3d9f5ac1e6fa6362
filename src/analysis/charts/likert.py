"""Answers on a scale of levels, as diverging stacked bars."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import seaborn
from matplotlib.ticker import FuncFormatter, MultipleLocator

from analysis.charts.canvas import at_right, row_chart, write
from analysis.charts.key import dot, key, key_height
from analysis.charts.lettering import extent
from analysis.charts.shown import columns, exhibit, extremes
from analysis.charts.style import INK, MUTED, SMALL, WHITE, Cue, ink_on, styled
from analysis.exhibits import Exhibit
from analysis.text import _, number, percent

_RAMP = ["#a63a2b", "#dfa898", "#e6e3dd", "#8fb8bf", "#1f5f6b"]


@styled
def likert(
    frame: pd.DataFrame,
    name: str,
    counts: Sequence[str],
    *,
    title: str,
    labels: Sequence[str],
    note: str = "",
    source: str | None = None,
    alt: str | None = None,
) -> Exhibit:
    """Shares of answers per level, low levels to the left and high ones to the right of zero.

    `counts`: columns of numbers of answers, lowest level first; `labels`: their names. The middle
    level of an odd number of levels lies across zero. The number of answers stands at the right.
    """
    numbers = frame[list(counts)].fillna(0).to_numpy(dtype=float)
    totals = numbers.sum(axis=1)
    shares = numbers / np.where(totals == 0, 1, totals)[:, None]
    levels = len(counts)
    colours = seaborn.blend_palette(_RAMP, levels).as_hex()
    half = levels // 2
    below = shares[:, :half].sum(axis=1) + (shares[:, half] / 2 if levels % 2 else 0)
    starts = np.cumsum(shares, axis=1) - shares - below[:, None]

    entries = [dot(t, Cue(c, "s"), size=9) for t, c in zip(labels, colours, strict=True)]
    figure, ax = row_chart(frame[name], extra=50 + key_height(labels), least=24)
    key(figure, entries)
    reach = np.abs([starts[:, 0], starts[:, -1] + shares[:, -1]]).max(initial=0.1) * 1.02
    ax.set_xlim(-reach, reach)
    ax.xaxis.set_major_locator(MultipleLocator(0.25 if reach > 0.4 else 0.1))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda share, _place: percent(abs(share))))
    ax.set_xlabel(_("Bagian jawaban"), loc="left", labelpad=6)
    ax.axvline(0, color=INK, linewidth=0.8, zorder=0.9)
    for level, colour in enumerate(colours):
        ax.barh(
            range(len(frame)),
            shares[:, level],
            left=starts[:, level],
            height=0.72,
            color=colour,
            edgecolor=WHITE,
            linewidth=0.8,
        )
    for row, total in enumerate(totals):
        at_right(ax, row, _("n = {n}").format(n=number(total, 0)), size=SMALL, color=MUTED)
    figure.settle()
    unit = ax.bbox.width / (2 * reach)
    for (row, level), share in np.ndenumerate(shares):
        shown = percent(share)
        if share and extent(shown, SMALL) + 5 <= share * unit:
            write(
                ax,
                starts[row, level] + share / 2,
                row,
                shown,
                ha="center",
                size=SMALL,
                color=ink_on(colours[level]),
            )
    upper = pd.Series(shares[:, -half:].sum(axis=1) * 100).where(totals > 0)
    text = _("Sebaran jawaban: {n} baris; persentase di tingkat atas: {extremes}.").format(
        n=len(frame), extremes=extremes(frame[name], upper, 0)
    )
    data = columns(frame, name, *counts)
    return exhibit(figure, "likert", data, title=title, note=note, source=source, alt=alt or text)
