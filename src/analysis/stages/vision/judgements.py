"""Which dimensions matter more to the units, by the Analytic Hierarchy Process (stage vision).

Each unit compares the dimensions in pairs. A unit that left a few pairs blank counts with those it
judged (Harker 1987); one that left more blank, or a dimension without any comparison, is left out
of every weight, and said so. Source: Saaty (1980), Harker (1987); see `analysis.methods.ahp`.
"""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from analysis.methods import ahp
from analysis.stages.evidence import aggregate
from analysis.text import _

ONE_IN = 3
"""One pair in so many may be blank: of six dimensions 5 of 15.

The 10 that remain are twice the n - 1 = 5 that weights cannot do without, so half of them can
still contradict the others.
"""
UNIT = ["unit", "unit_name", "group", "group_name"]


@dataclass(frozen=True, eq=False)
class Judgements:
    """What the units judged, ready to be weighed.

    `names`: name by dimension id, in the questionnaire's order, and `short` likewise; `sides`: by
    item, the positions of its left and right dimension; `logs`: units x items, the logarithm of
    how many times more the left dimension matters, NaN where blank; `strongest`: how many times at
    most; `units`: a row per unit (see `consistency`).
    """

    names: pd.Series
    short: pd.Series
    sides: np.ndarray
    logs: pd.DataFrame
    strongest: float
    units: pd.DataFrame

    @property
    def most(self) -> int:
        """How many pairs a unit that counts may have left blank."""
        return len(self.sides) // ONE_IN

    def chosen(self, consistent: bool = False) -> np.ndarray:
        """Which units count: those that judged enough pairs, or only the consistent ones."""
        return self.units["consistent" if consistent else "used"].to_numpy(dtype=bool)

    @cached_property
    def combined(self) -> float:
        """The consistency ratio of the judgements of all units that count, taken together.

        Their geometric means, from which the weights come; NaN where no unit counts.
        """
        if not self.chosen().any():
            return np.nan
        means = self.logs[self.chosen()].mean()
        return ahp.priorities(self.matrix(means)).consistency_ratio

    @cached_property
    def consensus(self) -> float:
        """How alike the units that count weigh the dimensions, 0-1; NaN of fewer than two."""
        if self.chosen().sum() < 2:
            return np.nan
        return ahp.consensus(self.weigh(self.logs[self.chosen()].to_numpy()))

    def weigh(self, logs: np.ndarray) -> np.ndarray:
        """The weights behind each row of logarithms: `ahp.weigh`."""
        return ahp.weigh(len(self.names), self.sides, logs)

    def matrix(self, logs: pd.Series) -> pd.DataFrame:
        """The matrix behind one row of `logs`, labelled by dimension; NaN where a pair is blank."""
        times = {tuple(side): np.exp(v) for side, v in zip(self.sides, logs, strict=True)}
        matrix = ahp.reciprocal(len(self.names), times)
        return pd.DataFrame(matrix, self.names.index, self.names.index)


def judge(pairs: pd.DataFrame, threshold: float = 0.10, *, strongest: float) -> Judgements:
    """Read the table of pairs: more (A left, B right) and strength as ratios of importance.

    Strength 1 means equally important, whichever side is named, or none. `threshold`: the
    consistency ratio below which a unit's judgements are accepted; `strongest`: the highest
    strength that can be answered.
    """
    sides = [
        pairs[[s, f"{s}_name", f"{s}_short"]].set_axis(["id", "name", "short"], axis="columns")
        for s in ("left", "right")
    ]
    known = pd.concat(sides).drop_duplicates("id").set_index("id")
    items = pairs.drop_duplicates("item")
    places = np.column_stack([known.index.get_indexer(items[s]) for s in ("left", "right")])
    sign = pairs["more"].map({"A": 1.0, "B": -1.0}).astype(float)
    sign = sign.mask(pairs["strength"] == 1, 0.0)
    logs = aggregate.wide(
        pairs.assign(log=sign * np.log(pairs["strength"].astype(float))), "item", "log"
    )
    units = pairs.drop_duplicates("unit")[UNIT].set_index("unit")
    judged = Judgements(known["name"], known["short"], places, logs, strongest, units)
    return replace(judged, units=_consistency(judged, threshold))


def _consistency(judged: Judgements, threshold: float) -> pd.DataFrame:
    matrices = {unit: judged.matrix(logs) for unit, logs in judged.logs.iterrows()}
    blank = judged.logs.isna().sum(axis="columns")
    connected = pd.Series({unit: ahp.connected(m) for unit, m in matrices.items()}, dtype=bool)
    reason = np.select(
        [blank > judged.most, ~connected],
        [
            _("lebih dari {most} dari {all} pasangan kosong").format(
                most=judged.most, all=len(judged.sides)
            ),
            _("ada dimensi yang tidak dibandingkan"),
        ],
        "",
    )
    table = judged.units.assign(blank=blank, reason=pd.Series(reason, blank.index))
    used = table["reason"] == ""
    ratio = pd.Series(
        {unit: ahp.priorities(matrices[unit]).consistency_ratio for unit in table.index[used]},
        dtype=float,
    )
    table = table.assign(used=used, ratio=ratio)
    return table.assign(consistent=table["ratio"] < threshold).reset_index()


def consistency(judged: Judgements) -> pd.DataFrame:
    """The consistency ratio of each unit, highest first, then the units that do not count.

    Columns: unit, unit_name, group, group_name, blank (pairs without an answer), reason (why the
    unit does not count, in words, or empty), used (it counts), ratio (CR; NaN where not used),
    consistent (below the threshold), status (in words).
    """
    units = judged.units
    status = pd.Series(
        np.where(units["consistent"], _("konsisten"), _("tidak konsisten")), units.index
    )
    status = status.mask(units["blank"] > 0, status + _(", sebagian pasangan kosong"))
    left_out = [_("tidak dihitung: {reason}").format(reason=r) for r in units["reason"]]
    status = status.where(units["used"], left_out)
    table = units.assign(status=status)
    return table.sort_values("ratio", ascending=False, na_position="last", ignore_index=True)
