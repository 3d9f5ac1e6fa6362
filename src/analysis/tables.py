"""Tables, key figures and findings: from frames to what a reader sees."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from html import escape
from itertools import chain, repeat
from typing import Any

import pandas as pd

from analysis import bibliography
from analysis.columns import declared, keys
from analysis.exhibits import Exhibit
from analysis.levels import CLEAR, LIKELY, UNCLEAR, WORDS
from analysis.text import SOURCE, _, interval, language, number, percent

FINDING = ("headline", "level", "action", "detail", "claim")
PATH = re.compile(r"[\w.-]+(/[\w.-]+){2,}")
MARKS = {CLEAR: "●●●", LIKELY: "●●○", UNCLEAR: "●○○"}
"""How sure something is, as a mark."""


def cell(value: Any, kind: str | int) -> str:
    """One value as text: numbers in the reader's format, a dash for what is missing."""
    if (ends := interval_ends(kind)) is not None:
        low, high = value
        return interval(low, high, ends)
    if value is None or (not isinstance(value, str) and pd.isna(value)):
        return "–"
    if kind == "percent":
        return percent(value)
    if kind == "signed":
        return number(value, 2, sign=True)
    if kind == "year":
        return str(int(value))
    return number(value, kind) if isinstance(kind, int) else str(value)


def interval_ends(kind: str | int) -> int | str | None:
    """The format of both ends of an interval (``interval``: 2, ``interval0``: 0), else None."""
    if not isinstance(kind, str) or not kind.startswith("interval"):
        return None
    return "percent" if kind.endswith("%") else int(kind.removeprefix("interval") or 2)


def grid(frame: pd.DataFrame, names: Sequence[str] | None = None) -> dict[str, Any]:
    """A frame as JSON: ``columns`` (key, label, format), ``rows`` of raw values, ``keys``.

    `names` chooses and orders; a declared pair, such as ``interval``, stands for its two columns.
    A column that is not declared shows its own name, with two digits when it holds numbers. Whole
    numbers (by their type) have no digits, whatever is declared of their column: one answer on a
    scale beside its means. Keys: see `columns.keys`.
    """
    known, described, series = declared(), [], []
    for name in map(str, names if names is not None else frame.columns):
        column = known.get(name)
        if column and column.pair:
            ends = (map(_plain, frame[end]) for end in column.pair)
            values: list[Any] = list(zip(*ends, strict=True))
        else:
            values = [_plain(v) for v in frame[name]]
        kind = column.format if column else _format(frame[name])
        if isinstance(kind, int) and pd.api.types.is_integer_dtype(frame[name]):
            kind = 0
        described.append({"key": name, "label": column.label if column else name, "format": kind})
        series.append(values)
    rows = [list(row) for row in zip(*series, strict=True)]
    return {"columns": described, "rows": rows, "keys": frame.attrs.get("keys") or keys(frame)}


def _format(values: pd.Series) -> str | int:
    return 2 if pd.api.types.is_numeric_dtype(values) else "text"


def sourced(frame: pd.DataFrame, source: str | None) -> str:
    """The source line of an exhibit: a stage's frame has its own."""
    return frame.attrs.get("source", "") if source is None else source


def _plain(value: Any) -> Any:
    if value is None or value is pd.NA or value != value:
        return None
    return value.item() if hasattr(value, "item") else value


def html(content: dict, parts: Iterable[int] = (), orders: Iterable[Sequence[int]] = ()) -> str:
    """The bare ``<table>`` of a grid, every text escaped, headings with their scope.

    Cells that are not in the language in use say so, for those who hear the page read. Rows of a
    table say which claim they hold, where `content` has ``claims``: an id for each row. `parts`:
    of each row the part of the table that it is of, which it says; `orders`: places of the rows
    in other orders, each of which is another body.
    """
    ids = content.get("claims", ()) if content.get("kind") == "table" else ()
    head = "".join(
        f'<th scope="col"{_align(c)}>{escape(c["label"])}</th>' for c in content["columns"]
    )
    body = []
    marks = zip(content["rows"], chain(ids, repeat("")), chain(parts, repeat(0)), strict=False)
    for row, id, part in marks:
        cells = []
        for position, (column, value) in enumerate(zip(content["columns"], row, strict=True)):
            tag = 'th scope="row"' if position == 0 else "td"
            shown = escape(cell(value, column["format"]))
            if PATH.fullmatch(shown):  # it may go on in another line
                shown = shown.replace("/", "/<wbr>")
            cells.append(f"<{tag}{_align(column)}{spoken(column)}>{shown}</{tag[:2]}>")
        claim = f' data-claim="{escape(id)}"' if id else ""
        of = f' data-part="{part}"' if part else ""
        body.append(f"<tr{claim}{of}>{''.join(cells)}</tr>")
    if not body:
        none = escape(_("Tidak ada."))
        body.append(f'<tr><td colspan="{len(content["columns"])}">{none}</td></tr>')
    bodies = f"<tbody>{''.join(body)}</tbody>" + "".join(
        f'<tbody class="order order-{number}">{"".join(body[place] for place in order)}</tbody>'
        for number, order in enumerate(orders, 2)
    )
    return f"<table><thead><tr>{head}</tr></thead>{bodies}</table>"


def _align(column: dict) -> str:
    return "" if column["format"] == "text" else ' class="num"'


def spoken(column: dict) -> str:
    """The attribute that says that a column's texts are not in the language in use, if so."""
    known = declared().get(column["key"])
    foreign = known is not None and known.said and language() != SOURCE
    return f' lang="{SOURCE}"' if foreign else ""


def table(
    frame: pd.DataFrame,
    title: str,
    columns: Sequence[str] | None = None,
    *,
    note: str = "",
    source: str | None = None,
    ids: Iterable[str] = (),
    sorts: Sequence[str] = (),
) -> Exhibit:
    """A table of a frame's columns, under a title that says what to see.

    `ids`: of the claim that each row holds, empty for a row that holds none. `sorts`: columns by
    which a page lets its readers order many rows; they come ordered by the first.
    """
    content: dict[str, Any] = {"kind": "table", "title": title, "note": note}
    content["source"] = sourced(frame, source)
    content |= grid(frame, columns)
    if named := list(ids):
        content["claims"] = named
    if sorts:
        content["sorts"] = list(sorts)
    caption = f"<p><strong>{escape(title)}</strong></p>"
    return Exhibit(content, caption + html(content))


def key_figures(figures: Iterable[dict]) -> Exhibit:
    """The strip of key figures at the top of a report; the first one also stands on the index.

    Each figure is ``shown`` (text), ``label``, ``detail`` (n, interval) and ``value`` (number or
    None); one that quotes a claim also has its id and level as ``claim`` and ``level``, and that
    claim's ``key`` (see `columns.keys`) unless it has its own.
    """
    title = _("Angka kunci")
    shown = [{"key": _quoted(f["claim"])} | f if f.get("claim") else f for f in figures]
    items = "".join(
        f"<li><strong>{escape(f['shown'])}</strong> {escape(f['label'])} "
        f"<small>{escape(f['detail'])}</small></li>"
        for f in shown
    )
    content = {"kind": "keys", "title": title, "figures": shown}
    return Exhibit(content, f"<ul>{items}</ul>")


def _quoted(claim: str) -> list[str]:
    return [claim.split(".")[0], "claim", claim, ""]


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
    title = _("Temuan")
    content = {"kind": "findings", "title": title, "items": items}
    shown = "".join(
        f"<li>{escape(f['headline'])} <small>{escape(chip(f['level']))} {escape(f['detail'])}"
        "</small></li>"
        for f in items
    )
    return Exhibit(content, f"<p><strong>{escape(title)}</strong></p><ul>{shown}</ul>")


def copies(texts: Iterable[tuple[str, str]], title: str) -> Exhibit:
    """Texts to copy to somewhere else, such as letters: (name, text) each, folded.

    They are in the source language, whatever the language in use.
    """
    shown = [{"name": name, "text": words} for name, words in texts]
    folded = "".join(
        f"<details><summary>{escape(one['name'])}</summary><pre>{escape(one['text'])}</pre></details>"
        for one in shown
    )
    content = {"kind": "copies", "title": title, "texts": shown, "lang": SOURCE}
    return Exhibit(content, f"<p><strong>{escape(title)}</strong></p>{folded}")


def sure(level: str) -> tuple[str, str]:
    """The mark and the word for how sure something is; both empty for what does not say."""
    return MARKS.get(level, ""), _(WORDS.get(level, ""))


def chip(level: str) -> str:
    """How sure a finding is, as a mark and a word."""
    return " ".join(filter(None, sure(level)))


def claims(stage: Any) -> Exhibit:
    """All that a stage compares, as a table that carries its ledger and what the stage is.

    Of a stage that compares nothing there is no table, only what it is.
    """
    named = {"name": stage.name, "title": _(stage.title), "place": stage.place}
    carried = {"stage": named, "ledger": stage.ledger}
    if not carried["ledger"]:
        return Exhibit({"kind": "stage", "title": named["title"]} | carried, "")
    shown = table(
        stage.claims,
        stage.claims_title,
        ["claim", "value", "reference", "interval", "wide_interval", "n", "p", "p_below",
         "verdict", "turned"],
        note=stage.claims_note,
        ids=stage.claims["id"],
    )  # fmt: skip
    return replace(shown, content=dict(shown.content) | carried)


def methods(*names: str) -> Exhibit:
    """The methods behind a report, by their names in `bibliography.METHODS`, with their sources."""
    title, described = _("Metode"), bibliography.described(names)
    items = "".join(
        f"<dt>{escape(m['name'])}</dt>"
        f"<dd>{escape(m['how'])} <small>{escape(m['source'])}</small></dd>"
        for m in described
    )
    content = {"kind": "methods", "title": title, "methods": described}
    return Exhibit(content, f"<p><strong>{escape(title)}</strong></p><dl>{items}</dl>")
