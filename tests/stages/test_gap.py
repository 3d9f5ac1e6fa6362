"""The gap stage: a survey of three units whose figures are worked out by hand."""

import re

import numpy as np
import pandas as pd
import pytest

from analysis.stages import gap
from analysis.stages.evidence import claims
from analysis.stages.gap import ipa, obstacles
from analysis.stages.gap.figures import gaps
from tests.stages.answers import Answers, sorting

ENDS = gap.figures.ends((1.0, 5.0), (1.0, 5.0))

ITEMS = {  # item: name, dimension
    "KJ01": ("Pelayanan publik", "governance"),
    "KJ02": ("Manajemen birokrasi", "governance"),
    "KJ03": ("Pariwisata", "branding"),
}
DIMENSIONS = {
    "governance": ("Smart Governance", "Governance"),
    "branding": ("Smart Branding", "Branding"),
}
OBSTACLES = pd.Series({"people": "SDM", "budget": "Anggaran", "data": "Data"})

# unit: group; per item current, target, importance, obstacle; "-" is blank, TB does not apply.
#        KJ01             KJ02            KJ03
SMALL = """
a dinas | 2 4 5 people   | 3 4 2 budget  | 1 5 4 people
b dinas | 3 4 4 people   | 2 4 3 -       | TB
c badan | 1 4 3 data     | - 5 4 budget  | 2 4 5 budget
"""
# gaps:       2, 1, 3        1, 2, blank     4, TB, 2
# weighted:  10, 4, 9        2, 6, blank    16, TB, 10


def survey(text):
    """The table of answers, in the shape of ``survey.answers("gap")``, from rows as above."""
    rows = []
    for line in text.strip().splitlines():
        (unit, group), *cells = (part.split() for part in line.split("|"))
        for (item, (name, dimension)), cell in zip(ITEMS.items(), cells, strict=True):
            tb = cell == ["TB"]
            given = [None if value in ("-", "TB") else value for value in cell]
            current, target, importance, obstacle = [None] * 4 if tb else given
            long, short = DIMENSIONS[dimension]
            rows.append(
                {"unit": unit, "unit_name": f"Unit {unit}", "group": group,
                 "group_name": group.title(), "item": item, "name": name, "tb": tb,
                 "subdimension": item,
                 "dimension": dimension, "dimension_name": long, "dimension_short": short,
                 "current": current, "target": target, "importance": importance,
                 "obstacle": obstacle}
            )  # fmt: skip
    scales = dict.fromkeys(["current", "target", "importance"], "float64")
    return pd.DataFrame(rows).astype(scales | {"obstacle": "string"})


def many(count):
    """`count` units that all answer alike but for one level more or less, item KJ03 worst off."""
    return survey(
        "\n".join(
            f"u{n:02d} {'dinas' if n % 2 else 'badan'} | {3 + n % 2} 4 2 people "
            f"| {4 + n % 2} 5 3 people | 1 5 5 {'data' if n == 1 else 'budget'}"
            for n in range(count)
        )
    )


@pytest.fixture
def small():
    return survey(SMALL)


def over(answers, whole=True, **parameters) -> gap.of:
    """The stage over some answers."""
    return gap.of(Answers({"gap": answers}, whole, sorting("obstacle", OBSTACLES)), **parameters)


def believed(answers, expected=0):
    """The claims of the gap report, when some of the `expected` units are absent."""
    families = gap.figures.comparisons(gaps(answers), OBSTACLES, ENDS, expected)
    return claims.table(families, over(answers).survey.units, 0.95, "gap", gap.of.primary)


def test_the_stage_gives_what_its_figures_give_and_works_each_out_once(small):
    made, table = over(small, confidence=0.9), gaps(small)
    dimensions = gap.figures.by_dimension(table, ENDS, confidence=0.9)
    for frame, expected in (
        (made.answers, table),
        (made.weighted, gap.figures.ranking(table, ENDS, gap.figures.WEIGHTED, 0.9)),
        (made.plain.drop(columns="gap"), gap.figures.ranking(table, ENDS, gap.figures.GAP, 0.9)),
        (made.dimensions, claims.beside(dimensions, made.found, "dimension", on="dimension")),
        (made.by_group, gap.figures.by_group(table, ENDS, confidence=0.9)),
        (made.quadrants, ipa.placed(ipa.importance_performance(table, ENDS, 0.9), made.found)),
        (made.obstacles, obstacles.obstacles(small, OBSTACLES, 0.9)),
    ):
        pd.testing.assert_frame_equal(frame, expected)
    assert made.plain is made.plain
    assert made.headlines == made.findings[:2]
    assert made.titles["quadrants"] == ipa.heading(made.quadrants)
    own = made.own_values.set_index(["unit", "item"])["value"]
    assert own["a", "all"] == pytest.approx(7 / 3)
    assert own["c", "governance"] == 3
    ((_name, whole),) = made.measures("a")
    assert whole["value"].tolist() == pytest.approx([7 / 3, 1.5, 2.5])


def test_only_all_units_are_called_the_city(small):
    part, city = over(small, whole=False), over(small)
    assert part.by_group["label"].unique().tolist() == ["Dinas (2)", "Badan (1)"]
    assert part.key_figures[0]["label"] == "rerata kesenjangan 3 unit (tingkat)"
    assert " 3 unit " in part.findings[0].headline
    assert city.key_figures[0]["label"] == "rerata kesenjangan kota (tingkat)"


def test_an_answer_counts_where_condition_target_and_importance_are_given():
    table = gaps(survey("a dinas | 2 4 - people | 3 4 2 budget | 1 - 4 data"))
    assert table["gap"].isna().tolist() == [True, False, True]
    assert table[["current", "target", "importance"]].notna().sum().tolist() == [1, 1, 1]
    placed = ipa.importance_performance(table, ENDS).set_index("item")
    assert placed.loc["KJ02", ["current", "importance", "n"]].tolist() == [3, 2, 1]
    assert placed["n"].sum() == 1


def test_a_gap_needs_both_answers(small):
    table = gaps(small).pivot(index="unit", columns="item", values="gap")
    assert table.loc["a"].tolist() == [2, 1, 4]
    assert table.loc["b"].tolist()[:2] == [1, 2]
    assert np.isnan(table.loc["b", "KJ03"])
    assert np.isnan(table.loc["c", "KJ02"])


def test_ranking_by_hand(small):
    table = gap.figures.ranking(gaps(small), ENDS, gap.figures.WEIGHTED).set_index("item")
    # means: KJ03 (16 + 10) / 2 = 13; KJ01 (10 + 4 + 9) / 3 = 23 / 3; KJ02 (2 + 6) / 2 = 4
    assert table.index.tolist() == ["KJ03", "KJ01", "KJ02"]
    assert table["mean"].tolist() == pytest.approx([13, 23 / 3, 4])
    assert table["rank"].tolist() == [1, 2, 3]
    assert table["n"].tolist() == [2, 3, 2]
    assert table["tb"].tolist() == [1, 0, 0]
    # KJ03 applies to two units and both answered; one of three left KJ02 blank.
    assert table["missing"].tolist() == pytest.approx([0, 0, 1 / 3])
    # t interval of KJ01: s of 10, 4, 9 = 3.2146, standard error 1.8559, t(0.975; 2) = 4.3027
    ends = (23 / 3 - 7.9854, 23 / 3 + 7.9854)
    assert tuple(table.loc["KJ01", ["low", "high"]]) == pytest.approx(ends, abs=1e-3)
    # of KJ03, with 16 and 10 alone, it would leave what is possible
    assert table.loc["KJ03", ["low", "high"]].tolist() == [-20, 20]
    # no number of three units' signs can tell two items apart at 5%
    assert table[["rank_low", "rank_high"]].to_numpy().tolist() == [[1, 3]] * 3
    assert table["leading"].isna().all()


def test_present_and_target_are_over_the_units_that_answered_both(small):
    table = gap.figures.ranking(gaps(small), ENDS, gap.figures.GAP).set_index("item")
    # KJ02: only a and b answered both: present (3 + 2) / 2, target (4 + 4) / 2, gap 1.5
    assert table.loc["KJ02", ["current", "target", "mean"]].tolist() == [2.5, 4, 1.5]
    assert (table["target"] - table["current"]).tolist() == pytest.approx(table["mean"].tolist())


def test_dimensions_and_city_are_means_within_units_first(small):
    table = gap.figures.by_dimension(gaps(small), ENDS).set_index("dimension")
    # governance: a (2 + 1) / 2, b (1 + 2) / 2, c 3 alone -> (1.5 + 1.5 + 3) / 3 = 2
    # branding: a 4, c 2 -> 3; it does not apply to b, which is no blank
    assert table.index.tolist() == ["branding", "governance"]
    assert table["mean"].tolist() == pytest.approx([3, 2])
    assert table.loc["branding", ["n", "tb", "missing"]].tolist() == [2, 1, 0]
    # city: a (2 + 1 + 4) / 3, b 1.5, c 2.5 -> (7/3 + 4) / 3
    city = over(small).found.loc[(gap.figures.CITY, gap.figures.ALL)]
    assert city["value"] == pytest.approx((7 / 3 + 4) / 3)
    assert (city["id"], city["n"]) == ("gap.all.mean", 3)


def test_groups_and_the_city_last(small):
    table = gap.figures.by_group(gaps(small), ENDS)
    assert table["label"].unique().tolist() == ["Dinas (2)", "Badan (1)", "Kota (3)"]
    dinas = table[table["group"] == "dinas"].set_index("dimension")["mean"]
    assert dinas.to_dict() == pytest.approx({"governance": 1.5, "branding": 4})
    one = table[(table["group"] == "badan") & (table["dimension"] == "branding")].iloc[0]
    assert (one["mean"], one["n"]) == (2, 1)
    assert np.isnan(one["low"])


def test_quadrants_by_hand(small):
    table = over(small).quadrants.set_index("item")
    # both answered: present KJ01 2, KJ02 2.5, KJ03 1.5; importance 4, 2.5, 4.5
    # grand means 2 and 11/3: KJ01 is important and as good as the mean, so B
    assert table.loc["KJ01", ["current", "importance", "quadrant"]].tolist() == [2, 4, "B"]
    assert table.loc["KJ02", ["current", "importance", "quadrant"]].tolist() == [2.5, 2.5, "D"]
    assert table.loc["KJ03", ["current", "importance", "quadrant"]].tolist() == [1.5, 4.5, "A"]
    assert ipa.crosshair(table, ENDS) == pytest.approx((2, 11 / 3))
    assert table["stay"].isna().all()
    said = ipa.finding(table.reset_index(), over(small).found)
    assert said.headline == "Menurut reratanya penting tetapi masih kurang: Pariwisata."
    assert (said.level, said.claim) == ("unclear", "gap.kj03.quadrant")


def test_an_item_that_is_always_worst_stays_a_priority():
    made = over(many(12))
    table, found = made.quadrants, made.found
    place = table.set_index("item").loc["KJ03", ["quadrant", "stay"]]
    assert place.tolist() == ["A", 1]
    said = ipa.finding(table, found)
    assert (said.level, said.claim) == ("clear", "gap.kj03.quadrant")
    # importance 5 beside (2 + 3 + 5) / 3, the nearer of its two coordinates
    assert said.detail.startswith("Pariwisata +1,67; selang 95%: ")
    assert ipa.heading(table) == "Jelas prioritas utama: Pariwisata"
    assert ipa.figure(table)["value"] == 1
    # Importance 5 beside a grand mean of 4; a few units more could not turn it, many could.
    row = believed(many(12), expected=13).loc[(ipa.PLACED, "KJ03")]
    assert 0 < row["worst"] < row["value"]
    assert believed(many(12), expected=40).loc[(ipa.PLACED, "KJ03"), "worst"] < 0


def test_items_without_any_difference_are_no_priorities():
    alike = "\n".join(f"u{n} dinas | 3 4 3 data | 3 4 3 data | 3 4 3 data" for n in range(12))
    made = over(survey(alike))
    assert set(made.quadrants["quadrant"]) == {"B"}
    said = ipa.finding(made.quadrants, made.found)
    assert said.headline == "Tidak ada subdimensi yang penting tetapi masih kurang."
    assert (said.level, said.claim) == ("count", "")


def test_obstacles_by_hand(small):
    table = obstacles.obstacles(small, OBSTACLES).set_index(["dimension", "obstacle"])
    # governance: people a, b; budget a, c; data c -> 5 named of 6; branding: people a, budget c
    assert table.loc["governance", "count"].to_dict() == {"people": 2, "budget": 2, "data": 1}
    assert table.loc[("governance", "people"), "share"] == pytest.approx(2 / 5)
    assert table.loc[("governance", "people"), "missing"] == pytest.approx(1 / 6)
    assert table.loc["branding", "count"].to_dict() == {"people": 1, "budget": 1, "data": 0}
    assert table.loc[("branding", "people"), ["n", "units", "missing"]].tolist() == [2, 2, 0]
    assert table.loc[("city", "budget"), ["count", "n", "units"]].tolist() == [3, 7, 3]
    # without each unit in turn the share of people is 1/4, 2/5, 3/5: standard error 0.2028, so the
    # t interval of three units leaves 0-1
    assert table.loc[("city", "people"), ["low", "high"]].tolist() == [0, 1]
    made = over(small)
    said = gap.words.obstacle(made.found, made.obstacles)
    assert said.level == "unclear"
    assert said.headline == "Hambatan yang paling sering disebut: SDM, Anggaran, dan Data."
    alone = obstacles.obstacles(small[small["unit"] == "a"], OBSTACLES)
    assert alone["low"].isna().all()


def test_obstacle_that_leads_beyond_chance():
    answers = many(20)  # people 40, budget 19, data 1 of 60, in every unit alike but one
    row = obstacles.overall(obstacles.obstacles(answers, OBSTACLES)).iloc[0]
    assert row[["obstacle_name", "count", "n"]].tolist() == ["SDM", 40, 60]
    assert (row["low"], row["high"]) == pytest.approx((2 / 3, 2 / 3))
    made = over(answers)
    said = gap.words.obstacle(made.found, made.obstacles)
    assert said.headline == "SDM paling sering disebut sebagai hambatan utama."
    assert (said.level, said.claim) == ("clear", "gap.people.obstacle")
    start = "SDM 67%, Anggaran 32%, dan Data 2% dari 60 jawaban. Selisih dengan yang terdekat: "
    assert said.detail.startswith(start + "+0,35; ")
    # A cell that is missing may name any rival: 40 - (19 + 60 missing) of 120.
    row = believed(answers, expected=40).loc[(obstacles.LEADING, "people")]
    assert row["worst"] == pytest.approx((40 - 19 - 60) / 120)


def test_ranks_are_firm_where_every_unit_agrees():
    table = gap.figures.ranking(gaps(many(12)), ENDS, gap.figures.WEIGHTED).set_index("item")
    # weighted gaps: KJ01 2 or 0, KJ02 3 or 0, KJ03 always 20; the second and third may swap
    assert table.loc["KJ03", ["mean", "rank_low", "rank_high", "leading"]].tolist() == [20, 1, 1, 1]
    assert table.loc["KJ02", ["rank_low", "rank_high"]].tolist() == [2, 2]
    assert over(many(12)).titles["weighted"] == "Kesenjangan berbobot jelas tertinggi: Pariwisata"


def test_a_lead_is_claimed_only_beyond_chance(small):
    row = over(many(12)).found.loc[(gap.figures.LEADING_ITEM, "KJ03")]
    # KJ03 less KJ02 within units: 17 (even) or 20 (odd), mean 18.5, alike within each group, so
    # that resamples within groups do not vary. s = 1.5667; t(0.98; 11) = 2.3281, reach 1.05294.
    assert row[["value", "low", "high", "n"]].tolist() == pytest.approx([18.5, 18.5, 18.5, 12])
    ends = [18.5 - 1.05294, 18.5 + 1.05294]
    assert row[["wide_low", "wide_high"]].tolist() == pytest.approx(ends, abs=1e-4)
    assert (row["level"], row["primary"], row["id"]) == ("clear", True, "gap.kj03.largest")
    # KJ03 less KJ01, means over the units that answered each: 13 - 23 / 3.
    unclear = over(small).found.loc[(gap.figures.LEADING_ITEM, "KJ03")]
    assert unclear["value"] == pytest.approx(13 - 23 / 3)
    assert unclear["level"] == "unclear"


def test_what_other_weights_and_missing_answers_could_turn():
    # Nine dinas see a gap of 2, one badan -6/3: the mean is 1.6; groups alike: (2 - 2) / 2 = 0.
    rows = [f"u{n} dinas | 2 4 3 people | 2 4 3 data | 2 4 3 data" for n in range(9)]
    answers = survey("\n".join([*rows, "z badan | 4 2 3 people | 4 2 3 data | 4 2 3 data"]))
    row = believed(answers, expected=12).loc[(gap.figures.CITY, gap.figures.ALL)]
    assert row[["value", "equal_groups", "weighted_units"]].tolist() == pytest.approx([1.6, 0, 1.6])
    # Two units of twelve are missing: (16 -+ 2 x 4) / 12.
    assert row[["worst", "best"]].tolist() == pytest.approx([8 / 12, 24 / 12])
    assert (row["level"], row["turned"]) == ("likely", "kelompok berbobot sama")


def everything(answers):
    """All that the notebook says of some answers, as one text."""
    made = over(answers)
    shown = [
        *(f"{f['shown']} {f['label']} {f['detail']}" for f in made.key_figures),
        *(f"{f.headline} {f.detail}" for f in [*made.findings, *made.quality]),
        *made.titles.values(),
    ]
    return "\n".join(shown)


@pytest.mark.parametrize(
    "text",
    [
        SMALL,
        "a dinas | 2 4 5 people | 3 4 2 budget | 1 5 4 people",
        "a dinas | 2 4 5 people | TB | TB",
        "a dinas | TB | TB | TB\nb badan | TB | TB | TB",
        "a dinas | - - - - | - - - - | - - - -",
    ],
)
def test_too_few_answers_are_said_and_never_shown_as_nan(text):
    shown = everything(survey(text))
    assert not re.search(r"\bnan\b|<NA>", shown)
    if not any(digit in text for digit in "12345"):
        assert shown.startswith("– rerata kesenjangan kota (tingkat) belum ada jawaban\nBelum ada")
        assert over(survey(text)).findings[0].level == "count"


def test_groups_that_differ_are_said_to():
    # mean gaps: badan 3 and 10/3 in turn, dinas 1 and 4/3: two levels apart, little spread
    answers = survey(
        "\n".join(
            f"u{n:02d} {'dinas' if n % 2 else 'badan'} | {3 if n % 2 else 1} 4 3 people "
            f"| {3 if n % 2 else 1} 4 3 data | {4 if n % 2 else 2} {5 + n // 2 % 2} 3 data"
            for n in range(12)
        )
    )
    made = over(answers)
    first = made.findings[0]
    # city: (3 + 1 + a third in half of them) / 2 = 2 + 1/6
    assert first.headline == (
        "Dalam lima tahun kota ingin naik rata-rata 2,2 tingkat pada skala 5 tingkat."
    )
    assert first.detail.startswith("+2,17; selang 95%: ")
    assert "; n = 12; p " in first.detail
    (apart,) = [f for f in made.quality if f.claim == "gap.badan-dinas.groups"]
    assert apart.headline == "Badan lebih tinggi daripada Dinas dalam rerata kesenjangan."
    assert apart.detail.startswith("+2,00; ")
    assert apart.level == "likely"  # six units beside six reach a p of 2 / 924 at best


def test_one_group_is_not_compared():
    assert "kurang dari dua kelompok yang menjawab" in everything(
        survey("a dinas | 2 4 5 people | 3 4 2 budget | 1 5 4 people")
    )
