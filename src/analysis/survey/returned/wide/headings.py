"""What the headings of a wide table mean: cells of the questionnaire, whose a row is, or neither.

A heading names an item (by its code, name or statement in any language of the questionnaire) and,
where its table asks several things of each, the field; around them stand groups and titles.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from analysis.survey.asked.instrument import Instrument
from analysis.survey.asked.labels import IDENTITY
from analysis.survey.asked.questionnaire import Table
from analysis.survey.returned.response import Key
from analysis.survey.returned.wide.beside import (
    RESPONDENT,
    RESPONDENTS,
    SIDE,
    UNIT,
    UNITS,
    bare,
    kind,
)
from analysis.text import _, languages, using

_ORDERED = re.compile(r"sq0*(\d{1,2})")  # how LimeSurvey names what is asked within a question
_COMMENT = {"comment", "komentar", "remark", "keterangan"}
SEPARATORS = (". ", ": ", " - ", " – ", " — ", " | ", "_", ".", "-", " ")
MOST, LONGEST = 100, 1_500  # ways to read a heading, and letters of one: whoever wrote it
DEEPEST = 4  # titles within titles of one heading


class Piece(NamedTuple):
    """A part of a heading; `free`: it may be a title that nobody knows."""

    text: str
    free: bool


class Vocabulary:
    """Every word by which the questionnaire is asked: `instruments` in one language each."""

    def __init__(self, instruments: Iterable[Instrument]):
        self.instruments = tuple(instruments)
        self._known: dict[tuple[str, bool], tuple[Key, ...]] = {}

    @property
    def rows(self) -> Mapping[str, Table]:
        return self.instruments[0].rows

    def keys(self, heading: str, own: bool = False) -> tuple[Key, ...]:
        """The cells of the questionnaire that a heading may mean: one, if it is clear.

        `own`: it is about rows of a unit's own; the first of a table's stands for all of them.
        """
        if (heading, own) not in self._known:
            found: tuple[Key, ...] = ()
            texts = [heading.strip()]
            if "_" in heading and " " not in texts[0]:  # as LimeSurvey may write spaces
                texts.append(texts[0].replace("_", " "))
            ways = (way for text in texts for way in self._ways(text[:LONGEST], DEEPEST))
            for pieces in islice(ways, MOST):
                keys = self._read(pieces, own)
                if len(keys) == 1:
                    found = keys
                    break
                found = found or keys
            self._known[heading, own] = found
        return self._known[heading, own]

    def beside(self, heading: str) -> str:
        """What a column is that holds no answers; empty where that is not known."""
        said = bare(heading)
        if said.endswith("time") and self.keys(said.removesuffix("time")):
            return SIDE  # how long a question took, as LimeSurvey names it
        return kind(said, self._identity)

    def _ways(self, heading: str, deepest: int, free: bool = False) -> Iterator[list[Piece]]:
        """The ways in which a heading may be made up, those of fewer pieces first.

        Of two pieces one is known as it stands; the other may be made up of more.
        """
        yield [Piece(heading, free)]
        for before, after, may in _cuts(heading) if deepest else ():
            if self._knows(after):
                for left in self._ways(before, deepest - 1, free or may):
                    yield [*left, Piece(after, False)]
            elif self._knows(before) or may:
                for right in self._ways(after, deepest - 1, free):
                    yield [Piece(before, free or may), *right]

    def _knows(self, text: str) -> bool:
        said = bare(text)
        return said in self._items or said in self._tables or bool(self._field(said))

    def _read(self, pieces: list[Piece], own_rows: bool) -> tuple[Key, ...]:
        """The cells that pieces name together; none where one of them is not known."""
        codes: set[str] | None = None
        fields: set[Key] | None = None
        tables: set[str] | None = None
        for roles in sorted(map(self._roles, pieces), key=lambda roles: sum(map(bool, roles))):
            items, own, titles, free = roles
            if items and (codes is None or codes & items or not (own or titles)):
                codes = items if codes is None else codes & items
            elif own:
                fields = own if fields is None else fields & own
            elif titles:
                tables = titles if tables is None else tables & titles
            elif not free:
                return ()
        if codes is None:  # a table with one row is named by its title or its field
            named = tables if fields is None else {table for table, _name in fields}
            rows = [t for t in self.instruments[0].tables if t.name in (named or ())]
            codes = {t.codes[0] for t in rows if len(t.codes) == 1 or (t.slots and own_rows)}
        meant = [c for c in self.rows if c in codes]
        if tables is not None:
            meant = [c for c in meant if self.rows[c].name in tables]
        if fields is not None:
            return tuple((c, name) for c in meant for t, name in fields if self.rows[c].name == t)
        return tuple((c, f.name) for c in meant for f in self.rows[c].fields if f.required)

    def _roles(self, piece: Piece) -> tuple[set[str], set[Key], set[str], bool]:
        """What a piece may name: items, fields and tables; and whether it need name nothing."""
        said = bare(piece.text)
        items, tables = self._items.get(said, set()), self._tables.get(said, set())
        return items, self._field(said), tables, piece.free

    def _field(self, said: str) -> set[Key]:
        if found := self._fields.get(said):
            return found
        tables = self.instruments[0].tables
        if order := _ORDERED.fullmatch(said):
            n = int(order[1])
            return {(t.name, t.fields[n - 1].name) for t in tables if 0 < n <= len(t.fields)}
        return {(t.name, t.notes) for t in tables if t.notes} if said in _COMMENT else set()

    @cached_property
    def _items(self) -> dict[str, set[str]]:
        """By what it is called, simplified: the codes of items."""
        found: dict[str, set[str]] = defaultdict(set)
        for instrument in self.instruments:
            for code, table in instrument.rows.items():
                found[bare(code)].add(code)
                found[re.sub(r"\W", "", code).casefold()].add(code)
                found[code.replace("-", "_").casefold()].add(code)
                if not table.slots:
                    found[bare(table.names[code])].add(code)
            for table in instrument.tables:
                if "statement" in table.items:
                    for code, text in zip(
                        table.items["code"], table.items["statement"], strict=True
                    ):
                        found[bare(text)].add(code)
        return dict(found)

    @cached_property
    def _fields(self) -> dict[str, set[Key]]:
        """By name and title: the fields, each with its table."""
        found: dict[str, set[Key]] = defaultdict(set)
        for table in self.instruments[0].tables:
            for field in table.fields:
                for title in (field.name, *_spoken(field.title)):
                    found[bare(title)].add((table.name, field.name))
        return dict(found)

    @cached_property
    def _tables(self) -> dict[str, set[str]]:
        """By name, title and sheet: the tables."""
        found: dict[str, set[str]] = defaultdict(set)
        for table in self.instruments[0].tables:
            for title in (table.name, *_spoken(table.title), *_spoken(table.sheet)):
                found[bare(title)].add(table.name)
        return dict(found)

    @cached_property
    def _identity(self) -> dict[str, str]:
        kinds = {"unit": UNIT, "unit_name": UNIT, "respondent": RESPONDENT}
        found = dict.fromkeys(UNITS, UNIT) | dict.fromkeys(RESPONDENTS, RESPONDENT)
        for code in languages():
            with using(code):
                for key, label in IDENTITY.items():
                    for text in (key, _(label)):
                        found.setdefault(bare(text), kinds.get(key, SIDE))
        return found

    def typed(self, key: Key) -> dict[str, int | str]:
        """What may be typed in a cell in any language, plain: the level or category that it is."""
        found: dict[str, int | str] = {}
        for instrument in reversed(self.instruments):
            table = instrument.rows[key[0]]
            kind = next(f.kind for f in table.asked(key[0]) if f.name == key[1])
            if scheme := getattr(kind, "scheme", ""):
                found |= instrument.typed[scheme]
            for level, label in getattr(kind, "labels", {}).items():
                found |= dict.fromkeys(map(bare, _spoken(label)), level)
            found |= {bare(option): option for option in getattr(kind, "options", ())}
        return found

    def categories(self, scheme: str) -> dict[str, str]:
        """By what they are called in any language, plain: the categories of a scheme."""
        found: dict[str, str] = {}
        for instrument in reversed(self.instruments):
            found |= instrument.typed[scheme]
        return found

    def sorts(self, heading: str, table: Table) -> bool:
        """Whether a column says of which category each row of a table is."""
        scheme = self.instruments[0].schemes.get(table.scheme)
        names = (scheme.id, *_spoken(scheme.title), *_spoken(scheme.heading)) if scheme else ()
        return bare(heading.rpartition("/")[2]) in set(map(bare, names)) - {""}

    def option(self, heading: str) -> tuple[Key, str] | None:
        """The choice that a column with 1 and 0 is about, and of which cell it is one."""
        before, _sign, after = heading.strip().rstrip("]").replace("[", "/").rpartition("/")
        keys = self.keys(before) if before else ()
        chosen = self.typed(keys[0]).get(bare(after)) if len(keys) == 1 else None
        return (keys[0], chosen) if isinstance(chosen, str) else None

    @property
    def texts(self) -> Mapping[str, set[str]]:
        """By what it is called, bare: the codes of items."""
        return self._items


def _spoken(text: str) -> list[str]:
    """A text of the questionnaire in every language that it has."""
    return [str(text), *getattr(text, "others", {}).values()]


def _cuts(heading: str) -> Iterator[tuple[str, str, bool]]:
    """Where a heading may be cut in two, and whether what stands in front may be any title."""
    if heading.endswith("]") and (at := heading.rfind("[")) > 0:
        yield heading[:at].strip(" ."), heading[at + 1 : -1].strip(), True
    if heading.startswith("[") and 0 < (at := heading.find("]")) < len(heading) - 1:
        yield heading[1:at].strip(), heading[at + 1 :].strip(), False
    if heading.endswith(")") and (at := heading.rfind("(")) > 0:
        yield heading[:at].strip(), heading[at + 1 : -1].strip(), False
    steps = [n for n, sign in enumerate(heading) if sign == "/"]
    for at in dict.fromkeys((*steps[:5], *steps[-2:])):
        yield heading[:at].strip(), heading[at + 1 :].strip(), True
    for sign in SEPARATORS:
        first, last = heading.find(sign), heading.rfind(sign)
        for at in dict.fromkeys((first, last)):
            if 0 < at < len(heading) - len(sign):
                yield heading[:at].strip(), heading[at + len(sign) :].strip(), False
