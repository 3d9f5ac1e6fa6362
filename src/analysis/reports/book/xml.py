"""What python-docx has no words for: fields, bookmarks, links inside the document.

All text goes through `office.plain`: a survey answer may hold characters that XML forbids.
"""

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.paragraph import Paragraph
from docx.text.run import Run


def element(tag: str, *children: BaseOxmlElement, **attributes: object) -> BaseOxmlElement:
    """An element such as ``w:shd`` with its children, and attributes of the same namespace."""
    made = OxmlElement(tag)
    prefix = tag.partition(":")[0]
    for name, value in attributes.items():
        made.set(qn(f"{prefix}:{name}"), str(value))
    made.extend(children)
    return made


def field(paragraph: Paragraph, instruction: str, shown: str) -> None:
    """A field at the end of a paragraph; `shown` is its result until a program computes it."""
    begin(paragraph, instruction)
    paragraph.add_run(shown)
    end(paragraph)


def begin(paragraph: Paragraph, instruction: str) -> None:
    """Open a field; its result follows, if need be over several paragraphs."""
    code = OxmlElement("w:instrText")
    code.text = f" {instruction} "
    code.set(qn("xml:space"), "preserve")
    for part in (_mark("begin"), code, _mark("separate")):
        paragraph.add_run()._r.append(part)


def end(paragraph: Paragraph) -> None:
    """Close the field that was opened last."""
    paragraph.add_run()._r.append(_mark("end"))


def _mark(kind: str) -> BaseOxmlElement:
    return element("w:fldChar", fldCharType=kind)


def bookmark(first: Paragraph, last: Paragraph, name: str, mark: int) -> None:
    """Mark what stands from one paragraph to another, as far as they are written."""
    first._p.insert(first._p.pPr is not None, element("w:bookmarkStart", id=mark, name=name))
    last._p.append(element("w:bookmarkEnd", id=mark))


def link(paragraph: Paragraph, anchor: str, skip: int = 0) -> None:
    """Let the runs of a paragraph after the first `skip` lead to a bookmark of the document."""
    runs = paragraph._p.findall(qn("w:r"))[skip:]
    paragraph._p.append(element("w:hyperlink", *runs, anchor=anchor, history=1))


def describe(run: Run, words: str) -> None:
    """Say what the picture in a run shows, for those who cannot see it."""
    for properties in run._r.iter(qn("wp:docPr")):
        properties.set("descr", words)


def number(paragraph: Paragraph, numbering: int, level: int = 0) -> None:
    """Make a paragraph an item of a numbering; 0 takes away what its style prescribes."""
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val, properties.get_or_add_numId().val = level, numbering
