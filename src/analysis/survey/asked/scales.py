"""The scales of the questionnaire: ``scales.csv`` in its folders, a row for each level."""

from collections import defaultdict
from pathlib import Path
from typing import Annotated

from pydantic import Field

from analysis.project import Project
from analysis.project.words import ID, words
from analysis.survey.asked.fields import Scale
from analysis.survey.asked.labels import alike
from analysis.survey.asked.rows import Row, Whole, Wrong, called, in_folders, read, refuse
from analysis.text import Spoken, _

NAME = "scales.csv"
MOST = 20  # levels of one scale


class Level(Row):
    """One level of a scale, and what it means; between two that mean something it may mean none."""

    spoken = ("label",)
    scale: ID
    level: Whole = Field(ge=0, le=100)
    label: Annotated[str, *words(40)] | None = None

    @property
    def means(self) -> dict[int, Spoken]:
        return {self.level: self.said("label")} if self.label else {}


def scales(project: Project) -> dict[str, Scale]:
    """Every scale by its name: those of the questionnaire, then those of each of its indices.

    Raises ProjectError that names file, row and column of what is wrong: a level left out, or an
    end of a scale that means nothing.
    """
    known: dict[str, Scale] = {}
    for path in in_folders(project, NAME):
        own = _scales(path)
        told = _("“{name}” sudah dipakai dalam {file}")
        file = called(project.questionnaire / NAME)
        refuse(
            called(path),
            [(1, "scale", told.format(name=n, file=file)) for n in own.keys() & known.keys()],
        )
        known |= own
    return known


def _scales(path: Path) -> dict[str, Scale]:
    found = defaultdict(list)
    for row in read(path, Level, key=("scale", "level")):
        found[row.scale].append(row)
    wrong: list[Wrong] = []
    for rows in found.values():
        rows.sort(key=lambda row: row.level)
        wrong += [
            (row.line, "level", _("tingkat {level} tidak ada").format(level=level))
            for level, row in enumerate(rows, start=rows[0].level)
            if row.level != level
        ][:1]
        wrong += [(r.line, "label", _("wajib diisi")) for r in (rows[0], rows[-1]) if not r.label]
        if not 2 <= len(rows) <= MOST:
            told = _("skala harus bertingkat 2 sampai {most}").format(most=MOST)
            wrong.append((rows[0].line, "level", told))
        names = [((r.line, "label"), str(r.level), r.label) for r in rows if r.label]
        wrong += [(*place, told) for place, told in alike(names)]
    refuse(called(path), wrong)
    return {
        name: Scale(rows[0].level, rows[-1].level, {n: t for r in rows for n, t in r.means.items()})
        for name, rows in found.items()
    }
