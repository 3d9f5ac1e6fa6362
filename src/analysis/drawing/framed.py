"""A figure handed over: as lean SVG, as PNG for programs that show no SVG, or as a file."""

import base64
import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from analysis.drawing import style, vector
from analysis.drawing.canvas import EDGE
from analysis.drawing.lettering import clean, wrap
from analysis.drawing.style import MUTED, SIZE, SMALL
from analysis.text import _

_SHARP = 150  # dots an inch


@contextmanager
def _kept(figure: Figure) -> Iterator[None]:
    """Whatever draws the figure meanwhile, it belongs to its own canvas afterwards."""
    canvas = figure.canvas
    try:
        yield
    finally:
        figure.set_canvas(canvas)


def svg(figure: Figure, title: str, *, own: bool = True) -> str:
    """The picture as SVG: the same bytes for the same picture, text kept as text.

    What is not our `own` may reach beyond its axes, and is cut off there.
    """
    buffer = io.BytesIO()
    with _kept(figure):
        FigureCanvasSVG(figure).print_svg(buffer, metadata={"Date": None, "Creator": None})
    points = 72 * figure.get_size_inches()[0]
    return vector.lean(buffer.getvalue().decode(), clean(title), points, own=own)


def png(figure: Figure, *told: str) -> str:
    """The picture in its frame for programs that show no SVG, as base64: 64 colours.

    `told`: its title, note and source. How many pixels of frame stand above and below the picture
    is kept as its text ``frame``, so that `exhibits.bare` can take it off.
    """
    raw, small = io.BytesIO(), io.BytesIO()
    with framed(figure, *told) as (box, above):
        figure.savefig(raw, format="rgba", dpi=_SHARP, bbox_inches=box)
    size = int(_SHARP * box.width), int(_SHARP * box.height)
    picture = Image.frombytes("RGBA", size, raw.getvalue()).convert("RGB")
    high = round(_SHARP * figure.get_size_inches()[1])
    top = round(_SHARP * above / 72)
    kept = PngInfo()
    kept.add_text("frame", f"{top} {max(size[1] - high - top, 0)}")
    picture = picture.quantize(64, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    picture.save(small, "PNG", pnginfo=kept, compress_level=8)
    return base64.b64encode(small.getvalue()).decode()


@style.styled
def save(
    figure: Figure, path: Path | str, told: tuple[str, str, str], properties: Mapping[str, str]
) -> None:
    """Save the picture with its title, note and source; the ending chooses the format.

    `properties`: what the file says of itself, by the names that PNG has for it.
    """
    with _kept(figure), framed(figure, *told) as (box, _above):
        metadata = _properties(str(path).rpartition(".")[2].lower(), properties)
        figure.savefig(path, dpi=200, bbox_inches=box, metadata=metadata)


def _properties(ending: str, given: Mapping[str, str]) -> dict[str, Any]:
    """Properties as the format of a file has them: no time of writing, so the same bytes."""
    if ending == "png":
        return dict(given)
    more = [f"{name}: {value}" for name, value in given.items() if name not in ("Title", "Source")]
    if ending == "svg":
        return {"Title": given["Title"], "Source": given["Source"], "Keywords": more, "Date": None}
    return {
        "Title": given["Title"],
        "Subject": given["Source"],
        "Keywords": "; ".join(more),
        "CreationDate": None,
    }


@contextmanager
def framed(figure: Figure, title: str, note: str, source: str) -> Iterator[tuple[Bbox, float]]:
    """With title, note and source around it: what to save (inches), and points above it."""
    width, height = (72 * float(inches) for inches in figure.get_size_inches())
    room = width - 2 * EDGE
    sourced = _("Sumber: {source}").format(source=source) if source else ""
    lines = wrap(title, room, SIZE + 2, bold=True)
    foot = [line for text in (note, sourced) if text for line in wrap(text, room, SMALL)]
    above = 1.25 * (SIZE + 2) * len(lines) + 2 * EDGE
    under = 1.25 * SMALL * len(foot) + 2 * EDGE if foot else 0.0
    written = [
        figure.text(
            EDGE / width,
            1 + (above - EDGE - 1.25 * (SIZE + 2) * (at + 0.8)) / height,
            line,
            fontsize=SIZE + 2,
            fontweight="bold",
        )
        for at, line in enumerate(lines)
    ] + [
        figure.text(
            EDGE / width,
            -(EDGE + 1.25 * SMALL * (at + 0.8)) / height,
            line,
            fontsize=SMALL,
            color=MUTED,
        )
        for at, line in enumerate(foot)
    ]
    # A little more, since whole numbers of pixels may be computed as a little less.
    yield Bbox([[0, -under / 72], [width / 72 + 1e-6, (height + above) / 72 + 1e-6]]), above
    for text in written:
        text.remove()
