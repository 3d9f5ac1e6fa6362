"""Factors on either side of neutral: the weightiest, those that are clear, and both in words."""

import pandas as pd

from analysis.levels import CLEAR, LIKELY, UNCLEAR
from analysis.stages.evidence.finding import Finding
from analysis.text import _, bare, interval, listed, number

SHOWN = 3  # factors that a sentence names, and that its details tell of


def strongest(matrix: pd.DataFrame, neutral: float, above: bool) -> pd.DataFrame:
    """The factors above (below) neutral, the largest weight x distance from it (`pull`) first.

    A neutral factor is on neither side. Equal ones keep their order, whatever rounding does.
    """
    side = matrix[matrix["rating"] > neutral if above else matrix["rating"] < neutral]
    pull = (side["weight"] * (side["rating"] - neutral)).abs().round(9)
    return side.assign(pull=pull).sort_values("pull", ascending=False, kind="stable")


def heading(matrix: pd.DataFrame, neutral: float, high: str, low: str) -> str:
    """How many factors are clear on each side; `high`, `low`: what they are called there."""
    if matrix.empty:
        return _("Belum ada jawaban")
    clear = matrix.loc[matrix["level"] == CLEAR, "rating"]
    words = (
        _("{above} {high} dan {below} {low} yang jelas, dari {all} faktor")
        if len(clear)
        else _("Belum satu pun dari {all} faktor jelas merupakan {high} atau {low}")
    )
    return words.format(
        above=int((clear > neutral).sum()),
        below=int((clear < neutral).sum()),
        high=high,
        low=low,
        all=len(matrix),
    )


def finding(matrix: pd.DataFrame, neutral: float, above: bool, what: str) -> Finding:
    """Which factors are clear on one side, else which are likely; `what`: what they are there."""
    chosen = surest(matrix, neutral, above)
    if chosen.empty:
        none = _("Belum ada faktor yang jelas merupakan {what}.")
        return Finding(none.format(what=what), UNCLEAR)
    words = {
        CLEAR: _("Jelas merupakan {what}: {names}."),
        LIKELY: _("Cenderung merupakan {what}: {names}."),
    }
    first = chosen.iloc[0]
    names = listed(chosen["name"].map(bare), SHOWN)
    counted = _("{count} dari {all} faktor").format(count=len(chosen), all=len(matrix))
    return Finding(
        words[first["level"]].format(what=what, names=names),
        first["level"],
        detail="; ".join([counted, *_described(chosen)]) + ".",
        claim=first["claim"],
    )


def surest(matrix: pd.DataFrame, neutral: float, above: bool) -> pd.DataFrame:
    """The factors on one side that are clear, or where none is those that are likely."""
    side = strongest(matrix, neutral, above)
    clear, likely = (side[side["level"] == level] for level in (CLEAR, LIKELY))
    return clear if len(clear) else likely


def _described(rows: pd.DataFrame) -> list[str]:
    return [
        _("{name}: {rating} ({interval}; n = {n})").format(
            name=row.name,
            rating=number(row.rating),
            interval=interval(row.low, row.high),
            n=row.n,
        )
        for row in rows.head(SHOWN).itertuples(index=False)
    ]
