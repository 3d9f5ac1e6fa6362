"""Exhibits as charts that PowerPoint draws itself: their numbers can be edited, and stay numbers.

Every number is that of a row of the exhibit.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from pptx.chart.chart import Chart
from pptx.chart.data import CategoryChartData
from pptx.chart.datalabel import DataLabels
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE as TYPE
from pptx.enum.chart import XL_LABEL_POSITION as AT
from pptx.enum.chart import XL_LEGEND_POSITION, XL_MARKER_STYLE, XL_TICK_LABEL_POSITION
from pptx.oxml.ns import qn
from pptx.shapes.graphfrm import GraphicFrame
from pptx.shapes.shapetree import SlideShapes
from pptx.util import Length, Pt

from analysis import text
from analysis.reports.share.measure import one_line
from analysis.text import _

KINDS = ("bars", "likert", "trend")
MOST = 12  # bars, so that their names can be read from afar
LABEL = 0.85  # inches that a number takes across
SPAN = 60  # years
BRIDGED = 3  # years over which a line may lead without a figure
TEAL, GREY, INK, MUTED, LINE, WHITE = (
    RGBColor.from_string(c) for c in ("1F5F6B", "85858C", "1D1D1F", "5F5F66", "E4E1DB", "FFFFFF")
)
# From the lowest to the highest of five levels, and whether white letters are read on them.
LEVELS = ("8F2A1D", "CF7865", "B9B6AF", "5F99A3", "1A5360")
PALE = {"CF7865", "B9B6AF", "5F99A3"}
CHOSEN = {1: (2,), 2: (0, 4), 3: (0, 2, 4), 4: (0, 1, 3, 4)}
COUNTRIES = {"id": "421", "en": "809"}
"""The country by whose rules a program writes numbers, as formats name it."""


def fits(content: Mapping[str, Any]) -> bool:
    """Whether an exhibit can be such a chart, and be read on a slide."""
    kind, shown = content["chart"], content["rows"]
    if kind not in KINDS or not shown:
        return False
    if kind == "likert" and not 1 < len(_numeric(content)) <= len(LEVELS):
        return False
    years = [year for _name, _used, year, _value in _points(content)] if kind == "trend" else []
    return bool(years) and max(years) - min(years) < SPAN if kind == "trend" else len(shown) <= MOST


def draw(
    shapes: SlideShapes, content: Mapping[str, Any], box: tuple[Length, Length, Length, Length]
) -> GraphicFrame:
    """Add the chart to a slide, in a box (left, top, width, height)."""
    made, data, style = {"bars": _bars, "likert": _likert, "trend": _trend}[content["chart"]](content)
    frame = shapes.add_chart(made, *box, data)
    chart = frame.chart
    chart.font.size, chart.font.color.rgb = Pt(13), INK
    chart.has_title = False
    chart.has_legend = len(chart.plots[0].series) > 1
    if chart.has_legend:
        _key(chart)
    style(chart, Length(box[2]).inches)
    return frame


def _numeric(content: Mapping[str, Any]) -> list[int]:
    return [i for i, c in enumerate(content["columns"]) if c["format"] not in ("text", "year")]


def form(content: Mapping[str, Any], at: int) -> str:
    """How a program writes the numbers of a column: by the rules of the language in use."""
    kind = content["columns"][at]["format"]
    values = [row[at] for row in content["rows"] if row[at] is not None]
    digits = text.digits_of(values)
    mask = "0%" if kind == "percent" else "#,##0" + ("." + "0" * digits if digits else "")
    return f"[$-{COUNTRIES.get(text.language(), '409')}]{mask}"


def _bars(content: Mapping[str, Any]) -> tuple[TYPE, CategoryChartData, Any]:
    at = _numeric(content)[-1]
    data = CategoryChartData(number_format=form(content, at))
    data.categories = [one_line(str(row[0])) for row in content["rows"]]
    data.add_series(content["columns"][at]["label"], [row[at] for row in content["rows"]])

    def style(chart: Chart, width: float) -> None:
        _lying(chart)
        [series] = chart.plots[0].series
        _fill(series, TEAL)
        _label(series, form(content, at), AT.OUTSIDE_END, INK)

    return TYPE.BAR_CLUSTERED, data, style


def _likert(content: Mapping[str, Any]) -> tuple[TYPE, CategoryChartData, Any]:
    levels = _numeric(content)
    mask = form(content, levels[0]).split("]")[0] + "]#,##0;;"  # nothing for nobody
    data = CategoryChartData(number_format=mask)
    data.categories = [one_line(str(row[0])) for row in content["rows"]]
    for at in levels:
        data.add_series(content["columns"][at]["label"], [row[at] or 0 for row in content["rows"]])

    def style(chart: Chart, width: float) -> None:
        _lying(chart)
        chart.plots[0].overlap = 100
        colours = [LEVELS[i] for i in CHOSEN.get(len(levels), range(len(levels)))]
        for series, colour in zip(chart.plots[0].series, colours, strict=True):
            _fill(series, RGBColor.from_string(colour))
            _label(series, mask, AT.CENTER, INK if colour in PALE else WHITE)

    return TYPE.BAR_STACKED_100, data, style


def _points(content: Mapping[str, Any]) -> list[tuple[str, bool, int, float]]:
    """Whose figure, whether it is used, of which year; none where columns are missing."""
    keys = [column["key"] for column in content["columns"]]
    years = [i for i, c in enumerate(content["columns"]) if c["format"] == "year"]
    values = _numeric(content)
    if not years or not values:
        return []
    used = keys.index("used") if "used" in keys else None
    whose = 0 if years[0] else None
    return [
        (
            one_line(str(row[whose])) if whose is not None else "",
            used is None or row[used] == _("ya"),
            int(row[years[0]]),
            float(row[values[0]]),
        )
        for row in content["rows"]
        if row[years[0]] is not None and row[values[0]] is not None
    ]


class Way(NamedTuple):
    """A series of a trend: its name, the number of whose it is, whether used, values by year."""

    name: str
    whose: int
    used: bool
    values: dict[int, float]


def _ways(content: Mapping[str, Any]) -> Iterator[Way]:
    """The series of a trend, each year once in each.

    A line goes on in another series after more years without a figure than it may lead over.
    """
    points, label = _points(content), content["columns"][_numeric(content)[0]]["label"]
    for at, whose in enumerate(dict.fromkeys(name for name, *_rest in points)):
        said = _("angka sumber lain, tidak dipakai")
        for used, name in ((True, whose or label), (False, f"{whose}: {said}" if whose else said)):
            parts: list[dict[int, float]] = []
            for year, value in sorted(p[2:] for p in points if p[:2] == (whose, used)):
                last = max(parts[-1]) if parts else None
                if last is None or year == last or used and year - last > BRIDGED:
                    parts.append({})
                parts[-1][year] = value
            yield from (Way(name, at, used, part) for part in parts)


def _trend(content: Mapping[str, Any]) -> tuple[TYPE, CategoryChartData, Any]:
    mask = form(content, _numeric(content)[0])
    ways = list(_ways(content))
    years = range(min(y for w in ways for y in w.values), max(y for w in ways for y in w.values) + 1)
    data = CategoryChartData(number_format=mask)
    data.categories = [str(year) for year in years]
    for way in ways:
        data.add_series(way.name, [way.values.get(year) for year in years])

    def style(chart: Chart, width: float) -> None:
        across, up = chart.category_axis, chart.value_axis
        up.major_gridlines.format.line.color.rgb = LINE
        up.format.line.fill.background()
        up.tick_labels.number_format, up.tick_labels.number_format_is_linked = mask, False
        across.format.line.color.rgb = LINE
        chart._chartSpace.chart.find(qn("c:dispBlanksAs")).set("val", "span")
        names = [way.name for way in ways]
        chart.has_legend = len(set(names)) > 1
        if chart.has_legend:
            _key(chart, [i for i, name in enumerate(names) if name in names[:i]])
        for series, way in zip(chart.plots[0].series, ways, strict=True):
            colour = GREY if way.whose else TEAL
            series.smooth = False
            series.marker.style, series.marker.size = XL_MARKER_STYLE.CIRCLE, 9
            series.marker.format.line.color.rgb = colour
            series.marker.format.fill.solid()
            series.marker.format.fill.fore_color.rgb = colour if way.used else WHITE
            if not way.used:
                series.format.line.fill.background()
                continue
            series.format.line.color.rgb, series.format.line.width = colour, Pt(2.25)
            _label(series, mask, AT.BELOW if way.whose else AT.ABOVE, colour)
            for year in _crowded(sorted(way.values), width / len(years)):
                hidden = series._element.dLbls._insert_dLbl_in_sequence(year - years[0])
                for part in list(hidden)[1:]:
                    hidden.remove(part)
                hidden.append(hidden.makeelement(qn("c:delete"), {"val": "1"}))

    return TYPE.LINE_MARKERS, data, style


def _key(chart: Chart, unnamed: Sequence[int] = ()) -> None:
    """Name the series above the chart, but not these."""
    chart.legend.position = XL_LEGEND_POSITION.TOP
    chart.legend.include_in_layout = False
    place = chart.legend._element.find(qn("c:legendPos"))
    for at in reversed(unnamed):
        entry = place.makeelement(qn("c:legendEntry"), {})
        entry.append(entry.makeelement(qn("c:idx"), {"val": str(at)}))
        entry.append(entry.makeelement(qn("c:delete"), {"val": "1"}))
        place.addnext(entry)


def _crowded(years: Sequence[int], unit: float) -> list[int]:
    """The years without room for a number: the last has it, and those far enough before it."""
    found, last = [], years[-1] + LABEL / unit
    for year in reversed(years):
        if (last - year) * unit < LABEL:
            found.append(year)
        else:
            last = year
    return found[::-1]


def _lying(chart: Chart) -> None:
    """Bars whose first row is on top, and whose lengths are written, not read from an axis."""
    names, lengths = chart.category_axis, chart.value_axis
    names.reverse_order, names.has_major_gridlines = True, False
    names.format.line.color.rgb = LINE
    names.tick_labels.font.size = Pt(13)
    lengths.visible, lengths.has_major_gridlines = False, False
    lengths.tick_label_position = XL_TICK_LABEL_POSITION.NONE
    chart.plots[0].gap_width = 45


def _fill(series: Any, colour: RGBColor) -> None:
    series.format.fill.solid()
    series.format.fill.fore_color.rgb = colour
    series.invert_if_negative = False


def _label(series: Any, mask: str, place: AT, colour: RGBColor) -> None:
    """Write each number of a series at its place."""
    labels = DataLabels(series._element.get_or_add_dLbls())
    labels.show_value, labels.position = True, place
    labels.number_format, labels.number_format_is_linked = mask, False
    labels.font.size, labels.font.color.rgb = Pt(13), colour
