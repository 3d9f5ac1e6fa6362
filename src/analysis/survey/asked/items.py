"""The items of the questionnaire's tables, a file each: ``<table>.csv``."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import combinations
from typing import Annotated, Any, ClassVar, Literal

import pandas as pd
from pydantic import Field, create_model

from analysis.project.words import CODE, words
from analysis.survey.asked.fields import Scale
from analysis.survey.asked.questionnaire import Scheme, Table
from analysis.survey.asked.rows import Number, Row, Wrong, called, framed, read, refuse
from analysis.text import _


class Item(Row):
    """A row of an item file: what is asked; on a `scale` with words of its own for its levels.

    `verified`: whether the thing is surely called so, after what `source`. `owner`: the unit that
    answers for it, where a table's items have each their own; `owner_verified`: whether that is
    decided.
    """

    spoken: ClassVar[Sequence[str]] = ("name", "statement")
    code: CODE
    category: str = ""
    scale: str = ""
    weight: Number = Field(default=1.0, gt=0, le=1e6)
    verified: Literal["yes", "no"] = "yes"
    source: str = ""
    owner: str = ""
    owner_verified: Literal["yes", "no"] = "yes"
    name: Annotated[str, *words(30)]
    statement: Annotated[str, *words(1000)]


class Pair(Row):
    """A row of a table of pairs: two categories to compare."""

    code: CODE
    left: str
    right: str


@cache
def _model(scheme: str, texts: tuple[str, ...]) -> type[Item]:
    """The rows of a table whose items are categorised by a scheme: its column is named so.

    `texts`: what else they have to read, each a clause as a sentence bears it: “Bila … dan …”.
    """
    given: dict[str, Any] = {text: (Annotated[str, *words(60)], "") for text in texts}
    given["category"] = (str, Field(alias=scheme))
    model = create_model("Item", __base__=Item, **given)
    model.spoken = (*Item.spoken, *texts)
    return model


def items(
    table: Table,
    schemes: Mapping[str, Scheme],
    categories: pd.DataFrame,
    scales: Mapping[str, Scale],
    codes: dict[str, str],
) -> Table:
    """A table with its items, in the language in use; `categories`: those of all schemes.

    `codes` are those of other tables, each with its file, and grow. Raises ProjectError that names
    file, row and column of whatever is wrong.
    """
    path, name = table.file, called(table.file)
    rows: Sequence[Row]
    columns: list[str]
    known = list(categories.loc[categories["scheme"] == table.scheme, "id"])
    wrong: list[Wrong] = []
    if table.pairs:
        pairs = read(path, Pair, key=("code",))
        rows = pairs
        columns = ["left", "right"]
        frame = framed(rows, Pair)
        wrong += _pairs(pairs, known)
    else:
        columns, model = [table.scheme], _model(table.scheme, table.texts)
        rows = read(path, model, key=("code",))
        frame = framed(rows, model).rename(columns={"category": table.scheme})
        wrong += [cell for row in rows for cell in _incomplete(row, table.texts)]
        wrong += [cell for row in rows for cell in _of_other_ends(row, table, scales)]
        told = _("tabel ini tidak dibagi kepada pemilik butirnya (owned)")
        lines = [row.line for row in rows if getattr(row, "owner", "") and not table.owned]
        wrong += [(line, "owner", told) for line in lines]
        frame = frame if table.owned else frame.drop(columns=["owner", "owner_verified"])
    wrong += [
        (r.line, "code", _("{code} sudah dipakai dalam {file}").format(code=code, file=other))
        for r, code in zip(rows, frame["code"], strict=True)
        if (other := codes.setdefault(code, name)) != name
    ]
    wrong += [
        (row.line, column, _("{value} tidak dikenal").format(value=value))
        for column in columns
        for row, value in zip(rows, frame[column], strict=True)
        if value not in known
    ]
    refuse(name, wrong)
    for column in columns:
        frame = _with_names(frame, column, table.scheme, categories)
    if not table.pairs and (above := schemes[table.scheme].parent):
        of = categories[categories["scheme"] == table.scheme].set_index("id")["parent"]
        frame = _with_names(
            frame.assign(**{above: frame[table.scheme].map(of)}), above, above, categories
        )
    beside = {"verified", "source"} & set(frame)
    unsure = frame["code"][frame["verified"] == "no"] if beside else ()
    frame = frame.drop(columns=sorted(beside))
    named = frame.pop("scale") if "scale" in frame else pd.Series("", frame.index)
    own = {code: scales[name] for code, name in zip(frame["code"], named, strict=True) if name}
    return replace(table, items=frame, own=own, unverified=frozenset(unsure))


def proposed(table: Table) -> list[Item]:
    """The rows of a table whose items have owners."""
    return read(table.file, _model(table.scheme, table.texts), key=("code",))


def _incomplete(row: Row, texts: Sequence[str]) -> Iterator[Wrong]:
    """The texts that an item lacks beside others: it has them all, or none."""
    if any(getattr(row, text) for text in texts):
        told = _("kosong, padahal teks lainnya terisi; isi semuanya atau kosongkan semuanya")
        yield from ((row.line, text, told) for text in texts if not getattr(row, text))


def _of_other_ends(row: Row, table: Table, scales: Mapping[str, Scale]) -> Iterator[Wrong]:
    """A scale of an item's own that is none, or with other ends than the table's one scale."""
    if not (name := getattr(row, "scale", "")):
        return
    ends = {f.kind.ends for f in table.scaled if isinstance(f.kind, Scale)}
    if name not in scales:
        yield row.line, "scale", _("{value} tidak dikenal").format(value=name)
    elif len(table.scaled) != 1 or {scales[name].ends} != ends:
        told = _("skala “{value}” harus berujung sama dengan satu-satunya skala tabel ini")
        yield row.line, "scale", told.format(value=name)


def _pairs(rows: list[Pair], categories: list[str]) -> Iterator[Wrong]:
    """What keeps every two categories from being compared exactly once."""
    lines: dict[frozenset[str], int] = {}
    for row in rows:
        two = frozenset((row.left, row.right))
        if len(two) < 2:
            yield row.line, "right", _("harus dimensi lain daripada kolom left")
        elif two in lines:
            told = _("pasangan ini sudah ada pada baris {line}").format(line=lines[two])
            yield row.line, "left, right", told
        lines.setdefault(two, row.line)
    for left, right in combinations(categories, 2):
        if frozenset((left, right)) not in lines:
            told = _("pasangan {left} dan {right} tidak ada").format(left=left, right=right)
            yield 1, "left, right", told


def _with_names(
    frame: pd.DataFrame, column: str, scheme: str, categories: pd.DataFrame
) -> pd.DataFrame:
    """Add the names of a category column."""
    known = categories[categories["scheme"] == scheme].set_index("id")
    return frame.assign(
        **{f"{column}_{name}": frame[column].map(known[name]) for name in ("name", "short")}
    )
