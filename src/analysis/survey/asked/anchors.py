"""What each level of an item asks for, in a few words: ``anchors.csv`` in a folder."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from analysis.project.words import CODE, words
from analysis.survey.asked.fields import Anchor, Scale
from analysis.survey.asked.questionnaire import Table
from analysis.survey.asked.rows import Row, Whole, Wrong, called, read, refuse
from analysis.text import _

NAME = "anchors.csv"


class _Row(Row):
    spoken = ("anchor",)
    code: CODE
    level: Whole = Field(ge=0, le=100)
    anchor: Annotated[str, *words(120)]
    verified: Literal["yes", "no"]


def anchors(folder: Path, tables: Mapping[str, Table]) -> dict[str, dict[int, Anchor]]:
    """By code and level the anchors of a folder's items; none where it has no such file.

    `tables`: by the code of an item its table. Raises ProjectError that names file, row and column
    of what is wrong: another item, a level that its scale has not, or one that is left out.
    """
    path = folder / NAME
    if not path.is_file():
        return {}
    found: dict[str, dict[int, Anchor]] = {}
    wrong: list[Wrong] = []
    lines: dict[str, int] = {}
    for row in read(path, _Row, key=("code", "level")):
        if row.code not in tables:
            wrong.append((row.line, "code", _("{value} tidak dikenal").format(value=row.code)))
        lines[row.code] = row.line
        anchor = Anchor(row.said("anchor"), row.verified == "yes")
        found.setdefault(row.code, {})[row.level] = anchor
    for code in found.keys() & tables.keys():
        scales = {f.kind for f in tables[code].asked(code) if isinstance(f.kind, Scale)}
        if [sorted(found[code])] != [scale.levels for scale in scales]:
            told = _("{code} harus memuat setiap tingkat dari skalanya: {scales}")
            said = told.format(code=code, scales=", ".join(map(str, scales)) or "–")
            wrong.append((lines[code], "level", said))
    refuse(called(path), sorted(wrong))
    return found
