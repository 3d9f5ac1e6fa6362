"""The slides: each says one thing in its title, shows it once, and has its detail in its notes."""

from collections.abc import Sequence
from io import BytesIO

from analysis import tables, text
from analysis.levels import MEANINGS
from analysis.reports.book.chapters import Chapter
from analysis.reports.office import sign
from analysis.reports.share import native
from analysis.reports.share.deck import (
    INK,
    LISTED,
    MUTED,
    OPENING,
    RED,
    TEAL,
    Box,
    Run,
    empty,
    speak,
)
from analysis.reports.share.measure import LEADING, height, one_line
from analysis.reports.share.show import FOOT, LEFT, RIGHT, TITLE, TOP, Show, bound, mark
from analysis.reports.share.staged import detail, first, second
from analysis.reports.share.told import Told
from analysis.runs.manifest import Manifest
from analysis.text import _

MOST = 15


def write_slides(
    manifest: Manifest, chapters: Sequence[Chapter], stages: Sequence[Told], missing: Sequence[str]
) -> bytes:
    """The presentation, of at most `MOST` slides, in the language in use.

    `missing`: titles of what could not be made. What there is no room for is named, too.
    """
    show = Show(empty(), manifest)
    opening(show)
    front = next((c for c in chapters if c.document.front and c.document.findings), None)
    if front:
        summary(show, front)
    room = MOST - len(show.deck.slides) - 1
    kept = stages[:room]
    spare = room - len(kept)
    for stage in kept:
        shown = first(show, stage)
        also = next((b for b in stage.pictures if b is not shown and native.fits(b.content)), None)
        if also and spare and not (shown and native.fits(shown.content)):
            spare -= 1
            second(show, stage, also)
    closing(show, chapters, [*(stage.place for stage in stages[room:]), *missing])
    speak(show.deck, text.language())
    sign(show.deck.core_properties, manifest, TITLE)
    stream = BytesIO()
    show.deck.save(stream)
    return stream.getvalue()


def opening(show: Show) -> None:
    """City, period, and whose answers these are."""
    edition = show.manifest.edition
    made = show.deck.slides.add_slide(show.deck.slide_layouts[OPENING])
    box = Box(1.0, 2.0, 11.3, 1.5)
    city, size = box.fit(edition.city, (48, 44, 40, 36, 32, 28, 24), True)
    box.fill(made, 0, [(TITLE, 22, RED, True)], [(city, size, INK, True)])
    period, _size = Box(0, 0, 11.3, 0.4).fit(
        _("Periode {period}").format(period=edition.period), [22]
    )
    box = Box(1.0, 3.75, 11.3, 1.6)
    box.fill(made, 1, [(period, 22, INK, False)], [(edition.response, 18, MUTED, False)])
    if edition.sample:
        sampled = " ".join((_("DATA CONTOH."), _("Sintetis, bukan hasil survei.")))
        mark(made, Box(1.0, 5.6, 6.6, 0.5), sampled)
    told = _("Disusun dari laporan {made}. Setiap angka dapat diperiksa: klaim dalam {file}, angka "
             "gambar dalam lembar bernama sama di folder tables.")  # fmt: skip
    show.say(made, told.format(made=edition.made, file="claims.json"))


def summary(show: Show, front: Chapter) -> None:
    """What leads, and what is to be decided."""
    lead, *others = front.document.findings
    made = show.slide(LISTED, front.dated, lead["level"], lead["headline"])
    box = Box(LEFT, TOP + 0.1, RIGHT - LEFT, FOOT - TOP + 0.2)
    for size in (22, 20, 18, 17, 16, 15, 14, 13, 12, 11):
        paragraphs: list[list[Run]] = []
        tall = 0.0
        for finding in others:
            chip = bound(finding["level"])
            said = one_line(finding["headline"])
            action = one_line(finding["action"])
            paragraphs.append([(said, size, INK, True), (f"  {chip}", size * 0.8, TEAL, True)])
            tall += height(f"{said}  {chip}", box.width * 72, size, True)
            if action:
                paragraphs.append([("→ " + action, size * 0.9, INK, False)])
                tall += height("→ " + action, box.width * 72, size * 0.9)
            paragraphs.append([(" ", size * 0.5, INK, False)])
            tall += size * 0.5 * LEADING
        if tall <= box.height * 72:
            break
    box.fill(made, 1, *paragraphs[:-1])
    show.say(made, *(detail(f) for f in front.document.findings))


def closing(show: Show, chapters: Sequence[Chapter], lacking: Sequence[str]) -> None:
    """What the words for sureness mean, and what is proposed to be done, each once."""
    made = show.slide(LISTED, TITLE, "", _("Seberapa yakin, dan apa berikutnya"))
    words: list[list[Run]] = []
    for level, meaning in MEANINGS.items():
        words += [[(tables.chip(level), 15, TEAL, True)], [(_(meaning), 14, INK, False)]]
        words += [[(" ", 6, INK, False)]]
    Box(LEFT, TOP, 4.9, FOOT - TOP).add(made, *words[:-1], name=_("Seberapa yakin"))
    found = [f for chapter in chapters for f in chapter.document.findings]
    actions = list(dict.fromkeys(one_line(f["action"]) for f in found if f["action"]))
    box = Box(LEFT + 5.4, TOP, RIGHT - LEFT - 5.4, FOOT - TOP)
    shown, size = _listed(actions, box)
    lines: list[list[Run]] = [[("→ " + action, size, INK, False)] for action in shown]
    if not actions:
        lines = [[(_("Belum ada usul tindak lanjut."), size, MUTED, False)]]
    box.fill(made, 1, [(_("Usul tindak lanjut:"), 15, TEAL, True)], *lines)
    more = [_("Tidak dimuat: {title}.").format(title=title) for title in lacking]
    show.say(made, *actions[len(shown) :], *more)


def _listed(actions: Sequence[str], box: Box) -> tuple[Sequence[str], float]:
    """As many of the first actions as there is room for, and the size of their letters."""
    room = box.height * 72 - 15 * LEADING
    for count in range(len(actions), 0, -1):
        for size in (16, 15, 14, 13, 12):
            tall = sum(height("→ " + action, box.width * 72, size) for action in actions[:count])
            if tall <= room:
                return actions[:count], size
    return [], 12
