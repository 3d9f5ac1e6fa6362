"""What all profiles have in common: every unit beside its group and the city, worked out once."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from analysis.stages.evidence.survey import Survey
from analysis.stages.whole import beside
from analysis.stages.whole.summary import Summary
from analysis.text import _

OVERVIEW, MEAN_GAP = "overview", "mean_gap"
"""What rows of `Together.compared` are of, besides tiers of readiness and answers of a stage."""
AGAINST = {
    "readiness": "level",
    "gap": "gap",
    "future": "impact",
    "external": "rating",
    "swot": "rating",
}
"""The answers of a stage of which each item stands beside the group and the city."""
NOTES = ["unit", "stage", "item", "name", "written"]


@dataclass(frozen=True, eq=False)
class Together:
    """What every unit of one survey said, beside its group and the city."""

    survey: Survey
    confidence: float = 0.95

    @cached_property
    def every(self) -> Summary:
        """The stages and indices, which judge no unit by how many others answered."""
        return Summary(self.survey.singly(), self.confidence)

    @cached_property
    def stages(self) -> dict[str, Any]:
        """By its name each stage that can run, in the order of the masterplan."""
        return dict(sorted(self.every.stages.items(), key=lambda item: item[1].place or 0))

    def _of(self, stage: str, name: str, texts: str, numbers: str = "") -> pd.DataFrame:
        """A frame of a stage, or one of these columns without rows where the stage cannot run."""
        if stage in self.stages:
            return getattr(self.stages[stage], name)
        kinds = dict.fromkeys(["unit", "group", "name", *texts.split()], "object")
        kinds |= dict.fromkeys(numbers.split(), "float")
        return pd.DataFrame(columns=list(kinds)).astype(kinds)

    def _against(self, frame: pd.DataFrame, item: str, value: str, of: str) -> pd.DataFrame:
        return beside.against(frame, item, value, self.survey.enough).assign(of=of)

    @cached_property
    def compared(self) -> pd.DataFrame:
        """The rows of `beside.against`, and what they are ``of``.

        `OVERVIEW` (with the title of its ``stage``), tiers of readiness, `MEAN_GAP`, ``weight``,
        or a stage of `AGAINST`.
        """
        units = self.survey.units.query("answered")["unit"]
        parts = [
            beside.overview(stage, units, self.survey.enough).assign(stage=_(stage.title))
            for stage in self.stages.values()
        ]
        parts = [part.assign(of=OVERVIEW) for part in parts]
        scores = self._of("readiness", "scores", "id tier", "score")
        for tier, own in scores.groupby("tier", sort=False):
            parts.append(self._against(own, "id", "score", str(tier)))
        means = self._of("gap", "own_values", "item", "value")
        whole = means[means["item"].isin(means["item"].head(1))]
        parts.append(self._against(whole.assign(name=""), "item", "value", MEAN_GAP))
        weights = self._of("vision", "of_units", "dimension dimension_name", "dimension_weight")
        named = weights.assign(name=weights["dimension_name"])
        parts.append(self._against(named, "dimension", "dimension_weight", "weight"))
        for stage, value in AGAINST.items():
            answers = self._of(stage, "answers", "item", value)
            parts.append(self._against(answers, "item", value, stage))
        whole = pd.concat([part for part in parts if len(part)] or parts[-1:], ignore_index=True)
        return whole.reindex(columns=[*beside.ROW, "of", "stage"])

    @cached_property
    def conditions(self) -> pd.DataFrame:
        """The answers on gaps that have both a present condition and a target."""
        answers = self._of("gap", "answers", "item dimension_name", "gap current target")
        return answers.dropna(subset=["current", "target"])

    @cached_property
    def ranking(self) -> pd.DataFrame:
        """The complete proposals of all units by rank: see `quickwin.figures.ranking`."""
        numbers = "rank rank_low rank_high cost duration beneficiaries"
        return self._of("quickwin", "ranking", "dimension_name", numbers)

    @cached_property
    def consistency(self) -> pd.DataFrame:
        """How consistent the comparisons of each unit are: see `judgements.consistency`."""
        return self._of("vision", "consistency", "reason")

    @cached_property
    def due(self) -> pd.DataFrame:
        """The levels that should have evidence, of readiness and all indices: see `proof.due`."""
        found = [self._of("readiness", "due", "table item evidence unproven", "level")]
        found += [index.due for index in self.every.indices]
        return pd.concat([part for part in found if len(part)] or found[:1], ignore_index=True)

    @cached_property
    def notes(self) -> pd.DataFrame:
        """What units wrote beside their answers: `NOTES`."""
        parts = [
            stage.notes_by_unit.assign(stage=stage.called)
            for stage in (*self.stages.values(), *self.every.indices)
            if stage.noted
        ]
        return pd.concat(parts or [pd.DataFrame(columns=NOTES)], ignore_index=True)[NOTES]

    @property
    def frames(self) -> Mapping[str, pd.DataFrame]:
        """All of it by name."""
        names = "compared", "conditions", "consistency", "due", "notes", "ranking"
        return {name: getattr(self, name) for name in names}
