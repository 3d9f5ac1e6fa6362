"""A CSV file as the office programs of this and other countries write it."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

from analysis.survey.returned.workbook import ERRORS, Fault, Unreadable
from analysis.survey.told.problems import Code

BEGINNING = 20_000  # characters by which a file is judged
# Numbers that can be read in one way only: with a decimal point, with a decimal comma.
_POINT = re.compile(r"-?(?:\d+\.(?:\d{1,2}|\d{4,15})|0\.\d{3}|\d{1,3}(?:,\d{3})+(?:,\d{3}|\.\d+))")
_COMMA = re.compile(r"-?(?:\d+,(?:\d{1,2}|\d{4,15})|0,\d{3}|\d{1,3}(?:\.\d{3})+(?:\.\d{3}|,\d+))")


def text(content: bytes) -> str:
    """The file's characters. Raises Unreadable where they are none."""
    marked = content[:2] in (b"\xff\xfe", b"\xfe\xff")
    for encoding in ("utf-16" if marked else "utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding).replace("\0", "\ufffd")
        except UnicodeDecodeError:
            continue
    raise Unreadable(Code.DAMAGED)


def cells(written: str) -> Iterator[tuple[int, int, str]]:
    """Row, column and text of each cell."""
    for row, line in enumerate(_lines(written, _delimiter(written))):
        for column, value in enumerate(line):
            yield row, column, Fault(value) if ERRORS.fullmatch(value) else value


def decimal(written: str) -> str:
    """The sign before decimals, by the file's delimiter and numbers; empty where it may be either.

    Office programs part cells with semicolons where the comma stands before decimals.
    """
    delimiter = _delimiter(written)
    values = [v.strip() for line in _lines(written, delimiter) for v in line if len(v) < 40]
    point, comma = (any(map(kind.fullmatch, values)) for kind in (_POINT, _COMMA))
    if point:
        return "" if comma or delimiter == ";" else "."
    return "," if comma or delimiter == ";" else ""


def _lines(written: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(written, newline=""), delimiter=delimiter)


def _delimiter(written: str) -> str:
    """The sign of which most lines hold the same number: commas stand in sentences, too."""
    lines = written[:BEGINNING].splitlines()

    def alike(sign: str) -> tuple[int, int]:
        counts = Counter(line.count(sign) for line in lines)
        return max((n for count, n in counts.items() if count), default=0), written.count(sign)

    return max(";,\t", key=alike)
