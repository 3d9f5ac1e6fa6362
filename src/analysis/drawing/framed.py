"""A figure handed over: as lean SVG, as PNG for programs that show no SVG, or as a file."""

import base64
import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import matplotlib
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from analysis.drawing import style, vector
from analysis.drawing.canvas import EDGE, Canvas
from analysis.drawing.lettering import clean, wrap
from analysis.drawing.style import MUTED, SIZE, SMALL
from analysis.text import _

_SHARP = 150  # dots an inch


def _whole(figure: Figure) -> Bbox:
    """All of a picture, in inches: in one that is none of ours something may lie outside of it."""
    if isinstance(figure, Canvas):
        return figure.bbox_inches
    return Bbox.union([figure.bbox_inches, figure.get_tightbbox()])


def svg(figure: Figure, title: str) -> str:
    """The picture as SVG: the same bytes for the same picture, text kept as text."""
    buffer, box, own = io.BytesIO(), _whole(figure), isinstance(figure, Canvas)
    told = {"Date": None, "Creator": None}
    if own:
        FigureCanvasSVG(figure).print_svg(buffer, metadata=told)
    else:
        figure.savefig(buffer, format="svg", bbox_inches=box, metadata=told)
    return vector.lean(buffer.getvalue().decode(), clean(title), 72 * box.width, own=own)


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
    high = round(_SHARP * _whole(figure).height)
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
    # Ticks that others drew may be formulas, and are made anew when they are drawn.
    matplotlib.rcParams["text.parse_math"] = not isinstance(figure, Canvas)
    with framed(figure, *told) as (box, _above):
        metadata = _properties(str(path).rpartition(".")[2].lower(), properties)
        figure.savefig(path, dpi=200, bbox_inches=box, metadata=metadata)
    if isinstance(figure, Canvas):
        FigureCanvasSVG(figure)  # which measures its texts


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
    whole = _whole(figure)
    left, up, down = whole.x0, whole.y1 - figure.bbox_inches.y1, whole.y0
    room = 72 * whole.width - 2 * EDGE
    sourced = _("Sumber: {source}").format(source=source) if source else ""
    lines = wrap(title, room, SIZE + 2, bold=True)
    foot = [line for text in (note, sourced) if text for line in wrap(text, room, SMALL)]
    above = 1.25 * (SIZE + 2) * len(lines) + 2 * EDGE
    under = 1.25 * SMALL * len(foot) + 2 * EDGE if foot else 0.0
    written = [
        figure.text(
            (EDGE + 72 * left) / width,
            1 + (72 * up + above - EDGE - 1.25 * (SIZE + 2) * (at + 0.8)) / height,
            line,
            fontsize=SIZE + 2,
            fontweight="bold",
            parse_math=False,
        )
        for at, line in enumerate(lines)
    ] + [
        figure.text(
            (EDGE + 72 * left) / width,
            -(EDGE - 72 * down + 1.25 * SMALL * (at + 0.8)) / height,
            line,
            fontsize=SMALL,
            color=MUTED,
            parse_math=False,
        )
        for at, line in enumerate(foot)
    ]
    # A little more, since whole numbers of pixels may be computed as a little less.
    top = height / 72 + up + above / 72
    yield Bbox([[left, down - under / 72], [whole.x1 + 1e-6, top + 1e-6]]), above
    for text in written:
        text.remove()
