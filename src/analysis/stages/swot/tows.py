"""TOWS: the strongest factors of each list paired into candidates for the workshop."""

import pandas as pd

from analysis.stages.external import sides
from analysis.text import _


def pairs(internal: pd.DataFrame, external: pd.DataFrame, count: int = 3) -> pd.DataFrame:
    """Candidates for the workshop: the strongest factors of each list paired, strongest first.

    Columns: strategy (SO, WO, ST, WT), internal, external (names), idea. A list without factors
    gives no pair. Source: Weihrich (1982), Long Range Planning 15(2), 54-66.
    """
    ideas = {
        "SO": _("Bagaimana kekuatan pada “{internal}” dipakai untuk meraih peluang “{external}”?"),
        "WO": _("Apa yang dibenahi pada “{internal}” agar peluang “{external}” dapat diraih?"),
        "ST": _("Bagaimana kekuatan pada “{internal}” meredam ancaman “{external}”?"),
        "WT": _("Bagaimana kelemahan pada “{internal}” tidak memperparah ancaman “{external}”?"),
    }
    rows = []
    for strategy, idea in ideas.items():
        own = sides.strongest(internal, strategy[0] == "S")["name"].head(count)
        outer = sides.strongest(external, strategy[1] == "O")["name"].head(count)
        rows += [
            (strategy, mine, theirs, idea.format(internal=mine, external=theirs))
            for mine, theirs in zip(own, outer, strict=False)
        ]
    return pd.DataFrame(rows, columns=["strategy", "internal", "external", "idea"])


def lines(answers: pd.DataFrame, names: pd.Series) -> pd.DataFrame:
    """The units' own lines of each kind: kind, unit_name, text; `names`: of the scheme swot."""
    letters = dict(zip("SWOT", names, strict=True))
    kind = answers["item"].str.extract(r"-([SWOT])", expand=False).map(letters)
    return answers.assign(kind=kind)[["kind", "unit_name", "text"]].dropna()
