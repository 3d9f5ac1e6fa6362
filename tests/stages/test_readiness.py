"""Readiness of three units on four indicators, worked out by hand, and the SPBE index."""

from types import SimpleNamespace

import pandas as pd
import pytest

from analysis.stages import readiness
from analysis.stages.evidence import items
from analysis.stages.readiness import spbe
from analysis.stages.whole import profile
from tests.claimed import claimed
from tests.second_city import RAW

# Element A holds sub-elements a (i1, i2) and b (i3); element B holds c (i4).
#        i1  i2  i3  i4    a    b    A            c = B   index
# satu    2   4   3   5    3    3    3            5       (3 + 5) / 2 = 4
# dua     1  TB   3   -    1    3    (1+3)/2 = 2  -       2 (B has no answer: only A counts)
# tiga    3   3   1   2    3    1    2            2       2
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


def believed(answers, threshold=2.6, expected=0, confidence=0.95):
    """The claims of the readiness report."""
    expected = expected or answers["unit"].nunique()
    families = readiness.figures.comparisons(answers, threshold, expected, confidence)
    return claimed(families, answers, confidence)


def test_the_stage_gives_what_its_figures_give_and_works_each_out_once():
    spbe_answers = pd.DataFrame({"item": [], "level": [], "aspect": []})
    asked = []

    def given(name):
        asked.append(name)
        return {"readiness": ANSWERS, "spbe": spbe_answers}[name]

    units = ANSWERS.drop_duplicates("unit").assign(weight=1.0)
    settings = SimpleNamespace(thresholds=SimpleNamespace(readiness=2.6))
    survey = SimpleNamespace(units=units, answers=given, settings=settings, predicates={})
    stage = readiness.of(survey, confidence=0.9)
    city = readiness.figures.city(readiness.figures.scores(ANSWERS), "subelement", 0.9)
    for frame, expected in (
        (stage.scores, readiness.figures.scores(ANSWERS)),
        (stage.found, believed(ANSWERS, confidence=0.9)),
        (stage.subelements, readiness.figures.marked(city, stage.found)),
        (stage.indicators, readiness.figures.indicators(ANSWERS, 0.9)),
    ):
        pd.testing.assert_frame_equal(frame, expected)
    assert stage.scores is stage.scores
    assert stage.own_spbe is None
    assert asked == ["readiness", "spbe"]
    assert stage.titles["subelements"] == readiness.words.headline(city, stage.found, 2.6)
    assert (stage.bound, readiness.of(survey, threshold=4.0).bound) == (2.6, 4.0)


def test_scores_of_units():
    scores = readiness.figures.scores(ANSWERS).set_index(["unit", "tier", "id"])["score"]
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
    # 2.6667 +- 2.8684.
    row = readiness.figures.city(readiness.figures.scores(ANSWERS), "index").iloc[0]
    assert row["mean"] == pytest.approx(8 / 3)
    assert (row["low"], row["high"]) == pytest.approx((-0.2018, 5.5351), abs=1e-4)
    assert (row["n"], row["method"]) == (3, "t")


def test_groups_and_the_city_stand_side_by_side():
    groups = readiness.figures.by_group(readiness.figures.scores(ANSWERS), "index").set_index(
        "label"
    )
    assert groups["mean"].to_dict() == pytest.approx(
        {"Dinas (2)": 3.0, "Badan (1)": 2.0, "Kota (3)": 8 / 3}
    )
    assert pd.isna(groups.loc["Badan (1)", "low"])


def test_blank_and_tb_count_apart_in_indicators():
    rows = readiness.figures.indicators(ANSWERS).set_index("item")
    assert rows.loc["i2", ["mean", "n", "tb", "missing"]].tolist() == [3.5, 2, 1, 0]
    assert rows.loc["i4", ["mean", "n", "tb"]].tolist() == [3.5, 2, 0]
    assert rows.loc["i4", "missing"] == pytest.approx(1 / 3)


def test_a_branch_is_below_only_beyond_chance():
    # Twelve units: sub-element a at 1 or 2 (mean 1.5), b always at the threshold's 3, c at 2 or 4.
    levels = {f"u{n:02}": (1 + n % 2, 1 + n % 2, 3, 2 + 2 * (n % 2)) for n in range(12)}
    answers = table(levels)
    found = believed(answers, threshold=3.0)
    branches = readiness.figures.city(readiness.figures.scores(answers), "subelement")
    sentence = readiness.words.below(branches, found, 3.0)
    assert sentence.startswith("Pasti di bawah ambang 3,0")
    assert "a (1,50; " in sentence
    assert "b (" not in sentence
    assert "c (" not in sentence
    assert readiness.figures.marked(branches, found)["below"].sum() == 1
    assert "tidak menunjukkan" in readiness.words.below(branches, believed(ANSWERS), 3.0)


def test_blanks_and_absent_units_bound_a_sub_element():
    # Sub-element c is i4: 5, blank, 2 of three units, a fourth is absent: (5 + 2 + 2 x 1) / 4 and
    # (5 + 2 + 2 x 5) / 4, less the threshold. Of a, unit dua's TB stays out: i2 is not filled.
    ends = readiness.figures.comparisons(ANSWERS, 2.6, 4)[0].bounds
    assert ends.loc["c"].tolist() == pytest.approx([9 / 4 - 2.6, 17 / 4 - 2.6])
    assert ends.loc["a"].tolist() == pytest.approx([(3 + 1 + 3 + 1) / 4 - 2.6, 3 - 2.6])


def test_groups_that_cannot_be_told_apart_are_not_said_to_differ():
    sentences = readiness.words.findings(
        readiness.figures.scores(ANSWERS), None, 2.6, believed(ANSWERS)
    )
    assert any("yang paling berjauhan: Dinas dan Badan" in s for s in sentences)


def test_items_that_go_their_own_way():
    # i1 to i3 rise together over the units, i4 falls: its correlation with their sum is -1.
    answers = table({f"u{n}": (n, n, n, 6 - n) for n in range(1, 6)})
    analysed = items.analysis(answers, "level", readiness.figures.SCALE).set_index("item")
    assert analysed.index[0] == "i4"
    assert analysed.loc["i4", "correlation"] == pytest.approx(-1)
    assert analysed.loc["i4", "alpha_if_deleted"] == pytest.approx(1)
    # Levels 1 to 5 once each: 1 + (2 log2(1/2) + 2 log2(3/4)) / 5.
    assert analysed["consensus"].tolist() == pytest.approx([0.433985] * 4, abs=1e-6)
    alpha = readiness.figures.reliability(answers)
    assert items.finding(analysed.reset_index(), alpha).startswith("1 dari 4 butir")
    few = items.analysis(table({"satu": (1, 2, 3, 4)}), "level", readiness.figures.SCALE)
    assert few["correlation"].isna().all()
    assert "tidak dihitung" in items.finding(few, None)


@pytest.mark.parametrize(
    "levels",
    [
        {"satu": (2, 4, 3, 5)},
        {"satu": ("TB", "TB", "TB", "TB"), "dua": (None, None, None, None)},
    ],
    ids=["one unit", "no level at all"],
)
def test_little_is_answered(levels):
    answers = table(levels)
    scores = readiness.figures.scores(answers)
    alpha = readiness.figures.reliability(answers)
    assert alpha is None
    found = believed(answers)
    assert not found["sure"].any()
    sentences = readiness.words.findings(scores, alpha, 2.6, found)
    figures = readiness.words.key_figures(scores, found, 2.6)
    assert "nan" not in " ".join([*sentences, *(f["shown"] + f["detail"] for f in figures)])
    readiness.words.headline(readiness.figures.city(scores, "subelement"), found, 2.6)
    readiness.words.lowest_everywhere(readiness.figures.by_group(scores, "subelement"))
    readiness.figures.distribution(answers, 3)


def test_spbe_of_equal_levels_is_that_level():
    index = spbe.spbe_index(pd.Series(3, index=range(1, 48)))
    assert index.total == pytest.approx(3)
    assert index.predicate == "Baik"
    assert set(index.domains.round(9)) == {3}


def test_spbe_by_hand():
    # Level 5 in the six public services (18 of 100), level 1 in all others:
    # (82 x 1 + 18 x 5) / 100 = 1.72; services (27.5 x 1 + 18 x 5) / 45.5 = 2.5824.
    levels = pd.Series(1, index=range(1, 48))
    levels.loc[42:47] = 5
    index = spbe.spbe_index(levels)
    assert index.total == pytest.approx(1.72)
    assert index.domains["services"] == pytest.approx(117.5 / 45.5)
    assert index.aspects["public"] == pytest.approx(5)
    assert index.predicate == "Kurang"


def test_spbe_names_a_missing_indicator():
    with pytest.raises(ValueError, match="17"):
        spbe.spbe_index(pd.Series(3, index=[i for i in range(1, 48) if i != 17]))


@pytest.mark.parametrize(
    ("index", "name"),
    [(1.53, "Kurang"), (2.35, "Cukup"), (2.6, "Baik"), (3.03, "Baik"), (5, "Memuaskan")],
)
def test_predicates(index, name):
    assert spbe.predicate(index) == name


def test_the_weights_of_the_instrument_are_those_of_the_regulation():
    asked = pd.read_csv(RAW / "instrument/spbe.csv")
    assert list(asked["weight"]) == pytest.approx(list(spbe.tree()["weight"]))
    assert list(asked["aspect"]) == list(spbe.tree()["aspect"])


def test_a_unit_beside_its_group_and_the_city():
    # i1: satu 2, dua 1, tiga 3 -> group dinas (2 + 1) / 2, city 2; i2: satu 4, tiga 3.
    rows = profile.against(ANSWERS, "satu", "item", "level").set_index("item")
    assert rows.loc["i1", ["own", "group_mean", "city_mean"]].tolist() == [2, 1.5, 2]
    assert rows.loc["i2", ["n_group", "n_city", "difference"]].tolist() == [1, 2, 0.5]
    strong = profile.strengths(rows.reset_index())
    assert list(strong["item"]) == ["i4", "i3", "i2"]  # 5 - 3.5, 3 - 7/3, 4 - 3.5
    assert profile.against(ANSWERS, "tak-ada", "item", "level").empty
