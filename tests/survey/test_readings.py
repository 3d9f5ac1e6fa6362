"""Readings kept as data: the way there and back is exact, and nobody else's are taken."""

import os
import pickle
import sys
from collections import Counter
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import seal
from analysis.project import Project
from analysis.survey.kept.ingest import ingest
from analysis.survey.returned import folder, plain
from analysis.survey.returned.expected import Expected
from analysis.survey.returned.reader import Reader
from analysis.survey.returned.reading import examine
from analysis.survey.returned.readings import Readings
from analysis.survey.returned.response import Answer, Line, Response, remark
from analysis.survey.returned.workbook import Cell, Fault, Unreadable, Workbook
from analysis.survey.sent import sample
from analysis.survey.told.problems import Code
from tests.second_city import RAW, ROOT

MOMENTS = st.datetimes() | st.datetimes(timezones=st.just(UTC))
VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.dates(), st.timedeltas(),
    MOMENTS.map(lambda when: when.replace(fold=0)), st.times().map(lambda t: t.replace(fold=0)),
    st.text(), st.text().map(Fault),
    st.text(st.characters(categories=["Cs", "Cc", "Cf"])),
)  # fmt: skip
TEXTS, NUMBERS = st.text(max_size=5), st.integers(0, 2**20)
PLACES = st.none() | st.tuples(TEXTS, NUMBERS, NUMBERS)
ANSWERS = st.dictionaries(st.tuples(TEXTS, TEXTS), st.builds(Answer, VALUES, PLACES), max_size=3)
LINES = st.builds(Line, TEXTS, NUMBERS, NUMBERS, st.lists(st.tuples(TEXTS, NUMBERS)).map(tuple))
REMARKS = st.builds(
    lambda code, value, about, cell: remark(code, cell, about, second=value, cells=["A1", "B2"]),
    st.sampled_from(Code), VALUES, st.none() | st.tuples(TEXTS, TEXTS),
    st.none() | st.builds(Cell, TEXTS, NUMBERS, st.integers(0, 99), st.floats() | st.dates()),
)  # fmt: skip
COUNTS = st.dictionaries(TEXTS, NUMBERS, max_size=3).map(Counter)
RESPONSES = st.builds(
    Response, TEXTS, TEXTS, st.none() | TEXTS, st.none() | TEXTS, NUMBERS, st.booleans(), TEXTS,
    TEXTS, ANSWERS, ANSWERS, st.dictionaries(TEXTS, LINES, max_size=3),
    st.lists(REMARKS, max_size=2).map(tuple),
    st.dictionaries(st.sampled_from(Code), NUMBERS, max_size=2), NUMBERS, COUNTS,
)  # fmt: skip


def exactly(value: object) -> object:
    """A value with the types of all its parts, to be compared."""
    kind = type(value)
    if isinstance(value, Unreadable):
        return kind, exactly(vars(value))
    if is_dataclass(value):
        return kind, [exactly(getattr(value, field.name)) for field in fields(value)]
    if isinstance(value, dict):
        return kind, [(exactly(name), exactly(part)) for name, part in value.items()]
    if isinstance(value, list | tuple):
        return kind, [exactly(part) for part in value]
    return kind, repr(value), str(value)


@settings(max_examples=40)
@given(st.lists(RESPONSES, max_size=2))
def test_what_a_workbook_says_comes_back_exactly(responses):
    assert exactly(plain.responses(plain.of_responses(responses))) == exactly(responses)


def book(cells: list, value: object) -> Workbook:
    ranges, notes = [(0, 1, 2, 3)], [(0, 1, "catatan"), (2, 3, "")]
    remarks = [(Code.CHANGING, {"count": 3}), (Code.MACROS, {})]
    formats = {"a": {(0, 1): "0,00"}, "b": {}}
    return Workbook("ab", {"a": cells}, {"a": ranges}, {"a": notes}, {}, formats, remarks, value)


@settings(max_examples=40)
@given(st.lists(st.tuples(NUMBERS, NUMBERS, VALUES), max_size=4), st.sampled_from(["", ",", None]))
def test_what_was_found_in_a_file_comes_back_exactly(cells, decimal):
    bad = Unreadable(Code.TOO_LARGE, "ab", what="9 MB")
    found = [folder.Source("a/b.xlsx", book(cells, decimal)), folder.Source("", bad)]
    written = plain.of_sources(found)
    assert b"\n" not in written  # one line each, by which the reader's answers are told apart
    assert exactly(plain.sources(written)) == exactly(found)


def test_a_value_of_another_type_is_refused():
    with pytest.raises(KeyError):
        plain.of_responses([Response("a", answers={("a", "b"): Answer(Path(), None)})])


def test_real_workbooks_come_back_exactly():
    project = Project(ROOT, asked="2023")
    expected = Expected.of(project)
    for path in sorted((RAW / "2023" / "sample").glob("*.xlsx"))[::5]:
        found = folder.sources(path)
        assert exactly(plain.sources(plain.of_sources(found))) == exactly(found)
        said = examine(found, path.name, expected)
        assert len(said[0].answers) > 50
        assert exactly(plain.responses(plain.of_responses(said))) == exactly(said)


@pytest.fixture
def known(city) -> tuple[Project, Path, str]:
    """The small city whose workbooks have been read; one of them, and how it is called."""
    sample.write(city, 1)
    ingest(city)
    path = city.sample / "2023-kominfo.xlsx"
    return city, path, path.relative_to(city.root).as_posix()


def of(known) -> list[Response] | None:
    city, path, file = known
    return Readings(city).of(path, file)


class Bomb:
    def __reduce__(self):
        return Path("meledak").touch, ()


def test_a_pickle_in_the_place_of_a_reading_runs_nothing(known, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert of(known)
    for kept in (known[0].processed / "readings").iterdir():
        kept.write_bytes(pickle.dumps(Bomb()))
    ingest(known[0])
    assert not Path("meledak").exists()
    assert of(known)  # read anew, and kept


def test_a_reading_that_another_user_sealed_is_none(known, monkeypatch):
    assert of(known)
    monkeypatch.setattr(seal, "_key", lambda: b"x" * seal.SIZE)
    assert of(known) is None


def test_a_reading_in_the_place_of_another_is_none(known):
    one, other, _third = sorted((known[0].processed / "readings").iterdir())
    first, second = one.read_bytes(), other.read_bytes()
    one.write_bytes(second), other.write_bytes(first)
    readings = Readings(known[0])
    paths = folder.files(known[0].sample)
    found = [readings.of(p, p.relative_to(known[0].root).as_posix()) for p in paths]
    assert found.count(None) == 2 and len(found) == 3


@pytest.mark.parametrize("part", [slice(-1), slice(0), slice(66, None), slice(1, None)])
def test_a_damaged_reading_is_none(known, part):
    for kept in (known[0].processed / "readings").iterdir():
        kept.write_bytes(kept.read_bytes()[part])
    assert of(known) is None


def test_a_sealed_reading_of_another_shape_is_none(known):
    for kept in (known[0].processed / "readings").iterdir():
        written = b'[{"file": "a", "lain": 1}]'
        sealed = seal.of(kept.name.encode() + b"\n" + written)
        kept.write_bytes(sealed.encode() + b"\n" + written)
    assert of(known) is None


def test_no_reader_starts_where_nothing_is_to_be_read(known, monkeypatch):
    before = ingest(known[0])
    monkeypatch.setattr(sys, "executable", os.devnull)
    with pytest.raises(PermissionError), Reader():
        pass
    again = ingest(known[0])
    assert all(again[name].equals(table) for name, table in before.items())


def test_dates_times_and_spans_are_told_apart():
    values = [date(2023, 5, 4), datetime(2023, 5, 4), time(1), timedelta(1), 1, 1.0, True, "1"]
    answers = {("a", str(n)): Answer(value, None) for n, value in enumerate(values)}
    [back] = plain.responses(plain.of_responses([Response("a", answers=answers)]))
    assert [exactly(a.value) for a in back.answers.values()] == [exactly(v) for v in values]
