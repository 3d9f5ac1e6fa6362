"""What is concluded under one choice after another."""

import pandas as pd

from analysis.charts.ranked import ranked
from analysis.exhibits import Exhibit
from analysis.text import _


def choices(
    frame: pd.DataFrame,
    *,
    title: str = "",
    note: str = "",
    source: str | None = None,
    alt: str | None = None,
) -> Exhibit:
    """How far a figure lies from what it is compared with, a row for each choice of another way.

    Columns of `frame`: choice_name, value, low and high (NaN where there is no interval: a hollow
    dot) and reversed, the choices under which it lies on the other side, in red. All else as in
    every chart: see `charts`.
    """
    return ranked(
        frame,
        "choice_name",
        "value",
        threshold=0.0,
        threshold_label=_("pembanding"),
        highlight="reversed",
        label=_("Jarak dari pembanding"),
        title=title,
        note=note,
        source=source,
        alt=alt,
    )
