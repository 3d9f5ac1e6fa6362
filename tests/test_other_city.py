"""A questionnaire of other groups, scales, elements, tables and languages needs no other code."""

import json
from html.parser import HTMLParser

import openpyxl
import pandas as pd
import pytest
from babel.messages import pofile
from docx import Document

from analysis import columns
from analysis.project import Project
from analysis.stages import gap, lacking, unread
from analysis.survey.asked.instrument import Instrument
from analysis.survey.kept import store
from tests import other_city as other
from tests.second_city import ROOT

ABSENT = "distrik-selatan"
PAGES = ("03-readiness", "04-gap", "08-summary", "questions/warga", "index")
SAID_IN = {"th", "td", "h1", "h2", "h3", "a", "caption", "summary", "label", "dt", "dd"}


@pytest.fixture(scope="module")
def city(tmp_path_factory) -> Project:
    """The city after `forms`, `sample`, `check`, `run` and `book` in its third language."""
    folder = tmp_path_factory.mktemp("lain")
    made, program = other.built(folder / "kota"), other.package(folder / "program")

    def command(*arguments: str) -> str:
        done = other.command(made, program, *arguments)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    command("forms", "--out", str(folder / "formulir"))
    command("sample")
    (made.sample / f"{other.PERIOD}-{ABSENT}.xlsx").unlink()
    (folder / "masalah.json").write_text(command("check", "--json"))
    names = "participation", "readiness", "gap", "summary", "questions"
    command("run", "--lang", other.LANGUAGE, "-j", "2", *names)
    command("book", "--lang", other.LANGUAGE)
    return made


def public(city: Project, page: str) -> str:
    return (city.reports / other.LANGUAGE / f"{page}.html").read_text("utf-8")


def test_forms_ask_on_its_scales_for_its_elements_in_its_tables(city):
    path = city.root.parent / "formulir" / f"{other.PERIOD}-upt-pasar.xlsx"
    book = openpyxl.load_workbook(path)
    rules = book["4 Kesenjangan"].data_validations.dataValidation
    assert '"1,2,3,4,5,6,7,TR"' in {rule.formula1 for rule in rules}
    said = {str(c.value) for sheet in book for row in sheet.iter_rows() for c in row if c.value}
    heads = {text.partition("\n")[0] for text in said}
    assert set(other.ELEMENTS) <= heads and "8 Warga" in book.sheetnames
    assert not any(other.MARK in text for text in said)  # forms are in the source language


def test_its_answers_come_back_without_a_problem_but_blank_cells(city):
    told = json.loads((city.root.parent / "masalah.json").read_text())
    assert {problem["code"] for problem in told} <= {"BLANK_CELLS", "MISSING_UNIT"}


def test_each_stage_has_what_it_needs_and_one_table_is_read_by_none(city):
    instrument = Instrument.load(city)
    assert lacking(instrument) == {} and unread(instrument) == ["warga"]


def test_bounds_are_those_of_a_scale_of_seven_levels(city):
    """Who is absent may stand six levels below their target, or above it: not four."""
    stage = gap.of(store.load(root=str(city.root)))
    ends = next(c.bounds for c in stage.comparisons if c.kind == gap.figures.ITEM)
    given = stage.answers.dropna(subset="gap")
    answers = pd.read_parquet(city.processed / "gap.parquet")
    for item, part in given.groupby("item"):
        applies = len(other.UNITS) - int(answers.loc[answers["item"] == item, "tb"].sum())
        missing, total = applies - len(part), part["gap"].sum()
        assert missing >= 1
        worst, best = ((total + missing * end) / applies for end in (-6, 6))
        assert ends.loc[item, "worst"] == pytest.approx(worst)
        assert ends.loc[item, "best"] == pytest.approx(best)
    assert answers["current"].max() > 5


@pytest.mark.parametrize("page", PAGES)
def test_no_text_stands_in_another_language(city, page):
    """Neither the city's own texts in the source language, nor the program's in either."""
    said = Cells(public(city, page)).texts
    assert sum(other.MARK in text for text in said) > 10
    with (ROOT / "src/analysis/locale/en/LC_MESSAGES/masterplan.po").open("rb") as file:
        messages = [m for m in pofile.read_po(file) if m.id]
    foreign = {str(m.id) for m in messages} | {str(m.string) for m in messages} | own(city)
    assert said & {text for text in foreign if any(c.isalpha() for c in text)} - SAME == set()


SAME = {"n", "SPBE", "SWOT", "confidence", "language", "table", "earlier", "Quick Win", ".xlsx"}
"""What reads the same in every language: abbreviations, and names of parameters."""


def own(city: Project) -> set[str]:
    """The city's texts and the headings of results, in the source language."""
    instrument = Instrument.load(city)
    found = {*instrument.categories["name"], *instrument.categories["short"]}
    for table in instrument.tables:
        found |= {table.title, *(f.title for f in table.fields)}
        found |= set() if table.slots else set(table.names.values())
        found |= {label for f in table.scaled for label in f.kind.labels.values()}
    found |= {predicate.name for predicate in city.settings.predicates}
    found |= {index.title for index in instrument.indices.values()}
    return {str(text) for text in found} | {c.heading for c in columns.declared().values()}


class Cells(HTMLParser):
    """The texts of a page's cells, headings and links, each as a whole."""

    def __init__(self, page: str):
        super().__init__()
        self.texts: set[str] = set()
        self._open: list[tuple[str, list[str]]] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        if tag in SAID_IN:
            self._open.append((tag, []))

    def handle_data(self, data):
        for _tag, parts in self._open:
            parts.append(data)

    def handle_endtag(self, tag):
        if self._open and self._open[-1][0] == tag:
            self.texts.add(" ".join("".join(self._open.pop()[1]).split()))


def test_the_index_lists_the_table_that_no_stage_reads_after_the_stages(city):
    index = public(city, "index")
    assert index.index("04-gap.html") < index.index("questions/warga.html")
    page = public(city, "questions/warga")
    assert all(f"{name}{other.MARK}" in page for name in other.ASKED)
    assert f"Distrik{other.MARK}" in page and f"{other.LEVELS[-1]}{other.MARK}" in page


def test_its_book_is_in_its_language(city):
    path = city.reports / other.LANGUAGE / "buku-1.docx"
    paragraphs = Document(str(path)).paragraphs
    heads = [p.text for p in paragraphs if p.style.name.startswith("Heading")]
    assert len(heads) > 20 and all(other.MARK in head for head in heads)
