"""Who should do what by when, as the coordinator proposes it: ``actions.csv``."""

from collections.abc import Iterable
from typing import Annotated

import pandas as pd

from analysis.project import Project
from analysis.project.words import shaped, words
from analysis.survey.asked.instrument import Instrument, in_language
from analysis.survey.asked.register import Unit
from analysis.survey.asked.rows import Row, read, refuse
from analysis.text import N_, _

NAME = "actions.csv"
STAGE = shaped(r"[a-z][a-z0-9_]*", N_("nama tahap"))
COLUMNS = ["stage", "item", "unit", "action"]


class Proposed(Row):
    """What `unit` should do about an `item` of a stage: "`unit` `verb`, `horizon`."."""

    stage: Annotated[str, *STAGE]
    item: str
    unit: str
    verb: Annotated[str, *words(120)]
    horizon: Annotated[str, *words(40)]
    verb_en: Annotated[str, *words(120)]
    horizon_en: Annotated[str, *words(40)]


def actions(project: Project, asked: Instrument, units: Iterable[Unit]) -> pd.DataFrame:
    """What is proposed about an item of a stage, once for each of these.

    `asked` and `units` are what a row may name. Columns: stage, item (a code, a category or a
    table of the questionnaire), unit, action (the sentence, in the language in use). A city without
    the file has none. Raises ProjectError that names file, row and column of what is wrong, such as
    a unit or an item that there is not.
    """
    path = project.folder / NAME
    if not path.is_file():
        return pd.DataFrame(columns=COLUMNS)
    rows = read(path, Proposed, key=("stage", "item"))
    short = {unit.id: unit.short for unit in units}
    items = {*asked.categories["id"], *(t.name for t in asked.tables), *asked.rows}
    refuse(
        NAME,
        [
            (row.line, column, _("{value} tidak dikenal").format(value=value))
            for row in rows
            for column, ids in (("unit", short.keys()), ("item", items))
            if (value := getattr(row, column)) not in ids
        ],
    )
    frame = in_language(pd.DataFrame([row.model_dump() for row in rows]), "verb", "horizon")
    said = [
        _("{unit} {verb}, {horizon}.").format(unit=short[unit], verb=verb, horizon=horizon)
        for unit, verb, horizon in zip(frame["unit"], frame["verb"], frame["horizon"], strict=True)
    ]
    return frame.assign(action=said)[COLUMNS]
