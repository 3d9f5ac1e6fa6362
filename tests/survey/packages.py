"""Workbooks with their parts changed, as other programs pack them."""

import io
import re
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
