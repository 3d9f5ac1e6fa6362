"""Officers who fill in workbooks: what each of them typed, beside the bytes that were sent."""

import csv
import io
import warnings
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

import openpyxl
from openpyxl.workbook import Workbook

from analysis.project import Project
from analysis.survey.asked import register
from analysis.survey.asked.fields import TB, Amount, Choice, Field, Scale
from analysis.survey.asked.instrument import Instrument
from analysis.survey.sent import forms

PERIOD = "2023"
LAST = 4  # the last wave
DASH = "-"  # typed where nothing is to be said: no answer, and told as such

Key = tuple[str, str]  # row code, field name
Place = tuple[str, str]  # sheet, cell
Typed = dict[Key, object]


@dataclass(frozen=True)
class Delivery:
    """A file that came, and what is known of it since somebody looked over the officer's shoulder.

    It lies at `path` below ``data/raw`` from one wave until another; the path of a workbook in a
    zip goes through the zip. `unit` is whose it is: by the id inside, or else by the file's name.
    `typed` are its answers (TB in every required cell of a row that does not apply), `wrong` the
    cells that hold no answer, `dashed` those with a dash; `places` is where each cell stands.
    `trouble` is the code of the problem for which nothing in it counts.
    """

    wave: int
    path: str
    content: bytes = field(repr=False)
    unit: str
    trouble: str = ""
    revision: int = 1
    typed: Mapping[Key, object] = field(default_factory=dict, repr=False)
    wrong: frozenset[Key] = frozenset()
    dashed: frozenset[Key] = frozenset()
    places: Mapping[Key, Place] = field(default_factory=dict, repr=False)
    until: int = LAST

    @property
    def file(self) -> str:
        return f"data/raw/{self.path}"


class Officers:
    """The officers of a city: each knows what the unit thinks, and how its workbook is sent."""

    def __init__(self, project: Project):
        self.instrument, self.settings = Instrument.load(project), project.settings
        self.units = {u.id: u for u in register.units(project)}
        chief = next(u.id for u in self.units.values() if u.coordinator == "yes")
        other = next(u for u in self.units if u != chief)
        of_chief, of_others = (self.where(self.workbook(u, {})) for u in (chief, other))
        self.places = {u: of_chief if u == chief else of_others for u in self.units}

    def thinks(self, unit: str) -> Typed:
        """All that a unit has to say: every required cell, and a little of what is optional."""
        said: Typed = {}
        for table in self.instrument.tables:
            if table.codes[0] in (code for code, _field in self.places[unit]):
                for code in table.slots[:1] or table.codes:
                    for question in table.fields:
                        if question.required or number(unit, code) % 6 == 0:
                            said[code, question.name] = self._opinion(unit, code, question, said)
        return said

    def _opinion(self, unit: str, code: str, question: Field, said: Typed) -> object:
        kind, chance = question.kind, number(unit, code, question.name)
        if isinstance(kind, Scale):
            value = kind.low + chance % (kind.high - kind.low + 1)
            # A target below today's condition would be doubted.
            return max(value, said[code, "current"]) if question.name == "target" else value
        if isinstance(kind, Choice):
            names = kind.options or self._offered(kind.scheme, said.get((code, "dimension")))
            return names[chance % len(names)]
        return 12 + chance % 13 if isinstance(kind, Amount) else f"menurut {unit}: {code}"

    def _offered(self, scheme: str, above: object) -> list[str]:
        """The names of a scheme; of sub-dimensions those of the chosen dimension."""
        offered = self.instrument.scheme(scheme)
        if scheme == "subdimension":
            parents = self.instrument.scheme("dimension")["name"]
            offered = offered[offered["parent"].map(parents) == above]
        return list(offered["name"])

    def stored(self, key: Key, value: object) -> object:
        """A typed answer as the tables hold it: a category by its id."""
        kind = next(f.kind for f in self.instrument.rows[key[0]].fields if f.name == key[1])
        if isinstance(kind, Choice) and kind.scheme and value != TB:
            names = self.instrument.scheme(kind.scheme)["name"]
            return names.index[list(names).index(value)]
        return value

    def required(self, unit: str) -> set[Key]:
        tables = self.instrument.tables
        keys = {(c, f.name) for t in tables for c in t.codes for f in t.required}
        return keys & set(self.places[unit])

    def sheet(self, *names: str) -> set[Key]:
        """All cells of the sheets whose names begin so."""
        places = {key: place for places in self.places.values() for key, place in places.items()}
        return {key for key, (sheet, _cell) in places.items() if sheet.startswith(names)}

    def workbook(self, unit: str, cells: Mapping[Key, object], **other: object) -> bytes:
        units = list(self.units.values())
        return forms.workbook(
            self.units[unit],
            self.instrument,
            self.settings,
            units=units,
            period=PERIOD,
            answers=cells,
            **other,
        )

    def sends(
        self,
        wave: int,
        unit: str,
        name: str = "",
        *,
        cells: Mapping[Key, object] | None = None,
        wrong: Mapping[Key, object] | None = None,
        identity: Mapping[str, object] | None = None,
        edit: Callable[[Workbook], None] | None = None,
        folder: str = f"{PERIOD}/responses",
        trouble: str = "",
        revision: int = 1,
        until: int = LAST,
        sample: bool = False,
    ) -> Delivery:
        """A workbook from a unit: all that it thinks, or these cells, with what is wrong in it.

        `identity` is what somebody typed over the sheet “Identitas”, `edit` what else was changed.
        """
        cells = dict(self.thinks(unit) if cells is None else cells)
        wrong = dict(wrong or {})
        content = self.workbook(unit, cells | wrong, revision=revision, sample=sample)
        places = self.places[unit]
        if identity or edit:
            content = edited(content, identity or {}, edit or (lambda book: None))
            places = self.where(content)
        typed = {key: cells[key] for key in cells if key in places and key not in wrong}
        for code in {code for (code, _field), value in typed.items() if value == TB}:
            typed |= {(code, f.name): TB for f in self.instrument.rows[code].required}
        return Delivery(
            wave=wave,
            path=f"{folder}/{name or f'{PERIOD}-{unit}.xlsx'}",
            content=content,
            unit=unit,
            trouble=trouble,
            revision=revision,
            typed=typed,
            wrong=frozenset(key for key, value in wrong.items() if value != DASH),
            dashed=frozenset(key for key, value in wrong.items() if value == DASH),
            places=places,
            until=until,
        )

    def where(self, content: bytes) -> dict[Key, Place]:
        """Where the cells of a workbook stand, by its codes and headings as they can be seen."""
        found = {}
        for sheet in opened(content):
            titles: dict[str, str] = {}
            for row in sheet.iter_rows(values_only=False):
                first = str(row[0].value)
                if first == "Kode":
                    titles = {
                        str(c.value).split("\n")[0]: c.column_letter for c in row[1:] if c.value
                    }
                for question in getattr(self.instrument.rows.get(first), "fields", ()):
                    if question.title in titles:
                        cell = f"{titles[question.title]}{row[0].row}"
                        found[first, question.name] = (sheet.title, cell)
        return found


def number(*words: str) -> int:
    """The same number for the same words, as if drawn by lot."""
    return zlib.crc32(" ".join(words).encode()) >> 3


def without(cells: Mapping[Key, object], keys: Iterable[Key]) -> Typed:
    left_out = set(keys)
    return {key: value for key, value in cells.items() if key not in left_out}


def only(cells: Mapping[Key, object], keys: Iterable[Key]) -> Typed:
    return without(cells, set(cells) - set(keys))


def opened(content: bytes, **options: bool) -> Workbook:
    with warnings.catch_warnings():  # what openpyxl cannot keep is for the eye only
        warnings.simplefilter("ignore", UserWarning)
        return openpyxl.load_workbook(io.BytesIO(content), **options)


def edited(content: bytes, identity: Mapping, edit: Callable[[Workbook], None]) -> bytes:
    """A workbook after somebody changed it in a spreadsheet."""
    book, stream = opened(content), io.BytesIO()
    for row in book["Identitas"].iter_rows():
        if row[0].value in identity:
            row[1].value = identity[row[0].value]
    edit(book)
    book.save(stream)
    return stream.getvalue()


def one_sheet(content: bytes, name: str) -> bytes:
    """One sheet of a workbook as a CSV file, as Excel saves it here."""
    stream = io.StringIO()
    rows = opened(content, data_only=True)[name].iter_rows(values_only=True)
    csv.writer(stream, delimiter=";").writerows(rows)
    return stream.getvalue().encode("utf-8-sig")
