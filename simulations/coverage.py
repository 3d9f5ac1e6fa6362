"""How often the intervals that pages show, and those of claims, hold the true mean.

Each column of one large frame is a survey of its own, so that one call gives all intervals.

    python -m simulations.coverage [SURVEYS]
"""

import sys

import numpy as np
import pandas as pd

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


def strata(n: int) -> pd.Series:
    labels = np.repeat([f"group {i}" for i in range(len(GROUPS[n]))], GROUPS[n])
    return pd.Series(labels, [f"u{i:02}" for i in range(n)])


def covered(low: pd.Series, high: pd.Series, truth: float) -> float:
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
                shown = estimates.estimate(strata(n), estimates.of_means(values), values.count())
                reach = estimates.reaching(shown, 0.05)
                low, high = shown["value"] - reach, shown["value"] + reach
                print(
                    f"{name:10}  {'differ' if apart else 'alike':6} {n:3}  "
                    f"{covered(shown['low'], shown['high'], truth):.3f} "
                    f"({shown['method'].iloc[0]:9})  "
                    f"{covered(low, high, truth):.3f}"
                )


if __name__ == "__main__":
    main()
