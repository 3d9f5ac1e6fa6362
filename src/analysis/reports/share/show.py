"""What every slide has: its message as its title, where it belongs, its number, its mark."""

from dataclasses import dataclass

from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Deck
from pptx.slide import Slide

from analysis import tables
from analysis.reports.office import plain
from analysis.reports.share.deck import AMBER, INK, MUTED, RED, TEAL, Box, Run, write
from analysis.reports.share.measure import LEADING, one_line
from analysis.runs.manifest import Manifest
from analysis.text import _

TITLE = "Masterplan Smart City"
LEFT, RIGHT, TOP, FOOT = 0.6, 12.733, 1.84, 6.64  # inches: the edges of what is shown
SIZES = (28, 26, 24, 22, 20, 18, 16)


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
            mark(made, Box(RIGHT - 1.4, 0.34, 1.4, 0.34), _("CONTOH"))
        box = Box(LEFT, 7.12, 9.5, 0.24)
        words, size = box.fit(f"{TITLE} · {edition.city} · {edition.period}", [10, 9, 8])
        box.add(made, [(words, size, MUTED, False)], name=_("Kaki"))
        number(made, Box(RIGHT - 0.8, 7.12, 0.8, 0.24))

    def say(self, made: Slide, *lines: str) -> None:
        """The notes of a slide."""
        frame = made.notes_slide.notes_text_frame
        if frame is not None:
            frame.text = plain("\n".join(filter(None, lines)))


def bound(level: str) -> str:
    """How sure something is, as a mark and a word in one line."""
    return tables.chip(level).replace(" ", "\N{NO-BREAK SPACE}")


def panel(made: Slide, box: Box, colour: RGBColor) -> None:
    """A plain field of colour behind what is written next."""
    shape = made.shapes.add_shape(MSO_SHAPE.RECTANGLE, *box.inches)
    shape._element.remove(shape._element.find(qn("p:style")))
    shape.fill.solid()
    shape.fill.fore_color.rgb = colour
    shape.name = _("Bidang")


def mark(made: Slide, box: Box, words: str) -> None:
    """That the answers are synthetic."""
    panel(made, box, AMBER)
    inner = Box(box.left + 0.15, 0, box.width - 0.3, box.height - 0.06)
    words, size = inner.fit(words, (18, 16, 14, 13, 12, 11, 10), True)
    inner.height = size * LEADING / 72
    inner.top = box.top + (box.height - inner.height) / 2
    inner.add(made, [(words, size, INK, True)], name=_("Contoh"))


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
