"""The Analytic Hierarchy Process: weights from judgements in pairs.

Saaty, T. L. (1980). The Analytic Hierarchy Process. McGraw-Hill.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

RANDOM_INDEX = {3: 0.58, 4: 0.90, 5: 1.12, 6: 1.24, 7: 1.32, 8: 1.41, 9: 1.45, 10: 1.49}
"""Saaty's mean consistency index of random matrices, by size."""


@dataclass(frozen=True, eq=False)
class Priorities:
    """Weights (n, sum 1) with the consistency of the judgements behind them (0 is perfect)."""

    weights: np.ndarray
    consistency_index: float
    consistency_ratio: float


def priorities(judgements: ArrayLike, random_index: float | None = None) -> Priorities:
    """Weights of n items from their n x n reciprocal matrix of judgements.

    Cell (i, j) says how many times more item i matters than item j. The weights are the
    principal eigenvector; CI = (lambda_max - n) / (n - 1), CR = CI / random index, and a CR
    below 0.10 is customarily accepted. Up to two items cannot contradict each other: CR 0.

    `random_index` replaces Saaty's table (n = 3..10); larger matrices need it.
    Raises ValueError for a matrix that is not square, positive and reciprocal (the cell is named,
    by the labels of a DataFrame or else counted from 0), or whose random index is not known.
    Source: Saaty (1980); Saaty (1977), J. Math. Psychology 15, 234-281.
    """
    matrix = _checked(judgements)
    size = len(matrix)
    if random_index is not None and not (np.isfinite(random_index) and random_index > 0):
        raise ValueError(f"random_index must be a positive number, not {random_index}")
    if random_index is None and size > max(RANDOM_INDEX):
        raise ValueError(f"no random index is known for {size} items: give random_index")
    values, vectors = np.linalg.eig(matrix)
    principal = np.argmax(values.real)
    weights = np.abs(vectors[:, principal].real)
    weights /= weights.sum()
    if size <= 2:
        return Priorities(weights, 0.0, 0.0)
    # lambda_max is never below n; what falls short is rounding.
    index = max(0.0, (values[principal].real - size) / (size - 1))
    return Priorities(weights, index, index / (random_index or RANDOM_INDEX[size]))


def aggregate(matrices: Sequence[ArrayLike], weights: Sequence[float] | None = None) -> np.ndarray:
    """One n x n group matrix: the element-wise geometric mean of the judges' matrices.

    The geometric mean alone keeps the group matrix reciprocal. `weights`, one positive number
    per judge, are normalised; without them judges count the same.
    Raises ValueError for no matrices, a matrix that is not reciprocal, unequal sizes, or weights
    that do not fit.
    Source: Aczel & Saaty (1983), J. Math. Psychology 27, 93-102 (aggregation of judgements).
    """
    checked = [_checked(matrix) for matrix in matrices]
    if not checked:
        raise ValueError("no matrices to aggregate")
    if len(sizes := {len(matrix) for matrix in checked}) > 1:
        raise ValueError(f"matrices of different sizes cannot be aggregated: {sorted(sizes)}")
    shares = np.ones(len(checked)) if weights is None else np.asarray(weights, dtype=float)
    if shares.shape != (len(checked),):
        raise ValueError(f"{len(checked)} matrices need as many weights, not {shares.size}")
    if not (np.isfinite(shares) & (shares > 0)).all():
        raise ValueError(f"weights must be positive, not {shares.tolist()}")
    return np.exp(np.average(np.log(checked), axis=0, weights=shares))


def reciprocal(size: int, judgements: Mapping[tuple[int, int], float]) -> np.ndarray:
    """The size x size matrix whose cell (i, j) is `judgements[i, j]` and cell (j, i) its inverse.

    Items are counted from 0; each pair is given once, in either order.
    Raises ValueError for a pair that is missing, given twice, out of range, or not positive.
    Source: Saaty (1980).
    """
    matrix = np.eye(size)
    for (i, j), times in judgements.items():
        if i == j or not (0 <= i < size and 0 <= j < size):
            raise ValueError(f"({i}, {j}) is not a pair of {size} items counted from 0")
        if (j, i) in judgements:
            raise ValueError(f"pair ({min(i, j)}, {max(i, j)}) is judged in both orders")
        if not (np.isfinite(times) and times > 0):
            raise ValueError(f"the judgement of pair ({i}, {j}) must be positive, not {times}")
        matrix[i, j], matrix[j, i] = times, 1 / times
    for i, j in combinations(range(size), 2):
        if (i, j) not in judgements and (j, i) not in judgements:
            raise ValueError(f"pair ({i}, {j}) is not judged")
    return matrix


def _checked(judgements: ArrayLike) -> np.ndarray:
    """The judgements as a positive reciprocal matrix, or a ValueError that names the cell."""
    matrix = np.asarray(judgements, dtype=float)
    if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1] or not matrix.size:
        raise ValueError(f"judgements must be a square matrix, not of shape {matrix.shape}")
    labels = judgements.index if isinstance(judgements, pd.DataFrame) else range(len(matrix))

    def cell(i: int, j: int) -> str:
        return f"cell ({labels[i]}, {labels[j]})"

    for i, j in np.argwhere(~(np.isfinite(matrix) & (matrix > 0))):
        raise ValueError(f"{cell(i, j)} must be positive, not {matrix[i, j]}")
    for i, j in np.argwhere(~np.isclose(matrix * matrix.T, 1, rtol=0, atol=1e-6)):
        if i == j:
            raise ValueError(f"{cell(i, i)} compares an item with itself: 1, not {matrix[i, i]:g}")
        raise ValueError(
            f"{cell(i, j)} is {matrix[i, j]:g} but {cell(j, i)} is {matrix[j, i]:g}, "
            f"not its inverse {1 / matrix[i, j]:g}"
        )
    return matrix
