"""What people wrote in their own words: where it stands, and what of it public pages may show."""

from collections.abc import Collection, Iterable, Mapping, Sequence

import pandas as pd

from analysis.survey.asked.decisions import RELEASE, WITHHOLD
from analysis.survey.asked.fields import Field, Text
from analysis.survey.asked.instrument import Instrument
from analysis.survey.kept.layers import Kept
from analysis.survey.kept.respondents import called, item_of, quoted
from analysis.survey.kept.settled import address
from analysis.survey.returned.response import Key

PROGRAMMES = {"quickwin"}  # the texts of this table name programmes, and are no quotes
NAMED, WITHHELD = "named", "withheld"  # see `project.settings.Publish`
COLUMNS = ["unit", "item", "field", "file", "cell", "decided"]


def texts(instrument: Instrument) -> set[Key]:
    """Every cell that asks for words."""
    return {(c, n) for t in instrument.tables for c in t.codes for n in _names(t.fields)}


def quotes(instrument: Instrument) -> set[Key]:
    """Those of them in which people write in their own words."""
    names = {code for t in instrument.tables if t.name in PROGRAMMES for code in t.codes}
    return {key for key in texts(instrument) if key[0] not in names}


def table(
    kept: Iterable[Sequence[Kept]],
    asked: Collection[Key],
    decided: Mapping[tuple[str, str, Key], str],
    slots: Collection[str],
) -> pd.DataFrame:
    """Every text that counts: unit, item, field, where it is typed, and what is `decided` of it.

    `kept`: of each unit its respondents'; `asked`: from `texts`; `decided`: by unit, respondent and
    cell; `slots`: the codes of rows of a unit's own.
    """
    rows = []
    for each in kept:
        for one in each:
            for (code, name), found in one.answers.items():
                if (key := (code, name)) in asked and found.place:
                    item = called(code, each, one) if code in slots else code
                    said = decided.get((one.unit, one.respondent, key))
                    rows.append((one.unit, item, name, found.file, address(found.place), said))
    return pd.DataFrame(rows, columns=COLUMNS).astype("string")


def open_to(known: pd.DataFrame, programmes: Iterable[str], policy: str) -> pd.DataFrame:
    """Texts, from `table`, with whether public pages may show each: ``shown``.

    `programmes`: the items whose texts are no quotes; `policy`: see `project.settings.Publish`.
    What is withheld is shown nowhere, and what is released whatever the policy.
    """
    decided = known["decided"].fillna("")
    shown = decided.eq(RELEASE) if policy == WITHHELD else decided.ne(WITHHOLD)
    return known.assign(
        shown=shown.astype(bool) | known["item"].map(item_of).isin(list(programmes))
    )


def public(
    answers: pd.DataFrame,
    fields: Iterable[Field],
    known: pd.DataFrame,
    named: bool,
    said: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Answers with only those texts that may be shown, and whose they are in ``written_by``.

    `answers`: a row per unit and item; `fields`: of its table; `known`: from `open_to`. Where units
    are not `named`, the group stands for the unit in every column, and rows are not in the order of
    the register, which would say whose they are. `said`: what each of several respondents wrote
    (`respondents.table`), of which each may be shown or not.
    """
    frame, rows = answers.copy(), pd.MultiIndex.from_frame(answers[["unit", "item"]])
    names = _names(fields)
    for name in names:
        told = known[(known["field"] == name) & known["shown"]]
        frame[name] = frame[name].where(rows.isin(pd.MultiIndex.from_frame(told[["unit", "item"]])))
        if said is not None and len(said):
            each = said.merge(told, on=["unit", "item", "field", "file", "cell"])
            joined = each.groupby(["unit", "item"])["text"].agg(lambda t: quoted(list(t)))
            texts = pd.Series([joined.get(at) for at in rows], frame.index, "string")
            frame[name] = frame[name].mask(texts.notna() & answers[name].notna(), texts)
    if named:
        return frame.assign(written_by=frame["unit_name"])
    group = dict.fromkeys(("written_by", "unit_name", "unit_short"), frame["group_name"])
    order = ["item", "group_name", *names]
    return frame.assign(**group).sort_values(order, kind="stable", ignore_index=True)


def _names(fields: Iterable[Field]) -> list[str]:
    return [field.name for field in fields if isinstance(field.kind, Text)]
