"""What an .ods says in its content that the reader passes over or gives otherwise.

Rows and cells have no addresses there and may stand for many, so a parser counts them. What lies
over a cell stands inside it, and the reader takes its words for the cell's.
"""

import re
import zipfile
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import islice, product
from xml.parsers import expat

from analysis.survey.returned import drawings, notes
from analysis.survey.returned.marks import MOST, Found, Marks
from analysis.survey.returned.package import parts
from analysis.survey.returned.styles import LONGEST as LONGEST_FORMAT
from analysis.survey.returned.workbook import LONGEST, Fault

_CELLS = {"table:table-cell", "table:covered-table-cell"}
_NUMBERS = {"float", "percentage", "currency", "date", "time"}
_SIGNS = {"text:s": " ", "text:tab": "\t", "text:line-break": "\n"}
_HOURS = re.compile(r"PT(\d{2,6})H(\d{1,2})M(\d{1,2})(?:[.,]\d+)?S")


def marks(packed: zipfile.ZipFile) -> Found:
    """Every part is read once, and Unreadable raised for a trap, before anything is parsed."""
    name = ""
    for part, _piece in parts(packed):
        name = part if part.lower() == "content.xml" else name
    walk, parser = _Walk(), expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = walk.start
    parser.EndElementHandler = walk.end
    parser.CharacterDataHandler = walk.characters
    with packed.open(name) as content:
        parser.ParseFile(content)
    return walk.found


@dataclass
class _Text:
    """What holds paragraphs: a cell, a note, a shape."""

    tag: str
    attributes: dict[str, str]
    depth: int
    lines: list[str] = field(default_factory=list)
    paragraphs: int = 0  # that are open
    holds: set[str] = field(default_factory=set)  # tags inside that the reader may not know

    @property
    def said(self) -> str:
        return "\n".join(self.lines).strip()


class _Walk:
    """One way through the content, tag by tag."""

    def __init__(self) -> None:
        self.found, self.marks = Found(), Marks()
        self.depth = self.row = self.column = 0
        self.rows = 1  # for which the row stands
        self.open: list[_Text] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        inside = self.open[-1] if self.open else None
        drawn = tag.startswith("draw:")
        if inside and (drawn or tag in _SIGNS):
            inside.holds.add(tag)
        if tag == "table:table":
            self.marks = self.found.sheets[attributes.get("table:name", "")] = Marks()
            self.row = self.column = 0
        elif tag == "table:null-date":
            self.found.since_1904 = attributes.get("table:date-value") == "1904-01-01"
        elif tag == "table:table-row":
            self.rows, self.column = _repeated(attributes, "rows"), 0
        elif (
            tag in _CELLS
            or tag == "office:annotation"
            or (drawn and not (inside and inside.tag.startswith("draw:")))
        ):
            self.open.append(_Text(tag, attributes, self.depth))
        elif inside and tag == "text:p":
            inside.paragraphs += 1
            inside.lines.append("")
        elif tag in _SIGNS:
            self.characters(_SIGNS[tag] * min(int(attributes.get("text:c", "1")), LONGEST))

    def end(self, tag: str) -> None:
        inside = self.open[-1] if self.open else None
        if inside and inside.depth == self.depth:
            self._close(self.open.pop())
        elif inside and tag == "text:p":
            inside.paragraphs -= 1
        elif tag == "table:table-row":
            self.row += self.rows
        self.depth -= 1

    def characters(self, text: str) -> None:
        if self.open and self.open[-1].paragraphs:
            self.open[-1].lines[-1] += text

    def _close(self, text: _Text) -> None:
        if text.tag in _CELLS:
            self._keep(text)
            self.column += _repeated(text.attributes, "columns")
        elif text.tag == "office:annotation":
            if (said := notes.said(text.said, [])) and len(self.marks.notes) < notes.MOST:
                self.marks.notes[self.row, self.column] = said
        elif len(self.marks.drawn) < drawings.MOST:
            picture = "draw:image" in text.holds and "draw:object" not in text.holds  # a chart
            if text.said or picture:
                self.marks.drawn.append((self.row, self.column, text.said))

    def _keep(self, cell: _Text) -> None:
        """Note what a cell holds otherwise than the reader gives it, and how it is shown."""
        about, shown = cell.attributes, cell.said
        kind = about.get("calcext:value-type") or about.get("office:value-type")
        span = _HOURS.fullmatch(about.get("office:time-value", ""))
        if kind == "error":
            self._put(self.marks.values, cell, Fault(shown or "#UNKNOWN!"))
        elif kind == "string" and cell.holds:
            self._put(self.marks.values, cell, about.get("office:string-value", shown))
        elif kind in _NUMBERS:
            if span and int(span[1]) >= 24:
                hours, minutes, seconds = map(int, span.groups())
                lasting = timedelta(hours=hours, minutes=minutes, seconds=seconds)
                self._put(self.marks.values, cell, lasting)
            if shown != about.get("office:value") and any(map(str.isdigit, shown)):
                form = shown.replace('"', "”")[:LONGEST_FORMAT]
                self._put(self.marks.formats, cell, f'"{form}"')

    def _put(self, found: dict, cell: _Text, value: object) -> None:
        columns = range(self.column, self.column + _repeated(cell.attributes, "columns"))
        places = product(range(self.row, self.row + self.rows), columns)
        found |= dict.fromkeys(islice(places, max(0, MOST - len(found))), value)


def _repeated(attributes: dict[str, str], what: str) -> int:
    return int(attributes.get(f"table:number-{what}-repeated", "1"))
