"""What the bookmarks ``mp_...`` of a book enclose: a sentence, a picture, or a table.

Each begins and ends in one paragraph, or in the first and the last cell of a table: one over
several paragraphs does not survive LibreOffice whole.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.parts.hdrftr import FooterPart, HeaderPart
from docx.parts.story import StoryPart

from analysis.reports.book.footnotes import note
from analysis.reports.book.manuscript import ENCLOSED

START, END, TABLE = qn("w:bookmarkStart"), qn("w:bookmarkEnd"), qn("w:tbl")
COMMENTED, NOTED = qn("w:commentReference"), qn("w:footnoteReference")
PICTURE = qn("a:blip")
# What authors put around our words stays where it is.
MARKS = {START, END, qn("w:commentRangeStart"), qn("w:commentRangeEnd")}
COPIED = re.compile(r"(_Copy(_\d*)?)+$")
"""What LibreOffice adds to the name of a bookmark in a header that it makes for another section."""
SHORT = 12  # digits of a fingerprint: it guards against chance, not against anybody


@dataclass(frozen=True)
class Enclosure:
    """One bookmark in a part of a document; without an `end` it is only known where it began."""

    name: str
    part: StoryPart
    start: BaseOxmlElement
    end: BaseOxmlElement | None

    @property
    def across(self) -> bool:
        """Whether it ends in another paragraph than it began in: ours of a table do."""
        return self.end is not None and self.paragraph is not _paragraph(self.end)

    @property
    def paragraph(self) -> BaseOxmlElement:
        """The one that it begins in."""
        return _paragraph(self.start)

    @property
    def attached(self) -> bool:
        """Whether it is still in the document, where others have been replaced."""
        return any(element is self.part.element for element in self.start.iterancestors())

    def shown(self, table: bool) -> list[BaseOxmlElement]:
        """What it encloses: the `table` that it stands in, or all between its ends but marks.

        Empty where nothing is left of it.
        """
        if table:
            return list(self.start.iterancestors(TABLE))[:1]
        if self.end is None or self.across:
            return []
        marks, holder = (self.start, self.end), self.start.getparent()
        whole = list(holder if holder is self.end.getparent() else self.paragraph)
        first, last = (next(whole.index(e) for e in _up(m) if e in whole) for m in marks)
        return [e for e in whole[first : last + 1] if not _mark(e)]


def enclosures(document: Document) -> list[Enclosure]:
    """Our bookmarks in the text, the headers and the footers.

    A name may occur more than once, where programs or people have copied it.
    """
    ended: list[Enclosure] = []
    begun: dict[str, Enclosure] = {}
    for part in _parts(document):
        ends = {e.get(qn("w:id")): e for e in part.element.iter(END)}
        for start in part.element.iter(START):
            name = COPIED.sub("", start.get(qn("w:name"), ""))
            end = ends.get(start.get(qn("w:id")))
            if name.startswith(ENCLOSED) and end is not None:
                ended.append(Enclosure(name, part, start, end))
            elif name.startswith(ENCLOSED):
                begun.setdefault(name, Enclosure(name, part, start, end))
    # LibreOffice begins one that crosses cells twice, and ends only the second.
    names = {enclosure.name for enclosure in ended}
    return ended + [enclosure for name, enclosure in begun.items() if name not in names]


def words(elements: Iterable[BaseOxmlElement]) -> str:
    """What elements say, with spaces between the cells of a table."""
    said = []
    for element in elements:
        for paragraph in element.iter(qn("w:p")) if element.tag == TABLE else [element]:
            said += [t.text or "" for t in paragraph.iter(qn("w:t"))]
            said += [" "] * (element.tag == TABLE)
    return " ".join("".join(said).split())


def fingerprint(part: StoryPart, elements: Iterable[BaseOxmlElement]) -> str:
    """Of all that elements of a part show: words, footnotes and pictures."""
    elements = list(elements)
    digest = sha256(words(elements).encode())
    for element in elements:
        for reference in element.iter(NOTED):
            told = note(part, reference)
            digest.update(words([] if told is None else [told]).encode())
        for blip in element.iter(PICTURE):
            if drawn := part.rels.get(blip.get(qn("r:embed"), "")):
                digest.update(drawn.target_part.blob)
    return digest.hexdigest()[:SHORT]


def _mark(element: BaseOxmlElement) -> bool:
    return element.tag in MARKS or next(element.iter(COMMENTED), None) is not None


def _parts(document: Document) -> Iterator[StoryPart]:
    yield document.part
    others = [relation.target_part for relation in document.part.rels.values()
              if not relation.is_external]  # fmt: skip
    yield from (part for part in others if isinstance(part, HeaderPart | FooterPart))


def _paragraph(element: BaseOxmlElement) -> BaseOxmlElement:
    """The paragraph of a mark; of one between paragraphs, the place that holds it."""
    return next(element.iterancestors(qn("w:p")), element.getparent())


def _up(element: BaseOxmlElement) -> Iterator[BaseOxmlElement]:
    yield element
    yield from element.iterancestors()
