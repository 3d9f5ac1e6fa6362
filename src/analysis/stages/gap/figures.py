"""The gap (Analisis Kesenjangan): how far sub-dimensions stand from their five-year target.

Each unit gives a sub-dimension its present condition and its target, on one scale, its importance,
and the main obstacle. An answer counts where all three are given, so that every mean of a
sub-dimension is over the same units.
"""

from collections.abc import Mapping

import pandas as pd

from analysis.methods.ranks import differences
from analysis.stages.evidence import aggregate, claims, estimates, lead, missing, ranks
from analysis.stages.gap import ipa, obstacles
from analysis.text import _

SCALES = ["current", "target", "importance"]
GAP, WEIGHTED = "gap", "weighted"
Ends = Mapping[str, tuple[float, float]]
"""How low and how high each measure can be: current, importance, gap and weighted."""
# Kinds of comparisons; those of priorities and obstacles are in their own modules.
ITEM, BY_DIMENSION, CITY = "gap", "dimension", "mean"
LEADING_ITEM, LEADING_DIMENSION, GROUPS = "largest", "largest_dimension", "groups"
ALL = "all"  # stands for a dimension where all are taken together
LEADING = 3  # how many of the first ranks count as the leading ones
DIMENSION = ["dimension_name", "dimension_short"]
UNIT = ["unit", "unit_name", "group", "group_name"]


def ends(condition: tuple[float, float], importance: tuple[float, float]) -> Ends:
    """The ends of every measure, from those of the two scales."""
    most = condition[1] - condition[0]
    heaviest = importance[1] * most
    return {
        ipa.CURRENT: condition,
        ipa.IMPORTANCE: importance,
        GAP: (-most, most),
        WEIGHTED: (-heaviest, heaviest),
    }


def gaps(answers: pd.DataFrame) -> pd.DataFrame:
    """The gap table with two more columns, per unit and sub-dimension; NaN where one is missing.

    ``gap``: target - current, in levels; ``weighted``: importance x gap.
    """
    complete = answers[SCALES].notna().all(axis="columns")
    counted = answers.assign(**{scale: answers[scale].where(complete) for scale in SCALES})
    gap = counted["target"] - counted["current"]
    return counted.assign(gap=gap, weighted=counted["importance"] * gap)


def ranking(
    answers: pd.DataFrame, possible: Ends, measure: str = WEIGHTED, confidence: float = 0.95
) -> pd.DataFrame:
    """Every sub-dimension over the units, largest `measure` (gap or weighted) first.

    `answers`: from `gaps`; `possible`: from `ends`. Columns: item, name, dimension_name,
    dimension_short; mean, low, high, n, missing, tb, method of the measure; current, target,
    importance (means over the same units, so that target - current is the mean gap); rank, rank_low
    and rank_high (see `ranks.placed`: of each pair over the units that answered both) and leading
    (share of resamples among the first three, NaN below ten answers). The index is the place in the
    questionnaire.
    """
    keep = ["name", *DIMENSION]
    table = aggregate.over_units(
        answers, "item", measure, keep, confidence, scale=possible[measure]
    ).join(answers.groupby("item")[SCALES].mean(), on="item")
    strata, values = aggregate.strata(answers), aggregate.wide(answers, "item", measure)
    apart = differences(values)
    compared = estimates.of_means(apart)
    figures = estimates.jackknife(strata, compared, apart.count())
    drawn = estimates.resampled(strata, compared)
    placed = ranks.placed(values.mean(), figures, drawn, confidence)
    first = estimates.resampled(strata, estimates.of_means(values))
    placed["leading"] = ranks.among_first(first, values.count(), LEADING)
    return table.join(placed, on="item").sort_values(["rank", "item"])


def means(answers: pd.DataFrame, by: str | None = "dimension") -> pd.DataFrame:
    """Each unit's mean gap and weighted gap, per dimension or (`by` None) over all answers.

    Columns: unit, unit_name, group, group_name, dimension, dimension_name, dimension_short, gap,
    weighted, tb (nothing in the dimension applies to the unit). Sub-dimensions weigh the same;
    those that do not apply or have no answer are left out.
    """
    if by is None:
        whole = dict.fromkeys(DIMENSION, _("Semua dimensi"))
        answers = answers.assign(dimension=ALL, **whole)
    keys = [*UNIT, "dimension", *DIMENSION]
    return (
        answers.groupby(keys, sort=False, dropna=False)
        .agg(gap=(GAP, "mean"), weighted=(WEIGHTED, "mean"), tb=("tb", "all"))
        .reset_index()
    )


def by_dimension(
    answers: pd.DataFrame, possible: Ends, measure: str = GAP, confidence: float = 0.95
) -> pd.DataFrame:
    """Each dimension over the units, largest gap first: means within units, then over units.

    `possible`: from `ends`. Columns: dimension, dimension_name, dimension_short, mean, low, high,
    n, missing, method, tb.
    """
    table = aggregate.over_units(
        means(answers), "dimension", measure, DIMENSION, confidence, scale=possible[measure]
    )
    return table.sort_values("mean", ascending=False, ignore_index=True)


def by_group(
    answers: pd.DataFrame,
    possible: Ends,
    measure: str = GAP,
    confidence: float = 0.95,
    whole: bool = True,
) -> pd.DataFrame:
    """`by_dimension` for each group of units, in the questionnaire's order.

    The city itself is the last group if it is `whole`. Further columns: group, group_name, and
    `label`: the group with its number of units.
    """
    return aggregate.groups_and_city(
        means(answers), "dimension", measure, DIMENSION, confidence, possible[measure], whole
    )


def comparisons(
    answers: pd.DataFrame,
    obstacle_names: pd.Series,
    possible: Ends,
    expected: int,
    confidence: float = 0.95,
) -> list[claims.Comparisons]:
    """All comparisons of the report.

    Each sub-dimension's, each dimension's and the city's gap with zero, the leading ones with the
    others, groups of units with each other, `ipa.comparisons` and `obstacles.comparisons`.
    `answers`: from `gaps`; `possible`: from `ends`; `expected`: how many units should have
    answered.
    """
    of_dimension, of_unit = means(answers), means(answers, None)
    low, high = possible[GAP]
    return [
        *(
            claims.against(
                kind,
                frame,
                item,
                GAP,
                claims.words(
                    frame.drop_duplicates(item).set_index(item)[name],
                    _("{name}: sasaran di atas kondisi sekarang"),
                    _("{name}: sasaran di bawah kondisi sekarang"),
                    _("{name}: sasaran di sekitar kondisi sekarang"),
                ),
                0.0,
                missing.ends(frame, item, GAP, possible[GAP], expected),
                possible[GAP],
                confidence,
            )
            for kind, frame, item, name in (
                (ITEM, answers, "item", "name"),
                (BY_DIMENSION, of_dimension, "dimension", "dimension_name"),
                (CITY, of_unit, "dimension", "dimension_name"),
            )
        ),
        *lead.of_means(
            LEADING_ITEM, answers, "item", WEIGHTED, "name", _("kesenjangan berbobot"),
            possible[WEIGHTED], expected, confidence,
        ),
        *lead.of_means(
            LEADING_DIMENSION, of_dimension, "dimension", GAP, "dimension_name",
            _("rerata kesenjangan"), possible[GAP], expected, confidence,
        ),
        *lead.between_groups(
            GROUPS, of_unit, GAP, _("rerata kesenjangan"), high - low, confidence
        ),
        *ipa.comparisons(answers, possible, expected, confidence),
        *obstacles.comparisons(answers, obstacle_names, expected, confidence),
    ]  # fmt: skip
