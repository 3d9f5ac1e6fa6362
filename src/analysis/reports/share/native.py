"""Exhibits as charts that PowerPoint draws itself: their numbers can be edited, and stay numbers.

Every number is that of a row of the exhibit.
"""

from collections.abc import Mapping
from typing import Any, cast

from pptx.chart.chart import Chart
from pptx.chart.data import ChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE as TYPE
from pptx.enum.chart import XL_LABEL_POSITION as AT
from pptx.enum.chart import XL_TICK_LABEL_POSITION
from pptx.oxml.ns import qn
from pptx.shapes.graphfrm import GraphicFrame
from pptx.shapes.shapetree import SlideShapes
from pptx.util import Length, Pt

from analysis.reports.share import trend
from analysis.reports.share.measure import one_line
from analysis.reports.share.plot import (
    INK,
    LINE,
    TEAL,
    WHITE,
    Drawn,
    fill,
    form,
    label,
    legend,
    numeric,
)
from analysis.text import _

MOST = 12  # bars, so that their names can be read from afar
# From the lowest to the highest of five levels, and whether white letters are read on them.
LEVELS = ("8F2A1D", "CF7865", "B9B6AF", "5F99A3", "1A5360")
PALE = {"CF7865", "B9B6AF", "5F99A3"}
CHOSEN = {1: (2,), 2: (0, 4), 3: (0, 2, 4), 4: (0, 1, 3, 4)}


def fits(content: Mapping[str, Any]) -> bool:
    """Whether an exhibit can be such a chart, and be read on a slide."""
    kind, shown = content["chart"], content["rows"]
    if kind not in DRAWN or not shown:
        return False
    if kind == "likert" and not 1 < len(numeric(content)) <= len(LEVELS):
        return False
    return trend.shown(content) if kind == "trend" else len(shown) <= MOST


def draw(
    shapes: SlideShapes, content: Mapping[str, Any], box: tuple[Length, Length, Length, Length]
) -> GraphicFrame:
    """Add the chart to a slide, in a box (left, top, width, height)."""
    made, data, style = DRAWN[content["chart"]](content)
    frame = cast(GraphicFrame, shapes.add_chart(made, *box, data))
    chart = frame.chart
    chart.font.size, chart.font.color.rgb = Pt(13), INK
    chart.has_title = False
    chart.has_legend = len(chart.plots[0].series) > 1
    if chart.has_legend:
        legend(chart)
    style(chart, Length(box[2]).inches)
    for axis in chart._chartSpace.iter(qn("c:axId"), qn("c:crossAx")):
        axis.set("val", axis.get("val").lstrip("-"))  # the format has no others
    return frame


def told(content: Mapping[str, Any]) -> str:
    """How the chart is read, where its exhibit says it by other means."""
    if content["chart"] != "likert":
        return ""
    names = [content["columns"][at]["label"] for at in numeric(content)]
    said = _(
        "Angka dalam batang: banyaknya jawaban, dari tingkat terendah ({low}) ke tertinggi "
        "({high})."
    )
    return said.format(low=names[0], high=names[-1])


def _bars(content: Mapping[str, Any]) -> Drawn:
    at = numeric(content)[-1]
    data = ChartData(number_format=form(content, at))
    data.categories = [one_line(str(row[0])) for row in content["rows"]]
    data.add_series(content["columns"][at]["label"], [row[at] for row in content["rows"]])

    def style(chart: Chart, width: float) -> None:
        _lying(chart)
        [series] = chart.plots[0].series
        fill(series, TEAL)
        label(series, form(content, at), AT.OUTSIDE_END, INK)

    return TYPE.BAR_CLUSTERED, data, style


def _likert(content: Mapping[str, Any]) -> Drawn:
    levels = numeric(content)
    mask = form(content, levels[0]).split("]")[0] + "]#,##0;;"  # nothing for nobody
    data = ChartData(number_format=mask)
    data.categories = [one_line(str(row[0])) for row in content["rows"]]
    for at in levels:
        data.add_series(content["columns"][at]["label"], [row[at] or 0 for row in content["rows"]])

    def style(chart: Chart, width: float) -> None:
        _lying(chart)
        chart.plots[0].overlap = 100
        colours = [LEVELS[i] for i in CHOSEN.get(len(levels), range(len(levels)))]
        for series, colour in zip(chart.plots[0].series, colours, strict=True):
            fill(series, RGBColor.from_string(colour))
            label(series, mask, AT.CENTER, INK if colour in PALE else WHITE)

    return TYPE.BAR_STACKED_100, data, style


def _lying(chart: Chart) -> None:
    """Bars whose first row is on top, and whose lengths are written, not read from an axis."""
    names, lengths = chart.category_axis, chart.value_axis
    names.reverse_order, names.has_major_gridlines = True, False
    names.format.line.color.rgb = LINE
    names.tick_labels.font.size = Pt(13)
    lengths.visible, lengths.has_major_gridlines = False, False
    lengths.tick_label_position = XL_TICK_LABEL_POSITION.NONE
    chart.plots[0].gap_width = 45


DRAWN = {"bars": _bars, "likert": _likert, "trend": trend.trend}
