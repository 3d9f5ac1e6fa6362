"""The future stage: a survey of three units whose figures are worked out by hand."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from analysis import charts, levels, tables
from analysis.origin import Source
from analysis.stages import future
from analysis.stages.future import drivers, outlook, scenarios
from tests.claimed import claimed
from tests.stages.answers import INSTRUMENT, UNPROPOSED
from tests.stages.sentences import shown, silent_of_nan

SCALE = (1.0, 5.0)

ITEMS = {  # item: name, category
    "MD01": ("Penduduk muda merantau", "social"),
    "MD02": ("Serangan siber", "technological"),
    "MD03": ("Kecerdasan artifisial", "technological"),
    "MD04": ("Hujan ekstrem", "environmental"),
}
POLES = {"MD04": ("banjir jarang", "banjir sering")}  # of the others there are none
# unit group; per item impact and uncertainty; "-" is blank, TB does not apply.
#         MD01  MD02  MD03  MD04
SMALL = """
a dinas | 4 2 | 5 5 | 4 5 | 2 4
b dinas | 5 1 | 5 4 | 4 4 | 3 5
c badan | 3 3 | 5 3 | - 1 | TB
"""
# impact       4     5     4    2.5   (MD03: a and b only, c gave no impact; MD04: a and b)
# uncertainty  2     4    4.5   4.5
# product      8    20    18   11.25


def survey(text):
    """The table of answers, in the shape of ``survey.answers("future")``, from rows as above."""
    rows = []
    for line in text.strip().splitlines():
        (unit, group), *cells = (part.split() for part in line.split("|"))
        for (item, (name, steep)), cell in zip(ITEMS.items(), cells, strict=True):
            tb = cell == ["TB"]
            impact, uncertainty = [None, None] if tb else [None if c == "-" else c for c in cell]
            rows.append(
                {"unit": unit, "unit_name": f"Unit {unit}", "group": group,
                 "group_name": group.title(), "item": item, "name": name, "tb": tb,
                 "steep": steep, "steep_name": steep.title(),
                 "impact": impact, "uncertainty": uncertainty,
                 "pole_low": POLES.get(item, ("", ""))[0],
                 "pole_high": POLES.get(item, ("", ""))[1]}
            )  # fmt: skip
    return pd.DataFrame(rows).astype({"impact": "float64", "uncertainty": "float64"})


def many(first="5 5", fourth="4 5", count=12):
    """`count` units; MD02 and MD04 are given, the others low and certain."""
    return survey(
        "\n".join(
            f"u{n:02d} {'dinas' if n % 2 else 'badan'} | 2 {1 + n % 2} | {first} | 2 1 | {fourth}"
            for n in range(count)
        )
    )


def agreed(answers):
    """How far the units agree, in words."""
    found, complete = (drivers.concordance(answers, *least) for least in ((), (1.0,)))
    return future.words.agreed(found, complete, believed(answers))


def own(*rows):
    columns = ["unit_name", "group_name", "name", "steep", "steep_name"]
    columns += ["impact", "uncertainty", "evidence"]
    return pd.DataFrame(rows, columns=columns)


@pytest.fixture
def small():
    return survey(SMALL)


def believed(answers, cut=3.0):
    return claimed(drivers.comparisons(answers, cut, SCALE, answers["unit"].nunique()), answers)


def classified(answers, cut=3.0):
    return drivers.classified(answers, cut, SCALE, believed(answers, cut))


def test_means_and_products_by_hand(small):
    table = classified(small).set_index("item")
    assert table.index.tolist() == ["MD02", "MD03", "MD04", "MD01"]
    assert table["impact"].tolist() == [5, 4, 2.5, 4]
    assert table["uncertainty"].tolist() == [4, 4.5, 4.5, 2]
    assert table["product"].tolist() == pytest.approx([20, 18, 11.25, 8])
    assert table["n"].tolist() == [3, 2, 2, 3]
    assert table["tb"].tolist() == [0, 0, 1, 0]
    # MD03: one blank of three; MD04 applies to two, both answered.
    assert table["missing"].tolist() == pytest.approx([0, 1 / 3, 0, 0])
    # Means and bounds are those of the claims.
    # MD01, impact 3 4 5: t(0.975; 2) = 4.3027, s / sqrt(3) = 0.57735, reach 2.4842.
    assert table.loc["MD01", "impact_low"] == pytest.approx(4 - 2.4842, abs=1e-3)
    # Quartiles of 3 4 5 are 3.5 and 4.5; of 4 4 and 5 5 5 equal.
    assert table["iqr"].tolist() == [0, 0, 0.5, 1]


def test_classes_hang_on_the_cut(small):
    classes = classified(small).set_index("item")["class"]
    assert classes[["MD01", "MD02", "MD03", "MD04"]].tolist() == [
        drivers.TREND,
        drivers.CRITICAL,
        drivers.CRITICAL,
        drivers.MONITOR,
    ]
    # A mean that equals the cut is not high: uncertainty of MD02 and impact of MD03 are 4.
    classes = classified(small, 4.0).set_index("item")["class"]
    assert classes["MD02"] == drivers.TREND
    assert classes["MD03"] == drivers.MONITOR


def test_a_class_is_clear_where_both_scales_are(small):
    table = classified(small).set_index("item")
    # Three units can prove nothing: p is at least 2 ** -2.
    assert table.loc["MD02", ["level", "critical"]].tolist() == ["unclear", False]
    table = classified(many()).set_index("item")
    assert table.loc["MD02", ["level", "critical"]].tolist() == ["clear", True]
    assert table.loc["MD01", ["class", "level", "critical"]].tolist() == ["monitor", "clear", False]
    wide = [f"{scale}_wide_{end}" for scale in drivers.SCALES for end in ("low", "high")]
    assert table[wide].stack().between(1, 5).all()  # intervals stay within the scale


def test_agreement_leaves_out_units_with_blanks(small):
    # a and b rate all; ranks of impact a 2.5 4 2.5 1, b 3.5 3.5 2 1: sums 6 7.5 4.5 2, mean 5,
    # S = 1 + 6.25 + 0.25 + 9 = 16.5; a rater's squares 4.5 each, so W = 16.5 / (2 x 9) = 0.91667.
    found = drivers.concordance(small)
    assert found.w == pytest.approx(16.5 / 18)
    assert (found.raters, found.left_out) == (2, 1)
    # chi-square 5.5 on 3 degrees of freedom: p = 0.139, not beyond chance.
    said = agreed(small)
    assert (said.headline, said.level) == (
        "Belum terlihat kesepakatan perangkat daerah tentang dampak.",
        levels.UNCLEAR,
    )
    assert said.detail.startswith(
        "W Kendall 0,92 atas 2 perangkat daerah yang menilai sedikitnya 90% pendorong"
    )
    # Few units is one reason, equal answers another.
    assert agreed(survey(SMALL.strip().split("\n")[0])).headline == (
        "Kesepakatan perangkat daerah tentang dampak tidak dihitung: kurang dari dua perangkat "
        "daerah menilai sedikitnya 90% pendorong."
    )
    assert agreed(survey(EDGES["all the same"])).headline == (
        "Kesepakatan perangkat daerah tentang dampak tidak dihitung: tidak ada perangkat daerah "
        "yang membedakan pendorong."
    )


def test_a_unit_with_one_blank_in_ten_counts_for_the_agreement():
    # Twenty drivers; a and b rank all alike, c lacks two of them and d three, both the other way.
    def unit(name, impacts):
        return {"unit": name, "group": "dinas", "impact": impacts, "item": range(20)}

    up = np.arange(1.0, 21.0)
    rows = [("a", up), ("b", up), ("c", np.where(up > 2, -up, np.nan)),
            ("d", np.where(up > 3, -up, np.nan))]  # fmt: skip
    answers = pd.concat([pd.DataFrame(unit(*row)) for row in rows])
    found, complete = (drivers.concordance(answers, *least) for least in ((), (1.0,)))
    assert (found.raters, found.left_out) == (3, 1)
    assert (complete.raters, complete.left_out, complete.w) == (2, 2, 1)
    # 665 squares of a and b, 484.5 of each of the pairs of 18 that c is in and turns round.
    k, agreement = 58 / 20, (665 - 2 * 484.5) / (665 + 2 * 484.5)
    assert found.w == pytest.approx((1 + (k - 1) * agreement) / k)
    claims_ = believed(many())
    said = future.words.agreed(found, complete, claims_)
    assert said.detail.endswith("Dari yang menilai semua pendorong saja: 1,00 (n = 2).")


def test_the_pair_comes_from_two_categories(small):
    # Critical are MD02 and MD03, both technological: no matrix.
    assert scenarios.pair(small, classified(small), 3.0) is None
    # With the cut at 2.4 MD04 (environmental) is critical too and is chosen before MD03.
    found = scenarios.pair(small, classified(small, 2.4), 2.4)
    assert found.first == scenarios.Axis(
        "Serangan siber", "“Serangan siber” lemah", "“Serangan siber” kuat"
    )
    assert found.second == scenarios.Axis("Hujan ekstrem", "banjir jarang", "banjir sering")
    assert np.isnan(found.share)
    assert "10 perangkat daerah" in scenarios.finding(found).detail


def test_how_firm_the_pair_is():
    answers = many()
    found = scenarios.pair(answers, classified(answers), 3.0)
    assert found.share == 1
    four = scenarios.stories(found).set_index("corner")
    assert four.loc["high_low"].to_dict() == {
        "scenario": "“Serangan siber” kuat, banjir jarang",
        "story": "Bila “Serangan siber” kuat dan banjir jarang, maka kota dapat memusatkan tenaga "
        "pada satu perubahan: “Serangan siber”. Persiapan untuk “Hujan ekstrem” cukup dijaga agar "
        "siap dipakai.",
        "question": "Apa yang harus selesai lebih dahulu bila “Serangan siber” kuat?",
    }


def test_the_matrix_or_a_table_that_says_why(small):
    answers = many()
    table = classified(answers)
    matrix = scenarios.shown(scenarios.pair(answers, table, 3.0), table)
    assert matrix["axis_x"] == ("Serangan siber", "“Serangan siber” lemah", "“Serangan siber” kuat")
    assert matrix["axis_y"] == ("Hujan ekstrem", "Banjir jarang", "Banjir sering")
    assert matrix["title"] == "Empat skenario dari dua perubahan besar yang sulit ditebak"
    drawn = charts.boxes(**matrix).content
    assert drawn["title"] == matrix["title"] and len(drawn["rows"]) == 4
    instead = scenarios.shown(None, classified(small))
    counted = instead["frame"].set_index("steep_name")["count"].to_dict()
    assert counted == {"Technological": 2, "Environmental": 0, "Social": 0}
    assert instead["title"].endswith("belum cukup untuk empat skenario")
    assert tables.table(**instead).content["title"] == instead["title"]


def test_a_lead_is_claimed_only_beyond_chance(small):
    found = believed(small)
    assert future.words.heading_product(classified(small), found) == (
        "Teratas menurut reratanya saja: “Serangan siber” dan “Kecerdasan artifisial”"
    )
    # MD02 less MD03: 20 - 18; MD02 is answered by three units, MD03 by two.
    lead = found.loc[(drivers.LEADING, "MD02")]
    assert lead[["value", "n"]].tolist() == pytest.approx([2, 2])
    answers = many(fourth="4 4")
    found = believed(answers)
    assert future.words.heading_product(classified(answers), found) == (
        "“Serangan siber” jelas tertinggi dalam dampak dan ketidakpastian"
    )
    assert found.loc[(drivers.LEADING, "MD02"), "claim"] == (
        "“Serangan siber” tertinggi dalam dampak dan ketidakpastian, di atas “Hujan ekstrem”"
    )


def test_findings_and_key_figures(small):
    table, found = classified(small), believed(small)
    agreement, none = drivers.concordance(small), drivers.own(own())
    figures = future.words.key_figures(table, agreement, found, "1–25")
    assert (figures[0]["shown"], figures[1]["shown"]) == ("2", "20,00")
    said, items = zip(*future.words.findings(table, found), strict=True)
    assert said[0].headline == (
        "Menurut reratanya saja berdampak besar dan sulit ditebak: “Serangan siber” dan "
        "“Kecerdasan artifisial”."
    )
    assert items == (["MD02", "MD03"], ["MD01"], [])
    said += tuple(future.words.quality(agreed(small), none, found))
    assert said[0].detail.startswith("2 dari 2 pendorong golongan ini;")
    assert said[0].claim in set(found["id"])
    assert all(len(f.headline.split()) <= 20 for f in said)


EDGES = {
    "one unit": "a dinas | 4 2 | 5 5 | 4 5 | 4 4",
    "one unit with blanks": "a dinas | 4 2 | - 5 | - - | TB",
    "all TB": "a dinas | TB | TB | TB | TB\nb badan | TB | TB | TB | TB",
    "all blank": "a dinas | - - | - - | - - | - -\nb badan | - - | - - | - - | - -",
    "one group": "a dinas | 4 2 | 5 5 | 4 5 | 4 4\nb dinas | 4 2 | 5 5 | 4 5 | 4 4",
    "all the same": "a dinas | 3 3 | 3 3 | 3 3 | 3 3\nb badan | 3 3 | 3 3 | 3 3 | 3 3",
}


@pytest.mark.parametrize("text", EDGES.values(), ids=EDGES)
def test_few_answers_give_sentences_not_failures(text):
    answers = survey(text)
    table, found = classified(answers), believed(answers)
    agreement = drivers.concordance(answers)
    said = [
        *(finding for finding, _items in future.words.findings(table, found)),
        *future.words.quality(agreed(answers), drivers.own(own()), found),
        scenarios.finding(scenarios.pair(answers, table, 3.0)),
    ]
    figures = future.words.key_figures(table, agreement, found, "1–25")
    assert silent_of_nan(*(f"{f.headline} {f.detail}" for f in said), shown(figures))
    assert all(f.headline for f in said)
    if text.startswith(("a dinas | TB", "a dinas | - -")):
        assert said[0].headline == "Belum ada jawaban lengkap tentang pendorong perubahan."


def test_own_drivers_are_listed_with_their_unit():
    listed = drivers.own(
        own(
            ("Unit b", "Dinas", "Ojek daring", "technological", "Teknologi", 4, 3, None),
            ("Unit a", "Dinas", None, None, None, None, None, None),
            ("Unit a", "Dinas", "Harga cabai", "economic", "Ekonomi", 5, None, "pasar"),
        )
    )
    assert listed["name"].tolist() == ["Harga cabai", "Ojek daring"]
    assert future.words.heading_own(listed) == "2 pendorong tambahan dari 2 perangkat daerah"


def statistics(**indicators):
    """Figures on the city: per indicator (year, value, used) with a source each."""
    rows = [
        (name, name.title(), name, "persen", "kota", year, value, used, f"sumber {value}", "")
        for name, points in indicators.items()
        for year, value, used in points
    ]
    columns = ["indicator", "name", "name_en", "unit", "area"]
    return pd.DataFrame(rows, columns=[*columns, "year", "value", "used", "source", "note"])


def test_projection_only_where_the_series_allows_it():
    figures = outlook.city(
        statistics(
            straight=[(2020, 1.0, True), (2021, 2.0, True), (2022, 3.0, True), (2023, 4.0, True)],
            short=[(2020, 1.0, True), (2021, 2.0, True), (2021, 9.0, False), (2022, 3.0, True)],
            patchy=[(2010, 1.0, True), (2020, 2.0, True), (2021, 3.0, True), (2022, 3.0, True)],
        )
    )
    straight = outlook.series(figures, "straight")
    # The line 1 2 3 4 goes on to 6 two years later, without any spread around it.
    end = straight.projection.iloc[-1]
    assert end[["year", "fitted", "low", "high"]].tolist() == pytest.approx([2025, 6, 6, 6])
    short, patchy = outlook.series(figures, "short"), outlook.series(figures, "patchy")
    assert short.projection is None and patchy.projection is None
    assert short.note == "Tidak diproyeksikan: hanya 3 titik, sedikitnya 4."
    assert patchy.note == "Tidak diproyeksikan: jeda 2010–2020 melebihi 3 tahun."
    assert len(short.points) == 4  # the figure that is not used is shown too
    found = outlook.all_series(figures)
    assert outlook.figure(found)["value"] == 1
    said = outlook.finding(found)
    assert said.headline.startswith("1 dari 3 angka resmi") and "Short 2021" in said.detail


def test_statistics_are_of_the_city_and_may_be_absent():
    frame = statistics(population=[(2020, 1000.0, True), (2021, 1234.0, True)])
    figures = outlook.city(pd.concat([frame, frame.assign(area="kecamatan")]))
    assert figures["figure"].tolist() == ["1.000", "1.234"]
    absent = outlook.series(figures, "growth")
    assert absent.projection is None
    assert absent.title == "growth: belum ada angka yang dipakai"
    nothing = outlook.city(frame.iloc[:0])
    assert outlook.all_series(nothing) == []
    assert outlook.finding([]).headline.startswith("Belum ada angka resmi")


def test_the_stage_works_out_each_frame_once():
    answers, asked = many(), []
    given = {"future": answers, "future_own": own()}
    units = answers.drop_duplicates("unit")[["unit"]].assign(weight=1.0)
    stage = future.of(
        SimpleNamespace(
            common=lambda _name, work: work(),
            answers=lambda name: asked.append(name) or given[name],
            units=units,
            settings=SimpleNamespace(thresholds=SimpleNamespace(future_cut=3.0)),
            instrument=INSTRUMENT,
            whole=True,
            enough=True,
            scope="12 perangkat daerah",
            source=Source("uji"),
            statistics=statistics(growth=[(2020, 1.0, True), (2021, 2.0, False)]),
            actions=UNPROPOSED,
        )
    )
    expected = drivers.classified(answers, 3.0, SCALE, stage.found)
    pd.testing.assert_frame_equal(stage.classified, expected)
    assert stage.found.loc[(drivers.LEADING, "MD02"), ["id", "alpha"]].tolist() == [
        "future.md02.leading",
        pytest.approx(0.04),
    ]
    assert stage.pair == scenarios.pair(answers, stage.classified, 3.0)
    said = future.words.key_figures(stage.classified, stage.agreement, stage.found, "1–25")
    assert stage.key_figures[:-1] == said
    said = [f for f, _items in future.words.findings(stage.classified, stage.found)]
    assert stage.findings[:-2] == said and stage.headlines == said[:1]
    assert stage.quality == future.words.quality(stage.agreed, stage.added, stage.found)
    assert stage.titles["product"] == future.words.heading_product(stage.classified, stage.found)
    assert stage.series("growth").title == stage.indicators[0].title
    assert stage.classified is stage.classified and sorted(asked) == ["future", "future_own"]
    assert (stage.bound, future.of(stage.survey, cut=4.0).bound) == (3.0, 4.0)


def test_a_part_of_the_units_is_named_and_a_cut_off_the_scale_refused(small):
    survey_of = SimpleNamespace(
        common=lambda _name, work: work(),
        answers=lambda name: {"future": small, "future_own": own()}[name],
        units=small.drop_duplicates("unit")[["unit"]].assign(weight=1.0),
        instrument=INSTRUMENT,
        whole=False,
        enough=True,
        scope="2 dinas",
        source=Source("uji"),
        statistics=statistics(),
    )
    stage = future.of(survey_of, cut=3.0)
    assert stage.titles["classified"].endswith("ditebak, menurut reratanya saja – 2 dinas")
    assert stage.key_figures[0]["label"] == "perubahan besar yang sulit ditebak – 2 dinas"
    for cut in (0.5, 5.1, -1.0):
        with pytest.raises(ValueError, match="di luar skala 1–5"):
            future.of(survey_of, cut=cut)


def test_the_profile_of_a_unit_counts_what_the_stage_counts(small):
    stage = future.of(
        SimpleNamespace(
            common=lambda _name, work: work(),
            answers=lambda name: small,
            units=small[["unit"]],
            instrument=INSTRUMENT,
            whole=True,
            enough=True,
            scope="3 perangkat daerah",
            source=Source(""),
        ),
        cut=3.0,
    )
    (first, impact), (second, uncertainty) = stage.measures("c")
    assert first.startswith("Dampak") and second.startswith("Ketidakpastian")
    # c gave MD03 its uncertainty alone, so neither value of it counts: MD01 and MD02.
    assert impact.set_index("unit")["value"]["c"] == 4
    assert uncertainty.set_index("unit")["value"]["c"] == 3
