"""Rows of the CSV files in ``data/raw``, validated with their address."""

import csv
import io
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from analysis.project import ProjectError
from analysis.text import _


class Row(BaseModel):
    """One row of a data file; the fields are its columns."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


R = TypeVar("R", bound=Row)


def read(path: Path, model: type[R], key: tuple[str, ...]) -> list[R]:
    """Every row of a CSV file as `model`; `key` names the columns that identify a row.

    Raises ProjectError that lists each wrong cell with file, row and column.
    """
    name = "/".join(path.parts[-2:])
    try:
        content = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ProjectError(f"{name}: {error}") from error
    reader = csv.DictReader(io.StringIO(content, newline=""), restkey="_", strict=True)
    rows, wrong, seen = [], [], {}
    for record in reader:
        line = reader.line_num
        try:
            row = model.model_validate({k: v for k, v in record.items() if v not in ("", None)})
        except ValidationError as error:
            for e in error.errors():
                column = ".".join(map(str, e["loc"])) or "-"
                wrong.append((line, column, e["msg"]))
            continue
        identity = tuple(getattr(row, column) for column in key)
        if identity in seen:
            message = _("sudah dipakai pada baris {line}").format(line=seen[identity])
            wrong.append((line, ", ".join(key), f"{' '.join(map(str, identity))} {message}"))
        seen[identity] = line
        rows.append(row)
    if not rows and not wrong:
        wrong.append((1, "-", _("berkas tidak berisi baris data")))
    refuse(name, wrong)
    return rows


def refuse(name: str, wrong: list[tuple[int, str, str]]) -> None:
    """Raise ProjectError for wrong cells given as (row, column, message); nothing if none."""
    if wrong:
        lines = [
            _("{file}: baris {row}, kolom {column}: {message}").format(
                file=name, row=row, column=column, message=message
            )
            for row, column, message in wrong
        ]
        raise ProjectError("\n".join(lines))
