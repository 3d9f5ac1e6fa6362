"""What the coordinator of a survey works with: how far each unit is, and what to write to whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from analysis.project import Project
from analysis.survey.asked import register
from analysis.survey.asked.instrument import Instrument
from analysis.survey.asked.labels import corrections_of
from analysis.survey.asked.register import Unit
from analysis.survey.kept import corrections
from analysis.survey.kept.status import for_the_group, status
from analysis.survey.told.letters import letters
from analysis.text import listing


@dataclass(frozen=True, eq=False)
class Cockpit:
    """The tables of `ingest` as the coordinator needs them."""

    project: Project
    tables: Mapping[str, pd.DataFrame]

    @cached_property
    def units(self) -> list[Unit]:
        return register.units(self.project)

    @cached_property
    def status(self) -> pd.DataFrame:
        """How far each unit is: see `status.status`."""
        return status(self.tables, self.units)

    @property
    def for_the_group(self) -> str:
        """How far all are, for their group chat."""
        campaign = self.project.settings.campaign
        return for_the_group(self.status, self.project.period, campaign.deadline)

    @cached_property
    def corrections(self) -> pd.DataFrame:
        """What each unit has to mend, cell by cell: see `corrections.corrections`."""
        return corrections.corrections(self.tables, Instrument.load(self.project))

    @property
    def revisions(self) -> dict[tuple[str, str], int]:
        """By unit and respondent the revision of the next workbook."""
        return corrections.revisions(self.tables["sources"])

    @property
    def letters(self) -> dict[str, str]:
        """By unit id the text to whom there is something to ask; it names the corrections' file."""
        files: dict[str, list[str]] = {}
        for unit, person in self.corrections.groupby(["unit", "respondent"], sort=False).groups:
            name = corrections_of(self.project.period, unit, person, self.revisions[unit, person])
            files.setdefault(unit, []).append(name)
        named = {unit: listing(names) for unit, names in files.items()}
        found, sources = self.tables["problems"], self.tables["sources"]
        campaign = self.project.settings.campaign
        return letters(found, sources, self.units, self.project.period, campaign, named)
