"""The whole questionnaire as the lines of an XLSForm, in the language in use."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from analysis.project import Settings
from analysis.survey.asked import labels
from analysis.survey.asked.fields import TR, Amount, Field, Scale
from analysis.survey.asked.instrument import Instrument
from analysis.survey.asked.questionnaire import Table
from analysis.survey.asked.register import Unit
from analysis.survey.sent.forms.cover import RESPONDENT as NUMBER
from analysis.survey.sent.forms.guide import OWN_WORDS
from analysis.survey.sent.forms.layout import UNVERIFIED, anchored
from analysis.survey.sent.xlsform import kinds
from analysis.survey.sent.xlsform.question import (
    IDENTITY,
    RESPONDENT,
    UNIT,
    Option,
    Question,
    gate,
    name,
    to,
)
from analysis.text import _

PAGE = "field-list"  # the questions of a group stand on one page


def questions(
    instrument: Instrument, units: Sequence[Unit], settings: Settings
) -> Iterator[Question]:
    """Who answers, then each table as a group, which is a page."""
    yield from _group(IDENTITY, _(labels.IDENTITY_SHEET), _identity(units))
    for table in instrument.tables:
        owners = _owners(table, units)
        asked = " or ".join(_is(unit) for unit in dict.fromkeys(owners.values()))
        title = f"{_(table.sheet)} · {_(table.title)}"
        guide = _(table.guide).replace("{vision}", settings.vision.text)
        yield from _group(table.name, title, _rows(table, instrument, owners, guide), asked)


def _group(
    called: str, label: str, lines: Iterator[Question], asked: str = ""
) -> Iterator[Question]:
    yield Question("begin_group", called, label, relevant=asked, appearance=PAGE)
    yield from lines
    yield Question("end_group", called)


def _identity(units: Sequence[Unit]) -> Iterator[Question]:
    known = tuple(Option(unit.id, unit.name) for unit in units)
    label = _(labels.IDENTITY["unit_name"])
    look = "minimal autocomplete"
    yield Question(kinds.SELECT, UNIT, label, required=True, appearance=look, options=known)
    yield Question(
        "integer",
        RESPONDENT,
        _(labels.IDENTITY["respondent"]),
        _("Biarkan 1, kecuali koordinator meminta nomor lain."),
        required=True,
        constraint=". >= 1",
        message=_(str(NUMBER["error_message"])),
        default="1",
    )


def _owners(table: Table, units: Sequence[Unit]) -> dict[str, str]:
    """By its code the unit that alone is asked an item; empty where all are asked all."""
    if not table.owned:
        return {}
    asked = ((unit, table.asked_of(unit)) for unit in units)
    return {code: unit.id for unit, own in asked if own for code in own.codes}


def _is(unit: str) -> str:
    return f"{to(UNIT)} = '{unit}'"


def _rows(
    table: Table, instrument: Instrument, owners: Mapping[str, str], guide: str
) -> Iterator[Question]:
    """A table's questions; its guide stands above the first that a unit is asked."""
    first = {owners.get(code): code for code in reversed(table.codes)}.values()
    statements = dict(zip(table.codes, table.items.get("statement", ()), strict=False))
    for code in table.codes:
        row = _called(table, code, instrument)
        for field in table.asked(code):
            leads = field.name == table.fields[0].name
            made = kinds.question(field, table, code, instrument)
            told = guide if leads and code in first else ""
            statement = statements.get(code) if leads else None
            title = _title(field)
            yield replace(
                made,
                label=f"{row}: {statement} [{title}]" if statement else f"{row}: {title}",
                hint="\n".join(filter(None, [told, made.hint, _levels(table, code, field)])),
                required=field.required and not (table.slots and field.name == gate(table).name),
                relevant=_relevant(table, code, field, owners.get(code, "")),
            )


def _called(table: Table, code: str, instrument: Instrument) -> str:
    """What a row is called: by its name, and of a unit's own by its category, if it has one."""
    if not table.slots:
        return f"{code} {table.names[code]}"
    if not table.scheme:
        return code
    return f"{code} ({instrument.scheme(table.scheme).loc[table.slots[code], 'name']})"


def _title(field: Field) -> str:
    """A field's title, with the unit in which it is answered."""
    unit = f" ({_(field.kind.unit)})" if isinstance(field.kind, Amount) else ""
    return f"{_(field.title)}{unit}"


def _levels(table: Table, code: str, field: Field) -> str:
    """What each level asks for, a line each, where that is said."""
    if code not in table.anchors or not isinstance(field.kind, Scale):
        return ""
    known = table.anchors[code]
    unsure = not all(anchor.verified for anchor in known.values())
    return anchored(known) + (f"\n{UNVERIFIED}) {_(OWN_WORDS)}" if unsure else "")


def _relevant(table: Table, code: str, field: Field, owner: str) -> str:
    """When a field is asked: of the item's owner, and while its row applies.

    What need not be answered is asked only in a row that is begun, and so is all of a unit's own.
    """
    first = gate(table)
    when = [_is(owner)] if owner else []
    if field.name != first.name:
        begun = to(name(code, first))
        if table.slots or not field.required:
            when.append(f"{begun} != ''")
        if table.tb:
            when.append(f"{begun} != '{TR}'")
    return " and ".join(when)
