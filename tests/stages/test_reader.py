"""The reader test: what stands first on every page, read as people do who read nothing else.

Every stage of the sample, the coordinator's page, the summary, a profile and the comparison of
cities, in both languages.
"""

import csv
import re
from dataclasses import dataclass
from functools import cache

import pandas as pd
import pytest

from analysis import stages, text
from analysis.levels import WORDS
from analysis.stages import coordination
from analysis.stages.evidence.finding import Finding
from analysis.stages.whole import cities, profile, summary
from analysis.survey.asked import actions
from analysis.survey.kept import store
from tests.second_city import RAW
from tests.stages import hard
from tests.stages.reading import faults

STAGES = [module.of.name for module in stages.ALL]
PARTS = [*STAGES, "coordination", "summary", "profile", "cities"]
LANGUAGES = text.languages()


@dataclass(frozen=True)
class Page:
    """What a page says: its findings, those about quality, and the actions of its stage."""

    findings: list[Finding]
    quality: list[Finding]
    others: list[str]
    proposed: pd.DataFrame
    items: set[str]


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    """What the page `name` says of the sample in a language, each worked out once."""
    root = str(hard.sample(tmp_path_factory.mktemp("reader") / "kota").project.root)

    @cache
    def survey(language: str) -> store.Survey:
        return store.load(root=root, language=language)

    @cache
    def page(name: str, language: str) -> Page:
        with text.using(language):
            asked = survey(language)
            made = {
                "coordination": lambda: coordination.Coordination(asked),
                "summary": lambda: summary.of(asked),
                "profile": lambda: profile.of(asked),
                "cities": lambda: cities.of({"Kota A": asked, "Kota B": asked}),
                **{module.of.name: lambda of=module.of: of(asked) for module in stages.ALL},
            }[name]()
            figures = [text for f in made.key_figures for text in (f["label"], f["detail"])]
            titles = list(getattr(made, "titles", {}).values())
            return Page(
                made.findings,
                getattr(made, "quality", []),
                [*titles, *figures],
                asked.actions[asked.actions["stage"] == name],
                items(asked, getattr(made, "tables", ()), name),
            )

    return page


def items(survey: store.Survey, tables: tuple[str, ...], name: str) -> set[str]:
    """What a stage may propose something about: its tables, and all ids that stand in them."""
    if name == "participation":
        return {table.name for table in survey.instrument.tables}
    own = {table.name for table in survey.instrument.tables} & {name}
    tables = tables or tuple(own)
    answers = [survey.answers(table) for table in tables]
    ids = [
        set(table[c].dropna()) for table in answers for c in table.select_dtypes(exclude="number")
    ]
    return set(tables).union(*ids)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PARTS)
def test_a_headline_can_be_repeated(read, name, language):
    page = read(name, language)
    said = [*page.findings, *page.quality]
    assert page.findings
    assert {f.headline: hits for f in said if (hits := faults(f.headline, language))} == {}
    assert {f.level for f in said} <= set(WORDS)


@pytest.mark.parametrize("name", PARTS)
def test_what_people_should_know_is_little(read, name):
    assert len(read(name, "id").findings) <= (10 if name == "summary" else 5)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", STAGES)
def test_every_stage_says_who_should_do_what_by_when(read, name, language):
    page = read(name, language)
    done = [f.action for f in page.findings if f.action]
    assert done and len(set(done)) == len(done)
    assert set(done) <= set(page.proposed["action"])


@pytest.mark.parametrize("name", STAGES)
def test_every_proposal_is_about_something_of_its_stage(read, name):
    page = read(name, "id")
    assert len(page.proposed) and set(page.proposed["item"]) <= page.items


def rows(name: str) -> list[dict[str, str]]:
    with (RAW / "2023" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_proposal_names_a_registered_unit_and_a_horizon(read):
    short = {unit["id"]: unit["short"] for unit in rows("units.csv")}
    for language, end in (("id", ""), ("en", "_en")):
        said = set(pd.concat([read(name, language).proposed for name in STAGES])["action"])
        told = {
            f"{short[row['unit']]} {row['verb' + end]}, {row['horizon' + end]}."
            for row in rows(actions.NAME)
        }
        assert said == told


def test_no_two_proposals_are_alike():
    for end in ("", "_en"):
        done = [row["verb" + end] for row in rows(actions.NAME)]
        assert len(set(done)) == len(done)


@pytest.mark.parametrize("name", PARTS)
def test_offices_are_called_perangkat_daerah(read, name):
    page = read(name, "id")
    found = [*page.findings, *page.quality]
    said = [*page.others, *(words for f in found for words in (f.headline, f.detail))]
    strange = re.compile(
        r"\b[Uu]nit\b|\b[Bb]uku kerja\b|\bsel wajib\b|\bTB\b|\bPD\b|\d\.\d{3} juta"
    )
    assert [t for t in said if strange.search(t)] == []
