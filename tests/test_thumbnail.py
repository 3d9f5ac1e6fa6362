"""The small pictures of the index: drawn from a chart's own numbers, tiny, and harmless."""

import re
import xml.etree.ElementTree as ET

import pytest

from analysis.reports.thumbnail import DRAWN, MOST, thumbnail
from analysis.tables import MARKS

COLUMNS = {
    "ranked": ("name", "mean", "low", "high", "level_name"),
    "dumbbell": ("name", "dimension_name", "current", "target"),
    "bars": ("name", "score"),
    "quadrant": ("name", "uncertainty", "impact", "level_name"),
    "trend": ("year", "value"),
    "heatmap": ("label", "sheet", "percent"),
}
TEXTS = ("name", "dimension_name", "level_name", "label", "sheet")


def chart(kind: str, rows: list[list], **changes) -> dict:
    columns = [{"key": k, "format": "text" if k in TEXTS else 2} for k in COLUMNS[kind]]
    content = {"kind": "chart", "chart": kind, "title": "Judul", "columns": columns, "rows": rows}
    return content | changes


def ranked(*values: float, **changes) -> dict:
    levels = [*MARKS.values()]
    rows = [[f"Butir {i}", v, v - 1, v + 1, f"{levels[i % 2]} kata"] for i, v in enumerate(values)]
    return chart("ranked", rows, **changes)


def rows_of(kind: str, many: int) -> list[list]:
    made = {"name": "Nama <b>", "dimension_name": "D", "label": "Dinas", "level_name": "●●● jelas"}
    return [
        [made.get(k, f"lembar {i}" if k == "sheet" else i + 0.5) for k in COLUMNS[kind]]
        for i in range(many)
    ]


@pytest.mark.parametrize("kind", DRAWN)
def test_every_kind_is_a_small_picture_that_stays_inside_its_frame(kind):
    drawn = str(thumbnail([chart(kind, rows_of(kind, 60), title="A <b> & C")]))
    assert len(drawn.encode()) < 12 * 1024
    picture = ET.fromstring(drawn)
    assert picture.get("aria-label") == "A <b> & C"
    _x, _y, width, height = map(float, picture.get("viewBox").split())
    for mark in picture.iter():
        assert 0 <= float(mark.get("cx", 0)) <= width
        assert 0 <= float(mark.get("cy", mark.get("y", 0))) <= height
    assert "nan" not in drawn


def test_marks_stand_where_the_numbers_are_and_say_how_sure_they_are():
    drawn = ET.fromstring(str(thumbnail([ranked(1, 3, 2)])))
    dots = {mark: float(mark.find("circle").get("cx")) for mark in drawn.iter("g")}
    low, high, middle = dots.values()
    assert low < middle < high
    assert [g.get("class") for g in dots] == ["clear", "likely", "clear"]
    assert [t.text for t in drawn.iter("text")] == ["Butir 0", "Butir 2"]


def test_of_many_rows_the_first_the_last_and_some_between_are_shown():
    drawn = ET.fromstring(str(thumbnail([ranked(*range(40))])))
    assert len(list(drawn.iter("circle"))) == MOST
    assert [t.text for t in drawn.iter("text")] == ["Butir 0", "Butir 39"]


def test_the_chart_that_quotes_a_claim_is_shown_before_others():
    first, second = ranked(1, 2, title="Pertama"), ranked(3, 4, title="Kedua", claims=["a.b.c", ""])
    assert "Kedua" in thumbnail([first, second])
    assert "Pertama" in thumbnail([first, second | {"claims": ["", ""]}])


def test_what_has_no_number_leaves_a_hole_and_what_cannot_be_drawn_no_picture():
    cells = [["Dinas", "1", 1.0], ["Dinas", "2", None], ["Dinas", "3", 2.0], ["Badan", "1", 3.0]]
    drawn = str(thumbnail([chart("heatmap", cells)]))
    assert re.findall(r'x="([\d.]+)"', drawn) == ["0.0", "160.0", "0.0"]
    cloud = chart("ranked", [["a", 1, 1, 1, ""]] * 2, chart="cloud")
    assert thumbnail([cloud, ranked(), ranked(1), {"kind": "table"}]) == ""
