"""An index by the city and by an assessor, and what is recommended, worked out by hand."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pandas as pd
import pytest

from analysis import text
from analysis.origin import Source
from analysis.project import Project
from analysis.refusals import Unfit
from analysis.stages import coordination
from analysis.stages.evidence import recommendations
from analysis.stages.whole import assessment, assessment_words, cities
from analysis.stages.whole.index import Assessed
from analysis.survey.asked import assessments
from tests.second_city import ROOT
from tests.stages.answers import INSTRUMENT, UNASSESSED, Answers

INDEX = INSTRUMENT.indices["spbe"]
ITEMS = INDEX.items.rename(columns={"code": "item"})
PUBLIC = ITEMS.loc[ITEMS["aspect"] == "public", "item"]  # six of 3, together 18 of 100
BY = date(2024, 7, 1)


def answers(level: float = 3.0) -> pd.DataFrame:
    who = {"unit": "kominfo", "unit_name": "Dinas", "unit_short": "Diskominfo", "group": "dinas"}
    return ITEMS.assign(**who, level=level, evidence=None, tb=False)


def said(levels: dict[str, int], **rows: dict[str, object]) -> pd.DataFrame:
    """What an assessor gave each indicator; `rows`: all else of some of them."""
    empty = {"reason": "", "recommendation": "", "owner": "", "owner_name": "", "due": None}
    given = [
        {"item": item, "name": item, "level": level, "done": None, "assessor": "Tim"}
        | empty
        | rows.get(item, {})
        for item, level in levels.items()
    ]
    table = pd.DataFrame(given).assign(index="spbe")
    days = {name: pd.to_datetime(table[name]) for name in ("due", "done")}
    return table.assign(**days)[assessments.COLUMNS]


def stage(table: pd.DataFrame, own: pd.DataFrame | None = None, **more: object) -> Assessed:
    asked = Answers({"spbe": answers() if own is None else own}, assessments=table, **more)
    return Assessed(asked, index="spbe", today=BY.isoformat())


ALL = dict.fromkeys(ITEMS["item"], 3) | dict.fromkeys(PUBLIC, 2)


def test_both_indices_and_their_difference_by_hand():
    # All at 3; the assessor gives public services, 18 of 100, a level less: 3 - 0.18.
    made = stage(said(ALL))
    whole, *parts = made.compared.to_dict("records")
    assert whole["part_name"] == "Indeks SPBE" and whole["above_name"] == ""
    assert [whole[column] for column in assessment.LEVELS] == pytest.approx([3, 2.82, 0.18])
    apart = {part["part_name"]: part["level_difference"] for part in parts}
    assert apart.pop("Layanan Publik Berbasis Elektronik") == pytest.approx(1)
    assert set(apart.values()) == {0} and len(apart) == 7
    assert list(made.differing["item"]) == list(PUBLIC)
    own, other = made.key_figures
    assert (own["shown"], other["shown"]) == ("3,00", "2,82")
    assert other["detail"] == "penilai luar, Baik"
    assert made.titles["compared"] == (
        "Indeks SPBE: sendiri 3,00, penilai luar 2,82, selisih +0,18"
    )
    assert made.assessed_source == "uji; penilai luar: Tim"
    finding = made.findings[1]
    assert finding.headline == (
        "Indeks SPBE menurut kota 3,0, lebih tinggi daripada menurut penilai luar: 2,8."
    )
    assert "6 dari 47 indikator berbeda: 6 lebih tinggi dan 0 lebih rendah" in finding.detail


def test_an_index_of_which_an_indicator_is_not_assessed_has_no_value():
    first = ITEMS["item"].iloc[0]
    made = stage(said({item: level for item, level in ALL.items() if item != first}))
    whole, first_part = made.compared.iloc[0], made.compared.iloc[1]
    assert whole["self_level"] == pytest.approx(3) and pd.isna(whole["assessor_level"])
    # Its part has none either, and every other part has one: it hangs on no other indicator.
    assert pd.isna(first_part["assessor_level"]) and first_part["self_level"] == pytest.approx(3)
    assert made.compared["assessor_level"].notna().sum() == 7
    told = "Indeks SPBE menurut penilai luar tidak dihitung: 46 dari 47 dinilai"
    assert made.titles["compared"] == told and made.findings[1].headline == f"{told}."
    assert len(made.key_figures) == 1


def test_an_own_answer_that_lacks_is_no_zero():
    own = answers()
    own.loc[own["item"] == PUBLIC.iloc[0], "level"] = None
    made = stage(said(ALL), own)
    assert pd.isna(made.compared["self_level"].iloc[0])
    assert made.compared["assessor_level"].iloc[0] == pytest.approx(2.82)
    assert list(made.differing["item"]) == list(PUBLIC[1:])
    assert made.titles["compared"].endswith("2,82; penilaian sendiri tidak dihitung")
    assert made.titles["differing"].startswith("5 dari 46 indikator berbeda")


def test_nothing_is_said_where_no_assessor_said_anything():
    made = stage(UNASSESSED)
    assert made.compared["assessor_level"].isna().all() and made.followed.empty
    assert len(made.findings) == 1 and made.by_owner.empty and made.differing.empty
    assert made.titles["compared"] == "Belum ada penilaian dari luar atas Indeks SPBE"
    assert made.titles["followed"] == "Belum ada rekomendasi penilai"


def test_of_a_selection_only_what_was_asked_there_is_compared():
    made = stage(said(ALL), answers()[:5])
    assert len(made.both) == len(made.said) == 5
    assert made.titles["compared"].endswith("tidak dihitung: 5 dari 47 dinilai")


def test_the_largest_difference_comes_first_and_every_recommendation_is_listed():
    [a, b, c, d] = ITEMS["item"][:4]
    asked = {"recommendation": "lengkapi", "owner": "setda", "owner_name": "Setda"}
    table = said(dict.fromkeys(ITEMS["item"], 3) | {a: 4, b: 1, c: 2}, **{d: asked})
    shown = stage(table).differing
    assert list(shown["item"]) == [b, a, c, d]
    assert list(shown["level_difference"]) == [2, -1, 1, 0]
    assert list(shown["recommendation"].fillna("")) == ["", "", "", "lengkapi"]
    heading = assessment_words.heading_differing(stage(table).both)
    assert heading == "3 dari 47 indikator berbeda: 2 lebih tinggi dan 1 lebih rendah menurut kota"


def row(owner: str, due: str | None, done: str | None = None) -> dict[str, object]:
    told = {"recommendation": "lengkapi", "owner": owner, "owner_name": owner.title()}
    return told | {"due": due, "done": done}


FOLLOWED = said(
    dict.fromkeys(["SP01", "SP02", "SP03", "SP04", "SP05", "SP06", "SP07"], 3),
    SP01=row("bappeda", "2024-06-30"),  # over since yesterday
    SP02=row("setda", "2024-07-01"),  # ends today
    SP03=row("setda", None),
    SP04=row("setda", "2024-01-01", "2024-06-01"),  # late, but done
    SP05=row("setda", "2024-05-01"),
    SP06=row("setda", "2024-04-01"),
)


def test_a_recommendation_is_done_open_or_overdue_by_the_day():
    table = recommendations.followed(FOLLOWED, BY).set_index("item")
    assert table["state"].to_dict() == {
        "SP01": "overdue", "SP02": "open", "SP03": "open",
        "SP04": "finished", "SP05": "overdue", "SP06": "overdue",
    }  # fmt: skip
    assert table["due_on"]["SP01"] == "30 Jun 2024" and pd.isna(table["due_on"]["SP03"])
    # What is done later was not yet done, and what is done that day was.
    days = [date(2024, 5, 31), date(2024, 6, 1)]
    then = [recommendations.followed(FOLLOWED, day).set_index("item")["state"] for day in days]
    assert [state["SP04"] for state in then] == ["overdue", "finished"]
    later = recommendations.followed(FOLLOWED, date(2024, 7, 2)).set_index("item")
    assert later["state"]["SP02"] == "overdue"


def test_who_has_most_overdue_comes_first_for_the_coordinator_and_of_each_the_oldest():
    table = recommendations.followed(FOLLOWED, BY)
    assert list(recommendations.unfinished(table)["item"]) == [
        "SP06", "SP05", "SP02", "SP03", "SP01",
    ]  # fmt: skip
    counts = recommendations.by_owner(table).drop(columns="owner_name")
    assert counts.to_numpy().tolist() == [["bappeda", 1, 0, 0, 1], ["setda", 5, 1, 2, 2]]


def test_how_many_are_overdue_is_told_with_whose_they_are():
    table = recommendations.followed(FOLLOWED, BY)
    [told] = recommendations.findings(table, BY)
    assert told.headline == "3 dari 6 rekomendasi penilai lewat waktu."
    assert told.detail == (
        "Keadaan pada 1 Juli 2024. Lewat waktu: Bappeda 1 dan Setda 2. Terbuka: Setda 2."
    )
    early = recommendations.followed(FOLLOWED, date(2024, 1, 1))
    assert recommendations.headline(early).startswith("Tidak ada dari 6 rekomendasi")
    done = table[table["state"] == "finished"]
    assert recommendations.headline(done) == "Semua 1 rekomendasi penilai selesai"


def test_the_coordinator_sees_what_is_not_done_by_the_selected_offices():
    units = pd.DataFrame({"unit": ["setda"]})
    survey = SimpleNamespace(
        assessments=FOLLOWED, units=units, scope="1 lainnya", source=Source("")
    )
    survey.instrument = SimpleNamespace(groups={}, tables=())
    survey.settings = Project(ROOT).settings
    page = coordination.Coordination(survey, today=BY.isoformat())
    assert list(page.unfinished["item"]) == ["SP06", "SP05", "SP02", "SP03"]


def test_the_day_is_typed_or_the_city_s_own(monkeypatch):
    assert recommendations.judged_on("2024-06-30", "Asia/Jakarta") == date(2024, 6, 30)
    assert recommendations.judged_on("", "Asia/Jakarta") == text.today("Asia/Jakarta")
    with pytest.raises(Unfit, match="bukan tanggal"):
        recommendations.judged_on("besok", "Asia/Jakarta")


def test_published_pairs_warn_in_both_directions():
    every = assessments.published(Project(ROOT), INSTRUMENT)
    made = stage(UNASSESSED, published_pairs=every)
    assert list(made.elsewhere["level_difference"]) == pytest.approx([1.03, -0.10])
    assert made.titles["elsewhere"] == (
        "Selisih yang pernah terbit: Kota Denpasar 2018 +1,03 dan Kota Denpasar 2019 −0,10"
    )
    assert "mengutip satu pasang saja menyesatkan" in made.notes_on["elsewhere"]
    more = pd.concat([made.elsewhere] * 2)
    assert assessment_words.heading_published(more) == (
        "Di 4 tempat dan tahun lain selisihnya dari −0,10 sampai +1,03"
    )
    one = assessment_words.note_published(made.elsewhere[:1])
    assert "ke arah mana kota pada umumnya" in one
    assert stage(UNASSESSED, published_pairs=every.assign(index="lain")).elsewhere.empty


def compared(own: float, other: float) -> pd.DataFrame:
    return pd.DataFrame([(own, other, own - other)], columns=list(assessment.LEVELS))


def of_cities(*pairs: tuple[float, float]) -> pd.DataFrame:
    rows = ((f"Kota {n}", "2024", INDEX, "Indeks", compared(*p)) for n, p in enumerate(pairs))
    return assessment.of_cities(rows)


def test_periods_of_one_city_are_no_independent_cities():
    # One city by 1.0 and 0.2 in two periods, another by 0.2: means 0.6 and 0.2, so 0.4 of 2 cities.
    given = [("A", "2023", 4.0, 3.0), ("A", "2024", 3.2, 3.0), ("B", "2024", 3.2, 3.0)]

    def found(rows):
        made = assessment.of_cities(
            (city, period, INDEX, "Indeks", compared(own, other))
            for city, period, own, other in rows
        )
        return assessment.mean_differences(made).to_dict("records")

    [both] = found(given)
    assert (both["over"], both["n"], both["value"]) == ("city", 2, pytest.approx(0.4))
    [alone] = found(given[:2])
    assert (alone["over"], alone["n"], alone["value"]) == ("survey_period", 2, pytest.approx(0.6))
    # Error 0.8/2, t(1) = 12.706: 0.6 -+ 5.08, cut at what a scale of 1 to 5 lets two values differ.
    assert (alone["low"], alone["high"]) == (-4, 4)
    [said] = assessment_words.of_cities(pd.DataFrame([alone]), 0.95)
    assert said.detail.endswith("n = 2 periode satu kota.")


def test_the_mean_difference_over_cities_has_student_s_interval():
    # 1.03 and -0.10: mean 0.465, error 1.13/2, t(1) = 12.706, so 0.465 -+ 7.179; but two values
    # of a scale of 1 to 5 are never more than 4 apart.
    two = of_cities((3.67, 2.64), (3.23, 3.33))
    [row] = assessment.mean_differences(two).to_dict("records")
    assert row["value"] == pytest.approx(0.465) and row["n"] == 2 and row["method"] == "t"
    assert (row["low"], row["high"]) == (-4, 4)
    # Three around 0.5 by 0.1: error 0.1 / sqrt(3), t(2) = 4.3027, so 0.5 -+ 0.2484.
    three = of_cities((3.4, 3.0), (3.5, 3.0), (3.6, 3.0), (3.0, float("nan")))
    [row] = assessment.mean_differences(three).to_dict("records")
    assert row["n"] == 3
    assert (row["low"], row["high"]) == pytest.approx((0.2516, 0.7484), abs=1e-4)
    [unclear] = assessment_words.of_cities(assessment.mean_differences(two), 0.95)
    [above] = assessment_words.of_cities(assessment.mean_differences(three), 0.95)
    assert unclear.level == "unclear" and "belum jelas apakah" in unclear.headline
    assert above.level == "likely" and above.headline.endswith(
        "lebih tinggi daripada penilai luar."
    )
    assert above.detail.endswith("+0,50, selang 95% 0,25–0,75, n = 3 kota.")
    low = of_cities((3.0, 3.4), (3.0, 3.5), (3.0, 3.6))
    [below] = assessment_words.of_cities(assessment.mean_differences(low), 0.95)
    assert below.headline.endswith("lebih rendah daripada penilai luar.")


def test_one_city_has_no_interval_and_none_says_so():
    [told] = assessment_words.of_cities(assessment.mean_differences(of_cities((3.0, 2.5))), 0.95)
    assert told.level == "unclear" and told.detail.endswith("+0,50; n = 1, tanpa selang.")
    none = assessment.mean_differences(of_cities())
    assert none.empty and assessment_words.of_cities(none, 0.95) == []
    assert assessment_words.heading_cities(none, 0.95).startswith("Belum ada kota")


def test_cities_are_compared_by_what_their_own_pages_say():
    first = Answers({"spbe": answers()}, assessments=said(ALL))
    every = cities.of({"A": first, "B": replace(first, assessments=UNASSESSED)})
    [row] = every.assessed.to_dict("records")
    assert row["city"] == "A" and row["index_name"] == "Indeks SPBE"
    assert row["level_difference"] == pytest.approx(0.18)
    assert list(every.apart["n"]) == [1]


def test_answers_as_they_are_stored_without_any_assessment_have_no_difference():
    stored = answers().astype({"item": "string"})
    table = assessment.both(stored, UNASSESSED)
    assert len(table) == len(stored) and table["level_difference"].isna().all()
    none = assessment.both(stored.assign(level=float("nan")), UNASSESSED)
    assert none["self_level"].isna().all() and none["level_difference"].isna().all()
