"""What was read, as JSON and back: data that can do nothing, whoever wrote it.

The way back is exact, types and all; what is no such text raises ValueError, TypeError,
KeyError or AttributeError.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from analysis.survey.returned.folder import Source
from analysis.survey.returned.response import Answer, Key, Line, Remark, Response
from analysis.survey.returned.workbook import Fault, Unreadable, Value, Workbook
from analysis.survey.told.problems import Code, Problem

PLAIN = {int, float, str, bool, type(None)}  # JSON has these itself
# Of a value of another type: how it is written, and how it is read.
OTHERS: dict[type, tuple[Callable[[Any], object], Callable[[Any], Value]]] = {
    Fault: (str, Fault),
    date: (date.isoformat, date.fromisoformat),
    datetime: (datetime.isoformat, datetime.fromisoformat),
    time: (time.isoformat, time.fromisoformat),
    timedelta: (
        lambda span: [span.days, span.seconds, span.microseconds],
        lambda parts: timedelta(*parts),
    ),
}
NAMES = {kind.__name__: kind for kind in OTHERS}


def of_sources(found: Sequence[Source]) -> bytes:
    """The workbooks of one file, in one line."""
    return _line([[s.member, _content(s.content)] for s in found])


def sources(written: bytes) -> list[Source]:
    """The workbooks of one file."""
    return [Source(member, _content_of(content)) for member, content in json.loads(written)]


def of_responses(said: Sequence[Response]) -> bytes:
    """What the workbooks of one file say, in one line."""
    return _line(
        [
            vars(r)
            | {
                "answers": _answers(r.answers),
                "invalid": _answers(r.invalid),
                "rows": _rows(r.rows),
                "remarks": [[vars(found.problem), found.about] for found in r.remarks],
                "more": {code.name: count for code, count in r.more.items()},
            }
            for r in said
        ]
    )


def responses(written: bytes) -> list[Response]:
    """What the workbooks of one file say."""
    return [
        Response(
            **content
            | {
                "answers": _answers_of(content["answers"]),
                "invalid": _answers_of(content["invalid"]),
                "rows": _rows_of(*content["rows"]),
                "remarks": tuple(
                    Remark(Problem(**told), about and tuple(about))
                    for told, about in content["remarks"]
                ),
                "more": {Code[name]: count for name, count in content["more"].items()},
                "tally": Counter(content["tally"]),
            }
        )
        for content in json.loads(written)
    ]


def _line(content: object) -> bytes:
    written = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return written.encode("utf-8", "surrogatepass")


def _value(value: object) -> object:
    if type(value) in PLAIN:
        return value
    write, _read = OTHERS[type(value)]
    return {type(value).__name__: write(value)}


def _value_of(written: Any) -> Value:
    if not isinstance(written, dict):
        return written
    [(name, inside)] = written.items()
    _write, read = OTHERS[NAMES[name]]
    return read(inside)


def _answers(answers: Mapping[Key, Answer]) -> list[list]:
    return [[*key, _value(answer.value), answer.place] for key, answer in answers.items()]


def _answers_of(written: Iterable[list]) -> dict[Key, Answer]:
    return {
        (code, name): Answer(_value_of(value), place and tuple(place))
        for code, name, value, place in written
    }


def _rows(rows: Mapping[str, Line]) -> list[list]:
    """The columns, which most rows of a sheet share; then the rows, each with the number of its."""
    numbers: dict[tuple[tuple[str, int], ...], int] = {}
    lines = [
        [name, sheet, row, code, numbers.setdefault(columns, len(numbers))]
        for name, (sheet, row, code, columns) in rows.items()
    ]
    return [list(numbers), lines]


def _rows_of(columns: Iterable[list], lines: Iterable[list]) -> dict[str, Line]:
    shared = [tuple(map(tuple, found)) for found in columns]
    return {
        name: Line(sheet, row, code, shared[number]) for name, sheet, row, code, number in lines
    }


def _content(content: Workbook | Unreadable) -> dict:
    if isinstance(content, Unreadable):
        return vars(content) | {"code": content.code.name}
    return vars(content) | {
        "sheets": {
            sheet: [[row, column, _value(value)] for row, column, value in cells]
            for sheet, cells in content.sheets.items()
        },
        "formats": {sheet: list(shown.items()) for sheet, shown in content.formats.items()},
        "remarks": [[code.name, details] for code, details in content.remarks],
    }


def _content_of(written: dict) -> Workbook | Unreadable:
    if "code" in written:
        return Unreadable(Code[written["code"]], written["sha256"], **written["details"])
    return Workbook(
        **written
        | {
            "sheets": {
                sheet: [(row, column, _value_of(value)) for row, column, value in cells]
                for sheet, cells in written["sheets"].items()
            },
            "formats": {
                sheet: {tuple(at): shown for at, shown in formats}
                for sheet, formats in written["formats"].items()
            },
            "remarks": [(Code[name], details) for name, details in written["remarks"]],
        }
        | {
            name: {sheet: list(map(tuple, found)) for sheet, found in written[name].items()}
            for name in ("merged", "comments", "drawn")
        }
    )
