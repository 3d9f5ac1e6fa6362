"""Exhibits as files and as frames, each with its title, note and source."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from analysis import formats, origin, sheets
from analysis.drawing import framed
from analysis.drawing.table import table
from analysis.refusals import Unfit
from analysis.text import N_, _, listing, number

NUMBERS, PICTURES = (".xlsx", ".csv"), (".png", ".svg", ".pdf")
MOST_DRAWN = 200
"""Rows of a table that are still a picture."""
# What of the exhibits that are neither charts nor tables goes where: list, columns, headings.
LISTS = {
    "keys": ("figures", {
        "label": N_("Angka"), "shown": N_("Tertulis"), "value": N_("Nilai"),
        "detail": N_("Keterangan"),
    }),
    "findings": ("items", {
        "headline": N_("Temuan"), "level": N_("Tingkat keyakinan"), "action": N_("Usulan"),
        "detail": N_("Keterangan"), "claim": N_("Pembandingan"),
    }),
    "copies": ("texts", {"name": N_("Nama"), "text": N_("Isi")}),
    "methods": ("methods", {
        "name": N_("Metode"), "how": N_("Cara"), "source": N_("Sumber"),
    }),
}  # fmt: skip
TEXTS = ("text", "figures")
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
"""How a text begins that a spreadsheet would work out when it opens a CSV."""


def gridded(content: Mapping[str, Any]) -> dict[str, Any]:
    """The content of any exhibit with ``columns`` and ``rows``."""
    if "columns" in content or content["kind"] not in LISTS:
        return {"columns": [], "rows": [], **content}
    name, heads = LISTS[content["kind"]]
    kinds: dict[str, str | int] = {"value": 2}
    columns = [{"key": k, "label": _(h), "format": kinds.get(k, "text")} for k, h in heads.items()]
    rows = [[one.get(key) for key in heads] for one in content[name]]
    return {**content, "columns": columns, "rows": rows}


def frame(content: Mapping[str, Any]) -> pd.DataFrame:
    """The rows of an exhibit, under the keys of its columns; intervals as two columns.

    It carries the exhibit's source.
    """
    columns = list(formats.flat(gridded(content)))
    made = pd.DataFrame({at: values for at, (*_head, values) in enumerate(columns)})
    made.columns = pd.Index([key for key, *_rest in columns])
    made.attrs = {"source": content.get("source", "")}
    return made


def save(content: Mapping[str, Any], figure: Figure | None, path: Path | str) -> None:
    """Save an exhibit as what the path ends in, with its title, note and source.

    Raises ValueError for an ending that is none of those for this kind of exhibit.
    """
    path, whole = Path(path), gridded(content)
    drawn = figure is not None or content["kind"] == "table"
    endings = (NUMBERS if whole["columns"] else ()) + (PICTURES if drawn else ())
    ending = path.suffix.lower()
    if ending not in endings:
        said = _("{name} tidak dapat disimpan sebagai “{ending}”; akhiran yang dapat: {endings}.")
        raise Unfit(
            said.format(name=path.name, ending=ending, endings=listing(endings) if endings else "–")
        )
    if ending == ".xlsx":
        path.write_bytes(_workbook(whole))
    elif ending == ".csv":
        path.write_bytes(_table(whole).encode("utf-8-sig"))
        described = json.dumps(_described(path.name, whole), ensure_ascii=False, indent=1)
        path.with_name(f"{path.name}-metadata.json").write_text(described + "\n", "utf-8")
    else:
        told = (content["title"], content.get("note", ""), content.get("source", ""))
        framed.save(figure or _drawn(whole), path, told, properties(content))


def properties(content: Mapping[str, Any]) -> dict[str, str]:
    """What a file says of itself: title, words for it, source, parameters and data."""
    parameters, data = origin.told(content.get("source", ""))
    told = {
        "Title": content["title"],
        "Description": content.get("alt") or content.get("note", ""),
        "Source": content.get("source", ""),
        "Parameters": json.dumps(parameters, ensure_ascii=False) if parameters else "",
        "Data": data and f"sha256 {data}",
    }
    always = ("Title", "Source")
    return {name: str(said) for name, said in told.items() if said or name in always}


def _workbook(content: Mapping[str, Any]) -> bytes:
    told, stream = properties(content), io.BytesIO()
    book, styles = sheets.opened(
        stream,
        title=told["Title"],
        subject=told["Source"],
        comments="\n".join(f"{name}: {said}" for name, said in told.items()),
    )
    sheet = book.add_worksheet()
    sheets.head(sheet, content["title"], content.get("source", ""), styles["muted"], styles)
    sheets.grid(book, sheet, content, styles)
    book.close()
    return stream.getvalue()


def _table(content: Mapping[str, Any]) -> str:
    """The rows as CSV under the keys of their columns; a text that looks like a formula is none."""
    columns = list(formats.flat(content))
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([key for key, *_rest in columns])
    for row in zip(*(values for *_head, values in columns), strict=True):
        safe = (f"'{v}" if isinstance(v, str) and v.startswith(DANGEROUS) else v for v in row)
        writer.writerow(["" if value is None else value for value in safe])
    return stream.getvalue()


def _described(name: str, content: Mapping[str, Any]) -> dict[str, Any]:
    """What a CSV cannot say of itself, as CSV on the Web (W3C) puts it beside the file."""
    told = properties(content)
    columns = [
        {
            "name": key,
            "titles": label,
            "datatype": "string" if kind in TEXTS else "number",
        }
        for key, label, kind, _values in formats.flat(content)
    ]
    return {
        "@context": "http://www.w3.org/ns/csvw",
        "url": name,
        "dc:title": told["Title"],
        "dc:description": content.get("note", ""),
        "dc:source": told["Source"],
        "masterplan:parameters": origin.told(content.get("source", ""))[0],
        "masterplan:data": told.get("Data", ""),
        "tableSchema": {"columns": columns},
    }


def _drawn(content: Mapping[str, Any]) -> Figure:
    rows, columns = content["rows"], content["columns"]
    if len(rows) > MOST_DRAWN:
        said = _("Tabel ini {n} baris, terlalu panjang untuk gambar; simpanlah sebagai .xlsx.")
        raise Unfit(said.format(n=number(len(rows), 0)))
    kinds: Sequence[str | int] = [column["format"] for column in columns]
    shown = [[formats.cell(v, kind) for v, kind in zip(row, kinds, strict=True)] for row in rows]
    return table([c["label"] for c in columns], shown, [kind != "text" for kind in kinds])
