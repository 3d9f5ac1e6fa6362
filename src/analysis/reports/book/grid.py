"""Real Word tables: a heading row on every page, numbers to the right, widths that fit."""

from collections.abc import Iterable, Sequence

from docx.oxml import OxmlElement
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Length, Pt
from docx.text.paragraph import Paragraph

from analysis.reports.book import style
from analysis.reports.book.manuscript import Manuscript
from analysis.reports.book.xml import element
from analysis.reports.office import plain

# The mean width of a letter against its size, plain and bold, in the widest font that may stand in
# for ours; the padding of a cell.
LETTER, BOLD, PADDING = 0.62, 0.76, Cm(0.32)
SIZE, SMALL = Pt(8.5), Pt(7.5)
# A column of text is given no more than this many letters before the others have theirs.
LONG = 70
# Up to this many rows a table stays on one page.
WHOLE = 16


def letters(rows: Sequence[Sequence[str]], right: Sequence[bool], width: Length) -> Length | None:
    """The size of letters at which all columns fit into a width; None where none does."""
    for size in (SIZE, SMALL):
        if sum(least for least, _wanted in _needs(rows, right, size)) <= width:
            return size
    return None


def grid(
    book: Manuscript, rows: Sequence[Sequence[str]], right: Sequence[bool], title: str
) -> tuple[Paragraph, Paragraph]:
    """Write a table no wider than the page; its first row is the heading.

    `right`: which columns hold numbers. `title` tells those who cannot see the table what it is.
    Returns the first and the last paragraph in it.
    """
    size = letters(rows, right, book.width) or SMALL
    widths = _widths(_needs(rows, right, size), book.width)
    made = book.table(0, widths, style.TABLE)
    table = made._tbl
    table.tblPr.append(element("w:tblCaption", val=plain(title)))
    cell_style = book.document.styles[style.CELL].style_id
    for at, row in enumerate(rows):
        layout = element("w:trPr", element("w:cantSplit"))
        if at == 0:
            layout.append(element("w:tblHeader"))
        # A row stays with the next one; the last one with the note below.
        keep = len(rows) <= WHOLE or at in (0, len(rows) - 1)
        line = element("w:tr", layout)
        for words, width, number in zip(row, widths, right, strict=True):
            line.append(_cell(_paragraph(words, cell_style, number, keep, size), width))
        table.append(line)
    written = table.xpath(".//w:p")
    return Paragraph(written[0], made), Paragraph(written[-1], made)


def _cell(content: BaseOxmlElement, width: Length) -> BaseOxmlElement:
    return element("w:tc", element("w:tcPr", element("w:tcW", w=width.twips, type="dxa")), content)


def _paragraph(
    words: str, style_id: str, number: bool, keep: bool, size: Length
) -> BaseOxmlElement:
    layout = element("w:pPr", element("w:pStyle", val=style_id))
    if keep:
        layout.append(element("w:keepNext"))
    if number:
        layout.append(element("w:jc", val="right"))
    run = OxmlElement("w:r")
    run.text = plain(words)
    if size != SIZE:
        half = round(size.pt * 2)
        run.insert(0, element("w:rPr", element("w:sz", val=half), element("w:szCs", val=half)))
    return element("w:p", layout, run)


def _needs(
    rows: Sequence[Sequence[str]], right: Sequence[bool], size: Length
) -> list[tuple[float, float]]:
    """The least width of each column (its longest word; a number is one) and the width wanted."""
    needs = []
    for (heading, *values), number in zip(zip(*rows, strict=True), right, strict=True):
        words = [w for v in values for w in ([v] if number else v.split())]
        least = max(BOLD * _longest(heading.split()), LETTER * _longest(words))
        # A heading may take two lines.
        whole = max(BOLD * len(heading) / 2, LETTER * _longest(values))
        wanted = max(least, min(whole, LETTER * LONG))
        needs.append((least * size + PADDING, wanted * size + PADDING))
    return needs


def _longest(words: Iterable[str]) -> int:
    return max(map(len, words), default=1)


def _widths(needs: Sequence[tuple[float, float]], width: Length) -> list[Length]:
    """Each column as wide as it wants; without room for that, its least and a share of the rest."""
    least, wanted = (sum(part) for part in zip(*needs, strict=True))
    if wanted <= width:
        return [Length(int(want)) for _least, want in needs]
    if least >= width:
        return [Length(int(low * width / least)) for low, _want in needs]
    share = (width - least) / (wanted - least)
    return [Length(int(low + share * (want - low))) for low, want in needs]
