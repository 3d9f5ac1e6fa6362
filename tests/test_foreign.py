"""Outputs that are none of ours: kept, numbered, captioned and saved, or named as left out.

``foreign.json`` holds what great_tables, lets-plot, altair and plotly have shown, as recorded.
"""

import io
import json
import re
from base64 import b64decode, b64encode
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from nbformat import v4
from PIL import Image

from analysis.reports import document, html, look, mathml, publish, spreadsheet, vector
from analysis.runs import gate, pictures
from analysis.runs.execute import Result
from analysis.runs.jobs import Job
from analysis.runs.notebook import Notebook
from analysis.runs.ways import Ways
from tests.test_html import EDITION, made, markdown, read, shows
from tests.test_spreadsheet import opened

RECORDED = json.loads(Path(__file__).with_name("foreign.json").read_text("utf-8"))
FRAME = pd.DataFrame({"nama": ["Fisik", "Digital"], "nilai": [3.3, 2.15], "tahun": [2023, 2024]})
PHONE = "0812-3456-7890"


def output(**data):
    names = {"html": "text/html", "latex": "text/latex", "svg": "image/svg+xml"}
    return v4.new_output("display_data", {names[k]: v for k, v in data.items()})


def recorded(name):
    return v4.new_output("display_data", RECORDED[name])


def drawn() -> dict[str, str]:
    """What matplotlib shows of a figure, by MIME type."""
    figure = Figure((2, 1.5))
    figure.subplots().plot([1, 3, 2])
    points, lines = io.BytesIO(), io.StringIO()
    FigureCanvasAgg(figure).print_png(points)
    FigureCanvasSVG(figure).print_svg(lines)
    return {
        "image/png": b64encode(points.getvalue()).decode(),
        "image/svg+xml": lines.getvalue(),
        "text/plain": "<Figure size 200x150 with 1 Axes>",
    }


def numbered(*cells) -> list[tuple[str, str, str]]:
    return [(b.type, b.label, b.content["title"]) for b in read(*cells, number="3").numbered]


def test_pictures_of_matplotlib_are_numbered_captioned_and_saved():
    forms = drawn()
    points, lines = ({k: forms[k] for k in (kind, "text/plain")} for kind in list(forms)[:2])
    shown = [v4.new_output("display_data", data) for data in (points, lines)]
    page = made(markdown("# Bebas\n\n## Tren"), shows(*shown), number="3")
    assert page.texts("span", **{"class": "label"}) == ["Gambar 3.1", "Gambar 3.2"]
    assert page.texts("h3") == ["Tren", "Tren (2)"]
    assert all("Tren" in image["alt"] for image in page.all("img"))
    saved = {a["download"]: a["href"] for a in page.all("a") if "download" in a}
    assert list(saved) == ["Gambar 3.1 Kesiapan.png", "Gambar 3.2 Kesiapan.svg"]
    first, second = (page.all("img")[at]["src"] for at in (0, 1))
    assert list(saved.values()) == [first, second]
    assert b64decode(first.partition(",")[2]).startswith(b"\x89PNG")
    assert unquote(second.partition(",")[2]).startswith("<svg")


def test_a_caption_is_never_empty():
    shown = shows(output(html=FRAME.to_html()))
    assert numbered(shown) == [("table", "Tabel 3.1", "Keluaran notebook")]
    assert numbered(markdown("# Bebas"), shown)[0][2] == "Bebas"
    assert numbered(markdown("# Bebas\n\n## Satu\n\n### $n$ kecil"), shown)[0][2] == "n kecil"
    twice = numbered(shows(output(html=FRAME.to_html() * 2)))
    assert [title for _type, _label, title in twice] == [
        "Keluaran notebook",
        "Keluaran notebook (2)",
    ]


def test_a_styled_frame_keeps_what_its_colours_mean():
    styled = FRAME.style.highlight_max(subset=["nilai"], color="yellow").set_caption("Dua")
    styled = styled.bar(subset=["tahun"], color="#1f5f6b").map(lambda v: "color: red", ["nama"])
    page = made(shows(output(html=styled.to_html())))
    assert page.texts("caption") == ["Tabel 1 Dua"]
    cells = {cell["text"]: cell.get("style", "") for cell in page.all("td")}
    assert "background:#ffff00" in cells["3.300000"] and cells["2.150000"] == ""
    assert "linear-gradient(90deg,#" in cells["2024"]
    assert re.search("color:#[c-f].0000;background:#ffffff", cells["Fisik"])
    sheet = sheet_of(shows(output(html=styled.to_html())))
    assert sheet[4] == ["", "nama", "nilai", "tahun"]
    assert sheet[5] == [0.0, "Fisik", 3.3, 2023.0]


def sheet_of(*cells) -> list[list]:
    return opened(spreadsheet.workbook(read(*cells), EDITION, "Bebas"))["Tabel 1"]


@pytest.mark.parametrize("given", ["#fff", "#777", "yellow", "#67000d", "#d65f5f", "#1f77b4"])
def test_text_can_be_read_on_any_ground(given):
    for told in (
        f"background-color:{given}",
        f"color:{given}",
        f"color:{given};background:{given}",
    ):
        text, ground = re.search("color:(#.{6});background:(#.{6})", look.look(told)).groups()
        text, ground = (tuple(bytes.fromhex(colour[1:])) for colour in (text, ground))
        assert look.contrast(text, ground) >= 4.5, told


@pytest.mark.parametrize(
    "hostile",
    [
        "background: url(https://jahat.example/x.png)",
        "background-color: red url(x)",
        "background: linear-gradient(90deg, url(x) 1%)",
        "color: expression(alert(1))",
        "color: var(--ink)",
        "position: fixed; inset: 0",
        'text-align: left"><script>alert(1)</script>',
        "background-image: url(//jahat.example)",
        "display: none",
    ],
)
def test_no_other_style_comes_through(hostile):
    assert look.look(hostile) == ""
    page = made(shows(output(html=f"<table><tr><td style='{hostile}'>1</td></tr></table>")))
    assert not any("style" in cell for cell in page.all("td"))


def test_a_table_of_great_tables_keeps_its_title_colours_and_sides():
    page = made(shows(recorded("great_tables")))
    assert page.texts("caption") == ["Tabel 1 Dua subelemen"]
    assert page.texts("th") == ["nama", "nilai"]
    assert page.texts("td") == ["Fisik", "3.3", "Digital", "2.15"]
    assert "skala 1-5 · Sumber: kuesioner" in page.texts("figcaption")[0]
    assert page.all("td")[1]["style"].startswith(
        "text-align:right;color:#ffffff;background:#8b0000"
    )
    sheet = sheet_of(shows(recorded("great_tables")))
    assert sheet[4:7] == [["nama", "nilai"], ["Fisik", 3.3], ["Digital", 2.15]]


@pytest.mark.parametrize("name", ["lets_plot", "altair_svg"])
def test_a_static_picture_of_another_library_is_kept_under_its_own_title(name):
    shown = read(markdown("# Bebas"), shows(recorded(name)))
    [picture] = shown.numbered
    assert (picture.type, picture.content["title"]) == ("picture", "Dua subelemen")
    assert picture.forms["image/svg+xml"].startswith("<svg")
    assert shown.left_out == []


NEEDY = {
    "lets_plot_script": "lets-plot",
    "altair_script": "altair",
    "plotly": "plotly",
    "plotly_script": "plotly",
}


@pytest.mark.parametrize("name", NEEDY)
def test_what_needs_a_script_is_named_in_its_place_once(name):
    page = made(markdown("# Bebas\n\nAwal."), shows(recorded(name), recorded(name)))
    said = f"Keluaran ini memerlukan skrip dan tidak dapat ditampilkan: {NEEDY[name]}"
    assert page.texts("p", **{"class": "left-out"}) == [said]
    assert not page.all("script", "figure", "pre")
    assert read(shows(recorded(name))).left_out == [NEEDY[name]]


def test_what_stands_beside_a_script_is_shown_and_the_script_named():
    shown = read(shows(output(html=f"<p>Awal.</p>{FRAME.to_html()}<script>x</script> akhir")))
    kinds = [block.type for block in shown.blocks]
    assert kinds == ["html", "table", "html", "left_out"]
    assert shown.left_out == ["JavaScript"]
    away = "<iframe src=//jahat.example></iframe>", "<img src='https://jahat.example/a.png'>"
    assert [read(shows(output(html=h))).left_out for h in away] == [["iframe"], ["HTML"]]


def test_the_coordinator_reads_what_was_left_out():
    lacking = [{"title": "Bebas <b>", "names": ["plotly", "peta.png"]}]
    assert "Bebas &lt;b&gt;: plotly dan peta.png" in html.inside(EDITION, [], [], lacking, Ways())
    assert "tertinggal" not in html.inside(EDITION, [], [], [], Ways())


def test_a_report_of_foreign_tables_has_a_spreadsheet_and_says_what_it_lacks():
    shown = [recorded("plotly"), output(html=FRAME.to_html())]
    notebook = v4.new_notebook(cells=[markdown("# Bebas"), shows(*shown)])
    about = Notebook(Path("09-bebas.ipynb"), "Bebas", False, {})
    job = Job(about, PurePosixPath("09-bebas"), "Bebas", {})
    entry, files = publish.report(Result(job, 1.0, notebook), EDITION, Ways(), "kunci")
    assert entry.left_out == ["plotly"]
    assert list(opened(files["tables/09-bebas.xlsx"])) == ["Tabel 9.1"]
    assert "application/vnd.plotly.v1+json" in files["internal/notebooks/09-bebas.ipynb"].decode()


HOSTILE_SVG = """<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
 onload="alert(1)"><style>@import url(//jahat.example);</style><script>alert(2)</script>
<foreignObject><body xmlns="http://www.w3.org/1999/xhtml" onclick="x"/></foreignObject>
<a xlink:href="javascript:alert(3)"><text onclick="x" fill="url(#g)">teks</text></a>
<set attributeName="href" to="javascript:alert(4)"/><image href="https://jahat.example/x.png"/>
<rect style="fill:url('https://jahat.example')" width="1"/></svg>"""


@pytest.mark.parametrize("place", ["svg", "html"])
def test_nothing_in_a_foreign_drawing_runs_or_asks(place):
    source = HOSTILE_SVG if place == "svg" else f"<div>{HOSTILE_SVG}</div>"
    [picture] = read(shows(output(**{place: source}))).numbered
    svg = picture.forms["image/svg+xml"]
    assert "teks" in svg and 'fill="url(#g)"' in svg
    assert not re.search("alert|jahat|script|foreign|onclick|onload|import", svg, re.IGNORECASE)


@pytest.mark.parametrize(
    "broken",
    [
        "<svg",
        "<svg><p></svg>",
        "<b>x</b>",
        "",
        '<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>',
    ],
)
def test_what_is_no_drawing_is_none(broken):
    assert vector.harmless(broken) == ("", "")


def test_formulas_are_written_as_mathml():
    page = made(
        markdown("# J\n\nRerata $\\bar x$ dari $5 dan $10.\n\n$$\\sum_i x_i$$\n\n## Bagian $n$"),
        markdown("\\begin{aligned} a &= b \\\\ c &= d \\end{aligned}"),
        shows(output(latex="$\\displaystyle \\frac{1}{n}$"), output(latex="Teks \\LaTeX")),
    )
    kinds = [formula.get("display") for formula in page.all("math")]
    assert kinds == ["inline", "block", "inline", "block", "block"]
    assert "$5 dan $10" in page.text
    assert len(page.all("mtd")) == 4 and len(page.all("mfrac")) == 1
    assert page.texts("pre") == []


@pytest.mark.parametrize(
    "hostile",
    [
        r"\text{<img src=x onerror=alert(1)>}",
        r"\href{javascript:alert(1)}{x}",
        r"\style{position:fixed}{x}",
        r"\class{skip}{x}",
        r"\def\a{\a\a}\a",
        r"\newcommand{\a}{aaaa}\newcommand{\b}{\a\a\a\a}\b",
        "{" * 3000,
        "x" * 6000,
        r"\frac{",
    ],
)
def test_a_hostile_formula_is_a_formula_or_the_text_that_it_is(hostile):
    page = made(markdown(f"# J\n\nAwal ${hostile}$ akhir."), shows(output(latex=f"${hostile}$")))
    assert not page.all("img", "script", "a", **{"class": "x"})
    formulas = [e for e in page.elements if e[0].startswith("m") and e[0] not in ("main", "meta")]
    names = {name for _tag, attributes, _text in formulas for name in attributes}
    assert not names & {"href", "style", "class", "id"}
    assert "akhir." in page.text


@pytest.mark.parametrize("formula", [r"\newcommand{\q}{xx}\q\q", "x" * 5001, r"\frac{1}{", ""])
def test_a_formula_that_could_grow_or_cannot_be_read_is_shown_as_typed(formula):
    assert mathml.mathml(formula) == f"<code>{formula}</code>"


def photo(size=(3000, 20), **options) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", size, "teal").save(stream, **({"format": "JPEG"} | options))
    return stream.getvalue()


@pytest.fixture
def folder(tmp_path):
    """A folder of notebooks with pictures beside them, and one picture above it."""
    folder = tmp_path / "notebooks"
    (folder / "gambar").mkdir(parents=True)
    exif = Image.Exif()
    exif[0x010E] = "Rumah Bu Siti"
    (folder / "gambar/peta kota.jpg").write_bytes(photo(exif=exif, comment="Bu Siti"))
    (folder / "denah.svg").write_text(f"<svg><text>{PHONE}</text></svg>")
    (folder / "data.png").write_bytes(b"unit,nama\n")
    (tmp_path / "luar.png").write_bytes(photo(format="PNG"))
    (folder / "tautan.png").symlink_to(tmp_path / "luar.png")
    return folder


def taken(folder, source, attachments=None):
    cell = markdown(source)
    if attachments:
        cell.attachments = attachments
    notebook = v4.new_notebook(cells=[markdown("# J"), cell])
    pictures.embed(notebook, folder)
    return notebook


def test_a_picture_beside_the_notebook_comes_along_without_what_it_knows(folder):
    source = "![Peta *kota*](gambar/peta%20kota.jpg)\n\nDenah ![kecil](denah.svg) ini."
    notebook = taken(folder, source)
    held = notebook.cells[1].attachments
    drawing = b64decode(held["gambar/peta kota.jpg"]["image/jpeg"])
    assert Image.open(io.BytesIO(drawing)).size == (1600, 11)
    assert b"Siti" in (folder / "gambar/peta kota.jpg").read_bytes() and b"Siti" not in drawing
    shown = document.read(gate.passed(notebook), "3")
    [picture] = shown.numbered
    assert (picture.label, picture.content["title"]) == ("Gambar 3.1", "Peta kota")
    page = made(*gate.passed(notebook).cells)
    assert [image["alt"] for image in page.all("img")][1:] == ["kecil"]
    assert "•••" in unquote(page.all("img")[1]["src"]) and PHONE not in unquote(page.source)
    assert shown.left_out == []


@pytest.mark.parametrize(
    "name",
    [
        "../luar.png",
        "tautan.png",
        "data.png",
        "tiada.png",
        "/etc/hostname",
        "C:/x.png",
        "data:image/svg+xml;base64",
    ],
)
def test_what_lies_elsewhere_or_is_no_picture_is_named(folder, name):
    notebook = taken(folder, f"Lihat ![peta]({name}) ini.")
    assert notebook.cells[1].attachments == {}
    shown = document.read(notebook)
    assert shown.left_out == [name]
    page = made(*notebook.cells)
    assert f"peta (gambar {name} tidak dapat disertakan) ini" in page.text
    assert not page.all("img")


def test_a_picture_that_was_dragged_in_is_drawn_anew_and_one_outside_is_text(folder):
    svg = b64encode(b"<svg><text>denah</text></svg>").decode()
    attached = {"a.png": {"image/png": b64encode(photo(format="PNG")).decode()},
                "b.svg": {"image/svg+xml": svg}}  # fmt: skip
    source = "![a](attachment:a.png) dan ![b](attachment:b.svg) dan ![c](https://a.example/c.png)"
    notebook = taken(folder, source, attached)
    assert list(notebook.cells[1].attachments) == ["a.png", "b.svg"]
    page = made(*notebook.cells)
    assert [image["alt"] for image in page.all("img")] == ["a", "b"]
    assert "c (https://a.example/c.png)" in page.text


def test_places_of_a_foreign_table_are_told_apart():
    rows = [
        [("th", "Unit", "rowspan=2"), ("th", "Nilai", "colspan=2")],
        [("th", "2023", ""), ("th", "2024", ""), ("th", "Kode", "")],
        [("td", "A", "rowspan=2"), ("td", "1.50", ""), ("td", "1.234", ""), ("td", "007", "")],
        [("td", "NaN", ""), ("td", "2.345", ""), ("td", "8", "colspan=99999")],
    ]
    lines = [
        "<tr>" + "".join(f"<{t} {span}>{words}</{t}>" for t, words, span in row) + "</tr>"
        for row in rows
    ]
    source = f"<table><thead>{lines[0]}{lines[1]}</thead>{lines[2]}{lines[3]}</table>"
    [table] = read(shows(output(html=source))).numbered
    columns = table.content["columns"]
    labels = ["Unit", "Nilai 2023", "Nilai 2024", "Kode"]
    assert [c["label"] for c in columns[:4]] == labels
    assert [c["format"] for c in columns[:4]] == ["text", 2, "text", "text"]
    shown = [["A", 1.5, "1.234", "007"], ["A", None, "2.345", "8"]]
    assert [row[:4] for row in table.content["rows"]] == shown
    assert len(columns) < 300


def test_what_is_long_and_hostile_is_read_to_its_end():
    """Each of these would take hours, were the whole rest looked at from every place in it."""
    many = 200_000
    assert len(list(vector.parted("<svg " * many))) == 1
    assert look.rules("a" * many + "{" * many) == {}
    assert mathml.formula("$ " * many + "x") == ""
    wide = f"<table><tr>{'<td colspan=99999></td>' * 500}</tr></table>"
    assert len(read(shows(output(html=wide))).numbered) == 1
