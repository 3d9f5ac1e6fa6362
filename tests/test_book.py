"""Buku 1 is opened again: by python-docx, by the format's schema, and by LibreOffice as a PDF."""

import base64
import io
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import docx
import nbformat
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from nbformat import v4
from openxml_audit import OpenXmlValidator
from PIL import Image

from analysis import tables
from analysis.exhibits import Exhibit
from analysis.project import ProjectError
from analysis.reports import book
from analysis.reports.book import style
from analysis.runs import executed, manifest
from analysis.runs.shelf import Shelf
from tests import libreoffice
from tests.second_city import masterplan
from tests.test_html import EDITION, HOSTILE, SAMPLE, data, markdown, shows

STAGES = [
    "Analisis Masa Depan",
    "Analisis Kondisi Eksternal",
    "Analisis Kesiapan Daerah",
    "Analisis Kesenjangan",
    "Analisis SWOT",
    "Visi Pembangunan Smart City",
    "Quick Win / Program Unggulan",
]
TWIP = 635
CAPTION = re.compile(r"(Gambar|Tabel) (\d+\.\d+)\. (.+)", re.DOTALL)


def flat(words: str) -> str:
    return " ".join(words.split())


def headings(document, level=1) -> list[str]:
    return [p.text for p in document.paragraphs if p.style.name == f"Heading {level}"]


def captions(document) -> list[tuple[str, str, str]]:
    found = [p.text for p in document.paragraphs if p.style.name == "Caption"]
    return [CAPTION.fullmatch(text).groups() for text in found]


def texts(document, style) -> list[str]:
    return [p.text for p in document.paragraphs if p.style.name == style]


def word_tables(document) -> dict[str, list[list[str]]]:
    """The rows of each captioned table, by its number."""
    found, number = {}, None
    for part in document.iter_inner_content():
        if not hasattr(part, "rows"):
            label = CAPTION.fullmatch(part.text) if part.style.name == "Caption" else None
            number = label[2] if label and label[1] == "Tabel" else number
        elif part.style.name == "Tabel Masterplan" and number not in found:
            rows = part._tbl.tr_lst
            found[number] = [
                ["".join(t.text or "" for t in c.iter(qn("w:t"))) for c in row.tc_lst]
                for row in rows
            ]
    return found


def violations(path: Path) -> list[str]:
    """What the schema and Word's own rules object to."""
    errors = OpenXmlValidator().validate(path).errors
    # Numbering 0 takes away what a style prescribes (ECMA-376, 17.9.18).
    return [
        e.description
        for e in errors
        if e.description != "Numbering definition '0' referenced but not found"
    ]


@pytest.fixture(scope="module")
def whole(second_city, tmp_path_factory) -> Path:
    """Buku 1 of the second city, by the command."""
    path = tmp_path_factory.mktemp("buku") / "Buku 1.docx"
    done = masterplan(second_city, "book", "--out", str(path))
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.strip().endswith(str(path))
    return path


def bound(city, folder, *notebooks, edition=EDITION, status=manifest.OK, name="buku.docx"):
    """The book of notebooks made here, as if a run had executed them."""
    entries = {}
    shelf = Shelf(city.reports)
    for number, cells in enumerate(notebooks, 1):
        id, title = f"{number:02}-bagian", f"Bagian {number}"
        made = v4.new_notebook(cells=[markdown(f"# {title}"), *cells])
        content = {executed.name(id): nbformat.writes(made).encode()}
        entries[id] = manifest.Entry(
            id=id,
            title=title,
            number=str(number),
            kind="stage",
            status=status,
            seconds=1.0,
            parameters={},
            error="",
            data=edition.sha256,
            sample=edition.sample,
            made="2026-11-23T07:05:00+00:00",
            files=manifest.put(shelf, content)[0],
        )
    manifest.save(shelf, manifest.Manifest(edition, {}, {}, entries))
    path = book.write(city, folder / name)
    assert violations(path) == []
    return docx.Document(path)


@pytest.fixture
def write(city, tmp_path):
    """`bound`, of a book that has hardly more than its chapters."""

    def write(*notebooks, **options):
        ids = ["contents", *(f"{n:02}-bagian" for n in range(1, len(notebooks) + 1)), "methods"]
        lines = "".join(f'[[chapter]]\nid = "{id}"\n' for id in ids)
        (city.raw / "buku.toml").write_text(lines, "utf-8")
        return bound(city, tmp_path, *notebooks, **options)

    return write


def table(rows=2, **columns):
    frame = pd.DataFrame({"name": [f"Butir {i}" for i in range(rows)], "mean": [2.5] * rows})
    frame.attrs["declared"] = tuple(frame.columns)
    return tables.table(frame.assign(**columns), "Dua butir", note="n = 33", source="kuesioner")


def chart(alt="Fisik 3,30; digital 2,15", png=True, size=(1080, 2400)):
    drawn = io.BytesIO()
    Image.new("RGB", size, "white").save(drawn, "PNG", dpi=(150, 150))
    content = {"kind": "chart", "chart": "ranked", "title": "Digital tertinggal", "alt": alt}
    content |= {"note": "Titik: rerata.", "source": "", "columns": [], "rows": []}
    media = {"image/png": base64.b64encode(drawn.getvalue()).decode()} if png else {}
    return Exhibit(content, "", media)


def test_a_chapter_for_each_stage_after_the_opening(whole):
    preface, summary, introduction, participation, *rest = headings(docx.Document(whole))
    assert (preface, introduction) == ("Kata Pengantar", "Pendahuluan")
    assert (summary, participation) == ("Ringkasan untuk Wali Kota", "Partisipasi dan Kelengkapan")
    assert rest == [*STAGES, "Metode", "Daftar Istilah", "Daftar Pustaka"]


def test_the_whole_book_is_valid(whole):
    assert violations(whole) == []


ORDER = ("08-summary", "00-participation", *(f"0{n}-*" for n in range(1, 8)))


def pages(city) -> list[BeautifulSoup]:
    """The pages of the chapters, in the order of the book."""
    found = [path for stem in ORDER for path in city.reports.glob(f"{stem}.html")]
    assert len(found) == 9
    return [BeautifulSoup(path.read_text("utf-8"), "html.parser") for path in found]


def test_the_figures_and_tables_of_all_pages_in_their_order(second_city, whole):
    document = docx.Document(whole)
    for label, kind in (("Gambar", "chart"), ("Tabel", "table")):
        titles = [
            flat(figure.select_one(".title").get_text())
            for page in pages(second_city)
            for figure in page.select(f"figure.{kind}")
        ]
        written = [(name, n, flat(title)) for name, n, title in captions(document) if name == label]
        assert [f"{name} {n} {title}" for name, n, title in written] == titles
        assert len(titles) > 20


def test_tables_hold_the_numbers_of_the_pages(second_city, whole):
    shown = word_tables(docx.Document(whole))
    found = [f for page in pages(second_city) for f in page.select("figure.table")]
    compared = 0
    for figure in found:
        number = figure.select_one(".label").get_text().split()[-1]
        rows = [[c.get_text() for c in r.select("th, td")] for r in figure.select("tr")]
        assert [[flat(c) for c in r] for r in shown[number]] == [
            [flat(c) for c in r] for r in rows[:61]
        ]
        compared += sum(bool(re.search(r"\d,\d", c)) for r in rows for c in r)
    assert compared > 300


def test_every_picture_is_described(whole):
    document = docx.Document(whole)
    described = [p.get("descr") for p in document.element.iter(qn("wp:docPr"))]
    assert len(described) == sum(label == "Gambar" for label, _n, _title in captions(document))
    assert min(map(len, described)) > 20


@libreoffice.needed
@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext (poppler-utils) is missing")
def test_libreoffice_makes_a_pdf_with_every_chapter_and_caption(whole, tmp_path):
    pdf = libreoffice.save_as(whole, "pdf", tmp_path, tmp_path / "profile")
    read = ["pdftotext", "-layout", pdf, "-"]
    sheets = subprocess.run(read, capture_output=True, text=True, check=True).stdout.split("\f")[
        :-1
    ]
    document = docx.Document(whole)
    # Preface and lists stand on the first pages; the body begins where the opening does.
    preface, opening, *_others = headings(document)
    [*_lists, start] = [
        n for n, s in enumerate(sheets) if flat(s.partition("\n\n")[2]).startswith(opening)
    ]
    body = re.sub(r"\s", "", "".join(sheets[start:]))
    numbered = [f"{n}{title}" for n, title in enumerate(STAGES, 1)]
    for title in [opening, "Partisipasi dan Kelengkapan", *numbered, "Daftar Pustaka"]:
        assert re.sub(r"\s", "", title) in body
    for label, number, title in captions(document):
        assert re.sub(r"\s", "", f"{label}{number}.{title}") in body
    for heading in headings(document, 2):
        assert re.sub(r"\s", "", heading) in body
    front = re.sub(r"\s", "", "".join(sheets[:start]))
    for line in [preface, *numbered, "Daftar Gambar", "Daftar Tabel"]:
        assert re.sub(r"\s", "", line) in front
    assert "CONTOH" in sheets[0]
    for number, sheet in enumerate(sheets[1:], 2):
        assert sheet.lstrip().startswith(
            "CONTOH · Masterplan Smart City · Buku 1 · Kota Contoh Lain"
        )
        assert sheet.rstrip().endswith(f"{number} / {len(sheets)}")


def test_prose_is_written_as_paragraphs_and_lists(write):
    source = """Satu **tebal** dan *miring*, [peta](https://contoh.id), 1 &lt; 2.

## Rincian

1. satu
2. dua
   - anak

Lagi:

1. mulai lagi

> Kutipan.

| Nama | Nilai |
|:--|--:|
| Fisik | 2,5 |

## Kosong

<b>HTML</b>
"""
    document = write([markdown(source)])
    first = texts(document, "Normal")[0]
    assert first == "Satu tebal dan miring, peta (https://contoh.id), 1 < 2."
    runs = next(p for p in document.paragraphs if p.text == first).runs
    assert {r.text for r in runs if r.bold} == {"tebal"}
    assert {r.text for r in runs if r.italic} == {"miring"}
    assert texts(document, "List Number") == ["satu", "dua", "mulai lagi"]
    assert texts(document, "List Bullet") == ["anak"]
    one, two, again = [
        p._p.pPr.numPr.numId.val for p in document.paragraphs if p.style.name == "List Number"
    ]
    assert one == two != again
    assert texts(document, "Quote") == ["Kutipan."]
    assert [[c.text for c in r.cells] for r in document.tables[0].rows] == [
        ["Nama", "Nilai"],
        ["Fisik", "2,5"],
    ]
    assert headings(document, 2) == ["Rincian", "Kosong"]
    assert "<b>HTML</b>" in texts(document, "Normal")
    assert not any(r.is_external for r in document.part.rels.values())


def test_a_heading_with_nothing_below_is_left_out(write):
    document = write([markdown("## Kosong\n\n### Juga\n\n## Isi\n\nAda."), markdown("## Akhir")])
    assert headings(document, 2) == ["Isi"]
    assert headings(document, 3) == []


FOUND = SimpleNamespace(
    headline="Digital paling rendah.",
    level="clear",
    action="",
    detail="2,15; n = 33.",
    claim="a.b.c",
)


def test_key_figures_and_findings_come_first_and_methods_last(write):
    keys = tables.key_figures(
        [{"shown": "2,71", "label": "Indeks", "detail": "n = 33", "value": 2}]
    )
    document = write(
        [
            markdown("Awal."),
            shows(table(), tables.methods("alpha", "kendall")),
            shows(keys, tables.findings([FOUND, "Satu unit."])),
        ]
    )
    told = "\n".join(p.text for p in document.paragraphs)
    said = texts(document, style.FINDING)
    assert list(map(flat, said)) == [
        "Digital paling rendah. ●●● jelas",
        "Satu unit.",
    ]
    assert flat(document.tables[0].rows[0].cells[0].text) == "2,71 Indeks n = 33"
    order = [
        told.rindex(w) for w in ("Digital paling rendah.", "Awal.", "Dua butir", "Alfa Cronbach.")
    ]
    assert order == sorted(order)
    assert headings(document)[-1] == "Metode"


def test_what_others_show_is_captioned_or_named(write):
    plotly = v4.new_output("display_data", {"application/vnd.plotly.v1+json": {}})
    png = chart().media["image/png"]
    held = {"a.png": {"image/png": png}}
    frame = pd.DataFrame({"nilai": [2.5]}, index=["Fisik"])
    latex = v4.new_output("display_data", {"text/latex": "$x^2$"})
    document = write(
        [
            v4.new_markdown_cell("## Bagian\n\n![peta](attachment:a.png)", attachments=held),
            shows(data(png=png), data(html=frame.to_html() + "<p>Di bawah.</p>"), latex, plotly),
        ]
    )
    assert captions(document) == [
        ("Gambar", "1.1", "peta"),
        ("Gambar", "1.2", "Bagian"),
        ("Tabel", "1.1", "Bagian (2)"),
    ]
    assert word_tables(document) == {"1.1": [["", "nilai"], ["Fisik", "2,5"]]}
    assert "Di bawah." in texts(document, "Normal")
    assert texts(document, style.CODE) == ["x^2"]
    named = "Keluaran ini memerlukan skrip dan tidak dapat ditampilkan: plotly"
    assert named in texts(document, style.NOTE)


def test_the_quality_of_answers_stands_in_the_appendix(write):
    appendix = markdown("## Mutu data")
    appendix.metadata["tags"] = ["appendix"]
    quality = tables.findings(["Banyak yang kosong."])
    document = write([shows(tables.findings([FOUND])), markdown("Isi."), appendix, shows(quality)])
    told = "\n".join(p.text for p in document.paragraphs)
    order = [told.rindex(w) for w in (FOUND.headline, "Isi.", "Mutu data", "Banyak yang kosong.")]
    assert order == sorted(order)


def test_numbers_stand_to_the_right_under_a_heading_that_repeats(write):
    document = write([shows(table())])
    [made] = document.tables
    assert [[c.text for c in r.cells] for r in made.rows] == [
        ["Nama", "Rerata"],
        ["Butir 0", "2,50"],
        ["Butir 1", "2,50"],
    ]
    assert [bool(r._tr.findall(f".//{qn('w:tblHeader')}")) for r in made.rows] == [
        True,
        False,
        False,
    ]
    right = [c.paragraphs[0].alignment for c in made.rows[1].cells]
    assert [a and a.name for a in right] == [None, "RIGHT"]
    assert flat(texts(document, "Catatan")[-1]) == "n = 33 · Sumber: kuesioner"


def test_a_long_table_is_cut_and_says_so(write):
    document = write([shows(table(61))])
    assert len(document.tables[0].rows) == 1 + 60
    cut = "60 baris pertama dari 61; semuanya di tables/01-bagian.xlsx, lembar “Tabel 1.1”."
    assert cut in texts(document, "Catatan")[-1]


def test_a_wide_table_lies_on_a_page_of_its_own(write):
    wide = {f"kolom_yang_panjang_{i}": 1.0 for i in range(10)}
    document = write([shows(table(**wide)), markdown("Lanjut."), shows(table())])
    turned = [s.orientation for s in document.sections]
    assert turned == [WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE, WD_ORIENT.PORTRAIT]
    for made, section in zip(
        document.tables, (document.sections[1], document.sections[2]), strict=True
    ):
        room = section.page_width - section.left_margin - section.right_margin
        room += TWIP * len(made.columns)  # widths are rounded
        assert sum(column.width for column in made.columns) <= room


def test_a_tall_picture_fits_on_a_page_and_one_without_a_picture_is_told(write):
    document = write([shows(chart(), chart(png=False))])
    [shape] = document.inline_shapes
    assert shape.height.cm <= 20
    assert shape.width / shape.height == pytest.approx(1080 / 2400, rel=0.01)
    assert texts(document, "Quote") == ["Fisik 3,30; digital 2,15"]


def test_hostile_text_stays_text(write):
    bad = HOSTILE + '\x00\x0b\ufffe \x13 HYPERLINK "http://contoh.id" \x15'
    document = write(
        [
            markdown(f"## {bad}\n\n{bad}"),
            shows(
                tables.findings([bad]),
                tables.key_figures([{"shown": bad, "label": bad, "detail": bad, "value": None}]),
                tables.table(pd.DataFrame({bad: [bad]}), bad, note=bad, source=bad),
                chart(alt=bad),
            ),
            shows(
                data(plain=bad), data(md=bad), data(html=f"<table><tr><td>{bad}</td></tr></table>")
            ),
        ],
        edition=replace(EDITION, city=bad),
    )
    clean = re.sub("[\x00\x0b\x13\x15\ufffe]", "\N{REPLACEMENT CHARACTER}", bad)
    assert texts(document, "Temuan") == [clean]
    assert word_tables(document)["1.1"] == [[clean], [clean]]
    assert document.sections[0].header.paragraphs[0].text.count(clean) == 1
    codes = {t.text.split()[0] for t in document.element.iter(qn("w:instrText"))}
    assert codes == {"TOC", "SEQ"}
    links = document.element.findall(f".//{qn('w:hyperlink')}")
    assert links
    assert all(set(link.attrib) == {qn("w:anchor"), qn("w:history")} for link in links)
    assert not any(r.is_external for r in document.part.rels.values())


def test_the_sample_is_marked_on_the_cover_and_in_the_header(write):
    for edition, marked in ((SAMPLE, True), (EDITION, False)):
        document = write([markdown("Isi.")], edition=edition)
        assert bool(texts(document, "Contoh")) == marked
        assert ("CONTOH" in document.sections[0].header.paragraphs[0].text) == marked


def test_a_chapter_from_older_answers_says_so(write):
    [told] = texts(write([markdown("Isi.")], status=manifest.STALE), "Contoh")
    assert "lebih lama" in told


def test_word_checks_indonesian_and_updates_the_contents(write):
    document = write([markdown("## Satu\n\nIsi."), shows(table())], [markdown("Isi.")])
    assert {e.get(qn("w:val")) for e in document.styles.element.iter(qn("w:lang"))} == {"id-ID"}
    assert document.settings.element.find(qn("w:updateFields")) is not None
    assert texts(document, "toc 1") == ["1 Bagian 1", "2 Bagian 2"]
    assert texts(document, "toc 2") == ["1.1 Satu"]
    assert texts(document, "table of figures") == ["Tabel 1.1. Dua butir"]
    marks = {e.get(qn("w:name")) for e in document.element.iter(qn("w:bookmarkStart"))}
    assert {e.get(qn("w:anchor")) for e in document.element.iter(qn("w:hyperlink"))} <= marks


def test_a_city_brings_its_own_look(city, write):
    own = docx.Document()
    own.styles["Heading 1"].font.color.rgb = RGBColor(1, 2, 3)
    own.styles["Normal"].font.size = Pt(13)
    own.add_paragraph("Teks lama", "Heading 1")
    own.settings.odd_and_even_pages_header_footer = True
    own.sections[0].different_first_page_header_footer = True
    for kind in ("header", "even_page_header", "first_page_header"):
        getattr(own.sections[0], kind).paragraphs[0].text = "Kop lama"
    own.sections[0].left_margin = 1_000_000 // 635 * 635
    own.save(city.raw / "buku.docx")
    document = write([markdown("## Satu\n\nIsi."), shows(table())])
    assert document.styles["Heading 1"].font.color.rgb == RGBColor(1, 2, 3)
    assert document.styles["Normal"].font.size == Pt(13)
    assert document.sections[0].left_margin == own.sections[0].left_margin
    assert "Teks lama" not in [p.text for p in document.paragraphs]
    assert not document.settings.odd_and_even_pages_header_footer
    [section] = document.sections
    assert section.header.paragraphs[0].text.startswith("Masterplan Smart City")
    assert [p.text for p in section.first_page_header.paragraphs] == [""]
    assert document.tables[0].style.name == "Tabel Masterplan"


def test_a_book_serves_as_the_next_ones_look(city, write, tmp_path):
    write([markdown("Isi.")])
    shutil.copy(tmp_path / "buku.docx", city.raw / "buku.docx")
    document = write([markdown("## Satu\n\n- Isi."), shows(table())], name="kedua.docx")
    assert texts(document, "toc 2") == ["1.1 Satu"]
    assert len([s for s in document.styles if s.name == "Temuan"]) == 1


def test_a_look_that_is_no_word_document_is_named(city, write):
    (city.raw / "buku.docx").write_bytes(b"bukan dokumen")
    with pytest.raises(ProjectError, match=r"buku\.docx"):
        write([markdown("Isi.")])


def test_a_book_that_someone_edited_is_never_overwritten(write, tmp_path):
    write([markdown("Satu.")])
    write([markdown("Dua.")])
    path = tmp_path / "buku.docx"
    edited = docx.Document(path)
    edited.add_paragraph("Tulisan analis")
    edited.core_properties.last_modified_by = "Analis"
    edited.save(path)
    before = path.read_bytes()
    with pytest.raises(ProjectError, match="disunting"):
        write([markdown("Tiga.")])
    assert path.read_bytes() == before


def test_a_book_of_which_any_byte_is_another_is_never_overwritten(write, tmp_path):
    """A picture that was exchanged in it changes its text in nothing."""
    write([markdown("Satu.")])
    path = tmp_path / "buku.docx"
    path.write_bytes(path.read_bytes() + b"\0")
    with pytest.raises(ProjectError, match=r"(?s)disunting.*buku\.docx"):
        write([markdown("Dua.")])


@libreoffice.needed
def test_a_book_saved_by_libreoffice_counts_as_edited(write, tmp_path):
    write([markdown("Satu.")], name="asli.docx")
    (tmp_path / "lo").mkdir()
    saved = libreoffice.save_as(
        tmp_path / "asli.docx", "docx", tmp_path / "lo", tmp_path / "profile"
    )
    shutil.copy(saved, tmp_path / "buku.docx")
    with pytest.raises(ProjectError, match="disunting"):
        write([markdown("Dua.")])


def test_a_chapter_that_was_never_made_is_named_on_the_cover(city, write):
    write([markdown("Isi.")], [markdown("Isi.")])
    Shelf(city.reports).path(executed.name("02-bagian")).unlink()
    path = book.write(city)
    assert path == city.reports / "buku-1.docx"
    document = docx.Document(path)
    assert headings(document) == ["Bagian 1"]
    assert any("gagal dibuat: Bagian 2." in note for note in texts(document, "Catatan"))


def test_a_place_that_cannot_be_written_is_named(city, write, tmp_path):
    write([markdown("Isi.")])
    with pytest.raises(ProjectError, match="tidak dapat ditulis"):
        book.write(city, tmp_path / "buku.docx" / "satu.docx")


def test_without_reports_the_command_says_what_to_do(city):
    done = masterplan(city, "book")
    assert done.returncode == 2
    assert "masterplan run" in done.stderr
    assert not list(city.root.rglob("*.docx"))
