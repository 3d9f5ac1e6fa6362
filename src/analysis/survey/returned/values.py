"""Values of cells as they are meant: numbers without tails and false dates, harmless texts."""

import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from analysis.survey.returned.workbook import LONGEST, Value, clean

# Day 0 of a sheet's dates. Excel counts a 29 February 1900 that never was.
EPOCHS = {
    "ods": date(1899, 12, 30),
    "xls": date(1899, 12, 31),
    "xlsx": date(1899, 12, 31),
    "xlsb": date(1899, 12, 31),
}
SINCE_1904 = date(1904, 1, 1)  # of workbooks that a Mac began

# What no eye sees (category Cf without its few visible signs, fillers, selectors of a variant), and
# spaces of any width.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff]+"
    # Joiners shape other scripts and emoji; at a Latin letter, sign or end they are litter.
    r"|(?<![^\x00-\x7f])[\u200c\u200d]+|[\u200c\u200d]+(?![^\x00-\x7f])"
)
_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")


def plain(value: Value, epoch: date) -> Value:
    """A value as it is meant; a number that only looks like a date as the number it is.

    Of a number the first fifteen digits count, as office programs show no more.
    """
    if isinstance(value, float):
        return value if value.is_integer() else float(f"{value:.15g}")
    if isinstance(value, datetime):
        span = value - datetime.combine(epoch, time())
        return span / timedelta(days=1) if span.days < 59 else value
    if isinstance(value, date):
        days = (value - epoch).days
        return float(days) if days < 59 else value
    return 0.0 if value == time() else value


@lru_cache(4096, typed=True)  # most texts of a form stand in every workbook
def harmless(text: str) -> str:
    """A text without what steers or cannot be seen, as long as a cell can be; '' for spaces."""
    if not text.isascii():
        text = type(text)(_SPACES.sub(" ", _INVISIBLE.sub("", text)))
    return type(text)(clean(text[:LONGEST])) if text.strip() else ""
