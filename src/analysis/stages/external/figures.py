"""External conditions (Analisis Kondisi Eksternal): opportunities and threats, weighed (EFAS)."""

import numpy as np
import pandas as pd

from analysis.stages.evidence import aggregate, claims, estimates
from analysis.stages.external import factors
from analysis.text import _

TOTAL, FACTOR, GROUPS = "efas", "external", "efas_groups"
"""Kinds of comparisons with neutral: the EFAS total, each factor, each group's total."""


def by_category(matrix: pd.DataFrame) -> pd.DataFrame:
    """The matrix summed over PESTEL categories, heaviest first.

    Columns: pestel_name, count (factors), weight (sum), rating (weighted mean), score (sum).
    """
    table = matrix.groupby("pestel_name", sort=False).agg(
        count=("item", "size"), weight=("weight", "sum"), score=("score", "sum")
    )
    table["rating"] = table["score"] / table["weight"]
    return table.sort_values("weight", ascending=False).reset_index()


def by_group(answers: pd.DataFrame, confidence: float = 0.95) -> pd.DataFrame:
    """The EFAS total of each group of units and of the city: name, mean, low, high, n."""
    parts = [*answers.groupby("group_name", sort=False), (_("Kota"), answers)]
    totals = [(name, factors.total(part, confidence)) for name, part in parts]
    rows = [(name, t.value, t.low, t.high, t.n) for name, t in totals if t.n]
    return pd.DataFrame(rows, columns=["name", "mean", "low", "high", "n"])


def opportunities(matrix: pd.DataFrame) -> pd.DataFrame:
    """Factors whose mean rating is at least neutral, highest score first."""
    return matrix[matrix["rating"] >= factors.NEUTRAL]


def threats(matrix: pd.DataFrame) -> pd.DataFrame:
    """Factors whose mean rating is below neutral, heaviest pull first."""
    low = matrix[matrix["rating"] < factors.NEUTRAL]
    pull = (low["weight"] * (factors.NEUTRAL - low["rating"])).round(9)  # ties stay in their order
    return low.loc[pull.sort_values(ascending=False, kind="stable").index]


def comparisons(
    answers: pd.DataFrame, expected: int, confidence: float = 0.95
) -> list[claims.Comparisons]:
    """The EFAS total, each factor's rating and each group's EFAS total with neutral.

    `answers`: the external table; `expected`: how many units should have answered.
    """
    return [
        *factors.total_against_neutral(
            TOTAL,
            answers,
            _("peluang lebih kuat daripada ancaman (EFAS di atas netral)"),
            _("ancaman lebih kuat daripada peluang (EFAS di bawah netral)"),
            expected,
            confidence,
        ),
        *factors.against_neutral(
            FACTOR,
            answers,
            _("{name}: peluang"),
            _("{name}: ancaman"),
            expected,
            confidence,
        ),
        _of_groups(answers, confidence),
    ]


def _of_groups(answers: pd.DataFrame, confidence: float) -> claims.Comparisons:
    both = factors.answered(answers)
    strata = aggregate.strata(both)
    parts = dict(list(both.groupby("group_name", sort=False)))
    inside = {name: strata.index.isin(part["unit"]) for name, part in parts.items()}

    def away(drawn: np.ndarray) -> pd.DataFrame:
        return pd.DataFrame(
            {
                name: factors.totals(part, drawn[:, inside[name]]) - factors.NEUTRAL
                for name, part in parts.items()
            }
        )

    n = pd.Series({k: p.dropna(subset="rating")["unit"].nunique() for k, p in parts.items()})
    said = claims.words(
        pd.Series(n.index, n.index),
        _("EFAS menurut {name} di atas netral"),
        _("EFAS menurut {name} di bawah netral"),
    )
    tested = estimates.against_zero(strata, away, n, confidence)
    return claims.Comparisons(GROUPS, said, strata, away, tested)


def sure(matrix: pd.DataFrame, found: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The opportunities and the threats that are sure; `found`: the table of claims."""
    above = opportunities(matrix)["item"].isin(claims.sure(found, FACTOR, above=True))
    below = threats(matrix)["item"].isin(claims.sure(found, FACTOR, above=False))
    return opportunities(matrix)[above], threats(matrix)[below]


def corners() -> dict[str, str]:
    """The names of the corners for a picture: rating first, importance second."""
    return {
        "high_high": _("peluang penting"),
        "high_low": _("peluang lain"),
        "low_high": _("ancaman penting"),
        "low_low": _("ancaman lain"),
    }
