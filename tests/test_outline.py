"""What Buku 1 holds, in what order: ours, or as the city says in ``data/raw/buku.toml``."""

from dataclasses import replace

import pandas as pd
import pytest
from PIL import Image

from analysis import bibliography, tables
from analysis.project import ProjectError
from analysis.reports.book import style
from analysis.works import WORKS
from tests.test_book import bound, headings, texts
from tests.test_html import EDITION, HOSTILE, SAMPLE, markdown, shows

SAID = [markdown("Isi.")]
METHODS = [shows(tables.methods("bootstrap", "kendall"))]


@pytest.fixture
def outlined(city, tmp_path):
    """Write the book of two chapters, with the city's outline and chapters of its own, by id."""

    def outlined(*ids, cells=SAID, edition=EDITION, toml="", **own):
        (city.raw / "buku").mkdir(exist_ok=True)
        for name, source in own.items():
            (city.raw / "buku" / f"{name}.md").write_text(source, "utf-8")
        toml = toml or "\n".join(f'[[chapter]]\nid = "{id}"' for id in ids)
        if toml:
            (city.raw / "buku.toml").write_text(toml, "utf-8")
        return bound(city, tmp_path, list(cells), [markdown("Isi.")], edition=edition)

    return outlined


def told(document, chapter) -> list[str]:
    """The paragraphs of a chapter."""
    said: dict[str, list[str]] = {}
    for paragraph in document.paragraphs:
        if paragraph.style.name in ("Heading 1", "TOC Heading"):
            last = said.setdefault(paragraph.text, [])
        elif said:
            last.append(paragraph.text)
    return said[chapter]


def notes(document) -> str:
    return " ".join(texts(document, style.NOTE))


def test_without_an_outline_all_parts_are_there_in_our_order(outlined):
    document = outlined(cells=METHODS)
    assert headings(document) == [
        *("Kata Pengantar", "Pendahuluan", "Bagian 1", "Bagian 2"),
        *("Metode", "Daftar Istilah", "Daftar Pustaka"),
    ]
    body = [p.text for p in document.paragraphs]
    assert body.index("Kata Pengantar") < body.index("Daftar Isi") < body.index("Pendahuluan")
    assert "Tidak dimuat" not in notes(document)


def test_each_method_is_described_once_and_named_at_the_end_of_its_chapters(city, tmp_path):
    named = [shows(tables.methods("kendall", "alpha"))]
    document = bound(city, tmp_path, named, [shows(tables.methods("alpha"))])
    words = "\n".join(p.text for p in document.paragraphs)
    assert words.count(bibliography.METHODS["alpha"].how) == 1
    line = "Metode: W Kendall; Alfa Cronbach. Uraiannya ada di bab “Metode”."
    assert told(document, "Bagian 1")[-1] == line
    assert [m.partition(".")[0] for m in told(document, "Metode")] == ["Alfa Cronbach", "W Kendall"]


def test_the_bibliography_lists_the_works_of_the_book_alone_in_the_order_of_the_alphabet(outlined):
    document = outlined(cells=METHODS)
    works = [p for p in document.paragraphs if p.style.name == style.WORK]
    shown = [[(run.text, bool(run.italic)) for run in work.runs] for work in works]
    methods = bibliography.METHODS["bootstrap"].works + bibliography.METHODS["kendall"].works
    cited = {*methods, "perpres2018", "panrb2020"}  # of the introduction
    assert sorted(shown) == sorted(WORKS[key].entry for key in cited)
    names = [work.text.casefold() for work in works]
    assert names == sorted(names)
    without = outlined("01-bagian", "02-bagian", "methods", "bibliography", cells=METHODS)
    assert len(texts(without, style.WORK)) == len(methods)


def test_the_glossary_explains_what_the_book_says_wherever_it_stands(outlined):
    document = outlined("glossary", "01-bagian", cells=[markdown("Nilai **median** dan TOPSIS.")])
    assert [t.partition(":")[0] for t in told(document, "Daftar Istilah")] == [
        *("median", "perangkat daerah, OPD, unit", "TOPSIS")
    ]
    assert headings(document) == ["Daftar Istilah", "Bagian 1"]


def test_the_glossary_knows_what_stands_in_footnotes(outlined):
    found = {"headline": "Rendah.", "level": "clear", "action": "", "detail": "bootstrap"}
    finding = type("Finding", (), {**found, "claim": "a.b"})
    document = outlined("01-bagian", "glossary", cells=[shows(tables.findings([finding]))])
    assert told(document, "Daftar Istilah")[-1].startswith("sampel ulang, bootstrap:")


def test_the_preface_asks_for_what_is_not_known_and_names_who_signs(outlined):
    said = told(outlined(), "Kata Pengantar")
    assert "data/raw/buku/preface.md" in said[0]
    assert said[-3:] == [
        "[Tempat, tanggal]",
        "Wali Kota Contoh",
        "[Nama lengkap dan tanda tangan]",
    ]
    assert "Bagian 1 dan Bagian 2" in " ".join(said)
    assert f"{EDITION.sent} dari {EDITION.expected} perangkat daerah" in " ".join(said)
    regency = outlined(edition=replace(SAMPLE, city="Kabupaten Simalungun"))
    assert "Bupati Simalungun" in told(regency, "Kata Pengantar")


def test_the_introduction_counts_by_group_who_has_sent_and_who_has_filled_in_all(outlined):
    groups = {"group_name": ["Dinas", "Badan", "Semua"], "registered": [3, 2, 5]}
    groups = pd.DataFrame({**groups, "returned": [2, 1, 3], "share": [0.7, 0.5, 0.6]})
    missing = pd.DataFrame({"unit_name": ["C", "E"], "group_name": ["Dinas", "Badan"]})
    open = pd.DataFrame({"unit_name": ["A", "E"], "group_name": ["Dinas", "Badan"]})
    open = open.assign(expected=9, blank=8, invalid=0, filled=0.1)
    cells = [shows(*(tables.table(frame, "Judul") for frame in (groups, missing, open)))]
    document = outlined(cells=cells)
    rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    # E has sent a workbook with too little in it to count as answered.
    assert rows == [
        ["Kelompok", "Terdaftar", "Mengirim", "Terisi penuh"],
        ["Dinas", "3", "2", "1"],
        ["Badan", "2", "2", "1"],
        ["Semua", "5", "4", "2"],
    ]
    assert "Peraturan Presiden Nomor 95 Tahun 2018" in " ".join(told(document, "Pendahuluan"))


def test_the_city_orders_and_titles_the_chapters_and_the_cover_names_what_is_left_out(outlined):
    toml = '[[chapter]]\nid = "02-bagian"\ntitle = "BAB I Kesiapan"\n'
    toml += '[[chapter]]\nid = "preface"\ntitle = "Sambutan"\n[[chapter]]\nid = "contents"\n'
    document = outlined(toml=toml)
    assert headings(document) == ["BAB I Kesiapan", "Sambutan"]
    # A title of the city's own stands as it is, without a number of ours.
    assert texts(document, "toc 1") == ["BAB I Kesiapan", "Sambutan"]
    left_out = ("Pendahuluan", "Metode", "Daftar Istilah", "Daftar Pustaka", "Bagian 1")
    assert f"Tidak dimuat, karena tidak disebut dalam buku.toml: {'; '.join(left_out)}." in notes(
        document
    )


def test_chapters_keep_the_numbers_of_their_pages_in_any_order(outlined):
    document = outlined("contents", "02-bagian", "01-bagian", cells=[markdown("## Satu\n\nIsi.")])
    assert texts(document, "toc 1") == ["2 Bagian 2", "1 Bagian 1"]
    assert texts(document, "toc 2") == ["1.1 Satu"]


def test_the_city_writes_chapters_of_its_own(outlined):
    document = outlined(
        *("preface", "arah", "01-bagian"),
        preface="# Sambutan\n\nKami **senang**.\n\n## Rincian\n\n- satu",
        arah="Tanpa judul.",
        lain="Terlupa.",
    )
    assert headings(document) == ["Sambutan", "arah", "Bagian 1"]
    assert told(document, "Sambutan") == ["Kami senang.", "Rincian", "satu"]
    assert "lain.md" in notes(document)


def test_chapters_of_the_city_show_pictures_that_lie_beside_them_and_no_others(city, outlined):
    (city.raw / "buku").mkdir()
    Image.new("RGB", (60, 40), "white").save(city.raw / "buku" / "peta kota.png")
    document = outlined("peta", "01-bagian", peta="![Peta kota](peta%20kota.png)")
    [shape] = document.inline_shapes
    assert shape._inline.docPr.get("descr") == "Peta kota"
    Image.new("RGB", (60, 40), "white").save(city.raw / "luar.png")
    for wrong in ("tidak-ada.png", "../luar.png", "peta.md"):
        with pytest.raises(ProjectError, match=r"data/raw/buku/peta\.md: gambar"):
            outlined("peta", "01-bagian", peta=f"![Peta]({wrong})")


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ('[[chapter]]\nid = "01-bagan"\n', "baris 2, isian chapter.0.id: “01-bagan” bukan bab; yang"
         " mirip: 01-bagian"),
        ('[[chapter]]\nid = "methods"\njudul = "A"\n', "baris 3, isian chapter.0.judul: tidak"),
        ('[[chapter]]\nid = "methods"\n[[chapter]]\nid = "methods"\n', "disebut dua kali: methods"),
        ("chapter = []\n", "paling sedikit 1 isian"),
        ("[[chapter]\n", "baris 1"),
    ],
)  # fmt: skip
def test_an_outline_that_cannot_be_used_is_refused_with_its_row(outlined, toml, said):
    with pytest.raises(ProjectError) as raised:
        outlined(toml=toml)
    assert str(raised.value).startswith("data/raw/buku.toml: ")
    assert said in str(raised.value)


def test_a_chapter_of_the_outline_that_was_never_made_is_named_on_the_cover(city, outlined):
    city.notebooks.mkdir(exist_ok=True)
    source = '{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'
    (city.notebooks / "09-nanti.ipynb").write_text(source, "utf-8")
    document = outlined("01-bagian", "09-nanti")
    assert headings(document) == ["Bagian 1"]
    assert "karena laporannya gagal dibuat: 09-nanti." in notes(document)


def test_hostile_names_stay_text_in_preface_and_introduction(outlined):
    bad = HOSTILE + " [a](http://contoh.id) **b** | c"
    document = outlined(edition=replace(EDITION, city=bad))
    for chapter in ("Kata Pengantar", "Pendahuluan"):
        assert " ".join(bad.split()) in " ".join(told(document, chapter))


def test_what_is_asked_does_not_depend_on_the_book(city):
    before = city.questions()
    (city.raw / "buku.toml").write_text('[[chapter]]\nid = "methods"\n', "utf-8")
    assert city.questions() == before
