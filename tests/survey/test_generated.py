"""Whatever stands in the cells, wherever rows and columns are: nothing raised, nothing lost."""

from contextlib import suppress

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.project import Project
from analysis.survey.returned import matching, response
from analysis.survey.returned.answers import TR, understand
from analysis.survey.returned.expected import Expected
from analysis.survey.returned.workbook import Cell, Fault, Misread, Workbook, clean
from tests.second_city import RAW

EXPECTED = Expected.of(Project(RAW.parent.parent, asked="2023"))
INSTRUMENT = EXPECTED.instrument
IDENTITY = [(0, 0, "ID unit"), (0, 1, "bappeda"), (1, 0, "Kode kota"), (1, 1, "1273")]
IDENTITY += [(2, 0, "Periode"), (2, 1, "2023")]

text = st.text(st.characters(), max_size=40).map(clean).filter(str.strip)
spoken = st.sampled_from(
    ["TB", "-", "n/a", "4 - Baik", "4,5", "empat", "IV", "v", "✓", "3/4", "Kode", "Dampak", "KS01"]
    + ["MD01", "md 02", "ID unit", "bappeda", "#REF!", "Tingkat (1–5)", "1.500", "12 bulan", "A"]
)
value = st.one_of(
    text,
    spoken,
    st.integers(-10, 10),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
    st.sampled_from([Fault("#N/A"), Fault("=A1")]),
)
answerable = [(t, f) for t in INSTRUMENT.tables for f in t.fields]


def workbook(*sheets: list[tuple[int, int, object]]) -> Workbook:
    named = {f"Lembar {n}": sorted(sheet, key=lambda c: c[:2]) for n, sheet in enumerate(sheets)}
    lying = {name: [(0, 0, "catatan"), (9, 9, "lagi")] for name in named}
    return Workbook("0" * 64, {"Identitas": IDENTITY} | named, comments=lying, drawn=lying)


def accounted(read: response.Response) -> int:
    return sum(a.place is not None for a in read.answers.values()) + sum(read.tally.values())


@given(st.sampled_from(answerable), value)
@settings(max_examples=400, deadline=None)
def test_any_value_is_understood_or_named(asked, value):
    _table, question = asked
    cell = Cell("A", 0, 0, value)
    with suppress(Misread):
        assert isinstance(understand(cell, question, INSTRUMENT), int | float | str)


@given(st.dictionaries(st.tuples(st.integers(0, 30), st.integers(0, 12)), value, max_size=80))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_cells_anywhere_always_add_up(cells):
    book = workbook([(*at, v) for at, v in cells.items() if str(v).strip()])
    read = matching.read(book, "a.xlsx", EXPECTED)
    assert read.unit == "bappeda"
    assert accounted(read) == read.size == book.size


@st.composite
def filled_tables(draw):
    """A table filled in, its rows and columns in any order, with columns of others between."""
    table = draw(st.sampled_from([t for t in INSTRUMENT.tables if t.tb and not t.owned]))
    codes = draw(st.permutations(table.codes))
    columns = draw(st.permutations(["Kode", *(f.title for f in table.fields), "Pernyataan", ""]))
    answers = {}
    for code in codes:
        if draw(st.integers(0, 9)) == 0:
            answers[code, table.required[0].name] = TR
            continue
        for question in table.required:
            if draw(st.booleans()):
                kind = question.kind
                if hasattr(kind, "low"):
                    answers[code, question.name] = draw(st.integers(kind.low, kind.high))
                else:
                    options = list(INSTRUMENT.scheme(kind.scheme).index)
                    answers[code, question.name] = draw(st.sampled_from(options))
    return table, codes, columns, answers


@given(filled_tables(), st.integers(0, 5), st.integers(0, 4), st.data())
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_valid_answer_is_lost_in_any_order(filled, top, left, data):
    table, codes, columns, answers = filled
    fields = {f.title: f.name for f in table.fields}
    cells = [(top, left + n, title) for n, title in enumerate(columns) if title]
    for row, code in enumerate(codes, start=top + 1):
        for column, title in enumerate(columns, start=left):
            if title == "Kode":
                cells.append((row, column, code))
            elif (given := answers.get((code, fields.get(title)))) is not None:
                cells.append((row, column, data.draw(typed(given))))
    book = workbook(cells)
    read = matching.read(book, "a.xlsx", EXPECTED)
    told = {key: a.value for key, a in read.answers.items() if a.place}
    assert told == answers
    assert {p.code for p in read.problems()} == {"COMMENT", "TEXT_BOX"}
    assert accounted(read) == book.size


def typed(answer):
    """The ways in which people type one answer."""
    if not isinstance(answer, int):
        return st.just(answer)
    words = ["satu", "dua", "tiga", "empat", "lima"]
    ways = [answer, float(answer), str(answer), f" {answer} ", f"{answer},0", f"{answer}.0"]
    return st.sampled_from([*ways, words[answer - 1].upper()])


@given(st.text(max_size=200))
@settings(deadline=None)
def test_clean_text_steers_nothing_and_cleaning_again_changes_nothing(given_text):
    cleaned = clean(given_text)
    assert clean(cleaned) == cleaned
    assert not any(c in cleaned for c in "\x1b\x07\x00\x9b\r\u202e\ufffe")
    cleaned.encode("utf-8")
    if given_text.isprintable():
        assert cleaned == given_text
