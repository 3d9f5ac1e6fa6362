"""The summary for the mayor: one figure and one finding of every stage, and ten things to know."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.stages import external, gap, readiness, swot, vision
from analysis.stages.future import drivers

TEN = 10
SHOWN = {
    readiness.figures.THRESHOLD,
    gap.figures.CITY,
    gap.figures.LEADING_ITEM,
    swot.figures.TOTAL,
    external.figures.TOTAL,
    *drivers.KINDS.values(),
    vision.figures.LEADING,
}
"""The kinds of comparisons behind the sentences that the summary takes from the stages."""


@dataclass(frozen=True)
class Digest:
    """A stage in brief: its name, its key figures and its findings, the weightiest first."""

    name: str
    figures: Sequence[dict]
    findings: Sequence[str]


def overview(digests: Sequence[Digest]) -> pd.DataFrame:
    """The first figure of each stage: stage, shown, meaning (label), certainty (n, interval)."""
    rows = [
        (digest.name, figure["shown"], figure["label"], figure["detail"])
        for digest in digests
        for figure in digest.figures[:1]
    ]
    return pd.DataFrame(rows, columns=["stage", "shown", "meaning", "certainty"])


def figures(digests: Sequence[Digest], count: int = 4) -> list[dict]:
    """The first figure of the first `count` stages, each under its stage's name."""
    return [
        figure | {"label": f"{digest.name}: {figure['label']}"}
        for digest in digests[:count]
        for figure in digest.figures[:1]
    ]


def ten(digests: Sequence[Digest]) -> list[str]:
    """Ten sentences: the first finding of every stage, then the second ones in turn, and so on."""
    longest = max((len(digest.findings) for digest in digests), default=0)
    in_turn = [
        f"{digest.name}: {digest.findings[rank]}"
        for rank in range(longest)
        for digest in digests
        if rank < len(digest.findings)
    ]
    return in_turn[:TEN]
