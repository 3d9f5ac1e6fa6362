"""Footnotes, which python-docx leaves out: a part of their own, and references to it."""

from typing import cast

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import PartFactory, XmlPart
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.parts.document import DocumentPart
from docx.text.paragraph import Paragraph

from analysis.reports.book.manuscript import AFTER_UPDATE
from analysis.reports.book.xml import element
from analysis.reports.office import plain

TEXT, REFERENCE = "footnote text", "footnote reference"  # styles, as Word names them
PLACE = PackURI("/word/footnotes.xml")
# The lines that Word draws above footnotes; their numbers are not those of notes.
SEPARATORS = {-1: "separator", 0: "continuationSeparator"}
AFTER = AFTER_UPDATE[AFTER_UPDATE.index("w:footnotePr") + 1 :]

# Footnotes of a document that is opened can be read and added to.
PartFactory.part_type_for[CONTENT_TYPE.WML_FOOTNOTES] = XmlPart


def footnote(paragraph: Paragraph, words: str) -> None:
    """Put a footnote's number at the end of a paragraph, and its words at the foot of the page."""
    part = cast(DocumentPart, paragraph.part)
    notes = _notes(part)
    number = max(int(note.get(qn("w:id"), 0)) for note in notes) + 1
    look = element("w:rStyle", val=part.document.styles[REFERENCE].style_id)
    mark = element("w:footnoteReference", id=number)
    paragraph._p.append(element("w:r", element("w:rPr", look), mark))
    layout = element("w:pStyle", val=part.document.styles[TEXT].style_id)
    again = element("w:rStyle", val=part.document.styles[REFERENCE].style_id)
    shown = OxmlElement("w:r")
    shown.text = f" {plain(words)}"
    told = element(
        "w:p",
        element("w:pPr", layout),
        element("w:r", element("w:rPr", again), element("w:footnoteRef")),
        shown,
    )
    notes.append(element("w:footnote", told, id=number))


def told(document: Document) -> str:
    """All that a document says, in its text and in its footnotes."""
    said = [document.element, *_notes(document.part)]
    paragraphs = (p for part in said for p in part.iter(qn("w:p")))
    return "\n".join("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in paragraphs)


def note(part: XmlPart, reference: BaseOxmlElement) -> BaseOxmlElement | None:
    """The footnote that a reference in a part leads to, if it is there."""
    known = {note.get(qn("w:id")): note for note in _notes(cast(DocumentPart, part))}
    return known.get(reference.get(qn("w:id")))


def _notes(part: DocumentPart) -> BaseOxmlElement:
    """All footnotes of a document, which need not have any yet."""
    try:
        return cast(XmlPart, part.part_related_by(RELATIONSHIP_TYPE.FOOTNOTES)).element
    except KeyError:
        lines = [
            element("w:footnote", _line(kind), type=kind, id=number)
            for number, kind in SEPARATORS.items()
        ]
        root = element("w:footnotes", *lines)
        made = XmlPart(PLACE, CONTENT_TYPE.WML_FOOTNOTES, root, part.package)
        part.relate_to(made, RELATIONSHIP_TYPE.FOOTNOTES)
        known = [element("w:footnote", id=number) for number in SEPARATORS]
        settings = part.settings.element
        settings.remove_all("w:footnotePr")
        settings.insert_element_before(element("w:footnotePr", *known), *AFTER)
        return root


def _line(kind: str) -> BaseOxmlElement:
    spacing = element("w:spacing", after=0, line=240, lineRule="auto")
    return element("w:p", element("w:pPr", spacing), element("w:r", element(f"w:{kind}")))
