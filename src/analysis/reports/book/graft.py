"""What one document says, put into another: in its styles, with its pictures and footnotes."""

from collections.abc import Iterator
from copy import deepcopy
from difflib import SequenceMatcher
from io import BytesIO

from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.parts.story import StoryPart

from analysis.reports.book.enclosures import END, NOTED, PICTURE, START, Enclosure, words
from analysis.reports.book.footnotes import note
from analysis.reports.book.manuscript import TALLEST

STYLED = [qn(f"w:{kind}") for kind in ("pStyle", "rStyle", "tblStyle")]
EXTENT = qn("wp:extent")
Elements = list[BaseOxmlElement]


class Graft:
    """From a fresh document to one that someone goes on writing."""

    def __init__(self, document: Document, fresh: Document) -> None:
        ids = {known.name.casefold(): known.style_id for known in document.styles}
        self._styles = {known.style_id: ids.get(known.name.casefold()) for known in fresh.styles}
        self._mark = max((int(e.get(qn("w:id"))) for e in document.element.iter(START)), default=0)
        self.fresh: StoryPart = fresh.part

    def __call__(
        self, source: Enclosure, target: Enclosure, known: Elements, new: Elements
    ) -> None:
        """Put copies of `new` elements into the place of `known` ones."""
        made = self._copied(new)
        self._draw(source.part, target.part, known, made)
        rest = self._annotate(source.part, target.part, known, made)
        for element in [*made, *rest]:
            known[0].addprevious(element)
        for element in known:
            if element.getparent() is not None:
                element.getparent().remove(element)

    def put(self, source: Enclosure, place: BaseOxmlElement, within: bool) -> None:
        """Put a mark, bookmark and all, in front of a place, or at the beginning `within` it."""
        if not within:
            place.addprevious(self._copied([source.paragraph])[0])
            return
        marked = [source.start, *source.shown(table=False), source.end]
        made = self._copied([element for element in marked if element is not None])
        for element in reversed(made):
            place.insert(int(place.find(qn("w:pPr")) is not None), element)

    def _copied(self, elements: Elements) -> Elements:
        """Copies in the document's own styles, whose bookmarks have numbers of their own."""
        made = deepcopy(elements)
        self._dress(made)
        numbers: dict[str, str] = {}
        for mark in _all(made, START, END):
            id = mark.get(qn("w:id"))
            numbers[id] = numbers.get(id) or self._next()
            mark.set(qn("w:id"), numbers[id])
        return made

    def _dress(self, elements: Elements) -> None:
        """Give elements the document's styles; one that it does not have is left out."""
        for element in _all(elements, *STYLED):
            if known := self._styles.get(element.get(qn("w:val"))):
                element.set(qn("w:val"), known)
            else:
                element.getparent().remove(element)

    def _next(self) -> str:
        self._mark += 1
        return str(self._mark)

    @staticmethod
    def _draw(source: StoryPart, target: StoryPart, known: Elements, made: Elements) -> None:
        """Bring the pictures along, each as wide as the author has made the one before."""
        for blip in _all(made, PICTURE):
            content = source.related_parts[blip.get(qn("r:embed"))].blob
            blip.set(qn("r:embed"), target.get_or_add_image(BytesIO(content))[0])
        for properties in _all(made, qn("wp:docPr")):
            properties.set("id", str(target.next_id))
        before, after = (next(_all(part, EXTENT), None) for part in (known, made))
        if before is not None and after is not None:
            wide, tall = (int(after.get(side)) for side in ("cx", "cy"))
            wider = min(int(before.get("cx")) / wide, TALLEST / tall)
            for size in (s for s in _all(made, EXTENT, qn("a:ext")) if s.get("cx")):
                for side in ("cx", "cy"):
                    size.set(side, str(round(int(size.get(side)) * wider)))

    def _annotate(
        self, source: StoryPart, target: StoryPart, known: Elements, made: Elements
    ) -> Elements:
        """Renew the words of our footnote; returns the references to those of the author's own.

        One of ours that the author has deleted stays so.
        """
        there = list(_all(known, NOTED))
        for reference in _all(made, NOTED):
            new = note(source, reference)
            ours = max(there, key=lambda r: _alike(note(target, r), new), default=None)
            kept = None if ours is None else note(target, ours)
            if ours is None or kept is None or new is None:
                reference.getparent().remove(reference)
                continue
            there.remove(ours)
            reference.set(qn("w:id"), ours.get(qn("w:id")))
            told = deepcopy(new)
            self._dress([told])
            kept[:] = list(told)
        return [deepcopy(reference.getparent()) for reference in there]


def _alike(one: BaseOxmlElement | None, other: BaseOxmlElement | None) -> float:
    said = ["" if told is None else words([told]) for told in (one, other)]
    return SequenceMatcher(a=said[0], b=said[1], autojunk=False).ratio()


def _all(elements: Elements, *tags: str) -> Iterator[BaseOxmlElement]:
    return (found for element in elements for found in list(element.iter(*tags)))
