"""A book that someone goes on writing, with the numbers of new reports.

Only what our bookmarks enclose is renewed, wherever it stands now: all else is the author's.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import takewhile

from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from analysis.reports.book import style
from analysis.reports.book.enclosures import (
    PICTURE,
    START,
    Enclosure,
    enclosures,
    fingerprint,
    words,
)
from analysis.reports.book.graft import Graft
from analysis.reports.book.manuscript import MARK, NOTE, TITLE, update_fields
from analysis.reports.book.record import Record

Changes = list[tuple[str, str]]


@dataclass
class Renewal:
    """What renewing a book has changed in it.

    `changed`: sentences, as they were and as they are now; `edited`: those of them that the author
    had reworded; `redone`: titles of tables and pictures that the author had changed. `renewed`:
    how many tables and pictures. `torn`: what could not be renewed, as it is no longer as we
    enclosed it. `gone`: what stands in the book and in no report now; `new`: sentences, figures and
    tables that the book has never had.
    """

    changed: Changes = field(default_factory=list)
    edited: Changes = field(default_factory=list)
    redone: list[str] = field(default_factory=list)
    renewed: int = 0
    torn: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    new: list[str] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        """Whether nothing is left that earlier reports said."""
        return not (self.torn or self.gone)


def renew(document: Document, old: Record, fresh: Document) -> tuple[Renewal, dict[str, str]]:
    """Put what a fresh book says into the enclosures of one that someone goes on writing.

    `old`: the record of the document. An enclosure is left alone where the reports say what they
    said when it was written: an author's own wording stays as long as it holds. A mark (of the
    sample, of earlier answers) comes and goes with what it says. Returns what has changed, and the
    fingerprints of what is written in each enclosure now.
    """
    style.adopt(document)
    graft = Graft(document, fresh)
    made = {source.name: source for source in enclosures(fresh)}
    there = enclosures(document)
    listed = _titles(there)
    done, written, seen = Renewal(), dict(old.written), set[str]()
    for enclosure in there:
        if enclosure.name in seen and not enclosure.attached:  # another beginning of one table
            continue
        seen.add(enclosure.name)
        source = made.get(enclosure.name)
        known = enclosure.shown(source is not None and source.across)
        if source is None and enclosure.name.endswith(MARK):
            _unmark(enclosure, known)
        elif source is None:
            done.gone += filter(None, [words(known)])
        else:
            now = _renewed(enclosure, source, known, old, there, graft, done)
            written |= {enclosure.name: now} if now else {}
    _mark(document, made.values(), there, graft)
    names = seen | set(old.written)
    done.new = [
        words(source.shown(table=False))
        for name, source in made.items()
        if name not in names and not (source.across or name.endswith((NOTE, MARK)))
    ]
    done.new = list(filter(None, done.new))
    _list(document, listed, _titles(enclosures(document)))
    update_fields(document)
    return done, written


def _renewed(
    enclosure: Enclosure,
    source: Enclosure,
    known: list[BaseOxmlElement],
    old: Record,
    there: Iterable[Enclosure],
    graft: Graft,
    done: Renewal,
) -> str:
    """Renew one enclosure; returns the fingerprint of what is written there now, if anything is."""
    new = source.shown(source.across)
    now, before = fingerprint(source.part, new), old.written.get(enclosure.name)
    if now == before:
        return now
    drawn = source.across or any(next(e.iter(PICTURE), None) is not None for e in new)
    said = words(known), words(new)
    if not _ours(enclosure, source, known, there):
        done.torn.append(said[0] or words([enclosure.paragraph]) or enclosure.name)
        return ""
    if not (drawn or said[0]):  # the author has deleted the sentence, and its place has stayed
        return now
    touched = fingerprint(enclosure.part, known) != before
    if enclosure.name.endswith(TITLE):
        known, new = _tails(known, new)
    graft(source, enclosure, known, new)
    if drawn:
        done.renewed += 1
        done.redone += [_title(enclosure, there)] if touched and before else []
    elif said[0] != said[1]:
        (done.edited if touched and before else done.changed).append(said)
    return now


def _ours(
    enclosure: Enclosure,
    source: Enclosure,
    known: list[BaseOxmlElement],
    there: Iterable[Enclosure],
) -> bool:
    """Whether it is as we enclosed it: whole, in one place, with nothing else of ours in it."""
    if not enclosure.attached or (source.across and not known):
        return False
    if not source.across:
        return enclosure.end is not None and not enclosure.across
    inside = set(known[0].iter(START))
    others = (e for e in there if e.name != enclosure.name)
    return not any(other.start in inside for other in others)


def _tails(known: list[BaseOxmlElement], new: list[BaseOxmlElement]) -> tuple[list, list]:
    """The titles of two captions behind their labels, where these say the same.

    So cross-references to label and number keep what they refer to.
    """
    ends = [
        max((at for at, e in enumerate(elements) if _ends_field(e)), default=-1) + 1
        for elements in (known, new)
    ]
    heads = words(known[: ends[0]]), words(new[: ends[1]])
    tails = known[ends[0] :], new[ends[1] :]
    return tails if heads[0] == heads[1] and all(tails) else (known, new)


def _ends_field(element: BaseOxmlElement) -> bool:
    return any(m.get(qn("w:fldCharType")) == "end" for m in element.iter(qn("w:fldChar")))


def _title(enclosure: Enclosure, there: Iterable[Enclosure]) -> str:
    """The caption of a table or picture."""
    named = (e for e in there if e.name == enclosure.name + TITLE)
    return next((words(e.shown(table=False)) for e in named), enclosure.name)


def _unmark(enclosure: Enclosure, known: list[BaseOxmlElement]) -> None:
    """Take away a mark that holds no longer; its paragraph too, where nothing else is in it."""
    paragraph = enclosure.paragraph
    for element in known:
        element.getparent().remove(element)
    beside = paragraph.getparent().findall(qn("w:p"))
    kept = next(paragraph.iter(qn("w:r"), qn("w:sectPr")), None)
    if kept is None and len(beside) > 1:
        paragraph.getparent().remove(paragraph)


def _mark(
    document: Document, made: Iterable[Enclosure], there: Iterable[Enclosure], graft: Graft
) -> None:
    """Put in the marks that a fresh book has and this one lacks.

    In front of what the book says in their chapter, on the cover, or in every header.
    """
    names = {enclosure.name for enclosure in there}
    for source in made:
        if not source.name.endswith(MARK) or source.name in names:
            continue
        if source.part is not graft.fresh:
            for section in document.sections:
                for line in section.header.paragraphs[:1]:
                    graft.put(source, line._p, within=True)
            continue
        chapter = source.name.rsplit("_", 2)[0]
        below = [e.paragraph for e in there if e.name.startswith(chapter) and e.attached]
        first = next(iter(below), None)
        place = document.paragraphs[0]._p if first is None else first
        graft.put(source, _outermost(place), within=False)


def _outermost(element: BaseOxmlElement) -> BaseOxmlElement:
    """What holds an element and stands in the text itself."""
    ways = [element, *element.iterancestors()]
    return next(e for e in ways if e.getparent().tag == qn("w:body"))


def _titles(there: Iterable[Enclosure]) -> dict[str, str]:
    """What captions say, by the bookmarks that lists lead to."""
    titles: dict[str, str] = {}
    for enclosure in there:
        if enclosure.name.endswith(TITLE):
            told = words(enclosure.shown(table=False))
            marks = enclosure.paragraph.iter(START)
            titles |= {mark.get(qn("w:name"), ""): told for mark in marks}
    return titles


def _list(document: Document, old: Mapping[str, str], new: Mapping[str, str]) -> None:
    """Let the lists of figures and tables say what their captions say now."""
    for line in document.element.iter(qn("w:hyperlink")):
        anchor = line.get(qn("w:anchor"), "")
        shown = list(takewhile(lambda e: e.tag != qn("w:tab"), line.iter(qn("w:t"), qn("w:tab"))))
        told = " ".join("".join(text.text or "" for text in shown).split())
        if anchor in new and told == old.get(anchor):
            for at, text in enumerate(shown):
                text.text = "" if at else new[anchor]
