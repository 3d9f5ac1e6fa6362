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
from analysis.stages.whole import beside, together, words
from analysis.stages.whole.together import Together


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
    def together(self) -> Together:
        """What it has in common with all other profiles."""
        return Together(self.survey, self.confidence)

    @property
    def stages(self) -> dict[str, Any]:
        """By its name each stage that can run, in the order of the masterplan."""
        return self.together.stages

    @cached_property
    def _common(self) -> Mapping[str, pd.DataFrame]:
        """The frames of `Together`, which are the same for all units."""
        if self.confidence != type(self).confidence:
            return self.together.frames
        return self.survey.common("profiles", lambda: self.together.frames)

    def _own(self, name: str) -> pd.DataFrame:
        """The unit's rows of such a frame."""
        every = self._common[name]
        return every[every["unit"] == self.chosen["unit"]].reset_index(drop=True)

    @property
    def _levels(self) -> Any:
        """The scale of readiness, which is not asked of anybody where that stage cannot run."""
        return getattr(self.stages.get("readiness"), "levels", None)

    @cached_property
    def chosen(self) -> pd.Series:
        """The register row of the unit."""
        return beside.chosen(self.survey.units, self.unit)

    @cached_property
    def _compared(self) -> pd.DataFrame:
        return self._own("compared")

    def _against(self, of: str) -> pd.DataFrame:
        """The rows of `Together.compared` that are of this, as `beside.against` has them."""
        rows = self._compared[self._compared["of"] == of]
        return rows[["item", *beside.COLUMNS]].reset_index(drop=True)

    @frame
    def overview(self) -> pd.DataFrame:
        """One line per measure of every stage."""
        rows = self._compared[self._compared["of"] == together.OVERVIEW]
        return rows[["item", *beside.COLUMNS, "stage"]].reset_index(drop=True)

    index = frame(lambda self: self._against("index"))

    @frame
    def subelements(self) -> pd.DataFrame:
        """The sub-elements, the one that the unit rates highest on top."""
        tier = self._against("subelement")
        return tier.sort_values("own", ascending=False, kind="stable", ignore_index=True)

    @frame
    def strengths(self) -> pd.DataFrame:
        return beside.strengths(self._against("readiness"))

    @frame
    def gaps(self) -> pd.DataFrame:
        """Every gap, the largest first; of equal ones that which lies farthest above the city."""
        order = ["own", "difference"]
        return self._against("gap").sort_values(order, ascending=False, kind="stable")

    @frame
    def own_gaps(self) -> pd.DataFrame:
        """The unit's present conditions and targets, in the order of `gaps`."""
        own = self._own("conditions").set_index("item", drop=False)
        return own.loc[[i for i in self.gaps["item"] if i in own.index]].reset_index(drop=True)

    mean_gap = frame(lambda self: self._against(together.MEAN_GAP))

    @frame
    def weak(self) -> pd.DataFrame:
        return beside.gaps(self.gaps)

    weights = frame(lambda self: self._against("weight"))
    proposals = frame(lambda self: self._own("ranking"))

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

    @cached_property
    def _due(self) -> pd.DataFrame:
        return self._own("due")

    @frame
    def notes(self) -> pd.DataFrame:
        """What the unit wrote beside its answers: stage, item, name, written."""
        return self._own("notes").drop(columns="unit")

    future = frame(lambda self: beside.apart(self._against("future")))
    """The items of a stage farthest from the city: see `beside.apart`."""
    external = frame(lambda self: beside.apart(self._against("external")))
    swot = frame(lambda self: beside.apart(self._against("swot")))

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
            words.proposed(self._common["ranking"], self.chosen["unit"]),
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
            "weights": words.heading_weights(self._common["consistency"], unit),
            "proposals": words.heading_proposals(self._common["ranking"], unit),
            "unproven": proof.heading(self._due, self._bound),
            "notes": words.heading_notes(self.notes),
            "blanks": words.heading_blanks(self._blanks),
            "problems": words.heading_problems(self.problems),
        }
        return said if self.survey.enough else said | beside_city


of = Profile
