"""Factors weighed and rated: EFAS, IFAS and the SWOT position, by hand and as published."""

import numpy as np
import pandas as pd
import pytest

from analysis.stages import external, swot
from analysis.stages.external import factors
from analysis.stages.swot import ie, position, tows
from tests.claimed import claimed
from tests.stages.weighed import Survey

# Importance and rating of two factors by three units; "tiga" left the rating of f2 blank, so
# nothing it says of f2 counts.
#          f1      f2
# satu    4, 4    1, 1
# dua     2, 3    1, 2
# tiga    3, 2    5, -
# mean importance  f1 (4 + 2 + 3) / 3 = 3, f2 (1 + 1) / 2 = 1 -> weights 0.75, 0.25
# mean rating      f1 (4 + 3 + 2) / 3 = 3, f2 (1 + 2) / 2 = 1.5
# scores           0.75 x 3 = 2.25, 0.25 x 1.5 = 0.375 -> total 2.625
ROWS = {
    "satu": ((4, 4), (1, 1)),
    "dua": ((2, 3), (1, 2)),
    "tiga": ((3, 2), (5, None)),
}


def table(rows: dict[str, tuple], category: str = "pestel", tb=()) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "unit": unit,
                "unit_name": unit.title(),
                "group": "dinas",
                "group_name": "Dinas",
                "item": f"f{number}",
                "name": f"Faktor {number}",
                category: "legal",
                f"{category}_name": "Hukum",
                "tb": (unit, f"f{number}") in tb,
                "importance": float("nan") if pair[0] is None else float(pair[0]),
                "rating": float("nan") if pair[1] is None else float(pair[1]),
            }
            for unit, pairs in rows.items()
            for number, pair in enumerate(pairs, start=1)
        ]
    )


ANSWERS = table(ROWS)


def test_the_matrix_by_hand():
    matrix = factors.evaluate(ANSWERS, "pestel").set_index("item")
    assert matrix["weight"].to_dict() == pytest.approx({"f1": 0.75, "f2": 0.25})
    assert matrix["rating"].to_dict() == pytest.approx({"f1": 3, "f2": 1.5})
    assert matrix["score"].to_dict() == pytest.approx({"f1": 2.25, "f2": 0.375})
    assert matrix["n"].to_dict() == {"f1": 3, "f2": 2}


def test_the_total_is_the_sum_and_has_a_t_interval_for_three_units():
    # Units' own totals: satu (4 x 4 + 1 x 1) / 5 = 3.4; dua (2 x 3 + 1 x 2) / 3 = 2.6667; tiga 2.
    # s = 0.70027, standard error 0.40430, t(0.975; 2) = 4.30265 -> 2.625 +- 1.73957.
    total = factors.total(ANSWERS)
    assert total.value == pytest.approx(2.625)
    assert (total.low, total.high) == pytest.approx((0.88543, 4.36457), abs=1e-4)
    assert total.n == 3


def test_position_is_the_distance_of_the_totals_from_neutral():
    # Internal as above: S = 0.75 x 0.5 = 0.375, W = 0.25 x 1 = 0.25, X = 0.125 = 2.625 - 2.5.
    # External with ratings turned around: f1 2, f2 3.5: O = 0.25 x 1, T = 0.75 x 0.5, Y = -0.125.
    internal = pd.DataFrame({"weight": [0.75, 0.25], "rating": [3.0, 1.5]})
    outer = pd.DataFrame({"weight": [0.75, 0.25], "rating": [2.0, 3.5]})
    place = swot.position.position(internal, outer)
    assert (place.strengths, place.weaknesses) == pytest.approx((0.375, 0.25))
    assert (place.x, place.y) == pytest.approx((0.125, -0.125))
    assert place.quadrant == "II"


def test_davids_own_ife_totals_two_and_a_half():
    # David, Strategic Management: strengths .10/2 .15/4 .10/3 .10/3, weaknesses .20/2 .15/3 .05/2
    # .15/1. It breaks his rule (strengths 3-4, weaknesses 1-2) twice; our scale has no such rule.
    weight = pd.Series([0.10, 0.15, 0.10, 0.10, 0.20, 0.15, 0.05, 0.15])
    rating = pd.Series([2, 4, 3, 3, 2, 3, 2, 1.0])
    assert factors.scores(weight, rating).sum() == pytest.approx(2.50)


@pytest.mark.parametrize(
    ("ifas", "efas", "strategy"),
    [
        (2.8, 1.3, ie.HARVEST),
        (1.2, 2.4, ie.HARVEST),
        (3.8, 3.5, ie.GROW),
        (3.1, 1.6, ie.HOLD),
    ],
)
def test_the_published_cells_of_the_ie_matrix(ifas, efas, strategy):
    assert ie.STRATEGIES[ie.cell(ifas, efas)] == strategy


def test_cells_are_numbered_along_the_rows():
    assert ie.cell(3, 3) == "I"
    assert ie.cell(2.99, 3) == "II"
    assert ie.cell(1.99, 1.99) == "IX"


@pytest.mark.parametrize(
    ("weight", "rating", "message"),
    [
        ([0.5, 0.6], [3, 2], "sum to 1"),
        ([1.5, -0.5], [3, 2], "weight of 1 is -0.5"),
        ([0.5, 0.5], [3, 5], "rating of 1 is 5"),
        ([0.5, 0.5], [3, np.nan], "rating of 1"),
    ],
)
def test_wrong_matrices_are_refused(weight, rating, message):
    with pytest.raises(ValueError, match=message):
        factors.scores(pd.Series(weight), pd.Series(rating, dtype=float))


def test_importance_outside_its_scale_is_refused():
    with pytest.raises(ValueError, match="importance of 'a' is 6"):
        factors.weights(pd.Series({"a": 6.0, "b": 3.0}))


def believed(internal, outside, expected=0):
    """The claims of the SWOT and the external reports together."""
    expected = expected or internal["unit"].nunique()
    families = [
        *swot.figures.comparisons(internal, expected),
        *external.figures.comparisons(outside, expected),
    ]
    return claimed(families, internal)


def many(units: int, shift: float) -> pd.DataFrame:
    """Answers of many units around a mean rating, in four groups."""
    random = np.random.default_rng(5)
    rows = {
        f"u{i:02}": tuple(
            (int(random.integers(1, 6)), int(np.clip(round(random.normal(shift, 0.6)), 1, 4)))
            for _factor in range(6)
        )
        for i in range(units)
    }
    return table(rows)


def test_the_cloud_lies_around_the_position_and_its_shares_sum_to_one():
    internal, outer = many(35, 3.1), many(35, 1.8)
    cloud = position.cloud(internal, outer)
    place = swot.position.position(
        factors.evaluate(internal, "pestel"), factors.evaluate(outer, "pestel")
    )
    assert len(cloud) == 2000
    parts = position.parts(place, cloud, factors.total(internal), factors.total(outer))
    assert (parts["low"] <= parts["value"]).all()
    assert (parts["value"] <= parts["high"]).all()
    assert (cloud["strengths"] - cloud["weaknesses"]).to_numpy() == pytest.approx(cloud["x"])
    assert cloud[["x", "y"]].mean().tolist() == pytest.approx([place.x, place.y], abs=0.02)
    assert position.shares(cloud, "quadrant")["share"].sum() == pytest.approx(1)
    assert position.cloud(internal, outer).equals(cloud)
    assert place.quadrant == "II"
    total = factors.total(internal)
    assert total.low < total.value < total.high


def test_few_units_have_no_cloud():
    assert position.cloud(ANSWERS, ANSWERS).empty


@pytest.mark.parametrize(
    "answers",
    [table({"satu": ((4, 4), (1, 1))}), table({"satu": ((4, 4), (None, None))})],
    ids=["one unit", "one factor"],
)
def test_little_is_answered(answers):
    matrix, total = factors.evaluate(answers, "pestel"), factors.total(answers)
    own = answers.iloc[:0]
    place, cloud = swot.position.position(matrix, matrix), position.cloud(answers, answers)
    found = believed(answers, answers)
    assert not found["sure"].any()
    said = [
        *external.words.findings(matrix, total, own, found),
        *swot.words.findings(place, cloud, matrix, matrix, found),
        external.words.heading(matrix, found),
        external.words.heading_groups(found),
        *(f["shown"] + f["detail"] for f in external.words.key_figures(matrix, total)),
        *(
            f["shown"] + f["detail"]
            for f in swot.words.key_figures(place, cloud, total, total, found)
        ),
    ]
    assert "nan" not in " ".join(said)


def test_nothing_is_answered():
    answers = table({"satu": ((None, None), (None, None))}, tb={("satu", "f1")})
    matrix, total = factors.evaluate(answers, "pestel"), factors.total(answers)
    assert matrix.empty
    assert total.n == 0
    found = believed(answers, answers)
    assert external.words.findings(matrix, total, answers.iloc[:0], found) == [
        "Belum ada jawaban tentang faktor eksternal."
    ]
    place, cloud = position.place(matrix, matrix), position.cloud(answers, answers)
    assert place is None
    assert position.parts(place, cloud, total, total).empty
    assert swot.words.findings(place, cloud, matrix, matrix, found) == [swot.words.UNANSWERED]
    assert swot.words.key_figures(place, cloud, total, total, found)[0]["shown"] == "–"
    assert swot.words.heading_position(place, cloud, found) == swot.words.heading_cell(total, total)


def test_tows_pairs_the_strongest_of_each_list():
    # Pull = weight x distance from 2.5: strengths a 0.3 x 1.5, b 0.3 x 0.5; weakness c 0.4 x 1.5.
    internal = pd.DataFrame(
        {"name": ["b", "a", "c"], "weight": [0.3, 0.3, 0.4], "rating": [3.0, 4.0, 1.0]}
    )
    outer = pd.DataFrame({"name": ["o", "t"], "weight": [0.5, 0.5], "rating": [3.5, 1.5]})
    pairs = tows.pairs(internal, outer)
    assert [tuple(row) for row in pairs[["strategy", "internal", "external"]].to_numpy()] == [
        ("SO", "a", "o"),
        ("WO", "c", "o"),
        ("ST", "a", "t"),
        ("WT", "c", "t"),
    ]


def test_lines_are_quoted_with_their_kind():
    answers = pd.DataFrame(
        {"item": ["SWOT-S1", "SWOT-T2"], "unit_name": ["A", "B"], "text": ["kuat", "ancam"]}
    )
    quoted = tows.lines(answers, pd.Series(["Kekuatan", "Kelemahan", "Peluang", "Ancaman"]))
    assert list(quoted["kind"]) == ["Kekuatan", "Ancaman"]


DAVID = pd.DataFrame(
    {
        "weight": [0.10, 0.15, 0.10, 0.10, 0.20, 0.15, 0.05, 0.15],
        "rating": [2, 4, 3, 3, 2, 3, 2, 1.0],
        "kind": ["strength"] * 4 + ["weakness"] * 4,
    },
    index=list("abcdefgh"),
)


def test_davids_own_ife_breaks_his_rule_twice():
    # A strength rated 2 and a weakness rated 3.
    assert factors.contradictions(DAVID).index.tolist() == ["a", "f"]
    with pytest.raises(ValueError, match="contradicts kind for 'a', 'f'"):
        swot.position.position(DAVID, DAVID)
    assert swot.position.position(
        DAVID.drop(columns="kind"), DAVID.drop(columns="kind")
    ).x == pytest.approx(0)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (DAVID[["weight"]], "column 'rating' is missing"),
        (DAVID[["weight"]].assign(rating="tiga"), "rating of 'a' is tiga"),
        (DAVID.assign(weight=DAVID["weight"].mask(DAVID.index == "b")), "weight of 'b' is nan"),
        (DAVID.set_axis(list("aacdefgh")), "comes more than once"),
        (DAVID.iloc[:0], "there are no factors"),
    ],
)
def test_a_position_needs_two_sound_matrices(wrong, message):
    with pytest.raises(ValueError, match=message):
        swot.position.position(wrong, DAVID)


def test_published_weights_are_rounded():
    thirds = pd.Series([0.333, 0.333, 0.333])
    assert factors.scores(thirds, pd.Series([3, 3, 3])).sum() == pytest.approx(2.997)


def test_the_raw_difference_of_scores_is_not_x():
    # Strengths 0.6 at 2.6, weakness 0.4 at 1: X = 0.6 x 0.1 - 0.4 x 1.5 = -0.54,
    # raw difference 0.6 x 2.6 - 0.4 x 1 = +1.16.
    matrix = pd.DataFrame({"weight": [0.6, 0.4], "rating": [2.6, 1.0]})
    score = factors.scores(matrix["weight"], matrix["rating"])
    assert swot.position.position(matrix, matrix).x == pytest.approx(-0.54)
    assert score[0] - score[1] == pytest.approx(1.16)


@pytest.mark.parametrize("rating", [1.0, 4.0])
def test_everyone_at_an_end_of_the_scale(rating):
    answers = many(35, 2.5).assign(rating=rating)
    cloud = position.cloud(answers, answers)
    assert set(cloud["cell"]) == {"IX" if rating == 1 else "I"}
    assert 1 <= factors.total(answers).value <= 4


def test_totals_on_a_bound_but_for_rounding():
    assert ie.cell(sum([0.1] * 10) * 3, 2.5) == "IV"
    assert ie.cell(4 + 1e-15, 1 - 1e-15) == "VII"


def test_a_whole_table_without_answers_has_no_cloud():
    answers = many(35, 2.5)
    blank = answers.assign(tb=True, importance=np.nan, rating=np.nan)
    assert position.cloud(answers, blank).empty
    assert position.cloud(blank, blank).empty
    figures = external.words.key_figures(factors.evaluate(blank, "pestel"), factors.total(blank))
    assert figures[0]["value"] is None


def test_a_quadrant_is_claimed_only_where_both_signs_are_sure():
    internal, outside = many(35, 3.1), many(35, 1.8)
    matrices = [factors.evaluate(a, "pestel") for a in (internal, outside)]
    cloud, place = position.cloud(internal, outside), position.place(*matrices)
    found = believed(internal, outside)
    assert swot.figures.placed(found)
    sentence = swot.words.where(place, cloud, found)
    assert sentence.startswith("Kota berada di kuadran II (diversifikasi): X = +")
    assert "n = 35; p Holm < 0,001" in sentence
    level = many(35, 2.5)
    unsure = believed(internal, level)
    assert not swot.figures.placed(unsure)
    assert "tidak dapat memastikan kuadran" in swot.words.where(place, cloud, unsure)


def test_what_the_missing_units_could_do_to_a_total():
    # One unit of two is missing. Its importance lies in 1-5 and its rating in 1-4, so the means of
    # f1 (4, 4) lie in 2.5-4.5 and 2.5-4, those of f2 (1, 1) in 1-3 and 1-2.5.
    # Least: f2 heavy, f1 light: (3 x 1 + 2.5 x 2.5) / 5.5; greatest: (4.5 x 4 + 1 x 2.5) / 5.5.
    answers = table({"satu": ((4, 4), (1, 1))})
    family = factors.total_against_neutral("efas", answers, "{}", "{}", 2, 0.95)[0]
    ends = family.bounds.loc["efas"] + factors.NEUTRAL
    assert ends.tolist() == pytest.approx([9.25 / 5.5, 20.5 / 5.5])


def test_missing_units_never_pass_the_bounds_of_a_total():
    # Whatever a third unit answers, the total of three lies within the bounds worked out from two.
    rows = {unit: ROWS[unit] for unit in ("satu", "dua")}
    family = factors.total_against_neutral("efas", table(rows), "", "", 3, 0.95)[0]
    worst, best = family.bounds.loc["efas"] + factors.NEUTRAL
    for pairs in [((1, 1), (5, 1)), ((5, 4), (1, 4)), ((5, 1), (5, 1)), ((1, 4), (5, 4))]:
        total = factors.total(table(rows | {"tiga": pairs})).value
        assert worst - 1e-9 <= total <= best + 1e-9


def test_both_stages_are_what_their_figures_and_words_say_worked_out_once():
    internal, outside = many(35, 3.1), many(35, 1.8)
    internal = internal.rename(columns=lambda column: column.replace("pestel", "element"))
    survey = Survey(swot=internal, external=outside, external_own=outside.iloc[:2])
    stage = swot.of(survey, confidence=0.9, pairs=2)
    outer = stage.external
    ifas, efas = factors.total(internal, 0.9), factors.total(outside, 0.9)
    matrix = factors.evaluate(internal, "element", 0.9)
    around = factors.evaluate(outside, "pestel", 0.9)
    place, cloud = position.place(matrix, around), position.cloud(internal, outside)
    own = external.figures.comparisons(outside, 35, 0.9)
    families = [*swot.figures.comparisons(internal, 35, 0.9), *own[:2]]
    found = claimed(families, internal, 0.9)
    alone = claimed(own, outside, 0.9)
    for frame, expected in (
        (stage.matrix, matrix),
        (stage.cloud, cloud),
        (stage.parts, position.parts(place, cloud, ifas, efas, 0.9)),
        (stage.cells, position.shares(cloud, "cell")),
        (stage.candidates, tows.pairs(matrix, around, 2)),
        (stage.found, found),
        (outer.matrix, around),
        (outer.by_category, external.figures.by_category(around)),
        (outer.by_group, external.figures.by_group(outside, 0.9)),
        (outer.distribution, factors.distribution(outside)),
        (outer.found, alone),
    ):
        pd.testing.assert_frame_equal(frame, expected)
    assert (stage.position, stage.total, outer.total) == (place, ifas, efas)
    assert stage.centre == (place.x, place.y)
    assert stage.key_figures == swot.words.key_figures(place, cloud, ifas, efas, found, 0.9)
    assert stage.findings == swot.words.findings(place, cloud, matrix, around, found, 0.9)
    assert stage.headlines == [swot.words.where(place, cloud, found, 0.9)]
    assert stage.titles["cloud"] == swot.words.heading_position(place, cloud, found)
    assert outer.key_figures == external.words.key_figures(around, efas, 0.9)
    assert outer.findings == external.words.findings(around, efas, outer.own, alone, 0.9)
    assert outer.headlines == [external.words.balance(efas, alone, 0.9)]
    assert outer.titles["matrix"] == external.words.heading(around, alone)
    assert stage.matrix is stage.matrix and stage.external is outer
    assert sorted(survey.read) == ["external", "external_own", "swot"]
