"""The Analytic Hierarchy Process: weights from judgements in pairs.

Saaty, T. L. (1980). The Analytic Hierarchy Process. McGraw-Hill.
Harker, P. T. (1987). Incomplete pairwise comparisons in the Analytic Hierarchy Process.
Mathematical Modelling 9(11), 837-848; and Alternative modes of questioning in the Analytic
Hierarchy Process. Mathematical Modelling 9(3-5), 353-360.

A pair that was not judged is blank: NaN in both of its cells.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy import special

RANDOM_INDEX = {3: 0.58, 4: 0.90, 5: 1.12, 6: 1.24, 7: 1.32, 8: 1.41, 9: 1.45, 10: 1.49}
"""Saaty's mean consistency index of random matrices, by size."""

INCOMPLETE_INDEX = {
    4: (0.587, 0.301),
    5: (0.929, 0.750, 0.573),
    6: (1.132, 1.014, 0.897, 0.780, 0.660),
    7: (1.259, 1.176, 1.093, 1.010, 0.928, 0.843, 0.758),
    8: (1.343, 1.282, 1.222, 1.159, 1.098, 1.036, 0.974, 0.912, 0.850),
    9: (1.404, 1.355, 1.308, 1.261, 1.214, 1.167, 1.119, 1.071, 1.023, 0.975, 0.927, 0.879),
    10: (1.449, 1.411, 1.372, 1.336, 1.297, 1.259, 1.222, 1.183,
         1.146, 1.108, 1.070, 1.030, 0.993, 0.956, 0.916),
}  # fmt: skip
"""The same by size of matrices with 1, 2, 3, ... blank pairs, up to a third of all pairs.

Made by ``python -m simulations.random_index``: the fewer judgements, the fewer contradictions.
"""


@dataclass(frozen=True, eq=False)
class Priorities:
    """Weights (n, sum 1) with the consistency of the judgements behind them (0 is perfect)."""

    weights: np.ndarray
    consistency_index: float
    consistency_ratio: float


def priorities(judgements: ArrayLike, random_index: float | None = None) -> Priorities:
    """Weights of n items from their n x n reciprocal matrix of judgements.

    Cell (i, j) says how many times more item i matters than item j; NaN in it and in (j, i) if the
    pair is blank. The weights are the principal eigenvector (see `eigenvectors`);
    CI = (lambda_max - n) / (n - 1), CR = CI / random index, and a CR below 0.10 is customarily
    accepted. n - 1 judgements, as of two items, cannot contradict each other: CR 0.

    `random_index` replaces Saaty's table (n = 3..10) and that of incomplete matrices (blanks up to
    a third of the pairs); what is beyond them needs it.
    Raises ValueError for a matrix that is not square, positive and reciprocal (the cell is named,
    by the labels of a DataFrame or else counted from 0), whose judged pairs do not connect all
    items (the parts are named), or whose random index is not known.
    Source: Saaty (1980); Saaty (1977), J. Math. Psychology 15, 234-281; Harker (1987).
    """
    matrix = _checked(judgements)
    size = len(matrix)
    if random_index is not None and not (np.isfinite(random_index) and random_index > 0):
        raise ValueError(f"random_index must be a positive number, not {random_index}")
    if not connected(matrix):
        raise ValueError(f"no judgement connects {_parts(matrix, _labels(judgements, size))}")
    (weights,), (largest,) = eigenvectors(matrix[np.newaxis])
    blanks = int(np.isnan(matrix).sum()) // 2
    if size * (size - 1) // 2 - blanks == size - 1:
        return Priorities(weights, 0.0, 0.0)
    # lambda_max is never below n; what falls short is rounding.
    index = max(0.0, (largest - size) / (size - 1))
    return Priorities(weights, index, index / (random_index or _random_index(size, blanks)))


def eigenvectors(matrices: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The weights (k x n, each row sums to 1) and the lambda_max (k) of k matrices at once.

    `matrices`: k x n x n, each as in `priorities`, unchecked. Harker's method gives a blank 0 and
    the diagonal 1 + the blanks of its row, which comes to the same as a blank that stands at the
    ratio of the weights themselves; without blanks it is the matrix as it is. NaN where the judged
    pairs do not connect all items: then nothing says what some weigh beside the others.
    Source: Saaty (1980); Harker (1987).
    """
    blank = np.isnan(matrices)
    size = matrices.shape[-1]
    known = _reached(~blank).all(axis=(1, 2))
    filled = np.where(blank, 0.0, matrices)
    filled[:, range(size), range(size)] += blank.sum(axis=2)
    values, vectors = np.linalg.eig(filled[known])
    principal = values.real.argmax(axis=1)
    found = np.abs(np.take_along_axis(vectors.real, principal[:, None, None], axis=2)[:, :, 0])
    weights, largest = np.full(matrices.shape[:2], np.nan), np.full(len(matrices), np.nan)
    weights[known] = found / found.sum(axis=1, keepdims=True)
    largest[known] = values.real.max(axis=1)
    return weights, largest


def weigh(size: int, pairs: np.ndarray, logs: np.ndarray) -> np.ndarray:
    """The weights (k x size, each row sums to 1) behind k sets of judgements of the same pairs.

    `pairs`: the two items of each pair, counted from 0; `logs` (k x pairs): the logarithm of how
    many times more the first of them matters, NaN where the pair is blank. NaN where the judged
    pairs do not connect all items.
    Source: `eigenvectors`.
    """
    first, second = np.transpose(pairs)
    matrices = np.ones((len(logs), size, size))
    matrices[:, first, second] = np.exp(logs)
    matrices[:, second, first] = np.exp(-logs)
    weights, _largest = eigenvectors(matrices)
    return weights


def connected(judgements: ArrayLike) -> bool:
    """Whether the judged pairs of an n x n matrix lead from every item to every other.

    They must, directly or through other items, for the weights to be defined: with a judgement of
    a and b and one of c and d, nothing says what a weighs beside c.
    Source: Harker (1987).
    """
    return bool(_reached(~np.isnan(np.asarray(judgements, dtype=float))).all())


def aggregate(matrices: Sequence[ArrayLike], weights: Sequence[float] | None = None) -> np.ndarray:
    """One n x n group matrix: the element-wise geometric mean of the judges' matrices.

    The geometric mean alone keeps the group matrix reciprocal. A cell is over the judges who judged
    it, and blank (NaN) if nobody did. `weights`, one positive number per judge, are normalised;
    without them judges count the same.
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
    logs = np.log(checked)
    judged = ~np.isnan(logs)
    total = np.tensordot(shares, judged.astype(float), 1)
    logs = np.tensordot(shares, np.where(judged, logs, 0.0), 1)
    return np.exp(np.divide(logs, total, out=np.full_like(logs, np.nan), where=total > 0))


def consensus(weights: ArrayLike, strongest: float = 9.0) -> float:
    """How alike judges weigh: 1 all the same, 0 each holds another item the most important by far.

    `weights`: judges x items, each row sums to 1; `strongest`: the end of the scale of judgements.
    S* = (1 / D - c) / (1 - c) with D = exp(H_gamma - H_alpha), the Shannon entropy of the judges'
    mean weights less the mean entropy of each one's, and c = exp(H_min) / n, H_min the entropy of
    weights of which one is `strongest` times each other. What would fall below 0 is 0.
    Raises ValueError for fewer than two judges or items, or rows that are no weights (named).
    Source: Goepel (2018), Int. J. Analytic Hierarchy Process 10(3), 469-487, eq. 11-21.
    """
    rows = np.asarray(weights, dtype=float)
    if rows.ndim != 2 or min(rows.shape) < 2:
        raise ValueError(f"consensus needs two judges and two items at least, not {rows.shape}")
    wrong = ~((rows >= 0).all(axis=1) & np.isclose(rows.sum(axis=1), 1, rtol=0, atol=1e-6))
    for row in np.flatnonzero(wrong):
        raise ValueError(f"row {row} must be weights that sum to 1, not {rows[row].tolist()}")
    size = rows.shape[1]
    extreme = np.array([strongest, *np.ones(size - 1)]) / (strongest + size - 1)
    least = np.exp(_entropy(extreme)) / size
    alike = np.exp(_entropy(rows).mean() - _entropy(rows.mean(axis=0)))
    return max(0.0, float((alike - least) / (1 - least)))


def _entropy(weights: np.ndarray) -> np.ndarray:
    """Shannon's, of each row."""
    return special.entr(weights / weights.sum(axis=-1, keepdims=True)).sum(axis=-1)


def reciprocal(size: int, judgements: Mapping[tuple[int, int], float]) -> np.ndarray:
    """The size x size matrix whose cell (i, j) is `judgements[i, j]` and cell (j, i) its inverse.

    Items are counted from 0; each pair is given once, in either order, as NaN if it is blank.
    Raises ValueError for a pair that is missing, given twice, out of range, or not positive.
    Source: Saaty (1980).
    """
    matrix = np.eye(size)
    for (i, j), times in judgements.items():
        if i == j or not (0 <= i < size and 0 <= j < size):
            raise ValueError(f"({i}, {j}) is not a pair of {size} items counted from 0")
        if (j, i) in judgements:
            raise ValueError(f"pair ({min(i, j)}, {max(i, j)}) is judged in both orders")
        if not (np.isnan(times) or (np.isfinite(times) and times > 0)):
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
    labels = _labels(judgements, len(matrix))

    def cell(i: int, j: int) -> str:
        return f"cell ({labels[i]}, {labels[j]})"

    blank = np.isnan(matrix) & np.isnan(matrix.T) & ~np.eye(len(matrix), dtype=bool)
    for i, j in np.argwhere(~(np.isfinite(matrix) & (matrix > 0)) & ~blank):
        raise ValueError(f"{cell(i, j)} must be positive, not {matrix[i, j]}")
    for i, j in np.argwhere(~np.isclose(matrix * matrix.T, 1, rtol=0, atol=1e-6) & ~blank):
        if i == j:
            raise ValueError(f"{cell(i, i)} compares an item with itself: 1, not {matrix[i, i]:g}")
        raise ValueError(
            f"{cell(i, j)} is {matrix[i, j]:g} but {cell(j, i)} is {matrix[j, i]:g}, "
            f"not its inverse {1 / matrix[i, j]:g}"
        )
    return matrix


def _labels(judgements: ArrayLike, size: int) -> Sequence:
    return judgements.index if isinstance(judgements, pd.DataFrame) else range(size)


def _reached(judged: np.ndarray) -> np.ndarray:
    """Which items (k x n x n) the judged pairs lead to, directly or through others."""
    reached = judged
    for _step in range(judged.shape[-1].bit_length()):
        reached = reached @ reached
    return reached


def _parts(matrix: np.ndarray, labels: Sequence) -> str:
    """The parts that no judged pair connects: ``(a, b) and (c)``."""
    reached = np.unique(_reached(~np.isnan(matrix)), axis=0)[::-1]
    return " and ".join(
        f"({', '.join(str(labels[int(i)]) for i in np.flatnonzero(r))})" for r in reached
    )


def _random_index(size: int, blanks: int) -> float:
    known = {0: RANDOM_INDEX.get(size), **dict(enumerate(INCOMPLETE_INDEX.get(size, ()), start=1))}
    if found := known.get(blanks):
        return found
    told = f"{size} items" + (f" with {blanks} blank pairs" if blanks else "")
    raise ValueError(f"no random index is known for {told}: give random_index")
