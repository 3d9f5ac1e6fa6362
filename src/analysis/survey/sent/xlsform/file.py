"""The questionnaire of a period as one workbook for Kobo, ODK and Enketo: an XLSForm.

Sheets *survey*, *choices* and *settings*, in all languages that the questionnaire is in. Names of
questions and of choices are what comes back: see `question`.
"""

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import xlsxwriter
from babel import Locale

from analysis.ledger import Ledger
from analysis.project import Project
from analysis.survey.asked.instrument import Instrument
from analysis.survey.asked.register import units as register
from analysis.survey.asked.version import version
from analysis.survey.sent.forms.file import CREATED, OPTIONS
from analysis.survey.sent.forms.guide import TITLE
from analysis.survey.sent.xlsform.question import Option, Question
from analysis.survey.sent.xlsform.questions import questions
from analysis.text import SOURCE, _, languages, using

REFERENCE = re.compile(r"\$(?=\{)")  # would name a question
WIDE, NARROW = 60, 16  # characters

Line = dict[str, str]  # of a sheet, by the heading of its columns
Options = tuple[tuple[Option, ...], ...]  # in each language what a question offers


def write(project: Project, path: Path) -> list[Path]:
    """Write the XLSForm of a period.

    Raises ProjectError rather than write over anything but such a file.
    """
    ledger = Ledger(project, path.parent, "xlsform")
    return ledger.write({path.name: workbook(project)})


@using(SOURCE)
def workbook(project: Project) -> bytes:
    """The XLSForm; the same questionnaire makes the same bytes."""
    instrument, settings = Instrument.load(project), project.settings
    spoken = _spoken(instrument)
    asked = list(zip(*(_asked(project, code) for code in spoken), strict=True))
    lists = _lists(asked)
    title = f"{_(TITLE)} {project.period} – {settings.name}"
    about = {
        "form_title": title,
        "form_id": "-".join(re.findall("[a-z0-9]+", f"{settings.name} {project.period}".lower())),
        "version": version(instrument),
        "default_language": _name(SOURCE),
        "style": "pages",
    }
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, OPTIONS) as book:
        book.set_properties({"title": title, "created": CREATED})
        _sheet(book, "survey", [_line(question, lists, spoken) for question in asked])
        _sheet(book, "choices", _choices(lists, spoken))
        _sheet(book, "settings", [about])
    return content.getvalue()


def _spoken(instrument: Instrument) -> list[str]:
    """The languages that the questionnaire is in and the program knows, the source's first."""
    known = {code for table in instrument.tables for code in table.title.others}
    return [code for code in languages() if code == SOURCE or code in known]


def _name(code: str) -> str:
    """A language as an XLSForm names it: “Indonesia (id)”."""
    return f"{Locale.parse(code).get_language_name()} ({code})"


def _asked(project: Project, language: str) -> list[Question]:
    """The questionnaire in a language."""
    with using(language):
        return list(questions(Instrument.load(project), register(project), project.settings))


def _lists(asked: Iterable[Sequence[Question]]) -> dict[Options, str]:
    """Every list of choices once: it is called after the first question that offers it."""
    named: dict[Options, str] = {}
    for question in asked:
        if question[0].options:
            named.setdefault(tuple(said.options for said in question), question[0].name)
    return named


def _line(
    question: Sequence[Question], lists: Mapping[Options, str], spoken: Sequence[str]
) -> Line:
    """A question in all languages, by column."""
    first = question[0]
    offered = lists.get(tuple(said.options for said in question), "")
    return {
        "type": f"{first.type} {offered}".strip(),
        "name": first.name,
        **_texts("label", spoken, [said.label for said in question]),
        **_texts("hint", spoken, [said.hint for said in question]),
        "required": "yes" if first.required else "",
        "relevant": first.relevant,
        "constraint": first.constraint,
        **_texts("constraint_message", spoken, [said.message for said in question]),
        "appearance": first.appearance,
        "default": first.default,
        "choice_filter": first.narrowed,
    }


def _choices(lists: Mapping[Options, str], spoken: Sequence[str]) -> list[Line]:
    return [
        {
            "list_name": name,
            "name": option[0].name,
            **_texts("label", spoken, [said.label for said in option]),
            "parent": option[0].parent,
        }
        for options, name in lists.items()
        for option in zip(*options, strict=True)
    ]


def _texts(column: str, spoken: Sequence[str], texts: Sequence[str]) -> Line:
    """A text in each language, in a column of its own."""
    return {
        f"{column}::{_name(code)}": REFERENCE.sub("$ ", text)
        for code, text in zip(spoken, texts, strict=True)
    }


def _sheet(book: xlsxwriter.Workbook, name: str, lines: Sequence[Line]) -> None:
    sheet = book.add_worksheet(name)
    strong, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True})
    sheet.freeze_panes(1, 0)
    for column, heading in enumerate(lines[0]):
        wide = "::" in heading
        sheet.set_column(column, column, WIDE if wide else max(NARROW, len(heading) + 2))
        sheet.write_string(0, column, heading, strong)
        for row, line in enumerate(lines, start=1):
            if line[heading]:
                sheet.write_string(row, column, line[heading], wrapped if wide else None)
