"""What a unit is told of itself, read back and worked out again from the answers of all units."""

import re

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.stages import quickwin, vision
from analysis.stages.whole import beside, words
from analysis.survey.asked.fields import Scale
from analysis.text import number, percent
from tests.stages.sentences import NAMES, names, read, value

LEVELS = Scale(1, 5, {})

few = settings(max_examples=15)
level = st.one_of(st.none(), st.integers(1, 5))
surveys = st.lists(st.lists(level, min_size=6, max_size=6), min_size=1, max_size=6)
UNIT = pd.Series({"unit": "u0", "unit_name": "Dinas Satu", "unit_short": "Satu"})
UNLED = pd.DataFrame(columns=["item", "action"])


def answered(rows) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"unit": f"u{n}", "group": "ab"[n % 2], "item": name, "name": name, "level": level}
            for n, levels in enumerate(rows)
            for name, level in zip(NAMES, levels, strict=True)
        ]
    ).astype({"level": float})


def by_hand(rows) -> pd.DataFrame:
    """Of each item that the first unit answered: own, group and city mean, their n."""
    found = {}
    for place, name in enumerate(NAMES):
        if rows[0][place] is None:
            continue
        city = [levels[place] for levels in rows if levels[place] is not None]
        group = [levels[place] for levels in rows[::2] if levels[place] is not None]
        own, mean = float(rows[0][place]), sum(city) / len(city)
        found[name] = (own, sum(group) / len(group), len(group), mean, len(city), own - mean)
    columns = ["own", "group_mean", "n_group", "city_mean", "n_city", "difference"]
    return pd.DataFrame.from_dict(found, orient="index", columns=columns)


def answers_beside(rows) -> pd.DataFrame:
    return beside.against(answered(rows), "item", "level").query("unit == 'u0'")


@few
@given(surveys)
def test_a_unit_stands_beside_its_group_and_the_city(rows):
    table, expected = answers_beside(rows), by_hand(rows)
    assert list(table["item"]) == list(expected.index)
    for column in expected:
        assert table[column].tolist() == pytest.approx(expected[column].tolist()), column


@few
@given(surveys)
def test_the_farthest_from_the_city_come_first_either_way(rows):
    table, expected = answers_beside(rows), by_hand(rows)
    distance = expected["difference"].abs().round(9).sort_values(ascending=False)
    for count in (1, 5):
        chosen = beside.apart(table, count)
        assert chosen["difference"].abs().tolist() == pytest.approx(distance[:count].tolist())
    assert len(beside.apart(table)) == min(5, len(expected))


@few
@given(surveys)
def test_what_stands_out_is_above_the_city_and_the_farthest(rows):
    table, expected = answers_beside(rows), by_hand(rows)
    above = expected[expected["difference"] > 1e-9]["difference"].sort_values(ascending=False)
    strong = beside.strengths(table)
    strong = strong[strong["difference"] > 1e-9]
    assert strong["difference"].tolist() == pytest.approx(above[:3].tolist())
    headings = words.heading_strengths(strong), words.heading_readiness(table)
    if table.empty:
        assert headings[1] == "Belum ada nilai pada lembar kesiapan"
    else:
        told = "Terlemah: {}; di atas rerata kota pada {} dari {} bidang"
        lowest, count, every = read(told, headings[1])
        assert first_of(lowest, expected[expected["own"] == expected["own"].min()])
        assert (int(count), int(every)) == (len(above), len(expected))
    if above.empty:
        assert headings[0] == "Tidak ada indikator kesiapan di atas rerata kota"
        return
    assert headings[0].startswith(f"Kekuatan: {min(3, len(above))} indikator")
    told = words.rated(table, strong, table[:0], UNLED, LEVELS)[0].detail
    (listed,) = read("Paling jauh di atas rerata kota: {}.", told[told.index("Paling") :])
    for part, name in zip(names(listed), strong["name"], strict=True):
        said, own, city = read("{} ({}; kota {})", part)
        assert said == name
        assert value(own) == expected.loc[name, "own"]
        assert value(city) == pytest.approx(expected.loc[name, "city_mean"], abs=0.0051)


def first_of(said: str, rows: pd.DataFrame) -> bool:
    """Whether names as a sentence bears them are the first of these, and say how many more."""
    *named, last = names(said)
    more = re.fullmatch(r"(\d+) lainnya", last)
    named += [] if more else [last]
    wanted = list(rows.index)
    return named == wanted[: len(named)] and len(named) + int(more[1] if more else 0) == len(wanted)


@few
@given(surveys)
def test_the_highest_and_the_lowest_own_value_are_named_with_what_the_unit_is_to_do(rows):
    table, expected = answers_beside(rows), by_hand(rows)
    ends = [expected[expected["own"] == end] for end in expected["own"].agg(["max", "min"])]
    led = pd.DataFrame(
        {"item": expected.index[::-1], "action": [f"Satu {n}." for n in expected.index[::-1]]}
    )
    said = words.rated(table, table[:0], table[:0], led, LEVELS)
    assert {finding.level for finding in said} == {"count"}
    if expected.empty:
        assert [f.headline for f in said] == ["Belum ada nilai pada lembar kesiapan."]
    elif len(ends[0]) == len(expected) > 1:
        (only,) = said
        own = number(ends[0]["own"].iloc[0], 1)
        assert only.headline == f"Semua bidang kesiapan dinilai sama, {own} dari 5."
        assert only.action == ""
    else:
        assert [f.headline.split(":")[0] for f in said] == ["Kuat", "Lemah"]
        for finding, end in zip(said, ends, strict=True):
            listed, own = read("{}, bernilai {}.", finding.headline.split(": ")[1])
            assert first_of(listed, end) and own == number(end["own"].iloc[0], 1)
            assert all(
                f"{name} {number(end['own'].iloc[0])}, " in finding.detail for name in end.index
            )
        assert said[0].action == ""
        assert said[1].action == f"Satu {ends[1].index[-1]}."
        unled = words.rated(
            table, table[:0], table[:0], led[~led["item"].isin(ends[1].index)], LEVELS
        )
        assert [finding.action for finding in unled] == ["", ""]


blank = st.lists(st.tuples(st.sampled_from("ABC"), st.sampled_from(NAMES)), max_size=20)


@few
@given(blank)
def test_blank_questions_are_counted_named_and_asked_for(given):
    blanks = pd.DataFrame(given, columns=["sheet", "name"])
    finding, heading = words.complete(UNIT, blanks), words.heading_blanks(blanks)
    if not given:
        assert finding.headline == "Lengkap: tidak ada pertanyaan wajib yang kosong."
        assert finding.action == "" and heading == "Tidak ada pertanyaan wajib yang kosong"
        return
    sheets = blanks["sheet"].value_counts()
    where = " di lembar {}." if len(sheets) == 1 else ", terbanyak di lembar {}."
    start = "Lengkapi: {} pertanyaan wajib masih kosong" + where
    count, sheet = read(start, finding.headline)
    assert int(count) == len(given) and sheets[sheet] == sheets.max()
    told = "Satu melengkapi {} pertanyaan di lembar {} sebelum laporan berikutnya."
    count, listed = read(told, finding.action)
    assert int(count) == len(given) and set(names(listed)) == set(sheets.index)
    assert names(read("Yang kosong: {}.", finding.detail)[0]) == list(blanks["name"].unique())
    assert heading == f"{len(given)} pertanyaan wajib masih kosong, menurut butir dan sel"


def ranking(units) -> pd.DataFrame:
    return pd.DataFrame({"unit": units, "rank": [n + 1 for n in range(len(units))]})


def problems(*severities) -> pd.DataFrame:
    return pd.DataFrame({"severity": pd.Series(severities, dtype="string")})


@few
@given(st.lists(st.tuples(st.integers(-2, 4), st.sampled_from([-1.0, 0.5, 1.0])), max_size=6))
def test_the_largest_gaps_are_told_with_their_sign(given):
    table = pd.DataFrame(given, columns=["own", "difference"]).astype(float)
    table["name"] = NAMES[: len(given)]
    weak, heading = beside.gaps(table), words.heading_gaps(table)
    expected = table[table["own"] > 0].sort_values(["own", "difference"], ascending=False)[:3]
    assert weak[["own", "difference"]].to_numpy().tolist() == (
        expected[["own", "difference"]].to_numpy().tolist()
    )
    if not given:
        assert heading == "Belum ada nilai pada lembar kesenjangan"
        return
    if expected.empty:
        nothing = "Tidak ada kesenjangan antara kondisi sekarang dan sasaran"
        assert heading == words.heading_weak(weak) == nothing
        return
    largest = max(own for own, _difference in given)
    gap, count, every = read("Kesenjangan terbesar {} tingkat, pada {} dari {} subdimensi", heading)
    assert (value(gap), int(every)) == (largest, len(given))
    assert int(count) == sum(own == largest for own, _difference in given)
    assert gap.startswith("+")
    assert words.heading_weak(weak).startswith(f"Kesenjangan: {len(expected)} subdimensi")
    told = words.rated(table[:0], table[:0], weak, UNLED, LEVELS)[0].detail
    (listed,) = read("Di antara kesenjangan terbesar: {}.", told)
    parts = [read("{} ({} tingkat)", part) for part in names(listed)]
    assert [(name, value(gap)) for name, gap in parts] == list(
        zip(weak["name"], weak["own"], strict=True)
    )


cell = st.integers(0, 9)
cells = st.lists(st.tuples(cell, cell, cell, cell), min_size=1, max_size=4).filter(
    lambda given: any(map(sum, given))
)


@few
@given(cells)
def test_completeness_is_a_share_of_all_cells_of_all_tables(given):
    counts = pd.DataFrame(given, columns=["answered", "tb", "blank", "invalid"])
    counts["expected"] = counts.sum(axis=1)
    nothing = pd.DataFrame()
    (figure,) = words.key_figures(nothing, nothing, counts, LEVELS)
    answered, tb, blank, invalid = (sum(column) for column in zip(*given, strict=True))
    every = answered + tb + blank + invalid
    assert figure["value"] == pytest.approx((answered + tb) / every)
    assert figure["shown"] == percent((answered + tb) / every)
    assert figure["detail"] == (
        f"{blank} kosong, {invalid} tidak terbaca, {tb} TR dari {number(every, 0)}"
    )


def one_row(own, group, city):
    return pd.DataFrame({"own": [own], "group_mean": [group], "city_mean": [city]})


COMPLETE = pd.DataFrame({"expected": [4], "answered": [4], "tb": [0], "blank": [0], "invalid": [0]})


def test_the_index_and_the_gap_are_shown_where_there_are_any():
    nothing, index, gap = pd.DataFrame(), one_row(3.5, 3.25, 2.75), one_row(1.5, -0.25, 0.75)
    both = words.key_figures(index, gap, COMPLETE, LEVELS)
    assert [(f["shown"], f["detail"], f["value"]) for f in both[:2]] == [
        ("3,50", "kelompok 3,25, kota 2,75 · n = 1, tanpa selang", 3.5),
        ("+1,50", "kelompok −0,25, kota +0,75 · n = 1, tanpa selang", 1.5),
    ]
    labels = [
        [f["label"][:6] for f in words.key_figures(*figures, COMPLETE, LEVELS)]
        for figures in ((index, nothing), (nothing, gap), (nothing, nothing))
    ]
    assert labels == [["Indeks", "pertan"], ["Rerata", "pertan"], ["pertan"]]


@few
@given(st.lists(st.sampled_from(["u0", "u1", "u2"]), max_size=6), st.integers(0, 3))
def test_proposals_and_problems_are_counted(units, errors):
    made = [place + 1 for place, unit in enumerate(units) if unit == "u0"]
    given = problems(*["error"] * errors, "warning", "info")
    said = words.proposed(ranking(units), "u0")
    if made:
        assert said.detail == (
            f"{len(made)} usulan lengkap; peringkat terbaik {min(made)} dari {len(units)}."
        )
        assert said.headline == (
            f"Usulan: {len(made)} program lengkap, yang terbaik berperingkat {min(made)}."
        )
    else:
        assert said.headline == "Belum ada usulan program yang lengkap."
    assert words.heading_problems(given) == f"{errors + 2} isian lain untuk diperiksa"
    assert words.heading_problems(given[:0]) == "Tidak ada isian lain yang perlu diperiksa"
    counted = quickwin.proposals.count(
        ranking(units),
        pd.DataFrame({"unit": ["u0", "u1", "u9"], "group": "a", "answered": [True, True, False]}),
    )
    assert dict(zip(counted["unit"], counted["value"], strict=True)) == {
        unit: units.count(unit) for unit in ("u0", "u1")
    }


@few
@given(st.lists(st.sampled_from([0.1, 0.2, 0.7]), min_size=3, max_size=3, unique=True))
def test_the_dimension_that_weighs_most_is_the_units_own(weights):
    own = pd.DataFrame(
        {"unit": ["u0"] * 3 + ["u1"] * 3, "dimension": list("abc") * 2, "group": "g",
         "dimension_name": list("ABC") * 2, "dimension_weight": [*weights, *reversed(weights)]}
    )  # fmt: skip
    name, everyone = vision.figures.top_weight(own, "u0")
    place = weights.index(0.7)
    assert name == "ABC"[place]
    assert everyone["value"].tolist() == [0.7, weights[2 - place]]


def test_a_unit_that_was_asked_for_is_the_one_told_of():
    units = pd.DataFrame({"unit": ["a", "b"], "answered": [False, True]})
    assert beside.chosen(units)["unit"] == beside.chosen(units, "b")["unit"] == "b"
    with pytest.raises(ValueError, match="Belum ada perangkat daerah"):
        beside.chosen(units.assign(answered=False))


@pytest.mark.parametrize(("own", "units"), [(1.9, 3), (11 / 3, 11)])
def test_a_city_of_one_opinion_has_nobody_above_it(own, units):
    levels = answered([[own] * 6 for _unit in range(units)])
    table = beside.against(levels, "item", "level").query("unit == 'u0'")
    assert beside.strengths(table).empty
    assert words.heading_readiness(table).endswith("; di atas rerata kota pada 0 dari 6 bidang")
