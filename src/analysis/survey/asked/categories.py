"""The categories that sort items and that choices offer: ``instrument/categories.csv``."""

from collections.abc import Mapping
from typing import Annotated

import pandas as pd
from pydantic import Field

from analysis.project import Project
from analysis.project.words import shaped, words
from analysis.survey.asked.labels import alike
from analysis.survey.asked.rows import Number, Row, framed, read, refuse
from analysis.text import N_, _

NAME = "instrument/categories.csv"


class Category(Row):
    """A row of ``categories.csv``: a dimension, an element, a group of units."""

    spoken = ("name", "short")
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
    """The rows of ``categories.csv``, each valid by itself."""
    return read(project.folder / NAME, Category, key=("scheme", "id"))


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
            wrong.append((row.line, "scheme", _("{value} tidak dikenal").format(value=row.scheme)))
        elif (above, row.parent) not in known and (above or row.parent):
            wrong.append((row.line, "parent", _("{value} tidak dikenal").format(value=row.parent)))
    absent = parents.keys() - {r.scheme for r in rows}
    wrong += [(1, "scheme", _("{value} tidak ada").format(value=s)) for s in sorted(absent)]
    for scheme in parents:
        names = [
            ((r.line, column), r.id, getattr(r, column))
            for r in rows
            if r.scheme == scheme
            for column in ("id", "short", "name")
        ]
        wrong += [(*place, told) for place, told in alike(names)]
    refuse(NAME, wrong)
    return framed(rows, Category)
