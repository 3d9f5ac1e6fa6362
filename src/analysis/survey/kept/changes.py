"""What each later revision of a unit's workbooks changed, cell by cell."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from analysis.privacy import mask
from analysis.survey.kept.layers import Kept, lay, shown
from analysis.survey.returned.expected import Expected
from analysis.survey.returned.response import Response
from analysis.survey.returned.workbook import Cell
from analysis.text import _

COLUMNS = ["unit", "revision", "file", "sheet", "cell", "item", "field", "before", "after"]


def changes(laid: Kept, own: Sequence[Response], expected: Expected) -> Iterator[tuple]:
    """Each cell in which a revision says something else than those below it: a row of `COLUMNS`.

    `own`: a unit's workbooks, `laid` over each other. `field`: the title of its column; `before`
    and `after` as the form has them, `before` missing where nothing stood. What a revision leaves
    blank changes nothing.
    """
    numbers = sorted({response.revision for response in own})
    if len(numbers) == 1:
        return
    unit = laid.unit
    below = [lay(unit, [r for r in own if r.revision <= n], expected) for n in numbers[:-1]]
    fields = {
        (code, question.name): question.title
        for table in expected.asked(unit)
        for code in table.codes
        for question in table.fields
    }
    for number, states in zip(numbers[1:], pairwise([*below, laid]), strict=True):
        was, now = ({**state.answers, **state.invalid} for state in states)
        for key, title in fields.items():
            if key not in now or (key in was and was[key].value == now[key].value):
                continue
            found = now[key]
            told = [key in side and mask(shown(side[key], key, expected)) for side in (was, now)]
            where = (
                (found.place[0], Cell(*found.place, "").address) if found.place else (None, None)
            )
            yield (unit, number, found.file, *where, key[0], _(title), told[0] or None, told[1])
