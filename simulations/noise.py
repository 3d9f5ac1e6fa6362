"""How often a stage calls something clear in pure noise, and how often it finds one level.

Every answer is drawn at random around what it is compared with, so that whatever a stage calls
clear is false; then, for some of the seeds, one item is moved by one level. Items, units and groups
are those of the sample. Of proposals all that is rated is drawn, and the amounts of the sample are
dealt out anew. Then the sample's own units are drawn anew, to see how often its quadrant is clear.

    python -m simulations.noise [SEEDS]
"""

import os
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Any

import numpy as np
import pandas as pd
from rich.progress import track
from scipy import stats

from analysis import levels, stages
from analysis.stages.evidence import claims
from analysis.survey.asked.fields import Amount, Scale
from analysis.survey.kept import store
from analysis.survey.kept.survey import Survey

BLANK = 0.04  # share of answers that are missing, at random
RESAMPLES = 300
MOVED = 500  # seeds, at most, for which one item is moved


@dataclass(frozen=True)
class Draw:
    """A survey whose answers are `tables`; all else is that of `survey`."""

    tables: dict[str, pd.DataFrame]
    survey: Survey

    def __getattr__(self, name: str) -> Any:
        return getattr(self.survey, name)

    def answers(self, name: str, even_none: bool = False) -> pd.DataFrame:
        return self.tables[name]

    def found(self) -> dict[str, pd.DataFrame]:
        """The claims of every stage whose answers are drawn."""
        made = {}
        for stage in stages.ALL:
            with suppress(KeyError):
                made[stage.of.name] = stage.of(self).found
        return {name: found for name, found in made.items() if len(found)}


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
        "contribution": {
            field.name: uniform(1, 5) for field in survey.instrument.table("contribution").fields
        },
    }
    tables = {}
    for name, columns in scales.items():
        table = survey.answers(name).assign(tb=False)
        whole = random.random(len(table)) >= BLANK
        drawn = {c: pd.Series(draw(len(table))).where(whole) for c, draw in columns.items()}
        tables[name] = table.assign(**drawn)
    others = {"pairs": _pairs(survey, random), "quickwin": _proposals(survey, random)}
    return Draw(tables | others, survey)


def _pairs(survey: Survey, random: np.random.Generator) -> pd.DataFrame:
    """Judgements of units whose weights are drawn, rounded to Saaty's scale: nearly consistent."""
    table = survey.answers("pairs")
    names, units = pd.unique(table[["left", "right"]].to_numpy().ravel()), table["unit"].unique()
    drawn = pd.DataFrame(random.lognormal(0, 0.5, (len(units), len(names))), units, names)
    weights = drawn.stack()
    left, right = (
        weights.reindex(pd.MultiIndex.from_frame(table[["unit", side]])).to_numpy()
        for side in ("left", "right")
    )
    strength = np.rint(np.maximum(left / right, right / left)).clip(1, 9)
    return table.assign(tb=False, more=np.where(left >= right, "A", "B"), strength=strength)


def _proposals(survey: Survey, random: np.random.Generator) -> pd.DataFrame:
    table = survey.answers("quickwin")
    for field in survey.instrument.table("quickwin").fields:
        if isinstance(field.kind, Scale):
            levels = random.integers(field.kind.low, field.kind.high + 1, len(table))
            table = table.assign(**{field.name: levels.astype(float)})
        elif isinstance(field.kind, Amount):
            table = table.assign(**{field.name: random.permutation(table[field.name].to_numpy())})
    return table


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


FOUND = {  # stage: the kind of comparison by which the moved item must become clear, and its side
    "readiness": ("below", False),
    "gap": ("gap", True),
    "swot": ("factor", True),
    "external": ("factor", True),
    "future": ("impact", True),
    "vision": ("leading", True),
}


def found(draw: Draw) -> dict[str, bool]:
    """Whether each stage of a moved survey calls clear what was moved."""
    made, tables = draw.found(), draw.tables
    items = {stage: tables[stage]["item"].iloc[0] for stage in FOUND if stage in tables}
    items["readiness"] = tables["readiness"]["subelement"].iloc[0]
    items["vision"] = tables["pairs"]["left"].iloc[0]
    return {
        stage: items[stage] in claims.clear(made[stage], kind, above)
        for stage, (kind, above) in FOUND.items()
    }


def trial(survey: Survey, seed: int) -> dict[str, dict[str, bool]]:
    """Which stages call anything clear, or likely, in noise."""
    made = noise(survey, seed).found()
    return {
        "clear": {stage: bool((t["level"] == levels.CLEAR).any()) for stage, t in made.items()},
        "likely": {stage: bool((t["level"] == levels.LIKELY).any()) for stage, t in made.items()},
    }


def search(survey: Survey, seed: int) -> dict[str, dict[str, bool]]:
    """Which stages find what was moved in noise."""
    return {"found": found(moved(noise(survey, seed), seed))}


def resampled(survey: Survey, seed: int) -> Draw:
    """The sample's own answers, its units drawn with replacement within their groups."""
    random = np.random.default_rng(seed)
    drawn = pd.concat(
        part.sample(len(part), replace=True, random_state=random)
        for _group, part in survey.units.groupby("group", sort=False)
    )
    copies = drawn.assign(copy=[f"u{n:02}" for n in range(len(drawn))])[["unit", "copy"]]
    tables = {}
    for name in ("swot", "external"):
        table = copies.merge(survey.answers(name), on="unit", how="left")
        tables[name] = table.drop(columns="unit").rename(columns={"copy": "unit"})
    units = copies.merge(survey.units, on="unit").drop(columns="unit")
    return Draw(tables, replace(survey, units=units.rename(columns={"copy": "unit"})))


def quadrant(survey: Survey, seed: int) -> str:
    """The level of the quadrant in one resample of the sample's units."""
    found = resampled(survey, seed).found()["swot"]
    return found.loc[found["primary"], "level"].iloc[0]


@cache
def _survey() -> Survey:
    return store.load()


def _of(what: Callable, seed: int) -> Any:
    return what(_survey(), seed)


def every(what: Callable, seeds: int) -> Iterator[Any]:
    """`what` of the sample's survey and each seed, on all cores."""
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        yield from track(pool.map(partial(_of, what), range(seeds), chunksize=5), total=seeds)


def main() -> None:
    seeds = int(sys.argv[1]) if len(sys.argv) > 1 else 4000
    false, searched = list(every(trial, seeds)), list(every(search, min(seeds, MOVED)))
    for title, part, outcomes in (
        ("false “clear” in noise", "clear", false),
        ("“likely” in noise", "likely", false),
        ("one level found clear", "found", searched),
    ):
        print(f"\n{title}, {len(outcomes)} seeds")
        counts = pd.DataFrame([outcome[part] for outcome in outcomes]).sum()
        for stage, count in counts.items():
            low, high = stats.binomtest(int(count), len(outcomes)).proportion_ci(0.95)
            print(f"  {stage:12} {count:5}  {count / len(outcomes):.3f}  ({low:.3f}-{high:.3f})")
    levels = pd.Series(list(every(quadrant, RESAMPLES))).value_counts(normalize=True)
    print(f"\nthe quadrant in {RESAMPLES} resamples of the sample's units")
    print(levels.round(3).to_string())


if __name__ == "__main__":
    main()
