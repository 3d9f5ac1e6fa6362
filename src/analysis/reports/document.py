"""An executed notebook in the order of its page, parsed once."""

import re
from collections.abc import Iterable, Mapping
from itertools import count
from typing import Any

from markupsafe import Markup
from nbconvert.filters.ansi import strip_ansi
from nbconvert.filters.markdown_mistune import MarkdownWithMath
from nbformat import NotebookNode

from analysis import tables
from analysis.exhibits import MIME
from analysis.reports.prose import Prose, attached, beside, clean, picture
from analysis.text import N_, _

NUMBERED = {"chart": N_("Gambar"), "table": N_("Tabel")}
# A chart's own numbers are shown below it up to this many rows; the spreadsheet has them all.
MOST_ROWS = 60
APPENDIX = "appendix"
"""The tag of the cell from which on a notebook says what stands behind the rest."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def exhibits(notebook: NotebookNode) -> list[dict[str, Any]]:
    """The contents of all exhibits that an executed notebook shows, in order."""
    return [
        output.data[MIME]
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if MIME in output.get("data", {})
    ]


def labels(contents: Iterable[Mapping[str, Any]], number: str = "") -> list[str]:
    """``Gambar 3.1``, ``Tabel 3.1`` for each exhibit of notebook `number`; empty for the others."""
    counters = {kind: count(1) for kind in NUMBERED}
    prefix = f"{number}." if number else ""
    return [
        f"{_(NUMBERED[kind])} {prefix}{next(counters[kind])}" if kind in NUMBERED else ""
        for kind in (c["kind"] for c in contents)
    ]


def said(contents: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    """The findings among exhibits; earlier versions left bare sentences, which are none."""
    return [item for c in contents if c["kind"] == "findings" for item in c.get("items", ())]


class Document:
    """An executed notebook: what stands on top of its page, the blocks, and what is folded."""

    def __init__(self, notebook: NotebookNode, number: str, sheets: Mapping[str, bytes]):
        self.keys: list[dict] = []
        self.findings: list[dict] = []
        self.methods: list[dict] = []
        self._prose = Prose()
        self._sheets = sheets
        self._labels = iter(labels(exhibits(notebook), number))
        self._body: list[dict] = []
        self._behind: list[dict] = []
        self._found = self._body
        for cell in notebook.cells:
            if APPENDIX in cell.metadata.get("tags", ()):
                self._found = self._behind
            if cell.cell_type == "markdown":
                self._prose.attachments = cell.get("attachments", {})
                self._write(_(cell.source.strip()))
            for output in cell.get("outputs", []):
                self._output(output)

    @property
    def heading(self) -> str:
        """The notebook's first heading; empty when it has none."""
        return self._prose.title or ""

    @property
    def levels(self) -> bool:
        """Whether anything on top says how sure it is."""
        return any(shown.get("level") for shown in (*self.keys, *self.findings))

    @property
    def blocks(self) -> list[dict]:
        """What the page shows below its top."""
        return _headed(self._body)

    @property
    def appendix(self) -> list[dict]:
        """What stands behind that, and is folded away."""
        return _headed(self._behind)

    def _write(self, source: str) -> None:
        rendered = MarkdownWithMath(renderer=self._prose).render(source)
        for part in re.split(r'(?=<h[2-6] id="bagian-)', rendered):
            head = re.match(r'<h(\d) id="([^"]+)">(.*?)</h\1>', part, re.DOTALL)
            level, anchor, title = (int(head[1]), head[2], head[3]) if head else (0, "", "")
            if part.strip():
                self._add(
                    "prose",
                    level=level,
                    anchor=anchor,
                    title=Markup(title).striptags(),
                    bare=head is not None and not part[head.end() :].strip(),
                    html=Markup(part),
                )

    def _add(self, kind: str, *, level: int = 0, **content: Any) -> None:
        self._found.append({"type": kind, "level": level, **content})

    def _output(self, output: NotebookNode) -> None:
        if output.output_type == "error":
            self._add("failed", error=f"{output.ename}: {strip_ansi(output.evalue)}")
        elif output.output_type == "stream":
            if output.name == "stdout" and output.text.strip():
                self._add("text", text=strip_ansi(output.text).rstrip())
        elif MIME in output.data:
            self._exhibit(output.data)
        else:
            self._foreign(output.data)

    def _exhibit(self, data: Mapping[str, Any]) -> None:
        content = data[MIME]
        label = next(self._labels)
        if content["kind"] == "keys":
            self.keys += content["figures"]
        elif content["kind"] == "findings" and self._found is self._behind:
            self._add("findings", findings=said([content]))
        elif content["kind"] == "findings":
            self.findings += said([content])
        elif content["kind"] == "methods":
            self.methods += content["methods"]
        elif content["kind"] in NUMBERED:
            listed = content["kind"] == "table" or 0 < len(content["rows"]) <= MOST_ROWS
            self._add(
                content["kind"],
                label=label,
                heading=f"h{min(self._prose.level + 1, 6)}",
                content=content,
                claims=" ".join(dict.fromkeys(filter(None, content.get("claims", ())))),
                picture=picture(data),
                narrow=beside(data),
                files=self._files(label, data),
                grid=Markup(tables.html(content).removeprefix("<table>")) if listed else "",
            )

    def _files(self, label: str, data: Mapping[str, Any]) -> list[tuple[str, str]]:
        """What can be saved of an exhibit: (ending, address) of a picture and a spreadsheet."""
        png = picture({k: v for k, v in data.items() if k == "image/png"})
        files = [("png", png)] if png else []
        if label in self._sheets:
            files.append(("xlsx", attached(XLSX, self._sheets[label])))
        return files

    def _foreign(self, data: Mapping[str, Any]) -> None:
        """Show an output that is none of ours: a picture, prose, a table or text."""
        plain = data.get("text/plain", "")
        if shown := picture(data):
            self._add("picture", picture=shown)
        elif "text/markdown" in data:
            self._write(data["text/markdown"])
        elif "text/html" in data:
            self._add("html", html=clean(data["text/html"]))
        elif plain.strip() and not re.match(r"[\[({]*<", plain):
            self._add("text", text=strip_ansi(plain))


def _headed(blocks: list[dict]) -> list[dict]:
    """The blocks without a heading that has nothing below it."""
    kept: list[dict] = []
    for block in reversed(blocks):
        last = not kept or 0 < kept[-1]["level"] <= block["level"]
        if not (block["level"] and block["bare"] and last):
            kept.append(block)
    return kept[::-1]
