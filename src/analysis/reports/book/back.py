"""What stands behind the chapters: their methods, the words they use, and the works they cite."""

from collections.abc import Iterable

from docx.text.paragraph import Paragraph

from analysis.bibliography import METHODS
from analysis.reports import glossary
from analysis.reports.book import style
from analysis.reports.book.footnotes import told
from analysis.reports.book.manuscript import Manuscript
from analysis.reports.office import plain
from analysis.works import WORKS


def methods(book: Manuscript, named: Iterable[dict]) -> None:
    """Each method once, in the order of the alphabet."""
    for name, method in sorted({m["name"]: m for m in named}.items(), key=_folded):
        made = book.paragraph()
        made.add_run(plain(f"{name}. ")).bold = True
        made.add_run(plain(f"{method['how']} ({method['source']})"))


def terms(book: Manuscript, before: Paragraph) -> None:
    """The terms that the book uses by now, and what they mean, before a paragraph."""
    said = told(book.document)
    for term, meaning in sorted(glossary.meant(said), key=_folded):
        made = before.insert_paragraph_before()
        made.add_run(term).bold = True
        made.add_run(f": {meaning}")


def works(book: Manuscript, named: Iterable[dict], others: Iterable[str]) -> None:
    """All works that methods are taken from, and `others`, in the order of the alphabet."""
    keys = {key for m in named if m["key"] in METHODS for key in METHODS[m["key"]].works}
    entries = [WORKS[key].entry for key in keys.union(others)]
    for entry in sorted(entries, key=lambda e: "".join(part for part, _italic in e).casefold()):
        made = book.paragraph(name=style.WORK)
        for part, italic in entry:
            made.add_run(part).italic = italic or None


def _folded(pair: tuple[str, object]) -> str:
    return pair[0].casefold()
