"""How Buku 1 looks: ``styles.xml`` and ``numbering.xml``, or the city's own reference document.

A city changes the look by ``data/raw/buku.docx``: any Word document, best a Buku 1 whose styles
were changed in Word. Its styles, paper and margins are used and its text is not; a style that it
lacks comes from ours.
"""

from pathlib import Path
from typing import cast

import docx
from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.oxml.numbering import CT_Numbering
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.parts.numbering import NumberingPart
from docx.shared import Cm, RGBColor

from analysis.project import ProjectError
from analysis.reports.book.xml import element
from analysis.text import _, tag

HERE = Path(__file__).parent

# The project's own styles; Word's built-in ones go by the names that Word gives them.
FINDING, FINDINGS, ACTION = "Temuan", "Judul Temuan", "Tindak Lanjut"
KEY, KEY_LABEL = "Angka Kunci", "Keterangan Angka"
FIGURE, TABLE, CELL, NOTE = "Gambar", "Tabel Masterplan", "Isi Tabel", "Catatan"
CODE, SAMPLE, WORK = "Kode", "Contoh", "Bibliography"
BESIDE = ("footnotes", "endnotes", "comments", "stylesWithEffects", "thumbnail")
RED = RGBColor(0x9E, 0x1B, 0x1E)


def opened(path: Path) -> Document:
    """A document of somebody's. Raises ProjectError where the file is no Word document."""
    try:
        return docx.Document(str(path))
    except Exception as error:
        message = _("{file} tidak dapat dibaca sebagai dokumen Word (.docx): {error}")
        raise ProjectError(message.format(file=path, error=error)) from error


def reference(own: Path, language: str) -> Document:
    """An empty document that looks as the city's own reference document, or as ours.

    Raises ProjectError where the city's is no Word document.
    """
    if own.is_file():
        document = opened(own)
    else:
        document = docx.Document()
        document.styles.element.clear()
        document.styles.element.append(_read("styles.xml").find(qn("w:docDefaults")))
        _numbering(document).clear()
        _paper(document)
    body = document.element.body
    for part in [p for p in body if p.tag != qn("w:sectPr")]:
        body.remove(part)
    _drop(document)
    adopt(document)
    _speak(document, tag(language))
    return document


def _read(name: str) -> BaseOxmlElement:
    return parse_xml((HERE / name).read_bytes())


def _paper(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin = section.bottom_margin = Cm(2.5)


def _drop(document: Document) -> None:
    """Leave out what stands beside the text: notes, and what Word kept of it for itself."""
    for part in (document.part, document.part.package):
        for name, relation in list(part.rels.items()):
            if relation.reltype.rsplit("/", 1)[-1] in BESIDE:
                del part.rels[name]
    for name in ("w:footnotePr", "w:endnotePr"):
        document.settings.element.remove_all(name)


def adopt(document: Document) -> None:
    """Take from ours the styles that the document does not name, with the numbering they use."""
    known = {style.name.casefold() for style in document.styles}
    numbers = set()
    for style in _read("styles.xml").findall(qn("w:style")):
        if style.find(qn("w:name")).get(qn("w:val")).casefold() not in known:
            document.styles.element.append(style)
            numbers |= {int(number.get(qn("w:val"))) for number in style.iter(qn("w:numId"))}
    ours, theirs = _read("numbering.xml"), _numbering(document)
    numbers -= {num.numId for num in theirs.num_lst}
    for abstract in ours.findall(qn("w:abstractNum")):
        if int(abstract.get(qn("w:abstractNumId"))) in numbers:
            theirs.insert_element_before(abstract, "w:num", "w:numIdMacAtCleanup")
    for num in ours.findall(qn("w:num")):
        if num.numId in numbers:
            theirs.insert_element_before(num, "w:numIdMacAtCleanup")


def _numbering(document: Document) -> CT_Numbering:
    """The numbering of a document, which need not have any yet."""
    part = document.part
    try:
        return cast(NumberingPart, part.part_related_by(RELATIONSHIP_TYPE.NUMBERING)).element
    except KeyError:
        place, content = PackURI("/word/numbering.xml"), CONTENT_TYPE.WML_NUMBERING
        made = NumberingPart(place, content, element("w:numbering"), part.package)
        part.relate_to(made, RELATIONSHIP_TYPE.NUMBERING)
        return made.element


def _speak(document: Document, language: str) -> None:
    """Let Word check spelling in the document's language."""
    for tongue in document.styles.element.iter(qn("w:lang")):
        tongue.set(qn("w:val"), language)
