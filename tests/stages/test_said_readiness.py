"""What is said of readiness, SPBE and single items, read back and worked out again."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.methods.agreement import Alpha
from analysis.stages import readiness
from analysis.stages.evidence import items
from analysis.stages.readiness import spbe
from analysis.text import interval, number
from tests.stages.sentences import NAMES, believed, names, read, value
from tests.stages.sentences import with_interval as certainty

few = settings(max_examples=15)
means = st.lists(st.sampled_from([1.0, 2.5, 2.5, 4.0]), min_size=1, max_size=5)
levels = st.lists(st.lists(st.integers(1, 5), min_size=3, max_size=3), min_size=1, max_size=6)


def branches(given) -> pd.DataFrame:
    table = pd.DataFrame({"mean": given, "name": NAMES[: len(given)], "n": 12})
    return table.assign(id=table["name"], low=table["mean"] - 0.1, high=table["mean"] + 0.2)


@few
@given(st.lists(st.tuples(st.sampled_from([1.5, 2.0, 3.0]), st.booleans()), min_size=1, max_size=5))
def test_what_is_surely_below_is_named_lowest_first(given):
    table = branches([mean for mean, _sure in given])
    found = believed(*[(readiness.figures.THRESHOLD, n, "", m - 2.6, s)
                       for n, (m, s) in zip(NAMES, given, strict=False)])  # fmt: skip
    low = [n for n, (m, s) in zip(NAMES, given, strict=False) if s and m < 2.6]
    marked = readiness.figures.marked(table, found)
    assert list(marked["name"][marked["below"]]) == [n for n in marked["name"] if n in low]
    assert marked["mean"].is_monotonic_decreasing
    headline = readiness.words.headline(table, found, 2.6)
    sentence = readiness.words.below(table, found, 2.6)
    if not low:
        assert headline == "Tidak ada subelemen yang pasti di bawah ambang 2,6"
        assert sentence.startswith("Data ini tidak menunjukkan subelemen")
        return
    assert headline == f"{len(low)} dari {len(given)} subelemen pasti di bawah ambang 2,6"
    assert sentence.startswith("Pasti di bawah ambang 2,6")
    rows = table.set_index("name").loc[low].sort_values("mean")
    said = [
        f"{name} ({number(row['mean'])}; {interval(row.low, row.high)}; n = 12"
        for name, row in rows.iterrows()
    ]
    places = [sentence.index(words) for words in said]
    in_turn = rows["mean"].to_numpy()[np.argsort(places)]
    assert in_turn.tolist() == sorted(in_turn)
    assert sentence.count("n = ") == len(low)


by_group = st.dictionaries(
    st.sampled_from(["dinas", "badan", "city"]),
    st.tuples(*[st.sampled_from([1.0, 2.0, None])] * 3),
    min_size=1,
)


@few
@given(by_group)
def test_the_lowest_in_each_group_are_the_lowest(given):
    rows = [(group, name, mean) for group, values in given.items()
            for name, mean in zip(NAMES, values, strict=False)]  # fmt: skip
    table = pd.DataFrame(rows, columns=["group", "name", "mean"]).astype({"mean": float})
    lowest = {}
    for group, values in given.items():
        known = [v for v in values if v is not None]
        if group != "city" and known:
            lowest |= {n: 0 for n, v in zip(NAMES, values, strict=False) if v == min(known)}
    said = readiness.words.lowest_everywhere(table.assign(id=table["name"]))
    if not lowest:
        assert said == "Belum ada jawaban tentang kesiapan"
    elif len(lowest) == 1:
        assert said == f"Rerata {next(iter(lowest))} terendah di setiap kelompok unit"
    else:
        (listed,) = read("Subelemen dengan rerata terendah di setiap kelompok: {}", said)
        assert sorted(names(listed)) == sorted(lowest)


def answers(given) -> pd.DataFrame:
    """Three indicators, each a sub-element of its own in the one element."""
    rows = [
        {"unit": f"u{n}", "unit_name": f"Unit {n}", "group": "d", "group_name": "Dinas",
         "item": name, "name": name, "weight": 1.0, "tb": False, "level": float(level),
         "element": "E", "element_name": "E", "element_short": "E",
         "subelement": name, "subelement_name": name, "subelement_short": name}
        for n, unit in enumerate(given)
        for name, level in zip(NAMES, unit, strict=False)
    ]  # fmt: skip
    return pd.DataFrame(rows)


@few
@given(levels, st.integers(0, 3))
def test_key_figures_name_the_lowest_and_the_highest(given, below):
    scores = readiness.figures.scores(answers(given))
    rows = [(readiness.figures.THRESHOLD, n, "", -1.0, k < below) for k, n in enumerate(NAMES[:3])]
    found = believed(*rows)
    index, low, high, last = readiness.words.key_figures(scores, found, 2.6)
    mean = {n: sum(unit[k] for unit in given) / len(given) for k, n in enumerate(NAMES[:3])}
    assert index["value"] == pytest.approx(sum(mean.values()) / 3)
    assert index["shown"] == number(index["value"])
    for figure, label, end in ((low, "terendah", min), (high, "tertinggi", max)):
        (listed,) = read(f"rerata {label}: {{}}", figure["label"])
        extreme = end(mean.values())
        assert figure["value"] == pytest.approx(extreme)
        assert names(listed) == [n for n, m in mean.items() if m == pytest.approx(extreme)]
    assert (last["shown"], last["value"]) == (str(below), below)
    assert last["detail"].endswith("dari 3 subelemen")
    row = readiness.figures.city(scores, "index").iloc[0]
    assert index["detail"] == certainty(row["low"], row["high"], len(given))
    assert readiness.words.overall(scores) == (
        f"Indeks kesiapan kota {number(index['value'])} pada skala 1–5 "
        f"({index['detail'].replace(' · ', '; ')})."
    )


@few
@given(levels)
def test_indicators_come_weakest_first_and_units_highest_first(given):
    table = answers(given)
    means = table.groupby("item")["level"].mean()
    assert readiness.figures.indicators(table)["mean"].tolist() == pytest.approx(sorted(means))
    own = readiness.figures.by_unit(readiness.figures.scores(table))["score"]
    assert own.tolist() == pytest.approx(sorted((sum(u) / 3 for u in given), reverse=True))
    shown = readiness.figures.distribution(table, 2)
    assert [means[item] for item in shown["item"]] == pytest.approx(sorted(means)[:2])
    for row in shown.to_dict("records"):
        given_levels = table[table["item"] == row["item"]]["level"]
        for level in range(1, 6):
            assert row[str(level)] == (given_levels == level).sum()
        assert row["n"] == len(given)


def analysed(correlations, deleted, tb) -> pd.DataFrame:
    return pd.DataFrame({"name": NAMES[: len(tb)], "correlation": correlations,
                         "alpha_if_deleted": deleted, "tb": tb}).astype(
        {"correlation": float, "alpha_if_deleted": float})  # fmt: skip


@few
@given(st.lists(st.tuples(st.sampled_from([0.29, 0.3, 0.31, None]),
                          st.sampled_from([0.69, 0.7, 0.71]), st.integers(0, 2)),
                min_size=1, max_size=6))  # fmt: skip
def test_items_that_go_their_own_way_are_counted(given):
    table = analysed(*map(list, zip(*given, strict=True)))
    known = [c for c, _d, _t in given if c is not None]
    said = items.finding(table, Alpha(0.7, (0.6, 0.8), 12))
    parts = said.removesuffix(" (angka sampel ini, tanpa uji).").split("; ")
    assert parts[0] == items.heading(table)
    if known:
        weak, every, _ = read(
            "{} dari {} butir berkorelasi di bawah 0,30 dengan butir lai{}", parts[0]
        )
        assert (int(weak), int(every)) == (sum(c < 0.3 for c in known), len(known))
    else:
        assert parts[0].startswith("Korelasi butir tidak dihitung")
    assert (
        parts[1] == f"{sum(d > 0.7 for _c, d, _t in given)} butir menaikkan alfa bila dikeluarkan"
    )
    most = max(t for _c, _d, t in given)
    if not most:
        assert len(parts) == 2
        return
    listed, n = read("TB terbanyak pada {} ({} unit)", parts[2])
    tied = [name for name, (_c, _d, t) in zip(NAMES, given, strict=False) if t == most]
    assert int(n) == most
    if len(tied) <= 4:
        assert names(listed) == tied
    else:
        assert names(listed) == [*tied[:3], f"{len(tied) - 3} lainnya"]
    assert len(items.finding(table, None).split("; ")) == len(parts) - 1


def test_alpha_is_told_or_why_there_is_none():
    said = readiness.words.reliable(Alpha(0.812, (0.7, 0.9), 17))
    assert said.startswith("Alfa Cronbach 0,81 (selang Feldt 95%: 0,70–0,90; n = 17)")
    assert "tidak beragam" in readiness.words.reliable(None)


years = st.lists(st.tuples(st.sampled_from([2021, 2022, 2023]), st.sampled_from([1.5, 2.7]),
                           st.booleans(), st.sampled_from(["kota", "nasional"])),
                 max_size=5)  # fmt: skip


@few
@given(years, st.booleans())
def test_the_latest_published_index_that_is_used_stands_beside_the_own(given, own):
    rows = [("spbe_index", year, v, used, area, "sumber") for year, v, used, area in given]
    columns = ["indicator", "year", "value", "used", "area", "source"]
    figures = pd.DataFrame(rows, columns=columns).astype({"used": bool, "value": float})
    published = spbe.official(figures, spbe.PREDICATES)
    index = spbe.spbe_index(pd.Series(3, index=range(1, 48))) if own else None
    said = spbe.compared(index, published)
    first = ("Indeks SPBE menurut penilaian sendiri unit koordinator 3,00 (Baik; n = 1, tanpa "
             "selang)." if own else "Indeks SPBE menurut penilaian sendiri tidak dihitung: belum "
             "semua indikator terisi.")  # fmt: skip
    assert said.startswith(first)
    city = [(year, v) for year, v, used, area in given if used and area == "kota"]
    if not city:
        assert said == first
        return
    latest, told, predicate = read(" Indeks SPBE resmi {}: {} ({}).", said.removeprefix(first))
    assert int(latest) == max(year for year, _v in city)
    assert value(told) in [v for year, v in city if year == int(latest)]
    assert predicate == {1.5: "Kurang", 2.7: "Baik"}[value(told)]
