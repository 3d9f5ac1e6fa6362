"""A book that someone goes on writing, saved by LibreOffice, is renewed when answers change."""

import json
import re
import shutil
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from analysis.reports.book.enclosures import enclosures, words
from analysis.reports.book.footnotes import note
from analysis.reports.book.manuscript import enclosure
from tests import libreoffice, second_city
from tests.second_city import masterplan
from tests.test_book import violations

PROSE = [f"Paragraf penulis nomor {n}, dengan angka 9,99." for n in range(1, 21)]
MOVED, DELETED = "Gambar 3.2.", "Tabel 3.2."
CHAPTER = "Bab Penulis"
NUMBER = re.compile(r"\d+(?:\.\d{3})*,\d+")


def styled(document, name):
    return [p for p in document.paragraphs if p.style.name.casefold() == name]


def exhibit(document, label) -> list:
    """Picture or table, caption and note: what a person would select."""
    caption = next(p for p in styled(document, "caption") if p.text.startswith(label))._p
    whole = [caption, caption.getnext()]
    if label.startswith("Gambar"):
        return [caption.getprevious(), *whole]
    return [*whole, whole[-1].getnext()]


def go_on_writing(path: Path) -> None:
    """What an analyst does in Word."""
    document = docx.Document(path)
    heads = styled(document, "heading 2")
    for at, said in enumerate(PROSE):
        heads[at % len(heads)].insert_paragraph_before(said)
    last = styled(document, "heading 1")[-1]
    last.insert_paragraph_before(CHAPTER, "Heading 1")
    place = last.insert_paragraph_before("Gambar yang dipindahkan:")
    for element in reversed(exhibit(document, MOVED)):
        place._p.addnext(element)
    for element in exhibit(document, DELETED):
        element.getparent().remove(element)
    document.save(path)


@pytest.fixture(scope="module")
def renewed(tmp_path_factory):
    """The folder of the reports; the book before, after, and made anew; what the command said."""
    folder = tmp_path_factory.mktemp("buku")
    city, stages = second_city.found(folder / "kota"), ("readiness", "swot")
    assert masterplan(city, "sample").returncode == 0
    second_city.run(city, *stages)
    assert masterplan(city, "book").returncode == 0
    path = city.reports("2024") / "buku-1.docx"
    go_on_writing(path)
    (folder / "lo").mkdir()
    shutil.copy(libreoffice.save_as(path, "docx", folder / "lo", folder / "profile"), path)
    shutil.copy(path, folder / "lama.docx")
    assert masterplan(city, "sample", "--seed", "7").returncode == 0
    second_city.run(city, *stages)
    done = masterplan(city, "book", "--refresh")
    assert done.returncode == 0, done.stdout + done.stderr
    assert masterplan(city, "book", "--out", str(folder / "baru.docx")).returncode == 0
    before, after, fresh = (folder / "lama.docx", path, folder / "baru.docx")
    return city, *map(docx.Document, (before, after, fresh)), done.stdout


def listed(paragraph) -> bool:
    """Whether it is a line of a table of contents."""
    links = paragraph.iter(qn("w:hyperlink"))
    return any(link.get(qn("w:anchor"), "").startswith("_Toc") for link in links)


def own(document) -> list[str]:
    """What the author wrote, and where ours stands: the text with our enclosures as one word."""
    ours = {id(e) for made in enclosures(document).values() for e in made.shown(False)}
    tables = {e for made in enclosures(document).values() for e in made.shown(True)}
    told = []
    for element in document.element.body:
        if element in tables:
            told.append("[tabel]")
        elif element.tag == qn("w:p") and not listed(element):
            runs = ["[kami]" if id(r) in ours else words([r]) for r in element]
            told.append(re.sub(r"(\[kami\])+", "[kami]", "".join(runs)))
    return told


@libreoffice.needed
def test_all_that_the_author_wrote_stays_in_its_place(renewed):
    _city, before, after, _fresh, _told = renewed
    assert own(after) == own(before)
    assert [p.text for p in after.paragraphs if p.text in PROSE] == [
        p.text for p in before.paragraphs if p.text in PROSE
    ]
    assert sum(p.text in PROSE for p in after.paragraphs) == len(PROSE)


@libreoffice.needed
def test_every_enclosure_says_what_a_fresh_book_says(renewed):
    _city, before, after, fresh, _told = renewed
    made, old, new = map(enclosures, (fresh, before, after))
    assert set(new) == set(old)
    compared = changed = 0
    for name in new.keys() & made.keys():
        whole = made[name].across
        said = [words(there[name].shown(whole)) for there in (old, new, made)]
        assert said[1] == said[2], name
        changed += said[0] != said[1]
        compared += 1
    assert compared > 90
    assert changed > 30


@libreoffice.needed
def test_the_numbers_are_those_of_the_ledger(renewed):
    """A sentence that quotes a claim tells its value and number of offices in its footnote."""
    city, before, after, _fresh, _told = renewed
    ledger = json.loads((city.reports("2024") / "claims.json").read_text("utf-8"))
    quoted = {"readiness": "03-readiness", "swot": "05-swot"}
    told = []
    for claim in ledger:
        name = enclosure(quoted[claim["stage"]], claim["id"])
        if name in enclosures(after) and claim["low"] is not None:
            shown = enclosures(after)[name]
            [reference] = shown.end.getparent().iter(qn("w:footnoteReference"))
            said = words([note(after.part, reference)])
            assert f"{abs(claim['value']):.2f}".replace(".", ",") in said
            assert f"n = {claim['n']}" in said.replace("\N{NO-BREAK SPACE}", " ")
            told.append(name)
    assert len(told) >= 2


@libreoffice.needed
def test_lists_say_what_captions_say(renewed):
    _city, _before, after, _fresh, _told = renewed
    captions = {p.text for p in styled(after, "caption")}
    lines = [words([p]) for p in after.element.iter(qn("w:p")) if listed(p)]
    shown = [line for line in lines if line.startswith(("Gambar", "Tabel"))]
    assert {line for line in shown if not line.startswith(DELETED)} == captions
    assert len(shown) > 20


@libreoffice.needed
def test_the_moved_figure_is_new_where_it_was_moved_and_the_deleted_table_stays_away(renewed):
    _city, before, after, fresh, _told = renewed
    texts = [p.text for p in after.paragraphs]
    place = texts.index("Gambar yang dipindahkan:")
    assert texts.index(CHAPTER) < place
    assert texts[place + 2].startswith(MOVED)
    [picture, known] = [
        next(made.pictures(MOVED_NAME)) for made in ()
    ]


@libreoffice.needed
def test_the_renewed_book_is_a_valid_document_and_says_which_reports_it_is_from(renewed):
    city, _before, _after, _fresh, _told = renewed
    path = city.reports("2024") / "buku-1.docx"
    assert violations(path) == []
