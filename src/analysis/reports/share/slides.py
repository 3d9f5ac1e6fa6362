"""The slides: each says one thing in its title, shows it once, and keeps the detail in its notes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from PIL import Image
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Deck
from pptx.shapes.base import BaseShape
from pptx.slide import Slide
from pptx.util import Inches

from analysis import tables, text
from analysis.exhibits import bare
from analysis.reports.blocks import Numbered
from analysis.reports.book.chapters import Chapter
from analysis.reports.book.xml import plain
from analysis.reports.share import native
from analysis.reports.share.deck import (
    AMBER,
    INK,
    LISTED,
    MUTED,
    OPENING,
    RED,
    TEAL,
    TINT,
    TITLED,
    Box,
    Run,
    empty,
    speak,
    write,
)
from analysis.reports.share.measure import LEADING, height, one_line
from analysis.reports.share.told import Told, png
from analysis.runs.manifest import Manifest
from analysis.text import _

MOST = 15
TITLE = "Masterplan Smart City"
LEFT, RIGHT, TOP, FOOT = 0.6, 12.733, 1.84, 6.64  # inches: the edges of what is shown
ASIDE = 3.7
SMALLEST = 0.75  # of a picture's own size, in which its letters have 9 to 10 points
WIDTH = 7.2  # inches of a picture in its own size
LONGEST = 255  # letters of a property
AUTHOR = "masterplan"


@dataclass(frozen=True)
class Show:
    """The slides while they are made."""

    deck: Deck
    manifest: Manifest

    def slide(self, layout: int, eyebrow: str, level: str, headline: str) -> Slide:
        """A slide with its message as its title, and above it where it belongs."""
        made = self.deck.slides.add_slide(self.deck.slide_layouts[layout])
        chip = bound(level)
        box = Box(LEFT, 0.7, RIGHT - LEFT, 1.04)
        words, size = box.fit(f"{one_line(headline)} {chip}", SIZES, True)
        runs: list[Run] = [(words.removesuffix(chip).rstrip(), size, INK, True)]
        if chip:
            runs.append((f"  {chip}", size * 0.7, TEAL, True))
        box.fill(made, 0, runs)
        self._around(made, eyebrow)
        return made

    def _around(self, made: Slide, eyebrow: str) -> None:
        """What stands on every slide: where it belongs, that it is a sample, its number."""
        edition = self.manifest.edition
        box = Box(LEFT, 0.38, 9.6, 0.3)
        words, size = box.fit(eyebrow, [13, 12, 11, 10, 9], True)
        box.add(made, [(words, size, RED, True)], name=_("Bagian"))
        if edition.sample:
            mark(made, Box(RIGHT - 2.0, 0.34, 2.0, 0.34))
        box = Box(LEFT, 7.12, 9.5, 0.24)
        words, size = box.fit(f"{TITLE} · {edition.city} · {edition.period}", [10, 9, 8])
        box.add(made, [(words, size, MUTED, False)], name=_("Kaki"))
        number(made, Box(RIGHT - 0.8, 7.12, 0.8, 0.24))

    def say(self, made: Slide, *lines: str) -> None:
        """The notes of a slide."""
        frame = made.notes_slide.notes_text_frame
        if frame is not None:
            frame.text = plain("\n".join(filter(None, lines)))


SIZES = (28, 26, 24, 22, 20, 18, 16)


def write_slides(manifest: Manifest, chapters: Sequence[Chapter], stages: Sequence[Told]) -> bytes:
    """The presentation, of at most `MOST` slides, in the language in use."""
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
    closing(show, chapters, stages[room:])
    speak(show.deck, text.language())
    _sign(show)
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
    answers = _("{sent} dari {expected} perangkat daerah mengirim, {answered} lengkap").format(
        sent=edition.sent, expected=edition.expected, answered=edition.answered
    )
    period, _size = Box(0, 0, 11.3, 0.4).fit(_("Periode {period}").format(period=edition.period), [22])
    box = Box(1.0, 3.75, 11.3, 1.6)
    box.fill(made, 1, [(period, 22, INK, False)], [(answers, 18, MUTED, False)])
    if edition.sample:
        mark(made, Box(1.0, 5.6, 6.6, 0.5), _("DATA CONTOH: sintetis, bukan hasil survei"))
    told = _("Disusun dari laporan {made}. Setiap angka dapat diperiksa: klaim dalam {file}, angka "
             "gambar dalam lembar bernama sama di folder tables.")  # fmt: skip
    show.say(made, told.format(made=edition.made, file="claims.json"))


def summary(show: Show, front: Chapter) -> None:
    """What leads, and what is to be decided."""
    lead, *others = front.document.findings
    made = show.slide(LISTED, front.title, lead["level"], lead["headline"])
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


def first(show: Show, stage: Told) -> Numbered | None:
    """The stage's message with its picture, its key figures that are claims, and what to do."""
    made = show.slide(TITLED, stage.place, stage.message["level"], stage.message["headline"])
    keys = [k for k in stage.keys if k.get("claim")][:3]
    action = one_line(stage.message["action"])
    aside = bool(keys or action)
    wide = RIGHT - LEFT - (ASIDE + 0.45 if aside else 0)
    shown = next((b for b in stage.pictures if _fits(b, wide)), None)
    if shown:
        exhibit(show, made, shown, wide, stage.message["headline"])
    if aside:
        left = RIGHT - ASIDE if shown else LEFT
        beside(made, keys, action, left, ASIDE if shown else RIGHT - LEFT)
    show.say(
        made,
        "" if stage.current else OLD(),
        *(detail(finding) for finding in stage.findings),
        *(_key(key) for key in keys),
        noted(shown) if shown else "",
    )
    return shown


def second(show: Show, stage: Told, block: Numbered) -> None:
    """A chart of the stage that can be edited, under its own title."""
    made = show.slide(TITLED, stage.place, "", block.content["title"])
    exhibit(show, made, block, RIGHT - LEFT, block.content["title"])
    show.say(made, "" if stage.current else OLD(), noted(block))


def OLD() -> str:
    return _("Bagian ini berasal dari jawaban yang lebih lama: pembaruannya belum berhasil.")


def _fits(block: Numbered, wide: float) -> bool:
    if native.fits(block.content):
        return True
    content = png(block)
    if not content:
        return False
    across, up = Image.open(BytesIO(bare(content))).size
    caption = height(f"{block.label} {block.content['title']}", wide * 72, 14, True) / 72
    return min(wide / WIDTH, (FOOT - TOP - caption - 0.1) / (up / across * WIDTH)) >= SMALLEST


def exhibit(show: Show, made: Slide, block: Numbered, wide: float, message: str) -> None:
    """A chart as PowerPoint draws it, or its picture, with its title above and its source below."""
    content, top = block.content, TOP
    title = one_line(content["title"])
    same = title.rstrip(".") == one_line(message).rstrip(".")
    caption = block.label if same else f"{block.label} {title}"
    tall = height(caption, wide * 72, 14, True) / 72 + 0.04
    box = Box(LEFT, top, wide, tall)
    runs = [(block.label, 14, RED, True)] + ([] if same else [(f" {title}", 14, INK, True)])
    box.add(made, runs, name=_("Judul gambar"))
    room = Box(LEFT, top + tall + 0.08, wide, FOOT - top - tall - 0.08)
    if native.fits(content):
        shape: BaseShape = native.draw(made.shapes, content, room.inches)
    else:
        picture = bare(png(block) or b"")
        across, up = Image.open(BytesIO(picture)).size
        scale = min(room.width / across, room.height / up)
        size = Inches(across * scale), Inches(up * scale)
        shape = made.shapes.add_picture(BytesIO(picture), Inches(LEFT), Inches(room.top), *size)
    shape.name = plain(block.label)
    shape._element.xpath(".//p:cNvPr")[0].set("descr", plain(content["alt"]))
    source = content["source"] and _("Sumber: {source}").format(source=content["source"])
    below = Box(LEFT, 6.7, RIGHT - LEFT, 0.38)
    words, size = below.fit(" · ".join(filter(None, (content["note"], source))), [11, 10, 9])
    below.add(made, [(words, size, MUTED, False)], name=_("Sumber"))


def beside(
    made: Slide, keys: Sequence[dict], action: str, left: float, width: float
) -> None:
    """Key figures below each other, and at the end what to do, as far as there is room."""
    top, end = TOP, FOOT
    if action:
        told = _("Usul tindak lanjut:")
        inner = Box(left + 0.2, 0, width - 0.4, 2.3)
        words, size = inner.fit(f"{told} {action}", (18, 17, 16, 15, 14, 13, 12))
        words = words.removeprefix(told).strip()
        inner.height = height(f"{told} {words}", inner.width * 72, size, True) / 72
        inner.top = FOOT - inner.height - 0.15
        panel(made, Box(left, inner.top - 0.15, width, inner.height + 0.3), TINT)
        inner.add(made, [(told, size, TEAL, True), (f" {words}", size, INK, False)], name=_("Usul"))
        end = inner.top - 0.4
    for key in keys:
        label, chip = one_line(key["label"]), tables.chip(key.get("level", ""))
        below = height(label, width * 72, 14) / 72
        tall = 34 * LEADING / 72 + below + (13 * LEADING / 72 if chip else 0)
        if top + tall > end:
            break
        shown, size = Box(0, 0, width, 34 * LEADING / 72).fit(key["shown"], (34, 28, 22, 18), True)
        lines: list[list[Run]] = [[(shown, size, TEAL, True)], [(label, 14, INK, False)]]
        lines += [[(chip, 13, MUTED, True)]] if chip else []
        Box(left, top, width, tall).add(made, *lines, name=_("Angka kunci"))
        top += tall + 0.22


def closing(show: Show, chapters: Sequence[Chapter], lacking: Sequence[Told]) -> None:
    """What the words for sureness mean, and what is proposed to be done, each once."""
    made = show.slide(LISTED, TITLE, "", _("Seberapa yakin, dan apa berikutnya"))
    meanings = {
        "clear": _(
            "tetap terlihat juga setelah diperhitungkan bahwa banyak hal dibandingkan; bobot "
            "perangkat daerah atau jawaban yang kurang tidak membalikkannya."
        ),
        "likely": _(
            "terlihat bila dipandang sendiri, tetapi dapat kebetulan di antara banyak "
            "pembandingan, atau dapat berbalik."
        ),
        "unclear": _(
            "jawaban yang ada tidak cukup untuk mengatakan ke mana arahnya; itu bukan bukti bahwa "
            "tidak ada beda."
        ),
        "count": _("dihitung atau dikutip apa adanya, tanpa dugaan."),
    }
    words: list[list[Run]] = []
    for level, meaning in meanings.items():
        words += [[(tables.chip(level), 15, TEAL, True)], [(meaning, 14, INK, False)]]
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
    more = [_("Tidak dimuat: {title}.").format(title=stage.place) for stage in lacking]
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


def detail(finding: dict) -> str:
    """A finding with all that stands behind it, for the notes."""
    claim = finding["claim"]
    where = _("Klaim {id} dalam claims.json.").format(id=claim) if claim else ""
    parts = (finding["headline"], tables.chip(finding["level"]), finding["action"],
             finding["detail"], where)  # fmt: skip
    return "• " + " ".join(one_line(part) for part in parts if part)


def _key(key: dict) -> str:
    where = _("Klaim {id} dalam claims.json.").format(id=key["claim"])
    return one_line(f"• {key['shown']} {key['label']} ({key['detail']}). {where}")


def noted(block: Numbered) -> str:
    """What a picture shows, in words, and where its numbers are found."""
    content = block.content
    source = content["source"] and _("Sumber: {source}").format(source=content["source"])
    parts = (f"{block.label}.", content["alt"], content["note"], source)
    return "• " + " ".join(one_line(part) for part in parts if part)


def mark(made: Slide, box: Box, words: str = "") -> None:
    """That the answers are synthetic."""
    words = words or _("DATA CONTOH")
    panel(made, box, AMBER)
    size = 13 if box.height < 0.4 else 18
    inside = (box.height - size * LEADING / 72) / 2
    Box(box.left + 0.15, box.top + inside, box.width - 0.3, size * LEADING / 72).add(
        made, [(words, size, INK, True)], name=_("Contoh")
    )


def bound(level: str) -> str:
    """How sure something is, as a mark and a word in one line."""
    return tables.chip(level).replace(" ", "\N{NO-BREAK SPACE}")


def panel(made: Slide, box: Box, colour: RGBColor) -> None:
    """A plain field of colour behind what is written next, which those who listen do not hear of."""
    shape = made.shapes.add_shape(MSO_SHAPE.RECTANGLE, *box.inches)
    shape._element.remove(shape._element.find(qn("p:style")))
    shape.fill.solid()
    shape.fill.fore_color.rgb = colour
    shape.name = _("Bidang")


def number(made: Slide, box: Box) -> None:
    """The number of the slide, which follows it when it is moved."""
    shape = made.shapes.add_textbox(*box.inches)
    shape.name = _("Nomor")
    frame = box.put(shape.text_frame)
    at = str(len(made.part.package.presentation_part.presentation.slides))
    write(frame, [[(at, 10, MUTED, False)]])
    paragraph = frame.paragraphs[0]._p
    paragraph.get_or_add_pPr().set("algn", "r")
    run = paragraph.r_lst[0]
    run.tag = run.tag.replace("}r", "}fld")
    run.set("id", "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}")
    run.set("type", "slidenum")


def _sign(show: Show) -> None:
    """Say what the presentation is."""
    properties, edition = show.deck.core_properties, show.manifest.edition
    properties.title = TITLE
    properties.subject = plain(f"{edition.city}, {edition.period}")[:LONGEST]
    properties.language, properties.author = edition.language, AUTHOR
    properties.last_modified_by, properties.keywords, properties.comments = AUTHOR, "", ""
    made = max(datetime.fromisoformat(e.made) for e in show.manifest.entries.values())
    properties.created = properties.modified = made.replace(tzinfo=None)
