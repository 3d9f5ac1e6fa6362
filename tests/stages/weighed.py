"""Evaluation matrices of a few factors, with what is sure of each, for the EFAS and SWOT tests."""

from types import SimpleNamespace

import pandas as pd
from hypothesis import strategies as st

from analysis.text import interval, number
from tests.stages.sentences import NAMES, believed

# A rating that equals neutral is never surely on a side of it.
rated = st.tuples(
    st.integers(1, 5), st.sampled_from([1.0, 1.5, 2.4, 2.5, 2.6, 4.0]), st.booleans()
).map(lambda r: (r[0], r[1], r[2] and r[1] != 2.5))
ratings = st.lists(rated, min_size=1, max_size=6)


def matrix(given) -> pd.DataFrame:
    """An evaluation matrix from importance and rating of each factor, highest score first."""
    table = pd.DataFrame(
        {"item": list(NAMES[: len(given)]), "name": list(NAMES[: len(given)]),
         "weight": [i / sum(j for j, *_r in given) for i, *_r in given],
         "rating": [r for _i, r, *_s in given], "n": 12}
    ).assign(low=lambda t: t["rating"] - 0.1, high=lambda t: t["rating"] + 0.1)  # fmt: skip
    table["score"] = table["weight"] * table["rating"]
    return table.sort_values("score", ascending=False, kind="stable", ignore_index=True)


def claimed(given, kind, *others) -> pd.DataFrame:
    rows = [(kind, name, "", r - 2.5, s) for name, (_i, r, s) in zip(NAMES, given, strict=False)]
    return believed(*rows, *others)


def sure_of(table, given, above, by):
    """The names that are sure on one side, in the order of a figure."""
    certain = [n for n, (_i, r, s) in zip(NAMES, given, strict=False) if s and (r > 2.5) == above]
    rows = table[table["name"].isin(certain)]
    if above:
        rows = rows[rows["rating"] >= 2.5]
    return list(rows.sort_values(by, ascending=False, kind="stable")["name"])


def said(table, chosen):
    rows = table.set_index("name").loc[chosen]
    return [
        f"{name} ({number(r.rating)}; {interval(r.low, r.high)}; n = {r.n})"
        for name, r in rows.iterrows()
    ]


def with_pull(table):
    return table.assign(pull=(table["weight"] * (table["rating"] - 2.5)).abs())


class Survey:
    """Answers of a survey in memory, by table; `read`: which tables were asked for."""

    settings = SimpleNamespace(seed=2023)

    def __init__(self, **tables: pd.DataFrame):
        self.tables, self.read = tables, []
        units = next(iter(tables.values())).drop_duplicates("unit")
        self.units = units[["unit"]].assign(weight=1.0)

    def answers(self, name: str) -> pd.DataFrame:
        self.read.append(name)
        return self.tables[name]
