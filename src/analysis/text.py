"""The language of everything that people read: messages, numbers, dates.

Indonesian is the language of the source; other languages are gettext catalogues under
``locale/``, read as they are committed (``make messages`` brings them up to date). `use` chooses
one for the thread, and `_` translates when it is called, so module level texts are marked with
`N_` and translated where they are shown.
"""

import math
import re
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import dates, lists, numbers
from babel.core import get_global
from babel.messages import mofile, pofile

SOURCE = "id"
WRITTEN = {"en": "GB"}
"""Where a language is written as here, if that is not its first country."""
LOCALES = Path(__file__).parent / "locale"


class _Chosen(threading.local):
    """What a thread speaks: the source language until it chooses another."""

    language = SOURCE
    catalogue: NullTranslations = NullTranslations()


_chosen = _Chosen()


def use(code: str) -> None:
    """Choose the language of this thread: ``id`` or one that has a catalogue.

    Raises ValueError for a language without a catalogue.
    """
    if code not in languages():
        raise ValueError(
            _("bahasa {language} tidak tersedia; pilihan: {choices}").format(
                language=repr(code), choices=", ".join(languages())
            )
        )
    _chosen.language, _chosen.catalogue = code, _translations(code)


@contextmanager
def using(code: str) -> Iterator[None]:
    """Another language for a while, or (as a decorator) for one function."""
    before = _chosen.language
    use(code)
    try:
        yield
    finally:
        use(before)


@cache
def _translations(code: str) -> NullTranslations:
    if code == SOURCE:
        return NullTranslations()
    compiled = BytesIO()
    mofile.write_mo(compiled, pofile.read_po(path(code).open("rb")))
    compiled.seek(0)
    return GNUTranslations(compiled)


def path(code: str) -> Path:
    """The catalogue of a language."""
    return LOCALES / code / "LC_MESSAGES" / "masterplan.po"


def language() -> str:
    """The language in use."""
    return _chosen.language


def languages() -> list[str]:
    """Languages to choose from, the source language first."""
    return [SOURCE, *sorted(p.parent.parent.name for p in LOCALES.glob("*/LC_MESSAGES/*.po"))]


def tag(code: str) -> str:
    """A language as documents name it, with its country: “id-ID”, so that it is spelt as there."""
    likely = get_global("likely_subtags").get(code, code).split("_")
    return "-".join([code, WRITTEN.get(code) or likely[-1]]) if len(likely) > 1 else code


class Spoken(str):
    """A text of a city's own files, in the source language; `others`: in further ones, by code.

    To `_` it is its own catalogue.
    """

    others: Mapping[str, str]

    def __new__(cls, text: str, others: Mapping[str, str] | None = None) -> "Spoken":
        made = super().__new__(cls, text)
        made.others = others or {}
        return made


def _(message: str) -> str:
    if isinstance(message, Spoken):
        return message.others.get(language(), str(message))
    # To gettext, no text at all is the catalogue's header.
    return message and _chosen.catalogue.gettext(message)


def gettext(message: str) -> str:
    """The text in the language in use: `_` for notebooks, where that name is also any loop's."""
    return _(message)


def N_(message: str) -> str:
    """Mark a text for extraction; it is translated where it is shown."""
    return message


def number(value: float | None, digits: int = 2, sign: bool = False) -> str:
    """``2.7123`` as ``2,71``; a missing value as a dash; with `sign`, ``+2,71``."""
    if value is None or math.isnan(value):
        return "–"
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    shown = numbers.format_decimal(value, format=pattern, locale=language())
    if not any(c in "123456789∞" for c in shown):
        shown = shown.lstrip("-")
    elif sign and value > 0:
        shown = "+" + shown
    return shown.replace("-", "−")


def percent(share: float | None, digits: int = 0) -> str:
    """A share such as ``0.034`` as ``3%``; what is not all is never ``100%``, nor some ``0%``."""
    if share is None or math.isnan(share):
        return "–"
    step = 10.0**-digits
    if 0 < share * 100 <= step / 2:  # a half is rounded to the even digit
        return "<" + number(step, digits) + "%"
    if 100 - step / 2 <= share * 100 < 100:
        return ">" + number(100 - step, digits) + "%"
    return number(share * 100, digits) + "%"


def interval(low: float | None, high: float | None, digits: int | str = 2) -> str:
    """``2,58–2,84``, or ``−0,21 s.d. 0,45`` where a sign stands; a dash where there is none.

    `digits`: or "percent", for two shares: ``25–31%``.
    """
    if low is None or high is None or math.isnan(low) or math.isnan(high):
        return "–"
    between = "–" if low >= 0 else _(" s.d. ")
    if isinstance(digits, str):
        return number(100 * low, 0) + between + percent(high)
    return number(low, digits) + between + number(high, digits)


def digits_of(values: Iterable[float]) -> int:
    """The digits that write every value as published, at most three."""
    values = list(values)
    return next((d for d in range(3) if all(abs(round(v, d) - v) < 1e-9 for v in values)), 3)


def listing(parts: Iterable[str]) -> str:
    """``a, b, dan c``."""
    return lists.format_list([str(p) for p in parts], locale=language())


def listed(names: Iterable[str], most: int = 8) -> str:
    """Names as a sentence bears them: the first `most`, and how many others."""
    names = list(dict.fromkeys(names))
    others = len(names) - most
    return listing(
        names if others < 2 else [*names[:most], _("{n} lainnya").format(n=number(others, 0))]
    )


def bare(words: str) -> str:
    """A sentence or a name without what stands in brackets."""
    return re.sub(r" ?\([^()]*\)", "", words)


def day(when: date, length: str = "long") -> str:
    """A day as people write it: “31 Oktober 2023”, or with `length` "medium" “31 Okt 2023”."""
    return dates.format_date(when, length, locale=language())


def today(timezone: str) -> date:
    """The day that it is in a time zone."""
    return datetime.now(ZoneInfo(timezone)).date()


def moment(when: datetime, timezone: str) -> str:
    """A date and time as people write them, in the city's own time zone."""
    local = when.astimezone(ZoneInfo(timezone))
    zone = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}
    pattern = "d MMMM yyyy HH.mm" if language() == SOURCE else "d MMMM yyyy HH:mm"
    shown = dates.format_datetime(local, pattern, locale=language())
    return f"{shown} {zone.get(timezone, local.tzname())}"
