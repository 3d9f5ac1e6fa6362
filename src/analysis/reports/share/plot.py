"""What charts that PowerPoint draws itself share: colours, and how numbers are written."""

from collections.abc import Callable, Mapping, Sequence
from locale import windows_locale
from typing import Any

from pptx.chart.chart import Chart
from pptx.chart.data import ChartData
from pptx.chart.datalabel import DataLabels
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE as TYPE
from pptx.enum.chart import XL_LABEL_POSITION as AT
from pptx.enum.chart import XL_LEGEND_POSITION
from pptx.oxml.ns import qn
from pptx.util import Pt

from analysis import text

TEAL, GREY, ASIDE, INK, LINE, WHITE = (
    RGBColor.from_string(c) for c in ("1F5F6B", "85858C", "B9B6AF", "1D1D1F", "E4E1DB", "FFFFFF")
)
Drawn = tuple[TYPE, ChartData, Callable[[Chart, float], None]]
"""The kind of a chart, its numbers, and what gives it its look in so many inches of width."""
COUNTRIES = {name: number for number, name in windows_locale.items()}
"""The number by which formats name a country, by whose rules a program writes numbers."""
AMERICAN = COUNTRIES["en_US"]


def numeric(content: Mapping[str, Any]) -> list[int]:
    """Which columns hold numbers other than years."""
    return [i for i, c in enumerate(content["columns"]) if c["format"] not in ("text", "year")]


def form(content: Mapping[str, Any], at: int) -> str:
    """How a program writes the numbers of a column: by the rules of the language in use."""
    kind = content["columns"][at]["format"]
    values = [row[at] for row in content["rows"] if row[at] is not None]
    digits = text.digits_of(values)
    mask = "0%" if kind == "percent" else "#,##0" + ("." + "0" * digits if digits else "")
    country = COUNTRIES.get(text.tag(text.language()).replace("-", "_"), AMERICAN)
    return f"[$-{country:X}]{mask}"


def fill(series: Any, colour: RGBColor) -> None:
    """Give the bars of a series one colour."""
    series.format.fill.solid()
    series.format.fill.fore_color.rgb = colour
    series.invert_if_negative = False


def label(series: Any, mask: str, place: AT, colour: RGBColor) -> None:
    """Write each number of a series at its place."""
    labels = DataLabels(series._element.get_or_add_dLbls())
    labels.show_value, labels.position = True, place
    labels.number_format, labels.number_format_is_linked = mask, False
    labels.font.size, labels.font.color.rgb = Pt(13), colour


def legend(chart: Chart, unnamed: Sequence[int] = ()) -> None:
    """Name the series above the chart, but not these."""
    chart.legend.position = XL_LEGEND_POSITION.TOP
    chart.legend.include_in_layout = False
    place = chart.legend._element.find(qn("c:legendPos"))
    for at in reversed(unnamed):
        entry = place.makeelement(qn("c:legendEntry"), {})
        entry.append(entry.makeelement(qn("c:idx"), {"val": str(at)}))
        entry.append(entry.makeelement(qn("c:delete"), {"val": "1"}))
        place.addnext(entry)
