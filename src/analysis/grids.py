"""Frames as the columns and rows of an exhibit."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import pandas as pd
from pandas.api import types

from analysis import formats as forms
from analysis.columns import Column, declared, keys, numbered, ours
from analysis.formats import FORMATS, MOST_DIGITS, fits, interval_ends
from analysis.origin import UNTOLD
from analysis.refusals import Unshowable, unknown
from analysis.text import _

YEARS = ("year", "tahun")
Parts = list[tuple[str, pd.Series]]


def grid(
    frame: pd.DataFrame | pd.Series,
    names: Sequence[str] | None = None,
    headings: Mapping[str, str] | None = None,
    formats: Mapping[str, str | int] | None = None,
) -> dict[str, Any]:
    """A frame as JSON: ``columns`` (key, label, format), ``rows`` of raw values, ``keys``.

    `names` chooses and orders columns; `headings` and `formats` (see the module `formats`) are
    by name. An index that says more than the number of each row stands first; labels of several
    levels are joined. Columns of ours (see `columns.ours`) have the heading and the format
    that are declared of their name, and a declared pair, such as ``interval``, stands for
    its two columns wherever there are both; any other column shows its own name, with two digits
    when it holds fractions, or as many more as tell them apart. Whole numbers (by their type) have
    no digits, whatever is declared of their column: one answer on a scale beside its means. Keys:
    see `columns.keys`.

    Raises Unknown for a column or a format that there is not, Unshowable for what is no frame or
    holds what no cell can show.
    """
    frame = _framed(frame)
    described: list[dict[str, Any]] = []
    series: list[list[Any]] = []
    for name, column, parts in _chosen(_parts(frame), names, ours(frame)):
        plainly = [_plain(name, values) for values in parts]
        described.append({"key": name, "label": _label(name, column), "format": "text"})
        if len(parts) == 2:
            described[-1]["format"] = column.format if column else "interval"
            series.append(list(zip(*plainly, strict=True)))
        else:
            described[-1]["format"] = _format(name, parts[0], plainly[0], column)
            series.append(plainly[0])
    _worded(described, "label", headings or {})
    _worded(described, "format", formats or {})
    rows = [list(row) for row in zip(*series, strict=True)]
    return {"columns": described, "rows": rows, "keys": frame.attrs.get("keys") or keys(frame)}


def sourced(frame: pd.DataFrame | pd.Series, source: str | None) -> str:
    """The source line of an exhibit: a frame of answers, or a stage's, has its own."""
    if source is not None:
        return source
    # A stage's frame without one says in its rows where each figure is from.
    return frame.attrs.get("source", "" if "declared" in frame.attrs else UNTOLD)


def plain(frame: pd.DataFrame | pd.Series) -> pd.DataFrame:
    """The frame with every level of its index, and of its columns, as a column under one name."""
    frame = _framed(frame)
    if numbered(frame.index) and frame.columns.nlevels == 1 and frame.columns.is_unique:
        return frame
    made = pd.DataFrame({name: values.array for name, values in _parts(frame)})
    made.attrs = {n: v for n, v in frame.attrs.items() if n not in ("stage", "declared")}
    return made


def _framed(given: Any) -> pd.DataFrame:
    if isinstance(given, pd.Series):
        return given.to_frame(_("Nilai") if given.name is None else given.name)
    if isinstance(given, pd.DataFrame):
        return given
    said = _(
        "Yang ditampilkan ialah frame atau deret pandas, bukan {kind}. Ubahlah dahulu, misalnya "
        "dengan pd.DataFrame(...); tabel meja mempunyai .frame."
    )
    raise Unshowable(said.format(kind=type(given).__name__))


def _parts(frame: pd.DataFrame) -> Parts:
    """Every column under its name; before them the levels of an index that says something."""
    index, found = frame.index, []
    if not numbered(index):
        for level, name in enumerate(index.names):
            own = f"level_{level}" if index.nlevels > 1 else "index"
            values = index.get_level_values(level).to_series(index=range(len(index)))
            found.append((own if name is None else _name(name), values))
    return found + [(_name(n), frame.iloc[:, at]) for at, n in enumerate(frame.columns)]


def _name(label: Any) -> str:
    """A column's label as text; of several levels, joined."""
    if isinstance(label, tuple):
        return " · ".join(filter(None, map(_name, label)))
    if isinstance(label, float) and label.is_integer():
        return str(int(label))
    return label if isinstance(label, str) else str(forms.plain(label))


def _chosen(
    every: Parts, names: Sequence[str] | None, own: Collection[str]
) -> Iterator[tuple[str, Column | None, list[pd.Series]]]:
    """Name, declaration and values of the columns to show; two of an interval, else one.

    What is declared of a name counts for our `own` columns, or where nothing else has the name.
    """
    present = dict(every)
    pairs = {n: c for n, c in declared().items() if c.pair and set(c.pair) <= present.keys()}
    for name in list(present) if names is None else map(str, names):
        ends = pairs[name].pair or () if name in pairs else ()
        if ends and (set(ends) <= set(own) or name not in present):
            yield name, pairs[name], [present[end] for end in ends]
        elif name in present:
            column = declared().get(name) if name in own else None
            yield from ((name, column, [values]) for n, values in every if n == name)
        else:
            raise unknown(_("Kolom"), name, [*present, *pairs])


def _label(name: str, column: Column | None) -> str:
    if column:
        return column.label
    return _("Baris") if name == "index" else name


def _plain(name: str, values: pd.Series) -> list[Any]:
    try:
        return [forms.plain(value) for value in values]
    except TypeError as error:
        said = _(
            "Kolom “{name}” berisi {kind}, yang tidak dapat ditampilkan dalam tabel. Ubahlah "
            "dahulu menjadi teks atau angka."
        ).format(name=name, kind=error)
        raise Unshowable(said) from None


def _format(name: str, values: pd.Series, shown: list[Any], column: Column | None) -> str | int:
    whole = types.is_integer_dtype(values)
    if column:
        return 0 if whole and isinstance(column.format, int) else column.format
    known = [value for value in shown if value is not None]
    if not known or not all(isinstance(value, int | float) for value in known):
        numeric = types.is_numeric_dtype(values) and not types.is_bool_dtype(values)
        return 2 if numeric and not known else "text"
    if whole and name.casefold() in YEARS:
        return "year"
    if whole or all(value == int(value) for value in known):
        return 0
    return max(2, forms.few(known))


def _worded(described: list[dict[str, Any]], part: str, given: Mapping[str, Any]) -> None:
    """Give columns the headings or formats that were asked for."""
    for name, value in given.items():
        own = [column for column in described if column["key"] == name]
        if not own:
            raise unknown(_("Kolom"), name, [column["key"] for column in described])
        for column in own:
            pair = interval_ends(column["format"]) is not None
            suits = str(value).startswith("interval") if pair else fits(value)
            if part == "format" and not suits:
                raise unknown(_("Format"), value, [*range(MOST_DIGITS + 1), *FORMATS])
            column[part] = value
