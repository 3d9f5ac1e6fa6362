"""Which files units name beside their levels, and which of these came: the table ``evidence``."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from analysis.project import Project
from analysis.project.folder import EVIDENCE
from analysis.survey.asked.fields import Text
from analysis.survey.asked.questionnaire import Table
from analysis.survey.kept.layers import Counted, Kept
from analysis.survey.kept.mentions import mentioned
from analysis.survey.kept.respondents import called
from analysis.survey.returned.evidence import File, evidence
from analysis.survey.returned.expected import Expected
from analysis.survey.told.problems import Code, Details, Problem, problem
from analysis.text import N_

PRESENT, MISSING, NOT_NAMED = "present", "missing", "not_named"
WRONG = {
    Code.EVIDENCE_EMPTY: "empty",
    Code.EVIDENCE_OTHER_KIND: "unreadable",
    Code.EVIDENCE_UNREADABLE: "unreadable",
    Code.EVIDENCE_TOO_LARGE: "too_large",
}
STATES = {
    PRESENT: N_("ada dan terbaca"),
    MISSING: N_("belum ada"),
    "empty": N_("kosong"),
    "unreadable": N_("tidak terbaca"),
    "too_large": N_("ada, tanpa kode verifikasi"),
    NOT_NAMED: N_("tidak disebut"),
}
"""How a file of evidence is, and what people call it."""
COLUMNS = {
    **dict.fromkeys(("unit", "table", "item"), "string"),
    "level": "Int64",
    **dict.fromkeys(("file", "state"), "string"),
    "size": "Int64",
    "sha256": "string",
}
MOST = 10  # files of a unit that a problem names


class Proof(NamedTuple):
    """A file of a unit by its name, and the row in which it is named, if any.

    `file` is None where no such file came. `level`: the first answer on a scale in that row; `at`:
    the cell that names the file.
    """

    unit: str
    name: str
    file: File | None
    table: str | None = None
    item: str | None = None
    level: int | None = None
    at: Counted | None = None

    @property
    def state(self) -> str:
        if self.file is None:
            return MISSING
        if self.file.code:
            return WRONG[self.file.code]
        return PRESENT if self.at else NOT_NAMED


def proofs(
    project: Project, sample: bool, kept: Mapping[str, Sequence[Kept]], expected: Expected
) -> tuple[list[Proof], list[Problem]]:
    """Every file that units name beside a level, or handed in, and what is to be told of them.

    `sample`: whether the answers are the sample's; `kept`: by unit, each respondent's. Nothing
    where they have no folder of evidence beside them: then nobody hands in any, whatever cells
    name. Nothing is told of units of which no workbook counts, as these are asked for one, nor
    about cells on which the coordinator decided.
    """
    folder = project.sample if sample else project.responses
    files = evidence(folder, expected.known)
    if files is None:
        return [], []
    found: list[Proof] = []
    for unit in expected.known:
        own = [file for file in files if file.unit == unit]
        beside = list(_beside_levels(kept[unit], own, expected)) if unit in kept else []
        used = {proof.file for proof in beside}
        found += [*beside, *(Proof(unit, f.name, f) for f in own if f not in used)]
    here = folder.relative_to(project.root).as_posix()
    strays = [problem(Code.EVIDENCE_NO_UNIT, f"{here}/{f.name}") for f in files if not f.unit]
    told = [p for p in _told(found) if (each := kept.get(p.unit or "")) and _asked(p, each)]
    return found, [*strays, *told]


def _asked(told: Problem, each: Sequence[Kept]) -> bool:
    return all(one.asks(told) for one in each)


def table(found: Iterable[Proof]) -> pd.DataFrame:
    """The table ``evidence``: unit, table, item, level, file, state, size (bytes) and sha256.

    A row per file and row of the form that names it; of a file that none names, table, item and
    level are missing. `file`: its path in its unit's folder, or as it was typed where it did not
    come. `state`: see `STATES`. `size` is missing and `sha256` empty where it could not be read.
    """
    rows = [
        (p.unit, p.table, p.item, p.level, p.name, p.state, p.file and p.file.size,
         p.file.sha256 if p.file else "")
        for p in found
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)


def hashed(files: pd.DataFrame, here: str) -> pd.DataFrame:
    """Every file with a hash once: file, its path in the project, and sha256.

    `files`: from `table`; `here`: the folder of the answers in the project.
    """
    once = files[files["sha256"].ne("")].drop_duplicates(["unit", "file", "sha256"])
    paths = f"{here}/{EVIDENCE}/" + once["unit"] + "/" + once["file"]
    again = paths.groupby(paths).cumcount()  # of names in which a personal number is covered
    paths = paths.where(again.eq(0), paths + " (" + (again + 1).astype("string") + ")")
    return once[["file", "sha256"]].assign(file=paths)


def _beside_levels(
    each: Sequence[Kept], files: Sequence[File], expected: Expected
) -> Iterator[Proof]:
    """The files that a unit's texts beside its levels name, in the order of the form.

    What several respondents name in one row counts once, beside the level of the first of them.
    """
    for asked in (t for t in expected.asked(each[0].unit) if t.scaled):
        for item in asked.codes:
            seen: set[tuple[str, str, File | None]] = set()
            for one in each:
                level = one.value((item, asked.scaled[0].name))
                level = level if isinstance(level, int) else None
                row = called(item, each, one) if asked.slots else item
                for (name, file), at in _named(asked, item, one, files).items():
                    if (row, name, file) not in seen:
                        seen.add((row, name, file))
                        yield Proof(one.unit, name, file, asked.name, row, level, at)


def _named(
    asked: Table, item: str, kept: Kept, files: Sequence[File]
) -> dict[tuple[str, File | None], Counted]:
    """The files that a respondent names in a row, and in which cell first."""
    named: dict[tuple[str, File | None], Counted] = {}
    for at in _texts(asked, item, kept):
        there, missing = mentioned(str(at.value), files)
        for key in (*((f.name, f) for f in there), *((name, None) for name in missing)):
            named.setdefault(key, at)
    return named


def _texts(asked: Table, item: str, kept: Kept) -> Iterator[Counted]:
    for field in asked.fields:
        if isinstance(field.kind, Text) and (item, field.name) in kept.answers:
            yield kept.answers[item, field.name]


def _told(found: Iterable[Proof]) -> Iterator[Problem]:
    """What is wrong with these files: at the cells that name them, or of their unit."""
    missing: dict[tuple[str, Counted], list[str]] = {}
    unnamed: dict[str, list[str]] = {}
    for proof in found:
        if proof.file and proof.file.code:
            details: Details = {"value": proof.name, **proof.file.details}
            tell = proof.at.problem if proof.at else problem
            yield tell(proof.file.code, unit=proof.unit, **details)
        if proof.at and not proof.file:
            missing.setdefault((proof.unit, proof.at), []).append(proof.name)
        if not proof.at:
            unnamed.setdefault(proof.unit, []).append(proof.name)
    for (unit, at), names in missing.items():
        yield at.problem(Code.EVIDENCE_MISSING, unit, files=names)
    for unit, names in unnamed.items():
        shown = names[:MOST] + ["…"] * (len(names) > MOST)
        yield problem(Code.EVIDENCE_NOT_NAMED, "", unit, count=len(names), files=shown)
