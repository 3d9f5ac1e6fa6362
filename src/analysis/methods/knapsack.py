"""The best set of items that a budget can buy, with floors and ceilings of groups, exactly.

Without groups this is the 0-1 knapsack problem.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import fsum

import numpy as np
import pandas as pd
import scipy  # which imports `optimize` when it is first used: few notebooks need it

from analysis.methods._checks import numbers, same_labels

SPAN = 1e6
"""Total value is scaled to this, so that the solver's absolute gap of 1e-6 is out of sight."""
TIE = 1e-7
"""Sets whose values differ by a smaller share of the total value may be taken for equal."""


@dataclass(frozen=True, eq=False)
class Group:
    """Items of which a set should hold at least `least` and may hold at most `most` (None: all)."""

    items: Collection
    least: int = 0
    most: int | None = None


def best_set(
    value: pd.Series, cost: pd.Series, budget: float, groups: Sequence[Group] = ()
) -> pd.Series:
    """Which items to take (bool by item, in the order of `value`) for the highest total value.

    `value` and `cost`: by item, not negative; the total cost stays within `budget` (the unit of
    `cost`), and no group holds more than its ceiling. Floors come before value, and one place of
    each before the second of any: first as many groups as possible (of those with a floor) get
    one item, then as many of these as possible a second one where their floor asks for it, and so
    on; of all sets that fill as many places, the one with the highest value is taken. So a floor
    that cannot be met stops nothing, and is seen by counting.

    Of sets with the same value the one with fewest items of no value is taken, then the cheapest,
    and of those always the same one, whatever the order of the items; values count as the same
    when they differ by less than one part in ten million of all items' value. An item of no value
    is taken only to fill a floor. A set that fits by less than a millionth of the budget may be
    overlooked (the solver's tolerance).

    Raises ValueError for a number that is missing or negative (the item is named), items that
    differ between `value` and `cost`, a negative budget or ceiling; RuntimeError if the solver
    gives up.
    Sources: Kellerer, Pferschy & Pisinger (2004), Knapsack Problems, ch. 1 and 9
    (multidimensional constraints); aims in order: Ehrgott (2005), Multicriteria Optimization,
    ch. 5; solved as mixed-integer programmes by HiGHS: Huangfu & Hall (2018), Math. Prog. Comp.
    10, 119-142.
    """
    if not (np.isfinite(budget) and budget >= 0):
        raise ValueError(f"budget must be a number not below zero, not {budget}")
    for group in groups:
        if group.most is not None and group.most < 0:
            raise ValueError(f"the ceiling of a group must not be negative: {group.most}")
    value, cost = _checked(value, "value"), _checked(cost, "cost")
    same_labels(cost.index, value.index, "cost")
    taken = pd.Series(False, index=value.index, name="taken")
    cost = cost[value.index]
    asked = [item for group in groups if group.least for item in group.items]
    useful = (value > 0) | value.index.isin(asked)
    open_items = value.index[useful & (cost <= budget)].sort_values()  # not as they came
    if open_items.empty:
        return taken
    worth, price = value[open_items].to_numpy(), cost[open_items].to_numpy()
    scale = 10.0 ** (np.ceil(np.log10(price.max())) - 3) if price.any() else 1.0
    burden = price / (price.sum() or 1.0) + (worth == 0)
    gain = SPAN * (worth / (worth.sum() or 1.0) - TIE * burden)
    rows = [(open_items.isin(list(g.items)).astype(float), g.least, g.most) for g in groups]
    taken[open_items] = _solve(gain, price / scale, budget / scale, rows)
    return taken


def _solve(
    gain: np.ndarray,
    price: np.ndarray,
    budget: float,
    groups: Sequence[tuple[np.ndarray, int, int | None]],
) -> np.ndarray:
    """The affordable 0-1 vector (bool) that fills most places of floors, then gains most.

    A variable stands for each item, and one for each place of a floor: whether it is filled.
    """
    places = [(row, place) for row, (_in, least, _m) in enumerate(groups) for place in range(least)]
    of, nth = (np.array([part[n] for part in places], dtype=int) for n in (0, 1))
    none = np.zeros(len(places))
    constraints = [scipy.optimize.LinearConstraint(np.append(price, none), ub=budget)]
    for row, (inside, _least, most) in enumerate(groups):
        if most is not None:
            constraints.append(scipy.optimize.LinearConstraint(np.append(inside, none), ub=most))
        constraints.append(
            scipy.optimize.LinearConstraint(np.append(inside, -1.0 * (of == row)), lb=0)
        )
    for place in range(nth.max(initial=-1) + 1):
        aim = np.append(np.zeros_like(gain), nth == place)
        filled = aim @ _best(aim, constraints, price, budget)
        constraints.append(scipy.optimize.LinearConstraint(aim, lb=np.round(filled)))
    return _best(np.append(gain, none), constraints, price, budget)[: len(gain)] > 0.5


def _best(
    aim: np.ndarray,
    constraints: list["scipy.optimize.LinearConstraint"],
    price: np.ndarray,
    budget: float,
) -> np.ndarray:
    """The 0-1 vector with the highest aim; sets that cost too much are cut off on the way."""
    while True:
        result = scipy.optimize.milp(
            -aim,
            integrality=np.ones_like(aim),
            bounds=scipy.optimize.Bounds(0, 1),
            constraints=constraints,
            options={"mip_rel_gap": 0},
        )
        if not result.success:
            raise RuntimeError(f"no best set was found: {result.message}")
        found = np.round(result.x)
        chosen = found[: len(price)] > 0
        if fsum(price[chosen]) <= budget * (1 + 1e-9):
            return found
        # The solver's tolerance let a set slip through that costs too much: cut this set off.
        cut = np.append(chosen, np.zeros(len(aim) - len(price)))
        constraints.append(scipy.optimize.LinearConstraint(cut, ub=chosen.sum() - 1))


def _checked(series: pd.Series, what: str) -> pd.Series:
    series = numbers(series, what)
    for item in series.index[series < 0]:
        raise ValueError(f"{what} of '{item}' must not be negative: {series[item]:g}")
    return series
