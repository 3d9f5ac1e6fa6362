"""How often a report on two periods calls a change clear where there is none, and finds one.

Answers of 35 units in two periods are drawn, as many and in such groups as in the sample; a fifth
of the units are new in the second and make no pairs. Of each unit's scores of the nine sub-elements
of three indicators each, the share `correlation` of the variance stays from one period to the
other, the rest is drawn anew. Then one sub-element is moved by half a level in every unit. What a
report would claim is worked out from frames, as the stage does.

    python -m simulations.change [REPORTS]
"""

import os
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial

import numpy as np
import pandas as pd
from rich.progress import track
from scipy import stats

from analysis.levels import CLEAR, LIKELY
from analysis.stages.evidence import claims, missing
from analysis.stages.whole import change_words as change

GROUPS = {"dinas": 17, "badan": 5, "kecamatan": 8, "lainnya": 5}
NEW = 5  # every so many units one is new
ELEMENTS, PARTS, ITEMS = 3, 3, 3  # elements, sub-elements of each, indicators of these
SCALE, MIDDLE = (1.0, 5.0), 2.7
SPREAD = 0.57  # standard deviation of a sub-element's score over units
OWN = 0.55  # that of what an indicator has of its own, before it becomes a level
BLANK = 0.04
CORRELATIONS = (0.0, 0.25, 0.5, 0.75)
MOVED = 0.5


def register() -> pd.DataFrame:
    """The units that are in both periods: unit, group and weight."""
    groups = np.repeat(list(GROUPS), list(GROUPS.values()))
    units = pd.DataFrame({"unit": [f"u{n:02}" for n in range(len(groups))], "group": groups})
    return units[units.index % NEW > 0].assign(weight=1.0).reset_index(drop=True)


def levels(
    units: int, correlation: float, by: float, random: np.random.Generator
) -> list[np.ndarray]:
    """The answers of both periods: units x indicators, NaN where blank; the first three move `by`.

    The variance of a score is that of the unit's own value and a third of what its indicators have
    of their own, with what rounding adds to it (1/12).
    """
    whole, parts = ELEMENTS * PARTS * ITEMS, ELEMENTS * PARTS
    own = np.sqrt(SPREAD**2 - (OWN**2 + 1 / 12) / ITEMS)
    keep, fresh = np.sqrt(correlation), np.sqrt(1 - correlation)
    stays = random.standard_normal((units, parts)), random.standard_normal((units, whole))
    made = []
    for shift in (0.0, by):
        value = keep * stays[0] + fresh * random.standard_normal((units, parts))
        rest = keep * stays[1] + fresh * random.standard_normal((units, whole))
        answer = MIDDLE + np.repeat(own * value, ITEMS, axis=1) + OWN * rest
        answer[:, :ITEMS] += shift
        answer = np.rint(answer).clip(*SCALE)
        made.append(np.where(random.random(answer.shape) < BLANK, np.nan, answer))
    return made


def scores(answers: np.ndarray) -> dict[str, np.ndarray]:
    """Each unit's sub-elements and index: units x figures, by kind of comparison."""
    with np.errstate(invalid="ignore"):
        parts = _mean(answers.reshape(len(answers), -1, ITEMS))
        elements = _mean(parts.reshape(len(answers), -1, PARTS))
    return {change.OVERALL: _mean(elements)[:, None], change.PART: parts}


def _mean(values: np.ndarray) -> np.ndarray:
    """Means over the last axis of what is there; NaN of nothing."""
    there = ~np.isnan(values)
    count = there.sum(axis=-1)
    return np.where(there, values, 0.0).sum(axis=-1) / np.where(count, count, np.nan)


def found(before: np.ndarray, after: np.ndarray, units: pd.DataFrame) -> pd.DataFrame:
    """The table of claims of a report on these answers: see `Change.comparisons`."""
    both = ~(np.isnan(before) | np.isnan(after))
    pairs = [scores(np.where(both, answers, np.nan)) for answers in (before, after)]
    low, high = SCALE
    ends = {
        side: [
            scores(np.where(np.isnan(answers), end, answers))
            for answers, end in ((before, then), (after, now))
        ]
        for side, then, now in (("worst", high, low), ("best", low, high))
    }
    made, extremes = {}, {}
    for kind in pairs[0]:
        apart = pd.DataFrame(pairs[1][kind] - pairs[0][kind], units["unit"])
        apart.columns = [f"{kind}{n}" for n in apart]
        long = apart.rename_axis("id", axis=1).stack(future_stack=True).rename("change")
        made[kind] = long.reset_index().merge(units, on="unit").assign(name=lambda t: t["id"])
        extremes[kind] = pd.DataFrame(
            {
                side: missing.bounds(
                    pd.DataFrame({"mean": np.nanmean(now[kind] - then[kind], axis=0),
                                  "n": len(units)}, apart.columns),
                    len(units), low - high, high - low,
                )[side]
                for side, (then, now) in ends.items()
            }
        )  # fmt: skip
    families = change.comparisons(made, extremes, SCALE, "")
    return claims.table(families, units, stage="change", primary=(change.OVERALL,))


def trial(correlation: float, by: float, seed: int) -> dict[str, float]:
    """What one report says.

    Whether anything is clear (`clear`) or likely (`likely`), what is said of the first sub-element
    (`found`: clear or likely, `surely`: clear), and the spread of its difference (`spread`).
    """
    units = register()
    random = np.random.default_rng([seed, int(100 * correlation), int(100 * by)])
    table = found(*levels(len(units), correlation, by, random), units)
    first = table.loc[(change.PART, f"{change.PART}0")]
    return {
        "clear": (table["level"] == CLEAR).any(),
        "likely": (table["level"] == LIKELY).any(),
        "found": first["level"] in (CLEAR, LIKELY) and first["above"],
        "surely": first["level"] == CLEAR and first["above"],
        "spread": first["error"] * np.sqrt(first["n"]),
    }


def every(correlation: float, by: float, reports: int) -> Iterator[dict[str, float]]:
    """`trial` of each seed, on all cores."""
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        made = pool.map(partial(trial, correlation, by), range(reports), chunksize=20)
        yield from track(made, total=reports)


def main() -> None:
    reports = int(sys.argv[1]) if len(sys.argv) > 1 else 4000
    for correlation in CORRELATIONS:
        for by in (0.0, MOVED):
            made = pd.DataFrame(list(every(correlation, by, reports)))
            shares = made.astype(float).mean()
            low, high = stats.binomtest(int(made["clear"].sum()), reports).proportion_ci(0.95)
            print(
                f"r {correlation:.2f}, moved {by}: spread {shares['spread']:.2f}, any clear "
                f"{shares['clear']:.3f} ({low:.3f}-{high:.3f}), any likely {shares['likely']:.3f}, "
                f"found {shares['found']:.3f}, clear {shares['surely']:.3f}"
            )


if __name__ == "__main__":
    main()
