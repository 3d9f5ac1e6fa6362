"""The kinds of text that settings hold: words for people, and codes of a given shape."""

import re
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field

from analysis.project.files import visible
from analysis.text import N_, _

BESIDE = "·"  # stands between unit, city and period on every sheet of a form


def _seen(value: object) -> object:
    return visible(value) if isinstance(value, str) else value


def words(longest: int):
    """A text for people of 1 to `longest` letters, in one line."""
    return Annotated[str, BeforeValidator(_seen), Field(min_length=1, max_length=longest)]


def shaped(pattern: str, meaning: str, longest: int = 40):
    """A code that fits a pattern as a whole; `meaning` says to people what it is made of."""

    def fits(value: str) -> str:
        if not re.fullmatch(pattern, value):
            raise ValueError(_(meaning))
        return value

    return Annotated[str, Field(max_length=longest), AfterValidator(fits)]


def _called(name: str) -> str:
    if not any(c.isalpha() for c in name):
        raise ValueError(_("harus memuat huruf"))
    if BESIDE in name:
        raise ValueError(_("tidak boleh memuat tanda “{sign}”").format(sign=BESIDE))
    return name


def called(longest: int):
    """The name of a unit or a city, by which a returned sheet may be known."""
    return Annotated[words(longest), AfterValidator(_called)]


ID = shaped(r"[a-z][a-z0-9_]*", N_("harus huruf kecil, angka, atau garis bawah, diawali huruf"))
CODE = shaped(r"[A-Z]{2}[0-9]{2}", N_("harus dua huruf besar dan dua angka, misalnya KS01"))
