"""Exports of KoboToolbox, made from an XLSForm as its documentation and formpack make them.

It imports nothing of ours: all that it knows of a questionnaire stands on the sheets *survey* and
*choices* of the form. What Kobo does, and where that is said, stands in docs/channels.md.
"""

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import openpyxl

Answers = Mapping[tuple[str, str], object]  # (code, field): a level, a category's name, a text
Rows = list[list[object]]

# Behind the questions of a submission, and behind those of a row of a repeat.
ADDED = ["_id", "_uuid", "_submission_time", "_validation_status", "_notes", "_status"]
ADDED += ["_submitted_by", "__version__", "_tags"]
ABOVE = ["_index", "_parent_table_name", "_parent_index", *(f"_submission_{n}" for n in ADDED)]


@dataclass(frozen=True)
class Question:
    """A question of the form: in which group, how it is called and labelled, what it offers.

    `label` and `group_label` are by language; `choices` by language the labels by their names.
    """

    group: str
    group_label: Mapping[str, str]
    type: str
    name: str
    label: Mapping[str, str]
    choices: Mapping[str, Mapping[str, str]]

    def answer(self, value: object, language: str) -> object:
        """What is exported of an answer: of a choice its name, or its label in a language."""
        if not self.type.startswith("select"):
            return value
        said = str(value)
        spoken = [self.choices[""], *self.choices.values()]
        name = next((n for labels in spoken for n, label in labels.items() if said == label), said)
        return self.choices[language].get(name, "")

    def heading(self, language: str) -> str:
        """With the groups in front, as *Include groups in headers* has it."""
        if not language:
            return f"{self.group}/{self.name}"
        return f"{self.group_label[language]}/{self.label[language]}"


def questions(form: bytes) -> list[Question]:
    """The questions of an XLSForm; in the language “” stand the names."""
    book = openpyxl.load_workbook(io.BytesIO(form), read_only=True)
    survey, choices = _lines(book["survey"]), _lines(book["choices"])
    languages = [c.removeprefix("label::") for c in survey[0] if c.startswith("label::")]
    offered: dict[str, dict[str, dict[str, str]]] = {}
    for line in choices:
        own = offered.setdefault(line["list_name"], {"": {}} | {n: {} for n in languages})
        own[""][line["name"]] = line["name"]
        for language in languages:
            own[language][line["name"]] = line[f"label::{language}"]
    found, group = [], {}
    for line in survey:
        if line["type"] == "begin_group":
            group = line
        elif line["type"] != "end_group":
            found.append(
                Question(
                    group["name"],
                    {n: group[f"label::{n}"] for n in languages},
                    line["type"],
                    line["name"],
                    {n: line[f"label::{n}"] for n in languages},
                    offered.get(line["type"].partition(" ")[2], {}),
                )
            )
    return found


def _lines(sheet) -> list[dict[str, str]]:
    heads, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(heads, (str(v or "") for v in row), strict=True)) for row in rows]


def export(
    form: bytes, people: Mapping[str, Answers], language: str = "", repeated: Sequence[str] = ()
) -> dict[str, Rows]:
    """The sheets of an export: with names, or with labels in a language.

    `people`: by unit what it says. `repeated`: the groups that ask a unit's own rows, which another
    city's form asks as a repeat, without numbers; each is on a sheet of its own.
    """
    asked = questions(form)
    main = [q for q in asked if q.group not in repeated]
    heads = [q.heading(language) for q in main]
    sheets = {"Kuesioner 2023": [["start", "end", *heads, *ADDED, "_index"]]}
    for n, (unit, said) in enumerate(people.items(), start=1):
        given = {f"{code.replace('-', '_')}_{field}": v for (code, field), v in said.items()}
        given |= {"unit": unit, "respondent": 1}
        begun = f"2023-11-20T{9 + n:02}:15:02.000+07:00"
        answers = [q.answer(given.get(q.name, ""), language) for q in main]
        own = [300_000_000 + n, f"0a1b2c3d-0000-4000-8000-{n:012}", f"2023-11-20T{3 + n:02}:20:00"]
        added = [*own, "", "", "submitted_via_web", "", "v1", ""]
        sheets["Kuesioner 2023"].append([begun, begun, *answers, *added, n])
        for group in repeated:
            rows = sheets.setdefault(group, [])
            _repeat(rows, [q for q in asked if q.group == group], given, language, n, added)
    return sheets


def _repeat(
    rows: Rows, asked: list[Question], given: dict, language: str, parent: int, added: list
) -> None:
    """The rows that a unit fills of a repeat: a numbered group's questions without its numbers."""
    lines: dict[str, list[Question]] = {}  # by the code of the row
    for question in asked:
        lines.setdefault(_code(question), []).append(question)
    first = next(iter(lines.values()))
    sort = re.search(r"\((.+)\): ", first[0].label[language]) if language else None
    if not rows:
        names = [q.name.removeprefix(_code(first[0]) + "_") for q in first]
        titles = [q.label[language].partition(": ")[2] for q in first] if language else names
        group = first[0].group_label[language] if language else first[0].group
        own = [f"{group}/{title}" for title in titles]
        rows.append([*own, *(["Jenis"] if sort else []), *ABOVE])
    for line in lines.values():
        answers = [q.answer(given.get(q.name, ""), language) for q in line]
        if any(answer != "" for answer in answers):
            kind = [re.search(r"\((.+)\): ", line[0].label[language])[1]] if sort else []
            table = "Kuesioner 2023"
            rows.append([*answers, *kind, len(rows), table, parent, *added])


def _code(question: Question) -> str:
    """The code of a unit's own row, as names hold it."""
    return re.match(r"[A-Z]+_[A-Z]?\d+", question.name)[0]
