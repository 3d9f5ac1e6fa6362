"""Footnotes of Buku 1, which python-docx does not know, are opened again as others open them."""

import shutil
import subprocess
from pathlib import Path

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from openxml_audit import OpenXmlValidator

from analysis.reports.book import style
from analysis.reports.book.footnotes import footnote
from tests import libreoffice


def notes(path: Path) -> dict[str, str]:
    """The words of each footnote, by its number."""
    part = docx.Document(path).part.part_related_by(RELATIONSHIP_TYPE.FOOTNOTES)
    return {
        note.get(qn("w:id")): "".join(t.text for t in note.iter(qn("w:t"))).strip()
        for note in part.element
        if note.get(qn("w:type")) is None
    }


@pytest.fixture
def noted(tmp_path) -> Path:
    document = style.reference(tmp_path / "tidak ada.docx", "id")
    made = document.add_paragraph("Digital paling rendah.")
    footnote(made, "2,15; n = 33\x00")
    document.save(tmp_path / "buku.docx")
    return tmp_path / "buku.docx"


def test_a_footnote_is_numbered_on_also_in_a_book_that_is_opened_again(noted):
    document = docx.Document(noted)
    footnote(document.paragraphs[0], "Yang kedua")
    document.save(noted)
    assert notes(noted) == {"1": "2,15; n = 33\N{REPLACEMENT CHARACTER}", "2": "Yang kedua"}
    marks = docx.Document(noted).element.iter(qn("w:footnoteReference"))
    assert [mark.get(qn("w:id")) for mark in marks] == ["1", "2"]
    assert OpenXmlValidator().validate(noted).errors == []


def test_the_footnotes_of_a_book_that_serves_as_the_look_are_not_taken_along(noted):
    style.reference(noted, "id").save(noted)
    assert OpenXmlValidator().validate(noted).errors == []
    with pytest.raises(KeyError):
        notes(noted)


@libreoffice.needed
@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext (poppler-utils) is missing")
def test_libreoffice_sets_the_footnote_at_the_foot_of_the_page(noted, tmp_path):
    pdf = libreoffice.save_as(noted, "pdf", tmp_path, tmp_path / "profile")
    read = ["pdftotext", "-layout", pdf, "-"]
    shown = subprocess.run(read, capture_output=True, text=True, check=True).stdout.split()
    assert shown[:4] == ["Digital", "paling", "rendah.1", "1"]
    assert "2,15;" in shown
