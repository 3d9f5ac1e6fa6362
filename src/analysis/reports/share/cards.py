"""Pictures for messengers, one a stage: 1080 x 1350 points, to be read on a telephone."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from analysis.reports import html
from analysis.reports.blocks import Numbered
from analysis.reports.share import browser
from analysis.reports.share.measure import LEADING, fitted, height, one_line
from analysis.reports.share.rows import BARS, Row, rows
from analysis.reports.share.told import Told
from analysis.runs.manifest import Edition
from analysis.text import _

WIDTH, HEIGHT = 1080, 1350
AT_ONCE = 10  # cards, as browsers draw no picture that is much higher
SMALL, MIDDLE, LARGE = 33, 36, 76  # points: 11, where a telephone shows the card 360 wide, or more
HEADLINES = (68, 64, 60, 56, 52, 48, 46)
ROOM = WIDTH - 2 * 64  # between the margins
SPACED = ROOM / 1.06  # of letters set apart
BESIDE = 270  # a row's number
AROUND = 28 + 36 + 30 + 54 + 36 + 2 * 24  # the band, edges, a chip, and what lies between parts
BELOW = 24 + 4  # a row's line, and what sets it apart
MOST, LEAST = 10, 4  # rows of a picture, and of the top of one that is longer


@dataclass(frozen=True)
class Card:
    """What stands on a card, `headline` with the size in which it fits.

    `keys`: shown and label. `gap`: more room between rows.
    """

    place: str
    headline: tuple[str, float]
    level: str
    label: str
    caption: str
    rows: Sequence[Row]
    note: str
    keys: Sequence[tuple[str, str]]
    action: str
    source: str
    whose: str
    gap: float


def name(stage: Told) -> str:
    """What the file of a stage's card is called."""
    return _("kartu") + f"-{stage.slug}.png"


def draw(program: str, stages: Sequence[Told], edition: Edition, folder: Path) -> dict[str, bytes]:
    """The cards by their names, drawn one below the other and cut apart. Raises `Unmade`."""
    made = {}
    for start in range(0, len(stages), AT_ONCE):
        drawn = stages[start : start + AT_ONCE]
        tall = len(drawn) * HEIGHT
        sheet = browser.picture(program, page(drawn, edition), folder, WIDTH, tall)
        for at, stage in enumerate(drawn):
            whole = BytesIO()
            box = (0, at * HEIGHT, WIDTH, (at + 1) * HEIGHT)
            sheet.crop(box).quantize(128).save(whole, "PNG", optimize=True)
            made[name(stage)] = whole.getvalue()
    return made


def page(stages: Sequence[Told], edition: Edition) -> str:
    """All cards one below the other."""
    return html.cards(edition, [card(stage, edition) for stage in stages], LEADING)


def card(stage: Told, edition: Edition) -> Card:
    """What a card has room for: the message, then a picture or key figures, then what to do.

    The message gives way to a picture down to the least of its sizes. Where no picture has room,
    the top of one that is ordered has, which says of how many it is.
    """
    place, _size = fitted(stage.place.upper(), SPACED, _of(2), [SMALL], bold=True)
    whose, _size = fitted(f"{edition.city} · {edition.period}", ROOM, _of(2), [SMALL], bold=True)
    words, least = fitted(
        stage.message["headline"], ROOM, 7 * 46 * LEADING + 1, HEADLINES, bold=True
    )
    taken = AROUND + height(place, SPACED, SMALL, True) + height(whose, ROOM, SMALL, True)
    taken += _of(2) + (_of(1) + 28 if edition.sample else 0)

    def free(size: float) -> float:
        return HEIGHT - taken - height(words, ROOM, size, True)

    sizes = [size for size in HEADLINES if size <= least]
    pictures = [(block, rows(block.content)) for block in stage.pictures]
    fits = (
        (size, block, shown)
        for block, shown in pictures
        for size in sizes
        if len(shown) in range(1, MOST + 1) and _tall(block, shown) <= free(size)
    )
    tops = (
        (size, block, shown[:most])
        for block, shown in pictures
        if block.content["chart"] == "ranked"
        for most in range(min(MOST, len(shown)), LEAST - 1, -1)
        for size in sizes
        if _tall(block, shown[:most]) <= free(size)
    )
    size, block, shown = next(fits, None) or next(tops, (least, None, []))
    caption, source = "", edition.response
    room = free(size)
    if block:
        title = one_line(_caption(block, shown).removeprefix(block.label))
        caption = "" if title.rstrip(".") == words.rstrip(".") else title
        source = block.content["source"] or source
        room -= _tall(block, shown)
    action, told = one_line(stage.message["action"]), _("Usul tindak lanjut:")
    if (tall := height(f"{told} {action}", ROOM - 33, MIDDLE, True) + 24) > room:
        action, tall = "", 0.0
    room -= tall
    keys = []
    for figure in () if block else stage.keys[:3]:
        number, _size = fitted(figure["shown"], ROOM, LARGE * LEADING, [LARGE], bold=True)
        below = one_line(figure["label"])
        tall = LARGE * LEADING + height(below, ROOM, MIDDLE) + 41
        if tall > room:
            break
        room -= tall
        keys.append((number, below))
    source = _("Masterplan Smart City. Sumber: {source}").format(source=source)
    source, _size = fitted(source, ROOM, _of(2), [SMALL])
    return Card(
        place,
        (words, size),
        stage.message["level"],
        block.label if block else "",
        caption,
        shown,
        _note(block) if block else "",
        keys,
        action,
        source,
        whose,
        min(room / len(shown), 24) if shown else 0,
    )


def _caption(block: Numbered, shown: Sequence[Row]) -> str:
    """A picture's label and title, and of how many rows these are the first."""
    caption = f"{block.label} {block.content['title']}"
    if len(shown) == (every := len(block.content["rows"])):
        return caption
    return _("{caption} ({n} teratas dari {all})").format(caption=caption, n=len(shown), all=every)


def _of(lines: int) -> float:
    return lines * SMALL * LEADING + 1


def _note(block: Numbered) -> str:
    """What bars are of; of intervals the card says nothing that would need a note."""
    return one_line(block.content["note"]) if block.content["chart"] in BARS else ""


def _tall(block: Numbered, shown: Sequence[Row]) -> float:
    names = sum(height(row.name, ROOM - BESIDE, SMALL) + BELOW for row in shown)
    caption = height(_caption(block, shown), ROOM, MIDDLE, True) + 16
    return names + caption + height(_note(block), ROOM, SMALL)
