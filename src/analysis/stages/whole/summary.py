"""The summary for the mayor: one figure and one finding of every stage, and ten things to know."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

from analysis import stages
from analysis.stages.evidence import response
from analysis.stages.evidence.finding import Finding
from analysis.stages.evidence.stage import Stage, Survey
from analysis.text import _

TEN, FIGURES = 10, 4


@dataclass(frozen=True, eq=False)
class Summary:
    """What every stage says of one survey, in brief."""

    survey: Survey
    confidence: float = 0.95

    @cached_property
    def stages(self) -> dict[str, Stage]:
        """Every stage by its name, the most prominent first."""
        order = sorted(stages.ALL, key=lambda stage: stage.of.prominence)
        return {s.of.name: s.of(self.survey, confidence=self.confidence) for s in order}

    @property
    def key_figures(self) -> list[dict]:
        if not self.survey.enough:
            return [response.figure(self.survey)]
        return figures(list(self.stages.values()))

    @property
    def overview(self) -> pd.DataFrame:
        return overview(list(self.stages.values()))

    @property
    def findings(self) -> list[Finding]:
        if not self.survey.enough:
            return [response.finding(self.survey)]
        return ten(list(self.stages.values()))


def overview(digests: Sequence[Stage]) -> pd.DataFrame:
    """The first figure of each stage: stage, shown, meaning (label), certainty (n, interval)."""
    rows = [
        (_(digest.title), figure["shown"], figure["label"], figure["detail"])
        for digest in digests
        for figure in digest.key_figures[:1]
    ]
    return pd.DataFrame(rows, columns=["stage", "shown", "meaning", "certainty"])


def figures(digests: Sequence[Stage]) -> list[dict]:
    """The first figure of the first stages, each under its stage's name."""
    return [
        figure | {"label": f"{_(digest.title)}: {figure['label']}"}
        for digest in digests[:FIGURES]
        for figure in digest.key_figures[:1]
    ]


def ten(digests: Sequence[Stage]) -> list[Finding]:
    """Ten findings: the first of every stage, then the second ones in turn, and so on."""
    said = [(_(digest.title), digest.headlines) for digest in digests]
    in_turn = [
        replace(found[rank], headline=f"{name}: {found[rank].headline}")
        for rank in range(max((len(found) for _name, found in said), default=0))
        for name, found in said
        if rank < len(found)
    ]
    return in_turn[:TEN]


of = Summary
