"""What a book says of itself beside its text: which reports it is from, and what was written.

It is a part of custom XML, which Word and LibreOffice keep when someone goes on writing. Custom
properties would not do: Word cuts them at 255 letters.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.opc.part import Part
from docx.oxml import parse_xml

from analysis.runs import executed
from analysis.runs.manifest import Manifest

TAG = "{urn:masterplan:book}record"
EMPTY = '<record xmlns="urn:masterplan:book"/>'
FOLDER, PLACE, ABOUT = "customXml/", "/customXml/item%d.xml", "/customXml/itemProps%d.xml"
ID = (
    '<ds:datastoreItem ds:itemID="{7D0B0F4C-3E5A-4C2C-9C0B-6D2A51B0A1C7}" '
    'xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml"/>'
)


@dataclass(frozen=True)
class Record:
    """`reports`: the fingerprint of those that the book is from, empty where it is not wholly so.

    `edition`: city, period and language; `written`: the fingerprint of what we wrote in each
    bookmark, by its name.
    """

    reports: str = ""
    edition: str = ""
    written: Mapping[str, str] = field(default_factory=dict)


def reports(manifest: Manifest) -> str:
    """The fingerprint of the reports on the city that a book is made from."""
    made = {
        id: (entry.status, entry.files.get(executed.name(id), ""))
        for id, entry in manifest.entries.items()
        if entry.kind == "stage"
    }
    return sha256(json.dumps(made, sort_keys=True).encode()).hexdigest()


def edition(manifest: Manifest) -> str:
    """Of which city, period and language a book is."""
    made = manifest.edition
    return " · ".join((made.city, made.period, made.language))


def read(path: Path) -> Record:
    """The record of a book; an empty one where the file tells none."""
    try:
        with ZipFile(path) as package:
            for name in package.namelist():
                if name.startswith(FOLDER) and (told := _told(package.read(name))):
                    return told
    except (BadZipFile, OSError):
        pass
    return Record()


def write(document: Document, record: Record) -> None:
    """Put a record into a document, in the place of the one it has."""
    part = document.part
    for id, relation in list(part.rels.items()):
        if relation.reltype == RELATIONSHIP_TYPE.CUSTOM_XML and _told(relation.target_part.blob):
            del part.rels[id]
    root = parse_xml(EMPTY)
    root.text = json.dumps(asdict(record), sort_keys=True)
    place = part.package.next_partname(PLACE)
    content = serialize_part_xml(root)
    made = Part(place, "application/xml", content, part.package)
    about = Part(
        part.package.next_partname(ABOUT),
        CONTENT_TYPE.OFC_CUSTOM_XML_PROPERTIES,
        serialize_part_xml(parse_xml(ID)),
        part.package,
    )
    made.relate_to(about, RELATIONSHIP_TYPE.CUSTOM_XML_PROPS)
    part.relate_to(made, RELATIONSHIP_TYPE.CUSTOM_XML)


def _told(content: bytes) -> Record | None:
    """The record in a part of custom XML; None where it is another's."""
    try:
        root = parse_xml(content)
        return Record(**json.loads(root.text)) if root.tag == TAG else None
    except (SyntaxError, TypeError, ValueError):
        return None
