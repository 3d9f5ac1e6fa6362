"""What a person typed in a cell, understood as the field means it."""

import math
import re
from datetime import date, time, timedelta

from analysis.survey.asked.fields import MOST, TR, Amount, Choice, Field, Scale, Text
from analysis.survey.asked.instrument import Instrument
from analysis.survey.asked.labels import plain, simplify
from analysis.survey.returned.amounts import NUMBER, SEVERAL, amount
from analysis.survey.returned.workbook import ERRORS, Cell, Fault, Misread
from analysis.survey.told.problems import Code, Details
from analysis.text import N_, _

_LABELLED = re.compile(r"(\d{1,3})\s*[-–—:=.)(]\s*(\D.*)$", re.DOTALL | re.ASCII)
_BESIDE = re.compile(r"(\d{1,3})\s+(\D.*)$", re.DOTALL | re.ASCII)
_CALLED = re.compile(r"^(?:tingkat|level|nilai|skor|angka)\s+")

_NOT_APPLICABLE = {"tb", "t.b.", "t.b", "tidak berlaku", "tb (tidak berlaku)"} | {
    "tr", "t.r.", "t.r", "tidak relevan", "tr (tidak relevan)",
}  # fmt: skip
_NOTHING = {"-", "--", "---", "–", "—", ".", "..", "...", "…", "n/a", "n.a.", "n.a", "na", "?"}
_NO_NUMBER = _NOTHING | {"tidak ada", "tdk ada", "nihil", "kosong", "belum ada", "belum diisi"}
# Words for either end of any scale: beside a level of the other end they contradict it.
_LOW = {"kurang", "kurang baik", "tidak baik", "buruk", "jelek", "rendah", "lemah"}
_HIGH = {"baik", "bagus", "tinggi", "kuat", "memuaskan"}
_LOW, _HIGH = ({*words, *(f"sangat {word}" for word in words)} for words in (_LOW, _HIGH))
# V and X are ticks here, not five and ten.
_TICKS = set("✓✔☑√☒✗✘×vx") | {"centang", "ceklis", "checklist"}
_WORDS = {
    "satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5,
    "enam": 6, "tujuh": 7, "delapan": 8, "sembilan": 9,
    "i": 1, "ii": 2, "iii": 3, "iv": 4, "vi": 6, "vii": 7, "viii": 8, "ix": 9,
}  # fmt: skip


def understand(
    cell: Cell, field: Field, instrument: Instrument, decimal: str | None = None
) -> int | float | str:
    """The cell's answer: int, float, category id, text, or `TR`.

    Raises Misread, with NO_ANSWER for a dash or the like; nothing is rounded and nothing guessed.
    `decimal`: see `Workbook`.
    """
    kind, typed = field.kind, cell.text
    if isinstance(cell.value, str) and (isinstance(cell.value, Fault) or ERRORS.fullmatch(typed)):
        uncomputed = typed.startswith("=")
        raise Misread(Code.FORMULA_WITHOUT_VALUE if uncomputed else Code.FORMULA_ERROR)
    if isinstance(kind, Text):
        if plain(typed) in _NOTHING:
            raise Misread(Code.NO_ANSWER)
        return cell.shown
    if isinstance(cell.value, date | time | timedelta):
        raise Misread(Code.STORED_AS_DATE)
    if isinstance(cell.value, str):
        said = plain(typed)
        if said in _NOT_APPLICABLE:
            return TR
        if said in _NO_NUMBER:
            raise Misread(Code.NO_ANSWER)
        if isinstance(kind, Choice):
            return _chosen(typed, kind, instrument)
        value = _scaled(typed, kind) if isinstance(kind, Scale) else amount(typed, kind, decimal)
    elif isinstance(kind, Choice):
        raise Misread(Code.UNKNOWN_CHOICE)
    elif isinstance(cell.value, bool):
        raise Misread(Code.NOT_A_NUMBER)
    else:
        value = float(cell.value)
    if isinstance(kind, Scale) or kind.whole:
        if not value.is_integer():
            raise Misread(Code.NOT_WHOLE if math.isfinite(value) else Code.NOT_A_NUMBER)
        value = int(value)
    low, high = (kind.low, kind.high) if isinstance(kind, Scale) else (kind.minimum, kind.maximum)
    if not low <= value <= high:
        raise Misread(Code.OUT_OF_RANGE)
    return value


def _chosen(typed: str, kind: Choice, instrument: Instrument) -> str:
    known = choices(kind, instrument)
    if chosen := known.get(simplify(typed)):
        remark = plain(typed).removeprefix(simplify(typed)).strip("() ")
        if known.get(remark, chosen) != chosen or remark in _NOT_APPLICABLE:
            raise Misread(Code.TWO_ANSWERS)
        return chosen
    if sum(known.get(plain(part)) is not None for part in re.split(r"[/,;&\n]| dan ", typed)) > 1:
        raise Misread(Code.TWO_ANSWERS)
    raise Misread(Code.TICK if plain(typed) in _TICKS else Code.UNKNOWN_CHOICE)


def _scaled(typed: str, kind: Scale) -> float:
    """A level as a number, in words, by its label, or as “4 – baik” or “4 baik”."""
    if NUMBER.match(typed):
        return float(typed.replace(",", "."))
    labels = {_(label): level for level, label in kind.labels.items()}
    said = plain(typed)
    if said in _TICKS:
        raise Misread(Code.TICK)
    if SEVERAL.match(typed):
        raise Misread(Code.TWO_ANSWERS)
    known = {**_WORDS, **{plain(label): level for label, level in labels.items()}}
    if labelled := _LABELLED.match(typed):
        level = float(labelled[1])
        if not _agrees(labelled[2], level, known, kind):
            raise Misread(Code.TWO_ANSWERS)
        return level
    if (beside := _BESIDE.match(typed)) and (meant := known.get(plain(beside[2]))):
        if meant != int(beside[1]):
            raise Misread(Code.TWO_ANSWERS)
        return float(meant)
    if said not in known:
        raise Misread(Code.NOT_A_NUMBER)
    return float(known[said])


def _agrees(words: str, level: float, known: dict[str, int], kind: Scale) -> bool:
    """Whether the words beside a level say nothing against it: no other level, and no TR."""
    said = plain(words).strip("()[].,;:=\"'“” ")
    if {said, plain(words).strip("()[]")} & _NOT_APPLICABLE:
        return False
    said = _CALLED.sub("", said)
    if said.isdecimal() or said in known:
        return level == (known.get(said) or int(said))
    middle = (kind.low + kind.high) / 2
    return not (said in _LOW and level > middle or said in _HIGH and level < middle)


def choices(kind: Choice, instrument: Instrument) -> dict[str, str]:
    """What may be typed for each category, simplified: its id, its name, its short name."""
    if kind.options:
        return {simplify(option): option for option in kind.options}
    return instrument.typed[kind.scheme]


def allowed(field: Field, instrument: Instrument) -> str | Details:
    """What the field accepts: choices as the form has them, else a phrase (`problems.problem`)."""
    kind = field.kind
    if isinstance(kind, Scale):
        text = N_("bilangan bulat {low} sampai {high}")
        return {"text": text, "low": kind.low, "high": kind.high}
    if isinstance(kind, Choice):
        names = kind.options or instrument.scheme(kind.scheme)["name"]
        return "; ".join(names)
    if isinstance(kind, Amount):
        whole = N_("bilangan bulat, minimal {low} ({unit})")
        any_number = N_("angka, minimal {low} ({unit})")
        text = whole if kind.whole else any_number
        if kind.maximum < MOST:
            text = N_("angka dari {low} sampai {high} ({unit})")
        ends = {"low": kind.minimum, "high": kind.maximum}
        return {"text": text, **ends, "unit": {"text": kind.unit}}
    return {"text": N_("teks paling panjang {length} huruf"), "length": kind.length}
