"""Indices over a tree of leaves: weighted means of levels, tier by tier, nothing rounded.

A tree is a DataFrame indexed by leaf: one column per tier, outermost first, with the id of the
branch that the leaf hangs on, and the column `weight`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic, Literal, TypeVar

import numpy as np
import pandas as pd

from analysis.methods._checks import numbers, same_labels

_Total = TypeVar("_Total", float, pd.Series)


@dataclass(frozen=True, eq=False)
class TreeIndex(Generic[_Total]):
    """The index as a whole and, by the name of each tier, that of every branch.

    From `tree_index`: a float and Series by branch. From `nested_mean`: a Series by unit and
    DataFrames units x branches. NaN where no leaf below has a level.
    """

    total: _Total
    tiers: dict[str, pd.Series] | dict[str, pd.DataFrame]


def tree_index(
    levels: pd.Series,
    tree: pd.DataFrame,
    missing: Literal["error", "renormalise"] = "error",
    *,
    bounds: tuple[float, float],
) -> TreeIndex[float]:
    """The index of one set of `levels` (by leaf): sum(weight x level) / sum(weight).

    `bounds`: the lowest and the highest level that there may be.

    The index of a branch is the same over its own leaves, whatever lies between. A leaf without a
    level is an error, or is dropped and the weights of the others renormalised.

    Raises ValueError for a leaf that is missing or unknown, a level outside `bounds`, no level at
    all, or a tree that is none (see `nested_mean`).
    Source: Permen PANRB 59/2020, annex (index, domain and aspect values of SPBE).
    """
    if missing not in ("error", "renormalise"):
        raise ValueError(f"missing must be 'error' or 'renormalise', not '{missing}'")
    tiers = _checked(tree)
    levels = numbers(levels, "levels", blanks=True)
    if missing == "renormalise":
        levels = levels.reindex(tree.index.union(levels.index, sort=False))
    row = _levels(levels.to_frame("").T, tree, bounds)
    if missing == "error" and row.isna().any(axis=None):
        raise ValueError(f"leaf '{row.columns[row.isna().iloc[0]][0]}' has no level")
    if row.isna().all(axis=None):
        raise ValueError("no leaf has a level")
    return TreeIndex(
        total=float(_means(row, tree["weight"]).iat[0, 0]),
        tiers={tier: _means(row, tree["weight"], tree[tier]).iloc[0] for tier in tiers},
    )


def nested_mean(
    levels: pd.DataFrame,
    tree: pd.DataFrame,
    tier_weights: Mapping[str, pd.Series] | None = None,
    *,
    bounds: tuple[float, float],
) -> TreeIndex[pd.Series]:
    """Means of means for every unit at once: leaves to inner branches, outwards, to the total.

    `levels`: units x leaves, NaN where there is none; `bounds`: the lowest and the highest. At each
    step what is present is averaged and its weights renormalised: leaves by `weight`, branches
    alike unless `tier_weights` gives a Series by branch for their tier.

    Raises ValueError for a leaf that is missing or unknown, a level outside `bounds` (unit and
    leaf are named), a tree without `weight`, with a weight not positive or a branch that hangs on
    two branches, or tier weights that do not fit.
    Source: weighted arithmetic aggregation, OECD & JRC (2008), Handbook on Constructing Composite
    Indicators, sec. 6.
    """
    tiers = _checked(tree)
    given = dict(tier_weights or {})
    for tier in given:
        if tier not in tiers:
            raise ValueError(f"tier_weights: tier '{tier}' is unknown")
    step = _levels(numbers(levels, "levels", blanks=True), tree, bounds)
    weight, means = tree["weight"], {}
    for position, tier in reversed(list(enumerate(tiers))):
        inner = tiers[position + 1] if position + 1 < len(tiers) else None
        parents = (
            tree[tier] if inner is None else tree.drop_duplicates(inner).set_index(inner)[tier]
        )
        step = means[tier] = _means(step, weight, parents)
        weight = _positive(
            given.get(tier, pd.Series(1.0, index=step.columns)), f"weights of {tier}"
        )
        same_labels(weight.index, step.columns, f"weights of {tier}")
    total = _means(step, weight)
    return TreeIndex(total.iloc[:, 0].rename("total"), {tier: means[tier] for tier in tiers})


def _means(
    levels: pd.DataFrame, weight: pd.Series, parents: pd.Series | None = None
) -> pd.DataFrame:
    """Units x children to units x parents (or one): weighted means over the children present."""
    parent = (pd.Series(0, index=levels.columns) if parents is None else parents).loc[
        levels.columns
    ]
    branches = parent.unique()
    of_parent = parent.to_numpy()[:, None] == np.asarray(branches)
    shares = of_parent * weight.loc[levels.columns].to_numpy()[:, None]
    present = levels.notna().to_numpy(dtype=float) @ shares
    sums = levels.fillna(0).to_numpy() @ shares
    means = np.divide(sums, present, out=np.full_like(sums, np.nan), where=present > 0)
    return pd.DataFrame(means, index=levels.index, columns=branches)


def _checked(tree: pd.DataFrame) -> list[str]:
    """The names of the tree's tiers, outermost first."""
    if "weight" not in tree:
        raise ValueError("tree: the column 'weight' is missing")
    if tree.empty:
        raise ValueError("tree: there are no leaves")
    _positive(tree["weight"], "weight")
    tiers = [column for column in tree.columns if column != "weight"]
    for tier in tiers:
        for leaf in tree.index[tree[tier].isna()]:
            raise ValueError(f"tree: leaf '{leaf}' has no {tier}")
    for outer, inner in pairwise(tiers):
        homes = tree.groupby(inner, sort=False)[outer].nunique()
        for branch in homes.index[homes > 1]:
            raise ValueError(f"tree: {inner} '{branch}' hangs on more than one {outer}")
    return tiers


def _positive(weight: pd.Series, what: str) -> pd.Series:
    weight = numbers(weight, what)
    for label in weight.index[weight <= 0]:
        raise ValueError(f"{what} of '{label}' must be positive, not {weight[label]:g}")
    return weight


def _levels(levels: pd.DataFrame, tree: pd.DataFrame, bounds: tuple[float, float]) -> pd.DataFrame:
    """The levels in the tree's order of leaves, none outside the bounds."""
    same_labels(levels.columns, tree.index, "leaf")
    low, high = bounds
    for row, column in np.argwhere(((levels < low) | (levels > high)).to_numpy()):
        who = f" of '{levels.index[row]}'" if levels.index[row] != "" else ""
        raise ValueError(
            f"level {levels.iat[row, column]:g}{who} for leaf '{levels.columns[column]}' "
            f"lies outside {low:g}..{high:g}"
        )
    return levels[tree.index]
