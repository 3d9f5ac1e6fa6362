"""What is said of drivers, scenarios and the outlook, read back and worked out again."""

import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import levels
from analysis.methods.agreement import Concordance, Undefined
from analysis.stages import future
from analysis.stages.future import drivers, outlook, scenarios
from analysis.text import number
from tests.claimed import claimed as by_claims
from tests.stages.sentences import NAMES, believed, names, read, value
from tests.stages.sentences import with_interval as certainty

SCALE = (1.0, 5.0)

few = settings(max_examples=15)
CLASSES = [drivers.CRITICAL, drivers.TREND, drivers.MONITOR, ""]
LEVELS = [levels.CLEAR, levels.LIKELY, levels.UNCLEAR]
LABELS = {
    drivers.CRITICAL: "berdampak besar dan sulit ditebak",
    drivers.TREND: "berdampak besar dan mudah ditebak",
}
classed = st.lists(
    st.tuples(st.sampled_from(CLASSES), st.sampled_from(LEVELS), st.sampled_from([16.0, 9.0])),
    min_size=1,
    max_size=6,
)


def table(given) -> pd.DataFrame:
    """Drivers by falling product; impact and uncertainty are told by their number of rows."""
    frame = pd.DataFrame(given, columns=["class", "level", "product"])
    frame["product"] = frame["product"].where(frame["class"] != "")
    frame["critical"] = (frame["class"] == drivers.CRITICAL) & (frame["level"] == levels.CLEAR)
    frame = frame.assign(item=NAMES[: len(given)], name=NAMES[: len(given)], n=12,
                         impact=4.0, uncertainty=3.5, low=8.0, high=20.0)  # fmt: skip
    return frame.sort_values("product", ascending=False, kind="stable", ignore_index=True)


def claimed(given, *others) -> pd.DataFrame:
    """Claims of both means of each driver, as sure as the driver's class."""
    levels = [(name, level) for name, (_c, level, _p) in zip(NAMES, given, strict=False)]
    means = [(s, name, "", 1, level) for s in drivers.SCALES for name, level in levels]
    return believed(*means, *others)


@few
@given(classed)
def test_the_surest_drivers_of_a_class_are_named(given):
    frame = table(given)
    for name, label in LABELS.items():
        part = frame[frame["class"] == name]
        said = future.words.named(frame, name, claimed(given))
        if part.empty:
            assert said.headline == f"Tidak ada pendorong yang {label}."
            assert (said.level, said.claim) == ("count", "")
            continue
        level = min(part["level"], key=LEVELS.index)
        surest = part[part["level"] == level]["name"].tolist()
        start = dict(zip(LEVELS, ("Jelas", "Cenderung", "Menurut reratanya saja"), strict=True))
        (listed,) = read(f"{start[level]} {label}: {{}}.", said.headline)
        quoted = [f"“{driver}”" for driver in surest]
        assert names(listed) == (
            quoted if len(surest) <= 3 else [*quoted[:2], f"{len(surest) - 2} lainnya"]
        )
        assert said.level == level and said.claim.split(".")[1] in surest
        assert said.detail.startswith(f"{len(surest)} dari {len(part)} pendorong golongan ini;")
        assert said.detail.count("4,00 × 3,50, n = 12") == len(surest)


@few
@given(classed)
def test_critical_uncertainties_are_counted(given):
    frame, found = table(given), claimed(given)
    known = [row for row in given if row[0]]
    critical = [row for row in known if row[0] == drivers.CRITICAL]
    clear = sum(row[1] == levels.CLEAR for row in critical)
    heading = future.words.heading_classes(frame)
    figures = future.words.key_figures(frame, Undefined("few", ""), found, "1–25")
    if not known:
        assert heading == "Belum ada jawaban lengkap tentang pendorong perubahan"
        assert [f.headline for f, _items in future.words.classes(frame, found)] == [heading + "."]
    elif not critical:
        assert heading == (
            f"Tidak ada perubahan besar yang sulit ditebak di antara {len(known)} pendorong"
        )
    else:
        how = f"{clear} di antaranya jelas" if clear else "menurut reratanya saja"
        assert heading == (
            f"{len(critical)} dari {len(known)} pendorong berdampak besar dan sulit ditebak, {how}"
        )
    if not known:
        assert [(f["shown"], f["detail"]) for f in figures] == [("–", "belum ada jawaban")]
        assert future.words.heading_product(frame, found) == heading
        return
    assert (figures[0]["shown"], figures[-1]["shown"]) == (str(len(critical)), "–")
    assert figures[0]["detail"].startswith(f"{clear} di antaranya jelas;")
    assert len(figures) == 2 + bool(known)
    if known:
        most = max(row[2] for row in known)
        tied = [n for n, (c, _s, p) in zip(NAMES, given, strict=False) if c and p == most]
        start = "dampak × ketidakpastian (1–25), angka tertinggi: {}"
        listed = names(read(start, figures[1]["label"])[0])
        assert listed == (tied if len(tied) <= 4 else [*tied[:3], f"{len(tied) - 3} lainnya"])
        assert (figures[1]["value"], figures[1]["detail"]) == (most, certainty(8.0, 20.0, 12))
    said = {levels.CLEAR: "jelas", levels.LIKELY: "cenderung"}
    for level in LEVELS if known else ():
        leads = claimed(given, (drivers.LEADING, frame["item"].iloc[0], "", 1, level))
        heading = future.words.heading_product(frame, leads)
        if level in said:
            first = frame["name"].iloc[0]
            assert heading == f"“{first}” {said[level]} tertinggi dalam dampak dan ketidakpastian"
        elif len(known) > 1:
            top = names(read("Teratas menurut reratanya saja: {}", heading)[0])
            assert len(top) >= min(4, max(2, len(tied))) and top[0] == f"“{frame['name'].iloc[0]}”"
    heading = future.words.heading_product(frame, found)
    assert heading == "Dampak × ketidakpastian setiap pendorong"


@pytest.mark.parametrize(
    ("w", "word"),
    [(1.0, "sangat kuat"), (0.9, "sangat kuat"), (0.89, "kuat"), (0.7, "kuat"), (0.69, "sedang"),
     (0.5, "sedang"), (0.49, "lemah"), (0.3, "lemah"), (0.29, "sangat lemah"), (0, "sangat lemah")],
)  # fmt: skip
@pytest.mark.parametrize("level", LEVELS)
def test_agreement_is_told_by_its_size_where_it_is_no_chance(w, word, level):
    found = believed((drivers.AGREEMENT, "w", "", w, level))
    concordance = Concordance(w, 0.0, 0.0, 7, 2)
    alone = Concordance(0.5, 0.0, 0.0, 4, 5)
    said = future.words.agreed(concordance, alone, found)
    assert said.level == level
    assert said.headline == (
        f"Ada kesepakatan perangkat daerah tentang dampak, dan kekuatannya {word}."
        if level != levels.UNCLEAR
        else "Belum terlihat kesepakatan perangkat daerah tentang dampak."
    )
    p = number(found["p_value"].iloc[0], 3)
    assert said.detail == (
        f"W Kendall {number(w)} atas 7 perangkat daerah yang menilai sedikitnya 90% pendorong; "
        f"2 tidak dihitung; p {p}. Dari yang menilai semua pendorong saja: 0,50 (n = 4)."
    )
    alone = future.words.agreed(concordance, Undefined("few", ""), found)
    assert alone.detail.endswith("Dari yang menilai semua pendorong saja: tidak dihitung.")
    last = future.words.key_figures(
        table([(drivers.MONITOR, level, 9.0)]), concordance, found, "1–25"
    )[-1]
    assert (last["shown"], last["value"], last["level"]) == (number(w), w, said.level)
    assert last["detail"] == "n = 7 perangkat daerah, sedikitnya 90% terisi; 2 tidak dihitung"


@few
@given(st.lists(st.sampled_from("abc"), max_size=5))
def test_own_drivers_are_counted_by_unit(units):
    heading = future.words.heading_own(pd.DataFrame({"unit_name": units}))
    assert heading == (
        f"{len(units)} pendorong tambahan dari {len(set(units))} perangkat daerah"
        if units
        else "Tidak ada perangkat daerah yang menambahkan pendorong perubahan"
    )


answers = st.lists(
    st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=3, max_size=3),
    min_size=1,
    max_size=5,
)


@settings(max_examples=12)
@given(answers, st.sampled_from([2.0, 3.0, 4.0]))
def test_classes_are_those_of_the_means(given, cut):
    rows = [
        {"unit": f"u{n}", "group": "g", "item": name, "name": name, "steep": name,
         "steep_name": name, "tb": False, "impact": float(i), "uncertainty": float(u),
         "pole_low": "", "pole_high": ""}
        for n, unit in enumerate(given)
        for name, (i, u) in zip(NAMES, unit, strict=False)
    ]  # fmt: skip
    frame = pd.DataFrame(rows)
    compared = drivers.comparisons(frame, cut, SCALE, len(given))
    found = drivers.classified(frame, cut, SCALE, by_claims(compared, frame))
    means = {name: np.mean([unit[k] for unit in given], axis=0) for k, name in enumerate(NAMES[:3])}
    for row in found.itertuples():
        impact, uncertainty = means[row.name]
        expected = drivers.MONITOR
        if impact > cut + 1e-9:
            expected = drivers.CRITICAL if uncertainty > cut + 1e-9 else drivers.TREND
        assert (row.impact, row.uncertainty) == (pytest.approx(impact), pytest.approx(uncertainty))
        assert getattr(row, "class_name", "") and found.loc[row.Index, "class"] == expected
        assert row.product == pytest.approx(impact * uncertainty)
    assert found["product"].is_monotonic_decreasing
    pair = scenarios.pair(pd.DataFrame(rows), found, cut)
    critical = found[found["class"] == drivers.CRITICAL]["name"]
    if len(critical) < 2:
        assert pair is None
        assert "belum dapat disusun" in scenarios.finding(pair).headline
    else:
        assert (pair.first.name, pair.second.name) == tuple(critical[:2])


@pytest.mark.parametrize("impact", LEVELS)
@pytest.mark.parametrize("uncertainty", LEVELS)
@pytest.mark.parametrize("of", CLASSES)
def test_a_class_is_as_sure_as_each_of_its_sides(of, impact, uncertainty):
    found = believed(
        (drivers.IMPACT, "x", "", 1, impact), (drivers.UNCERTAINTY, "x", "", 1, uncertainty)
    )
    less_sure = max(impact, uncertainty, key=LEVELS.index)
    expected = {drivers.CRITICAL: less_sure, drivers.TREND: less_sure, drivers.MONITOR: impact}
    frame = pd.DataFrame({"item": ["x"], "class": [of]})
    assert drivers._levels(frame, found) == [expected.get(of, "")]


def test_scenarios_are_told_by_the_ends_of_their_axes():
    ends = {"Alun": ("alun sepi", "alun ramai"), "Bukit": ("", "")}
    first, second = (scenarios.Axis.of(name, *pair) for name, pair in ends.items())
    assert (second.low, second.high) == ("“Bukit” lemah", "“Bukit” kuat")
    assert first.shown == ("Alun", "Alun sepi", "Alun ramai")
    found = scenarios.Pair(first, second, 0.42)
    said = scenarios.finding(found)
    assert said.headline == "Empat skenario disusun dari “Alun” dan “Bukit”."
    assert said.detail == "Pasangan ini terpilih pada 42% sampel ulang."
    four = scenarios.stories(found)
    assert sorted(four["corner"]) == ["high_high", "high_low", "low_high", "low_low"]
    assert four["story"].is_unique and four["question"].is_unique
    for row in four.itertuples():
        x, y = (
            getattr(axis, end)
            for axis, end in zip((first, second), row.corner.split("_"), strict=True)
        )
        assert row.scenario == f"{x.capitalize()}, {y}"
        assert row.story.startswith(f"Bila {x} dan {y}, maka kota ")
        assert row.story.count(". ") == 1 and row.story.endswith(".") and row.question.endswith("?")
        alone = {"high_low": "“Alun”", "low_high": "“Bukit”"}.get(row.corner)
        assert (f"satu perubahan: {alone}." in row.story) == (alone is not None)
        assert (f"bila {x}?" in row.question) == (row.corner == "high_low")
        assert (f"bila {y}?" in row.question) == (row.corner == "low_high")
    corners = drivers.corners()
    assert corners["high_high"] == "Besar, sulit ditebak"
    assert corners["low_high"] == "Besar, mudah ditebak"
    assert corners["low_low"] == corners["high_low"] == "Cukup dipantau"


points = st.lists(
    st.tuples(st.integers(2015, 2024), st.sampled_from([1.0, 2.5]), st.booleans()),
    min_size=1,
    max_size=7,
    unique_by=lambda p: p[0],
)


def titled(title: str, used: list[tuple[int, float]]) -> bool:
    """Whether a title promises a projection, having told what the used figures did until when."""
    values = [v for _year, v in used]
    (since, before), (year, now) = used[0], used[-1]
    if moved := re.fullmatch(
        r"Alun (naik|turun) dari (.+) \((\d+)\) menjadi (.+) % \((\d+)\)", title
    ):
        assert values == sorted(values, reverse=moved[1] == "turun") and before != now
        assert (value(moved[2]), int(moved[3])) == (before, since)
        assert (value(moved[4]), int(moved[5])) == (now, year)
        return False
    told = re.fullmatch(r"Alun (\d+): (\S+) %(.*)", title)
    assert (int(told[1]), value(told[2])) == (year, now)
    if told[3].startswith("; sejak"):
        first, least, most = read("; sejak {} antara {} dan {}", told[3])
        assert (int(first), value(least), value(most)) == (since, min(values), max(values))
        assert values not in (sorted(values), sorted(values, reverse=True))
    else:
        assert told[3] == ", dengan perkiraan dua tahun ke depan" or len(set(values)) == 1
    return told[3].endswith("ke depan")


@few
@given(points)
def test_the_outlook_tells_the_latest_figure_that_is_used(given):
    rows = [("x", "Alun", "Alun", "%", "%", "kota", *point, "Buku", "") for point in given]
    columns = ["indicator", "name", "name_en", "unit", "unit_en", "area"]
    figures = outlook.city(
        pd.DataFrame(rows, columns=[*columns, "year", "value", "used", "source", "note"])
    )
    found = outlook.series(figures, "x")
    used = sorted((year, v) for year, v, used in given if used)
    gaps = [b[0] - a[0] for a, b in zip(used, used[1:], strict=False)]
    projected = len(used) >= 4 and max(gaps) <= 3
    assert (found.projection is not None) == projected
    if used:
        assert titled(found.title, used) == projected
    else:
        assert found.title == "Alun: belum ada angka yang dipakai"
    if projected:
        slope, start = np.polyfit(*zip(*used, strict=True), 1)
        year, told, _low = read(
            "Bila lajunya berlanjut, perkiraan {}: {} (selang prediksi {}).", found.note
        )
        assert int(year) == used[-1][0] + 2
        assert value(told) == pytest.approx(start + slope * int(year), abs=0.051)
    elif len(used) < 4:
        assert found.note == f"Tidak diproyeksikan: hanya {len(used)} titik, sedikitnya 4."
    else:
        first, last, longest = read(
            "Tidak diproyeksikan: jeda {}–{} melebihi {} tahun.", found.note
        )
        assert int(last) - int(first) == max(gaps) and longest == "3"
    shown = outlook.figure([found])
    assert (shown["value"], shown["detail"]) == (int(projected), "dari 1 indikator yang terbit")
    said = outlook.finding([found])
    assert said.headline.startswith("1 dari 1 angka resmi") == projected
    assert said.detail.startswith("Alun (%) – Bila lajunya") == projected
    unused = [f"Alun {year}" for year, _v, used in sorted(given) if not used]
    assert ("bertentangan" in said.detail) == bool(unused)
    if unused:
        assert names(said.detail.split("tidak dipakai: ")[1][:-1]) == unused
    assert outlook.projections([found])["n"].tolist() == [len(used)]
