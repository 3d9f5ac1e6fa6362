"""How often the intervals that pages show, and those of claims, hold the true mean.

First of a population from which units come; then, as in a census, of the very units that answered,
had other officers of theirs answered. Each column of one large frame is a survey of its own, so
that one call gives all intervals.

    python -m simulations.coverage [SURVEYS]
"""

import sys

import numpy as np
import pandas as pd
from scipy import stats

from analysis.stages.evidence import estimates

# Chances of the levels 1 to 5.
POPULATIONS = {
    "uniform": (0.2, 0.2, 0.2, 0.2, 0.2),
    "middling": (0.05, 0.25, 0.4, 0.25, 0.05),
    "skewed": (0.5, 0.3, 0.1, 0.06, 0.04),
}
LEVELS = np.arange(1, 6)
# Sizes of the groups of units: those of the sample make 35, its dinas 17.
GROUPS = {5: (5,), 8: (8,), 17: (17,), 35: (17, 5, 8, 5)}
APART = (0.0, -0.5, 0.5, -0.25)  # how far the groups' means lie apart where they differ
CORRELATIONS = (0.0, 0.5, 0.75, 0.9)  # of the variance of answers, the share between units


def surveys(
    n: int, chances: np.ndarray, count: int, apart: bool, random: np.random.Generator
) -> tuple[pd.DataFrame, float]:
    """`count` surveys of n units as columns, and the mean that their intervals should hold.

    The units are the groups' own, so only what their officers answer is drawn.
    """
    values = random.choice(LEVELS, (n, count), p=chances).astype(float)
    shift = np.repeat(APART[: len(GROUPS[n])], GROUPS[n]) if apart else np.zeros(n)
    units = pd.Index([f"u{i:02}" for i in range(n)])
    return pd.DataFrame(values + shift[:, None], units), float(chances @ LEVELS + shift.mean())


def census(
    correlation: float, count: int, random: np.random.Generator
) -> tuple[pd.DataFrame, np.ndarray]:
    """`count` surveys of 35 units as columns, and of each the mean of its units' true values.

    A unit's true value is what its officers would answer on average. Of the variance between
    answers the share `correlation` (before they become levels) is that of the units, the rest that
    of the officers of a unit, of whom one answers.
    """
    units, noise = sum(GROUPS[35]), np.sqrt(1 - correlation)
    own = 3 + np.sqrt(correlation) * random.standard_normal((units, count))
    answers = np.rint(own + noise * random.standard_normal((units, count))).clip(1, 5)
    reached = [stats.norm.sf(level - 0.5, own, noise) for level in LEVELS[1:]]
    return pd.DataFrame(answers, strata(35).index), 1 + np.sum(reached, axis=0).mean(axis=0)


def held(values: pd.DataFrame, truth: float | np.ndarray) -> tuple[float, float, float, str]:
    """How often the shown interval and that of a claim hold `truth`; too wide by; how it is made.

    Too wide: mean width of the shown interval over that of one which only holds what the means
    vary by around `truth`.
    """
    shown = estimates.estimate(strata(len(values)), estimates.of_means(values), values.count())
    reach = estimates.reaching(shown, 0.05)
    width = float((shown["high"] - shown["low"]).mean())
    warranted = 2 * stats.norm.isf(0.025) * float((shown["value"] - truth).std())
    return (
        covered(shown["low"], shown["high"], truth),
        covered(shown["value"] - reach, shown["value"] + reach, truth),
        width / warranted,
        shown["method"].iloc[0],
    )


def strata(n: int) -> pd.Series:
    labels = np.repeat([f"group {i}" for i in range(len(GROUPS[n]))], GROUPS[n])
    return pd.Series(labels, [f"u{i:02}" for i in range(n)])


def covered(low: pd.Series, high: pd.Series, truth: float | np.ndarray) -> float:
    return float(((low <= truth + 1e-9) & (truth - 1e-9 <= high)).mean())


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 4000
    random = np.random.default_rng(2023)
    print(f"{count} surveys each; nominal 0.95")
    print("population  groups   n  interval shown     interval of a claim (jackknife t)")
    for name, chances in POPULATIONS.items():
        for n, groups in GROUPS.items():
            for apart in (False, True) if len(groups) > 1 else (False,):
                values, truth = surveys(n, np.array(chances), count, apart, random)
                shown, claim, _wide, method = held(values, truth)
                print(
                    f"{name:10}  {'differ' if apart else 'alike':6} {n:3}  "
                    f"{shown:.3f} ({method:9})  {claim:.3f}"
                )
    print("the mean of the 35 units themselves, had other officers answered (seed 2023)")
    print("correlation  interval shown  of a claim  too wide by")
    random = np.random.default_rng(2023)
    for correlation in CORRELATIONS:
        shown, claim, wide, _method = held(*census(correlation, count, random))
        print(f"{correlation:11}  {shown:14.3f}  {claim:10.3f}  {wide:10.2f}x")


if __name__ == "__main__":
    main()
