"""The random index of incomplete matrices: how inconsistent they are when judgements are random.

Each judgement is drawn evenly from Saaty's 1/9, ..., 1/2, 1, 2, ..., 9; which pairs are blank is
drawn evenly too, and draws whose judged pairs do not connect all items are not counted. Prints
`ahp.INCOMPLETE_INDEX`, whose digits the default number of draws makes.

    python -m simulations.random_index [DRAWS]
"""

import sys
from itertools import combinations

import numpy as np

from analysis.methods import ahp

SCALE = np.array([*(1 / times for times in range(9, 1, -1)), *range(1, 10)])
DRAWS = 200_000
SEED = 1987


def matrices(size: int, blanks: int, draws: int) -> np.ndarray:
    """Random reciprocal matrices (draws x size x size) with so many blank pairs (NaN) in each."""
    random = np.random.default_rng((SEED, size, blanks))
    left, right = np.array(list(combinations(range(size), 2))).T
    times = random.choice(SCALE, (draws, len(left)))
    times[random.random(times.shape).argsort(axis=1) < blanks] = np.nan
    made = np.ones((draws, size, size))
    made[:, left, right], made[:, right, left] = times, 1 / times
    return made


def index(size: int, blanks: int, draws: int = DRAWS) -> tuple[float, float]:
    """The mean consistency index of random matrices, and the standard error of that mean."""
    _weights, largest = ahp.eigenvectors(matrices(size, blanks, draws))
    found = (largest[~np.isnan(largest)] - size) / (size - 1)
    return float(found.mean()), float(found.std(ddof=1) / np.sqrt(len(found)))


def main() -> None:
    draws = int(sys.argv[1]) if len(sys.argv) > 1 else DRAWS
    error = 0.0
    for size in range(4, max(ahp.RANDOM_INDEX) + 1):
        found = [index(size, b, draws) for b in range(1, size * (size - 1) // 6 + 1)]
        error = max(error, *(e for _mean, e in found))
        print(f"    {size}: ({', '.join(f'{mean:.3f}' for mean, _error in found)}),", flush=True)
    print(f"{draws} draws each; standard errors up to {error:.4f}")


if __name__ == "__main__":
    main()
