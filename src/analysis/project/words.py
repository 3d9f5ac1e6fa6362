"""The kinds of text that settings hold: words for people, and codes of a given shape.

Each says what pydantic checks of such a text, to be unpacked: ``Annotated[str, *words(40)]``.
"""

import re
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field

from analysis.project.files import visible
from analysis.text import N_, _

BESIDE = "·"  # stands between unit, city and period on every sheet of a form


def _seen(value: object) -> object:
    return visible(value) if isinstance(value, str) else value


def words(longest: int) -> tuple[object, ...]:
    """A text for people of 1 to `longest` letters, in one line."""
    return BeforeValidator(_seen), Field(min_length=1, max_length=longest)


def shaped(pattern: str, meaning: str, longest: int = 40) -> tuple[object, ...]:
    """A code that fits a pattern as a whole; `meaning` says to people what it is made of."""

    def fits(value: str) -> str:
        if not re.fullmatch(pattern, value):
            raise ValueError(_(meaning))
        return value

    return Field(max_length=longest), AfterValidator(fits)


def _called(name: str) -> str:
    if not any(c.isalpha() for c in name):
        raise ValueError(_("harus memuat huruf"))
    if BESIDE in name:
        raise ValueError(_("tidak boleh memuat tanda “{sign}”").format(sign=BESIDE))
    return name


def called(longest: int) -> tuple[object, ...]:
    """The name of a unit or a city, by which a returned sheet may be known."""
    return *words(longest), AfterValidator(_called)


ID = Annotated[
    str,
    *shaped(r"[a-z][a-z0-9_]*", N_("harus huruf kecil, angka, atau garis bawah, diawali huruf")),
]
CODE = Annotated[
    str, *shaped(r"[A-Z]{2}[0-9]{2}", N_("harus dua huruf besar dan dua angka, misalnya KS01"))
]
