"""What should be known after a wave: reckoned from what officers typed, and from nothing else."""

from collections.abc import Iterable
from functools import cached_property

from analysis.survey.asked.fields import TR
from tests.survey.officers import Delivery, Key, Officers, Place

WRONG = object()  # stands for what was typed and is no answer


class Ledger:
    """The deliveries that lie there after a wave, and what follows from them.

    Later revisions are laid over earlier ones cell by cell; a blank says nothing. In one revision
    an answer beside a blank is an answer, and two different ones are a conflict.
    """

    def __init__(self, city: Officers, deliveries: Iterable[Delivery], wave: int):
        self.city, self.wave = city, wave
        self.there = [d for d in deliveries if d.wave <= wave <= d.until]

    @cached_property
    def counting(self) -> dict[str, list[Delivery]]:
        """By unit: the deliveries of which answers may count, the latest revision last."""
        found: dict[str, list[Delivery]] = {}
        for delivery in sorted(self.there, key=lambda d: d.revision):
            if not delivery.trouble:
                found.setdefault(delivery.unit, []).append(delivery)
        return found

    @cached_property
    def said(self) -> dict[tuple[str, Key], list[tuple[Delivery, object]]]:
        """By unit and cell: what its latest revision with anything in it says, file by file."""
        found: dict[tuple[str, Key], list[tuple[Delivery, object]]] = {}
        for unit, deliveries in self.counting.items():
            for delivery in deliveries:
                for key, value in self._spoken(delivery):
                    before = found.get((unit, key), [])
                    again = [b for b in before if b[0].revision == delivery.revision]
                    found[unit, key] = [*again, (delivery, value)]
        return found

    @cached_property
    def answers(self) -> dict[tuple[str, Key], object]:
        """What the tables are to hold: typed last, and the same in all files of that revision."""
        values = {at: {value for _d, value in said} for at, said in self.said.items()}
        sure = {at: v for at, (v, *more) in values.items() if not more and v is not WRONG}
        return {at: self.city.stored(at[1], value) for at, value in sure.items()}

    @cached_property
    def earlier(self) -> dict[tuple[str, Key], set]:
        """All answers of any revision: one of them may count where the latest holds no answer."""
        found: dict[tuple[str, Key], set] = {}
        for unit, deliveries in self.counting.items():
            for key, value in (pair for d in deliveries for pair in d.typed.items()):
                found.setdefault((unit, key), set()).add(self.city.stored(key, value))
        return found

    @cached_property
    def conflicts(self) -> set[tuple[str, Key]]:
        return {at for at, said in self.said.items() if len({value for _d, value in said}) > 1}

    @cached_property
    def wrong(self) -> set[tuple[str, Key]]:
        return {at for at, said in self.said.items() if WRONG in (value for _d, value in said)}

    @cached_property
    def mixed(self) -> set[tuple[str, str]]:
        """Unit and code of the rows in which one revision says TB, and another a part of the row.

        What then counts is no matter of course: the row is to be named, or the latest counts.
        """
        found = set()
        for unit in self.counting:
            for code, names in self._rows(unit).items():
                says = [self.answers.get((unit, (code, name))) for name in names]
                if TR in says and set(says) != {TR}:
                    found.add((unit, code))
        return found

    @cached_property
    def doubtful(self) -> set[tuple[str, str, str]]:
        """Unit, sheet and cell of the required cells of those rows."""
        rows = [(unit, code, self._rows(unit)[code]) for unit, code in self.mixed]
        return {(unit, *self.place(unit, (code, n))) for unit, code, names in rows for n in names}

    @cached_property
    def blank(self) -> set[tuple[str, Key]]:
        """Required cells in which nothing is typed that counts, in units of which anything does."""
        asked = {(unit, key) for unit in self.counting for key in self.city.required(unit)}
        return {at for at in asked - set(self.said) if (at[0], at[1][0]) not in self.mixed}

    @cached_property
    def absent(self) -> set[tuple[str, Key]]:
        """Those of the blank cells that no file has: a sheet, a row or a column is gone."""
        return {at for at in self.blank if not self.place(*at)}

    def place(self, unit: str, key: Key) -> Place | None:
        """Where a cell stands: in what it was typed last, or in the latest file that has it."""
        said = [d for d, _value in self.said.get((unit, key), ())]
        for delivery in (*said, *reversed(self.counting.get(unit, []))):
            if key in delivery.places:
                return delivery.places[key]
        return None

    @cached_property
    def sheets(self) -> dict[tuple[str, str], set]:
        """By unit and sheet: what its required cells hold, None where one is blank."""
        found: dict[tuple[str, str], set] = {}
        for unit in self.counting:
            for key in self.city.required(unit):
                if place := self.place(unit, key):
                    held = self.said.get((unit, key), [(None, None)])
                    found.setdefault((unit, place[0]), set()).update(v for _d, v in held)
        return found

    @cached_property
    def dashed(self) -> set[tuple[str, Key]]:
        return {(d.unit, key) for d in self.there if not d.trouble for key in d.dashed}

    @cached_property
    def faults(self) -> dict[str, set[Place]]:
        """By unit: the only cells that a letter may name; a row is named by its first cell."""
        found: dict[str, set[Place]] = {unit: set() for unit in self.city.units}
        for unit, key in self.wrong | self.conflicts | (self.blank - self.absent):
            sheet, cell = self.place(unit, key)
            found[unit] |= {(sheet, cell)}
            if (unit, key) in self.wrong:
                found[unit].add((sheet, cell.replace(cell[0], "A")))
        for unit, sheet, cell in self.doubtful:
            found[unit] |= {(sheet, cell), (sheet, cell.replace(cell[0], "A"))}
        for unit in found:
            found[unit] |= self._torn(unit)
        return found

    def _torn(self, unit: str) -> set[Place]:
        """The first cells of the rows of which a column is gone."""
        torn = set()
        for places in (d.places for d in self.counting.get(unit, [])):
            rows = {key[0]: place for key, place in places.items()}
            gone = [key for key in self.city.places[unit] if key[0] in rows and key not in places]
            torn |= {(rows[c][0], rows[c][1].replace(rows[c][1][0], "A")) for c, _field in gone}
        return torn

    @cached_property
    def content(self) -> set[str]:
        """The units that answered all and have nothing to mend."""
        asked = {unit for (unit, _sheet), held in self.sheets.items() if held == {TR}}
        asked |= {unit for unit, _key in self.absent} | {u for u in self.faults if self.faults[u]}
        return set(self.counting) - asked

    @cached_property
    def silent(self) -> set[str]:
        """The units from which nothing came at all, by the ids inside and by the files' names."""
        return set(self.city.units) - {d.unit for d in self.there}

    @cached_property
    def unusable(self) -> set[str]:
        """The units from which something came that cannot be used."""
        return {d.unit for d in self.there} - set(self.counting)

    def told_as(self, delivery: Delivery) -> set[str]:
        """The codes by which a delivery that cannot be used may be told.

        Once its unit has sent another that counts, it may be set aside for that reason.
        """
        return {delivery.trouble} | ({"SET_ASIDE"} if delivery.unit in self.counting else set())

    def left_blank(self, unit: str, revision: int) -> tuple[int, int]:
        """How many answers of earlier revisions a later one is silent on: required ones, and all.

        A row that does not apply holds one TB, in whichever cell, and may be counted as one; what
        is in conflict may be no answer.
        """
        files = self.counting[unit]
        spoken = {k for d in files if d.revision == revision for k, _v in self._spoken(d)}
        before = [d.typed for d in files if d.revision < revision]
        silent: dict[Key, set] = {}
        for key, value in (pair for typed in before for pair in typed.items()):
            if key not in spoken:
                silent.setdefault(key, set()).add(value)
        sure = [k for k, values in silent.items() if len(values) == 1 and values != {TR}]
        return len(set(sure) & self.city.required(unit)), len(silent)

    def share(self, unit: str) -> float:
        """How much of what is required is filled in."""
        asked = self.city.required(unit)
        return sum((unit, key) in self.said for key in asked) / len(asked)

    def _spoken(self, delivery: Delivery) -> list[tuple[Key, object]]:
        return [*delivery.typed.items(), *((key, WRONG) for key in delivery.wrong)]

    def _rows(self, unit: str) -> dict[str, list[str]]:
        """The required fields of each row that may have a TB."""
        tables = (t for t in self.city.instrument.tables if t.tb)
        return {code: [f.name for f in t.required] for t in tables for code in t.codes}
