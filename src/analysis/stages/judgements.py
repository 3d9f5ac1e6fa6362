"""Which dimensions matter more to the units, by the Analytic Hierarchy Process (stage vision).

Each unit compares the dimensions in pairs. A unit that left a pair blank has an incomplete matrix:
it is left out of every weight, and said so. Source: Saaty (1980); see `analysis.methods.ahp`.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.methods import ahp
from analysis.stages import aggregate
from analysis.text import _

UNIT = ["unit", "unit_name", "group", "group_name"]


@dataclass(frozen=True, eq=False)
class Judgements:
    """What the units judged, ready to be weighed.

    `names`: name by dimension id, in the questionnaire's order, and `short` likewise; `sides`: by
    item, the positions of its left and right dimension; `logs`: units x items, the logarithm of
    how many times more the left dimension matters, NaN where blank; `units`: a row per unit (see
    `consistency`).
    """

    names: pd.Series
    short: pd.Series
    sides: np.ndarray
    logs: pd.DataFrame
    units: pd.DataFrame

    def chosen(self, consistent: bool = False) -> np.ndarray:
        """Which units count: those with a complete matrix, or only the consistent ones."""
        return self.units["consistent" if consistent else "complete"].to_numpy(dtype=bool)

    def matrix(self, logs: pd.Series) -> pd.DataFrame:
        """The matrix of judgements behind one row of `logs`, labelled by dimension."""
        times = {tuple(side): np.exp(v) for side, v in zip(self.sides, logs, strict=True)}
        matrix = ahp.reciprocal(len(self.names), times)
        return pd.DataFrame(matrix, self.names.index, self.names.index)


def judge(pairs: pd.DataFrame, threshold: float = 0.10) -> Judgements:
    """Read the table of pairs: more (A left, B right) and strength 1-9 as ratios of importance.

    Strength 1 means equally important, whichever side is named, or none. `threshold`: the
    consistency ratio below which a unit's judgements are accepted.
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
    judged = Judgements(known["name"], known["short"], places, logs, units)
    return Judgements(known["name"], known["short"], places, logs, _consistency(judged, threshold))


def _consistency(judged: Judgements, threshold: float) -> pd.DataFrame:
    blank = judged.logs.isna().sum(axis="columns")
    ratio = pd.Series(
        {
            unit: ahp.priorities(judged.matrix(logs)).consistency_ratio
            for unit, logs in judged.logs[blank == 0].iterrows()
        },
        dtype=float,
    )
    table = judged.units.assign(blank=blank, complete=blank == 0, ratio=ratio)
    return table.assign(consistent=table["ratio"] < threshold).reset_index()


def consistency(judged: Judgements) -> pd.DataFrame:
    """The consistency ratio of each unit, highest first, then the incomplete ones.

    Columns: unit, unit_name, group, group_name, blank (pairs without an answer), complete, ratio
    (CR; NaN where incomplete), consistent (below the threshold), status (in words).
    """
    status = np.select(
        [judged.units["consistent"], judged.units["complete"]],
        [_("konsisten"), _("tidak konsisten")],
        _("tidak lengkap, tidak dihitung"),
    )
    table = judged.units.assign(status=status)
    return table.sort_values("ratio", ascending=False, na_position="last", ignore_index=True)
