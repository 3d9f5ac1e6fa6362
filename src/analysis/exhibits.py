"""What a notebook shows to its readers: charts, tables, key figures and findings.

An `Exhibit` displays itself in JupyterLab and carries the same content as typed JSON, so that
reports, spreadsheets and books are made from executed notebooks alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

MIME = "application/vnd.masterplan+json"
NARROW_SVG = "application/vnd.masterplan.narrow+svg"
"""A chart's SVG for a screen that is about 340 pixels wide, beside the wide "image/svg+xml"."""
# How exhibits look in JupyterLab; pages have a style of their own.
STYLE = """
.masterplan :is(th, td) { text-align: left !important; vertical-align: top !important; }
.masterplan .num { text-align: right !important; font-variant-numeric: tabular-nums; }
.masterplan tbody th { font-weight: normal; }
.masterplan.keys ul { display: flex; flex-wrap: wrap; gap: 1em; padding: 0; list-style: none; }
.masterplan.keys li { flex: 1 9em; border-top: 3px solid #1f5f6b; padding-top: .4em; }
.masterplan.keys strong { display: block; font-size: 1.8em; line-height: 1.2; }
.masterplan.keys small { display: block; }
.masterplan figcaption { font-weight: bold; }
"""


def bare(png: bytes) -> bytes:
    """A chart's picture without its frame of title, note and source, for who writes them itself."""
    picture = Image.open(BytesIO(png))
    above, below = map(int, picture.info.get("frame", "0 0").split())
    whole = BytesIO()
    picture.crop((0, above, picture.width, picture.height - below)).save(whole, "PNG")
    return whole.getvalue()


@dataclass(frozen=True)
class Exhibit:
    """One thing shown.

    `content` is JSON: always ``kind`` (chart, table, keys, findings, copies, methods, stage) and
    ``title``; a chart and a table also have ``alt``, ``note``, ``source``, ``columns`` and
    ``rows``, ``claims`` where they show some: their ids, row by row, and ``choice`` where a page
    shows one of several at a time: see `desk.choices`. A table that can be ordered has ``sorts``:
    the keys of columns. `html` is what JupyterLab shows; `media` holds other forms by MIME type,
    such as a chart's SVG.
    """

    content: Mapping[str, Any]
    html: str
    media: Mapping[str, str] = field(default_factory=dict)
    figure: Any = None

    def __repr__(self) -> str:
        return f"<{self.content['kind']}: {self.content['title']}>"

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        kind = self.content["kind"]
        below = (
            f"<p><small>{escape(note)}</small></p>" if (note := self.content.get("note")) else ""
        )
        html = f'<style>{STYLE}</style><div class="masterplan {kind}">{self.html}{below}</div>'
        return {"text/html": html, **self.media, MIME: dict(self.content)}

    def save(self, path: Path | str) -> None:
        """Save a chart with its title, note and source; .svg, .png or .pdf, as the file ends."""
        told = (str(self.content[part]) for part in ("title", "note", "source"))
        self.figure.save(path, *told)
