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

import pandas as pd
from PIL import Image

from analysis import origin
from analysis.text import _

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


_points = True


def for_screens() -> None:
    """From here on the notebook's charts are for screens alone: without the twin in points (PNG).

    Only Word, slides and who saves a picture need that; drawing it is a third of a chart's work.
    """
    global _points
    _points = False


def with_points() -> bool:
    """Whether charts are handed on as points, too."""
    return _points


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
    shows one of several at a time: see `desk.choices`, and ``handed`` where it is also handed on
    alone: see `desk.handed`. A table that can be ordered has ``sorts``:
    the keys of columns. Key figures and findings may have a ``source``. `html` is what JupyterLab
    shows above note and source; `media` holds other forms by MIME type, such as a chart's SVG.
    As JSON it also has ``scope``, of how many units it speaks, where its source is of a part.
    """

    content: Mapping[str, Any]
    html: str
    media: Mapping[str, str] = field(default_factory=dict)
    figure: Any = None

    def __repr__(self) -> str:
        return f"<{self.content['kind']}: {self.content['title']}>"

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        kind, source = self.content["kind"], self.content.get("source")
        sourced = _("Sumber: {source}").format(source=source) if source else ""
        if source is origin.UNTOLD:
            sourced = _("Sumber belum disebut: tambahkan source=..., misalnya kota.survey.source.")
        told = filter(None, (self.content.get("note"), sourced))
        below = "".join(f"<p><small>{escape(line)}</small></p>" for line in told)
        html = f'<style>{STYLE}</style><div class="masterplan {kind}">{self.html}{below}</div>'
        made_with, _data = origin.told(source or "")
        scope = {"scope": len(units)} if (units := made_with.get("units")) else {}
        return {"text/html": html, **self.media, MIME: {**self.content, **scope}}

    @property
    def frame(self) -> pd.DataFrame:
        """Its rows, under the keys of its columns; an interval is two columns, as are its ends.

        Days, yes and no are the texts that people read. What it is shown as again has its source.
        """
        from analysis import files  # draws, which pages, spreadsheets and books need not

        return files.frame(self.content)

    def save(self, path: Path | str) -> None:
        """Save it with its title, note and source, as what the path ends in.

        Everything as .xlsx or .csv (beside which a ``.csv-metadata.json`` says the rest); charts
        and tables as .png, .svg or .pdf too. What made the figures and the fingerprint of the
        answers are among the file's properties. Raises ValueError for any other ending.
        """
        from analysis import files

        files.save(self.content, self.figure, path)
