"""What a workbook says beside the blank form, so that it is nobody's answer."""

import re
from dataclasses import dataclass
from functools import cached_property

from analysis.survey.asked.instrument import Instrument
from analysis.survey.asked.labels import (
    ABOUT,
    BLANK_STILL,
    CONSISTENT,
    EMPTY,
    EMPTY_OR_TB,
    INCONSISTENT,
    LIST,
    MENDED,
    MENDING,
    MORE_CELLS,
    SAME_STILL,
    TO_MEND_COUNT,
    UNREAD,
    fits,
    parts,
    plain,
)
from analysis.survey.told.problems import Code
from analysis.text import _


@dataclass(frozen=True)
class Mending:
    """What forms filled in and workbooks of corrections say, in the language of the forms."""

    instrument: Instrument

    def says(self, text: str, listed: bool) -> bool:
        """Whether each line is one that such a workbook says itself, and holds nothing else.

        `listed`: it stands on the first sheet, which lists questions by their names.
        """
        return all(
            line in self._texts
            or (listed and line in self._names)
            or self._places.fullmatch(line)
            or any(fits(line, template) for template in self._templates)
            for line in map(plain, text.splitlines())
        )

    @cached_property
    def _texts(self) -> frozenset[str]:
        """What always reads the same, plain."""
        lights = (CONSISTENT, INCONSISTENT)
        said = (*LIST, EMPTY, EMPTY_OR_TB, UNREAD, BLANK_STILL, SAME_STILL, MENDED, *lights)
        return frozenset(plain(_(text)) for text in said)

    @cached_property
    def _names(self) -> frozenset[str]:
        """The names of tables, of their columns and of their items, plain."""
        tables = self.instrument.tables
        said = [_(title) for t in tables for title in (t.title, *(f.title for f in t.fields))]
        said += [name for t in tables if not t.slots for name in t.names.values()]
        return frozenset(map(plain, said))

    @cached_property
    def _templates(self) -> list[list[str]]:
        """What is filled in: the survey, the steps, and every problem with what to do about it."""
        told = [f"{_(message)} {_(hint)}" for _severity, message, hint in (c.value for c in Code)]
        said = (TO_MEND_COUNT, *MENDING, *(text for _label, text in ABOUT.values()))
        return [parts(template) for template in (*map(_, said), *told)]

    @cached_property
    def _places(self) -> re.Pattern[str]:
        """A place in the list, alone or with others."""
        sheets = "|".join(re.escape(plain(_(t.sheet))) for t in self.instrument.tables)
        alone = rf"(?:{sheets}) · [a-z]{{1,2}}\d{{1,3}}"
        others = re.escape(plain(_(MORE_CELLS))).replace(r"\{count\}", r"\d+")
        return re.compile(alone + "|" + others.replace(r"\{place\}", alone))
