"""Executed notebooks as pages that anyone can read: no code, no script, nothing loaded.

Everything on a page that comes from a notebook is untrusted text: raw HTML in prose is escaped,
foreign HTML is rebuilt from harmless tags, links become text, and pictures are data.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

from babel.numbers import format_decimal
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup
from nbconvert.filters.ansi import strip_ansi
from nbconvert.filters.markdown_mistune import MarkdownWithMath
from nbformat import NotebookNode

from analysis import tables, text
from analysis.exhibits import MIME
from analysis.reports.manifest import Edition
from analysis.reports.prose import Prose, attached, clean, href, picture
from analysis.text import N_, _

NUMBERED = {"chart": N_("Gambar"), "table": N_("Tabel")}
# A chart's own numbers are shown below it up to this many rows; the spreadsheet has them all.
MOST_ROWS = 60
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


def page(
    notebook: NotebookNode,
    edition: Edition,
    *,
    title: str,
    parameters: Mapping[str, Any],
    number: str = "",
    home: str | None = None,
    previous: tuple[str, str] | None = None,
    next: tuple[str, str] | None = None,
    workbook: bytes | None = None,
    sheets: Mapping[str, bytes] | None = None,
) -> str:
    """The page of an executed notebook, complete in itself.

    `title` heads the page; where it differs from the notebook's own heading (a unit's name), the
    latter stands above it. `number` is the stage's, for ``Gambar 3.1``. `previous` and `next` are
    (href, title); these and `home` are the only links that leave the page. The .xlsx of all numbers
    (`workbook`) and of each exhibit by its name (`sheets`) travel inside it.
    """
    shared = {
        "edition": edition,
        "title": title,
        "parameters": parameters,
        "home": home,
        "previous": previous,
        "next": next,
        "workbook": workbook and attached(XLSX, workbook),
    }
    return _render("page.html.j2", page=shared, body=_Body(notebook, number, sheets or {}))


def index(
    edition: Edition,
    stages: Sequence[Mapping[str, Any]],
    units: Sequence[Mapping[str, Any]],
    variants: Sequence[Mapping[str, Any]] = (),
    failures: Sequence[Mapping[str, Any]] = (),
    missing: Sequence[str] = (),
    *,
    archive: str | None = None,
    book: str | None = None,
) -> str:
    """The first page of a period.

    A stage: title, href (None without a report), status (ok, failed, stale, unanswered), error,
    key (a key figure, or None), finding, number ("" for what is no stage), and optionally workbook
    (href). A unit: name, group_name, href, completeness (a share, or None when it has not
    answered), status, and optionally error. A variant: title, href, status, parameters (dict). A
    failure: title and error of a job that is none of these. `missing`: names of units that have
    not answered. `archive` and `book` are hrefs.
    """
    groups: dict[str, list] = {}
    for unit in units:
        groups.setdefault(unit["group_name"], []).append(unit)
    return _render(
        "index.html.j2",
        edition=edition,
        stages=stages,
        groups=groups,
        incomplete=sum(unit["completeness"] != 1 for unit in units),
        variants=variants,
        failures=failures,
        missing=missing,
        archive=archive,
        book=book,
    )


def landing(city: str, periods: Sequence[str], language: str = text.SOURCE) -> str:
    """The page above all periods (newest first): it leads to the newest at once."""
    return _render("landing.html.j2", city=city, periods=periods, language=language)


def inside(
    edition: Edition,
    pages: Sequence[Mapping[str, Any]],
    failures: Sequence[Mapping[str, Any]],
    home: str,
) -> str:
    """The first page of what is internal, which says so: do not pass it on.

    A page: title, href (None without one), status. A failure: title and error, in full, of any
    report. `home` is the way to the public index.
    """
    return _render("inside.html.j2", edition=edition, pages=pages, failures=failures, home=home)


def cities(
    edition: Edition, cities: Sequence[Mapping[str, Any]], comparisons: Sequence[Mapping[str, Any]]
) -> str:
    """The page above all cities.

    A city: title, href (None where it has no reports), edition (None likewise), status (ok or
    failed), failed (how many of its reports), error. A comparison: title, href, status, error.
    """
    return _render("cities.html.j2", edition=edition, cities=cities, comparisons=comparisons)


@cache
def _templates() -> Environment:
    """Our templates, in which everything is escaped unless it is Markup."""
    folder = Path(__file__).parent / "template"
    environment = Environment(
        loader=FileSystemLoader(folder), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["href"] = href
    environment.globals |= {
        "_": text._,
        "percent": text.percent,
        "listing": text.listing,
        "shown": _shown,
        "unbroken": unbroken,
        "style": Markup((folder / "style.css").read_text("utf-8")),
    }
    return environment


def _render(template: str, **content: Any) -> str:
    return _templates().get_template(template).render(content)


def _shown(value: Any) -> str:
    """A parameter's value as people write it."""
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    if isinstance(value, float):
        return format_decimal(value, locale=text.language())
    if isinstance(value, Mapping):
        return text.listing(f"{k}: {_shown(v)}" for k, v in value.items())
    if isinstance(value, list | tuple):
        return text.listing(_shown(v) for v in value) or "–"
    return "–" if value is None or value == "" else str(value)


def unbroken(words: str) -> str:
    """``n = 35`` and its like stay on one line."""
    return re.sub(r"\b(\w) = (?=[\d+−])", "\\1\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}", words)


class _Body:
    """An executed notebook in the order of its page: what stands on top, then the blocks."""

    def __init__(self, notebook: NotebookNode, number: str, sheets: Mapping[str, bytes]):
        self.keys: list[dict] = []
        self.findings: list[str] = []
        self.methods: list[dict] = []
        self._prose = Prose()
        self._sheets = sheets
        self._labels = iter(labels(exhibits(notebook), number))
        self._found: list[dict] = []
        for cell in notebook.cells:
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
    def blocks(self) -> list[dict]:
        """What the page shows below its top; a heading with nothing below it is left out."""
        kept: list[dict] = []
        for block in reversed(self._found):
            last = not kept or 0 < kept[-1]["level"] <= block["level"]
            if not (block["level"] and block["bare"] and last):
                kept.append(block)
        return kept[::-1]

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
                    bare=bool(head) and not part[head.end() :].strip(),
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
        elif content["kind"] == "findings":
            self.findings += content["sentences"]
        elif content["kind"] == "methods":
            self.methods += content["methods"]
        elif content["kind"] in NUMBERED:
            listed = content["kind"] == "table" or 0 < len(content["rows"]) <= MOST_ROWS
            self._add(
                content["kind"],
                label=label,
                heading=f"h{min(self._prose.level + 1, 6)}",
                content=content,
                picture=picture(data),
                files=self._files(label, data),
                grid=Markup(tables.html(content).removeprefix("<table>")) if listed else "",
            )

    def _files(self, label: str, data: Mapping[str, Any]) -> list[tuple[str, str]]:
        """What can be saved of an exhibit: (ending, address) of a picture and a spreadsheet."""
        drawn = picture({k: v for k, v in data.items() if k == "image/png"})
        files = [("png", drawn)] if drawn else []
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
