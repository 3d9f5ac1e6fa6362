"""The parts of an .xlsx or .xlsb, and how they point to each other; read without an XML parser."""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from functools import cached_property
from html import unescape

from analysis.survey.returned.package import canonical, chunks

MOST_BYTES = 5_000_000  # of a part that is read as a whole
_TAG = re.compile(rb"<(?:\w+:)?(sheet|Relationship) ([^<>]*)>")
_ATTRIBUTE = re.compile(r"([\w:]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")


class Parts:
    """The parts by their canonical names, in whatever folder and spelling they were packed."""

    def __init__(self, packed: zipfile.ZipFile):
        self.packed = packed
        self.names = {canonical(name): name for name in packed.namelist()}

    def pieces(self, part: str) -> Iterator[bytes]:
        return chunks(self.packed, self.names[part]) if part in self.names else iter(())

    def whole(self, part: str) -> bytes:
        """A part, or its beginning where it is long; nothing where it is not there."""
        if part not in self.names:
            return b""
        with self.packed.open(self.names[part]) as stream:
            return stream.read(MOST_BYTES)

    @cached_property
    def book(self) -> str:
        """The part with the list of sheets."""
        return next(iter(self.related("", "/officeDocument")), "xl/workbook.xml")

    @cached_property
    def sheets(self) -> dict[str, str]:
        """By the name of each sheet: its part."""
        targets, found = self.targets(self.book), {}
        for tag, attributes in self._tags(self.book):
            id = next((v for k, v in attributes.items() if k.endswith(":id")), None)
            if tag == "sheet" and id in targets and "name" in attributes:
                found[attributes["name"]] = targets[id]
        return found

    def targets(self, part: str) -> dict[str, str]:
        """By the id of each relation of a part: the part to which it points."""
        return {r.get("Id", ""): self._resolved(part, r) for r in self._relations(part)}

    def related(self, part: str, kind: str) -> list[str]:
        """The parts of a kind to which a part points; the package itself is the part ''."""
        return [
            self._resolved(part, relation)
            for relation in self._relations(part)
            if relation.get("Type", "").endswith(kind)
        ]

    def _relations(self, part: str) -> list[dict[str, str]]:
        folder, name = posixpath.split(part)
        tags = self._tags(posixpath.join(folder, "_rels", f"{name}.rels"))
        return [a for tag, a in tags if tag == "Relationship" and "Target" in a]

    def _tags(self, part: str) -> list[tuple[str, dict[str, str]]]:
        return [
            (tag.decode(), attributes(found))
            for piece in self.pieces(part)
            for tag, found in _TAG.findall(piece)
        ]

    def _resolved(self, part: str, relation: dict[str, str]) -> str:
        target = relation["Target"].replace("\\", "/")
        joined = posixpath.join("/" + posixpath.dirname(part), target)
        return canonical(posixpath.normpath(joined).lstrip("/"))


def attributes(raw: bytes) -> dict[str, str]:
    """The attributes of a tag."""
    return {k: unescape(a or b) for k, a, b in _ATTRIBUTE.findall(raw.decode("utf-8", "replace"))}


def place(raw: bytes, name: str) -> tuple[int, int] | None:
    """Row and column of the address that stands in an attribute."""
    address = attributes(raw).get(name, "")
    if not re.fullmatch(r"[A-Z]{1,3}[1-9]\d{0,6}", address):
        return None
    from xlsxwriter.utility import xl_cell_to_rowcol  # see `workbook.Cell.address`

    return xl_cell_to_rowcol(address)


def decoded(raw: bytes) -> str:
    """A text between tags."""
    return unescape(raw.decode("utf-8", "replace"))
