"""What is handed on: slides as LibreOffice shows them, cards and paper as Chromium draws them."""

import io
import json
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from openxml_audit import OpenXmlValidator
from PIL import Image
from pptx import Presentation
from pptx.oxml.ns import qn
from pptx.util import Length

from analysis import formats, tables, text
from analysis.charts import bars
from analysis.cli import main
from analysis.project import ProjectError
from analysis.reports.book.chapters import Chapter, chapters
from analysis.reports.share import browser, cards, measure, slides, told
from analysis.runs.manifest import Entry, Manifest
from analysis.runs.shelf import Shelf
from tests import chromium, libreoffice
from tests.second_city import masterplan
from tests.test_html import EDITION, HOSTILE, SAMPLE, markdown, read, shows

NUMBER = re.compile(r"[−-]?\d[\d.,]*\d|\d")
poppler = pytest.mark.skipif(
    not shutil.which("pdftotext"), reason="pdftotext (poppler-utils) is missing"
)


@pytest.fixture(scope="module")
def shared(siantar, tmp_path_factory) -> Path:
    """All that is handed on of the project's own city, by the command."""
    folder = tmp_path_factory.mktemp("bagi") / "share"
    done = masterplan(siantar, "share", "--out", str(folder))
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.strip().endswith(str(folder))
    return folder


@pytest.fixture(scope="module")
def deck(shared):
    return Presentation(shared / "paparan.pptx")


@pytest.fixture(scope="module")
def edition(siantar) -> tuple[Manifest, list[Chapter], list[told.Told]]:
    manifest, found, missing = chapters(Shelf(siantar.reports))
    assert not missing
    return manifest, found, told.stages(found)


def of(deck, name: str) -> list[str]:
    return [s.text_frame.text for p in deck.slides for s in p.shapes if s.name == name]


@chromium.needed
def test_there_is_a_sheet_a_presentation_and_a_card_for_each_stage(shared, edition):
    names = sorted(p.name for p in shared.iterdir() if not p.name.startswith("."))
    assert [name for name in names if not name.startswith("kartu-")] == [
        "paparan.pptx",
        "ringkasan.pdf",
    ]
    assert [name for name in names if name.startswith("kartu-")] == sorted(
        cards.name(stage) for stage in edition[2]
    )
    assert names[0] == "kartu-1-analisis-masa-depan.png" and len(names) == 10
    for path in shared.glob("*.png"):
        assert Image.open(path).size == (1080, 1350)


@chromium.needed
@poppler
def test_the_sheet_is_one_of_a4(shared):
    asked = ["pdfinfo", shared / "ringkasan.pdf"]
    said = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    assert re.search(r"Pages: +1\n", said) and "(A4)" in said and re.search("Tagged: +yes", said)


def test_a_slide_says_one_thing_in_its_title(deck, edition):
    manifest, found, stages = edition
    assert len(deck.slides) <= slides.MOST
    titles = [slide.shapes.title.text_frame.text for slide in deck.slides]
    assert all(titles) and "Kota Pematang Siantar" in titles[0]
    for stage in stages:
        chip = tables.chip(stage.message["level"]).replace(" ", "\N{NO-BREAK SPACE}")
        assert f"{stage.message['headline']}  {chip}" in titles
    lead = found[0].document.findings[0]
    assert titles[1].startswith(lead["headline"])
    decided = deck.slides[1].placeholders[1].text_frame.text
    for finding in found[0].document.findings[1:]:
        assert finding["headline"] in decided and finding["action"] in decided
    notes = [slide.notes_slide.notes_text_frame.text for slide in deck.slides]
    for stage in stages:
        assert any(stage.message["detail"] in note for note in notes)


def test_a_sample_and_a_source_are_named_on_every_slide(deck):
    for slide in deck.slides:
        words = " ".join(s.text_frame.text for s in slide.shapes if s.has_text_frame)
        assert "CONTOH" in words
    shown = [s for p in deck.slides for s in p.shapes if s.has_chart or s.shape_type == 13]
    assert len(shown) >= 10 and len(of(deck, "Sumber")) == len(shown)
    assert all("Sumber: " in words for words in of(deck, "Sumber") if words)
    described = [s._element.xpath(".//p:cNvPr")[0].get("descr") for s in shown]
    assert min(map(len, described)) > 20


def test_the_format_has_no_objection(shared):
    assert OpenXmlValidator().validate(shared / "paparan.pptx").errors == []


def test_of_many_stages_the_first_have_a_slide_and_the_others_are_named(edition):
    manifest, found, stages = edition
    many = [replace(stages[i % 7], title=f"Tahap ke-{i}") for i in range(20)]
    deck = Presentation(io.BytesIO(slides.write_slides(manifest, found, many, ["Rusak"])))
    assert len(deck.slides) == slides.MOST
    notes = deck.slides[14].notes_slide.notes_text_frame.text
    assert "Tahap ke-11" not in notes and "ke-12." in notes and "Tidak dimuat: Rusak." in notes


def charts(deck) -> dict[str, object]:
    return {s.name: s.chart for p in deck.slides for s in p.shapes if s.has_chart}


def exhibited(edition) -> dict[str, dict]:
    return {b.label: b.content for c in edition[1] for b in c.document.numbered}


def test_bars_levels_and_lines_are_charts_whose_numbers_are_those_of_the_exhibit(deck, edition):
    known, kinds = exhibited(edition), set()
    for label, chart in charts(deck).items():
        content = known[label]
        kinds.add(content["chart"])
        numbers = {v for series in chart.series for v in series.values if v is not None}
        names = {str(name) for name in chart.plots[0].categories}
        numeric = [
            i for i, c in enumerate(content["columns"]) if c["format"] not in ("text", "year")
        ]
        assert numbers - {0} == {row[i] for row in content["rows"] for i in numeric} - {0}
        if content["chart"] == "trend":
            years = [c["format"] for c in content["columns"]].index("year")
            assert {str(row[years]) for row in content["rows"]} <= names
        else:
            assert names == {row[0] for row in content["rows"]}
        book = chart.part.chart_workbook.xlsx_part
        assert book.blob[:2] == b"PK"  # it can be edited
    assert kinds == {"bars", "likert", "trend"}


def test_a_line_leads_over_no_more_than_three_years(deck, edition):
    [chart] = [c for label, c in charts(deck).items() if label.startswith("Gambar 1.")]
    for series in chart.series:
        years = [2000 + i for i, v in enumerate(series.values) if v is not None]
        assert all(b - a <= 3 for a, b in zip(years, years[1:], strict=False))


@pytest.mark.parametrize(
    ("language", "speech", "country"), [("id", "id-ID", "421"), ("en", "en-GB", "809")]
)
def test_slides_speak_and_count_as_their_language_does(language, speech, country, edition):
    text.use(language)
    manifest, found, stages = edition
    deck = Presentation(io.BytesIO(slides.write_slides(manifest, found, stages[:1], [])))
    runs = [r for p in deck.slides for r in p._element.xpath(".//a:r/a:rPr")]
    assert runs and {run.get("lang") for run in runs} == {speech}
    [chart] = charts(deck).values()
    formats = {e.get("formatCode") for e in chart._chartSpace.iter(qn("c:numFmt"))}
    assert f"[$-{country}]#,##0" in formats


def numbers_of(words: str) -> set[str]:
    return {found.lstrip("−-") for found in NUMBER.findall(words)}


def written(value: float | None) -> set[str]:
    """A number in every way in which it is written."""
    if value is None:
        return set()
    ways = {text.number(value, digits) for digits in range(4)}
    ways |= {text.percent(value).strip("%<>")} if abs(value) <= 1 else set()
    return {way.lstrip("−") for way in ways}


def test_numbers_in_the_words_of_slides_are_claims(siantar, deck, edition):
    """Except those that are counted: by a finding that says so, or of the claims that it names."""
    ledger = json.loads((siantar.reports / "claims.json").read_text("utf-8"))
    claimed = {
        way
        for claim in ledger
        for part in ("value", "low", "high", "n")
        for way in written(claim[part])
    }
    for claim in ledger:
        claimed |= numbers_of(claim["sentence"]) | numbers_of(claim["scope"])
    manifest, found, stages = edition
    findings = [f for c in found for f in c.document.findings]
    counted = {n for f in findings if f["level"] == "count" for n in numbers_of(f["headline"])}
    titles = [slide.shapes.title.text_frame.text for slide in deck.slides]
    captions = [b["title"] for b in exhibited(edition).values()]
    checked = 0
    for words in (t for t in titles[1:] if t not in captions):  # the first names city and period
        words = re.sub(r"dan \d+ lainnya", "", words)
        scale = {"5"} if "dari 5" in words else set()  # of all answers
        assert numbers_of(words) <= claimed | counted | scale, words
        checked += len(numbers_of(words))
    for words in of(deck, "Angka kunci"):
        shown = words.split("\n")[0]
        assert numbers_of(shown) <= claimed, words
        checked += len(numbers_of(shown))
    assert checked > 15


# In points; a letter may reach a little beyond what its font says of it.
SLACK = 3


def outside(pdf: Path, deck) -> list[tuple[int, str]]:
    """The words of a PDF that lie in no box of the slide, or beyond its edges."""
    read = subprocess.run(["pdftotext", "-bbox", pdf, "-"], capture_output=True, check=True)
    pages = ElementTree.fromstring(read.stdout).findall(".//{*}page")
    assert len(pages) == len(deck.slides)
    found = []
    for number, (page, slide) in enumerate(zip(pages, deck.slides, strict=True), 1):
        boxes = [
            tuple(Length(e).pt for e in (s.left, s.top, s.left + s.width, s.top + s.height))
            for s in slide.shapes
            if s.has_chart or (s.has_text_frame and s.text_frame.text)
        ]
        for word in page.findall("{*}word"):
            x0, y0, x1, y1 = (float(word.get(e)) for e in ("xMin", "yMin", "xMax", "yMax"))
            if not any(
                a - SLACK <= x0 and b - SLACK <= y0 and x1 <= c + SLACK and y1 <= d + SLACK
                for a, b, c, d in boxes
            ):
                found.append((number, word.text))
    return found


@libreoffice.needed
@poppler
def test_no_text_is_outside_its_box(shared, deck, tmp_path):
    longer = Presentation(shared / "paparan.pptx")
    run = longer.slides[3].shapes.title.text_frame.paragraphs[0].runs[0]
    run.text = " ".join([run.text] * 3)
    longer.save(tmp_path / "panjang.pptx")
    files = [shared / "paparan.pptx", tmp_path / "panjang.pptx"]
    libreoffice.save_all(files, "pdf", tmp_path, tmp_path / "profile")
    assert outside(tmp_path / "paparan.pdf", deck) == []
    assert {number for number, _word in outside(tmp_path / "panjang.pdf", deck)} == {4}


LONG = " ".join(["Perangkat daerah menyelenggarakan pelayanan terpadu"] * 5)
CITY = "Kabupaten Kepulauan Siau Tagulandang Biaro Penukal Abab Lematang Ilir"


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    with chromium.opened(tmp_path_factory.mktemp("chromium")) as driver:
        yield driver


# What is higher or wider than its box, and what lies beyond the card; the cloth repeats itself.
OVER = """
return [...document.querySelectorAll("article")].flatMap(card => {
  const edge = card.getBoundingClientRect();
  return [card, ...card.querySelectorAll("*")].filter(e => {
    const box = e.getBoundingClientRect();
    const over = e.scrollHeight > e.clientHeight + 1 || e.scrollWidth > e.clientWidth + 1;
    const block = getComputedStyle(e).display != "inline" && e.clientHeight;
    return (block && over && e.className != "track")  // where dots reach to both sides
      || box.bottom > edge.bottom + 1 || box.right > edge.right + 1;
  }).map(e => e.outerHTML.slice(0, 80));
});
"""
LETTERS = """
return Math.min(...[...document.querySelectorAll("article *")].filter(e => e.textContent.trim())
  .map(e => parseFloat(getComputedStyle(e).fontSize)));
"""


@chromium.needed
def test_nothing_leaves_a_card_and_a_telephone_can_read_it(edition, opened, tmp_path):
    manifest, _found, stages = edition
    wordy = [
        replace(
            stage,
            title=LONG[:80],
            message=stage.message | {"headline": LONG, "action": LONG},
            keys=[dict(key, shown="1.234.567", label=LONG) for key in stage.keys],
        )
        for stage in stages
    ]
    far = replace(manifest.edition, city=CITY)
    page = cards.page([*stages, *wordy], far)
    (tmp_path / "kartu.html").write_text(page, "utf-8")
    opened.get((tmp_path / "kartu.html").as_uri())
    assert opened.execute_script(OVER) == []
    assert opened.execute_script(LETTERS) >= 33  # 11 where it is shown 360 wide
    shown = BeautifulSoup(page, "html.parser").find_all("article")
    assert len(shown) == 2 * len(stages) and all("CONTOH" in card.get_text() for card in shown)
    drawn = [card for card in shown[:7] if card.find("ol")]
    assert len(drawn) == 7
    known, tops = exhibited(edition), 0
    for card in drawn:  # every row of the exhibit, or the first, and its number
        content = known[card.find(class_="label").get_text()]
        lines, every = card.find_all("li"), len(content["rows"])
        if len(lines) < every:
            assert f"({len(lines)} teratas dari {every})" in card.find(class_="caption").get_text()
            tops += 1
        for row, line in zip(content["rows"], lines, strict=False):
            assert row[0] in line.get_text()
            assert formats.cell(row[1], content["columns"][1]["format"]) in line.get_text()
    assert tops == 1


@pytest.fixture
def without(monkeypatch):
    """No program is found."""
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv(browser.CHOSEN, raising=False)
    monkeypatch.setattr(browser, "MAC", ())


def test_without_a_browser_there_are_slides_and_it_says_what_is_not(siantar, tmp_path, without):
    out = tmp_path / "bagi"
    done = CliRunner().invoke(main, ["share", "--root", str(siantar.root), "--out", str(out)])
    assert done.exit_code == 1, done.output
    said = " ".join(done.output.split())
    assert "✓ paparan.pptx ✗ ringkasan.pdf ✗ kartu-1" in said
    assert "tidak ada peramban" in said and "MASTERPLAN_BROWSER" in said
    assert [p.name for p in out.iterdir() if p.suffix == ".pptx"] == ["paparan.pptx"]
    (out / "paparan.pptx").write_bytes(b"disunting")
    done = CliRunner().invoke(main, ["share", "--root", str(siantar.root), "--out", str(out)])
    assert done.exit_code == 2 and "paparan.pptx" in done.output
    assert (out / "paparan.pptx").read_bytes() == b"disunting"


def test_a_browser_is_the_one_that_is_named(monkeypatch, tmp_path, without):
    assert browser.find() is None
    monkeypatch.setenv(browser.CHOSEN, str(tmp_path / "tidak-ada"))
    with pytest.raises(ProjectError, match="MASTERPLAN_BROWSER menyebut .*tidak-ada"):
        browser.find()
    own = tmp_path / "peramban"
    own.write_text("#!/bin/sh\necho rusak >&2; exit 3\n")
    own.chmod(0o755)
    monkeypatch.setenv(browser.CHOSEN, str(own))
    assert browser.find() == str(own)
    with pytest.raises(browser.Unmade, match="rusak"):
        browser.pdf(str(own), "<p>Halo</p>", tmp_path)


def test_hostile_text_stays_text():
    nasty = HOSTILE + "\0\x0b\ufffe {{ edition }}"
    finding = SimpleNamespace(headline=nasty, level="clear", action=nasty, detail=nasty, claim="x")
    frame = pd.DataFrame({"name": [nasty, "Digital"], "n": [3, 2]})
    drawn = bars(frame, "name", "n", title=nasty * 20, note=nasty, source=nasty, alt=nasty)
    figure = {"shown": nasty, "label": nasty, "detail": nasty, "value": 1, "claim": "x.y"}
    shown = shows(drawn, tables.findings([finding]), tables.key_figures([figure]))
    told_of = read(markdown("# Judul"), shown, number="1")
    found = [
        Chapter("08", nasty, "8", replace(told_of, front=True), 1, True),
        Chapter("01", nasty, "1", told_of, None, False),
    ]
    manifest = Manifest(replace(SAMPLE, city=nasty), {}, {}, {"01": ENTRY})
    stages = told.stages(found)
    deck = Presentation(io.BytesIO(slides.write_slides(manifest, found, stages, [nasty])))
    words = " ".join(s.text_frame.text for p in deck.slides for s in p.shapes if s.has_text_frame)
    assert "<script>alert(1)</script>" in words and "{{ edition }}" in words
    assert "Laporan lama" in words
    for shape in (s for p in deck.slides for s in p.shapes):
        assert 0 <= shape.top < shape.top + shape.height <= deck.slide_height, shape.name
    page = cards.page(stages, manifest.edition)
    assert "<script" not in page and "<img" not in page
    assert "{{ edition }}" in BeautifulSoup(page, "html.parser").get_text()
    assert re.fullmatch("kartu-[a-z0-9-]+.png", cards.name(stages[0]))


ENTRY = Entry("01", "Satu", "1", "stage", "ok", 1.0, {}, "", "", True, "2026-11-23T07:05:00+00:00")


def test_a_key_figure_without_a_number_is_not_handed_on():
    figures = [{"shown": s, "label": "bobot", "detail": "", "value": None} for s in ("–", "III")]
    shown = shows(tables.key_figures(figures), tables.findings(["Tidak ada kesimpulan."]))
    [stage] = told.stages([Chapter("06", "Visi", "6", read(shown), None, True)])
    assert [key["shown"] for key in stage.keys] == ["III"]


def test_text_that_fits_in_no_size_is_cut_at_a_word():
    words, size = measure.fitted("satu dua tiga empat", 80, 12 * measure.LEADING, [20, 12])
    assert (words, size) == ("satu dua…", 12)
    assert measure.fitted("satu", 60, 30, [20, 12]) == ("satu", 20)
    assert measure.fitted("a" * 5000, 60, 30, [20])[0] == measure.CUT


def test_a_city_that_is_none_of_the_sample_is_not_marked(edition):
    page = cards.page(edition[2], EDITION)
    assert "DATA CONTOH" not in page
