"""Evaluation matrices of a few factors, with how sure each is, for the EFAS and SWOT tests."""

import pandas as pd
from hypothesis import strategies as st

from analysis.text import interval, number
from tests.stages.sentences import NAMES, believed

# A rating that equals neutral is never clearly on a side of it.
rated = st.tuples(
    st.integers(1, 5),
    st.sampled_from([1.0, 1.5, 2.4, 2.5, 2.6, 4.0]),
    st.sampled_from(["clear", "likely", "unclear"]),
).map(lambda r: (r[0], r[1], "unclear" if r[1] == 2.5 else r[2]))
ratings = st.lists(rated, min_size=1, max_size=6)


def matrix(given) -> pd.DataFrame:
    """An evaluation matrix from importance, rating and level of each, highest score first."""
    table = pd.DataFrame(
        {"item": list(NAMES[: len(given)]), "name": list(NAMES[: len(given)]),
         "weight": [i / sum(j for j, *_r in given) for i, *_r in given],
         "rating": [r for _i, r, _l in given], "level": [level for *_r, level in given], "n": 12}
    ).assign(low=lambda t: t["rating"] - 0.1, high=lambda t: t["rating"] + 0.1)  # fmt: skip
    table["claim"] = "s." + table["item"] + ".factor"
    table["score"] = table["weight"] * table["rating"]
    return table.sort_values("score", ascending=False, kind="stable", ignore_index=True)


def claimed(given, kind, *others) -> pd.DataFrame:
    rows = [(kind, name, "", r, level) for name, (_i, r, level) in zip(NAMES, given, strict=False)]
    return believed(*rows, *others)


def pulling(table, above, levels=("clear", "likely", "unclear")):
    """The rows of one side and of some levels, by how far they pull, worked out one by one."""
    rows = [
        (-round(abs(row["weight"] * (row["rating"] - 2.5)), 9), place, row)
        for place, row in enumerate(table.to_dict("records"))
        if row["level"] in levels and (row["rating"] > 2.5 if above else row["rating"] < 2.5)
    ]
    return [row for *_order, row in sorted(rows, key=lambda r: r[:2])]


def said(rows):
    """Some rows as the details of a finding bear them, by hand."""
    return "; ".join(
        f"{r['name']}: {number(r['rating'])} ({interval(r['low'], r['high'])}; n = {r['n']})"
        for r in rows
    )


def told(finding, table, above, what) -> bool:
    """Whether a finding says of one side of a matrix what is so."""
    for level, word in (("clear", "jelas"), ("likely", "cenderung")):
        if rows := pulling(table, above, [level]):
            start, listed = finding.headline.removesuffix(".").split(": ")
            assert start == f"{word.capitalize()} merupakan {what}"
            names = [row["name"] for row in rows]
            assert [name for name in names if name in listed] == names[: 6 if len(rows) < 5 else 3]
            counted = f"{len(rows)} dari {len(table)} faktor"
            assert finding.detail == f"{counted}; {said(rows[:3])}."
            return (finding.level, finding.claim) == (level, rows[0]["claim"])
    assert finding.headline == f"Belum ada faktor yang jelas merupakan {what}."
    return (finding.level, finding.claim, finding.detail) == ("unclear", "", "")
