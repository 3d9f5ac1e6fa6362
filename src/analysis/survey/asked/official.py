"""Which published figures speak of which sub-dimension: ``instrument/official.csv``."""

from typing import Annotated, Literal

import pandas as pd

from analysis.project import Project
from analysis.project.words import words
from analysis.survey.asked.instrument import categories, in_language
from analysis.survey.asked.register import published, statistics
from analysis.survey.asked.rows import Row, read, refuse
from analysis.text import _

NAME = "instrument/official.csv"
COLUMNS = ["subdimension", "indicator", "better", "says", "name", "measure"]
COLUMNS += ["area", "year", "value", "source"]


class Speaking(Row):
    """An indicator of ``statistics.csv``, the sub-dimension that it speaks of, and how far."""

    indicator: str
    subdimension: str
    better: Literal["higher", "lower"]
    says: Annotated[str, *words(200)]
    says_en: Annotated[str, *words(200)]


def official(project: Project) -> pd.DataFrame:
    """The published figures in use that speak of a sub-dimension, once for each of these.

    Columns: subdimension, indicator, better (which figure is better: higher or lower), says (what
    it tells of the sub-dimension), name, measure (its unit), area, year, value, source; texts in
    the language in use. A city without the file has none. Raises ProjectError that names file, row
    and column of what is wrong, such as an indicator or a sub-dimension that there is not.
    """
    path = project.folder / NAME
    if not path.is_file():
        return pd.DataFrame(columns=COLUMNS)
    rows = read(path, Speaking, key=("indicator", "subdimension"))
    known = {
        "indicator": {s.indicator for s in published(project)},
        "subdimension": {c.id for c in categories(project) if c.scheme == "subdimension"},
    }
    refuse(
        NAME,
        [
            (row.line, column, _("{value} tidak dikenal").format(value=value))
            for row in rows
            for column, ids in known.items()
            if (value := getattr(row, column)) not in ids
        ],
    )
    spoken = pd.DataFrame([row.model_dump() for row in rows])
    figures = statistics(project).query("used")
    table = in_language(spoken.merge(figures, on="indicator", how="inner"), "says", "name", "unit")
    return table.rename(columns={"unit": "measure"})[COLUMNS]
