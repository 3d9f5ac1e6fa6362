"""Answers hardly meant, by how they lie beside each other and beside those of other offices."""

import shutil
from functools import cache

import numpy as np
import pytest

from analysis.project import Project
from analysis.stages.evidence import uniform
from analysis.survey.asked.fields import TR, Scale
from analysis.survey.kept import patterns, store
from analysis.survey.kept.ingest import ingest
from analysis.survey.kept.layers import Counted, Kept
from analysis.survey.returned.expected import Expected
from analysis.survey.sent import forms, sample
from analysis.survey.told import letters, wording
from analysis.survey.told.problems import QUESTIONS
from tests.second_city import RAW, ROOT

PROJECT = Project.find(ROOT, "2023")
EXPECTED = Expected.of(PROJECT)
INSTRUMENT, UNITS = EXPECTED.instrument, EXPECTED.units
IDS = [u.id for u in UNITS if u.coordinator == "no"][:8]
FILE = "data/raw/2023/responses/{unit}.xlsx"


@cache
def thinks(unit: str) -> dict:
    """What an office answers in the sample: levels by (row code, field)."""
    said = sample.of(PROJECT, INSTRUMENT, EXPECTED.known[unit], 2023).fill_in(UNITS)
    return {key: value for key, value in said.items() if key[0] in INSTRUMENT.rows}


def levels(unit: str, *tables: str) -> dict:
    """Those of its answers that are levels, of all tables or of some, in the order of the form."""
    return {
        (code, q.name): value
        for table in INSTRUMENT.tables
        if not table.slots and (table.name in tables or not tables)
        for code in table.codes
        for q in table.fields
        if isinstance(q.kind, Scale) and isinstance(value := thinks(unit).get((code, q.name)), int)
    }


def kept(unit: str, answers: dict) -> Kept:
    """What counts of an office; each row stands in the line of its number in the table."""
    places = {c: (t.sheet, n) for t in INSTRUMENT.tables for n, c in enumerate(t.codes, 10)}
    counted = {
        key: Counted(value, (*places[key[0]], 5), FILE.format(unit=unit))
        for key, value in answers.items()
    }
    return Kept(unit, counted, {}, {}, frozenset({FILE.format(unit=unit)}), {}, [])


def asked(offices: dict[str, dict]) -> list[tuple]:
    """The questions that these offices are asked: unit, code, sheet and cell."""
    found = patterns.patterns([kept(u, given) for u, given in offices.items()], EXPECTED)
    return [(p.unit, p.code, p.sheet, p.cell) for p in found]


def table(name: str, field: str, values: list[int]) -> dict:
    codes = INSTRUMENT.table(name).codes
    return {(code, field): value for code, value in zip(codes, values, strict=False)}


STRAIGHT = ("bappeda", "STRAIGHT_LINE", "3 Kesiapan Daerah", "F11")


@pytest.mark.parametrize(
    ("values", "doubted"),
    [
        ([3] * 20, True),
        ([3] * 19, False),  # too few to tell
        ([3] * 18 + [1, 2], True),  # nine of ten
        ([3] * 17 + [1, 2, 4], False),
    ],
)
def test_a_table_answered_nearly_alike_is_asked_about(values, doubted):
    assert asked({"bappeda": table("readiness", "level", values)}) == [STRAIGHT] * doubted


def test_each_column_has_a_line_of_its_own_and_short_ones_have_none():
    importance, rating = table("swot", "importance", [4] * 16), table("swot", "rating", [2] * 16)
    assert [p[1] for p in asked({"bappeda": importance | rating})] == ["STRAIGHT_LINE"]
    short = table("gap", "current", [4] * 18) | table("gap", "importance", [2] * 4)
    assert asked({"bappeda": short}) == []


def test_a_straight_line_is_what_the_coordinators_page_calls_one():
    assert (patterns.NEARLY, patterns.COLUMN) == (uniform.NEARLY, uniform.LEAST)


def gap(current: list[int], target: list[int]) -> dict:
    return table("gap", "current", current) | table("gap", "target", target)


NOW = [1, 2, 3, 4, 5, 1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("given", "doubted"),
    [
        (gap(NOW, NOW), True),
        (gap(NOW[:9], NOW[:9]), False),  # too few to tell
        (gap(NOW, [*NOW[:8], 5, 5]), False),  # one will change
        (gap([*NOW, 2], NOW), True),  # one has no target
    ],
)
def test_targets_that_are_all_as_things_are_now_are_asked_about(given, doubted):
    question = ("bappeda", "TARGETS_AS_NOW", "4 Kesenjangan", "F11")
    assert asked({"bappeda": given}) == [question] * doubted


def copied(cells: int, differing: int) -> dict[str, dict]:
    """Two offices with so many answers in common, of which so many differ."""
    own = dict(list(levels(IDS[0]).items())[:cells])
    other = {
        key: level % 4 + 1 if n < differing else level for n, (key, level) in enumerate(own.items())
    }
    return {IDS[0]: own, IDS[1]: other}


@pytest.mark.parametrize(
    ("cells", "differing", "doubted"),
    [(50, 0, True), (49, 0, False), (100, 5, True), (100, 6, False)],
)
def test_two_offices_with_nearly_the_same_answers_are_asked_once_each(cells, differing, doubted):
    found = [p[:2] for p in asked(copied(cells, differing))]
    assert found == [(unit, "SAME_AS_OTHERS") for unit in IDS[:2]] * doubted


def test_like_straight_lines_are_no_copies():
    keys = list(levels(IDS[0], "future", "external", "gap"))
    for common, doubted in ((91, False), (89, True)):
        line = dict(zip(keys, [3] * common + [1] * (100 - common), strict=False))
        found = asked(dict.fromkeys(IDS[:2], line))
        assert ("SAME_AS_OTHERS" in {code for _unit, code, *_at in found}) == doubted


def test_a_row_that_does_not_apply_is_no_level():
    own = levels(IDS[0], "readiness")
    out = dict.fromkeys(own, TR)
    assert asked({IDS[0]: out, IDS[1]: out}) == []


def turned(items: int, others: int, values: list[int]) -> list[tuple]:
    """Offices that agree on `items`, and one that answers these values."""
    usual = table("readiness", "level", [1, 2, 3, 4, 5] * 6)
    usual = dict(list(usual.items())[:items])
    noise = {
        unit: {key: max(1, level - (n + row) % 2) for row, (key, level) in enumerate(usual.items())}
        for n, unit in enumerate(IDS[1 : 1 + others])
    }
    own = dict(zip(usual, values, strict=False))
    found = asked(noise | {"bappeda": own})
    return [p for p in found if p[1] == "SCALE_TURNED"]


TURNED = [5, 4, 3, 2, 1] * 6
QUESTION = ("bappeda", "SCALE_TURNED", "3 Kesiapan Daerah", "F11")


@pytest.mark.parametrize(
    ("items", "others", "values", "doubted"),
    [
        (15, 5, TURNED, True),
        (14, 5, TURNED, False),  # too few items
        (15, 4, TURNED, False),  # too few others
        (15, 5, TURNED[::-1], False),  # the same way
        (15, 5, [3] * 15, False),  # no way at all
        (27, 5, [5, 2, 3, 4, 1] * 3 + [1, 2, 3, 4, 5] * 3, False),  # weakly against
        (15, 5, [5, 4, 3, 2, 1] * 2 + [4, 3, 3, 3, 3], True),
        (15, 5, [5, 4, 3, 2, 1] * 2 + [1, 2, 3, 4, 5], False),  # r = -0.4
    ],
)
def test_a_scale_turned_round_is_asked_about(items, others, values, doubted):
    assert turned(items, others, values) == [QUESTION] * doubted


@pytest.mark.parametrize(("other_opinion", "doubted"), [(2, True), (3, False)])
def test_where_more_than_a_fifth_turn_a_scale_round_offices_are_of_two_opinions(
    other_opinion, doubted
):
    rising = table("readiness", "level", [1, 2, 3, 4, 5] * 3)
    falling = {key: 6 - level for key, level in rising.items()}
    units = [u.id for u in UNITS if u.coordinator == "no"][:10]
    said = {u: falling if n < other_opinion else rising for n, u in enumerate(units)}
    found = [p[0] for p in asked(said) if p[1] == "SCALE_TURNED"]
    assert found == units[:other_opinion] * doubted


@pytest.mark.parametrize(
    ("cells", "agreed", "doubted"),
    [(15, 1, True), (15, 2, False), (60, 13, True), (60, 16, False)],
)
def test_how_surely_and_how_far_a_scale_must_be_turned(cells, agreed, doubted):
    """The correlation at 15 cells is -0.75 and -0.70 (p > .001), at 60 cells -0.57 and -0.43."""
    usual = np.tile([1, 2, 4, 5, 3], cells // 5)
    own = 6 - usual
    own[:agreed] = usual[:agreed]
    readiness = INSTRUMENT.table("readiness")
    keys = [(code, q) for q in ("level", "x", "y") for code in readiness.codes][:cells]
    scaled = patterns.Scaled(readiness, readiness.scale("level"), ["Tingkat"], keys)
    offices = [kept(unit, dict.fromkeys(keys, 1)) for unit in IDS[:6]]
    found = patterns._turned(offices, np.array([own, *[usual] * 5]), scaled)
    assert [p.unit for p in found] == IDS[:1] * doubted


def test_how_far_pairs_lie_apart_says_nothing_without_their_sides():
    strengths = table("pairs", "strength", [1, 3, 5, 7, 9] * 3)
    turned_round = {key: 10 - level for key, level in strengths.items()}
    assert asked(dict.fromkeys(IDS[1:7], strengths) | {IDS[0]: turned_round}) == []


def test_the_median_of_others_leaves_out_the_own_answer():
    answers = np.array([[1, 5], [2, -1], [4, 3], [4, -1]])
    medians, others = patterns._medians_of_others(answers, Scale(1, 5, {}))
    assert medians[:, 0].tolist() == [4, 4, 2, 2] and others[:, 0].tolist() == [3, 3, 3, 3]
    assert medians[[0, 2], 1].tolist() == [3, 5] and others[:, 1].tolist() == [1, 2, 1, 2]


@pytest.fixture(scope="module")
def odd(tmp_path_factory) -> Project:
    """A city in which one office copied another, one drew lines, one turned a scale round."""
    project = Project(tmp_path_factory.mktemp("kota") / "siantar")
    ignored = shutil.ignore_patterns("2024", "sample", "responses")
    shutil.copytree(RAW, project.raw, ignore=ignored)
    said = {unit: dict(thinks(unit)) for unit in IDS}
    said[IDS[1]] = dict(said[IDS[0]])
    lines = dict.fromkeys(levels(IDS[2], "readiness"), 4)
    said[IDS[2]] |= lines | {(code, "target"): level for (code, name), level in
                             levels(IDS[2], "gap").items() if name == "current"}  # fmt: skip
    round_ = {key: 6 - level for key, level in levels(IDS[3], "future").items()}
    said[IDS[3]] |= {key: level for key, level in round_.items() if key[1] == "uncertainty"}
    folder = project.responses
    folder.mkdir(parents=True)
    for unit, answers in said.items():
        content = forms.workbook(
            EXPECTED.known[unit], INSTRUMENT, PROJECT.settings,
            units=UNITS, period="2023", answers=answers,
        )  # fmt: skip
        (folder / f"{unit}.xlsx").write_bytes(content)
    return project


def test_a_whole_city_is_asked_what_is_odd_and_no_more(odd):
    tables = ingest(odd)
    found = wording.said(tables["problems"])
    found = found[found["code"].isin(QUESTIONS)]
    assert list(zip(found["unit"], found["code"], strict=True)) == [
        (IDS[0], "SAME_AS_OTHERS"),
        (IDS[1], "SAME_AS_OTHERS"),
        (IDS[2], "STRAIGHT_LINE"),
        (IDS[2], "TARGETS_AS_NOW"),
        (IDS[3], "SCALE_TURNED"),
    ]
    assert found["sheet"].notna().all() and found["cell"].notna().all()
    assert (found["severity"] == "warning").all() and found["for_unit"].all()
    told = dict(zip(found["unit"], found["message"], strict=True))
    assert EXPECTED.known[IDS[1]].name in told[IDS[0]]
    assert EXPECTED.known[IDS[0]].name in told[IDS[1]]
    assert "20 jawaban pada kolom Ketidakpastian berlawanan arah" in told[IDS[3]]
    assert told[IDS[3]].endswith("memang 1 = sangat pasti dan 5 = sangat tidak pasti?")
    sent = letters.letters(tables["problems"], tables["sources"], UNITS, "2023")
    assert "sama dengan jawaban perangkat daerah lain" in sent[IDS[0]]
    assert EXPECTED.known[IDS[1]].name not in sent[IDS[0]]
    store.save(odd, tables)
    public = store.load(root=str(odd.root)).problems.query("code == 'SAME_AS_OTHERS'")
    assert public["message"].str.contains("jawaban perangkat daerah lain").all()
