"""The columns of a wide table, recognised by their headings."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, islice
from operator import itemgetter

from analysis.survey.returned.expected import Expected
from analysis.survey.returned.response import Key, Remark, remark
from analysis.survey.returned.wide.beside import NUMBER, RESPONDENT, SIDE, UNIT, bare, trust
from analysis.survey.returned.wide.headings import Vocabulary
from analysis.survey.returned.workbook import Cell, Value, Workbook
from analysis.survey.told.problems import Code
from analysis.text import _

FEWEST, PART = 5, 5  # headings that must be known, or which part of them
AMONG = 5  # the first rows of a sheet, among which its headings are
PARENT = "_parent_index"  # heads a column of the rows of a repeat group: whose part they are
NARROW, WIDEST = 5, 3_000  # fewer or more headings make no table that anybody exports

Heading = tuple[int, str]  # column, text
Mapped = Mapping[str, Sequence[Key | None]]


@dataclass(frozen=True)
class Columns:
    """A sheet with a row a respondent: what each of its columns is.

    `row`: that of the headings. `keys`: the cells of the questionnaire by column. `doubled`: cells
    for which there are several columns, of which nothing is taken; `open`: columns whose heading
    says nothing that is known, or too much; `side`: what is not kept. `options`: by the first
    column of a cell that has a column for each choice, those columns and their choices.
    """

    sheet: str
    row: int
    headings: Mapping[int, str]
    keys: Mapping[int, Key]
    doubled: Mapping[int, Key] = field(default_factory=dict)
    open: Mapping[int, tuple[Key, ...]] = field(default_factory=dict)
    side: frozenset[int] = frozenset()
    options: Mapping[int, Mapping[int, str]] = field(default_factory=dict)
    unit: tuple[int, ...] = ()
    respondent: int | None = None

    @property
    def known(self) -> int:
        """How many columns ask something of the questionnaire."""
        return len(self.keys) + len(self.doubled)

    def at(self, column: int) -> Cell:
        """The heading of a column."""
        return Cell(self.sheet, self.row, column, self.headings[column])

    @property
    def recognised(self) -> bool:
        """Whether so many headings are known that the sheet is a table of answers."""
        parts = self.known >= 2 and PART * self.known >= len(self.headings)
        return self.known >= FEWEST or parts


def of_sheet(
    sheet: str,
    cells: Sequence[tuple[int, int, Value]],
    vocabulary: Vocabulary,
    mapped: Mapped,
) -> Columns | None:
    """The columns of a sheet by the first of its rows that is one of headings, if any is.

    Of a sheet in which no row is recognised, those of its first row that is wide enough.
    """
    first = None
    for row, said in first_rows(cells):
        if len(said) < NARROW and not first:
            continue
        found = _columns(sheet, row, said, vocabulary, mapped)
        if found.recognised:
            return found
        first = first or found
    return first


def first_rows(cells: Sequence[tuple[int, int, Value]]) -> Iterator[tuple[int, dict[int, str]]]:
    """The texts of each row that may be one of headings, by column."""
    for row, line in islice(groupby(cells, key=itemgetter(0)), AMONG):
        found = {c: v.strip() for _row, c, v in line if isinstance(v, str) and v.strip()}
        if len(found) <= WIDEST:
            yield row, found


def decided(headings: Mapping[int, str], mapped: Mapped) -> dict[int, Key | None]:
    """What a person said that headings mean, by column: nothing that is asked where it is None."""
    seen: Counter[str] = Counter()
    found = {}
    for column, text in headings.items():
        said = bare(text)
        if meanings := mapped.get(said):  # of headings that are alike the first is about the first
            found[column] = meanings[min(seen[said], len(meanings) - 1)]
            seen[said] += 1
    return found


def _columns(
    sheet: str, row: int, headings: Mapping[int, str], vocabulary: Vocabulary, mapped: Mapped
) -> Columns:
    told = decided(headings, mapped)
    keys: dict[int, Key] = {}
    unclear: dict[int, tuple[Key, ...]] = {}
    side = {column for column, key in told.items() if not key}
    beside: dict[str, list[int]] = defaultdict(list)
    chosen: dict[Key, dict[int, str]] = defaultdict(dict)
    for column, text in headings.items():
        if column in told:
            if key := told[column]:
                keys[column] = key
            continue
        meant = vocabulary.keys(text)
        if len(meant) == 1:
            keys[column] = meant[0]
        elif not meant and (kind := vocabulary.beside(text)):
            beside[kind].append(column)
        elif not meant and (option := vocabulary.option(text)):
            chosen[option[0]][column] = option[1]
        else:
            unclear[column] = meant
    options = {}
    for key, own in chosen.items():
        if key in keys.values():  # all that is chosen stands in a column of its own as well
            side |= own.keys()
        else:
            options[min(own)] = own
            keys[min(own)] = key
    numbers = sorted(beside[NUMBER], key=lambda c: trust(headings[c]))
    who = [*beside[RESPONDENT], *numbers]
    side |= {*beside[SIDE], *who[1:]}
    return Columns(
        sheet,
        row,
        headings,
        *apart(keys),
        unclear,
        frozenset(side),
        options,
        tuple(beside[UNIT]),
        who[0] if who else None,
    )


def apart(keys: Mapping[int, Key]) -> tuple[dict[int, Key], dict[int, Key]]:
    """The cells for which there is one column, and those for which there are several."""
    counts = Counter(keys.values())
    doubled = {c: key for c, key in keys.items() if counts[key] > 1}
    return {c: key for c, key in keys.items() if c not in doubled}, doubled


def problems(columns: Columns, workbook: Workbook, expected: Expected) -> Iterator[Remark]:
    """What is wrong with the headings, and how many answers stand below those."""
    at, filled = columns.at, Counter[int]()
    for _row, values in lines(workbook, columns) if columns.open else ():
        filled.update(columns.open.keys() & values.keys())
    for column, meant in columns.open.items():
        count = filled[column]
        if meant:
            named = [called(key, expected) for key in meant[:4]]
            yield remark(Code.HEADING_UNCLEAR, at(column), named=named, count=count)
        else:
            yield remark(Code.HEADING_UNKNOWN, at(column), count=count)
    for column, key in columns.doubled.items():
        others = [at(c).address for c, k in columns.doubled.items() if k == key and c != column]
        title = called(key, expected)
        yield remark(Code.HEADING_TWICE, at(column), title=title, cells=others)


def missing(columns: Columns, expected: Expected) -> Iterator[Remark]:
    """What a table of answers lacks: whose they are; for each required field the items without
    its column, where others of its table are asked."""
    if not columns.unit:
        yield remark(Code.NO_UNIT_COLUMN, columns.at(min(columns.headings)))
    asked: dict[str, set[str]] = defaultdict(set)
    first: dict[str, int] = {}
    for column, (code, name) in sorted({**columns.keys, **columns.doubled}.items()):
        asked[code].add(name)
        first.setdefault(code, column)
    for table in expected.instrument.tables:
        begun = [code for code in table.codes if code in asked]
        for question in table.required if begun else ():
            lacking = [c for c in table.codes if question.name not in asked.get(c, ())]
            if lacking:
                title = f"{_(question.title)}: {', '.join(lacking)}"
                yield remark(Code.MISSING_COLUMN, columns.at(first[begun[0]]), title=title)


def called(key: Key, expected: Expected) -> str:
    """A cell of the questionnaire as people know it: code and heading."""
    code, name = key
    return f"{code} {_(expected.instrument.rows[code].field(name).title)}"


def groups(keys: Mapping[int, Key]) -> dict[str, dict[int, str]]:
    """By code of an item: the field in each of its columns."""
    found: dict[str, dict[int, str]] = defaultdict(dict)
    for column, (code, name) in keys.items():
        found[code][column] = name
    return dict(found)


def lines(workbook: Workbook, columns: Columns) -> Iterator[tuple[int, dict[int, Value]]]:
    """The rows below the headings: their values by column."""
    for row, line in groupby(workbook.sheets[columns.sheet], key=itemgetter(0)):
        if row > columns.row:
            yield row, {column: value for _row, column, value in line}


def tables(workbook: Workbook, vocabulary: Vocabulary, mapped: Mapped) -> Iterable[Columns]:
    """The columns of every sheet that is wide enough to be one of answers, and is of no repeat."""
    for sheet, cells in workbook.sheets.items():
        if any(PARENT in said.values() for _row, said in first_rows(cells)):
            continue
        if found := of_sheet(sheet, cells, vocabulary, mapped):
            yield found
