"""The number formats of a workbook: which style has which, and which cells have such a style."""

import re
from collections.abc import Iterable
from functools import lru_cache

from analysis.survey.returned.parts import attributes, place

# By the ids that need no definition; 0, 1 and 49 show a number as it is.
BUILT_IN = {
    "2": "0.00",
    "3": "#,##0",
    "4": "#,##0.00",
    "9": "0%",
    "10": "0.00%",
    "14": "dd/mm/yyyy",
    "15": "d-mmm-yy",
    "16": "d-mmm",
    "17": "mmm-yy",
    "18": "h:mm AM/PM",
    "19": "h:mm:ss AM/PM",
    "20": "h:mm",
    "21": "h:mm:ss",
    "22": "dd/mm/yyyy h:mm",
    "45": "mm:ss",
    "46": "[h]:mm:ss",
    "47": "mm:ss",
}
_FORMAT = re.compile(rb"<(?:\w+:)?numFmt ([^<>]*)>")
_STYLES = re.compile(rb"<(?:\w+:)?cellXfs\b(.*?)</(?:\w+:)?cellXfs>", re.DOTALL)
_STYLE = re.compile(rb"<(?:\w+:)?xf [^<>]*?\bnumFmtId=[\"'](\d+)")
_CELL = re.compile(rb"<(?:\w+:)?c ([^<>]*\bs=[\"'](\d{1,6})[\"'][^<>]*)(?<!/)>")
LONGEST = 100  # of a format; longer ones are left alone

Formats = dict[tuple[int, int], str]


def styles(content: bytes) -> dict[bytes, str]:
    """By the number of a style: its format, where it shows a number otherwise than as it is."""
    codes = {}
    for tag in _FORMAT.findall(content):
        found = attributes(tag)
        codes[found.get("numFmtId", "")] = found.get("formatCode", "")
    section = _STYLES.search(content)
    ids = _STYLE.findall(section[1]) if section else []
    return {b"%d" % style: code for style, code in telling(map(bytes.decode, ids), codes).items()}


def telling(ids: Iterable[str], codes: dict[str, str]) -> dict[int, str]:
    """By its number: the format of each style that shows a number otherwise than as it is.

    `ids`: of the formats that the styles have, in their order; `codes`: by id, beside `BUILT_IN`.
    """
    known = enumerate((BUILT_IN | codes).get(id, "")[:LONGEST] for id in ids)
    return {style: code for style, code in known if code not in ("", "General", "GENERAL", "@")}


def formats(piece: bytes, known: dict[bytes, str]) -> Formats:
    """The formats of the cells of a sheet that hold something and have such a style."""
    found: Formats = {}
    if not _sign(*known).search(piece):
        return found
    for tag, style in _CELL.findall(piece):
        if style in known and b't="s"' not in tag and (at := place(tag, "r")):
            found[at] = known[style]
    return found


@lru_cache(64)  # most workbooks come from the same form
def _sign(*numbers: bytes) -> re.Pattern:
    return re.compile(rb" s=[\"'](?:%s)[\"']" % b"|".join(numbers))
