"""What an .xlsx says in its parts that the reader passes over: faults and comments.

The reader gives error values and formulas that were never computed as empty cells. Their marks are
looked for in the raw parts, without an XML parser.
"""

import posixpath
import re
import zipfile
from html import unescape

from analysis.survey.returned.package import chunks, parts
from analysis.survey.returned.workbook import Fault

_ERROR = re.compile(
    rb"<(?:\w+:)?c( [^<>]{0,200}\bt=[\"']e[\"'][^<>]{0,200})>"
    rb"(?:<(?:\w+:)?f(?:/>|[^<>]*/>|[^<>]*>[^<]*</(?:\w+:)?f>))?"
    rb"\s*<(?:\w+:)?v>([^<]{1,20})<"
)
_UNCOMPUTED = re.compile(
    rb"<(?:\w+:)?c( [^<>]{0,200})>\s*<(?:\w+:)?f(?: [^<>]*)?>([^<]{1,8192})</(?:\w+:)?f>\s*"
    rb"(?:<(?:\w+:)?v ?/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
# Cheaper to look for; most sheets have none.
_ERROR_SIGNS = (b't="e"', b"t='e'")
_EMPTY_SIGNS = (b"f></", b"v></", b"v/>", b"v />")
_COMMENT = re.compile(rb"<(?:\w+:)?comment ([^<>]*)>(.*?)</(?:\w+:)?comment>", re.DOTALL)
_TEXT = re.compile(rb"<(?:\w+:)?t(?: [^<>]*)?>([^<]*)<")
_TAG = re.compile(rb"<(?:\w+:)?(sheet|Relationship) ([^<>]*)>")
_ATTRIBUTE = re.compile(r"([\w:]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
MOST = 10_000  # of each kind on a sheet; more is no questionnaire

Faults = dict[tuple[int, int], Fault]
Comments = list[tuple[int, int, str]]


def marks(packed: zipfile.ZipFile) -> dict[str, tuple[Faults, Comments]]:
    """By the name of the sheet: the cells at fault, and the comments; of most sheets nothing.

    Every part is read once, and Unreadable raised for one that is a trap.
    """
    faults: dict[str, Faults] = {}
    commented = False
    for part, piece in parts(packed):
        commented |= part.endswith(".rels") and b"/comments" in piece
        if part.startswith("xl/worksheets/") and (found := _faults(piece)):
            faults.setdefault(part, {}).update(found)
    if not (faults or commented):
        return {}
    return {
        sheet: (faults.get(part, {}), _comments(packed, part))
        for sheet, part in _sheets(packed).items()
    }


def _sheets(packed: zipfile.ZipFile) -> dict[str, str]:
    """The part of each sheet."""
    book = "xl/workbook.xml"
    targets = {
        r["Id"]: r["Target"] for r in _relations(packed, book) if {"Id", "Target"} <= r.keys()
    }
    found = {}
    for tag, attributes in _tags(packed, book):
        target = next((targets.get(v) for k, v in attributes.items() if k.endswith(":id")), None)
        if tag == "sheet" and target and "name" in attributes:
            found[attributes["name"]] = _resolve(book, target)
    return found


def _faults(piece: bytes) -> Faults:
    found: Faults = {}
    if any(sign in piece for sign in _ERROR_SIGNS):
        for attributes, value in _ERROR.findall(piece)[:MOST]:
            if at := _place(attributes, "r"):
                found[at] = Fault(_decoded(value))
    if any(sign in piece for sign in _EMPTY_SIGNS):
        for attributes, formula in _UNCOMPUTED.findall(piece)[:MOST]:
            computed = b't="str"' in attributes or b"t='str'" in attributes
            if not computed and (at := _place(attributes, "r")):
                found.setdefault(at, Fault("=" + _decoded(formula)))
    return found


def _comments(packed: zipfile.ZipFile, part: str) -> Comments:
    found: dict[tuple[int, int], str] = {}
    for relation in _relations(packed, part):
        if relation.get("Type", "").endswith("/comments") and "Target" in relation:
            for piece in _pieces(packed, _resolve(part, relation["Target"])):
                for attributes, body in _COMMENT.findall(piece):
                    text = "".join(_decoded(t) for t in _TEXT.findall(body)).strip()
                    if text and (at := _place(attributes, "ref")) and len(found) < MOST:
                        found[at] = text
    return [(*at, text) for at, text in found.items()]


def _relations(packed: zipfile.ZipFile, part: str) -> list[dict[str, str]]:
    folder, name = posixpath.split(part)
    return [a for tag, a in _tags(packed, f"{folder}/_rels/{name}.rels") if tag == "Relationship"]


def _tags(packed: zipfile.ZipFile, part: str) -> list[tuple[str, dict[str, str]]]:
    return [
        (tag.decode(), _attributes(attributes))
        for piece in _pieces(packed, part)
        for tag, attributes in _TAG.findall(piece)
    ]


def _attributes(raw: bytes) -> dict[str, str]:
    return {k: unescape(a or b) for k, a, b in _ATTRIBUTE.findall(raw.decode("utf-8", "replace"))}


def _pieces(packed: zipfile.ZipFile, part: str):
    return chunks(packed, part) if part in packed.NameToInfo else ()


def _resolve(part: str, target: str) -> str:
    joined = posixpath.join("/" + posixpath.dirname(part), target)
    return posixpath.normpath(joined).lstrip("/")


def _place(attributes: bytes, name: str) -> tuple[int, int] | None:
    address = _attributes(attributes).get(name, "")
    if not re.fullmatch(r"[A-Z]{1,3}[1-9]\d{0,6}", address):
        return None
    from xlsxwriter.utility import xl_cell_to_rowcol  # see `workbook.Cell.address`

    return xl_cell_to_rowcol(address)


def _decoded(raw: bytes) -> str:
    return unescape(raw.decode("utf-8", "replace"))
