"""What an executed notebook shows, as the body of a chapter: what matters first, method last."""

from collections.abc import Mapping
from typing import Any

from bs4 import BeautifulSoup
from docx.shared import Length, Pt
from nbconvert.filters.ansi import strip_ansi
from nbformat import NotebookNode

from analysis import tables
from analysis.exhibits import MIME, bare
from analysis.reports.book import prose, style
from analysis.reports.book.grid import grid, letters
from analysis.reports.book.manuscript import Manuscript
from analysis.reports.book.xml import plain
from analysis.reports.document import MOST_ROWS, NUMBERED, exhibits, labels, said
from analysis.reports.html import unbroken
from analysis.text import _

ABREAST = 4  # key figures in one row
AFTER_FINDINGS, SMALL = Pt(14), Pt(9)

FIGURE, TABLE = NUMBERED["chart"], NUMBERED["table"]


def write(book: Manuscript, notebook: NotebookNode, number: str, workbook: str) -> list[dict]:
    """Write key figures and findings, then prose, charts and tables in their order, then methods.

    `number` is the stage's and `workbook` names the spreadsheet with all its numbers; a table cut
    short refers to both. Returns the methods.
    """
    shown = exhibits(notebook)
    _keys(book, [f for e in shown if e["kind"] == "keys" for f in e["figures"]])
    _findings(book, said(shown))
    sheets = iter(labels(shown, number))
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            prose.write(book, _(cell.source.strip()), cell.get("attachments"))
        for output in cell.get("outputs", []):
            content = output.get("data", {}).get(MIME)
            sheet = next(sheets) if content else ""
            if content is None:
                _foreign(book, output)
            elif content["kind"] == "chart":
                _chart(book, content, output.data)
            elif content["kind"] == "table":
                place = _("{file}, lembar “{sheet}”").format(file=workbook, sheet=sheet)
                _table(book, content, place)
    methods = [m for e in shown if e["kind"] == "methods" for m in e["methods"]]
    if methods:
        book.heading(_("Metode"), 2)
    for method in methods:
        made = book.paragraph()
        made.add_run(plain(method["name"]) + ". ").bold = True
        made.add_run(plain(f"{method['how']} ({method['source']})"))
    return methods


def _keys(book: Manuscript, figures: list[dict]) -> None:
    for start in range(0, len(figures), ABREAST):
        row = figures[start : start + ABREAST]
        cells = book.table(1, [Length(book.width // len(row))] * len(row)).rows[0].cells
        for cell, figure in zip(cells, row, strict=True):
            shown, *below = (plain(unbroken(figure[part])) for part in ("shown", "label", "detail"))
            cell.paragraphs[0].text, cell.paragraphs[0].style = shown, style.KEY
            for words, name in zip(below, (style.KEY_LABEL, style.NOTE), strict=True):
                cell.add_paragraph(words, name)


def _findings(book: Manuscript, found: list[dict[str, str]]) -> None:
    """Each finding in a paragraph: its headline, and smaller how sure it is and why."""
    if found:
        book.paragraph(_("Temuan"), style.FINDINGS)
        for finding in found:
            last = book.paragraph(unbroken(finding["headline"]), style.FINDING)
            behind = (tables.chip(finding["level"]), finding["action"], finding["detail"])
            if below := " · ".join(filter(None, behind)):
                last.add_run().add_break()
                last.add_run(plain(unbroken(below))).font.size = SMALL
        last.paragraph_format.space_after = AFTER_FINDINGS


def _chart(book: Manuscript, content: Mapping[str, Any], data: Mapping[str, Any]) -> None:
    if drawn := prose.picture(data):
        book.picture(bare(drawn), content["alt"])
    else:
        book.paragraph(content["alt"], "Quote")
    book.caption(_(FIGURE), content["title"])
    _below(book, content)


def _table(book: Manuscript, content: Mapping[str, Any], place: str) -> None:
    columns, rows = content["columns"], content["rows"][:MOST_ROWS]
    formats = [column["format"] for column in columns]
    shown = [[column["label"] for column in columns]]
    shown += [[tables.cell(v, f) for v, f in zip(row, formats, strict=True)] for row in rows]
    right = [f != "text" for f in formats]
    across = bool(rows) and letters(shown, right, book.width) is None
    if across:
        book.turn()
    book.caption(_(TABLE), content["title"])
    if rows:
        grid(book, shown, right, content["title"])
    else:
        book.paragraph(_("Tidak ada."))
    cut = ""
    if len(rows) < len(content["rows"]):
        cut = _("{shown} baris pertama dari {all}; semuanya di {place}.")
        cut = cut.format(shown=len(rows), all=len(content["rows"]), place=place)
    _below(book, content, cut)
    if across:
        book.turn()


def _below(book: Manuscript, content: Mapping[str, Any], cut: str = "") -> None:
    """What stands below a chart or a table: how to read it, what it leaves out, its source."""
    source = content.get("source") and _("Sumber: {source}").format(source=content["source"])
    lines = [line for line in (content.get("note"), cut, source) if line]
    book.paragraph(unbroken(" · ".join(lines)), style.NOTE)


def _foreign(book: Manuscript, output: NotebookNode) -> None:
    """An output that is none of ours: a picture, prose, a table or text."""
    data = output.get("data", {})
    if output.output_type == "error":
        words = _("Bagian ini gagal dibuat.")
        book.paragraph(f"{words} {output.ename}: {strip_ansi(output.evalue)}", style.NOTE)
    elif output.get("name") == "stdout" and output.text.strip():
        book.paragraph(strip_ansi(output.text).rstrip(), style.CODE)
    elif drawn := prose.picture(data):
        book.picture(drawn, data.get("text/plain", ""))
    elif "text/markdown" in data:
        prose.write(book, data["text/markdown"])
    elif "text/html" in data:
        _html(book, data["text/html"])


def _html(book: Manuscript, source: str) -> None:
    """The tables of foreign HTML, such as a frame's own; the rest of it is left out."""
    for table in BeautifulSoup(source, "html.parser").find_all("table"):
        rows = [
            [cell.get_text(" ", strip=True) for cell in row.find_all(["th", "td"])]
            for row in table.find_all("tr")
        ]
        wide = max(map(len, rows), default=0)
        rows = [row + [""] * (wide - len(row)) for row in rows[: MOST_ROWS + 1]]
        if wide:
            grid(book, rows, [False] * wide, _("Tabel"))
            book.paragraph(name=style.NOTE)
