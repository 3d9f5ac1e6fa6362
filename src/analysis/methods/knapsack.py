"""The best set of items that a budget can buy: the 0-1 knapsack problem, solved exactly."""

from math import fsum

import numpy as np
import pandas as pd
from scipy.optimize import Bounds, LinearConstraint, milp

from analysis.methods._checks import numbers, same_labels

SPAN = 1e6
"""Total value is scaled to this, so that the solver's absolute gap of 1e-6 is out of sight."""
TIE = 1e-7
"""Sets whose values differ by a smaller share of the total value may be taken for equal."""


def best_set(value: pd.Series, cost: pd.Series, budget: float) -> pd.Series:
    """Which items to take (bool by item, in the order of `value`) for the highest total value.

    `value` and `cost`: by item, not negative; the total cost stays within `budget` (the unit of
    `cost`). Of sets with the same value the cheapest is taken, and of those always the same one,
    whatever the order of the items; values count as the same when they differ by less than one
    part in ten million of all items' value. An item of no value is never taken. A set that fits
    by less than a millionth of the budget may be overlooked (the solver's tolerance).

    Raises ValueError for a number that is missing or negative (the item is named), items that
    differ between `value` and `cost`, or a negative budget; RuntimeError if the solver gives up.
    Source: Kellerer, Pferschy & Pisinger (2004), Knapsack Problems, ch. 1; solved as a
    mixed-integer programme by HiGHS: Huangfu & Hall (2018), Math. Prog. Comp. 10, 119-142.
    """
    if not (np.isfinite(budget) and budget >= 0):
        raise ValueError(f"budget must be a number not below zero, not {budget}")
    value, cost = _checked(value, "value"), _checked(cost, "cost")
    same_labels(cost.index, value.index, "cost")
    taken = pd.Series(False, index=value.index, name="taken")
    cost = cost[value.index]
    open_items = value.index[(value > 0) & (cost <= budget)].sort_values()  # not as they came
    if open_items.empty:
        return taken
    worth, price = value[open_items].to_numpy(), cost[open_items].to_numpy()
    scale = 10.0 ** (np.ceil(np.log10(price.max())) - 3) if price.any() else 1.0
    cheapness = -price / (price.sum() or 1.0)
    taken[open_items] = _solve(
        SPAN * (worth / worth.sum() + TIE * cheapness), price / scale, budget / scale
    )
    return taken


def _solve(gain: np.ndarray, price: np.ndarray, budget: float) -> np.ndarray:
    """The affordable 0-1 vector (bool) with the highest total gain."""
    constraints = [LinearConstraint(price, ub=budget)]
    while True:
        result = milp(
            -gain,
            integrality=np.ones_like(gain),
            bounds=Bounds(0, 1),
            constraints=constraints,
            options={"mip_rel_gap": 0},
        )
        if not result.success:
            raise RuntimeError(f"no best set was found: {result.message}")
        chosen = result.x > 0.5
        if fsum(price[chosen]) <= budget * (1 + 1e-9):
            return chosen
        # The solver's tolerance let a set slip through that costs too much: cut this set off.
        constraints.append(LinearConstraint(chosen.astype(float), ub=chosen.sum() - 1))


def _checked(series: pd.Series, what: str) -> pd.Series:
    series = numbers(series, what)
    for item in series.index[series < 0]:
        raise ValueError(f"{what} of '{item}' must not be negative: {series[item]:g}")
    return series
