"""What the coordinator should look at: answers that hardly vary, units apart from their group, TR.

For the coordinator's page only. None of it proves a careless answer: it says where to ask.
"""

from collections.abc import Iterable, Mapping

import pandas as pd

from analysis import levels
from analysis.levels import COUNT
from analysis.methods import comparisons
from analysis.stages.evidence import claims, estimates
from analysis.stages.evidence.finding import Finding
from analysis.stages.evidence.uniform import NEARLY, measured, scales
from analysis.stages.participation.figures import UNIT
from analysis.text import _, bare, listed, number, percent

SHOWN = 3  # units or items that a sentence names
PEERS = 3
"""Fewest units of a group whose median a unit is compared with."""
JUDGEMENTS = ["pairs"]
"""Tables whose numbers mean nothing without the side they favour; not compared with a group."""
FIGURES = ["value", "low", "high", "error", "freedom", "n", "p_value", "least", "agree"]


def rated(answers: Mapping[str, pd.DataFrame], tables: Iterable) -> pd.DataFrame:
    """Every scale answer of the common items, a row per unit, item and field.

    `answers`: by name of the table, as the survey gives them; `tables`: the questionnaire's
    tables, objects with name, sheet and title. Columns: unit, unit_name, unit_short, group,
    group_name, sheet, title, table, item, name, tb, field, value (in scale units, NaN where blank
    or TR).
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
        parts.append(frame.melt(kept, scales(frame), var_name="field"))
    return pd.concat(parts, ignore_index=True)


def uniform(ratings: pd.DataFrame) -> pd.DataFrame:
    """How alike a unit's answers are within each table, the most uniform first (straight-lining).

    Columns: unit, unit_name, unit_short, group, group_name, sheet, title, table, n, same and
    spread: see `uniform.measured`.
    """
    keys = [*UNIT, "sheet", "title", "table"]
    table = measured(ratings, keys).reset_index()
    return table.sort_values(
        ["same", "spread"], ascending=[False, True], kind="stable", ignore_index=True
    )


def suspects(table: pd.DataFrame, least: int = 10) -> pd.DataFrame:
    """The rows of `uniform` to ask about: nearly straight ones, or the `least` most uniform."""
    return table.head(max(least, int((table["same"] >= NEARLY).sum())))


def apart(ratings: pd.DataFrame, confidence: float = 0.95) -> pd.DataFrame:
    """How far each unit stands from its group, the farthest first.

    Columns: unit, unit_name, unit_short, group, group_name, deviation (mean of |answer - median of
    the group| over items and fields, in scale units), low and high (Student's t over the answers
    compared), wide_low and wide_high (allowing for as many comparisons as there are units), n
    (answers compared), level (how sure it is that the unit stands farther than the units of its
    group on average: see `claims`) and far (clearly so). An answer is compared where at least three
    units of the group gave one; without any, n = 0 and deviation is NaN. Pairs are left out.
    """
    given = ratings[~ratings["table"].isin(JUDGEMENTS)]
    peers = given.groupby(["group", "table", "item", "field"])["value"]
    distance = (given["value"] - peers.transform("median")).abs()
    distance = distance.where(peers.transform("count") >= PEERS)
    grouped = distance.groupby([given[c] for c in UNIT], sort=False)
    table = grouped.agg(deviation="mean", error="sem", n="count").reset_index()
    usual = table.groupby("group")["deviation"].transform("mean")
    compared = table.assign(value=table["deviation"] - usual, agree=float("nan"))
    compared["freedom"], compared["least"] = (table["n"] - 1).clip(lower=1), 2.0 ** (1 - table["n"])
    compared["p_value"] = comparisons.p_values(compared["value"], table["error"], table["n"])
    reach = estimates.reaching(compared, 1 - confidence)
    compared["low"], compared["high"] = compared["value"] - reach, compared["value"] + reach
    unsaid = pd.DataFrame("", table.index, ["above", "below", "unclear"])
    family = claims.Comparisons("distance", unsaid, table["group"], None, compared[FIGURES])
    found = claims.of_kind(claims.table([family], table, confidence), "distance")
    ends = ["low", "high", "wide_low", "wide_high"]
    table[ends] = found[ends].add(usual, axis="index")
    table["level"] = found["level"].where(compared["value"] > 0, levels.UNCLEAR)
    table["far"] = table["level"] == levels.CLEAR
    return table.drop(columns="error").sort_values(
        "deviation", ascending=False, kind="stable", ignore_index=True
    )


def most_tb(ratings: pd.DataFrame, count: int = 10) -> pd.DataFrame:
    """The items that most units answered with TR: item, name, sheet, tb, n (units), share.

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
    if table.empty:
        return _("Belum ada tabel dengan cukup jawaban untuk dinilai keseragamannya")
    straight = int((table["same"] == 1).sum())
    nearly = int((table["same"] >= NEARLY).sum()) - straight
    if not straight + nearly:
        return _("Tidak ada tabel yang dijawab seragam atau hampir seragam")
    return _("{straight} tabel dijawab seragam dan {nearly} hampir seragam").format(
        straight=straight, nearly=nearly
    )


def headline_apart(table: pd.DataFrame) -> str:
    """Which units stand farther from their group than others from theirs, from `apart`."""
    if table["deviation"].isna().all():
        return _("Tidak ada kelompok yang cukup besar untuk dibandingkan")
    words = {
        levels.CLEAR: _("Jelas lebih jauh dari kelompoknya daripada yang lain: {names}"),
        levels.LIKELY: _("Cenderung lebih jauh dari kelompoknya daripada yang lain: {names}"),
        levels.UNCLEAR: _("Tidak ada yang jelas lebih jauh dari kelompoknya daripada yang lain"),
    }
    level, farthest = _farthest(table)
    return words[level].format(names=listed(farthest["unit_short"], SHOWN))


def _farthest(table: pd.DataFrame) -> tuple[str, pd.DataFrame]:
    """How sure the surest units are to stand apart, and these units."""
    level = next(
        (level for level in (levels.CLEAR, levels.LIKELY) if level in set(table["level"])),
        levels.UNCLEAR,
    )
    return level, table[table["level"] == level]


def note_apart(confidence: float = 0.95) -> str:
    """What a picture of `apart` shows."""
    return _(
        "Paling banyak lima belas yang terjauh. Merah: jelas lebih jauh daripada rerata "
        "kelompoknya. Selang {confidence}; dibandingkan bila sekurang-kurangnya {peers} perangkat "
        "daerah sekelompok menjawab."
    ).format(confidence=percent(confidence), peers=PEERS)


def headline_tb(items: pd.DataFrame) -> str:
    """Which item most units answered with TR, from `most_tb`."""
    if items.empty:
        return _("Tidak ada pertanyaan yang dijawab tidak relevan")
    first = items[items["share"] == items["share"].iloc[0]]
    return _("Paling sering dijawab tidak relevan: {names}").format(
        names=listed(first["name"].map(bare), SHOWN)
    )


def findings(alike: pd.DataFrame, distant: pd.DataFrame, items: pd.DataFrame) -> list[Finding]:
    """What to ask the units about; from `uniform`, `apart` and `most_tb`."""
    straight = alike[alike["same"] == 1]["unit_name"]
    asked = _("Tanyakan kepada: {names}.").format(names=listed(straight)) if len(straight) else ""
    level, farthest = _farthest(distant)
    distances = "; ".join(
        f"{unit} {number(deviation)}"
        for unit, deviation in zip(farthest["unit_short"], farthest["deviation"], strict=True)
    )
    far = _("Jarak dalam tingkat skala: {distances}.").format(distances=distances)
    if level == levels.UNCLEAR:
        level, far = COUNT if distant["deviation"].isna().all() else level, ""
    share = _("{share} perangkat daerah yang ditanyai.").format(
        share=percent(items["share"].max(), 0)
    )
    return [
        Finding(headline_uniform(alike) + ".", detail=asked),
        Finding(headline_apart(distant) + ".", level, detail=far),
        Finding(headline_tb(items) + ".", detail=share if len(items) else ""),
    ]
