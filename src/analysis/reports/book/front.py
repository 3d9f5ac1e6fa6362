"""What stands around the chapters: cover, header, footer."""

from collections.abc import Sequence

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.section import _BaseHeaderFooter
from docx.shared import Cm
from docx.text.paragraph import Paragraph

from analysis.reports.book import style
from analysis.reports.book.manuscript import Manuscript
from analysis.reports.book.xml import field
from analysis.reports.office import plain
from analysis.runs.manifest import Edition
from analysis.text import _

TITLE = "Masterplan Smart City"


def cover(
    book: Manuscript, edition: Edition, missing: Sequence[str], left_out: Sequence[str]
) -> None:
    """Title, city, period, and the answers behind the book.

    `missing`: titles of chapters that could not be made; `left_out`: of those that the city's
    outline does not name.
    """
    book.paragraph(TITLE, "Title").paragraph_format.space_before = Cm(5)
    book.paragraph(edition.city, "Subtitle")
    volume = _("Buku 1: Analisis · Periode {period}").format(period=edition.period)
    book.paragraph(volume, "Subtitle")
    if edition.sample:
        mark = _("DATA CONTOH. Jawaban dalam buku ini sintetis, bukan hasil survei.")
        book.enclose("cover-mark", book.paragraph(mark, style.SAMPLE))
    answered = _(
        "{sent} dari {expected} perangkat daerah mengirim, {answered} cukup lengkap untuk "
        "dihitung. Disusun dari laporan {made}."
    ).format(
        sent=edition.sent,
        answered=edition.answered,
        expected=edition.expected,
        made=edition.made,
    )
    made = book.paragraph(answered, style.NOTE)
    made.paragraph_format.space_before = Cm(8)
    book.enclose("cover-answered", made)
    if missing:
        words = _("Belum ada dalam buku ini, karena laporannya gagal dibuat: {titles}.")
        book.paragraph(words.format(titles="; ".join(missing)), style.NOTE)
    if left_out:
        words = _("Tidak dimuat, karena tidak disebut dalam buku.toml: {titles}.")
        book.paragraph(words.format(titles="; ".join(left_out)), style.NOTE)
    inputs = _("Sidik data masukan (SHA-256): ") + edition.sha256
    book.enclose("cover-inputs", book.paragraph(inputs, style.NOTE))


def margins(book: Manuscript, edition: Edition) -> None:
    """Header and footer of every page but the cover; the sample's mark stands first."""
    section = book.document.sections[0]
    section.different_first_page_header_footer = True
    book.document.settings.odd_and_even_pages_header_footer = False
    for margin in (section.first_page_header, section.first_page_footer):
        _cleared(margin, "Header")
    head = _cleared(section.header, "Header")
    if edition.sample:
        run = head.add_run(_("CONTOH") + " · ")
        run.bold, run.font.color.rgb = True, style.RED
        book.enclose("header-mark", head)
    head.add_run(plain(f"{TITLE} · Buku 1 · {edition.city} · {edition.period}"))
    foot = _cleared(section.footer, "Footer")
    foot.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    field(foot, "PAGE", "")
    foot.add_run(" / ")
    field(foot, "NUMPAGES", "")


def _cleared(margin: _BaseHeaderFooter, name: str) -> Paragraph:
    """The one paragraph that a header or footer is left with."""
    margin.is_linked_to_previous = False
    for part in list(margin._element):
        margin._element.remove(part)
    return margin.add_paragraph(style=name)
