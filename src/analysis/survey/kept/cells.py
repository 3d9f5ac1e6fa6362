"""Every cell that a unit is asked: what stands there as it was typed, and where."""

from collections.abc import Iterable, Iterator

import pandas as pd

from analysis.privacy import mask
from analysis.survey.asked.fields import TB, Choice, Field
from analysis.survey.kept.layers import Counted, Kept
from analysis.survey.returned.expected import Expected
from analysis.survey.returned.response import Key
from analysis.survey.returned.workbook import Cell

ANSWERED, INVALID, HELD, BLANK = "answered", "invalid", "held", "blank"
COLUMNS = ["unit", "item", "field", "value", "state", "file", "sheet", "cell"]


def cells(kept: Iterable[Kept], expected: Expected) -> pd.DataFrame:
    """A row for each cell that units are asked, in the order of the form, and for each row's code.

    `value` is typed text, personal numbers covered: of a choice its name, of a row that does not
    apply TB where that was typed. `state`: answered, invalid (it cannot be read), held (files
    contradict each other, or themselves) or blank; missing for a code, of which `field` is empty.
    `file`, `sheet` and `cell` are missing where no workbook has such a cell.
    """
    rows = [row for one in kept for row in _rows(one, expected)]
    return pd.DataFrame(rows, columns=COLUMNS, dtype="string")


def _rows(kept: Kept, expected: Expected) -> Iterator[tuple]:
    for table in expected.asked(kept.unit):
        for code in table.codes:
            line, file = kept.lines.get(code, (None, None))
            if line:
                at = Cell(line.sheet, line.row, line.code, "").address
                yield (kept.unit, code, "", None, None, file, line.sheet, at)
            for question in table.fields:
                found, state = _found(kept, (code, question.name))
                place = line.place(question.name) if line else None
                where = file
                value: str | None = None
                if found and found.place:
                    value = _typed(found.value, question, expected)
                    place, where = found.place, found.file
                stands = (place[0], Cell(*place, "").address) if place else (None, None)
                yield (kept.unit, code, question.name, value, state, where, *stands)


def _found(kept: Kept, key: Key) -> tuple[Counted | None, str]:
    if key in kept.invalid:
        return kept.invalid[key], HELD if key in kept.clashes else INVALID
    return kept.answers.get(key), ANSWERED if key in kept.answers else BLANK


def _typed(value: object, question: Field, expected: Expected) -> str:
    kind = question.kind
    if isinstance(kind, Choice) and kind.scheme and value != TB:
        value = expected.instrument.scheme(kind.scheme)["name"].get(value, value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(mask(value)) if isinstance(value, str) else str(value)
