"""One unit against its group and the city, in every stage (Profil unit)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

import pandas as pd

from analysis.origin import Source
from analysis.stages.evidence import proof, respondents, response
from analysis.stages.evidence.finding import Finding
from analysis.stages.evidence.stage import frame
from analysis.stages.evidence.survey import Survey
from analysis.stages.whole import beside, words
from analysis.stages.whole.summary import Summary
from analysis.text import _


@dataclass(frozen=True, eq=False)
class Profile:
    """What one unit said, beside its group and the city; `unit`: see `beside.chosen`."""

    survey: Survey
    unit: str = ""
    confidence: float = 0.95

    name = "profile"
    measured: ClassVar[Mapping[str, str]] = {
        **{"overview": "overview", "index": "readiness", "subelements": "readiness"},
        **{"strengths": "indicator", "gaps": "gap", "weak": "gap", "mean_gap": "gap"},
        **{"weights": "weight", "future": "impact", "external": "external", "swot": "swot"},
    }

    @property
    def scope(self) -> str:
        return self.chosen["unit"]

    @property
    def source(self) -> Source:
        return self.survey.source.by(self)

    @cached_property
    def stages(self) -> dict[str, Any]:
        """By its name each stage that can run, in the order of the masterplan."""
        every = self._every.stages
        return dict(sorted(every.items(), key=lambda item: item[1].place or 0))

    @cached_property
    def _every(self) -> Summary:
        return Summary(self.survey.singly(), self.confidence)

    def _of(self, stage: str, name: str, texts: str, numbers: str = "") -> pd.DataFrame:
        """A frame of a stage, or one of these columns without rows where the stage cannot run."""
        if stage in self.stages:
            return getattr(self.stages[stage], name)
        kinds = dict.fromkeys(["unit", "group", "name", *texts.split()], "object")
        kinds |= dict.fromkeys(numbers.split(), "float")
        return pd.DataFrame(columns=list(kinds)).astype(kinds)

    @property
    def _levels(self) -> Any:
        """The scale of readiness, which is not asked of anybody where that stage cannot run."""
        return getattr(self.stages.get("readiness"), "levels", None)

    @cached_property
    def chosen(self) -> pd.Series:
        """The register row of the unit."""
        return beside.chosen(self.survey.units, self.unit)

    def against(self, answers: pd.DataFrame, item: str, value: str) -> pd.DataFrame:
        """`beside.against` of this unit."""
        return beside.against(answers, self.chosen["unit"], item, value, self.survey.enough)

    @frame
    def overview(self) -> pd.DataFrame:
        """One line per measure of every stage: see `beside.overview`."""
        unit = self.chosen["unit"]
        return beside.overview(
            (
                (_(stage.title), name, figures)
                for stage in self.stages.values()
                for name, figures in stage.measures(unit)
            ),
            unit,
            self.survey.enough,
        )

    @cached_property
    def _scores(self) -> pd.DataFrame:
        scores = self._of("readiness", "scores", "id tier", "score")
        return scores.rename(columns={"score": "own_score"})

    def _tier(self, tier: str) -> pd.DataFrame:
        scores = self._scores
        return self.against(scores[scores["tier"] == tier], "id", "own_score")

    @frame
    def index(self) -> pd.DataFrame:
        return self._tier("index")

    @frame
    def subelements(self) -> pd.DataFrame:
        """The sub-elements, the one that the unit rates highest on top."""
        return self._tier("subelement").sort_values("own", ascending=False, kind="stable")

    @frame
    def strengths(self) -> pd.DataFrame:
        return beside.strengths(self._against("readiness", "level"))

    @frame
    def gaps(self) -> pd.DataFrame:
        """Every gap, the largest first; of equal ones that which lies farthest above the city."""
        gaps = self._against("gap", "gap")
        return gaps.sort_values(["own", "difference"], ascending=False, kind="stable")

    @frame
    def own_gaps(self) -> pd.DataFrame:
        """The unit's present conditions and targets, in the order of `gaps`."""
        answers = self._of("gap", "answers", "item dimension_name", "gap current target")
        own = answers[answers["unit"] == self.chosen["unit"]].set_index("item", drop=False)
        own = own.loc[self.gaps["item"]].reset_index(drop=True)
        return own.dropna(subset=["current", "target"])

    @frame
    def mean_gap(self) -> pd.DataFrame:
        means = self._of("gap", "own_values", "item", "value")
        whole = means["item"].isin(means["item"].head(1))
        return self.against(means[whole].assign(name=""), "item", "value")

    @frame
    def weak(self) -> pd.DataFrame:
        return beside.gaps(self.gaps)

    @frame
    def weights(self) -> pd.DataFrame:
        weights = self._of("vision", "of_units", "dimension dimension_name", "dimension_weight")
        named = weights.assign(name=weights["dimension_name"])
        return self.against(named, "dimension", "dimension_weight")

    @frame
    def proposals(self) -> pd.DataFrame:
        return self._ranking[self._ranking["unit"] == self.chosen["unit"]]

    @property
    def _ranking(self) -> pd.DataFrame:
        numbers = "rank rank_low rank_high cost duration beneficiaries"
        return self._of("quickwin", "ranking", "dimension_name", numbers)

    @cached_property
    def _blanks(self) -> pd.DataFrame:
        blanks = self.survey.blanks
        return blanks[blanks["unit"] == self.chosen["unit"]]

    @frame
    def blanks(self) -> pd.DataFrame:
        """The items with required questions left blank: item, name, sheet, and where in `cell`."""
        by = ["item", "name", "sheet"]
        return self._blanks.groupby(by, sort=False)["cell"].agg(", ".join).reset_index()

    @frame
    def problems(self) -> pd.DataFrame:
        """What else the unit should mend."""
        problems = self.survey.problems
        own = (problems["unit"] == self.chosen["unit"]) & problems["for_unit"]
        return problems[own & ~problems["blank"]]

    @frame
    def unproven(self) -> pd.DataFrame:
        """The unit's levels that should have evidence and have none."""
        due = self._due
        return due[due["unproven"].astype(bool)].reset_index(drop=True)

    @property
    def _due(self) -> pd.DataFrame:
        found = [self._of("readiness", "due", "table item evidence unproven", "level")]
        found += [index.due for index in self._every.indices]
        due = pd.concat([part for part in found if len(part)] or found[:1], ignore_index=True)
        return due[due["unit"] == self.chosen["unit"]]

    @frame
    def notes(self) -> pd.DataFrame:
        """What the unit wrote beside its answers: stage, item, name, written."""
        alone = self.survey.alone(self.chosen["unit"])
        parts = [
            stage.notes_of(alone).assign(stage=stage.called)
            for stage in (*self.stages.values(), *self._every.indices)
            if stage.noted
        ]
        columns = ["stage", "item", "name", "written"]
        return pd.concat(parts or [pd.DataFrame(columns=columns)], ignore_index=True)[columns]

    def _apart(self, stage: str, value: str) -> pd.DataFrame:
        return beside.apart(self._against(stage, value))

    def _against(self, stage: str, value: str) -> pd.DataFrame:
        return self.against(self._of(stage, "answers", "item", value), "item", value)

    future = frame(lambda self: self._apart("future", "impact"))
    """The items of a stage farthest from the city: see `beside.apart`."""
    external = frame(lambda self: self._apart("external", "rating"))
    swot = frame(lambda self: self._apart("swot", "rating"))

    @property
    def key_figures(self) -> list[dict]:
        completeness = self.survey.completeness
        own = completeness[completeness["unit"] == self.chosen["unit"]]
        figures = self.index, self.mean_gap, own, self._levels
        return words.key_figures(*figures, self.people)

    @property
    def people(self) -> int:
        """How many answered for the unit."""
        return max(1, int(respondents.several(self.survey).get(self.chosen["unit"], 1)))

    @property
    def note(self) -> str:
        """Whose its own figures are, below a picture."""
        return words.whose(self.people) + "."

    @property
    def findings(self) -> list[Finding]:
        few = [] if self.survey.enough else [response.finding(self.survey)]
        return [
            *words.rated(
                self.subelements, self.strengths, self.weak, self._led("readiness"), self._levels
            ),
            words.complete(self.chosen, self._blanks),
            *few,
            words.proposed(self._ranking, self.chosen["unit"]),
            proof.finding(self._due, self._bound),
        ]

    @property
    def _bound(self) -> int:
        return self.survey.settings.thresholds.evidence

    def _led(self, stage: str) -> pd.DataFrame:
        """What is proposed about items of a stage for this unit to lead."""
        return self.survey.actions.query("stage == @stage and unit == @self.chosen.unit")

    @property
    def titles(self) -> dict[str, str]:
        """What each picture or table shows, by the name of its frame."""
        unit = self.chosen["unit"]
        beside_city = dict.fromkeys(("strengths", "subelements"), response.title(self.survey))
        said = {
            "strengths": words.heading_strengths(self.strengths, len(self.subelements) > 0),
            "weak": words.heading_weak(self.weak, len(self.gaps) > 0),
            "subelements": words.heading_readiness(self.subelements),
            "own_gaps": words.heading_gaps(self.gaps),
            "weights": words.heading_weights(self._of("vision", "consistency", "reason"), unit),
            "proposals": words.heading_proposals(self._ranking, unit),
            "unproven": proof.heading(self._due, self._bound),
            "notes": words.heading_notes(self.notes),
            "blanks": words.heading_blanks(self._blanks),
            "problems": words.heading_problems(self.problems),
        }
        return said if self.survey.enough else said | beside_city


of = Profile
