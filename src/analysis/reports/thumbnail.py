"""A small picture of a report for its card: the marks of one of its charts, without the letters.

It is drawn from the numbers that the chart itself shows, as SVG that takes its colours from the
page around it, light or dark.
"""

from collections.abc import Iterable, Mapping, Sequence
from math import isnan, nan
from typing import Any

from markupsafe import Markup, escape

from analysis.tables import MARKS, spoken

WIDTH, EDGE, STEP = 240, 6, 10
MOST = 11  # rows; of more, as many between the first and the last
NAME = 38  # letters

Row = tuple[str, str, list[float]]
"""A name, how sure it is, and numbers."""


def thumbnail(exhibits: Iterable[Mapping[str, Any]]) -> Markup:
    """The picture of the first chart that quotes a claim, or else of the first that can be drawn.

    Empty where there is none.
    """
    known = [e for e in exhibits if e["kind"] == "chart" and e["chart"] in DRAWN and e["rows"]]
    for content in sorted(known, key=lambda e: not any(e.get("claims", ()))):
        drawn, rows = DRAWN[content["chart"]], _rows(content)
        there = [row for row in rows if not isnan(row[2][0])]
        if len(there) > 1:
            height, marks = drawn(rows if drawn is _squares else there)
            inside = "".join(marks).replace("<text", f"<text{spoken(content['columns'][0])}")
            return Markup(
                '<svg class="thumbnail" role="img" aria-label="{}" viewBox="0 0 {} {}">{}</svg>'
            ).format(content["title"], WIDTH, round(height), Markup(inside))
    return Markup("")


def _rows(content: Mapping[str, Any]) -> list[Row]:
    """The rows of a chart; where it has no number there is none."""
    columns = content["columns"]
    numeric = [i for i, column in enumerate(columns) if column["format"] != "text"]
    level = next((i for i, column in enumerate(columns) if column["key"] == "level_name"), None)
    marks = {mark: name for name, mark in MARKS.items()}
    found = []
    for row in content["rows"]:
        mark = (str(row[level]).split() or [""])[0] if level is not None else ""
        sure = marks.get(mark, "unclear" if level is not None else "clear")
        numbers = [row[i] for i in numeric] or [None]
        first = nan if numbers[0] is None else numbers[0]
        found.append((str(row[0]), sure, [first if n is None else n for n in numbers]))
    return found


def _few(rows: Sequence[Row]) -> list[Row]:
    count = min(MOST, len(rows))
    return [rows[round(i * (len(rows) - 1) / (count - 1))] for i in range(count)]


def _scaled(values: Iterable[float], low: float, high: float, zero: bool = False) -> list[float]:
    """Values as places between two; with `zero` from nought on."""
    values = list(values)
    least, most = min(values + [0.0] * zero), max(values)
    return [low + (v - least) / ((most - least) or 1) * (high - low) for v in values]


def _between(rows: list[Row], numbers: int, zero: bool = False) -> list[list[float]]:
    """The places of the first numbers of each row, on one scale."""
    taken = [(values[:numbers] * numbers)[:numbers] for _name, _sure, values in rows]
    flat = _scaled([v for values in taken for v in values], EDGE, WIDTH - EDGE, zero)
    return [flat[i : i + numbers] for i in range(0, len(flat), numbers)]


def _listed(rows: list[Row], marks: Sequence[str]) -> tuple[float, list[str]]:
    """Marks in lines below each other, between the names of the first and of the last."""
    height = 2 * 16 + STEP * len(rows)
    names = [
        f'<text x="0" y="{y}">{escape(name[:NAME].rstrip() + "…" * (len(name) > NAME))}</text>'
        for y, name in ((11, rows[0][0]), (height - 4, rows[-1][0]))
    ]
    return height, [*names, *marks]


def _y(line: int) -> int:
    return 16 + STEP * line + STEP // 2


def _dots(rows: list[Row]) -> tuple[float, list[str]]:
    rows = _few(rows)
    marks = [
        f'<g class="{sure}"><path d="M{low:.0f} {_y(i)}H{high:.0f}"/>'
        f'<circle cx="{value:.0f}" cy="{_y(i)}" r="3.5"/></g>'
        for i, ((_name, sure, _v), (value, low, high)) in enumerate(
            zip(rows, _between(rows, 3), strict=True)
        )
    ]
    return _listed(rows, marks)


def _ways(rows: list[Row]) -> tuple[float, list[str]]:
    rows = _few(rows)
    marks = [
        f'<g class="clear"><path d="M{a:.0f} {_y(i)}H{b:.0f}"/>'
        f'<circle cx="{b:.0f}" cy="{_y(i)}" r="3.5"/></g>'
        for i, (a, b) in enumerate(_between(rows, 2))
    ]
    return _listed(rows, marks)


def _bars(rows: list[Row]) -> tuple[float, list[str]]:
    rows = _few(rows)
    marks = [
        f'<rect class="clear" y="{_y(i) - 3}" width="{to - EDGE:.0f}" height="6"/>'
        for i, (to,) in enumerate(_between(rows, 1, zero=True))
    ]
    return _listed(rows, marks)


def _points(rows: list[Row]) -> tuple[float, list[str]]:
    across = _scaled([v[0] for _n, _s, v in rows], EDGE, WIDTH - EDGE)
    up = _scaled([v[1] for _n, _s, v in rows], 100 - EDGE, EDGE)
    marks = [
        f'<circle class="{sure}" cx="{x:.0f}" cy="{y:.0f}" r="4"/>'
        for (_name, sure, _v), x, y in zip(rows, across, up, strict=True)
    ]
    middle = f'<path class="axis" d="M{WIDTH / 2:.0f} 0V100M0 50H{WIDTH}"/>'
    return 100, [middle, *marks]


def _line(rows: list[Row]) -> tuple[float, list[str]]:
    _height, marks = _points(rows)
    across = _scaled([v[0] for _n, _s, v in rows], EDGE, WIDTH - EDGE)
    up = _scaled([v[1] for _n, _s, v in rows], 100 - EDGE, EDGE)
    way = " ".join(f"{x:.0f} {y:.0f}" for x, y in zip(across, up, strict=True))
    return 100, [f'<g class="clear"><path d="M{way}"/></g>', *marks[1:]]


def _squares(rows: list[Row]) -> tuple[float, list[str]]:
    """Rows of cells under the same name, the darker the higher."""
    names = list(dict.fromkeys(name for name, *_rest in rows))[:MOST]
    marks: list[str] = []
    lines = {name: [r for r in rows if r[0] == name] for name in names}
    wide = WIDTH / max(map(len, lines.values()))
    values = [row[2][0] for line in lines.values() for row in line]
    shade = iter(_scaled([v for v in values if not isnan(v)], 0.12, 1))
    for i, line in enumerate(lines.values()):
        marks += [
            f'<rect class="clear" x="{j * wide:.1f}" y="{i * 15}" width="{wide - 2:.1f}" '
            f'height="13" opacity="{next(shade):.2f}"/>'
            for j, row in enumerate(line)
            if not isnan(row[2][0])
        ]
    return 15 * len(names), marks


DRAWN = {
    "ranked": _dots,
    "dumbbell": _ways,
    "bars": _bars,
    "quadrant": _points,
    "trend": _line,
    "heatmap": _squares,
}
