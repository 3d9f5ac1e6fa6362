"""Answers on a scale of levels, as diverging stacked bars."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.colors import LinearSegmentedColormap, to_hex

from analysis.charts.key import dot
from analysis.charts.rows import Column, row_chart
from analysis.charts.shown import columns, exhibit, kind, ordered
from analysis.drawing.canvas import Canvas, Form, write
from analysis.drawing.lettering import extent
from analysis.drawing.style import INK, LEVELS, MUTED, SMALL, Cue, ink_on
from analysis.exhibits import Exhibit
from analysis.text import _, listing, number, percent


@kind
def likert(
    frame: pd.DataFrame,
    name: str,
    counts: Sequence[str],
    *,
    title: str = "",
    labels: Sequence[str],
    note: str = "",
    source: str | None = None,
    alt: str | None = None,
) -> Exhibit:
    """Shares of answers per level, low levels to the left and high ones to the right of zero.

    `name`: column; `counts`: columns of numbers of answers, lowest level first, as `pd.crosstab`
    makes them; `labels`: what people call the levels. The middle level of an odd number of levels
    lies across zero. The number of answers stands at the right. All else as in every chart: see
    `charts`. Raises ValueError where there are not as many labels as levels.
    """
    data = columns(frame, name, *counts)
    if len(labels) != len(counts):
        said = _("{counts} tingkat ({names}), tetapi {labels} sebutan dalam `labels`.")
        names = ", ".join(counts)
        raise ValueError(said.format(counts=len(counts), names=names, labels=len(labels)))
    numbers = frame[list(counts)].fillna(0).to_numpy(dtype=float)
    totals = numbers.sum(axis=1)
    shares = numbers / np.where(totals == 0, 1, totals)[:, None]
    levels = len(counts)
    colours = _colours(levels)
    half = levels // 2
    under = shares[:, :half].sum(axis=1) + (shares[:, half] / 2 if levels % 2 else 0)
    starts = np.cumsum(shares, axis=1) - shares - under[:, None]
    reach = np.abs([starts[:, 0], starts[:, -1] + shares[:, -1]]).max(initial=0.1) * 1.01

    def draw(form: Form) -> Canvas:
        rows = row_chart(
            form,
            frame[name],
            columns=[
                Column([_("n = {n}").format(n=number(n, 0)) for n in totals], size=SMALL,
                       colour=MUTED)
            ],
            entries=[dot(t, Cue(c, "s"), size=9) for t, c in zip(labels, colours, strict=True)],
            below=4,
            least=24,
        )  # fmt: skip
        ax = rows.ax
        ax.set_xlim(-reach, reach)
        ax.set_xticks([])
        ax.spines["bottom"].set_visible(False)
        rows.upright(0, INK, 0.8)
        unit = rows.room / (2 * reach)
        for level, colour in enumerate(colours):
            apart = np.where(shares[:, level] > 1.5 / unit, 0.8 / unit, 0)
            look = {"left": starts[:, level], "height": 0.72, "color": colour, "linewidth": 0}
            ax.barh(rows.at, shares[:, level] - apart, **look)
        for (row, level), share in np.ndenumerate(shares):
            text = percent(share)
            if share and extent(text, SMALL) + 5 <= share * unit:
                middle, ink = starts[row, level] + share / 2, ink_on(colours[level])
                write(ax, middle, rows.at[row], text, ha="center", size=SMALL, color=ink)
        return rows.figure

    upper = pd.Series(shares[:, levels - half :].sum(axis=1) * 100).where(totals > 0)
    said = _("Bagian jawaban di tingkat atas ({levels}). {ordered}").format(
        levels=listing(labels[levels - half :]), ordered=ordered(frame[name], upper, 0, "%")
    )
    return exhibit(
        draw,
        "likert",
        data,
        (labels, name),
        title=title,
        note=note,
        source=source,
        alt=alt,
        said=said,
    )


def _colours(levels: int) -> Sequence[str]:
    """A colour for each level, the middle one grey where there is one."""
    if levels > len(LEVELS):
        blend = LinearSegmentedColormap.from_list("levels", LEVELS)
        return [to_hex(c) for c in blend(np.linspace(0, 1, levels))]
    return [LEVELS[i] for i in {1: (2,), 2: (0, 4), 3: (0, 2, 4), 4: (0, 1, 3, 4)}.get(
        levels, range(len(LEVELS)))]  # fmt: skip
