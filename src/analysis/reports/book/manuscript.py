"""The document while it is written: headings and captions that are numbered and listed."""

import re
from collections import Counter
from collections.abc import Sequence
from hashlib import sha256
from io import BytesIO
from itertools import count
from typing import NamedTuple

from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml.ns import qn
from docx.shared import Cm, Length
from docx.table import Table
from docx.text.paragraph import Paragraph

from analysis.reports.book import style
from analysis.reports.book.xml import (
    begin,
    bookmark,
    describe,
    element,
    end,
    field,
    link,
    number,
)
from analysis.reports.office import plain
from analysis.text import _

ENCLOSED, TITLE, NOTE, MARK = "mp_", "_title", "_note", "_mark"
LONGEST = 40  # letters of a bookmark's name, in Word
DEEPEST = 3
TALLEST = Cm(20)  # a picture leaves room for its caption and its note on the page
# What may follow `updateFields` in the settings: the schema prescribes the order.
AFTER_UPDATE = (
    "w:hdrShapeDefaults", "w:footnotePr", "w:endnotePr", "w:compat", "w:docVars", "w:rsids",
    "m:mathPr", "w:attachedSchema", "w:themeFontLang", "w:clrSchemeMapping",
    "w:doNotIncludeSubdocsInStats", "w:doNotAutoCompressPictures", "w:forceUpgrade", "w:captions",
    "w:readModeInkLockDown", "w:smartTagType", "w:schemaLibrary", "w:shapeDefaults",
    "w:doNotEmbedSmartTags", "w:decimalSymbol", "w:listSeparator",
)  # fmt: skip


class Line(NamedTuple):
    """A line of a table of contents: its text, level and the bookmark it leads to."""

    text: str
    level: int
    anchor: str


class Manuscript:
    """A document that grows at its end, and remembers what its tables of contents will list."""

    def __init__(self, document: Document):
        self.document = document
        self._headings: list[Line] = []
        self._captions: dict[str, list[Line]] = {}
        self._number, self._numbering = "", 0
        self._numbers = [0] * DEEPEST
        self._bookmarks = count(1)
        self._chapter = ""
        self._enclosed: Counter[tuple[str, str]] = Counter()

    @property
    def width(self) -> Length:
        """Between the margins of the page that is being written."""
        section = self.document.sections[-1]
        beside = (section.left_margin or 0) + (section.right_margin or 0)
        return Length((section.page_width or Cm(21)) - beside)

    def paragraph(self, words: str = "", name: str = "Normal") -> Paragraph:
        """A paragraph in a style."""
        return self.document.add_paragraph(plain(words), name)

    def chapter(self, title: str, number: str = "", id: str = "") -> None:
        """The heading of a chapter, which, as those below it, carries its `number` if it has one.

        `id` is that of all that is enclosed in it.
        """
        self._number, self._chapter = number, id
        if number.isdigit() and int(number) != self._numbers[0] + 1:
            self._numbering = self.numbering("Heading 1", int(number))
            self._numbers[0] = int(number) - 1
        self._write_heading(title, 1)

    def heading(self, title: str, level: int) -> None:
        """A heading within a chapter."""
        self._write_heading(title, min(level, DEEPEST))

    def _write_heading(self, title: str, level: int) -> Paragraph:
        made = self.document.add_paragraph(plain(title), f"Heading {level}")
        shown = plain(title)
        if not self._number:
            number(made, 0)
            made.paragraph_format.left_indent = made.paragraph_format.first_line_indent = Length(0)
        elif made.style and self._number_of(made.style.name):
            if self._numbering:
                number(made, self._numbering, level - 1)
            self._numbers[level - 1 :] = [self._numbers[level - 1] + 1] + [0] * (DEEPEST - level)
            shown = ".".join(map(str, self._numbers[:level])) + f" {shown}"
        self._headings.append(Line(shown, level, self._mark(made)))
        return made

    def _number_of(self, name: str) -> int:
        """The numbering that a style prescribes; 0 for none."""
        found = self.document.styles[name].element.find(f".//{qn('w:numId')}")
        return 0 if found is None else found.val

    def numbering(self, name: str, first: int = 1) -> int:
        """The numbering of a style, beginning anew; 0 for a style that has none."""
        prescribed = self._number_of(name)
        if not prescribed:
            return 0
        known = self.document.part.numbering_part.element
        abstract = known.num_having_numId(prescribed).abstractNumId.val
        made = known.add_num(abstract)
        made.add_lvlOverride(ilvl=0).add_startOverride(first)
        return made.numId

    def caption(self, label: str, title: str) -> Paragraph:
        """``Gambar 3.2. Title`` under the page's own label; the field, which lists need, stays."""
        name, number = label.rsplit(" ", 1)
        stage, position = number.rpartition(".")[::2]
        made = self.paragraph(f"{name} {stage}." if stage else f"{name} ", "Caption")
        field(made, rf"SEQ {name} \* ARABIC \r {position}", position)
        made.add_run(f". {plain(title)}")
        line = Line(f"{label}. {plain(title)}", 1, self._mark(made))
        self._captions.setdefault(name, []).append(line)
        return made

    def picture(self, content: bytes, alt: str) -> Paragraph:
        """A picture that fits on the page, described for those who cannot see it."""
        made = self.paragraph(name=style.FIGURE)
        run = made.add_run()
        shown = run.add_picture(BytesIO(content))
        fits = min(1, self.width / shown.width, TALLEST / shown.height)
        shown.width, shown.height = Length(shown.width * fits), Length(shown.height * fits)
        describe(run, plain(alt))
        return made

    def table(self, rows: int, widths: Sequence[Length], name: str | None = None) -> Table:
        """A table of columns this wide."""
        made = self.document.add_table(rows, len(widths), name)
        made.autofit = False
        for column, width in zip(made.columns, widths, strict=True):
            column.width = width
        return made

    def turn(self) -> None:
        """Go on on a new page that lies across, or stands again."""
        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        section.different_first_page_header_footer = False
        section.page_width, section.page_height = section.page_height, section.page_width
        across = section.page_width > section.page_height
        section.orientation = WD_ORIENT.LANDSCAPE if across else WD_ORIENT.PORTRAIT

    def _mark(self, paragraph: Paragraph) -> str:
        mark = next(self._bookmarks)
        bookmark(paragraph, paragraph, name := f"_Toc{mark:06}", mark)
        return name

    def own(self, id: str) -> str:
        """The id, or if the chapter has it already, with a number."""
        self._enclosed[self._chapter, id] += 1
        again = self._enclosed[self._chapter, id]
        return id if again == 1 else f"{id}-{again}"

    def enclose(self, id: str, first: Paragraph, last: Paragraph | None = None) -> None:
        """Enclose what the chapter says of `id`, its `own`, so that `renewal` finds it again."""
        name = enclosure(self._chapter, id)
        bookmark(first, last or first, name, next(self._bookmarks))

    def contents(self, title: str, before: Paragraph) -> None:
        """A table of contents under this title, and those of figures and tables.

        They are filled in without page numbers, which Word adds when it opens the document.
        """
        lists = {title: (r'TOC \o "1-2" \h \z \u', "toc {}", self._headings)}
        for label, lines in sorted(self._captions.items()):
            title = _("Daftar {label}").format(label=label)
            lists[title] = (rf'TOC \h \z \c "{label}"', "table of figures", lines)
        for title, (instruction, name, lines) in lists.items():
            before.insert_paragraph_before(title, "TOC Heading")
            _fill(before, instruction, name, [x for x in lines if x.level <= 2])
        update_fields(self.document)


def update_fields(document: Document) -> None:
    """Let Word number the pages in all lists when it opens the document."""
    settings = document.settings.element
    settings.remove_all("w:updateFields")
    settings.insert_element_before(element("w:updateFields", val="true"), *AFTER_UPDATE)


def enclosure(*parts: object) -> str:
    """The name of a bookmark, made of parts: ``mp_03_readiness_5_chart_1_title``."""
    whole = "_".join(str(part) for part in parts if part)
    name = ENCLOSED + re.sub(r"\W+", "_", whole)
    if len(name) <= LONGEST:
        return name
    return f"{name[: LONGEST - 17]}_{sha256(whole.encode()).hexdigest()[:8]}{name[-8:]}"


def _fill(before: Paragraph, instruction: str, name: str, lines: Sequence[Line]) -> None:
    """A table of contents without page numbers, which only a program that lays out pages knows."""
    for at, line in enumerate(lines):
        made = before.insert_paragraph_before(style=name.format(line.level))
        if at == 0:
            begin(made, instruction)
        skip = len(made.runs)
        made.add_run(line.text)
        link(made, line.anchor, skip)
    end(made)
