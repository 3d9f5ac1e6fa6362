"""The pictures that a notebook's text names, taken into it, so that its report needs nothing else.

Each is drawn anew: it bears no place, time or name of whoever took it, and is no larger than a page
shows it. What is no picture, or lies elsewhere, is not taken; the page then says that it lacks.
"""

from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote

from nbformat import NotebookNode
from PIL import Image, ImageOps

from analysis.project.folder import leads_below
from analysis.runs import markdown
from analysis.text import _

LARGEST, MOST_PIXELS = 20_000_000, 50_000_000  # bytes of a file, and what it unfolds to
WIDEST = 1_600  # pixels
MOST = 600_000  # bytes of a picture that is taken
MODES = {"JPEG": "RGB", "PNG": "RGBA"}
SVG = "image/svg+xml"


def embed(notebook: NotebookNode, folder: Path) -> None:
    """Attach to each cell of an executed notebook the pictures that its Markdown names.

    Those of files by the name that the Markdown gives them, if they are below `folder`: PNG, JPEG
    and SVG.
    """
    for cell in notebook.cells:
        names = list(_named(_(cell.source.strip()))) if cell.cell_type == "markdown" else []
        if names:
            held, taken = cell.get("attachments", {}), {}
            for name in names:
                content = _attached(held[name]) if name in held else _file(folder, name)
                if forms := _drawn(content):
                    taken[name] = forms
            cell.attachments = taken


def _named(source: str) -> Iterator[str]:
    for token in markdown.walk(markdown.parse(source)):
        if token["type"] == "image":
            yield unquote(token["attrs"]["url"].removeprefix("attachment:"))


def _attached(forms: Mapping[str, str]) -> bytes:
    """What somebody has dragged into a cell; JupyterLab packs SVG, too."""
    for content in forms.values():
        with suppress(ValueError):
            return b64decode(content, validate=True)
        return content.encode()
    return b""


def _file(folder: Path, name: str) -> bytes:
    with suppress(OSError, ValueError):
        path = folder / name
        elsewhere = "\\" in name or ":" in name or not leads_below(path, folder)
        if not elsewhere and path.is_file() and path.stat().st_size <= LARGEST:
            return path.read_bytes()
    return b""


def _drawn(content: bytes) -> dict[str, str]:
    """The picture by its MIME type; nothing where it is none, or too large."""
    with suppress(UnicodeDecodeError):
        text = content.decode("utf-8-sig")
        if "<svg" in text:
            return {SVG: text} if len(content) <= MOST else {}
    try:
        with Image.open(BytesIO(content), formats=list(MODES)) as image:
            kind = str(image.format)
            if image.width * image.height > MOST_PIXELS:
                return {}
            drawn = ImageOps.exif_transpose(image).convert(MODES[kind])
    except Exception:  # of whatever kind: anything may lie there
        return {}
    drawn.info.clear()
    drawn.thumbnail((WIDEST, WIDEST))
    drawn.save(stream := BytesIO(), kind, optimize=True)
    if stream.tell() > MOST:
        return {}
    return {f"image/{kind.lower()}": b64encode(stream.getvalue()).decode()}
