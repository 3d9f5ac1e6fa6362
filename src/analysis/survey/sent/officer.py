"""One officer who fills in a workbook of the sample: strict or lenient, thorough or not.

Numbers come from an assumed truth (``instrument/sample.toml``), moved by the unit's group, the
officer's own leniency and chance. Nothing here is an estimate of anything.
"""

import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.random import Generator, default_rng

from analysis.project import Settings
from analysis.survey.asked.fields import MOST, TR, Amount, Choice, Field, Scale, Text
from analysis.survey.asked.instrument import Instrument
from analysis.survey.asked.questionnaire import Table
from analysis.survey.asked.register import Unit
from analysis.text import listing

BLANK = 0.02  # required cells that are overlooked, on average; some overlook none
OUT_OF_TASK, IN_TASK = 0.25, 0.012  # rows that do not apply, by category
IMPATIENT, FORGOTTEN = 0.06, 0.06  # units that leave tables soon; that leave a pair out
TIRED, BEGUN = 0.4, 3  # tables that the impatient leave, after so many rows
CONFUSED = 0.14  # units that compare pairs without a plan
NOTED = 0.10  # rows with evidence or a note
INVENTIVE = 0.35  # units with factors of their own
TALKATIVE = 0.88  # units with lines and a vision sentence
ELSEWHERE = 0.12  # proposals that another unit should lead
MIDDLE = 0.6  # how far up a scale answers lie of which nothing is assumed
LASTING = 0.5  # the share of what chance adds to an answer that stays from period to period

PROPOSED = {"name", "dimension", "subdimension", "cost", "duration", "beneficiaries", "lead"}

Answers = dict[tuple[str, str], object]


@dataclass
class Officer:
    """Who fills in the workbook of a unit; `given` grows as it is filled in.

    Whatever an item is answered depends on the seed, the unit and the item alone: other items,
    tables and units may come and go. `assumed`: what ``sample.toml`` says, or nothing.
    """

    unit: Unit
    instrument: Instrument
    settings: Settings
    assumed: Mapping[str, Any]
    seed: int
    period: str
    given: Answers = field(default_factory=dict)

    def stream(self, *names: str) -> Generator:
        """A random stream of its own for what these name."""
        return default_rng([self.seed, *(zlib.crc32(n.encode()) for n in (self.unit.id, *names))])

    def now(self, *names: str) -> Generator:
        """Such a stream that is another in every period."""
        return self.stream(self.period, *names)

    def _moved(self, spread: float, *names: str) -> float:
        """What chance adds to an answer, a part of it the same in every period."""
        lasting, passing = (s(*names).normal(0, spread) for s in (self.stream, self.now))
        return float(np.sqrt(LASTING) * lasting + np.sqrt(1 - LASTING) * passing)

    @cached_property
    def leniency(self) -> float:
        return float(self._of("tendency", self.unit.group, 0.0) + self._moved(0.28, "leniency"))

    def _of(self, *path: Any) -> Any:
        """What is assumed at a path of names; its last part where nothing is."""
        *names, default = path
        found: Any = self.assumed
        for name in names:
            found = found.get(name) if isinstance(found, Mapping) else None
        return default if found is None else found

    def fill_in(self, units: Sequence[Unit]) -> Answers:
        """Answer the whole workbook; `units`: who may lead a proposal."""
        for table in self.instrument.asked_of(self.unit):
            if table.pairs:
                self._compare(table)
            elif not table.slots:
                self._rate(table)
            elif {f.name for f in table.fields} >= PROPOSED:
                self._propose(table, units)
            elif table.name in self.assumed and table.fields[0].name == "name":
                self._add(table)
            elif all(isinstance(f.kind, Text) for f in table.fields):
                self._write(table)
            else:
                self._fill_rows(table)
        self._overlook()
        return self.given

    def _rate(self, table: Table) -> None:
        """Answer every item of a table, with a note here and there."""
        notes = self._of("notes", table.name, [])
        for code, category in zip(table.items["code"], table.items[table.scheme], strict=True):
            rng = self.now(code)
            if table.tb and rng.random() < self._out_of_task(category):
                first = next(f for f in table.required if not isinstance(f.kind, Text))
                self.given[code, first.name] = TR
                continue
            self._score(table, code, category)
            self._beside(table, code, category, notes, rng)

    def _beside(
        self, table: Table, code: str, category: str, notes: list[str], rng: Generator
    ) -> None:
        """What a row asks beside its levels."""
        for question in table.fields:
            if isinstance(question.kind, Choice):
                self.given[code, question.name] = self._chosen(question, category, rng)
            elif isinstance(question.kind, Amount):
                self.given[code, question.name] = _some(question.kind, rng)
            elif notes and isinstance(question.kind, Text) and rng.random() < NOTED:
                self.given[code, question.name] = notes[rng.integers(len(notes))]

    def _fill_rows(self, table: Table) -> None:
        """A row or two of a unit's own, of whatever they ask, in about a third of the units."""
        rng, notes = self.now(table.name), self._of("notes", table.name, ["–"])
        count = rng.integers(1, 3) if rng.random() < INVENTIVE else 0
        for code, category in list(table.slots.items())[:count]:
            self._score(table, code, category)
            self._beside(table, code, category, notes, rng)
            for question in table.fields:
                if isinstance(question.kind, Text):
                    self.given[code, question.name] = notes[rng.integers(len(notes))]

    def _out_of_task(self, category: str) -> float:
        if self.unit.coordinator == "yes":
            return 0.0
        of_group = self._of("outside", self.unit.group, [])
        outside = self._of("outside", self.unit.id, of_group)
        return OUT_OF_TASK if category in outside else IN_TASK

    def _score(self, table: Table, code: str, category: str, lift: float = 0.0) -> None:
        """A level on each scale of a row; `lift`: how much kinder than usual it is meant."""
        leniency = 0.0 if table.owned else self.leniency
        mood = lift or self._moved(0.22, table.name, category)
        for n, question in enumerate(_scaled(table)):
            name, scale = question.name, table.scale(question.name)
            truth = self._truth(table, code, category, n, scale)
            value = truth + leniency + mood + self._moved(0.55, code, name)
            if name == "target" and (code, "current") in self.given:
                current = self.given[code, "current"]
                assert isinstance(current, int)
                value = current + truth + self._moved(0.55, code, name)
            elif name not in ("level", "current", "rating"):
                value = truth + (leniency + mood) / 2 + self._moved(0.65, code, name)
            self.given[code, name] = _on(scale, value)

    def _truth(self, table: Table, code: str, category: str, n: int, scale: Scale) -> float:
        """The assumed middle of an item's `n`-th scale: its own, or near its category's."""
        known = self._of("truth", table.name.removesuffix("_own"), {})
        values = known.get(code) or known.get(category, [])
        usual = scale.low + MIDDLE * (scale.high - scale.low)
        middle = float(values[n] if n < len(values) else usual)
        if code in known or list(table.items.get(table.scheme, [])).count(category) == 1:
            return middle
        near = default_rng(zlib.crc32(f"{table.name} {code} {n}".encode())).normal(0, 0.3)
        return float(middle + near)

    def _chosen(self, question: Field, category: str, rng: Generator) -> str:
        """One choice, weighed as assumed for all, and more so for the category."""
        kind = question.kind
        assert isinstance(kind, Choice)
        if kind.options:
            return kind.options[rng.integers(len(kind.options))]
        weights = Counter(self._of("choices", kind.scheme, "general", {}))
        weights.update(self._of("choices", kind.scheme, category, {}))
        names = self.instrument.scheme(kind.scheme)["name"]
        share = np.array([weights[id] for id in names.index]) + 0.1
        return str(rng.choice(names.to_numpy(dtype=object), p=share / share.sum()))

    def _compare(self, table: Table) -> None:
        """Judge pairs from weights in the officer's head, more or less consistently."""
        truth = self._of("truth", table.name, {})
        own = self._of("task", self.unit.id, self._of("task", "other", ""))
        heads = {
            c: truth.get(c, 0.15)
            * np.exp(self._moved(0.3, table.name, c))
            * (1.4 if c == own else 1)
            for c in self.instrument.scheme(table.scheme).index
        }
        noise = 1.3 if self.now(table.name).random() < CONFUSED else 0.3
        for row in table.items.itertuples():
            ratio = heads[row.left] / heads[row.right] * np.exp(self._moved(noise, row.code))
            self.given[row.code, "more"] = "A" if ratio >= 1 else "B"
            self.given[row.code, "strength"] = _on(table.scale("strength"), max(ratio, 1 / ratio))

    def _overlook(self) -> None:
        """Leave required cells blank: one here and there, or most of some tables."""
        rng = self.now("blank")
        share, impatient = rng.gamma(0.4, BLANK / 0.4), rng.random() < IMPATIENT
        for table in self.instrument.asked_of(self.unit):
            if table.owned or not table.required:
                continue
            of_table = self.now("blank", table.name)
            tired = impatient and of_table.random() < TIRED
            left = table.codes[of_table.integers(len(table.codes))] if table.pairs else ""
            forgets = table.pairs and of_table.random() < FORGOTTEN
            for number, code in enumerate(table.codes):
                missed = self.now("blank", code).random(len(table.required)) < share
                missed |= (tired and number >= BEGUN) or (forgets and code == left)
                for question, blank in zip(table.required, missed, strict=True):
                    if blank and self.given.get((code, question.name)) != TR:
                        self.given.pop((code, question.name), None)

    def _add(self, table: Table) -> None:
        """Factors of the unit's own, in about a third of the units."""
        category = next(f for f in table.fields if isinstance(f.kind, Choice))
        assert isinstance(category.kind, Choice)
        names, rng = self.instrument.scheme(category.kind.scheme)["name"], self.now(table.name)
        count = rng.integers(1, 3) if rng.random() < INVENTIVE else 0
        found = [e for e in self._meant(self._of(table.name, []), rng) if e["category"] in names]
        for code, entry in zip(table.slots, found[:count], strict=False):
            self.given[code, "name"] = entry["name"]
            self.given[code, category.name] = names[entry["category"]]
            self._score(table, code, entry["category"], 0.3)

    def _write(self, table: Table) -> None:
        """A few words in some of the rows for them: of their kind, or of the table."""
        elements = listing(e.name.lower() for e in self.settings.vision.elements)
        words = {"city": self.settings.name, "unit": self.unit.short, "elements": elements}
        pools = self._of(table.name, {})
        for kind in dict.fromkeys(table.slots.values()):
            rows = [code for code, category in table.slots.items() if category == kind]
            rng, pool = self.now(table.name, kind), pools.get(kind or "any", [])
            least = 0 if len(rows) > 1 else 1
            count = rng.integers(least, len(rows) + 1) if rng.random() < TALKATIVE else 0
            for code, text in zip(rows[:count], rng.permutation(pool), strict=False):
                self.given[code, table.fields[0].name] = str(text).format(**words)

    def _propose(self, table: Table, units: Sequence[Unit]) -> None:
        """One to four programmes that fit the unit's task."""
        rng = self.now(table.name)
        below, above = (self.instrument.scheme(s) for s in ("subdimension", "dimension"))
        coordinator = next(u.name for u in units if u.coordinator == "yes")
        found = self._meant(self._of("proposals", "programmes", []), rng)
        found = [entry for entry in found if entry["sub"] in below.index]
        count = rng.choice([1, 2, 3, 4], p=[0.3, 0.35, 0.25, 0.1])
        for code, entry in zip(table.slots, found[:count], strict=False):
            row = {
                "name": entry["name"].format(unit=self.unit.short),
                "dimension": above.loc[below.loc[entry["sub"], "parent"], "name"],
                "subdimension": below.loc[entry["sub"], "name"],
                "cost": _amount(entry["cost"], 10, rng),
                "duration": _amount(entry["months"], 1, rng),
                "beneficiaries": _amount(entry["people"], 100, rng),
                "lead": coordinator if rng.random() < ELSEWHERE else self.unit.name,
            }
            for question, truth in zip(_scaled(table), entry["rate"], strict=True):
                value = truth + self.leniency + rng.normal(0, 0.6)
                row[question.name] = _on(table.scale(question.name), value)
            self.given |= {(code, name): value for name, value in row.items()}

    def _meant(self, entries: Iterable[Mapping], rng: Generator) -> list[Mapping]:
        """Entries for this unit in any order, then those for its group."""
        by_unit = [e for e in entries if self.unit.id in e["for"]]
        by_group = [e for e in entries if self.unit.group in e["for"]]
        return [pool[n] for pool in (by_unit, by_group) for n in rng.permutation(len(pool))]


def _scaled(table: Table) -> list[Field]:
    """The fields of a table that hold a level."""
    return [f for f in table.fields if isinstance(f.kind, Scale)]


def _on(scale: Scale, value: float) -> int:
    return int(min(max(round(value), scale.low), scale.high))


def _some(kind: Amount, rng: Generator) -> float:
    """A number of which nothing is assumed: where its ends are known, any between them."""
    if kind.maximum == MOST:
        return _amount([10, 1000], 1, rng)
    return round(float(rng.uniform(kind.minimum, kind.maximum)), 1)


def _amount(bounds: Sequence[float], step: int, rng: Generator) -> int:
    return max(step, round(np.exp(rng.uniform(*np.log(bounds))) / step) * step)
