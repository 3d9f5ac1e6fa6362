"""Pictures that others drew: exhibits like ours, in the look of the house where they ask for it."""

import base64
import io
import re
from xml.etree import ElementTree

import docx
import matplotlib
import numpy as np
import pandas as pd
import pytest
from PIL import Image

matplotlib.use("agg")

import matplotlib.pyplot as plt  # noqa: E402
import seaborn  # noqa: E402

from analysis import charts, exhibits, text  # noqa: E402
from analysis.drawing.style import COLOURS, FONT  # noqa: E402
from analysis.exhibits import NARROW_SVG, bare  # noqa: E402
from tests.drawn import SVG  # noqa: E402
from tests.test_book import bound  # noqa: E402
from tests.test_html import made, shows  # noqa: E402
from tests.test_html import read as document  # noqa: E402

ALT = "Makin banyak penduduk, makin tinggi indeksnya."
FRAME = pd.DataFrame({"penduduk": [1200, 3400, 5600, 8100], "score": [1.5, 2.25, 2.5, 3.75]})


def drawn(**options):
    with charts.style():
        ax = seaborn.regplot(FRAME, x="penduduk", y="score", seed=1, n_boot=40)
    told = {"title": "Penduduk dan kesiapan", "alt": ALT, "source": "BPS CONTOH", "note": "n = 4."}
    return charts.figure(ax, **{"data": FRAME, **told, **options})


@pytest.fixture(autouse=True)
def _closed():
    yield
    plt.close("all")


def test_a_picture_of_seaborn_is_an_exhibit_with_its_data_and_two_forms():
    exhibit = drawn()
    content = exhibit.content
    assert (content["kind"], content["chart"], content["alt"]) == ("chart", "figure", ALT)
    assert [c["key"] for c in content["columns"]] == ["penduduk", "score"]
    assert content["rows"][0] == [1200, 1.5] and exhibit.frame.equals(FRAME)
    assert NARROW_SVG not in exhibit.media
    whole = Image.open(io.BytesIO(base64.b64decode(exhibit.media["image/png"])))
    inner = Image.open(io.BytesIO(bare(base64.b64decode(exhibit.media["image/png"]))))
    assert inner.width == whole.width == 1080 and whole.height > inner.height + 60
    assert not plt.get_fignums()


def test_in_the_style_of_the_house_letters_colours_and_decimal_marks_are_ours():
    svg = drawn().media["image/svg+xml"]
    shown = [t.text for t in ElementTree.fromstring(svg).iter(f"{SVG}text")]
    assert "2,5" in shown and "4.000" in shown
    assert f"stroke:{COLOURS[0]}" in svg
    with text.using("en"):
        svg = drawn().media["image/svg+xml"]
    assert ">2.5<" in svg and ">4,000<" in svg


def test_nothing_of_the_style_holds_afterwards():
    before = dict(matplotlib.rcParams)
    with charts.style():
        assert matplotlib.rcParams["font.family"] == [FONT]
        assert not matplotlib.rcParams["axes.spines.top"]
        ax = plt.subplots()[1]
        ax.plot([0.0, 0.5])
    assert dict(matplotlib.rcParams) == before
    assert "0,5" in [t.get_text() for t in ax.get_yticklabels()]
    later = plt.subplots()[1]
    later.plot([0.0, 0.5])
    assert "0.5" in [t.get_text() for t in later.get_yticklabels()]
    with pytest.raises(RuntimeError), charts.style():
        raise RuntimeError
    assert dict(matplotlib.rcParams) == before


def test_years_are_whole_and_have_no_separators():
    ax = plt.subplots()[1]
    ax.plot([2019, 2021], [0.1, 0.2])
    svg = charts.figure(ax, alt=ALT).media["image/svg+xml"]
    years = re.findall(r">(2[\d.,]{3,})<", svg)
    assert years == ["2019", "2020", "2021"]


def test_logarithmic_axes_have_plain_numbers_and_formulas_stay_formulas():
    axes = plt.subplots()[1]
    axes.semilogy([0.001, 1, 1000])
    axes.set_xticks([0, 0.125, 2])
    axes.set_xlabel(r"$x^2$")
    exhibit = charts.figure(axes, alt=ALT, title="Dari $5 sampai $6")
    svg = exhibit.media["image/svg+xml"]
    shown = [t.text for t in ElementTree.fromstring(svg).iter(f"{SVG}text")]
    assert {"0,001", "1", "1.000", "0,000", "0,125", "2,000"} <= set(shown)
    assert "$" not in "".join(filter(None, shown)) and "mathdefault" not in svg
    years = plt.subplots()[1]
    years.plot([2020, 2024], [1, 2])
    years.set_xticks([2021, 2023])
    svg = charts.figure(years, alt=ALT).media["image/svg+xml"]
    assert ">2021<" in svg and ">2023<" in svg and ">2022<" not in svg


def test_a_figure_axes_an_array_of_them_and_a_grid_are_pictures():
    whole, axes = plt.subplots(1, 2)
    grid = seaborn.FacetGrid(FRAME)
    grid.map(plt.plot, "penduduk", "score")
    for one in (whole, axes, axes[0], whole.subfigures(1, 2)[0], grid):
        assert charts.figure(one, title="T", alt=ALT).content["rows"] == []
    with pytest.raises(TypeError, match="Bukan gambar matplotlib atau seaborn: int"):
        charts.figure(3, alt=ALT)


def test_without_words_for_those_who_cannot_see_it_it_is_refused_and_says_why():
    with pytest.raises(ValueError, match="^Sebutkan `alt`: .*tidak dapat melihatnya"):
        drawn(alt=" ")


def test_without_a_title_it_has_its_own():
    fig, ax = plt.subplots()
    assert charts.figure(fig, alt=ALT).content["title"] == "Gambar"
    ax.set(xlabel="penduduk", ylabel="indeks")
    assert charts.figure(fig, alt=ALT).content["title"] == "indeks menurut penduduk"
    ax.set_title("Judul sendiri")
    assert charts.figure(fig, alt=ALT).content["title"] == "Judul sendiri"


def test_the_source_is_that_of_its_data_unless_another_is_given():
    frame = FRAME.copy()
    frame.attrs["source"] = "data CONTOH (sintetis)"
    assert drawn(data=frame, source=None).content["source"] == "data CONTOH (sintetis)"
    assert drawn(data=frame).content["source"] == "BPS CONTOH"


def test_what_reaches_beyond_its_axes_is_cut_off_and_what_is_not_ours_stays_on_white_paper():
    ax = plt.subplots()[1]
    ax.plot([0, 9], [0, 9])
    ax.set(xlim=(2, 3), ylim=(2, 3))
    svg = charts.figure(ax, alt=ALT).media["image/svg+xml"]
    clips = set(re.findall(r'clip-path="url\(#(\w+)\)"', svg))
    assert clips and all(f'<clipPath id="{clip}"' in svg for clip in clips)
    assert "dark){}" in svg
    assert "dark){[style" in drawn(data=None).media["image/svg+xml"]


def test_what_lies_beyond_its_edges_belongs_to_the_picture(tmp_path):
    ax = plt.subplots(figsize=(4, 3))[1]
    ax.bar(["Pengendalian penduduk dan keluarga berencana"], [1])
    ax.tick_params(axis="x", rotation=90)
    exhibit = charts.figure(ax, alt=ALT)
    exhibit.save(tmp_path / "x.png")
    assert Image.open(tmp_path / "x.png").height > 200 * 5
    root = ElementTree.fromstring(exhibit.media["image/svg+xml"])
    size = [float(part) for part in root.get("viewBox").split()[2:]]
    assert size[1] > 72 * 5 and "Pengendalian penduduk dan" in "".join(root.itertext())
    assert not re.search(r"font-size:[\w.]+,", exhibit.media["image/svg+xml"])
    inner = Image.open(io.BytesIO(bare(base64.b64decode(exhibit.media["image/png"]))))
    assert abs(inner.height - 150 * size[1] / 72) <= 2


def test_it_goes_through_a_page_and_the_spreadsheet_like_ours():
    page = made(shows(drawn()), number="9")
    assert "Gambar 9.1" in page.text and "Penduduk dan kesiapan" in page.text
    assert page.all("img")[0]["alt"] == ALT
    assert "Sumber: BPS CONTOH" in page.text
    assert "3,75" in page.texts("table")[0]
    [block] = document(shows(drawn()), number="9").numbered
    assert (block.type, block.label) == ("chart", "Gambar 9.1")


def test_it_goes_through_the_book_like_ours(city, tmp_path):
    written = bound(city, tmp_path, [shows(drawn())])
    words = [p.text for p in written.paragraphs]
    assert any("Gambar 1.1" in w and "Penduduk dan kesiapan" in w for w in words)
    assert any("Sumber: BPS CONTOH" in w for w in words)
    alts = re.findall(r'descr="([^"]*)"', written.element.xml)
    assert ALT in alts and isinstance(written, docx.document.Document)


def test_it_is_saved_like_ours(tmp_path):
    exhibit = drawn()
    for ending in ("svg", "png", "pdf", "xlsx", "csv"):
        exhibit.save(tmp_path / f"x.{ending}")
    shown = (tmp_path / "x.svg").read_text("utf-8")
    assert all(
        words in shown for words in ("Penduduk dan kesiapan", "n = 4.", "Sumber: BPS CONTOH")
    )
    assert Image.open(tmp_path / "x.png").info["Source"] == "BPS CONTOH"
    assert np.allclose(exhibit.figure.get_size_inches(), (7.2, 4.2))


def test_charts_for_screens_alone_have_no_points(monkeypatch):
    monkeypatch.setattr(exhibits, "_points", True)
    both = drawn().media
    exhibits.for_screens()
    screens = drawn().media
    assert "image/png" in both and both.keys() - screens.keys() == {"image/png"}
    assert all(screens[form] == both[form] for form in screens)
