"""Figures by year as a chart that PowerPoint draws itself; a line only where it may be drawn."""

from collections.abc import Iterator, Mapping, Sequence
from math import ceil, floor, log10
from typing import Any, NamedTuple

from pptx.chart.axis import ValueAxis
from pptx.chart.chart import Chart
from pptx.chart.data import ChartData
from pptx.enum.chart import XL_CHART_TYPE as TYPE
from pptx.enum.chart import XL_LABEL_POSITION as AT
from pptx.enum.chart import XL_MARKER_STYLE
from pptx.oxml.ns import qn
from pptx.util import Pt

from analysis.reports.share.measure import one_line
from analysis.reports.share.plot import (
    ASIDE,
    GREY,
    LINE,
    TEAL,
    Drawn,
    form,
    label,
    legend,
    numeric,
)
from analysis.text import _

LABEL = 0.85  # inches that a number takes across
SPAN = 60  # years
BRIDGED = 3  # years over which a line may lead without a figure


def shown(content: Mapping[str, Any]) -> bool:
    """Whether the chart would show all that the exhibit does, and be read on a slide."""
    # Its rows do not hold a projection; its words do.
    ahead = _("Perkiraan {year}: {value} ({around}).").partition("{")[0]
    years = [year for _name, _used, year, _value in _points(content)]
    return bool(years) and max(years) - min(years) < SPAN and ahead not in content["alt"]


def trend(content: Mapping[str, Any]) -> Drawn:
    """The chart of an exhibit, as `native.draw` wants it."""
    mask = form(content, numeric(content)[0])
    ways = list(_ways(content))
    known = [year for way in ways for year in way.values]
    years = range(min(known) - 1, max(known) + 2)  # room for the numbers of the first and the last
    data = ChartData(number_format=mask)
    data.categories = [str(year) for year in years]
    for way in ways:
        data.add_series(way.name, [way.values.get(year) for year in years])

    def style(chart: Chart, width: float) -> None:
        across, up = chart.category_axis, chart.value_axis
        up.major_gridlines.format.line.color.rgb = LINE
        up.format.line.fill.background()
        up.tick_labels.number_format, up.tick_labels.number_format_is_linked = mask, False
        _scale(up, [value for way in ways for value in way.values.values()])
        across.format.line.color.rgb = LINE
        skip = across._element.makeelement(qn("c:tickLblSkip"), {"val": str(len(years) // 12 + 1)})
        across._element.find(qn("c:noMultiLvlLbl")).addprevious(skip)
        chart._chartSpace.chart.find(qn("c:dispBlanksAs")).set("val", "span")
        names = [way.name for way in ways]
        chart.has_legend = len(set(names)) > 1
        if chart.has_legend:
            legend(chart, [i for i, name in enumerate(names) if name in names[:i]])
        for series, way in zip(chart.plots[0].series, ways, strict=True):
            colour = GREY if way.whose else TEAL
            series.smooth = False
            series.marker.style, series.marker.size = XL_MARKER_STYLE.CIRCLE, 9
            series.marker.format.line.color.rgb = colour if way.used else GREY
            series.marker.format.fill.solid()
            series.marker.format.fill.fore_color.rgb = colour if way.used else ASIDE
            if not way.used:
                series.format.line.fill.background()
                continue
            series.format.line.color.rgb, series.format.line.width = colour, Pt(2.25)
            label(series, mask, AT.BELOW if way.whose else AT.ABOVE, colour)
            for year in _crowded(sorted(way.values), width / len(years)):
                hidden = series._element.dLbls._insert_dLbl_in_sequence(year - years[0])
                for part in list(hidden)[1:]:
                    hidden.remove(part)
                hidden.append(hidden.makeelement(qn("c:delete"), {"val": "1"}))

    return TYPE.LINE_MARKERS, data, style


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
    points, label = _points(content), content["columns"][numeric(content)[0]]["label"]
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


def _points(content: Mapping[str, Any]) -> list[tuple[str, bool, int, float]]:
    """Whose figure, whether it is used, of which year; none where columns are missing."""
    keys = [column["key"] for column in content["columns"]]
    years = [i for i, c in enumerate(content["columns"]) if c["format"] == "year"]
    values = numeric(content)
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


def _scale(axis: ValueAxis, values: Sequence[float]) -> None:
    """An axis from below the least number to above the greatest, in few round steps."""
    low, high = min(values), max(values)
    room = 0.15 * (high - low) or 0.5 * abs(high) or 1.0
    power = 10.0 ** floor(log10((high - low + 2 * room) / 4))
    step = next(f * power for f in (1, 2, 2.5, 5, 10) if f * power * 4 >= high - low + 2 * room)
    axis.minimum_scale = floor((low - room) / step) * step
    axis.maximum_scale = ceil((high + room) / step) * step
    axis.major_unit = step


def _crowded(years: Sequence[int], unit: float) -> list[int]:
    """The years without room for a number: the last has it, and those far enough before it."""
    found, last = [], years[-1]
    for year in reversed(years[:-1]):
        if (last - year) * unit < LABEL:
            found.append(year)
        else:
            last = year
    return found[::-1]
