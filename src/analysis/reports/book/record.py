"""What a book says of itself beside its text: which reports it is from, and what was written.

Both are custom properties of the document, which Word and LibreOffice keep when someone goes on
writing in it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml

from analysis.runs import executed
from analysis.runs.manifest import Manifest

REPORTS, WRITTEN = "masterplan.reports", "masterplan.written"
PLACE = "docProps/custom.xml"
PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
NONE = f'<Properties xmlns="{PROPERTIES}" xmlns:vt="{VALUES}"/>'
FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # of properties that users define


@dataclass(frozen=True)
class Record:
    """`reports`: the fingerprint of those that the book is from, empty where nothing is known.

    `written`: that of what we wrote in each bookmark, by its name.
    """

    reports: str = ""
    written: Mapping[str, str] = field(default_factory=dict)


def reports(manifest: Manifest) -> str:
    """The fingerprint of the reports on the city that a book is made from."""
    made = {
        id: (entry.status, entry.files.get(executed.name(id), ""))
        for id, entry in manifest.entries.items()
        if entry.kind == "stage"
    }
    return sha256(json.dumps(made, sort_keys=True).encode()).hexdigest()


def read(path: Path) -> Record:
    """The record of a book; an empty one where the file tells none."""
    try:
        with ZipFile(path) as package:
            root = parse_xml(package.read(PLACE))
        told = {p.get("name"): "".join(p.itertext()) for p in root}
        return Record(told.get(REPORTS, ""), json.loads(told.get(WRITTEN, "{}")))
    except (BadZipFile, KeyError, OSError, SyntaxError, ValueError):
        return Record()


def write(document: Document, record: Record) -> None:
    """Put a record into a document, in the place of the one it has."""
    package = document.part.package
    known = {
        id: relation.target_part.blob
        for id, relation in package.rels.items()
        if relation.reltype == RELATIONSHIP_TYPE.CUSTOM_PROPERTIES
    }
    root = parse_xml(next(iter(known.values()), NONE))
    for told in [p for p in root if p.get("name") in (REPORTS, WRITTEN)]:
        root.remove(told)
    for name, value in ((REPORTS, record.reports), (WRITTEN, json.dumps(dict(record.written)))):
        made = root.makeelement(f"{{{PROPERTIES}}}property", {"fmtid": FORMAT, "name": name})
        text = root.makeelement(f"{{{VALUES}}}lpwstr", {})
        text.text = value
        made.append(text)
        root.append(made)
    for number, told in enumerate(root, 2):  # the first two are the format's own
        told.set("pid", str(number))
    for id in known:
        del package.rels[id]
    place, content = PackURI(f"/{PLACE}"), CONTENT_TYPE.OFC_CUSTOM_PROPERTIES
    part = Part(place, content, serialize_part_xml(root), package)
    package.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)
