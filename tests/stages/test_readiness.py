"""Readiness of three units on four indicators, worked out by hand."""

import re

import pandas as pd
import pytest

from analysis.stages import readiness
from analysis.stages.evidence import claims, items
from analysis.stages.whole import beside
from tests.stages.answers import UNPROPOSED, Answers

# Element A holds sub-elements a (i1, i2) and b (i3); element B holds c (i4).
#        i1  i2  i3  i4    a    b    A            c = B   index
# satu    2   4   3   5    3    3    3            5       (3 + 5) / 2 = 4
# dua     1  TB   3   -    1    3    (1+3)/2 = 2  -       2 (B has no answer: only A counts)
# tiga    3   3   1   2    3    1    2            2       2
SCALE = (1.0, 5.0)
LEVELS = {
    "satu": (2, 4, 3, 5),
    "dua": (1, "TB", 3, None),
    "tiga": (3, 3, 1, 2),
}
TREE = {"i1": ("A", "a"), "i2": ("A", "a"), "i3": ("A", "b"), "i4": ("B", "c")}


def table(levels: dict[str, tuple]) -> pd.DataFrame:
    """The readiness table as a survey gives it."""
    rows = [
        {
            "unit": unit,
            "unit_name": unit.title(),
            "group": "badan" if unit == "tiga" else "dinas",
            "group_name": "Badan" if unit == "tiga" else "Dinas",
            "item": item,
            "name": f"Indikator {item}",
            "weight": 1.0,
            "tb": level == "TB",
            "level": float("nan") if level in ("TB", None) else float(level),
            "element": element,
            "element_name": element,
            "element_short": element,
            "subelement": subelement,
            "subelement_name": subelement,
            "subelement_short": subelement,
        }
        for unit, values in levels.items()
        for (item, (element, subelement)), level in zip(TREE.items(), values, strict=True)
    ]
    return pd.DataFrame(rows)


ANSWERS = table(LEVELS)


def over(answers, **parameters) -> readiness.of:
    """The stage over some answers."""
    whole = parameters.pop("whole", True)
    proposed = parameters.pop("actions", UNPROPOSED)
    return readiness.of(Answers({"readiness": answers}, whole, actions=proposed), **parameters)


def text(findings) -> str:
    return "\n".join(f"{f.headline} {f.detail}" for f in findings)


def test_the_stage_gives_what_its_figures_give_and_works_each_out_once():
    made = over(ANSWERS, confidence=0.9)
    scores, compared = readiness.figures.scores(ANSWERS, SCALE), made.comparisons
    found = claims.table(compared, made.survey.units, 0.9, "readiness", made.primary)
    city = readiness.figures.city(scores, "subelement", SCALE, 0.9)
    for frame, expected in (
        (made.scores, scores),
        (made.found, found),
        (made.subelements, readiness.figures.marked(city, found)),
        (made.indicators, readiness.figures.indicators(ANSWERS, SCALE, 0.9)),
    ):
        pd.testing.assert_frame_equal(frame, expected)
    assert made.scores is made.scores
    assert made.titles["subelements"] == readiness.words.headline(city, found, 2.6)
    assert [f.claim for f in made.headlines[:2]] == [f.claim for f in made.findings[:2]]
    own = made.own_values.set_index(["unit", "item"])["value"]
    assert own["satu", "index"] == 4
    assert own["satu", "A"] == 3
    (measure,) = made.measures("satu")
    assert measure[1]["value"].tolist() == [4, 2, 2]


def test_a_threshold_outside_the_scale_is_refused():
    assert (over(ANSWERS).bound, over(ANSWERS, threshold=4.0).bound) == (2.6, 4.0)
    for threshold in (0.5, 5.1, -1.0, float("nan")):
        with pytest.raises(ValueError, match="di luar skala kesiapan, 1–5"):
            over(ANSWERS, threshold=threshold)


def test_only_all_units_are_called_the_city():
    made = over(ANSWERS, whole=False)
    assert made.by_group["label"].unique().tolist() == ["Dinas (2)", "Badan (1)"]
    assert made.key_figures[0]["label"] == "Indeks kesiapan 3 unit (1–5)"
    assert over(ANSWERS).key_figures[0]["label"] == "Indeks kesiapan kota (1–5)"
    assert "Kota (3)" in over(ANSWERS).by_group["label"].tolist()


def test_scores_of_units():
    scores = readiness.figures.scores(ANSWERS, SCALE).set_index(["unit", "tier", "id"])["score"]
    expected = {
        ("satu", "subelement", "a"): 3,
        ("satu", "element", "A"): 3,
        ("satu", "index", "index"): 4,
        ("dua", "subelement", "a"): 1,
        ("dua", "element", "A"): 2,
        ("dua", "index", "index"): 2,
        ("tiga", "subelement", "b"): 1,
        ("tiga", "index", "index"): 2,
    }
    assert {key: scores[key] for key in expected} == pytest.approx(expected)
    assert pd.isna(scores["dua", "element", "B"])


def test_the_city_is_the_mean_of_its_units():
    # (4 + 2 + 2) / 3 = 2.6667; s = 1.1547, standard error 0.6667, t(0.975; 2) = 4.3027:
    # 2.6667 +- 2.8684, which leaves the scale at both its ends.
    row = readiness.figures.city(readiness.figures.scores(ANSWERS, SCALE), "index", SCALE).iloc[0]
    assert row["mean"] == pytest.approx(8 / 3)
    assert (row["low"], row["high"]) == (1, 5)
    assert (row["n"], row["method"]) == (3, "t")
    # Indices 3, 3, 4: s = 0.57735, standard error 1 / 3: 3.3333 +- 1.4342, and so says the claim.
    made = over(table({"a": (3, 3, 3, 3), "b": (3, 3, 3, 3), "c": (4, 4, 4, 4)}))
    row = made.found.loc[("threshold", "index")]
    ends = (1.8991, 4.7676)
    assert tuple(row[["low", "high"]]) == pytest.approx(ends, abs=1e-4)
    city = readiness.figures.city(made.scores, "index", SCALE).iloc[0]
    assert tuple(city[["mean", "low", "high"]]) == pytest.approx((10 / 3, *ends), abs=1e-4)


def test_groups_and_the_city_stand_side_by_side():
    groups = readiness.figures.by_group(
        readiness.figures.scores(ANSWERS, SCALE), "index", SCALE
    ).set_index("label")
    assert groups["mean"].to_dict() == pytest.approx(
        {"Dinas (2)": 3.0, "Badan (1)": 2.0, "Kota (3)": 8 / 3}
    )
    assert pd.isna(groups.loc["Badan (1)", "low"])


def test_blank_and_tb_count_apart_in_indicators():
    rows = readiness.figures.indicators(ANSWERS, SCALE).set_index("item")
    assert rows.loc["i2", ["mean", "n", "tb", "missing"]].tolist() == [3.5, 2, 1, 0]
    assert rows.loc["i4", ["mean", "n", "tb"]].tolist() == [3.5, 2, 0]
    assert rows.loc["i4", "missing"] == pytest.approx(1 / 3)


def test_a_branch_is_below_only_beyond_chance():
    # Twelve units: sub-element a at 1 or 2 (mean 1.5), b always at the threshold's 3, c at 2 or 4.
    levels = {f"u{n:02}": (1 + n % 2, 1 + n % 2, 3, 2 + 2 * (n % 2)) for n in range(12)}
    answers = table(levels)
    made = over(answers, threshold=3.0)
    below = made.headlines[1]
    assert (below.headline, below.level) == ("Di bawah batas siap 3,0: a.", "clear")
    assert below.claim == "readiness.a.below"
    assert below.detail.startswith("a 1,50; selang 95%: ")
    assert made.subelements["below"].sum() == 1
    assert made.titles["subelements"] == "1 dari 3 bidang jelas di bawah batas siap 3,0"
    assert made.found.loc[("below", "b"), "sentence"] == "b di sekitar batas siap 3,0"
    assert over(ANSWERS).headlines[1].headline == (
        "Terlalu sedikit perangkat daerah untuk mengatakan bahwa a di bawah batas siap 2,6."
    )


def test_a_mean_that_rounds_to_the_threshold_does_not_contradict_it():
    answers = table({f"u{n:02}": (3, 3, 3, 3) for n in range(12)})
    for threshold, side in ((2.96, "atas"), (3.0, "sekitar"), (4.0, "bawah")):
        said = over(answers, threshold=threshold).headlines[0]
        assert said.headline == f"Kesiapan kota 3,0 dari 5, di {side} batas siap."
        assert said.detail.startswith("3,00; ")
    assert said.detail.endswith(" Batas siap 4,0.")
    assert over(answers, threshold=2.0).headlines[1].headline == (
        "Tidak ada bidang di bawah batas siap 2,0."
    )


def test_what_is_proposed_stands_beside_what_is_below_the_threshold():
    levels = {f"u{n:02}": (1 + n % 2, 1 + n % 2, 3, 2 + 2 * (n % 2)) for n in range(12)}
    rows = [("readiness", item, "x", f"Dinas X mengurus {item}, 2025.") for item in "ab"]
    proposed = pd.DataFrame(rows, columns=UNPROPOSED.columns)
    made = over(table(levels), threshold=3.0, actions=proposed)
    assert [f.action for f in made.findings if f.action] == ["Dinas X mengurus a, 2025."]


def test_blanks_and_absent_units_bound_a_sub_element():
    # Sub-element c is i4: 5, blank, 2 of three units, a fourth is absent: (5 + 2 + 2 x 1) / 4 and
    # (5 + 2 + 2 x 5) / 4, less the threshold. Of a, unit dua's TB stays out: i2 is not filled.
    index, branches, _groups = readiness.figures.comparisons(ANSWERS, 2.6, SCALE, 4)
    ends = branches.bounds
    assert ends.loc["c"].tolist() == pytest.approx([9 / 4 - 2.6, 17 / 4 - 2.6])
    assert ends.loc["a"].tolist() == pytest.approx([(3 + 1 + 3 + 1) / 4 - 2.6, 3 - 2.6])
    # Index: 4, dua (2 + 1) / 2 or (2 + 5) / 2, 2, and the absent unit at 1 or 5.
    assert index.bounds.loc["index"].tolist() == pytest.approx([8.5 / 4 - 2.6, 14.5 / 4 - 2.6])


def test_groups_that_cannot_be_told_apart_are_not_said_to_differ():
    (apart,) = [f for f in over(ANSWERS).findings if f.claim.endswith("groups")]
    assert (apart.claim, apart.level) == ("readiness.dinas-badan.groups", "unclear")
    assert apart.headline.startswith(
        "Terlalu sedikit perangkat daerah untuk mengatakan bahwa Dinas lebih"
    )


def test_items_that_go_their_own_way():
    # i1 to i3 rise together over the units, i4 falls: its correlation with their sum is -1.
    answers = table({f"u{n}": (n, n, n, 6 - n) for n in range(1, 6)})
    analysed = items.analysis(answers, "level", SCALE).set_index("item")
    assert analysed.index[0] == "i4"
    assert analysed.loc["i4", "correlation"] == pytest.approx(-1)
    assert analysed.loc["i4", "alpha_if_deleted"] == pytest.approx(1)
    # Levels 1 to 5 once each: 1 + (2 log2(1/2) + 2 log2(3/4)) / 5.
    assert analysed["consensus"].tolist() == pytest.approx([0.433985] * 4, abs=1e-6)
    found = items.reliability(answers, "level")
    said = items.finding(analysed.reset_index(), found, SCALE)
    assert said.headline == "1 dari 4 pertanyaan tidak seiring dengan yang lain."
    assert said.detail.startswith("Tidak seiring: korelasi di bawah 0,30; ")


def quality(answers):
    """What the stage says of its items, and of their reliability, over some answers."""
    stage = over(answers)
    reliable = next(f for f in stage.quality if f.headline.startswith("Keandalan"))
    (said,) = (f for f in stage.quality if re.search("eiring|Keseiringan", f.headline))
    return stage.items, said, reliable


def test_one_unit_has_no_alpha_because_it_is_one():
    few, said, reliable = quality(table({"satu": (1, 2, 3, 4)}))
    assert few["correlation"].isna().all()
    why = "tidak dihitung: kurang dari dua perangkat daerah mengisi semuanya."
    assert said.headline == f"Keseiringan pertanyaan {why}"
    assert reliable.headline == f"Keandalan pertanyaan kesiapan {why}"


def test_equal_answers_have_no_alpha_because_they_do_not_vary():
    same, said, reliable = quality(table({f"u{n:02}": (2, 3, 3, 1) for n in range(35)}))
    why = "tidak dihitung: jawaban perangkat daerah yang dihitung sama semua."
    assert said.headline == f"Keseiringan pertanyaan {why}"
    assert reliable.headline == f"Keandalan pertanyaan kesiapan {why}"
    assert (same["consensus"] == 1).all() and "terbelah" not in said.detail


def test_units_split_at_both_ends_have_an_alpha_of_one_and_a_word():
    split = table({f"u{n:02}": (1 + 4 * (n % 2),) * 4 for n in range(34)})
    _items, said, reliable = quality(split)
    assert reliable.headline == (
        "Keandalan pertanyaan kesiapan 1,0: semua pertanyaan dijawab hampir sama."
    )
    assert "penjawabnya terbelah; itu bukan bukti mutu" in reliable.detail
    assert "jawaban terbelah: rerata kesepakatan 0,00" in said.detail
    near = table({f"u{n:02}": (1 + n % 2,) * 4 for n in range(34)})  # alike, and not split
    assert "terbelah" not in quality(near)[1].detail


def test_items_that_work_against_each_other_have_no_number_below_zero():
    against = table({f"u{n:02}": (1 + n % 3, 3 - n % 3, 2, 1 + n % 2) for n in range(12)})
    items_, said, reliable = quality(against)
    assert reliable.headline == (
        "Keandalan pertanyaan kesiapan di bawah 0: jawabannya berlawanan arah."
    )
    assert reliable.detail.startswith("Alfa Cronbach di bawah 0 (selang Feldt 95%: di bawah 0 s.d.")
    assert "−" not in reliable.detail and "menaikkan" not in said.detail
    assert not (items_["alpha_if_deleted"] < 0).any()


def test_alpha_falls_back_on_the_units_that_answered_every_item():
    # Of the pairs i1 i2 and i2 i3 rise together and i1 i3 run against each other: no sample does.
    blank = {"a": (1, 1, None, 3), "b": (5, 5, None, 3), "c": (None, 1, 1, 3), "d": (None, 5, 5, 3),
             "e": (1, None, 5, 3), "f": (5, None, 1, 3)}  # fmt: skip
    full = {"g": (1, 2, 2, 3), "h": (2, 3, 2, 3), "i": (3, 3, 4, 4)}
    found, whole = (items.reliability(table(t), "level") for t in (blank | full, full))
    assert (found.alpha, found.left_out, found.of_pairs.n) == (whole.alpha, 6, 9)
    assert whole.left_out == 0 and whole.of_pairs is None
    reliable = quality(table(blank | full))[2]
    assert "n = 3): " in reliable.detail
    assert (
        "6 perangkat daerah yang tidak mengisi semuanya tidak dihitung: kovarians dari pasangan "
        "jawaban tidak mungkin berasal dari satu kumpulan perangkat daerah. Semua pasangan jawaban "
        "(n = 9) memberi alfa"
    ) in reliable.detail
    none = quality(table(blank))[2]
    assert none.headline.endswith(
        "tidak dihitung: kurang dari dua perangkat daerah mengisi semuanya."
    )
    assert none.detail.startswith("6 perangkat daerah yang tidak mengisi semuanya tidak dihitung")


@pytest.mark.parametrize(
    "levels",
    [
        {"satu": (2, 4, 3, 5)},
        {"satu": ("TB", "TB", "TB", "TB"), "dua": (None, None, None, None)},
    ],
    ids=["one unit", "no level at all"],
)
def test_little_is_answered(levels):
    made = over(table(levels))
    assert made.reliability.alpha is None
    assert (made.found["level"] == "unclear").all()
    said = text([*made.findings, *made.quality, *made.headlines])
    figures = made.key_figures
    shown = " ".join([said, *made.titles.values(), *(f["shown"] + f["detail"] for f in figures)])
    assert "nan" not in shown
    assert len(made.distribution) <= 4
    if len(levels) == 2:
        assert made.found.empty
        assert made.findings[0].headline == "Belum ada jawaban tentang kesiapan."
        assert [(f["shown"], f["detail"]) for f in figures] == [("–", "belum ada jawaban")]
        assert made.titles["subelements"] == "Belum ada jawaban tentang kesiapan"


def test_a_unit_beside_its_group_and_the_city():
    # i1: satu 2, dua 1, tiga 3 -> group dinas (2 + 1) / 2, city 2; i2: satu 4, tiga 3.
    every = beside.against(ANSWERS, "item", "level")
    rows = every[every["unit"] == "satu"].set_index("item")
    assert rows.loc["i1", ["own", "group_mean", "city_mean"]].tolist() == [2, 1.5, 2]
    assert rows.loc["i2", ["n_group", "n_city", "difference"]].tolist() == [1, 2, 0.5]
    strong = beside.strengths(rows.reset_index())
    assert list(strong["item"]) == ["i4", "i3", "i2"]  # 5 - 3.5, 3 - 7/3, 4 - 3.5
    assert len(every) == ANSWERS["level"].count()
    assert beside.against(ANSWERS.iloc[:0], "item", "level").empty
