"""The summary for the mayor: how the city stands, the few things to decide, a figure per stage."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest

from analysis import stages
from analysis.levels import UNCLEAR
from analysis.stages.evidence import response
from analysis.stages.evidence.finding import Finding
from analysis.stages.evidence.stage import Stage
from analysis.stages.evidence.survey import Survey
from analysis.stages.whole.index import Assessed

FEWEST, MOST = 3, 4  # things to decide


@dataclass(frozen=True, eq=False)
class Summary:
    """What every stage and index says of one survey, in brief."""

    survey: Survey
    confidence: float = 0.95

    @cached_property
    def stages(self) -> dict[str, Stage]:
        """By its name each stage for which the questionnaire suffices, the most prominent first."""
        fitting = stages.fitting(self.survey.instrument).values()
        order = sorted(fitting, key=lambda of: of.prominence)
        return {of.name: of(self.survey, confidence=self.confidence) for of in order}

    @cached_property
    def indices(self) -> list[Assessed]:
        """The indices of the period."""
        return [Assessed(self.survey, self.confidence, id) for id in self.survey.instrument.indices]

    @property
    def key_figures(self) -> list[dict]:
        """The first figure of each stage and index."""
        if not self.survey.enough:
            return [response.figure(self.survey)]
        return [figure for digest in self._digests for figure in digest.key_figures[:1]]

    @property
    def _digests(self) -> list[Stage]:
        return [*self.stages.values(), *self.indices]

    @property
    def findings(self) -> list[Finding]:
        """How the city stands, and what is to be decided: see `decisions`."""
        if not self.survey.enough:
            return [response.finding(self.survey)]
        return decisions(self._digests)


def decisions(digests: Sequence[Stage]) -> list[Finding]:
    """How the city stands, and then the three or four things to decide.

    `digests`: the most prominent first. The first headline of all says how the city stands. To be
    decided are the other ones about which somebody is to do something, in turn: one of every stage,
    then the second ones. Nothing is proposed twice, what is unclear comes after the rest, and where
    fewer than three have a proposal, others come last.
    """
    said = [list(digest.headlines) for digest in digests]
    lead = next((found.pop(0) for found in said if found), None)
    if lead is None:
        return []
    turns = zip_longest(*(sorted(found, key=_weight) for found in said))
    in_turn = [finding for turn in turns for finding in turn if finding]
    decided, done = [], {lead.action}
    for finding in sorted(in_turn, key=_weight):
        if not finding.action or finding.action not in done:
            decided.append(finding)
            done.add(finding.action)
    acted = sum(bool(finding.action) for finding in decided)
    return [lead, *decided[: min(max(acted, FEWEST), MOST)]]


def _weight(finding: Finding) -> tuple[bool, bool]:
    """What is sorted by it comes first where somebody is to do something about what is known."""
    return not finding.action, finding.level == UNCLEAR


of = Summary
