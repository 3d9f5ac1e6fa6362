"""Rows of the CSV files in ``data/raw``, validated with their address."""

import csv
import io
import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Annotated, TypeVar

import pandas as pd
from pydantic import BeforeValidator, ConfigDict, PrivateAttr, ValidationError, ValidationInfo

from analysis.project import Project, ProjectError, files
from analysis.project.errors import said
from analysis.project.languages import Translated, codes, translated
from analysis.text import _

SEPARATORS = ",;\t"
THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}\.\d{3}", re.ASCII)  # or thousandths
MOST = 20  # wrong cells of one file that are told one by one

Record = tuple[int, list[str]]  # row as a spreadsheet counts, cells
Wrong = tuple[int, str, str]  # row, column, message


class Row(Translated):
    """One row of a data file; the fields are its columns, `line` its row in the file."""

    model_config = ConfigDict(frozen=True, allow_inf_nan=False)
    _line: int = PrivateAttr(0)

    @property
    def line(self) -> int:
        return self._line


def _number(typed: object, info: ValidationInfo) -> object:
    """A number as the file writes them; one that can be two is refused."""
    if not isinstance(typed, str):
        return typed
    decimal = (info.context or {}).get("decimal", ".")
    if decimal != "." and THOUSANDS.fullmatch(typed):
        raise ValueError(_("dapat berarti dua hal; tulis tanpa titik ribuan, desimal dengan koma"))
    if not re.fullmatch(rf"[+-]?\d{{1,15}}([.{decimal}]\d{{1,15}})?", typed, re.ASCII):
        raise ValueError(_("bukan angka; tulis tanpa pemisah ribuan, misalnya 229525.5"))
    return typed.replace(",", ".")


def _decimal(separator: str, records: list[Record]) -> str:
    """The sign before decimals in a file: comma or point, or neither where none says which."""
    cells = [cell for _line, record in records for cell in record]
    if separator != "," and any(re.fullmatch(r"[+-]?\d+,\d+", c, re.ASCII) for c in cells):
        return ","
    pointed = [c for c in cells if re.fullmatch(r"[+-]?\d+\.\d+", c, re.ASCII)]
    return "" if separator != "," and all(map(THOUSANDS.fullmatch, pointed)) else "."


def _day(typed: object) -> date:
    """A day as people here write it, or as a spreadsheet makes it of that."""
    text = re.sub(r"(\d\d?)[/.-](\d\d?)[/.-](\d{4})", r"\3-\2-\1", str(typed))
    if found := re.fullmatch(r"(\d{4})-(\d\d?)-(\d\d?)", text, re.ASCII):
        with suppress(ValueError):
            return date(int(found[1]), int(found[2]), int(found[3]))
    raise ValueError(_("bukan tanggal; tulis seperti 2023-11-27"))


Number = Annotated[float, BeforeValidator(_number)]
Whole = Annotated[int, BeforeValidator(_number)]
Day = Annotated[date, BeforeValidator(_day)]
R = TypeVar("R", bound=Row)


def read(path: Path, model: type[R], key: tuple[str, ...]) -> list[R]:
    """Every row of a CSV file as `model`; `key` names the columns that identify a row.

    Commas, semicolons or tabs may separate cells; empty rows and columns are passed over. Raises
    ProjectError that lists each wrong cell with file, row and column.
    """
    rows, wrong = sifted(path, model)
    seen: dict[tuple[object, ...], int] = {}
    for row in rows:
        identity = tuple(getattr(row, column) for column in key)
        if identity in seen:
            message = _("sudah dipakai pada baris {line}").format(line=seen[identity])
            wrong.append((row.line, ", ".join(key), f"{' '.join(map(str, identity))} {message}"))
        seen.setdefault(identity, row.line)
    if not rows and not wrong:
        wrong.append((1, "–", _("berkas tidak berisi baris data")))
    refuse(called(path), sorted(wrong, key=lambda cell: cell[0]))
    return rows


def in_folders(project: Project, name: str) -> list[Path]:
    """The files of this name in the folders of the questionnaire; an index may do without."""
    first, *others = (folder / name for folder in project.questionnaires)
    return [first, *(path for path in others if path.is_file())]


def called(path: Path) -> str:
    """A file as people call it: with its folder."""
    return "/".join(path.parts[-2:])


def sifted(path: Path, model: type[R]) -> tuple[list[R], list[Wrong]]:
    """The rows of a CSV file that are as `model` asks, and what is wrong with each of the others.

    Raises ProjectError where the file as a whole cannot be read so.
    """
    name = called(path)
    columns = {field.alias or own: own for own, field in model.model_fields.items()}
    separator, records = _records(files.read(path, name), columns, name)
    if not records:
        refuse(name, [(1, "–", _("berkas tidak berisi baris data"))])
    (first, titles), *records = records
    must = [c for c, own in columns.items() if model.model_fields[own].is_required()]
    languages = codes(titles, model.spoken)
    must += [f"{t}_{c}" for t in model.spoken if t in {*must, *titles} for c in languages]
    wrong = [(first, c, _("kolom ini tidak ada")) for c in must if c not in titles]
    wrong += [
        (first, c, _("kolom ini ada dua kali"))
        for c in dict.fromkeys(titles)
        if c and titles.count(c) > 1
    ]
    known = [*columns, *(t for t in titles if translated(t, model.spoken))]
    refuse(name, [*wrong, *_strangers(titles, records, known)])
    rows: list[R] = []
    decimal = _decimal(separator, records)
    for line, cells in records:
        filled = {title: cell for title, cell in zip(titles, cells, strict=False) if cell}
        try:
            row = model.model_validate(filled, context={"decimal": decimal, "languages": languages})
        except ValidationError as error:
            wrong += [
                (line, str(e["loc"][0]) if e["loc"] else "–", said(e)) for e in error.errors()
            ]
            continue
        row._line = line
        rows.append(row)
    return rows, wrong


def framed(rows: Iterable[Row], model: type[Row]) -> pd.DataFrame:
    """Rows as a frame: the columns of `model`, its texts in the language in use."""
    frame = pd.DataFrame([row.model_dump() for row in rows], columns=list(model.model_fields))
    for text in model.spoken:
        frame[text] = [_(row.said(text)) for row in rows]
    return frame


def _records(text: str, columns: Iterable[str], name: str) -> tuple[str, list[Record]]:
    """The separator, and every row that holds something, cells without what cannot be seen."""
    head = next((line for line in text.splitlines() if line.strip()), "")
    heads = {s: {files.visible(c).strip('"') for c in head.split(s)} for s in SEPARATORS}
    separator = max(SEPARATORS, key=lambda s: len(heads[s] & set(columns)))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    found: list[Record] = []
    number = 0
    try:
        for number, record in enumerate(reader, start=1):
            if found and len(found[0][1]) > 1 == len([c for c in record if c]):
                record = _unfolded(record[0], separator)
            cells = [files.visible(cell) for cell in record]
            if any(cells):
                found.append((number, cells))
    except csv.Error as error:
        told = _('tanda kutip (") tidak berpasangan, mulai dari baris ini')
        raise ProjectError(_address(name, number + 1, "–", told)) from error
    return separator, found


def _unfolded(cell: str, separator: str) -> list[str]:
    """The cells of a row that a program took for one cell, and quoted as a whole."""
    return next(csv.reader([cell], delimiter=separator), []) if separator in cell else [cell]


def _strangers(titles: list[str], records: list[Record], columns: Iterable[str]) -> Iterable[Wrong]:
    """Columns that nobody asks for, at the first row where they hold something."""
    width = max((len(cells) for _line, cells in records), default=0)
    for column in range(width):
        title = titles[column] if column < len(titles) else ""
        line = next((n for n, cells in records if column < len(cells) and cells[column]), None)
        if line and title not in columns:
            told = _("kolom ini tidak dikenal; kolom yang ada: {columns}")
            shown = title or _("ke-{number}").format(number=column + 1)
            yield line, shown, told.format(columns=", ".join(columns))


def refuse(name: str, wrong: Iterable[Wrong]) -> None:
    """Raise ProjectError for wrong cells given as (row, column, message); nothing if none."""
    if wrong := list(wrong):
        lines = [_address(name, *cell) for cell in wrong[:MOST]]
        if len(wrong) > MOST:
            more = _("{file}: … dan {count} kesalahan lagi")
            lines.append(more.format(file=name, count=len(wrong) - MOST))
        raise ProjectError("\n".join(lines))


def _address(name: str, row: int, column: str, message: str) -> str:
    return _("{file}: baris {row}, kolom {column}: {message}").format(
        file=name, row=row, column=column, message=message
    )
