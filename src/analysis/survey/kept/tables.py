"""The answers that count as tidy tables."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from itertools import product
from typing import Any

import pandas as pd

from analysis.privacy import mask
from analysis.survey.asked.fields import TR, Amount, Scale
from analysis.survey.asked.questionnaire import Table
from analysis.survey.asked.register import Unit
from analysis.survey.kept import respondents
from analysis.survey.kept.layers import Kept
from analysis.survey.returned.response import Response
from analysis.survey.told import problems
from analysis.survey.told.problems import Problem


def answers(
    table: Table, asked: Iterable[tuple[Kept, Table]], each: Mapping[str, Sequence[Kept]]
) -> pd.DataFrame:
    """One table of the questionnaire: see `columns`; a row per unit and item, or filled slot.

    `asked`: each unit with what it is asked of the table; `each`: by unit its respondents. Slots
    are what one respondent filled in: see `respondents.called`. Levels have decimals where any unit
    has several, as theirs are means.
    """
    records = []
    for unit, own in asked:
        people = each[unit.unit]
        for one, code in product(people if table.slots else [unit], own.codes):
            found = {f.name: one.value((code, f.name)) for f in table.fields}
            if table.slots and all(value is None for value in found.values()):
                continue
            item = respondents.called(code, people, one) if table.slots else code
            record: dict[str, object] = {"unit": unit.unit, "item": item}
            if table.tb:
                record["tb"] = TR in found.values()
            given = {k: None if v == TR else v for k, v in found.items()}
            records.append(record | given | _derived(table, given))
    types = columns(table)
    if not table.slots and any(len(people) > 1 for people in each.values()):
        types |= {field.name: "Float64" for field in table.scaled}
    return pd.DataFrame(records, columns=list(types)).astype(types)


def _derived(table: Table, given: Mapping[str, Any]) -> dict[str, int | None]:
    """What follows from the answers in a row; nothing where one of those is missing."""
    found: dict[str, int | None] = {}
    for question in table.derived:
        plus, minus = given[question.plus], given[question.minus]
        both = plus is not None and minus is not None
        found[question.name] = question.level(plus, minus) if both else None
    return found


def blank(frame: pd.DataFrame, table: Table) -> pd.DataFrame:
    """A processed table without its answers: rows of items stay and are blank, slots go."""
    if table.slots:
        return frame.iloc[:0]
    kept = {"tb": False} if table.tb else {}
    return (
        frame[["unit", "item"]].assign(**kept).reindex(columns=frame.columns).astype(frame.dtypes)
    )


def columns(table: Table) -> dict[str, str]:
    """The columns of a processed table and how they are stored; all have room for no answer."""
    types = {"unit": "string", "item": "string"} | ({"tb": "bool"} if table.tb else {})
    for question in table.fields:
        if isinstance(question.kind, Scale):
            types[question.name] = "Int8"
        else:
            types[question.name] = "Float64" if isinstance(question.kind, Amount) else "string"
    return types | {made.name: "Int8" for made in table.derived}


def completeness(table: Table, kept: Kept) -> tuple:
    """How each required cell of a table ended: unit, table, expected and the four ends."""
    required = [(code, question.name) for code in table.codes for question in table.required]
    counts = Counter(
        "invalid"
        if key in kept.invalid
        else "blank"
        if key not in kept.answers
        else "tb"
        if kept.value(key) == TR
        else "answered"
        for key in required
    )
    kinds = [counts[kind] for kind in ("answered", "tb", "blank", "invalid")]
    return (kept.unit, table.name, len(required), *kinds)


def filled(required: pd.DataFrame) -> pd.Series:
    """By unit that sent a workbook: the share (0-1) of required cells answered or TR.

    `required`: the table ``completeness``.
    """
    sums = required.groupby("unit")[["expected", "answered", "tb"]].sum()
    return (sums["answered"] + sums["tb"]) / sums["expected"]


def sources(
    responses: Iterable[Response], kept: Mapping[tuple[str | None, str], Kept]
) -> pd.DataFrame:
    """Every workbook that came: file, sha256, unit, revision, used, sample, day and respondent.

    `kept`: by unit and respondent.
    """
    rows = [
        (
            r.file,
            r.sha256,
            r.unit,
            r.revision,
            (one := kept.get((r.unit, r.respondent))) is not None and one.uses(r),
            r.sample,
            r.day,
            r.respondent,
        )
        for r in responses
    ]
    columns = ["file", "sha256", "unit", "revision", "used", "sample", "day", "respondent"]
    types = {"used": bool, "sample": bool, "day": "string", "respondent": "string"}
    return pd.DataFrame(rows, columns=columns).astype(types)


def in_order(found: list[Problem], register: list[Unit]) -> pd.DataFrame:
    """Problems by unit as registered, then by file and severity: the columns of `Problem`."""
    order = {u.id: position for position, u in enumerate(register)}
    severity = [problems.ERROR, problems.WARNING, problems.INFO]
    ordered = sorted(
        found,
        key=lambda p: (order.get(p.unit or "", -1), p.file, severity.index(p.severity)),
    )
    names = list(Problem.__dataclass_fields__)
    return pd.DataFrame([asdict(p) for p in ordered], columns=names).astype("string")


def covered(tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The tables that name files or sheets, with personal numbers in these names covered."""
    return {
        name: frame.assign(
            **{column: _each(frame[column]) for column in ("file", "sheet") if column in frame}
        )
        for name, frame in tables.items()
        if "file" in frame
    }


def _each(paths: pd.Series) -> pd.Series:
    known = {path: _covered(path) for path in paths.dropna().unique()}
    if all(path == shown for path, shown in known.items()):
        return paths
    return paths.map(known, na_action="ignore").astype(paths.dtype)


def _covered(path: str) -> str:
    # Part by part: the year of a folder begins no number.
    return "/".join(map(mask, path.split("/")))
