"""Quick win: three proposals whose closeness can be worked out by hand, and what goes wrong."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from analysis.methods import topsis
from analysis.stages import quickwin, vision
from analysis.stages.evidence import claims
from analysis.stages.quickwin import packages, proposals

HORIZONS = [12, 24, 60, 120]
FIELDS = [
    SimpleNamespace(name=name, title=title, kind=kind)
    for name, title, kind in [
        ("name", "Nama program", None),
        ("dimension", "Dimensi", None),
        ("subdimension", "Subdimensi", None),
        ("impact", "Dampak", SimpleNamespace(low=1, high=5)),
        ("cost", "Biaya", None),
    ]
]
COLUMNS = [
    *["unit", "item", "name", "dimension", "subdimension"],
    *["impact", "cost", "duration", "beneficiaries"],
]
ANSWERS = pd.DataFrame(
    [
        ("dishub", "QW-1", "Parkir digital", "governance", "service", 2, 1, 12, 9),
        ("dishub", "QW-2", "Halte pintar", "living", "mobility", 1, 2, 13, 0),
        ("bpbd", "QW-1", "Siaga banjir", "living", "harmony", 2, 2, 121, 99),
    ],
    columns=COLUMNS,
).assign(unit_short=lambda t: t["unit"].str.upper())
ANSWERS = ANSWERS.astype(dict.fromkeys(COLUMNS[5:], float) | {"name": "string"})
UNITS = pd.DataFrame({"unit": ["dishub", "bpbd", "rsud"], "answered": True, "group": "dinas"})
UNITS["weight"] = 1.0
# Halves: each proposal's impact and cost are divided by 3, the length of (2, 1, 2) and (1, 2, 2).
WEIGHTS = {"impact": 1.0, "cost": 1.0}
COST = ["cost"]
PARKIR, HALTE, SIAGA = "dishub QW-1", "dishub QW-2", "bpbd QW-1"


def ranked(answers=ANSWERS, weights=WEIGHTS, dimension_weights=None):
    described = proposals.described(answers, weights)
    return quickwin.figures.ranking(described, weights, COST, HORIZONS, dimension_weights)


def surveyed(**answers):
    """A survey of these answers by table, with the settings above."""
    names = pd.DataFrame({"name": {"governance": "Smart Governance", "living": "Smart Living"}})
    return SimpleNamespace(
        answers=answers.get,
        units=UNITS,
        whole=True,
        enough=True,
        scope="3 unit",
        source="uji",
        settings=SimpleNamespace(
            quickwin=SimpleNamespace(weights=WEIGHTS, cost_criteria=COST, budget=2.8),
            thresholds=SimpleNamespace(horizons=HORIZONS, consistency=0.1),
        ),
        instrument=SimpleNamespace(
            table=lambda name: SimpleNamespace(fields=FIELDS), scheme=lambda name: names
        ),
    )


def test_the_stage_is_its_functions_over_one_survey():
    stage = quickwin.of(surveyed(quickwin=ANSWERS))
    described = proposals.described(ANSWERS, WEIGHTS)
    bought = packages.best(ranked(), 2.8)
    pd.testing.assert_frame_equal(stage.ranking, ranked())
    pd.testing.assert_frame_equal(stage.chosen, packages.chosen(bought))
    assert stage.ranking is stage.ranking
    pairs = proposals.similar(described)
    assert stage.findings == quickwin.words.findings(
        described, bought, pairs, UNITS, 2.8, 0, stage.found
    )
    assert stage.findings[2].claim == stage.found["id"].iloc[0] == "quickwin.dishub-qw-1.first"
    assert stage.headlines == stage.findings[:1]
    assert stage.placed["level"].tolist() == ["likely", "", ""]
    ((_name, measure),) = stage.measures("rsud")
    assert measure.set_index("unit")["value"].to_dict() == {"dishub": 2, "bpbd": 1, "rsud": 0}
    assert stage.key_figures == quickwin.words.key_figures(described, bought, 2.8)
    assert stage.titles["purchase"] == packages.headline(bought, 2.8)
    assert quickwin.of(stage.survey, budget=9).purchase["programmes"].tolist() == [2, 2]


def test_the_weights_of_the_dimensions_are_those_of_the_vision():
    unit = dict.fromkeys(["unit_name", "group", "group_name"], "x") | {"unit": "rsud", "item": "P"}
    pair = {"more": "B", "strength": 4.0}
    for side, name in (("left", "governance"), ("right", "living")):
        pair |= {side: name, f"{side}_name": name, f"{side}_short": name}
    fields = ["dimension", "dimension_name", "dimension_short", *(f.name for f in FIELDS)]
    answers = {"pairs": pd.DataFrame([unit | pair]), "quickwin": ANSWERS}
    answers["contribution"] = pd.DataFrame([unit | dict.fromkeys(fields, 3.0)])
    stage = quickwin.of(surveyed(**answers), weigh_dimensions=True)
    assert stage.dimension_weights.to_dict() == pytest.approx({"living": 0.8, "governance": 0.2})
    weights = vision.of(stage.survey).weights.set_index("dimension")["weight"]
    pd.testing.assert_frame_equal(stage.ranking, ranked(dimension_weights=weights))
    assert quickwin.of(stage.survey).dimension_weights is None


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"budget": -1.0}, "Anggaran −1,00 tidak boleh negatif"),
        ({"similarity": 1.2}, "Kemiripan 1,20 di luar 0–1"),
    ],
)
def test_a_parameter_outside_its_scale_is_refused(parameters, message):
    with pytest.raises(ValueError, match=message):
        quickwin.of(surveyed(quickwin=ANSWERS), **parameters)


def test_the_lead_of_the_first_is_that_over_the_best_other_in_every_draw():
    weights = {"impact": 1.0, "cost": 2.0, "duration": 1.0, "beneficiaries": 3.0}
    table = ranked(crowd(), weights)
    row = claimed(table, weights).iloc[0]
    keyed = table.set_index("proposal")
    scores = keyed[list(weights)].assign(beneficiaries=np.log10(keyed["beneficiaries"] + 1))
    drawn = topsis.closeness_drawn(scores, pd.Series(weights), COST).to_numpy()
    ahead = np.array([draw[0] - max(draw[1:]) for draw in drawn])
    lost = int((ahead <= 0).sum())
    assert row["value"] == pytest.approx(table["priority"].iloc[0] - table["priority"].iloc[1])
    assert row[["low", "high"]].tolist() == pytest.approx(np.quantile(ahead, [0.025, 0.975]))
    assert (row["agree"], row["n"]) == (1 - lost / 1000, 9)
    assert row["p_value"] == pytest.approx(min(1, 2 * (1 + lost) / 1001))
    assert (row["low"] > 0) == (table["rank_high"].iloc[0] == 1)


def test_a_proposal_that_dethrones_the_first_when_it_goes_turns_the_claim():
    # Without the one that costs 9 the costs of the others lie farther apart.
    answers = crowd(4).assign(impact=[2.0, 1.0, 3.0, 5.0], cost=[4.0, 9.0, 4.0, 8.0])
    ranking = ranked(answers)
    first, *others = ranking["proposal"]
    ahead = {}
    for taken in others:
        rest = ranked(answers[answers["unit"] + " QW-1" != taken]).set_index("proposal")
        priority = rest["priority"]
        ahead[taken] = priority[first] - priority.drop(first).max()
    row = claimed(ranking).iloc[0]
    assert row["worst"] == pytest.approx(min(ahead.values()))
    assert row["worst"] < 0 < row["value"]
    assert (row["turned"], row["untried"]) == ("satu usulan lain dikeluarkan", "")
    assert claimed(ranked()).iloc[0][["turned", "untried"]].tolist() == ["", ""]


def test_a_unit_that_praises_its_own_proposal_by_a_level_turns_the_claim():
    # Of 4, 3 and 3 the first keeps its lead as a 4, and shares the place as a 3.
    answers = crowd(3).assign(impact=[4.0, 3.0, 3.0], cost=1.0)
    stage = quickwin.of(surveyed(quickwin=answers))
    row = stage.found.iloc[0]
    assert row["value"] == pytest.approx(1)
    assert row["praise"] == pytest.approx(0)
    assert row["turned"] == "unit pengusulnya menilai setingkat lebih rendah"
    assert row["level"] != "clear"
    # A 5 that becomes a 4 still leads, and nobody can be rated below the end of the scale.
    for first, lead in ((5.0, 1.0), (1.0, 0.0)):
        table = ranked(answers.assign(impact=[first, min(first, 3), min(first, 3)]))
        row = claimed(table, rated={"impact": (1, 5)}).iloc[0]
        assert row["praise"] == pytest.approx(lead)
        assert (row["level"] == "clear") == (lead > 0)
    # Where less is better, a level worse is a level more.
    table = ranked(answers.assign(impact=1.0, cost=[2.0, 3.0, 3.0]))
    assert claimed(table, rated={"cost": (1, 5)}).iloc[0]["praise"] == pytest.approx(0)


def claimed(ranking, weights=WEIGHTS, rated=()):
    """The claim of the first rank."""
    compared = quickwin.figures.comparisons(ranking, weights, COST, dict(rated))
    return claims.table(compared, UNITS, 0.95, "quickwin", [quickwin.figures.FIRST])


def title(ranking):
    return quickwin.words.headline_ranking(ranking, claimed(ranking))


def by_proposal(table, column):
    return table.set_index("proposal")[column].to_dict()


def test_closeness_and_ranks():
    table = ranked()
    # Parkir is best in both criteria: 1. Halte is worst in both: 0. Siaga has the best impact and
    # the worst cost, as far from one ideal as from the other: 1/2.
    assert by_proposal(table, "closeness") == pytest.approx({PARKIR: 1, SIAGA: 0.5, HALTE: 0})
    assert table["proposal"].tolist() == [PARKIR, SIAGA, HALTE]
    # However the weights shift, the order stays.
    assert table["rank_low"].tolist() == table["rank_high"].tolist() == [1, 2, 3]
    assert title(table) == "Parkir digital (DISHUB) jelas di peringkat pertama"
    # Without cost only the impact counts: 2, 1, 2.
    assert by_proposal(table, "merit") == pytest.approx({PARKIR: 1, SIAGA: 1, HALTE: 0})


def test_beneficiaries_count_by_their_logarithm():
    # log10(people + 1) of 9, 0 and 99 is 1, 0 and 2.
    near = by_proposal(ranked(weights={"beneficiaries": 1.0, "cost": 1e-12}), "closeness")
    assert near == pytest.approx({PARKIR: 0.5, HALTE: 0, SIAGA: 1}, abs=1e-6)


def test_dimension_weights_multiply_the_closeness_only_when_asked():
    weights = pd.Series({"governance": 0.4, "living": 0.9})
    table = ranked(dimension_weights=weights)
    # Parkir 1 x 0.4, Siaga 0.5 x 0.9, Halte 0 x 0.9: Siaga overtakes.
    assert by_proposal(table, "priority") == pytest.approx({PARKIR: 0.4, SIAGA: 0.45, HALTE: 0})
    assert by_proposal(table, "closeness") == pytest.approx({PARKIR: 1, SIAGA: 0.5, HALTE: 0})
    # Siaga's closeness equals the weight of impact, so it falls behind below 0.4 / 0.9 = 0.44.
    assert table["rank_low"].tolist() == [1, 1, 3]
    assert table["rank_high"].tolist() == [2, 2, 3]
    assert title(table) == "Peringkat pertama bergantung pada bobot kriteria"
    with pytest.raises(ValueError, match="'living' has no weight"):
        ranked(dimension_weights=weights.drop("living"))


def test_equal_dimension_weights_leave_the_ranks_as_they_are():
    columns = ["rank", "rank_low", "rank_high", "share_top"]
    answers = crowd()
    equal = pd.Series({"governance": 0.5, "living": 0.5})
    pd.testing.assert_frame_equal(
        ranked(answers)[columns], ranked(answers, dimension_weights=equal)[columns]
    )


def crowd(count=9):
    """Proposals without order: impact, cost and duration vary against each other."""
    rows = [
        (f"u{i}", "QW-1", f"Program {'abcdefghi'[i] * 9}", "living", "mobility")
        + (1.0 + i % 5, 10.0 + 7 * i % 11, 3.0 + 5 * i % 13, 10.0**i)
        for i in range(count)
    ]
    return pd.DataFrame(rows, columns=COLUMNS).assign(unit_short=lambda t: t["unit"])


def test_reversals_are_counted_as_a_reader_would():
    weights = {"impact": 1.0, "cost": 2.0, "duration": 1.0, "beneficiaries": 3.0}
    table = ranked(crowd(), weights)
    order = table["proposal"].tolist()
    changed = 0
    for taken in order:
        part = table[table["proposal"] != taken]
        again = ranked(part[[*COLUMNS, "unit_short"]], weights)
        changed += again["proposal"].tolist() != [p for p in order if p != taken]
    assert quickwin.figures.reversals(table, weights, COST) == changed
    assert quickwin.figures.reversals(ranked(), WEIGHTS, COST) == 0


def test_what_the_budget_buys_and_what_a_tenth_more_would():
    # Merit 1, 1, 0 at cost 1, 2, 2. 2.8 buys one of the first two, and the cheaper; 3.08 buys both.
    table = packages.best(ranked(), budget=2.8)
    assert by_proposal(table, "within") == {PARKIR: True, SIAGA: False, HALTE: False}
    assert by_proposal(table, "with_more") == {PARKIR: True, SIAGA: True, HALTE: False}
    assert by_proposal(table, "change")[SIAGA] == "masuk bila anggaran bertambah"
    bought = packages.purchase(table, budget=2.8)
    assert bought["cost"].tolist() == [1, 3]
    assert bought["merit"].tolist() == pytest.approx([1, 2])
    assert bought["reach"].tolist() == [9, 108]
    assert bought["budget"].tolist() == pytest.approx([2.8, 3.08])
    assert packages.chosen(table)["proposal"].tolist() == [PARKIR, SIAGA]


def test_a_package_beats_taking_from_the_top():
    # From the top, 4 buys Parkir alone: 0.6. The other two cost as much together: 1.0.
    table = ranked(ANSWERS.assign(cost=[4.0, 2.0, 2.0])).sort_values("proposal")
    table["merit"] = table["proposal"].map({PARKIR: 0.6, SIAGA: 0.5, HALTE: 0.5})
    taken = packages.best(table, 4).set_index("proposal")["within"]
    assert taken.to_dict() == {PARKIR: False, SIAGA: True, HALTE: True}


def test_an_incomplete_proposal_is_listed_and_not_ranked():
    answers = ANSWERS.copy()
    answers.loc[1, ["impact", "dimension"]] = [float("nan"), None]
    described = proposals.described(answers, WEIGHTS)
    lacking = proposals.incomplete(described, FIELDS)
    assert lacking["proposal"].tolist() == [HALTE]
    assert lacking["lacking"].tolist() == ["Dimensi dan Dampak"]
    assert HALTE not in set(ranked(answers)["proposal"])
    assert proposals.headline_incomplete(described).startswith("1 dari 3 usulan")


def test_horizons_end_on_their_last_month():
    table = ranked()
    assert by_proposal(table, "horizon") == {
        PARKIR: "Quick win",  # 12 months
        HALTE: "Jangka pendek",  # 13
        SIAGA: "Lebih dari 120 bulan",  # 121
    }
    counts = proposals.by_horizon(proposals.described(ANSWERS, WEIGHTS), HORIZONS)
    assert counts["programmes"].tolist() == [1, 1, 0, 0, 1]
    assert counts["cost"].tolist() == [1, 2, 0, 0, 2]
    assert proposals.headline_horizons(counts, HORIZONS).startswith("1 dari 3 usulan lengkap")


def test_dimensions_without_proposals_are_shown():
    names = pd.Series({"governance": "Smart Governance", "living": "Smart Living", "x": "X"})
    table = proposals.by_dimension(proposals.described(ANSWERS, WEIGHTS), names)
    assert table["programmes"].tolist() == [1, 2, 0]
    assert table["units"].tolist() == [1, 2, 0]
    assert proposals.headline_dimensions(table) == (
        "Smart Living paling banyak diusulkan: 2 program; X tanpa usulan"
    )


def test_names_that_look_alike_are_shown_and_kept_apart():
    answers = ANSWERS.assign(name=["Satu Data Kota", "Halte pintar", "satu  kota data"])
    described = proposals.described(answers, WEIGHTS)
    pairs = proposals.similar(described)
    assert pairs[["proposal", "other_proposal", "similarity"]].to_numpy().tolist() == [
        [PARKIR, SIAGA, 1.0]
    ]
    table = packages.best(ranked(answers), 5)
    assert len(table) == 3
    said = quickwin.words.findings(described, table, pairs, UNITS, 5, 0, claimed(table))
    assert any("1 pasang usulan dalam paket bernama mirip" in f.headline for f in said)


def test_criteria_in_words():
    table = proposals.criteria(WEIGHTS, COST, FIELDS)
    assert table["weight"].tolist() == [0.5, 0.5]
    assert table["note"].tolist() == ["makin besar makin baik", "makin kecil makin baik"]


def test_sentences():
    described, table = proposals.described(ANSWERS, WEIGHTS), packages.best(ranked(), 2.8)
    pairs = proposals.similar(described)
    found = quickwin.words.findings(described, table, pairs, UNITS, 2.8, 0, claimed(table))
    assert found[0].headline == "Anggaran Rp3 juta membeli 1 program."
    assert found[0].detail == "Biayanya Rp1 juta; dengan tambahan 10% terbeli 2 program."
    assert found[1].headline == "2 unit mengusulkan 3 program."
    assert found[1].detail == (
        "3 lengkap dan diperingkat. 1 unit yang menjawab tidak mengusulkan program."
    )
    assert (found[2].headline, found[2].level) == (
        "“Parkir digital” di peringkat pertama.",
        "clear",
    )
    assert found[-1].headline == "Tambahan anggaran 10% memasukkan 1 program ke dalam paket."
    assert found[-1].detail == "Masuk: Siaga banjir (BPBD)."
    keys = quickwin.words.key_figures(described, table, 2.8)
    assert [k["value"] for k in keys] == [1, 2, 1, 0]
    alt = quickwin.words.alt_ranking(table, 2)
    assert alt.endswith("Parkir digital (DISHUB) 1 (1–1) dan Siaga banjir (BPBD) 2 (2–2).")


@pytest.mark.parametrize("rows", [0, 1])
def test_too_few_proposals_are_said_not_ranked(rows):
    answers = ANSWERS.iloc[:rows]
    described, ranking = proposals.described(answers, WEIGHTS), ranked(answers)
    table = packages.best(ranking, 100)
    pairs = proposals.similar(described)
    found = quickwin.words.findings(described, table, pairs, UNITS, 100, 0, claimed(ranking))
    assert len(ranking) == rows
    assert claimed(ranking).empty
    assert not any("nan" in f"{f.headline} {f.detail}".lower() for f in found)
    assert title(ranking).endswith(f"ada {rows}")
    assert quickwin.words.key_figures(described, table, 100)[0]["value"] == rows
    assert quickwin.figures.reversals(ranking, WEIGHTS, COST) == 0
    assert proposals.by_horizon(described, HORIZONS)["programmes"].sum() == rows
    assert len(packages.chosen(table)) == rows
    assert proposals.headline_similar(pairs) == "Tidak ada nama usulan yang mirip"


def test_all_proposals_incomplete_or_all_too_dear():
    answers = ANSWERS.assign(impact=float("nan"))
    described, table = proposals.described(answers, WEIGHTS), packages.best(ranked(answers), 5)
    pairs = proposals.similar(described)
    found = quickwin.words.findings(described, table, pairs, UNITS, 5, 0, claimed(table))
    assert found[0].headline.startswith("Belum ada usulan lengkap")
    dear = packages.best(ranked(), 0.5)
    found = quickwin.words.findings(described, dear, pairs, UNITS, 0.5, 0, claimed(dear))
    assert found[0].headline.startswith("Tidak ada usulan lengkap yang terjangkau")
    assert packages.headline(packages.best(ranked(), 0.5), 0.5).startswith("Tidak ada usulan")
    assert packages.headline(packages.best(ranked(), 9), 9).endswith("tidak menambah jumlahnya")


def test_cost_as_the_only_criterion_leaves_merit_undecided():
    assert ranked(weights={"cost": 1.0})["merit"].tolist() == [0.5, 0.5, 0.5]


def test_the_ranking_is_that_of_the_method():
    weights = {"impact": 0.3, "cost": 0.2, "duration": 0.5}
    answers = crowd()
    scores = answers.set_index(answers["unit"] + " QW-1")[list(weights)]
    expected = topsis.closeness(scores, pd.Series(weights), COST)
    table = ranked(answers, weights).set_index("proposal")
    pd.testing.assert_series_equal(
        table["closeness"].sort_index(), expected.sort_index(), check_names=False
    )
    assert table["closeness"].is_monotonic_decreasing
