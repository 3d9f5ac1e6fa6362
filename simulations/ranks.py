"""How often the sets of ranks hold all true ranks at once, and that of the truly first item.

Surveys of 18 items and 35 units in four groups, levels 1 to 5, 4% blank at random.

    python -m simulations.ranks [SURVEYS]
"""

import sys

import numpy as np
import pandas as pd
from scipy import optimize

from analysis.methods.ranks import differences
from analysis.stages.evidence import estimates, ranks
from simulations.coverage import GROUPS, LEVELS, strata

ITEMS, UNITS, BLANK, SEED = 18, 35, 0.04, 2023
MEANS = {
    "evenly spread (2.0 to 4.0)": np.linspace(4, 2, ITEMS),
    "nearly equal (2.9 to 3.1)": np.linspace(3.1, 2.9, ITEMS),
    "equal (3.0)": np.full(ITEMS, 3.0),
}
BASE = np.array([0.1, 0.2, 0.4, 0.2, 0.1])  # tilted until its mean is the one asked for


def chances(mean: float) -> np.ndarray:
    """Chances of the levels 1 to 5 whose mean is `mean`."""

    def tilted(by: float) -> np.ndarray:
        odds = BASE * np.exp(by * LEVELS)
        return odds / odds.sum()

    return tilted(optimize.brentq(lambda by: tilted(by) @ LEVELS - mean, -9, 9))


def survey(means: np.ndarray, random: np.random.Generator) -> pd.DataFrame:
    """Answers of all units to items of these true means, NaN where blank."""
    answers = [random.choice(LEVELS, UNITS, p=chances(mean)) for mean in means]
    table = pd.DataFrame(np.column_stack(answers).astype(float), strata(UNITS).index)
    return table.mask(random.random(table.shape) < BLANK)


def sets(values: pd.DataFrame) -> pd.DataFrame:
    """The sets as the stages make them."""
    units, apart = strata(UNITS), differences(values)
    compared = estimates.of_means(apart)
    figures = estimates.jackknife(units, compared, apart.count())
    return ranks.placed(values.mean(), figures, estimates.resampled(units, compared))


def trial(means: np.ndarray, seed: int) -> dict[str, float]:
    """Whether the sets hold all true ranks, and the first item's; their mean size; any order.

    Items with equal means share every rank that they may take.
    """
    found = sets(survey(means, np.random.default_rng([SEED, seed])))
    apart = np.round(means[:, None] - means, 9)
    best, worst = 1 + (apart < 0).sum(axis=1), ITEMS - (apart > 0).sum(axis=1)
    held = (found["rank_low"] <= best) & (found["rank_high"] >= worst)
    size = float((found["rank_high"] - found["rank_low"] + 1).mean())
    ordered = ranks.ordered(found)
    return {"all": held.all(), "first": held.iloc[0], "size": size, "ordered": ordered}


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    groups = ", ".join(map(str, GROUPS[UNITS]))
    print(f"{count} surveys each, seeds [{SEED}, 0..]; groups of {groups}; nominal 0.95")
    print("means                        all ranks  truly first  ranks in a set  called ordered")
    for name, means in MEANS.items():
        mean = pd.DataFrame([trial(means, seed) for seed in range(count)]).astype(float).mean()
        print(
            f"{name:28} {mean['all']:9.3f}  {mean['first']:11.3f}  {mean['size']:14.1f}  "
            f"{mean['ordered']:14.3f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
