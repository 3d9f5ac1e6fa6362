"""Workbooks with their parts changed, as other programs pack them."""

import io
import re
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path


def repacked(content: bytes, change: Callable[[str, bytes], tuple[str, bytes]]) -> bytes:
    """A zip whose parts went through `change(name, data)`."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w") as new:
        for entry in old.infolist():
            name, data = change(entry.filename, old.read(entry))
            info = zipfile.ZipInfo("x")
            info.filename = name
            new.writestr(info, data)
    return stream.getvalue()


def with_cell(path: Path, address: str, xml: str, sheet: int = 2) -> None:
    """Put XML in the place of a cell of a workbook; in it ``{s}`` stands for its style."""

    def change(name: str, data: bytes) -> tuple[str, bytes]:
        if name == f"xl/worksheets/sheet{sheet}.xml":
            cell = re.search(rf'<c r="{address}"( s="\d+")?[^>]*?(/>|>.*?</c>)'.encode(), data)
            new = xml.replace("{s}", (cell[1] or b"").decode())
            data = data.replace(cell[0], new.encode())
        return name, data

    path.write_bytes(repacked(path.read_bytes(), change))


ERRORS = {"#DIV/0!": 0x07, "#REF!": 0x17, "#N/A": 0x2A}
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def relations(*targets: tuple[str, str]) -> str:
    """Relations to parts: of each its kind and where it is."""
    rows = (
        f'<Relationship Id="rId{n}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, start=1)
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{space}">{"".join(rows)}</Relationships>'


def record(kind: int, data: bytes = b"") -> bytes:
    """A record of a binary part."""
    head = bytes([kind]) if kind < 128 else bytes([(kind & 127) | 128, kind >> 7])
    size = len(data)
    return head + (bytes([size]) if size < 128 else bytes([size & 127 | 128, size >> 7])) + data


def wide(text: str) -> bytes:
    """A text in a record."""
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def xlsb(sheets: dict[str, list[list]], beside: dict[str, bytes | str] | None = None) -> bytes:
    """A workbook in binary records; an error that is no #N/A as the result of a formula.

    A number may come with its format. `beside`: other parts.
    """
    values = [value for rows in sheets.values() for row in rows for value in row]
    formats = list(dict.fromkeys(v[1] for v in values if isinstance(v, tuple)))

    def cell(column, value):
        value, form = value if isinstance(value, tuple) else (value, None)
        head = struct.pack("<II", column, 0 if form is None else formats.index(form) + 1)
        if value == "#N/A":
            return record(3, head + bytes([ERRORS[value]]))
        if value in ERRORS:
            return record(11, head + bytes([ERRORS[value]]) + struct.pack("<HII", 0, 0, 0))
        if isinstance(value, str):
            return record(6, head + wide(value))
        return record(5, head + struct.pack("<d", value))

    def sheet(rows):
        size = struct.pack("<IIII", 0, len(rows) - 1, 0, 2)
        data = record(129) + record(148, size) + record(145)
        for number, row in enumerate(rows):
            data += record(0, struct.pack("<IIHBBBI", number, 0, 300, 0, 0, 0, 0))
            data += b"".join(cell(c, value) for c, value in enumerate(row) if value != "")
        return data + record(146) + record(130)

    def styles():
        """Each format in a style of its own, after one of a style that no cell has."""
        ids = range(164, 164 + len(formats))
        named = zip(ids, formats, strict=True)
        data = b"".join(record(44, struct.pack("<H", id) + wide(form)) for id, form in named)
        known = [record(47, struct.pack("<HHHHHBBI", 0, id, 0, 0, 0, 0, 0, 0)) for id in (0, *ids)]
        data = record(615, struct.pack("<I", len(formats))) + data + record(616)
        data += record(626, struct.pack("<I", 1)) + known[0] + record(627)
        data += record(617, struct.pack("<I", len(known))) + b"".join(known) + record(618)
        return record(278) + data + record(279)

    numbers = range(1, len(sheets) + 1)
    book = b"".join(
        record(156, struct.pack("<II", 0, n) + wide(f"rId{n}") + wide(name))
        for n, name in zip(numbers, sheets, strict=True)
    )
    main = "application/vnd.ms-excel.sheet.binary.macroEnabled.main"
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    default = f'<Default Extension="bin" ContentType="{main}"/>'
    targets = [("worksheet", f"worksheets/sheet{n}.bin") for n in numbers]
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{types}">{default}</Types>',
        "_rels/.rels": relations(("officeDocument", "xl/workbook.bin")),
        "xl/_rels/workbook.bin.rels": relations(*targets, ("styles", "styles.bin")),
        "xl/workbook.bin": record(131) + record(143) + book + record(144) + record(132),
        "xl/styles.bin": styles(),
    }
    for number, rows in zip(numbers, sheets.values(), strict=True):
        parts[f"xl/worksheets/sheet{number}.bin"] = sheet(rows)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as out:
        for name, content in (parts | (beside or {})).items():
            out.writestr(name, content)
    return stream.getvalue()
