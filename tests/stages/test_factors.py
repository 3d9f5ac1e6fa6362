"""Factors weighed and rated: EFAS, IFAS and the SWOT position, by hand and as published."""

import numpy as np
import pandas as pd
import pytest

from analysis import charts, levels
from analysis.stages import external, swot
from analysis.stages.evidence import estimates
from analysis.stages.external import factors
from analysis.stages.swot import lists, position, tows
from tests.stages.answers import Answers

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


SCALES = factors.Scales(importance=(1.0, 5.0), rating=(1.0, 4.0))
ANSWERS = table(ROWS)


def total(answers: pd.DataFrame) -> pd.Series:
    """The estimate of the total's distance from neutral."""
    return estimates.estimate(*factors.distances({"total": answers}, SCALES)).loc["total"]


def stages(internal: pd.DataFrame, outside: pd.DataFrame, confidence: float = 0.95, **given):
    """The SWOT and the external stage over some answers."""
    tables = {
        "swot": internal.rename(columns=lambda column: column.replace("pestel", "element")),
        "external": outside,
        "external_own": outside.iloc[:0],
    }
    stage = swot.of(Answers(tables, **given), confidence)
    return stage, stage.external


def said(stage) -> str:
    """All that a stage says."""
    return " ".join(
        [
            *(f["shown"] + f["label"] + f["detail"] for f in stage.key_figures),
            *(f.headline + f.detail for f in stage.findings),
            *stage.titles.values(),
        ]
    )


def test_the_matrix_by_hand():
    matrix = factors.evaluate(ANSWERS, "pestel", SCALES).set_index("item")
    assert matrix["weight"].to_dict() == pytest.approx({"f1": 0.75, "f2": 0.25})
    assert matrix["rating"].to_dict() == pytest.approx({"f1": 3, "f2": 1.5})
    assert matrix["score"].to_dict() == pytest.approx({"f1": 2.25, "f2": 0.375})
    assert matrix["n"].to_dict() == {"f1": 3, "f2": 2}


def test_the_total_is_the_sum_and_has_a_t_interval_for_three_units():
    # Without satu 8.25 / 3.5, without dua 11.5 / 4.5, without tiga 12 / 4; their squares about
    # their mean sum to 0.216721, x 2/3 -> standard error 0.380106, t(0.975; 2) = 4.30265.
    row = total(ANSWERS)
    assert row["value"] == pytest.approx(0.125)
    assert (row["low"], row["high"]) == pytest.approx((0.125 - 1.63546, 0.125 + 1.63546), abs=1e-4)
    assert row["n"] == 3


def test_position_is_the_distance_of_the_totals_from_neutral():
    # Internal as above: S = 0.75 x 0.5 = 0.375, W = 0.25 x 1 = 0.25, X = 0.125 = 2.625 - 2.5.
    # External with ratings turned around: f1 2, f2 3.5: O = 0.25 x 1, T = 0.75 x 0.5, Y = -0.125.
    internal = pd.DataFrame({"weight": [0.75, 0.25], "rating": [3.0, 1.5]})
    outer = pd.DataFrame({"weight": [0.75, 0.25], "rating": [2.0, 3.5]})
    place = swot.position.position(internal, outer, SCALES)
    assert (place.strengths, place.weaknesses) == pytest.approx((0.375, 0.25))
    assert (place.x, place.y) == pytest.approx((0.125, -0.125))
    assert place.quadrant == "II"


def test_davids_own_ife_totals_two_and_a_half():
    # David, Strategic Management: strengths .10/2 .15/4 .10/3 .10/3, weaknesses .20/2 .15/3 .05/2
    # .15/1. It breaks his rule (strengths 3-4, weaknesses 1-2) twice; our scale has no such rule.
    weight = pd.Series([0.10, 0.15, 0.10, 0.10, 0.20, 0.15, 0.05, 0.15])
    rating = pd.Series([2, 4, 3, 3, 2, 3, 2, 1.0])
    assert factors.scores(weight, rating, SCALES.rating).sum() == pytest.approx(2.50)


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
        factors.scores(pd.Series(weight), pd.Series(rating, dtype=float), SCALES.rating)


def test_importance_outside_its_scale_is_refused():
    with pytest.raises(ValueError, match="importance of 'a' is 6"):
        factors.weights(pd.Series({"a": 6.0, "b": 3.0}), SCALES.importance)


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


def test_the_cloud_lies_around_the_position():
    stage, _outside = stages(many(35, 3.1), many(35, 1.8))
    cloud, place, parts = stage.cloud, stage.position, stage.parts
    assert len(cloud) == 2000
    assert (parts["low"] <= parts["value"]).all()
    assert (parts["value"] <= parts["high"]).all()
    assert cloud[["x", "y"]].mean().tolist() == pytest.approx([place.x, place.y], abs=0.02)
    assert place.quadrant == "II"
    known = dict(zip(parts["name"].str[0], parts["value"], strict=False))
    assert known["S"] - known["W"] == pytest.approx(place.x) == pytest.approx(known["X"])
    assert (known["S"], known["T"]) == pytest.approx((place.strengths, place.threats))


def test_few_units_have_no_cloud():
    assert position.cloud(ANSWERS, ANSWERS, SCALES).empty


@pytest.mark.parametrize(
    "answers",
    [table({"satu": ((4, 4), (1, 1))}), table({"satu": ((4, 4), (None, None))})],
    ids=["one unit", "one factor"],
)
def test_little_is_answered(answers):
    for stage in stages(answers, answers):
        assert not stage.found["level"].isin(["clear", "likely"]).any()
        assert "nan" not in said(stage)


def test_nothing_is_answered():
    answers = table({"satu": ((None, None), (None, None))}, tb={("satu", "f1")})
    stage, outside = stages(answers, answers)
    assert stage.matrix.empty and stage.position is None and stage.found.empty
    assert stage.axes.empty and stage.parts.empty and stage.cloud.empty
    assert outside.by_group.empty and stage.listed.empty and stage.candidates.empty
    assert set(stage.boxes["none"].values()) == {"Belum ada jawaban."}
    assert charts.boxes(stage.listed, **stage.boxes).content["rows"] == []
    assert charts.boxes(stage.candidates, **stage.strategies).content["rows"] == []
    assert [f.headline for f in outside.findings] == [external.words.UNANSWERED + "."]
    assert [f.headline for f in stage.findings] == [swot.words.UNANSWERED + "."]
    assert stage.titles["cloud"] == swot.words.UNANSWERED
    assert outside.titles["by_group"] == external.words.UNANSWERED
    assert stage.titles["matrix"] == outside.titles["matrix"] == "Belum ada jawaban"
    for keys in (stage.key_figures, outside.key_figures):
        assert [(key["shown"], key["value"]) for key in keys] == [("–", None)]
        assert keys[0]["detail"].startswith("Belum ada jawaban")


def leveled(**factors: tuple[float, float, str]) -> pd.DataFrame:
    """A matrix from weight, rating and level of each factor."""
    table = pd.DataFrame(factors, ["weight", "rating", "level"]).T.rename_axis("name").reset_index()
    return table.astype({"weight": float, "rating": float})


# Pull = weight x distance from 2.5: a 0.3 x 0.5 = 0.15, b 0.2 x 1.5 = 0.3, c 0.4 x 1.5 = 0.6,
# d is neutral, e unclear; o 0.5, p 0.05, t 0.4.
INNER = leveled(a=(0.3, 3.0, "clear"), b=(0.2, 4.0, "likely"), c=(0.4, 1.0, "clear"),
                d=(0.05, 2.5, "unclear"), e=(0.05, 2.6, "unclear"))  # fmt: skip
OUTER = leveled(o=(0.5, 3.5, "clear"), p=(0.1, 3.0, "clear"), t=(0.4, 1.5, "likely"))


def test_the_four_lists_hold_what_is_clear_or_likely_the_clear_first():
    table = lists.listed(INNER, OUTER, SCALES.neutral)
    assert table.groupby("letter", sort=False)["name"].agg("".join).to_dict() == {
        "S": "ab", "W": "c", "O": "op", "T": "t"
    }  # fmt: skip
    shown = lists.shown(table, INNER, OUTER)
    assert shown["title"] == "Faktor yang jelas: 1 kekuatan, 1 kelemahan, dan 2 peluang"
    assert shown["note"].endswith("tidak ditampilkan: 2 faktor internal dan 0 faktor eksternal.")
    assert shown["heads"][table["corner"].iloc[-1]] == "T – Ancaman"


def test_every_pair_of_two_lists_is_a_candidate():
    table = lists.listed(INNER, OUTER, SCALES.neutral)
    pairs = tows.pairs(table, 6)
    # Products of pulls: ao 0.075 and ap 0.0075 are clear, bo 0.15 and bp 0.015 are likely only.
    assert [
        tuple(row) for row in pairs[["strategy", "internal", "external", "level"]].to_numpy()
    ] == [
        ("SO", "a", "o", "clear"),
        ("SO", "a", "p", "clear"),
        ("SO", "b", "o", "likely"),
        ("SO", "b", "p", "likely"),
        ("WO", "c", "o", "clear"),
        ("WO", "c", "p", "clear"),
        ("ST", "b", "t", "likely"),
        ("ST", "a", "t", "likely"),
        ("WT", "c", "t", "likely"),
    ]
    few = tows.pairs(table, 1)
    assert list(few["pair"]) == ["a × o", "c × o", "b × t", "c × t"]
    assert tows.shown(table, 1)["note"].endswith("SO 1/4, WO 1/2, ST 1/2, dan WT 1/1.")


def test_where_no_factor_is_clear_or_likely_no_pair_is_made_up():
    unsure = OUTER.assign(level=["clear", "clear", "unclear"])
    table = lists.listed(INNER, unsure, SCALES.neutral)
    assert set(tows.pairs(table, 6)["strategy"]) == {"SO", "WO"}
    none = tows.shown(table, 6)["none"]
    assert none[tows.CORNERS["ST"]] == (
        "Tidak dipasangkan: belum ada ancaman yang jelas atau cenderung."
    )
    assert lists.shown(table, INNER, unsure)["none"][lists.CORNERS["T"]] == (
        "Belum ada ancaman yang jelas atau cenderung."
    )
    every = lists.listed(
        INNER.assign(level="unclear"), OUTER.assign(level="unclear"), SCALES.neutral
    )
    assert every.empty and tows.pairs(every, 6).empty
    shown = tows.shown(every, 6)
    assert (shown["title"], shown["note"]) == (
        "Belum ada faktor yang cukup jelas untuk dipasangkan", ""
    )  # fmt: skip
    assert "belum ada kekuatan dan peluang yang" in shown["none"][tows.CORNERS["SO"]]
    assert lists.shown(every, INNER, OUTER)["title"].startswith("Belum ada faktor yang jelas")


def test_quotes_are_one_where_they_are_literally_alike():
    rows = [
        ("SWOT-T2", "u1", "Banjir"),
        ("SWOT-S1", "u1", "Letak kota strategis"),
        ("SWOT-S1", "u2", "Pegawai muda."),
        ("SWOT-S2", "u1", "pegawai  MUDA"),
        ("SWOT-S3", "u1", "Pegawai muda!"),
        ("SWOT-S1", "u3", "Pegawai muda banyak"),
        ("SWOT-W1", "u3", "Pegawai muda"),
        ("SWOT-W2", "u3", None),
    ]
    answers = pd.DataFrame(rows, columns=["item", "unit", "text"])
    answers["unit_short"], answers["swot"] = answers["unit"].str.upper(), answers["item"].str[5]
    kinds = pd.Series({"S": "Kekuatan", "W": "Kelemahan", "O": "Peluang", "T": "Ancaman"})
    quoted = lists.quotes(answers, kinds)
    assert [tuple(row) for row in quoted.drop(columns="id").to_numpy()] == [
        ("Kekuatan", "Pegawai muda.", 2, "U2 dan U1"),
        ("Kekuatan", "Letak kota strategis", 1, "U1"),
        ("Kekuatan", "Pegawai muda banyak", 1, "U3"),
        ("Kelemahan", "Pegawai muda", 1, "U3"),
        ("Ancaman", "Banjir", 1, "U1"),
    ]
    assert not quoted.duplicated(["kind", "id"]).any()
    assert lists.quotes(answers.iloc[:0], kinds).empty


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
    assert factors.contradictions(DAVID, SCALES.neutral).index.tolist() == ["a", "f"]
    assert factors.contradictions(DAVID.assign(rating=2.5), SCALES.neutral).empty
    with pytest.raises(ValueError, match="contradicts kind for 'a', 'f'"):
        swot.position.position(DAVID, DAVID, SCALES)
    assert swot.position.position(
        DAVID.drop(columns="kind"), DAVID.drop(columns="kind"), SCALES
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
        swot.position.position(wrong, DAVID, SCALES)


def test_published_weights_are_rounded():
    thirds = pd.Series([0.333, 0.333, 0.333])
    assert factors.scores(thirds, pd.Series([3, 3, 3]), SCALES.rating).sum() == pytest.approx(2.997)


def test_the_raw_difference_of_scores_is_not_x():
    # Strengths 0.6 at 2.6, weakness 0.4 at 1: X = 0.6 x 0.1 - 0.4 x 1.5 = -0.54,
    # raw difference 0.6 x 2.6 - 0.4 x 1 = +1.16.
    matrix = pd.DataFrame({"weight": [0.6, 0.4], "rating": [2.6, 1.0]})
    assert swot.position.position(matrix, matrix, SCALES).x == pytest.approx(-0.54)
    assert position.raw(matrix, SCALES.neutral) == pytest.approx(1.16)
    # A neutral factor counts as a strength: 0.5 x 2.5 - 0.5 x 2 = +0.25.
    neutral = pd.DataFrame({"weight": [0.5, 0.5], "rating": [2.5, 2.0]})
    assert position.raw(neutral, SCALES.neutral) == pytest.approx(0.25)


def test_the_raw_differences_stand_beside_x_and_y_alone():
    stage, outside = stages(many(35, 3.1), many(35, 1.8))
    table = stage.parts.set_index("name")["raw_difference"].dropna()
    raws = [position.raw(matrix, SCALES.neutral) for matrix in (stage.matrix, outside.matrix)]
    assert table.to_dict() == pytest.approx(
        dict(zip(["X = S − W", "Y = O − T"], raws, strict=True))
    )
    inner, outer = (f"{value:+.2f}".replace(".", ",").replace("-", "−") for value in table)
    assert f"di sini S − W {inner} dan O − T {outer}." in stage.quality[0].detail


@pytest.mark.parametrize("rating", [1.0, 4.0])
def test_everyone_at_an_end_of_the_scale(rating):
    answers = many(35, 2.5).assign(rating=rating)
    cloud = position.cloud(answers, answers, SCALES)
    assert set(cloud["quadrant"]) == {"IV" if rating == 1 else "I"}
    assert -1.5 <= total(answers)["low"] <= total(answers)["high"] <= 1.5


def test_a_whole_table_without_answers_has_no_cloud():
    answers = many(35, 2.5)
    blank = answers.assign(tb=True, importance=np.nan, rating=np.nan)
    assert position.cloud(answers, blank, SCALES).empty
    assert position.cloud(blank, blank, SCALES).empty
    stage, outside = stages(answers, blank)
    assert stage.position is None and outside.key_figures[0]["value"] is None


def test_a_quadrant_is_clear_only_where_both_signs_are():
    stage, outside = stages(many(35, 3.1), many(35, 1.8))
    row = stage.found.loc[(swot.figures.QUADRANT, swot.figures.POSITION)]
    assert row["level"] == "clear" and row["id"] == "swot.position.quadrant"
    assert row["sentence"] == "posisi kota ada di kuadran II, diversifikasi"
    assert row["agree"] == stage.axes["share"][0] == (stage.cloud["quadrant"] == "II").mean()
    assert stage.titles["cloud"] == "Jelas: posisi kota ada di kuadran II, diversifikasi"
    assert stage.headlines[0].detail.startswith(f"X = +{stage.position.x:.2f}".replace(".", ","))
    stage, outside = stages(many(35, 3.1), many(35, 2.5))
    row = stage.found.loc[(swot.figures.QUADRANT, swot.figures.POSITION)]
    efas = outside.found.loc[(external.figures.BALANCE, external.figures.EFAS)]
    assert row["level"] == "unclear" and row["p_value"] == pytest.approx(efas["p_value"])
    assert row["value"] == pytest.approx(abs(efas["value"] - 2.5))
    assert row["sentence"] in {"posisi kota ada di kuadran I atau II",
                               "posisi kota ada di kuadran II atau I"}  # fmt: skip
    stage, _outside = stages(many(35, 2.5), many(35, 2.5), whole=False)
    row = stage.found.loc[(swot.figures.QUADRANT, swot.figures.POSITION)]
    assert row["sentence"] == "posisi 35 unit dapat berada di kuadran mana pun"


@pytest.mark.parametrize(("inner", "outer"), [(3.1, 1.8), (1.8, 3.1), (1.8, 1.8), (3.1, 3.1)])
@pytest.mark.parametrize("few_inside", [False, True])
def test_what_turns_either_axis_turns_the_quadrant(inner, outer, few_inside):
    # Of one table 32 units of 35 have not answered.
    tables = [many(35, inner), many(35, outer)]
    few = 0 if few_inside else 1
    tables[few] = tables[few][tables[few]["unit"].isin(["u00", "u01", "u02"])]
    stage, outside = stages(*tables)
    row = stage.found.loc[(swot.figures.QUADRANT, swot.figures.POSITION)]
    totals = (stage.found.loc[(swot.figures.BALANCE, swot.figures.IFAS)],
              outside.found.loc[(external.figures.BALANCE, external.figures.EFAS)])  # fmt: skip
    ends = [t["worst"] - 2.5 if t["value"] > 2.5 else 2.5 - t["best"] for t in totals]
    assert row["worst"] == pytest.approx(min(ends)) and row["worst"] < 0
    assert "jawaban yang kurang terburuk" in row["turned"] and row["level"] != "clear"


def test_one_figure_is_one_number_on_both_pages():
    stage, outside = stages(many(35, 2.8), many(35, 2.3))
    efas = outside.found.loc[(external.figures.BALANCE, external.figures.EFAS)]
    assert outside.key_figures[0] == stage.key_figures[2]
    ends = ["value", "low", "high"]
    numbers = [
        outside.by_group.iloc[-1][["mean", "low", "high"]],
        stage.parts.iloc[-1][ends],
        stage.axes.iloc[-1][ends] + SCALES.neutral,
        total(many(35, 2.3))[ends] + SCALES.neutral,
    ]
    for row in numbers:
        assert row.tolist() == pytest.approx(efas[ends].tolist(), abs=1e-12)
    for made in (stage, outside):
        rated = made.found.loc["factor"].loc[made.matrix["item"]]
        table = made.matrix[["rating", "low", "high", "wide_low", "wide_high"]]
        assert table.to_numpy() == pytest.approx(rated[[*ends, "wide_low", "wide_high"]].to_numpy())
    quoted = {f.claim: f.level for f in stage.findings if f.claim}
    known = {**stage.found.set_index("id")["level"], **outside.found.set_index("id")["level"]}
    assert quoted.items() <= known.items() and stage.findings[3] in outside.findings
    assert {key["level"] for key in stage.key_figures if "claim" in key} <= set(levels.WORDS)


def test_what_the_missing_units_could_do_to_a_total():
    # One unit of two is missing. Its importance lies in 1-5 and its rating in 1-4, so the means of
    # f1 (4, 4) lie in 2.5-4.5 and 2.5-4, those of f2 (1, 1) in 1-3 and 1-2.5.
    # Least: f2 heavy, f1 light: (3 x 1 + 2.5 x 2.5) / 5.5; greatest: (4.5 x 4 + 1 x 2.5) / 5.5.
    answers = table({"satu": ((4, 4), (1, 1))})
    ends = np.array(factors.extremes(answers, SCALES, 2)) + SCALES.neutral
    assert ends == pytest.approx([9.25 / 5.5, 20.5 / 5.5])


def test_half_a_row_is_known_to_what_the_missing_half_could_do():
    # The importance of f2 is (1 + 5) / 2 = 3 whatever its missing rating is; that of f1 is 4.
    answers = table({"satu": ((4, 4), (1, 1)), "dua": ((4, 4), (5, None))})
    ends = np.array(factors.extremes(answers, SCALES, 2)) + SCALES.neutral
    assert ends == pytest.approx([(4 * 4 + 3 * 1) / 7, (4 * 4 + 3 * 2.5) / 7])


def test_missing_units_never_pass_the_bounds_of_a_total():
    # Whatever a third unit answers, the total of three lies within the bounds worked out from two.
    rows = {unit: ROWS[unit] for unit in ("satu", "dua")}
    worst, best = factors.extremes(table(rows), SCALES, 3)
    for pairs in [((1, 1), (5, 1)), ((5, 4), (1, 4)), ((5, 1), (5, 1)), ((1, 4), (5, 4))]:
        value = total(table(rows | {"tiga": pairs}))["value"]
        assert worst - 1e-9 <= value <= best + 1e-9


def test_both_stages_are_what_their_figures_say_worked_out_once():
    internal, outside = many(35, 3.1), many(35, 1.8)
    stage, outer = stages(internal, outside, 0.9)
    cloud = position.cloud(internal, outside, SCALES)
    columns = ["weight", "rating", "low", "high"]
    for frame, expected in (
        (stage.matrix[columns], factors.evaluate(internal, "pestel", SCALES, 0.9)[columns]),
        (stage.cloud, cloud),
        (stage.listed, lists.listed(stage.matrix, outer.matrix, SCALES.neutral)),
        (stage.candidates, tows.pairs(stage.listed, 6)),
        (outer.matrix[columns], factors.evaluate(outside, "pestel", SCALES, 0.9)[columns]),
        (outer.by_category, external.figures.by_category(outer.matrix)),
        (outer.distribution, factors.distribution(outside, range(1, 5))),
    ):
        pd.testing.assert_frame_equal(frame, expected)
    assert stage.centre == (stage.position.x, stage.position.y)
    assert stage.findings == stage.acting(
        swot.words.findings(
            stage.position, stage.matrix, outer.matrix, stage.found, outer.found, SCALES.neutral
        )
    )
    assert charts.boxes(stage.listed, **stage.boxes).content["title"] == stage.boxes["title"]
    assert charts.boxes(stage.candidates, **stage.strategies).content["source"] == "uji"
    with pytest.raises(ValueError, match="sedikitnya 1"):
        swot.of(stage.survey, pairs=0)
    assert (stage.found["confidence"] == 0.9).all() and stage.found["primary"].sum() == 1
    for made in (stage, outer):
        assert made.found is made.found and made.matrix is made.matrix
    assert stage.external is outer and stage.headlines == stage.findings[:2]
