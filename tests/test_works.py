"""Works are cited in short on pages and in full in the book, from one table of data."""

import re
from pathlib import Path

import nbformat
import pytest

from analysis import bibliography, text
from analysis.works import WORKS, Work

ROOT = Path(__file__).parents[1]
METHODS = ROOT / "docs" / "methods.md"


def full(work: Work) -> str:
    return "".join(f"*{part}*" if italic else part for part, italic in work.entry)


def test_an_article_a_book_and_a_chapter_in_full():
    assert full(WORKS["student1908"]) == (
        "Student (1908). The probable error of a mean. *Biometrika, 6*(1), 1–25."
    )
    assert full(WORKS["nunnally1994"]) == (
        "Nunnally, J. C., dan Bernstein, I. H. (1994). *Psychometric Theory* (edisi ke-3). "
        "McGraw-Hill."
    )
    assert full(WORKS["wothke1993"]).endswith(
        "modeling. Dalam K. A. Bollen dan J. S. Long (ed.), *Testing Structural Equation Models* "
        "(hlm. 256–293). Sage."
    )
    assert "best? *The Annals" in full(WORKS["gutmann1987"])


def test_a_regulation_goes_by_its_own_name_and_many_authors_by_the_first():
    assert WORKS["panrb2020"].short == "Permen PANRB 59/2020"
    assert WORKS["kim2019"].short == "Kim dkk. (2019), Social Science Computer Review 37, 214–233"
    assert WORKS["hwang1981"].short == "Hwang dan Yoon (1981), Multiple Attribute Decision Making"


def test_pages_tell_of_each_method_the_works_that_it_cites():
    [told] = bibliography.described(["alpha"])
    assert told["source"].split("; ") == [
        WORKS[key].short for key in ("cronbach1951", "feldt1987", "wothke1993")
    ]


@pytest.mark.parametrize("key", sorted(WORKS))
def test_what_is_known_of_a_work_is_whole(key):
    work = WORKS[key]
    assert key.endswith(str(work.year))
    assert bool(work.within) == bool(work.pages), "an article or a chapter has pages, a book none"
    assert not work.volume or work.within
    assert work.volume or work.publisher or work.cited
    surname = work.authors[0].partition(",")[0]
    assert work.cited or surname in METHODS.read_text("utf-8")


def test_no_work_is_left_over():
    cited = {work for method in bibliography.METHODS.values() for work in method.works}
    assert set(WORKS) - cited == {"perpres2018"}  # the introduction's


@pytest.mark.parametrize(
    "path", sorted((ROOT / "notebooks").rglob("*.ipynb")), ids=lambda p: p.stem
)
def test_what_the_prose_of_notebooks_cites_is_a_work(path):
    prose = [c.source for c in nbformat.read(path, 4).cells if c.cell_type == "markdown"]
    cited = re.findall(r"([A-Z][\w-]+),? \(?((?:19|20)\d\d)\)", " ".join("".join(prose).split()))
    known = {(a.partition(",")[0], str(w.year)) for w in WORKS.values() for a in w.authors}
    assert set(cited) - known == set()


def test_another_language_has_its_own_words_between_the_names():
    with text.using("en"):
        assert WORKS["efron1993"].short.startswith("Efron and Tibshirani (1993)")
