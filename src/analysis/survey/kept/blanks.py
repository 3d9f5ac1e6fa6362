"""What the form asks and a unit's workbooks leave open: every required cell by its address."""

from collections.abc import Iterator

from analysis.survey.asked.fields import TR
from analysis.survey.asked.questionnaire import Table
from analysis.survey.kept.layers import Kept
from analysis.survey.returned.expected import Expected
from analysis.survey.returned.response import Key, of_table
from analysis.survey.returned.workbook import Cell
from analysis.survey.told.problems import Code, Details, Problem, problem
from analysis.text import N_, _

CELLS = N_("sel itu")
CELLS_OR_TB = N_("sel itu, atau TR pada baris yang tidak berlaku")
SHEET = N_("lembar ini")
SHEET_OR_TB = N_("lembar ini, atau TR pada baris yang tidak berlaku")


def open_cells(kept: Kept, expected: Expected) -> Iterator[Problem]:
    """One problem for each sheet with blank required cells; what is missing altogether, too.

    Of a table that another form made, what it does not ask is told once, with its headings.
    """
    ours = not all(map(of_table, kept.latest))
    sheets: dict[str, list[Table]] = {}
    for table in expected.asked(kept.unit):
        if not any(code in kept.lines for code in table.codes):
            if not ours:
                continue
            file = min(kept.latest)
            where = {"sheet": _(table.sheet), "title": _(table.title)}
            yield problem(Code.MISSING_TABLE, file, kept.unit, **where)
            continue
        if table.required:
            sheets.setdefault(table.sheet, []).append(table)
        if ours and not table.slots:
            yield from _missing_rows(table, kept)
    for tables in sheets.values():
        yield from _sheet(tables, kept)


def _missing_rows(table: Table, kept: Kept) -> Iterator[Problem]:
    for code in table.codes:
        if code not in kept.lines:
            where = {"sheet": _(table.sheet), "value": code}
            yield problem(Code.MISSING_ROW, min(kept.latest), kept.unit, **where)


def _sheet(tables: list[Table], kept: Kept) -> Iterator[Problem]:
    keys = [(c, f.name) for t in tables for c in t.codes if c in kept.lines for f in t.required]
    answered = [key for key in keys if key in kept.answers or key in kept.invalid]
    if all(kept.value(key) == TR for key in keys):
        sheet, file = _place(keys[0], kept)
        yield problem(Code.ALL_TB, file, kept.unit, sheet=sheet, count=len(keys))
    found: dict[tuple[str, str], list[tuple[int, int, str, str]]] = {}
    for key in keys:
        line, file = kept.lines[key[0]]
        place = line.place(key[1])
        if key in kept.answers or key in kept.invalid:
            continue
        if place:
            address = Cell(*place, "").address
            found.setdefault((line.sheet, file), []).append((*place[1:], address, key[0]))
        elif file not in kept.latest:  # of the latest, the missing column itself is told
            found.setdefault((line.sheet, file), []).append((line.row, line.code, key[0], key[0]))
    code = Code.BLANK_CELLS if answered else Code.BLANK_SHEET
    words = (CELLS, CELLS_OR_TB) if answered else (SHEET, SHEET_OR_TB)
    allowed = {"text": words[all(t.tb for t in tables)]}
    for (sheet, file), cells in found.items():
        cells.sort()
        details: Details = {
            "count": len(cells),
            "cells": [address for _row, _column, address, _item in cells],
            "items": [item for _row, _column, _address, item in cells],
            "allowed": allowed,
        }
        yield problem(code, file, kept.unit, sheet=sheet, **details)


def _place(key: Key, kept: Kept) -> tuple[str, str]:
    line, file = kept.lines[key[0]]
    return line.sheet, file
