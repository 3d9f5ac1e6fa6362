"""Pages are made from small notebooks and read again as a browser would: by a parser."""

import base64
import re
import time
from html.parser import HTMLParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from types import SimpleNamespace
from typing import ClassVar

import pandas as pd
import pytest
from nbformat import v4

from analysis import grids, tables
from analysis.exhibits import NARROW_SVG, Exhibit
from analysis.reports import document, html
from analysis.runs.ways import Ways
from tests import chromium

EDITION = html.Edition(
    city="Kota Contoh",
    period="2023",
    made="23 November 2026 14.05 WIB",
    sent=34,
    answered=33,
    expected=35,
    sample=False,
    sha256="ab" * 32,
    versions={"masterplan": "1.0", "pandas": "3.0"},
)
SAMPLE = html.Edition(**{**vars(EDITION), "sample": True})
WAYS = Ways(
    home="../index.html",
    stages=(
        ("../02-external.html", "Kondisi Eksternal"),
        ("../03-readiness.html", "Kesiapan"),
        ("../04-gap.html", "Kesenjangan"),
    ),
    here=1,
    summary=("../08-summary.html", "Ringkasan untuk Wali Kota"),
    languages=(("../en/03-readiness.html", "en"),),
)
HOSTILE = "<script>alert(1)</script></style><img src=x onerror=alert(2)>'\"&{{ 7*7 }}"
STYLE = Path(html.__file__).parent / "template" / "style.css"
XLSX = "data:application/vnd.openxmlformats-officedocument.spreadsheetml.sheet;base64,"
EMPTY = {"br", "hr", "img", "input", "link", "meta", "source"}


class Page(HTMLParser):
    """Elements as (tag, attributes, all text inside), in the order they open."""

    def __init__(self, source: str):
        super().__init__()
        self.source = source
        self.elements: list[tuple[str, dict, list[str]]] = []
        self._open: list = []
        self.feed(source)
        assert not self._open, f"left open: {[e[0] for e in self._open]}"

    def handle_starttag(self, tag, attrs):
        element = (tag, dict(attrs), [])
        self.elements.append(element)
        if tag not in EMPTY:
            self._open.append(element)

    def handle_endtag(self, tag):
        assert self._open.pop()[0] == tag

    def handle_data(self, data):
        for element in self._open:
            element[2].append(data)

    def all(self, *tags, **wanted) -> list[dict]:
        return [
            {**attrs, "tag": tag, "text": " ".join("".join(words).split())}
            for tag, attrs, words in self.elements
            if tag in tags and all(wanted[k] in (attrs.get(k) or "").split() for k in wanted)
        ]

    def texts(self, *tags, **wanted) -> list[str]:
        return [e["text"] for e in self.all(*tags, **wanted)]

    @property
    def text(self) -> str:
        return self.texts("body")[0]


def markdown(source):
    return v4.new_markdown_cell(source)


def shows(*shown, source="secret_code = 1"):
    """A code cell that has shown exhibits or raw outputs."""
    outputs = [
        v4.new_output("display_data", s._repr_mimebundle_()) if isinstance(s, Exhibit) else s
        for s in shown
    ]
    return v4.new_code_cell(source, outputs=outputs)


def data(**forms):
    names = {"html": "text/html", "plain": "text/plain", "md": "text/markdown", "png": "image/png"}
    return v4.new_output("display_data", {names[k]: v for k, v in forms.items()})


def read(*cells, number="", front=0) -> document.Document:
    about = {"masterplan": {"front": front}}
    return document.read(v4.new_notebook(cells=list(cells), metadata=about), number)


def made(
    *cells, number="", front=0, edition=EDITION, title="Kesiapan", parameters=None, **options
) -> Page:
    shown = read(*cells, number=number, front=front)
    return Page(html.page(shown, edition, title=title, parameters=parameters or {}, **options))


@pytest.fixture
def frame():
    made = pd.DataFrame(
        {"name": ["Fisik", "Digital"], "mean": [3.3, 2.15], "low": [3.0, None], "high": [3.6, None]}
    )
    made.attrs["declared"] = tuple(made.columns)
    return made


@pytest.fixture
def chart(frame):
    content = {
        "kind": "chart",
        "chart": "ranked",
        "title": "Digital tertinggal",
        "alt": "Fisik 3,30; digital 2,15",
        "note": "Titik: rerata.",
        "source": "kuesioner",
        **grids.grid(frame, ["name", "mean"]),
    }
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><text>#1 & 50%</text></svg>'
    return Exhibit(content, "<p>lab</p>", {"image/svg+xml": svg.replace("&", "&amp;")})


@pytest.fixture
def table(frame):
    return tables.table(frame, "Dua subelemen", ["name", "interval"], note="n = 2")


def test_anatomy_of_a_page(chart, table):
    page = made(
        markdown("# Kesiapan\n\nTujuan."),
        shows(chart, table),
        markdown("## Rincian"),
        shows(tables.key_figures([{"shown": "2,71", "label": "Indeks", "detail": "n = 33"}])),
        shows(tables.findings(["Digital paling rendah."])),
        markdown("Akhir."),
        number="3",
        parameters={"groups": ["dinas", "badan"], "strict": True, "confidence": 0.95},
    )
    assert page.all("html")[0]["lang"] == "id"
    assert len(page.all("main")) == len(page.all("header")) == len(page.all("footer")) == 1
    assert page.texts("h1") == ["Kesiapan"]
    assert page.all("a", **{"class": "skip"})[0]["href"] == "#" + page.all("main")[0]["id"]
    text = page.text
    order = [
        "34 dari 35 perangkat daerah mengirim, 33 lengkap",
        "2,71",
        "Digital paling rendah.",
        "Tujuan.",
        "Gambar 3.1",
        "Akhir.",
    ]
    assert [text.index(part) for part in order] == sorted(text.index(part) for part in order)
    footer = page.texts("footer")[0]
    assert all(
        s in footer for s in ("ab" * 32, "pandas 3.0", "dinas dan badan", "strict ya", "0,95")
    )
    assert "secret_code" not in page.source


def test_key_figures_shown_after_the_findings_stand_where_they_are_shown():
    figures = tables.key_figures([{"shown": "2,71", "label": "Indeks", "detail": "n = 33"}])
    cells = [
        shows(tables.findings(["Digital paling rendah."])),
        markdown("Tujuan."),
        shows(figures),
    ]
    order = ["Digital paling rendah.", "Tujuan.", "2,71"]
    text = made(*cells).text
    assert [text.index(part) for part in order] == sorted(text.index(part) for part in order)
    cells[1].metadata["tags"] = ["appendix"]
    assert "2,71" in made(*cells).texts("details", **{"class": "behind"})[0]


def test_the_page_in_front_says_how_things_stand_and_then_what_to_decide(table):
    found = [SimpleNamespace(**FOUND | {"headline": f"Hal {n}."}) for n in range(4)]
    page = made(shows(tables.findings(found)), shows(table), front=1)
    assert page.all("body")[0]["class"] == "brief"
    (lead,) = page.all("div", **{"class": "lead"})
    (decided,) = page.all("section", **{"class": "findings"})
    assert lead["text"].startswith("Hal 0.") and "Hal 0." not in decided["text"]
    said = [one for one in page.all("li") if one.get("data-claim")]
    assert [one["text"][:6] for one in said] == ["Hal 1.", "Hal 2.", "Hal 3."]
    (folded,) = [text for text in page.texts("details") if FOUND["detail"] in text]
    assert folded.count(FOUND["detail"]) == 4
    assert not made(shows(tables.findings(found))).all("div", **{"class": "lead"})


def test_heading_levels_never_jump(chart):
    page = made(
        markdown("# Judul"), shows(chart), markdown("#### Dalam"), shows(chart), markdown("## Dua")
    )
    levels = [int(h["tag"][1]) for h in page.all("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))


def test_another_title_stands_over_the_notebooks_heading():
    page = made(markdown("# Profil unit"), title="Dinas Kesehatan")
    assert page.texts("h1") == ["Dinas Kesehatan"]
    assert page.texts("p", **{"class": "kind"}) == ["Profil unit"]


def test_contents_from_three_sections_on_and_no_empty_section():
    cells = [markdown("# J"), markdown("## A\n\na"), markdown("## B\n\nb")]
    assert not made(*cells).all("nav")
    page = made(*cells, markdown("## C\n\nc"), markdown("## Temuan"), shows(tables.findings(["x"])))
    links = page.all("a")[1:]
    assert [a["text"] for a in links] == ["A", "B", "C"]
    ids = {h["id"] for h in page.all("h2") if "id" in h}
    assert {a["href"].removeprefix("#") for a in links} <= ids
    assert page.texts("h2").count("Temuan") == 1


@pytest.mark.parametrize(
    ("number", "expected"),
    [("3", ["Gambar 3.1", "Tabel 3.1", "Gambar 3.2"]), ("", ["Gambar 1", "Tabel 1", "Gambar 2"])],
)
def test_figures_and_tables_are_numbered(chart, table, number, expected):
    page = made(shows(chart), shows(table, chart), number=number)
    assert page.texts("span", **{"class": "label"}) == expected
    ids = [f["id"] for f in page.all("figure")]
    assert len(set(ids)) == 3


def test_a_chart_is_a_picture_with_words(chart):
    page = made(shows(chart), number="3")
    [picture] = page.all("img")
    assert picture["alt"] == "Fisik 3,30; digital 2,15"
    assert picture["src"].startswith("data:image/svg+xml,%3Csvg")
    assert "%231 %26amp; 50%25" in picture["src"]
    assert page.texts("h2") == ["Digital tertinggal"]
    assert page.texts("p")[-3:-1] == ["Titik: rerata.", "Sumber: kuesioner"]
    assert "3,30" in page.texts("details")[0]


def test_a_narrow_screen_is_shown_the_narrow_form(chart):
    narrow = '<svg viewBox="0 0 9 9"><text>sempit, 50%</text></svg>'
    page = made(shows(Exhibit(chart.content, "", chart.media | {NARROW_SVG: narrow})))
    [source], [picture] = page.all("source"), page.all("picture")
    assert source["media"] == "(max-width: 40rem)"
    assert source["srcset"].startswith("data:image/svg+xml,%3Csvg")
    assert "sempit,%20" in source["srcset"] and not re.search(r"\s", source["srcset"])
    assert "tabindex" not in picture
    assert not made(shows(chart)).all("source")


def test_files_are_inside_the_page_beside_what_they_hold(chart, table):
    drawn = Exhibit(chart.content, "", chart.media | {"image/png": "iVBO\nRw0K"})
    page = made(
        shows(drawn, table),
        number="3",
        title="Quick Win / Unggulan",
        workbook=b"PK1",
    )
    files = [(a["text"], a["download"], a["href"]) for a in page.all("a") if "download" in a]
    packed = base64.b64encode(b"PK1").decode()
    title = "Quick Win - Unggulan"
    assert files == [
        (
            "Simpan gambar (.png) Gambar 3.1",
            f"Gambar 3.1 {title}.png",
            "data:image/png;base64,iVBORw0K",
        ),
        ("Unduh semua angka halaman ini (.xlsx)", f"{title}.xlsx", XLSX + packed),
    ]


def test_a_table_scrolls_in_its_own_frame(table):
    page = made(shows(table))
    [frame] = page.all("div", **{"class": "scroll"})
    assert (frame["tabindex"], frame["role"]) == ("0", "region")
    assert frame["aria-label"] == "Dua subelemen"
    assert page.texts("caption") == ["Tabel 1 Dua subelemen"]
    assert page.texts("td") == ["3,00–3,60", "–"]


def test_texts_to_copy_stand_folded_under_their_names():
    letters = tables.copies(
        [("Dinas A", "Yth. <b>A</b>\nbaris dua"), ("Dinas B", "Surat B")], "Surat"
    )
    page = made(markdown("# J\n\n## Surat"), shows(letters))
    assert page.texts("h3") == ["Surat"]
    assert page.texts("summary")[:2] == ["Dinas A", "Dinas B"]
    assert page.texts("pre") == ["Yth. <b>A</b> baris dua", "Surat B"]
    assert repr(letters) == "<copies: Surat>" and "&lt;b&gt;" in letters.html


def test_a_bar_leads_on_from_the_top_of_a_page(chart):
    page = made(markdown("# J"), shows(chart), ways=WAYS)
    links = page.all("a", "summary")
    assert links[1]["href"] == WAYS.home  # the second stop, after the way to the content
    said = [one["text"] for one in links[1:8]]
    titles = [title for _href, title in WAYS.stages]
    assert said == ["← Semua laporan", "Tahap", *titles, "Ringkasan", "English"]
    assert [a["text"] for a in links if "aria-current" in a] == ["Kesiapan"]
    [other] = page.all("a", hreflang="en")
    assert (other["lang"], other["href"]) == ("en", "../en/03-readiness.html")
    alone = Page(html.alone(page.source.encode()).decode())
    assert alone.all("a", hreflang="en") == []
    assert len(alone.all("a")) == len(page.all("a")) - 1
    assert not made(markdown("# J")).all("nav")


def test_what_is_technical_is_folded_at_the_foot():
    page = made(markdown("# J"), parameters={"confidence": 0.95})
    [folded] = [text for text in page.texts("details") if text.startswith("Catatan teknis")]
    assert all(said in folded for said in ("ab" * 32, "confidence", "pandas 3.0"))
    rest = page.text.replace(folded, "")
    assert not any(said in rest for said in ("ab" * 32, "confidence", "pandas"))


@pytest.mark.parametrize(("rows", "folded"), [(15, False), (16, True)])
def test_a_long_table_shows_its_first_rows_and_holds_all(rows, folded):
    frame = pd.DataFrame({"name": [f"Baris {n}" for n in range(rows)]})
    page = made(shows(tables.table(frame, "Daftar", ["name"])))
    assert len(page.all("th", scope="row")) == rows
    assert bool(page.all("input", type="checkbox")) == folded
    assert bool(page.all("figure", **{"class": "long"})) == folded
    assert ("Tampilkan semua 16 baris" in page.text) == folded


@pytest.mark.parametrize("rows", [200, 201])
def test_of_a_very_long_table_the_page_says_where_the_rest_is(rows):
    frame = pd.DataFrame({"name": [f"baris {i}" for i in range(1, rows + 1)]})
    page = made(shows(tables.table(frame, "Panjang", ["name"])))
    assert "baris 200" in page.text and "baris 201" not in page.text
    told = f"Tampilkan 200 dari {rows} baris; semuanya ada dalam berkas .xlsx halaman ini"
    assert (told in page.text) == (rows > 200)
    assert ("Tampilkan semua 200 baris" in page.text) == (rows == 200)


def terms(page: Page) -> list[str]:
    said = page.all("details", **{"class": "terms"})
    return [] if not said else [dt for dt in page.texts("dt") if dt in said[0]["text"]]


def test_key_figures_behind_the_rest_stay_there():
    behind = v4.new_markdown_cell("## Angka", metadata={"tags": ["appendix"]})
    page = made(markdown("# J"), shows(tables.key_figures([KEY])), behind,
                shows(tables.key_figures([KEY | {"shown": "9,99"}])))  # fmt: skip
    [folded] = page.all("details", **{"class": "behind"})
    assert "9,99" in folded["text"]
    assert page.text.count("9,99") == page.text.count("2,71") == 1
    assert "2,71" not in folded["text"]


def test_only_the_terms_of_a_page_are_explained():
    page = made(markdown("# J\n\nMenurut AHP di kuadran itu; n = 3. Bukan apbdes, dan bukan Nn."))
    assert terms(page) == ["n", "kuadran", "AHP"]
    assert terms(made(markdown("# J\n\nSetiap Perangkat daerah.")))[0].startswith("perangkat")
    assert terms(made(markdown("# J"))) == []


def test_sample_answers_are_called_so():
    assert "DATA CONTOH" not in made(markdown("# J")).text
    assert "DATA CONTOH" in made(markdown("# J"), edition=SAMPLE).text


def test_hostile_text_stays_text(frame, chart):
    frame["name"] = HOSTILE
    hostile = Exhibit({**chart.content, "title": HOSTILE, "alt": HOSTILE}, "", chart.media)
    page = made(
        markdown(f"# Judul {HOSTILE}\n\n{HOSTILE}\n\n${HOSTILE}$ $$ {HOSTILE} $$"),
        markdown(
            f"```mermaid\n{HOSTILE}\n```\n\n`{HOSTILE}`\n\n    {HOSTILE}\n\n|a|\n|-|\n|{HOSTILE}|"
        ),
        markdown(
            "[klik](javascript:alert(1)) ![x](https://jahat.example/p.png) ![y](attachment:z)"
        ),
        shows(
            hostile,
            tables.table(frame, HOSTILE, note=HOSTILE, source=HOSTILE),
            tables.findings([HOSTILE]),
            tables.key_figures([{"shown": HOSTILE, "label": HOSTILE, "detail": HOSTILE}]),
            data(md=HOSTILE),
            data(html=f"<div onclick=x><p style=y>{HOSTILE}<svg onload=x></svg><a href=//z>q</a>"),
            data(plain=HOSTILE),
            v4.new_output("stream", name="stdout", text=HOSTILE),
            v4.new_output("error", ename="E", evalue=HOSTILE),
        ),
        title=HOSTILE,
        parameters={HOSTILE: [HOSTILE]},
        ways=Ways(stages=(("../a.html", HOSTILE), ("b.html", HOSTILE)), here=1),
        edition=html.Edition(**{**vars(EDITION), "city": HOSTILE, "versions": {HOSTILE: HOSTILE}}),
    )
    tags = {tag for tag, *_ in page.elements}
    assert not tags & {"script", "iframe", "object", "embed", "form", "base", "svg", "link"}
    names = {name for _, attrs, _ in page.elements for name in attrs}
    saved = [a["href"] for a in page.all("a") if "download" in a]
    assert all(href.startswith(("data:image/png;base64,", XLSX)) for href in saved)
    assert not [name for name in names if name.startswith("on")]
    assert all(i["src"].startswith("data:image/") for i in page.all("img"))
    assert all(a["href"][0] in "#." for a in page.all("a") if "download" not in a)
    assert len(page.all("style")) == 1
    assert "49" not in page.texts("h1")[0]
    assert "alert(1)" in page.text


def test_nothing_is_loaded_from_outside(chart, table):
    page = made(
        markdown(
            "# J\n\n[Permen](https://peraturan.example/59) https://a.example <http://b.example>"
        ),
        shows(chart, table),
        ways=WAYS,
        workbook=b"PK",
    )
    policy = page.all("meta", **{"http-equiv": "Content-Security-Policy"})[0]["content"]
    assert policy == (
        "default-src 'none'; img-src data:; style-src 'unsafe-inline'; form-action 'none'; "
        "base-uri 'none'"
    )
    assert "Permen (https://peraturan.example/59)" in page.text
    leaving = [a for a in page.all("a") if not a["href"].startswith(("#", "data:"))]
    assert {a["class"].split()[0] for a in leaving} == {"away"}
    assert {a["href"] for a in leaving} == {
        "../index.html",
        "../02-external.html",
        "../03-readiness.html",
        "../04-gap.html",
        "../08-summary.html",
        "../en/03-readiness.html",
    }
    assert not re.search(r"url\(|@import|@font-face", page.source)


class Listening(BaseHTTPRequestHandler):
    """Hears what leaves a page; `heard`: the paths that were asked for."""

    heard: ClassVar[list[str]] = []

    def do_GET(self):
        self.heard.append(self.path)
        self.send_response(204)
        self.end_headers()


@chromium.needed
@pytest.mark.parametrize("policy", [True, False])
def test_no_form_or_base_that_was_put_in_leads_out(tmp_path, policy):
    with ThreadingHTTPServer(("127.0.0.1", 0), Listening) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        there = f"http://127.0.0.1:{server.server_port}"
        put_in = f'<base href="{there}/"><form action="{there}/form"><input name=a value=1></form>'
        source = made(markdown("# J")).source.replace("<title>", put_in + "<title>")
        if not policy:  # without it, both do lead out
            source = re.sub("<meta http-equiv=.Content-Security-Policy[^>]*>", "", source)
        (tmp_path / "a.html").write_text(source, "utf-8")
        Listening.heard.clear()
        with chromium.opened(tmp_path / "profil") as browser:
            browser.get((tmp_path / "a.html").as_uri())
            base = browser.execute_script("return document.baseURI")
            browser.execute_script("document.forms[0].submit()")
            time.sleep(1)
        server.shutdown()
    assert base.startswith("file:" if policy else there)
    assert ("/form?a=1" in Listening.heard) != policy


def test_an_analysts_own_outputs_are_shown(frame):
    page = made(
        markdown("# Bebas"),
        shows(
            data(html=frame.to_html(), plain="ascii"),
            data(html=frame.style.to_html()),
            data(png="iVBO\nRw0K"),
            data(md="### Catatan\n\n**tebal**"),
            data(plain="42"),
            data(plain="<Axes: xlabel='x'>"),
            v4.new_output("stream", name="stdout", text="\x1b[31mhalo\x1b[0m"),
            v4.new_output("stream", name="stderr", text="PeringatanRahasia"),
            v4.new_output("error", ename="ValueError", evalue="n = 0"),
        ),
    )
    assert page.texts("td", **{"class": "num"})[:2] == ["3.30", "3.0"]
    assert len(page.all("table")) == 2
    assert len(page.all("style")) == 1
    assert page.all("img")[0]["src"] == "data:image/png;base64,iVBORw0K"
    assert "tebal" in page.texts("strong")
    assert page.texts("pre") == ["42", "halo"]
    assert "ValueError: n = 0" in page.text
    assert "PeringatanRahasia" not in page.source
    assert "Axes" not in page.source


FOUND = {
    "headline": "Digital di bawah ambang.",
    "level": "likely",
    "action": "Dinas Kominfo menambah jaringan sebelum Juni.",
    "detail": "2,15; n = 33; p 0,012.",
    "claim": "readiness.digital.below",
}
KEY = {"shown": "2,71", "label": "Indeks", "detail": "n = 33", "value": 2.71}


def test_what_is_said_names_its_claim_and_how_sure_it_is(frame, chart):
    quoting = Exhibit({**chart.content, "claims": ["a.x.b", "", "a.y.b", "a.x.b"]}, "")
    page = made(
        shows(
            tables.key_figures([KEY | {"claim": "readiness.index.below", "level": "clear"}, KEY]),
            tables.findings([SimpleNamespace(**FOUND), "Dihitung saja."]),
            quoting,
            tables.table(frame, "Klaim", ["name", "mean"], ids=["a.x.b", ""]),
        )
    )
    named = [(e["tag"], e["data-claim"]) for e in page.all("li", "tr", "figure", "td")
             if "data-claim" in e]  # fmt: skip
    assert named == [
        ("li", "readiness.index.below"),
        ("li", "readiness.digital.below"),
        ("figure", "a.x.b a.y.b"),
        ("tr", "a.x.b"),
    ]
    [said] = page.texts("li", **{"data-claim": FOUND["claim"]})
    assert said.startswith("Digital di bawah ambang. ●●○ cenderung Usul tindak lanjut: Dinas ")
    assert page.texts("p", **{"class": "action"}) == [f"Usul tindak lanjut: {FOUND['action']}"]
    folded = page.texts("details")[0]
    assert folded == "Angka dan cara menghitung2,15; n = 33; p 0,012."
    assert said.endswith(folded)
    assert all("aria-hidden" in mark for mark in page.all("i"))
    assert "Dihitung saja." in page.texts("li")


def test_the_words_are_explained_once_at_the_foot_of_a_page_that_uses_them():
    page = made(shows(tables.findings([SimpleNamespace(**FOUND)])))
    words = [t for t in page.texts("dt") if t.split()[-1] in ("jelas", "cenderung", "hitungan")]
    assert words == ["●●● jelas", "●●○ cenderung", "●○○ belum jelas", "hitungan"]
    assert "banyak hal dibandingkan" in page.texts("footer")[0]
    assert "cenderung" not in made(shows(tables.findings(["Baik."]))).text
    index = Page(html.index(EDITION, [stage()], []))
    assert "banyak hal dibandingkan" in index.texts("footer")[0]


def test_a_card_quotes_the_first_finding_with_its_claim():
    key = KEY | {"claim": "readiness.index.below", "level": "unclear"}
    page = Page(html.index(EDITION, [stage(key=key), stage(finding=None)], []))
    first, second = page.all("p", **{"class": "key"})
    assert first["data-claim"] == "readiness.index.below"
    assert first["text"] == "2,71 Indeks ●○○ belum jelas"
    assert "data-claim" not in second
    [found] = page.all("div", **{"class": "finding"})
    assert found["data-claim"] == FOUND["claim"]
    action = f"Usul tindak lanjut: {FOUND['action']}"
    assert found["text"] == f"Digital di bawah ambang. ●●○ cenderung {action}"


def stage(**changes):
    card = {
        "title": "Kesiapan",
        "number": "3",
        "place": 3,
        "href": "03-readiness.html",
        "status": "ok",
        "error": "",
        "key": {"shown": "2,71", "label": "Indeks", "detail": ""},
        "finding": FOUND,
    }
    return card | changes


def test_index_names_what_failed_and_who_is_missing():
    units = [
        {"name": "Dinas Sosial", "group_name": "Dinas", "href": "units/sosial.html",
         "completeness": 0.881, "status": "ok"},
        {"name": "BPBD", "group_name": "Badan", "href": None, "completeness": None,
         "status": "ok"},
    ]  # fmt: skip
    page = Page(
        html.index(
            SAMPLE,
            [
                stage(),
                stage(title="Ringkasan", number="8", place=0, key=None),
                stage(title=HOSTILE, number="6", href=None, status="failed", error=HOSTILE),
                stage(title="Baru", number="12", place=12, status="stale"),
            ],
            units,
            [{"title": "Kecamatan", "href": "v.html", "status": "ok", "parameters": {"a": [1]}}],
            [{"title": "Koordinator", "error": "KeyError"}],
            ["BPBD"],
            archive="masterplan-2023.zip",
        )
    )
    assert page.texts("h1")
    assert len(page.all("main")) == 1
    assert "DATA CONTOH" in page.text
    assert page.texts("span", **{"class": "label"}) == ["Tahap 3", "Tahap 6", "Tahap 12"]
    assert page.texts("span", **{"class": "badge"}) == ["Gagal dibuat", "Laporan lama"]
    assert "alert(1)" in page.texts("details")[0]
    assert "KeyError" in page.texts("details")[1]
    assert "Belum menjawab (1): BPBD." in page.text
    assert page.texts("span", **{"class": "share"}) == ["88%"]
    assert [i["style"] for i in page.all("i") if "style" in i] == ["width:88.1%"]
    hrefs = [a["href"] for a in page.all("a")]
    assert {"03-readiness.html", "units/sosial.html", "v.html", "masterplan-2023.zip"} <= set(hrefs)
    assert not page.all("script")
    assert not page.all("img")


def test_units_are_filtered_by_group_and_by_what_is_missing_without_a_script():
    shares = {"Dinas": [1.0, 0.5], "Badan <b>": [None, 1.0]}
    units = [
        {"name": f"Unit {group} {share}", "group_name": group, "href": None, "status": "ok",
         "completeness": share}
        for group, given in shares.items() for share in given
    ]  # fmt: skip
    page = Page(html.index(EDITION, [], units))
    choices = [c["id"] for c in page.all("input", type="radio")]
    assert choices == ["saring-semua", "saring-1", "saring-2", "saring-kurang"]
    assert page.texts("label") == ["Semua 4", "Dinas 2", "Badan <b> 2", "Ada yang kosong 2"]
    assert [i["id"] for i in page.all("input") if "checked" in i] == ["saring-semua"]
    assert len(page.all("li", **{"class": "whole"})) == 2
    assert all(f"#{c}:checked" in page.texts("style")[0] for c in choices[1:])


def test_landing_leads_to_the_newest_period():
    page = Page(html.landing("Kota Contoh", ["2024", "2023"]))
    refresh = page.all("meta", **{"http-equiv": "refresh"})[0]
    assert refresh["content"] == "0; url=2024/index.html"
    assert [a["href"] for a in page.all("a")][1:] == ["2024/index.html", "2023/index.html"]
    assert "Belum ada laporan" in Page(html.landing("Kota Contoh", [])).text


def contrast(one: str, two: str) -> float:
    def luminance(colour):
        digits = colour.lstrip("#")
        full = "".join(d * 2 for d in digits) if len(digits) == 3 else digits
        parts = [int(full[i : i + 2], 16) / 255 for i in (0, 2, 4)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    low, high = sorted((luminance(one), luminance(two)))
    return (high + 0.05) / (low + 0.05)


def test_style_is_small_and_its_words_readable_in_light_and_dark():
    style = STYLE.read_text("utf-8")
    assert len(style.encode()) < 20_000
    light, dark = (
        dict(re.findall(r"--(\w+): (#\w+)", block))
        for block in re.findall(r":root \{([^}]*--ink[^}]*)\}", style)
    )
    pairs = [(w, on) for w in ("ink", "muted", "red", "teal") for on in ("paper", "card", "tint")]
    pairs += [
        ("ink", "amber"),
        ("ink", "bad"),
        ("muted", "bad"),
        ("teal", "bad"),
        ("card", "red"),
        ("card", "teal"),
    ]
    for scheme in (light, dark):
        for words, ground in pairs:
            assert contrast(scheme[words], scheme[ground]) >= 4.5, (words, ground)


def test_an_empty_table_says_so():
    frame = pd.DataFrame(columns=["unit_name", "group_name"])
    shown = tables.table(frame, title="Unit yang belum menjawab").html
    assert '<td colspan="2">Tidak ada.</td>' in shown


def test_a_table_without_rows_is_said_and_takes_no_number():
    frame = pd.DataFrame(columns=["unit_name", "group_name"])
    one = pd.DataFrame({"unit_name": ["A"], "group_name": ["B"]})
    none = "Tidak ada unit yang belum menjawab"
    page = made(
        shows(
            tables.table(frame, title=none),
            tables.table(frame, title="Usulan", note="Dua belum dilepas."),
            tables.table(one, title="Yang menjawab"),
        ),
        number="3",
    )
    said = [f"{none}.", "Usulan: tidak ada. Dua belum dilepas."]
    assert page.texts("div", **{"class": "prose"}) == said
    assert [t for t in page.texts("p") if t in said] == said
    [shown] = page.all("figure", **{"class": "table"})
    assert shown["text"].startswith("Tabel 3.1")
