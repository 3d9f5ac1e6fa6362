"""What a question takes, by the kind of its field: its type, its choices and its limits."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from analysis.survey.asked.fields import MOST, TR, Amount, Choice, Field, Scale
from analysis.survey.asked.instrument import Instrument
from analysis.survey.asked.questionnaire import Table
from analysis.survey.sent.forms.rules import limits
from analysis.survey.sent.xlsform.question import Option, Question, gate, name, to
from analysis.text import _

SELECT = "select_one"
LONG = 200  # letters: a longer text has room for several lines
MANY = 7  # choices: more fold away until they are wanted


def question(field: Field, table: Table, code: str, instrument: Instrument) -> Question:
    """The question of one field of a row, without what it says and when it is asked."""
    kind, called = field.kind, name(code, field)
    may_not_apply = table.tb and field.name == gate(table).name
    if isinstance(kind, Amount):
        return _amount(kind, called, may_not_apply)
    if not isinstance(kind, Scale | Choice):
        _asked, wrong = limits(kind)
        room = "multiline" if kind.length > LONG else ""
        length = f"string-length(.) <= {kind.length}"
        return Question("text", called, constraint=length, message=wrong, appearance=room)
    if isinstance(kind, Scale):
        options = _levels(kind)
    elif kind.scheme:
        options = _categories(kind.scheme, instrument)
    else:
        options = _sides(table, code) if table.pairs else _options(kind.options)
    above = _above(field, table, instrument)
    if not above:
        options = [replace(option, parent="") for option in options]
    if may_not_apply:
        options.append(Option(TR, _("TR (tidak relevan)")))
    return Question(
        SELECT,
        called,
        appearance="minimal" if len(options) > MANY and not isinstance(kind, Scale) else "",
        narrowed=f"parent = {to(name(code, above))}" if above else "",
        options=tuple(options),
    )


def _levels(scale: Scale) -> list[Option]:
    """Each level with what it means, or that it lies between two that mean something.

    The dash lets the door read the level whatever the language of what follows.
    """
    between = _("di antaranya")
    meanings = {level: _(label) for level, label in scale.labels.items()}
    return [Option(str(n), f"{n} – {meanings.get(n, between)}") for n in scale.levels]


def _categories(scheme: str, instrument: Instrument) -> list[Option]:
    known = instrument.scheme(scheme)
    return [
        Option(id, label, parent)
        for id, label, parent in zip(known.index, known["name"], known["parent"], strict=True)
    ]


def _options(texts: Sequence[str]) -> list[Option]:
    """Options by themselves: their names are what is left of them in letters and digits."""
    names = [re.sub(r"\W+", "_", text) for text in texts]
    if len(set(names)) < len(names):
        names = [f"{called}_{n}" for n, called in enumerate(names, 1)]
    return [Option(called, text) for called, text in zip(names, texts, strict=True)]


def _sides(table: Table, code: str) -> list[Option]:
    """The two that a pair compares, beside the letters by which the door knows them."""
    row = table.items.set_index("code").loc[code]
    sides = (("A", row["left_name"]), ("B", row["right_name"]))
    return [Option(letter, f"{letter} ({label})") for letter, label in sides]


def _above(field: Field, table: Table, instrument: Instrument) -> Field | None:
    """The field of the row in which the parent of this one's choices is chosen."""
    own = field.kind.scheme if isinstance(field.kind, Choice) else ""
    parent = instrument.schemes[own].parent if own else ""
    asked = {f.kind.scheme: f for f in table.fields if isinstance(f.kind, Choice)}
    return asked.get(parent) if parent else None


def _amount(kind: Amount, called: str, may_not_apply: bool) -> Question:
    """A number; where only it can take TR it is typed as a text."""
    asked, wrong = limits(kind)
    value = "number(.)" if may_not_apply else "."
    limit = f"{value} >= {_plain(kind.minimum)}"
    if kind.maximum < MOST:
        limit += f" and {value} <= {_plain(kind.maximum)}"
    if not may_not_apply:
        type = "integer" if kind.whole else "decimal"
        return Question(type, called, hint=asked, constraint=limit, message=wrong)
    if kind.whole:
        limit += " and regex(., '^-?[0-9]+$')"
    other = _("Tulis TR bila baris ini tidak berlaku.")
    limit = f". = '{TR}' or ({limit})"
    hint, message = f"{asked} {other}", f"{wrong} {other}"
    return Question("text", called, hint=hint, constraint=limit, message=message)


def _plain(value: float) -> str:
    """A number as XPath writes them: all its digits, and no exponent."""
    return format(Decimal(str(value)), "f")
