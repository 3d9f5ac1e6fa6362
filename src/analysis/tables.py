"""Tables, key figures and findings: from frames to what a reader sees."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from html import escape
from typing import Any

import pandas as pd

from analysis import bibliography
from analysis.exhibits import Exhibit
from analysis.headings import HEADINGS, SAID, heading
from analysis.text import SOURCE, _, interval, language, number, percent

FINDING = ("headline", "level", "action", "detail", "claim")


def cell(value: Any, kind: str | int) -> str:
    """One value as text: numbers in the reader's format, a dash for what is missing."""
    if (digits := interval_digits(kind)) is not None:
        return interval(*value, digits)
    if value is None or (not isinstance(value, str) and pd.isna(value)):
        return "–"
    if kind == "percent":
        return percent(value)
    if kind == "signed":
        return number(value, 2, sign=True)
    if kind == "year":
        return str(int(value))
    return number(value, kind) if isinstance(kind, int) else str(value)


def interval_digits(kind: str | int) -> int | None:
    """The digits of a format for intervals (``interval``: 2, ``interval0``: 0), else None."""
    if isinstance(kind, str) and kind.startswith("interval"):
        return int(kind.removeprefix("interval") or 2)
    return None


def grid(frame: pd.DataFrame, columns: Sequence[str] | None = None) -> dict[str, list]:
    """A frame as JSON: ``columns`` (key, label, format) and ``rows`` of raw values.

    `columns` chooses and orders; ``interval`` stands for the pair low and high, ``wide_interval``
    for wide_low and wide_high, and so on. A column without
    a heading shows its own name, with two digits when it holds numbers.
    """
    names = list(columns if columns is not None else frame.columns)
    described = []
    series = []
    for name in names:
        kind = HEADINGS[name][1] if name in HEADINGS else None
        if str(name).endswith("interval") and name not in frame:
            ends = (frame[str(name).removesuffix("interval") + end] for end in ("low", "high"))
            values = list(zip(*(map(_plain, end) for end in ends), strict=True))
        else:
            values = [_plain(v) for v in frame[name]]
            if kind is None:
                numeric = pd.api.types.is_numeric_dtype(frame[name])
                whole = pd.api.types.is_integer_dtype(frame[name])
                kind = (0 if whole else 2) if numeric else "text"
        described.append({"key": str(name), "label": heading(str(name)), "format": kind})
        series.append(values)
    return {"columns": described, "rows": [list(row) for row in zip(*series, strict=True)]}


def _plain(value: Any) -> Any:
    if value is None or value is pd.NA or value != value:
        return None
    return value.item() if hasattr(value, "item") else value


def html(content: dict) -> str:
    """The bare ``<table>`` of a grid, every text escaped, headings with their scope.

    Cells that are not in the language in use say so, for those who hear the page read.
    """
    head = "".join(
        f'<th scope="col"{_align(c)}>{escape(c["label"])}</th>' for c in content["columns"]
    )
    body = []
    for row in content["rows"]:
        cells = []
        for position, (column, value) in enumerate(zip(content["columns"], row, strict=True)):
            tag = 'th scope="row"' if position == 0 else "td"
            shown = escape(cell(value, column["format"]))
            cells.append(f"<{tag}{_align(column)}{_spoken(column)}>{shown}</{tag[:2]}>")
        body.append(f"<tr>{''.join(cells)}</tr>")
    if not body:
        none = escape(_("Tidak ada."))
        body.append(f'<tr><td colspan="{len(content["columns"])}">{none}</td></tr>')
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table>"


def _align(column: dict) -> str:
    return "" if column["format"] == "text" else ' class="num"'


def _spoken(column: dict) -> str:
    foreign = column["key"] in SAID and language() != SOURCE
    return f' lang="{SOURCE}"' if foreign else ""


def table(
    frame: pd.DataFrame,
    title: str,
    columns: Sequence[str] | None = None,
    *,
    note: str = "",
    source: str = "",
) -> Exhibit:
    """A table of a frame's columns, under a title that says what to see."""
    content = {"kind": "table", "title": title, "note": note, "source": source}
    content |= grid(frame, columns)
    caption = f"<p><strong>{escape(title)}</strong></p>"
    return Exhibit(content, caption + html(content))


def key_figures(figures: Iterable[dict]) -> Exhibit:
    """The strip of key figures at the top of a report; the first one also stands on the index.

    Each figure is ``shown`` (text), ``label``, ``detail`` (n, interval) and ``value`` (number or
    None).
    """
    content = {"kind": "keys", "title": _("Angka kunci"), "figures": list(figures)}
    items = "".join(
        f"<li><strong>{escape(f['shown'])}</strong> {escape(f['label'])} "
        f"<small>{escape(f['detail'])}</small></li>"
        for f in content["figures"]
    )
    return Exhibit(content, f"<ul>{items}</ul>")


def findings(found: Iterable[Any]) -> Exhibit:
    """What the numbers say; the first one also stands on the index.

    A finding is a sentence, or has headline, level, action, detail and claim: see
    `stages.evidence.finding`.
    """
    items = [
        dict(zip(FINDING, (f, "", "", "", ""), strict=True))
        if isinstance(f, str)
        else {name: getattr(f, name) for name in FINDING}
        for f in found
    ]
    content = {"kind": "findings", "title": _("Temuan"), "items": items}
    shown = "".join(
        f"<li>{escape(f['headline'])} <small>{escape(chip(f['level']))} {escape(f['detail'])}"
        "</small></li>"
        for f in items
    )
    return Exhibit(content, f"<p><strong>{escape(content['title'])}</strong></p><ul>{shown}</ul>")


def chip(level: str) -> str:
    """How sure a finding is, as a mark and a word."""
    words = {
        "clear": _("●●● jelas"),
        "likely": _("●●○ cenderung"),
        "unclear": _("●○○ belum jelas"),
        "count": _("hitungan"),
    }
    return words.get(level, "")


def claims(stage: Any, source: str = "") -> Exhibit:
    """All that a stage compares, as a table that carries its ledger and what the stage is."""
    shown = table(
        stage.claims,
        stage.claims_title,
        ["claim", "value", "reference", "interval", "wide_interval", "n", "p", "p_below",
         "verdict", "turned"],
        note=stage.claims_note,
        source=source,
    )  # fmt: skip
    what = {"stage": {"name": stage.name, "title": _(stage.title), "place": stage.place}}
    return replace(shown, content=dict(shown.content) | what | {"ledger": stage.ledger})


def methods(*names: str) -> Exhibit:
    """The methods behind a report, by their names in `bibliography.METHODS`, with their sources."""
    content = {"kind": "methods", "title": _("Metode"), "methods": bibliography.described(names)}
    items = "".join(
        f"<dt>{escape(m['name'])}</dt>"
        f"<dd>{escape(m['how'])} <small>{escape(m['source'])}</small></dd>"
        for m in content["methods"]
    )
    return Exhibit(content, f"<p><strong>{escape(content['title'])}</strong></p><dl>{items}</dl>")
