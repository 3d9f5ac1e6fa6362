"""What the SWOT report compares: the city's own factors and its surroundings with neutral."""

import pandas as pd

from analysis.stages import external
from analysis.stages.evidence import claims
from analysis.stages.external import factors
from analysis.text import _

TOTAL, FACTOR = "ifas", "internal"
"""Kinds of comparisons with neutral: the IFAS total and each internal factor."""
SHARED = {external.figures.TOTAL, external.figures.FACTOR}
"""Kinds of comparisons that the external stage makes and the SWOT report repeats."""


def comparisons(
    answers: pd.DataFrame, expected: int, confidence: float = 0.95
) -> list[claims.Comparisons]:
    """The IFAS total and every internal factor with neutral.

    `expected`: how many units should have answered. X and Y are the totals less neutral, so that a
    quadrant is two claims, this one and that of EFAS.
    """
    return [
        *factors.total_against_neutral(
            TOTAL,
            answers,
            _("kekuatan melebihi kelemahan (X di atas nol)"),
            _("kelemahan melebihi kekuatan (X di bawah nol)"),
            expected,
            confidence,
        ),
        *factors.against_neutral(
            FACTOR,
            answers,
            _("{name}: kekuatan"),
            _("{name}: kelemahan"),
            expected,
            confidence,
        ),
    ]


def placed(found: pd.DataFrame) -> bool:
    """Whether both coordinates of the city surely have their sign; `found`: the claims."""
    kinds = found.index.get_level_values("kind")
    return found.loc[kinds.isin([TOTAL, external.figures.TOTAL]), "sure"].sum() == 2
