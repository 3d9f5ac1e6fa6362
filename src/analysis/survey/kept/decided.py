"""The coordinator's decisions on a period: which are applied, and why others are not."""

import json
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import NamedTuple

import pandas as pd

from analysis.privacy import mask
from analysis.project import Project, ProjectError
from analysis.survey.asked import decisions
from analysis.survey.asked.decisions import RELEASE, SILENCE, WITHHOLD, Decision
from analysis.survey.asked.labels import FIRST, simplify
from analysis.survey.returned.expected import Expected
from analysis.survey.returned.response import Key, Response, brief
from analysis.survey.told.problems import Code, Details, Problem, problem
from analysis.text import N_

COLUMNS = ["row", "decision", "unit", "file", "cell", "old", "new", "who", "why", "when"]
WAITING = N_("Belum ada berkas kuesioner yang masuk; yang dibaca adalah contoh.")
NO_UNIT = N_("Perangkat daerah “{unit}” tidak ada dalam daftar unit.")
NOTHING = N_("Belum ada kuesioner perangkat daerah ini yang dapat dipakai.")
SENT = N_("Perangkat daerah ini sudah mengirim berkas.")
TWICE = N_("Hal yang sama sudah diputuskan pada baris {row}.")
NO_FILE = N_("“{file}” tidak ada di antara berkas yang terbaca dari perangkat daerah ini.")
TWO_FILES = N_("“{file}” dapat berarti beberapa berkas; tulis beserta foldernya.")


class Refused(Exception):
    """A decision cannot be applied; `reason` says why, as a phrase of `problems.problem`."""

    def __init__(self, text: str, **details: object):
        super().__init__(text)
        self.reason: Details = {"text": text, **details}


class Ruling(NamedTuple):
    """A decision on a unit, and why it is not applied where it is not.

    `key`: of which cell; `respondent`: in whose workbook.
    """

    decision: Decision
    unit: str
    refused: Details | None = None
    key: Key | None = None
    respondent: str = FIRST


@dataclass(frozen=True)
class Decided:
    """What stands in the `file` of decisions: those on each unit, and what is wrong with others."""

    file: str
    of: Mapping[str, list[Decision]]
    refused: list[Ruling]
    problems: list[Problem]

    @classmethod
    def read(cls, project: Project, expected: Expected, sample: bool) -> "Decided":
        """The decisions of a period; where the `sample` is read, none can be applied yet."""
        path = project.decisions
        file = path.relative_to(project.root).as_posix()
        try:
            rows, wrong = decisions.read(path)
        except ProjectError as error:
            reason = str(error).rstrip(".")
            return cls(file, {}, [], [problem(Code.DECISIONS_UNREAD, file, reason=reason)])
        problems = [
            problem(Code.DECISION_INVALID, file, row=row, column=column, reason=told.rstrip("."))
            for row, column, told in wrong
        ]
        of: dict[str, list[Decision]] = {}
        refused = []
        for row in rows:
            unit = expected.known.get(row.unit) or expected.names.get(simplify(row.unit))
            if unit is None:
                refused.append(Ruling(row, row.unit, {"text": NO_UNIT, "unit": row.unit}))
            elif sample:
                refused.append(Ruling(row, unit.id, {"text": WAITING}))
            else:
                of.setdefault(unit.id, []).append(row)
        return cls(file, of, refused, problems)

    def on(self, unit: str, *kinds: str) -> list[Decision]:
        """The decisions of these kinds on a unit."""
        return [d for d in self.of.get(unit, []) if d.decision in kinds]

    def nothing(self, unit: str) -> list[Ruling]:
        """Of a unit of which no workbook can be used nothing can be decided but its silence."""
        every = self.of.get(unit, [])
        return [Ruling(d, unit, {"text": NOTHING}) for d in every if d.decision != SILENCE]

    def told(self, rulings: Iterable[Ruling], known: Mapping[str, object]) -> list[Problem]:
        """What is wrong with the decisions; `known`: the units by id."""
        refused = [
            problem(
                Code.DECISION_REFUSED,
                self.file,
                ruling.unit if ruling.unit in known else None,
                row=ruling.decision.line,
                reason=ruling.refused,
            )
            for ruling in rulings
            if ruling.refused
        ]
        return [*self.problems, *refused]


def choose(
    unit: str, responses: Sequence[Response], said: Iterable[Decision]
) -> tuple[list[Response], list[Response], list[Problem], list[Ruling]]:
    """The files of a unit that are left, those chosen among them, and what is told of the others.

    A file is chosen among those of its respondent's revision, whatever the others say.
    """
    left, problems, rulings = list(responses), [], []
    chosen: dict[tuple[int, str], tuple[Response, Decision]] = {}
    for decision in said:
        try:
            one = _file(decision, responses)
            said_of = one.revision, one.respondent
            if earlier := chosen.get(said_of):
                raise Refused(TWICE, row=earlier[1].line)
        except Refused as refused:
            rulings.append(Ruling(decision, unit, refused.reason))
            continue
        chosen[said_of] = one, decision
        rulings.append(Ruling(decision, unit))
        beside = [r for r in left if (r.revision, r.respondent) == said_of and r is not one]
        for other in beside:
            why = {"other": brief(one.file), "reason": decision.why.rstrip(".")}
            problems.append(other.problem(Code.FILE_DECIDED, **why))
            left.remove(other)
    return left, [one for one, _decision in chosen.values()], problems, rulings


def _file(decision: Decision, responses: Sequence[Response]) -> Response:
    """The workbook that is meant: by its path, or by its name where only one is called so."""
    filled = [r for r in responses if r.filled]
    whole = [r for r in filled if brief(decision.file) == brief(r.file)]
    found = whole or [r for r in filled if called(decision.file, r.file)]
    if len(found) != 1:
        raise Refused(TWO_FILES if found else NO_FILE, file=decision.file)
    return found[0]


def called(name: str, file: str) -> bool:
    """Whether a file is called so: by its path, below its folder or in the project, or its name."""
    return brief(name) in (brief(file), PurePosixPath(file).name)


def silent(
    absent: Sequence[Problem], decided: Decided, known: Mapping[str, object]
) -> tuple[list[Problem], list[Ruling]]:
    """What is told of units from which nothing came, some of which need not answer."""
    missing = {p.unit: p for p in absent if p.code == Code.MISSING_UNIT.name}
    accepted: dict[str, Problem] = {}
    rulings = []
    rows: dict[str, int] = {}
    for unit in known:
        for decision in decided.on(unit, SILENCE):
            why = {"text": TWICE, "row": rows[unit]} if unit in rows else {"text": SENT}
            if unit in rows or unit not in missing:
                rulings.append(Ruling(decision, unit, why))
                continue
            rows[unit] = decision.line
            rulings.append(Ruling(decision, unit))
            details = json.loads(missing[unit].details) | {"reason": decision.why.rstrip(".")}
            accepted[unit] = problem(Code.SILENCE_ACCEPTED, "", unit, **details)
    told = [accepted.get(p.unit or "", p) if p in missing.values() else p for p in absent]
    return told, rulings


def by_cell(rulings: Iterable[Ruling]) -> dict[tuple[str, str, Key], str]:
    """By unit, respondent and cell what was decided of the quotes."""
    return {
        (r.unit, r.respondent, r.key): r.decision.decision
        for r in rulings
        if r.key and r.decision.decision in (WITHHOLD, RELEASE)
    }


def table(rulings: Iterable[Ruling], texts: Container[Key]) -> pd.DataFrame:
    """Every decision: the columns of the file, its `row`, whether it is `applied`, and why not.

    `reason` is JSON of a phrase: see `wording.worded`. `texts`: the cells in which words are asked;
    elsewhere a number is no one's.
    """
    rows = []
    for ruling in sorted(rulings, key=lambda ruling: ruling.decision.line):
        row = ruling.decision.model_dump() | {"row": ruling.decision.line, "unit": ruling.unit}
        number = ruling.key is not None and ruling.key not in texts
        covered = ("who", "why", "cell", *(() if number else ("old", "new")))
        row |= {name: mask(row[name]) for name in covered}
        reason = json.dumps(ruling.refused, ensure_ascii=False) if ruling.refused else None
        rows.append(row | {"applied": not ruling.refused, "reason": reason})
    frame = pd.DataFrame(rows, columns=[*COLUMNS, "applied", "reason"])
    words = [name for name in frame if name not in ("row", "when", "applied")]
    types = {"row": "int64", "applied": bool} | dict.fromkeys(words, "string")
    return frame.astype(types).assign(when=pd.to_datetime(frame["when"]))
