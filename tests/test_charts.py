"""Every kind of chart, really drawn: nothing clipped, nothing overlapping, nothing invented."""

import base64
import inspect
import io
import json
import re
import xml.etree.ElementTree as ElementTree
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from matplotlib.image import imread
from matplotlib.text import Text
from PIL import Image

from analysis import charts, formats, grids
from analysis.charts import (
    bars,
    boxes,
    choices,
    cloud,
    dumbbell,
    heatmap,
    likert,
    quadrant,
    ranked,
    timeline,
    trend,
)
from analysis.charts import key as keys
from analysis.charts.labels import label_points
from analysis.drawing import framed as handed
from analysis.drawing import style
from analysis.drawing.canvas import Canvas
from analysis.drawing.lettering import balance, extent, wrap
from analysis.drawing.style import (
    ATTENTION,
    DATA,
    DIMENSIONS,
    GREY,
    contrast,
    cues,
    ink_on,
    named_cues,
)
from analysis.exhibits import NARROW_SVG, bare
from tests.drawn import SVG, written

NAN = float("nan")
LONG = "Dinas Pengendalian Penduduk, Keluarga Berencana, dan Pemberdayaan Masyarakat Kelurahan"
NASTY = [
    "$\\alpha$ & <b>Tata_kelola</b>",
    LONG,
    "Pertanggungjawabanpenyelenggaraanpemerintahan" * 2,
]
DIMENSION = ["Smart Governance", "Smart Branding", "Smart Economy"]
SUBELEMENTS = {
    "SDM": "Struktur",
    "Anggaran": "Struktur",
    "Tata kelola": "Struktur",
    "Fisik": "Infrastruktur",
    "Digital": "Infrastruktur",
    "Sosial": "Infrastruktur",
    "Peraturan": "Suprastruktur",
    "Kelembagaan": "Suprastruktur",
    "Tata laksana": "Suprastruktur",
}
IPA = {
    "low_high": "A Prioritas utama",
    "high_high": "B Pertahankan",
    "low_low": "C Prioritas rendah",
    "high_low": "D Sudah memadai",
}
POSITION = {
    "high_high": "I Progresif",
    "high_low": "II Diversifikasi",
    "low_high": "III Ubah strategi",
    "low_low": "IV Bertahan",
}
HORIZONS = {12: "Quick win", 24: "Jangka pendek", 60: "Jangka menengah", 120: "Jangka panjang"}
LEVELS = ["1 rintisan", "2 terkelola", "3 terdefinisi", "4 terpadu dan terukur", "5 optimum"]


def cells(rows, columns, seed=1):
    random = np.random.default_rng(seed)
    return pd.DataFrame(
        [(r, c, g, random.uniform(1, 5)) for r in rows for c, g in columns.items()],
        columns=["row", "column", "group", "value"],
    )


def rows(names, seed=1):
    """A frame that suits every kind with rows: values, intervals, counts, months."""
    random = np.random.default_rng(seed)
    frame = pd.DataFrame({"name": list(names)})
    frame["value"] = random.uniform(1.5, 4.5, len(frame))
    frame["low"] = frame["value"] - random.uniform(0.1, 0.4, len(frame))
    frame["high"] = frame["value"] + random.uniform(0.1, 0.4, len(frame))
    frame["red"] = frame["high"] < 2.6
    frame["months"] = random.integers(3, 118, len(frame))
    frame["kind"] = [DIMENSION[i % 3] for i in range(len(frame))]
    for level in range(1, 6):
        frame[f"level{level}"] = random.integers(0, 12, len(frame))
    return frame


def claimed(names, scale=1.0, seed=1):
    """Rows with two intervals each, and how sure each is to lie off 2.6."""
    frame = rows(names, seed)
    far = scale * np.random.default_rng(seed).uniform(0.2, 0.6, len(frame))
    for end, side in (("low", -1), ("high", 1)):
        frame[end] = frame["value"] + side * far
        frame[f"wide_{end}"] = frame["value"] + side * 1.6 * far
    away = (frame["value"] - 2.6).abs()
    frame["level"] = np.select([away > 1.6 * far, away > far], ["clear", "likely"], "unclear")
    frame["claim"] = [f"s.{i}.k" if i % 3 else "" for i in range(len(frame))]
    return frame


def points(n, spread, seed=1):
    random = np.random.default_rng(seed)
    return pd.DataFrame(
        {
            "name": [f"Indikator kesiapan nomor {i + 1}" for i in range(n)],
            "x": random.normal(3, spread, n),
            "y": random.normal(3, spread, n),
            "kind": [DIMENSION[i % 3] for i in range(n)],
        }
    )


def population():
    years = [2005, 2010, 2013, 2015, 2020, 2022, 2023, 2024, 2024]
    people = [229525, 234698, 237434, 247219, 268254, 274056, 274838, 277054, 278320]
    source = ["Wikipedia"] * 6 + ["beritagambar.com", "databoks", "Wikipedia"]
    used = [True] * 8 + [False]
    return pd.DataFrame({"year": years, "value": people, "by": source, "used": used})


def product():
    frame = pd.DataFrame({"year": [2021, 2022, 2023, 2024], "value": [14.2, 15.2, 16.228, 17.352]})
    ahead = pd.DataFrame({"year": range(2021, 2027)})
    ahead["fitted"] = 14.17 + 1.05 * (ahead["year"] - 2021)
    ahead["low"], ahead["high"] = ahead["fitted"] - 0.6, ahead["fitted"] + 0.6
    return frame.assign(by="simadanews.com"), ahead


def indices():
    years, values = [2021, 2022, 2023, 2024, 2022, 2023, 2024], [1.53, 2.35, 2.84, 3.03]
    frame = pd.DataFrame({"year": years, "value": [*values, 2.34, 2.79, 3.12], "by": "media"})
    return frame.assign(used=[True, True, False, *[True] * 4], area=["Kota"] * 4 + ["Nasional"] * 3)


PREDICATES = {"Kurang": 1.0, "Cukup": 1.8, "Baik": 2.6, "Sangat Baik": 3.5, "Memuaskan": 4.2}


def resamples(n=2000):
    drawn = np.random.default_rng(1).multivariate_normal([0.2, 0.1], 0.01 * np.eye(2), n)
    return pd.DataFrame(drawn, columns=["x", "y"])


GROUP_ROWS = ["Dinas (17)", "Badan (5)", "Kecamatan (8)", "Lainnya (5)", "Kota (35)"]
PLANE = {"cut_x": 3.0, "cut_y": 3.0, "corners": IPA, "label_x": "Keadaan", "label_y": "Kepentingan"}


def _heatmap(frame, **options):
    return heatmap(frame, "row", "column", "value", columns_in="group", title="T", **options)


def _ranked(frame):
    options = {"threshold": 2.6, "threshold_label": "ambang «Baik» 2,6", "highlight": "red"}
    return ranked(frame, "name", "value", "low", "high", label="Tingkat", title="T", **options)


def _sure(frame, **options):
    options = {"wide": ("wide_low", "wide_high"), "level": "level", "threshold": 2.6} | options
    labels = {"threshold_label": "ambang «Baik» 2,6", "label": "Tingkat", "title": "T"}
    return ranked(frame, "name", "value", "low", "high", **labels, **options)


def _choices(frame):
    return choices(frame.rename(columns={"name": "choice_name", "red": "reversed"}), title="T")


def _dumbbell(frame):
    labels = {"label_start": "keadaan sekarang", "label_end": "sasaran", "label": "Tingkat"}
    return dumbbell(frame, "name", "low", "high", category="kind", title="T", **labels)


def _likert(frame):
    levels = [f"level{level}" for level in range(1, 6)]
    return likert(frame, "name", levels, labels=LEVELS, title="T")


def _timeline(frame):
    return timeline(frame, "name", "months", category="kind", horizons=HORIZONS, title="T")


def _bars(frame):
    return bars(frame, "name", "value", category="kind", digits=1, label="Nilai", title="T")


def _quadrant(frame, **options):
    options = PLANE | {"category": "kind", "emphasis": "low_high"} | options
    return quadrant(frame, "name", "x", "y", title="T", **options)


def _trend(frame, **options):
    return trend(frame, "year", "value", publisher="by", title="T", **options)


def _cloud(frame, centre=(0.2, 0.1), **options):
    labels = {"corners": POSITION, "label_x": "X = S − W", "label_y": "Y = O − T"}
    return cloud(frame, "x", "y", centre=centre, title="T", **labels, **options)


def _boxes(text, description="", rows=1, **options):
    frame = pd.DataFrame({"corner": list(IPA) * rows, "name": text, "kind": description})
    heads = {corner: f"{text} {corner}" for corner in IPA}
    ends = {"axis_x": (text, text, text), "axis_y": ("Dana pusat", text, "Bertumbuh")}
    return boxes(
        frame.assign(level=(SURE * len(frame))[: len(frame)]), "corner", ["name", "kind"], heads,
        columns=["name", "kind"], title="T", **ends | options,
    )  # fmt: skip


KIND_OF_ROWS = {
    k.__name__[1:]: k for k in (_ranked, _choices, _dumbbell, _likert, _timeline, _bars)
}
SURE = ["clear", "likely", "unclear"]
MANY = {f"Indikator nomor {i}": f"Kelompok {i // 3}" for i in range(27)}

REALISTIC = {
    "heatmap": lambda: _heatmap(cells(GROUP_ROWS, SUBELEMENTS), total="Kota (35)", label="Tingkat"),
    **{k.__name__[1:]: lambda k=k: k(rows(SUBELEMENTS)) for k in KIND_OF_ROWS.values()},
    "ranked by level": lambda: _sure(claimed([*SUBELEMENTS, *DIMENSION, *GROUP_ROWS, "A"])),
    "quadrant": lambda: _quadrant(points(18, 0.6)),
    "quadrant by level": lambda: _quadrant(points(18, 0.6).assign(level=SURE * 6), level="level"),
    "trend": lambda: _trend(population(), used="used", label="Penduduk (jiwa)"),
    "trend with projection": lambda: _trend(product()[0], projection=product()[1], label="PDRB"),
    "trend beside another": lambda: _trend(
        indices(), used="used", category="area", levels=PREDICATES, label="Indeks SPBE"
    ),
    "cloud": lambda: _cloud(resamples()),
    "boxes": lambda: _boxes("Adopsi kecerdasan buatan", "Layanan terpadu tumbuh cepat."),
    "boxes by level": lambda: _boxes(
        "Kemampuan APBD", rows=9, level="level", axis_x=("", "A", "B")
    ),
}
NASTY_CASES = {
    "heatmap 35 x 27": lambda: _heatmap(cells([f"{LONG[:40]} {i}" for i in range(35)], MANY)),
    "heatmap long names": lambda: _heatmap(cells(NASTY, dict.fromkeys([*NASTY, "A"], LONG))),
    "heatmap one cell": lambda: _heatmap(cells(["A"], {"B": "C"})),
    "heatmap empty": lambda: _heatmap(cells([], {})),
    "heatmap blank": lambda: _heatmap(cells(["A", "B"], {"C": "D"}).assign(value=NAN)),
    **{
        f"{k.__name__[1:]} {case}": lambda k=k, f=f: k(f)
        for k in KIND_OF_ROWS.values()
        for case, f in {
            "long names": rows([*NASTY, "A"]),
            "one row": rows(["Anggaran"]),
            "35 rows": rows([f"Unit {i}" for i in range(35)]),
            "35 long names": rows([f"{i} {LONG}" for i in range(35)]),
            "blank": rows(["A", "B"]).assign(value=NAN, low=NAN, high=NAN, months=NAN),
            "some blank": rows(["A", "B", "C"]).assign(
                value=[2.0, NAN, 3.0], low=NAN, months=[6, NAN, 13.5], level1=0
            ),
            "equal": rows(["A", "B"]).assign(value=2.6, low=2.6, high=2.6, months=12),
            "empty": rows([]),
            "nullable": rows(["A", "B"])
            .convert_dtypes()
            .assign(value=pd.array([2, None], "Int64")),
            "no answers": rows(["A", "B"]).assign(**{f"level{i}": 0 for i in range(1, 6)}),
        }.items()
    },
    **{
        f"ranked by level {case}": lambda f=f, o=o: _sure(f, **o)
        for case, f, o in [
            ("long names", claimed([*NASTY, "A"]), {}),
            ("35 rows", claimed([f"{i} {LONG}" for i in range(35)]), {"limits": (1, 5)}),
            ("tiny", claimed(SUBELEMENTS, 0.001), {}),
            ("huge", claimed(SUBELEMENTS, 40), {}),
            ("one row", claimed(["Anggaran"]), {"threshold": None}),
            ("empty", claimed([]), {}),
            ("blank", claimed(["A", "B"]).assign(wide_low=NAN, wide_high=NAN, level=None), {}),
            ("nullable", claimed(["A", "B"]).convert_dtypes().assign(level=pd.NA), {}),
            ("only", claimed(SUBELEMENTS), {"wide": ()}),
        ]
    },
    "quadrant 27 clustered": lambda: _quadrant(points(27, 0.05)),
    "quadrant 27 long": lambda: _quadrant(
        points(27, 0.3).assign(name=lambda f: LONG[:45] + f.name)
    ),
    "quadrant all equal": lambda: _quadrant(points(9, 0.0)),
    "quadrant one point": lambda: _quadrant(points(1, 0.1)),
    "quadrant empty": lambda: _quadrant(points(2, 0.1).assign(x=NAN)),
    "quadrant at the edge": lambda: _quadrant(
        points(12, 0.05).assign(x=4.98, y=4.98), limits_x=(1, 5), limits_y=(1, 5), cut_x=4.9
    ),
    "quadrant long corners": lambda: _quadrant(points(9, 0.5), corners=dict.fromkeys(IPA, LONG)),
    "trend empty": lambda: _trend(population().head(0)),
    "trend one point": lambda: _trend(population().head(1)),
    "trend same year": lambda: _trend(population().assign(year=2024, by=LONG), used="used"),
    "cloud in a corner": lambda: _cloud(resamples(50) * [1, -1], centre=(0.2, -0.1)),
    "cloud of one": lambda: _cloud(
        resamples(1), limits_x=(-1.5, 1.5), limits_y=(-1.5, 1.5), centre=(1.4, 1.4)
    ),
    "boxes long": lambda: _boxes(LONG, (LONG + " ") * 4),
    "boxes long by level": lambda: _boxes(NASTY[2], LONG, rows=3, level="level"),
    "boxes plain": lambda: _boxes("A"),
    "boxes empty": lambda: _boxes("A", rows=0, none=dict.fromkeys(IPA, LONG), level="level"),
}
CASES = REALISTIC | NASTY_CASES


@pytest.fixture(scope="module", params=CASES)
def drawn(request):
    return CASES[request.param]()


FORMS = ["image/svg+xml", NARROW_SVG]


@pytest.fixture(params=FORMS, ids=["wide", "narrow"])
def form(request):
    return request.param


@pytest.fixture
def shown(drawn, form):
    """The texts of the picture in one form, as `written` finds them."""
    return written(drawn.media[form])


def test_every_text_stays_inside_the_picture(shown):
    (width, height), texts = shown
    for text, _size, (x0, y0, x1, y1) in texts:
        assert x0 >= -0.6 and x1 <= width + 0.6, text
        assert y0 >= -0.6 and y1 <= height + 0.6, text


def test_no_two_texts_overlap(shown, request, form):
    crowd = "at the edge" in request.node.name and form == NARROW_SVG  # 12 points in one place
    for (one, _size, a), (other, _same, b) in combinations(shown[1], 2):
        across = min(a[2], b[2]) - max(a[0], b[0])
        up = min(a[3], b[3]) - max(a[1], b[1])
        assert across <= 0.6 or up <= 1.5 or crowd, (one, other)


def test_the_narrow_form_is_340_pixels_wide_and_no_type_in_it_is_smaller_than_11(drawn):
    svg = drawn.media[NARROW_SVG]
    (width, _height), texts = written(svg)
    pixels = float(ElementTree.fromstring(svg).get("width"))
    assert pixels == 340
    assert all(size * pixels / width >= 11 for _text, size, _box in texts)


def test_every_mark_lies_inside_the_picture(drawn, form):
    root = ElementTree.fromstring(drawn.media[form])
    width, height = map(float, root.get("viewBox").split()[2:])
    places = [(float(use.get("x")), float(use.get("y"))) for use in root.iter(f"{SVG}use")]
    marks = {child for defs in root.iter(f"{SVG}defs") for child in defs.iter()}
    for path in root.iter(f"{SVG}path"):
        if path not in marks:
            numbers = [float(n) for n in re.findall(r"-?\d+\.?\d*", path.get("d") or "")]
            places += zip(numbers[::2], numbers[1::2], strict=True)
    assert all(-1 <= x <= width + 1 and -1 <= y <= height + 1 for x, y in places)


@pytest.mark.parametrize("name", REALISTIC)
def test_the_narrow_form_says_all_names_and_values_of_the_wide_one(name):
    exhibit = REALISTIC[name]()
    wide, narrow = (
        " ".join(text for text, _size, _box in written(exhibit.media[form])[1]) for form in FORMS
    )
    missing = {word for word in wide.split() if word not in narrow}
    ticks = {word for word in missing if re.fullmatch(r"[-−\d.,–]+%?", word)}
    assert missing <= ticks


def test_no_text_is_small_or_pale(drawn):
    for text in drawn.figure.findobj(Text):
        assert text.get_fontsize() >= 9
        assert contrast(text.get_color(), "white") >= 4.5 or text.get_color() == "#ffffff"


def test_the_svg_is_lean_and_keeps_text_as_text(drawn, form):
    svg = drawn.media[form]
    assert written(svg)[1]
    assert not re.search("<script|<metadata|clip-path|<!--|<image", svg)
    assert not re.search(r'"[^"<>]*\d\.\d\d[^"<>]*"', re.sub("<svg.*?>|<style.*?</style>", "", svg))


def test_a_picture_has_a_palette_for_the_dark(drawn, form):
    svg = drawn.media[form]
    [rules] = re.findall(r"<style>.*prefers-color-scheme:dark\){(.*)}</style>", svg)
    drawn_in = set(re.findall(r"(?:fill|stroke):(#[0-9a-f]{6})(?=[;\"])", svg.split("</style>")[1]))
    turned = set(re.findall(r"(?:fill|stroke):(#[0-9a-f]{6})\"", rules))
    assert drawn_in and drawn_in <= turned | {"#8a8172"}


def test_an_exhibit_is_one_line_where_only_text_is_shown(drawn):
    assert repr(drawn) == f"<chart: {drawn.content['title']}>"


def test_the_content_is_json_and_the_html_escapes(drawn):
    assert json.loads(json.dumps(drawn.content, allow_nan=False)) == json.loads(
        json.dumps(drawn.content)
    )
    assert drawn.content["kind"] == "chart" and drawn.content["alt"]
    assert "<b>" not in drawn.html


@pytest.mark.parametrize("name", REALISTIC)
def test_the_same_input_gives_the_same_bytes(name):
    assert REALISTIC[name]().media == REALISTIC[name]().media


@pytest.mark.parametrize(
    ("name", "frame", "columns"),
    [
        ("heatmap", cells(GROUP_ROWS, SUBELEMENTS), ["row", "group", "column", "value"]),
        ("ranked", rows(SUBELEMENTS), ["name", "value", "low", "high"]),
        ("dumbbell", rows(SUBELEMENTS), ["name", "kind", "low", "high"]),
        ("likert", rows(SUBELEMENTS), ["name", *(f"level{i}" for i in range(1, 6))]),
        ("timeline", rows(SUBELEMENTS), ["name", "kind", "months"]),
        ("bars", rows(SUBELEMENTS), ["name", "kind", "value"]),
        ("quadrant", points(18, 0.6), ["name", "kind", "x", "y"]),
        ("trend with projection", product()[0], ["year", "value", "by"]),
    ],
)
def test_the_data_are_those_of_the_frame(name, frame, columns):
    content = REALISTIC[name]().content
    assert content["chart"] == name.split(" ")[0]
    expected = grids.grid(frame[columns])
    assert {part: content[part] for part in expected} == expected


@pytest.mark.parametrize(
    ("name", "most", "least"),
    [("bars", "Kelembagaan", "SDM"), ("ranked", "Kelembagaan", "SDM")],
)
def test_the_alternative_text_names_highest_and_lowest(name, most, least):
    frame = rows(SUBELEMENTS).assign(value=3.0)
    frame.loc[frame["name"] == most, ["value", "high"]] = 4.25
    frame.loc[frame["name"] == least, ["value", "low"]] = 1.75
    alt = {"bars": _bars, "ranked": _ranked}[name](frame).content["alt"]
    high, low = {"bars": ("4,2", "1,8"), "ranked": ("4,25", "1,75")}[name]
    assert alt.startswith("T. ")
    assert f"Tertinggi: {most} ({high})" in alt and f"terendah: {least} ({low})" in alt


def test_the_alternative_text_tells_ties_and_what_is_clear_by_name():
    frame = of_levels("clear", "likely", "unclear", "clear").assign(value=[3.0, 2.0, 2.0, 3.001])
    said = "Tertinggi: Butir 0 dan Butir 3 (3,00); terendah: Butir 1 dan Butir 2 (2,00)."
    assert _sure(frame).content["alt"] == f"T. {said} Jelas 2 dari 4: Butir 0 dan Butir 3."
    assert "Sama semua: A, B, C, dan D (2,0)." in _bars(rows("ABCD").assign(value=2)).content["alt"]
    near = rows("AB").assign(value=[2.001, 2.002])
    assert "Hampir sama: A dan B (2,0)." in _bars(near).content["alt"]
    own = grids.grid(near, ["value"])
    assert own["columns"][0]["format"] == 3


def test_an_alternative_text_may_be_given():
    assert bars(rows(["A"]), "name", "value", title="T", alt="Sendiri").content["alt"] == "Sendiri"


def texts(exhibit):
    root = ElementTree.fromstring(exhibit.media["image/svg+xml"])
    return [e.text for e in root.iter("{http://www.w3.org/2000/svg}text")]


def test_a_box_holds_the_rows_of_its_corner_and_says_where_there_are_none():
    frame = pd.DataFrame({"corner": ["low_high", "low_high", "high_low"], "name": ["A", "B", "C"],
                          "level": ["clear", "likely", "clear"], "n": [3, 4, 5]})  # fmt: skip
    exhibit = boxes(
        frame, "corner", ["name"], IPA, axis_x=("", "kiri", "kanan"), axis_y=("", "bawah", "atas"),
        columns=["name", "n"], none=dict.fromkeys(IPA, "kosong"), level="level", title="T",
    )  # fmt: skip
    places = {t.get_text(): t.get_window_extent() for t in exhibit.figure.axes[0].texts}
    assert [texts(exhibit).count(mark) for mark in ("●●●", "●●○", "kosong")] == [2, 1, 2]
    assert places["A"].y0 > places["B"].y0 > places["C"].y1
    assert places["kiri"].x0 < places["A"].x0 < places["kanan"].x0 < places["C"].x0
    assert places["atas"].y0 > places["bawah"].y1 and places["C"].y1 < places["atas"].y0
    assert exhibit.content["rows"] == [["A", 3, "●●● jelas"], ["B", 4, "●●○ cenderung"],
                                       ["C", 5, "●●● jelas"]]  # fmt: skip


def test_numbers_have_decimal_commas_and_years_no_separator():
    assert {"2024", "278.320", "277.054"} <= set(texts(REALISTIC["trend"]()))
    frame = rows(["A"]).assign(value=3.25, low=3.0, high=3.5)
    assert {"3,25", "3,00–3,50"} <= set(texts(_ranked(frame)))


def test_a_line_leads_over_three_years_and_to_no_figure_that_is_not_used():
    frame = pd.DataFrame({"year": [2010, 2013, 2014, 2018, 2019], "value": 1.0, "by": "media"})
    [ax] = _trend(frame.assign(used=[True, True, True, True, False]), used="used").figure.axes
    ways = [line.get_xdata().tolist() for line in ax.lines if line.get_linestyle() == "-"]
    assert ways == [[2010, 2013, 2014], [2018]]


def test_a_trend_shows_the_levels_in_view_and_others_in_grey():
    options = {"used": "used", "category": "area", "levels": PREDICATES}
    drawn = _trend(indices(), **options)
    assert {"Kurang", "Cukup", "Baik"} <= set(texts(drawn))
    assert not {"Sangat Baik", "Memuaskan"} & set(texts(drawn))
    [ax] = drawn.figure.axes
    across = {line.get_ydata()[0] for line in ax.lines if len(set(line.get_ydata())) == 1}
    assert {1.8, 2.6} <= across and not {1.0, 3.5, 4.2} & across
    ways = {
        line.get_color(): line.get_xdata().tolist()
        for line in ax.lines
        if line.get_linestyle() == "-"
    }
    assert ways == {style.TEAL: [2021, 2022, 2024], GREY: [2022, 2023, 2024]}
    assert (
        "Dari 1,53 (2021) ke 3,03 (2024). Angka sumber lain: 2,84 (2023)." in drawn.content["alt"]
    )
    assert drawn.content["rows"][-1][:3] == ["Nasional", 2024, 3.12]


def test_shares_are_percentages_in_figures_on_the_axis_and_in_words():
    frame = pd.DataFrame(
        {
            "name": ["A", "B"],
            "dimension_weight": [0.275, 0.09],
            "low": [0.2, 0.0],
            "high": [0.3, 0.1],
        }
    )
    frame.attrs["declared"] = tuple(frame.columns)
    drawn = ranked(frame, "name", "dimension_weight", title="T")
    said = [text for text, _size, _box in written(drawn.media["image/svg+xml"])[1]]
    assert {"28%", "20–30%", "9%", "0–10%", "20%"} <= set(said)
    assert "Tertinggi: A (28%); terendah: B (9%)." in drawn.content["alt"]
    cells = frame.assign(column="K")
    drawn = heatmap(cells, "name", "column", "dimension_weight", limits=(0, 0.5), title="T")
    said = [text for text, _size, _box in written(drawn.media["image/svg+xml"])[1]]
    assert {"28%", "9%", "0%", "50%"} <= set(said)


def test_a_row_without_an_interval_says_only_its_value():
    frame = rows(["A", "B"]).assign(value=[3.0, 2.0], low=[2.5, NAN], high=[3.5, NAN])
    assert [t for t in texts(_ranked(frame)) if "–" in t] == ["2,5–3,5"]


def test_a_missing_cell_of_a_heatmap_is_a_dash():
    frame = cells(["A", "B"], {"C": "D", "E": "D"})
    assert "–" in texts(_heatmap(frame.assign(value=[1.0, NAN, 2.0, 3.0])))
    assert "–" in texts(_heatmap(frame.drop(index=1)))


def test_the_total_of_a_heatmap_stands_last_whatever_its_place():
    shown = texts(_heatmap(cells(["Kota", "A", "B"], {"C": "D"}), total="Kota"))
    assert [t for t in shown if t in ("Kota", "A", "B")] == ["A", "B", "Kota"]


def test_values_of_ranked_never_stand_on_the_threshold():
    exhibit = REALISTIC["ranked"]()
    axes = exhibit.figure.axes[0]
    values = [t for t in axes.texts if "," in t.get_text() and "ambang" not in t.get_text()]
    assert len(values) == 18
    assert all(t.get_window_extent().x0 > axes.bbox.x1 for t in values)


def test_the_shares_of_a_cloud_are_its_data():
    samples = pd.DataFrame({"x": [1, 1, 1, -1], "y": [1, 1, -1, -1]}, dtype=float)
    exhibit = _cloud(samples, centre=(0.5, 0.2))
    shares = {"I Progresif": 0.5, "II Diversifikasi": 0.25, "IV Bertahan": 0.25}
    assert [c["key"] for c in exhibit.content["columns"]] == ["quadrant", "share"]
    assert dict(exhibit.content["rows"]) == shares | {"III Ubah strategi": 0.0}
    assert "(+0,50; +0,20)" in texts(exhibit)


def framed():
    told = {"note": "Catatan ini.", "source": "data CONTOH (sintetis), 35 dari 35 unit, 2023"}
    return bars(rows(["A"]), "name", "value", title="Satu batang saja", **told)


def test_a_picture_is_saved_with_its_title_note_and_source(tmp_path):
    exhibit = framed()
    for ending in ("svg", "png", "pdf"):
        exhibit.save(tmp_path / f"chart.{ending}")
    saved = (tmp_path / "chart.svg").read_text("utf-8")
    for told in ("Satu batang saja", "Catatan ini.", "Sumber: data CONTOH (sintetis), 35"):
        assert told in saved
    high, wide, _channels = imread(tmp_path / "chart.png").shape
    width, height = exhibit.figure.get_size_inches()
    assert wide == round(width * 200) and high > height * 200 + 100
    assert "Catatan" not in exhibit.media["image/svg+xml"]


def test_the_frame_of_a_picture_can_be_taken_off():
    exhibit = framed()
    png = base64.b64decode(exhibit.media["image/png"])
    whole, inner = Image.open(io.BytesIO(png)), Image.open(io.BytesIO(bare(png)))
    assert inner.width == whole.width == 1080
    assert abs(inner.height - 150 * exhibit.figure.get_size_inches()[1]) <= 2
    assert whole.height > inner.height + 60
    top = np.asarray(whole.convert("L"))[: whole.height - inner.height - 60]
    assert top.min() < 100  # the title
    assert np.asarray(inner.convert("L"))[[0, -1]].min() > 240


@pytest.mark.parametrize("foot", [False, True])
def test_a_key_keeps_its_place_in_the_picture_when_a_frame_stands_around_it(foot):
    figure = Canvas(400, 200)
    marks = [keys.dot("satu", style.Cue("#ff0000", "s"))]
    keys.key(figure, marks, foot=foot)
    png = base64.b64decode(handed.png(figure, "Judul", "Catatan", "Sumber"))
    red = np.asarray(Image.open(io.BytesIO(bare(png))).convert("RGB")).astype(int)
    rows = np.flatnonzero(((red[..., 0] > 200) & (red[..., 1] < 90)).any(axis=1)) / len(red)
    assert len(rows) and (rows.min() > 0.8 if foot else rows.max() < 0.2)


@pytest.mark.parametrize("kind", KIND_OF_ROWS.values())
def test_many_rows_are_slim_with_names_on_one_line(kind):
    name = "Dinas Perumahan Rakyat dan Kawasan Permukiman"
    exhibit = kind(rows([name] * 35))
    assert 590 <= exhibit.figure.bbox.height <= 710
    assert texts(exhibit).count(name) == 35


def test_a_frame_is_left_as_it_was():
    frame = population()
    before = frame.copy(deep=True)
    _trend(frame, used="used")
    pd.testing.assert_frame_equal(frame, before)


HOUSE = {"distrik": "Distrik", "upt": "UPT", "lainnya": "Perangkat daerah lainnya"}
BLUE, AMBER, GREEN = (
    style.Cue(colour, mark)
    for colour, mark in zip(style.COLOURS, "os^", strict=False)
)  # fmt: skip


def test_dimensions_and_groups_keep_their_colours_by_id_and_by_name():
    by_name = cues(pd.Series(["Smart Living", "Smart Governance"]))
    assert list(by_name.values()) == [DIMENSIONS["governance"], DIMENSIONS["living"]]
    groups = cues(pd.Series(["lainnya", "distrik", None]), HOUSE)
    assert groups == {"distrik": BLUE, "lainnya": GREEN} and list(groups) == ["distrik", "lainnya"]
    assert cues(pd.Series(["Perangkat daerah lainnya", "UPT"]), HOUSE) == {
        "UPT": AMBER, "Perangkat daerah lainnya": GREEN
    }  # fmt: skip


def test_other_categories_are_told_apart_by_colour_and_marker():
    found = list(cues(pd.Series(list("ABCDEFGHIJKL"))).values())
    assert len(set(found)) == 12
    ordered = cues(pd.Series(pd.Categorical(["b", "a"], categories=["a", "b", "c"])))
    assert list(ordered) == ["a", "b"]


def test_digits_are_readable_on_every_shade():
    for shade in np.linspace(0, 1, 101):
        assert contrast(ink_on((shade, shade, shade)), (shade, shade, shade)) >= 4.5


def test_wrapped_lines_fit_and_lose_nothing():
    for text in [*NASTY, "a b c", ""]:
        for width in (30, 80, 200):
            lines = wrap(text, width)
            assert all(extent(line) <= width for line in lines)
            kept = "".join(line.removesuffix("-") for line in lines).replace(" ", "")
            assert kept == (text.replace(" ", "") or "–")
    name = "Dinas Pengendalian Penduduk dan KB"
    assert wrap(name, 180) == ["Dinas Pengendalian Penduduk dan", "KB"]
    assert balance(name, 180) == ["Dinas Pengendalian", "Penduduk dan KB"]
    assert wrap("a\x00\n\tb", 100) == ["a b"]


def test_labels_that_cannot_all_fit_are_counted():
    from matplotlib.figure import Figure

    axes = Figure(figsize=(0.5, 0.5), dpi=72).subplots()
    assert label_points(axes, [0.5] * 9, [0.5] * 9, [LONG] * 9) > 0


def test_a_row_that_only_ends_like_a_category_is_plain_data():
    names = ["Infrastruktur sosial", "Smart Society", "Perangkat daerah lainnya"]
    frame = pd.DataFrame({"name": names})
    assert named_cues(frame, "name") == [DATA, DIMENSIONS["society"], DATA]
    frame.attrs["groups"] = HOUSE
    assert named_cues(frame, "name") == [DATA, DIMENSIONS["society"], GREEN]


def test_points_at_the_ends_of_a_scale_are_drawn_whole_and_apart_from_the_difference():
    frame = pd.DataFrame({"name": ["A", "B"], "low": [1.0, 2.0], "high": [5.0, 5.0]})
    drawn = dumbbell(frame, "name", "low", "high", limits=(1, 5), digits=0, title="T")
    axes = drawn.figure.axes[0]
    shown = {
        t.get_text(): t.get_window_extent() for t in drawn.figure.findobj(Text) if t.get_text()
    }
    left, right = axes.bbox.x0, axes.bbox.x1
    assert axes.transData.transform((1, 0))[0] - left > 6
    assert right - axes.transData.transform((5, 0))[0] > 6
    assert shown["+4"].x0 > right


def test_the_picture_for_word_is_small_and_sharp(drawn):
    content = base64.b64decode(drawn.media["image/png"])
    picture = Image.open(io.BytesIO(content))
    assert picture.width >= 1080
    assert len(content) < picture.width * picture.height / 10


def drawn_lines(exhibit, row):
    """The lines of a row that have a length: (ends, width, layer, colour)."""
    return [
        (tuple(line.get_xdata()), line.get_linewidth(), line.get_zorder(), line.get_color())
        for line in exhibit.figure.axes[0].lines
        if len(line.get_xdata()) == 2 and set(line.get_ydata()) == {row}
    ]


def colours(exhibit, row):
    """All colours that a row is drawn in but those of outlines."""
    dots = [
        line.get_markerfacecolor()
        for line in exhibit.figure.axes[0].lines
        if line.get_marker() not in ("None", None, "") and line.get_ydata() == [row]
    ]
    return {*dots, *(colour for *_rest, colour in drawn_lines(exhibit, row))}


def of_levels(*levels, **others):
    """A row for each level, named like plain data."""
    frame = pd.DataFrame({"name": [f"Butir {i}" for i in range(len(levels))], "level": levels})
    ends = {"value": 2.0, "low": 1.9, "high": 2.1, "wide_low": 1.8, "wide_high": 2.2}
    return frame.assign(**ends | others)


def test_the_interval_at_95_percent_is_thick_and_short_above_the_thin_long_one():
    frame = claimed(SUBELEMENTS)
    exhibit = _sure(frame)
    for row in range(len(frame)):
        thin, thick = sorted(drawn_lines(exhibit, row), key=lambda line: line[1])
        assert thick[0] == tuple(frame.loc[row, ["low", "high"]])
        assert thin[0] == tuple(frame.loc[row, ["wide_low", "wide_high"]])
        assert thick[1] >= 3 * thin[1] and thick[2] > thin[2]


def test_the_key_draws_what_it_says_of_lines():
    exhibit = _sure(of_levels(*SURE), confidence=0.9)
    handles = {h.get_label(): h for h in exhibit.figure.legends[0].legend_handles}
    thick = handles["tebal: selang 90%"]
    thin = handles["tipis: taraf keluarga pembandingan; dari situ «jelas» dibaca"]
    grey = handles["abu-abu: cenderung atau belum jelas"]
    long, short = sorted(drawn_lines(exhibit, 0))
    assert (thin.get_linewidth(), thick.get_linewidth()) == (long[1], short[1])
    assert grey.get_markerfacecolor() == GREY


@pytest.mark.parametrize("flag", [False, True])
def test_only_what_is_clear_has_a_colour(flag):
    exhibit = _sure(of_levels(*SURE, "", None, red=flag), highlight="red")
    cue = ATTENTION if flag else DATA
    assert [colours(exhibit, row) for row in range(5)] == [{cue.colour}] + [{GREY}] * 4


def test_a_row_named_after_a_dimension_keeps_colour_and_shape_only_while_it_is_clear():
    exhibit = _sure(of_levels("clear", "likely").assign(name="Smart Economy"))
    cue = DIMENSIONS["economy"]
    assert colours(exhibit, 0) == {cue.colour}
    assert colours(exhibit, 1) == {GREY}
    dots = [
        line.get_marker() for line in exhibit.figure.axes[0].lines if len(line.get_xdata()) == 1
    ]
    assert dots == [cue.marker] * 2


def test_the_key_says_grey_only_where_there_is_any_and_what_was_not_compared():
    assert not any(t.startswith("abu-abu") for t in texts(_sure(of_levels("clear", "clear"))))
    said = "abu-abu: cenderung, belum jelas, atau tidak dibandingkan"
    assert said in texts(_sure(of_levels("clear", "")))


def test_without_an_interval_of_the_family_only_the_thick_line_is_drawn():
    exhibit = _sure(of_levels("unclear", "clear").assign(wide_high=[NAN, 2.2]))
    assert [len(drawn_lines(exhibit, row)) for row in (0, 1)] == [1, 2]
    both = [max(drawn_lines(exhibit, row), key=lambda line: line[1])[:2] for row in (0, 1)]
    assert both[0] == both[1]
    assert not any(t.startswith("tipis") for t in texts(_sure(of_levels("clear", wide_low=NAN))))


def test_the_axis_holds_the_whole_of_the_thin_lines():
    low, high = _sure(of_levels("clear", wide_low=-9.0, wide_high=12.0)).figure.axes[0].get_xlim()
    assert low < -9 and high > 12


def test_whatever_is_drawn_can_be_seen_on_paper_and_grey_told_from_plain_data():
    palette = {cue.colour for cue in (DATA, ATTENTION, *DIMENSIONS.values())}
    palette |= {
        cue.colour for cue in (*style.FORCES.values(), *cues(pd.Series(list("ABCDEFG"))).values())
    }
    for colour in palette | {GREY, style.CROSS, *style.LEVELS}:
        assert contrast(colour, style.PAPER) >= 3, colour
    assert min(contrast(GREY, cue.colour) for cue in (DATA, ATTENTION)) >= 1.8


def test_what_is_drawn_can_be_seen_in_the_dark_and_read_on_every_shade():
    paper = style.DARK[style.WHITE]
    cued = {cue.colour for cue in (DATA, ATTENTION, *DIMENSIONS.values(), *style.FORCES.values())}
    for colour in cued | {GREY, style.CROSS}:
        assert contrast(style.DARK[colour], paper) >= 3, colour
    for colour in (style.INK, style.MUTED, style.RED, style.TEAL):
        assert contrast(style.DARK[colour], paper) >= 4.5
    for shade in (*style.SHADES, *style.LEVELS):
        assert contrast(style.DARK[ink_on(shade)], style.DARK[shade]) >= 4.5, shade


def test_points_that_are_not_clear_are_grey_and_keep_their_shape():
    frame = points(6, 0.6).assign(level=SURE * 2)
    exhibit = _quadrant(frame, level="level")
    dots = [line for line in exhibit.figure.axes[0].lines if line.get_marker() in "osD"]
    expected = cues(frame["kind"])
    for dot, kind, level in zip(dots, frame["kind"], frame["level"], strict=True):
        cue = expected[kind]
        assert dot.get_marker() == cue.marker
        assert dot.get_markerfacecolor() == (cue.colour if level == "clear" else GREY)
    assert "abu-abu: cenderung atau belum jelas" in texts(exhibit)
    assert exhibit.content["alt"].endswith(
        "Jelas 2 dari 6: Indikator kesiapan nomor 1 dan Indikator kesiapan nomor 4."
    )


def test_the_data_say_how_sure_each_row_is_and_the_words_how_many_are_clear():
    content = _sure(of_levels(*SURE, "")).content
    names = ["name", "value", "low", "high", "wide_low", "wide_high", "level_name"]
    assert [c["key"] for c in content["columns"]] == names
    assert content["columns"][-1]["format"] == "text"
    words = ["●●● jelas", "●●○ cenderung", "●○○ belum jelas", None]
    assert [row[4:] for row in content["rows"]] == [[1.8, 2.2, word] for word in words]
    assert content["alt"].endswith("Jelas 1 dari 4: Butir 0.")
    assert [t for t in texts(_sure(of_levels("clear"))) if "–" in t] == ["1,9–2,1"]


@pytest.mark.parametrize("kind", [_sure, _ranked, _dumbbell, _bars, _timeline, _likert])
def test_the_ids_of_claims_come_along_beside_the_data(kind):
    frame = claimed(["A", "B", "C"])
    content = kind(frame).content
    assert content["claims"] == ["", "s.1.k", "s.2.k"]
    assert "claim" not in [c["key"] for c in content["columns"]]
    assert "claims" not in kind(frame.drop(columns="claim")).content


def test_the_ids_of_claims_follow_the_rows_of_a_quadrant():
    frame = points(3, 0.6).assign(claim=["a.b.c", None, "d.e.f"], x=[2.0, 3.0, NAN])
    content = _quadrant(frame).content
    assert content["claims"] == ["a.b.c", "", "d.e.f"] and len(content["rows"]) == 3


def test_the_marks_of_a_row_carry_its_group():
    frame = cells(["A", "B", "Kota"], {"x": "", "y": ""})
    groups = frame["row"].map({"A": "dinas", "B": "badan", "Kota": "city"})
    frame = frame.assign(group_of=frame.pop("group"), group=groups, item=range(len(frame)))
    named = {"badan": "Badan", "dinas": "Dinas"}
    frame.attrs = {"stage": "gap", "of": "", "scope": "35", "source": "", "groups": named}
    shown = heatmap(frame, "row", "column", "value", title="T")
    for kind in ("image/svg+xml", NARROW_SVG):
        texts = {"part-1": "", "part-2": ""}
        for mark in ElementTree.fromstring(shown.media[kind]).iter(f"{SVG}g"):
            if of := mark.get("class"):
                texts[of] += "".join(mark.itertext())
        assert "B" in texts["part-1"] and "A" in texts["part-2"]
        assert not any("Kota" in text for text in texts.values())
    frame.attrs["groups"] = {}
    assert "part-" not in heatmap(frame, "row", "column", "value", title="T").media[NARROW_SVG]


@pytest.mark.parametrize(
    ("values", "digits"),
    [
        ([3.0, 12.0], 0),
        ([3.25, 4.75], 2),
        ([3.5, 2.5], 1),
        ([3.591, 2.148], 1),
        ([3.591, 3.588], 3),
        ([3.6014, 3.5523], 2),
        ([3.0001, 3.0002], 4),
        ([0.0012, 0.0031, 0.0], 3),
        ([n / 7 for n in range(50)], 1),
        ([3 + n / 70_000 for n in range(50)], 4),
        ([1e-9, 2e-9], 6),
        ([1234.567, 87.123], 0),
        ([1 / 3], 2),
        ([NAN], 0),
        ([], 0),
    ],
)
def test_digits_are_as_few_as_tell_values_apart(values, digits):
    assert formats.few(values) == digits


def test_unlike_bars_bear_unlike_numbers_and_a_stages_column_the_declared_digits():
    values = np.linspace(3.591, 2.148, 35)
    frame = pd.DataFrame({"name": [f"Unit {i}" for i in range(35)], "score": values})
    said = [t for t in texts(bars(frame, "name", "score")) if t and not t.startswith("Unit")]
    assert len(set(said)) == len(said) == 35
    ours = rows(["A", "B"]).assign(mean=[3.0, 2.0])
    ours.attrs["declared"] = tuple(ours.columns)
    assert {"3,00", "2,00"} <= set(texts(bars(ours, "name", "mean")))
    assert {"3", "2"} <= set(texts(bars(ours, "name", "mean", digits=0)))


def test_levels_of_an_index_are_columns_too():
    frame = rows(["A", "B"])
    plain = bars(frame, "name", "value")
    assert bars(frame.set_index("name"), "name", "value").media == plain.media
    assert bars(frame.set_index("name")["value"], "name", "value").media == plain.media
    counts = pd.crosstab(pd.Series([1, 1, 2], name="n"), pd.Series([1.0, 2.0, 2.0], name="level"))
    assert likert(counts, "n", ["1", "2"], labels=["rendah", "tinggi"]).content["rows"] == [
        [1, 1, 1],
        [2, 0, 1],
    ]


KINDS = [bars, boxes, choices, cloud, dumbbell, heatmap, likert, quadrant, ranked, timeline, trend]


def test_one_word_means_the_same_in_every_chart():
    meant = {}
    for kind in KINDS:
        for word in inspect.signature(kind).parameters.values():
            meant.setdefault(word.name, {})[kind.__name__] = word.annotation
    for name, kinds in meant.items():
        said = {inspect.formatannotation(one).removesuffix(" | None") for one in kinds.values()}
        assert len(said) == 1, (name, kinds)
    every = {name for name, kinds in meant.items() if len(kinds) == len(KINDS)}
    assert every == {"frame", "title", "note", "source", "alt"}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_word_of_a_chart_is_explained_and_its_title_may_be_left_out(kind):
    words = inspect.signature(kind).parameters
    assert words["title"].default == ""
    for name in words:
        told = " ".join(kind.__doc__.split())
        told += charts.__doc__ if "see `charts`" in told else ""
        assert f"`{name}`" in told or name == "frame", name


def test_a_frame_without_intervals_is_ranked_by_its_values_alone():
    exhibit = ranked(rows(["A", "B"])[["name", "value"]].assign(value=[2.5, 1.5]), "name", "value")
    assert exhibit.content["rows"] == [["A", 2.5, None, None], ["B", 1.5, None, None]]
    assert {"2,5", "1,5"} <= set(texts(exhibit))
    assert not [text for text in texts(exhibit) if "–" in text]


def test_a_group_at_the_right_edge_has_its_name_inside_the_picture():
    groups = {f"Butir {i}": "Awal" if i < 8 else "Kelompok yang namanya panjang" for i in range(9)}
    drawn = _heatmap(cells(["A", "B"], groups), digits=2)
    for form in FORMS:
        (width, _height), said = written(drawn.media[form])
        assert all(box[2] <= width + 0.6 for _text, _size, box in said)
