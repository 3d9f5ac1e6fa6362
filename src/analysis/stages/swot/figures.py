"""What the SWOT report compares: the city's quadrant, and its own factors with neutral."""

import numpy as np
import pandas as pd

from analysis.stages.evidence import claims, estimates
from analysis.stages.external import factors
from analysis.stages.swot.position import AXES, QUADRANTS, quadrant
from analysis.text import _

QUADRANT, BALANCE, FACTOR = "quadrant", "balance", "factor"
"""Kinds of comparisons: the quadrant, and with neutral the IFAS total and each internal factor."""
POSITION, IFAS = "position", "ifas"


def comparisons(
    internal: pd.DataFrame,
    outside: pd.DataFrame,
    scales: tuple[factors.Scales, factors.Scales],
    expected: int,
    confidence: float = 0.95,
    scope: str = "",
) -> list[claims.Comparisons]:
    """The quadrant, the IFAS total and every internal factor.

    `internal`, `outside`: the answers, and `scales`: those of both; `expected`: how many units
    should have answered; `scope`: whom they speak for, where that is not the city.
    """
    said = (
        _("kekuatan di dalam lebih besar daripada kelemahan"),
        _("kelemahan di dalam lebih besar daripada kekuatan"),
        _("kekuatan dan kelemahan di dalam berimbang"),
    )
    by_name = [_("{claim} menurut {name}").format(claim=claim, name="{name}") for claim in said]
    ends = pd.DataFrame(
        [factors.extremes(internal, scales[0], expected)], [IFAS], ["worst", "best"]
    )
    return [
        *_of_quadrant((internal, outside), scales, expected, confidence, scope),
        *factors.totals_against_neutral(
            BALANCE,
            {IFAS: internal},
            scales[0],
            claims.words(pd.Series({IFAS: scope}), *(by_name if scope else said)),
            ends,
            confidence,
        ),
        *factors.against_neutral(
            FACTOR,
            internal,
            scales[0],
            _("{name} adalah kekuatan"),
            _("{name} adalah kelemahan"),
            expected,
            confidence,
        ),
    ]


def _of_quadrant(
    answers: tuple[pd.DataFrame, pd.DataFrame],
    scales: tuple[factors.Scales, factors.Scales],
    expected: int,
    confidence: float,
    scope: str,
) -> list[claims.Comparisons]:
    """Whether both X and Y lie on the side of zero on which they are seen.

    The figures are those of the axis with the larger p; what turns either of them turns it.
    Source: Berger (1982), Technometrics 24, 295-300 (intersection-union test).
    """
    strata, away, n = factors.distances(dict(zip(AXES, answers, strict=True)), scales[0])
    if len(n) < len(AXES):
        return []
    corner = np.where(estimates.observed(strata, away) <= -estimates.ROUNDING, -1, 1)

    def towards(drawn: np.ndarray) -> pd.DataFrame:
        return away(drawn) * corner

    def nearest(drawn: np.ndarray) -> pd.DataFrame:
        return towards(drawn).min(axis=1, skipna=False).to_frame(POSITION)

    tested = estimates.against_zero(strata, towards, n, confidence, scales[0].reach)
    weaker = tested["p_value"].idxmax()
    row = tested.loc[[weaker]].set_axis([POSITION])
    share = (estimates.resampled(strata, nearest)[POSITION] > estimates.ROUNDING).mean()
    row["agree"] = row["agree"].where(row["agree"].isna(), share)
    reached = [factors.extremes(*each, expected) for each in zip(answers, scales, strict=True)]
    ends = np.sort(np.array(reached) * corner[:, None], axis=1).min(axis=0)
    here, other = (quadrant(*corner), quadrant(*np.where(tested.index == weaker, -corner, corner)))
    doubtful = ~(tested["low"] > 0)
    said = (
        _("posisi {who} ada di kuadran {here}, {name}"),
        _("posisi {who} dapat berada di kuadran mana pun")
        if doubtful.all()
        else _("posisi {who} ada di kuadran {here} atau {other}"),
    )
    above, unclear = (
        words.format(who=scope or _("kota"), here=here, name=_(QUADRANTS[here]), other=other)
        for words in said
    )
    words = {"above": above, "below": above, "unclear": unclear}
    return [
        claims.Comparisons(
            QUADRANT,
            pd.DataFrame(words, [POSITION]),
            strata,
            nearest,
            row,
            pd.DataFrame([ends], [POSITION], ["worst", "best"]),
            ranked=True,
        )
    ]


def axes(found: pd.DataFrame, outside: pd.DataFrame) -> pd.DataFrame:
    """X and Y, which are IFAS and EFAS less neutral: a row for each, or none where one is missing.

    `found`, `outside`: the claims of this stage and of the external one. Columns: axis, value, low,
    high, n; quadrant_name, and the share of resamples in that quadrant (NaN below ten units).
    """
    columns = ["axis", "value", "low", "high", "n", "quadrant_name", "share"]
    rows = claims.of_kind(found, QUADRANT)
    if rows.empty:
        return pd.DataFrame(columns=columns)
    totals = [claims.of_kind(table, BALANCE) for table in (found, outside)]
    table = pd.concat(totals).assign(
        axis=[axis.upper() for axis in AXES], share=rows["agree"].iloc[0]
    )
    ends = ["value", "low", "high"]
    table[ends] = table[ends].sub(table["reference"], axis="index")
    here = quadrant(*table["value"])
    named = table.assign(quadrant_name=f"{here} ({_(QUADRANTS[here])})")
    return named[columns].reset_index(drop=True)
