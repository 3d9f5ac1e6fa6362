"""Single cells that the coordinator decided upon: what counts in them, and who may read it."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from analysis.privacy import mask
from analysis.project.files import visible
from analysis.survey.asked.decisions import FORMULA, Decision
from analysis.survey.asked.fields import TB, TR, Field, Text
from analysis.survey.kept.decided import TWICE, Refused, Ruling, called
from analysis.survey.kept.layers import Counted, Kept
from analysis.survey.returned.answers import Misread, allowed, understand
from analysis.survey.returned.expected import Expected
from analysis.survey.returned.response import Key, Place
from analysis.survey.returned.workbook import Cell
from analysis.survey.told.problems import Code, shorten
from analysis.text import N_, _

NO_CELL = N_("“{cell}” bukan sel jawaban perangkat daerah ini; tulis seperti “{example}”.")
TWO_CELLS = N_("“{cell}” ada di beberapa berkas; tulis juga nama berkasnya.")
CHANGED = N_("Di sel itu sekarang tertulis “{typed}”, bukan “{old}”.")
WHOLE_ROW = N_("TR berlaku untuk seluruh baris; putuskan juga sel wajib lainnya di baris itu.")
NO_QUOTE = N_("Sel itu tidak berisi tulisan yang dikutip; nama program diganti lewat “value”.")

QUOTE = "'"  # around names of sheets in formulas
Values = Mapping[Key, tuple[Decision, int | float | str]]


class Spot(NamedTuple):
    """A cell of the questionnaire: its address in the file that counts, and if it is filled."""

    key: Key
    address: str
    file: str
    typed: bool


def settle(
    kept: Kept, said: Sequence[Decision], file: str, expected: Expected
) -> tuple[Kept, list[Ruling]]:
    """What counts of a unit after these decisions on values, which stand in `file`."""
    rulings: list[Ruling] = []
    new: dict[Key, tuple[Decision, int | float | str]] = {}
    cells = _cells(kept) if said else {}
    for decision in said:
        try:
            key = _cell(decision, cells)
            if key in new:
                raise Refused(TWICE, row=new[key][0].line)
            _unchanged(decision, key, kept, expected)
            new[key] = decision, _understood(decision.new, key, expected)
        except Refused as refused:
            rulings.append(Ruling(decision, kept.unit, refused.reason))
    for code in dict.fromkeys(code for code, _name in new):
        row = {key: given for key, given in new.items() if key[0] == code}
        reason = None
        try:
            kept = _settled(kept, row, file, expected)
        except Refused as refused:
            reason = refused.reason
        rulings += [Ruling(decision, kept.unit, reason, key) for key, (decision, _v) in row.items()]
    return kept, rulings


def quoted(kept: Kept, said: Sequence[Decision], quotes: Container[Key]) -> list[Ruling]:
    """Which decisions on what is written can be applied; `quotes`: the cells with such words."""
    rulings: list[Ruling] = []
    rows: dict[Key, int] = {}
    cells = _cells(kept) if said else {}
    for decision in said:
        try:
            key = _cell(decision, cells)
            if key not in quotes:
                raise Refused(NO_QUOTE)
            if key in rows:
                raise Refused(TWICE, row=rows[key])
            written = _bare(str(kept.value(key) or ""))
            if not written.startswith(_bare(decision.old)):
                raise Refused(CHANGED, typed=shorten(written), old=decision.old)
        except Refused as refused:
            rulings.append(Ruling(decision, kept.unit, refused.reason))
            continue
        rows[key] = decision.line
        rulings.append(Ruling(decision, kept.unit, None, key, kept.respondent))
    return rulings


def shared_out(
    each: Sequence[Kept], said: Sequence[Decision]
) -> tuple[list[list[Decision]], list[Ruling]]:
    """The decisions on the cells of each of a unit's respondents, and those that say not whose.

    A cell that several typed in needs its file, too.
    """
    if len(each) == 1:
        return [list(said)], []
    parts: list[list[Decision]] = [[] for _one in each]
    rulings: list[Ruling] = []
    cells = [_cells(one) for one in each] if said else []
    for decision in said:
        found = {n: spots for n, own in enumerate(cells) if (spots := _spots(decision, own))}
        typed = [n for n, spots in found.items() if any(spot.typed for spot in spots)]
        of = typed or list(found)
        if len(of) > 1:
            rulings.append(
                Ruling(decision, each[0].unit, {"text": TWO_CELLS, "cell": decision.cell})
            )
        else:
            parts[of[0] if of else 0].append(decision)
    return parts, rulings


def address(place: Place) -> str:
    """A cell as decisions name it: ``<sheet>!<A1>``."""
    return f"{mask(place[0])}!{Cell(*place, '').address}"


def _bare(text: str) -> str:
    """A text as one line, without the signs with which no cell of the file may begin."""
    return visible(text).lstrip("".join(FORMULA) + " ")


def _cells(kept: Kept) -> dict[str, list[Spot]]:
    """Every answer cell of a unit by its address: where something is typed, or else may be."""
    found: dict[str, list[Spot]] = {}
    for code, (line, file) in kept.lines.items():
        for name, _column in line.columns:
            key = code, name
            counted = kept.answers.get(key) or kept.invalid.get(key)
            if counted and counted.place:
                spot = Spot(key, address(counted.place), counted.file, True)
            elif place := line.place(name):
                spot = Spot(key, address(place), file, False)
            else:
                continue
            found.setdefault(spot.address.casefold(), []).append(spot)
    return found


def _spots(decision: Decision, cells: Mapping[str, list[Spot]]) -> list[Spot]:
    """The cells at the address that a decision names, in the file that it names, if any."""
    sheet, _sign, cell = decision.cell.rpartition("!")
    named = f"{sheet.strip(QUOTE)}!{cell.replace('$', '')}".casefold()
    return [s for s in cells.get(named, []) if not decision.file or called(decision.file, s.file)]


def _cell(decision: Decision, cells: Mapping[str, list[Spot]]) -> Key:
    """The cell of the questionnaire that is meant, in the file that counts there."""
    found = _spots(decision, cells)
    found = [spot for spot in found if spot.typed] or found
    if len(found) != 1:
        example = next(iter(cells.values()))[0].address
        raise Refused(TWO_CELLS if found else NO_CELL, cell=decision.cell, example=example)
    return found[0].key


def _question(key: Key, expected: Expected) -> Field:
    code, name = key
    return next(f for f in expected.instrument.rows[code].asked(code) if f.name == name)


def _unchanged(decision: Decision, key: Key, kept: Kept, expected: Expected) -> None:
    """Raises Refused where something else is typed than what was decided upon.

    A unit that has typed since what was decided has done as it says.
    """
    found = kept.answers.get(key) or kept.invalid.get(key)
    now = found.value if found and found.place else ""  # those that are TR with their row
    written, question = shorten(_alone(now).text), _question(key, expected)

    def fits(text: str) -> bool:
        if written == shorten(text) or not (text and written):
            return written == shorten(text)
        try:
            return understand(_alone(text), question, expected.instrument) == now
        except Misread:
            return False

    if not (fits(decision.old) or fits(decision.new)):
        raise Refused(CHANGED, typed=written or "–", old=decision.old or "–")


def _alone(value: Any) -> Cell:
    """Something typed, or decided, as if it stood in a cell."""
    return Cell("", 0, 0, value)


def _understood(new: str, key: Key, expected: Expected) -> int | float | str:
    """What is decided, read as the form's cell would be; Refused where it cannot stand there."""
    table, question = expected.instrument.rows[key[0]], _question(key, expected)
    try:
        value = understand(_alone(new), question, expected.instrument)
        said_tb = value == TR and not isinstance(question.kind, Text)
        if said_tb and not (table.tb and question.required):
            raise Misread(Code.TB_NOT_ALLOWED)
    except Misread as misread:
        _severity, message, _hint = misread.code.value
        details = {"title": _(question.title), "allowed": allowed(question, expected.instrument)}
        raise Refused(message, **{"value": new, **details, **misread.details}) from None
    return mask(value) if isinstance(question.kind, Text) and isinstance(value, str) else value


def _settled(kept: Kept, row: Values, file: str, expected: Expected) -> Kept:
    """What counts after the decisions on one row. Raises Refused where TR would stand beside."""
    code = next(iter(row))[0]
    answers, invalid = _beside(kept, code, row, file, expected)
    settled, problems = set(kept.settled), []
    for key, (decision, value) in row.items():
        line, source = kept.lines[code]
        before = kept.answers.get(key) or kept.invalid.get(key)
        place = (before and before.place) or line.place(key[1])
        counted = Counted(value, place, file)
        confirmed = before is not None and before.place is not None and before.value == value
        if before and confirmed and (key in kept.answers or key in kept.clashes):
            counted = before
        else:
            details = {
                "value": decision.new,
                "old": decision.old or "–",
                "title": _(_question(key, expected).title),
                "reason": decision.why.rstrip("."),
            }
            at = Counted(value, place, before.file if before else source)
            problems.append(at.problem(Code.VALUE_DECIDED, kept.unit, **details))
        answers[key] = counted
        invalid.pop(key, None)
        if place:
            settled.add((counted.file, place[0], Cell(*place, "").address))
    clashes = {key: clash for key, clash in kept.clashes.items() if key in invalid}
    gone = set(kept.clashes.values()) - set(clashes.values())
    return replace(
        kept,
        answers=answers,
        invalid=invalid,
        clashes=clashes,
        problems=[p for p in kept.problems if p not in gone] + problems,
        settled=frozenset(settled),
    )


def _beside(
    kept: Kept, code: str, row: Values, file: str, expected: Expected
) -> tuple[dict[Key, Counted], dict[Key, Counted]]:
    """Answers and what cannot be read, after what a TR in a row, or none, means to its other cells.

    A row that was TR and is answered now is answered anew as a whole.
    """
    answers, invalid = dict(kept.answers), dict(kept.invalid)
    table = expected.instrument.rows[code]
    required = [(code, f.name) for f in table.required]
    decided = {value for key, (_decision, value) in row.items() if key in required}
    if not (table.tb and decided):
        return answers, invalid
    found = {k: answers.get(k) or invalid.get(k) for k in required if k not in row}
    others = {k: counted for k, counted in found.items() if counted and counted.value != ""}
    tb = {key for key, counted in others.items() if _alone(counted.value).text.upper() in (TR, TB)}
    if TR in decided:
        if decided != {TR} or tb != others.keys():
            raise Refused(WHOLE_ROW)
        for key in found:
            place = others[key].place if key in others else None
            answers.setdefault(key, Counted(TR, place, file))
            invalid.pop(key, None)
    elif any(others[key].place for key in tb if key not in kept.clashes):
        raise Refused(WHOLE_ROW)
    else:
        answers = {key: counted for key, counted in answers.items() if key not in tb}
        invalid = {key: c for key, c in invalid.items() if key not in found or key in others}
    return answers, invalid
