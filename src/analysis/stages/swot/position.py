"""Where the city stands between its own factors (IFAS) and its surroundings (EFAS).

X = S - W = IFAS - neutral and Y = O - T = EFAS - neutral, where S is the sum of w(r - neutral) over
factors with a mean rating r of at least neutral and W the sum of w(neutral - r) over the others.
The raw difference of scores, which assessors know, is another number and is not X: see `raw`.
"""

from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd

from analysis.methods import intervals
from analysis.stages.evidence import aggregate, estimates
from analysis.stages.external import factors
from analysis.text import N_, _

QUADRANTS = {
    "I": N_("progresif"),
    "II": N_("diversifikasi"),
    "III": N_("ubah strategi"),
    "IV": N_("bertahan"),
}
AXES = ("x", "y")


@dataclass(frozen=True)
class Position:
    """Where the city stands: x and y, their parts, and the quadrant (I-IV)."""

    x: float
    y: float
    strengths: float
    weaknesses: float
    opportunities: float
    threats: float

    @property
    def quadrant(self) -> str:
        return quadrant(self.x, self.y)


def position(internal: pd.DataFrame, external: pd.DataFrame, scales: factors.Scales) -> Position:
    """The SWOT position from two evaluation matrices (columns weight and rating, by factor).

    Raises ValueError as `factors.scores` does (weights that do not sum to 1, ratings outside their
    scale), for a missing column, and, where there is a column `kind`, for the factors whose rating
    contradicts it: they would silently count on the other side.
    """
    strengths, weaknesses = _sides(internal, scales)
    opportunities, threats = _sides(external, scales)
    return Position(
        strengths - weaknesses,
        opportunities - threats,
        strengths,
        weaknesses,
        opportunities,
        threats,
    )


def place(
    internal: pd.DataFrame, external: pd.DataFrame, scales: factors.Scales
) -> Position | None:
    """`position`, or None where a whole table has no answer."""
    return None if internal.empty or external.empty else position(internal, external, scales)


def _sides(matrix: pd.DataFrame, scales: factors.Scales) -> tuple[float, float]:
    for column in ("weight", "rating"):
        if column not in matrix:
            raise ValueError(f"the column {column!r} is missing")
    factors.scores(matrix["weight"], matrix["rating"], scales.rating)
    if "kind" in matrix and len(wrong := factors.contradictions(matrix, scales.neutral)):
        raise ValueError(f"rating contradicts kind for {', '.join(map(repr, wrong.index))}")
    distance = matrix["weight"] * (matrix["rating"] - scales.neutral)
    return float(distance.clip(lower=0).sum()), float(-distance.clip(upper=0).sum())


def raw(matrix: pd.DataFrame, neutral: float) -> float:
    """The raw difference of scores: sum of w r over strengths less that over weaknesses.

    `matrix`: columns weight and rating; a factor counts as a strength (opportunity) from neutral
    on. It hangs on how many factors stand on either side, and may differ from X (Y) even in sign.
    """
    side = np.where(matrix["rating"] >= neutral, 1, -1)
    return float((side * matrix["weight"] * matrix["rating"]).sum())


def quadrant(x: float, y: float) -> str:
    """I (+, +), II (+, -), III (-, +), IV (-, -); zero, but for rounding, counts as positive."""
    right, up = (axis > -estimates.ROUNDING for axis in (x, y))
    if right:
        return "I" if up else "II"
    return "III" if up else "IV"


def cloud(internal: pd.DataFrame, outside: pd.DataFrame, scales: factors.Scales) -> pd.DataFrame:
    """Positions in resamples of the units, the same units in both tables: x, y, quadrant.

    `internal`, `outside`: the answers. Empty where fewer than ten units answered either table: too
    few to draw from.
    """
    strata, away, n = factors.distances(dict(zip(AXES, (internal, outside), strict=True)), scales)
    if len(n) < len(AXES) or n.min() < intervals.FEW:
        return pd.DataFrame(columns=[*AXES, "quadrant"])
    table = estimates.resampled(strata, away).dropna()
    return table.assign(quadrant=[quadrant(x, y) for x, y in table.to_numpy()])


def corners() -> dict[str, str]:
    """The names of the quadrants for a picture, internal first."""
    keys = {"high_high": "I", "high_low": "II", "low_high": "III", "low_low": "IV"}
    return {key: f"{roman} {_(QUADRANTS[roman])}" for key, roman in keys.items()}


def _drawn(
    both: pd.DataFrame, names: tuple[str, str], neutral: float, counts: np.ndarray
) -> pd.DataFrame:
    """`factors.sides` in each resample, under their names."""
    return pd.DataFrame(dict(zip(names, factors.sides(both, counts, neutral), strict=True)))


def parts(
    internal: pd.DataFrame,
    outside: pd.DataFrame,
    scales: factors.Scales,
    axes: pd.DataFrame,
    differences: tuple[float, float],
    confidence: float = 0.95,
) -> pd.DataFrame:
    """S, W, O and T, X and Y, IFAS and EFAS: name, value, low, high, n.

    `internal`, `outside`: the answers; `axes`: X and Y. A further column, raw_difference, holds the
    `differences` (see `raw`) of both matrices beside X and Y: other numbers, without interval.
    """
    columns = ["name", "value", "low", "high", "n", "raw_difference"]
    if axes.empty:
        return pd.DataFrame(columns=columns)
    names = ((_("S kekuatan"), _("W kelemahan")), (_("O peluang"), _("T ancaman")))
    rows = []
    for answers, pair, n in zip((internal, outside), names, axes["n"], strict=True):
        both = factors.answered(answers)
        sides = estimates.estimate(
            aggregate.strata(both),
            partial(_drawn, both, pair, scales.neutral),
            pd.Series(n, pair),
            confidence,
            (0, scales.reach[1]),
        )
        rows.append(sides.rename_axis("name").reset_index())
    ends = ["value", "low", "high"]
    totals = axes.assign(name=["IFAS", "EFAS"])
    totals[ends] += scales.neutral
    named = axes.assign(name=[_("X = S − W"), _("Y = O − T")], raw_difference=differences)
    return pd.concat([*rows, named, totals], ignore_index=True)[columns]
