"""What each respondent has to mend, cell by cell: wrong, blank or doubted, each with the reason."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.survey.asked.fields import Scale
from analysis.survey.asked.instrument import Instrument
from analysis.survey.asked.labels import EMPTY, EMPTY_OR_TB, FIRST, UNREAD
from analysis.survey.kept.cells import ANSWERED, HELD, INVALID
from analysis.survey.kept.cells import BLANK as EMPTY_CELL
from analysis.survey.told import wording
from analysis.survey.told.problems import BLANK, FOR_COORDINATOR, INFO, Code
from analysis.text import SOURCE, _, using

# Of which both cells may be meant.
TOGETHER = {
    Code.TARGET_BELOW_CURRENT.name: ("current", "target"),
    Code.OTHER_PARENT.name: ("dimension", "subdimension"),
}
# Asked at the first cell of a table about many: about the same column, or about all its scales.
OF_COLUMN = {Code.TARGETS_AS_NOW.name}
OF_TABLE = {Code.STRAIGHT_LINE.name, Code.SAME_AS_OTHERS.name, Code.SCALE_TURNED.name}
# What the form that is sent back has again, so that its cells are simply blank.
RESTORED = {
    Code.MISSING_TABLE.name,
    Code.MISSING_ROW.name,
    Code.MISSING_COLUMN.name,
    Code.NO_HEADINGS.name,
}

COLUMNS = ["unit", "respondent", "item", "field", "value", "state", "reason"]

Who = tuple[str, str]  # unit, respondent
Key = tuple[str, str, str, str]  # unit, respondent, row code, field


@using(SOURCE)
def corrections(tables: Mapping[str, pd.DataFrame], instrument: Instrument) -> pd.DataFrame:
    """The cells of every respondent who has something to mend.

    Columns: unit, respondent, item, field, value, state and reason.
    `tables`: those of `ingest`. `value` is what stands there, as it was typed, and `state` as in
    its ``cells``; `reason` says what is wrong, and is missing for all others. Where answers
    contradict each other there is no value: any would count as chosen. Blank cells that nobody
    asks for are left out, and none is asked of one respondent that another of his unit answered.
    """
    frame = tables["cells"].astype(object)
    cells = list(frame.where(frame.notna(), None).itertuples(index=False))
    reasons = _told(tables["problems"], cells, _writers(tables["sources"]), instrument)
    answered = [cell for cell in cells if cell.state == ANSWERED]
    begun = {(cell.unit, cell.respondent, cell.item) for cell in answered}
    known = {(cell.unit, cell.item, cell.field) for cell in answered}
    rows = []
    for row in (cell for cell in cells if cell.field):
        key = (row.unit, row.respondent, row.item, row.field)
        said = reasons.get(key, {})
        by_others = row.state == EMPTY_CELL and (row.unit, row.item, row.field) in known
        if not (said or by_others) and (plain := _plain(row, begun, instrument)):
            said = {plain: ""}
        disputed = row.state == HELD or _(UNREAD) in said
        disputed |= Code.DUPLICATE_ROW.name in said.values()
        value = None if disputed else row.value
        if said or value is not None:
            rows.append((*key, value, row.state, "\n".join(said) or None))
    frame = pd.DataFrame(rows, columns=COLUMNS, dtype="string")
    who = pd.MultiIndex.from_frame(frame[["unit", "respondent"]])
    return frame[who.isin(who[frame["reason"].notna()])].reset_index(drop=True)


def revisions(sources: pd.DataFrame) -> dict[Who, int]:
    """By unit and respondent the revision of the next workbook: one more than any that came."""
    last = sources.groupby(["unit", "respondent"])["revision"].max()
    return {(str(unit), str(person)): int(n) + 1 for (unit, person), n in last.items()}


def _writers(sources: pd.DataFrame) -> dict[tuple[str | None, str | None], str]:
    """By unit and file whose it is; by unit alone its first respondent."""
    of = sources.dropna(subset="unit")
    first = {(row.unit, None): row.respondent for row in of[::-1].itertuples()}
    return first | {(row.unit, row.file): row.respondent for row in of.itertuples()}


def _told(
    problems: pd.DataFrame,
    cells: list[Any],
    writers: Mapping[tuple[str | None, str | None], str],
    instrument: Instrument,
) -> dict[Key, dict[str, str]]:
    """By cell: each reason, and the code of its problem."""
    others = FOR_COORDINATOR | BLANK | RESTORED
    told = problems[(problems["severity"] != INFO) & ~problems["code"].isin(others)]
    told = told.assign(reason=wording.reasons(wording.addressed(told))).astype(object)
    places = {(c.unit, c.file, c.sheet, c.cell): (c.respondent, c.item, c.field) for c in cells}
    rows: dict[tuple[str, str, str], list] = {}
    for cell in (cell for cell in cells if cell.field):
        rows.setdefault((cell.unit, cell.respondent, cell.item), []).append(cell)
    found: dict[Key, dict[str, str]] = {}
    for problem in told.itertuples():
        at = (problem.unit, problem.file, problem.sheet, problem.cell)
        writer = writers.get((problem.unit, None), FIRST)
        writer = writers.get((problem.unit, problem.file), writer)
        person, item, field = places.get(at, (writer, problem.value, ""))
        if problem.code == Code.ALL_TB.name:
            keys = _of_sheet(problem, person, cells, instrument)
        elif problem.code in OF_COLUMN | OF_TABLE and item in instrument.rows:
            table = instrument.rows[item]
            names = [f.name for f in table.required if isinstance(f.kind, Scale)]
            names = [field] if problem.code in OF_COLUMN else names
            keys = [(problem.unit, person, code, name) for code in table.codes for name in names]
        else:
            row = rows.get((problem.unit, person, item), [])
            keys = _of_row(problem.code, row, field, instrument)
        for key in keys:
            found.setdefault(key, {})[problem.reason] = problem.code
    return found


def _of_row(code: str, row: list[Any], field: str, instrument: Instrument) -> list[Key]:
    """The cells of a row that a problem is about; one of the row is about all that are not well."""
    names = TOGETHER.get(code, (field,))
    if not field and row:
        asked = {f.name for f in instrument.rows[row[0].item].fields if f.required}
        names = tuple(cell.field for cell in row if cell.field in asked and cell.state != ANSWERED)
    return [
        (cell.unit, cell.respondent, cell.item, cell.field) for cell in row if cell.field in names
    ]


def _of_sheet(problem: Any, person: str, cells: list[Any], instrument: Instrument) -> list[Key]:
    return [
        (cell.unit, cell.respondent, cell.item, cell.field)
        for cell in cells
        if (cell.unit, cell.respondent, cell.sheet) == (problem.unit, person, problem.sheet)
        and cell.field in {f.name for f in instrument.rows[cell.item].required}
    ]


def _plain(cell: Any, begun: set, instrument: Instrument) -> str:
    """Why a cell is open of which no problem speaks by itself; empty where it is not.

    `begun`: unit, respondent and code of the rows in which anything is answered: these do apply.
    """
    table = instrument.rows[cell.item]
    if cell.state in (INVALID, HELD):
        return _(UNREAD)
    if cell.state == EMPTY_CELL and cell.field in {f.name for f in table.required}:
        untouched = (cell.unit, cell.respondent, cell.item) not in begun
        return _(EMPTY_OR_TB) if table.tb and untouched else _(EMPTY)
    return ""
