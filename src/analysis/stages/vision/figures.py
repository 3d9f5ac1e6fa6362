"""The vision (Visi Pembangunan): what the dimensions weigh and what they contribute to it.

Weights come from `weights` (Analytic Hierarchy Process), the units' sentences from `words`.
"""

from collections.abc import Mapping

import pandas as pd

from analysis.stages.evidence import aggregate, claims, lead
from analysis.stages.vision import consistency, weights
from analysis.stages.vision.judgements import Judgements
from analysis.text import _

LEADING, GROUPS = "vision_leading", "vision_groups"
"""Kinds of comparisons, besides `consistency.EFFECT` and one for each element (`contribution_`)."""
SCALE = (1.0, 5.0)


def contributions(
    answers: pd.DataFrame, elements: Mapping[str, str], confidence: float = 0.95
) -> pd.DataFrame:
    """How much each dimension contributes (1-5) to each element of the city's vision.

    `answers`: the contribution table, a column per element id; `elements`: name by id, in order.
    A row per dimension and element: dimension, dimension_name, dimension_short, element,
    element_name, mean, low, high, n, missing, method.
    """
    keep = ["dimension_name", "dimension_short"]
    parts = [
        aggregate.over_units(answers, "dimension", element, keep, confidence).assign(
            element=element, element_name=name
        )
        for element, name in elements.items()
    ]
    return pd.concat(parts, ignore_index=True)


def comparisons(
    judged: Judgements,
    answers: pd.DataFrame,
    elements: Mapping[str, str],
    expected: int,
    confidence: float = 0.95,
) -> list[claims.Comparisons]:
    """All comparisons of the report.

    The weightiest dimension with the others, each weight with and without the inconsistent units,
    groups of units by their mean weight of that dimension, and for each element of the vision the
    dimension that contributes most with the others. `answers`: the contribution table; `expected`:
    how many units should have answered.
    """
    own = weights.of_units(judged)
    first = own[own["dimension"] == weights.heaviest(judged)]
    return [
        *weights.leading(LEADING, judged, expected, confidence),
        *weights.effect(consistency.EFFECT, judged, confidence),
        *lead.between_groups(GROUPS, first, "weight", weighed(judged), confidence),
        *(
            comparison
            for element, name in elements.items()
            for comparison in lead.of_means(
                f"contribution_{element}",
                answers,
                "dimension",
                element,
                "dimension_name",
                _("sumbangan bagi {element}").format(element=name),
                SCALE,
                expected,
                confidence,
            )
        ),
    ]


def weighed(judged: Judgements) -> str:
    """What groups of units are compared by, in words."""
    return _("rerata bobot {name} per unit").format(name=judged.names[weights.heaviest(judged)])
