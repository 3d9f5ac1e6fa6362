"""What the bookmarks ``mp_...`` of a book enclose: a sentence, a picture, or a table.

Each begins and ends in one paragraph, or in the first and the last cell of a table: one over
several paragraphs does not survive LibreOffice whole.
"""

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
SHORT = 12  # digits of a fingerprint: it guards against chance, not against anybody


@dataclass(frozen=True)
class Enclosure:
    """One bookmark in a part of a document; without an `end` it is only known where it began."""

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

    def shown(self, table: bool) -> list[BaseOxmlElement]:
        """What it encloses: the `table` that it stands in, or all between its ends but bookmarks.

        Empty where nothing is left of it.
        """
        if table:
            return list(self.start.iterancestors(TABLE))[:1]
        if self.end is None or self.across:
            return []
        whole, marks = list(self.paragraph), (self.start, self.end)
        first, last = (next(whole.index(e) for e in _up(m) if e in whole) for m in marks)
        return [e for e in whole[first : last + 1] if e.tag not in (START, END)]


def enclosures(document: Document) -> dict[str, Enclosure]:
    """Our bookmarks in the text, the headers and the footers, by their names."""
    found: dict[str, Enclosure] = {}
    for part in _parts(document):
        ends = {e.get(qn("w:id")): e for e in part.element.iter(END)}
        for start in part.element.iter(START):
            name, end = start.get(qn("w:name"), ""), ends.get(start.get(qn("w:id")))
            # LibreOffice begins one that crosses cells twice, and ends only the second.
            if name.startswith(ENCLOSED) and not (name in found and end is None):
                found[name] = Enclosure(part, start, end)
    return found


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
        for reference in element.iter(qn("w:footnoteReference")):
            digest.update(words([note(part, reference)]).encode())
        for blip in element.iter(qn("a:blip")):
            digest.update(part.related_parts[blip.get(qn("r:embed"))].blob)
    return digest.hexdigest()[:SHORT]


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
