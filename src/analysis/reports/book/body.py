"""What an executed notebook shows, as the body of a chapter: what matters first."""

from collections.abc import Mapping, Sequence
from typing import Any

from bs4 import BeautifulSoup
from docx.shared import Length, Pt
from docx.text.paragraph import Paragraph

from analysis import formats, tables
from analysis.exhibits import bare
from analysis.reports.blocks import (
    Block,
    Copies,
    Figures,
    Numbered,
    Prose,
    Said,
    Words,
)
from analysis.reports.book import prose, style
from analysis.reports.book.footnotes import footnote
from analysis.reports.book.grid import grid, letters
from analysis.reports.book.manuscript import Manuscript
from analysis.reports.document import MOST_ROWS, Document
from analysis.reports.html import unbroken
from analysis.reports.office import plain
from analysis.text import _

KEY = ("shown", "label", "detail")
ABREAST = 4  # key figures in one row
AFTER_FINDINGS, SMALL = Pt(14), Pt(9)


def write(book: Manuscript, document: Document, workbook: str) -> None:
    """Write key figures and findings, then prose, charts and tables in their order.

    `workbook` names the spreadsheet with all its numbers, to which a table cut short refers.
    """
    _keys(book, document.keys)
    _findings(book, document.findings)
    for block in (*document.blocks, *document.appendix):
        _block(book, block, workbook)


def _block(book: Manuscript, block: Block, workbook: str) -> None:
    match block:
        case Prose():
            prose.write(book, block.tokens)
        case Said():
            _findings(book, block.findings)
        case Figures():
            _keys(book, block.figures)
        case Copies():
            for one in block.texts:
                book.paragraph(one["name"], style.NOTE)
                book.paragraph(one["text"], style.CODE)
        case Numbered("table"):
            place = _("{file}, lembar “{sheet}”").format(file=workbook, sheet=block.label)
            _table(book, block, place)
        case Numbered():
            _chart(book, block)
        case Words("failed", words):
            book.paragraph(_("Bagian ini gagal dibuat.") + f" {words}", style.NOTE)
        case Words("left_out", words):
            said = _("Keluaran ini memerlukan skrip dan tidak dapat ditampilkan: {name}")
            book.paragraph(said.format(name=words), style.NOTE)
        case Words("none", words):
            book.paragraph(words)
        case Words("html", words):
            for line in BeautifulSoup(words, "html.parser").get_text("\n", strip=True).split("\n"):
                book.paragraph(line)
        case Words(words=words):
            book.paragraph(words, style.CODE)


def _keys(book: Manuscript, figures: Sequence[Mapping[str, Any]]) -> None:
    """Key figures beside each other, each enclosed in its cell."""
    for start in range(0, len(figures), ABREAST):
        row = figures[start : start + ABREAST]
        cells = book.table(1, [Length(book.width // len(row))] * len(row)).rows[0].cells
        for cell, figure in zip(cells, row, strict=True):
            shown, *below = (plain(unbroken(figure[part])) for part in KEY)
            cell.paragraphs[0].text, cell.paragraphs[0].style = shown, style.KEY
            for words, name in zip(below, (style.KEY_LABEL, style.NOTE), strict=True):
                cell.add_paragraph(words, name)
            id = book.own("key")
            for part, written in zip(KEY, cell.paragraphs, strict=True):
                book.enclose(f"{id}-{part}", written)


def _findings(book: Manuscript, found: Sequence[Mapping[str, str]]) -> None:
    """Each finding in a paragraph: beside it how sure it is, its numbers in a footnote."""
    if found:
        book.paragraph(_("Temuan"), style.FINDINGS)
        for finding in found:
            id = book.own(family(finding["claim"]))
            last = book.paragraph(unbroken(finding["headline"]), style.FINDING)
            if sure := tables.chip(finding["level"]):
                whole = sure.replace(" ", "\N{NO-BREAK SPACE}")
                last.add_run(f" {whole}").font.size = SMALL
            if finding["detail"]:
                footnote(last, unbroken(finding["detail"]))
            book.enclose(id, last)
            if finding["action"]:
                proposed = _("Usul tindak lanjut:")
                last.paragraph_format.keep_with_next = True
                last = book.paragraph(f"{proposed} {unbroken(finding['action'])}", style.ACTION)
                book.enclose(f"{id}-action", last)
        last.paragraph_format.space_after = AFTER_FINDINGS


def family(claim: str) -> str:
    """What a claim says, whichever item it says it of: another may be the lowest next time."""
    stage, *_item, kind = claim.split(".") if claim.count(".") > 1 else ("", "finding")
    return f"{stage}-{kind}".strip("-")


def _chart(book: Manuscript, block: Numbered) -> None:
    content = block.content
    if drawn := prose.picture(block.forms):
        first = book.picture(bare(drawn), content["alt"])
    else:
        first = book.paragraph(content["alt"], "Quote")
    book.enclose(block.id, first)
    book.enclose(f"{block.id}-title", book.caption(block.label, content["title"]))
    book.enclose(f"{block.id}-note", _below(book, content))


def _table(book: Manuscript, block: Numbered, place: str) -> None:
    content = block.content
    columns, rows = content["columns"], content["rows"][:MOST_ROWS]
    kinds = [column["format"] for column in columns]
    shown = [[column["label"] for column in columns]]
    shown += [[formats.cell(v, f) for v, f in zip(row, kinds, strict=True)] for row in rows]
    right = [f != "text" for f in kinds]
    across = bool(rows) and letters(shown, right, book.width) is None
    if across:
        book.turn()
    book.enclose(f"{block.id}-title", book.caption(block.label, content["title"]))
    if rows:
        book.enclose(block.id, *grid(book, shown, right, content["title"]))
    else:
        book.paragraph(_("Tidak ada."))
    cut = ""
    if len(rows) < len(content["rows"]):
        cut = _("{shown} baris pertama dari {all}; semuanya di {place}.")
        cut = cut.format(shown=len(rows), all=len(content["rows"]), place=place)
    book.enclose(f"{block.id}-note", _below(book, content, cut))
    if across:
        book.turn()


def _below(book: Manuscript, content: Mapping[str, Any], cut: str = "") -> Paragraph:
    """What stands below a chart or a table: how to read it, what it leaves out, its source."""
    source = content.get("source") and _("Sumber: {source}").format(source=content["source"])
    lines = [line for line in (content.get("note"), cut, source) if line]
    return book.paragraph(unbroken(" · ".join(lines)), style.NOTE)
