"""An index by which the city is judged, as it assesses itself and as it was published."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from analysis.refusals import unknown
from analysis.stages.evidence import proof
from analysis.stages.evidence.finding import Finding
from analysis.stages.evidence.stage import Stage, frame
from analysis.stages.whole import index_evidence
from analysis.stages.whole import index_figures as figures
from analysis.stages.whole import index_words as words
from analysis.text import N_, _


@dataclass(frozen=True, eq=False)
class Assessed(Stage):
    """One `index` of the period over one survey; without a name the first.

    What it is made of is data: see `survey.asked.indices`. Raises Unknown for one that is not.
    """

    index: str = ""

    name = "index"
    title = N_("Indeks")
    methods = ("weighted_index",)
    measured = {"published": "official", "beside": "official"}
    noted_levels = ("level",)
    together = False

    @cached_property
    def asked(self) -> Any:
        """What it is: see `survey.asked.indices.Index`."""
        known = self.survey.instrument.indices
        chosen = self.index or next(iter(known), "")
        if chosen not in known:
            raise unknown(_("Indeks"), chosen, known)
        return known[chosen]

    @property
    def called(self) -> str:
        """Its title."""
        return _(self.asked.title)

    @property
    def reads(self) -> Sequence[str]:
        return tuple(table.name for table in self.asked.tables)

    @cached_property
    def answers(self) -> pd.DataFrame:
        """What it was answered: item, name, its parts, level and evidence."""
        tables = [self._answered(table) for table in self.asked.tables]
        made = pd.concat(tables, ignore_index=True)
        made.attrs = {"source": self.survey.source}
        return made

    def _answered(self, table: Any) -> pd.DataFrame:
        renamed = {self.asked.field: "level"}
        if proven := table.notes:
            renamed[proven] = "evidence"
        return self.survey.answers(table.name).rename(columns=renamed)

    @cached_property
    def own(self) -> figures.Value | None:
        """What the city's own levels come to."""
        given = figures.tree(self.asked), self.asked.scale.ends, self.asked.bands
        return figures.assessed(self.answers, *given)

    parts = frame(lambda self: figures.parts(self.asked.items, self.asked.tiers, self.own))

    @frame
    def published(self) -> pd.DataFrame:
        """What is published of it: see `figures.official`."""
        return figures.official(self.survey.statistics, self.asked.published, self.asked.bands)

    @frame
    def beside(self) -> pd.DataFrame:
        """The official values of the city, and beside them those of the nation that are used."""
        published = self.published
        return published[published["used"] | (published["area"] == figures.CITY)]

    @property
    def published_source(self) -> str:
        """Who published them."""
        return "; ".join(dict.fromkeys("; ".join(self.beside["source"]).split("; ")))

    @property
    def noted(self) -> Mapping[str, str]:
        return {table.name: table.notes for table in self.asked.tables if table.notes}

    @property
    def evidence_bound(self) -> int:
        """The level from which evidence is due."""
        return self.survey.settings.thresholds.evidence

    @frame
    def due(self) -> pd.DataFrame:
        """The levels that should have evidence: see `proof.due`."""
        return proof.due({self.called: self.answers}, self.evidence_bound)

    @frame
    def indicators(self) -> pd.DataFrame:
        """Every indicator in its order: see `figures.indicators`."""
        units = self.survey.units
        return figures.indicators(
            self.asked, self.answers, [t.asks(units) for t in self.asked.tables]
        )

    coverage = frame(lambda self: figures.coverage(self.indicators))
    """How many indicators each unit answers for, and how many it has answered."""

    unproven_by_item = frame(lambda self: proof.counted(self.due, proof.ITEM))
    """How many of these lack it, by indicator."""

    @frame
    def proofs(self) -> pd.DataFrame:
        """Every level with its evidence, in the index's order: see `index_evidence.listed`.

        Empty where nobody hands in files of evidence.
        """
        files, written = self.survey.evidence, self.survey.written
        if files.empty:
            return pd.DataFrame(columns=index_evidence.COLUMNS)
        own = files[files["table"].isin(list(self.reads))]
        order = list(self.asked.items["code"])
        return index_evidence.listed(self.answers, own, order, written[~written["shown"]])

    files = frame(lambda self: index_evidence.named(self.proofs))
    """The rows of it that name a file."""

    @property
    def files_note(self) -> str:
        """How to read them."""
        return index_evidence.note(self.proofs)

    @property
    def proofs_note(self) -> str:
        """How to read the whole list."""
        return index_evidence.note_on_list(self.proofs)

    @property
    def key_figures(self) -> list[dict]:
        given = self.called, self.own, self.published, self.indicators
        return words.key_figures(*given)

    @property
    def findings(self) -> list[Finding]:
        found = [words.finding(self.called, self.own, self.published, self.indicators)]
        return [*found, *words.cautions(self.asked)]

    @property
    def quality(self) -> list[Finding]:
        proven = proof.finding(self.due, self.evidence_bound)
        return [words.covered(self.indicators, self.coverage), *words.notes(self.asked), proven]

    @property
    def note_names(self) -> str:
        """What a star behind an indicator's name means, where one stands."""
        unsure = any(table.unverified for table in self.asked.tables)
        return _("*: nama ini belum dipastikan.") if unsure else ""

    @property
    def titles(self) -> Mapping[str, str]:
        return {
            "published": words.heading(self.called, self.published),
            "due": proof.heading(self.due, self.evidence_bound),
            "coverage": words.heading_coverage(self.indicators),
            "files": index_evidence.heading(self.proofs),
        }


__all__ = ["Assessed"]
