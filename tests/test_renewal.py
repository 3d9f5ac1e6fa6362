"""A book that someone goes on writing, saved by LibreOffice, is renewed when answers change."""

import json
import re
import shutil
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import docx
import pytest
from bs4 import BeautifulSoup
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn

from analysis import tables
from analysis.project import ProjectError
from analysis.reports import book
from analysis.reports.book import record
from analysis.reports.book.body import family
from analysis.reports.book.chapters import chapters
from analysis.reports.book.enclosures import enclosures, words
from analysis.reports.book.footnotes import footnote, note
from analysis.reports.book.manuscript import enclosure
from analysis.reports.book.xml import element as made_of
from analysis.runs import manifest
from analysis.runs.shelf import Shelf
from tests import libreoffice, second_city
from tests.second_city import masterplan
from tests.test_book import bound, chart, table, violations
from tests.test_html import EDITION, SAMPLE, markdown, shows

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


def linked(city) -> str:
    """How the index calls the book."""
    page = (city.reports / "index.html").read_text("utf-8")
    return BeautifulSoup(page, "html.parser").select_one('a[href="buku-1.docx"]').get_text()


@pytest.fixture(scope="module")
def renewed(tmp_path_factory):
    """The city; its book before, after, and made anew; what the command said; the index's links."""
    folder = tmp_path_factory.mktemp("buku")
    city, stages = second_city.found(folder / "kota"), ("readiness", "swot")
    assert masterplan(city, "sample").returncode == 0
    second_city.run(city, *stages)
    assert masterplan(city, "book").returncode == 0
    links = [linked(city)]
    path = city.reports / "buku-1.docx"
    go_on_writing(path)
    (folder / "lo").mkdir()
    shutil.copy(libreoffice.save_as(path, "docx", folder / "lo", folder / "profile"), path)
    shutil.copy(path, folder / "lama.docx")
    assert masterplan(city, "sample", "--seed", "7").returncode == 0
    second_city.run(city, *stages)
    links.append(linked(city))
    done = masterplan(city, "book", "--refresh")
    assert done.returncode == 0, done.stdout + done.stderr
    links.append(linked(city))
    assert masterplan(city, "book", "--out", str(folder / "baru.docx")).returncode == 0
    before, after, fresh = (folder / "lama.docx", path, folder / "baru.docx")
    return city, *map(docx.Document, (before, after, fresh)), done.stdout, links


def by_name(document) -> dict:
    return {enclosure.name: enclosure for enclosure in enclosures(document)}


def listed(paragraph) -> bool:
    """Whether it is a line of a table of contents."""
    links = paragraph.iter(qn("w:hyperlink"))
    return any(link.get(qn("w:anchor"), "").startswith("_Toc") for link in links)


def up(element) -> list:
    return [element, *element.iterancestors()]


def own(document) -> list[str]:
    """What the author wrote, and where ours stands: the text with our enclosures as one word."""
    ours = {e for made in enclosures(document) for e in made.shown(False)}
    tables = {e for made in enclosures(document) for e in made.shown(True)}
    told = []
    for element in document.element.body:
        if element in tables:
            told.append("[tabel]")
        elif element.tag == qn("w:p") and not listed(element):
            runs = ["[kami]" if r in ours else words([r]) for r in element]
            told.append(re.sub(r"(\[kami\])+", "[kami]", "".join(runs)))
    return told


@libreoffice.needed
def test_all_that_the_author_wrote_stays_in_its_place(renewed):
    _city, before, after, _fresh, _told, _links = renewed
    assert own(after) == own(before)
    assert [p.text for p in after.paragraphs if p.text in PROSE] == [
        p.text for p in before.paragraphs if p.text in PROSE
    ]
    assert sum(p.text in PROSE for p in after.paragraphs) == len(PROSE)


@libreoffice.needed
def test_every_enclosure_says_what_a_fresh_book_says(renewed):
    _city, before, after, fresh, _told, _links = renewed
    made, old, new = map(by_name, (fresh, before, after))
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
    city, _before, after, _fresh, _told, _links = renewed
    ledger = json.loads((city.reports / "claims.json").read_text("utf-8"))
    known, there, compared = {claim["id"]: claim for claim in ledger}, by_name(after), 0
    for chapter in chapters(Shelf(city.reports))[1]:
        for finding in chapter.document.findings:
            claim = known.get(finding["claim"])
            name = enclosure(chapter.id, family(finding["claim"]))
            if not claim or claim["low"] is None or name not in there:
                continue
            [reference] = there[name].paragraph.iter(qn("w:footnoteReference"))
            said = words([note(after.part, reference)]).replace("\N{NO-BREAK SPACE}", " ")
            assert f"{abs(claim['value']):.2f}".replace(".", ",") in said
            assert f"n = {claim['n']}" in said
            compared += 1
    assert compared >= 2


@libreoffice.needed
def test_lists_say_what_captions_say(renewed):
    _city, _before, after, _fresh, _told, _links = renewed
    captions = {p.text for p in styled(after, "caption")}
    lines = [words([p]) for p in after.element.iter(qn("w:p")) if listed(p)]
    shown = [line for line in lines if line.startswith(("Gambar", "Tabel"))]
    assert {line for line in shown if not line.startswith(DELETED)} == captions
    assert len(shown) > 20


def pictures(enclosure) -> list[bytes]:
    blips = (b for e in enclosure.shown(False) for b in e.iter(qn("a:blip")))
    return [enclosure.part.related_parts[b.get(qn("r:embed"))].blob for b in blips]


@libreoffice.needed
def test_the_moved_figure_is_renewed_where_it_is_and_the_deleted_table_stays_away(renewed):
    _city, before, after, fresh, _told, _links = renewed
    [place] = [p for p in after.paragraphs if p.text == "Gambar yang dipindahkan:"]
    [name] = [name for name, made in by_name(after).items() if place._p.getnext() in up(made.start)]
    [drawn] = pictures(by_name(after)[name])
    assert [drawn] == pictures(by_name(fresh)[name]) != pictures(by_name(before)[name])
    assert place._p.getnext().getnext() is exhibit(after, MOVED)[1]
    assert DELETED in " ".join(p.text for p in styled(fresh, "caption"))
    assert DELETED not in " ".join(p.text for p in styled(after, "caption"))


@libreoffice.needed
def test_the_index_leads_to_a_new_book_at_once_and_never_to_an_old_one_as_to_a_new(renewed):
    *_others, links = renewed
    new, old = "Unduh Buku 1 (.docx)", "Buku 1 dari laporan yang lebih lama (.docx)"
    assert links == [new, old, new]


@libreoffice.needed
def test_the_command_tells_what_has_changed(renewed):
    """But of what the author deleted it says nothing."""
    city, before, after, _fresh, told, _links = renewed
    name = enclosure("03-readiness", "22-chart-1-title")
    old, new = (words(by_name(book)[name].shown(False)) for book in (before, after))
    assert f"  - {old}\n  + {new}" in told
    assert "Baru dalam laporan" not in told
    assert "pernah Anda ubah" not in told
    [kept] = city.reports.glob("buku-1 (*).docx")
    assert str(kept) in told
    assert [p.text for p in docx.Document(kept).paragraphs] == [p.text for p in before.paragraphs]


def named(cell):
    """A cell that is the same one in the next run."""
    cell.id = "sel"
    return cell


@pytest.fixture
def small(city, tmp_path):
    """Make a book of these cells, and refresh it after others were executed: what has changed."""
    path = tmp_path / "buku.docx"

    def small(before, after, edit=lambda document: None, second=None, **first):
        bound(city, tmp_path, [named(shows(*before))], **first)
        document = docx.Document(path)
        edit(document)
        document.save(path)
        bound(city, tmp_path, [named(shows(*after))], name="lain.docx", **(second or {}))
        renewal = book.refresh(city, path)[-1]
        assert violations(path) == []
        return renewal, docx.Document(path)

    return small


def said(level="clear", headline="Digital 2,15.", detail="n = 33.", action="", claim="a.b.c"):
    finding = SimpleNamespace(
        headline=headline, level=level, action=action, detail=detail, claim=claim
    )
    return tables.findings([finding])


def reworded(document):
    next(p for p in document.paragraphs if "Digital" in p.text).runs[0].text = "Kata penulis: 2,15."


def test_an_authors_wording_stays_as_long_as_the_reports_say_the_same(small):
    renewal, document = small([said()], [said()], reworded)
    assert "Kata penulis: 2,15." in "\n".join(p.text for p in document.paragraphs)
    assert (renewal.changed, renewal.edited) == ([], [])


def test_an_authors_wording_of_another_number_is_replaced_and_told(small):
    renewal, document = small([said()], [said(headline="Digital 2,20.")], reworded)
    assert "Kata penulis" not in "\n".join(p.text for p in document.paragraphs)
    [(before, after)] = renewal.edited
    assert before.startswith("Kata penulis: 2,15.") and after.startswith("Digital 2,20.")
    assert renewal.changed == []


@pytest.mark.parametrize(
    ("other", "new"), [({"detail": "n = 34."}, "n = 34."), ({"level": "likely"}, "cenderung")]
)
def test_a_sentence_is_renewed_also_where_only_its_footnote_or_its_level_differs(small, other, new):
    _renewal, document = small([said()], [said(**other)])
    shown = by_name(document)[enclosure("01-bagian", "a-c")]
    [reference] = shown.end.getparent().iter(qn("w:footnoteReference"))
    told = words([note(document.part, reference)]) + words(shown.shown(False))
    assert new in told.replace("\N{NO-BREAK SPACE}", " ")


def test_a_footnote_that_the_author_deleted_stays_away(small):
    def without(document):
        for reference in list(document.element.iter(qn("w:footnoteReference"))):
            reference.getparent().remove(reference)

    _renewal, document = small(
        [said()], [said(headline="Digital 2,20.", detail="n = 34.")], without
    )
    assert list(document.element.iter(qn("w:footnoteReference"))) == []
    assert "Digital 2,20." in "\n".join(p.text for p in document.paragraphs)


def test_a_picture_keeps_the_width_that_the_author_gave_it(small):
    def half(document):
        [shape] = document.inline_shapes
        shape.width, shape.height = shape.width // 2, shape.height // 2
        half.width = shape.width

    tall, low = chart(), chart(size=(1080, 400))
    _renewal, document = small([tall], [low], half)
    [shape] = document.inline_shapes
    assert shape.width == pytest.approx(half.width, rel=0.001)
    assert shape.height / shape.width == pytest.approx(400 / 1080, rel=0.01)


def test_what_no_report_says_any_more_stays_and_is_told_and_so_is_what_is_new(small):
    renewal, document = small([said(), table()], [table(), table(rows=3)])
    assert [gone.partition(" ●")[0] for gone in renewal.gone] == ["Digital 2,15."]
    assert "Digital 2,15." in "\n".join(p.text for p in document.paragraphs)
    assert renewal.new == ["Tabel 1.2. Dua butir"]


def test_a_document_that_is_no_book_of_ours_is_refused(city, tmp_path):
    bound(city, tmp_path, [markdown("Isi.")])
    foreign = docx.Document()
    foreign.save(tmp_path / "lain.docx")
    for name, why in (("lain.docx", "bukan Buku 1"), ("tidak-ada.docx", "tidak ada")):
        with pytest.raises(ProjectError, match=why):
            book.refresh(city, tmp_path / name)
    (tmp_path / "rusak.docx").write_bytes(b"PK")
    with pytest.raises(ProjectError, match="tidak dapat dibaca"):
        book.refresh(city, tmp_path / "rusak.docx")
    assert len(list(tmp_path.glob("*.docx"))) == 3


def test_marks_of_the_sample_and_of_earlier_answers_go_when_they_hold_no_longer(small):
    def sheets(document):
        section = document.sections[0]
        return "\n".join(p.text for p in (*document.paragraphs, *section.header.paragraphs))

    marked = []
    told = ("DATA CONTOH", "CONTOH ·", "jawaban yang lebih lama")
    _renewal, document = small(
        [said()],
        [said()],
        lambda document: marked.append(sheets(document)),
        edition=SAMPLE,
        status=manifest.STALE,
    )
    assert all(mark in marked[0] for mark in told)
    assert not any(mark in sheets(document) for mark in told)
    assert "Masterplan Smart City · Buku 1" in sheets(document)


def test_a_sentence_that_was_parted_is_left_and_told(small):
    def parted(document):
        first = next(p for p in document.paragraphs if "Digital" in p.text)
        second = deepcopy(first._p)
        first._p.addnext(second)
        first._p.remove(next(first._p.iter(qn("w:bookmarkEnd"))))
        second.remove(next(second.iter(qn("w:bookmarkStart"))))

    renewal, document = small([said()], [said(headline="Digital 2,20.")], parted)
    assert [told.partition(" ●")[0] for told in renewal.torn] == ["Digital 2,15."]
    assert "Digital 2,20." not in "\n".join(p.text for p in document.paragraphs)


def test_a_book_of_these_very_reports_stays_as_it_is(city, tmp_path):
    bound(city, tmp_path, [markdown("Isi.")])
    before = (tmp_path / "buku.docx").read_bytes()
    assert book.refresh(city, tmp_path / "buku.docx")[1] is None
    assert (tmp_path / "buku.docx").read_bytes() == before
    assert len(list(tmp_path.glob("buku*.docx"))) == 1


def test_another_office_that_is_lowest_takes_the_place_of_the_one_before(small):
    """The claim's id names the item; what is enclosed is what is said of whichever it is."""
    before = said(headline="Digital 2,15.", claim="readiness.digital.below")
    after = said(headline="Anggaran 1,97.", claim="readiness.budget.below")
    renewal, document = small([before], [after])
    assert (renewal.gone, renewal.new, renewal.whole) == ([], [], True)
    told = "\n".join(p.text for p in document.paragraphs)
    assert "Anggaran 1,97." in told and "Digital 2,15." not in told


def test_a_new_sentence_is_told_and_what_earlier_reports_said_keeps_the_book_old(small):
    one, other = said(), said(headline="Lain 3,00.", claim="a.b.d")
    renewal, _document = small([one], [other])
    assert [gone.partition(" ●")[0] for gone in renewal.gone] == ["Digital 2,15."]
    assert [new.partition(" ●")[0] for new in renewal.new] == ["Lain 3,00."]
    assert not renewal.whole


def test_an_action_goes_with_its_finding(small):
    first, second = said(claim=""), said(claim="", headline="Dua 2,5.", action="Perbaiki dua.")
    renewal, document = small([first, second], [first, said(claim="", headline="Dua 2,6.")])
    assert "Usul tindak lanjut: Perbaiki dua." in renewal.gone
    assert any(new.startswith("Dua 2,6.") for _old, new in renewal.changed)


def test_marks_come_when_they_have_to(small):
    renewal, document = small([said()], [said(headline="Digital 2,20.")],
                              second={"edition": SAMPLE, "status": manifest.STALE})  # fmt: skip
    header = document.sections[0].header.paragraphs[0].text
    texts = [p.text for p in document.paragraphs]
    assert header.startswith("CONTOH · Masterplan")
    assert any("DATA CONTOH" in text for text in texts)
    [stale] = [at for at, text in enumerate(texts) if "jawaban yang lebih lama" in text]
    assert stale < next(at for at, text in enumerate(texts) if text.startswith("Digital"))


def test_a_table_or_a_picture_that_the_author_changed_is_told_when_it_is_replaced(small):
    def noted(document):
        document.tables[0].rows[1].cells[0].paragraphs[0].add_run(" (catatan penulis)")

    renewal, _document = small([table()], [table(rows=3)], noted)
    assert renewal.redone == ["Tabel 1.1. Dua butir"] and renewal.renewed == 1


def test_footnotes_and_comments_of_the_author_stay_at_a_renewed_sentence(small):
    def noted(document):
        sentence = next(p for p in document.paragraphs if "Digital" in p.text)
        footnote(sentence, "Catatan penulis.")
        own = sentence._p[-1]
        ours = next(sentence._p.iter(qn("w:footnoteReference"))).getparent()
        ours.addprevious(own)
        document.styles.add_style("CommentReference", WD_STYLE_TYPE.CHARACTER)
        document.add_comment(sentence.runs[:1], "Periksa.", "Penulis")

    _renewal, document = small([said()], [said(headline="Digital 2,20.", detail="n = 34.")], noted)
    sentence = next(p for p in document.paragraphs if "Digital" in p.text)
    notes = [note(document.part, r) for r in sentence._p.iter(qn("w:footnoteReference"))]
    assert sorted(words([n]).replace("\N{NO-BREAK SPACE}", " ") for n in notes) == [
        "Catatan penulis.",
        "n = 34.",
    ]
    assert len(list(sentence._p.iter(qn("w:commentReference")))) == 1


def test_links_and_references_of_the_author_keep_what_they_refer_to(small):
    def linked(document):
        [caption] = styled(document, "caption")
        end = [r for r in caption._p.iter(qn("w:r")) if "end" in str(r.xpath(".//@w:fldCharType"))]
        mark = made_of("w:bookmarkStart", id=9000, name="_Ref1")
        caption._p.insert(1, mark)
        end[-1].addnext(made_of("w:bookmarkEnd", id=9000))
        anchor = next(e.name for e in enclosures(document) if e.name.endswith("_title"))
        run = document.add_paragraph().add_run("tabel yang kami bahas")
        run._r.addprevious(made_of("w:hyperlink", deepcopy(run._r), anchor=anchor))
        run._r.getparent().remove(run._r)

    titled = replace(table(), content={**table().content, "title": "Tiga butir"})
    _renewal, document = small([table()], [titled], linked)
    told = [words([p]) for p in document.element.iter(qn("w:p"))]
    assert "tabel yang kami bahas" in told
    [caption] = styled(document, "caption")
    assert "Tiga butir" in caption.text
    start = next(
        e for e in caption._p.iter(qn("w:bookmarkStart")) if e.get(qn("w:name")) == "_Ref1"
    )
    inside = []
    for sibling in start.itersiblings():
        if sibling.get(qn("w:id")) == "9000":
            break
        inside.append(sibling)
    assert words(inside) == "Tabel 1.1"


def test_a_sentence_that_was_left_is_told_again_and_a_deleted_table_never_as_new(city, tmp_path):
    path = tmp_path / "buku.docx"
    bound(city, tmp_path, [named(shows(said(), table()))])
    document = docx.Document(path)
    for element in exhibit(document, "Tabel 1.1."):
        element.getparent().remove(element)
    sentence = next(p for p in document.paragraphs if "Digital" in p.text)
    sentence._p.remove(next(sentence._p.iter(qn("w:bookmarkEnd"))))
    document.save(path)
    for number in (20, 30):
        other = said(headline=f"Digital 2,{number}.")
        bound(city, tmp_path, [named(shows(other, table(rows=number)))], name=f"{number}.docx")
        renewal = book.refresh(city, path)[-1]
        assert len(renewal.torn) == 1 and renewal.new == []


def test_two_of_our_tables_that_became_one_are_left_and_told(small):
    def merged(document):
        first, second = document.tables[-2:]
        for row in list(second._tbl.tr_lst):
            first._tbl.append(row)
        second._tbl.getparent().remove(second._tbl)

    renewal, _document = small([table(), table()], [table(rows=3), table(rows=3)], merged)
    assert len(renewal.torn) == 2 and renewal.renewed == 0


def test_a_book_of_another_city_is_refused(city, tmp_path):
    bound(city, tmp_path, [markdown("Isi.")])
    bound(city, tmp_path, [markdown("Isi.")], name="lain.docx",
          edition=replace(EDITION, city="Kota Lain"))  # fmt: skip
    with pytest.raises(ProjectError, match="Kota Lain"):
        book.refresh(city, tmp_path / "buku.docx")


def test_a_book_without_its_record_is_renewed_all_the_same(small, monkeypatch):
    monkeypatch.setattr(record, "read", lambda path: record.Record())
    renewal, document = small([said()], [said(headline="Digital 2,20.")])
    assert "Digital 2,20." in "\n".join(p.text for p in document.paragraphs)
    assert renewal.new == [] and len(renewal.changed) == 1
