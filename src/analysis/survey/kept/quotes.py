"""What people wrote in their own words: where it stands, and what of it public pages may show."""

from collections.abc import Mapping, Sequence

import pandas as pd

from analysis.survey.asked.decisions import RELEASE, WITHHOLD
from analysis.survey.asked.fields import Text
from analysis.survey.asked.instrument import Instrument
from analysis.survey.kept.layers import Kept
from analysis.survey.kept.settled import address
from analysis.survey.returned.response import Key

PROGRAMMES = {"quickwin"}  # the texts of this table name programmes, and are no quotes
GROUPED, NAMED, WITHHELD = "grouped", "named", "withheld"
COLUMNS = ["unit", "item", "field", "file", "cell", "decided"]


def fields(instrument: Instrument) -> dict[str, list[str]]:
    """By table of the questionnaire the fields in which people write in their own words."""
    return {
        table.name: [f.name for f in table.fields if isinstance(f.kind, Text)]
        for table in instrument.tables
        if table.name not in PROGRAMMES
    }


def cells(instrument: Instrument) -> dict[Key, None]:
    """Every cell of such a field."""
    names = fields(instrument)
    return {(c, n): None for t in instrument.tables for c in t.codes for n in names.get(t.name, ())}


def table(
    kept: Mapping[str, Kept], asked: Mapping[Key, object], decided: Mapping[tuple[str, Key], str]
) -> pd.DataFrame:
    """Every quote that counts: unit, item, field, where it is typed, and what is `decided` of it.

    `asked`: from `cells`; `decided`: by unit and cell.
    """
    rows = [
        (unit, *key, found.file, address(found.place), decided.get((unit, key)))
        for unit, one in kept.items()
        for key in asked
        if (found := one.answers.get(key)) and found.place
    ]
    return pd.DataFrame(rows, columns=COLUMNS).astype("string")


def public(
    answers: pd.DataFrame, names: Sequence[str], known: pd.DataFrame, policy: str
) -> pd.DataFrame:
    """Answers with only those quotes that may be shown, and whose they are as it may be said.

    `answers`: a row per unit and item; `names`: the fields of quotes in it; `known`: from `table`;
    `policy`: whether they stand under the name of the unit or of its group, or not at all until
    they are released. What is withheld is shown nowhere.
    """
    shown = answers.copy()
    rows = pd.MultiIndex.from_frame(answers[["unit", "item"]])
    for name in names:
        said = known[known["field"] == name].set_index(["unit", "item"])["decided"]
        decided = said.reindex(rows).array
        open_ones = decided == RELEASE if policy == WITHHELD else decided != WITHHOLD
        shown[name] = shown[name].where(
            pd.Series(open_ones, answers.index).fillna(policy != WITHHELD)
        )
    if policy == NAMED:
        return shown
    # In the order of the register rows would say whose they are.
    group = shown["group_name"]
    return shown.assign(unit_name=group, unit_short=group).sort_values(
        ["item", "group_name", *names], kind="stable", ignore_index=True
    )
