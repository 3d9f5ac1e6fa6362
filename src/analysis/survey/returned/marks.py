"""What an .xlsx says in its parts that the reader passes over: faults, notes, drawings, formats.

The reader gives error values and formulas that were never computed as empty cells. Their marks are
looked for in the raw parts, without an XML parser.
"""

import io
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field

from analysis.survey.returned import drawings, notes, styles
from analysis.survey.returned.package import canonical, parts
from analysis.survey.returned.parts import Parts, decoded, place
from analysis.survey.returned.styles import Formats
from analysis.survey.returned.workbook import Fault, Value

_ERROR = re.compile(
    rb"(<(?:\w+:)?c( [^<>]{0,200}\bt=[\"']e[\"'][^<>]{0,200})>"
    rb"(?:<(?:\w+:)?f(?:/>|[^<>]*/>|[^<>]*>[^<]*</(?:\w+:)?f>))?"
    rb"\s*<(?:\w+:)?v>)([^<]{1,20})(?=<)"
)
_UNCOMPUTED = re.compile(
    rb"<(?:\w+:)?c( [^<>]{0,200})>\s*"
    rb"<(?:\w+:)?f(?: [^<>]*)?(?:/>|>([^<]{0,8192})</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v ?/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
# Cheaper to look for; most sheets have none.
_ERROR_SIGNS = (b't="e"', b"t='e'")
_EMPTY_SIGNS = (b"f></", b"/></c>", b"<v></", b":v></", b"v/>", b"v />")
_SINCE_1904 = re.compile(rb"\bdate1904=[\"'](?:1|true|on)[\"']")
# The error values that the reader knows; any other keeps it from reading the sheet.
_KNOWN = {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"}
_STYLES = "styles.xml"
MOST = 10_000  # of each kind on a sheet; more is no questionnaire

Faults = dict[tuple[int, int], Fault]


@dataclass
class Marks:
    """What was found on one sheet: each by row and column.

    `values`: what stands in cells that the reader gives otherwise, or as empty.
    """

    values: dict[tuple[int, int], Value] = field(default_factory=dict)
    notes: dict[tuple[int, int], str] = field(default_factory=dict)
    drawn: list[tuple[int, int, str]] = field(default_factory=list)
    formats: Formats = field(default_factory=dict)


@dataclass
class Found:
    """What was found in a workbook: by the name of the sheet, of most sheets nothing.

    `unknown`: the parts, as packed, with error values that the reader does not know. `unseen`:
    whether nothing could be looked for.
    """

    sheets: dict[str, Marks] = field(default_factory=dict)
    since_1904: bool = False
    unknown: set[str] = field(default_factory=set)
    unseen: bool = False


def marks(packed: zipfile.ZipFile) -> Found:
    """Every part is read once, and Unreadable raised for one that is a trap."""
    found, noted = Found(), False
    faults: dict[str, Faults] = {}
    formatted: dict[str, Formats] = {}
    inside = Parts(packed)
    known = styles.styles(inside.whole(next((n for n in inside.names if n.endswith(_STYLES)), "")))
    for name, piece in parts(packed):
        part = canonical(name)
        if part.endswith(".rels"):
            noted |= any(sign in piece for sign in (*notes.SIGNS, *drawings.SIGNS))
            continue
        if known and (shown := styles.formats(piece, known)):
            formatted.setdefault(part, {}).update(shown)
        if at_fault := _faults(piece):
            faults.setdefault(part, {}).update(at_fault)
            if any(v not in _KNOWN and not v.startswith("=") for v in at_fault.values()):
                found.unknown.add(name)
        elif b"date1904" in piece:
            found.since_1904 |= bool(_SINCE_1904.search(piece))
    if faults or formatted or noted:
        for sheet, part in inside.sheets.items():
            marked = Marks({**faults.get(part, {})}, formats=formatted.get(part, {}))
            if noted:
                marked.notes, marked.drawn = notes.notes(inside, part), drawings.drawn(inside, part)
            found.sheets[sheet] = marked
    return found


def with_known_errors(packed: zipfile.ZipFile, names: Iterable[str]) -> bytes:
    """The package with another error in the place of those that the reader does not know."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as out:
        for entry in packed.infolist():
            content = packed.read(entry)
            if entry.filename in names:
                content = _ERROR.sub(rb"\1#N/A", content)
            out.writestr(entry.filename, content)
    return stream.getvalue()


def _faults(piece: bytes) -> Faults:
    found: Faults = {}
    if any(sign in piece for sign in _ERROR_SIGNS):
        for _all, tag, value in _ERROR.findall(piece)[:MOST]:
            if at := place(tag, "r"):
                found[at] = Fault(decoded(value))
    if any(sign in piece for sign in _EMPTY_SIGNS):
        for tag, formula in _UNCOMPUTED.findall(piece)[:MOST]:
            computed = b't="str"' in tag or b"t='str'" in tag
            if not computed and (at := place(tag, "r")):
                found.setdefault(at, Fault("=" + (decoded(formula) or "…")))
    return found
