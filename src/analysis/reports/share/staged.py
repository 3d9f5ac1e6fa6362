"""The slides of a stage: its message with a picture, and a chart that can be edited."""

from collections.abc import Sequence
from io import BytesIO

from PIL import Image
from pptx.shapes.base import BaseShape
from pptx.slide import Slide

from analysis import tables
from analysis.exhibits import bare
from analysis.reports.blocks import Numbered
from analysis.reports.office import plain
from analysis.reports.share import native
from analysis.reports.share.deck import INK, MUTED, RED, TEAL, TINT, TITLED, Box, Run
from analysis.reports.share.measure import LEADING, height, one_line
from analysis.reports.share.show import FOOT, LEFT, RIGHT, TOP, Show, panel
from analysis.reports.share.told import Told, png
from analysis.text import _

ASIDE = 3.7  # inches that key figures and what to do take beside a picture
WIDTH = 7.2  # inches of a picture in its own size
SMALLEST = 0.75  # of that size, in which its letters have 7 to 8 points


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
        *(detail(finding) for finding in stage.findings),
        *(_key(key) for key in keys),
        noted(shown) if shown else "",
    )
    return shown


def second(show: Show, stage: Told, block: Numbered) -> None:
    """A chart of the stage that can be edited, under its own title."""
    made = show.slide(TITLED, stage.place, "", block.content["title"])
    exhibit(show, made, block, RIGHT - LEFT, block.content["title"])
    show.say(made, noted(block))


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
    box = Box(LEFT, top, wide, 3 * 14 * LEADING / 72 + 0.01)
    caption, _size = box.fit(block.label if same else f"{block.label} {title}", [14], True)
    box.height = tall = height(caption, wide * 72, 14, True) / 72 + 0.04
    runs = [(block.label, 14, RED, True), (caption.removeprefix(block.label), 14, INK, True)]
    box.add(made, runs, name=_("Judul gambar"))
    room = Box(LEFT, top + tall + 0.08, wide, FOOT - top - tall - 0.08)
    if native.fits(content):
        shape: BaseShape = native.draw(made.shapes, content, room.inches)
    else:
        picture = bare(png(block) or b"")
        across, up = Image.open(BytesIO(picture)).size
        scale = min(room.width / across, room.height / up)
        place = Box(LEFT, room.top, across * scale, up * scale)
        shape = made.shapes.add_picture(BytesIO(picture), *place.inches)
    shape.name = plain(block.label)
    shape._element.xpath(".//p:cNvPr")[0].set("descr", plain(content["alt"]))
    source = content["source"] and _("Sumber: {source}").format(source=content["source"])
    below = Box(LEFT, 6.7, RIGHT - LEFT, 0.38)
    read = native.told(content) if native.fits(content) else ""
    words, size = below.fit(" · ".join(filter(None, (read, content["note"], source))), [11, 10, 9])
    below.add(made, [(words, size, MUTED, False)], name=_("Sumber"))


def beside(made: Slide, keys: Sequence[dict], action: str, left: float, width: float) -> None:
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
