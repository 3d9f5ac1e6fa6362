"""What a notebook shows to its readers: charts, tables, key figures and findings.

An `Exhibit` displays itself in JupyterLab and carries the same content as typed JSON, so that
reports, spreadsheets and books are made from executed notebooks alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

MIME = "application/vnd.masterplan+json"


@dataclass(frozen=True)
class Exhibit:
    """One thing shown.

    `content` is JSON: always ``kind`` (chart, table, keys, findings, methods) and ``title``; a
    chart and a table also have ``alt``, ``note``, ``source``, ``columns`` and ``rows``. `html` is
    what JupyterLab shows; `media` holds other forms by MIME type, such as a chart's SVG.
    """

    content: Mapping[str, Any]
    html: str
    media: Mapping[str, str] = field(default_factory=dict)
    figure: Any = None

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict[str, Any]:
        return {"text/html": self.html, **self.media, MIME: dict(self.content)}

    def save(self, path) -> None:
        """Save a chart to a file; its ending chooses the format: .svg, .png or .pdf."""
        self.figure.savefig(path)
