"""The categories that sort items and that choices offer: ``categories.csv`` in each folder."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated

import pandas as pd
from pydantic import Field, PrivateAttr

from analysis.project import Project
from analysis.project.words import shaped, words
from analysis.survey.asked.labels import alike
from analysis.survey.asked.rows import Number, Row, called, framed, in_folders, read, refuse
from analysis.text import N_, _

NAME = "categories.csv"


class Category(Row):
    """A row of ``categories.csv``: a dimension, an element, a group of units."""

    spoken = ("name", "short")
    _path: Path = PrivateAttr()
    scheme: str
    id: Annotated[
        str,
        *shaped(
            "[a-z][a-z0-9_-]*", N_("harus huruf kecil, angka, atau tanda hubung, diawali huruf")
        ),
    ]
    parent: str = ""
    weight: Number = Field(default=1.0, gt=0, le=1e6)
    name: Annotated[str, *words(80)]
    short: Annotated[str, *words(18)]


def categories(project: Project) -> list[Category]:
    """The rows of the files, each valid by itself, and told apart over all of them."""
    found: list[Category] = []
    lines: dict[tuple[str, str], Category] = {}
    for path in in_folders(project, NAME):
        rows = read(path, Category, key=("scheme", "id"))
        wrong = []
        for row in rows:
            row._path = path
            first = lines.setdefault((row.scheme, row.id), row)
            if first is not row:
                told = _("“{name}” sudah dipakai dalam {file}")
                said = told.format(name=row.id, file=called(first._path))
                wrong.append((row, "scheme, id", said))
        refused(wrong)
        found += rows
    return found


def refused(wrong: Iterable[tuple[Category, str, str]]) -> None:
    """Raise ProjectError for what is wrong in the first file that anything is wrong in.

    Each: the row, the column, what is told.
    """
    by_file: dict[Path, list[tuple[int, str, str]]] = {}
    for row, column, told in wrong:
        by_file.setdefault(row._path, []).append((row.line, column, told))
    for path, cells in by_file.items():
        refuse(called(path), cells)


def table(project: Project, parents: Mapping[str, str]) -> pd.DataFrame:
    """Every category: scheme, id, parent, weight, name and short, in the language in use.

    `parents`: the schemes that there are, each with the scheme above it, or ''. Raises ProjectError
    that names file, row and column of what is wrong.
    """
    rows = categories(project)
    known = {(r.scheme, r.id) for r in rows}
    wrong = []
    for row in rows:
        above = parents.get(row.scheme)
        if above is None:
            wrong.append((row, "scheme", _("{value} tidak dikenal").format(value=row.scheme)))
        elif (above, row.parent) not in known and (above or row.parent):
            wrong.append((row, "parent", _("{value} tidak dikenal").format(value=row.parent)))
    absent = sorted(parents.keys() - {r.scheme for r in rows})
    for scheme in parents:
        names = [
            ((r, column), r.id, getattr(r, column))
            for r in rows
            if r.scheme == scheme
            for column in ("id", "short", "name")
        ]
        wrong += [(*place, told) for place, told in alike(names)]
    refused(wrong)
    first = called(project.questionnaire / NAME)
    refuse(first, [(1, "scheme", _("{value} tidak ada").format(value=s)) for s in absent])
    return framed(rows, Category)
