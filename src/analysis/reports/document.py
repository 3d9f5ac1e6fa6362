"""An executed notebook, parsed once: what pages, indexes, spreadsheets and the book show of it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from markupsafe import Markup
from nbconvert.filters.ansi import strip_ansi
from nbformat import NotebookNode

from analysis.exhibits import MIME
from analysis.reports import foreign, markup, prose
from analysis.reports.blocks import NUMBERED, Block, Copies, Figures, Numbered, Prose, Said, Words
from analysis.reports.markup import Found
from analysis.runs.markdown import Token, parse, walk
from analysis.text import N_, _

NONE = N_("Tidak ada; Belum ada; Semua")
"""How the title of a table begins that says itself that the table has no rows."""
MOST_ROWS = 60
"""A chart's own numbers are shown below it up to this many rows; the spreadsheet has them all."""
APPENDIX = "appendix"
"""The tag of the cell from which on a notebook says what stands behind the rest."""


@dataclass(frozen=True)
class Document:
    """What an executed notebook shows, in the order of its page.

    `title`: its heading, empty when it has none. On top stand `keys` and `findings`, at the end
    `methods`; between them `blocks`, and folded away the `appendix`. `exhibits`: the contents of
    all our exhibits. `left_out`: what could not be shown, by name. `front`: it stands in front of
    the others, on one sheet, and its first finding leads.
    """

    title: str
    keys: list[dict]
    findings: list[dict]
    methods: list[dict]
    blocks: list[Block]
    appendix: list[Block]
    exhibits: list[dict]
    left_out: list[str]
    front: bool = False

    @property
    def levels(self) -> bool:
        """Whether anything on top says how sure it is."""
        return any(shown.get("level") for shown in (*self.keys, *self.findings))

    @property
    def numbered(self) -> list[Numbered]:
        """All charts, pictures and tables."""
        return [b for b in (*self.blocks, *self.appendix) if isinstance(b, Numbered)]


def read(notebook: NotebookNode, number: str = "") -> Document:
    """Parse an executed notebook; `number` is the stage's, for ``Gambar 3.1``."""
    reader = _Reader(number)
    for at, cell in enumerate(notebook.cells):
        reader.cell(cell, cell.get("id") or str(at))
    return reader.document(bool(notebook.metadata.get("masterplan", {}).get("front")))


def bare(notebook: NotebookNode) -> NotebookNode:
    """An executed notebook with nothing but what its exhibits say: no prose, no picture."""
    cells = []
    for cell in notebook.cells:
        shown = [o for o in cell.get("outputs", ()) if MIME in o.get("data", ())]
        said = [NotebookNode(o | {"data": NotebookNode({MIME: o.data[MIME]})}) for o in shown]
        cells.append(NotebookNode(cell | {"source": "", "attachments": {}, "outputs": said}))
    return NotebookNode(notebook | {"cells": cells})


class _Reader:
    """A document while it is read."""

    def __init__(self, number: str) -> None:
        self._prefix = f"{number}." if number else ""
        self._numbers: Counter[str] = Counter()
        self._cell = ""
        self._inside: Counter[str] = Counter()
        self._captions: Counter[str] = Counter()
        self._title: str | None = None
        self._heading, self._level, self._sections = "", 1, 0
        self._keys: list[dict] = []
        self._findings: list[dict] = []
        self._methods: list[dict] = []
        self._exhibits: list[dict] = []
        self._left_out: dict[str, None] = {}
        self._body: list[Block] = []
        self._behind: list[Block] = []
        self._found = self._body

    def document(self, front: bool) -> Document:
        return Document(
            self._title or "",
            self._keys,
            self._findings,
            self._methods,
            _headed(self._body),
            _headed(self._behind),
            self._exhibits,
            list(self._left_out),
            front,
        )

    def cell(self, cell: NotebookNode, id: str) -> None:
        self._cell, self._inside = id, Counter()
        if APPENDIX in cell.metadata.get("tags", ()):
            self._found = self._behind
        if cell.cell_type == "markdown":
            self._write(_(cell.source.strip()), cell.get("attachments", {}))
        for output in cell.get("outputs", []):
            self._output(output)

    def _output(self, output: NotebookNode) -> None:
        if output.output_type == "error":
            self._add("failed", f"{output.ename}: {strip_ansi(output.evalue)}")
        elif output.output_type == "stream":
            if output.name == "stdout" and output.text.strip():
                self._add("text", strip_ansi(output.text).rstrip())
        elif MIME in output.data:
            self._exhibit(output.data)
        else:
            self._foreign(output.data)

    def _add(self, kind: str, words: str) -> None:
        self._found.append(Words(kind, words))

    def _exhibit(self, data: Mapping[str, Any]) -> None:
        content = data[MIME]
        self._exhibits.append(content)
        below = self._findings or self._found is self._behind
        if content["kind"] == "keys" and below:
            self._found.append(Figures(content["figures"]))
        elif content["kind"] == "keys":
            self._keys += content["figures"]
        elif content["kind"] == "findings" and self._found is self._behind:
            self._found.append(Said(_said(content)))
        elif content["kind"] == "findings":
            self._findings += _said(content)
        elif content["kind"] == "copies":
            self._found.append(Copies(content["title"], content["texts"], content["lang"]))
        elif content["kind"] == "methods":
            self._methods += content["methods"]
        elif content["kind"] == "table" and not content["rows"]:
            self._add("none", _none(content))
        elif content["kind"] in NUMBERED:
            self._number(content["kind"], content, data)

    def _foreign(self, data: Mapping[str, Any]) -> None:
        found, lacking = foreign.read(data)
        for piece in found:
            if isinstance(piece, Found) and piece.type == "html":
                self._add("html", piece.html)
            elif isinstance(piece, Found):
                self._own(piece)
            elif piece[0] == "markdown":
                self._write(piece[1], {})
            else:
                self._add(*piece)
        if lacking:
            self._left_out[lacking] = None
            if not self._found or self._found[-1] != Words("left_out", lacking):
                self._add("left_out", lacking)

    def _own(self, piece: Found) -> None:
        """Number a picture or a table that is none of ours, under a caption of its own."""
        title = piece.title or self._heading or self._title or _("Keluaran notebook")
        self._captions[title] += 1
        if (again := self._captions[title]) > 1:
            title += f" ({again})"
        content = {"kind": piece.type, "title": title, "note": "", "source": ""}
        if piece.type == "picture":
            told = _("Gambar dari notebook ini, tanpa uraian: {title}.")
            content["alt"] = told.format(title=title)
        self._number(piece.type, {**content, **piece.content}, piece.forms, piece.html)

    def _number(
        self,
        kind: str,
        content: Mapping[str, Any],
        forms: Mapping[str, Any],
        html: Markup = Markup(),  # noqa: B008  # it cannot change
    ) -> None:
        name = NUMBERED[kind]
        self._numbers[name] += 1
        self._inside[kind] += 1
        id = f"{self._cell}-{kind}-{self._inside[kind]}"
        label = f"{_(name)} {self._prefix}{self._numbers[name]}"
        level = min(self._level + 1, 6)
        self._found.append(Numbered(kind, id, label, level, content, forms, html))

    def _write(self, source: str, attachments: Mapping[str, Any]) -> None:
        """Add Markdown: a block for each heading, and a picture that stands alone as a picture."""
        part: list[Token] = []
        for token in parse(source):
            self._attach([token], attachments)
            if token["type"] == "heading":
                self._prose(part)
                part = [token]
            elif (alone := _alone(token)) and "forms" in alone["attrs"]:
                self._prose(part)
                part = []
                said = alone["attrs"].get("title") or prose.words(alone["children"])
                self._own(Found("picture", said, forms=alone["attrs"]["forms"]))
            else:
                part.append(token)
        self._prose(part)

    def _prose(self, tokens: Sequence[Token]) -> None:
        if all(token["type"] == "blank_line" for token in tokens):
            return
        head = tokens[0] if tokens[0]["type"] == "heading" else None
        if head is None:
            self._found.append(Prose(tokens))
            return
        title, level = prose.words(head["children"]), head["attrs"]["level"]
        if self._title is None:
            self._title = title if level == 1 else ""
            if level == 1:
                self._prose(tokens[1:])
                return
        self._heading, self._level = title, min(max(level, 2), self._level + 1)
        self._sections += 1
        head["attrs"] = {"level": self._level, "anchor": f"bagian-{self._sections}"}
        self._found.append(Prose(tokens, self._level, head["attrs"]["anchor"], title))

    def _attach(self, tokens: Iterable[Token], attachments: Mapping[str, Any]) -> None:
        """Give pictures in Markdown what is attached of them; say which have not come along."""
        for token in walk(tokens):
            if token["type"] != "image" or prose.outside(url := token["attrs"]["url"]):
                continue
            name = unquote(url.removeprefix("attachment:"))
            if shown := markup.held(url) or foreign.picture(attachments.get(name, {})):
                token["attrs"]["forms"] = shown.forms
            else:
                name = name.partition(",")[0] if name.startswith("data:") else name
                self._left_out[name] = None
                told = _("(gambar {name} tidak dapat disertakan)").format(name=name)
                token["children"] = [*token["children"], {"type": "text", "raw": f" {told}"}]


def _alone(token: Token) -> Token | None:
    """The picture that is all of a paragraph."""
    inside = token.get("children", ())
    alone = token["type"] == "paragraph" and len(inside) == 1 and inside[0]["type"] == "image"
    return inside[0] if alone else None


def _said(content: Mapping[str, Any]) -> list[dict[str, str]]:
    """The findings of an exhibit; earlier versions left bare sentences, which are none."""
    return list(content.get("items", ()))


def _none(content: Mapping[str, Any]) -> str:
    """What is said in place of a table without rows: nothing is to be seen, or numbered."""
    said = content["title"]
    if not said.startswith(tuple(f"{word} " for word in _(NONE).split("; "))):
        said = _("{title}: tidak ada").format(title=said)
    return " ".join(filter(None, [f"{said}.", content.get("note", "")]))


def _headed(blocks: Sequence[Block]) -> list[Block]:
    """The blocks without a heading that has nothing below it."""
    kept: list[Block] = []
    below = 1
    for block in reversed(blocks):
        level = block.level if isinstance(block, Prose) else 0
        if not (isinstance(block, Prose) and block.bare and 0 < below <= level):
            kept.append(block)
            below = level
    return kept[::-1]
