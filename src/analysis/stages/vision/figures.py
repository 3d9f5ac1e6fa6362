"""What the units' answers on the vision (Visi Pembangunan) tell apart, and the contributions.

Weights come from `weights` (Analytic Hierarchy Process), the units' sentences from `vocabulary`.
"""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from analysis.stages.evidence import aggregate, claims, estimates, lead
from analysis.stages.vision import premise, weights
from analysis.stages.vision.judgements import Judgements
from analysis.text import _

LEADING, EQUAL, GROUPS = "leading", "equal", "groups"
"""Kinds of comparisons, besides `weights.EFFECT` and one for each element (`contribution`)."""


def contributions(
    answers: pd.DataFrame,
    elements: Mapping[str, str],
    scale: tuple[float, float],
    confidence: float = 0.95,
) -> pd.DataFrame:
    """How much each dimension contributes to each element of the city's vision.

    `answers`: the contribution table, a column per element id; `elements`: name by id, in order;
    `scale`: its ends. A row per dimension and element: dimension, dimension_name, dimension_short,
    element, element_name, mean, low, high, n, missing, method.
    """
    keep = ["dimension_name", "dimension_short"]
    parts = [
        aggregate.over_units(answers, "dimension", element, keep, confidence, scale=scale).assign(
            element=element, element_name=name
        )
        for element, name in elements.items()
    ]
    return pd.concat(parts, ignore_index=True)


def top_weight(own: pd.DataFrame, unit: str) -> tuple[str, pd.DataFrame]:
    """The dimension that a unit weighs most, and its weight in every unit as ``value``.

    `own`: from `weights.of_units`. No rows for a unit without weights.
    """
    mine = own[own["unit"] == unit]
    first = mine.nlargest(1, "dimension_weight")[["dimension", "dimension_name"]]
    everyone = own[own["dimension"].isin(first["dimension"])]
    return "".join(first["dimension_name"]), everyone.assign(value=everyone["dimension_weight"])


def contribution(element: str) -> str:
    """The kind of comparisons of the dimension that contributes most to an element."""
    return f"leading_{element}"


def comparisons(
    judged: Judgements,
    answers: pd.DataFrame,
    elements: Mapping[str, str],
    scale: tuple[float, float],
    expected: int,
    confidence: float = 0.95,
) -> list[claims.Comparisons]:
    """All comparisons of the report.

    The weightiest dimension with the others, each weight with equal ones, and with and without the
    inconsistent units, groups of units by their mean weight of that dimension, and for each element
    of the vision the dimension that contributes most with the others. `answers`: the contribution
    table, and `scale` its ends; `expected`: how many units should have answered.
    """
    own = weights.of_units(judged)
    first = own[own["dimension"] == weights.heaviest(judged)]
    return [
        *leading(judged, expected, confidence),
        *equal(judged, expected, confidence),
        *effect(judged, confidence),
        *(
            premise.resting(
                family, judged, _("yang konsisten saja tidak menunjukkan beda yang sama")
            )
            for family in lead.between_groups(
                GROUPS, first, "dimension_weight", weighed(judged), 1.0, confidence
            )
        ),
        *(
            comparison
            for element, name in elements.items()
            for comparison in lead.of_means(
                contribution(element),
                answers,
                "dimension",
                element,
                "dimension_name",
                contributed(name),
                scale,
                expected,
                confidence,
            )
        ),
    ]


def weighed(judged: Judgements) -> str:
    """What groups of units are compared by, in words."""
    if not judged.chosen().any():
        return _("bobot dimensi")
    return _("rerata bobot {name}").format(name=judged.names[weights.heaviest(judged)])


def contributed(element: str) -> str:
    """What dimensions are compared by for an element (its name), in words."""
    return _("kontribusi bagi {element}").format(element=element)


def leading(judged: Judgements, expected: int, confidence: float) -> list[claims.Comparisons]:
    """Whether the weightiest dimension is above every other (`lead.leader`).

    Its worst case: whatever is missing holds each rival in turn extremely more important than all
    others, and the first extremely less.
    """
    chosen = judged.chosen()
    if not chosen.any():
        return []
    n = pd.Series(int(chosen.sum()), judged.names.index)
    statistic, what = weights.weighing(judged, chosen), _("bobot bagi visi")
    found = lead.leader(
        LEADING,
        weights.strata(judged),
        statistic,
        n,
        judged.names,
        what,
        1.0,
        confidence=confidence,
    )
    contrary = _("yang konsisten saja tidak menempatkan {name} tertinggi dalam bobot")
    return [
        premise.resting(
            replace(leader, bounds=_ahead(judged, leader.figures.index, expected)), judged, contrary
        )
        for leader in found
    ]


def _ahead(judged: Judgements, first: pd.Index, expected: int) -> pd.DataFrame:
    adverse = _adverse(judged, first[0], expected)
    worst = min(w[first[0]] - w[rival] for rival, w in adverse.items())
    return pd.DataFrame({"worst": worst, "best": np.nan}, index=first)


def equal(judged: Judgements, expected: int, confidence: float) -> list[claims.Comparisons]:
    """Whether each dimension weighs more, or less, than it would if all mattered the same."""
    chosen = judged.chosen()
    if not chosen.any():
        return []
    names, even = judged.names, 1 / len(judged.names)
    weigh = weights.weighing(judged, chosen)

    def apart(drawn: np.ndarray) -> pd.DataFrame:
        return weigh(drawn) - even

    figures = estimates.against_zero(
        weights.strata(judged), apart, pd.Series(int(chosen.sum()), names.index), confidence,
        (-even, 1 - even),
    )  # fmt: skip
    bounds = pd.DataFrame(
        {
            "worst": min(w[name] for w in _adverse(judged, name, expected).values()),
            "best": _extreme(judged, expected, highest=name)[name],
        }
        for name in names.index
    )
    said = claims.words(
        names,
        _("{name} berbobot di atas rata-rata dimensi"),
        _("{name} berbobot di bawah rata-rata dimensi"),
        _("{name} berbobot di sekitar rata-rata dimensi"),
    )
    bounds = bounds.set_axis(names.index) - even
    family = claims.Comparisons(EQUAL, said, weights.strata(judged), apart, figures, bounds, even)
    contrary = _("yang konsisten saja tidak menempatkan bobot {name} di sisi yang sama")
    return [premise.resting(family, judged, contrary)]


def _adverse(judged: Judgements, least: str, expected: int) -> dict[str, pd.Series]:
    """The group's weights, by rival, if all that is missing held it the most important by far.

    And the dimension `least` the least important.
    """
    rivals = judged.names.index.drop(least)
    return {r: _extreme(judged, expected, highest=r, lowest=least) for r in rivals}


def _extreme(judged: Judgements, expected: int, highest: str, lowest: str = "") -> pd.Series:
    """The group's weights if all that is missing went one way.

    Every unit that does not count, and every other one in the pairs it left blank, holds `highest`
    extremely more important than all others, and `lowest` extremely less. `expected`: how many
    units should have judged.
    """
    logs = judged.logs[judged.chosen()]
    first, second = judged.names.index.to_numpy()[judged.sides.T]
    # 1 where the first dimension of a pair wins, -1 where the second does, 0 where neither matters.
    side = np.sign(
        (first == highest).astype(int)
        - (second == highest)
        + 2 * ((second == lowest).astype(int) - (first == lowest))
    )
    absent = expected - logs.count().to_numpy()
    total = logs.sum().to_numpy() + absent * side * np.log(judged.strongest)
    return pd.Series(judged.weigh(total[np.newaxis] / expected)[0], judged.names.index)


def effect(judged: Judgements, confidence: float) -> list[claims.Comparisons]:
    """Whether leaving out the inconsistent units moves any weight; none where it cannot."""
    everyone, some = judged.chosen(), judged.chosen(True)
    if not some.any() or some.sum() == everyone.sum():
        return []
    units = weights.strata(judged)
    with_all, without = weights.weighing(judged, everyone), weights.weighing(judged, some)

    def moved(drawn: np.ndarray) -> pd.DataFrame:
        return without(drawn) - with_all(drawn)

    n = pd.Series(int(some.sum()), judged.names.index)
    said = claims.words(
        judged.names,
        _("bobot {name} naik tanpa yang tidak konsisten"),
        _("bobot {name} turun tanpa yang tidak konsisten"),
        _("bobot {name} belum jelas berubah tanpa yang tidak konsisten"),
    )
    figures = estimates.against_zero(units, moved, n, confidence, (-1.0, 1.0))
    family = claims.Comparisons(weights.EFFECT, said, units, moved, figures)
    return [premise.resting(family, judged)]
