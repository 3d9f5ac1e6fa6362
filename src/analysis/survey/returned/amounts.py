"""Amounts as people write them, understood where they can mean one thing only."""

import re
from decimal import Decimal

from analysis.privacy import mask
from analysis.survey.asked.fields import COUNT, MILLION_RUPIAH, MONTHS, PEOPLE, Amount
from analysis.survey.returned.workbook import Misread
from analysis.survey.told.problems import Code
from analysis.text import _, number

NUMBER = re.compile(r"[+-]?\d{1,15}(?:[.,]\d{1,15})?$", re.ASCII)
SEVERAL = re.compile(
    r"\d+\s*(?:[/;&+–\-\n]|,\s|s/d|s\.d\.|sampai|atau|dan|hingga)\s*\d+\s*$",
    re.ASCII | re.IGNORECASE,
)
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(\.\d{3}){1,5}(,\d{1,15})?$", re.ASCII)
_ENGLISH = re.compile(r"[1-9]\d{0,2}(,\d{3}){1,5}(\.\d{1,15})?$", re.ASCII)
_EITHER = re.compile(r"([1-9]\d{0,2})([.,])(\d{3})$", re.ASCII)  # thousands, or thousandths

# A number and what stands around it: “± Rp. 1.500.000.000,-”, “1,5 M”, “sekitar 5 ribu orang”.
_WRITTEN = re.compile(
    r"(?:±|\+\s?/?\s?[-–]|~|≈|sekitar|kira-kira|kurang lebih|lebih kurang)?\s*"
    r"(?P<sign>rp\.?|idr)?\s*(?P<number>[+-]?\d[\d.,]*(?<=\d))\s*"
    r"(?:(?P<times>ribu|rb|juta|jt|miliar|milyar|m|triliun|trilyun|t)(?![a-z])\.?)?\s*"
    r"(?P<dash>,\s?-+)?\s*(?P<measure>[a-z]+)?\.?$",
    re.ASCII | re.IGNORECASE,
)
_BOUND = re.compile(
    r"(?:[<>≤≥]=?|di ?atas|di ?bawah|lebih dari|kurang dari|minimal|maksimal|min\.?|maks?\.?"
    r"|paling (?:sedikit|banyak|lama|lambat)|hingga|sampai|s/d|s\.d\.)\s*(.+)"
    r"|(.+?)\s*(?:\+|lebih|ke atas)$",
    re.IGNORECASE,
)
_TIMES = {"": Decimal(1)} | {
    word: Decimal(factor)
    for factor, words in (
        (10**3, ("ribu", "rb")),
        (10**6, ("juta", "jt")),
        (10**9, ("miliar", "milyar", "m")),
        (10**12, ("triliun", "trilyun", "t")),
    )
    for word in words
}
_MILLION = _TIMES["juta"]
_MONTHS = {"": 1, "bulan": 1, "bln": 1, "tahun": 12, "thn": 12, "th": 12}
_DAYS = {"hari": 1, "hr": 1, "minggu": 7, "mgg": 7}
_COUNTED = {PEOPLE: {"", "orang", "org", "jiwa", "warga", "penduduk"}, COUNT: {""}}


def amount(typed: str, kind: Amount, decimal: str | None) -> float:
    """The number that a text means, in the unit of its column; no one's number.

    `decimal`: see `Workbook`. Raises Misread for a text that means none, or one of several:
    nothing is guessed, but what was probably meant is proposed.
    """
    if mask(typed) != typed:
        raise Misread(Code.NOT_A_NUMBER)
    said = " ".join(typed.split())
    found = _readings(said, kind, decimal)
    if len(found) > 1:
        high, low = sorted(found, reverse=True)[:2]
        raise Misread(Code.AMBIGUOUS_NUMBER, thousands=_bare(high), fraction=_bare(low))
    if found:
        return float(*found)
    if len(meant := _proposals(said, kind, decimal)) == 1:
        measure = {"text": kind.unit}
        raise Misread(Code.ABOUT_A_NUMBER, meant=written(float(*meant)), measure=measure)
    raise Misread(Code.TWO_ANSWERS if SEVERAL.match(_bared(said, kind)) else Code.NOT_A_NUMBER)


def converted(typed: str, kind: Amount) -> bool:
    """Whether more was typed than a number in the column's own unit, so that it was understood."""
    return not re.fullmatch(r"[+-]?[\d.,]+", _bared(typed, kind))


def written(value: float) -> str:
    """A number with as many decimals as it has, at most three."""
    shown = number(value, 3)
    return shown.rstrip("0").rstrip(",.") if value % 1 else number(value, 0)


def _bared(typed: str, kind: Amount) -> str:
    """What was typed, without the column's own unit."""
    return re.sub(rf"\s*{re.escape(_(kind.unit))}$", "", typed, flags=re.IGNORECASE)


def _readings(typed: str, kind: Amount, decimal: str | None) -> set[Decimal]:
    """Everything that a text may mean, in the unit of its column."""
    found = _WRITTEN.match(typed)
    if not found:
        return set()
    said, measure = found["number"], (found["measure"] or "").casefold()
    factor = _TIMES[(found["times"] or "").casefold()]
    money = bool(found["sign"] or found["dash"] or measure == "rupiah")
    if kind.measure == MILLION_RUPIAH and measure in ("", "rupiah"):
        in_millions = not money and factor == 1
        return (
            _numbers(said, decimal, True) if in_millions else _rupiah(said, factor, money, decimal)
        )
    if kind.measure == MONTHS and measure in _MONTHS and not money and factor == 1:
        months = Decimal(_MONTHS[measure])
        return {n * months for n in _numbers(said, decimal, months == 1)}
    if (
        kind.measure in _COUNTED
        and measure in _COUNTED[kind.measure]
        and not money
        and factor <= _MILLION
    ):
        return {n * factor for n in _numbers(said, decimal, factor == 1)}
    return set()


def _rupiah(typed: str, factor: Decimal, money: bool, decimal: str | None) -> set[Decimal]:
    """What a sum may be in millions of rupiah.

    “750 juta” is said of rupiah, as is a sum of a million or more with its sign; “Rp 750” may be
    meant in the column's unit as well, “5 ribu” are thousands of either, and in “Rp 1.500.000 juta”
    one of the two is too much.
    """
    said = _numbers(typed, decimal, factor in (1, _MILLION))
    either = factor == 1 or (factor < _MILLION and not money)
    found = {n * factor / _MILLION for n in said}
    found |= {n * factor for n in said if either and n * factor < _MILLION}
    return found | {n / _MILLION for n in said if factor > 1 and n >= _MILLION}


def _numbers(typed: str, decimal: str | None, here: bool) -> set[Decimal]:
    """The numbers that digits with points and commas may be; `here`: a point parts thousands.

    Before a word such as “miliar” or “tahun” a point may well part decimals.
    """
    if either := _EITHER.match(typed):
        thousands, fraction = (Decimal(f"{either[1]}{s}{either[3]}") for s in ("", "."))
        if decimal is None and here and either[2] == ".":
            decimal = ","
        if not decimal:
            return {thousands, fraction}
        return {fraction if either[2] == decimal else thousands}
    if _THOUSANDS.match(typed):
        return {Decimal(typed.replace(".", "").replace(",", "."))}
    if _ENGLISH.match(typed):
        return {Decimal(typed.replace(",", ""))}
    return {Decimal(typed.replace(",", "."))} if NUMBER.match(typed) else set()


def _proposals(typed: str, kind: Amount, decimal: str | None) -> set[Decimal]:
    """What may be meant by a bound, or by days where months are asked."""
    if bound := _BOUND.fullmatch(typed):
        return _readings(bound[1] or bound[2], kind, decimal)
    days = _WRITTEN.match(typed)
    if (
        kind.measure == MONTHS
        and days
        and (length := _DAYS.get((days["measure"] or "").casefold()))
    ):
        numbers = _numbers(days["number"], decimal, True)
        return {max(Decimal(1), round(n * length * 12 / 365, 0)) for n in numbers}
    return set()


def _bare(value: Decimal) -> str:
    """A number with its decimals and nothing between thousands."""
    shown = f"{value:f}"
    return (shown.rstrip("0").rstrip(".") if "." in shown else shown).replace(".", ",")
