"""What every returned workbook is held against, put together once for all of them."""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import PurePosixPath

from analysis.project import Project, ProjectError, Settings
from analysis.survey.asked.instrument import Instrument
from analysis.survey.asked.labels import (
    CODE,
    COUNT,
    COVER,
    IDENTITY,
    READ_BACK,
    STRETCH,
    WHO,
    pattern,
    plain,
    simplify,
)
from analysis.survey.asked.questionnaire import Table
from analysis.survey.asked.register import Unit
from analysis.survey.asked.register import units as register
from analysis.survey.asked.version import version
from analysis.survey.returned import cells
from analysis.survey.returned.mending import Mending
from analysis.survey.returned.response import Answer, Key, Line
from analysis.survey.returned.wide import mapping
from analysis.survey.returned.wide.headings import Vocabulary
from analysis.survey.returned.workbook import Cell, Fault
from analysis.text import _, language, languages, using

_ROWS = re.compile(rf"[a-z]{{2,4}}\d{{1,3}}({STRETCH}[a-z]{{2,4}}\d{{1,3}})?(, [^:]+)?: ")
NO_LETTERS = re.compile(r"[\W\d_]+")
SHORTEST = 3  # letters of a name by which a file may be known


@dataclass(frozen=True)
class Expected:
    """The questionnaire, the units that are asked, the city and the period."""

    instrument: Instrument
    units: list[Unit]
    settings: Settings
    period: str
    project: Project | None = None

    @classmethod
    def of(cls, project: Project) -> "Expected":
        """Raises ProjectError when the settings, the register or the instrument are wrong."""
        asked, settings = Instrument.load(project), project.settings
        return cls(asked, register(project), settings, project.period, project)

    def prepare(self) -> None:
        """Put together now what every workbook needs, rather than with the first."""
        self._raw, self._texts, self._beside  # noqa: B018

    @cached_property
    def coordinator(self) -> Unit:
        return next(u for u in self.units if u.coordinator == "yes")

    def asked(self, unit: str) -> tuple[Table, ...]:
        """The tables that a unit is asked to fill in, with the items that it is asked."""
        return self._asked[unit]

    def codes(self, unit: str) -> frozenset[str]:
        """The rows that a unit is asked."""
        return self._codes[unit]

    @cached_property
    def _asked(self) -> dict[str, tuple[Table, ...]]:
        return {unit.id: self.instrument.asked_of(unit) for unit in self.units}

    @cached_property
    def _codes(self) -> dict[str, frozenset[str]]:
        return {u: frozenset(c for t in own for c in t.codes) for u, own in self._asked.items()}

    def owner(self, code: str) -> Unit:
        """Who answers for a row of which each has its own."""
        items = self.instrument.rows[code].items
        return self.known.get(items.set_index("code")["owner"][code], self.coordinator)

    @cached_property
    def known(self) -> dict[str, Unit]:
        return {u.id: u for u in self.units}

    @cached_property
    def names(self) -> dict[str, Unit]:
        """Everything that a unit is called, simplified."""
        return {
            simplify(name): u for u in self.units for name in (u.id, *u.aliases, u.short, u.name)
        }

    def named(self, file: str) -> list[Unit]:
        """The units that a file's name names, as people call them."""
        return self._in(PurePosixPath(file).stem)

    def claimed(self, file: str) -> str | None:
        """The one unit that a file's name or else its folders name."""
        for part in (PurePosixPath(file).stem, *reversed(PurePosixPath(file).parts[:-1])):
            if units := self._in(part):
                return units[0].id if len(units) == 1 else None
        return None

    def _in(self, text: str) -> list[Unit]:
        said = _words(text)
        found = {name: unit for name, unit in self._called.items() if name in said}
        whole = [u for n, u in found.items() if not any(n in o and n != o for o in found)]
        return list({u.id: u for u in whole}.values())

    @cached_property
    def _called(self) -> dict[str, Unit]:
        """What units are called, as words; too short a name stands for much else."""
        names = {_words(n): u for u in self.units for n in (*u.aliases, u.id, u.short, u.name)}
        return {name: unit for name, unit in names.items() if len(name.strip()) >= SHORTEST}

    @cached_property
    def version(self) -> str:
        """What a form says of the questionnaire that it asks."""
        return version(self.instrument)

    @cached_property
    def identity(self) -> dict[str, str]:
        """The labels of the identity sheet, simplified."""
        return {simplify(t): key for key, label in IDENTITY.items() for t in (label, _(label))}

    @cached_property
    def hints(self) -> frozenset[str]:
        """What the form says beside the values on its sheet of identity, plain."""
        rows = [row for row in self._form if simplify(row[0].text) in self.identity]
        return frozenset(
            plain(c.text) for row in rows for c in row if c.column == row[0].column + 2
        )

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """Every word by which the questionnaire is asked, in any of its languages."""
        others = []
        for code in languages():
            if self.project and code != language():
                with suppress(ProjectError), using(code):  # it need not be in every language
                    others.append(Instrument.load(self.project))
        return Vocabulary([self.instrument, *others])

    @cached_property
    def mapped(self) -> dict[str, list[Key | None]]:
        """What a person said that headings of wide tables mean."""
        if not self.project:
            return {}
        return mapping.read(self.project.mapping, self.instrument)[0]

    @cached_property
    def code(self) -> str:
        """The heading above the codes of rows."""
        return simplify(_(CODE))

    @cached_property
    def titles(self) -> dict[str, dict[str, str]]:
        """By table: the heading above each field, simplified, and the field's name."""
        return {
            table.name: {simplify(_(field.title)): field.name for field in table.fields}
            for table in self.instrument.tables
        }

    @cached_property
    def headings(self) -> frozenset[str]:
        """Every heading of a field, simplified."""
        return frozenset(title for titles in self.titles.values() for title in titles)

    @cached_property
    def keys(self) -> Mapping[tuple[str, str], tuple[str, str]]:
        """Every (row code, field name), so that a thousand workbooks share them."""
        keys = [(c, f.name) for t in self.instrument.tables for c in t.codes for f in t.fields]
        return {key: key for key in keys}

    @cached_property
    def rows(self) -> dict[tuple[tuple[str, Line], ...], dict[str, Line]]:
        """Where rows stand, as met so far, shared likewise."""
        return {}

    @cached_property
    def answers(self) -> dict[Answer, Answer]:
        """Answers by number met so far, with their places, shared likewise."""
        return {}

    @cached_property
    def _form(self) -> list[list[Cell]]:
        """The rows of a blank form with every sheet and every row."""
        from analysis.survey.sent import forms  # takes a while, which no notebook has to spend

        undivided = tuple(replace(table, owned=False) for table in self.instrument.tables)
        content = forms.workbook(
            self.coordinator,
            replace(self.instrument, tables=undivided),
            self.settings,
            units=self.units,
            period=self.period,
            sample=True,
        )
        return list(cells.read(content).rows())

    @cached_property
    def _raw(self) -> frozenset[str]:
        """Every text of the form as it stands there: most texts need no second look."""
        return frozenset(c.value for row in self._form for c in row if isinstance(c.value, str))

    @cached_property
    def _texts(self) -> frozenset[str]:
        """Every text of the form, plain."""
        return frozenset(plain(c.value) for row in self._form for c in row if _is_text(c))

    @cached_property
    def _legends(self) -> frozenset[str]:
        """Those that say for which rows they are, without that: a unit is asked some of them."""
        return frozenset(_ROWS.sub("", text) for text in self._texts if _ROWS.match(text))

    @cached_property
    def _beside(self) -> frozenset[str]:
        """Texts of the form beside which numbers of its own stand."""
        rows = [row for row in self._form if not all(map(_is_text, row))]
        return frozenset(plain(c.value) for row in rows for c in row if _is_text(c))

    @cached_property
    def _mending(self) -> Mending:
        return Mending(self.instrument)

    @cached_property
    def _count(self) -> re.Pattern[str]:
        return pattern(_(COUNT))

    @cached_property
    def who(self) -> re.Pattern[str]:
        """The line on every sheet that says whose it is."""
        return pattern(_(WHO))

    @cached_property
    def read_back(self) -> str:
        """The heading above what the form itself says of the answers."""
        return simplify(_(READ_BACK))

    def own(self, cell: Cell, row: list[Cell], unit: str) -> bool:
        """Whether a cell outside the answers is what the form itself says there.

        A formula there holds nothing of the officer's, whatever became of it.
        """
        if isinstance(cell.value, Fault):
            return True
        if not _is_text(cell):
            return any(_is_text(c) and plain(c.value) in self._beside for c in row)
        if cell.value in self._raw:
            return True
        text = plain(cell.value)
        if text in self._texts or self._count.fullmatch(text):
            return True
        if _ROWS.match(text) and _ROWS.sub("", text) in self._legends:
            return True
        name = plain(self.known[unit].name)
        of_unit = text.startswith(name) and text.replace(name, plain(self.coordinator.name))
        return of_unit in self._texts or self._mending.says(cell.text, cell.sheet == _(COVER))


@lru_cache(4096)
def _words(name: str) -> str:
    """A name's words between spaces, without digits and signs."""
    apart = re.sub("(?<=[a-z])(?=[A-Z])", " ", name)  # DinasKesehatan
    return f" {' '.join(re.split(NO_LETTERS, apart.casefold())).strip()} "


def _is_text(cell: Cell) -> bool:
    return isinstance(cell.value, str)
