"""What a person typed in a cell, understood as the field means it."""

import re

from analysis.survey.fields import Amount, Choice, Field, Scale, Text
from analysis.survey.instrument import Instrument
from analysis.survey.problems import Code
from analysis.survey.workbook import Cell
from analysis.text import N_, _

TB = "TB"

_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?$")
_LABELLED = re.compile(r"(\d+)\s*[-–—:=.)(]\s*\D.*$", re.DOTALL)
_THOUSANDS = re.compile(r"\d{1,3}(\.\d{3})+(,\d+)?$")


class Misread(Exception):
    """The cell does not hold what its field asks for; `code` says how."""

    def __init__(self, code: Code):
        super().__init__(code.name)
        self.code = code


def simplify(text: object) -> str:
    """Text as it is compared: without case, spaces around, and a remark in parentheses."""
    return re.sub(r"\s+", " ", re.sub(r"\([^)]*\)\s*$", "", str(text))).strip().casefold()


def understand(cell: Cell, field: Field, instrument: Instrument) -> object:
    """The cell's answer: int, float, category id, text, or `TB`.

    Raises Misread; nothing is rounded and nothing is guessed.
    """
    kind = field.kind
    if isinstance(kind, Text):
        return cell.text
    if cell.text.casefold() in ("tb", "t.b.", "tidak berlaku"):
        return TB
    if isinstance(kind, Choice):
        known = choices(kind, instrument)
        if simplify(cell.text) not in known:
            raise Misread(Code.UNKNOWN_CHOICE)
        return known[simplify(cell.text)]
    value = _number(cell, kind)
    low, high = (kind.low, kind.high) if isinstance(kind, Scale) else (kind.minimum, 1e12)
    if not low <= value <= high:
        raise Misread(Code.OUT_OF_RANGE)
    if isinstance(kind, Scale) or kind.whole:
        if not value.is_integer():
            raise Misread(Code.NOT_WHOLE)
        return int(value)
    return value


def _number(cell: Cell, kind: Scale | Amount) -> float:
    if isinstance(cell.value, bool) or not isinstance(cell.value, (int, float, str)):
        raise Misread(Code.NOT_A_NUMBER)
    if not isinstance(cell.value, str):
        return float(cell.value)
    typed = cell.text
    if isinstance(kind, Amount) and _THOUSANDS.match(typed):
        return float(typed.replace(".", "").replace(",", "."))
    if isinstance(kind, Scale) and (labelled := _LABELLED.match(typed)):
        return float(labelled[1])
    if not _NUMBER.match(typed):
        raise Misread(Code.NOT_A_NUMBER)
    return float(typed.replace(",", "."))


def choices(kind: Choice, instrument: Instrument) -> dict[str, str]:
    """What may be typed for each category, simplified: its id, its name, its short name."""
    if kind.options:
        return {simplify(option): option for option in kind.options}
    scheme = instrument.scheme(kind.scheme)
    typed = {}
    for texts in (scheme.index, scheme["short"], scheme["name"]):
        typed.update({simplify(text): id for id, text in zip(scheme.index, texts, strict=True)})
    return typed


def allowed(field: Field, instrument: Instrument) -> str:
    """What the field accepts, in words."""
    kind = field.kind
    if isinstance(kind, Scale):
        return _("bilangan bulat {low} sampai {high}").format(low=kind.low, high=kind.high)
    if isinstance(kind, Choice):
        names = kind.options or instrument.scheme(kind.scheme)["name"]
        return "; ".join(names)
    if isinstance(kind, Amount):
        whole = N_("bilangan bulat, minimal {low} ({unit})")
        any_number = N_("angka, minimal {low} ({unit})")
        text = _(whole if kind.whole else any_number)
        return text.format(low=kind.minimum, unit=_(kind.unit))
    return _("teks paling panjang {length} huruf").format(length=kind.length)
