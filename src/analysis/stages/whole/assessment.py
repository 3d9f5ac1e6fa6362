"""An index by the city's own levels beside that by an assessor's: whole, by part, by indicator."""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from analysis.methods import weighted
from analysis.stages.evidence import aggregate, estimates
from analysis.stages.whole import index_figures as figures

OWN, OTHER, BETWEEN = LEVELS = ("self_level", "assessor_level", "level_difference")
WHOLE = ""  # stands for the index among its parts
FOLLOWED = ["recommendation", "owner_name", "due_on", "follow_up"]


def both(answers: pd.DataFrame, said: pd.DataFrame) -> pd.DataFrame:
    """Every indicator that was asked, with both levels and their difference, own less assessor's.

    `answers`: item, name, level; `said`: item, level, reason, of assessors. Columns: item, name,
    self_level, assessor_level, level_difference, assessor_reason; none where a level is not given.
    """
    own = answers.drop_duplicates("item")[["item", "name", "level"]]
    other = said.set_index("item")
    table = own.rename(columns={"level": OWN}).reset_index(drop=True)
    # What nothing is known of is mapped to nothing, of whatever type the items are.
    table[OTHER] = table["item"].map(other["level"]).astype(float)
    table[BETWEEN] = table[OWN].astype(float) - table[OTHER]
    table["assessor_reason"] = (
        table["item"].map(other["reason"].astype(object)).astype(object).fillna("")
    )
    return aggregate.levels(table)


def compared(index: Any, title: str, levels: pd.DataFrame) -> pd.DataFrame:
    """The index, and below it its innermost parts, by both; own less assessor's between them.

    `title`: of the index; `levels`: from `both`. Columns: part_name, above_name (the part above),
    self_level, assessor_level, level_difference. What lacks a single indicator's level has no
    value, as its weight could only be given to others.
    """
    tree = figures.tree(index)
    inner, above = index.tiers[-1], index.tiers[-2] if len(index.tiers) > 1 else ""
    named = index.items.drop_duplicates(inner).set_index(inner)
    made = pd.DataFrame({"part_name": named[f"{inner}_name"]})
    made["above_name"] = named[f"{above}_name"] if above else ""
    whole = pd.DataFrame({"part_name": title, "above_name": ""}, index=[WHOLE])
    made = pd.concat([whole, made])
    for column in (OWN, OTHER):
        given = levels.set_index("item")[column].astype(float).reindex(tree.index)
        made[column] = _values(given, tree, index.scale.ends).reindex(made.index)
    return made.assign(**{BETWEEN: made[OWN] - made[OTHER]}).reset_index(drop=True)


def _values(levels: pd.Series, tree: pd.DataFrame, ends: tuple[float, float]) -> pd.Series:
    """The index and its innermost parts, each only if all of its indicators have a level.

    `levels`: by indicator; `tree`: see `figures.tree`.
    """
    given = levels.notna()
    if not given.any():
        return pd.Series(dtype=float)
    found = weighted.tree_index(levels, tree, "renormalise", bounds=ends)
    inner = tree.columns[-2]  # the last one is the weight
    parts = found.tiers[inner][given.groupby(tree[inner], sort=False).all()]
    return pd.concat([parts, pd.Series({WHOLE: found.total} if given.all() else {}, dtype=float)])


def differing(levels: pd.DataFrame, followed: pd.DataFrame) -> pd.DataFrame:
    """The indicators on which the two differ, or of which something is recommended.

    The largest difference first. `levels`: from `both`; `followed`: see
    `recommendations.followed`. Adds recommendation, owner_name, due_on and follow_up.
    """
    table = levels.merge(followed[["item", *FOLLOWED]], on="item", how="left")
    apart = table[BETWEEN].abs().fillna(0)
    shown = table[(apart > 0) | table["recommendation"].notna()]
    return shown.loc[apart[shown.index].sort_values(ascending=False, kind="stable").index]


def published(pairs: pd.DataFrame, index: str) -> pd.DataFrame:
    """What other places said of themselves, and others of them: a row each, as it was printed.

    `pairs`: see `Survey.published_pairs`; `index`: its id. Columns: area, area_name, year,
    self_level, assessor_level, level_difference, source.
    """
    own = pairs[pairs["index"] == index].reset_index(drop=True)
    own = own.rename(columns={"place": "area", "own": OWN, "external": OTHER})
    own[[OWN, OTHER]] = own[[OWN, OTHER]].astype(float)
    own = own.assign(area_name=own["area"], **{BETWEEN: own[OWN] - own[OTHER]})
    return own[["area", "area_name", "year", *LEVELS, "source"]]


def of_cities(rows: Iterable[tuple[str, str, Any, str, pd.DataFrame]]) -> pd.DataFrame:
    """The cities that have both values of an index, in each of their periods.

    Columns: index, index_name, city, survey_period, both values and their difference. `rows`: by
    city, period and index, what it is called, and what is `compared` of it. Only values on one
    scale are of the same index; `reach`: of that scale.
    """
    every = [
        {"index": f"{index.id} {index.scale}", "index_name": title}
        | {"city": city, "survey_period": period}
        | {column: table[column].iloc[0] for column in LEVELS}
        | {"reach": index.scale.high - index.scale.low}
        for city, period, index, title, table in rows
    ]
    columns = ["index", "index_name", "city", "survey_period", *LEVELS, "reach"]
    found = pd.DataFrame(every, columns=columns).dropna(subset=BETWEEN)
    return found.sort_values("index", kind="stable", ignore_index=True)


def mean_differences(cities: pd.DataFrame, confidence: float = 0.95) -> pd.DataFrame:
    """The mean difference of each index: index_name, over, value, low, high, n, method.

    `cities`: from `of_cities`. It is ``over`` cities, each with the mean of its periods, as those
    of one city are no independent draws; of a single city over its periods. Below ten by Student's
    t, of a single value without interval: see `estimates.estimate`.
    """
    found = []
    for _index, part in cities.groupby("index", sort=False):
        over = "city" if part["city"].nunique() > 1 else "survey_period"
        values = part.groupby(over, sort=False)[[BETWEEN]].mean().astype(float)
        reach = float(part["reach"].iloc[0])
        row = estimates.estimate(
            pd.Series("", index=values.index),
            estimates.of_means(values),
            values.count(),
            confidence,
            (-reach, reach),
        )
        found.append(row.assign(index_name=part["index_name"].iloc[0], over=over))
    columns = ["index_name", "over", "value", "low", "high", "n", "method"]
    every = pd.concat(found) if found else pd.DataFrame(columns=columns)
    return every[columns].reset_index(drop=True)
