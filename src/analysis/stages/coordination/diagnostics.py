"""What the coordinator should look at: answers that hardly vary, units apart from their group, TB.

For the coordinator's page only. None of it proves a careless answer: it says where to ask.
"""

from collections.abc import Iterable, Mapping

import pandas as pd

from analysis.methods import comparisons, intervals
from analysis.stages.participation.figures import UNIT
from analysis.text import _, listed, number, percent

LEAST = 5
"""Fewest answers in a column for straight-lining to be judged."""
PEERS = 3
"""Fewest units of a group whose median a unit is compared with."""
NEARLY = 0.9
"""From this share of like answers on, a table of the questionnaire is pointed at."""
JUDGEMENTS = ["pairs"]
"""Tables whose numbers mean nothing without the side they favour; not compared with a group."""


def rated(answers: Mapping[str, pd.DataFrame], tables: Iterable) -> pd.DataFrame:
    """Every scale answer of the common items, a row per unit, item and field.

    `answers`: by name of the table, as the survey gives them; `tables`: the questionnaire's
    tables, objects with name, sheet and title. Columns: unit, unit_name, unit_short, group,
    group_name, sheet, title, table, item, name, tb, field, value (in scale units, NaN where blank
    or TB).
    """
    parts = []
    for table in tables:
        if table.name not in answers:
            continue
        frame = answers[table.name]
        known = frame.get("name", frame["item"]), frame.get("tb", False)
        frame = frame.assign(
            table=table.name, sheet=_(table.sheet), title=_(table.title), name=known[0], tb=known[1]
        )
        kept = [*UNIT, "sheet", "title", "table", "item", "name", "tb"]
        scales = [c for c in frame.select_dtypes("number").columns if c != "weight"]
        parts.append(frame.melt(kept, scales, var_name="field", value_name="value"))
    return pd.concat(parts, ignore_index=True)


def uniform(ratings: pd.DataFrame) -> pd.DataFrame:
    """How alike a unit's answers are within each table, the most uniform first (straight-lining).

    Columns: unit, unit_name, unit_short, group, group_name, sheet, title, n (answers), same (share
    of the answers that equal the commonest one of their column, 0-1; 1 is a straight line), spread
    (standard deviation in scale units, mean over columns). Columns of fewer than five answers are
    passed over.
    Source: Kim et al. (2019), Social Science Computer Review 37, 214-233 (measures of
    straightlining).
    """
    keys = [*UNIT, "sheet", "title", "table"]
    grouped = ratings.dropna(subset="value").groupby([*keys, "field"], sort=False)["value"]
    columns = pd.DataFrame(
        {
            "n": grouped.size(),
            "alike": grouped.agg(lambda values: values.value_counts().iloc[0]),
            "spread": grouped.std(ddof=0),
        }
    ).reset_index()
    columns = columns[columns["n"] >= LEAST]
    table = columns.groupby(keys, sort=False).agg(
        n=("n", "sum"), alike=("alike", "sum"), spread=("spread", "mean")
    )
    table = table.assign(same=table["alike"] / table["n"]).drop(columns="alike").reset_index()
    order = table.sort_values(["same", "spread"], ascending=[False, True], kind="stable")
    return order.drop(columns="table").reset_index(drop=True)


def suspects(table: pd.DataFrame, least: int = 10) -> pd.DataFrame:
    """The rows of `uniform` to ask about: nearly straight ones, or the `least` most uniform."""
    return table.head(max(least, int((table["same"] >= NEARLY).sum())))


def apart(ratings: pd.DataFrame, confidence: float = 0.95) -> pd.DataFrame:
    """How far each unit stands from its group, the farthest first.

    Columns: unit, unit_name, unit_short, group, group_name, deviation (mean of |answer - median of
    the group| over items and fields, in scale units), low and high (Student's t over the answers
    compared), n (answers compared) and sure (bool: above the mean deviation of its group's units
    by an interval that allows for as many comparisons as there are units: Bonferroni; Dunn 1961,
    JASA 56, 52-64). An answer is compared where at least three units of the group gave one;
    without any, n = 0 and deviation is NaN. Pairs are left out.
    """
    given = ratings[~ratings["table"].isin(JUDGEMENTS)]
    peers = given.groupby(["group", "table", "item", "field"])["value"]
    distance = (given["value"] - peers.transform("median")).abs()
    distance = distance.where(peers.transform("count") >= PEERS)
    by_unit = list(distance.groupby([given[c] for c in UNIT], sort=False))
    rows = [
        (*unit, values.mean(), *_interval(values, confidence), values.count())
        for unit, values in by_unit
    ]
    table = pd.DataFrame(rows, columns=[*UNIT, "deviation", "low", "high", "n"])
    usual = table.groupby("group")["deviation"].transform("mean")
    error = pd.Series([values.sem() for _unit, values in by_unit], table.index)
    away = table["deviation"] - usual
    adjusted = comparisons.holm(comparisons.p_values(away, error, table["n"]))
    table = table.assign(sure=(adjusted < 1 - confidence) & (away > 0))
    return table.sort_values("deviation", ascending=False, kind="stable", ignore_index=True)


def _interval(values: pd.Series, confidence: float) -> tuple[float, float]:
    if values.count() < 2:
        return float("nan"), float("nan")
    return intervals.t_interval(values, confidence)


def most_tb(ratings: pd.DataFrame, count: int = 10) -> pd.DataFrame:
    """The items that most units answered with TB: item, name, sheet, tb, n (units), share.

    `count` of them, or all that share the first place.
    """
    rows = ratings.drop_duplicates(["unit", "table", "item"])
    grouped = rows.groupby(["table", "item", "name", "sheet"], sort=False)["tb"]
    table = grouped.agg(tb="sum", n="size").reset_index().drop(columns="table")
    table = table.assign(tb=table["tb"].astype(int), share=table["tb"].astype(float) / table["n"])
    table = table[table["tb"] > 0].sort_values("share", ascending=False, kind="stable")
    first = int((table["share"] == table["share"].max()).sum())
    return table.head(max(count, first)).reset_index(drop=True)


def headline_uniform(table: pd.DataFrame) -> str:
    """How many tables were answered in (nearly) a straight line, from `uniform`."""
    straight = int((table["same"] == 1).sum())
    nearly = int((table["same"] >= NEARLY).sum()) - straight
    if not straight + nearly:
        return _("Tidak ada tabel yang dijawab (hampir) seragam")
    return _("{straight} tabel dijawab seragam dan {nearly} hampir seragam").format(
        straight=straight, nearly=nearly
    )


def headline_apart(table: pd.DataFrame) -> str:
    """Which units stand farther from their group than chance would have it, from `apart`."""
    known = table.dropna(subset="deviation")
    if known.empty:
        return _("Tidak ada kelompok dengan sekurang-kurangnya {n} unit untuk dibandingkan").format(
            n=PEERS
        )
    sure = known[known["sure"]]
    if sure.empty:
        return _("Tidak ada unit yang pasti lebih jauh dari kelompoknya daripada unit lain")
    return _("Pasti lebih jauh dari kelompoknya daripada unit lain: {names}").format(
        names=listed(
            f"{unit} ({number(deviation)})"
            for unit, deviation in zip(sure["unit_short"], sure["deviation"], strict=True)
        )
    )


def note_apart(confidence: float = 0.95) -> str:
    """What the intervals and n of `apart` are."""
    return _(
        "Selang keyakinan {confidence}; n: jawaban yang dibandingkan. Jawaban dibandingkan bila "
        "sekurang-kurangnya {peers} unit sekelompok menjawab butir itu."
    ).format(confidence=percent(confidence), peers=PEERS)


def headline_tb(items: pd.DataFrame) -> str:
    """Which item most units answered with TB, from `most_tb`."""
    if items.empty:
        return _("Tidak ada butir yang dijawab TB")
    first = items[items["share"] == items["share"].iloc[0]]
    return _("TB terbanyak: {names} ({share} unit)").format(
        names=listed(first["name"], 4), share=percent(first["share"].iloc[0])
    )


def findings(alike: pd.DataFrame, distant: pd.DataFrame, items: pd.DataFrame) -> list[str]:
    """What to ask the units about, in sentences."""
    straight = alike[alike["same"] == 1]
    asked = _(" Tanyakan kepada: {names}.").format(names=listed(straight["unit_name"]))
    return [
        headline_uniform(alike) + "." + (asked if len(straight) else ""),
        headline_apart(distant) + ".",
        headline_tb(items) + ".",
    ]
