"""What the SWOT report compares: the city's own factors and its surroundings with neutral."""

import pandas as pd

from analysis.stages import external
from analysis.stages.evidence import claims
from analysis.stages.external import factors
from analysis.text import _

TOTAL, FACTOR = "ifas", "internal"
"""Kinds of comparisons with neutral: the IFAS total and each internal factor."""


def comparisons(
    internal: pd.DataFrame, outside: pd.DataFrame, expected: int, confidence: float = 0.95
) -> list[claims.Comparisons]:
    """All comparisons of the report: both totals and every factor with neutral.

    `internal`, `outside`: the answers; `expected`: how many units should have answered. X and Y
    are the totals less neutral, so that a quadrant is two of these claims.
    """
    return [
        *factors.total_against_neutral(
            TOTAL,
            internal,
            _("kekuatan melebihi kelemahan (X di atas nol)"),
            _("kelemahan melebihi kekuatan (X di bawah nol)"),
            expected,
            confidence,
        ),
        *factors.against_neutral(
            FACTOR,
            internal,
            _("{name}: kekuatan"),
            _("{name}: kelemahan"),
            expected,
            confidence,
        ),
        *external.figures.of_factors(outside, expected, confidence),
    ]


def placed(found: pd.DataFrame) -> bool:
    """Whether both coordinates of the city surely have their sign; `found`: the claims."""
    kinds = found.index.get_level_values("kind")
    return found.loc[kinds.isin([TOTAL, external.figures.TOTAL]), "sure"].sum() == 2
