"""External conditions (Analisis Kondisi Eksternal): opportunities and threats, weighed (EFAS)."""

import pandas as pd

from analysis.stages.evidence import claims
from analysis.stages.external import factors
from analysis.text import _

BALANCE, FACTOR, GROUPS = "balance", "factor", "group_balance"
"""Kinds of comparisons with neutral: the EFAS total, each factor, each group's total."""
EFAS = "efas"


def by_category(matrix: pd.DataFrame) -> pd.DataFrame:
    """The matrix summed over PESTEL categories, heaviest first.

    Columns: pestel_name, count (factors), weight (sum), rating (weighted mean), score (sum).
    """
    table = matrix.groupby("pestel_name", sort=False).agg(
        count=("item", "size"), weight=("weight", "sum"), score=("score", "sum")
    )
    table["rating"] = table["score"] / table["weight"]
    return table.sort_values("weight", ascending=False).reset_index()


def by_group(answers: pd.DataFrame, found: pd.DataFrame, whole: bool = True) -> pd.DataFrame:
    """The EFAS total of each group of units, and of the city where that is the `whole` of them.

    Columns: group (``city`` for the city), name, mean, low, high, n, level, wide_low, wide_high,
    claim (id). `found`: the table of claims.
    """
    names = answers.drop_duplicates("group").set_index("group")["group_name"]
    totals = claims.of_kind(found, GROUPS)
    if whole:
        city = claims.of_kind(found, BALANCE).rename({EFAS: "city"})
        totals = pd.concat([totals, city])
        names["city"] = _("Kota")
    columns = ["value", "low", "high", "n", "level", "wide_low", "wide_high", "id"]
    table = totals[columns].rename(columns={"value": "mean", "id": "claim"})
    table.insert(0, "name", table.index.map(names))
    return table.rename_axis("group").reset_index()


def comparisons(
    answers: pd.DataFrame,
    scales: factors.Scales,
    expected: int,
    confidence: float = 0.95,
    scope: str = "",
) -> list[claims.Comparisons]:
    """The EFAS total, each factor's rating and each group's EFAS total with neutral.

    `answers`: the external table; `expected`: how many units should have answered; `scope`: whom
    they speak for, where that is not the city.
    """
    names = answers.drop_duplicates("group").set_index("group")["group_name"]
    said = (
        _("peluang dari luar lebih besar daripada ancaman"),
        _("ancaman dari luar lebih besar daripada peluang"),
        _("peluang dan ancaman dari luar berimbang"),
    )
    by_name = [_("{claim} menurut {name}").format(claim=claim, name="{name}") for claim in said]
    ends = pd.DataFrame([factors.extremes(answers, scales, expected)], [EFAS], ["worst", "best"])
    return [
        *factors.totals_against_neutral(
            BALANCE,
            {EFAS: answers},
            scales,
            claims.words(pd.Series({EFAS: scope}), *(by_name if scope else said)),
            ends,
            confidence,
        ),
        *factors.against_neutral(
            FACTOR,
            answers,
            scales,
            _("{name} adalah peluang"),
            _("{name} adalah ancaman"),
            expected,
            confidence,
        ),
        *factors.totals_against_neutral(
            GROUPS,
            dict(list(answers.groupby("group", sort=False))),
            scales,
            claims.words(names, *by_name),
            confidence=confidence,
        ),
    ]


def corners() -> dict[str, str]:
    """The names of the corners for a picture: rating first, importance second."""
    return {
        "high_high": _("peluang penting"),
        "high_low": _("peluang lain"),
        "low_high": _("ancaman penting"),
        "low_low": _("ancaman lain"),
    }
