"""What is said of gaps, priorities and obstacles, read back and worked out again."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.stages import gap
from analysis.stages.gap import ipa, obstacles
from analysis.text import interval, number, percent
from tests.stages.sentences import NAMES, believed, names, read
from tests.stages.sentences import with_interval as certainty

few = settings(max_examples=12)
CALLED = pd.Series({"p": "SDM", "b": "Anggaran", "d": "Data"})
cell = st.one_of(
    st.none(),
    st.tuples(st.integers(1, 5), st.integers(1, 5), st.integers(1, 5), st.sampled_from("pbd")),
)
surveys = st.lists(st.lists(cell, min_size=3, max_size=3), min_size=1, max_size=5)


def answers(given) -> pd.DataFrame:
    """Three sub-dimensions: the first two of one dimension, the third of another."""
    rows = [
        {"unit": f"u{n}", "unit_name": f"Unit {n}", "group": "ab"[n % 2], "group_name": "AB"[n % 2],
         "item": name, "name": name, "dimension": d, "dimension_name": d, "dimension_short": d,
         "tb": False, **dict(zip(("current", "target", "importance", "obstacle"),
                                 cell or (None,) * 4, strict=True))}
        for n, unit in enumerate(given)
        for name, d, cell in zip(NAMES, ("Dua", "Dua", "Satu"), unit, strict=False)
    ]  # fmt: skip
    scales = dict.fromkeys(["current", "target", "importance"], "float64")
    return pd.DataFrame(rows).astype(scales | {"obstacle": "string"})


@few
@given(surveys)
def test_the_key_figures_are_those_of_the_answers(given):
    table = answers(given)
    found, gaps = believed(), gap.figures.gaps(table)
    named = obstacles.obstacles(table, CALLED)
    city, largest, _priority, obstacle = gap.words.key_figures(gaps, quadrants([]), named, found)
    own = [np.mean([c[1] - c[0] for c in unit if c]) for unit in given if any(unit)]
    assert city["value"] == (pytest.approx(np.mean(own)) if own else None)
    row = gap.figures.city(gaps)
    assert city["detail"] == certainty(row["low"], row["high"], len(own))
    weighted = {}
    for place, name in enumerate(NAMES[:3]):
        cells = [unit[place] for unit in given if unit[place]]
        if cells:
            weighted[name] = np.mean([c[2] * (c[1] - c[0]) for c in cells])
    (listed,) = read("kesenjangan berbobot tertinggi: {}", largest["label"])
    most = max(weighted.values(), default=None)
    assert largest["value"] == (None if most is None else pytest.approx(most))
    expected = [name for name, mean in weighted.items() if mean == pytest.approx(most)]
    assert names(listed) == (expected or ["–"])
    counts = {name: sum(c[3] == key for unit in given for c in unit if c)
              for key, name in CALLED.items()}  # fmt: skip
    n = sum(counts.values())
    (listed,) = read("hambatan tersering: {}", obstacle["label"])
    first = [name for name, count in counts.items() if n and count == max(counts.values())]
    assert names(listed) == (first or ["–"])
    assert obstacle["value"] == (pytest.approx(max(counts.values()) / n) if n else None)
    naming = sum(any(unit) for unit in given)
    assert obstacle["detail"] == f"n = {n} jawaban dari {naming} unit, tanpa selang"
    heading = obstacles.heading(named)
    tops = set()
    for places in ((0, 1), (2,)):
        said = [unit[k][3] for unit in given for k in places if unit[k]]
        most = max((said.count(key) for key in CALLED.index), default=0)
        tops |= {CALLED[k] for k in CALLED.index if most and said.count(k) == most}
    if not tops:
        assert heading == "Hambatan utama belum disebut"
    elif len(tops) == 1:
        assert heading == f"{tops.pop()} paling sering disebut di setiap dimensi"
    else:
        (listed,) = read("Hambatan tersering di setiap dimensi: {}", heading)
        assert set(names(listed)) == tops
    rows = [[unit[k] for unit in given for k in places if unit[k]] for places in ((0, 1), (2,))]
    units = [len({n for n, u in enumerate(given) for k in p if u[k]}) for p in ((0, 1), (2,))]
    spans = [f"{min(x)}–{max(x)}" if min(x) < max(x) else f"{min(x)}"
             for x in ([len(r) for r in rows], units)]  # fmt: skip
    said = f"Setiap baris dimensi: {spans[0]} jawaban dari {spans[1]} unit."
    assert obstacles.answered(named) == said


@few
@given(surveys)
def test_the_largest_gap_in_each_group_is_the_largest(given):
    heading = gap.words.heading_groups(gap.figures.by_group(gap.figures.gaps(answers(given))))
    best = {}
    for group in (0, 1):
        means = {}
        for dimension, places in (("Dua", (0, 1)), ("Satu", (2,))):
            own = [
                np.mean([u[k][1] - u[k][0] for k in places if u[k]])
                for u in given[group::2]
                if any(u[k] for k in places)
            ]
            if own:
                means[dimension] = np.mean(own)
        if means:
            best[group] = {d for d, m in means.items() if m == pytest.approx(max(means.values()))}
    every = set().union(*best.values())
    if not best:
        assert heading == "Belum ada kesenjangan yang dapat dihitung"
    elif len(best) == 1:
        (listed,) = read("Rerata kesenjangan terbesar pada {} (satu kelompok unit)", heading)
        assert set(names(listed)) == every
    elif len(every) == 1:
        assert heading == f"Rerata kesenjangan {every.pop()} terbesar di semua kelompok unit"
    else:
        start = "Dimensi dengan rerata kesenjangan terbesar di setiap kelompok: {}"
        assert set(names(read(start, heading)[0])) == every


@pytest.mark.parametrize(("value", "sure"), [(1, True), (-1, True), (1, False), (-1, False)])
def test_the_direction_of_the_citys_gap_is_told_only_where_it_is_sure(value, sure):
    gaps = gap.figures.gaps(answers([[(3, 3 + value, 4, "p")] * 3] * 2))
    said = gap.words.overall(gaps, believed((gap.figures.CITY, "x", "", value, sure)))
    end, details = f"{value},00–{value},00", "selang 95%: {}; n = 2"
    details = details.format(interval(value, value) if value < 0 else end)
    side = "di atas" if value > 0 else "di bawah"
    assert said == (
        f"Sasaran lima tahun rata-rata 1,00 tingkat {side} kondisi sekarang ({details})."
        if sure
        else f"Rerata kesenjangan {number(value)} tingkat; data belum memastikan arahnya "
        f"({details})."
    )


sides = st.lists(st.tuples(st.sampled_from([-1.0, 1.0]), st.booleans()), min_size=1, max_size=4)


@few
@given(sides)
def test_items_and_dimensions_with_a_sure_gap_are_counted_and_named(given):
    above = [name for name, (v, s) in zip(NAMES, given, strict=False) if s and v > 0]
    table = pd.DataFrame({"item": NAMES[: len(given)], "mean": [v for v, _s in given], "low": 0.1})
    table = table.assign(dimension=table["item"], dimension_name=table["item"])
    kinds = (gap.figures.ITEM + "_x", gap.figures.ITEM, gap.figures.BY_DIMENSION)
    rows = [(kind, name, "", v, s) for kind in kinds
            for name, (v, s) in zip(NAMES, given, strict=False)]  # fmt: skip
    found = believed(*rows)
    heading, dimensions = (
        gap.words.heading_dumbbell(table, found),
        gap.words.heading_dimensions(table, found),
    )
    every = len(above) == len(given)
    start = "Sasaran pasti di atas kondisi sekarang pada"
    count = "semua subdimensi" if every else f"{len(above)} dari {len(given)} subdimensi"
    assert heading == f"{start} {count}"
    if not above:
        assert dimensions == "Tidak ada dimensi yang kesenjangannya pasti di atas nol"
    elif every:
        assert dimensions == "Kesenjangan pasti di atas nol pada semua dimensi"
    else:
        assert names(read("Kesenjangan pasti di atas nol pada {}", dimensions)[0]) == above
    alone = table.assign(low=np.nan)
    assert "satu unit" in gap.words.heading_dumbbell(alone, found)
    assert "tanpa selang" in gap.words.heading_dimensions(alone, found)
    assert "belum" in gap.words.heading_dumbbell(table.assign(mean=np.nan), found).lower()
    first = believed((gap.figures.LEADING_ITEM, NAMES[0], "", 1.0, given[0][1]))
    assert gap.words.heading_largest(table.assign(name=table["item"]), first) == (
        "Kesenjangan berbobot tertinggi: Alun"
        if given[0][1]
        else "Tidak ada subdimensi yang pasti berkesenjangan terbesar"
    )


def quadrants(given) -> pd.DataFrame:
    table = pd.DataFrame(given, columns=["quadrant", "sure"]).assign(n=12, stay=0.75)
    return table.assign(item=NAMES[: len(given)], name=NAMES[: len(given)])


@few
@given(st.lists(st.tuples(st.sampled_from("ABCD"), st.booleans()), max_size=6))
def test_priorities_are_those_of_the_first_quadrant_that_are_sure(given):
    table = quadrants(given)
    found = believed(*[(ipa.PLACED, n, "", 1.0, s)
                       for n, (_q, s) in zip(NAMES, given, strict=False)])  # fmt: skip
    first = [n for n, (q, _s) in zip(NAMES, given, strict=False) if q == "A"]
    sure = [n for n, (q, s) in zip(NAMES, given, strict=False) if q == "A" and s]
    heading, figure, finding = (f(table, found) for f in (ipa.heading, ipa.figure, ipa.finding))
    assert (figure["shown"], figure["value"]) == (str(len(sure)), len(sure))
    assert f"; {len(first)} di kuadran itu" in figure["detail"]
    if sure:
        assert heading == f"Pasti prioritas utama: {'; '.join(sure)}"
        start = "Dari {} subdimensi di kuadran prioritas utama, {} pasti di sana (uji t, koreksi Holm): {}; di dalam kurung {}."  # noqa: E501
        count, certain, listed, _rest = read(start, finding.replace("; 75", " / 75"))
        assert (int(count), int(certain)) == (len(first), len(sure))
        assert names(listed) == [f"{name} (n = 12 / {percent(0.75)})" for name in sure]
    else:
        assert heading == "Tidak ada subdimensi yang pasti menjadi prioritas utama"
        assert finding.startswith(
            f"{len(first)} subdimensi berada di kuadran" if first else "Tidak ada subdimensi"
        )


@few
@given(surveys)
def test_quadrants_are_those_of_the_grand_means(given):
    table = ipa.importance_performance(answers(given)).set_index("item")
    means = {}
    for place, name in enumerate(NAMES[:3]):
        cells = [unit[place] for unit in given if unit[place]]
        if cells:
            means[name] = (np.mean([c[0] for c in cells]), np.mean([c[2] for c in cells]))
    if not means:
        assert set(table["quadrant"]) == {""}
        assert ipa.crosshair(table.reset_index()) == (3.0, 3.0)
        return
    middle = np.mean(list(means.values()), axis=0)
    assert ipa.crosshair(table.reset_index()) == pytest.approx(tuple(middle))
    for name, (present, importance) in means.items():
        good, matters = present > middle[0] - 1e-9, importance > middle[1] - 1e-9
        letter = {(False, True): "A", (True, True): "B", (False, False): "C", (True, False): "D"}
        assert table.loc[name, "quadrant"] == letter[good, matters]
    assert ipa.corners() == {
        "low_high": "A: prioritas utama", "high_high": "B: pertahankan",
        "low_low": "C: prioritas rendah", "high_low": "D: berlebihan",
    }  # fmt: skip
