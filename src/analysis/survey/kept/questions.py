"""What a questionnaire asks on scales, as two periods can be compared by."""

import pandas as pd

from analysis.project import Project
from analysis.survey.asked.fields import Scale
from analysis.survey.asked.instrument import Instrument
from analysis.text import SOURCE, _, using

COLUMNS = ["table", "item", "kind", "name", "scale_name", "statement", "heading", "levels"]
COLUMNS += ["low", "high"]


def on_scales(project: Project, instrument: Instrument) -> pd.DataFrame:
    """Every item that all units rate on a scale, a row for each of its scales.

    Columns: table, item, kind (the field), name and scale_name (what the item and the scale are
    called, in the language in use); statement, heading (of the scale's column) and levels (each
    with what it means), as the form words them in the source language; low and high (the ends of
    the item's scale). `instrument`: the project's own, in the language in use.
    """
    with using(SOURCE):
        source = Instrument.load(project)
    rows = [
        (table.name, row.code, field.name, row.name, _(field.title), worded, str(field.title))
        + (_levels(kind), kind.low, kind.high)
        for table, asked in zip(instrument.tables, source.tables, strict=True)
        if "statement" in table.items and not table.owned
        for row, worded in zip(table.items.itertuples(), asked.items["statement"], strict=True)
        for field in table.asked(row.code)
        if isinstance(kind := field.kind, Scale)
    ]
    return pd.DataFrame(rows, columns=COLUMNS).astype({"low": float, "high": float})


def _levels(scale: Scale) -> str:
    return "; ".join(f"{n} {scale.labels.get(n, '')}".strip() for n in scale.levels)
