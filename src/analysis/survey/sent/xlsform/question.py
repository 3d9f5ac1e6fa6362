"""A line of an XLSForm, in the language in use, and how questions are called.

What an answer comes back under is ``<table>/<code>_<field>``, the code without its hyphen; the unit
and the number of the respondent are ``identity/unit`` and ``identity/respondent``.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.survey.asked.fields import Field, Scale, Text
from analysis.survey.asked.questionnaire import Table

IDENTITY, UNIT, RESPONDENT = "identity", "unit", "respondent"


@dataclass(frozen=True)
class Option:
    """What may be chosen: under which name it comes back, what people read, what it belongs to."""

    name: str
    label: str
    parent: str = ""


@dataclass(frozen=True)
class Question:
    """A question, or where a group of them begins or ends; conditions are XPath.

    `message`: what is told of an answer that `constraint` refuses; `narrowed`: which `options` are
    offered.
    """

    type: str
    name: str = ""
    label: str = ""
    hint: str = ""
    required: bool = False
    relevant: str = ""
    constraint: str = ""
    message: str = ""
    appearance: str = ""
    default: str = ""
    narrowed: str = ""
    options: tuple[Option, ...] = ()


def name(code: str, field: Field) -> str:
    """What the question of a row's field is called."""
    return f"{code.replace('-', '_')}_{field.name}"


def to(question: str) -> str:
    """The answer to a question, in a condition."""
    return f"${{{question}}}"


def gate(table: Table) -> Field:
    """The field of a row on whose answer it hangs whether the others are asked.

    Of rows that may not apply it is the one that takes TR: a scale where they have one. Of a unit's
    own rows it is the first that such a row must have.
    """
    fields: Sequence[Field] = [f for f in table.fields if f.required] or table.fields
    if table.tb:
        fields = [f for f in fields if not isinstance(f.kind, Text)]
        fields = sorted(fields, key=lambda f: not isinstance(f.kind, Scale))
    return fields[0]
