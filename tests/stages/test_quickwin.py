"""Quick win: three proposals whose closeness can be worked out by hand, and what goes wrong."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from analysis.methods import topsis
from analysis.origin import Source
from analysis.stages import quickwin, vision
from analysis.stages.evidence import claims
from analysis.stages.quickwin import alike, package_words, packages, proposals, purchases, words
from tests.stages.answers import INSTRUMENT, sorting

HORIZONS = [12, 24, 60, 120]
FIELDS = INSTRUMENT.table("quickwin").fields
ELEMENTS = [field.name for field in INSTRUMENT.table("contribution").fields]
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
).assign(unit_short=lambda t: t["unit"].str.upper(), lead=pd.Series(dtype="string"))
ANSWERS = ANSWERS.astype(dict.fromkeys(COLUMNS[5:], float) | {"name": "string"})
UNITS = pd.DataFrame({"unit": ["dishub", "bpbd", "rsud"], "answered": True, "group": "dinas"})
UNITS = UNITS.assign(weight=1.0, unit_short=UNITS["unit"].str.upper())
PROPOSED = pd.DataFrame(
    [("quickwin", "quickwin", "Bappeda memilih."), ("quickwin", "living", "Dinkes menambah."),
     ("gap", "living", "Dinkes menutup.")],
    columns=["stage", "item", "action"],
)  # fmt: skip
UNITS["unit_name"] = "Unit " + UNITS["unit_short"]
NAMES = pd.Series({"governance": "Smart Governance", "living": "Smart Living"})
# Halves: each proposal's impact and cost are divided by 3, the length of (2, 1, 2) and (1, 2, 2).
WEIGHTS = {"impact": 1.0, "cost": 1.0}
COST = ["cost"]
ANSWERS["dimension_name"] = ANSWERS["dimension"].map(NAMES)
PARKIR, HALTE, SIAGA = "dishub QW-1", "dishub QW-2", "bpbd QW-1"


def ranked(answers=ANSWERS, weights=WEIGHTS, dimension_weights=None):
    described = proposals.described(answers, weights)
    return quickwin.figures.ranking(described, weights, COST, HORIZONS, dimension_weights)


def bought(answers=ANSWERS, budget=2.8, least=0, most=0, similarity=0.8):
    """The complete proposals, and what the package holds of them."""
    offered = packages.offered(ranked(answers), clusters(answers, similarity), UNITS)
    made = packages.options(offered, budget, least, most)
    return packages.bought(offered, packages.whole(made), most), made


def clusters(answers=ANSWERS, similarity=0.8):
    return alike.clusters(proposals.described(answers, WEIGHTS), similarity)


def surveyed(budget=2.8, names=NAMES, statistics=None, limits=(0, 0), **answers):
    """A survey of these answers by table, with the settings above."""
    least, most = limits
    return SimpleNamespace(
        common=lambda _name, work: work(),
        answers=answers.get,
        units=UNITS,
        whole=True,
        enough=True,
        scope="3 unit",
        source=Source("uji"),
        actions=PROPOSED,
        statistics=pd.DataFrame(
            statistics or [], columns=["indicator", "area", "year", "value", "used"]
        ),
        settings=SimpleNamespace(
            quickwin=SimpleNamespace(
                weights=WEIGHTS,
                cost_criteria=COST,
                budget=budget,
                shortlist=1,
                least_per_dimension=least,
                most_per_lead=most,
            ),
            thresholds=SimpleNamespace(horizons=HORIZONS, consistency=0.1),
        ),
        instrument=sorting("dimension", names),
    )


def test_the_stage_is_its_functions_over_one_survey():
    stage = quickwin.of(surveyed(quickwin=ANSWERS))
    described = proposals.described(ANSWERS, WEIGHTS)
    table, made = bought()
    pd.testing.assert_frame_equal(stage.ranking, ranked())
    pd.testing.assert_frame_equal(stage.bought, table)
    pd.testing.assert_frame_equal(stage.chosen, packages.chosen(table))
    pd.testing.assert_frame_equal(stage.covered, purchases.covered(made, NAMES))
    pd.testing.assert_frame_equal(stage.purchase, purchases.purchase(made, table, NAMES))
    assert stage.left_out["proposal"].tolist() == [PARKIR, HALTE]
    assert stage.ranking is stage.ranking
    assert stage.findings[0] == package_words.within(stage.package, table, NAMES)
    assert [f.claim for f in stage.findings if f.claim] == ["quickwin.dishub-qw-1.first"]
    assert stage.found["id"].tolist() == ["quickwin.dishub-qw-1.first"]
    assert stage.headlines == stage.findings[:1]
    assert stage.placed["level"].tolist() == ["likely", "", ""]
    ((_name, measure),) = stage.measures("rsud")
    assert measure.set_index("unit")["value"].to_dict() == {"dishub": 2, "bpbd": 1, "rsud": 0}
    assert stage.key_figures == words.key_figures(
        described, stage.ranking, stage.package, stage.shortlist, NAMES
    )
    assert stage.titles["covered"] == package_words.headline(stage.package, table, NAMES)
    assert quickwin.of(stage.survey, budget=9).chosen["proposal"].tolist() == [PARKIR, SIAGA]


def test_the_package_at_each_budget_holds_what_the_budget_buys_the_quickest_first():
    stage = quickwin.of(surveyed(quickwin=ANSWERS), budget=4)
    for option in (one for one in stage.options if one.packed):
        part = stage.packed[stage.packed["package"] == option.name]
        assert sorted(part["proposal"]) == sorted(option.held["proposal"])
        assert part["duration"].is_monotonic_increasing
        assert f"{option.name}: {len(part) or 'tidak ada'} program" in package_words.titled(
            option, NAMES
        )
    sizes = stage.packed.groupby("package").size().tolist()
    assert sizes == [1, 2, 2]
    whole = stage.packed[stage.packed["package"] == stage.package.name]
    assert whole["proposal"].tolist() == stage.chosen["proposal"].tolist()


def test_the_weights_of_the_dimensions_are_those_of_the_vision():
    unit = dict.fromkeys(["unit_name", "group", "group_name"], "x") | {"unit": "rsud", "item": "P"}
    pair = {"more": "B", "strength": 4.0}
    for side, name in (("left", "governance"), ("right", "living")):
        pair |= {side: name, f"{side}_name": name, f"{side}_short": name}
    fields = ["dimension", "dimension_name", "dimension_short", *ELEMENTS]
    answers = {"pairs": pd.DataFrame([unit | pair]), "quickwin": ANSWERS}
    answers["contribution"] = pd.DataFrame([unit | dict.fromkeys(fields, 3.0)])
    stage = quickwin.of(surveyed(**answers), weigh_dimensions=True)
    assert stage.dimension_weights.to_dict() == pytest.approx({"living": 0.8, "governance": 0.2})
    weights = vision.of(stage.survey).weights.set_index("dimension")["dimension_weight"]
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
    assert row["turned"] == "pengusulnya menilai setingkat lebih rendah"
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
    return words.headline_ranking(ranking, claimed(ranking))


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
    # Without cost only the impact counts: 2, 1, 2; with 9, 99 and 0 people, times 1, 2 and 0.
    assert by_proposal(table, "merit") == pytest.approx({PARKIR: 1, SIAGA: 2, HALTE: 0})


def test_a_programme_reaches_no_more_people_than_there_are():
    described = proposals.described(ANSWERS, WEIGHTS)
    table = quickwin.figures.ranking(described, WEIGHTS, COST, HORIZONS, people=9)
    assert by_proposal(table, "merit") == pytest.approx({PARKIR: 1, SIAGA: 1, HALTE: 0})
    pd.testing.assert_frame_equal(table.drop(columns="merit"), ranked().drop(columns="merit"))


def test_the_inhabitants_are_the_newest_published_number_of_the_whole_city_in_use():
    rows = [
        ("population", "kota", 2022, 50.0, True),
        ("population", "kota", 2024, 9.0, True),
        ("population", "kota", 2025, 90.0, False),
        ("population", "siantar-utara", 2025, 5.0, True),
        ("poverty", "kota", 2025, 7.0, True),
    ]
    stage = quickwin.of(surveyed(quickwin=ANSWERS, statistics=rows))
    assert stage.inhabitants[["value", "year"]].tolist() == [9.0, 2024]
    assert by_proposal(stage.ranking, "merit")[SIAGA] == pytest.approx(1)
    assert stage.package_note.endswith("paling banyak sejumlah penduduk kota: 9 orang (2024).")
    without = quickwin.of(surveyed(quickwin=ANSWERS))
    assert without.inhabitants is None
    assert without.package_note.endswith("jadi penerima manfaat dihitung tanpa batas.")


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
    start = "Dapat di peringkat pertama, tergantung bobot kriteria: "
    assert title(table) == start + "Siaga banjir (BPBD) dan Parkir digital (DISHUB)"
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


def test_what_the_budget_buys_and_what_it_leaves_out():
    # Merit 1, 2, 0 at cost 1, 2, 2. 2.8 buys one of the first two, the one for more people; in
    # turn it buys the first, and nothing else. Half of it buys the first alone.
    table, made = bought()
    assert by_proposal(table, "within") == {PARKIR: False, SIAGA: True, HALTE: False}
    assert by_proposal(table, "reason") == {
        PARKIR: "sisa anggaran tidak cukup", SIAGA: "", HALTE: "nilainya nol",
    }  # fmt: skip
    assert [option.name for option in made] == [
        *("Paket Rp1,4 juta", "Peringkat Rp1,4 juta", "Paket Rp2,8 juta", "Peringkat Rp2,8 juta"),
        *("Paket Rp4,2 juta", "Peringkat Rp4,2 juta"),
    ]
    held = [option.held["proposal"].tolist() for option in made]
    assert held == [[PARKIR], [PARKIR], [SIAGA], [PARKIR], [PARKIR, SIAGA], [PARKIR, SIAGA]]
    assert [option.cost for option in made] == [1, 1, 2, 1, 3, 3]
    purchase = purchases.purchase(made, table, NAMES)
    assert purchase["budget"].tolist() == pytest.approx([1.4, 1.4, 2.8, 2.8, 4.2, 4.2])
    assert purchase["without"].tolist() == [
        *("Smart Living", "Smart Living", "Smart Governance", "Smart Living", "–", "–"),
    ]
    assert purchase["missed"].tolist() == [2, 2, 2, 2, 1, 1]
    assert packages.chosen(table)["proposal"].tolist() == [SIAGA]
    covered = purchases.covered(made, NAMES)
    assert covered["programmes"].tolist() == [1, 1, 0, 1, 1, 1, 0, 0, 1, 0, 1, 1]


def offered(**columns):
    """Five proposals for 10 million each, in rank order, the merit falling from 5 to 1."""
    table = pd.DataFrame({"proposal": list("abcde"), "label": list("ABCDE"), "cost": 10.0})
    table = table.assign(rank=range(1, 6), merit=[5.0, 4.0, 3.0, 2.0, 1.0], cluster=np.nan)
    table = table.assign(dimension=list("xxxyz"), lead_short=list("klmno"))
    return table.assign(**columns)


def test_in_turn_what_no_longer_fits_is_passed_over():
    assert packages.in_turn(offered(cost=[20, 15, 10, 5, 1.0]), 30).tolist() == [
        *(True, False, True, False, False),
    ]
    # 0.1 + 0.2 > 0.3 in floats.
    assert packages.in_turn(offered(cost=[0.1, 0.2, 1, 1, 1.0]), 0.3).sum() == 2


@pytest.mark.parametrize(
    ("columns", "budget", "least", "most", "expected"),
    [
        ({}, 30, 0, 0, "abc"),
        ({}, 30, 1, 0, "ade"),  # one of x, y and z
        ({}, 20, 1, 0, "ad"),  # of three floors two, those that are worth most
        ({}, 40, 2, 0, "abde"),  # a second one where there is one
        ({"cost": [10, 10, 10, 41, 10.0]}, 40, 1, 0, "abce"),  # y costs more than there is
        ({"cost": [20, 20, 10, 20, 10.0]}, 40, 1, 0, "cde"),  # 6; a, c, e are 9, without y
        ({"cluster": [1, 1, 2, 2, np.nan]}, 30, 0, 0, "ace"),
        ({"cluster": [1, 2, 1, 1, np.nan]}, 40, 1, 0, "bde"),  # d for y, so neither a nor c
        ({"lead_short": list("kkkkn")}, 40, 0, 2, "abe"),
        ({"lead_short": list("kkkkn")}, 40, 0, 1, "ae"),
        ({"lead_short": list("kkkkk")}, 40, 1, 2, "ad"),  # three floors, but k may lead two
    ],
)
def test_a_package_keeps_floors_clusters_and_the_limit_of_a_unit(
    columns, budget, least, most, expected
):
    table = offered(**columns)
    assert "".join(table["proposal"][packages.best(table, budget, least, most)]) == expected


def test_why_a_proposal_is_not_in_the_package():
    table = offered(
        cost=[10, 10, 99, 10, 25.0], cluster=[1, 1, 1, np.nan, np.nan], lead_short=list("kkkkn"),
    )  # fmt: skip
    package = packages.whole(packages.options(table, 30, 0, 1))
    told = packages.bought(table, package, 1)
    assert told["reason"].tolist() == [
        *("", "mirip dengan A", "lebih mahal daripada seluruh anggaran"),
        *("k sudah memimpin 1 program", "sisa anggaran tidak cukup"),
    ]


def test_floors_that_are_not_met_are_said_with_their_reason():
    names = pd.Series({"x": "X", "y": "Y", "z": "Z", "w": "W", "v": "V"})
    table = offered(dimension=list("xxyzz"), cost=[10, 10, 99, 10, 10.0])
    package = packages.whole(packages.options(table, 30, 2, 0))
    assert package.held["proposal"].tolist() == ["a", "b", "d"]
    told = purchases.unmet(table, package, 2, names)
    assert told == [
        ("Y", "setiap usulannya lebih mahal daripada seluruh anggaran"),
        ("Z", "tidak tercapai bersama dimensi lain dalam anggaran dan batas paket"),
        ("W", "tanpa usulan lengkap"),
        ("V", "tanpa usulan lengkap"),
    ]
    finding = package_words.unmet(package, table, names, 2)
    assert finding.headline == "Sedikitnya 2 program setiap dimensi tidak tercapai di 4 dimensi."
    assert finding.detail == (
        "Y: setiap usulannya lebih mahal daripada seluruh anggaran. Z: tidak tercapai bersama "
        "dimensi lain dalam anggaran dan batas paket. W dan V: tanpa usulan lengkap."
    )
    few = purchases.unmet(table.query("proposal != 'b'"), package, 3, names)
    assert few[0] == ("X", "hanya 1 usulan lengkap yang terjangkau")
    assert package_words.unmet(package, table, names[["x"]], 2) is None
    assert package_words.unmet(package, table, names, 0) is None


def test_who_leads_is_known_by_any_name_of_the_register():
    given = ["unit  BPBD", "rsud", "Dinas Lain", None]
    answers = pd.concat([ANSWERS, ANSWERS.tail(1).assign(item="QW-2")], ignore_index=True)
    answers["lead"] = pd.array(given, dtype="string")
    table = packages.offered(ranked(answers), clusters(answers), UNITS)
    leads = by_proposal(table, "lead_short")
    assert leads == {PARKIR: "BPBD", HALTE: "RSUD", SIAGA: "Dinas Lain", "bpbd QW-2": "BPBD"}
    answers["lead"] = pd.array(["Dinas Lain", "dinas lain", "DINAS  LAIN", None], dtype="string")
    table = packages.offered(ranked(answers), clusters(answers), UNITS)
    assert table["lead_short"].nunique() == 2


def test_the_short_list_has_the_best_of_each_dimension_and_no_twins():
    table = offered(within=False)
    names = pd.Series({"z": "Z", "w": "W", "x": "X", "y": "Y"})

    def listed(count, **columns):
        found = quickwin.shortlist.shortlist(table.assign(**columns), count, names)
        return "".join(found["proposal"])

    assert listed(1) == "ead"  # in the order of the dimensions
    assert listed(2) == "eabd"
    assert listed(2, cluster=[1, 1, np.nan, np.nan, np.nan]) == "eacd"
    assert listed(2, cluster=[1, np.nan, np.nan, 1, np.nan]) == "eab"  # d is like a
    assert listed(2, cost=1e11) == "eabd"  # whatever it costs


def test_an_incomplete_proposal_is_listed_and_not_ranked():
    answers = ANSWERS.copy()
    answers.loc[1, ["impact", "dimension"]] = [float("nan"), None]
    answers.loc[2, ["subdimension", "lead"]] = None  # neither is needed to rank
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


def test_names_that_look_alike_are_clusters_and_kept_apart():
    answers = ANSWERS.assign(name=["Satu Data Kota", "Halte pintar", "satu  kota data"])
    found = clusters(answers)
    assert found[["cluster", "proposal", "similarity"]].to_numpy().tolist() == [
        [1, PARKIR, 1.0],
        [1, SIAGA, 1.0],
    ]
    table, _made = bought(answers, 5)
    assert len(table) == 3
    assert by_proposal(table, "reason")[PARKIR] == "mirip dengan satu  kota data (BPBD)"
    said = words.alike(found)
    assert said.headline == (
        "2 usulan bernama mirip dapat menjadi 1 program kota bila isinya memang sama."
    )
    start = "Kelompok terbesar, di Smart Governance dan Smart Living, memuat 2 usulan: Satu Data "
    assert said.detail.startswith(start)
    assert words.alike(clusters()) is None


def test_a_cluster_joins_what_is_joined_by_others():
    # abcd and abce share 3 of 4 letters, as do abce and abfe; abcd and abfe share only 2.
    names = ["zzzz", "abcd", "abfe", "abce", "zzzy", "mmmm", None]
    table = pd.DataFrame({"name": pd.array(names, dtype="string"), "proposal": list("1234567")})
    found = alike.clusters(table, 0.75)
    assert found["cluster"].tolist() == [1, 1, 1, 2, 2]
    assert "".join(found["proposal"]) == "23415"
    assert found["similarity"].tolist() == [0.75] * 5
    joined = alike.pairs(table.set_index("proposal")["name"].dropna(), 0.75)
    assert [*(joined["one"] + joined["other"])] == ["15", "24", "34"]


def test_criteria_in_words():
    table = proposals.criteria(WEIGHTS, COST, FIELDS)
    assert table["weight"].tolist() == [0.5, 0.5]
    assert table["note"].tolist() == ["makin besar makin baik", "makin kecil makin baik"]


def test_sentences():
    stage = quickwin.of(surveyed(quickwin=ANSWERS, budget=3.0, limits=(1, 2)))
    said = stage.findings
    assert said[0].headline == ("Rp3 juta cukup untuk membiayai 2 program di semua dimensi.")
    assert [finding.action for finding in said] == ["", "Bappeda memilih.", ""]
    assert said[0].detail == (
        "Biayanya Rp3 juta dari Rp3 juta. Smart Governance 1 dan Smart Living 1. Tidak masuk dari "
        "sepuluh besar: Halte pintar (DISHUB) – nilainya nol."
    )
    assert said[1].headline == (
        "Daftar pendek memuat 2 program teratas di dimensinya, berbiaya Rp3 juta."
    )
    assert said[1].detail == (
        "Smart Governance: Parkir digital (DISHUB); Smart Living: Siaga banjir (BPBD). Tidak "
        "termuat dari sepuluh besar: Halte pintar (DISHUB)."
    )
    leader = "Usulan DISHUB cenderung di peringkat pertama."
    assert (said[2].headline, said[2].level) == (leader, "likely")
    assert said[2].detail.startswith("Teratas: Parkir digital (DISHUB); masuk 3 besar pada 100,0%")
    assert len(said) == 3
    given, in_turn, budgets = stage.quality
    assert given.headline == "2 perangkat daerah mengusulkan 3 program."
    assert given.detail == (
        "3 lengkap dan diperingkat. 1 perangkat daerah yang menjawab tidak mengusulkan program."
    )
    assert in_turn.headline == "Menurut peringkat anggaran cukup untuk 2 program di semua dimensi."
    assert in_turn.detail == (
        "Biayanya Rp3 juta. Tidak terbiayai dari sepuluh besar: Halte pintar (DISHUB)."
    )
    assert budgets.headline == (
        "Setengah anggaran cukup untuk 1 program, satu setengah kalinya untuk 2."
    )
    assert budgets.detail == (
        "Rp1,5 juta: 1 program berbiaya Rp1 juta; tanpa program: Smart Living. Rp3 juta: 2 program "
        "berbiaya Rp3 juta di semua dimensi. Rp4,5 juta: 2 program berbiaya Rp3 juta di semua "
        "dimensi."
    )
    small = quickwin.of(surveyed(quickwin=ANSWERS, budget=1.0)).findings
    # Only Parkir is paid for: what is proposed about the dimension that gets nothing.
    assert small[0].headline.endswith("; tanpa program: Smart Living.")
    assert small[0].action == "Dinkes menambah."
    assert [k["value"] for k in stage.key_figures] == [2, 2, 1, 0]
    assert stage.key_figures[0]["detail"] == (
        "biaya Rp3 juta · di 2 dari 2 dimensi · n = 3 usulan dari 2 perangkat daerah"
    )
    assert stage.key_figures[1]["detail"] == "biaya Rp3 juta · 2 juga dalam paket"
    assert stage.package_note.startswith(
        "Batas paket: sedikitnya 1 program setiap dimensi, paling banyak satu dari setiap kelompok "
        "usulan bernama mirip, dan paling banyak 2 program setiap perangkat daerah penanggung "
        "jawab."
    )
    free = quickwin.of(surveyed(quickwin=ANSWERS))
    assert free.package_note.startswith(
        "Batas paket: paling banyak satu dari setiap kelompok usulan bernama mirip. "
    )
    assert stage.titles["chosen"] == "Semua program dalam paket selesai dalam 121 bulan"
    assert package_words.headline_chosen(stage.chosen.head(0)) == "Belum ada program dalam paket"
    alt = words.alt_ranking(stage.ranking, 2)
    assert alt.endswith("Parkir digital (DISHUB) 1 (1–1) dan Siaga banjir (BPBD) 2 (2–2).")
    assert package_words.alt(stage.options[:1], NAMES) == (
        "Banyaknya program: Paket Rp1,5 juta: Smart Governance 1, Smart Living 0."
    )


def test_what_is_bought_in_turn_is_told_with_its_twins_and_its_leader():
    names = pd.Series({"x": "X", "y": "Y", "z": "Z"})
    table = offered(cluster=[1, 1, np.nan, np.nan, np.nan], lead_short=list("kknoo"))
    made = packages.options(table, 30, 0, 0)
    said = package_words.in_turn(made, table.assign(reason=""), names)
    assert said.headline == (
        "Menurut peringkat anggaran cukup untuk 3 program; tanpa program: Y dan Z."
    )
    assert said.detail == (
        "Biayanya Rp30 juta. Paling banyak dipimpin satu perangkat daerah: 2 program (k). 2 "
        "program mirip dengan program lain di dalamnya. Tidak terbiayai dari sepuluh besar: D "
        "dan E."
    )


@pytest.mark.parametrize(
    ("budget", "headline"),
    [
        (20, "Setengah anggaran cukup untuk 1 program, satu setengah kalinya untuk 3."),
        (10, "Setengah anggaran belum cukup; satu setengah kalinya cukup untuk 1 program."),
        (6, "Satu setengah kali anggaran pun belum cukup untuk satu program."),
    ],
)
def test_less_and_more_money(budget, headline):
    said = package_words.budgets(packages.options(offered(), budget, 0, 0), pd.Series({"x": "X"}))
    assert said.headline == headline
    if budget == 6:
        assert said.detail == (
            "Rp3 juta: tidak ada program. Rp6 juta: tidak ada program. Rp9 juta: tidak ada program."
        )


def test_amounts_are_written_as_people_do():
    given = [0.5, 0.04, 1, 1.4, 2.8, 99.5, 100.4, 3280, 4995, 5000, 2.5e6, 1e12]
    assert [packages.rupiah(amount) for amount in given] == [
        *("Rp500.000", "Rp40.000", "Rp1 juta", "Rp1,4 juta", "Rp2,8 juta", "Rp99,5 juta"),
        *("Rp100,4 juta", "Rp3,28 miliar", "Rp5 miliar", "Rp5 miliar", "Rp2,5 triliun"),
        "Rp1.000.000 triliun",
    ]
    assert packages.rupiah(3280, 1) == "Rp3,3 miliar"


def test_cost_as_the_only_criterion_leaves_merit_undecided():
    table = ranked(weights={"cost": 1.0})
    # 0.5 for each; with 9, 0 and 99 people times 1, 0 and 2.
    assert by_proposal(table, "merit") == pytest.approx({PARKIR: 0.5, HALTE: 0, SIAGA: 1})


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
