"""For the coordinator: what is to mend, what to ask the units about, what is public."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import pandas as pd

from analysis import stages
from analysis.stages import participation
from analysis.stages.coordination import campaign, choices, diagnostics, mending, texts
from analysis.stages.evidence import recommendations, respondents
from analysis.stages.evidence.finding import Finding
from analysis.stages.evidence.stage import Stage, frame
from analysis.text import _


@dataclass(frozen=True, eq=False)
class Coordination(Stage):
    """The coordinator's page over one survey: no stage of the masterplan, and never public.

    `today`: the day by which is judged what is overdue (2024-06-30), without one the day it is.
    """

    today: str = ""

    name = "coordination"
    methods = ("straightlining", "levels")
    together = False

    @cached_property
    def participation(self) -> participation.Participation:
        return participation.of(self.survey, confidence=self.confidence)

    @cached_property
    def stages(self) -> list[Stage]:
        """Each that can run, for what is said of each unit alone; none where nobody answered."""
        if not self.survey.units["sent"].any():
            return []
        asked = self.survey.singly()
        fitting = stages.fitting(asked.instrument).values()
        return [of(asked, confidence=self.confidence) for of in fitting]

    @cached_property
    def answers(self) -> dict[str, pd.DataFrame]:
        """By table of the questionnaire."""
        tables = self.survey.instrument.tables
        return {table.name: self.survey.answers(table.name, even_none=True) for table in tables}

    problems = frame(lambda self: mending.named(self.survey.problems_in_full, self.survey.units))
    doubtful = frame(lambda self: mending.doubtful(self.problems))
    strays = frame(lambda self: mending.strays(self.problems))
    steps = frame(lambda self: campaign.steps(self.survey.cockpit.status, self.survey.units))
    changes = frame(lambda self: campaign.changed(self.survey.changes, self.survey.units))
    by_kind = frame(lambda self: mending.by_kind(self.problems))

    @frame
    def written(self) -> pd.DataFrame:
        asked = self.survey.instrument
        noted = [table.name for index in asked.indices.values() for table in index.tables]
        return texts.written(self.answers, asked.tables, self.survey.written, noted)

    decisions = frame(lambda self: choices.decided(self.survey.decisions, self.survey.units))

    @cached_property
    def judged_on(self) -> date:
        return recommendations.judged_on(self.today, self.survey.settings.timezone)

    @frame
    def followed(self) -> pd.DataFrame:
        """What assessors recommend to the selected units: see `recommendations.followed`."""
        said = self.survey.assessments
        own = said[said["owner"].isin(self.survey.units["unit"])]
        return recommendations.followed(own, self.judged_on)

    unfinished = frame(lambda self: recommendations.unfinished(self.followed))
    workbooks = frame(lambda self: mending.workbooks(self.survey.sources, self.survey.units))
    required_cells = frame(
        lambda self: mending.required_cells(self.participation.cells, self.survey.sources)
    )
    all_cells = frame(lambda self: mending.all_cells(self.survey.reconciliation, self.survey.units))

    @frame
    def ratings(self) -> pd.DataFrame:
        required = [table for table in self.survey.instrument.tables if table.required]
        return diagnostics.rated(self.answers, required)

    uniform = frame(lambda self: diagnostics.uniform(self.ratings))
    suspects = frame(lambda self: diagnostics.suspects(self.uniform))
    apart = frame(lambda self: diagnostics.apart(self.ratings, self.confidence))
    most_tb = frame(lambda self: diagnostics.most_tb(self.ratings))

    @cached_property
    def several(self) -> pd.Series:
        """How many answered for each unit that has several respondents, by unit."""
        return respondents.several(self.survey)

    @cached_property
    def _colleagues(self) -> pd.DataFrame:
        return respondents.given(self.survey)

    agreed = frame(lambda self: respondents.agreed(self._colleagues))
    differ = frame(lambda self: respondents.differ(self._colleagues, self.confidence))

    @property
    def further(self) -> list[str]:
        return [respondents.METHOD] if len(self.several) else []

    @property
    def letters(self) -> list[tuple[str, str]]:
        """A letter to each unit that has something to mend or to send, by its name."""
        return campaign.letters(self.survey.cockpit.letters, self.survey.units)

    @property
    def for_the_group(self) -> tuple[str, str]:
        """What to write into the units' group chat, under its name."""
        return _("Untuk grup percakapan"), self.survey.cockpit.for_the_group

    @cached_property
    def key_figures(self) -> list[dict]:
        return mending.key_figures(self.problems, self.survey.units, self.uniform)

    @cached_property
    def findings(self) -> list[Finding]:
        cells = self.participation.cells
        said = mending.findings(self.problems, self.survey.units, cells)
        tables = participation.figures.emptiest(cells)["table"]
        return [*said[:-1], self.participation.acted(said[-1], *tables)]

    @cached_property
    def quality(self) -> list[Finding]:
        asked = diagnostics.findings(self.uniform, self.apart, self.most_tb)
        said = [mending.counted(self.problems), *asked]
        if self.several.empty:
            return said
        return [*said, respondents.finding(self.several, self.agreed, self.differ)]

    @cached_property
    def titles(self) -> Mapping[str, str]:
        said = {
            "steps": campaign.headline(self.steps),
            "changes": campaign.headline_changed(self.changes),
            "doubtful": mending.headline_doubtful(self.doubtful),
            "strays": mending.headline_strays(self.strays),
            "written": texts.headline(self.written),
            "decisions": choices.headline(self.decisions),
            "unfinished": recommendations.headline(self.followed),
            "required_cells": mending.headline_required_cells(self.required_cells),
            "all_cells": mending.headline_all_cells(self.all_cells),
            "uniform": diagnostics.headline_uniform(self.uniform),
            "apart": diagnostics.headline_apart(self.apart),
            "most_tb": diagnostics.headline_tb(self.most_tb),
            "agreed": respondents.counted(self.several),
            "differ": _("Perangkat daerah di samping beda antarpengisinya, butir demi butir"),
        }
        return {name: self.scoped(title) for name, title in said.items()}


__all__ = ["Coordination"]
