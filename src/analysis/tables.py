"""Tables, key figures and findings: from frames to what a reader sees."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from html import escape
from itertools import chain, repeat
from typing import Any

import pandas as pd

from analysis import bibliography
from analysis.columns import declared
from analysis.exhibits import Exhibit
from analysis.formats import cell, plain
from analysis.grids import grid, sourced
from analysis.levels import CLEAR, LIKELY, UNCLEAR, WORDS
from analysis.refusals import unknown
from analysis.text import SOURCE, _, language, listed

__all__ = ["claims", "copies", "findings", "key_figures", "methods", "table"]

FINDING = ("headline", "level", "action", "detail", "claim")
PATH = re.compile(r"[\w.-]+(/[\w.-]+){2,}")
MARKS = {CLEAR: "●●●", LIKELY: "●●○", UNCLEAR: "●○○"}
"""How sure something is, as a mark."""


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
    frame: pd.DataFrame | pd.Series,
    title: str = "",
    columns: Sequence[str] | None = None,
    *,
    headings: Mapping[str, str] | None = None,
    formats: Mapping[str, str | int] | None = None,
    note: str = "",
    source: str | None = None,
    ids: Iterable[str] = (),
    sorts: Sequence[str] = (),
) -> Exhibit:
    """A table of a frame's columns, under a title that says what to see.

    `columns`: which, in this order; otherwise all, after an index that has a name or is not only
    numbers. `headings` and `formats`: by column, ``{"share": "percent"}``; a format is a number of
    digits, percent, signed, year, text or figures. `title`: otherwise it lists the columns; `note`:
    how to read it; `source`: otherwise the frame's own. `ids`: of the claim that each row holds,
    empty for a row that holds none. `sorts`: columns by which a page lets its readers order many
    rows; they come ordered by the first.

    Raises ValueError for a column or format that there is not, TypeError for what no cell can show.

    >>> counts = pd.DataFrame({"isi": ["Satu data"], "share": [0.34]})
    >>> shown = table(counts, "Program", headings={"isi": "Nama"}, formats={"share": "percent"})
    >>> [column["label"] for column in shown.content["columns"]], shown.content["rows"]
    (['Nama', 'share'], [['Satu data', 0.34]])
    >>> "34%" in shown.html
    True
    """
    made = grid(frame, columns, headings, formats)
    title = title or listed((column["label"] for column in made["columns"]), 4)
    content: dict[str, Any] = {"kind": "table", "title": title, "note": note}
    content["source"] = sourced(frame, source)
    content |= made
    if named := list(ids):
        content["claims"] = named
    if sorts:
        content["sorts"] = list(sorts)
    caption = f"<p><strong>{escape(title)}</strong></p>"
    return Exhibit(content, caption + html(content))


def key_figures(figures: Iterable[Mapping[str, Any]], *, source: str = "") -> Exhibit:
    """The strip of key figures at the top of a report; the first one also stands on the index.

    Each figure has a ``label`` and is ``shown`` (text), or else its ``value`` (a number or None) in
    the reader's format, with two digits where it is a fraction; ``detail`` (n, interval) may stand
    below. One that quotes a claim also has its id and level as ``claim`` and ``level``, and that
    claim's ``key`` (see `columns.keys`) unless it has its own. `source`: the line under them.

    >>> key_figures([{"label": "Indeks (1–5)", "value": 2.73}]).content["figures"][0]["shown"]
    '2,73'
    """
    title = _("Angka kunci")
    shown = []
    for given in figures:
        figure = {"key": _quoted(given["claim"]), **given} if given.get("claim") else dict(given)
        figure.setdefault("detail", "")
        if "shown" not in figure:
            figure["value"] = value = plain(figure["value"])
            figure["shown"] = cell(value, 2 if isinstance(value, float) and value % 1 else 0)
        shown.append(figure)
    items = "".join(
        f"<li><strong>{escape(f['shown'])}</strong> {escape(f['label'])} "
        f"<small>{escape(f['detail'])}</small></li>"
        for f in shown
    )
    content = {"kind": "keys", "title": title, "figures": shown}
    return Exhibit(_with(content, source), f"<ul>{items}</ul>")


def _with(content: dict[str, Any], source: str) -> dict[str, Any]:
    return content | ({"source": source} if source else {})


def _quoted(claim: str) -> list[str]:
    return [claim.split(".")[0], "claim", claim, ""]


def findings(found: Iterable[Any] | str, *, source: str = "") -> Exhibit:
    """What the numbers say; the first one also stands on the index.

    A finding is a sentence, or has headline, level, action, detail and claim: see
    `stages.evidence.finding`. One sentence may stand alone. `source`: the line under them.

    >>> [item["headline"] for item in findings("Anggaran terlemah.").content["items"]]
    ['Anggaran terlemah.']
    """
    found = [found] if isinstance(found, str) else found
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
    listed = f"<p><strong>{escape(title)}</strong></p><ul>{shown}</ul>"
    return Exhibit(_with(content, source), listed)


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
    """All that a stage compares, as a table that carries its ledger, what the stage is and reads.

    Of a stage that compares nothing there is no table, only what it is.
    """
    named = {"name": stage.name, "title": _(stage.title), "place": stage.place}
    named["reads"] = list(stage.reads)
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
    """The methods behind a report, by their names in `bibliography.METHODS`, with their sources.

    >>> [method["name"] for method in methods("welch").content["methods"]]
    ['Uji Welch antarkelompok']
    """
    for name in names:
        if name not in bibliography.METHODS:
            raise unknown(_("Metode"), name, bibliography.METHODS)
    title, described = _("Metode"), bibliography.described(names)
    items = "".join(
        f"<dt>{escape(m['name'])}</dt>"
        f"<dd>{escape(m['how'])} <small>{escape(m['source'])}</small></dd>"
        for m in described
    )
    content = {"kind": "methods", "title": title, "methods": described}
    return Exhibit(content, f"<p><strong>{escape(title)}</strong></p><dl>{items}</dl>")
