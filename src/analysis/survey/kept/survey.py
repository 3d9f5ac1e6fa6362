"""The answers of one period as notebooks want them."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

from analysis import text
from analysis.origin import Source
from analysis.project import Project, ProjectError, Settings
from analysis.survey.asked import actions, assessments, official, register
from analysis.survey.asked.fields import Choice
from analysis.survey.asked.instrument import Instrument
from analysis.survey.asked.labels import COVER, IDENTITY_SHEET
from analysis.survey.kept import common, evidence, questions, quotes
from analysis.survey.kept import tables as tidy
from analysis.survey.kept.cells import of_units
from analysis.survey.kept.cockpit import Cockpit
from analysis.survey.told import wording
from analysis.text import _


class NoAnswers(ProjectError):
    """None of the selected units has sent any answer: what is made from answers cannot be made."""


@dataclass(frozen=True, repr=False)
class Survey:
    """The answers of one period, and all that explains them.

    `units` is the register (unit, unit_name, unit_short, group, group_name, weight,
    coordinator, predecessors, sent, answered) of the selected units in its order. A unit has `sent`
    a workbook once any answer of it counts, and every such answer is analysed; it has `answered`
    once so much of what is required is filled as the settings ask: with less it broke off, and
    counts as missing in what is said of participation. `needed`: how many of them must have
    answered for figures to speak for them together. `data`: the fingerprint of all processed
    tables.
    """

    project: Project
    instrument: Instrument
    units: pd.DataFrame
    sources: pd.DataFrame
    registered: int
    needed: int = 0
    data: str = ""

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.settings.name}: {self.source}>"

    @property
    def period(self) -> str:
        return self.project.period

    @property
    def enough(self) -> bool:
        """Whether so many of the selected units answered that figures may speak for them."""
        return int(self.units["answered"].sum()) >= self.needed

    def singly(self) -> "Survey":
        """The same survey for what is said of each unit alone, however few answered."""
        return replace(self, needed=0)

    @property
    def whole(self) -> bool:
        """Whether every registered unit is selected: only then may the city be spoken of."""
        return len(self.units) == self.registered

    @property
    def groups(self) -> dict[str, str]:
        """What people call each group of the selected units, in the order of the register."""
        return dict(zip(self.units["group"], self.units["group_name"], strict=True))

    @property
    def scope(self) -> str:
        """Whom the answers speak for: ``35 unit``, ``8 kecamatan`` or ``12 dari 35 unit``."""
        count, groups = len(self.units), self.units["group_name"].unique()
        if self.whole:
            return _("{n} perangkat daerah").format(n=count)
        if len(groups) == 1:
            return f"{count} {groups[0].lower()}"
        return _("{n} dari {all} perangkat daerah").format(n=count, all=self.registered)

    def answers(self, name: str, even_none: bool = False) -> pd.DataFrame:
        """One table of the questionnaire, a row per unit and item, with what explains them.

        Beside the stored columns (unit, item, ``tb``, the fields): unit_name, unit_short, group,
        group_name; of an item its name, statement, weight and categories with their names; of a
        choice ``<field>_name``. Scales and amounts are floats, NaN where there is no answer. It
        carries its source line, which tables and charts of it show.
        Where there are not `enough`, every answer is blank. Raises NoAnswers where none of the
        selected units has sent any. With `even_none` neither holds.
        """
        if not (even_none or self.units["sent"].any()):
            raise NoAnswers(_("Belum ada perangkat daerah yang menjawab dalam pilihan ini."))
        blank = not (even_none or self.enough)
        if (name, blank) not in self._explained:
            self._explained[name, blank] = self._explain(name, blank)
        made = self._explained[name, blank].copy(deep=False)
        made.attrs = {"source": self.source}
        return made

    @cached_property
    def _explained(self) -> dict[tuple[str, bool], pd.DataFrame]:
        """Each table once it was asked for, without its answers or with them."""
        return {}

    def _explain(self, name: str, blank: bool) -> pd.DataFrame:
        table = self.instrument.table(name)
        frame = self._selected(name)
        if blank:
            frame = tidy.blank(frame, table)
        numeric = frame.select_dtypes("number").columns
        frame = frame.astype(dict.fromkeys(numeric, "float64"))
        if not table.slots:
            items = table.items.rename(columns={"code": "item"})
            frame = frame.merge(items, on="item", how="left", validate="many_to_one")
        elif table.scheme:
            frame[table.scheme] = frame["item"].str.split("/").str[0].map(table.slots)
        for question in table.fields:
            if isinstance(question.kind, Choice) and question.kind.scheme:
                names = self.instrument.scheme(question.kind.scheme)["name"]
                frame[f"{question.name}_name"] = frame[question.name].map(names)
        units = self.units[["unit", "unit_name", "unit_short", "group", "group_name"]]
        return frame.merge(units, on="unit", how="left", validate="many_to_one")

    def quotes(self, name: str, named: bool = False) -> pd.DataFrame:
        """The answers of a table with only those texts in them that public pages may show.

        Whose they are stands in ``written_by``, as the city's settings have it: the unit where they
        are `named`, as in the unit's own profile, or else its group. See `quotes.public`.
        """
        policy = quotes.NAMED if named else self.settings.publish.quotes
        known = quotes.open_to(self._written, self._programmes, policy)
        fields = self.instrument.table(name).fields
        return quotes.public(
            self.answers(name), fields, known, policy == quotes.NAMED, self.respondents
        )

    def common(self, name: str, work: Callable[[], common.Frames]) -> common.Frames:
        """What notebooks have in common, which only one need work out: see `kept.common`."""
        if not self.whole:
            return work()
        return common.common(self.project, self.data, f"{name}.{self.needed}", work)

    @property
    def written(self) -> pd.DataFrame:
        """Every text of the selected units: unit, item, field, file, cell, decided and shown.

        `decided`: that it is withheld or released; `shown`: whether public pages show it; `said`:
        the text, where it is one of several respondents' in a cell.
        """
        known = quotes.open_to(self._written, self._programmes, self.settings.publish.quotes)
        keys = ["unit", "item", "field", "file", "cell"]
        each = self.respondents[[*keys, "text"]].rename(columns={"text": "said"})
        return known.merge(each.drop_duplicates(keys), on=keys, how="left")

    @cached_property
    def respondents(self) -> pd.DataFrame:
        """What each respondent of units with several says: see `respondents.table`."""
        return self._selected("respondents")

    @cached_property
    def _written(self) -> pd.DataFrame:
        return self._selected("quotes")

    @property
    def _programmes(self) -> list[str]:
        tables = self.instrument.tables
        return [code for t in tables if t.name in quotes.PROGRAMMES for code in t.codes]

    @cached_property
    def evidence(self) -> pd.DataFrame:
        """The files that prove levels of the selected units: see `evidence.table`.

        ``state_name`` is what people call the state of each.
        """
        names = {state: _(name) for state, name in evidence.STATES.items()}
        return self._selected("evidence").assign(
            state_name=lambda t: t["state"].map(names).astype("string")
        )

    @cached_property
    def inputs(self) -> pd.DataFrame:
        """Every file that what is made of the survey depends on, whatever is selected.

        Columns: file (its path in the project) and sha256. Workbooks that count, and where any
        does, the files of evidence.
        """
        used = self.sources.loc[self.sources["used"], ["file", "sha256"]]
        if used.empty:
            return used
        folder = self.project.sample if self.sample else self.project.responses
        here = folder.relative_to(self.project.root).as_posix()
        files = evidence.hashed(self._stored("evidence"), here)
        return pd.concat([used, files], ignore_index=True)

    @cached_property
    def decisions(self) -> pd.DataFrame:
        """What the coordinator decided on the selected units: see `decided.table`."""
        frame = self._stored("decisions")
        elsewhere = {u.id for u in register.units(self.project)} - set(self.units["unit"])
        reasons = [None if pd.isna(r) else wording.worded(json.loads(r)) for r in frame["reason"]]
        frame = frame.assign(reason=pd.array(reasons, "string"))
        return frame[~frame["unit"].isin(elsewhere)].reset_index(drop=True)

    def _stored(self, name: str) -> pd.DataFrame:
        return pd.read_parquet(self.project.processed / f"{name}.parquet")

    def _selected(self, name: str) -> pd.DataFrame:
        frame = self._stored(name)
        return frame[frame["unit"].isin(self.units["unit"])].reset_index(drop=True)

    def _with_strays(self, name: str) -> pd.DataFrame:
        """The rows of the selected units, and those of files of no known unit."""
        frame = self._stored(name)
        return frame[frame["unit"].isna() | frame["unit"].isin(self.units["unit"])]

    @property
    def completeness(self) -> pd.DataFrame:
        """Required answer cells by unit and table: expected, answered, tb, blank, invalid."""
        return self._selected("completeness")

    @property
    def problems(self) -> pd.DataFrame:
        """What is to mend in the selected units' workbooks, and in files of no known unit.

        Fit for public pages: it says where and of what kind, but nothing that was typed.
        """
        sheets = {COVER, IDENTITY_SHEET, *(table.sheet for table in self.instrument.tables)}
        return wording.outlined(self._problems, sheets | self.instrument.rows.keys())

    @property
    def blanks(self) -> pd.DataFrame:
        """Every required cell that the selected units left blank, in the order of their workbooks.

        Columns: unit, sheet, cell, item and name; the cell is the row's code where a workbook has
        no such column. What a workbook lacks altogether is among the `problems`.
        """
        return wording.blanks(self._problems).assign(
            name=lambda t: [self.instrument.rows[item].names[item] for item in t["item"]]
        )

    @property
    def problems_in_full(self) -> pd.DataFrame:
        """The same with all that was typed, and the files: only for pages that are internal."""
        return wording.said(self._problems)

    @property
    def _problems(self) -> pd.DataFrame:
        return self._with_strays("problems")

    @cached_property
    def cockpit(self) -> Cockpit:
        """What the coordinator works with: the whole survey, whatever is selected."""
        tables = {name: self._stored(name) for name in ("problems", "completeness", "cells")}
        return Cockpit(self.project, tables | {"sources": self.sources})

    @property
    def cells(self) -> pd.DataFrame:
        """Every cell that the selected units are asked, and how it ended: see `cells.cells`.

        Of several respondents of a unit that which is most of an answer.
        """
        return of_units(self._selected("cells"))

    @property
    def changes(self) -> pd.DataFrame:
        """What later revisions changed, a row per cell: see `changes.changes`."""
        return self._selected("changes")

    @property
    def reconciliation(self) -> pd.DataFrame:
        """How every cell that holds something ended, a row per workbook: see `ingest`."""
        return self._with_strays("reconciliation")

    @cached_property
    def statistics(self) -> pd.DataFrame:
        """Published figures on the city, with their sources."""
        return register.statistics(self.project)

    @cached_property
    def official(self) -> pd.DataFrame:
        """Those of them that speak of a sub-dimension: see `asked.official.official`."""
        return official.official(self.project)

    @cached_property
    def actions(self) -> pd.DataFrame:
        """What the coordinator proposes about each item: see `asked.actions.actions`."""
        return actions.actions(self.project, self.instrument, register.units(self.project))

    @cached_property
    def assessments(self) -> pd.DataFrame:
        """What assessors said of its indices: see `asked.assessments.assessments`."""
        units = register.units(self.project)
        return assessments.assessments(self.project, self.instrument, units, self.sample)

    @cached_property
    def published_pairs(self) -> pd.DataFrame:
        """What is published of other places so: see `asked.assessments.published`."""
        return assessments.published(self.project, self.instrument)

    @cached_property
    def scales(self) -> pd.DataFrame:
        """What is asked on scales, to be compared with another period's: see `questions`."""
        return questions.on_scales(self.project, self.instrument)

    @property
    def settings(self) -> Settings:
        """The city's settings."""
        return self.project.settings

    @property
    def sample(self) -> bool:
        """Whether the answers are synthetic."""
        return bool((self.sources["sample"] & self.sources["used"]).any())

    @property
    def source(self) -> Source:
        """The source line under every figure made from the answers."""
        sent = int(self.units["sent"].sum())
        kind = _("data CONTOH (sintetis)") if self.sample else _("kuesioner")
        words = (
            _("{kind}, {sent} dari {expected} perangkat daerah, {period}")
            if self.whole
            else _("{kind}, {sent} perangkat daerah menjawab, hanya {scope}, {period}")
        )
        line = words.format(
            kind=kind, sent=sent, expected=len(self.units), scope=self.scope, period=self.period
        )
        units = [] if self.whole else list(self.units["unit"])
        chosen = {"period": self.period, "units": units, "language": text.language()}
        return Source(line, {"city": self.settings.name} | chosen, self.data)
