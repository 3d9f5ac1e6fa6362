"""Whose a returned workbook is: unit, city, period and revision, as it says itself."""

import re
from functools import lru_cache
from pathlib import PurePosixPath

from analysis.survey.expected import Expected
from analysis.survey.labels import VERSION, plain, simplify
from analysis.survey.problems import Code
from analysis.survey.response import Response
from analysis.survey.sheets import short
from analysis.survey.workbook import Cell

NO_LETTERS = re.compile(r"[\W\d_]+")


def identify(response: Response, lines: list[list[Cell]], expected: Expected) -> set[str]:
    """Find unit, period, revision; returns the sheets that hold the respondent's identity."""
    found: dict[str, Cell] = {}
    title: Cell | None = None
    private = set()
    for cells in lines:
        key = expected.identity.get(short(cells[0]))
        if key:
            private.add(cells[0].sheet)
            if len(cells) > 1:
                found.setdefault(key, cells[1])
        elif title is None and expected.who.fullmatch(cells[0].text):
            title = cells[0]
    city, at = found.get("city"), found.get("period")
    if city and city.text != expected.settings.bps_code:
        response.report(Code.WRONG_CITY, city)
    elif at and at.text != expected.period:
        response.report(Code.WRONG_PERIOD, at, period=expected.period)
    elif "unit" in found or "unit_name" in found:
        response.unit = _unit(response, found, expected)
    elif title:
        _by_title(response, title, expected)
    else:
        response.report(Code.NO_IDENTITY)
    response.sample = "sample" in found and simplify(found["sample"].text) in ("ya", "yes")
    if revision := found.get("revision"):
        if re.fullmatch("[1-9][0-9]{0,3}", revision.text):
            response.revision = int(revision.text)
        else:
            response.report(Code.BAD_REVISION, revision)
    version = found.get("version")
    if response.unit and version and version.text != VERSION:
        response.report(Code.OLD_VERSION, version, version=VERSION)
    _compare_with_name(response, expected)
    return private


def _unit(response: Response, found: dict[str, Cell], expected: Expected) -> str | None:
    typed = [found[key] for key in ("unit", "unit_name") if key in found]
    if typed[0].text in expected.known:
        return typed[0].text
    for cell in typed:
        if unit := expected.names.get(simplify(cell.text)):
            response.unit = unit.id  # whose the warning is
            response.report(Code.RESOLVED_UNIT, typed[0], unit_name=unit.name)
            return unit.id
    response.report(Code.UNKNOWN_UNIT, typed[0])
    return None


def _by_title(response: Response, title: Cell, expected: Expected) -> None:
    """A single sheet knows whose it is by the line below its title."""
    said = expected.who.fullmatch(title.text)
    unit = expected.names.get(simplify(said["unit"]))
    if plain(said["city"]) != plain(expected.settings.name):
        response.report(Code.WRONG_CITY, title, value=said["city"])
    elif said["period"] != expected.period:
        response.report(Code.WRONG_PERIOD, title, value=said["period"], period=expected.period)
    elif unit is None:
        response.report(Code.UNKNOWN_UNIT, title, value=said["unit"])
    else:
        response.unit = unit.id
        response.report(Code.UNIT_FROM_TITLE, title, unit_name=unit.name)


def _compare_with_name(response: Response, expected: Expected) -> None:
    """A file's name may name no unit, but no other one than the unit inside."""
    if response.unit is None:
        return
    stem = _words(PurePosixPath(response.file).stem)
    named = [u for u in expected.units for n in (u.id, u.short, u.name) if _words(n) in stem]
    if named and response.unit not in {u.id for u in named}:
        unit = expected.known[response.unit]
        response.report(Code.WRONG_FILE_NAME, named=named[0].name, unit_name=unit.name)


@lru_cache(4096)
def _words(name: str) -> str:
    """A name's words between spaces, without digits and signs."""
    return f" {' '.join(re.split(NO_LETTERS, name.casefold())).strip()} "
