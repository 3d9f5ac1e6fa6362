"""How often intervals over units hold the true mean where units have several respondents.

Of the variance of answers a share (ICC) is between units, the rest between the respondents of one.
Once of a population from which 35 units come, once, as in a census, of these 35.

    python -m simulations.respondents [SURVEYS]
"""

import sys

import numpy as np
import pandas as pd
from scipy import stats

from simulations.coverage import GROUPS, LEVELS, held, strata

PEOPLE = (1, 2, 3, 4, 5)
SHARES = (0.0, 0.2, 0.5)
MEAN = 3.0  # of the population, and by symmetry of its answers as levels


def surveys(
    share: float, people: int, count: int, random: np.random.Generator
) -> tuple[pd.DataFrame, np.ndarray]:
    """`count` surveys of 35 units as columns, and of each the mean of its units' true values.

    A unit's value is the mean of so many `people`; its true value what all of its officers would
    answer on average.
    """
    units, noise = sum(GROUPS[35]), np.sqrt(1 - share)
    own = MEAN + np.sqrt(share) * random.standard_normal((units, count))
    given = own + noise * random.standard_normal((people, units, count))
    answers = np.rint(given).clip(LEVELS[0], LEVELS[-1]).mean(axis=0)
    reached = [stats.norm.sf(level - 0.5, own, noise) for level in LEVELS[1:]]
    truth = LEVELS[0] + np.sum(reached, axis=0).mean(axis=0)
    return pd.DataFrame(answers, strata(units).index), truth


def main(count: int = 4_000, seed: int = 2023) -> None:
    print("icc  people  population: shown claim   these 35: shown claim  too wide by")
    for share in SHARES:
        for people in PEOPLE:
            random = np.random.default_rng([seed, int(10 * share), people])
            values, truth = surveys(share, people, count, random)
            shown, claim, _wide, _method = held(values, MEAN)
            here, claimed, wide, _method = held(values, truth)
            said = f"{share:.1f}  {people:6}  {shown:17.3f} {claim:5.3f}"
            print(f"{said}  {here:15.3f} {claimed:5.3f}  {wide:11.2f}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
