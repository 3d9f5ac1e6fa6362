"""Repeat groups of a form, recognised: sheets of rows that belong to rows of answers.

Kobo writes each on a sheet of its own. Their rows are those that the questionnaire has for what a
unit thinks of itself, such as its proposals.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from analysis.survey.asked.questionnaire import Table
from analysis.survey.returned.expected import Expected
from analysis.survey.returned.response import Key
from analysis.survey.returned.wide.beside import bare
from analysis.survey.returned.wide.columns import PARENT, Columns, apart, decided, first_rows
from analysis.survey.returned.workbook import Workbook


@dataclass(frozen=True)
class Repeat:
    """A sheet of a repeat group: of which table its rows are, and what its columns are.

    The keys of `columns` are those of the table's first row. `marks`: the column of what the tool
    adds to each row, by its heading. Where the table's rows are sorted `kind` is the column that
    says of which category a row is, or `category` that of all rows, after which the sheet is named.
    """

    columns: Columns
    table: Table
    marks: Mapping[str, int]
    kind: int | None = None
    category: str = ""


def repeats(workbook: Workbook, expected: Expected) -> Iterator[Repeat]:
    """The sheets of a workbook that are repeat groups of the questionnaire's own rows."""
    for sheet, cells in workbook.sheets.items():
        for row, heads in first_rows(cells):
            added = marks(heads)
            if PARENT in added and (found := _repeat(sheet, row, heads, added, expected)):
                yield found
                break


def marks(headings: Mapping[int, str]) -> dict[str, int]:
    """By what it is called: the column of each thing that a tool adds to a row."""
    return {text: column for column, text in headings.items() if text.startswith("_")}


def _repeat(
    sheet: str, row: int, heads: Mapping[int, str], added: Mapping[str, int], expected: Expected
) -> Repeat | None:
    """What a repeat asks: the table to most of whose required fields its headings may lead."""
    vocabulary, rows = expected.vocabulary, expected.instrument.rows
    told = decided(heads, expected.mapped)
    asked = {c: text for c, text in heads.items() if c not in {*told, *added.values()}}
    meant = {c: vocabulary.keys(text, own=True) for c, text in asked.items()}
    meant |= {c: (key,) for c, key in told.items() if key}
    votes = Counter(t for keys in meant.values() for t in {rows[code].name for code, _n in keys})
    tables = [t for t in expected.instrument.tables if t.slots and votes[t.name]]
    likely = [t for t in tables if votes[t.name] == max(votes.values())]
    if len(likely) != 1:
        return None
    table, keys, kind = likely[0], dict[int, Key](), None
    unclear: dict[int, tuple[Key, ...]] = {}
    for column, known in meant.items():
        fields = {name for code, name in known if rows[code].name == table.name}
        if len(fields) == 1:
            keys[column] = (table.codes[0], fields.pop())
        elif vocabulary.sorts(heads[column], table):
            kind = column
        elif known or not vocabulary.beside(heads[column]):
            unclear[column] = known
    category = vocabulary.categories(table.scheme).get(bare(sheet), "") if table.scheme else ""
    if table.scheme and kind is None and not category:
        return None
    required = {field.name for field in table.fields if field.required}
    if 2 * len(required & {name for _code, name in keys.values()}) <= len(required):
        return None
    side = frozenset(heads.keys() - keys.keys() - unclear.keys())
    columns = Columns(sheet, row, heads, *apart(keys), unclear, side)
    return Repeat(columns, table, added, kind, category)
