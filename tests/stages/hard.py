"""Hard surveys: the sample's own, with other units, other answers, or none.

Each is a whole survey, so that every stage, the summary and the profile can be asked what they say
of it. Answers are changed where they are stored; what explains them stays the sample's.
"""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.project import Project
from analysis.survey.asked.fields import Amount, Choice, Scale, Text
from analysis.survey.kept import ingest, store
from analysis.survey.kept.survey import Survey
from tests.second_city import RAW


@dataclass(frozen=True, eq=False)
class Hard(Survey):
    """A survey with these stored `tables`; `budget`: of the package, 0 for the city's own."""

    tables: dict[str, pd.DataFrame] = field(default_factory=dict)
    budget: float = 0.0

    def _selected(self, name: str) -> pd.DataFrame:
        frame = self.tables[name]
        return frame[frame["unit"].isin(self.units["unit"])].reset_index(drop=True)

    @cached_property
    def completeness(self) -> pd.DataFrame:
        """Counted anew from the tables: nothing is unreadable."""
        sent, parts = self.units[self.units["sent"]], []
        for table in self.instrument.tables:
            fields = [question.name for question in table.required]
            if not fields:
                continue
            asked_of = table.asks(sent).groupby("unit", sort=False).size()
            asked = sent[sent["unit"].isin(asked_of.index)]
            if asked.empty:
                continue
            given = self._selected(table.name)
            tb = given["tb"] if table.tb else pd.Series(False, given.index)
            counts = pd.DataFrame(
                {"answered": given[fields].notna().sum(axis=1), "tb": tb * len(fields)}
            )
            part = counts.groupby(given["unit"]).sum().reindex(asked["unit"], fill_value=0)
            part["expected"] = asked_of.reindex(part.index) * len(fields)
            part["blank"] = part["expected"] - part["answered"] - part["tb"]
            parts.append(part.assign(table=table.name, invalid=0).reset_index())
        return pd.concat(parts, ignore_index=True)

    @cached_property
    def settings(self) -> Any:
        given = self.project.settings
        if not self.budget:
            return given
        quickwin = given.quickwin.model_copy(update={"budget": self.budget})
        return given.model_copy(update={"quickwin": quickwin})


def sample(root: Path) -> Hard:
    """The sample's survey, read through the real door; `root`: an empty folder."""
    project = Project(root)
    shutil.copytree(RAW, root / "data" / "raw", ignore=shutil.ignore_patterns("2024", "responses"))
    made = ingest.ingest(project)
    store.save(project, made)
    survey = store.load(root=str(root))
    tables = {
        table.name: made[table.name].astype(
            {f.name: float for f in table.fields if isinstance(f.kind, Scale | Amount)}
        )
        for table in survey.instrument.tables
    }
    tables |= {name: made[name] for name in ("quotes", "respondents")}
    return Hard(**{f.name: getattr(survey, f.name) for f in fields(survey)}, tables=tables)


def changed(survey: Hard, **tables: pd.DataFrame) -> Hard:
    """The survey with other tables."""
    return replace(survey, tables=survey.tables | tables)


def answered(survey: Hard, count: int) -> Hard:
    """Only the first `count` units of the register have sent a workbook."""
    units = survey.units.copy()
    units.loc[count:, ["sent", "answered"]] = False
    sent = units.loc[units["sent"], "unit"]
    kept = {name: t[t["unit"].isin(sent)] for name, t in survey.tables.items()}
    return replace(survey, units=units, tables=kept)


def registered(survey: Hard, count: int) -> Hard:
    """A city of the first `count` units only, which all answered."""
    return selected(replace(survey, registered=count), survey.units.head(count))


def selected(survey: Hard, units: pd.DataFrame) -> Hard:
    """Only these units of the register, half of which must have answered."""
    return replace(survey, units=units.reset_index(drop=True), needed=-(-len(units) // 2))


def repeated(survey: Hard, count: int) -> Hard:
    """A city of `count` units: those of the sample, again and again under other names."""
    every, units, tables = len(survey.units), [], {name: [] for name in survey.tables}
    alone = {table.name for table in survey.instrument.tables if table.owned}
    for turn in range(-(-count // every)):
        end = f"-{turn}" if turn else ""
        part = survey.units.head(count - turn * every)
        named = {column: part[column] + end for column in ("unit", "unit_name", "unit_short")}
        units.append(part.assign(**named, coordinator=part["coordinator"] & (turn == 0)))
        for name, table in survey.tables.items():
            mine = table[table["unit"].isin(part["unit"])]
            if not (turn and name in alone):
                tables[name].append(mine.assign(unit=mine["unit"] + end))
    joined = {name: pd.concat(parts, ignore_index=True) for name, parts in tables.items()}
    register = pd.concat(units, ignore_index=True)
    return selected(replace(survey, registered=count, tables=joined), register)


def filled(survey: Hard, level: Callable[[Scale, pd.DataFrame], Any]) -> Hard:
    """Every item answered with `level` of its scale, nothing TB; the same choice everywhere.

    Pairs are judged equally important.
    """
    tables = {}
    for table in survey.instrument.tables:
        frame = survey.tables[table.name]
        if table.slots:
            continue
        frame = frame.assign(tb=False) if table.tb else frame
        for question in table.fields:
            if isinstance(question.kind, Scale):
                frame = frame.assign(**{question.name: level(question.kind, frame)})
            elif isinstance(question.kind, Choice):
                frame = frame.assign(**{question.name: first(survey, question.kind)})
        tables[table.name] = frame
    pairs = tables["pairs"].assign(more="A", strength=1.0)
    return changed(survey, **tables | {"pairs": pairs})


def first(survey: Hard, choice: Choice) -> str:
    """The first thing that may be chosen."""
    return choice.options[0] if choice.options else survey.instrument.scheme(choice.scheme).index[0]


def polarised(survey: Hard) -> Hard:
    """Every second unit answers everything with the lowest level, the others with the highest."""
    high = dict(zip(survey.units["unit"], np.arange(len(survey.units)) % 2 == 0, strict=True))
    made = filled(
        survey, lambda scale, t: np.where(t["unit"].map(high), float(scale.high), float(scale.low))
    )
    pairs = made.tables["pairs"]
    return changed(
        made, pairs=pairs.assign(strength=3.0, more=np.where(pairs["unit"].map(high), "A", "B"))
    )


def without(survey: Hard, *names: str) -> Hard:
    """Nobody has answered these tables."""
    made = {}
    for name in names:
        table, frame = survey.instrument.table(name), survey.tables[name]
        blank = {
            f.name: None if isinstance(f.kind, Choice | Text) else np.nan for f in table.fields
        }
        if table.tb:
            blank["tb"] = False
        made[name] = frame.head(0) if table.slots else frame.assign(**blank)
    return changed(survey, **made)


def inapplicable(survey: Hard) -> Hard:
    """Everybody answers TB wherever that may be answered."""
    tables = [table.name for table in survey.instrument.tables if table.tb]
    blank = without(survey, *tables)
    return changed(blank, **{name: blank.tables[name].assign(tb=True) for name in tables})


def balanced(survey: Hard) -> Hard:
    """Of 34 units every second one rates all factors a 2, the others a 3: none is on any side."""
    made = registered(survey, 34)
    high = dict(zip(made.units["unit"], np.arange(34) % 2, strict=True))
    tables = {name: made.tables[name] for name in ("external", "swot")}
    return changed(
        made,
        **{
            name: t.assign(tb=False, importance=4.0, rating=2.0 + t["unit"].map(high))
            for name, t in tables.items()
        },
    )


def half(survey: Hard) -> Hard:
    """Nobody has answered the first sub-element; all others are ready."""
    made = filled(survey, lambda _scale, _table: 4.0)
    items = survey.instrument.table("readiness").items
    first = items.loc[items["subelement"] == items["subelement"].iloc[0], "code"]
    table = made.tables["readiness"]
    blank = table["level"].mask(table["item"].isin(first))
    return changed(survey, readiness=table.assign(level=blank))


def of_one_group(survey: Hard) -> Hard:
    """Only the kecamatan are looked at: they are not the city."""
    return selected(survey, survey.units[survey.units["group"] == "kecamatan"])


def lonely(survey: Hard) -> Hard:
    """One group has a single unit: the others of it belong to the first group."""
    units, last = survey.units.copy(), survey.units["group"].iloc[-1]
    moved = units.index[units["group"] == last][1:]
    units.loc[moved, ["group", "group_name"]] = units.loc[0, ["group", "group_name"]].to_numpy()
    return replace(survey, units=units)


def nines(survey: Hard) -> Hard:
    """All hold the left dimension of every pair extremely more important: no longer consistent."""
    return changed(survey, pairs=survey.tables["pairs"].assign(more="A", strength=9.0))


def circular(survey: Hard) -> Hard:
    """All judge in a circle: every dimension far above the next two, and three above the third."""
    pairs, items = survey.tables["pairs"], survey.instrument.table("pairs").items
    order = list(survey.instrument.scheme("dimension").index)
    places = items.set_index("code")[["left", "right"]].map(order.index)
    ahead = (places["right"] - places["left"]) % len(order)
    wins = (ahead < 3) | ((ahead == 3) & (places["left"] < 3))
    more = pairs["item"].map(wins.map({True: "A", False: "B"}))
    return changed(survey, pairs=pairs.assign(more=more, strength=9.0))


def priced(survey: Hard, cost: float) -> Hard:
    """The first proposal costs so much, in million rupiah."""
    proposals = survey.tables["quickwin"].copy()
    proposals.loc[proposals.index[0], "cost"] = cost
    return changed(survey, quickwin=proposals)


def funded(survey: Hard, budget: float) -> Hard:
    """Another budget for the package, in million rupiah."""
    return replace(survey, budget=budget)


def copied(survey: Hard, count: int) -> Hard:
    """The first `count` units hand in the workbook of the first, with three proposals each."""
    units = list(survey.units["unit"].head(count))
    tables = {}
    for table in survey.instrument.tables:
        frame = survey.tables[table.name]
        if table.owned:
            continue
        own = frame[frame["unit"] == units[0]]
        if table.name == "quickwin":
            own = frame.head(3).assign(item=list(table.slots)[:3])
        others = frame[~frame["unit"].isin(units)]
        copies = [own.assign(unit=unit) for unit in units]
        tables[table.name] = pd.concat([*copies, others], ignore_index=True)
    return changed(survey, **tables)


EVERY = ("participation", "future", "external", "readiness", "gap", "swot", "vision", "quickwin")
RATED = ("participation", "future", "external", "readiness", "gap", "swot")
FEW = (1, 2, 3, 5)

SURVEYS: dict[str, tuple[Callable[[Hard], Hard], tuple[str, ...]]] = {
    "sample": (lambda s: s, EVERY),
    "answered by 1": (lambda s: answered(s, 1), EVERY),
    "answered by 2": (lambda s: answered(s, 2), ("participation", "readiness")),
    "answered by 3": (lambda s: answered(s, 3), ("participation", "gap")),
    "answered by 5": (lambda s: answered(s, 5), ("participation", "swot")),
    "answered by 17": (lambda s: answered(s, 17), ("readiness", "gap", "swot")),
    "answered by 34": (lambda s: answered(s, 34), ("participation", "readiness", "vision")),
    "register of 1": (lambda s: registered(s, 1), EVERY),
    "register of 2": (lambda s: registered(s, 2), EVERY),
    "register of 3": (lambda s: registered(s, 3), ("external", "readiness", "vision")),
    "register of 5": (lambda s: registered(s, 5), ("future", "external", "gap", "vision")),
    "200 units": (lambda s: repeated(s, 200), ("participation", "readiness", "swot")),
    "one group": (of_one_group, ("participation", "external", "readiness", "gap", "vision")),
    "a group of one": (lonely, ("external", "readiness", "gap", "vision")),
    "all equal": (lambda s: filled(s, lambda _scale, _table: 3.0), EVERY[1:-1]),
    "all 1": (lambda s: filled(s, lambda _scale, _table: 1.0), ("future", "readiness", "swot")),
    "polarised": (polarised, ("future", "readiness", "swot", "vision")),
    "balanced": (balanced, ("external", "swot")),
    "only TB": (inapplicable, RATED),
    "no future": (lambda s: without(s, "future", "future_own"), ("participation", "future")),
    "no external": (lambda s: without(s, "external", "external_own"), ("external", "swot")),
    "no readiness": (lambda s: without(s, "readiness"), ("participation", "readiness")),
    "no sub-element": (half, ("readiness",)),
    "no gap": (lambda s: without(s, "gap"), ("participation", "gap")),
    "no swot": (lambda s: without(s, "swot", "swot_lines"), ("swot",)),
    "no pairs": (lambda s: without(s, "pairs"), ("vision",)),
    "no vision": (lambda s: without(s, "pairs", "contribution", "sentence"), ("vision",)),
    "no proposals": (lambda s: without(s, "quickwin"), ("quickwin",)),
    "all nines": (nines, ("vision",)),
    "circular": (circular, ("vision",)),
    "budget 0.5": (lambda s: funded(s, 0.5), ("quickwin",)),
    "budget 1e12": (lambda s: funded(s, 1e12), ("quickwin",)),
    "cost 0": (lambda s: priced(s, 0.0), ("quickwin",)),
    "cost 0.5": (lambda s: priced(s, 0.5), ("quickwin",)),
    "cost 1e11": (lambda s: priced(s, 1e11), ("quickwin",)),
    "copies": (lambda s: copied(s, 10), ("readiness", "quickwin")),
}
"""What is made of the sample, and the stages that it changes: all others say what they said."""
