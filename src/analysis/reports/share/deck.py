"""The empty slides: wide, in our look, with boxes that programs know as those of title and text."""

from collections.abc import Sequence
from io import BytesIO

from PIL import Image, ImageDraw
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml.ns import qn
from pptx.oxml.shapes.picture import CT_Picture
from pptx.presentation import Presentation as Deck
from pptx.slide import Slide
from pptx.text.text import TextFrame
from pptx.util import Emu, Inches, Length, Pt

from analysis.reports.office import plain
from analysis.reports.share.measure import LEADING, fitted
from analysis.text import tag

WIDE, TALL = Inches(13.333), Inches(7.5)
OPENING, LISTED, TITLED = 0, 1, 5  # layouts of python-pptx's own template
RED, TEAL, INK, MUTED, AMBER, TINT, PAPER = (
    RGBColor.from_string(c)
    for c in ("9E1B1E", "1F5F6B", "1D1D1F", "5F5F66", "FFF3D6", "EEF5F5", "FBFAF7")
)
FONT = "Arial"  # Office has it, and LibreOffice one of the same widths
THEME = {b'typeface="Calibri"': b'typeface="Arial"', b"4F81BD": b"1F5F6B", b"C0504D": b"9E1B1E"}
Run = tuple[str, float, RGBColor, bool]
"""Text, points, colour, and whether it is bold."""


def empty() -> Deck:
    """A presentation without slides."""
    deck = Presentation()
    wider = WIDE / (deck.slide_width or WIDE)
    deck.slide_width, deck.slide_height = Length(WIDE), Length(TALL)
    master = deck.slide_master
    for holder in (master, *deck.slide_layouts):
        for box in holder.placeholders:
            if box._element.spPr.find(qn("a:xfrm")) is not None:
                box.left, box.width = Length(box.left * wider), Length(box.width * wider)
    master.background.fill.solid()
    master.background.fill.fore_color.rgb = PAPER
    theme = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    for old, new in THEME.items():
        theme._blob = theme.blob.replace(old, new)
    _image, relation = master.part.get_or_add_image_part(_cloth())
    band = CT_Picture.new_pic(9000, "Kain", "", relation, 0, 0, WIDE, Inches(0.2))
    master.shapes._spTree.insert_element_before(band, "p:sp")
    return deck


def _cloth() -> BytesIO:
    """The band in the black, red and white of Simalungun cloth, as on pages."""
    high, wide = 30, 2000
    band = Image.new("RGB", (wide, high), "#9e1b1e")
    pen = ImageDraw.Draw(band)
    for left in range(0, wide, 20):
        pen.polygon([(left, 15), (left + 10, 6), (left + 20, 15), (left + 10, 24)], fill="#ffffff")
        pen.polygon([(left + 4, 15), (left + 10, 10), (left + 16, 15), (left + 10, 20)], "#9e1b1e")
    for top, bottom, colour in ((0, 3, "#1d1d1f"), (4, 4, "#ffffff"), (25, 25, "#ffffff"),
                                (26, 29, "#1d1d1f")):  # fmt: skip
        pen.rectangle((0, top, wide, bottom), fill=colour)
    made = BytesIO()
    band.save(made, "PNG")
    made.seek(0)
    return made


class Box:
    """A box for text on a slide, in inches; what is written is measured, and fits."""

    def __init__(self, left: float, top: float, width: float, height: float):
        self.left, self.top, self.width, self.height = left, top, width, height

    @property
    def inches(self) -> tuple[Length, Length, Length, Length]:
        return Inches(self.left), Inches(self.top), Inches(self.width), Inches(self.height)

    def fit(self, words: str, sizes: Sequence[float], bold: bool = False) -> tuple[str, float]:
        """Text in the first of these sizes in which it fits, or cut."""
        return fitted(words, self.width * 72, self.height * 72, sizes, bold)

    def put(self, frame: TextFrame) -> TextFrame:
        """A text frame without edges, whose text begins on top and is not moved by a program."""
        frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = Emu(0)
        frame.vertical_anchor = MSO_ANCHOR.TOP
        return frame

    def add(self, slide: Slide, *paragraphs: Sequence[Run], name: str) -> None:
        """Write paragraphs of runs on a slide."""
        shape = slide.shapes.add_textbox(*self.inches)
        shape.name = name
        write(self.put(shape.text_frame), paragraphs)

    def fill(self, slide: Slide, at: int, *paragraphs: Sequence[Run]) -> None:
        """Write in one of the slide's own boxes, which moves here."""
        holder = slide.placeholders[at]
        holder.left, holder.top, holder.width, holder.height = self.inches
        write(self.put(holder.text_frame), paragraphs)


def write(frame: TextFrame, paragraphs: Sequence[Sequence[Run]]) -> None:
    """Write paragraphs of runs in a text frame, at its left, without the marks of a list."""
    for at, runs in enumerate(paragraphs):
        paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        paragraph.line_spacing = Pt(max(run[1] for run in runs) * LEADING)
        properties = paragraph._p.get_or_add_pPr()
        properties.set("algn", "l")
        properties.set("marL", "0")
        properties.set("indent", "0")
        for part in ("a:spcBef", "a:spcAft"):
            space = properties.makeelement(qn(part), {})
            space.append(space.makeelement(qn("a:spcPts"), {"val": "0"}))
            properties.append(space)
        properties.append(properties.makeelement(qn("a:buNone"), {}))
        for words, size, colour, bold in runs:
            run = paragraph.add_run()
            run.text = plain(words)
            run.font.size, run.font.bold, run.font.name = Pt(size), bold, FONT
            run.font.color.rgb = colour


def speak(deck: Deck, language: str) -> None:
    """Name the language of every text, for those who spell and read it aloud."""
    code = tag(language)
    for slide in deck.slides:
        for root in (slide._element, slide.notes_slide._element):
            for run in root.iter(qn("a:r"), qn("a:fld")):
                properties = run.find(qn("a:rPr"))
                if properties is None:
                    properties = run.makeelement(qn("a:rPr"), {})
                    run.insert(0, properties)
                properties.set("lang", code)
