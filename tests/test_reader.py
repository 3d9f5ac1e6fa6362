"""The reader test on finished pages: every page of the sample's edition, as it was published.

`make test` reads the Indonesian edition, `make test-long` the English one as well.
"""

import csv
import json
import os
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from analysis.exhibits import MIME, NARROW_SVG
from analysis.levels import WORDS
from analysis.survey.asked import actions
from tests.drawn import written
from tests.second_city import RAW, run
from tests.stages.reading import faults

FINDING = (
    ".lead, .findings > ul > li, .findings > ol:first-of-type > li, ul.findings > li, .finding"
)
LANGUAGES = ["id", "en"] if os.environ.get("MASTERPLAN_LONG") else ["id"]


@dataclass(frozen=True)
class Edition:
    """The pages of an edition in one language, and the folder of its executed notebooks."""

    language: str
    pages: dict[str, BeautifulSoup]
    executed: Path


@pytest.fixture(scope="module", params=LANGUAGES)
def edition(siantar, request) -> Edition:
    whole = siantar.reports
    public, internal = whole, whole / "internal"
    if request.param == "en":
        public, internal = whole / "en", internal / "en"
        if not public.is_dir():
            run(siantar, "--lang", "en")
    found = [*public.glob("*.html"), *public.glob("units/*.html"), *internal.glob("*.html")]
    pages = {
        path.relative_to(whole).as_posix(): BeautifulSoup(path.read_text("utf-8"), "html.parser")
        for path in sorted(found)
    }
    assert len(pages) == 48
    return Edition(request.param, pages, internal / "notebooks")


def headline(finding: Tag) -> str:
    """What stands before the chip."""
    before = finding.select_one("b.chip").previous_siblings
    return " ".join(str(part) for part in reversed(list(before))).strip()


def test_a_headline_can_be_repeated_and_says_how_sure_it_is(edition):
    read = 0
    for name, page in edition.pages.items():
        for finding in page.select(FINDING):
            [chip] = [c for c in finding.select("b.chip") if c.parent == finding]
            assert chip["class"][1] in WORDS, name
            assert faults(headline(finding), edition.language) == [], name
            read += 1
    assert read > 150


def test_every_page_that_has_answers_says_what_to_know(edition):
    silent = [name for name, page in edition.pages.items() if not page.select(FINDING)]
    assert [Path(name).name for name in silent] == ["changes.html", "index.html"]
    assert "internal" in silent[0]


def test_every_stage_says_who_does_what_by_when(edition):
    said = {f"{row['unit']} {row['verb']}, {row['horizon']}." for row in proposed(edition.language)}
    stages = [name for name in edition.pages if re.match(r"0[0-7]-", Path(name).name)]
    assert len(stages) == 8
    for name in stages:
        told = [p.get_text() for p in edition.pages[name].select(".findings .action")]
        done = [text.split(": ", 1)[1].strip() for text in told]
        assert done and len(set(done)) == len(done) and set(done) <= said, name


def proposed(language: str) -> list[dict[str, str]]:
    """The rows of the sample's actions, with units by their short names."""
    with (RAW / "2023" / "units.csv").open(encoding="utf-8", newline="") as file:
        short = {unit["id"]: unit["short"] for unit in csv.DictReader(file)}
    end = "" if language == "id" else f"_{language}"
    with (RAW / "2024" / actions.NAME).open(encoding="utf-8", newline="") as file:
        return [
            {"unit": short[row["unit"]]} | {c: row[c + end] for c in ("verb", "horizon")}
            for row in csv.DictReader(file)
        ]


def test_the_subject_of_every_title_stands_in_the_view_of_a_phone(edition):
    """Whom or what a chart's title names stands in its narrow picture, whole and inside."""
    named = 0
    for path in sorted(edition.executed.rglob("*.ipynb")):
        for cell in json.loads(path.read_text("utf-8"))["cells"]:
            for data in (o["data"] for o in cell.get("outputs", ()) if "data" in o):
                if NARROW_SVG not in data:
                    continue
                (width, _height), texts = written(data[NARROW_SVG])
                assert all(x0 >= -0.6 and x1 <= width + 0.6 for _t, _s, (x0, _y, x1, _b) in texts)
                shown = " ".join(text for text, _size, _box in texts).casefold()
                for subject in subjects(data[MIME]):
                    assert subject.casefold() in shown, (path.name, subject)
                    named += 1
    assert named > 20


def subjects(content: dict) -> set[str]:
    """The names in a chart's rows that its title says."""
    names = {
        value
        for row in content["rows"]
        for value, column in zip(row, content["columns"], strict=True)
        if column["format"] == "text" and value and len(value) > 3
    }
    return {name for name in names if re.search(rf"\b{re.escape(name)}\b", content["title"])}
