"""The cells of a foreign table as the rows and columns of a grid."""

import re
from collections.abc import Sequence
from typing import Any

from bs4 import Tag

# With three decimals a number could be thousands, and with a zero in front a code.
WHOLE = re.compile(r"[-−]?(?:0|[1-9]\d{0,14})")
DECIMAL = re.compile(r"[-−]?(?:0|[1-9]\d{0,14})(?:\.(?P<digits>\d{1,2}|\d{4,15}))?")
BLANK = {"", "NaN", "nan", "None", "<NA>", "–"}
WIDEST, MOST_DIGITS = 200, 6


def grid(table: Tag) -> dict[str, Any]:
    """The ``columns`` and ``rows`` of a table, as `grids.grid` has them.

    Its columns are called what its heading rows say above them. A column of plain numbers holds
    numbers; whole ones are written without separators, as years are.
    """
    rows = [row for row in table("tr") if row.find_parent("table") is table]
    top = [row for row in rows if row.find_parent("thead")]
    if not top and rows and not any(cell.get_text(strip=True) for cell in rows[0]("td")):
        top = rows[:1]
    heads = _lines(top, repeat=True)
    lines = _lines([row for row in rows if row not in top], repeat=False)
    wide = max(map(len, [*heads, *lines]), default=0)
    padded = [[line + [""] * (wide - len(line)) for line in part] for part in (heads, lines)]
    columns, series = [], []
    for at in range(wide):
        label = " ".join(dict.fromkeys(line[at] for line in padded[0] if line[at]))
        kind, values = _typed([line[at] for line in padded[1]])
        columns.append({"key": "", "label": label, "format": kind})
        series.append(values)
    return {"columns": columns, "rows": [list(row) for row in zip(*series, strict=True)]}


def _lines(rows: Sequence[Tag], *, repeat: bool) -> list[list[str]]:
    """The texts of rows, place by place; `repeat`: one over several columns stands in each."""
    lines = []
    hanging: dict[int, tuple[str, int]] = {}
    for row in rows:
        line = {at: words for at, (words, _left) in hanging.items()}
        hanging = {at: (w, left - 1) for at, (w, left) in hanging.items() if left > 1}
        at = 0
        for cell in row.find_all(["th", "td"], recursive=False):
            words = " ".join(cell.get_text(" ").split())
            for part in range(_span(cell, "colspan")):
                while at in line:
                    at += 1
                if at >= WIDEST:
                    break
                line[at] = words if repeat or not part else ""
                if (down := _span(cell, "rowspan")) > 1:
                    hanging[at] = (line[at], down - 1)
        lines.append([line.get(at, "") for at in range(max(line, default=-1) + 1)])
    return lines


def _span(cell: Tag, name: str) -> int:
    given = str(cell.get(name, ""))[:6]
    return max(1, int(given)) if given.isascii() and given.isdigit() else 1


def _typed(texts: Sequence[str]) -> tuple[str | int, list[Any]]:
    """The format of a column and its values."""
    known = [text for text in texts if text not in BLANK]
    plain = [None if text in BLANK else text.replace("−", "-") for text in texts]
    if known and all(map(WHOLE.fullmatch, known)):
        return "year", [text and int(text) for text in plain]
    decimals = [DECIMAL.fullmatch(text) for text in known]
    if known and all(decimals):
        digits = max(len(found["digits"] or "") for found in decimals if found)
        return min(digits, MOST_DIGITS), [text and float(text) for text in plain]
    return "text", list(texts)
