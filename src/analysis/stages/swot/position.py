"""Where the city stands between its own factors (IFAS) and its surroundings (EFAS).

X = S - W = IFAS - 2.5 and Y = O - T = EFAS - 2.5, where S is the sum of w(r - 2.5) over factors
with a mean rating r of at least 2.5 and W the sum of w(2.5 - r) over the others. The raw difference
of scores (sum of w r over strengths less that over weaknesses) is another number and is not X.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.methods import intervals
from analysis.stages.evidence import aggregate
from analysis.stages.external import factors
from analysis.stages.swot import ie
from analysis.text import N_, _

QUADRANTS = {
    "I": N_("progresif"),
    "II": N_("diversifikasi"),
    "III": N_("ubah strategi"),
    "IV": N_("bertahan"),
}
SIDES = ["strengths", "weaknesses", "opportunities", "threats"]


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


def position(internal: pd.DataFrame, external: pd.DataFrame) -> Position:
    """The SWOT position from two evaluation matrices (columns weight and rating, by factor).

    Raises ValueError as `factors.scores` does (weights that do not sum to 1, ratings outside 1-4),
    for a missing column, and, where there is a column `kind`, for the factors whose rating
    contradicts it: they would silently count on the other side.
    """
    strengths, weaknesses = _sides(internal)
    opportunities, threats = _sides(external)
    return Position(
        strengths - weaknesses,
        opportunities - threats,
        strengths,
        weaknesses,
        opportunities,
        threats,
    )


def place(internal: pd.DataFrame, external: pd.DataFrame) -> Position | None:
    """`position`, or None where a whole table has no answer."""
    return None if internal.empty or external.empty else position(internal, external)


def _sides(matrix: pd.DataFrame) -> tuple[float, float]:
    for column in ("weight", "rating"):
        if column not in matrix:
            raise ValueError(f"the column {column!r} is missing")
    factors.scores(matrix["weight"], matrix["rating"])
    if "kind" in matrix and len(wrong := factors.contradictions(matrix)):
        raise ValueError(f"rating contradicts kind for {', '.join(map(repr, wrong.index))}")
    distance = matrix["weight"] * (matrix["rating"] - factors.NEUTRAL)
    return float(distance.clip(lower=0).sum()), float(-distance.clip(upper=0).sum())


def quadrant(x: float, y: float) -> str:
    """I (+, +), II (+, -), III (-, +), IV (-, -); zero counts as positive."""
    if x >= 0:
        return "I" if y >= 0 else "II"
    return "III" if y >= 0 else "IV"


def cloud(
    internal: pd.DataFrame, external: pd.DataFrame, resamples: int = 2000, seed: int = 2023
) -> pd.DataFrame:
    """Positions in resamples of the units, the same units in both tables.

    Columns: x, y, strengths, weaknesses, opportunities, threats, quadrant, cell. `internal`,
    `external`: the answers. Empty where fewer than ten units answered either table: too few to
    draw from.
    """
    given = [factors.answered(part) for part in (internal, external)]
    units = aggregate.strata(pd.concat(given))
    answering = [part.dropna(subset="rating")["unit"].nunique() for part in given]
    if min(answering) < intervals.FEW:
        return pd.DataFrame(columns=["x", "y", *SIDES, "quadrant", "cell"])
    counts = pd.DataFrame(intervals.counts(units, resamples, seed), columns=units.index)
    drawn = [counts[aggregate.strata(part).index].to_numpy() for part in given]
    totals = [factors.totals(*pair) for pair in zip(given, drawn, strict=True)]
    table = pd.DataFrame({"x": totals[0], "y": totals[1]}) - factors.NEUTRAL
    table[SIDES[:2]] = np.column_stack(factors.sides(given[0], drawn[0]))
    table[SIDES[2:]] = np.column_stack(factors.sides(given[1], drawn[1]))
    table = table.dropna()
    table["quadrant"] = [quadrant(x, y) for x, y in table[["x", "y"]].to_numpy()]
    table["cell"] = [ie.cell(*t) for t in (table[["x", "y"]] + factors.NEUTRAL).to_numpy()]
    return table


def shares(drawn: pd.DataFrame, column: str) -> pd.DataFrame:
    """How often the resamples fall into each quadrant or cell, most often first: name, share."""
    names = QUADRANTS if column == "quadrant" else ie.STRATEGIES
    counted = drawn[column].value_counts(normalize=True).rename("share").reset_index()
    return counted.assign(
        name=[f"{key} ({_(names[key])})" for key in counted[column]],
    )[[column, "name", "share"]]


def corners() -> dict[str, str]:
    """The names of the quadrants for a picture, internal first."""
    keys = {"high_high": "I", "high_low": "II", "low_high": "III", "low_low": "IV"}
    return {key: f"{roman} {_(QUADRANTS[roman])}" for key, roman in keys.items()}


def parts(
    here: Position | None,
    drawn: pd.DataFrame,
    ifas: factors.Total,
    efas: factors.Total,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """The parts of the position and both totals: name, value, low, high, n.

    The parts' intervals are percentiles of the resamples `drawn`; below ten units they have none.
    """
    columns = ["name", "value", "low", "high", "n"]
    if here is None:
        return pd.DataFrame(columns=columns)
    names = (_("S kekuatan"), _("W kelemahan"), _("O peluang"), _("T ancaman"))
    rows = []
    for side, name, total in zip(SIDES, names, (ifas, ifas, efas, efas), strict=True):
        known = intervals.percentile(drawn[side], confidence) if len(drawn) else (np.nan, np.nan)
        rows.append((name, getattr(here, side), *known, total.n))
    for name, total in ((_("X = S − W"), ifas), (_("Y = O − T"), efas)):
        ends = (total.value, total.low, total.high)
        rows.append((name, *(end - factors.NEUTRAL for end in ends), total.n))
    rows += [(name, t.value, t.low, t.high, t.n) for name, t in (("IFAS", ifas), ("EFAS", efas))]
    return pd.DataFrame(rows, columns=columns)
