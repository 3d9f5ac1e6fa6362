"""Which questionnaire a form asks, as a short number that it carries."""

from dataclasses import asdict

from analysis import fingerprint
from analysis.survey.asked.fields import Choice
from analysis.survey.asked.instrument import Instrument

UNKNOWN = "1"  # on forms from before they carried one


def version(instrument: Instrument) -> str:
    """The fingerprint of what is asked, in the language in use: v and 8 hexadecimal digits.

    It is that of tables, fields, codes, wordings, scales and choices; not of weights, of how things
    are shown, nor of anything that was answered.
    """
    asked = [
        (
            table.name,
            table.tb,
            table.owned,
            [
                (
                    field.name,
                    field.title,
                    field.required,
                    asdict(field.kind),
                    dict(instrument.scheme(field.kind.scheme)["name"])
                    if isinstance(field.kind, Choice) and field.kind.scheme
                    else {},
                )
                for field in table.fields
            ],
            table.codes,
            [] if table.slots else [table.names[code] for code in table.codes],
            list(table.items.get("statement", ())),
            {code: asdict(scale) for code, scale in table.own.items()},
        )
        for table in instrument.tables
    ]
    return f"v{fingerprint.of(asked)[:8]}"  # no program takes that for a number
