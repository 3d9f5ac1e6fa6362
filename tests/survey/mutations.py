"""What may happen to a settings file: a slip of the hand, an editor, a program, a bad disk."""

import csv
import io
from collections.abc import Callable
from random import Random

CELLS = [
    "", " ", "TB", "-", "n/a", "(x)", "Kode", "0", "-1", "1,5", "1.500", "1e400", "nan", "inf",
    "٣", "=1+1", "#REF!", '"', "a;b", "a,b", "baris\nbaru", "\u200b", "\u202eabc", "é–ü", "😀",
    "x" * 19, "y" * 40_000, "yes", "no", "KS01", "governance", "Anggaran (APBD)", "Unit · Kota",
    "[x]", "{unit}", "%s", "NULL", "2023-01-01", "\ufffe", "siantar-barat", "A" * 30,
]  # fmt: skip
VALUES = [
    '""', '" "', '"x"', "'x'", '"x', "-1", "0", "5.000", "5_000", "1e400", "-0.0", "nan", "inf",
    "true", "[]", "[1, 2]", "{}", "{ a = 1 }", "2023-01-01", "07:32:00", "1979-05-27T07:32:00Z",
    "", '"""a\nb"""', '"\\u0007"', '"\\uD800"', "9" * 5000, "[" * 3000, "0x1F", '"Sehat"',
    '"Kode"', '"(adil)"', '"TB"', "[12, 24, 24, 120]", '"Asia/Nowhere"', '"é😀"',
]  # fmt: skip
ENCODINGS = ["cp1252", "utf-16", "utf-16-le", "utf-8-sig", "utf-32", "utf-7", "latin-1"]

Rows = list[list[str]]


def of_table(content: bytes, rng: Random) -> bytes:
    """A CSV file after one to three changes."""
    rows = list(csv.reader(io.StringIO(content.decode(), newline="")))
    for _step in range(rng.randint(0, 3)):
        rng.choice(TABLE)(rows, rng)
    stream = io.StringIO(newline="")
    writer = csv.writer(
        stream,
        delimiter=rng.choice(",,,;;\t|"),
        lineterminator=rng.choice(["\n", "\r\n", "\r"]),
        quoting=rng.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    )
    writer.writerows(rows)
    return _bytes(stream.getvalue(), rng)


def of_settings(content: bytes, rng: Random) -> bytes:
    """A TOML file after one to three changes."""
    lines = content.decode().splitlines(keepends=True)
    for _step in range(rng.randint(0, 3)):
        n, other = rng.randrange(len(lines)), rng.randrange(len(lines))
        key, equals, _value = lines[n].partition("=")
        kind = rng.randrange(6)
        if kind == 0:
            lines.insert(other, lines[n])
        elif kind == 1:
            del lines[n]
        elif kind == 2:
            lines[n], lines[other] = lines[other], lines[n]
        elif kind == 3 and lines[n].count('"') > 1:
            before, _old, after = lines[n].split('"', 2)
            lines[n] = before + rng.choice(VALUES) + after
        elif equals:
            lines[n] = f"{key}= {rng.choice(VALUES)}\n"
    return _bytes("".join(lines), rng)


def _bytes(text: str, rng: Random) -> bytes:
    encoding = rng.choice(ENCODINGS) if rng.random() < 0.2 else "utf-8"
    content = bytearray(text.encode(encoding, "replace"))
    for _step in range(rng.randint(1, 4) if rng.random() < 0.3 else 0):
        at = rng.randrange(len(content) + 1)
        change = rng.randrange(4)
        if change == 0:
            content[at:at] = rng.choice([b'"', b"\0", b"\xff", b"\r", b";", b",", rng.randbytes(9)])
        elif change == 1:
            del content[at : at + rng.randint(1, 9)]
        elif change == 2 and at < len(content):
            content[at] = rng.randrange(256)
        elif rng.random() < 0.2:
            del content[at:]
    return bytes(content)


def _cell(rows: Rows, rng: Random) -> tuple[list[str], int]:
    row = rng.choice([r for r in rows if r] or [[""]])
    return row, rng.randrange(len(row))


def _set(rows: Rows, rng: Random) -> None:
    row, at = _cell(rows, rng)
    row[at] = rng.choice([*CELLS, rng.choice(_cell(rows, rng)[0])])


def _swap_cells(rows: Rows, rng: Random) -> None:
    (row, at), (other, there) = _cell(rows, rng), _cell(rows, rng)
    row[at], other[there] = other[there], row[at]


def _delete_cell(rows: Rows, rng: Random) -> None:
    row, at = _cell(rows, rng)
    del row[at]


def _double_cell(rows: Rows, rng: Random) -> None:
    row, at = _cell(rows, rng)
    row.insert(at, row[at])


def _delete_row(rows: Rows, rng: Random) -> None:
    if len(rows) > 1:
        del rows[rng.randrange(len(rows))]


def _double_row(rows: Rows, rng: Random) -> None:
    rows.insert(rng.randrange(len(rows) + 1), list(rng.choice(rows)))


def _swap_rows(rows: Rows, rng: Random) -> None:
    n, other = rng.randrange(len(rows)), rng.randrange(len(rows))
    rows[n], rows[other] = rows[other], rows[n]


def _empty_row(rows: Rows, rng: Random) -> None:
    rows.insert(rng.randrange(len(rows) + 1), [""] * rng.randint(0, 9))


def _delete_column(rows: Rows, rng: Random) -> None:
    at = rng.randrange(max(len(rows[0]), 1))
    for row in rows:
        del row[at : at + 1]


def _double_column(rows: Rows, rng: Random) -> None:
    at = rng.randrange(max(len(rows[0]), 1))
    for row in rows:
        row[at:at] = row[at : at + 1]


def _swap_columns(rows: Rows, rng: Random) -> None:
    at, there = (rng.randrange(max(len(rows[0]), 1)) for _n in range(2))
    for row in rows:
        if max(at, there) < len(row):
            row[at], row[there] = row[there], row[at]


def _empty_column(rows: Rows, rng: Random) -> None:
    for row in rows:
        row.append("")


TABLE: list[Callable[[Rows, Random], None]] = [
    _set, _set, _set, _swap_cells, _delete_cell, _double_cell, _delete_row, _double_row,
    _swap_rows, _empty_row, _delete_column, _double_column, _swap_columns, _empty_column,
]  # fmt: skip
