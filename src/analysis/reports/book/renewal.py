"""A book that someone goes on writing, with the numbers of new reports.

Only what our bookmarks enclose is renewed, wherever it stands now: all else is the author's.
"""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from io import BytesIO
from itertools import takewhile

from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.parts.story import StoryPart

from analysis.reports.book import style
from analysis.reports.book.enclosures import END, START, Enclosure, enclosures, fingerprint, words
from analysis.reports.book.footnotes import note
from analysis.reports.book.manuscript import MARK, TITLE, update_fields
from analysis.reports.book.record import Record

STYLED = [qn(f"w:{kind}") for kind in ("pStyle", "rStyle", "tblStyle")]
NOTED, PICTURE = qn("w:footnoteReference"), qn("a:blip")


@dataclass
class Renewal:
    """What renewing a book has changed in it.

    `changed`: sentences, as they were and as they are now; `edited`: those that the author had
    reworded. `renewed`: how many pictures and tables. `torn`: paragraphs that could not be renewed,
    as the author has parted what was enclosed. `gone`: what stands in the book and in no report
    now; `new`: titles of figures and tables that the book has never had.
    """

    changed: list[tuple[str, str]] = field(default_factory=list)
    edited: list[tuple[str, str]] = field(default_factory=list)
    renewed: int = 0
    torn: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    new: list[str] = field(default_factory=list)


def renew(document: Document, old: Record, fresh: Document) -> tuple[Renewal, dict[str, str]]:
    """Put what a fresh book says into the enclosures of one that someone goes on writing.

    `old`: the record of the document. An enclosure is left alone where the reports say what they
    said when it was written: an author's own wording stays as long as it holds. A mark that holds
    no longer (of the sample, of earlier answers) is taken away. Returns what has changed, and the
    fingerprints of what the reports say of each enclosure that is there.
    """
    style.adopt(document)
    graft = _Graft(document, fresh)
    made, there = enclosures(fresh), enclosures(document)
    done, written = Renewal(), {}
    for name, enclosure in there.items():
        source = made.get(name)
        known = enclosure.shown(source is not None and source.across)
        if source is None and name.endswith(MARK):
            _unmark(enclosure, known)
            continue
        if source is None:
            done.gone += filter(None, [words(known)])
            continue
        new = source.shown(source.across)
        written[name] = fingerprint(source.part, new)
        if written[name] == old.written.get(name):
            continue
        if not source.across and (enclosure.across or enclosure.end is None):
            done.torn.append(words([enclosure.paragraph]))
        if not known:
            continue
        touched = fingerprint(enclosure.part, known) != old.written.get(name)
        said = words(known), words(new)
        graft(source, enclosure, known, new)
        if source.across or next(_all(new, PICTURE), None) is not None:
            done.renewed += 1
        elif said[0] != said[1]:
            (done.edited if touched else done.changed).append(said)
    for name, source in made.items():
        if name.endswith(TITLE) and name not in there and name not in old.written:
            done.new.append(words(source.shown(table=False)))
    _list(document, there)
    update_fields(document)
    return done, written


class _Graft:
    """What one document says, put into another: in its styles, with its pictures and footnotes."""

    def __init__(self, document: Document, fresh: Document) -> None:
        ids = {known.name.casefold(): known.style_id for known in document.styles}
        self._styles = {known.style_id: ids[known.name.casefold()] for known in fresh.styles}
        self._mark = max((int(e.get(qn("w:id"))) for e in document.element.iter(START)), default=0)

    def __call__(
        self,
        source: Enclosure,
        target: Enclosure,
        known: list[BaseOxmlElement],
        new: list[BaseOxmlElement],
    ) -> None:
        """Put copies of `new` elements into the place of `known` ones."""
        made = deepcopy(new)
        for element in (e for m in made for e in m.iter(*STYLED)):
            element.set(qn("w:val"), self._styles[element.get(qn("w:val"))])
        numbers: dict[str, str] = {}
        for mark in _all(made, START, END):
            id = mark.get(qn("w:id"))
            numbers[id] = numbers.get(id) or self._next()
            mark.set(qn("w:id"), numbers[id])
        self._draw(source.part, target.part, known, made)
        self._annotate(source.part, target.part, known, made)
        known[0].addprevious(made[0])
        for before, after in zip(made, made[1:], strict=False):
            before.addnext(after)
        for element in known:
            element.getparent().remove(element)

    def _next(self) -> str:
        self._mark += 1
        return str(self._mark)

    @staticmethod
    def _draw(source: StoryPart, target: StoryPart, known: list, made: list) -> None:
        """Bring the pictures along, each as wide as the author has made the one before."""
        for blip in _all(made, PICTURE):
            content = source.related_parts[blip.get(qn("r:embed"))].blob
            blip.set(qn("r:embed"), target.get_or_add_image(BytesIO(content))[0])
        for properties in _all(made, qn("wp:docPr")):
            properties.set("id", str(target.next_id))
        before = next(_all(known, qn("wp:extent")), None)
        sizes = list(_all(made, qn("wp:extent"), qn("a:ext")))
        if before is not None and sizes:
            wider = int(before.get("cx")) / int(sizes[0].get("cx"))
            for size in sizes:
                for side in ("cx", "cy"):
                    size.set(side, str(round(int(size.get(side)) * wider)))

    def _annotate(self, source: StoryPart, target: StoryPart, known: list, made: list) -> None:
        """Renew the words of footnotes; one that the author has deleted stays so."""
        there = list(_all(known, NOTED))
        for at, reference in enumerate(_all(made, NOTED)):
            if at >= len(there):
                reference.getparent().remove(reference)
                continue
            kept, new = note(target, there[at]), deepcopy(note(source, reference))
            reference.set(qn("w:id"), there[at].get(qn("w:id")))
            for element in new.iter(*STYLED):
                element.set(qn("w:val"), self._styles[element.get(qn("w:val"))])
            kept[:] = list(new)


def _unmark(enclosure: Enclosure, known: list[BaseOxmlElement]) -> None:
    """Take away a mark that holds no longer, such as that of the sample."""
    paragraph = enclosure.paragraph
    for element in known:
        element.getparent().remove(element)
    if not words([paragraph]):
        paragraph.getparent().remove(paragraph)


def _list(document: Document, enclosures: dict[str, Enclosure]) -> None:
    """Let the lists of figures and tables say what their captions say now."""
    titles: dict[str, str] = {}
    for name, enclosure in enclosures.items():
        if name.endswith(TITLE):
            paragraph = enclosure.paragraph
            told = words(enclosure.shown(table=False))
            titles |= {mark.get(qn("w:name"), ""): told for mark in paragraph.iter(START)}
    for line in document.element.iter(qn("w:hyperlink")):
        if title := titles.get(line.get(qn("w:anchor"), "")):
            shown = takewhile(lambda e: e.tag != qn("w:tab"), line.iter(qn("w:t"), qn("w:tab")))
            for at, text in enumerate(shown):
                text.text = "" if at else title


def _all(elements: list[BaseOxmlElement], *tags: str) -> Iterator[BaseOxmlElement]:
    return (found for element in elements for found in list(element.iter(*tags)))
