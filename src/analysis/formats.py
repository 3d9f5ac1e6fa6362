"""How values are written: as numbers in the reader's format, days, yes and no, or as they are.

The formats of columns: ``text``; ``figures`` (a text of digits, kept on one line); a number of
digits, such as 2; ``percent`` (a share, 0.034 as 3%); ``signed`` (two digits with a sign, none of
whole numbers); ``year`` (no separators); and of two ends ``interval`` (two digits), ``interval0``,
``interval%`` and so on.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction
from numbers import Integral, Real
from os import PathLike
from typing import Any

import numpy as np
import pandas as pd
from babel.dates import format_date

from analysis.columns import declared
from analysis.text import SOURCE, _, day, digits_of, interval, language, number, percent

FORMATS = ("text", "figures", "percent", "signed", "year")
MOST_DIGITS = 6
PERIODS = {"M": "MMMM yyyy", "Y": "yyyy", "Q": "QQQ yyyy", "D": "d MMMM yyyy"}


def fits(kind: object) -> bool:
    """Whether it is the format of a column of single values."""
    digits = isinstance(kind, int) and not isinstance(kind, bool) and 0 <= kind <= MOST_DIGITS
    return digits or (isinstance(kind, str) and kind in FORMATS)


def cell(value: Any, kind: str | int) -> str:
    """One value as text: numbers in the reader's format, a dash for what is missing."""
    if (ends := interval_ends(kind)) is not None:
        low, high = value
        return interval(low, high, ends)
    if value is None or (not isinstance(value, str) and pd.isna(value)):
        return "–"
    if isinstance(value, str):
        return value
    if kind == "percent":
        return percent(value)
    if kind == "signed":
        return number(value, 0 if isinstance(value, int) else 2, sign=True)
    if kind == "year":
        return str(int(value))
    if isinstance(kind, int):
        return number(value, kind)
    return number(value, digits_of([value])) if isinstance(value, float) else str(value)


def interval_ends(kind: str | int) -> int | str | None:
    """The format of both ends of an interval (``interval``: 2, ``interval0``: 0), else None."""
    if not isinstance(kind, str) or not kind.startswith("interval"):
        return None
    return "percent" if kind.endswith("%") else int(kind.removeprefix("interval") or 2)


def flat(content: Mapping[str, Any]) -> Iterator[tuple[str, str, str | int, list[Any]]]:
    """Key, heading, format and values of each column; an interval becomes its two ends."""
    for at, column in enumerate(content["columns"]):
        key, label, kind = column["key"], column["label"], column["format"]
        values = [row[at] for row in content["rows"]]
        if (ends := interval_ends(kind)) is None:
            yield key, label, kind, values
            continue
        found = declared().get(key)
        names = (found and found.pair) or (f"{key}_low", f"{key}_high")
        for end, (name, word) in enumerate(zip(names, (_("bawah"), _("atas")), strict=True)):
            yield name, f"{label} {word}", ends, [v and v[end] for v in values]


def plain(value: Any) -> Any:
    """A value as JSON holds it: numbers as numbers, anything else as people read it.

    A list of texts is one text. Raises TypeError for what no cell can show: a table, an object.
    """
    if value is None or value is pd.NA or value is pd.NaT:
        return None
    if isinstance(value, str | PathLike):
        return str(value)
    if isinstance(value, bool | np.bool_):
        return _("ya") if value else _("tidak")
    if isinstance(value, Integral):
        return int(value)
    if isinstance(value, Real | Decimal | Fraction):
        found = float(value)
        return None if found != found else found if np.isfinite(found) else number(found, 0)
    if isinstance(value, np.datetime64):
        return plain(pd.Timestamp(value))
    if isinstance(value, datetime):
        mark = "." if language() == SOURCE else ":"
        return day(value) + (f" {value:%H{mark}%M}" if value.time() != time() else "")
    if isinstance(value, date):
        return day(value)
    if isinstance(value, pd.Period):
        pattern = PERIODS.get(value.freqstr.split("-")[0], "")
        return format_date(value.start_time, pattern, language()) if pattern else str(value)
    if isinstance(value, pd.Interval):
        ends = (float(value.left), float(value.right))
        return interval(*ends, digits_of(ends))
    if isinstance(value, list | tuple) and all(isinstance(v, str | Real) for v in value):
        return ", ".join(str(plain(v)) for v in value) or None
    raise TypeError(type(value).__name__)


def few(values: Any) -> int:
    """The digits, at most two, that write numbers as they are, or longer ones as short as can be.

    Different numbers then still look different, and none is moved by more than a fiftieth of the
    largest. Up to six digits where two would hide that the numbers differ at all.
    """
    given = np.asarray(values, dtype=float).ravel()
    given = given[np.isfinite(given)]
    largest, different = np.abs(given).max(initial=0), np.unique(given.round(9))
    for off in (1e-9, 0.02 * largest):
        for digits in range(3):
            rounded = given.round(digits)
            apart = len(np.unique(rounded)) == len(different)
            if apart and np.abs(rounded - given).max(initial=0) <= off:
                return digits
    reach = np.ptp(different) or largest
    return next((d for d in range(2, MOST_DIGITS) if 10.0**-d <= 1.001 * reach), MOST_DIGITS)
