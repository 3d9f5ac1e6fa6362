"""How the fields of one table were answered, whatever they hold: no more than can be counted.

`answers`: a row per unit and item, or per row that a unit filled where the table has no items of
its own; with unit, group, group_name, item and `called`, what the item is called (a field may be
its name). `fields`: of the table, objects with name, title and kind: a scale has ends, levels and
words, a choice scheme and options, an amount minimum and unit, a text a length.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from analysis.stages.evidence import aggregate
from analysis.text import _

FIELD = ["field", "field_name"]
QUANTILES = {"least": 0.0, "quarter": 0.25, "median": 0.5, "three_quarters": 0.75, "most": 1.0}


def of_kind(fields: Sequence[Any], mark: str) -> list[Any]:
    """The fields whose kind has this property."""
    return [field for field in fields if hasattr(field.kind, mark)]


def levels(field: Any) -> dict[str, str]:
    """The levels of a scale by their numbers, in words."""
    kind = field.kind
    named = zip(kind.levels, kind.words, strict=True)
    return {str(level): words or str(level) for level, words in named}


def on_scales(
    field: Any, own: Mapping[str, Any], items: Sequence[str]
) -> list[tuple[Any, list[str]]]:
    """The field on each scale in use, with the items on that, in the order of the form.

    `own`: by its code the scale of an item whose levels mean something else.
    """
    kinds = [own.get(item, field.kind) for item in items]
    first = [kind for n, kind in enumerate(kinds) if kind not in kinds[:n]]
    return [
        (replace(field, kind=kind), [i for i, k in zip(items, kinds, strict=True) if k == kind])
        for kind in first
    ]


def titled(frame: pd.DataFrame, field: Any) -> pd.DataFrame:
    """A frame that says which field it is of: its name and its heading."""
    named = frame.rename(columns={"called": "name"})
    return named.assign(field=field.name, field_name=_(field.title))


def together(parts: Sequence[pd.DataFrame], columns: Sequence[str]) -> pd.DataFrame:
    """Frames of fields one below the other; without any an empty one of these columns."""
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=list(columns))


def by_side(answers: pd.DataFrame, side: Any) -> pd.DataFrame:
    """Answers to pairs, each called by the one of the two that was chosen in the field `side`."""
    given = answers.dropna(subset=side.name)
    left = given[side.name] == side.kind.options[0]
    chosen = given["left_name"].where(left, given["right_name"])
    called = given["called"].astype(str) + ": " + chosen.astype(str)
    ordered = given.assign(called=called).sort_values(["item", side.name], kind="stable")
    return ordered.reset_index(drop=True)


def spread(answers: pd.DataFrame, scales: Sequence[Any]) -> pd.DataFrame:
    """How many chose each level of each scale.

    Columns: field, field_name, item, name, a column of counts for each level (``1``, ``2`` ...), n.
    """
    parts, keys = [], ["item", "called"]
    named = answers[keys].drop_duplicates()
    for field in scales:
        given = answers.dropna(subset=field.name)
        chosen = aggregate.nearest(given[field.name]).astype(str)
        counts = pd.crosstab([given["item"], given["called"]], chosen)
        counts = counts.reindex(pd.MultiIndex.from_frame(named), fill_value=0)
        counts = counts.reindex(columns=list(levels(field)), fill_value=0)
        counts = counts.assign(n=counts.sum(axis=1)).reset_index()
        parts.append(titled(counts, field))
    return together(parts, [*FIELD, "item", "name", "n"])


def means(answers: pd.DataFrame, scales: Sequence[Any], confidence: float) -> pd.DataFrame:
    """The mean of each item on each scale over the units, with its interval.

    Columns: field, field_name, item, name, mean, low, high, n, missing, method, and tb where a row
    may not apply.
    """
    parts = []
    for field in scales:
        given = *_values(answers, field), ["called"], confidence
        parts.append(titled(aggregate.over_units(*given, scale=field.kind.ends), field))
    return together(parts, [*FIELD, "item", "name", "mean", "low", "high", "n", "missing"])


def by_group(
    answers: pd.DataFrame, scales: Sequence[Any], confidence: float, city: bool
) -> pd.DataFrame:
    """The same for each group of units and, for a whole `city`, for all of them.

    Further columns: group, group_name and label.
    """
    parts = []
    for field in scales:
        given = *_values(answers, field), ["called"], confidence
        parts.append(titled(aggregate.groups_and_city(*given, field.kind.ends, city), field))
    return together(parts, [*FIELD, "item", "name", "label", "mean", "low", "high", "n"])


def _values(answers: pd.DataFrame, field: Any) -> tuple[pd.DataFrame, str, str]:
    """One value of each unit and item: of rows that it filled itself their mean."""
    keys = ["unit", "group", "group_name", "item", "called"]
    if not answers.duplicated(["unit", "item"]).any():
        return answers, "item", field.name
    return answers.groupby(keys, sort=False)[field.name].mean().reset_index(), "item", field.name


def chosen(
    answers: pd.DataFrame, choices: Sequence[Any], names: Mapping[str, Mapping[str, str]]
) -> pd.DataFrame:
    """How often each category of each choice was chosen, by item, the most frequent first.

    `names`: of categories, by field. Columns: field, field_name, item, name, choice, choice_name,
    count (answers), n (all that chose), share.
    """
    parts = []
    for field in choices:
        given = answers.dropna(subset=field.name)
        table = given.groupby(["item", "called"], sort=False)[field.name].value_counts()
        table = table.rename("count").reset_index().rename(columns={field.name: "choice"})
        table["n"] = table.groupby("item", sort=False)["count"].transform("sum")
        known = names[field.name]
        words = [known.get(choice, choice) for choice in table["choice"]]
        table = table.assign(choice_name=words, share=table["count"] / table["n"])
        parts.append(titled(table, field))
    columns = [*FIELD, "item", "name", "choice", "choice_name", "count", "n", "share"]
    return together(parts, columns)


def amounts(answers: pd.DataFrame, fields: Sequence[Any]) -> pd.DataFrame:
    """Of each amount by item its `QUANTILES` and n answers, in its own `measure`.

    Columns: field, field_name, item, name, measure, n, least, quarter, median, three_quarters,
    most.
    """
    parts = []
    for field in fields:
        values = answers.groupby(["item", "called"], sort=False)[field.name]
        found = {name: values.quantile(share) for name, share in QUANTILES.items()}
        table = pd.DataFrame({"n": values.count()} | found).reset_index()
        parts.append(titled(table.assign(measure=_(field.kind.unit)), field))
    return together(parts, [*FIELD, "item", "name", "measure", "n", *QUANTILES])


def texts(answers: pd.DataFrame, fields: Sequence[Any]) -> pd.DataFrame:
    """How many wrote something, by item; what they wrote is not quoted.

    Columns: field, field_name, item, name, count (texts), units.
    """
    parts = []
    for field in fields:
        written = answers.dropna(subset=field.name).groupby(["item", "called"], sort=False)["unit"]
        table = pd.DataFrame({"count": written.size(), "units": written.nunique()})
        parts.append(titled(table.reset_index(), field))
    return together(parts, [*FIELD, "item", "name", "count", "units"])


def missing(answers: pd.DataFrame, fields: Sequence[Any], cells: pd.DataFrame) -> pd.DataFrame:
    """How each item's cells ended, by field, over the units that sent a workbook.

    `cells`: see `survey.kept.cells.cells`. Columns: field, field_name, item, name, n (answered),
    tb, blank, invalid (unreadable, or contradicting each other).
    """
    parts = []
    ended = cells[cells["state"].isin(["invalid", "held"])]
    for field in fields:
        items = answers.groupby(["item", "called"], sort=False)
        table = items[field.name].count().rename("n").reset_index()
        tb = items["tb"].sum().to_numpy() if "tb" in answers else 0
        wrong = ended[ended["field"] == field.name].groupby("item").size()
        table = table.assign(
            tb=tb,
            invalid=table["item"].map(wrong).fillna(0).astype(int),
            all=items.size().to_numpy(),
        )
        blank = (table["all"] - table["n"] - table["tb"] - table["invalid"]).clip(lower=0)
        parts.append(titled(table.drop(columns="all").assign(blank=blank), field))
    return together(parts, [*FIELD, "item", "name", "n", "tb", "blank", "invalid"])
