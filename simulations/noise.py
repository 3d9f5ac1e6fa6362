"""How often a report claims something of pure noise, and how often it finds one level's difference.

Every answer is drawn at random around what it is compared with, so that whatever a report claims is
false; then one item is moved by one level. Items, units and groups are those of the sample.

    python -m simulations.noise [SEEDS]
"""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from scipy import stats

from analysis.stages import external, gap, readiness, swot, vision
from analysis.stages.evidence import claims
from analysis.stages.future import drivers
from analysis.stages.vision import judgements
from analysis.stages.whole.summary import SHOWN
from analysis.survey.kept import store
from analysis.survey.kept.store import Survey

BLANK = 0.04  # share of answers that are missing, at random
THRESHOLD, CUT = 2.6, 3.0


@dataclass(frozen=True)
class Draw:
    """One survey of noise: tables by name, and the claims of each report that they lead to."""

    tables: dict[str, pd.DataFrame]
    survey: Survey

    def comparisons(self) -> dict[str, list[claims.Comparisons]]:
        """What each report compares."""
        expected = len(self.survey.units)
        table = self.tables
        contributed = self.survey.instrument.table("contribution").fields
        names = self.survey.instrument.scheme("obstacle")["short"]
        judged = judgements.judge(table["pairs"])
        elements = {field.name: field.title for field in contributed}
        outside = external.figures.comparisons(table["external"], expected)
        return {
            "readiness": readiness.figures.comparisons(table["readiness"], THRESHOLD, expected),
            "gap": gap.figures.comparisons(gap.figures.gaps(table["gap"]), names, expected),
            "swot": [
                *swot.figures.comparisons(table["swot"], expected),
                *claims.selected(outside, swot.figures.SHARED),
            ],
            "external": outside,
            "future": drivers.comparisons(table["future"], CUT, expected),
            "vision": vision.figures.comparisons(judged, table["contribution"], elements, expected),
        }

    def claimed(self) -> dict[str, pd.DataFrame]:
        """The table of claims of each report, the summary included."""
        compared = self.comparisons()
        pooled = [family for families in compared.values() for family in families]
        compared["summary"] = claims.selected(pooled, SHOWN)
        return {k: claims.table(v, self.survey.units) for k, v in compared.items()}


def noise(survey: Survey, seed: int) -> Draw:
    """A survey in which nothing differs from anything."""
    random = np.random.default_rng(seed)

    def uniform(low: int, high: int) -> Callable[[int], np.ndarray]:
        return lambda size: random.integers(low, high + 1, size).astype(float)

    obstacles = list(survey.instrument.scheme("obstacle").index)
    scales = {
        # 1 + binomial(4, 0.4) has a mean of 2.6, the threshold.
        "readiness": {"level": lambda size: 1.0 + random.binomial(4, 0.4, size)},
        "gap": {
            **{name: uniform(1, 5) for name in ("current", "target", "importance")},
            "obstacle": lambda size: random.choice(obstacles, size),
        },
        "swot": {"importance": uniform(1, 5), "rating": uniform(1, 4)},
        "external": {"importance": uniform(1, 5), "rating": uniform(1, 4)},
        "future": {"impact": uniform(1, 5), "uncertainty": uniform(1, 5)},
        "pairs": {"more": lambda size: random.choice(["A", "B"], size), "strength": uniform(1, 3)},
        "contribution": {
            field.name: uniform(1, 5) for field in survey.instrument.table("contribution").fields
        },
    }
    tables = {}
    for name, columns in scales.items():
        table = survey.answers(name).assign(tb=False)
        whole = random.random(len(table)) >= (0 if name == "pairs" else BLANK)
        drawn = {c: pd.Series(draw(len(table))).where(whole) for c, draw in columns.items()}
        tables[name] = table.assign(**drawn)
    return Draw(tables, survey)


def moved(draw: Draw, seed: int) -> Draw:
    """The same noise, but for one item of each table that lies one level away."""
    random = np.random.default_rng(seed + 10**6)
    tables = {name: table.copy() for name, table in draw.tables.items()}

    def put(name: str, rows: pd.Series, column: str, values: Callable[[int], np.ndarray]) -> None:
        table = tables[name]
        chosen = rows & table[column].notna()
        table.loc[chosen, column] = values(int(chosen.sum()))

    first = {name: table["item"].iloc[0] for name, table in tables.items()}
    weak = tables["readiness"]["subelement"] == tables["readiness"]["subelement"].iloc[0]
    put("readiness", weak, "level", lambda n: 1.0 + random.binomial(4, 0.15, n))
    item = tables["gap"]["item"] == first["gap"]
    put("gap", item, "current", lambda n: random.integers(1, 5, n).astype(float))
    put("gap", item, "target", lambda n: random.integers(2, 6, n).astype(float))
    for name, column, low, high in (
        ("swot", "rating", 3, 4),
        ("external", "rating", 3, 4),
        ("future", "impact", 3, 5),
    ):
        rows = tables[name]["item"] == first[name]
        put(name, rows, column, lambda n, a=low, b=high: random.integers(a, b + 1, n).astype(float))
    pairs = tables["pairs"]
    dimension = pairs["left"].iloc[0]
    # Of judgements in pairs: the first dimension is favoured 2 to 4 times wherever it stands.
    for side, letter in (("left", "A"), ("right", "B")):
        mine = pairs[side] == dimension
        pairs.loc[mine, "more"] = letter
        pairs.loc[mine, "strength"] = random.integers(2, 5, int(mine.sum())).astype(float)
    return replace(draw, tables=tables)


FOUND = {  # report: the comparison that the moved item must turn into a claim
    "readiness": (readiness.figures.THRESHOLD, False),
    "gap": (gap.figures.ITEM, True),
    "swot": (swot.figures.FACTOR, True),
    "external": (external.figures.FACTOR, True),
    "future": (drivers.KINDS[drivers.IMPACT], True),
    "vision": (vision.figures.LEADING, True),
}


def found(draw: Draw) -> dict[str, bool]:
    """Whether each report of a moved survey claims what was moved."""
    table, tables = draw.claimed(), draw.tables
    items = {report: tables[report]["item"].iloc[0] for report in FOUND if report in tables}
    items["readiness"] = tables["readiness"]["subelement"].iloc[0]
    items["vision"] = tables["pairs"]["left"].iloc[0]
    return {
        report: items[report] in claims.sure(table[report], kind, above)
        for report, (kind, above) in FOUND.items()
    }


def trials(survey: Survey, seeds: int) -> Iterator[tuple[dict[str, bool], dict[str, bool]]]:
    """For each seed: which reports claim anything of noise, and which find what was moved."""
    for seed in range(seeds):
        draw = noise(survey, seed)
        false = {report: bool(table["sure"].any()) for report, table in draw.claimed().items()}
        yield false, found(moved(draw, seed))


def main() -> None:
    seeds = int(sys.argv[1]) if len(sys.argv) > 1 else 400
    survey = store.load()
    outcomes = list(trials(survey, seeds))
    for title, part in (("false claims of noise", 0), ("one level found", 1)):
        print(f"\n{title}, {seeds} seeds")
        counts = pd.DataFrame([outcome[part] for outcome in outcomes]).sum()
        for report, count in counts.items():
            low, high = stats.binomtest(int(count), seeds).proportion_ci(0.95)
            print(f"  {report:12} {count:4}  {count / seeds:.3f}  ({low:.3f}-{high:.3f})")


if __name__ == "__main__":
    main()
