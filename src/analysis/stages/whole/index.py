"""An index by which the city is judged, as it assesses itself and as it was published."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import pandas as pd

from analysis.origin import Source
from analysis.refusals import unknown
from analysis.stages.evidence import proof, recommendations
from analysis.stages.evidence.finding import Finding
from analysis.stages.evidence.stage import Stage, frame
from analysis.stages.whole import assessment, assessment_words, index_evidence
from analysis.stages.whole import index_figures as figures
from analysis.stages.whole import index_words as words
from analysis.text import N_, _


@dataclass(frozen=True, eq=False)
class Assessed(Stage):
    """One `index` of the period over one survey; without a name the first.

    What it is made of is data: see `survey.asked.indices`. `today`: the day by which is judged what
    is overdue (2024-06-30), without one the day that it is. Raises Unknown for one that is not.
    """

    index: str = ""
    today: str = ""

    name = "index"
    title = N_("Indeks")
    methods = ("weighted_index",)
    measured = {"published": "official", "beside": "official"}
    noted_levels = ("level",)
    together = False

    def __post_init__(self) -> None:
        super().__post_init__()
        # Each index has numbers of its own, and so keys of its own.
        object.__setattr__(self, "name", f"{type(self).name}.{self.asked.id}")

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

    @cached_property
    def said(self) -> pd.DataFrame:
        """What assessors said of the indicators that were asked: see `Survey.assessments`."""
        every = self.survey.assessments
        return every[every["item"].isin(self.answers["item"])].reset_index(drop=True)

    @cached_property
    def judged_on(self) -> date:
        return recommendations.judged_on(self.today, self.survey.settings.timezone)

    followed = frame(lambda self: recommendations.followed(self.said, self.judged_on))
    by_owner = frame(lambda self: recommendations.by_owner(self.followed))
    both = frame(lambda self: assessment.both(self.answers, self.said))
    compared = frame(lambda self: assessment.compared(self.asked, self.called, self.both))
    differing = frame(lambda self: assessment.differing(self.both, self.followed))

    @frame
    def elsewhere(self) -> pd.DataFrame:
        """What is published of other places' own and external values."""
        return assessment.published(self.survey.published_pairs, self.asked.id)

    @property
    def assessed_source(self) -> Source:
        """The source line under what assessors said."""
        names = "; ".join(dict.fromkeys(filter(None, self.said["assessor"])))
        line = _("{source}; penilai luar: {names}").format(source=self.source, names=names or "–")
        return self.source.saying(line)

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
        """Every indicator in its order: see `figures.by_indicator`."""
        units = self.survey.units
        return figures.by_indicator(
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
        other = assessment_words.key_figures(self.called, self.compared, self.asked.bands)
        return [*words.key_figures(*given), *other]

    @property
    def findings(self) -> list[Finding]:
        return [
            words.finding(self.called, self.own, self.published, self.indicators),
            *words.cautions(self.asked),
            *assessment_words.findings(*self._beside),
            *recommendations.findings(self.followed, self.judged_on),
        ]

    @property
    def _beside(self) -> tuple[str, pd.DataFrame, pd.DataFrame, int]:
        return self.called, self.compared, self.both, len(self.asked.items)

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
            "compared": assessment_words.heading(*self._beside),
            "differing": assessment_words.heading_differing(self.both),
            "followed": recommendations.headline(self.followed),
            "parts": assessment_words.heading_parts(self.called, self.both),
            "elsewhere": assessment_words.heading_published(self.elsewhere),
        }

    @property
    def notes_on(self) -> Mapping[str, str]:
        """How to read some of its tables, by the name of their frame."""
        return {
            "followed": recommendations.note(self.judged_on),
            "elsewhere": assessment_words.note_published(self.elsewhere),
        }


__all__ = ["Assessed"]
