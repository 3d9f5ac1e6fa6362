"""Synthetic answers, always labelled as such: a whole survey before the first workbook returns.

Numbers come from an assumed truth (``sample_texts.toml``), moved by the unit's group, its own
leniency and chance. Nothing here is an estimate of anything.
"""

import tomllib
import zlib
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np
from numpy.random import Generator, default_rng

from analysis.ledger import Ledger
from analysis.project import Project, Settings
from analysis.survey.asked import register
from analysis.survey.asked.fields import SAATY, TB, Choice, Scale
from analysis.survey.asked.instrument import Instrument
from analysis.survey.asked.questionnaire import Table
from analysis.survey.asked.register import Unit
from analysis.survey.sent import forms
from analysis.text import SOURCE, listing, using

BLANK = 0.025  # required cells that are overlooked, on average; some overlook none
OUT_OF_TASK, IN_TASK = 0.25, 0.012  # rows that do not apply, by category
IMPATIENT, FORGOTTEN = 0.06, 0.06  # units that stop before the end; that leave a pair out
BEGUN = 3  # rows of each table that even the impatient answer
CONFUSED = 0.14  # units that compare pairs without a plan
NOTED = 0.10  # rows with evidence or a note
INVENTIVE = 0.35  # units with factors of their own
TALKATIVE = 0.88  # units with lines and a vision sentence
ELSEWHERE = 0.12  # proposals that another unit should lead

KIND = "sample"
TEXTS = tomllib.loads(Path(__file__).with_name("sample_texts.toml").read_text("utf-8"))

Answers = dict[tuple[str, str], object]


def write(project: Project, seed: int, out: Path | None = None) -> list[Path]:
    """Write every unit's sample workbook as ``<period>-<unit>.xlsx``; returns their paths.

    Raises ProjectError rather than write over anything but such a workbook.
    """
    files = workbooks(project, seed)
    return Ledger(project, out or project.sample, KIND).write(files)


@using(SOURCE)
def workbooks(project: Project, seed: int) -> dict[str, bytes]:
    """Every unit's sample workbook, by file name.

    A unit's answers depend on the seed and its id alone, not on the other units.
    """
    instrument, units, settings = (
        Instrument.load(project),
        register.units(project),
        project.settings,
    )
    period, files = project.period, {}
    year = period[:4]
    for unit in units:
        rng = default_rng([seed, zlib.crc32(unit.id.encode())])
        files[forms.name(period, unit)] = forms.workbook(
            unit,
            instrument,
            settings,
            units=units,
            period=period,
            answers=answers(unit, instrument, settings, units, rng),
            respondent=_pick(rng, TEXTS["positions"][unit.group]),
            filled_on=date(int(year) if year.isdigit() else 2023, 8, int(rng.integers(11, 32))),
            sample=True,
        )
    return files


def answers(
    unit: Unit, instrument: Instrument, settings: Settings, units: list[Unit], rng: Generator
) -> Answers:
    """One unit's answers, as they are typed: (row code, field name) to value."""
    officer = Officer(unit, instrument, settings, rng)
    for table in instrument.tables:
        asked = not table.coordinator or unit.coordinator == "yes"
        if table.name == "pairs":
            officer.compare(table)
        elif asked and not table.slots:
            officer.rate(table)
    officer.overlook()
    officer.add_factors()
    officer.write_lines()
    officer.propose(units)
    return officer.given


@dataclass
class Officer:
    """Who fills in one workbook: strict or lenient, thorough or not; and what was given."""

    unit: Unit
    instrument: Instrument
    settings: Settings
    rng: Generator
    given: Answers = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.leniency = TEXTS["tendency"][self.unit.group] + self.rng.normal(0, 0.28)
        self.impatient, self.confused = self.chance(IMPATIENT), self.chance(CONFUSED)

    def chance(self, share: float) -> bool:
        return bool(self.rng.random() < share)

    def rate(self, table: Table) -> None:
        """Answer every item of a table on its scales, with a note here and there."""
        moods = {c: self.rng.normal(0, 0.22) for c in table.items[table.scheme].unique()}
        for code, category in zip(table.items["code"], table.items[table.scheme], strict=True):
            if table.tb and self.chance(self._out_of_task(category)):
                self.given[code, _scales(table)[0][0]] = TB
                continue
            self._score(table, code, category, moods[category])
            if table.name == "gap":
                self.given[code, "obstacle"] = self._obstacle(category)
            if table.name in TEXTS["notes"] and self.chance(NOTED):
                self.given[code, table.fields[-1].name] = _pick(
                    self.rng, TEXTS["notes"][table.name]
                )

    def _out_of_task(self, category: str) -> float:
        if self.unit.coordinator == "yes":
            return 0.0
        outside = TEXTS["outside"].get(self.unit.id, TEXTS["outside"][self.unit.group])
        return OUT_OF_TASK if category in outside else IN_TASK

    def _score(self, table: Table, code: str, category: str, mood: float) -> None:
        leniency = 0.0 if table.coordinator else self.leniency
        levels: dict[str, int] = {}
        for n, (name, scale) in enumerate(_scales(table)):
            truth = _truth(table, code, category, n)
            if name == "target":
                value = levels["current"] + truth + self.rng.normal(0, 0.55)
            elif name in ("level", "current", "rating"):
                value = truth + leniency + mood + self.rng.normal(0, 0.55)
            else:
                value = truth + leniency / 2 + mood / 2 + self.rng.normal(0, 0.65)
            levels[name] = _on(scale, value)
        self.given |= {(code, name): level for name, level in levels.items()}

    def _obstacle(self, category: str) -> str:
        weights = Counter(TEXTS["obstacles"]["general"])
        weights.update(TEXTS["obstacles"].get(category, {}))
        names = self.instrument.scheme("obstacle")["name"]
        share = np.array([weights[id] for id in names.index]) + 0.1
        return str(self.rng.choice(names.to_numpy(dtype=object), p=share / share.sum()))

    def compare(self, table: Table) -> None:
        """Judge pairs from weights in the officer's head, more or less consistently."""
        dimensions = self.instrument.scheme("dimension").index
        truth, rng = TEXTS["truth"]["pairs"], self.rng
        heads = {d: truth.get(d, 0.15) * np.exp(rng.normal(0, 0.3)) for d in dimensions}
        own = TEXTS["task"].get(self.unit.id, "governance")
        heads[own] = heads.get(own, 0.15) * 1.4
        noise = 1.3 if self.confused else 0.3
        for row in table.items.itertuples():
            ratio = heads[row.left] / heads[row.right] * np.exp(rng.normal(0, noise))
            self.given[row.code, "more"] = "A" if ratio >= 1 else "B"
            self.given[row.code, "strength"] = _on(SAATY, max(ratio, 1 / ratio))

    def overlook(self) -> None:
        """Leave required cells blank: one here and there, or most after a certain point."""
        tables = [t for t in self.instrument.tables if t.required and not t.coordinator]
        cells = [(c, f.name) for t in tables for c in t.codes for f in t.required]
        begun = {code for t in tables for code in t.codes[:BEGUN]}
        stop = self.rng.uniform(0.6, 0.8) if self.impatient else 1.0
        pairs, share = self.instrument.table("pairs").codes, self.rng.gamma(0.4, BLANK / 0.4)
        blank = [c for c in cells[round(len(cells) * stop) :] if c[0] not in begun]
        blank += [c for c in cells if c[0] not in pairs and self.chance(share)]
        if self.chance(FORGOTTEN):
            code = _pick(self.rng, pairs)
            blank += [(code, "more"), (code, "strength")]
        self.given = {c: v for c, v in self.given.items() if v == TB or c not in blank}

    def add_factors(self) -> None:
        """Factors of the unit's own, in about a third of the units."""
        for table in (self.instrument.table("future_own"), self.instrument.table("external_own")):
            category, scheme = next(
                (f.name, f.kind.scheme) for f in table.fields if isinstance(f.kind, Choice)
            )
            names = self.instrument.scheme(scheme)["name"]
            found = [e for e in self._meant(TEXTS[table.name]) if e["category"] in names]
            count = self.rng.integers(1, 3) if self.chance(INVENTIVE) else 0
            for code, entry in zip(table.slots, found[:count], strict=False):
                self.given[code, "name"] = entry["name"]
                self.given[code, category] = names[entry["category"]]
                self._score(table, code, entry["category"], 0.3)

    def write_lines(self) -> None:
        """Strengths to threats in a few words, and a sentence for the vision."""
        words = {"city": self.settings.name, "unit": self.unit.short}
        slots = self.instrument.table("swot_lines").slots
        for kind, pool in TEXTS["lines"].items():
            rows = [code for code in slots if code.startswith(f"SWOT-{kind[0].upper()}")]
            count = self.rng.integers(0, len(rows) + 1) if self.chance(TALKATIVE) else 0
            for code, text in zip(rows[:count], self.rng.permutation(pool), strict=False):
                self.given[code, "text"] = str(text).format(**words)
        if self.chance(TALKATIVE):
            words["elements"] = listing(e.name.lower() for e in self.settings.vision.elements)
            sentence = _pick(self.rng, TEXTS["visions"]["sentences"]).format(**words)
            self.given[self.instrument.table("sentence").slots[0], "text"] = sentence

    def propose(self, units: list[Unit]) -> None:
        """One to four programmes that fit the unit's task."""
        below, above = (self.instrument.scheme(s) for s in ("subdimension", "dimension"))
        coordinator = next(u.name for u in units if u.coordinator == "yes")
        found = self._meant(TEXTS["proposals"]["programmes"])
        found = [entry for entry in found if entry["sub"] in below.index]
        count = self.rng.choice([1, 2, 3, 4], p=[0.3, 0.35, 0.25, 0.1])
        table = self.instrument.table("quickwin")
        for code, entry in zip(table.slots, found[:count], strict=False):
            row = {
                "name": entry["name"].format(unit=self.unit.short),
                "dimension": above.loc[below.loc[entry["sub"], "parent"], "name"],
                "subdimension": below.loc[entry["sub"], "name"],
                "cost": self._amount(entry["cost"], 10),
                "duration": self._amount(entry["months"], 1),
                "beneficiaries": self._amount(entry["people"], 100),
                "lead": coordinator if self.chance(ELSEWHERE) else self.unit.name,
            }
            for (name, scale), truth in zip(_scales(table), entry["rate"], strict=True):
                value = truth + self.leniency + self.rng.normal(0, 0.6)
                row[name] = _on(scale, value)
            self.given |= {(code, name): value for name, value in row.items()}

    def _meant(self, entries: list[dict]) -> list[dict]:
        """Entries for this unit in any order, then those for its group."""
        by_unit = [e for e in entries if self.unit.id in e["for"]]
        by_group = [e for e in entries if self.unit.group in e["for"]]
        return [pool[n] for pool in (by_unit, by_group) for n in self.rng.permutation(len(pool))]

    def _amount(self, bounds: list[int], step: int) -> int:
        return max(step, round(np.exp(self.rng.uniform(*np.log(bounds))) / step) * step)


def _scales(table: Table) -> list[tuple[str, Scale]]:
    """The fields of a table that hold a level, each with its scale."""
    return [(f.name, f.kind) for f in table.fields if isinstance(f.kind, Scale)]


def _truth(table: Table, code: str, category: str, n: int) -> float:
    """The assumed middle of an item's `n`-th scale: its own, or near its category's."""
    known = TEXTS["truth"].get(table.name.removesuffix("_own"), {})
    values = known.get(code) or known.get(category, [])
    middle = values[n] if n < len(values) else 3.4
    if code in known or list(table.items.get(table.scheme, [])).count(category) == 1:
        return middle
    return middle + default_rng(zlib.crc32(f"{table.name} {code} {n}".encode())).normal(0, 0.3)


def _on(scale: Scale, value: float) -> int:
    return int(min(max(round(value), scale.low), scale.high))


def _pick(rng: Generator, pool: list) -> str:
    return pool[rng.integers(len(pool))]
