"""Participation: which units answered, and how complete their workbooks are.

These are full counts of units and cells, not estimates: they have no interval. Completeness counts
the required cells of the workbooks that came in; a unit that sent none is missing, not empty.
"""

from collections.abc import Iterable, Sequence

import pandas as pd

from analysis.text import _

UNIT = ["unit", "unit_name", "unit_short", "group", "group_name"]
COUNTS = ["expected", "answered", "tb", "blank", "invalid"]


def required(completeness: pd.DataFrame, units: pd.DataFrame, tables: Iterable) -> pd.DataFrame:
    """Required cells by unit and table of the questionnaire, with what explains them.

    `completeness`: unit, table, expected, answered, tb, blank, invalid (cells); `units`: the
    register; `tables`: the questionnaire's tables, objects with name, sheet and title. Adds
    unit_name, unit_short, group, group_name, sheet and title.
    """
    described = pd.DataFrame(
        [(t.name, _(t.sheet), _(t.title)) for t in tables], columns=["table", "sheet", "title"]
    )
    return completeness.merge(described, on="table").merge(units[UNIT], on="unit")


def shares(cells: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Required cells summed over `by`, and their shares (0-1) of the cells expected.

    Adds to the counts: filled (answered or TR), tb_share, open_share (blank or unreadable) and
    units (workbooks in which the cells stand).
    """
    grouped = cells.groupby(list(by), sort=False)
    table = grouped[COUNTS].sum().assign(units=grouped["unit"].nunique()).reset_index()
    expected = table["expected"].where(table["expected"] > 0)
    return table.assign(
        filled=(table["answered"] + table["tb"]) / expected,
        tb_share=table["tb"] / expected,
        open_share=(table["blank"] + table["invalid"]) / expected,
    )


def response(units: pd.DataFrame, city: bool = False) -> pd.DataFrame:
    """How many units of each group answered, and of all units last where these are the `city`.

    Columns: group, group_name, label (group with "answered/registered"), registered, returned
    (units), share (0-1).
    """
    groups = units.groupby(["group", "group_name"], sort=False)["answered"]
    table = groups.agg(registered="size", returned="sum").reset_index()
    if city:
        table.loc[len(table)] = [
            "city",
            _("Semua perangkat daerah"),
            len(units),
            units["answered"].sum(),
        ]
    returned = table["returned"].astype(int)
    counts = returned.astype(str) + "/" + table["registered"].astype(str)
    return table.assign(
        label=table["group_name"] + " (" + counts + ")",
        returned=returned,
        share=returned / table["registered"],
    )


def begun(units: pd.DataFrame, cells: pd.DataFrame) -> pd.DataFrame:
    """The units that sent a workbook with too little filled in to count as answered."""
    absent = missing(units)
    return absent[absent["unit"].isin(cells["unit"])].reset_index(drop=True)


def missing(units: pd.DataFrame) -> pd.DataFrame:
    """The units that have not answered, in the order of the register."""
    return units.loc[~units["answered"].astype(bool), UNIT].reset_index(drop=True)


def incomplete(cells: pd.DataFrame) -> pd.DataFrame:
    """Workbooks with required cells that are blank or unreadable, the emptiest first."""
    table = shares(cells, UNIT)
    return table[table["open_share"] > 0].sort_values("filled", kind="stable", ignore_index=True)


def empty(cells: pd.DataFrame) -> pd.DataFrame:
    """The tables on sheets that a unit left wholly blank: unit_short, sheet, table."""
    sheets = cells.groupby(["unit_short", "sheet"])[["blank", "expected"]].transform("sum")
    return cells.loc[sheets["blank"] == sheets["expected"], ["unit_short", "sheet", "table"]]


def emptiest(cells: pd.DataFrame) -> pd.DataFrame:
    """The tables that lack anything, those with the smallest share filled first: see `shares`."""
    table = by_table(cells)
    return table[table["open_share"] > 0].sort_values("filled", kind="stable")


def by_table(cells: pd.DataFrame) -> pd.DataFrame:
    """`shares` of each table of the questionnaire: sheet, title, counts and shares."""
    return shares(cells, ["sheet", "table", "title"])


def by_sheet_and_group(
    cells: pd.DataFrame, units: pd.DataFrame, city: bool = False
) -> pd.DataFrame:
    """Percent of the required cells filled, for each group of units and sheet, the city last.

    Columns: label (as `response`), sheet, percent (0-100; NaN where a sheet was asked of nobody in
    the group, or nobody answered).
    """
    both = pd.concat([cells, cells.assign(group="city")], ignore_index=True)
    return _crossed(both, "group", response(units, city).set_index("group")["label"])


def by_sheet_and_unit(cells: pd.DataFrame, units: pd.DataFrame) -> pd.DataFrame:
    """`by_sheet_and_group` for each registered unit, with its group: label is its short name."""
    table = _crossed(cells, "unit", units.set_index("unit")["unit_short"])
    return table.assign(group=table["unit"].map(units.set_index("unit")["group"]))


def _crossed(cells: pd.DataFrame, row: str, labels: pd.Series) -> pd.DataFrame:
    table = shares(cells, [row, "sheet"]).set_index([row, "sheet"])["filled"]
    every = pd.MultiIndex.from_product(
        [labels.index, cells["sheet"].unique()], names=[row, "sheet"]
    )
    long = (100 * table).reindex(every).rename("percent").reset_index()
    return long.assign(label=long[row].map(labels))[[row, "label", "sheet", "percent"]]
