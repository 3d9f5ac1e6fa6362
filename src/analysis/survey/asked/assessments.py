"""What assessors said of the indices of a period, and what is to follow: ``assessment.csv``."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Annotated

import pandas as pd
from pydantic import Field

from analysis.project import Project
from analysis.project.words import words
from analysis.survey.asked.indices import Index
from analysis.survey.asked.instrument import Instrument
from analysis.survey.asked.register import Unit
from analysis.survey.asked.rows import Day, Number, Row, Whole, Wrong, called, framed, read, refuse
from analysis.text import _

SAMPLE = "sample-assessment.csv"  # read instead where the answers are those of the sample
PUBLISHED = "pairs_published.csv"
COLUMNS = ["index", "item", "name", "level", "reason", "recommendation"]
COLUMNS += ["owner", "owner_name", "due", "done", "assessor"]
PAIRS = ["index", "place", "year", "own", "external", "source"]
FOLLOWING = ("owner", "due", "done")  # what only a recommendation has

Text = Annotated[str, *words(600)]


class Assessment(Row):
    """The level that an assessor gave an indicator, and what is recommended to whom, by when.

    `owner`: the unit that follows it up, by default the coordinator; `done`: when it had.
    """

    indicator: str
    level: Whole
    reason: Text = ""
    recommendation: Text = ""
    owner: str = ""
    due: Day | None = None
    done: Day | None = None
    assessor: Annotated[str, *words(120)] = ""


class Pair(Row):
    """What a place said of itself in a year, what others said of it, and who printed both."""

    place: Annotated[str, *words(60)]
    year: Whole = Field(ge=1900, le=2100)
    own: Number
    external: Number
    source: str = Field(min_length=3)


def assessments(
    project: Project, asked: Instrument, units: Sequence[Unit], sample: bool
) -> pd.DataFrame:
    """What was said of each indicator, of the kind of the answers in play: real, or the `sample`.

    `asked` and `units` are what a row may name. Columns: index (its id), item (the indicator's
    code), name, level, reason, recommendation, owner (the unit's id, empty without a
    recommendation), owner_name, due and done (days, NaT where none is set), assessor. Without the
    file nothing was assessed. Raises ProjectError that names file, row and column of what is wrong.
    """
    path = project.folder / SAMPLE if sample else project.assessment
    rows = read(path, Assessment, key=("indicator",)) if path.is_file() else []
    indices = {code: index for index in asked.indices.values() for code in index.items["code"]}
    short = {unit.id: unit.short for unit in units}
    wrong = (cell for row in rows for cell in _wrong(row, indices, short))
    refuse(called(path), wrong)
    frame = framed(rows, Assessment).rename(columns={"indicator": "item"})
    coordinator = next(unit.id for unit in units if unit.coordinator == "yes")
    recommended = frame["recommendation"].ne("")
    owner = frame["owner"].mask(recommended & frame["owner"].eq(""), coordinator)
    made = frame.assign(
        index=[indices[item].id for item in frame["item"]],
        name=[asked.rows[item].names[item] for item in frame["item"]],
        level=frame["level"].astype("Int64"),
        owner=owner,
        owner_name=owner.map(short).fillna(""),
        due=pd.to_datetime(frame["due"]),
        done=pd.to_datetime(frame["done"]),
    )
    return made[COLUMNS]


def _wrong(row: Assessment, indices: Mapping[str, Index], known: Iterable[str]) -> Iterator[Wrong]:
    """What a row names that there is not, and what it lacks."""
    strange = _("{value} tidak dikenal")
    if row.indicator not in indices:
        yield row.line, "indicator", strange.format(value=row.indicator)
    elif not (scale := indices[row.indicator].scale).low <= row.level <= scale.high:
        told = _("“{value}” di luar skala {scale}")
        yield row.line, "level", told.format(value=row.level, scale=scale)
    if row.owner and row.owner not in known:
        yield row.line, "owner", strange.format(value=row.owner)
    if not row.recommendation:
        told = _("tidak ada rekomendasi yang ditindaklanjuti; isi recommendation")
        yield from ((row.line, column, told) for column in FOLLOWING if getattr(row, column))
    elif row.done and not row.due:
        yield row.line, "due", _("wajib diisi bila done diisi")


def published(project: Project, asked: Instrument) -> pd.DataFrame:
    """The pairs of own and external values that others printed: ``pairs_published.csv``.

    Columns: index (its id), place, year, own, external, source. An index without the file has
    none. Raises ProjectError that names file, row and column of what is wrong.
    """
    found = [pd.DataFrame(columns=PAIRS)]
    for index in asked.indices.values():
        path, scale = project.questionnaire / index.id / PUBLISHED, index.scale
        if not path.is_file():
            continue
        rows = read(path, Pair, key=("place", "year"))
        told = _("“{value}” di luar skala {scale}")
        refuse(
            called(path),
            (
                (row.line, column, told.format(value=f"{value:g}", scale=scale))
                for row in rows
                for column in ("own", "external")
                if not scale.low <= (value := getattr(row, column)) <= scale.high
            ),
        )
        found.append(framed(rows, Pair).assign(index=index.id)[PAIRS])
    return pd.concat(found[1:] or found, ignore_index=True)
