"""Whose a returned workbook is: unit, city, period and revision, as it says itself."""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from babel.dates import get_month_names

from analysis import fingerprint
from analysis.survey.asked.labels import FIRST, plain, simplify
from analysis.survey.asked.register import Unit
from analysis.survey.asked.version import UNKNOWN
from analysis.survey.returned.expected import Expected
from analysis.survey.returned.response import Remark, remark
from analysis.survey.returned.sheets import short
from analysis.survey.returned.workbook import Cell
from analysis.survey.told.problems import Code
from analysis.text import SOURCE

NUMBER = re.compile(
    r"\D{0,40}0{0,3}([1-9][0-9]{0,3})\D{0,40}", re.ASCII
)  # “3”, “R3”, “3 (final)”, “Pengisi 3”
UNNUMBERED = re.compile(r"x[0-9a-f]{6}")  # a respondent whose number cannot be read

DAY = re.compile(r"([0-3]?\d)[-/. ]+(\d{1,2}|[A-Za-z]+)[-/. ]+(20\d\d)", re.ASCII)


class Title(NamedTuple):
    """The line below a sheet's title, and what it says of unit, city and period."""

    cell: Cell
    says: re.Match[str]


@dataclass(frozen=True)
class Identity:
    """What a workbook says of itself; `unit` is None where it does not belong here.

    `claimed`: whose it seems to be all the same, by its id or else by its name; or another unit
    whose name stands beside the id. `day`: when it was filled in, as ISO writes it, or empty.
    `private`: the sheets that hold the respondent's identity. `respondent`: see `_respondent`.
    """

    unit: str | None
    claimed: str | None
    revision: int
    sample: bool
    day: str
    private: frozenset[str]
    remarks: list[Remark]
    respondent: str = FIRST


def identify(lines: list[list[Cell]], file: str, expected: Expected) -> Identity:
    """Find unit, period and revision in the rows of a workbook."""
    found: dict[str, Cell] = {}
    title: Title | None = None
    private = set()
    for cells in lines:
        key = expected.identity.get(short(cells[0]))
        if key:
            private.add(cells[0].sheet)
            if len(cells) > 1 and plain(cells[1].text) not in expected.hints:
                found.setdefault(key, cells[1])
        elif title is None and (line := expected.who.fullmatch(cells[0].text)):
            title = Title(cells[0], line)
    unit, remarks = _unit(found, title, expected)
    claimed = None if unit else _claimed(found, title, file, expected)
    if unit and "unit_name" in found:
        other = expected.names.get(simplify(found["unit_name"].text))
        if other and other != unit:
            claimed = other.id
            at = found["unit_name"]
            remarks.append(remark(Code.OTHER_NAME, at, named=other.name, unit_name=unit.name))
    sample = "sample" in found and simplify(found["sample"].text) in ("ya", "yes")
    revision = 1
    if said := found.get("revision"):
        if number := NUMBER.fullmatch(said.text):
            revision = int(number[1])
        else:
            remarks.append(remark(Code.BAD_REVISION, said))
    respondent = FIRST
    if said := found.get("respondent"):
        respondent, unread = _respondent(said)
        remarks += unread
    asked = found.get("version")
    if unit and asked and asked.text not in (UNKNOWN, expected.version):
        remarks.append(remark(Code.OLD_VERSION, asked, version=expected.version))
    if unit:
        remarks += _compared_with_name(unit, file, expected)
    id = unit.id if unit else None
    day = _day(found["day"]) if "day" in found else ""
    sheets = frozenset(private)
    return Identity(id, claimed, revision, sample, day, sheets, remarks, respondent)


def _respondent(cell: Cell) -> tuple[str, list[Remark]]:
    """Which of a unit's officers filled it in: “2”, “Pengisi 2”; nothing stands for the first.

    What is no number is a respondent of its own, by a short name that tells nothing of what was
    typed: taken for the first, what two people said would keep each other from counting.
    """
    typed = simplify(cell.text)
    if number := NUMBER.fullmatch(cell.text):
        return number[1], []
    if not typed or UNNUMBERED.fullmatch(typed):
        return typed or FIRST, []
    return f"x{fingerprint.of([typed])[:6]}", [remark(Code.BAD_RESPONDENT, cell)]


def _day(cell: Cell) -> str:
    """A day as ISO writes it, however it is typed; empty where it is none."""
    if isinstance(cell.value, date):
        return cell.value.isoformat()[:10]
    if said := DAY.fullmatch(cell.text):
        months = {name: number for number, name in get_month_names(locale=SOURCE).items()}
        month = said[2] if said[2].isdecimal() else months.get(said[2].title(), 0)
        with suppress(ValueError):
            return date(int(said[3]), int(month), int(said[1])).isoformat()
    return ""


def _unit(
    found: dict[str, Cell], title: Title | None, expected: Expected
) -> tuple[Unit | None, list[Remark]]:
    """Whose the workbook is, where it belongs to this city and period."""
    city, period = found.get("city"), found.get("period")
    if city and city.text != expected.settings.bps_code:
        return None, [remark(Code.WRONG_CITY, city)]
    if period and period.text != expected.period:
        return None, [remark(Code.WRONG_PERIOD, period, period=expected.period)]
    typed = [found[key] for key in ("unit", "unit_name") if key in found]
    if not typed:
        return _by_title(title, expected) if title else (None, [remark(Code.NO_IDENTITY)])
    unit = _resolved(typed, expected)
    if unit is None:
        return None, [remark(Code.UNKNOWN_UNIT, typed[0])]
    if typed[0].text == unit.id:
        return unit, []
    return unit, [remark(Code.RESOLVED_UNIT, typed[0], unit_name=unit.name)]


def _resolved(typed: list[Cell], expected: Expected) -> Unit | None:
    """The unit of this id, or one that is called like this."""
    if typed and typed[0].text in expected.known:
        return expected.known[typed[0].text]
    return next((u for c in typed if (u := expected.names.get(simplify(c.text)))), None)


def _claimed(
    found: dict[str, Cell], title: Title | None, file: str, expected: Expected
) -> str | None:
    """Whose a workbook seems to be that cannot be used, as the one of another period."""
    unit = _resolved([found[key] for key in ("unit", "unit_name") if key in found], expected)
    if unit is None and title:
        unit = expected.names.get(simplify(title.says["unit"]))
    return unit.id if unit else expected.claimed(file)


def _by_title(title: Title, expected: Expected) -> tuple[Unit | None, list[Remark]]:
    """A single sheet knows whose it is by the line below its title."""
    at, said = title
    unit = expected.names.get(simplify(said["unit"]))
    if plain(said["city"]) != plain(expected.settings.name):
        return None, [remark(Code.WRONG_CITY, at, value=said["city"])]
    if said["period"] != expected.period:
        wrong = remark(Code.WRONG_PERIOD, at, value=said["period"], period=expected.period)
        return None, [wrong]
    if unit is None:
        return None, [remark(Code.UNKNOWN_UNIT, at, value=said["unit"])]
    return unit, [remark(Code.UNIT_FROM_TITLE, at, unit_name=unit.name)]


def _compared_with_name(unit: Unit, file: str, expected: Expected) -> Iterator[Remark]:
    """A file's name may name no unit, but no other one than the unit inside."""
    named = expected.named(file)
    if named and unit not in named:
        yield remark(Code.WRONG_FILE_NAME, named=named[0].name, unit_name=unit.name)
