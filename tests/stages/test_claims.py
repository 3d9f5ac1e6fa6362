"""What holds of every comparison, whatever the answers, and the published case of IPA."""

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.project import Project
from analysis.stages import gap
from analysis.stages.evidence import claims, ledger
from analysis.stages.external import factors
from analysis.stages.future import outlook
from analysis.stages.gap import ipa
from analysis.stages.whole import index_figures as index
from analysis.survey.asked import register
from tests.claimed import claimed
from tests.second_city import ROOT
from tests.stages.answers import INSTRUMENT

ENDS = gap.figures.ends((1.0, 5.0), (1.0, 5.0))

ITEMS, GROUPS = ("a", "b", "c"), ("dinas", "badan", "kecamatan")
cell = st.one_of(st.none(), st.integers(1, 5))
answer = st.tuples(cell, cell, cell)
surveys = st.lists(st.lists(answer, min_size=3, max_size=3), min_size=1, max_size=14)


def table(rows) -> pd.DataFrame:
    """The gap table: per unit and item present condition, target and importance."""
    frame = pd.DataFrame(
        [
            {"unit": f"u{n:02}", "unit_name": f"Unit {n}", "group": GROUPS[n % 3],
             "group_name": GROUPS[n % 3].title(), "item": item, "name": item.upper(), "tb": False,
             "dimension": item, "dimension_name": item.upper(), "dimension_short": item.upper(),
             "current": values[0], "target": values[1], "importance": values[2],
             "obstacle": None}
            for n, unit in enumerate(rows)
            for item, values in zip(ITEMS, unit, strict=True)
        ]
    )  # fmt: skip
    scales = dict.fromkeys(["current", "target", "importance"], "float64")
    return frame.astype(scales | {"obstacle": "string"})


def compared(answers, expected=15):
    names = pd.Series({"people": "SDM", "budget": "Anggaran"})
    return claimed(
        gap.figures.comparisons(gap.figures.gaps(answers), names, ENDS, expected), answers
    )


@settings(max_examples=12)
@given(surveys, st.randoms())
def test_the_order_of_units_and_items_changes_nothing(rows, random):
    answers = table(rows)
    shuffled = answers.sample(frac=1, random_state=random.randrange(2**32))
    first, second = compared(answers), compared(shuffled)
    columns = ["value", "p_value", "wide_low", "equal_groups", "worst"]
    # Of items with equal figures either may stand first; what is compared is then the same.
    kinds = [gap.figures.ITEM, gap.figures.BY_DIMENSION, gap.figures.CITY, ipa.PLACED]
    for kind in kinds:
        mine, theirs = (claims.of_kind(t, kind)[columns].sort_index() for t in (first, second))
        pd.testing.assert_frame_equal(mine, theirs, check_names=False, atol=1e-7)


@settings(max_examples=12)
@given(surveys)
def test_no_comparison_is_without_a_probability_and_bounds_hold_the_figure(rows):
    found = compared(table(rows))
    assert found["p_value"].between(0, 1).all()
    assert found["alpha"].between(0, 0.05, inclusive="right").all()
    means = found[found.index.get_level_values("kind").isin([gap.figures.ITEM, gap.figures.CITY])]
    known = means.dropna(subset=["value", "worst", "best"])
    assert (known["worst"] <= known["value"] + 1e-9).all()
    assert (known["value"] <= known["best"] + 1e-9).all()
    assert not (found["level"] == "clear").any() or len(rows) >= 5


@settings(max_examples=12)
@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 4)), min_size=2, max_size=8))
def test_the_unit_of_importance_changes_no_weight_and_the_total_lies_within_the_ratings(pairs):
    importance, rating = (pd.Series(v, dtype=float) for v in zip(*pairs, strict=True))
    weight = factors.weights(importance, (1, 5))
    total = factors.scores(weight, rating, (1, 4)).sum()
    assert rating.min() - 1e-9 <= total <= rating.max() + 1e-9
    brute = sum(i * r for i, r in pairs) / sum(i for i, _r in pairs)
    assert total == pytest.approx(brute)
    halved = factors.weights(importance / importance.max() * 4 + 1e-12, (1, 5)) if (
        importance / importance.max() * 4 >= 1
    ).all() else weight  # fmt: skip
    assert halved.to_numpy() == pytest.approx(weight.to_numpy(), abs=1e-6)


def test_the_automobile_dealer_of_martilla_and_james():
    # Martilla & James (1977), Journal of Marketing 41(1): importance and performance of 14
    # attributes on scales of four, as reprinted in textbooks; their grid shows 1, 2 and 9 as
    # "concentrate here", 11 to 13 as "low priority", 14 as "possible overkill".
    printed = [
        (3.83, 2.63), (3.63, 2.73), (3.60, 3.15), (3.56, 3.00), (3.41, 3.05), (3.41, 3.29),
        (3.38, 3.03), (3.37, 3.11), (3.29, 2.00), (3.27, 3.02), (2.52, 2.25), (2.43, 2.49),
        (2.37, 2.35), (2.05, 3.33),
    ]  # fmt: skip
    answers = pd.DataFrame(
        {
            "unit": "pelanggan", "group": "dinas", "group_name": "Dinas", "tb": False,
            "item": range(1, 15), "name": "atribut", "dimension_name": "", "dimension_short": "",
            "importance": [importance for importance, _performance in printed],
            "current": [performance for _importance, performance in printed],
        }
    )  # fmt: skip
    quadrants = ipa.importance_performance(answers, ENDS).set_index("item")["quadrant"].sort_index()
    assert "".join(quadrants) == "AABBBBBBABCCCD"


def test_a_comparison_is_worded_by_its_side():
    answers = table([[(4, 2, 3)] * 3] * 12)
    row = compared(answers).loc[(gap.figures.CITY, gap.figures.ALL)]
    assert row["claim"] == "Semua dimensi: sasaran di bawah kondisi sekarang"
    # Three items, three dimensions, the city, two leaders, three pairs of groups and three
    # quadrants: 15 comparisons share 5%, and twelve units reach 2^-11 at best.
    assert row["alpha"] == pytest.approx(0.05 / 15)
    assert row["p_value"] == row["least"] == 2**-11
    assert row["level"] == "clear"
    assert ledger.detail(row) == (
        "−2,00; selang 95%: −2,00 s.d. −2,00; n = 12; p 0,00049, jelas di bawah 0,003"
    )


def test_of_what_is_barred_nothing_is_concluded_however_sure_it_is():
    answers = table([[(1, 5, 3)] * 3] * 6 + [[(2, 5, 3)] * 3] * 6)
    names = pd.Series({"people": "SDM", "budget": "Anggaran"})
    families = gap.figures.comparisons(gap.figures.gaps(answers), names, ENDS, 12)
    free = claims.of_kind(claimed(families, answers), gap.figures.ITEM)
    assert free["level"].tolist() == ["clear"] * 3 and free["barred"].tolist() == [""] * 3
    why = pd.Series({"a": "tidak ada dasar", "b": "", "c": ""})
    barred = [replace(f, barred=why) if f.kind == gap.figures.ITEM else f for f in families]
    found = claims.of_kind(claimed(barred, answers), gap.figures.ITEM)
    assert found["level"].to_dict() == {"a": "unclear", "b": "clear", "c": "clear"}
    assert found.loc["a", "sentence"] == "tidak ada kesimpulan: tidak ada dasar"
    assert found.loc["b", "sentence"] == free.loc["b", "sentence"]


def test_the_citys_own_figures_with_their_conflicts():
    """The city's published SPBE indices and the figures on which sources disagree."""
    project = Project(ROOT)
    figures = register.statistics(project)
    asked = INSTRUMENT.indices["spbe"]
    official = index.official(figures, asked.published, asked.bands)
    city = official[(official["area"] == "kota") & official["used"]]
    assert list(city[["year", "value", "predicate"]].itertuples(index=False, name=None)) == [
        (2021, 1.53, "Kurang"),
        (2022, 2.35, "Cukup"),
        (2024, 3.03, "Baik"),
    ]
    shown = outlook.city(figures)

    def both(indicator, year):
        rows = shown[(shown["indicator"] == indicator) & (shown["year"] == year)]
        assert rows["source"].str.len().min() > 0
        assert rows["used"].sum() == 1
        return set(rows["value"])

    assert both("population", 2024) == {277054, 278320, 278325}
    assert both("unemployment", 2022) == {9.36, 11.50}
    assert both("unemployment", 2023) == {8.62, 9.36}
    assert both("growth", 2021) == {1.23, 1.25}
    assert both("poverty", 2021) == {8.32, 8.52}
    assert "Jumlah penduduk 2024" in outlook.finding(outlook.all_series(shown)).detail
