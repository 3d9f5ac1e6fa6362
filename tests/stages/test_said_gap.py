"""What is said of gaps, priorities and obstacles, read back and worked out again."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.stages import gap
from analysis.stages.gap import ipa, obstacles
from tests.stages.answers import Answers, sorting
from tests.stages.sentences import NAMES, believed, names, read, whose, with_detail
from tests.stages.sentences import with_interval as certainty

ENDS = gap.figures.ends((1.0, 5.0), (1.0, 5.0))

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
         "subdimension": name,
         "tb": False, **dict(zip(("current", "target", "importance", "obstacle"),
                                 cell or (None,) * 4, strict=True))}
        for n, unit in enumerate(given)
        for name, d, cell in zip(NAMES, ("Dua", "Dua", "Satu"), unit, strict=False)
    ]  # fmt: skip
    scales = dict.fromkeys(["current", "target", "importance"], "float64")
    return pd.DataFrame(rows).astype(scales | {"obstacle": "string"})


def over(given) -> gap.of:
    return gap.of(Answers({"gap": answers(given)}, instrument=sorting("obstacle", CALLED)))


def alone(values) -> bool:
    """Whether figures of units are one, or so few that agree that nothing can be told from it."""
    return len(values) == 1 or (len(values) < 6 and np.ptp(values) < 1e-9)


@few
@given(surveys)
def test_the_key_figures_are_those_of_the_answers(given):
    made = over(given)
    city, *others = made.key_figures
    own = [np.mean([c[1] - c[0] for c in unit if c]) for unit in given if any(unit)]
    if not own:
        assert (city["shown"], city["value"], others) == ("–", None, [])
        return
    largest, _priority, obstacle = others
    assert city["value"] == pytest.approx(np.mean(own))
    row = made.found.loc[("mean", "all")]
    assert city["detail"] == certainty(row["low"], row["high"], len(own))
    assert (city["claim"], city["level"]) == ("gap.all.mean", row["level"])
    if alone(own):
        assert row[["low", "high"]].isna().all()
    else:
        assert -4 <= row["low"] <= row["high"] <= 4
    weighted = {}
    for place, name in enumerate(NAMES[:3]):
        cells = [unit[place] for unit in given if unit[place]]
        if cells:
            weighted[name] = np.mean([c[2] * (c[1] - c[0]) for c in cells])
    (listed,) = read("kesenjangan berbobot tertinggi: {}", largest["label"])
    most = max(weighted.values())
    assert largest["value"] == pytest.approx(most)
    assert names(listed) == [n for n, mean in weighted.items() if mean == pytest.approx(most)]
    counts = {name: sum(c[3] == key for unit in given for c in unit if c)
              for key, name in CALLED.items()}  # fmt: skip
    n = sum(counts.values())
    (listed,) = read("hambatan tersering: {}", obstacle["label"])
    assert names(listed) == [k for k, count in counts.items() if count == max(counts.values())]
    assert obstacle["value"] == pytest.approx(max(counts.values()) / n)
    naming = sum(any(unit) for unit in given)
    behind = f"n = {n} jawaban dari {naming} perangkat daerah"
    key = next(key for key, name in CALLED.items() if name == names(listed)[0])
    shares = [np.mean([c[3] == key for c in unit if c]) for unit in given if any(unit)]
    without = alone(shares)
    assert obstacle["detail"].endswith(behind + ", tanpa selang" if without else behind)
    assert obstacle["detail"].startswith("n = " if without else "selang 95%: ")
    heading, named = made.titles["obstacles"], made.obstacles
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
    said = f"Setiap baris dimensi: {spans[0]} jawaban dari {spans[1]} perangkat daerah."
    assert obstacles.answered(named) == said


@few
@given(surveys)
def test_the_largest_gap_in_each_group_is_the_largest(given):
    heading = gap.words.heading_groups(gap.figures.by_group(gap.figures.gaps(answers(given)), ENDS))
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
            best["AB"[group]] = {
                d for d, m in means.items() if m == pytest.approx(max(means.values()))
            }
    every = set().union(*best.values())
    if not best:
        assert heading == "Belum ada kesenjangan yang dapat dihitung"
    elif len(best) == 1:
        (listed,) = read("Rerata kesenjangan terbesar pada {} (satu kelompok)", heading)
        assert set(names(listed)) == every
    elif len(every) == 1:
        assert heading == f"Rerata kesenjangan {every.pop()} terbesar di semua kelompok"
    else:
        start = "Dimensi dengan rerata kesenjangan terbesar di setiap kelompok: {}"
        assert whose(read(start, heading)[0]) == best


LEVELS = ["clear", "likely", "unclear"]


@pytest.mark.parametrize("value", [1.0, -1.0])
@pytest.mark.parametrize("level", LEVELS)
def test_the_direction_of_the_gap_is_told_only_where_its_claim_has_one(value, level):
    found = believed((gap.figures.CITY, "all", "", value, level))
    said = gap.words.overall(found, "kota", 5)
    assert said.headline == (
        "Sasaran lima tahun kota belum jelas di atas atau di bawah kondisi sekarang."
        if level == "unclear"
        else "Dalam lima tahun kota ingin naik rata-rata 1,0 tingkat pada skala 5 tingkat."
        if value > 0
        else "Sasaran lima tahun kota rata-rata 1,0 tingkat di bawah kondisi sekarang."
    )
    assert (said.level, said.claim) == (level, "s.all.mean")
    assert said.detail == with_detail(found.iloc[0]) + "."


sides = st.lists(
    st.tuples(st.sampled_from([-1.0, 1.0]), st.sampled_from(LEVELS)), min_size=1, max_size=4
)


@few
@given(sides)
def test_items_and_dimensions_with_a_gap_are_counted_and_named_as_surely_as_they_are(given):
    above = {
        level: [n for n, (v, own) in zip(NAMES, given, strict=False) if own == level and v > 0]
        for level in LEVELS
    }
    table = pd.DataFrame({"item": NAMES[: len(given)], "mean": [v for v, _s in given], "n": 12})
    table = table.assign(dimension=table["item"], dimension_name=table["item"])
    kinds = (gap.figures.ITEM + "_x", gap.figures.ITEM, gap.figures.BY_DIMENSION)
    rows = [(kind, name, "", v, s) for kind in kinds
            for name, (v, s) in zip(NAMES, given, strict=False)]  # fmt: skip
    found = believed(*rows)
    heading = gap.words.heading_dumbbell(table, found)
    dimensions = gap.words.heading_dimensions(table, found)
    first = next((level for level in LEVELS[:2] if above[level]), None)
    if first is None:
        assert heading == "Dari rerata kondisi sekarang ke rerata sasaran setiap subdimensi"
        assert dimensions == "Rerata kesenjangan setiap dimensi"
    else:
        word = {"clear": "jelas", "likely": "cenderung"}[first]
        every = len(above[first]) == len(given)
        (count,) = read(f"{{}} {word} di bawah sasarannya", heading)
        counted = f"{len(above[first])} dari {len(given)} subdimensi"
        whole = every and first == "clear"
        assert count == ("Semua subdimensi yang dijawab" if whole else counted)
        if every:
            assert dimensions == f"Semua dimensi {word} di bawah sasarannya"
        else:
            start = f"{word.capitalize()} di bawah sasarannya: {{}}"
            assert names(read(start, dimensions)[0]) == above[first]
    alone = table.assign(n=1)
    assert "satu perangkat daerah" in gap.words.heading_dumbbell(alone, found)
    assert "tanpa selang" in gap.words.heading_dimensions(alone, found)
    none = table.assign(mean=np.nan)
    assert "Belum ada" in gap.words.heading_dumbbell(none, found)
    assert "Belum ada" in gap.words.heading_dimensions(none, found)


@few
@given(sides)
def test_what_leads_or_may_lead_is_named(given):
    (_value, level), *_others = given
    means = [v for v, _s in given]
    found = believed((gap.figures.LEADING_ITEM, NAMES[0], "", 1.0, level))
    table = pd.DataFrame({"name": NAMES[: len(given)], "item": NAMES[: len(given)], "mean": means})
    table = table.assign(rank_low=1.0, leading=[1.0, *[np.nan] * (len(given) - 1)])
    title, said = gap.words.heading_largest(table, found), gap.words.largest(table, found)
    starts = {
        "clear": ("Kesenjangan berbobot jelas tertinggi: ", "Pekerjaan terbesar: "),
        "likely": (
            "Kesenjangan berbobot cenderung tertinggi: ",
            "Pekerjaan yang cenderung terbesar: ",
        ),
        "unclear": (
            "Dapat berkesenjangan berbobot tertinggi: ",
            "Yang dapat menjadi pekerjaan terbesar: ",
        ),
    }[level]
    first = [n for n, v in zip(NAMES, means, strict=False) if level == "unclear" or v == max(means)]
    assert names(title.removeprefix(starts[0])) == first
    assert names(said.headline.removeprefix(starts[1]).removesuffix(".")) == first
    assert (said.level, said.claim) == (level, f"s.{NAMES[0]}.largest")
    assert gap.words.leaders(table, found)["item"].tolist() == first
    top = [f"{n} masuk tiga besar pada 100% sampel ulang." for n in first if n == NAMES[0]]
    assert said.detail == " ".join(
        ["Menurut jarak ke sasaran dikalikan kepentingannya.", *top,
         f"Selisih dengan yang terdekat: {with_detail(found.iloc[0])}."]
    )  # fmt: skip
    if level == "unclear":
        alone = table.assign(rank_low=[1.0, *[2.0] * (len(given) - 1)])
        assert gap.words.heading_largest(alone, found).endswith(f": {NAMES[0]}")


COUNTED = [
    ("dbp", "clear", "Data paling sering disebut sebagai hambatan utama."),
    ("dbp", "likely", "Data cenderung paling sering disebut sebagai hambatan utama."),
    ("dbp", "unclear", "Hambatan yang paling sering disebut: Data, Anggaran, dan SDM."),
]


@pytest.mark.parametrize(("order", "level", "headline"), COUNTED)
def test_the_obstacles_that_are_named_most_are_named(order, level, headline):
    named = pd.DataFrame({"obstacle_name": [CALLED[key] for key in order], "dimension": "city"})
    named = named.assign(count=[5, 3, 2], share=[0.5, 0.3, 0.2], n=10)
    found = believed((obstacles.LEADING, "d", "", 0.2, level))
    said = gap.words.obstacle(found, named)
    assert (said.headline, said.level, said.claim) == (headline, level, "s.d.obstacle")
    assert said.detail == (
        "Data 50%, Anggaran 30%, dan SDM 20% dari 10 jawaban. Selisih dengan yang terdekat: "
        f"{with_detail(found.iloc[0])}."
    )
    assert obstacles.most(named, 1)["obstacle_name"].tolist() == ["Data"]
    assert len(obstacles.most(named.assign(count=[5, 3, 3]), 2)) == 3
    none = gap.words.obstacle(believed(), named.assign(count=0, n=0))
    assert (none.level, none.detail) == ("count", "")


def quadrants(given) -> pd.DataFrame:
    table = pd.DataFrame(given, columns=["quadrant", "level"])
    return table.assign(item=NAMES[: len(given)], name=NAMES[: len(given)])


@few
@given(st.lists(st.tuples(st.sampled_from("ABCD"), st.sampled_from(LEVELS)), max_size=6))
def test_priorities_are_those_of_the_first_quadrant_as_surely_as_they_are_there(given):
    table = quadrants(given)
    found = believed(*[(ipa.PLACED, n, "", 1.0, s)
                       for n, (_q, s) in zip(NAMES, given, strict=False)])  # fmt: skip
    first = {
        level: [n for n, (q, own) in zip(NAMES, given, strict=False) if (q, own) == ("A", level)]
        for level in LEVELS
    }
    every = sum(first.values(), [])
    heading, figure, said = ipa.heading(table), ipa.figure(table), ipa.finding(table, found)
    clear, likely = len(first["clear"]), len(first["likely"])
    assert (figure["shown"], figure["value"]) == (str(clear), clear)
    assert figure["detail"] == f"{likely} cenderung; {len(every)} di kuadran itu menurut reratanya"
    assert ipa.prior(table)["name"].tolist() == next((n for n in first.values() if n), [])
    if not every:
        assert said.headline == "Tidak ada subdimensi yang penting tetapi masih kurang."
        assert heading == (
            "Tidak ada subdimensi di kuadran prioritas utama"
            if given
            else "Belum ada kesenjangan yang dapat dihitung"
        )
        assert (said.level, said.claim, said.detail) == ("count", "", "")
        return
    level = next(level for level in LEVELS if first[level])
    start = {"clear": "Jelas prioritas utama", "likely": "Cenderung prioritas utama",
             "unclear": "Di kuadran prioritas utama menurut reratanya"}[level]  # fmt: skip
    (listed,) = read(f"{start}: {{}}", heading)
    called = first[level]
    start = {"clear": "Penting", "likely": "Cenderung penting",
             "unclear": "Menurut reratanya penting"}[level]  # fmt: skip
    assert said.headline == f"{start} tetapi masih kurang: {listed}."
    assert names(listed) == (
        called if len(called) < 5 else [*called[:3], f"{len(called) - 3} lainnya"]
    )
    assert (said.level, said.claim) == (level, f"s.{called[0]}.quadrant")
    details = [f"{name} {with_detail(found.loc[(ipa.PLACED, name)])}" for name in called]
    assert said.detail == "; ".join(details) + "."


def ranked(**means: float | None) -> pd.DataFrame:
    return pd.DataFrame({"item": list(means), "mean": means.values()}).astype({"mean": float})


def judged(letters: str) -> pd.DataFrame:
    """Items of some quadrants, named after their places, beside condition and importance."""
    names = list("pqrstu"[: len(letters)])
    table = pd.DataFrame({"item": names, "name": names, "quadrant": list(letters)})
    return table.assign(quadrant_name=table["quadrant"] + "!", current=2.0, importance=4.5)


def test_where_quadrants_and_the_ranking_part_both_ways_are_told():
    weighted = ranked(p=9, q=8, r=7, s=6, t=5, u=None)
    ((said, items),) = ipa.apart(judged("ACDABA"), weighted)
    assert said.headline == (
        "q dan r jauh dari sasaran, tetapi bukan prioritas utama: bicarakan sebelum memilih."
    )
    assert (said.level, said.claim, items.tolist()) == ("count", "", ["q", "r"])
    assert said.detail.startswith(
        "s prioritas utama, tetapi tidak termasuk tiga yang paling jauh dari sasaran. q di kuadran "
        "C! (kondisi 2,00; kepentingan 4,50); r di"
    )
    ((said, items),) = ipa.apart(judged("AAACA"), weighted)
    assert said.headline.startswith("t prioritas utama, tetapi tidak")
    assert said.detail.startswith("t di kuadran A!")
    assert items.tolist() == ["t"]


def test_where_both_point_the_same_way_or_nothing_leads_nothing_is_told():
    assert ipa.apart(judged("AAABC"), ranked(p=9, q=8, r=7, s=6, t=5)) == []
    # r and s share the third place: neither is among the first three, nor behind them.
    assert ipa.apart(judged("AACAC"), ranked(p=9, q=8, r=7, s=7, t=5)) == []
    assert ipa.apart(judged("BBBBB"), ranked(p=1, q=1, r=1, s=1, t=1)) == []
    assert ipa.apart(judged("BB"), ranked(p=None, q=None)) == []


@few
@given(surveys)
def test_quadrants_are_those_of_the_grand_means(given):
    table = ipa.importance_performance(gap.figures.gaps(answers(given)), ENDS).set_index("item")
    means = {}
    for place, name in enumerate(NAMES[:3]):
        cells = [unit[place] for unit in given if unit[place]]
        if cells:
            means[name] = (np.mean([c[0] for c in cells]), np.mean([c[2] for c in cells]))
    if not means:
        assert set(table["quadrant"]) == {""}
        assert ipa.crosshair(table.reset_index(), ENDS) == (3.0, 3.0)
        return
    middle = np.mean(list(means.values()), axis=0)
    assert ipa.crosshair(table.reset_index(), ENDS) == pytest.approx(tuple(middle))
    for name, (present, importance) in means.items():
        good, matters = present > middle[0] - 1e-9, importance > middle[1] - 1e-9
        letter = {(False, True): "A", (True, True): "B", (False, False): "C", (True, False): "D"}
        assert table.loc[name, "quadrant"] == letter[good, matters]
    assert ipa.corners() == {
        "low_high": "A: prioritas utama", "high_high": "B: pertahankan",
        "low_low": "C: menyusul", "high_low": "D: sudah memadai",
    }  # fmt: skip


def test_a_proposal_stands_once_with_what_it_is_about():
    rows = [("gap", "Alun", "Alun dahulu."), ("gap", "d", "Data."), ("swot", "Bukit", "Lain.")]
    given = [((1, 5, 5, "d"), (3, 4, 3, "d"), (3, 4, 3, "d"))] * 6
    made = gap.of(
        Answers(
            {"gap": answers(given)},
            instrument=sorting("obstacle", CALLED),
            actions=pd.DataFrame(rows, columns=["stage", "item", "action"]),
        )
    )
    overall, largest, priority, *_others, obstacle = made.findings
    assert "Alun" in largest.headline and "Alun" in priority.headline
    assert (largest.action, priority.action) == ("Alun dahulu.", "")
    assert (overall.action, obstacle.action) == ("", "Data.")
