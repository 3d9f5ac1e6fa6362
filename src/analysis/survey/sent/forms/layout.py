"""Where everything of a sheet of questions stands, before anything is written."""

from collections.abc import Mapping
from dataclasses import dataclass

from xlsxwriter.utility import quote_sheetname, xl_range_abs

from analysis.survey.asked.fields import TB, TR, Amount, Anchor, Choice, Field, Scale, Text
from analysis.survey.asked.instrument import Instrument
from analysis.survey.asked.labels import ANCHORS, COUNT, STRETCH
from analysis.survey.asked.questionnaire import Table
from analysis.survey.sent.forms.guide import NOT_APPLICABLE, OWN_WORDS
from analysis.text import _

Answers = Mapping[tuple[str, str], object]
Label = tuple[str, list[str | tuple[str, str]]]  # a heading; texts, or (strong, plain) texts

GUIDE = 3  # the row of the first table's guide; band, title and unit stand above
CODE_WIDTH, CATEGORY, STATEMENT, LONG, SHORT = 9, 17, 56, 42, 30
UNVERIFIED = "*"
ROOM = 152  # characters that a laptop's screen shows side by side


@dataclass(frozen=True)
class Block:
    """One table at its place on a sheet; rows and columns count from zero.

    `labels` are the columns that can only be read; `fields` stand right of them. The guide stands
    in row `guide`, a line of legend for each scale below it, then the headings, then the rows.
    """

    table: Table
    labels: list[Label]
    fields: list[Field]
    legend: list[tuple[str, list[tuple[str, str]]]]
    guide: int

    @property
    def heading(self) -> int:
        return self.guide + 1 + len(self.legend)

    @property
    def first(self) -> int:
        return self.heading + 1

    @property
    def last(self) -> int:
        return self.heading + len(self.table.codes)

    @property
    def columns(self) -> dict[str, int]:
        """The column of each field."""
        return {f.name: 1 + len(self.labels) + n for n, f in enumerate(self.fields)}

    @property
    def one_text(self) -> bool:
        """Whether the only answer is a text, which then takes all the room to the right."""
        return len(self.fields) == 1 and isinstance(self.fields[0].kind, Text)

    @property
    def read_back(self) -> bool:
        """Whether rows end with their answers read back in words."""
        return self.table.pairs

    @property
    def asked(self) -> int:
        """How many answers are required."""
        return len(self.table.codes) * len(self.table.required)

    def filled(self, answers: Answers) -> int:
        """How many required answers are given; a row that does not apply is answered fully."""
        names = [f.name for f in self.table.required]
        count = 0
        for code in self.table.codes:
            given = [answers.get((code, name)) for name in names]
            count += len(names) if TR in given else sum(v is not None for v in given)
        return count

    def count(self) -> str:
        """The formula of `filled`, with the sheet's name in its ranges."""
        sheet = quote_sheetname(_(self.table.sheet))
        ranges = [
            f"{sheet}!{xl_range_abs(self.first, column, self.last, column)}"
            for column in (self.columns[f.name] for f in self.table.required)
        ]
        given = "+".join(f'({r}<>"")' for r in ranges)
        if not self.table.tb:
            return f"SUMPRODUCT({given})"
        out = "SIGN(" + "+".join(f'({r}="{said}")' for r in ranges for said in (TR, TB)) + ")"
        return f"SUMPRODUCT((1-{out})*({given})+{out}*{len(ranges)})"


def blocks(tables: list[Table], instrument: Instrument) -> list[Block]:
    """The tables of one sheet, one below the other."""
    placed: list[Block] = []
    schemes = {t.scheme for t in tables}
    for table in tables:
        # The category of an own factor stands where the category of the given ones stands.
        fields = sorted(
            table.fields,
            key=lambda f: not (isinstance(f.kind, Choice) and f.kind.scheme in schemes),
        )
        guide = placed[-1].last + 3 if placed else GUIDE
        placed.append(Block(table, _labels(table, instrument), fields, _legend(table), guide))
    return placed


def counted(count: str, filled: int, asked: int) -> tuple[str, str]:
    """The formula that says “18 dari 27 terisi” of a count, and what it says now."""
    before, after = _(COUNT).format(filled="\0", asked=asked).split("\0")
    return f'="{before}"&({count})&"{after}"', _(COUNT).format(filled=filled, asked=asked)


def widths(sheet: list[Block], room: float = ROOM) -> list[float]:
    """The width of every column in characters: what the tables need, within the screen's room."""
    found: dict[int, float] = {0: CODE_WIDTH}
    for block in sheet:
        for column, _label in enumerate(block.labels, start=1):
            found[column] = max(found.get(column, 0), CATEGORY if column == 1 else STATEMENT)
        for field in block.fields if not block.one_text else ():
            column = block.columns[field.name]
            if column >= 1 + len(sheet[0].labels):
                found[column] = max(found.get(column, 0), _width(field))
        if block.read_back:
            found[max(c for b in sheet for c in b.columns.values()) + 1] = LONG
    last = max(c for b in sheet for c in (*found, *b.columns.values()))
    found = {column: found.get(column, LONG) for column in range(last + 1)}
    wide = [column for column, width in found.items() if width > SHORT]
    excess = max(sum(found.values()) - room, 0)
    for column in wide:
        found[column] -= excess / len(wide)
    return list(found.values())


def heading(field: Field) -> str:
    """A field's heading: its title, and below it in parentheses what it takes."""
    kind = field.kind
    if isinstance(kind, Scale):
        remark = str(kind)
    elif isinstance(kind, Amount):
        remark = _(kind.unit)
    elif isinstance(kind, Choice):
        remark = "/".join(kind.options)
    else:
        remark = "" if field.required else _("bila ada")
    return f"{_(field.title)}\n({remark})" if remark else _(field.title)


def _width(field: Field) -> float:
    if field.width:
        return field.width
    if isinstance(field.kind, Text):
        return LONG if field.kind.length > 200 else SHORT
    least = 13 if isinstance(field.kind, Choice) and field.kind.options else 10
    return max(least, *(len(word) + 2 for word in heading(field).split()))


def _labels(table: Table, instrument: Instrument) -> list[Label]:
    items = table.items
    if table.slots and not table.scheme:
        return []
    title = _(instrument.schemes[table.shown].heading)
    if table.pairs:
        sides = (("A", "left_name"), ("B", "right_name"))
        return [(f"{title} {letter}", list(items[side])) for letter, side in sides]
    if table.slots:
        names = instrument.scheme(table.scheme)["name"]
        return [(title, [names[category] for category in table.slots.values()])]
    statements: list[str | tuple[str, str]] = [
        (n, s.removeprefix(n)) if s.startswith(n + " ") else (n, "\n" + s)
        for n, s in zip(items["name"], items["statement"], strict=True)
    ]
    labels: list[Label] = [
        (title, list(items[f"{table.shown}_short"])),
        (_("Pernyataan"), statements),
    ]
    if table.anchors:
        labels.append((_(ANCHORS), [anchored(table.anchors.get(c, {})) for c in table.codes]))
    return labels


def anchored(levels: Mapping[int, Anchor]) -> str:
    """What each level asks for, a line each; a star where that was not verified."""
    return "\n".join(
        f"{level} {_(anchor.text)}{'' if anchor.verified else UNVERIFIED}"
        for level, anchor in sorted(levels.items())
    )


def _legend(table: Table) -> list[tuple[str, list[tuple[str, str]]]]:
    """For each scale of a table the titles of its fields, and its values with their meaning."""
    titles: dict[Scale, list[str]] = {}
    for field in table.scaled if any(scale is None for _first, _last, scale in table.parts) else ():
        assert isinstance(field.kind, Scale)
        titles.setdefault(field.kind, []).append(_(field.title))
    for first, last, scale in table.parts:
        if scale:
            ends = dict.fromkeys((table.codes[first], table.codes[last]))
            titles.setdefault(scale, []).append(STRETCH.join(ends))
    found = []
    for scale, names in titles.items():
        meanings = [(str(n), _(label)) for n, label in scale.labels.items()]
        if between := [str(n) for n in scale.levels if n not in scale.labels]:
            meanings.append((", ".join(between), _("di antaranya")))
        if table.tb:
            meanings.append((TR, _(NOT_APPLICABLE)))
        found.append((", ".join(names), meanings))
    known = (anchor for levels in table.anchors.values() for anchor in levels.values())
    if not all(anchor.verified for anchor in known):
        found.append((_(ANCHORS), [(UNVERIFIED, _(OWN_WORDS))]))
    return found
